//! The ratings that every statistic starts from: candidates × raters × dimensions on one scale, with gaps.

use thiserror::Error;

use super::weights::Weights;

/// One rating, by index. "Not enough evidence" is no rating: leave it out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rating {
    pub candidate: usize,
    pub rater: usize,
    pub dimension: usize,
    pub value: f64,
}

/// The lowest and the highest step of the rating scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
}

/// Every rating of a pool; a missing one is `None`, never a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratings {
    candidates: usize,
    raters: usize,
    dimensions: usize,
    scale: Scale,
    values: Vec<Option<f64>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum BadRatings {
    #[error("a scale needs two finite ends, the first below the second")]
    Scale,
    #[error("candidate {candidate}, rater {rater}, dimension {dimension} lies outside the table")]
    OutOfTable { candidate: usize, rater: usize, dimension: usize },
    #[error("candidate {candidate}, rater {rater}, dimension {dimension} is off the scale")]
    OffScale { candidate: usize, rater: usize, dimension: usize },
    #[error("candidate {candidate}, rater {rater}, dimension {dimension} is rated twice")]
    Twice { candidate: usize, rater: usize, dimension: usize },
}

impl Scale {
    /// Both ends finite, `low` < `high`.
    pub fn new(low: f64, high: f64) -> Result<Self, BadRatings> {
        if low.is_finite() && high.is_finite() && low < high { Ok(Self { low, high }) } else { Err(BadRatings::Scale) }
    }

    /// The scale of the product: 1 to 5.
    pub fn five_steps() -> Self {
        Self { low: 1.0, high: 5.0 }
    }

    pub fn low(self) -> f64 {
        self.low
    }

    pub fn high(self) -> f64 {
        self.high
    }

    /// Length of the scale, in its own points (4 for 1 to 5).
    pub fn range(self) -> f64 {
        self.high - self.low
    }

    pub fn contains(self, value: f64) -> bool {
        value >= self.low && value <= self.high
    }
}

impl Ratings {
    /// Builds the table; the order of `ratings` does not matter.
    ///
    /// Refuses an index outside the table, a value that is no number on the scale, and the same cell twice.
    pub fn new(
        candidates: usize,
        raters: usize,
        dimensions: usize,
        scale: Scale,
        ratings: impl IntoIterator<Item = Rating>,
    ) -> Result<Self, BadRatings> {
        let mut table =
            Self { candidates, raters, dimensions, scale, values: vec![None; candidates * raters * dimensions] };

        for Rating { candidate, rater, dimension, value } in ratings {
            if candidate >= candidates || rater >= raters || dimension >= dimensions {
                return Err(BadRatings::OutOfTable { candidate, rater, dimension });
            }
            if !scale.contains(value) {
                return Err(BadRatings::OffScale { candidate, rater, dimension });
            }
            let cell = table.cell(candidate, rater, dimension);
            if table.values[cell].replace(value).is_some() {
                return Err(BadRatings::Twice { candidate, rater, dimension });
            }
        }

        Ok(table)
    }

    pub fn candidates(&self) -> usize {
        self.candidates
    }

    pub fn raters(&self) -> usize {
        self.raters
    }

    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    pub fn scale(&self) -> Scale {
        self.scale
    }

    pub fn get(&self, candidate: usize, rater: usize, dimension: usize) -> Option<f64> {
        self.values[self.cell(candidate, rater, dimension)]
    }

    /// What one rater gave one candidate, by dimension.
    pub fn form(&self, candidate: usize, rater: usize) -> &[Option<f64>] {
        let start = self.cell(candidate, rater, 0);
        &self.values[start..start + self.dimensions]
    }

    /// Whether the rater gave the candidate at least one rating.
    pub fn has_form(&self, candidate: usize, rater: usize) -> bool {
        self.form(candidate, rater).iter().any(Option::is_some)
    }

    /// (candidate, rater) of every form with at least one rating, by candidate, then rater.
    pub fn forms(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.candidates)
            .flat_map(move |candidate| (0..self.raters).map(move |rater| (candidate, rater)))
            .filter(|&(candidate, rater)| self.has_form(candidate, rater))
    }

    /// Raters who gave the candidate at least one rating.
    pub fn raters_of(&self, candidate: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.raters).filter(move |&rater| self.has_form(candidate, rater))
    }

    /// Candidates to whom the rater gave at least one rating.
    pub fn candidates_of(&self, rater: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.candidates).filter(move |&candidate| self.has_form(candidate, rater))
    }

    /// Every rating that is there, by candidate, rater, dimension.
    pub fn iter(&self) -> impl Iterator<Item = Rating> + '_ {
        self.values.iter().enumerate().filter_map(|(cell, value)| {
            let (form, dimension) = (cell / self.dimensions, cell % self.dimensions);
            value.map(|value| Rating { candidate: form / self.raters, rater: form % self.raters, dimension, value })
        })
    }

    /// Number of ratings that are there.
    pub fn count(&self) -> usize {
        self.values.iter().flatten().count()
    }

    /// Whether every rater rated every candidate on every dimension.
    pub fn is_complete(&self) -> bool {
        self.values.iter().all(Option::is_some)
    }

    /// The weighted mean of one form; `None` if a dimension that carries weight is missing.
    pub fn form_mean(&self, candidate: usize, rater: usize, weights: &Weights) -> Option<f64> {
        let mut mean = 0.0;
        for (value, &weight) in self.form(candidate, rater).iter().zip(weights.as_slice()) {
            if weight > 0.0 {
                mean += weight * (*value)?;
            }
        }
        Some(mean)
    }

    /// The table of these candidates only, in this order. An index may come twice, as in a bootstrap over candidates.
    pub fn with_candidates(&self, chosen: &[usize]) -> Self {
        let form_block = self.raters * self.dimensions;
        let values = chosen.iter().flat_map(|&c| self.values[c * form_block..(c + 1) * form_block].iter().copied());
        Self { candidates: chosen.len(), values: values.collect(), ..*self }
    }

    /// The table of these raters only, in this order.
    pub fn with_raters(&self, chosen: &[usize]) -> Self {
        let values = (0..self.candidates)
            .flat_map(|candidate| chosen.iter().flat_map(move |&rater| self.form(candidate, rater).iter().copied()));
        Self { raters: chosen.len(), values: values.collect(), ..*self }
    }

    /// The table of these dimensions only, in this order.
    pub fn with_dimensions(&self, chosen: &[usize]) -> Self {
        let values = (0..self.candidates * self.raters)
            .flat_map(|form| chosen.iter().map(move |&d| self.values[form * self.dimensions + d]));
        Self { dimensions: chosen.len(), values: values.collect(), ..*self }
    }

    fn cell(&self, candidate: usize, rater: usize, dimension: usize) -> usize {
        (candidate * self.raters + rater) * self.dimensions + dimension
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(candidate: usize, rater: usize, dimension: usize, value: f64) -> Rating {
        Rating { candidate, rater, dimension, value }
    }

    fn two_by_two() -> Ratings {
        let given = [rating(0, 0, 0, 1.0), rating(0, 0, 1, 2.0), rating(0, 1, 0, 3.0), rating(1, 1, 1, 4.0)];
        Ratings::new(2, 2, 2, Scale::five_steps(), given).unwrap()
    }

    #[test]
    fn the_order_of_the_ratings_does_not_matter() {
        let mut given: Vec<_> = two_by_two().iter().collect();
        given.reverse();

        assert_eq!(Ratings::new(2, 2, 2, Scale::five_steps(), given).unwrap(), two_by_two());
    }

    #[test]
    fn a_cell_outside_the_table_off_the_scale_or_given_twice_is_refused() {
        let build = |given: &[Rating]| Ratings::new(1, 1, 1, Scale::five_steps(), given.to_vec()).unwrap_err();
        let (candidate, rater, dimension) = (0, 0, 0);

        assert_eq!(build(&[rating(0, 1, 0, 3.0)]), BadRatings::OutOfTable { candidate, rater: 1, dimension });
        assert_eq!(build(&[rating(0, 0, 0, 5.5)]), BadRatings::OffScale { candidate, rater, dimension });
        assert_eq!(build(&[rating(0, 0, 0, f64::NAN)]), BadRatings::OffScale { candidate, rater, dimension });
        assert_eq!(build(&[rating(0, 0, 0, 3.0); 2]), BadRatings::Twice { candidate, rater, dimension });
    }

    #[test]
    fn a_form_counts_when_it_holds_one_rating() {
        let table = two_by_two();

        assert_eq!(table.forms().collect::<Vec<_>>(), [(0, 0), (0, 1), (1, 1)]);
        assert_eq!(table.candidates_of(1).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(table.raters_of(1).collect::<Vec<_>>(), [1]);
        assert_eq!(table.count(), 4);
        assert!(!table.is_complete());
    }

    #[test]
    fn a_form_mean_needs_every_dimension_that_carries_weight() {
        let table = two_by_two();

        assert_eq!(table.form_mean(0, 0, &Weights::equal(2)), Some(1.5));
        assert_eq!(table.form_mean(0, 1, &Weights::equal(2)), None);
        assert_eq!(table.form_mean(0, 1, &Weights::new(&[2.0, 0.0]).unwrap()), Some(3.0));
    }

    #[test]
    fn parts_of_the_table_keep_their_values() {
        let table = two_by_two();

        let swapped = table.with_candidates(&[1, 0, 0]);
        assert_eq!((swapped.candidates(), swapped.get(0, 1, 1), swapped.get(2, 0, 1)), (3, Some(4.0), Some(2.0)));
        assert_eq!(table.with_raters(&[1]).form(0, 0), [Some(3.0), None]);
        assert_eq!(table.with_dimensions(&[1]).form(0, 0), [Some(2.0)]);
    }
}
