//! The steps of the ordinal probit form: latent values and the thresholds between the steps
//! (Albert and Chib 1993; thresholds by Metropolis with the latent values integrated out, Cowles
//! 1996).

use std::ops::Range;

use super::normal::{TABLE, below, between};
use super::priors::{Priors, Spread};
use crate::stats::random::Random;
use crate::stats::ratings::Ratings;
use crate::stats::variances::Variances;

/// The prior of the thresholds: two units apart around zero, −3, −1, 1, 3 for five steps.
const APART: f64 = 2.0;
const PRIOR_SD: f64 = 1.5;
/// Acceptance that the tuning aims for; the best for one parameter at a time.
const ACCEPTANCE: f64 = 0.44;
const MOST_STEPS: usize = 11;

/// Thresholds move slowly, but what is compared hardly depends on them; rescaling moves far but seldom has to.
const SWEEPS_PER_MOVE: u32 = 2;
const SWEEPS_PER_RESCALING: u32 = 4;

#[derive(Clone)]
pub(super) struct Thresholds {
    /// With −∞ before the first and +∞ after the last.
    cuts: Vec<f64>,
    reach: Vec<f64>,
    growth: f64,
    sweeps: u32,
    /// Where the ratings lie in the table by form and dimension, those of the lowest step first.
    places: Vec<usize>,
    /// Where the ratings of a step begin, with the number of all at the end.
    starts: Vec<usize>,
    now: Expected,
    /// Scratch space for what is proposed.
    proposed: Expected,
}

/// What is expected of every rating, by step as they are held.
#[derive(Clone)]
struct Expected {
    /// The predictor.
    eta: Vec<f64>,
    /// The normal distribution function at the thresholds on both sides of the step that was chosen.
    low: Vec<f64>,
    high: Vec<f64>,
}

impl Expected {
    fn new(ratings: usize) -> Self {
        let none = vec![0.0; ratings];
        Self { eta: none.clone(), low: none.clone(), high: none }
    }

    /// Mass of the step that was chosen.
    fn mass(&self, rating: usize) -> f64 {
        mass(self.low[rating], self.high[rating])
    }
}

/// Kept above zero.
fn mass(low: f64, high: f64) -> f64 {
    (high - low).max(1e-15)
}

impl Thresholds {
    /// `None` unless every rating is a whole step of a scale with 3 to 11 steps.
    pub fn new(ratings: &Ratings) -> Option<Self> {
        let (low, range) = (ratings.scale().low(), ratings.scale().range());
        let steps = range as usize + 1;
        if range.fract() != 0.0 || !(3..=MOST_STEPS).contains(&steps) {
            return None;
        }
        let d = ratings.dimensions();
        let mut chosen = vec![Vec::new(); steps];
        for (form, (candidate, rater)) in ratings.forms().enumerate() {
            for (dimension, value) in ratings.form(candidate, rater).iter().enumerate() {
                let Some(value) = value else { continue };
                let step = value - low;
                if step.fract() != 0.0 {
                    return None;
                }
                chosen[step as usize].push(form * d + dimension);
            }
        }
        let cuts = (0..=steps).map(|i| match i {
            0 => f64::NEG_INFINITY,
            i if i == steps => f64::INFINITY,
            i => prior_mean(i, steps),
        });
        let mut starts = vec![0];
        starts.extend(chosen.iter().scan(0, |before, members| {
            *before += members.len();
            Some(*before)
        }));
        let count = ratings.count();
        Some(Self {
            cuts: cuts.collect(),
            reach: vec![0.3; steps + 1],
            growth: 0.1,
            sweeps: 0,
            places: chosen.concat(),
            starts,
            now: Expected::new(count),
            proposed: Expected::new(count),
        })
    }

    fn steps(&self) -> usize {
        self.starts.len() - 1
    }

    /// The ratings that chose a step.
    fn members(&self, step: usize) -> Range<usize> {
        self.starts[step]..self.starts[step + 1]
    }

    /// Moves thresholds and levels together, which the ratings do not see.
    pub fn shift(&mut self, level: &mut [f64], (mean, sd): (f64, f64), random: &mut Random) {
        let steps = self.steps();
        let (cut_precision, level_precision) = (PRIOR_SD.powi(-2), sd.powi(-2));
        let precision = (steps - 1) as f64 * cut_precision + level.len() as f64 * level_precision;
        let cuts: f64 = (1..steps).map(|i| self.cuts[i] - prior_mean(i, steps)).sum();
        let levels: f64 = level.iter().map(|m| m - mean).sum();
        let centre = -(cuts * cut_precision + levels * level_precision) / precision;
        let step = centre + random.normal() / precision.sqrt();
        self.cuts[1..steps].iter_mut().for_each(|cut| *cut += step);
        level.iter_mut().for_each(|m| *m += step);
    }

    /// Takes the predictors, by form, then dimension.
    pub fn predict(&mut self, predictors: &[f64]) {
        let table = &*TABLE;
        for step in 0..self.steps() {
            let (low, high) = (self.cuts[step], self.cuts[step + 1]);
            for rating in self.members(step) {
                let eta = predictors[self.places[rating]];
                self.now.eta[rating] = eta;
                self.now.low[rating] = below(table, low - eta);
                self.now.high[rating] = below(table, high - eta);
            }
        }
    }

    /// Multiplies thresholds, levels, effects and their standard deviations by one factor, by
    /// Metropolis with the latent values integrated out. Returns the factor, 1 if it was refused or
    /// not its turn.
    pub fn rescale(
        &mut self,
        level: &[f64],
        priors: &Priors,
        variances: &Variances,
        adapting: bool,
        random: &mut Random,
    ) -> f64 {
        self.sweeps += 1;
        if !self.sweeps.is_multiple_of(SWEEPS_PER_RESCALING) {
            return 1.0;
        }
        let steps = self.steps();
        let growth = libm::exp(self.growth * random.normal());
        let mut ratio = LogProduct::default();
        let table = &*TABLE;
        for step in 0..steps {
            let (low, high) = (growth * self.cuts[step], growth * self.cuts[step + 1]);
            for rating in self.members(step) {
                let eta = growth * self.now.eta[rating];
                self.proposed.eta[rating] = eta;
                self.proposed.low[rating] = below(table, low - eta);
                self.proposed.high[rating] = below(table, high - eta);
                ratio.multiply(self.proposed.mass(rating) / self.now.mass(rating));
            }
        }
        let mut log = ratio.log();
        let normal = |x: f64, mean: f64, sd: f64| -0.5 * ((x - mean) / sd).powi(2);
        for cut in 1..steps {
            let mean = prior_mean(cut, steps);
            log += normal(growth * self.cuts[cut], mean, PRIOR_SD) - normal(self.cuts[cut], mean, PRIOR_SD);
        }
        let (mean, sd) = priors.level;
        for m in level {
            log += normal(growth * m, mean, sd) - normal(*m, mean, sd);
        }
        let mut free = 0;
        for (spread, variance) in priors.spreads().into_iter().zip(variances.to_array()) {
            if !matches!(spread, Spread::Fixed { .. }) {
                log += spread.log_density(growth * variance.sqrt()) - spread.log_density(variance.sqrt());
                free += 1;
            }
        }
        // The effects' own densities cancel against their part of the Jacobian.
        log += (steps - 1 + level.len() + free) as f64 * libm::log(growth);

        let accepted = libm::log(random.uniform()) < log;
        tune(&mut self.growth, accepted, adapting);
        if !accepted {
            return 1.0;
        }
        self.cuts[1..steps].iter_mut().for_each(|cut| *cut *= growth);
        std::mem::swap(&mut self.now, &mut self.proposed);
        growth
    }

    /// Draws every threshold given the predictor when it is their turn, then the latent value of every rating.
    pub fn draw(&mut self, latent: &mut [f64], adapting: bool, random: &mut Random) {
        let cuts = if self.sweeps.is_multiple_of(SWEEPS_PER_MOVE) { 1..self.steps() } else { 0..0 };
        for cut in cuts {
            let proposed = self.cuts[cut] + self.reach[cut] * random.normal();
            let inside = proposed > self.cuts[cut - 1] && proposed < self.cuts[cut + 1];
            let accepted = inside && self.step(cut, proposed, random);
            tune(&mut self.reach[cut], accepted, adapting);
        }

        for step in 0..self.steps() {
            let (low, high) = (self.cuts[step], self.cuts[step + 1]);
            for rating in self.members(step) {
                let eta = self.now.eta[rating];
                let masses = (self.now.low[rating], self.now.high[rating]);
                latent[self.places[rating]] = eta + between(low - eta, high - eta, masses, random);
            }
        }
    }

    /// Moves one threshold or leaves it. Only the two steps beside it see the change.
    fn step(&mut self, cut: usize, proposed: f64, random: &mut Random) -> bool {
        let mean = prior_mean(cut, self.steps());
        let prior = |c: f64| -0.5 * ((c - mean) / PRIOR_SD).powi(2);
        let table = &*TABLE;
        let mut ratio = LogProduct::default();
        let (under, over) = (self.members(cut - 1), self.members(cut));
        for rating in under.clone() {
            let high = below(table, proposed - self.now.eta[rating]);
            self.proposed.high[rating] = high;
            ratio.multiply(mass(self.now.low[rating], high) / self.now.mass(rating));
        }
        for rating in over.clone() {
            let low = below(table, proposed - self.now.eta[rating]);
            self.proposed.low[rating] = low;
            ratio.multiply(mass(low, self.now.high[rating]) / self.now.mass(rating));
        }
        let log = prior(proposed) - prior(self.cuts[cut]) + ratio.log();

        let accepted = libm::log(random.uniform()) < log;
        if accepted {
            self.cuts[cut] = proposed;
            self.now.high[under.clone()].copy_from_slice(&self.proposed.high[under]);
            self.now.low[over.clone()].copy_from_slice(&self.proposed.low[over]);
        }
        accepted
    }
}

fn tune(reach: &mut f64, accepted: bool, adapting: bool) {
    if adapting {
        let target = if accepted { 1.0 - ACCEPTANCE } else { -ACCEPTANCE };
        *reach = (*reach * libm::exp(0.1 * target)).clamp(0.005, 3.0);
    }
}

/// Log of a long product with few logarithms.
struct LogProduct {
    product: f64,
    log: f64,
}

impl Default for LogProduct {
    fn default() -> Self {
        Self { product: 1.0, log: 0.0 }
    }
}

impl LogProduct {
    fn multiply(&mut self, factor: f64) {
        self.product *= factor;
        if !(1e-100..1e100).contains(&self.product) {
            self.log += libm::log(self.product.max(1e-300));
            self.product = 1.0;
        }
    }

    fn log(&self) -> f64 {
        self.log + libm::log(self.product)
    }
}

fn prior_mean(cut: usize, steps: usize) -> f64 {
    APART * (cut as f64 - steps as f64 / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_steps_start_at_their_prior_thresholds() {
        let means: Vec<f64> = (1..5).map(|cut| prior_mean(cut, 5)).collect();

        assert_eq!(means, [-3.0, -1.0, 1.0, 3.0]);
    }

    #[test]
    fn the_mass_of_a_step_is_right_in_the_middle_and_above_zero_far_out() {
        let mass = |low: f64, high: f64| mass(below(&TABLE, low), below(&TABLE, high));

        assert!((mass(-1.0, 1.0) - 0.682_689_492_137).abs() < 1e-9);
        assert!((mass(4.0, f64::INFINITY) / 3.167_124_183_312e-5 - 1.0).abs() < 1e-5);
        assert!(mass(60.0, 61.0) > 0.0);
    }
}
