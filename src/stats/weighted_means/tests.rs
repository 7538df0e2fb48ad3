use proptest::prelude::*;

use super::*;
use crate::stats::ratings::{Rating, Scale};

/// `rows[candidate][rater][dimension]`, 0 for no rating.
fn table(rows: &[Vec<Vec<u8>>], shift: f64) -> Ratings {
    let raters = rows.iter().map(Vec::len).max().unwrap_or(0);
    let dimensions = rows.iter().flatten().map(Vec::len).max().unwrap_or(0);
    let given = rows.iter().enumerate().flat_map(|(candidate, forms)| {
        forms.iter().enumerate().flat_map(move |(rater, form)| {
            form.iter().enumerate().filter(|(_, x)| **x > 0).map(move |(dimension, x)| Rating {
                candidate,
                rater,
                dimension,
                value: f64::from(*x) + shift,
            })
        })
    });
    let scale = Scale::new(1.0 + shift, 5.0 + shift).unwrap();
    Ratings::new(rows.len(), raters, dimensions, scale, given).unwrap()
}

fn means(rows: &[Vec<Vec<u8>>], weights: &[f64]) -> WeightedMeans {
    weighted_means(&table(rows, 0.0), &Weights::new(weights).unwrap())
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn a_complete_panel_gives_the_pooled_variance_of_one_way_analysis() {
    // Raters' means: 4 and 5 · 2, 3 and 4. Residuals ±.5 and −1, 0, 1: σ² = 2.5 / 3, ν = 3.
    let found = means(&[vec![vec![4, 4], vec![5, 5]], vec![vec![2, 2], vec![3, 3], vec![4, 4]]], &[1.0, 3.0]);

    let spread = found.spread.unwrap();
    assert!(close(spread.variance, 2.5 / 3.0) && close(spread.degrees_of_freedom, 3.0));
    assert!(close(found.candidates[0].mean.unwrap(), 4.5) && close(found.candidates[1].mean.unwrap(), 3.0));
    assert!(close(found.candidates[0].standard_error.unwrap(), (2.5f64 / 6.0).sqrt()));
    // t(.95; 3) = 2.353363
    let interval = found.interval(1, 0.9).unwrap();
    assert!((interval.upper - 3.0 - 2.353_363 * (2.5f64 / 9.0).sqrt()).abs() < 1e-5);
    assert!(close(found.interval(0, 0.9).unwrap().upper, 5.0), "cut at the end of the scale");
}

#[test]
fn two_rounds_on_different_dimensions_are_two_panels_of_one_candidate() {
    // Raters 0 and 1 on the first dimension, 2 and 3 on the second.
    let found = means(&[vec![vec![2, 0], vec![4, 0], vec![0, 5], vec![0, 4]]], &[1.0, 1.0]);

    let spread = found.spread.unwrap();
    assert!(close(spread.degrees_of_freedom, 2.0), "{spread:?}");
    assert!(close(spread.variance, (1.0 + 1.0 + 0.25 + 0.25) / 2.0));
    assert!(close(found.candidates[0].mean.unwrap(), 3.75));
    assert!(close(found.candidates[0].standard_error.unwrap(), (spread.variance / 4.0).sqrt()));
}

#[test]
fn a_missing_rating_is_left_out_and_its_weight_given_to_the_others() {
    let found = means(&[vec![vec![4, 0, 2], vec![5, 0, 3]]], &[0.5, 0.3, 0.2]);

    let candidate = &found.candidates[0];
    assert!(close(candidate.mean.unwrap(), (0.5 * 4.5 + 0.2 * 2.5) / 0.7));
    assert!(close(candidate.covered, 0.7));
    assert_eq!((candidate.raters, candidate.ratings), (2, 4));
    assert_eq!(candidate.dimensions[1].mean, None);
}

#[test]
fn without_two_raters_of_the_same_thing_there_is_a_mean_but_no_interval() {
    let alone = means(&[vec![vec![4, 4]], vec![vec![0, 0], vec![2, 2]]], &[1.0, 1.0]);
    assert_eq!(alone.interval(0, 0.9), Err(Reason::FewRaters { have: 1, need: 2 }));
    assert_eq!(alone.candidates[1].mean, Some(2.0));

    let side_by_side = means(&[vec![vec![4, 0], vec![0, 4]]], &[1.0, 1.0]);
    assert_eq!(side_by_side.spread, Err(Reason::FewRaters { have: 1, need: 2 }));

    let nothing = means(&[vec![vec![0, 0]]], &[1.0, 1.0]);
    assert_eq!((nothing.candidates[0].mean, nothing.interval(0, 0.9)), (None, Err(Reason::NoData)));
}

#[test]
fn one_rater_borrows_the_spread_of_the_others_and_is_less_sure() {
    let found = means(&[vec![vec![4], vec![5]], vec![vec![2]]], &[1.0]);

    let (two, one) = (found.candidates[0].standard_error.unwrap(), found.candidates[1].standard_error.unwrap());
    assert!(close(one, two * 2.0f64.sqrt()));
}

#[test]
fn raters_who_agree_to_the_point_are_still_as_unsure_as_rounding_makes_them() {
    let found = means(&[vec![vec![4, 4], vec![4, 4]]], &[1.0, 1.0]);

    assert!(close(found.spread.unwrap().variance, 0.5 / 12.0));
    let interval = found.interval(0, 0.9).unwrap();
    assert!(interval.lower < 4.0 && interval.upper > 4.0);
}

#[test]
fn two_points_apart_is_a_disagreement_and_one_is_not() {
    let found = means(&[vec![vec![2, 3], vec![3, 3], vec![5, 4]]], &[1.0, 1.0]);

    let [split, near] = found.candidates[0].dimensions[..] else { panic!("two dimensions") };
    assert!(split.disagreement && close(split.range, 3.0));
    assert!(!near.disagreement && close(near.standard_deviation.unwrap(), (1.0f64 / 3.0).sqrt()));
    assert!(close(found.candidates[0].within_spread.unwrap(), (1.0f64 / 3.0).sqrt()));
}

fn pools() -> impl Strategy<Value = (Vec<Vec<Vec<u8>>>, Vec<f64>)> {
    (1usize..5, 1usize..5, 1usize..5).prop_flat_map(|(c, r, d)| {
        let form = prop::collection::vec(0u8..=5, d);
        (prop::collection::vec(prop::collection::vec(form, r), c), prop::collection::vec(0.05f64..1.0, d))
    })
}

fn same(a: &Outcome, b: &Outcome, shift: f64) -> bool {
    match (a, b) {
        (Ok(a), Ok(b)) => {
            close(a.value + shift, b.value) && close(a.lower + shift, b.lower) && close(a.upper + shift, b.upper)
        }
        (a, b) => a == b,
    }
}

proptest! {
    #[test]
    fn every_number_is_finite_and_inside_the_scale((rows, w) in pools()) {
        let found = means(&rows, &w);
        for (c, row) in found.candidates.iter().enumerate() {
            prop_assert!(row.mean.is_none_or(|m| (1.0..=5.0).contains(&(m + 1e-12).min(5.0))));
            prop_assert!(row.forms.iter().all(|f| f.mean.is_finite() && f.covered.is_finite()));
            if let Ok(i) = found.interval(c, 0.9) {
                prop_assert!(i.lower <= i.value + 1e-9 && i.value <= i.upper + 1e-9);
                prop_assert!(i.lower >= 1.0 && i.upper <= 5.0);
                let inner = found.interval(c, 0.5).unwrap();
                prop_assert!(inner.lower >= i.lower && inner.upper <= i.upper);
            }
        }
    }

    #[test]
    fn names_and_order_of_candidates_and_raters_do_not_matter((rows, w) in pools()) {
        let found = means(&rows, &w);
        let mirrored: Vec<Vec<Vec<u8>>> =
            rows.iter().rev().map(|forms| forms.iter().rev().cloned().collect()).collect();
        let other = means(&mirrored, &w);
        for c in 0..rows.len() {
            prop_assert!(same(&found.interval(c, 0.9), &other.interval(rows.len() - 1 - c, 0.9), 0.0));
        }
    }

    #[test]
    fn adding_a_constant_moves_everything_by_it((rows, w) in pools(), shift in -3.0f64..3.0) {
        let weights = Weights::new(&w).unwrap();
        let found = weighted_means(&table(&rows, 0.0), &weights);
        let moved = weighted_means(&table(&rows, shift), &weights);
        for c in 0..rows.len() {
            prop_assert!(same(&found.interval(c, 0.9), &moved.interval(c, 0.9), shift));
        }
    }

    #[test]
    fn only_the_proportions_of_the_weights_matter((rows, w) in pools(), factor in 0.01f64..100.0) {
        let scaled: Vec<f64> = w.iter().map(|w| w * factor).collect();
        let (found, other) = (means(&rows, &w), means(&rows, &scaled));
        for c in 0..rows.len() {
            prop_assert!(same(&found.interval(c, 0.9), &other.interval(c, 0.9), 0.0));
        }
    }

    #[test]
    fn a_panel_that_is_there_twice_keeps_its_means_and_is_never_less_sure((rows, w) in pools()) {
        let twice: Vec<Vec<Vec<u8>>> = rows.iter().map(|f| [f.clone(), f.clone()].concat()).collect();
        let (once, twice) = (means(&rows, &w), means(&twice, &w));
        for (a, b) in once.candidates.iter().zip(&twice.candidates) {
            prop_assert!(a.mean.zip(b.mean).is_none_or(|(a, b)| close(a, b)) && a.mean.is_some() == b.mean.is_some());
            if let (Ok(a), Ok(b)) = (a.standard_error, b.standard_error) {
                prop_assert!(b <= a + 1e-9);
            }
        }
    }

    #[test]
    fn a_rater_who_gives_everybody_the_same_keeps_the_order((rows, w) in pools()) {
        let full: Vec<Vec<Vec<u8>>> =
            rows.iter().map(|f| f.iter().map(|g| g.iter().map(|x| (*x).max(1)).collect()).collect()).collect();
        let constant = vec![3; w.len()];
        let more: Vec<Vec<Vec<u8>>> = full.iter().map(|f| [f.clone(), vec![constant.clone()]].concat()).collect();
        let (before, after) = (means(&full, &w), means(&more, &w));
        let order = |m: &WeightedMeans, a: usize, b: usize| {
            let d = m.candidates[a].mean.unwrap() - m.candidates[b].mean.unwrap();
            if d.abs() < 1e-9 { 0 } else if d > 0.0 { 1 } else { -1 }
        };
        for a in 0..full.len() {
            for b in 0..full.len() {
                prop_assert_eq!(order(&before, a, b), order(&after, a, b));
            }
            prop_assert!(after.interval(a, 0.9).is_ok());
        }
    }
}
