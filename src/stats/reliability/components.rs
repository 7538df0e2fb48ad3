//! The variance components of a table of ratings by restricted maximum likelihood, for any design.

use super::reml::{Fit, Model, fit};
use crate::stats::estimate::{Outcome, Reason};
use crate::stats::minimum::CANDIDATES;
use crate::stats::ratings::{Rating, Ratings};
use crate::stats::variances::Variances;

/// The components, in squared points of the scale; one that the design cannot tell from another is
/// a reason, and its share is part of that other.
///
/// Small panels often put a component at exactly zero. That is where the likelihood is greatest, not
/// evidence that there is none: the panel model says how large it may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Components {
    pub candidate: Outcome<f64>,
    pub candidate_dimension: Outcome<f64>,
    pub rater: Outcome<f64>,
    pub rater_dimension: Outcome<f64>,
    pub candidate_rater: Outcome<f64>,
    pub residual: Outcome<f64>,
    /// Restricted log-likelihood.
    pub log_likelihood: f64,
}

/// Fits μ_d + θ_p + γ_pd + ρ_r + κ_rd + h_pr + e. Needs five candidates, and two raters of one
/// candidate.
pub fn components(ratings: &Ratings) -> Outcome<Components> {
    let given: Vec<Rating> = ratings.iter().collect();
    if given.is_empty() {
        return Err(Reason::NoData);
    }
    let by = |key: fn(&Rating) -> (usize, usize)| number(given.iter().map(key).collect());
    let candidate = by(|r| (r.candidate, 0));
    let rater = by(|r| (r.rater, 0));
    let dimension = by(|r| (r.dimension, 0));
    let form = by(|r| (r.candidate, r.rater));
    let candidate_dimension = by(|r| (r.candidate, r.dimension));
    let rater_dimension = by(|r| (r.rater, r.dimension));

    if candidate.levels < CANDIDATES {
        return Err(Reason::FewCandidates { have: candidate.levels, need: CANDIDATES });
    }
    if rater.levels < 2 || form.levels == candidate.levels {
        return Err(Reason::FewRaters { have: 1, need: 2 });
    }
    let told_apart = |finer: &Partition, coarser: &Partition| {
        if dimension.levels < 2 {
            Err(Reason::FewDimensions { have: dimension.levels, need: 2 })
        } else if finer.levels == coarser.levels || finer.levels == given.len() {
            Err(Reason::NotEstimable)
        } else {
            Ok(())
        }
    };
    let with_candidate_dimension = told_apart(&candidate_dimension, &candidate);
    let with_form = told_apart(&form, &candidate);
    let with_rater_dimension = told_apart(&rater_dimension, &rater);

    let mut inner = vec![candidate.of.clone()];
    if with_candidate_dimension.is_ok() {
        inner.push(candidate_dimension.of);
    }
    if with_form.is_ok() {
        inner.push(form.of);
    }
    let mut outer = vec![rater.of];
    if with_rater_dimension.is_ok() {
        outer.push(rater_dimension.of);
    }
    let values: Vec<f64> = given.iter().map(|r| r.value).collect();
    let Fit { inner, outer, residual, log_likelihood } =
        fit(&Model { values: &values, cluster: &candidate.of, fixed: &dimension.of, inner, outer })?;

    let (mut inner, mut outer) = (inner.into_iter(), outer.into_iter());
    let mut next_inner = |kept: Outcome<()>| kept.and_then(|()| inner.next().ok_or(Reason::NotEstimable));
    let mut next_outer = |kept: Outcome<()>| kept.and_then(|()| outer.next().ok_or(Reason::NotEstimable));
    Ok(Components {
        candidate: next_inner(Ok(())),
        candidate_dimension: next_inner(with_candidate_dimension),
        candidate_rater: next_inner(with_form),
        rater: next_outer(Ok(())),
        rater_dimension: next_outer(with_rater_dimension),
        residual: Ok(residual),
        log_likelihood,
    })
}

impl Components {
    /// The variances as numbers: what the design cannot tell apart counts where it is part of.
    pub fn variances(&self) -> Variances {
        Variances {
            candidate: self.candidate.unwrap_or(0.0),
            candidate_dimension: self.candidate_dimension.unwrap_or(0.0),
            rater: self.rater.unwrap_or(0.0),
            rater_dimension: self.rater_dimension.unwrap_or(0.0),
            candidate_rater: self.candidate_rater.unwrap_or(0.0),
            residual: self.residual.unwrap_or(0.0),
        }
    }
}

/// Observations by group, groups numbered from 0.
struct Partition {
    of: Vec<usize>,
    levels: usize,
}

fn number(names: Vec<(usize, usize)>) -> Partition {
    let mut known = names.clone();
    known.sort_unstable();
    known.dedup();
    Partition {
        of: names.iter().map(|name| known.partition_point(|other| other < name)).collect(),
        levels: known.len(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::ratings::Scale;
    use crate::stats::reliability::icc::mean_squares;

    /// Sixteen candidates, six raters, two or three of them for each candidate, four dimensions,
    /// one rating in ten missing.
    const SPARSE: &str = include_str!("../../../tests/data/stats/sparse-panel.csv");

    fn sparse() -> Vec<Rating> {
        SPARSE
            .lines()
            .skip(1)
            .map(|line| {
                let fields: Vec<usize> = line.split(',').map(|x| x.parse().unwrap()).collect();
                Rating { candidate: fields[0], rater: fields[1], dimension: fields[2], value: fields[3] as f64 }
            })
            .collect()
    }

    fn table(given: Vec<Rating>) -> Ratings {
        Ratings::new(20, 10, 6, Scale::new(-100.0, 100.0).unwrap(), given).unwrap()
    }

    fn close(a: Outcome<f64>, b: f64) {
        let a = a.unwrap();
        assert!((a - b).abs() < 2e-5, "{a} is not {b}");
    }

    /// Expected values: the restricted likelihood of the whole covariance matrix, written out in
    /// numpy and maximised with scipy; statsmodels 0.15 `MixedLM` (BFGS) finds the same maximum to
    /// five digits. See tests/data/stats/README.md.
    #[test]
    fn a_sparse_design_gives_the_components_of_an_independent_fit() {
        let components = components(&table(sparse())).unwrap();

        close(components.candidate, 0.45371689);
        close(components.candidate_dimension, 0.05521538);
        close(components.rater, 0.07698376);
        close(components.rater_dimension, 0.0867763);
        close(components.candidate_rater, 0.2573366);
        close(components.residual, 0.42106264);
        assert!((components.log_likelihood + 194.2500577).abs() < 1e-6);
    }

    #[test]
    fn in_a_complete_block_of_one_dimension_the_components_are_those_of_the_analysis_of_variance() {
        // given: Shrout & Fleiss (1979), table 2
        let rows = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
        let block: Vec<Vec<Option<f64>>> =
            rows.iter().map(|row| row.iter().map(|&x| Some(f64::from(x))).collect()).collect();
        let given = rows.iter().enumerate().flat_map(|(candidate, row)| {
            row.iter().enumerate().map(move |(rater, &x)| Rating { candidate, rater, dimension: 0, value: x.into() })
        });

        let components = components(&table(given.collect())).unwrap();

        let ms = mean_squares(&block).unwrap();
        close(components.candidate, (ms.between - ms.error) / 4.0);
        close(components.rater, (ms.raters_between - ms.error) / 6.0);
        close(components.residual, ms.error);
        assert_eq!(components.candidate_rater, Err(Reason::FewDimensions { have: 1, need: 2 }));
        assert_eq!(components.variances().candidate_rater, 0.0);
    }

    #[test]
    fn too_little_data_is_a_reason() {
        let four: Vec<Rating> = sparse().into_iter().filter(|r| r.candidate < 4).collect();
        let alone: Vec<Rating> = sparse().into_iter().filter(|r| r.rater == 0).collect();
        let flat: Vec<Rating> = sparse().into_iter().map(|r| Rating { value: 3.0, ..r }).collect();

        assert_eq!(components(&table(vec![])), Err(Reason::NoData));
        assert_eq!(components(&table(four)), Err(Reason::FewCandidates { have: 4, need: 5 }));
        assert_eq!(components(&table(alone)), Err(Reason::FewRaters { have: 1, need: 2 }));
        assert_eq!(components(&table(flat)), Err(Reason::NoVariation));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn names_and_a_constant_change_nothing_and_a_unit_squares(
            candidates in Just((0..20).collect::<Vec<usize>>()).prop_shuffle(),
            raters in Just((0..10).collect::<Vec<usize>>()).prop_shuffle(),
            constant in -3.0..3.0f64,
        ) {
            let moved = sparse().into_iter().map(|r| Rating {
                candidate: candidates[r.candidate],
                rater: raters[r.rater],
                dimension: 3 - r.dimension,
                value: constant + 2.0 * r.value,
            });

            let there = components(&table(sparse())).unwrap().variances().to_array();
            let back = components(&table(moved.collect())).unwrap().variances().to_array();

            for (a, b) in there.iter().zip(back) {
                prop_assert!((4.0 * a - b).abs() < 1e-4, "{} {}", 4.0 * a, b);
            }
        }

        #[test]
        fn any_table_gives_components_that_are_not_negative_or_a_reason(
            values in proptest::collection::vec(proptest::option::weighted(0.7, 1i32..=5), 6 * 3 * 2)
        ) {
            let given = values.iter().enumerate().filter_map(|(i, value)| {
                value.map(|x| Rating { candidate: i / 6, rater: i / 2 % 3, dimension: i % 2, value: x.into() })
            });

            match components(&table(given.collect())) {
                Ok(found) => prop_assert!(found.variances().to_array().iter().all(|v| v.is_finite() && *v >= 0.0)),
                Err(reason) => prop_assert!(reason != Reason::NotConverged, "{reason}"),
            }
        }
    }
}
