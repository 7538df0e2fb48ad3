//! How much data a figure needs before it is shown: below that it is a reason, not a number.

use super::connectedness::Connectedness;
use super::estimate::{Outcome, Reason};
use super::ratings::Ratings;

const RATERS: usize = 2;
const RELIABILITY_CANDIDATES: usize = 5;
const FLAG_FORMS: usize = 5;
const RATER_PAGE_FORMS: usize = 20;
const RASCH_CANDIDATES: usize = 30;
const RASCH_FORMS: usize = 20;
const PLOT_OUTCOMES: usize = 10;
const VALIDITY_OUTCOMES: usize = 30;

/// What a pool offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub candidates: usize,
    pub raters: usize,
    pub connected: bool,
    /// Forms of the rater who has the fewest.
    pub fewest_forms: usize,
}

impl Evidence {
    /// Counts those who have a rating.
    pub fn new(ratings: &Ratings) -> Self {
        let forms = |rater| ratings.candidates_of(rater).count();
        let active = (0..ratings.raters()).map(forms).filter(|&forms| forms > 0);
        Self {
            candidates: (0..ratings.candidates()).filter(|&c| ratings.raters_of(c).next().is_some()).count(),
            raters: active.clone().count(),
            connected: Connectedness::new(ratings).connected(),
            fewest_forms: active.min().unwrap_or(0),
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
        self.raters <= 3 && self.candidates < RELIABILITY_CANDIDATES
    }

    /// Reliability with its interval, and what more raters would buy.
    pub fn reliability(&self) -> Outcome<()> {
        self.comparison()?;
        at_least(self.candidates, RELIABILITY_CANDIDATES, |have, need| Reason::FewCandidates { have, need })?;
        if self.connected { Ok(()) } else { Err(Reason::Disconnected) }
    }

    /// Many-facet Rasch model and the use of the steps.
    pub fn rasch(&self) -> Outcome<()> {
        self.comparison()?;
        at_least(self.candidates, RASCH_CANDIDATES, |have, need| Reason::FewCandidates { have, need })?;
        at_least(self.fewest_forms, RASCH_FORMS, |have, need| Reason::FewForms { have, need })?;
        if self.connected { Ok(()) } else { Err(Reason::Disconnected) }
    }
}

/// A remark about one rater's severity or way of rating.
pub fn rater_flag(forms: usize) -> Outcome<()> {
    at_least(forms, FLAG_FORMS, |have, need| Reason::FewForms { have, need })
}

/// A page about one rater.
pub fn rater_page(forms: usize) -> Outcome<()> {
    at_least(forms, RATER_PAGE_FORMS, |have, need| Reason::FewForms { have, need })
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

    const LARGE: Evidence = Evidence { candidates: 30, raters: 4, connected: true, fewest_forms: 20 };

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
        let short = Evidence { fewest_forms: 19, ..LARGE };

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
