//! What the debriefs of a job moved, for its comparison.

use serde::Serialize;

use super::Drawn;
use crate::{
    domain::{
        debrief::{self, moved, overall},
        id::DebriefId,
    },
    figures::{self, Slope, Theme, slope_figure, slope_table},
    i18n::Locale,
    store::debrief::Debrief,
};

/// The slopes of a job's closed debriefs, for the comparison: a line for each candidate.
#[derive(Serialize)]
pub struct Slopes {
    figure: Drawn,
    lines: Vec<Link>,
}

/// A debrief in a list.
#[derive(Serialize)]
pub struct Link {
    id: DebriefId,
    application: String,
    candidate: String,
    is_open: bool,
    /// When it was closed, or opened while it is open.
    at: String,
    finding: String,
}

fn links(debriefs: &[Debrief], locale: Locale) -> Vec<Link> {
    let link = |found: &Debrief| Link {
        id: found.id,
        application: found.application.to_string(),
        candidate: found.candidate_name.clone(),
        is_open: found.is_open(),
        at: found.closed_at.unwrap_or(found.opened_at).to_string(),
        finding: debrief::finding(&found.voices, &found.weights, found.is_open(), locale),
    };
    debriefs.iter().map(link).collect()
}

/// `None` while the job has no debrief that the reader may see. Of several of one candidate the last closed one is drawn.
pub fn slopes(debriefs: &[Debrief], locale: Locale) -> Option<Slopes> {
    if debriefs.is_empty() {
        return None;
    }
    let mut drawn: Vec<&Debrief> = Vec::new();
    for found in debriefs.iter().filter(|found| !found.is_open()) {
        if !drawn.iter().any(|other| other.application == found.application) {
            drawn.push(found);
        }
    }
    let mut lines: Vec<Slope> = drawn
        .iter()
        .map(|found| {
            let change = overall(&found.voices, &found.weights);
            let mean = |figure: Option<debrief::Figure>| figure.map(|figure| figure.mean);
            Slope {
                name: found.candidate_name.clone(),
                before: mean(change.before),
                after: mean(change.after),
                apart: false,
            }
        })
        .collect();
    locale.sort_by_name(&mut lines, |line| &line.name);
    let count = drawn.iter().map(|found| moved(&found.voices).count()).sum::<usize>();
    let sentence =
        locale.say("debrief-comparison-sentence", &[("debriefs", drawn.len().into()), ("count", count.into())]);
    let title = locale.word("debrief-comparison-title");
    let slopes = figures::Slopes {
        id: "slope-candidates".to_owned(),
        title: title.clone(),
        description: sentence.clone(),
        lines,
        mean: None,
    };
    let table = slope_table(&slopes, locale.word("comparison-table-candidate"), locale);
    let svg = if slopes.lines.is_empty() { String::new() } else { slope_figure(&slopes, locale, Theme::Page).text };
    Some(Slopes { figure: Drawn { title, sentence, svg, table }, lines: links(debriefs, locale) })
}
