//! Kappas: agreement of two raters, or of many on names, beyond chance (Cohen 1968; Fleiss 1971).

use crate::stats::estimate::{Outcome, Reason, finite};
use crate::stats::minimum::CANDIDATES;

/// What a disagreement of a given size costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighting {
    /// Every disagreement costs the same.
    None,
    /// The cost is the distance of the two values.
    Linear,
    /// The cost is the squared distance.
    Quadratic,
}

/// Two raters on the candidates both have rated. Kappa falls when the ratings bunch, so the two
/// plain shares stand beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairAgreement {
    pub shared: usize,
    pub linear: Outcome<f64>,
    pub quadratic: Outcome<f64>,
    /// Share of shared candidates with the same rating, 0–1.
    pub exact: Outcome<f64>,
    /// Share of shared candidates with ratings at most one point apart, 0–1.
    pub within_one: Outcome<f64>,
}

/// The agreement of two raters; the slices name the same candidates in the same order.
pub fn pair_agreement(a: &[Option<f64>], b: &[Option<f64>]) -> PairAgreement {
    let pairs = shared(a, b);
    let share_within = |distance: f64| {
        if pairs.is_empty() {
            return Err(Reason::NoData);
        }
        let near = pairs.iter().filter(|(x, y)| (x - y).abs() <= distance + 1e-9).count();
        finite(near as f64 / pairs.len() as f64)
    };
    PairAgreement {
        shared: pairs.len(),
        linear: weighted_kappa(a, b, Weighting::Linear),
        quadratic: weighted_kappa(a, b, Weighting::Quadratic),
        exact: share_within(0.0),
        within_one: share_within(1.0),
    }
}

/// κ_w = 1 − Σ w·observed / Σ w·expected, expected from the two raters' own distributions.
///
/// Needs five shared candidates; [`Reason::NoVariation`] if both gave one and the same value
/// throughout.
pub fn weighted_kappa(a: &[Option<f64>], b: &[Option<f64>], weighting: Weighting) -> Outcome<f64> {
    let pairs = shared(a, b);
    if pairs.len() < CANDIDATES {
        return Err(Reason::FewCandidates { have: pairs.len(), need: CANDIDATES });
    }
    let cost = |x: f64, y: f64| match weighting {
        Weighting::None => f64::from(u8::from(x != y)),
        Weighting::Linear => (x - y).abs(),
        Weighting::Quadratic => (x - y).powi(2),
    };
    let n = pairs.len() as f64;
    let observed: f64 = pairs.iter().map(|&(x, y)| cost(x, y)).sum::<f64>() / n;
    let expected: f64 =
        pairs.iter().map(|&(x, _)| pairs.iter().map(|&(_, y)| cost(x, y)).sum::<f64>()).sum::<f64>() / (n * n);
    if expected == 0.0 {
        return Err(Reason::NoVariation);
    }
    finite(1.0 - observed / expected)
}

/// Fleiss' kappa of units (rows) × raters on names: every unit needs the same number of values, at
/// least two, though not from the same people.
pub fn fleiss_kappa(units: &[Vec<Option<f64>>]) -> Outcome<f64> {
    let values: Vec<Vec<f64>> = units.iter().map(|unit| unit.iter().flatten().copied().collect()).collect();
    let raters = values.first().map_or(0, Vec::len);
    if values.is_empty() {
        return Err(Reason::NoData);
    }
    if raters < 2 {
        return Err(Reason::FewRaters { have: raters, need: 2 });
    }
    if values.iter().any(|unit| unit.len() != raters) {
        return Err(Reason::NotCrossed);
    }
    if values.len() < CANDIDATES {
        return Err(Reason::FewCandidates { have: values.len(), need: CANDIDATES });
    }

    let mut names: Vec<f64> = values.iter().flatten().copied().collect();
    names.sort_by(f64::total_cmp);
    names.dedup();
    let count = |unit: &[f64], name: f64| unit.iter().filter(|&&x| x == name).count() as f64;
    let (n, m) = (values.len() as f64, raters as f64);
    let mut agreed = 0.0;
    let mut expected = 0.0;
    for &name in &names {
        let counts: Vec<f64> = values.iter().map(|unit| count(unit, name)).collect();
        agreed += counts.iter().map(|c| c * (c - 1.0)).sum::<f64>();
        expected += (counts.iter().sum::<f64>() / (n * m)).powi(2);
    }
    let observed = agreed / (n * m * (m - 1.0));
    if names.len() < 2 {
        return Err(Reason::NoVariation);
    }
    finite((observed - expected) / (1.0 - expected))
}

fn shared(a: &[Option<f64>], b: &[Option<f64>]) -> Vec<(f64, f64)> {
    a.iter().zip(b).filter_map(|(x, y)| Some(((*x)?, (*y)?))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn given<const N: usize>(values: [i32; N]) -> Vec<Option<f64>> {
        values.iter().map(|&x| (x != 0).then(|| f64::from(x))).collect()
    }

    /// Expected values: scikit-learn 1.9.1, `cohen_kappa_score`.
    #[test]
    fn weighted_kappas_equal_an_independent_implementation() {
        let a = given([1, 2, 3, 4, 5, 5, 3, 2, 1, 4]);
        let b = given([2, 2, 3, 3, 5, 4, 3, 1, 1, 5]);

        let kappa = |w| weighted_kappa(&a, &b, w).unwrap();

        assert!((kappa(Weighting::None) - 0.375).abs() < 1e-10);
        assert!((kappa(Weighting::Linear) - 0.6835443037974684).abs() < 1e-10);
        assert!((kappa(Weighting::Quadratic) - 0.8717948717948718).abs() < 1e-10);
    }

    /// Fleiss (1971), as reprinted with ten subjects and fourteen raters: κ = 0.210.
    #[test]
    fn the_worked_example_of_fleiss_gives_its_printed_value() {
        let counts = [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ];
        let units: Vec<Vec<Option<f64>>> = counts
            .iter()
            .map(|row| row.iter().enumerate().flat_map(|(name, &count)| vec![Some(name as f64); count]).collect())
            .collect();

        assert_eq!(format!("{:.3}", fleiss_kappa(&units).unwrap()), "0.210");
    }

    #[test]
    fn shares_count_only_candidates_whom_both_rated() {
        let agreement = pair_agreement(&given([3, 4, 0, 5, 1]), &given([3, 5, 2, 3, 0]));

        assert_eq!(agreement.shared, 3);
        assert_eq!(agreement.exact, Ok(1.0 / 3.0));
        assert_eq!(agreement.within_one, Ok(2.0 / 3.0));
        assert_eq!(agreement.linear, Err(Reason::FewCandidates { have: 3, need: 5 }));
    }

    #[test]
    fn raters_who_give_everybody_the_same_have_no_kappa() {
        let threes = given([3, 3, 3, 3, 3]);

        assert_eq!(weighted_kappa(&threes, &threes, Weighting::Quadratic), Err(Reason::NoVariation));
        assert_eq!(fleiss_kappa(&vec![vec![Some(1.0), Some(1.0)]; 6]), Err(Reason::NoVariation));
        assert_eq!(pair_agreement(&[], &[]).exact, Err(Reason::NoData));
    }

    proptest! {
        #[test]
        fn kappa_is_the_same_both_ways_and_at_most_one(
            pairs in proptest::collection::vec((1i32..=5, 1i32..=5), 5..20)
        ) {
            let a: Vec<_> = pairs.iter().map(|p| Some(f64::from(p.0))).collect();
            let b: Vec<_> = pairs.iter().map(|p| Some(f64::from(p.1))).collect();

            for weighting in [Weighting::None, Weighting::Linear, Weighting::Quadratic] {
                let there = weighted_kappa(&a, &b, weighting);
                let back = weighted_kappa(&b, &a, weighting);
                match (there, back) {
                    (Ok(x), Ok(y)) => prop_assert!((x - y).abs() < 1e-12 && x <= 1.0),
                    (x, y) => prop_assert_eq!(x, y),
                }
            }
        }
    }
}
