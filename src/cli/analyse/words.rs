//! Reasons in sentences.

use crate::stats::estimate::Reason;

/// Why there is no number, for a reader.
pub fn sentence(reason: Reason) -> String {
    match reason {
        Reason::NoData => "there is nothing to compute it from".to_owned(),
        Reason::FewRaters { have, need } => {
            format!("it needs {need} raters of the same candidates, and there {}", are(have))
        }
        Reason::FewCandidates { have, need } => format!("it needs {need} candidates, and there {}", are(have)),
        Reason::FewDimensions { have, need } => format!("it needs {need} dimensions, and there {}", are(have)),
        Reason::FewForms { have, need } => format!("it needs {need} forms, and there {}", are(have)),
        Reason::FewOutcomes { have, need } => {
            format!("it needs {need} hired people with an outcome, and there {}", are(have))
        }
        Reason::SmallGroup { have, need } => format!("it needs {need} people in the group, and there {}", are(have)),
        Reason::NotCrossed => "not every rater rated every candidate".to_owned(),
        Reason::Disconnected => "parts of the panel share no rater and no candidate".to_owned(),
        Reason::NoVariation => "all values are the same".to_owned(),
        Reason::ScaleUnsuited => "the scale does not fit it".to_owned(),
        Reason::NotConverged => "the computation did not become exact enough".to_owned(),
        Reason::NotEstimable => "these data give it no finite number".to_owned(),
        Reason::Reference => "it is what the others are compared with".to_owned(),
        Reason::LeadsThroughout => "whoever is first stays first under every weighting".to_owned(),
    }
}

fn are(have: usize) -> String {
    if have == 1 { "is 1".to_owned() } else { format!("are {have}") }
}
