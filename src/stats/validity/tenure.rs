//! How long people stay, where some are still here.

use crate::stats::distributions::normal_quantile;
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason, finite};

/// One hired person: how long observed, in days, and whether they left then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stay {
    pub days: f64,
    pub left: bool,
}

/// The share that stays longer than `days`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Survival {
    pub days: f64,
    /// 0–1, with Greenwood's error on the log(−log) scale, which keeps the interval within 0–1.
    pub share: Outcome,
}

/// Kaplan–Meier: the share still here after each day on which somebody left.
pub fn kaplan_meier(stays: &[Stay]) -> Outcome<Vec<Survival>> {
    if stays.is_empty() {
        return Err(Reason::NoData);
    }
    if stays.iter().any(|s| !s.days.is_finite() || s.days < 0.0) {
        return Err(Reason::NotEstimable);
    }
    let mut days: Vec<f64> = stays.iter().filter(|s| s.left).map(|s| s.days).collect();
    days.sort_by(f64::total_cmp);
    days.dedup();

    let (mut share, mut greenwood) = (1.0, 0.0);
    Ok(days
        .into_iter()
        .map(|day| {
            let here = stays.iter().filter(|s| s.days >= day).count() as f64;
            let leaving = stays.iter().filter(|s| s.left && s.days == day).count() as f64;
            share *= 1.0 - leaving / here;
            greenwood += leaving / (here * (here - leaving));
            Survival { days: day, share: limits(share, greenwood) }
        })
        .collect())
}

fn limits(share: f64, greenwood: f64) -> Outcome {
    if share <= 0.0 {
        return Estimate::new(0.0, 0.0, 0.0, LEVEL);
    }
    let error = greenwood.sqrt() / -share.ln();
    let reach = (normal_quantile(1.0 - (1.0 - LEVEL) / 2.0) * error).exp();
    Estimate::new(share, share.powf(reach), share.powf(1.0 / reach), LEVEL)
}

/// Harrell's concordance: of the pairs whose order of leaving is known, the share in which the
/// higher score stayed longer, equal scores counted half; 0.5 is chance.
pub fn concordance(scores: &[f64], stays: &[Stay]) -> Outcome<f64> {
    let (mut right, mut pairs) = (0.0, 0.0);
    for (i, first) in stays.iter().enumerate().filter(|(_, s)| s.left) {
        for (j, other) in stays.iter().enumerate() {
            let later = other.days > first.days || (other.days == first.days && !other.left);
            if i != j && later {
                pairs += 1.0;
                right += if scores[j] > scores[i] {
                    1.0
                } else if scores[j] == scores[i] {
                    0.5
                } else {
                    0.0
                };
            }
        }
    }
    if pairs == 0.0 { Err(Reason::NoData) } else { finite(right / pairs) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stays() -> Vec<Stay> {
        // Freireich et al. (1963), 6-MP arm, as in every textbook; + is still in remission.
        [
            (6, true),
            (6, true),
            (6, true),
            (6, false),
            (7, true),
            (9, false),
            (10, true),
            (10, false),
            (11, false),
            (13, true),
            (16, true),
            (17, false),
            (19, false),
            (20, false),
            (22, true),
            (23, true),
            (25, false),
            (32, false),
            (32, false),
            (34, false),
            (35, false),
        ]
        .iter()
        .map(|&(days, left)| Stay { days: days.into(), left })
        .collect()
    }

    #[test]
    fn the_trial_of_freireich_gives_its_printed_curve() {
        let curve = kaplan_meier(&stays()).unwrap();
        let printed: Vec<String> = curve.iter().map(|s| format!("{:.3}", s.share.unwrap().value)).collect();

        assert_eq!(printed, ["0.857", "0.807", "0.753", "0.690", "0.627", "0.538", "0.448"]);
    }

    /// Expected values: statsmodels 0.15, `SurvfuncRight` for the standard error, then the formula.
    #[test]
    fn the_limits_of_the_curve_equal_an_independent_value() {
        let last = kaplan_meier(&stays()).unwrap()[6].share.unwrap();

        assert!(
            (last.lower - 0.1880520059592324).abs() < 1e-8 && (last.upper - 0.6801426284952415).abs() < 1e-8,
            "{last:?}"
        );
    }

    #[test]
    fn concordance_counts_only_pairs_whose_order_is_known() {
        let stays = [
            Stay { days: 10.0, left: true },
            Stay { days: 20.0, left: false },
            Stay { days: 30.0, left: true },
            Stay { days: 5.0, left: false },
        ];

        assert_eq!(concordance(&[1.0, 2.0, 3.0, 0.0], &stays), Ok(1.0));
        assert_eq!(concordance(&[3.0, 2.0, 3.0, 0.0], &stays), Ok(0.25));
        assert_eq!(concordance(&[1.0], &[Stay { days: 3.0, left: false }]), Err(Reason::NoData));
    }

    #[test]
    fn when_the_last_one_leaves_nobody_is_left() {
        let curve = kaplan_meier(&[Stay { days: 3.0, left: true }]).unwrap();

        assert_eq!(curve[0].share.unwrap().value, 0.0);
        assert_eq!(kaplan_meier(&[]), Err(Reason::NoData));
    }
}
