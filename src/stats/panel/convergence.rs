//! Whether the chains agree and how exact their averages are: rank-normalised split R-hat and bulk
//! effective sample size (Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021).

use std::sync::LazyLock;

use statrs::function::erf::erfc_inv;

/// Split R-hat and bulk effective sample size of one quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Convergence {
    /// 1 when the chains agree; below 1.01 is good.
    pub r_hat: f64,
    /// How many independent draws the kept draws are worth.
    pub bulk_ess: f64,
}

/// `draws` holds `chains` chains of equal length, one after the other.
pub fn convergence(draws: &[f32], chains: usize) -> Convergence {
    let half = draws.len() / chains / 2;
    if half < 4 {
        return Convergence { r_hat: f64::MAX, bulk_ess: 0.0 };
    }
    let scores = normal_scores(draws);
    let halves: Vec<&[f64]> = scores
        .chunks_exact(draws.len() / chains)
        .flat_map(|chain| [&chain[..half], &chain[chain.len() - half..]])
        .collect();

    let n = half as f64;
    let means: Vec<f64> = halves.iter().map(|half| half.iter().sum::<f64>() / n).collect();
    let centred: Vec<Vec<f64>> =
        halves.iter().zip(&means).map(|(half, mean)| half.iter().map(|x| x - mean).collect()).collect();
    let within = centred.iter().map(|c| lagged(c, 0)).sum::<f64>() / halves.len() as f64 * n / (n - 1.0);
    let grand = means.iter().sum::<f64>() / means.len() as f64;
    let between = means.iter().map(|m| (m - grand).powi(2)).sum::<f64>() / (means.len() as f64 - 1.0);
    let pooled = within * (n - 1.0) / n + between;
    if within <= 0.0 {
        // A quantity that never moves is known exactly.
        return Convergence { r_hat: 1.0, bulk_ess: draws.len() as f64 };
    }

    Convergence { r_hat: (pooled / within).sqrt(), bulk_ess: effective(&centred, within, pooled) }
}

/// Geyer's initial monotone sequence over the chains together.
fn effective(centred: &[Vec<f64>], within: f64, pooled: f64) -> f64 {
    let (chains, n) = (centred.len() as f64, centred[0].len());
    let correlation = |lag: usize| {
        let covariance = centred.iter().map(|c| lagged(c, lag)).sum::<f64>() / chains;
        1.0 - (within - covariance) / pooled
    };
    let mut sum = 0.0;
    let mut last = f64::INFINITY;
    let mut lag = 0;
    while lag + 1 < n {
        let pair = if lag == 0 { 1.0 + correlation(1) } else { correlation(lag) + correlation(lag + 1) };
        if pair <= 0.0 {
            break;
        }
        last = pair.min(last);
        sum += last;
        lag += 2;
    }
    let total = chains * n as f64;
    // Antithetic chains may be worth more than their length, but not without limit.
    let time = (2.0 * sum - 1.0).max(1.0 / total.log10());
    total / time
}

fn lagged(centred: &[f64], lag: usize) -> f64 {
    let sum: f64 = centred.iter().zip(&centred[lag..]).map(|(a, b)| a * b).sum();
    sum / centred.len() as f64
}

/// Ranks turned into normal scores (Blom), equal values sharing their mean rank.
fn normal_scores(draws: &[f32]) -> Vec<f64> {
    // Values in order with their places, as whole numbers, which sort several times as quickly.
    let key = |(place, draw): (usize, &f32)| u64::from(in_order(*draw)) << 32 | place as u64;
    let mut order: Vec<u64> = draws.iter().enumerate().map(key).collect();
    order.sort_unstable();
    let usual = USUAL.iter().find(|usual| usual.len() == draws.len());
    let mut scores = vec![0.0; draws.len()];
    let mut start = 0;
    while start < order.len() {
        let value = order[start] >> 32;
        let ties = order[start..].iter().take_while(|&&next| next >> 32 == value).count();
        let score = match usual {
            Some(usual) if ties == 1 => usual[start],
            _ => blom(start as f64 + (ties as f64 + 1.0) / 2.0, draws.len()),
        };
        for next in &order[start..start + ties] {
            scores[(next & u64::from(u32::MAX)) as usize] = score;
        }
        start += ties;
    }
    scores
}

/// A whole number that is in the order of [`f32::total_cmp`].
fn in_order(value: f32) -> u32 {
    let bits = value.to_bits();
    if bits >> 31 == 0 { bits | 1 << 31 } else { !bits }
}

fn blom(rank: f64, count: usize) -> f64 {
    -std::f64::consts::SQRT_2 * erfc_inv(2.0 * (rank - 0.375) / (count as f64 + 0.25))
}

/// The scores of as many draws as the chains may have kept, which are asked for once for every candidate.
static USUAL: LazyLock<Vec<Vec<f64>>> = LazyLock::new(|| {
    let counts = (super::STEP..=super::KEPT).step_by(super::STEP).map(|kept| super::CHAINS * kept);
    counts.map(|count| (1..=count).map(|rank| blom(rank as f64, count)).collect()).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::Random;

    fn autoregressive(correlation: f64, length: usize) -> Vec<f32> {
        let mut random = Random::new(11, 0);
        let mut x = random.normal();
        let step = (1.0 - correlation * correlation).sqrt();
        (0..length)
            .map(|_| {
                x = correlation * x + step * random.normal();
                x as f32
            })
            .collect()
    }

    #[test]
    fn independent_draws_are_worth_their_number() {
        let found = convergence(&autoregressive(0.0, 8000), 4);

        assert!((found.r_hat - 1.0).abs() < 0.005, "{found:?}");
        assert!((found.bulk_ess - 8000.0).abs() < 1200.0, "{found:?}");
    }

    #[test]
    fn correlated_draws_are_worth_what_theory_says() {
        let found = convergence(&autoregressive(0.8, 40_000), 4);

        let theory = 40_000.0 * (1.0 - 0.8) / (1.0 + 0.8);
        assert!((found.bulk_ess / theory - 1.0).abs() < 0.15, "{found:?}");
    }

    #[test]
    fn chains_that_sit_apart_are_found() {
        let mut draws = autoregressive(0.0, 4000);
        draws[..1000].iter_mut().for_each(|x| *x += 1.0);

        assert!(convergence(&draws, 4).r_hat > 1.05);
    }

    #[test]
    fn a_quantity_that_never_moves_gives_finite_figures() {
        let found = convergence(&[2.0; 400], 4);

        assert_eq!((found.r_hat, found.bulk_ess), (1.0, 400.0));
    }
}
