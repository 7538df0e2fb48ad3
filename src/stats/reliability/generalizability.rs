//! Generalizability coefficients of a weighted score, for any assignment of raters to candidates
//! (Brennan 2001; Putka, Le, McCloy & Diaz 2008). Dimensions are fixed.

use crate::stats::distributions::sorted_quantile;
use crate::stats::estimate::{Estimate, Outcome, Reason, finite};
use crate::stats::ratings::Ratings;
use crate::stats::variances::Variances;
use crate::stats::weights::Weights;

/// Level of the interval that goes with a coefficient.
pub const COEFFICIENT_LEVEL: f64 = 0.90;

/// Raters per candidate that the D-study looks at: 1 to 6.
pub const MOST_RATERS: usize = 6;

/// What a composite score is made of, in squared points of the scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// Universe-score variance: what differs between candidates and every rater would see.
    pub universe: f64,
    /// Variance of one rater's severity in the composite.
    pub severity: f64,
    /// Error variance of one rater that is no severity: halo and residual.
    pub error: f64,
}

/// Who rated whom, as far as it bears on the error of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assignment {
    /// Harmonic mean of the raters per candidate, k̂.
    pub raters: f64,
    /// Putka's multiplier of the severity variance: 0 where all candidates met the same raters,
    /// 1/k where no two met the same one.
    pub q: f64,
}

/// The reliability that 1, 2, … 6 raters per candidate would give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// Eρ²: the same raters for everybody.
    pub relative: [f64; MOST_RATERS],
    /// Φ: other raters for every candidate, or a fixed cut-off.
    pub absolute: [f64; MOST_RATERS],
}

impl Parts {
    /// T = σ²_p + σ²_pd Σw², S = σ²_r + σ²_rd Σw², E = σ²_pr + σ²_e Σw².
    pub fn new(variances: &Variances, weights: &Weights) -> Self {
        let squares: f64 = weights.as_slice().iter().map(|w| w * w).sum();
        Parts {
            universe: variances.candidate + variances.candidate_dimension * squares,
            severity: variances.rater + variances.rater_dimension * squares,
            error: variances.candidate_rater + variances.residual * squares,
        }
    }

    /// G(q, k) = T/(T + q·S + E/k̂), the reliability of the mean over raters as they were assigned.
    pub fn coefficient(&self, assignment: &Assignment) -> Outcome<f64> {
        self.reliability(assignment.q * self.severity + self.error / assignment.raters)
    }

    /// Standard error of one candidate's mean in a comparison with the others, √(q·S + E/k̂).
    pub fn standard_error(&self, assignment: &Assignment) -> Outcome<f64> {
        finite((assignment.q * self.severity + self.error / assignment.raters).sqrt())
    }

    /// The D-study; [`Reason::NoVariation`] if there is no variance at all.
    pub fn curve(&self) -> Outcome<Curve> {
        let mut curve = Curve { relative: [0.0; MOST_RATERS], absolute: [0.0; MOST_RATERS] };
        for index in 0..MOST_RATERS {
            let k = (index + 1) as f64;
            curve.relative[index] = self.reliability(self.error / k)?;
            curve.absolute[index] = self.reliability((self.severity + self.error) / k)?;
        }
        Ok(curve)
    }

    fn reliability(&self, error: f64) -> Outcome<f64> {
        if self.universe + error == 0.0 {
            return Err(Reason::NoVariation);
        }
        finite(self.universe / (self.universe + error))
    }
}

impl Assignment {
    /// The assignment behind a table of ratings; candidates without a rating do not count.
    pub fn of(ratings: &Ratings) -> Outcome<Self> {
        let raters_of: Vec<Vec<usize>> = (0..ratings.candidates()).map(|p| ratings.raters_of(p).collect()).collect();
        Self::new(&raters_of)
    }

    /// From the distinct raters of each candidate:
    /// q = 1/k̂ − Σ_{p≠p'} c_pp'/(k_p k_p') / (P(P − 1)), with c the raters in common.
    pub fn new(raters_of: &[Vec<usize>]) -> Outcome<Self> {
        let met: Vec<&Vec<usize>> = raters_of.iter().filter(|raters| !raters.is_empty()).collect();
        let p = met.len();
        if p < 2 {
            return Err(Reason::FewCandidates { have: p, need: 2 });
        }
        let harmonic = p as f64 / met.iter().map(|raters| 1.0 / raters.len() as f64).sum::<f64>();

        // Σ over raters of (Σ_p 1/k_p)² − Σ_p 1/k_p² counts each ordered pair of candidates once.
        let most = met.iter().flat_map(|raters| raters.iter()).max().map_or(0, |r| r + 1);
        let mut sums = vec![0.0; most];
        let mut squares = vec![0.0; most];
        for raters in &met {
            let share = 1.0 / raters.len() as f64;
            for &rater in raters.iter() {
                sums[rater] += share;
                squares[rater] += share * share;
            }
        }
        let shared: f64 = sums.iter().zip(&squares).map(|(sum, square)| sum * sum - square).sum();
        let q = 1.0 / harmonic - shared / (p * (p - 1)) as f64;
        Ok(Assignment { raters: harmonic, q: if q.abs() < 1e-12 { 0.0 } else { q } })
    }
}

/// Median and equal-tailed interval of a figure over posterior draws of the variances.
pub fn posterior(draws: &[Variances], level: f64, figure: impl Fn(&Variances) -> Outcome<f64>) -> Outcome {
    if draws.is_empty() {
        return Err(Reason::NoData);
    }
    let mut values = draws.iter().map(figure).collect::<Outcome<Vec<f64>>>()?;
    values.sort_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    Estimate::new(
        sorted_quantile(&values, 0.5),
        sorted_quantile(&values, tail),
        sorted_quantile(&values, 1.0 - tail),
        level,
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts() -> Parts {
        Parts { universe: 0.5, severity: 0.2, error: 0.4 }
    }

    #[test]
    fn the_composite_weighs_what_belongs_to_dimensions() {
        let variances = Variances::from_array([1.0, 0.6, 0.2, 0.3, 0.5, 1.2]);

        let parts = Parts::new(&variances, &Weights::equal(6));

        assert!((parts.universe - 1.1).abs() < 1e-12);
        assert!((parts.severity - 0.25).abs() < 1e-12);
        assert!((parts.error - 0.7).abs() < 1e-12);
    }

    #[test]
    fn the_same_raters_for_all_leave_severity_out_and_other_raters_count_it_in_full() {
        let crossed = Assignment::new(&vec![vec![0, 1, 2]; 4]).unwrap();
        let nested = Assignment::new(&[vec![0, 1], vec![2, 3], vec![4, 5]]).unwrap();
        let curve = parts().curve().unwrap();

        assert_eq!(crossed, Assignment { raters: 3.0, q: 0.0 });
        assert_eq!(nested, Assignment { raters: 2.0, q: 0.5 });
        assert_eq!(parts().coefficient(&crossed), Ok(curve.relative[2]));
        assert_eq!(parts().coefficient(&nested), Ok(curve.absolute[1]));
    }

    /// A design that is neither, worked by hand: k = 2, 2, 1; k̂ = 3/2; c₀₁ = 1, c₁₂ = 1, c₀₂ = 0,
    /// so that q = 2/3 − 2·(1/4 + 1/2)/6 = 5/12.
    #[test]
    fn an_unbalanced_design_gives_the_multiplier_that_its_definition_gives() {
        let mixed = Assignment::new(&[vec![0, 1], vec![1, 2], vec![2], vec![]]).unwrap();

        assert!((mixed.raters - 1.5).abs() < 1e-12);
        assert!((mixed.q - 5.0 / 12.0).abs() < 1e-12);
        assert!((parts().standard_error(&mixed).unwrap() - (5.0 / 60.0 + 0.4 / 1.5_f64).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn without_variance_or_a_second_candidate_there_is_no_coefficient() {
        let nothing = Parts { universe: 0.0, severity: 0.0, error: 0.0 };

        assert_eq!(nothing.curve(), Err(Reason::NoVariation));
        assert_eq!(Assignment::new(&[vec![0], vec![]]), Err(Reason::FewCandidates { have: 1, need: 2 }));
        assert_eq!(posterior(&[], 0.9, |_| Ok(1.0)), Err(Reason::NoData));
    }

    #[test]
    fn a_figure_over_draws_is_its_median_with_the_share_between_the_ends() {
        let draws: Vec<Variances> =
            (0..=100).map(|i| Variances::from_array([f64::from(i), 0.0, 0.0, 0.0, 0.0, 1.0])).collect();

        let estimate = posterior(&draws, COEFFICIENT_LEVEL, |v| Ok(v.candidate)).unwrap();

        assert_eq!(estimate.value, 50.0);
        assert!((estimate.lower - 5.0).abs() < 1e-9);
        assert!((estimate.upper - 95.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn more_raters_never_lower_reliability(t in 0.01..4.0f64, s in 0.0..4.0f64, e in 0.0..4.0f64) {
            let curve = Parts { universe: t, severity: s, error: e }.curve().unwrap();

            for k in 1..MOST_RATERS {
                prop_assert!(curve.relative[k] >= curve.relative[k - 1]);
                prop_assert!(curve.absolute[k] >= curve.absolute[k - 1]);
            }
            for k in 0..MOST_RATERS {
                prop_assert!(curve.absolute[k] <= curve.relative[k] && curve.relative[k] <= 1.0);
            }
        }

        #[test]
        fn the_multiplier_lies_between_zero_and_one_over_k(
            raters_of in proptest::collection::vec(proptest::collection::btree_set(0usize..6, 1..5), 2..8)
        ) {
            let raters_of: Vec<Vec<usize>> = raters_of.into_iter().map(|s| s.into_iter().collect()).collect();
            let assignment = Assignment::new(&raters_of).unwrap();

            prop_assert!(assignment.q >= 0.0);
            prop_assert!(assignment.q <= 1.0 / assignment.raters + 1e-12);
        }
    }
}
