//! Correlations, their limits, and what they would be without restriction or unreliability.

use crate::stats::distributions::normal_quantile;
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason, finite};

/// Pearson's r with Fisher's interval, tanh(atanh r ± z/√(n − 3)). Needs four pairs and variation in
/// both.
pub fn pearson(x: &[f64], y: &[f64]) -> Outcome {
    let n = x.len().min(y.len());
    if n < 4 {
        return Err(Reason::FewOutcomes { have: n, need: 4 });
    }
    let r = product_moment(x, y)?;
    let reach = normal_quantile(1.0 - (1.0 - LEVEL) / 2.0) / (n as f64 - 3.0).sqrt();
    // A perfect line: every value of the interval is the line.
    if r.abs() > 1.0 - 1e-12 {
        return Estimate::new(r, r, r, LEVEL);
    }
    Estimate::new(r, (r.atanh() - reach).tanh(), (r.atanh() + reach).tanh(), LEVEL)
}

/// Spearman's ρ: the correlation of ranks, ties at their mean rank.
pub fn spearman(x: &[f64], y: &[f64]) -> Outcome<f64> {
    product_moment(&ranks(x), &ranks(y))
}

/// Thorndike's case II: r·u/√(1 + r²(u² − 1)), with u = S_applicants/S_hired; the ends of the
/// interval go the same way.
pub fn corrected(r: &Estimate, u: f64) -> Outcome {
    r.map(|r| unrestricted(r, u))
}

/// r as it would be with a perfectly reliable criterion: r/√r_yy. `reliability` must be a local
/// estimate, above 0 and at most 1.
pub fn disattenuated(r: &Estimate, reliability: f64) -> Outcome {
    if !(reliability > 0.0 && reliability <= 1.0) {
        return Err(Reason::ScaleUnsuited);
    }
    r.map(|r| (r / reliability.sqrt()).clamp(-1.0, 1.0))
}

pub(super) fn unrestricted(r: f64, u: f64) -> f64 {
    r * u / (1.0 + r * r * (u * u - 1.0)).sqrt()
}

/// The inverse of [`unrestricted`].
pub(super) fn restricted(rho: f64, u: f64) -> f64 {
    unrestricted(rho, 1.0 / u)
}

fn product_moment(x: &[f64], y: &[f64]) -> Outcome<f64> {
    let n = x.len().min(y.len()) as f64;
    let (mean_x, mean_y) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        xx += (x - mean_x).powi(2);
        yy += (y - mean_y).powi(2);
        xy += (x - mean_x) * (y - mean_y);
    }
    if xx <= 1e-12 * n * mean_x * mean_x || yy <= 1e-12 * n * mean_y * mean_y || xx == 0.0 || yy == 0.0 {
        return Err(Reason::NoVariation);
    }
    finite((xy / (xx * yy).sqrt()).clamp(-1.0, 1.0))
}

fn ranks(values: &[f64]) -> Vec<f64> {
    values
        .iter()
        .map(|x| {
            let below = values.iter().filter(|y| *y < x).count() as f64;
            let same = values.iter().filter(|y| *y == x).count() as f64;
            below + (same + 1.0) / 2.0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SCORE: [f64; 10] = [2.1, 3.4, 3.0, 4.2, 2.8, 3.9, 4.5, 3.1, 2.5, 3.6];
    const OUTCOME: [f64; 10] = [2.0, 3.0, 3.5, 4.0, 3.0, 3.0, 4.5, 2.5, 3.0, 4.0];

    /// Expected values: scipy 1.17, `pearsonr` with `confidence_interval` and `spearmanr`.
    #[test]
    fn correlations_equal_an_independent_implementation() {
        let r = pearson(&SCORE, &OUTCOME).unwrap();

        assert!((r.value - 0.8014450519252508).abs() < 1e-10);
        assert!((r.lower - 0.3468359429861584).abs() < 1e-8 && (r.upper - 0.9511238875611364).abs() < 1e-8);
        assert!((spearman(&SCORE, &OUTCOME).unwrap() - 0.7277054989428462).abs() < 1e-10);
    }

    #[test]
    fn a_restricted_range_hides_a_part_of_the_correlation() {
        let r = Estimate::new(0.3, 0.1, 0.5, LEVEL).unwrap();

        let wide = corrected(&r, 1.5).unwrap();

        assert!((wide.value - 0.45 / (1.0 + 0.09 * 1.25_f64).sqrt()).abs() < 1e-12);
        assert!(wide.lower > 0.1 && wide.upper > 0.5 && wide.upper < 1.0);
        assert!((disattenuated(&r, 0.64).unwrap().value - 0.375).abs() < 1e-12);
        assert_eq!(disattenuated(&r, 0.0), Err(Reason::ScaleUnsuited));
    }

    proptest! {
        #[test]
        fn undoing_a_correction_gives_the_correlation_back(r in -0.99..0.99f64, u in 0.3..3.0f64) {
            prop_assert!((restricted(unrestricted(r, u), u) - r).abs() < 1e-9);
        }

        #[test]
        fn a_correlation_is_between_minus_one_and_one(
            pairs in proptest::collection::vec((-5i32..5, -5i32..5), 0..20)
        ) {
            let x: Vec<f64> = pairs.iter().map(|p| p.0.into()).collect();
            let y: Vec<f64> = pairs.iter().map(|p| p.1.into()).collect();
            if let Ok(r) = pearson(&x, &y) {
                prop_assert!(-1.0 <= r.lower && r.lower <= r.value && r.value <= r.upper && r.upper <= 1.0);
            }
        }
    }
}
