//! Whether groups pass a stage, or score, differently: description and tests, never a verdict.

pub mod comparison;
pub mod detection;
pub mod exact;
pub mod pooled;
pub mod raters;
pub mod ratio;
pub mod scores;

/// How many of a group passed a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub selected: u64,
    pub total: u64,
}

impl Counts {
    /// `None` if more were selected than there were.
    pub fn new(selected: u64, total: u64) -> Option<Self> {
        (selected <= total).then_some(Counts { selected, total })
    }

    /// Share selected, 0–1; NaN for an empty group.
    pub fn rate(self) -> f64 {
        self.selected as f64 / self.total as f64
    }

    /// How many were not selected.
    pub fn rejected(self) -> u64 {
        self.total - self.selected
    }
}
