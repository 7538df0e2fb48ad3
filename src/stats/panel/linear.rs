//! Small dense Cholesky factors: one per pattern of gaps, the size of the number of dimensions.

use crate::stats::random::Random;

/// Lower triangular factor of a positive definite matrix, row by row.
pub(super) struct Factor {
    size: usize,
    lower: Vec<f64>,
    /// One over each diagonal element.
    inverse: Vec<f64>,
}

impl Factor {
    pub fn new(size: usize) -> Self {
        Self { size, lower: vec![0.0; size * size], inverse: vec![0.0; size] }
    }

    /// Factors `matrix` (row by row, only its lower half is read).
    pub fn refill(&mut self, matrix: &[f64]) {
        let n = self.size;
        for i in 0..n {
            for j in 0..=i {
                let (upper_rows, row) = self.lower.split_at(i * n);
                let other = if i == j { &row[..j] } else { &upper_rows[j * n..j * n + j] };
                let sum: f64 = row[..j].iter().zip(other).map(|(a, b)| a * b).sum();
                let rest = matrix[i * n + j] - sum;
                if i == j {
                    let root = rest.max(f64::MIN_POSITIVE).sqrt();
                    self.lower[i * n + i] = root;
                    self.inverse[i] = 1.0 / root;
                } else {
                    self.lower[i * n + j] = rest * self.inverse[j];
                }
            }
        }
    }

    /// Turns the right-hand side `b` into a draw from N(Q⁻¹b, Q⁻¹), Q being the factored matrix
    /// (Rue 2001).
    pub fn draw(&self, b: &mut [f64], random: &mut Random) {
        self.forward(b);
        for x in b.iter_mut() {
            *x += random.normal();
        }
        self.backward(b);
    }

    fn forward(&self, b: &mut [f64]) {
        let n = self.size;
        for i in 0..n {
            let row = &self.lower[i * n..i * n + i];
            let sum: f64 = row.iter().zip(b.iter()).map(|(l, x)| l * x).sum();
            b[i] = (b[i] - sum) * self.inverse[i];
        }
    }

    fn backward(&self, b: &mut [f64]) {
        let n = self.size;
        for i in (0..n).rev() {
            let x = b[i] * self.inverse[i];
            b[i] = x;
            let row = &self.lower[i * n..i * n + i];
            for (l, y) in row.iter().zip(b.iter_mut()) {
                *y -= l * x;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_solves_its_equations() {
        let matrix = [4.0, 0.0, 0.0, 2.0, 5.0, 0.0, 1.0, -1.0, 6.0];
        let mut factor = Factor::new(3);
        factor.refill(&matrix);

        let mut b = [11.0, 9.0, 17.0];
        factor.forward(&mut b);
        factor.backward(&mut b);

        for (got, want) in b.iter().zip([1.0, 2.0, 3.0]) {
            assert!((got - want).abs() < 1e-12, "{b:?}");
        }
    }
}
