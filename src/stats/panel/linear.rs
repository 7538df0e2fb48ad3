//! Small dense Cholesky factors: one per pattern of gaps, the size of the number of dimensions.

use crate::stats::random::Random;

/// Lower triangular factor of a positive definite matrix.
pub(super) struct Factor {
    size: usize,
    /// One over each diagonal element.
    inverse: Vec<f64>,
    below: Below,
}

/// What lies below the diagonal.
enum Below {
    /// Row by row.
    Any(Vec<f64>),
    /// One number for each column, where the matrix has one number on its diagonal and another beside it.
    Alike(Vec<f64>),
}

impl Factor {
    pub fn new(size: usize) -> Self {
        Self { size, inverse: vec![0.0; size], below: Below::Alike(vec![0.0; size]) }
    }

    /// Factors `diagonal`·I − `common`·11ᵀ.
    pub fn refill_alike(&mut self, diagonal: f64, common: f64) {
        if let Below::Any(_) = self.below {
            self.below = Below::Alike(vec![0.0; self.size]);
        }
        let Below::Alike(columns) = &mut self.below else { return };
        let mut squares = 0.0;
        for (column, inverse) in columns.iter_mut().zip(&mut self.inverse) {
            *inverse = 1.0 / (diagonal - common - squares).max(f64::MIN_POSITIVE).sqrt();
            *column = -(common + squares) * *inverse;
            squares += *column * *column;
        }
    }

    /// Factors `matrix` (row by row, only its lower half is read).
    pub fn refill(&mut self, matrix: &[f64]) {
        let n = self.size;
        if let Below::Alike(_) = self.below {
            self.below = Below::Any(vec![0.0; n * n]);
        }
        let Below::Any(lower) = &mut self.below else { return };
        for i in 0..n {
            for j in 0..=i {
                let (upper_rows, row) = lower.split_at(i * n);
                let other = if i == j { &row[..j] } else { &upper_rows[j * n..j * n + j] };
                let sum: f64 = row[..j].iter().zip(other).map(|(a, b)| a * b).sum();
                let rest = matrix[i * n + j] - sum;
                if i == j {
                    self.inverse[i] = 1.0 / rest.max(f64::MIN_POSITIVE).sqrt();
                } else {
                    lower[i * n + j] = rest * self.inverse[j];
                }
            }
        }
    }

    /// Turns the right-hand side `b` into a draw from N(Q⁻¹b, Q⁻¹), Q being the factored matrix
    /// (Rue 2001).
    pub fn draw(&self, b: &mut [f64], random: &mut Random) {
        self.forward(b);
        self.finish(b, random);
    }

    /// The second half of [`Factor::draw`], after [`Factor::forward`].
    pub fn finish(&self, b: &mut [f64], random: &mut Random) {
        for x in b.iter_mut() {
            *x += random.normal();
        }
        self.backward(b);
    }

    /// Solves L·x = b in place, L being the factor.
    pub fn forward(&self, b: &mut [f64]) {
        match &self.below {
            Below::Any(lower) => {
                for i in 0..self.size {
                    let row = &lower[i * self.size..][..i];
                    let sum: f64 = row.iter().zip(b.iter()).map(|(l, x)| l * x).sum();
                    b[i] = (b[i] - sum) * self.inverse[i];
                }
            }
            Below::Alike(columns) => {
                let mut sum = 0.0;
                for ((x, column), inverse) in b.iter_mut().zip(columns).zip(&self.inverse) {
                    *x = (*x - sum) * inverse;
                    sum += column * *x;
                }
            }
        }
    }

    fn backward(&self, b: &mut [f64]) {
        match &self.below {
            Below::Any(lower) => {
                for i in (0..self.size).rev() {
                    let x = b[i] * self.inverse[i];
                    b[i] = x;
                    let row = &lower[i * self.size..][..i];
                    for (l, y) in row.iter().zip(b.iter_mut()) {
                        *y -= l * x;
                    }
                }
            }
            Below::Alike(columns) => {
                let mut sum = 0.0;
                for ((x, column), inverse) in b.iter_mut().zip(columns).zip(&self.inverse).rev() {
                    *x = (*x - column * sum) * inverse;
                    sum += *x;
                }
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

    #[test]
    fn a_matrix_of_two_numbers_is_factored_as_any_other() {
        let matrix = [3.5, -0.5, -0.5, -0.5, 3.5, -0.5, -0.5, -0.5, 3.5];
        let (mut any, mut alike) = (Factor::new(3), Factor::new(3));
        any.refill(&matrix);
        alike.refill_alike(4.0, 0.5);

        let (mut one, mut other) = ([1.0, -2.0, 0.5], [1.0, -2.0, 0.5]);
        any.forward(&mut one);
        alike.forward(&mut other);
        let half_way = one.iter().zip(&other).all(|(x, y)| (x - y).abs() < 1e-12);
        any.backward(&mut one);
        alike.backward(&mut other);

        assert!(half_way && one.iter().zip(&other).all(|(x, y)| (x - y).abs() < 1e-12), "{one:?} {other:?}");
    }
}
