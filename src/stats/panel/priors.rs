//! What the panel model assumes before it has seen a rating.

/// The prior of one variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// Standard deviation ~ half-t (Gelman 2006).
    HalfT {
        freedom: f64,
        scale: f64,
    },
    /// Variance ~ scaled inverse χ²: keeps away from zero.
    ScaledInverseChiSquare {
        freedom: f64,
        scale: f64,
    },
    Fixed {
        variance: f64,
    },
}

/// Priors of the panel model, in points of the 1–5 scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priors {
    /// Mean and standard deviation of the level of each dimension.
    pub level: (f64, f64),
    pub candidate: Spread,
    pub candidate_dimension: Spread,
    pub rater: Spread,
    pub rater_dimension: Spread,
    pub candidate_rater: Spread,
    pub residual: Spread,
}

impl Spread {
    pub const fn half_t(scale: f64) -> Self {
        Spread::HalfT { freedom: 4.0, scale }
    }

    /// Where a chain starts: about the prior's own spread.
    pub(super) fn start(self) -> f64 {
        match self {
            Spread::HalfT { scale, .. } | Spread::ScaledInverseChiSquare { scale, .. } => scale * scale,
            Spread::Fixed { variance } => variance,
        }
    }

    /// Log density of the standard deviation, up to a constant.
    pub(super) fn log_density(self, sd: f64) -> f64 {
        match self {
            Spread::HalfT { freedom, scale } => {
                -0.5 * (freedom + 1.0) * libm::log1p(sd * sd / (freedom * scale * scale))
            }
            Spread::ScaledInverseChiSquare { freedom, scale } => {
                -(freedom + 1.0) * libm::log(sd) - 0.5 * freedom * (scale / sd).powi(2)
            }
            Spread::Fixed { .. } => 0.0,
        }
    }

    /// The same prior with its scale multiplied by `factor`.
    pub(super) fn scaled(self, factor: f64) -> Self {
        match self {
            Spread::HalfT { freedom, scale } => Spread::HalfT { freedom, scale: scale * factor },
            Spread::ScaledInverseChiSquare { freedom, scale } => {
                Spread::ScaledInverseChiSquare { freedom, scale: scale * factor }
            }
            fixed => fixed,
        }
    }
}

impl Priors {
    /// The Gaussian form as it is used for every comparison. The scales come from two sets of real
    /// ratings, whose standard deviations run from 0.1 to 0.7 points.
    pub const fn gaussian() -> Self {
        Self {
            level: (3.0, 1.5),
            candidate: Spread::half_t(0.5),
            candidate_dimension: Spread::half_t(0.3),
            rater: Spread::half_t(0.5),
            rater_dimension: Spread::half_t(0.3),
            candidate_rater: Spread::ScaledInverseChiSquare { freedom: 5.0, scale: 0.4 },
            residual: Spread::half_t(1.0),
        }
    }

    /// The ordinal probit form, in units of its residual standard deviation.
    pub const fn ordinal() -> Self {
        Self {
            level: (0.0, 1.0),
            candidate: Spread::half_t(1.0),
            candidate_dimension: Spread::half_t(0.6),
            rater: Spread::half_t(1.0),
            rater_dimension: Spread::half_t(0.6),
            candidate_rater: Spread::half_t(1.0),
            residual: Spread::Fixed { variance: 1.0 },
        }
    }

    /// In the order of [`Variances::NAMES`].
    pub(super) fn spreads(&self) -> [Spread; 6] {
        [
            self.candidate,
            self.candidate_dimension,
            self.rater,
            self.rater_dimension,
            self.candidate_rater,
            self.residual,
        ]
    }

    /// The same priors with the scale of every effect multiplied by `factor`; the level stays.
    pub fn scaled(&self, factor: f64) -> Self {
        Self {
            level: self.level,
            candidate: self.candidate.scaled(factor),
            candidate_dimension: self.candidate_dimension.scaled(factor),
            rater: self.rater.scaled(factor),
            rater_dimension: self.rater_dimension.scaled(factor),
            candidate_rater: self.candidate_rater.scaled(factor),
            residual: self.residual.scaled(factor),
        }
    }
}
