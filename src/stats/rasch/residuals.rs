//! How the ratings of one rater lie beside what the model expects of them.

use super::likelihood::{Layout, Parameters, moments};
use crate::stats::estimate::{Outcome, Reason};
use crate::stats::minimum::FIT_RATINGS;
use crate::stats::random::Random;

/// Pools drawn from the model for the predictive p: its error is at most 0.035.
const REPLICATES: usize = 200;

/// Residuals of one rater against the model, at the candidates' posterior means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSquareFit {
    /// Σ(y − E)²/ΣV.
    pub infit: f64,
    /// Mean of (y − E)²/V.
    pub outfit: f64,
    /// Posterior predictive p of the outfit: how often ratings drawn from the model, for candidates drawn from what is known of
    /// them, are at least as erratic. Near 0: more erratic than the model allows; near 1: more predictable.
    pub p: f64,
}

/// [`Reason::FewForms`] below 30 ratings.
pub(super) fn mean_square_fit(
    layout: &Layout,
    place: usize,
    parameters: &Parameters,
    abilities: &[Option<(f64, f64)>],
) -> Outcome<MeanSquareFit> {
    let given: Vec<_> = layout.given_by(place).filter(|given| abilities[given.candidate].is_some()).collect();
    let n = given.len();
    if n < FIT_RATINGS {
        return Err(Reason::FewForms { have: n, need: FIT_RATINGS });
    }
    let (mut squares, mut variances, mut standardised) = (0.0, 0.0, 0.0);
    let mut drawn = vec![(0.0, 0.0); REPLICATES];
    for (index, one) in given.iter().enumerate() {
        let Some((ability, deviation)) = abilities[one.candidate] else { continue };
        let (expected, variance) = parameters.moments(ability, place, one.dimension);
        let square = (one.step as f64 - expected).powi(2);
        squares += square;
        variances += variance;
        standardised += square / variance;
        // One stream for each candidate, so that all ratings of a replicate belong to one draw of the candidate.
        let mut abilities = Random::new(one.candidate as u64, 0);
        let mut steps = Random::new(index as u64, 1 + place as u64);
        for (seen, replicate) in &mut drawn {
            let truth = ability + deviation * abilities.normal();
            let probabilities = parameters.probabilities(truth, place, one.dimension);
            let (expected, variance) = moments(&probabilities);
            let step = one_of(&probabilities, steps.uniform());
            *seen += (one.step as f64 - expected).powi(2) / variance;
            *replicate += (step as f64 - expected).powi(2) / variance;
        }
    }
    let as_erratic = drawn.iter().filter(|(seen, replicate)| replicate >= seen).count();
    let fit = MeanSquareFit {
        infit: squares / variances,
        outfit: standardised / n as f64,
        p: as_erratic as f64 / REPLICATES as f64,
    };
    if fit.infit.is_finite() && fit.outfit.is_finite() { Ok(fit) } else { Err(Reason::NotEstimable) }
}

fn one_of(probabilities: &[f64], uniform: f64) -> usize {
    let mut left = uniform;
    let place = probabilities.iter().position(|p| {
        left -= p;
        left < 0.0
    });
    place.unwrap_or(probabilities.len() - 1)
}
