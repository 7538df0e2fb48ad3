//! The panel model with its variances given: the posterior in closed form (Henderson's mixed model
//! equations), without a chain.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::chain::LEAST_VARIANCE;
use super::design::Design;
use super::draws::{Draws, Kept, join};
use super::probabilities::Probabilities;
use super::{CHAINS, Diagnostics, Fit, KEPT, MARGIN, MODEL};
use crate::stats::distributions::{normal_cdf, normal_quantile};
use crate::stats::estimate::{Estimate, Outcome, Reason};
use crate::stats::random::Random;
use crate::stats::ratings::Ratings;
use crate::stats::variances::Variances;
use crate::stats::weights::Weights;

/// The posterior given the variances: normal, known by its mean and covariance. In points of the
/// rating scale.
pub struct Closed {
    design: Design,
    /// In squared points of the 1–5 scale, in which the equations are solved.
    variances: Variances,
    candidates: Vec<Own>,
    /// Raters' vectors, then the levels.
    common: DVector<f64>,
    common_factor: Cholesky<f64, Dyn>,
}

/// A quantity that is normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    pub mean: f64,
    pub variance: f64,
}

/// The figures of a fit that are known without draws, under the weights that it was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Exact {
    /// Of the candidates' fair scores.
    pub mean: DVector<f64>,
    pub covariance: DMatrix<f64>,
    /// The fair level of each candidate on each dimension: by candidate, then dimension.
    pub levels: Vec<Vec<Normal>>,
    /// ρ_r + Σ w_d κ_rd less its mean over the raters, by rater.
    pub severity: Vec<Normal>,
    /// κ_rd − Σ w_d κ_rd less its mean over the raters, by rater, then dimension.
    pub rater_dimensions: Vec<Vec<Normal>>,
}

impl Normal {
    /// Mean with the interval that leaves equal tails.
    pub fn estimate(&self, level: f64) -> Estimate {
        let reach = normal_quantile(0.5 + level / 2.0) * self.variance.max(0.0).sqrt();
        Estimate { value: self.mean, lower: self.mean - reach, upper: self.mean + reach, level }
    }

    /// Probability of lying above `limit`.
    pub fn above(&self, limit: f64) -> f64 {
        normal_cdf((self.mean - limit) / self.variance.max(1e-300).sqrt())
    }
}

impl Exact {
    pub fn score(&self, candidate: usize) -> Normal {
        Normal { mean: self.mean[candidate], variance: self.covariance[(candidate, candidate)] }
    }

    /// How far `a` is above `b`.
    pub fn gap(&self, a: usize, b: usize) -> Normal {
        let c = &self.covariance;
        Normal { mean: self.mean[a] - self.mean[b], variance: c[(a, a)] + c[(b, b)] - 2.0 * c[(a, b)] }
    }
}

/// The equations of one candidate's vector over the dimensions, given everything else.
struct Own {
    /// Of its precision.
    factor: Cholesky<f64, Dyn>,
    /// To the raters' vectors and the levels.
    links: DMatrix<f64>,
    data: DVector<f64>,
}

impl Own {
    /// Its posterior mean, given the raters' vectors and the levels.
    fn mean(&self, common: &DVector<f64>) -> DVector<f64> {
        self.factor.solve(&(&self.data - &self.links * common))
    }
}

impl Closed {
    /// Solves for these variances, in squared points of the rating scale; none may be negative, and that of
    /// the residual is above 0. `level` is
    /// the mean and standard deviation of the levels' prior in points of the 1–5 scale; `None` leaves them free (flat), which
    /// needs a rating on every dimension.
    pub fn new(ratings: &Ratings, variances: &Variances, level: Option<(f64, f64)>) -> Outcome<Self> {
        if ratings.count() == 0 {
            return Err(Reason::NoData);
        }
        let design = Design::new(ratings);
        let squared = design.point * design.point;
        let given = variances.to_array().map(|v| v / squared);
        if given.iter().any(|v| !v.is_finite() || *v < 0.0) || variances.residual == 0.0 {
            return Err(Reason::NotEstimable);
        }
        let variances = Variances::from_array(given.map(|v| v.max(LEAST_VARIANCE)));

        let (d, raters) = (design.dimensions, design.raters.units.len());
        let size = (raters + 1) * d;
        let mut schur = DMatrix::zeros(size, size);
        let mut rhs = DVector::zeros(size);
        let rater_prior = prior_precision(variances.rater, variances.rater_dimension, d);
        for r in 0..raters {
            schur.view_mut((r * d, r * d), (d, d)).copy_from(&rater_prior);
        }
        if let Some((mean, sd)) = level {
            for i in size - d..size {
                schur[(i, i)] += 1.0 / (sd * sd);
                rhs[i] += mean / (sd * sd);
            }
        }
        let mut candidates = Vec::new();
        for unit in &design.candidates.units {
            let mut own = prior_precision(variances.candidate, variances.candidate_dimension, d);
            let mut links = DMatrix::zeros(d, size);
            let mut data = DVector::zeros(d);
            for &index in &unit.forms {
                let form = &design.forms[index];
                let (information, values) = form_information(&design, index, &variances);
                let seen = &information * &values;
                let (r, m) = (form.rater * d, raters * d);
                own += &information;
                data += &seen;
                for column in [r, m] {
                    let mut link = links.view_mut((0, column), (d, d));
                    link += &information;
                    let mut part = rhs.rows_mut(column, d);
                    part += &seen;
                }
                for (row, column) in [(r, r), (r, m), (m, r), (m, m)] {
                    let mut block = schur.view_mut((row, column), (d, d));
                    block += &information;
                }
            }
            let factor = own.cholesky().ok_or(Reason::NotEstimable)?;
            schur -= links.transpose() * factor.solve(&links);
            rhs -= links.transpose() * factor.solve(&data);
            candidates.push(Own { factor, links, data });
        }
        let common_factor = schur.cholesky().ok_or(Reason::NotEstimable)?;
        // A dimension without a rating and without a prior has no level.
        let diagonal = common_factor.l_dirty().diagonal();
        if diagonal.min() < 1e-7 * diagonal.max() {
            return Err(Reason::NotEstimable);
        }
        let common = common_factor.solve(&rhs);
        Ok(Self { design, variances, candidates, common, common_factor })
    }

    /// Mean and covariance of the candidates' fair scores under these weights.
    pub fn scores(&self, weights: &Weights) -> (DVector<f64>, DMatrix<f64>) {
        let w = DVector::from_column_slice(weights.as_slice());
        let average = self.average_rater();
        let mut rows = DMatrix::zeros(self.candidates.len(), self.common.len());
        let mut mean = DVector::zeros(self.candidates.len());
        let mut own = DVector::zeros(self.candidates.len());
        for (p, Own { factor, links, data }) in self.candidates.iter().enumerate() {
            let reply = factor.solve(&w);
            let row = average.transpose() * &w - links.transpose() * &reply;
            mean[p] = self.design.on_scale(reply.dot(data) + row.dot(&self.common));
            own[p] = w.dot(&reply);
            rows.set_row(p, &row.transpose());
        }
        let mut covariance = &rows * self.common_factor.solve(&rows.transpose());
        for p in 0..own.len() {
            covariance[(p, p)] += own[p];
        }
        (mean, covariance * (self.design.point * self.design.point))
    }

    /// Mean and variance of ρ_r.
    pub fn severity(&self, rater: usize) -> (f64, f64) {
        let d = self.design.dimensions;
        let (share, left) = self.severity_share();
        let mut row = DVector::zeros(self.common.len());
        row.rows_mut(rater * d, d).fill(share);
        let variance = row.dot(&self.common_factor.solve(&row)) + left;
        let point = self.design.point;
        (row.dot(&self.common) * point, variance * point * point)
    }

    /// The same figures as from a run of chains: the pairs exact, the ranks from independent draws.
    pub fn fit(&self, weights: &Weights, seed: u64) -> Fit {
        let draws = self.draw(seed);
        let exact = self.exact(weights);
        let margin = MARGIN * self.design.point;
        let mut probabilities = Probabilities::new(&draws.composites(weights), margin);
        probabilities.set_pairs(|a, b| (exact.gap(a, b).above(0.0), exact.gap(a, b).above(margin)));
        let diagnostics = Diagnostics {
            model: MODEL,
            seed,
            chains: CHAINS,
            draws: draws.count(),
            sweeps: 0,
            r_hat_max: 1.0,
            ess_min: draws.count() as f64,
            mcse_max: probabilities.error,
            variances: super::variances_of(&draws),
            reached: true,
        };
        Fit { halo: self.halo(), draws, probabilities, exact: Some(exact), diagnostics }
    }

    fn exact(&self, weights: &Weights) -> Exact {
        let (d, raters) = (self.design.dimensions, self.design.raters.units.len());
        let (mean, covariance) = self.scores(weights);
        let of_dimension: Vec<_> = (0..d).map(|k| self.scores(&Weights::only(k, d))).collect();
        let levels = (0..mean.len())
            .map(|p| of_dimension.iter().map(|(mean, c)| Normal { mean: mean[p], variance: c[(p, p)] }).collect())
            .collect();
        // ψ_r less the mean over raters, weighted by `w` over the dimensions.
        let shift = |rater: usize, w: &[f64]| {
            let mut row = DVector::zeros(self.common.len());
            for other in 0..raters {
                let share = f64::from(u8::from(other == rater)) - 1.0 / raters as f64;
                for (k, w) in w.iter().enumerate() {
                    row[other * d + k] = share * w;
                }
            }
            let (mean, variance) = (row.dot(&self.common), row.dot(&self.common_factor.solve(&row)));
            Normal { mean: mean * self.design.point, variance: variance * self.design.point.powi(2) }
        };
        let w = weights.as_slice();
        let beside = |k: usize| -> Vec<f64> { (0..d).map(|i| f64::from(u8::from(i == k)) - w[i]).collect() };
        Exact {
            mean,
            covariance,
            levels,
            severity: (0..raters).map(|r| shift(r, w)).collect(),
            rater_dimensions: (0..raters).map(|r| (0..d).map(|k| shift(r, &beside(k))).collect()).collect(),
        }
    }

    fn draw(&self, seed: u64) -> Draws {
        let (d, design) = (self.design.dimensions, &self.design);
        let raters = design.raters.units.len();
        let average = self.average_rater();
        let (share, left) = self.severity_share();
        let uppers: Vec<_> = self.candidates.iter().map(|own| own.factor.l().transpose()).collect();
        let common = self.common_factor.l().transpose();
        let noise = |upper: &DMatrix<f64>, random: &mut Random| {
            let white = DVector::from_fn(upper.nrows(), |_, _| random.normal());
            upper.solve_upper_triangular(&white).unwrap_or(white)
        };
        let kept: Vec<Kept> = (0..CHAINS as u64)
            .map(|number| {
                let mut random = Random::new(seed, number);
                let mut kept = Kept::new(design, KEPT);
                for _ in 0..KEPT / 2 {
                    let common_noise = noise(&common, &mut random);
                    let own_noise: Vec<_> = uppers.iter().map(|upper| noise(upper, &mut random)).collect();
                    let severity_noise: Vec<f64> = (0..raters).map(|_| left.sqrt() * random.normal()).collect();
                    // Every draw has its mirror image, so that the mean of the draws is exact.
                    for side in [1.0, -1.0] {
                        let x = &self.common + &common_noise * side;
                        let base = &average * &x;
                        let mut profile = Vec::with_capacity(self.candidates.len() * d);
                        for (own, own_noise) in self.candidates.iter().zip(&own_noise) {
                            profile.extend((own.mean(&x) + own_noise * side + &base).iter());
                        }
                        let vectors = &x.as_slice()[..raters * d];
                        let severity: Vec<f64> = vectors
                            .chunks_exact(d)
                            .zip(&severity_noise)
                            .map(|(v, noise)| share * v.iter().sum::<f64>() + noise * side)
                            .collect();
                        kept.push(design, &profile, &severity, vectors, &self.variances);
                    }
                }
                kept
            })
            .collect();
        join(design, kept)
    }

    /// Posterior mean of h_pr, by form.
    fn halo(&self) -> Vec<f64> {
        let (d, v) = (self.design.dimensions, &self.variances);
        let level = self.common.rows(self.common.len() - d, d);
        let candidates: Vec<DVector<f64>> = self.candidates.iter().map(|own| own.mean(&self.common)).collect();
        let forms = self.design.forms.iter().enumerate();
        forms
            .map(|(index, form)| {
                let rater = self.common.rows(form.rater * d, d);
                let sum: f64 = (0..d)
                    .map(|i| {
                        let fitted = level[i] + candidates[form.candidate][i] + rater[i];
                        self.design.present[index * d + i] * (self.design.values[index * d + i] - fitted)
                    })
                    .sum();
                super::blocks::halo_share(v, self.design.kinds[form.kind].count) * sum * self.design.point
            })
            .collect()
    }

    /// Turns the common vector into level + mean of the raters, by dimension.
    fn average_rater(&self) -> DMatrix<f64> {
        let (d, raters) = (self.design.dimensions, self.design.raters.units.len());
        DMatrix::from_fn(d, (raters + 1) * d, |i, column| match (column % d == i, column / d < raters) {
            (false, _) => 0.0,
            (true, true) => 1.0 / raters as f64,
            (true, false) => 1.0,
        })
    }

    /// ρ_r given ψ_r is normal: (mean per unit of Σψ, variance).
    fn severity_share(&self) -> (f64, f64) {
        let v = &self.variances;
        let precision = 1.0 / v.rater + self.design.dimensions as f64 / v.rater_dimension;
        (1.0 / v.rater_dimension / precision, 1.0 / precision)
    }
}

fn prior_precision(unit: f64, cell: f64, d: usize) -> DMatrix<f64> {
    let precision = super::blocks::two_level_precision(unit, cell, d);
    DMatrix::from_diagonal_element(d, d, precision.diagonal).add_scalar(-precision.common)
}

/// What one form tells about the vector over the dimensions, its halo integrated out: the
/// information matrix and the values.
fn form_information(design: &Design, index: usize, v: &Variances) -> (DMatrix<f64>, DVector<f64>) {
    let d = design.dimensions;
    let kind = &design.kinds[design.forms[index].kind];
    let present = DVector::from_column_slice(&design.present[index * d..(index + 1) * d]);
    let share = super::blocks::halo_share(v, kind.count);
    let information = (DMatrix::from_diagonal(&present) - &present * present.transpose() * share) / v.residual;
    (information, DVector::from_column_slice(&design.values[index * d..(index + 1) * d]))
}
