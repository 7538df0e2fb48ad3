//! How much data a figure needs before it is shown: below that it is a reason, not a number.

use super::connectedness::Connectedness;
use super::estimate::{Outcome, Reason};
use super::ratings::Ratings;

/// Raters below which no agreement can be computed.
pub const RATERS: usize = 2;
/// Candidates below which a reliability says nothing.
pub const CANDIDATES: usize = 5;
/// Forms below which nothing is said about a rater.
pub const FLAG_FORMS: usize = 5;
/// Forms that a comparison of spreads within forms needs.
pub const WITHIN_FORMS: usize = 8;
/// Candidates that make a pool, for the many-facet Rasch model.
pub const POOL_CANDIDATES: usize = 30;
/// Forms of a rater that a pool needs, and a page about one rater.
pub const POOL_FORMS: usize = 20;
/// Ratings by one rater that a fit statistic needs.
pub const FIT_RATINGS: usize = 30;
/// Outcomes below which there is a picture and no number.
pub const PLOT_OUTCOMES: usize = 10;
/// Outcomes below which there is the posterior only.
pub const VALIDITY_OUTCOMES: usize = 30;

/// What a pool offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub candidates: usize,
    pub raters: usize,
    pub connected: bool,
    /// Forms that at least two raters have.
    pub forms: usize,
}

impl Evidence {
    /// Counts those who have a rating.
    pub fn new(ratings: &Ratings) -> Self {
        let count = |rater| ratings.candidates_of(rater).count();
        let mut forms: Vec<usize> = (0..ratings.raters()).map(count).filter(|&forms| forms > 0).collect();
        forms.sort_unstable_by(|a, b| b.cmp(a));
        Self {
            candidates: (0..ratings.candidates()).filter(|&c| ratings.raters_of(c).next().is_some()).count(),
            raters: forms.len(),
            connected: Connectedness::new(ratings).connected(),
            forms: forms.get(1).copied().unwrap_or(0),
        }
    }

    /// Fair scores, their intervals, and who is above whom: from two raters on.
    pub fn comparison(&self) -> Outcome<()> {
        if self.candidates == 0 {
            return Err(Reason::NoData);
        }
        at_least(self.raters, RATERS, |have, need| Reason::FewRaters { have, need })
    }

    /// So few that what is shown may lean on the prior, which then has to be checked and said.
    pub fn may_lean_on_prior(&self) -> bool {
        self.raters <= 3 && self.candidates < CANDIDATES
    }

    /// Reliability with its interval, and what more raters would buy.
    pub fn reliability(&self) -> Outcome<()> {
        self.comparison()?;
        at_least(self.candidates, CANDIDATES, |have, need| Reason::FewCandidates { have, need })?;
        if self.connected { Ok(()) } else { Err(Reason::Disconnected) }
    }

    /// Many-facet Rasch model and the use of the steps. A rater with fewer forms than the two best known
    /// ones may have none of their own in it.
    pub fn rasch(&self) -> Outcome<()> {
        self.comparison()?;
        at_least(self.candidates, POOL_CANDIDATES, |have, need| Reason::FewCandidates { have, need })?;
        at_least(self.forms, POOL_FORMS, |have, need| Reason::FewForms { have, need })?;
        if self.connected { Ok(()) } else { Err(Reason::Disconnected) }
    }
}

/// A remark about one rater's severity or way of rating.
pub fn rater_flag(forms: usize) -> Outcome<()> {
    at_least(forms, FLAG_FORMS, |have, need| Reason::FewForms { have, need })
}

/// Whether a rater spreads dimensions within a form as far as expected.
pub fn within_forms(forms: usize) -> Outcome<()> {
    at_least(forms, WITHIN_FORMS, |have, need| Reason::FewForms { have, need })
}

/// A page about one rater.
pub fn rater_page(forms: usize) -> Outcome<()> {
    at_least(forms, POOL_FORMS, |have, need| Reason::FewForms { have, need })
}

/// Any figure of validity, be it a posterior that is mostly its prior.
pub fn outcome_posterior(outcomes: usize) -> Outcome<()> {
    at_least(outcomes, PLOT_OUTCOMES, |have, need| Reason::FewOutcomes { have, need })
}

/// A correlation of its own.
pub fn validity(outcomes: usize) -> Outcome<()> {
    at_least(outcomes, VALIDITY_OUTCOMES, |have, need| Reason::FewOutcomes { have, need })
}

fn at_least(have: usize, need: usize, reason: impl Fn(usize, usize) -> Reason) -> Outcome<()> {
    if have >= need { Ok(()) } else { Err(reason(have, need)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LARGE: Evidence = Evidence { candidates: 30, raters: 4, connected: true, forms: 20 };

    #[test]
    fn a_large_connected_pool_may_show_everything() {
        assert_eq!((LARGE.comparison(), LARGE.reliability(), LARGE.rasch()), (Ok(()), Ok(()), Ok(())));
        assert!(!LARGE.may_lean_on_prior());
    }

    #[test]
    fn each_figure_is_withheld_below_its_minimum_with_the_count_that_is_short() {
        let one_rater = Evidence { raters: 1, ..LARGE };
        let few = Evidence { candidates: 4, raters: 3, ..LARGE };
        let apart = Evidence { connected: false, ..LARGE };
        let short = Evidence { forms: 19, ..LARGE };

        assert_eq!(one_rater.comparison(), Err(Reason::FewRaters { have: 1, need: 2 }));
        assert_eq!(few.comparison(), Ok(()));
        assert_eq!(few.reliability(), Err(Reason::FewCandidates { have: 4, need: 5 }));
        assert!(few.may_lean_on_prior());
        assert_eq!(apart.reliability(), Err(Reason::Disconnected));
        assert_eq!(short.rasch(), Err(Reason::FewForms { have: 19, need: 20 }));
    }

    #[test]
    fn raters_and_outcomes_have_their_own_minimum() {
        assert_eq!(rater_flag(4), Err(Reason::FewForms { have: 4, need: 5 }));
        assert_eq!(rater_page(20), Ok(()));
        assert_eq!(outcome_posterior(9), Err(Reason::FewOutcomes { have: 9, need: 10 }));
        assert_eq!(validity(29), Err(Reason::FewOutcomes { have: 29, need: 30 }));
    }
}
