//! The standard normal distribution from tables, for the ordinal form: quick, and the same bytes on every machine.

use std::sync::LazyLock;

use libm::erfc;

use crate::stats::random::Random;

/// Standard normal given that it lies between `low` and `high`, whose distribution function is known: by its inverse
/// where that is exact, else as [`Random::normal_between`] does it.
pub(super) fn between(low: f64, high: f64, (below_low, below_high): (f64, f64), random: &mut Random) -> f64 {
    if below_high < TAIL || below_low > 1.0 - TAIL || below_high - below_low < LEAST_MASS {
        return random.normal_between(low, high);
    }
    let p = below_low + (below_high - below_low) * random.uniform();
    if p < TAIL {
        random.normal_between(low, high.min(-TAIL_EDGE))
    } else if p > 1.0 - TAIL {
        random.normal_between(low.max(TAIL_EDGE), high)
    } else {
        quantile(&QUANTILES, p).clamp(low, high)
    }
}

/// Standard normal distribution function, from a table; exact to 1e-10. It is evaluated some hundred million times per fit.
pub(super) fn below(table: &[(f64, f64)], x: f64) -> f64 {
    if x <= -REACH {
        return 0.0;
    }
    if x >= REACH {
        return 1.0;
    }
    interpolated(table, (x + REACH) * PER_UNIT as f64)
}

/// Standard normal distribution function to 1e-6, without branches, so that several are computed at once (Abramowitz and
/// Stegun 1964, 7.1.28).
pub(super) fn roughly_below(x: f32) -> f32 {
    let size = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let terms = [0.070_523_08, 0.042_282_01, 0.009_270_527, 0.000_152_014_3, 0.000_276_567_2, 0.000_043_063_8];
    let sum = 1.0 + terms.iter().rev().fold(0.0, |sum: f32, term| (sum + term) * size);
    let fourth = (sum * sum) * (sum * sum);
    let tail = 0.5 / ((fourth * fourth) * (fourth * fourth));
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// Its inverse for `p` from [`TAIL`] to 1 − [`TAIL`], exact to 1e-8.
fn quantile(table: &[(f64, f64)], p: f64) -> f64 {
    interpolated(table, p * QUANTILE_STEPS as f64)
}

/// Cubic Hermite between two entries of values and slopes per step.
fn interpolated(table: &[(f64, f64)], place: f64) -> f64 {
    let index = place as usize;
    let t = place - index as f64;
    let [(left, left_slope), (right, right_slope)] = [table[index], table[index + 1]];
    let rise = right - left;
    left + t
        * (left_slope + t * (3.0 * rise - 2.0 * left_slope - right_slope + t * (left_slope + right_slope - 2.0 * rise)))
}

const REACH: f64 = 8.5;
const PER_UNIT: usize = 128;

/// Beyond it on either side the inverse is too steep for its table.
const TAIL: f64 = 1.0 / 64.0;
/// The quantile of 1 − [`TAIL`].
const TAIL_EDGE: f64 = 2.153_874_694_061_456;
/// Below it the two values of the distribution function are too near to each other to tell where between them one is.
const LEAST_MASS: f64 = 1e-4;
const QUANTILE_STEPS: usize = 2048;

fn distribution(x: f64) -> f64 {
    0.5 * erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt()
}

/// The distribution function and its slope per step of the table.
pub(super) static TABLE: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    let points = 2 * (REACH * PER_UNIT as f64) as usize + 2;
    let at = |i: usize| {
        let x = i as f64 / PER_UNIT as f64 - REACH;
        (distribution(x), density(x) / PER_UNIT as f64)
    };
    (0..points).map(at).collect()
});

/// Its inverse and the slope of that per step; nothing at the ends, where it is infinite.
static QUANTILES: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    let mut table = vec![(0.0, 0.0); QUANTILE_STEPS + 1];
    let step = |x: f64| 1.0 / (density(x) * QUANTILE_STEPS as f64);
    let mut x = 0.0;
    for above in 0..QUANTILE_STEPS / 2 {
        let p = 0.5 + above as f64 / QUANTILE_STEPS as f64;
        // Newton's method from the entry before: the same bytes on every machine.
        for _ in 0..6 {
            x += (p - distribution(x)) / density(x);
        }
        table[QUANTILE_STEPS / 2 + above] = (x, step(x));
        table[QUANTILE_STEPS / 2 - above] = (-x, step(x));
    }
    table
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_distribution_is_exact_enough_from_its_table_and_without() {
        assert_eq!((roughly_below(f32::INFINITY), roughly_below(f32::NEG_INFINITY)), (1.0, 0.0));
        for i in -9000..9000 {
            let x = f64::from(i) / 1000.0 + 0.000_3;
            let exact = distribution(x);
            assert!((below(&TABLE, x) - exact).abs() < 1e-9, "{x}");
            assert!((f64::from(roughly_below(x as f32)) - exact).abs() < 1e-6, "{x}");
        }
    }

    #[test]
    fn the_table_of_quantiles_turns_the_distribution_around_and_its_tails_begin_where_they_should() {
        assert!((distribution(-TAIL_EDGE) - TAIL).abs() < 1e-12);
        for i in 0..=10_000 {
            let p = TAIL + (1.0 - 2.0 * TAIL) * f64::from(i) / 10_000.0;
            let x = quantile(&QUANTILES, p);
            assert!((distribution(x) - p).abs() < 1e-8, "{p}");
        }
    }

    #[test]
    fn latent_values_follow_the_truncated_normal_distribution() {
        let mut random = Random::new(5, 0);
        for (low, high) in [(-1.0, 0.5), (1.2, f64::INFINITY), (f64::NEG_INFINITY, -1.9), (2.5, 4.0), (0.3, 0.300_1)] {
            let masses = (below(&TABLE, low), below(&TABLE, high));

            let mut draws: Vec<f64> = (0..40_000).map(|_| between(low, high, masses, &mut random)).collect();

            draws.sort_by(f64::total_cmp);
            let gap = |(i, x): (usize, &f64)| {
                let share = (distribution(*x) - distribution(low)) / (distribution(high) - distribution(low));
                (share - (i as f64 + 0.5) / 40_000.0).abs()
            };
            let furthest = draws.iter().enumerate().map(gap).fold(0.0, f64::max);
            assert!(furthest < 0.011, "{low} to {high}: {furthest}");
        }
    }
}
