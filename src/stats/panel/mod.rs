//! The panel model: a Bayesian hierarchical model of who was rated, by whom and on what, with a halo
//! for every pair of candidate and rater.

pub mod above;
mod blocks;
mod chain;
pub mod closed;
pub mod convergence;
mod design;
pub mod draws;
mod linear;
mod normal;
mod ordinal;
pub mod priors;
pub mod probabilities;
pub mod summary;
mod sums;

use crate::stats::estimate::{Outcome, Reason};
use crate::stats::ratings::Ratings;
use crate::stats::variances::Variances;
use crate::stats::weights::Weights;

use above::{Above, Expected, Known};
use chain::Chain;
use closed::Exact;
use convergence::{Convergence, convergence};
use design::Design;
use draws::{Draws, Kept, composites, join};
use ordinal::Thresholds;
use priors::Priors;
use probabilities::Probabilities;

/// Name of the model, to be kept with every stored comparison: it changes when its numbers may.
pub const MODEL: &str = "panel-2";

/// The difference that counts in practice, in points of the 1–5 scale.
pub const MARGIN: f64 = 0.25;

/// Every shown probability has at most this Monte-Carlo standard error, unless
/// [`Diagnostics::reached`] says otherwise.
pub const LARGEST_ERROR: f64 = 0.01;

const CHAINS: usize = 4;
const WARM_UP: usize = 200;
/// Draws that a chain keeps at most, and how many before they are looked at for the first time. When they are too few, sweeps go
/// on, and of twice as many every other one is kept: the memory stays as it is.
const KEPT: usize = 2000;
const FIRST: usize = KEPT / 2;
/// Then after so many more. Checks begin with so many.
const STEP: usize = KEPT / 4;
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

/// Who is above whom in the Gaussian form with these priors: all that a check of another fit needs, and quicker, since
/// nothing else has to become exact.
pub fn above(ratings: &Ratings, weights: &Weights, seed: u64, priors: &Priors) -> Outcome<Above> {
    run_above(ratings, weights, seed, priors, None)
}

/// The same in the ordinal probit form; see [`fit_ordinal`].
pub fn above_ordinal(ratings: &Ratings, weights: &Weights, seed: u64) -> Outcome<Above> {
    let thresholds = Thresholds::new(ratings).ok_or(Reason::ScaleUnsuited)?;
    run_above(ratings, weights, seed, &Priors::ordinal(), Some(thresholds))
}

fn run_above(
    ratings: &Ratings,
    weights: &Weights,
    seed: u64,
    priors: &Priors,
    thresholds: Option<Thresholds>,
) -> Outcome<Above> {
    let design = Design::of(ratings)?;
    let candidates = design.candidates.units.len();
    let mut runs = start(&design, priors, thresholds.as_ref(), seed, || Known::new(candidates));
    runs.iter_mut().for_each(|run| run.chain.expected = Some(Expected::new(weights, candidates)));
    // No score is shown, so that only the error of the probabilities counts, and that the chains agree.
    let found = until_exact(&mut runs, STEP, 0.0, |runs| Above::read(runs.iter().map(|run| &run.kept)));
    Ok(found.read)
}

fn run(
    ratings: &Ratings,
    weights: &Weights,
    seed: u64,
    priors: &Priors,
    thresholds: Option<Thresholds>,
) -> Outcome<Fit> {
    let design = Design::of(ratings)?;
    let mut runs = start(&design, priors, thresholds.as_ref(), seed, || Kept::new(&design, KEPT));
    let found = until_exact(&mut runs, FIRST, GOOD_ESS, |runs| {
        let composites = composites(&design, runs.iter().map(|run| &run.kept), weights);
        let found = Probabilities::new(&composites, MARGIN * design.point);
        Read { error: found.error, found, scores: composites.by_candidate }
    });
    let halo = mean_halo(&runs, design.point);
    let draws = join(&design, runs.into_iter().map(|run| run.kept).collect());
    let diagnostics = Diagnostics {
        model: MODEL,
        seed,
        chains: CHAINS,
        draws: draws.count(),
        sweeps: draws.count() / CHAINS * found.stride,
        r_hat_max: found.r_hat_max,
        ess_min: found.ess_min,
        mcse_max: found.read.error,
        variances: variances_of(&draws),
        reached: found.reached,
    };
    Ok(Fit { draws, probabilities: found.read, halo, exact: None, diagnostics })
}

fn start<'a, K: Keep>(
    design: &'a Design,
    priors: &'a Priors,
    thresholds: Option<&Thresholds>,
    seed: u64,
    kept: impl Fn() -> K,
) -> Vec<Run<'a, K>> {
    let chain = |number| Run::new(Chain::new(design, priors, thresholds.cloned(), seed, number), kept());
    (0..CHAINS as u64).map(chain).collect()
}

/// What the kept draws say, with the largest error of it, and the candidates' scores on which the chains have to agree.
struct Read<T> {
    found: T,
    error: f64,
    scores: Vec<Vec<f32>>,
}

/// What was read from draws that are exact enough, or as many as there may be.
struct Found<T> {
    read: T,
    r_hat_max: f64,
    ess_min: f64,
    stride: usize,
    reached: bool,
}

/// Lets the chains run until they agree, are worth `least` independent draws for every score, and what is read from them has
/// a small enough error. Each has kept `first` draws when they are looked at for the first time.
fn until_exact<K: Keep, T>(
    runs: &mut [Run<K>],
    first: usize,
    least: f64,
    read: impl Fn(&[Run<K>]) -> Read<T>,
) -> Found<T> {
    let (mut kept, mut stride) = (first, 1);
    loop {
        runs.iter_mut().for_each(|run| run.fill(kept, stride));
        let Read { found, error, scores } = read(runs);
        let agreement = scores.iter().map(|scores| convergence(scores, CHAINS));
        let (r_hat_max, ess_min) =
            agreement.fold((1.0, f64::MAX), |(r_hat, ess): (f64, f64), c| (r_hat.max(c.r_hat), ess.min(c.bulk_ess)));
        let reached = r_hat_max < GOOD_R_HAT && ess_min > least && error <= LARGEST_ERROR;
        if reached || (stride == LONGEST_STRIDE && kept == KEPT) {
            return Found { read: found, r_hat_max, ess_min, stride, reached };
        }
        if kept == KEPT {
            runs.iter_mut().for_each(|run| run.kept.halve());
            (kept, stride) = (KEPT / 2, 2 * stride);
        }
        kept += STEP;
    }
}

/// What is kept of the draws of one chain.
trait Keep {
    fn count(&self) -> usize;
    /// Keeps the draw where the chain stands.
    fn keep(&mut self, chain: &Chain);
    /// Drops every other draw, which makes room for as many that lie twice as far apart.
    fn halve(&mut self);
}

/// A chain and what it has kept.
struct Run<'a, K> {
    chain: Chain<'a>,
    kept: K,
    sweeps: usize,
    halo: Vec<f64>,
}

impl<'a, K: Keep> Run<'a, K> {
    fn new(mut chain: Chain<'a>, kept: K) -> Self {
        for _ in 0..WARM_UP {
            chain.sweep(true);
        }
        let halo = vec![0.0; chain.halo.len()];
        Self { chain, kept, sweeps: 0, halo }
    }

    fn fill(&mut self, draws: usize, stride: usize) {
        while self.kept.count() < draws {
            for _ in 0..stride {
                self.chain.sweep(false);
                self.sweeps += 1;
                for (sum, h) in self.halo.iter_mut().zip(&self.chain.halo) {
                    *sum += h;
                }
            }
            self.kept.keep(&self.chain);
        }
    }
}

fn mean_halo(runs: &[Run<Kept>], point: f64) -> Vec<f64> {
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
