//! The steps of the ordinal probit form: latent values and the thresholds between the steps
//! (Albert and Chib 1993; thresholds by Metropolis with the latent values integrated out, Cowles
//! 1996).

use std::sync::LazyLock;

use libm::erfc;

use super::design::{Design, Form};
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

/// Rescaling moves far but seldom has to.
const SWEEPS_PER_RESCALING: u32 = 4;

/// What is expected of every rating, grouped by the step that was chosen.
pub(super) type Predicted = Vec<Vec<Place>>;

/// The predictor of a rating, and the normal distribution function at the thresholds on its sides.
#[derive(Clone, Copy)]
pub(super) struct Place {
    eta: f64,
    low: f64,
    high: f64,
}

impl Place {
    /// Mass of its step, kept above zero.
    fn mass(self) -> f64 {
        (self.high - self.low).max(1e-15)
    }
}

#[derive(Clone)]
pub(super) struct Thresholds {
    /// With −∞ before the first and +∞ after the last.
    cuts: Vec<f64>,
    reach: Vec<f64>,
    growth: f64,
    sweeps: u32,
    /// Per step, the ratings that chose it: (form, dimension).
    chosen: Vec<Vec<(usize, usize)>>,
}

impl Thresholds {
    /// `None` unless every rating is a whole step of a scale with 3 to 11 steps.
    pub fn new(ratings: &Ratings) -> Option<Self> {
        let (low, range) = (ratings.scale().low(), ratings.scale().range());
        let steps = range as usize + 1;
        if range.fract() != 0.0 || !(3..=MOST_STEPS).contains(&steps) {
            return None;
        }
        let mut chosen = vec![Vec::new(); steps];
        for (form, (candidate, rater)) in ratings.forms().enumerate() {
            for (dimension, value) in ratings.form(candidate, rater).iter().enumerate() {
                let Some(value) = value else { continue };
                let step = value - low;
                if step.fract() != 0.0 {
                    return None;
                }
                chosen[step as usize].push((form, dimension));
            }
        }
        let cuts = (0..=steps).map(|i| match i {
            0 => f64::NEG_INFINITY,
            i if i == steps => f64::INFINITY,
            i => prior_mean(i, steps),
        });
        Some(Self { cuts: cuts.collect(), reach: vec![0.3; steps + 1], growth: 0.1, sweeps: 0, chosen })
    }

    /// Moves thresholds and levels together, which the ratings do not see.
    pub fn shift(&mut self, level: &mut [f64], (mean, sd): (f64, f64), random: &mut Random) {
        let steps = self.chosen.len();
        let (cut_precision, level_precision) = (PRIOR_SD.powi(-2), sd.powi(-2));
        let precision = (steps - 1) as f64 * cut_precision + level.len() as f64 * level_precision;
        let cuts: f64 = (1..steps).map(|i| self.cuts[i] - prior_mean(i, steps)).sum();
        let levels: f64 = level.iter().map(|m| m - mean).sum();
        let centre = -(cuts * cut_precision + levels * level_precision) / precision;
        let step = centre + random.normal() / precision.sqrt();
        self.cuts[1..steps].iter_mut().for_each(|cut| *cut += step);
        level.iter_mut().for_each(|m| *m += step);
    }

    /// The predictor of every rating, by step as they are held here.
    pub fn predict(&self, predictor: &Predictor) -> Predicted {
        let at = |step: usize, eta: f64| {
            let [low, high] = [self.cuts[step], self.cuts[step + 1]].map(|cut| below(cut - eta));
            Place { eta, low, high }
        };
        let steps = self.chosen.iter().enumerate();
        steps.map(|(step, members)| members.iter().map(|&(f, d)| at(step, predictor.at(f, d))).collect()).collect()
    }

    /// Multiplies thresholds, levels, effects and their standard deviations by one factor, by
    /// Metropolis with the latent values integrated out. Returns the factor, 1 if it was refused or
    /// not its turn.
    pub fn rescale(
        &mut self,
        predicted: &mut Predicted,
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
        let steps = self.chosen.len();
        let growth = libm::exp(self.growth * random.normal());
        let mut ratio = LogProduct::default();
        let grown: Predicted = predicted
            .iter()
            .enumerate()
            .map(|(step, members)| {
                let cuts = [self.cuts[step], self.cuts[step + 1]];
                let grow = |place: &Place| {
                    let [low, high] = cuts.map(|cut| below(growth * (cut - place.eta)));
                    let grown = Place { eta: growth * place.eta, low, high };
                    ratio.multiply(grown.mass() / place.mass());
                    grown
                };
                members.iter().map(grow).collect()
            })
            .collect();
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
        *predicted = grown;
        growth
    }

    /// Draws every threshold given the predictor, then the latent value of every rating.
    pub fn draw(
        &mut self,
        predicted: &mut Predicted,
        dimensions: usize,
        latent: &mut [f64],
        adapting: bool,
        random: &mut Random,
    ) {
        for cut in 1..self.chosen.len() {
            let proposed = self.cuts[cut] + self.reach[cut] * random.normal();
            let inside = proposed > self.cuts[cut - 1] && proposed < self.cuts[cut + 1];
            let accepted = inside && self.step(cut, proposed, predicted, random);
            tune(&mut self.reach[cut], accepted, adapting);
        }

        for (step, (members, predicted)) in self.chosen.iter().zip(predicted).enumerate() {
            let (low, high) = (self.cuts[step], self.cuts[step + 1]);
            for (&(form, dimension), place) in members.iter().zip(predicted) {
                let noise = random.normal_between(low - place.eta, high - place.eta);
                latent[form * dimensions + dimension] = place.eta + noise;
            }
        }
    }

    /// Moves one threshold or leaves it. Only the two steps beside it see the change.
    fn step(&mut self, cut: usize, proposed: f64, predicted: &mut Predicted, random: &mut Random) -> bool {
        let mean = prior_mean(cut, self.chosen.len());
        let prior = |c: f64| -0.5 * ((c - mean) / PRIOR_SD).powi(2);
        let moved = |place: &Place| below(proposed - place.eta);
        let under: Vec<Place> = predicted[cut - 1].iter().map(|p| Place { high: moved(p), ..*p }).collect();
        let over: Vec<Place> = predicted[cut].iter().map(|p| Place { low: moved(p), ..*p }).collect();

        let mut ratio = LogProduct::default();
        let places = predicted[cut - 1].iter().zip(&under).chain(predicted[cut].iter().zip(&over));
        for (before, after) in places {
            ratio.multiply(after.mass() / before.mass());
        }
        let log = prior(proposed) - prior(self.cuts[cut]) + ratio.log();

        let accepted = libm::log(random.uniform()) < log;
        if accepted {
            self.cuts[cut] = proposed;
            predicted[cut - 1] = under;
            predicted[cut] = over;
        }
        accepted
    }
}

/// The predictor of every rating, for the ordinal form.
pub(super) struct Predictor<'a> {
    pub design: &'a Design,
    pub level: &'a [f64],
    pub candidates: &'a [f64],
    pub raters: &'a [f64],
    pub halo: &'a [f64],
}

impl Predictor<'_> {
    fn at(&self, form: usize, dimension: usize) -> f64 {
        let d = self.design.dimensions;
        let Form { candidate, rater, .. } = self.design.forms[form];
        self.level[dimension]
            + self.candidates[candidate * d + dimension]
            + self.raters[rater * d + dimension]
            + self.halo[form]
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

/// Standard normal distribution function, from a table by cubic Hermite interpolation; exact to
/// 1e-10. It is evaluated some hundred million times per fit.
fn below(x: f64) -> f64 {
    if x <= -REACH {
        return 0.0;
    }
    if x >= REACH {
        return 1.0;
    }
    let place = (x + REACH) * PER_UNIT as f64;
    let index = place as usize;
    let t = place - index as f64;
    let [(left, left_slope), (right, right_slope)] = [TABLE[index], TABLE[index + 1]];
    let rise = right - left;
    left + t
        * (left_slope + t * (3.0 * rise - 2.0 * left_slope - right_slope + t * (left_slope + right_slope - 2.0 * rise)))
}

const REACH: f64 = 8.5;
const PER_UNIT: usize = 128;

/// The distribution function and its slope per step of the table.
static TABLE: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    let points = 2 * (REACH * PER_UNIT as f64) as usize + 2;
    let at = |i: usize| {
        let x = i as f64 / PER_UNIT as f64 - REACH;
        let slope = libm::exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt() / PER_UNIT as f64;
        (0.5 * erfc(-x * std::f64::consts::FRAC_1_SQRT_2), slope)
    };
    (0..points).map(at).collect()
});

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
        let mass = |low: f64, high: f64| Place { eta: 0.0, low: below(low), high: below(high) }.mass();

        assert!((mass(-1.0, 1.0) - 0.682_689_492_137).abs() < 1e-9);
        assert!((mass(4.0, f64::INFINITY) / 3.167_124_183_312e-5 - 1.0).abs() < 1e-5);
        assert!(mass(60.0, 61.0) > 0.0);
    }

    #[test]
    fn the_table_of_the_normal_distribution_is_exact_enough() {
        for i in -9000..9000 {
            let x = f64::from(i) / 1000.0 + 0.000_3;
            let exact = 0.5 * erfc(-x * std::f64::consts::FRAC_1_SQRT_2);
            assert!((below(x) - exact).abs() < 1e-9, "{x}");
        }
    }
}
