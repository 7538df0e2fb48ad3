//! The marginal likelihood of the many-facet Rasch model and its gradient, by quadrature.

use crate::stats::ratings::Rating;

/// Standard normal grid: from −6 to 6 in steps of 0.1. On a smooth density that vanishes at both
/// ends the trapezoid rule is exact to many digits.
const POINTS: usize = 121;
const REACH: f64 = 6.0;

/// Who gave what, by places in the model.
pub struct Layout {
    raters: usize,
    dimensions: usize,
    categories: usize,
    /// How many dimensions have steps of their own: all in the partial credit form, else one stands for all.
    scales: usize,
    by_candidate: Vec<Vec<Given>>,
    grid: Vec<f64>,
    log_weights: Vec<f64>,
}

#[derive(Debug, Clone, Copy)]
pub struct Given {
    pub candidate: usize,
    pub rater: usize,
    pub dimension: usize,
    /// 0 for the lowest category.
    pub step: usize,
}

/// The model's parameters in full, sums of zero included.
pub struct Parameters {
    pub severity: Vec<f64>,
    pub difficulty: Vec<f64>,
    /// By scale.
    pub steps: Vec<Vec<f64>>,
    pub mean: f64,
    pub sigma: f64,
}

impl Parameters {
    /// Expected step and its variance at this ability.
    pub fn moments(&self, ability: f64, rater: usize, dimension: usize) -> (f64, f64) {
        moments(&self.probabilities(ability, rater, dimension))
    }

    /// The probability of each step at this ability.
    pub fn probabilities(&self, ability: f64, rater: usize, dimension: usize) -> Vec<f64> {
        self.shares(ability - self.severity[rater] - self.difficulty[dimension], dimension).1
    }

    fn steps_of(&self, dimension: usize) -> &[f64] {
        &self.steps[if self.steps.len() == 1 { 0 } else { dimension }]
    }

    /// Log of the sum over categories, and the probability of each.
    fn shares(&self, location: f64, dimension: usize) -> (f64, Vec<f64>) {
        let steps = self.steps_of(dimension);
        let mut terms = Vec::with_capacity(steps.len() + 1);
        let mut term = 0.0;
        terms.push(term);
        for step in steps {
            term += location - step;
            terms.push(term);
        }
        let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = terms.iter().map(|t| (t - most).exp()).sum();
        let log = most + sum.ln();
        (log, terms.iter().map(|t| (t - log).exp()).collect())
    }
}

/// Mean and variance of the step, from the probability of each.
pub fn moments(probabilities: &[f64]) -> (f64, f64) {
    let mean: f64 = probabilities.iter().enumerate().map(|(k, p)| k as f64 * p).sum();
    let variance = probabilities.iter().enumerate().map(|(k, p)| (k as f64 - mean).powi(2) * p).sum();
    (mean, variance)
}

impl Layout {
    pub fn new(
        given: &[Rating],
        raters: &[usize],
        dimensions: &[usize],
        categories: &[f64],
        candidates: usize,
        partial_credit: bool,
    ) -> Self {
        let mut by_candidate = vec![Vec::new(); candidates];
        for rating in given {
            by_candidate[rating.candidate].push(Given {
                candidate: rating.candidate,
                rater: raters.partition_point(|&r| r < rating.rater),
                dimension: dimensions.partition_point(|&d| d < rating.dimension),
                step: categories.partition_point(|&c| c < rating.value),
            });
        }
        let grid: Vec<f64> = (0..POINTS).map(|i| -REACH + 2.0 * REACH * i as f64 / (POINTS - 1) as f64).collect();
        let total: f64 = grid.iter().map(|z| (-z * z / 2.0).exp()).sum();
        let log_weights = grid.iter().map(|z| -z * z / 2.0 - total.ln()).collect();
        Layout {
            raters: raters.len(),
            dimensions: dimensions.len(),
            categories: categories.len(),
            scales: if partial_credit { dimensions.len() } else { 1 },
            by_candidate,
            grid,
            log_weights,
        }
    }

    /// Free parameters: all severities, difficulties and steps of each scale but the last of each, μ and ln σ.
    pub fn parameters(&self) -> usize {
        self.raters + self.dimensions - 2 + self.scales * (self.categories - 2) + 2
    }

    pub fn scales(&self) -> usize {
        self.scales
    }

    fn scale_of(&self, dimension: usize) -> usize {
        if self.scales == 1 { 0 } else { dimension }
    }

    pub fn unpack(&self, point: &[f64]) -> Parameters {
        let (severity, rest) = point.split_at(self.raters - 1);
        let (difficulty, rest) = rest.split_at(self.dimensions - 1);
        let (steps, rest) = rest.split_at(self.scales * (self.categories - 2));
        let closed = |free: &[f64]| free.iter().copied().chain([-free.iter().sum::<f64>()]).collect::<Vec<f64>>();
        let of_scale = |scale: usize| closed(&steps[scale * (self.categories - 2)..][..self.categories - 2]);
        Parameters {
            severity: closed(severity),
            difficulty: closed(difficulty),
            steps: (0..self.scales).map(of_scale).collect(),
            mean: rest[0],
            sigma: rest[1].exp(),
        }
    }

    pub fn severity_loading(&self, place: usize) -> Vec<f64> {
        self.loading(0, self.raters, place)
    }

    pub fn difficulty_loading(&self, place: usize) -> Vec<f64> {
        self.loading(self.raters - 1, self.dimensions, place)
    }

    pub fn step_loading(&self, scale: usize, place: usize) -> Vec<f64> {
        let start = self.raters + self.dimensions - 2 + scale * (self.categories - 2);
        self.loading(start, self.categories - 1, place)
    }

    pub fn sigma_loading(&self) -> Vec<f64> {
        let mut loading = vec![0.0; self.parameters()];
        loading[self.parameters() - 1] = 1.0;
        loading
    }

    pub fn given_by(&self, rater: usize) -> impl Iterator<Item = &Given> {
        self.by_candidate.iter().flatten().filter(move |given| given.rater == rater)
    }

    /// Log-likelihood and its gradient with respect to the free parameters.
    pub fn evaluate(&self, point: &[f64]) -> (f64, Vec<f64>) {
        let parameters = self.unpack(point);
        let tables = Tables::new(self, &parameters);
        // How many ratings of each pair of rater and dimension are expected at each grid point.
        let mut expected = vec![0.0; self.raters * self.dimensions * POINTS];
        let mut severity = vec![0.0; self.raters];
        let mut difficulty = vec![0.0; self.dimensions];
        let mut steps = vec![vec![0.0; self.categories - 1]; self.scales];
        let (mut mean, mut log_sigma) = (0.0, 0.0);
        let mut log_likelihood = 0.0;

        for given in self.by_candidate.iter().filter(|given| !given.is_empty()) {
            let (log, posterior) = self.posterior(given, &parameters, &tables);
            log_likelihood += log;
            let score: f64 = given.iter().map(|g| g.step as f64).sum();
            mean += score;
            for (weight, z) in posterior.iter().zip(&self.grid) {
                log_sigma += weight * z * score;
            }
            for one in given {
                severity[one.rater] -= one.step as f64;
                difficulty[one.dimension] -= one.step as f64;
                for step in &mut steps[self.scale_of(one.dimension)][..one.step] {
                    *step -= 1.0;
                }
                let start = self.pair(one) * POINTS;
                for (cell, weight) in expected[start..start + POINTS].iter_mut().zip(&posterior) {
                    *cell += weight;
                }
            }
        }
        for (rater, severity) in severity.iter_mut().enumerate() {
            for (dimension, difficulty) in difficulty.iter_mut().enumerate() {
                let pair = rater * self.dimensions + dimension;
                let steps = &mut steps[self.scale_of(dimension)];
                for (point, z) in self.grid.iter().enumerate() {
                    let ratings = expected[pair * POINTS + point];
                    let at_least = &tables.at_least[(pair * POINTS + point) * steps.len()..][..steps.len()];
                    let score = ratings * at_least.iter().sum::<f64>();
                    *severity += score;
                    *difficulty += score;
                    mean -= score;
                    log_sigma -= z * score;
                    for (step, share) in steps.iter_mut().zip(at_least) {
                        *step += ratings * share;
                    }
                }
            }
        }

        let free = |full: &[f64]| -> Vec<f64> {
            let last = full[full.len() - 1];
            full[..full.len() - 1].iter().map(|x| x - last).collect()
        };
        let steps: Vec<f64> = steps.iter().flat_map(|steps| free(steps)).collect();
        let gradient = [free(&severity), free(&difficulty), steps, vec![mean, parameters.sigma * log_sigma]];
        (log_likelihood, gradient.concat())
    }

    /// Posterior mean and standard deviation of every candidate with a rating.
    pub fn abilities(&self, point: &[f64]) -> Vec<Option<(f64, f64)>> {
        let parameters = self.unpack(point);
        let tables = Tables::new(self, &parameters);
        self.by_candidate
            .iter()
            .map(|given| {
                if given.is_empty() {
                    return None;
                }
                let (_, posterior) = self.posterior(given, &parameters, &tables);
                let mean: f64 = posterior.iter().zip(&self.grid).map(|(w, z)| w * z).sum();
                let square: f64 = posterior.iter().zip(&self.grid).map(|(w, z)| w * (z - mean).powi(2)).sum();
                Some((parameters.mean + parameters.sigma * mean, parameters.sigma * square.sqrt()))
            })
            .collect()
    }

    /// Log of one candidate's marginal likelihood, and the posterior weight of each grid point.
    fn posterior(&self, given: &[Given], parameters: &Parameters, tables: &Tables) -> (f64, Vec<f64>) {
        let score: f64 = given.iter().map(|g| g.step as f64).sum();
        let constant: f64 = given
            .iter()
            .map(|g| {
                let location = parameters.mean - parameters.severity[g.rater] - parameters.difficulty[g.dimension];
                g.step as f64 * location - parameters.steps_of(g.dimension)[..g.step].iter().sum::<f64>()
            })
            .sum();
        let mut logs: Vec<f64> = self
            .grid
            .iter()
            .zip(&self.log_weights)
            .map(|(z, weight)| weight + constant + score * parameters.sigma * z)
            .collect();
        for one in given {
            let start = self.pair(one) * POINTS;
            for (log, sum) in logs.iter_mut().zip(&tables.log_sums[start..start + POINTS]) {
                *log -= sum;
            }
        }
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = logs.iter().map(|log| (log - most).exp()).sum();
        let log = most + sum.ln();
        (log, logs.iter().map(|l| (l - log).exp()).collect())
    }

    fn pair(&self, given: &Given) -> usize {
        given.rater * self.dimensions + given.dimension
    }

    fn loading(&self, start: usize, full: usize, place: usize) -> Vec<f64> {
        let mut loading = vec![0.0; self.parameters()];
        if place + 1 == full {
            loading[start..start + full - 1].fill(-1.0);
        } else {
            loading[start + place] = 1.0;
        }
        loading
    }
}

/// What depends on rater, dimension and grid point only, so that it is computed once.
struct Tables {
    log_sums: Vec<f64>,
    /// P(step ≥ j) for j = 1, 2, …
    at_least: Vec<f64>,
}

impl Tables {
    fn new(layout: &Layout, parameters: &Parameters) -> Self {
        let cells = layout.raters * layout.dimensions * POINTS;
        let mut log_sums = Vec::with_capacity(cells);
        let mut at_least = Vec::with_capacity(cells * (layout.categories - 1));
        for severity in &parameters.severity {
            for (dimension, difficulty) in parameters.difficulty.iter().enumerate() {
                for z in &layout.grid {
                    let location = parameters.mean + parameters.sigma * z - severity - difficulty;
                    let (log, shares) = parameters.shares(location, dimension);
                    log_sums.push(log);
                    let mut above = 1.0;
                    for share in &shares[..shares.len() - 1] {
                        above -= share;
                        at_least.push(above);
                    }
                }
            }
        }
        Tables { log_sums, at_least }
    }
}
