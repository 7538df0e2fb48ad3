//! The blocks of a sweep: each draws some effects given the rest.

use super::above::Expected;
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

/// The effects of one side of the panel, candidates or raters.
pub(super) struct Effects {
    /// Main effect and cells together: by unit, then dimension.
    pub vectors: Vec<f64>,
    /// Of each vector over the dimensions.
    pub sums: Vec<f64>,
    /// The main effect of each unit.
    pub mains: Vec<f64>,
    /// Sums over the forms of each unit of the other side's vectors, from when this side was drawn: by unit, then dimension.
    pub met: Vec<f64>,
}

impl Effects {
    pub fn new(units: usize, dimensions: usize) -> Self {
        let cells = vec![0.0; units * dimensions];
        Self { sums: vec![0.0; units], mains: vec![0.0; units], met: cells.clone(), vectors: cells }
    }

    /// Sum of a unit's vector over the dimensions that a form holds.
    pub fn held(&self, design: &Design, form: usize, unit: usize) -> f64 {
        let d = design.dimensions;
        design.held(form, &self.vectors[unit * d..][..d], self.sums[unit])
    }

    /// Multiplies everything.
    pub fn grow(&mut self, factor: f64) {
        for values in [&mut self.vectors, &mut self.sums, &mut self.mains] {
            values.iter_mut().for_each(|x| *x *= factor);
        }
    }

    /// Draws every main effect given the vectors, and returns the sums of squares of the main effects and of
    /// what is left of the vectors beside them.
    pub fn draw_mains(&mut self, (unit, cell): (f64, f64), random: &mut Random) -> (f64, f64) {
        let d = self.vectors.len() / self.mains.len().max(1);
        let precision = 1.0 / unit + d as f64 / cell;
        let (share, sd) = (1.0 / cell / precision, 1.0 / precision.sqrt());
        let (mut squares, mut rest) = (0.0, 0.0);
        for ((vector, sum), main) in self.vectors.chunks_exact(d).zip(&self.sums).zip(&mut self.mains) {
            let x = sum * share + sd * random.normal();
            squares += x * x;
            for effect in vector {
                rest += (effect - x) * (effect - x);
            }
            *main = x;
        }
        (squares, rest)
    }

    /// Multiplies every main effect and leaves what stands beside it.
    pub fn raise_mains(&mut self, factor: f64) {
        let d = self.vectors.len() / self.mains.len().max(1);
        for ((vector, sum), main) in self.vectors.chunks_exact_mut(d).zip(&mut self.sums).zip(&mut self.mains) {
            let more = (factor - 1.0) * *main;
            vector.iter_mut().for_each(|x| *x += more);
            *sum += d as f64 * more;
            *main += more;
        }
    }

    /// Multiplies what is left of each vector beside its main effect.
    pub fn stretch(&mut self, factor: f64) {
        let d = self.vectors.len() / self.mains.len().max(1);
        for ((vector, sum), main) in self.vectors.chunks_exact_mut(d).zip(&mut self.sums).zip(&self.mains) {
            for x in vector {
                *x = main + factor * (*x - main);
            }
            *sum = d as f64 * main + factor * (*sum - d as f64 * main);
        }
    }

    /// Adds a common vector δ to every unit and takes it from the level, δ drawn from its conditional:
    /// the ratings do not see it, only the priors do. `step` becomes δ.
    pub fn shift(
        &mut self,
        level: &mut [f64],
        (unit, cell): (f64, f64),
        prior: (f64, f64),
        step: &mut [f64],
        random: &mut Random,
    ) {
        let d = level.len();
        let units = self.sums.len() as f64;
        let Precision { diagonal, common } = two_level_precision(unit, cell, d);
        let level_precision = 1.0 / (prior.1 * prior.1);

        step.fill(0.0);
        for vector in self.vectors.chunks_exact(d) {
            for (t, x) in step.iter_mut().zip(vector) {
                *t += x;
            }
        }
        let grand: f64 = self.sums.iter().sum();

        // Precision a·I − b·11ᵀ; its inverse is (1/a)·I + g·11ᵀ.
        let a = units * diagonal + level_precision;
        let b = units * common;
        let g = b / (a * (a - d as f64 * b));
        for (t, m) in step.iter_mut().zip(level.iter()) {
            *t = common * grand - diagonal * *t + (m - prior.0) * level_precision;
        }
        let all: f64 = step.iter().sum();
        let together = g * all + g.sqrt() * random.normal();
        let apart = (1.0 / a).sqrt();
        for (x, m) in step.iter_mut().zip(level.iter_mut()) {
            *x = *x / a + together + apart * random.normal();
            *m -= *x;
        }
        let step_sum: f64 = step.iter().sum();
        for (vector, sum) in self.vectors.chunks_exact_mut(d).zip(&mut self.sums) {
            for (x, step) in vector.iter_mut().zip(step.iter()) {
                *x += step;
            }
            *sum += step_sum;
        }
    }
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
        if let [(kind, times)] = pattern[..]
            && design.kinds[kind].complete
        {
            let weight = times / v.residual;
            factor.refill_alike(prior.diagonal + weight, prior.common + weight * halo_share(v, d as f64));
            continue;
        }
        matrix.fill(-prior.common);
        for i in 0..d {
            matrix[i * d + i] += prior.diagonal;
        }
        for &(kind, times) in pattern {
            let kind = &design.kinds[kind];
            let weight = times / v.residual;
            let shrink = weight * halo_share(v, kind.count);
            for (i, there) in kind.present.iter().enumerate() {
                let row = &mut matrix[i * d..][..=i];
                row[i] += weight * there;
                let shrink = shrink * there;
                for (x, beside) in row.iter_mut().zip(&kind.present) {
                    *x -= shrink * beside;
                }
            }
        }
        factor.refill(matrix);
    }
}

/// What the vectors of one side are drawn from.
pub(super) struct Given<'a> {
    pub design: &'a Design,
    pub side: &'a Side,
    pub factors: &'a [Factor],
    /// Sums of the values, by unit, then dimension.
    pub totals: &'a [f64],
    /// Sums of the values of each form.
    pub forms: &'a [f64],
    pub level: &'a [f64],
    /// The other side, and whose vector of that side a form has.
    pub others: &'a Effects,
    pub other_of: fn(&Form) -> usize,
    /// [`halo_share`] by kind of form.
    pub shares: &'a [f64],
    pub residual: f64,
}

impl Given<'_> {
    /// Draws the vector of every unit of one side given the level and the other side, and tells what was expected of it where
    /// that is asked for.
    pub fn draw(&self, effects: &mut Effects, mut expected: Option<&mut Expected>, random: &mut Random) {
        let d = self.design.dimensions;
        // By pattern: products of L⁻¹w with L⁻¹b and with itself are w's mean and variance.
        let turned: Vec<Vec<f64>> = expected.iter().flat_map(|expected| self.turned(&expected.weights)).collect();
        let level_sum: f64 = self.level.iter().sum();
        effects.met.fill(0.0);
        for (place, unit) in self.side.units.iter().enumerate() {
            let vector = &mut effects.vectors[place * d..][..d];
            let met = &mut effects.met[place * d..][..d];
            vector.fill(0.0);
            let mut common = 0.0;
            for &index in &unit.forms {
                let form = &self.design.forms[index];
                let other = (self.other_of)(form);
                let there = &self.others.vectors[other * d..][..d];
                let share = self.shares[form.kind];
                if self.design.kinds[form.kind].complete {
                    common += share * (self.forms[index] - level_sum - self.others.sums[other]);
                    for (met, x) in met.iter_mut().zip(there) {
                        *met += x;
                    }
                } else {
                    let present = &self.design.present[index * d..][..d];
                    let mut sum = self.forms[index];
                    for i in 0..d {
                        met[i] += present[i] * there[i];
                        sum -= present[i] * (self.level[i] + there[i]);
                    }
                    for i in 0..d {
                        vector[i] -= present[i] * share * sum;
                    }
                }
            }
            let (totals, counts) = (&self.totals[place * d..][..d], &self.side.counts[place * d..][..d]);
            for i in 0..d {
                let seen = totals[i] - counts[i] * self.level[i] - met[i];
                vector[i] = (vector[i] + seen - common) / self.residual;
            }
            let factor = &self.factors[unit.pattern];
            factor.forward(vector);
            if let Some(expected) = &mut expected {
                let turned = &turned[unit.pattern];
                expected.means[place] = turned.iter().zip(vector.iter()).map(|(w, x)| w * x).sum();
                expected.variances[place] = turned.iter().map(|w| w * w).sum();
            }
            factor.finish(vector, random);
            effects.sums[place] = vector.iter().sum();
        }
    }

    fn turned(&self, weights: &[f64]) -> impl Iterator<Item = Vec<f64>> {
        self.factors.iter().map(|factor| {
            let mut turned = weights.to_vec();
            factor.forward(&mut turned);
            turned
        })
    }
}

/// A factor g with density ∝ N(g; 1 + ahead, variance) · prior(|g|·sd), or 1 if the proposal fails. Effects turn their sign
/// with it; their standard deviation takes its size.
pub(super) fn scale_factor(ahead: f64, variance: f64, prior: Spread, sd: f64, random: &mut Random) -> f64 {
    if matches!(prior, Spread::Fixed { .. }) || !variance.is_finite() {
        return 1.0;
    }
    let g = 1.0 + ahead + variance.sqrt() * random.normal();
    let size = g.abs();
    let accepted =
        size > 1e-3 && size < 1e3 && libm::log(random.uniform()) < prior.log_density(size * sd) - prior.log_density(sd);
    if accepted { g } else { 1.0 }
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
