//! One chain of the Gibbs sampler.
//!
//! y = μ_d + θ_p + γ_pd + ρ_r + κ_rd + h_pr + e. The chain draws φ_p = θ_p + γ_p· (a vector over
//! the dimensions) given the raters, ψ_r = ρ_r + κ_r· given the candidates, and μ given both, each
//! with the halo h integrated out, then h: a partially collapsed sampler (van Dyk and Park 2008)
//! that leaves out the slow walk between severity and halo. Two shift moves trade a common vector
//! between φ and μ and between ψ and μ, which the ratings cannot tell apart.

use super::blocks::{
    Precision, add_form, draw_units, halo_share, independent_step, main_effects, refill, scale_factor, shift, stretch,
    two_level_precision,
};
use super::design::{Design, Side};
use super::linear::Factor;
use super::ordinal::{Predictor, Thresholds};
use super::priors::{Priors, Spread};
use crate::stats::random::Random;
use crate::stats::variances::Variances;

/// No variance falls below this (a standard deviation of 0.0001 points), so that every matrix stays
/// well conditioned.
pub(super) const LEAST_VARIANCE: f64 = 1e-8;

pub(super) struct Chain<'a> {
    design: &'a Design,
    priors: &'a Priors,
    random: Random,
    /// The ratings, or the latent values behind them in the ordinal form.
    values: Vec<f64>,
    thresholds: Option<Thresholds>,
    level: Vec<f64>,
    /// φ_pd = θ_p + γ_pd, by candidate, then dimension.
    candidates: Vec<f64>,
    /// ψ_rd = ρ_r + κ_rd, by rater, then dimension.
    pub raters: Vec<f64>,
    /// h_pr, by form.
    pub halo: Vec<f64>,
    /// θ_p.
    merit: Vec<f64>,
    /// ρ_r.
    pub severity: Vec<f64>,
    pub variances: Variances,
    factors: Factors,
}

/// Scratch space of a sweep.
struct Factors {
    matrix: Vec<f64>,
    candidates: Vec<Factor>,
    raters: Vec<Factor>,
    whole: Vec<Factor>,
    rhs: Vec<f64>,
}

/// Sums of squares of the effects, in the order of [`Variances::NAMES`].
type SumsOfSquares = [f64; 6];

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
        Self {
            design,
            priors,
            random,
            values: design.values.clone(),
            thresholds,
            level,
            candidates: vec![0.0; design.candidates.units.len() * d],
            raters: vec![0.0; design.raters.units.len() * d],
            halo: vec![0.0; design.forms.len()],
            merit: vec![0.0; design.candidates.units.len()],
            severity: vec![0.0; design.raters.units.len()],
            variances: Variances::from_array(start),
            factors: Factors {
                matrix: vec![0.0; d * d],
                candidates: factors(&design.candidates),
                raters: factors(&design.raters),
                whole: factors(&design.whole),
                rhs: vec![0.0; d],
            },
        }
    }

    /// One sweep over every block. `adapting` tunes the ordinal form's steps; not for kept draws.
    pub fn sweep(&mut self, adapting: bool) {
        self.draw_latent_values(adapting);
        self.draw_candidates();
        self.draw_raters();
        self.draw_level();
        let v = self.variances;
        let (p, pd) = (v.candidate, v.candidate_dimension);
        shift(&mut self.candidates, &mut self.level, (p, pd), self.priors.level, &mut self.random);
        let (r, rd) = (v.rater, v.rater_dimension);
        shift(&mut self.raters, &mut self.level, (r, rd), self.priors.level, &mut self.random);
        let mut sums = self.draw_halo_and_main_effects();
        self.rescale_cells(&mut sums);
        self.draw_variances(&sums);
    }

    /// μ_d + φ_pd under the average rater of the pool, by candidate, then dimension.
    pub fn profile(&self, into: &mut Vec<f64>) {
        let d = self.design.dimensions;
        let pool = self.design.raters.units.len() as f64;
        let mut common = self.level.clone();
        for rater in self.raters.chunks_exact(d) {
            for (c, x) in common.iter_mut().zip(rater) {
                *c += x / pool;
            }
        }
        into.clear();
        for candidate in self.candidates.chunks_exact(d) {
            into.extend(candidate.iter().zip(&common).map(|(x, c)| x + c));
        }
    }

    /// The ordinal form: thresholds, the scale of everything, and the values behind the ratings.
    fn draw_latent_values(&mut self, adapting: bool) {
        let Some(thresholds) = &mut self.thresholds else {
            return;
        };
        let random = &mut self.random;
        thresholds.shift(&mut self.level, self.priors.level, random);
        let effects = Predictor {
            design: self.design,
            level: &self.level,
            candidates: &self.candidates,
            raters: &self.raters,
            halo: &self.halo,
        };
        let mut predicted = thresholds.predict(&effects);
        let growth = thresholds.rescale(&mut predicted, &self.level, self.priors, &self.variances, adapting, random);
        if growth != 1.0 {
            for effects in [&mut self.level, &mut self.candidates, &mut self.raters, &mut self.halo] {
                effects.iter_mut().for_each(|x| *x *= growth);
            }
            let residual = self.variances.residual;
            self.variances = Variances::from_array(self.variances.to_array().map(|v| v * growth * growth));
            self.variances.residual = residual;
        }
        thresholds.draw(&mut predicted, self.design.dimensions, &mut self.values, adapting, random);
    }

    fn draw_candidates(&mut self) {
        let v = &self.variances;
        refill(
            &mut self.factors.candidates,
            &mut self.factors.matrix,
            self.design,
            &self.design.candidates.patterns,
            v,
            &two_level_precision(v.candidate, v.candidate_dimension, self.design.dimensions),
        );
        draw_units(
            self.design,
            &self.design.candidates,
            &self.factors.candidates,
            &self.values,
            (&self.level, &self.raters, |form| form.rater),
            v,
            &mut self.candidates,
            &mut self.random,
        );
    }

    fn draw_raters(&mut self) {
        let v = &self.variances;
        refill(
            &mut self.factors.raters,
            &mut self.factors.matrix,
            self.design,
            &self.design.raters.patterns,
            v,
            &two_level_precision(v.rater, v.rater_dimension, self.design.dimensions),
        );
        draw_units(
            self.design,
            &self.design.raters,
            &self.factors.raters,
            &self.values,
            (&self.level, &self.candidates, |form| form.candidate),
            v,
            &mut self.raters,
            &mut self.random,
        );
    }

    fn draw_level(&mut self) {
        let (design, v, d) = (self.design, &self.variances, self.design.dimensions);
        let (mean, sd) = self.priors.level;
        let precision = 1.0 / (sd * sd);
        refill(
            &mut self.factors.whole,
            &mut self.factors.matrix,
            design,
            &design.whole.patterns,
            v,
            &Precision { diagonal: precision, common: 0.0 },
        );
        let rhs = &mut self.factors.rhs;
        rhs.fill(0.0);
        for (index, form) in design.forms.iter().enumerate() {
            let own = &self.candidates[form.candidate * d..][..d];
            let other = &self.raters[form.rater * d..][..d];
            let shrink = halo_share(v, design.kinds[form.kind].count);
            add_form(rhs, &self.values[index * d..][..d], &design.present[index * d..][..d], own, other, shrink);
        }
        for x in rhs.iter_mut() {
            *x = *x / v.residual + mean * precision;
        }
        self.factors.whole[0].draw(rhs, &mut self.random);
        self.level.copy_from_slice(rhs);
    }

    fn draw_halo_and_main_effects(&mut self) -> SumsOfSquares {
        let (design, v, d) = (self.design, &self.variances, self.design.dimensions);
        let (mut halo_squares, mut residual_squares) = (0.0, 0.0);
        for (index, form) in design.forms.iter().enumerate() {
            let own = &self.candidates[form.candidate * d..][..d];
            let other = &self.raters[form.rater * d..][..d];
            let values = &self.values[index * d..][..d];
            let present = &design.present[index * d..][..d];
            let (mut sum, mut squares) = (0.0, 0.0);
            for i in 0..d {
                let z = present[i] * (values[i] - self.level[i] - own[i] - other[i]);
                sum += z;
                squares += z * z;
            }
            let count = design.kinds[form.kind].count;
            let precision = 1.0 / v.candidate_rater + count / v.residual;
            let h = sum / v.residual / precision + self.random.normal() / precision.sqrt();
            self.halo[index] = h;
            halo_squares += h * h;
            residual_squares += (squares - 2.0 * h * sum + count * h * h).max(0.0);
        }

        let random = &mut self.random;
        let candidate = (v.candidate, v.candidate_dimension);
        let (p, pd) = main_effects(&self.candidates, &mut self.merit, candidate, random);
        let rater = (v.rater, v.rater_dimension);
        let (r, rd) = main_effects(&self.raters, &mut self.severity, rater, random);
        [p, pd, r, rd, halo_squares, residual_squares]
    }

    /// Multiplies all γ and σ_pd, then all κ and σ_rd, by a common factor drawn given the rest (Liu
    /// and Sabatti 2000): where the cells are many and each is weakly known, the variance would
    /// else move only by small steps.
    fn rescale_cells(&mut self, sums: &mut SumsOfSquares) {
        let (design, d) = (self.design, self.design.dimensions);
        let [mut by_gamma, mut by_kappa, mut gammas, mut kappas, mut crossed] = [0.0; 5];
        for (index, form) in design.forms.iter().enumerate() {
            let own = &self.candidates[form.candidate * d..][..d];
            let other = &self.raters[form.rater * d..][..d];
            let values = &self.values[index * d..][..d];
            let present = &design.present[index * d..][..d];
            let halo = self.halo[index];
            let (merit, severity) = (self.merit[form.candidate], self.severity[form.rater]);
            for i in 0..d {
                let fitted = self.level[i] + own[i] + other[i] + halo;
                let residual = present[i] * (values[i] - fitted);
                let gamma = present[i] * (own[i] - merit);
                let kappa = present[i] * (other[i] - severity);
                by_gamma += gamma * residual;
                by_kappa += kappa * residual;
                gammas += gamma * gamma;
                kappas += kappa * kappa;
                crossed += gamma * kappa;
            }
        }

        let (v, priors, random) = (&mut self.variances, self.priors, &mut self.random);
        let (pd, rd) = (v.candidate_dimension, v.rater_dimension);
        let residual = v.residual;
        let prior = priors.candidate_dimension;
        let g = scale_factor(by_gamma / gammas, residual / gammas, prior, pd.sqrt(), random);
        by_kappa -= (g - 1.0) * crossed;
        let prior = priors.rater_dimension;
        let k = scale_factor(by_kappa / kappas, residual / kappas, prior, rd.sqrt(), random);

        v.candidate_dimension = (pd * g * g).max(LEAST_VARIANCE);
        v.rater_dimension = (rd * k * k).max(LEAST_VARIANCE);
        stretch(&mut self.candidates, &self.merit, g);
        stretch(&mut self.raters, &self.severity, k);
        sums[1] *= g * g;
        sums[3] *= k * k;
        let (g, k) = (g - 1.0, k - 1.0);
        // by_kappa already sees the residuals after the first factor.
        let change = g * g * gammas - 2.0 * g * by_gamma + k * k * kappas - 2.0 * k * by_kappa;
        sums[5] = (sums[5] + change).max(0.0);
    }

    /// σ² | rest, the half-t through two inverse gamma layers (Huang and Wand 2013).
    fn draw_variances(&mut self, sums: &SumsOfSquares) {
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
