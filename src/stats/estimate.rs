//! A number with its uncertainty, or the reason why the data cannot carry one.

use std::fmt;

/// The level of every interval that is not named otherwise: 95 %.
pub const LEVEL: f64 = 0.95;

/// A finite value with the ends of its interval; `lower <= value <= upper` is usual but not
/// promised (a bootstrap interval may leave its point estimate out).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub lower: f64,
    pub upper: f64,
    /// Coverage of the interval, between 0 and 1, for example 0.95.
    pub level: f64,
}

/// A value of the core: what was computed, or why it was not.
pub type Outcome<T = Estimate> = Result<T, Reason>;

impl Estimate {
    /// The estimate, if all its numbers are finite; otherwise [`Reason::NotEstimable`].
    pub fn new(value: f64, lower: f64, upper: f64, level: f64) -> Outcome {
        let estimate = Estimate { value, lower, upper, level };
        if [value, lower, upper, level].iter().all(|x| x.is_finite()) {
            Ok(estimate)
        } else {
            Err(Reason::NotEstimable)
        }
    }

    /// The same estimate on another scale. `f` must be monotone; a falling `f` swaps the ends.
    pub fn map(self, f: impl Fn(f64) -> f64) -> Outcome {
        let (a, b) = (f(self.lower), f(self.upper));
        Estimate::new(f(self.value), a.min(b), a.max(b), self.level)
    }

    pub fn contains(&self, x: f64) -> bool {
        self.lower <= x && x <= self.upper
    }
}

/// `x`, if it is finite; otherwise [`Reason::NotEstimable`]. The last gate before a number leaves
/// the core.
pub fn finite(x: f64) -> Outcome<f64> {
    if x.is_finite() { Ok(x) } else { Err(Reason::NotEstimable) }
}

/// Why there is no number. The codes are part of the contract with the API and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// No rating, or none left after leaving out what cannot be used.
    NoData,
    /// Agreement needs at least two raters of the same candidates.
    FewRaters {
        have: usize,
        need: usize,
    },
    FewCandidates {
        have: usize,
        need: usize,
    },
    FewDimensions {
        have: usize,
        need: usize,
    },
    /// Too few forms by this rater.
    FewForms {
        have: usize,
        need: usize,
    },
    /// Too few hired people with an outcome.
    FewOutcomes {
        have: usize,
        need: usize,
    },
    /// Fewer people in a group than the comparison needs.
    SmallGroup {
        have: usize,
        need: usize,
    },
    /// The statistic is defined for designs in which every rater rated every candidate.
    NotCrossed,
    /// Parts of the panel share no rater and no candidate.
    Disconnected,
    /// Every value is the same, so that a ratio of variances has no meaning.
    NoVariation,
    /// The scale does not fit the statistic (for example a ratio scale with negative values).
    ScaleUnsuited,
    /// An iteration ended before its result was exact enough to be shown.
    NotConverged,
    /// The formula gives no finite number on these data.
    NotEstimable,
    /// The group is the one that the others are compared with.
    Reference,
    /// Whoever is first stays first under every weighting.
    LeadsThroughout,
}

impl Reason {
    /// The stable name of the reason, in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Reason::NoData => "no_data",
            Reason::FewRaters { .. } => "few_raters",
            Reason::FewCandidates { .. } => "few_candidates",
            Reason::FewDimensions { .. } => "few_dimensions",
            Reason::FewForms { .. } => "few_forms",
            Reason::FewOutcomes { .. } => "few_outcomes",
            Reason::SmallGroup { .. } => "small_group",
            Reason::NotCrossed => "not_crossed",
            Reason::Disconnected => "disconnected",
            Reason::NoVariation => "no_variation",
            Reason::ScaleUnsuited => "scale_unsuited",
            Reason::NotConverged => "not_converged",
            Reason::NotEstimable => "not_estimable",
            Reason::Reference => "reference",
            Reason::LeadsThroughout => "leads_throughout",
        }
    }

    /// How many there are and how many it takes, where the reason is a count.
    pub fn counts(self) -> Option<(usize, usize)> {
        match self {
            Reason::FewRaters { have, need }
            | Reason::FewCandidates { have, need }
            | Reason::FewDimensions { have, need }
            | Reason::FewForms { have, need }
            | Reason::FewOutcomes { have, need }
            | Reason::SmallGroup { have, need } => Some((have, need)),
            _ => None,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.counts() {
            Some((have, need)) => write!(f, "{} ({have} of {need})", self.code()),
            None => f.write_str(self.code()),
        }
    }
}

impl std::error::Error for Reason {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_with_a_number_that_is_not_finite_is_a_reason() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Estimate::new(bad, 0.0, 1.0, LEVEL), Err(Reason::NotEstimable));
            assert_eq!(Estimate::new(0.0, bad, 1.0, LEVEL), Err(Reason::NotEstimable));
            assert_eq!(Estimate::new(0.0, 0.0, bad, LEVEL), Err(Reason::NotEstimable));
            assert_eq!(finite(bad), Err(Reason::NotEstimable));
        }
    }

    #[test]
    fn a_falling_transformation_swaps_the_ends_of_the_interval() {
        let estimate = Estimate::new(0.5, 0.2, 0.6, LEVEL).unwrap();

        let mirrored = estimate.map(|x| 1.0 - x).unwrap();

        assert!((mirrored.lower - 0.4).abs() < 1e-12);
        assert!((mirrored.upper - 0.8).abs() < 1e-12);
    }

    #[test]
    fn a_reason_that_is_a_count_says_how_many_there_are_and_how_many_it_takes() {
        let reason = Reason::FewCandidates { have: 3, need: 5 };

        assert_eq!(reason.code(), "few_candidates");
        assert_eq!(reason.to_string(), "few_candidates (3 of 5)");
        assert_eq!(Reason::NotCrossed.counts(), None);
    }
}
