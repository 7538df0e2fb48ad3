//! Weights learned from outcomes, drawn towards equal ones, and whether they would predict any better for people who were
//! not used to learn them.

use nalgebra::{DMatrix, DVector};

use super::correlation::pearson;
use crate::stats::estimate::{Estimate, Outcome, Reason, finite};
use crate::stats::minimum;

/// How strongly weights are drawn to be equal, in units of the people there are: from hardly to nearly altogether.
const PULLS: [f64; 8] = [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0];

#[derive(Clone, Debug, PartialEq)]
pub struct LearnedWeights {
    /// From everybody, with the pull that predicts best; they sum to 1 and may be negative.
    pub weights: Vec<f64>,
    /// 0: as the outcomes have them; 1: equal.
    pub towards_equal: f64,
    /// Of the score with equal weights and the outcome, which takes no learning.
    pub equal: Estimate,
    /// Of predictions and outcomes, each person predicted by weights (and a pull) that were learned without them.
    pub cross_validated: Estimate,
}

/// `scores` by person, then dimension. Needs as many outcomes as a validity of one's own.
pub fn learned_weights(scores: &[Vec<f64>], outcomes: &[f64]) -> Outcome<LearnedWeights> {
    let n = scores.len().min(outcomes.len());
    minimum::validity(n)?;
    let dimensions = scores[0].len();
    if dimensions < 2 || scores.iter().any(|own| own.len() != dimensions) {
        return Err(Reason::FewDimensions { have: dimensions, need: 2 });
    }
    let people: Vec<usize> = (0..n).collect();
    let (pull, own) = best(scores, outcomes, &people)?;
    let mean = |person: &Vec<f64>| person.iter().sum::<f64>() / dimensions as f64;
    let equal: Vec<f64> = scores[..n].iter().map(mean).collect();
    let mut predicted = Vec::with_capacity(n);
    for left_out in 0..n {
        let rest: Vec<usize> = (0..n).filter(|&person| person != left_out).collect();
        let (_, line) = best(scores, outcomes, &rest)?;
        predicted.push(line.predict(&scores[left_out]));
    }
    let free = Line::fit(scores, outcomes, &people, 0.0)?;
    let departure = |line: &Line| line.slopes.iter().map(|slope| (slope - line.common()).powi(2)).sum::<f64>().sqrt();
    let (all, kept) = (departure(&free), departure(&own));
    let total: f64 = own.slopes.iter().sum();
    let weights = own.slopes.iter().map(|slope| finite(slope / total)).collect::<Outcome<_>>()?;
    let towards_equal = if pull.is_finite() && all > 0.0 { (1.0 - kept / all).clamp(0.0, 1.0) } else { 1.0 };
    Ok(LearnedWeights {
        weights,
        towards_equal,
        equal: pearson(&equal, &outcomes[..n])?,
        cross_validated: pearson(&predicted, &outcomes[..n])?,
    })
}

/// outcome = intercept + Σ slope·score, the slopes' departures from their common part held small.
struct Line {
    intercept: f64,
    slopes: Vec<f64>,
    /// Sum of squares of the errors that each person would have if left out.
    left_out: f64,
}

impl Line {
    fn common(&self) -> f64 {
        self.slopes.iter().sum::<f64>() / self.slopes.len() as f64
    }

    fn predict(&self, scores: &[f64]) -> f64 {
        self.intercept + self.slopes.iter().zip(scores).map(|(slope, score)| slope * score).sum::<f64>()
    }

    /// Ridge regression of the outcomes on the mean score, free, and on each dimension's distance from it, penalised by `pull`
    /// times the number of people; an infinite pull leaves the mean score alone.
    fn fit(scores: &[Vec<f64>], outcomes: &[f64], people: &[usize], pull: f64) -> Outcome<Line> {
        let (n, d) = (people.len(), scores[0].len());
        let mean = |person: usize| scores[person].iter().sum::<f64>() / d as f64;
        let columns = if pull.is_finite() { 2 + d } else { 2 };
        let design = DMatrix::from_fn(n, columns, |i, j| match j {
            0 => 1.0,
            1 => mean(people[i]),
            j => scores[people[i]][j - 2] - mean(people[i]),
        });
        let y = DVector::from_iterator(n, people.iter().map(|&person| outcomes[person]));
        let mut cross = design.tr_mul(&design);
        for j in 2..columns {
            // The distances sum to zero, so that without any pull a whisper of one keeps the equations apart.
            cross[(j, j)] += (pull * n as f64).max(1e-6);
        }
        let inverse = cross.cholesky().ok_or(Reason::NotEstimable)?.inverse();
        let beta = &inverse * design.tr_mul(&y);
        let fitted = &design * &beta;
        let mut left_out = 0.0;
        for i in 0..n {
            let row = design.row(i);
            let own = (row * &inverse * row.transpose())[(0, 0)];
            left_out += ((y[i] - fitted[i]) / (1.0 - own).max(1e-9)).powi(2);
        }
        let apart: Vec<f64> = (0..d).map(|j| if columns > 2 { beta[2 + j] } else { 0.0 }).collect();
        let centre = apart.iter().sum::<f64>() / d as f64;
        let slopes = apart.iter().map(|own| beta[1] / d as f64 + own - centre).collect();
        Ok(Line { intercept: beta[0], slopes, left_out })
    }
}

/// The line with the pull that predicts best whoever is left out.
fn best(scores: &[Vec<f64>], outcomes: &[f64], people: &[usize]) -> Outcome<(f64, Line)> {
    let mut found: Option<(f64, Line)> = None;
    for pull in PULLS.into_iter().chain([f64::INFINITY]) {
        let line = Line::fit(scores, outcomes, people, pull)?;
        if found.as_ref().is_none_or(|(_, best)| line.left_out <= best.left_out) {
            found = Some((pull, line));
        }
    }
    found.ok_or(Reason::NotEstimable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::Random;

    /// People with four scores, and outcomes that follow them by these slopes and a noise of standard deviation 1.
    fn people(n: usize, slopes: [f64; 4], seed: u64) -> (Vec<Vec<f64>>, Vec<f64>) {
        let mut random = Random::new(seed, 0);
        let scores: Vec<Vec<f64>> = (0..n).map(|_| (0..4).map(|_| 3.0 + random.normal()).collect()).collect();
        let outcome = |own: &Vec<f64>| own.iter().zip(slopes).map(|(x, slope)| x * slope).sum::<f64>();
        let outcomes = scores.iter().map(|own| outcome(own) + random.normal()).collect();
        (scores, outcomes)
    }

    #[test]
    fn where_all_dimensions_count_alike_learned_weights_are_nearly_equal_and_gain_nothing() {
        let (scores, outcomes) = people(60, [0.3; 4], 3);

        let found = learned_weights(&scores, &outcomes).unwrap();

        assert!((found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(found.towards_equal > 0.5, "{found:?}");
        assert!(found.cross_validated.value <= found.equal.value + 0.02, "{found:?}");
    }

    #[test]
    fn where_one_dimension_carries_all_and_people_are_many_the_weights_find_it() {
        let (scores, outcomes) = people(300, [1.0, 0.0, 0.0, 0.0], 4);

        let found = learned_weights(&scores, &outcomes).unwrap();

        assert!(found.weights[0] > 0.8 && found.towards_equal < 0.2, "{found:?}");
        assert!(found.cross_validated.value > found.equal.value + 0.15, "{found:?}");
    }

    #[test]
    fn the_error_of_leaving_out_without_a_second_fit_is_that_of_a_second_fit() {
        let (scores, outcomes) = people(30, [0.5, 0.1, 0.0, 0.2], 5);
        let people: Vec<usize> = (0..30).collect();

        let quick = Line::fit(&scores, &outcomes, &people, 0.1).unwrap().left_out;

        let slow: f64 = (0..30)
            .map(|out| {
                let rest: Vec<usize> = people.iter().copied().filter(|&person| person != out).collect();
                // The penalty is by the number of people, here one fewer.
                let line = Line::fit(&scores, &outcomes, &rest, 0.1 * 30.0 / 29.0).unwrap();
                (outcomes[out] - line.predict(&scores[out])).powi(2)
            })
            .sum();
        assert!((quick / slow - 1.0).abs() < 1e-9, "{quick} {slow}");
    }

    #[test]
    fn few_outcomes_one_dimension_and_constant_scores_are_reasons() {
        let (scores, outcomes) = people(29, [0.3; 4], 6);
        assert!(matches!(learned_weights(&scores, &outcomes), Err(Reason::FewOutcomes { have: 29, need: 30 })));
        let (mut scores, outcomes) = people(40, [0.3; 4], 7);
        scores.iter_mut().for_each(|own| own.truncate(1));
        assert_eq!(learned_weights(&scores, &outcomes), Err(Reason::FewDimensions { have: 1, need: 2 }));
        let flat = vec![vec![3.0, 3.0]; 40];
        assert!(learned_weights(&flat, &outcomes).is_err());
    }
}
