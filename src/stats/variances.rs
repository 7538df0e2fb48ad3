//! The six variances that ratings are made of.

/// Variances of y = μ_d + θ_p + γ_pd + ρ_r + κ_rd + h_pr + e, in squared points of the rating scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variances {
    pub candidate: f64,
    pub candidate_dimension: f64,
    pub rater: f64,
    pub rater_dimension: f64,
    /// The halo: what one rater sees in one candidate over all dimensions.
    pub candidate_rater: f64,
    pub residual: f64,
}

impl Variances {
    pub const NAMES: [&str; 6] =
        ["candidate", "candidate_dimension", "rater", "rater_dimension", "candidate_rater", "residual"];

    /// In the order of [`Variances::NAMES`].
    pub fn to_array(self) -> [f64; 6] {
        [
            self.candidate,
            self.candidate_dimension,
            self.rater,
            self.rater_dimension,
            self.candidate_rater,
            self.residual,
        ]
    }

    /// In the order of [`Variances::NAMES`].
    pub fn from_array(values: [f64; 6]) -> Self {
        let [candidate, candidate_dimension, rater, rater_dimension, candidate_rater, residual] = values;
        Self { candidate, candidate_dimension, rater, rater_dimension, candidate_rater, residual }
    }
}
