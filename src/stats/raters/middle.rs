//! Whether a rater gives the middle of the scale more often than the others do.

use statrs::function::gamma::ln_gamma;

use crate::stats::estimate::{Outcome, Reason, finite};
use crate::stats::ratings::Ratings;

/// Other raters that a comparison needs.
const OTHERS: usize = 2;

/// The rater's share of ratings at the midpoint beside the others'.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Middle {
    /// 0–1.
    pub share: f64,
    /// The same for all other raters together.
    pub others: f64,
    /// Probability of at least this share, if the rater were one of the others: beta-binomial, its
    /// spread by moments (Kleinman 1973).
    pub p: f64,
}

/// Compares one rater with the others; needs two others with ratings.
pub fn middle(ratings: &Ratings, rater: usize) -> Outcome<Middle> {
    let scale = ratings.scale();
    let midpoint = (scale.low() + scale.high()) / 2.0;
    let mut counts = vec![(0.0, 0.0); ratings.raters()];
    for rating in ratings.iter() {
        counts[rating.rater].1 += 1.0;
        if (rating.value - midpoint).abs() < 1e-9 {
            counts[rating.rater].0 += 1.0;
        }
    }
    let (x, n) = counts[rater];
    if n == 0.0 {
        return Err(Reason::NoData);
    }
    let others: Vec<(f64, f64)> =
        counts.iter().enumerate().filter(|(r, c)| *r != rater && c.1 > 0.0).map(|(_, c)| *c).collect();
    if others.len() < OTHERS {
        return Err(Reason::FewRaters { have: others.len() + 1, need: OTHERS + 1 });
    }

    let total: f64 = others.iter().map(|c| c.1).sum();
    let share = others.iter().map(|c| c.0).sum::<f64>() / total;
    // Half a rating of either kind keeps the tail open where the others never, or only, do it.
    let steady = (share * total + 0.5) / (total + 1.0);
    let spread = overdispersion(&others, share).clamp(0.001, 0.5);
    let (a, b) = (steady * (1.0 - spread) / spread, (1.0 - steady) * (1.0 - spread) / spread);
    let p: f64 = (x as u64..=n as u64).map(|k| beta_binomial(k as f64, n, a, b)).sum();
    Ok(Middle { share: finite(x / n)?, others: finite(share)?, p: finite(p.min(1.0))? })
}

/// Correlation of two ratings by the same rater, beyond the common share.
fn overdispersion(others: &[(f64, f64)], share: f64) -> f64 {
    let groups = others.len() as f64;
    let total: f64 = others.iter().map(|c| c.1).sum();
    let squares: f64 = others.iter().map(|(x, n)| n * (x / n - share).powi(2)).sum();
    let binomial = share * (1.0 - share);
    let sizes = total - others.iter().map(|c| c.1 * c.1).sum::<f64>() / total - (groups - 1.0);
    if binomial == 0.0 || sizes <= 0.0 { 0.0 } else { (squares - binomial * (groups - 1.0)) / (binomial * sizes) }
}

fn beta_binomial(k: f64, n: f64, a: f64, b: f64) -> f64 {
    let ln_beta = |a: f64, b: f64| ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    let choose = ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0);
    (choose + ln_beta(k + a, n - k + b) - ln_beta(a, b)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::ratings::{Rating, Scale};

    fn table(of_rater: &[&[u8]]) -> Ratings {
        let given = of_rater.iter().enumerate().flat_map(|(rater, values)| {
            values.iter().enumerate().map(move |(candidate, &value)| Rating {
                candidate,
                rater,
                dimension: 0,
                value: value.into(),
            })
        });
        Ratings::new(20, 5, 1, Scale::five_steps(), given).unwrap()
    }

    #[test]
    fn a_rater_of_threes_among_raters_who_use_the_scale_is_unlikely() {
        let wide: &[u8] = &[1, 2, 4, 5, 3, 2, 4, 5, 3, 4, 2, 1];
        let narrow: &[u8] = &[3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 3];

        let found = middle(&table(&[wide, wide, wide, narrow]), 3).unwrap();
        let usual = middle(&table(&[wide, wide, wide, wide]), 3).unwrap();

        assert!((found.share - 11.0 / 12.0).abs() < 1e-12 && found.p < 0.01, "{found:?}");
        assert!(usual.p > 0.3, "{usual:?}");
    }

    #[test]
    fn the_probabilities_of_all_counts_sum_to_one() {
        let sum: f64 = (0..=9).map(|k| beta_binomial(f64::from(k), 9.0, 0.7, 2.2)).sum();

        assert!((sum - 1.0).abs() < 1e-9);
    }

    #[test]
    fn without_others_there_is_no_comparison() {
        assert_eq!(middle(&table(&[&[3, 4], &[2, 3]]), 0), Err(Reason::FewRaters { have: 2, need: 3 }));
        assert_eq!(middle(&table(&[&[3, 4], &[2, 3]]), 4), Err(Reason::NoData));
    }
}
