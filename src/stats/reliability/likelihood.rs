//! The restricted likelihood of a mixed model with its derivatives, in time linear in the clusters.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::reml::{Fit, Model};
use crate::stats::estimate::{Outcome, Reason};

/// −2 log-likelihood at a point, its gradient, and the average information of it.
pub(super) struct State {
    pub deviance: f64,
    pub gradient: Vec<f64>,
    pub information: DMatrix<f64>,
}

/// The design, arranged by cluster: V = blockdiag(W_c) + ZGZ′ with Z the levels of outer factors.
pub(super) struct Layout {
    blocks: Vec<Block>,
    fixed: usize,
    inner: usize,
    /// Outer factor of each border column beyond the fixed ones.
    factor_of_column: Vec<usize>,
    outer: usize,
    observations: usize,
    /// Total variance, the scale of the problem.
    pub variance: f64,
}

struct Block {
    values: DVector<f64>,
    /// For each inner factor, the level of each observation, numbered within the block.
    inner: Vec<Vec<usize>>,
    /// Border columns that the block touches, and their incidence.
    columns: Vec<usize>,
    incidence: DMatrix<f64>,
}

impl Layout {
    pub fn new(model: &Model) -> Outcome<Self> {
        let n = model.values.len();
        if n == 0 {
            return Err(Reason::NoData);
        }
        let fixed = levels(model.fixed);
        let mut factor_of_column = Vec::new();
        let mut offsets = Vec::new();
        for (factor, of) in model.outer.iter().enumerate() {
            offsets.push(fixed + factor_of_column.len());
            factor_of_column.extend(std::iter::repeat_n(factor, levels(of)));
        }
        if n <= fixed + model.inner.len() + model.outer.len() {
            return Err(Reason::NotEstimable);
        }
        let blocks = (0..levels(model.cluster))
            .map(|cluster| {
                let own: Vec<usize> = (0..n).filter(|&i| model.cluster[i] == cluster).collect();
                Block::new(model, &own, &offsets)
            })
            .filter(|block| !block.values.is_empty())
            .collect();

        let variance = variance_within(model.values, model.fixed, fixed);
        if variance <= 1e-12 * model.values.iter().map(|x| x * x).sum::<f64>() / n as f64 {
            return Err(Reason::NoVariation);
        }
        Ok(Layout {
            blocks,
            fixed,
            inner: model.inner.len(),
            factor_of_column,
            outer: model.outer.len(),
            observations: n,
            variance,
        })
    }

    pub fn components(&self) -> usize {
        self.inner + self.outer + 1
    }

    /// Effects may vanish; the residual may not, or the likelihood would be unbounded.
    pub fn floor(&self, component: usize) -> f64 {
        if component + 1 == self.components() { 1e-8 * self.variance } else { 0.0 }
    }

    pub fn fit(&self, point: &[f64], state: &State) -> Fit {
        let free = (self.observations - self.fixed) as f64;
        Fit {
            inner: point[..self.inner].to_vec(),
            outer: point[self.inner..self.inner + self.outer].to_vec(),
            residual: point[self.inner + self.outer],
            log_likelihood: -0.5 * (state.deviance + free * std::f64::consts::TAU.ln()),
        }
    }

    /// `None` where a matrix is not positive definite to working precision.
    ///
    /// With N = B′W⁻¹B for the border B = [X Z] and S the standard deviations of its columns (1 for
    /// fixed ones): log|V| + log|X′V⁻¹X| = log|W| + log|SNS + diag(0, I)|, and
    /// P = W⁻¹ − W⁻¹B Q B′W⁻¹ with Q = S (SNS + diag(0, I))⁻¹ S.
    pub fn evaluate(&self, point: &[f64]) -> Option<State> {
        let border = self.fixed + self.factor_of_column.len();
        let scale = DVector::from_fn(border, |column, _| match column.checked_sub(self.fixed) {
            None => 1.0,
            Some(column) => point[self.inner + self.factor_of_column[column]].sqrt(),
        });

        let mut normal = DMatrix::zeros(border, border);
        let mut right = DVector::zeros(border);
        let mut squares = 0.0;
        let mut log_determinant = 0.0;
        let mut solved = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            let own = block.solve(&point[..self.inner], point[point.len() - 1])?;
            log_determinant += own.log_determinant;
            squares += block.values.dot(&own.values);
            let product = block.incidence.transpose() * &own.border;
            let sums = own.border.transpose() * &block.values;
            for (i, &a) in block.columns.iter().enumerate() {
                right[a] += sums[i];
                for (j, &b) in block.columns.iter().enumerate() {
                    normal[(a, b)] += product[(i, j)];
                }
            }
            solved.push(own);
        }
        let mut equations = DMatrix::from_fn(border, border, |i, j| scale[i] * normal[(i, j)] * scale[j]);
        for column in self.fixed..border {
            equations[(column, column)] += 1.0;
        }
        let factor = Cholesky::new(equations)?;
        log_determinant += determinant(&factor);
        let mut q = factor.inverse();
        for i in 0..border {
            for j in 0..border {
                q[(i, j)] *= scale[i] * scale[j];
            }
        }

        let deviance = log_determinant + squares - right.dot(&(&q * &right));
        if !deviance.is_finite() {
            return None;
        }
        let (gradient, information) = self.derivatives(&solved, &normal, &right, &q);
        Some(State { deviance, gradient, information })
    }

    fn derivatives(
        &self,
        solved: &[Solved],
        normal: &DMatrix<f64>,
        right: &DVector<f64>,
        q: &DMatrix<f64>,
    ) -> (Vec<f64>, DMatrix<f64>) {
        let m = self.components();
        let mut traces = vec![0.0; m];
        let solution = q * right;
        let mut border_sums = DVector::zeros(normal.nrows());
        let mut projected = Vec::with_capacity(solved.len());
        for (block, own) in self.blocks.iter().zip(solved) {
            let part = q.select_rows(&block.columns).select_columns(&block.columns);
            let diagonal = &own.inverse - &own.border * part * own.border.transpose();
            for (j, groups) in block.inner.iter().enumerate() {
                for (a, group) in groups.iter().enumerate() {
                    for (b, other) in groups.iter().enumerate() {
                        if group == other {
                            traces[j] += diagonal[(a, b)];
                        }
                    }
                }
            }
            traces[m - 1] += diagonal.trace();
            let py = &own.values - &own.border * solution.select_rows(&block.columns);
            let sums = block.incidence.transpose() * &py;
            for (i, &column) in block.columns.iter().enumerate() {
                border_sums[column] += sums[i];
            }
            projected.push(py);
        }
        let between = normal * q * normal;
        for (index, &factor) in self.factor_of_column.iter().enumerate() {
            let column = self.fixed + index;
            traces[self.inner + factor] += normal[(column, column)] - between[(column, column)];
        }

        // w_j = V_j P y, by block.
        let working: Vec<Vec<DVector<f64>>> = (0..m)
            .map(|j| self.blocks.iter().zip(&projected).map(|(b, py)| self.spread(j, b, py, &border_sums)).collect())
            .collect();
        let gradient = (0..m)
            .map(|j| traces[j] - working[j].iter().zip(&projected).map(|(w, py)| w.dot(py)).sum::<f64>())
            .collect();
        let mut information = DMatrix::zeros(m, m);
        for k in 0..m {
            let image = self.project(solved, q, &working[k]);
            for j in 0..m {
                information[(j, k)] = working[j].iter().zip(&image).map(|(w, p)| w.dot(p)).sum();
            }
        }
        let symmetric = (&information + information.transpose()) / 2.0;
        (gradient, symmetric)
    }

    /// One block of V_j P y: each observation gets the sum of P y over its level of factor j.
    fn spread(&self, j: usize, block: &Block, py: &DVector<f64>, border_sums: &DVector<f64>) -> DVector<f64> {
        if j < self.inner {
            let groups = &block.inner[j];
            let mut sums = vec![0.0; levels(groups)];
            for (group, x) in groups.iter().zip(py.iter()) {
                sums[*group] += x;
            }
            DVector::from_iterator(py.len(), groups.iter().map(|&group| sums[group]))
        } else if j < self.inner + self.outer {
            let of_factor = block.columns.iter().map(|&column| match column.checked_sub(self.fixed) {
                Some(index) if self.factor_of_column[index] == j - self.inner => border_sums[column],
                _ => 0.0,
            });
            &block.incidence * DVector::from_iterator(block.columns.len(), of_factor)
        } else {
            py.clone()
        }
    }

    /// P times a vector given by block.
    fn project(&self, solved: &[Solved], q: &DMatrix<f64>, vector: &[DVector<f64>]) -> Vec<DVector<f64>> {
        let mut right = DVector::zeros(q.nrows());
        for ((block, own), part) in self.blocks.iter().zip(solved).zip(vector) {
            let sums = own.border.transpose() * part;
            for (i, &column) in block.columns.iter().enumerate() {
                right[column] += sums[i];
            }
        }
        let solution = q * right;
        self.blocks
            .iter()
            .zip(solved)
            .zip(vector)
            .map(|((block, own), part)| &own.inverse * part - &own.border * solution.select_rows(&block.columns))
            .collect()
    }
}

/// W_c⁻¹ and its products with the block's values and border.
struct Solved {
    inverse: DMatrix<f64>,
    values: DVector<f64>,
    border: DMatrix<f64>,
    log_determinant: f64,
}

impl Block {
    fn new(model: &Model, own: &[usize], offsets: &[usize]) -> Self {
        let touched: Vec<Vec<usize>> = own
            .iter()
            .map(|&i| {
                let outer = model.outer.iter().zip(offsets).map(|(of, offset)| offset + of[i]);
                std::iter::once(model.fixed[i]).chain(outer).collect()
            })
            .collect();
        let columns = distinct(touched.iter().flatten().copied());
        let mut incidence = DMatrix::zeros(own.len(), columns.len());
        for (row, of_row) in touched.iter().enumerate() {
            for column in of_row {
                incidence[(row, columns.partition_point(|c| c < column))] = 1.0;
            }
        }
        let inner = model
            .inner
            .iter()
            .map(|factor| {
                let names = distinct(own.iter().map(|&i| factor[i]));
                own.iter().map(|&i| names.partition_point(|&name| name < factor[i])).collect()
            })
            .collect();
        Block {
            values: DVector::from_iterator(own.len(), own.iter().map(|&i| model.values[i])),
            inner,
            columns,
            incidence,
        }
    }

    fn solve(&self, inner: &[f64], residual: f64) -> Option<Solved> {
        let n = self.values.len();
        let mut w = DMatrix::from_diagonal_element(n, n, residual);
        for (groups, variance) in self.inner.iter().zip(inner) {
            for a in 0..n {
                for b in 0..n {
                    if groups[a] == groups[b] {
                        w[(a, b)] += variance;
                    }
                }
            }
        }
        let factor = Cholesky::new(w)?;
        let inverse = factor.inverse();
        Some(Solved {
            values: &inverse * &self.values,
            border: &inverse * &self.incidence,
            log_determinant: determinant(&factor),
            inverse,
        })
    }
}

fn determinant(factor: &Cholesky<f64, Dyn>) -> f64 {
    2.0 * factor.l_dirty().diagonal().iter().map(|x| x.ln()).sum::<f64>()
}

fn levels(of: &[usize]) -> usize {
    of.iter().max().map_or(0, |max| max + 1)
}

fn distinct(names: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut names: Vec<usize> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Variance about the mean of each fixed level.
fn variance_within(values: &[f64], fixed: &[usize], levels: usize) -> f64 {
    let mut sums = vec![(0.0, 0.0); levels];
    for (&x, &level) in values.iter().zip(fixed) {
        sums[level].0 += x;
        sums[level].1 += 1.0;
    }
    let squares: f64 = values.iter().zip(fixed).map(|(x, &level)| (x - sums[level].0 / sums[level].1).powi(2)).sum();
    squares / values.len() as f64
}
