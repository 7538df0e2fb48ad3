//! The blocks of a sweep: each draws some effects given the rest.

use super::design::{Design, Form, Pattern, Side};
use super::linear::Factor;
use super::priors::Spread;
use crate::stats::random::Random;
use crate::stats::variances::Variances;

/// A matrix a·I − b·11ᵀ.
pub(super) struct Precision {
    pub diagonal: f64,
    pub common: f64,
}

/// Prior precision of a unit's vector over the dimensions: the inverse of `unit`·11ᵀ + `cell`·I.
pub(super) fn two_level_precision(unit: f64, cell: f64, dimensions: usize) -> Precision {
    Precision { diagonal: 1.0 / cell, common: unit / (cell * (cell + dimensions as f64 * unit)) }
}

/// The share of a form's summed deviation that its halo explains, per rating.
pub(super) fn halo_share(v: &Variances, count: f64) -> f64 {
    v.candidate_rater / (v.residual + count * v.candidate_rater)
}

/// Factors the precision of each pattern: the prior's plus (diag(n_d) − Σ c·ssᵀ)/σ²_e, where s tells
/// which dimensions a form holds and c is the halo's share.
pub(super) fn refill(
    factors: &mut [Factor],
    matrix: &mut [f64],
    design: &Design,
    patterns: &[Pattern],
    v: &Variances,
    prior: &Precision,
) {
    let d = design.dimensions;
    for (factor, pattern) in factors.iter_mut().zip(patterns) {
        matrix.fill(-prior.common);
        for i in 0..d {
            matrix[i * d + i] += prior.diagonal;
        }
        for &(kind, times) in pattern {
            let kind = &design.kinds[kind];
            let weight = times / v.residual;
            let shrink = weight * halo_share(v, kind.count);
            for i in (0..d).filter(|&i| kind.present[i]) {
                matrix[i * d + i] += weight;
                for j in (0..=i).filter(|&j| kind.present[j]) {
                    matrix[i * d + j] -= shrink;
                }
            }
        }
        factor.refill(matrix);
    }
}

/// The levels, the vectors of the other side, and whose vector of that side a form has.
pub(super) type OtherSide<'a> = (&'a [f64], &'a [f64], fn(&Form) -> usize);

/// Draws the vector of every unit of one side given the level and the other side.
#[expect(clippy::too_many_arguments, reason = "the fields of a chain, borrowed one by one")]
pub(super) fn draw_units(
    design: &Design,
    side: &Side,
    factors: &[Factor],
    values: &[f64],
    (level, others, other_of): OtherSide,
    v: &Variances,
    effects: &mut [f64],
    random: &mut Random,
) {
    let d = design.dimensions;
    for (unit, effect) in side.units.iter().zip(effects.chunks_exact_mut(d)) {
        effect.fill(0.0);
        for &index in &unit.forms {
            let form = &design.forms[index];
            let other = &others[other_of(form) * d..][..d];
            let shrink = halo_share(v, design.kinds[form.kind].count);
            add_form(effect, &values[index * d..][..d], &design.present[index * d..][..d], level, other, shrink);
        }
        for x in effect.iter_mut() {
            *x /= v.residual;
        }
        factors[unit.pattern].draw(effect, random);
    }
}

/// Adds what one form says about a vector over the dimensions, times σ²_e.
pub(super) fn add_form(rhs: &mut [f64], values: &[f64], present: &[f64], level: &[f64], other: &[f64], shrink: f64) {
    let mut sum = 0.0;
    for i in 0..rhs.len() {
        let z = present[i] * (values[i] - level[i] - other[i]);
        rhs[i] += z;
        sum += z;
    }
    for (x, there) in rhs.iter_mut().zip(present) {
        *x -= there * shrink * sum;
    }
}

/// Adds a common vector δ to every unit and takes it from the level, δ drawn from its conditional:
/// the ratings do not see it, only the priors do.
pub(super) fn shift(
    effects: &mut [f64],
    level: &mut [f64],
    (unit, cell): (f64, f64),
    prior: (f64, f64),
    random: &mut Random,
) {
    let d = level.len();
    let units = (effects.len() / d) as f64;
    let Precision { diagonal, common } = two_level_precision(unit, cell, d);
    let level_precision = 1.0 / (prior.1 * prior.1);

    let mut total = vec![0.0; d];
    for effect in effects.chunks_exact(d) {
        for (t, x) in total.iter_mut().zip(effect) {
            *t += x;
        }
    }
    let grand: f64 = total.iter().sum();

    // Precision a·I − b·11ᵀ; its inverse is (1/a)·I + g·11ᵀ.
    let a = units * diagonal + level_precision;
    let b = units * common;
    let g = b / (a * (a - d as f64 * b));
    let rhs: Vec<f64> = total
        .iter()
        .zip(level.iter())
        .map(|(t, m)| common * grand - diagonal * t + (m - prior.0) * level_precision)
        .collect();
    let all: f64 = rhs.iter().sum();
    let together = g * all + g.sqrt() * random.normal();
    let apart = (1.0 / a).sqrt();
    let delta: Vec<f64> = rhs.iter().map(|x| x / a + together + apart * random.normal()).collect();

    for effect in effects.chunks_exact_mut(d) {
        for (x, step) in effect.iter_mut().zip(&delta) {
            *x += step;
        }
    }
    for (m, step) in level.iter_mut().zip(&delta) {
        *m -= step;
    }
}

/// Splits every unit's vector into its main effect, drawn given the vector, and what is left, and
/// returns the sums of squares of both.
pub(super) fn main_effects(
    effects: &[f64],
    mains: &mut [f64],
    (unit, cell): (f64, f64),
    random: &mut Random,
) -> (f64, f64) {
    let d = effects.len() / mains.len().max(1);
    let precision = 1.0 / unit + d as f64 / cell;
    let sd = 1.0 / precision.sqrt();
    let (mut squares, mut rest) = (0.0, 0.0);
    for (effect, main) in effects.chunks_exact(d).zip(mains) {
        let sum: f64 = effect.iter().sum();
        let x = sum / cell / precision + sd * random.normal();
        squares += x * x;
        rest += effect.iter().map(|e| (e - x) * (e - x)).sum::<f64>();
        *main = x;
    }
    (squares, rest)
}

/// A factor g with density ∝ N(g; 1 + ahead, variance) · prior(g·sd), or 1 if the proposal fails.
pub(super) fn scale_factor(ahead: f64, variance: f64, prior: Spread, sd: f64, random: &mut Random) -> f64 {
    if matches!(prior, Spread::Fixed { .. }) || !variance.is_finite() {
        return 1.0;
    }
    let g = 1.0 + ahead + variance.sqrt() * random.normal();
    let accepted =
        g > 1e-3 && g < 1e3 && libm::log(random.uniform()) < prior.log_density(g * sd) - prior.log_density(sd);
    if accepted { g } else { 1.0 }
}

/// Multiplies what is left of each vector beside its main effect.
pub(super) fn stretch(effects: &mut [f64], mains: &[f64], factor: f64) {
    let d = effects.len() / mains.len().max(1);
    for (effect, main) in effects.chunks_exact_mut(d).zip(mains) {
        for x in effect {
            *x = main + factor * (*x - main);
        }
    }
}

/// A second, bolder step for a variance under a half-t prior: proposed as under a flat prior of the
/// standard deviation, accepted by the ratio of the priors.
pub(super) fn independent_step(
    variance: f64,
    levels: f64,
    sum_of_squares: f64,
    prior: Spread,
    random: &mut Random,
) -> f64 {
    if levels < 2.0 {
        return variance;
    }
    let proposed = random.inverse_gamma(0.5 * (levels - 1.0), 0.5 * sum_of_squares);
    let ratio = prior.log_density(proposed.sqrt()) - prior.log_density(variance.sqrt());
    if libm::log(random.uniform()) < ratio { proposed } else { variance }
}
