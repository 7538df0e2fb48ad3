//! One chain of the Gibbs sampler.
//!
//! y = μ_d + θ_p + γ_pd + ρ_r + κ_rd + h_pr + e. The chain draws φ_p = θ_p + γ_p· (a vector over
//! the dimensions) given the raters, ψ_r = ρ_r + κ_r· given the candidates, and μ given both, each
//! with the halo h integrated out, then h: a partially collapsed sampler (van Dyk and Park 2008)
//! that leaves out the slow walk between severity and halo. Two shift moves trade a common vector
//! between φ and μ and between ψ and μ, which the ratings cannot tell apart.

use super::above::Expected;
use super::blocks::{
    Effects, Given, Precision, halo_share, independent_step, refill, scale_factor, two_level_precision,
};
use super::design::{Design, Side};
use super::linear::Factor;
use super::ordinal::Thresholds;
use super::priors::{Priors, Spread};
use super::sums::Sums;
use crate::stats::random::Random;
use crate::stats::variances::Variances;

/// No variance falls below this (a standard deviation of 0.0001 points), so that every matrix stays
/// well conditioned.
pub(super) const LEAST_VARIANCE: f64 = 1e-8;

pub(super) struct Chain<'a> {
    pub design: &'a Design,
    priors: &'a Priors,
    random: Random,
    sums: Sums,
    ordinal: Option<Ordinal>,
    level: Vec<f64>,
    /// φ_pd = θ_p + γ_pd.
    candidates: Effects,
    /// ψ_rd = ρ_r + κ_rd.
    pub raters: Effects,
    /// h_pr, by form.
    pub halo: Vec<f64>,
    pub variances: Variances,
    /// Where it is asked for.
    pub expected: Option<Expected>,
    factors: Factors,
}

/// What the ordinal form has beside.
struct Ordinal {
    thresholds: Thresholds,
    /// The values behind the ratings: by form, then dimension.
    latent: Vec<f64>,
}

/// Scratch space of a sweep.
struct Factors {
    matrix: Vec<f64>,
    candidates: Vec<Factor>,
    raters: Vec<Factor>,
    whole: Vec<Factor>,
    /// By dimension.
    vector: Vec<f64>,
    /// By kind of form.
    shares: Vec<f64>,
}

/// What the effects and residuals of a sweep add up to.
#[derive(Default)]
struct Moments {
    /// In the order of [`Variances::NAMES`].
    squares: [f64; 6],
    /// Products with the residuals, over the ratings: of γ, of κ.
    by_gamma: f64,
    by_kappa: f64,
    /// Squares and product of γ and κ, over the ratings.
    gammas: f64,
    kappas: f64,
    crossed: f64,
}

impl<'a> Chain<'a> {
    pub fn new(design: &'a Design, priors: &'a Priors, thresholds: Option<Thresholds>, seed: u64, number: u64) -> Self {
        let d = design.dimensions;
        let mut random = Random::new(seed, number);
        // Chains start far apart, so that agreement between them means something.
        let start = priors.spreads().map(|spread| match spread {
            Spread::Fixed { variance } => variance,
            free => free.start() * libm::exp(1.4 * random.normal()).clamp(0.05, 20.0),
        });
        let level = (0..d).map(|_| priors.level.0 + 0.5 * priors.level.1 * random.normal()).collect();
        let factors = |side: &Side| side.patterns.iter().map(|_| Factor::new(d)).collect();
        let ordinal = thresholds.map(|thresholds| Ordinal { thresholds, latent: design.values.clone() });
        Self {
            design,
            priors,
            random,
            sums: Sums::new(design, &design.values),
            ordinal,
            level,
            candidates: Effects::new(design.candidates.units.len(), d),
            raters: Effects::new(design.raters.units.len(), d),
            halo: vec![0.0; design.forms.len()],
            variances: Variances::from_array(start),
            expected: None,
            factors: Factors {
                matrix: vec![0.0; d * d],
                candidates: factors(&design.candidates),
                raters: factors(&design.raters),
                whole: factors(&design.whole),
                vector: vec![0.0; d],
                shares: vec![0.0; design.kinds.len()],
            },
        }
    }

    /// One sweep over every block. `adapting` tunes the ordinal form's steps; not for kept draws.
    pub fn sweep(&mut self, adapting: bool) {
        self.draw_latent_values(adapting);
        let v = self.variances;
        for (share, kind) in self.factors.shares.iter_mut().zip(&self.design.kinds) {
            *share = halo_share(&v, kind.count);
        }
        self.draw_candidates();
        self.draw_raters();
        self.draw_level();
        self.shift();
        let mains = self.draw_main_effects();
        let mut moments = self.draw_halo(mains);
        self.rescale_cells(&mut moments);
        self.draw_variances(&moments.squares);
    }

    /// μ_d + φ_pd under the average rater of the pool, by candidate, then dimension.
    pub fn profile(&self, into: &mut Vec<f64>) {
        let d = self.design.dimensions;
        let pool = self.design.raters.units.len() as f64;
        let mut common = self.level.clone();
        for rater in self.raters.vectors.chunks_exact(d) {
            for (c, x) in common.iter_mut().zip(rater) {
                *c += x / pool;
            }
        }
        into.clear();
        for candidate in self.candidates.vectors.chunks_exact(d) {
            into.extend(candidate.iter().zip(&common).map(|(x, c)| x + c));
        }
    }

    /// The ordinal form: thresholds, the scale of everything, and the values behind the ratings.
    fn draw_latent_values(&mut self, adapting: bool) {
        let Some(Ordinal { thresholds, latent }) = &mut self.ordinal else {
            return;
        };
        let (random, d) = (&mut self.random, self.design.dimensions);
        thresholds.shift(&mut self.level, self.priors.level, random);
        for (index, form) in self.design.forms.iter().enumerate() {
            let candidate = &self.candidates.vectors[form.candidate * d..][..d];
            let rater = &self.raters.vectors[form.rater * d..][..d];
            let present = &self.design.present[index * d..][..d];
            let expected = &mut latent[index * d..][..d];
            for i in 0..d {
                expected[i] = present[i] * (self.level[i] + candidate[i] + rater[i] + self.halo[index]);
            }
        }
        thresholds.predict(latent);
        let growth = thresholds.rescale(&self.level, self.priors, &self.variances, adapting, random);
        if growth != 1.0 {
            self.level.iter_mut().chain(&mut self.halo).for_each(|x| *x *= growth);
            self.candidates.grow(growth);
            self.raters.grow(growth);
            let residual = self.variances.residual;
            self.variances = Variances::from_array(self.variances.to_array().map(|v| v * growth * growth));
            self.variances.residual = residual;
        }
        thresholds.draw(latent, adapting, random);
        self.sums.refill(self.design, latent);
    }

    fn draw_candidates(&mut self) {
        let (design, v) = (self.design, &self.variances);
        let prior = two_level_precision(v.candidate, v.candidate_dimension, design.dimensions);
        let factors = &mut self.factors;
        refill(&mut factors.candidates, &mut factors.matrix, design, &design.candidates.patterns, v, &prior);
        let given = Given {
            design,
            side: &design.candidates,
            factors: &factors.candidates,
            totals: &self.sums.candidates,
            forms: &self.sums.forms,
            level: &self.level,
            others: &self.raters,
            other_of: |form| form.rater,
            shares: &factors.shares,
            residual: v.residual,
        };
        given.draw(&mut self.candidates, self.expected.as_mut(), &mut self.random);
    }

    fn draw_raters(&mut self) {
        let (design, v) = (self.design, &self.variances);
        let prior = two_level_precision(v.rater, v.rater_dimension, design.dimensions);
        let factors = &mut self.factors;
        refill(&mut factors.raters, &mut factors.matrix, design, &design.raters.patterns, v, &prior);
        let given = Given {
            design,
            side: &design.raters,
            factors: &factors.raters,
            totals: &self.sums.raters,
            forms: &self.sums.forms,
            level: &self.level,
            others: &self.candidates,
            other_of: |form| form.candidate,
            shares: &factors.shares,
            residual: v.residual,
        };
        given.draw(&mut self.raters, None, &mut self.random);
    }

    fn draw_level(&mut self) {
        let (design, v, d) = (self.design, &self.variances, self.design.dimensions);
        let (mean, sd) = self.priors.level;
        let precision = 1.0 / (sd * sd);
        let Factors { matrix, whole, vector, shares, .. } = &mut self.factors;
        let prior = Precision { diagonal: precision, common: 0.0 };
        refill(whole, matrix, design, &design.whole.patterns, v, &prior);
        vector.copy_from_slice(&self.sums.all);
        for (side, effects) in [(&design.candidates, &self.candidates), (&design.raters, &self.raters)] {
            for (counts, effect) in side.counts.chunks_exact(d).zip(effects.vectors.chunks_exact(d)) {
                for i in 0..d {
                    vector[i] -= counts[i] * effect[i];
                }
            }
        }
        let mut common = 0.0;
        for (index, form) in design.forms.iter().enumerate() {
            let sum = self.sums.forms[index]
                - self.candidates.held(design, index, form.candidate)
                - self.raters.held(design, index, form.rater);
            let shared = shares[form.kind] * sum;
            if design.kinds[form.kind].complete {
                common += shared;
            } else {
                let present = &design.present[index * d..][..d];
                vector.iter_mut().zip(present).for_each(|(x, there)| *x -= there * shared);
            }
        }
        for x in vector.iter_mut() {
            *x = (*x - common) / v.residual + mean * precision;
        }
        whole[0].draw(vector, &mut self.random);
        self.level.copy_from_slice(vector);
    }

    /// Trades between the level and the candidates, then between the level and the raters.
    fn shift(&mut self) {
        let (v, d, prior, random) = (&self.variances, self.design.dimensions, self.priors.level, &mut self.random);
        let (level, step) = (&mut self.level, &mut self.factors.vector);
        self.candidates.shift(level, (v.candidate, v.candidate_dimension), prior, step, random);
        let met = self.raters.met.chunks_exact_mut(d).zip(self.design.raters.counts.chunks_exact(d));
        for (met, counts) in met {
            for i in 0..d {
                met[i] += counts[i] * step[i];
            }
        }
        self.raters.shift(level, (v.rater, v.rater_dimension), prior, step, random);
    }

    /// Draws θ given φ and ρ given ψ, then multiplies each together with its standard deviation by a common factor (see
    /// [`Chain::rescale_cells`]), the halo integrated out: where candidates are few, σ_p would else move only by small
    /// steps. Leaves in the scratch space of the halo what is left of the sum of each form without it. Returns the
    /// sums of squares of θ, γ, ρ and κ.
    fn draw_main_effects(&mut self) -> [f64; 4] {
        let (design, v, d) = (self.design, &mut self.variances, self.design.dimensions);
        let random = &mut self.random;
        let (mut p, pd) = self.candidates.draw_mains((v.candidate, v.candidate_dimension), random);
        let (mut r, rd) = self.raters.draw_mains((v.rater, v.rater_dimension), random);

        let level_sum: f64 = self.level.iter().sum();
        // Products with what is left, squares and product of θ and ρ, by forms.
        let (mut by_merit, mut by_severity, mut merits, mut severities, mut crossed) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (index, form) in design.forms.iter().enumerate() {
            let (merit, severity) = (self.candidates.mains[form.candidate], self.raters.mains[form.rater]);
            let count = design.kinds[form.kind].count;
            let candidate = self.candidates.held(design, index, form.candidate);
            let rater = self.raters.held(design, index, form.rater);
            let sum = self.sums.forms[index] - design.held(index, &self.level, level_sum) - candidate - rater;
            self.halo[index] = sum;
            let precision = 1.0 / (v.residual + count * v.candidate_rater);
            by_merit += precision * merit * sum;
            by_severity += precision * severity * sum;
            merits += precision * count * merit * merit;
            severities += precision * count * severity * severity;
            crossed += precision * count * merit * severity;
        }

        let g = scale_factor(by_merit / merits, 1.0 / merits, self.priors.candidate, v.candidate.sqrt(), random);
        let ahead = (by_severity - (g - 1.0) * crossed) / severities;
        let k = scale_factor(ahead, 1.0 / severities, self.priors.rater, v.rater.sqrt(), random);
        v.candidate = (v.candidate * g * g).max(LEAST_VARIANCE);
        v.rater = (v.rater * k * k).max(LEAST_VARIANCE);
        p *= g * g;
        r *= k * k;
        let (more_merit, more_severity) = (g - 1.0, k - 1.0);
        for (index, form) in design.forms.iter().enumerate() {
            let (merit, severity) = (self.candidates.mains[form.candidate], self.raters.mains[form.rater]);
            let merit = more_merit * merit;
            let kind = &design.kinds[form.kind];
            self.halo[index] -= kind.count * (merit + more_severity * severity);
            let met = &mut self.raters.met[form.rater * d..][..d];
            met.iter_mut().zip(&kind.present).for_each(|(met, there)| *met += there * merit);
        }
        self.candidates.raise_mains(g);
        self.raters.raise_mains(k);
        [p, pd, r, rd]
    }

    fn draw_halo(&mut self, [p, pd, r, rd]: [f64; 4]) -> Moments {
        let (design, v, d) = (self.design, &self.variances, self.design.dimensions);
        let random = &mut self.random;
        let mut found = Moments::default();
        let (mut halo_squares, mut with_halo) = (0.0, 0.0);
        for (index, form) in design.forms.iter().enumerate() {
            let (merit, severity) = (self.candidates.mains[form.candidate], self.raters.mains[form.rater]);
            let count = design.kinds[form.kind].count;
            let candidate = self.candidates.held(design, index, form.candidate);
            let rater = self.raters.held(design, index, form.rater);
            let sum = self.halo[index];
            let precision = 1.0 / v.candidate_rater + count / v.residual;
            let h = (sum / v.residual + precision.sqrt() * random.normal()) / precision;
            self.halo[index] = h;
            halo_squares += h * h;
            with_halo += h * (count * h - 2.0 * sum);
            found.by_gamma += merit * rater - h * (candidate - count * merit);
            found.by_kappa -= h * (rater - count * severity);
            found.crossed -= merit * rater + severity * (candidate - count * merit);
        }

        // Over the ratings: squares of what is left without the halo, written out, and products of φ and ψ.
        let (mut squares, mut products) = (self.sums.squares, 0.0);
        for (i, level) in self.level.iter().enumerate() {
            squares += level * (design.whole.counts[i] * level - 2.0 * self.sums.all[i]);
        }
        for (unit, merit) in self.candidates.mains.iter().enumerate() {
            for i in 0..d {
                let at = unit * d + i;
                let (x, count, total) =
                    (self.candidates.vectors[at], design.candidates.counts[at], self.sums.candidates[at]);
                let gamma = x - merit;
                let left = total - count * (self.level[i] + x);
                squares -= x * (left + total - count * self.level[i]);
                found.by_gamma += gamma * left;
                found.gammas += count * gamma * gamma;
            }
        }
        for (unit, severity) in self.raters.mains.iter().enumerate() {
            for i in 0..d {
                let at = unit * d + i;
                let (x, count, total) = (self.raters.vectors[at], design.raters.counts[at], self.sums.raters[at]);
                let kappa = x - severity;
                let left = total - count * (self.level[i] + x);
                squares -= x * (left + total - count * self.level[i]);
                products += x * self.raters.met[at];
                found.by_kappa += kappa * (left - self.raters.met[at]);
                found.kappas += count * kappa * kappa;
            }
        }
        found.by_gamma -= products;
        found.crossed += products;
        let residual_squares = (squares + 2.0 * products + with_halo).max(0.0);
        found.squares = [p, pd, r, rd, halo_squares, residual_squares];
        found
    }

    /// Multiplies all γ and σ_pd, then all κ and σ_rd, by a common factor drawn given the rest (Liu
    /// and Sabatti 2000): where the cells are many and each is weakly known, the variance would
    /// else move only by small steps.
    fn rescale_cells(&mut self, found: &mut Moments) {
        let (v, priors, random) = (&mut self.variances, self.priors, &mut self.random);
        let (pd, rd) = (v.candidate_dimension, v.rater_dimension);
        let residual = v.residual;
        let Moments { by_gamma, mut by_kappa, gammas, kappas, crossed, ref mut squares } = *found;
        let prior = priors.candidate_dimension;
        let g = scale_factor(by_gamma / gammas, residual / gammas, prior, pd.sqrt(), random);
        by_kappa -= (g - 1.0) * crossed;
        let prior = priors.rater_dimension;
        let k = scale_factor(by_kappa / kappas, residual / kappas, prior, rd.sqrt(), random);

        v.candidate_dimension = (pd * g * g).max(LEAST_VARIANCE);
        v.rater_dimension = (rd * k * k).max(LEAST_VARIANCE);
        self.candidates.stretch(g);
        self.raters.stretch(k);
        squares[1] *= g * g;
        squares[3] *= k * k;
        let (g, k) = (g - 1.0, k - 1.0);
        // by_kappa already sees the residuals after the first factor.
        let change = g * g * gammas - 2.0 * g * by_gamma + k * k * kappas - 2.0 * k * by_kappa;
        squares[5] = (squares[5] + change).max(0.0);
    }

    /// σ² | rest, the half-t through two inverse gamma layers (Huang and Wand 2013).
    fn draw_variances(&mut self, sums: &[f64; 6]) {
        let (design, d) = (self.design, self.design.dimensions);
        let (people, raters) = (design.candidates.units.len(), design.raters.units.len());
        let levels = [people, people * d, raters, raters * d, design.forms.len(), design.ratings];
        let mut drawn = self.variances.to_array();
        for (i, spread) in self.priors.spreads().into_iter().enumerate() {
            let m = levels[i] as f64;
            drawn[i] = match spread {
                Spread::HalfT { freedom, scale } => {
                    let inner = 1.0 / (scale * scale) + freedom / drawn[i];
                    let mixing = self.random.inverse_gamma(0.5 * (freedom + 1.0), inner);
                    let outer = freedom / mixing + 0.5 * sums[i];
                    let layered = self.random.inverse_gamma(0.5 * (freedom + m), outer);
                    independent_step(layered, m, sums[i], spread, &mut self.random)
                }
                Spread::ScaledInverseChiSquare { freedom, scale } => {
                    let outer = 0.5 * (freedom * scale * scale + sums[i]);
                    self.random.inverse_gamma(0.5 * (freedom + m), outer)
                }
                Spread::Fixed { variance } => variance,
            }
            .max(LEAST_VARIANCE);
        }
        self.variances = Variances::from_array(drawn);
    }
}
