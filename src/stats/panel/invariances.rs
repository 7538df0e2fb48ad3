//! What must not change the answers of the panel model, whatever the ratings.

use proptest::prelude::*;

use super::closed::Closed;
use super::tests::{VARIANCES, panel};
use crate::stats::ratings::{Rating, Ratings, Scale};
use crate::stats::weights::Weights;

/// Any small panel: 2–5 candidates, 2–4 raters, 1–3 dimensions, some cells missing.
fn any_panel() -> impl Strategy<Value = Ratings> {
    (2_usize..=5, 2_usize..=4, 1_usize..=3).prop_flat_map(|(p, r, d)| {
        prop::collection::vec(prop::option::weighted(0.8, 1_u8..=5), p * r * d).prop_map(move |cells| {
            let given = cells.iter().enumerate().filter_map(|(i, cell)| {
                let (candidate, rater, dimension) = (i / (r * d), i / d % r, i % d);
                cell.map(|v| Rating { candidate, rater, dimension, value: f64::from(v) })
            });
            Ratings::new(p, r, d, Scale::five_steps(), given).unwrap()
        })
    })
}

fn scores(ratings: &Ratings) -> Vec<f64> {
    let closed = Closed::new(ratings, &VARIANCES, Some((3.0, 1.5))).unwrap();
    closed.scores(&Weights::equal(ratings.dimensions())).0.iter().copied().collect()
}

fn close(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-8)
}

proptest! {
    #[test]
    fn other_labels_for_candidates_and_raters_change_no_score(ratings in any_panel()) {
        prop_assume!(ratings.count() > 0);
        let people: Vec<usize> = (0..ratings.candidates()).rev().collect();
        let raters: Vec<usize> = (0..ratings.raters()).rev().collect();

        let mut relabelled = scores(&ratings.with_candidates(&people).with_raters(&raters));

        relabelled.reverse();
        prop_assert!(close(&scores(&ratings), &relabelled));
    }

    #[test]
    fn a_constant_added_to_ratings_and_scale_moves_every_score_by_it(ratings in any_panel()) {
        prop_assume!(ratings.count() > 0);
        let moved = ratings.iter().map(|r| Rating { value: r.value + 7.0, ..r });
        let scale = Scale::new(8.0, 12.0).unwrap();
        let moved =
            Ratings::new(ratings.candidates(), ratings.raters(), ratings.dimensions(), scale, moved).unwrap();

        let back: Vec<f64> = scores(&moved).iter().map(|x| x - 7.0).collect();

        prop_assert!(close(&scores(&ratings), &back));
    }

    #[test]
    fn a_rater_entered_twice_has_the_same_severity_twice(ratings in any_panel()) {
        prop_assume!(ratings.count() > 0);
        let n = ratings.raters();
        let doubled = ratings.with_raters(&(0..n).chain([0]).collect::<Vec<_>>());

        let closed = Closed::new(&doubled, &VARIANCES, Some((3.0, 1.5))).unwrap();

        let (first, second) = (closed.severity(0), closed.severity(n));
        prop_assert!(close(&[first.0, first.1], &[second.0, second.1]));
    }

    #[test]
    fn every_rater_entered_twice_leaves_a_crossed_order_as_it_was(seed in 0_u64..1000) {
        let ratings = panel((5, 3, 3), seed, |_, _, _| true);
        let doubled = ratings.with_raters(&[0, 1, 2, 0, 1, 2]);

        let (once, twice) = (scores(&ratings), scores(&doubled));

        for a in 0..5 {
            for b in 0..5 {
                prop_assert!((once[a] - once[b]) * (twice[a] - twice[b]) >= -1e-12);
            }
        }
    }

    #[test]
    fn a_rater_who_gives_one_value_leaves_a_crossed_order_as_it_was(seed in 0_u64..1000) {
        let ratings = panel((5, 3, 3), seed, |_, _, _| true);
        let constant = ratings.iter().map(|r| if r.rater == 2 { Rating { value: 3.0, ..r } } else { r });
        let constant = Ratings::new(5, 3, 3, Scale::five_steps(), constant).unwrap();

        let (without, with) = (scores(&ratings.with_raters(&[0, 1])), scores(&constant));

        for a in 0..5 {
            for b in 0..5 {
                prop_assert!((without[a] - without[b]) * (with[a] - with[b]) >= -1e-12);
            }
        }
    }
}
