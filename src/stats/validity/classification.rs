//! How well a score sorts people with a good outcome from people without.

use crate::stats::distributions::normal_quantile;
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason};

/// Area under the curve: the probability that someone with the outcome scored higher than someone
/// without, ties counted half; with the interval of DeLong, DeLong & Clarke-Pearson (1988).
///
/// Needs two people of each kind. The interval stays within 0–1.
pub fn area_under_curve(with: &[f64], without: &[f64]) -> Outcome {
    for scores in [with, without] {
        if scores.len() < 2 {
            return Err(Reason::SmallGroup { have: scores.len(), need: 2 });
        }
    }
    let above = |x: f64, y: f64| {
        if x > y {
            1.0
        } else if x == y {
            0.5
        } else {
            0.0
        }
    };
    let placed_with: Vec<f64> =
        with.iter().map(|&x| without.iter().map(|&y| above(x, y)).sum::<f64>() / without.len() as f64).collect();
    let placed_without: Vec<f64> =
        without.iter().map(|&y| with.iter().map(|&x| above(x, y)).sum::<f64>() / with.len() as f64).collect();
    let area = placed_with.iter().sum::<f64>() / with.len() as f64;
    let part = |placed: &[f64]| {
        let n = placed.len() as f64;
        placed.iter().map(|p| (p - area).powi(2)).sum::<f64>() / (n - 1.0) / n
    };
    let error = (part(&placed_with) + part(&placed_without)).sqrt();
    let reach = normal_quantile(1.0 - (1.0 - LEVEL) / 2.0) * error;
    Estimate::new(area, (area - reach).max(0.0), (area + reach).min(1.0), LEVEL)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values: the definition written out in numpy (structural components).
    #[test]
    fn the_area_and_its_interval_equal_an_independent_value() {
        let found = area_under_curve(&[3.5, 4.0, 2.5, 4.5, 3.0], &[2.0, 3.0, 2.5, 3.6, 1.5, 2.2]).unwrap();

        assert!((found.value - 0.8333333333333334).abs() < 1e-10);
        assert!((found.lower - 0.5852002071277222).abs() < 1e-8 && (found.upper - 1.0).abs() < 1e-8, "{found:?}");
    }

    #[test]
    fn a_score_that_sorts_perfectly_has_area_one_and_one_that_says_nothing_a_half() {
        assert_eq!(area_under_curve(&[4.0, 5.0], &[1.0, 2.0]).unwrap().value, 1.0);
        assert_eq!(area_under_curve(&[3.0, 3.0], &[3.0, 3.0]).unwrap().value, 0.5);
        assert_eq!(area_under_curve(&[3.0], &[1.0, 2.0]), Err(Reason::SmallGroup { have: 1, need: 2 }));
    }
}
