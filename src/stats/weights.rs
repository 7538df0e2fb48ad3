//! The weights of the dimensions in the composite score.

use thiserror::Error;

/// Relative weights of the dimensions: none negative, sum 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights(Vec<f64>);

#[derive(Clone, Copy, Debug, PartialEq, Error)]
#[error("weights must be finite, not negative and not all zero")]
pub struct BadWeights;

impl Weights {
    /// Scales `relative` to sum 1. Refuses an empty list, a negative or unbounded weight, and a
    /// sum of zero.
    pub fn new(relative: &[f64]) -> Result<Self, BadWeights> {
        let sum: f64 = relative.iter().sum();
        if !sum.is_finite() || sum <= 0.0 || relative.iter().any(|&weight| weight < 0.0) {
            return Err(BadWeights);
        }
        Ok(Self(relative.iter().map(|weight| weight / sum).collect()))
    }

    /// The same weight for each of `dimensions` (at least one).
    pub fn equal(dimensions: usize) -> Self {
        Self(vec![1.0 / dimensions as f64; dimensions])
    }

    /// All the weight on one of `dimensions`.
    pub fn only(dimension: usize, dimensions: usize) -> Self {
        Self((0..dimensions).map(|d| f64::from(u8::from(d == dimension))).collect())
    }

    pub fn as_slice(&self) -> &[f64] {
        &self.0
    }

    /// The weighted sum of one value per dimension.
    pub fn apply(&self, values: &[f64]) -> f64 {
        self.0.iter().zip(values).map(|(weight, value)| weight * value).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_scaled_to_one_and_bad_ones_refused() {
        assert_eq!(Weights::new(&[3.0, 1.0]).unwrap().as_slice(), [0.75, 0.25]);
        for bad in [&[][..], &[0.0, 0.0], &[1.0, -0.5], &[f64::NAN], &[f64::INFINITY]] {
            assert_eq!(Weights::new(bad), Err(BadWeights));
        }
    }
}
