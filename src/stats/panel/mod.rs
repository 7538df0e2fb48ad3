//! The panel model: a Bayesian hierarchical model of who was rated, by whom and on what, with a halo
//! for every pair of candidate and rater.

mod blocks;
mod chain;
pub mod closed;
pub mod convergence;
mod design;
pub mod draws;
mod linear;
mod ordinal;
pub mod priors;
pub mod probabilities;
pub mod summary;

use crate::stats::estimate::{Outcome, Reason};
use crate::stats::ratings::Ratings;
use crate::stats::variances::Variances;
use crate::stats::weights::Weights;

use chain::Chain;
use closed::Exact;
use convergence::{Convergence, convergence};
use design::Design;
use draws::{Draws, Kept, join};
use ordinal::Thresholds;
use priors::Priors;
use probabilities::Probabilities;

/// Name of the model, to be kept with every stored comparison: it changes when its numbers may.
pub const MODEL: &str = "panel-1";

/// The difference that counts in practice, in points of the 1–5 scale.
pub const MARGIN: f64 = 0.25;

/// Every shown probability has at most this Monte-Carlo standard error, unless
/// [`Diagnostics::reached`] says otherwise.
pub const LARGEST_ERROR: f64 = 0.01;

const CHAINS: usize = 4;
const WARM_UP: usize = 500;
/// Draws that a chain keeps. When they are too few, sweeps go on, and of twice as many every other
/// one is kept: the memory stays as it is.
const KEPT: usize = 2000;
/// At most this many sweeps for one kept draw: 64 000 sweeps per chain.
const LONGEST_STRIDE: usize = 32;
const GOOD_R_HAT: f64 = 1.01;
const GOOD_ESS: f64 = 1000.0;

/// The posterior of one panel under one weighting.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    pub draws: Draws,
    /// Under the weights that the fit was asked for.
    pub probabilities: Probabilities,
    /// Posterior mean of the halo h_pr, by form as [`Ratings::forms`] lists them, in points of the
    /// rating scale (of the latent scale in the ordinal form).
    pub halo: Vec<f64>,
    /// Where the variances are given, what needs no draws.
    pub exact: Option<Exact>,
    pub diagnostics: Diagnostics,
}

/// How far the computation can be trusted.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostics {
    pub model: &'static str,
    pub seed: u64,
    pub chains: usize,
    /// Kept draws over all chains.
    pub draws: usize,
    /// Sweeps per chain after the warm-up.
    pub sweeps: usize,
    /// The worst over the candidates' scores.
    pub r_hat_max: f64,
    pub ess_min: f64,
    /// The largest Monte-Carlo standard error of a shown probability.
    pub mcse_max: f64,
    /// Of the variances, in the order of [`Variances::NAMES`].
    pub variances: [Convergence; 6],
    /// Whether R-hat < 1.01, bulk ESS > 1000 and every error ≤ 0.01 before the limit of sweeps.
    pub reached: bool,
}

/// Fits the Gaussian form with the priors of every comparison.
///
/// Every candidate and every rater of the table counts, so leave out those without a rating.
pub fn fit(ratings: &Ratings, weights: &Weights, seed: u64) -> Outcome<Fit> {
    fit_with(ratings, weights, seed, &Priors::gaussian())
}

/// The Gaussian form with other priors.
pub fn fit_with(ratings: &Ratings, weights: &Weights, seed: u64, priors: &Priors) -> Outcome<Fit> {
    run(ratings, weights, seed, priors, None)
}

/// Fits the ordinal probit form. Its scores are on the latent scale; only their order and their
/// probabilities compare with those of the Gaussian form. [`Reason::ScaleUnsuited`] unless the
/// ratings are whole steps of a scale of 3 to 11.
pub fn fit_ordinal(ratings: &Ratings, weights: &Weights, seed: u64) -> Outcome<Fit> {
    let thresholds = Thresholds::new(ratings).ok_or(Reason::ScaleUnsuited)?;
    run(ratings, weights, seed, &Priors::ordinal(), Some(thresholds))
}

fn run(
    ratings: &Ratings,
    weights: &Weights,
    seed: u64,
    priors: &Priors,
    thresholds: Option<Thresholds>,
) -> Outcome<Fit> {
    if ratings.count() == 0 {
        return Err(Reason::NoData);
    }
    let design = Design::new(ratings);
    let mut chains: Vec<Run> = (0..CHAINS as u64)
        .map(|number| Run::new(&design, Chain::new(&design, priors, thresholds.clone(), seed, number)))
        .collect();

    let mut stride = 1;
    loop {
        chains.iter_mut().for_each(|run| run.fill(stride));
        let draws = join(&design, chains.iter().map(|run| &run.kept));
        let composites = draws.composites(weights);
        let probabilities = Probabilities::new(&composites, MARGIN * design.point);
        let found = composites.by_candidate.iter().map(|scores| convergence(scores, CHAINS));
        let (r_hat_max, ess_min) =
            found.fold((1.0, f64::MAX), |(r_hat, ess): (f64, f64), c| (r_hat.max(c.r_hat), ess.min(c.bulk_ess)));
        let reached = r_hat_max < GOOD_R_HAT && ess_min > GOOD_ESS && probabilities.error <= LARGEST_ERROR;
        if reached || stride == LONGEST_STRIDE {
            let diagnostics = Diagnostics {
                model: MODEL,
                seed,
                chains: CHAINS,
                draws: draws.count(),
                sweeps: KEPT * stride,
                r_hat_max,
                ess_min,
                mcse_max: probabilities.error,
                variances: variances_of(&draws),
                reached,
            };
            let halo = mean_halo(&chains, design.point);
            return Ok(Fit { draws, probabilities, halo, exact: None, diagnostics });
        }
        chains.iter_mut().for_each(|run| run.kept.halve());
        stride *= 2;
    }
}

/// A chain and what it has kept.
struct Run<'a> {
    design: &'a Design,
    chain: Chain<'a>,
    kept: Kept,
    sweeps: usize,
    halo: Vec<f64>,
    profile: Vec<f64>,
}

impl<'a> Run<'a> {
    fn new(design: &'a Design, mut chain: Chain<'a>) -> Self {
        for _ in 0..WARM_UP {
            chain.sweep(true);
        }
        Self {
            design,
            chain,
            kept: Kept::new(design),
            sweeps: 0,
            halo: vec![0.0; design.forms.len()],
            profile: Vec::new(),
        }
    }

    fn fill(&mut self, stride: usize) {
        while self.kept.count() < KEPT {
            for _ in 0..stride {
                self.chain.sweep(false);
                self.sweeps += 1;
                for (sum, h) in self.halo.iter_mut().zip(&self.chain.halo) {
                    *sum += h;
                }
            }
            self.chain.profile(&mut self.profile);
            let chain = &self.chain;
            self.kept.keep(self.design, &self.profile, &chain.severity, &chain.raters, &chain.variances);
        }
    }
}

fn mean_halo(runs: &[Run], point: f64) -> Vec<f64> {
    let sweeps: usize = runs.iter().map(|run| run.sweeps).sum();
    (0..runs[0].halo.len())
        .map(|form| runs.iter().map(|run| run.halo[form]).sum::<f64>() * point / sweeps as f64)
        .collect()
}

fn variances_of(draws: &Draws) -> [Convergence; 6] {
    std::array::from_fn(|which| {
        let values: Vec<f32> = draws.variances().iter().map(|v: &Variances| v.to_array()[which] as f32).collect();
        convergence(&values, draws.chains())
    })
}

#[cfg(test)]
mod invariances;
#[cfg(test)]
mod tests;
