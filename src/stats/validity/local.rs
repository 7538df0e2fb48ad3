//! A local validity combined with what is known of structured interviews.

use super::correlation::restricted;
use crate::stats::distributions::sorted_quantile;
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason};

/// Mean and standard deviation of the operational validity of structured interviews over settings
/// (Sackett, Zhang, Berry & Lievens 2022).
pub const PRIOR: (f64, f64) = (0.42, 0.19);

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posterior {
    /// Posterior mean with its equal-tailed interval.
    pub validity: Estimate,
    /// Share of the information that is prior, 0–1: posterior variance over prior variance.
    pub prior_share: f64,
}

/// The validity among all applicants, given r among `n` hired ones and u = S_applicants/S_hired:
/// N(0.42, 0.19²) times the likelihood of atanh r, mean atanh of the restricted validity and
/// variance 1/(n − 3), on a grid.
pub fn posterior(r: f64, n: usize, u: f64) -> Outcome<Posterior> {
    const POINTS: usize = 3999;
    if n < 4 {
        return Err(Reason::FewOutcomes { have: n, need: 4 });
    }
    if !(u.is_finite() && u > 0.0) {
        return Err(Reason::NotEstimable);
    }
    let seen = r.clamp(-1.0 + 1e-12, 1.0 - 1e-12).atanh();
    let precision = n as f64 - 3.0;
    let grid: Vec<f64> = (1..=POINTS).map(|i| -1.0 + 2.0 * i as f64 / (POINTS + 1) as f64).collect();
    let prior = |rho: f64| -((rho - PRIOR.0) / PRIOR.1).powi(2) / 2.0;
    let logs: Vec<f64> =
        grid.iter().map(|&rho| prior(rho) - precision * (seen - restricted(rho, u).atanh()).powi(2) / 2.0).collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logs.iter().map(|log| (log - most).exp()).collect();

    let (mean, variance) = moments(&grid, &weights);
    let (_, before) = moments(&grid, &grid.iter().map(|&rho| prior(rho).exp()).collect::<Vec<_>>());
    let tail = (1.0 - LEVEL) / 2.0;
    Ok(Posterior {
        validity: Estimate::new(mean, quantile(&grid, &weights, tail), quantile(&grid, &weights, 1.0 - tail), LEVEL)?,
        prior_share: crate::stats::estimate::finite((variance / before).clamp(0.0, 1.0))?,
    })
}

fn moments(grid: &[f64], weights: &[f64]) -> (f64, f64) {
    let total: f64 = weights.iter().sum();
    let mean = grid.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>() / total;
    let variance = grid.iter().zip(weights).map(|(x, w)| (x - mean).powi(2) * w).sum::<f64>() / total;
    (mean, variance)
}

/// Where the cumulated weight passes `p`, linear between grid points.
fn quantile(grid: &[f64], weights: &[f64], p: f64) -> f64 {
    let target = p * weights.iter().sum::<f64>();
    let step = grid[1] - grid[0];
    let mut below = 0.0;
    for (x, weight) in grid.iter().zip(weights) {
        if below + weight >= target {
            let inside = if *weight > 0.0 { (target - below) / weight } else { 0.5 };
            return x + (inside - 0.5) * step;
        }
        below += weight;
    }
    sorted_quantile(grid, p)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values: scipy 1.17, `quad` over the same density.
    #[test]
    fn the_posterior_equals_an_independent_integral() {
        let found = posterior(0.25, 20, 1.3).unwrap();

        assert!((found.validity.value - 0.37086907004643693).abs() < 1e-5, "{found:?}");
        assert!((found.validity.lower - 0.07026477621308604).abs() < 1e-4, "{found:?}");
        assert!((found.validity.upper - 0.6437442630387449).abs() < 1e-4, "{found:?}");
        assert!((found.prior_share - 0.6069306967857779).abs() < 1e-4, "{found:?}");
    }

    #[test]
    fn with_many_outcomes_the_data_speak_and_with_few_the_prior() {
        let few = posterior(-0.2, 10, 1.0).unwrap();
        let many = posterior(-0.2, 5000, 1.0).unwrap();

        assert!(few.validity.value > 0.1 && few.prior_share > 0.4);
        assert!((many.validity.value + 0.2).abs() < 0.02 && many.prior_share < 0.02);
    }

    #[test]
    fn a_perfect_line_and_a_bad_ratio_give_no_number_that_is_not_finite() {
        assert!(posterior(1.0, 12, 1.0).unwrap().validity.value < 1.0);
        assert_eq!(posterior(0.3, 12, f64::INFINITY).unwrap_err(), Reason::NotEstimable);
        assert_eq!(posterior(0.3, 3, 1.0).unwrap_err(), Reason::FewOutcomes { have: 3, need: 4 });
    }
}
