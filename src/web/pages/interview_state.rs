//! Where an interview stands, as far as a member may know.

use jiff::Timestamp;
use serde::Serialize;

use crate::store::{
    evidence::Filled,
    scorecard::{Scorecard, ScorecardState},
};

/// In words and a mark. Nothing in it depends on a seat that is hidden from the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Standing {
    /// It is still to come, or going on.
    Scheduled,
    Cancelled,
    /// It is over, and the reader has not submitted.
    Due,
    /// It is over; what the others have done opens when the reader has submitted in the same round.
    Hidden,
    /// It is over, and everybody has submitted.
    In {
        all: usize,
    },
    /// It is over, and somebody has not.
    Missing {
        submitted: usize,
        all: usize,
    },
}

/// What the reader may know of a seat.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub is_own: bool,
    pub submitted: bool,
    pub hidden: bool,
}

impl Standing {
    pub(super) fn of(
        is_scheduled: bool,
        ends_at: Timestamp,
        panel: impl Iterator<Item = Place>,
        now: Timestamp,
    ) -> Standing {
        if !is_scheduled {
            return Standing::Cancelled;
        }
        if now < ends_at {
            return Standing::Scheduled;
        }
        let panel: Vec<Place> = panel.collect();
        if panel.iter().any(|place| place.is_own && !place.submitted) {
            return Standing::Due;
        }
        if panel.iter().any(|place| place.hidden) {
            return Standing::Hidden;
        }
        let submitted = panel.iter().filter(|place| place.submitted).count();
        if submitted == panel.len() {
            Standing::In { all: submitted }
        } else {
            Standing::Missing { submitted, all: panel.len() }
        }
    }
}

pub(super) fn is_submitted(filled: &Filled) -> bool {
    let submitted = |scorecard: &Scorecard| scorecard.state == ScorecardState::Submitted;
    filled.scorecard.as_ref().is_some_and(submitted)
}
