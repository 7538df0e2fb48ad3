//! Coefficient alpha and omega: how far the dimensions of a form hang together.
//!
//! Dimensions rated by one person share that person's halo, which these coefficients count as true
//! score. They describe a rubric, never the reliability of a candidate's score.

use nalgebra::{DMatrix, DVector};
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

use crate::stats::distributions::{f_quantile, sorted_quantile};
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason};
use crate::stats::minimum::CANDIDATES;

/// Fewer complete forms than this carry no coefficient.
const MIN_FORMS: usize = 5;

/// Resamples behind the interval of omega.
pub const RESAMPLES: usize = 400;

/// Largest change of a loading at the end, for the value and for a resample, whose limits need no
/// more.
const FINAL: f64 = 1e-10;
const RESAMPLED: f64 = 1e-5;

/// The smallest unique share of a dimension's variance, as in R's `factanal`: a solution with none
/// (a Heywood case) stops here.
const LEAST_UNIQUENESS: f64 = 0.005;

/// α = k/(k − 1)·(1 − Σs²ᵢ/s²_T) of forms (rows) × dimensions (columns), with the exact limits of
/// Feldt (1965). Forms with a gap are left out.
pub fn alpha(forms: &[Vec<Option<f64>>]) -> Outcome {
    let rows = complete(forms, 2, MIN_FORMS)?;
    let k = rows[0].1.len() as f64;
    let n = rows.len() as f64;
    let covariance = covariance(&rows.iter().map(|(_, row)| row).collect::<Vec<_>>());
    let total = covariance.sum();
    let parts = covariance.trace();
    if total <= 1e-12 * parts || parts == 0.0 {
        return Err(Reason::NoVariation);
    }

    let value = k / (k - 1.0) * (1.0 - parts / total);
    let tail = (1.0 - LEVEL) / 2.0;
    let limit = |p: f64| 1.0 - (1.0 - value) * f_quantile(p, n - 1.0, (n - 1.0) * (k - 1.0));
    Estimate::new(value, limit(1.0 - tail), limit(tail), LEVEL)
}

/// ω = (Σλ)²/((Σλ)² + Σψ) of the one-factor model by maximum likelihood (McDonald 1999).
///
/// The interval is a bootstrap over candidates, so that the forms of one person are drawn together;
/// `candidate_of_form` names the candidate of each row. Needs three dimensions and more complete
/// forms than dimensions.
pub fn omega(forms: &[Vec<Option<f64>>], candidate_of_form: &[usize], seed: u64) -> Outcome {
    let dimensions = forms.first().map_or(0, Vec::len);
    let rows = complete(forms, 3, MIN_FORMS.max(dimensions + 1))?;
    let value = omega_of(&rows.iter().map(|(_, row)| row).collect::<Vec<_>>(), FINAL)?;

    let mut people: Vec<(usize, Vec<&Vec<f64>>)> = Vec::new();
    for (form, row) in &rows {
        let name = candidate_of_form.get(*form).copied().unwrap_or(*form);
        match people.iter_mut().find(|(other, _)| *other == name) {
            Some((_, own)) => own.push(row),
            None => people.push((name, vec![row])),
        }
    }
    if people.len() < CANDIDATES {
        return Err(Reason::FewCandidates { have: people.len(), need: CANDIDATES });
    }
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut resampled = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        let drawn: Vec<&Vec<f64>> =
            (0..people.len()).flat_map(|_| people[rng.random_range(0..people.len())].1.iter().copied()).collect();
        resampled.extend(omega_of(&drawn, RESAMPLED));
    }
    if resampled.len() < RESAMPLES * 9 / 10 {
        return Err(Reason::NotConverged);
    }
    resampled.sort_by(f64::total_cmp);
    let tail = (1.0 - LEVEL) / 2.0;
    Estimate::new(value, sorted_quantile(&resampled, tail), sorted_quantile(&resampled, 1.0 - tail), LEVEL)
}

/// Standard error of measurement, s·√(1 − reliability), in the units of `deviation`; NaN for a
/// reliability above 1.
pub fn standard_error(deviation: f64, reliability: f64) -> f64 {
    deviation * (1.0 - reliability).sqrt()
}

/// Rows without a gap, each with its index.
fn complete(forms: &[Vec<Option<f64>>], dimensions: usize, needed: usize) -> Outcome<Vec<(usize, Vec<f64>)>> {
    let have = forms.first().map_or(0, Vec::len);
    if forms.is_empty() {
        return Err(Reason::NoData);
    }
    if have < dimensions {
        return Err(Reason::FewDimensions { have, need: dimensions });
    }
    let rows: Vec<(usize, Vec<f64>)> = forms
        .iter()
        .enumerate()
        .filter_map(|(index, form)| Some((index, form.iter().copied().collect::<Option<Vec<f64>>>()?)))
        .filter(|(_, row)| row.len() == have)
        .collect();
    if rows.len() < needed {
        return Err(Reason::FewForms { have: rows.len(), need: needed });
    }
    Ok(rows)
}

fn covariance(rows: &[&Vec<f64>]) -> DMatrix<f64> {
    let (n, k) = (rows.len(), rows[0].len());
    let table = DMatrix::from_fn(n, k, |i, j| rows[i][j]);
    let mean = table.row_mean();
    let centred = DMatrix::from_fn(n, k, |i, j| table[(i, j)] - mean[j]);
    centred.transpose() * centred / (n as f64 - 1.0)
}

/// The one-factor model on the correlations, by expectation–maximisation (Rubin & Thayer 1982),
/// which never leaves the admissible region. A dimension without variance adds nothing.
fn omega_of(rows: &[&Vec<f64>], tolerance: f64) -> Outcome<f64> {
    const STEPS: usize = 50_000;
    let full = covariance(rows);
    let varying: Vec<usize> = (0..full.nrows()).filter(|&i| full[(i, i)] > 1e-12).collect();
    if varying.len() < 2 {
        return Err(Reason::NoVariation);
    }
    let deviations = DVector::from_iterator(varying.len(), varying.iter().map(|&i| full[(i, i)].sqrt()));
    let correlation = DMatrix::from_fn(varying.len(), varying.len(), |i, j| {
        full[(varying[i], varying[j])] / (deviations[i] * deviations[j])
    });

    let mut loadings = DVector::from_element(varying.len(), 0.7);
    let mut unique = DVector::from_element(varying.len(), 0.5);
    for _ in 0..STEPS {
        let weights = loadings.component_div(&unique);
        let beta = &weights / (1.0 + weights.dot(&loadings));
        let moved = &correlation * &beta;
        let factor_variance = 1.0 - beta.dot(&loadings) + beta.dot(&moved);
        let next = &moved / factor_variance;
        unique = next.zip_map(&moved, |l, m| (1.0 - l * m).max(LEAST_UNIQUENESS));
        let change = (&next - &loadings).amax();
        loadings = next;
        if change < tolerance {
            let common = loadings.dot(&deviations).powi(2);
            let own: f64 = unique.iter().zip(deviations.iter()).map(|(u, s)| u * s * s).sum();
            return Ok(common / (common + own));
        }
    }
    Err(Reason::NotConverged)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Twelve forms on four dimensions, made up for this test.
    fn forms() -> Vec<Vec<Option<f64>>> {
        [
            [4, 4, 3, 5],
            [2, 3, 2, 2],
            [5, 4, 4, 4],
            [3, 3, 3, 2],
            [1, 2, 2, 3],
            [4, 5, 4, 4],
            [3, 2, 4, 3],
            [2, 2, 1, 2],
            [5, 5, 4, 5],
            [3, 4, 3, 3],
            [4, 3, 5, 4],
            [2, 1, 2, 1],
        ]
        .iter()
        .map(|row| row.iter().map(|&x| Some(f64::from(x))).collect())
        .collect()
    }

    fn everyone() -> Vec<usize> {
        (0..forms().len()).collect()
    }

    /// Expected values: pingouin 0.7.0, `cronbach_alpha`.
    #[test]
    fn alpha_and_its_limits_equal_an_independent_implementation() {
        let alpha = alpha(&forms()).unwrap();

        assert!((alpha.value - 0.9119813881349361).abs() < 1e-9);
        assert!((alpha.lower - 0.788).abs() < 6e-4);
        assert!((alpha.upper - 0.972).abs() < 6e-4);
    }

    /// Expected value: the one-factor likelihood minimised with scipy's BFGS.
    #[test]
    fn omega_equals_an_independent_fit() {
        let omega = omega(&forms(), &everyone(), 1).unwrap();

        assert!((omega.value - 0.9151745299237253).abs() < 1e-5, "{}", omega.value);
        assert!(omega.lower < omega.value && omega.upper < 1.0);
    }

    #[test]
    fn the_forms_of_one_person_are_drawn_together() {
        let pairs: Vec<usize> = (0..12).map(|form| form / 2).collect();

        let by_form = omega(&forms(), &everyone(), 1).unwrap();
        let by_person = omega(&forms(), &pairs, 1).unwrap();

        assert_eq!(by_form.value, by_person.value);
        assert_ne!(by_form.lower, by_person.lower);
        assert_eq!(by_person, omega(&forms(), &pairs, 1).unwrap());
    }

    #[test]
    fn too_little_data_is_a_reason() {
        let one: Vec<_> = forms().iter().map(|f| vec![f[0]]).collect();
        let two: Vec<_> = forms().iter().map(|f| f[..2].to_vec()).collect();
        let flat = vec![vec![Some(3.0); 4]; 8];

        assert_eq!(alpha(&[]), Err(Reason::NoData));
        assert_eq!(alpha(&one), Err(Reason::FewDimensions { have: 1, need: 2 }));
        assert_eq!(omega(&two, &everyone(), 1), Err(Reason::FewDimensions { have: 2, need: 3 }));
        assert_eq!(alpha(&forms()[..4]), Err(Reason::FewForms { have: 4, need: 5 }));
        assert_eq!(alpha(&flat), Err(Reason::NoVariation));
        assert_eq!(omega(&flat, &everyone(), 1), Err(Reason::NoVariation));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn no_number_leaves_that_is_not_finite(
            rows in proptest::collection::vec(proptest::collection::vec(proptest::option::weighted(0.9, (1i32..=5).prop_map(f64::from)), 3), 1..12)
        ) {
            let each: Vec<usize> = (0..rows.len()).collect();
            if let Ok(alpha) = alpha(&rows) {
                prop_assert!(alpha.value <= 1.0 + 1e-9 && alpha.lower.is_finite());
            }
            if let Ok(omega) = omega(&rows, &each, 3) {
                prop_assert!((0.0..=1.0).contains(&omega.value));
            }
        }
    }
}
