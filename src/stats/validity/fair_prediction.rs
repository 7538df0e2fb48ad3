//! Whether a score predicts the outcome alike in two groups (Cleary 1968).

use nalgebra::{Cholesky, DMatrix, DVector};

use crate::stats::distributions::{f_tail, t_quantile};
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason, finite};

/// People that each group needs.
pub const MIN_GROUP: usize = 30;

/// outcome = a + b·score + c·group + d·score·group, scores about their common mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FairPrediction {
    /// b: points of the outcome for a point of the score, in the reference group.
    pub slope: Estimate,
    /// c: how much better the group does than the reference at the mean score. Above zero, a common
    /// line would underpredict the group.
    pub intercept_difference: Estimate,
    /// d: how much steeper the line is in the group.
    pub slope_difference: Estimate,
    /// F test that both differences are zero.
    pub p: f64,
}

/// Fits by least squares; `in_group` names who belongs to the group, the rest is the reference.
pub fn fair_prediction(scores: &[f64], outcomes: &[f64], in_group: &[bool]) -> Outcome<FairPrediction> {
    let n = scores.len().min(outcomes.len()).min(in_group.len());
    let members = in_group[..n].iter().filter(|g| **g).count();
    for have in [members, n - members] {
        if have < MIN_GROUP {
            return Err(Reason::SmallGroup { have, need: MIN_GROUP });
        }
    }
    let mean = scores[..n].iter().sum::<f64>() / n as f64;
    let y = DVector::from_column_slice(&outcomes[..n]);
    let full = DMatrix::from_fn(n, 4, |i, j| {
        let (score, group) = (scores[i] - mean, f64::from(u8::from(in_group[i])));
        [1.0, score, group, score * group][j]
    });
    let (beta, inverse, squares) = least_squares(&full, &y)?;
    let (_, _, without) = least_squares(&full.columns(0, 2).into_owned(), &y)?;
    let freedom = n as f64 - 4.0;
    let variance = squares / freedom;
    if variance <= 1e-14 * y.norm_squared() {
        return Err(Reason::NoVariation);
    }
    let reach = t_quantile(1.0 - (1.0 - LEVEL) / 2.0, freedom);
    let coefficient = |j: usize| {
        let error = (variance * inverse[(j, j)]).sqrt();
        Estimate::new(beta[j], beta[j] - reach * error, beta[j] + reach * error, LEVEL)
    };
    Ok(FairPrediction {
        slope: coefficient(1)?,
        intercept_difference: coefficient(2)?,
        slope_difference: coefficient(3)?,
        p: finite(f_tail((without - squares) / 2.0 / variance, 2.0, freedom))?,
    })
}

/// Coefficients, (X′X)⁻¹ and the residual sum of squares.
fn least_squares(x: &DMatrix<f64>, y: &DVector<f64>) -> Outcome<(DVector<f64>, DMatrix<f64>, f64)> {
    let factor = Cholesky::new(x.transpose() * x).ok_or(Reason::NoVariation)?;
    let beta = factor.solve(&(x.transpose() * y));
    let squares = (y - x * &beta).norm_squared();
    Ok((beta, factor.inverse(), squares))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn study() -> (Vec<f64>, Vec<f64>, Vec<bool>) {
        let scores: Vec<f64> = (0..70).map(|i| 1.0 + f64::from(i * 37 % 41) / 10.0).collect();
        let in_group: Vec<bool> = (0..70).map(|i| i % 2 == 0).collect();
        let outcomes = (0..70)
            .map(|i| 2.0 + 0.4 * scores[i] + if in_group[i] { 0.5 } else { 0.0 } + (i * 13 % 17) as f64 / 10.0)
            .collect();
        (scores, outcomes, in_group)
    }

    /// Expected values: statsmodels 0.15, `OLS` and `compare_f_test`.
    #[test]
    fn the_regression_equals_an_independent_implementation() {
        let (scores, outcomes, in_group) = study();
        let found = fair_prediction(&scores, &outcomes, &in_group).unwrap();

        for (got, want) in [
            (found.slope.value, 0.42489648772130173),
            (found.intercept_difference.value, 0.4640953339787897),
            (found.intercept_difference.lower, 0.22071079860445375),
            (found.slope_difference.value, -0.013679067727900264),
            (found.p, 0.001417898010806242),
        ] {
            assert!((got - want).abs() < 1e-7, "{got} is not {want}");
        }
    }

    #[test]
    fn small_groups_and_equal_scores_are_a_reason() {
        let (scores, outcomes, in_group) = study();

        assert_eq!(
            fair_prediction(&scores[..40], &outcomes[..40], &in_group[..40]).unwrap_err(),
            Reason::SmallGroup { have: 20, need: 30 }
        );
        assert_eq!(fair_prediction(&[3.0; 70], &outcomes, &in_group).unwrap_err(), Reason::NoVariation);
    }
}
