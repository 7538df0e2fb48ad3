//! Differences of scores between groups, where nobody is selected yet.

use statrs::function::gamma::ln_gamma;

use super::Counts;
use crate::stats::distributions::{normal_quantile, sorted_quantile};
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason, finite};

/// The median of all scores, and how many of each group lie above it (6 RCNY § 5-301, the "scoring
/// rate"); compare the counts as a stage.
///
/// [`Reason::NoData`] without a score.
pub fn scoring_rates(groups: &[Vec<f64>]) -> Outcome<(f64, Vec<Counts>)> {
    let all: Vec<f64> = groups.iter().flatten().copied().collect();
    if all.is_empty() {
        return Err(Reason::NoData);
    }
    if all.iter().any(|x| !x.is_finite()) {
        return Err(Reason::NotEstimable);
    }
    let median = median(&all)?;
    let rates = groups
        .iter()
        .map(|scores| Counts {
            selected: scores.iter().filter(|&&x| x > median).count() as u64,
            total: scores.len() as u64,
        })
        .collect();
    Ok((median, rates))
}

/// The middle value, or the mean of the two in the middle.
pub fn median(scores: &[f64]) -> Outcome<f64> {
    let mut sorted = scores.to_vec();
    sorted.sort_by(f64::total_cmp);
    finite(sorted_quantile(&sorted, 0.5))
}

/// Hedges' g: the difference of the means in pooled standard deviations, corrected for small
/// samples (Hedges 1981), with its large-sample interval. Negative if the group scores lower.
///
/// Needs two people in each group and some difference within groups.
pub fn hedges_g(group: &[f64], reference: &[f64]) -> Outcome {
    for scores in [group, reference] {
        if scores.len() < 2 {
            return Err(Reason::SmallGroup { have: scores.len(), need: 2 });
        }
    }
    let (n1, n2) = (group.len() as f64, reference.len() as f64);
    let freedom = n1 + n2 - 2.0;
    let pooled = ((squares(group) + squares(reference)) / freedom).sqrt();
    if pooled <= 1e-12 * (mean(group).abs() + mean(reference).abs()) || pooled == 0.0 {
        return Err(Reason::NoVariation);
    }
    let correction = (ln_gamma(freedom / 2.0) - (freedom / 2.0).sqrt().ln() - ln_gamma((freedom - 1.0) / 2.0)).exp();
    let g = correction * (mean(group) - mean(reference)) / pooled;
    let error = ((n1 + n2) / (n1 * n2) + g * g / (2.0 * (n1 + n2))).sqrt();
    let reach = normal_quantile(1.0 - (1.0 - LEVEL) / 2.0) * error;
    Estimate::new(g, g - reach, g + reach, LEVEL)
}

fn mean(scores: &[f64]) -> f64 {
    scores.iter().sum::<f64>() / scores.len() as f64
}

fn squares(scores: &[f64]) -> f64 {
    let mean = mean(scores);
    scores.iter().map(|x| (x - mean).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOWER: [f64; 6] = [2.0, 3.0, 3.5, 2.5, 4.0, 3.0];
    const HIGHER: [f64; 7] = [3.0, 4.0, 4.5, 3.5, 5.0, 4.0, 2.5];

    /// Expected value: scipy and the exact gamma correction, as in R's `effsize`.
    #[test]
    fn the_difference_in_standard_deviations_equals_an_independent_value() {
        let g = hedges_g(&LOWER, &HIGHER).unwrap();

        assert!((g.value - -0.9206685816284443).abs() < 1e-9, "{}", g.value);
        assert!(g.lower < g.value && g.value < g.upper);
    }

    #[test]
    fn the_scoring_rate_counts_who_is_above_the_median_of_all() {
        let (median, rates) = scoring_rates(&[LOWER.to_vec(), HIGHER.to_vec()]).unwrap();

        assert_eq!(median, 3.5);
        assert_eq!(rates, [Counts { selected: 1, total: 6 }, Counts { selected: 4, total: 7 }]);
    }

    #[test]
    fn too_few_or_equal_scores_are_a_reason() {
        assert_eq!(hedges_g(&[1.0], &HIGHER), Err(Reason::SmallGroup { have: 1, need: 2 }));
        assert_eq!(hedges_g(&[3.0, 3.0], &[3.0, 3.0]), Err(Reason::NoVariation));
        assert_eq!(scoring_rates(&[vec![], vec![]]), Err(Reason::NoData));
    }
}
