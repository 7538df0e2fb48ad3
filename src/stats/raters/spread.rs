//! Whether a rater spreads people out as far as the others do, or keeps to the middle.

use super::RATER_LEVEL;
use crate::stats::distributions::{normal_cdf, normal_quantile};
use crate::stats::estimate::{Estimate, Outcome, Reason};
use crate::stats::ratings::Ratings;
use crate::stats::reliability::generalizability::Parts;
use crate::stats::variances::Variances;
use crate::stats::weights::Weights;

/// A slope below this is a narrow use of the scale.
const NARROW: f64 = 0.6;
const SURE: f64 = 0.90;

/// Slopes of raters differ by about this much before any is seen, as a standard deviation.
const USUAL: f64 = 0.2;

/// Slope of the rater's form means on what the other raters' forms predict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Drawn towards 1 as far as it is uncertain, with its 90 % interval.
    pub slope: Estimate,
    /// Whether it is below 0.6 with probability above 0.9.
    pub narrow: bool,
}

/// By rater. `severities` are the raters' shifts in points of the scale.
///
/// The prediction for a candidate is the posterior mean under the other raters alone, so that the
/// slope of a typical rater is 1. Needs four candidates whom others rated too.
pub fn spreads(
    ratings: &Ratings,
    weights: &Weights,
    variances: &Variances,
    severities: &[f64],
) -> Vec<Outcome<Spread>> {
    let means = adjusted_means(ratings, weights, severities);
    let parts = Parts::new(variances, weights);
    let slopes: Vec<Outcome<(f64, f64)>> =
        (0..ratings.raters()).map(|rater| slope(&pairs(&means, &parts, rater))).collect();

    let (mut excess, mut precision) = (0.0, 0.0);
    for (slope, variance) in slopes.iter().flatten() {
        excess += (slope - 1.0).powi(2) / variance - 1.0;
        precision += 1.0 / variance;
    }
    let between = if precision > 0.0 { (excess / precision).max(USUAL * USUAL) } else { USUAL * USUAL };
    slopes
        .into_iter()
        .map(|found| {
            let (slope, variance) = found?;
            let posterior = 1.0 / (1.0 / variance + 1.0 / between);
            let value = posterior * (slope / variance + 1.0 / between);
            let deviation = posterior.sqrt();
            let reach = normal_quantile(1.0 - (1.0 - RATER_LEVEL) / 2.0) * deviation;
            Ok(Spread {
                slope: Estimate::new(value, value - reach, value + reach, RATER_LEVEL)?,
                narrow: normal_cdf((NARROW - value) / deviation) > SURE,
            })
        })
        .collect()
}

/// By candidate, (rater, form mean less severity) of complete forms.
fn adjusted_means(ratings: &Ratings, weights: &Weights, severities: &[f64]) -> Vec<Vec<(usize, f64)>> {
    (0..ratings.candidates())
        .map(|candidate| {
            ratings
                .raters_of(candidate)
                .filter_map(|rater| Some((rater, ratings.form_mean(candidate, rater, weights)? - severities[rater])))
                .collect()
        })
        .collect()
}

/// (predicted by the others, given) for every candidate of the rater whom others rated too.
fn pairs(means: &[Vec<(usize, f64)>], parts: &Parts, rater: usize) -> Vec<(f64, f64)> {
    let others: Vec<Vec<f64>> =
        means.iter().map(|forms| forms.iter().filter(|(r, _)| *r != rater).map(|(_, m)| *m).collect()).collect();
    let all: Vec<f64> = others.iter().flatten().copied().collect();
    let level = all.iter().sum::<f64>() / all.len().max(1) as f64;
    means
        .iter()
        .zip(&others)
        .filter(|(_, others)| !others.is_empty())
        .filter_map(|(forms, others)| {
            let (_, own) = forms.iter().find(|(r, _)| *r == rater)?;
            let k = others.len() as f64;
            let trust = parts.universe / (parts.universe + parts.error / k);
            let mean = others.iter().sum::<f64>() / k;
            Some((level + trust * (mean - level), *own))
        })
        .collect()
}

/// Least-squares slope and its sampling variance.
fn slope(pairs: &[(f64, f64)]) -> Outcome<(f64, f64)> {
    const NEEDED: usize = 4;
    let n = pairs.len();
    if n < NEEDED {
        return Err(Reason::FewForms { have: n, need: NEEDED });
    }
    let mean_x = pairs.iter().map(|p| p.0).sum::<f64>() / n as f64;
    let mean_y = pairs.iter().map(|p| p.1).sum::<f64>() / n as f64;
    let xx: f64 = pairs.iter().map(|p| (p.0 - mean_x).powi(2)).sum();
    let xy: f64 = pairs.iter().map(|p| (p.0 - mean_x) * (p.1 - mean_y)).sum();
    if xx <= 1e-12 {
        return Err(Reason::NoVariation);
    }
    let slope = xy / xx;
    let residual: f64 = pairs.iter().map(|p| (p.1 - mean_y - slope * (p.0 - mean_x)).powi(2)).sum();
    // A perfect line would count as infinitely sure.
    let variance = (residual / (n as f64 - 2.0) / xx).max(1e-6);
    Ok((slope, variance))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_of_a_line_is_found_and_too_few_points_are_a_reason() {
        let line: Vec<(f64, f64)> = (0..6).map(|i| (f64::from(i), 2.0 + 0.5 * f64::from(i))).collect();

        assert!((slope(&line).unwrap().0 - 0.5).abs() < 1e-12);
        assert_eq!(slope(&line[..3]), Err(Reason::FewForms { have: 3, need: 4 }));
        assert_eq!(slope(&[(1.0, 2.0); 5]), Err(Reason::NoVariation));
    }
}
