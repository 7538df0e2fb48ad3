//! What a stage of this size could have shown: no flag is not fairness.

use super::Counts;
use super::ratio::check;
use crate::stats::distributions::normal_quantile;
use crate::stats::estimate::{Outcome, Reason, finite};

/// The impact ratio nearest to 1 that a two-sided test at 5 % would have found with 80 %
/// probability, if the reference's rate is as observed.
///
/// [`Reason::NotEstimable`] where even a rate of zero would have gone unnoticed that often.
pub fn smallest_detectable_ratio(group: Counts, reference: Counts) -> Outcome<f64> {
    check(group, reference)?;
    let p2 = reference.rate();
    let (n1, n2) = (group.total as f64, reference.total as f64);
    let detected = |p1: f64| {
        let joint = (n1 * p1 + n2 * p2) / (n1 + n2);
        let null = (joint * (1.0 - joint) * (1.0 / n1 + 1.0 / n2)).sqrt();
        let own = (p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2).sqrt();
        p2 - p1 >= normal_quantile(0.975) * null + normal_quantile(0.8) * own
    };
    if !detected(0.0) {
        return Err(Reason::NotEstimable);
    }
    let (mut low, mut high) = (0.0, p2);
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if detected(middle) { low = middle } else { high = middle }
    }
    finite(low / p2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(selected: u64, total: u64) -> Counts {
        Counts::new(selected, total).unwrap()
    }

    /// Two rates of 0.60 and 0.45 take 173 people in each group (Fleiss, Levin & Paik 2003, without
    /// continuity correction).
    #[test]
    fn a_hundred_and_seventy_three_in_each_group_detect_three_quarters() {
        let ratio = smallest_detectable_ratio(counts(0, 173), counts(104, 173)).unwrap();

        assert!((ratio - 0.75).abs() < 0.005, "{ratio}");
    }

    #[test]
    fn five_people_detect_nothing() {
        assert_eq!(smallest_detectable_ratio(counts(1, 5), counts(2, 6)), Err(Reason::NotEstimable));
    }
}
