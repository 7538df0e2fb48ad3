//! Who is above whom, and nothing else: all that a check of another fit needs.
//!
//! A candidate's effects are normal given everything else, so that each sweep gives a probability in place of a yes or no. Its
//! average (Rao and Blackwell; Gelfand and Smith 1990) is as exact as several times as many draws.

use super::chain::Chain;
use super::normal::roughly_below;
use super::probabilities::batch_length;
use super::{Keep, Read};
use crate::stats::weights::Weights;

#[derive(Clone, Debug, PartialEq)]
pub struct Above {
    candidates: usize,
    shares: Vec<f64>,
}

/// What is expected of every candidate's weighted score, given all else, in the last sweep: for differences, since it leaves
/// out what all have in common.
pub(super) struct Expected {
    pub weights: Vec<f64>,
    pub means: Vec<f64>,
    pub variances: Vec<f64>,
}

impl Expected {
    pub fn new(weights: &Weights, candidates: usize) -> Self {
        Self { weights: weights.as_slice().to_vec(), means: vec![0.0; candidates], variances: vec![0.0; candidates] }
    }
}

/// Means and variances of one chain: by draw, then candidate.
pub(super) struct Known {
    candidates: usize,
    means: Vec<f32>,
    variances: Vec<f32>,
}

impl Known {
    pub fn new(candidates: usize) -> Self {
        Self { candidates, means: Vec::new(), variances: Vec::new() }
    }
}

impl Keep for Known {
    fn count(&self) -> usize {
        self.means.len() / self.candidates
    }

    fn keep(&mut self, chain: &Chain) {
        let Some(Expected { means, variances, .. }) = &chain.expected else { return };
        self.means.extend(means.iter().map(|&x| x as f32));
        self.variances.extend(variances.iter().map(|&x| x as f32));
    }

    fn halve(&mut self) {
        super::draws::every_other(&mut self.means, self.candidates);
        super::draws::every_other(&mut self.variances, self.candidates);
    }
}

impl Above {
    /// From chains that have kept equally many draws.
    pub(super) fn read<'a>(chains: impl ExactSizeIterator<Item = &'a Known> + Clone) -> Read<Self> {
        let n = chains.clone().next().map_or(0, |known| known.candidates);
        let count = chains.len();
        let means = by_candidate(n, chains.clone().map(|known| &known.means[..]));
        let variances = by_candidate(n, chains.map(|known| &known.variances[..]));
        let total = means.first().map_or(0, Vec::len);
        let length = batch_length(total, count);
        let (mut found, mut error) = (Self { candidates: n, shares: vec![0.5; n * n] }, 0.0_f64);
        let mut chances = vec![0.0; total];
        for a in 0..n {
            for b in a + 1..n {
                let (a_draws, b_draws) = (means[a].iter().zip(&variances[a]), means[b].iter().zip(&variances[b]));
                for (chance, ((x, v), (y, w))) in chances.iter_mut().zip(a_draws.zip(b_draws)) {
                    *chance = roughly_below((x - y) / (v + w).sqrt());
                }
                let batches: Vec<f64> =
                    chances.chunks(length).map(|batch| f64::from(batch.iter().sum::<f32>())).collect();
                let share = batches.iter().sum::<f64>() / total.max(1) as f64;
                found.shares[a * n + b] = share;
                found.shares[b * n + a] = 1.0 - share;
                error = error.max(standard_error(&batches, length));
            }
        }
        Read { found, error, scores: centred(means) }
    }

    /// P(a is above b).
    pub fn of(&self, a: usize, b: usize) -> f64 {
        self.shares[a * self.candidates + b]
    }
}

/// Of the mean of all, from the spread of the batches.
fn standard_error(batches: &[f64], length: usize) -> f64 {
    let n = batches.len() as f64;
    if n < 2.0 {
        return 0.5;
    }
    let mean = batches.iter().sum::<f64>() / n;
    let squares: f64 = batches.iter().map(|sum| (sum - mean).powi(2)).sum();
    (squares / (n - 1.0) / n).sqrt() / length as f64
}

/// Turns draws of all candidates, one chain after the other, into those of each.
fn by_candidate<'a>(candidates: usize, chains: impl Iterator<Item = &'a [f32]>) -> Vec<Vec<f32>> {
    let mut sorted = vec![Vec::new(); candidates];
    for draw in chains.flat_map(|chain| chain.chunks_exact(candidates)) {
        sorted.iter_mut().zip(draw).for_each(|(scores, &x)| scores.push(x));
    }
    sorted
}

/// Takes from every score the mean over the candidates in the same draw: a common level, which the ordinal form knows least well,
/// need not be exact.
fn centred(mut by_candidate: Vec<Vec<f32>>) -> Vec<Vec<f32>> {
    let (candidates, draws) = (by_candidate.len() as f32, by_candidate.first().map_or(0, Vec::len));
    let mut means = vec![0.0_f32; draws];
    for scores in &by_candidate {
        means.iter_mut().zip(scores).for_each(|(mean, score)| *mean += score / candidates);
    }
    for scores in &mut by_candidate {
        scores.iter_mut().zip(&means).for_each(|(score, mean)| *score -= mean);
    }
    by_candidate
}
