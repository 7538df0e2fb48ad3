//! Comparisons as they are shown, from small panels.

use proptest::prelude::*;

use super::*;
use crate::stats::estimate::Reason;
use crate::stats::ratings::{Rating, Scale};

const VARIANCES: Variances = Variances {
    candidate: 0.25,
    candidate_dimension: 0.09,
    rater: 0.09,
    rater_dimension: 0.04,
    candidate_rater: 0.16,
    residual: 0.36,
};

/// `forms[candidate][rater]` holds the same rating on both dimensions; 0 where there is no form.
fn ratings(forms: &[&[u8]]) -> Ratings {
    let given = forms.iter().enumerate().flat_map(|(candidate, row)| {
        row.iter().enumerate().filter(|(_, value)| **value > 0).flat_map(move |(rater, value)| {
            (0..2).map(move |dimension| Rating { candidate, rater, dimension, value: f64::from(*value) })
        })
    });
    Ratings::new(forms.len(), forms[0].len(), 2, Scale::five_steps(), given).unwrap()
}

fn given(ratings: &Ratings, listing: Listing) -> Comparison {
    compare_given(ratings, &Weights::equal(2), listing, &VARIANCES, 1).unwrap()
}

#[test]
fn verdicts_change_at_their_stated_probabilities() {
    let codes: Vec<_> = [0.59, 0.60, 0.80, 0.95, 0.05].map(|p| Verdict::of(p).code()).into();

    assert_eq!(codes, ["open", "leaning", "probable", "clear", "clear"]);
}

#[test]
fn a_clear_leader_is_listed_first_alone_in_its_band_and_on_the_shortlist() {
    let found = given(&ratings(&[&[2, 2, 3], &[5, 5, 5], &[3, 2, 2]]), Listing::Separate);

    let list = &found.lists[0];
    let leader = &list.candidates[0];
    assert_eq!((leader.candidate, leader.band, leader.rank), (1, 1, (1, 1)));
    assert_eq!(list.shortlist, [1]);
    assert_eq!(list.candidates[1].band, list.candidates[2].band);
    assert_eq!(list.pairs[0].verdict, Verdict::Clear);
    assert_eq!(leader.raw_mean, Ok(5.0));
    assert!(leader.fair_score.value < 5.0 && leader.fair_score.value > list.candidates[1].fair_score.value);
    assert_eq!(found.pair(0, 2).unwrap().verdict, Verdict::Open);
}

#[test]
fn probabilities_of_being_best_and_ranks_add_up() {
    let found = given(&ratings(&[&[3, 4, 3], &[4, 4, 3], &[3, 2, 4], &[2, 3, 3]]), Listing::Separate);

    let standings = &found.lists[0].candidates;
    assert!((standings.iter().map(|s| s.p_best).sum::<f64>() - 1.0).abs() < 1e-9);
    assert!((standings.iter().map(|s| s.expected_rank).sum::<f64>() - 10.0).abs() < 1e-9);
    for standing in standings {
        assert!((standing.p_top[3] - 1.0).abs() < 1e-9);
        assert!(standing.fair_score.lower < standing.narrow.lower);
        assert!(standing.narrow.upper < standing.fair_score.upper);
        assert!(standing.rank.0 <= standing.rank.1);
    }
    let held: f64 =
        standings.iter().filter(|s| found.lists[0].shortlist.contains(&s.candidate)).map(|s| s.p_best).sum();
    assert!(held >= SHORTLIST);
}

#[test]
fn candidates_whom_no_common_rater_saw_are_listed_apart_unless_asked_for() {
    let apart = ratings(&[&[4, 4, 0, 0], &[3, 3, 0, 0], &[0, 0, 5, 4], &[0, 0, 2, 3]]);

    let separate = given(&apart, Listing::Separate);
    let joint = given(&apart, Listing::Joint);

    assert_eq!(separate.lists.len(), 2);
    assert!(separate.pair(0, 1).is_some() && separate.pair(0, 2).is_none());
    assert!((separate.lists[0].candidates.iter().map(|s| s.p_best).sum::<f64>() - 1.0).abs() < 1e-9);
    assert_eq!(joint.lists.len(), 1);
    assert!(joint.pair(0, 2).is_some());
}

#[test]
fn candidates_and_raters_without_a_rating_do_not_enter_the_comparison() {
    let found = given(&ratings(&[&[0, 0, 0], &[4, 0, 4], &[3, 0, 3]]), Listing::Separate);

    assert_eq!((found.unrated, found.rated, found.raters), (vec![0], vec![1, 2], vec![0, 2]));
    assert_eq!(found.lists[0].candidates.iter().map(|s| s.candidate).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn one_rater_is_too_few_and_no_rating_is_no_data() {
    let weights = Weights::equal(2);
    let of = |ratings: &Ratings| compare(ratings, &weights, Listing::Separate, 1).err();

    assert_eq!(of(&ratings(&[&[4], &[3]])), Some(Reason::FewRaters { have: 1, need: 2 }));
    assert_eq!(of(&ratings(&[&[0, 0]])), Some(Reason::NoData));
}

#[test]
fn equal_ratings_leave_everybody_in_one_band() {
    let found = compare(&ratings(&[&[3, 3], &[3, 3], &[3, 3]]), &Weights::equal(2), Listing::Separate, 1).unwrap();

    let list = &found.lists[0];
    assert!(list.candidates.iter().all(|s| s.band == 1));
    assert!(list.pairs.iter().all(|pair| pair.verdict == Verdict::Open));
    assert_eq!(list.shortlist.len(), 3);
}

#[test]
fn a_dimension_that_stands_out_is_named_and_one_without_rating_is_marked() {
    let mut all = Vec::new();
    for candidate in 0..4 {
        for rater in 0..4 {
            for dimension in (0..3).filter(|&d| !(candidate == 3 && d == 2)) {
                let value = if candidate == 0 && dimension == 0 { 5.0 } else { 3.0 };
                all.push(Rating { candidate, rater, dimension, value });
            }
        }
    }
    let ratings = Ratings::new(4, 4, 3, Scale::five_steps(), all).unwrap();

    let found = compare_given(&ratings, &Weights::equal(3), Listing::Separate, &VARIANCES, 1).unwrap();

    let of = |c| &found.lists[0].candidates.iter().find(|s| s.candidate == c).unwrap().profile;
    assert_eq!(of(0)[0].stands_out, 1);
    assert!(of(3)[2].unrated && !of(3)[1].unrated);
    assert!(of(3)[2].level.upper - of(3)[2].level.lower > of(2)[2].level.upper - of(2)[2].level.lower);
}

#[test]
fn the_raw_mean_leaves_out_a_dimension_that_nobody_rated() {
    let one = |dimension, value| Rating { candidate: 0, rater: 0, dimension, value };
    let ratings = Ratings::new(1, 1, 3, Scale::five_steps(), [one(0, 2.0), one(1, 5.0)]).unwrap();

    assert!((raw_mean(&ratings, 0, &Weights::new(&[2.0, 1.0, 7.0]).unwrap()).unwrap() - 3.0).abs() < 1e-12);
    assert_eq!(raw_mean(&ratings, 0, &Weights::new(&[0.0, 0.0, 1.0]).unwrap()), Err(Reason::NoData));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn every_figure_is_finite_whatever_the_ratings(
        cells in prop::collection::vec(prop::option::weighted(0.6, prop_oneof![Just(1_u8), Just(3), Just(5)]), 24)
    ) {
        let given = cells.iter().enumerate().filter_map(|(i, cell)| {
            cell.map(|v| Rating { candidate: i / 6, rater: i / 2 % 3, dimension: i % 2, value: f64::from(v) })
        });
        let ratings = Ratings::new(4, 3, 2, Scale::five_steps(), given).unwrap();

        let Ok(found) = compare(&ratings, &Weights::equal(2), Listing::Separate, 1) else { return Ok(()) };

        for standing in found.lists.iter().flat_map(|list| &list.candidates) {
            let levels = standing.profile.iter().map(|dimension| dimension.level);
            for estimate in levels.chain([standing.fair_score, standing.narrow]) {
                prop_assert!([estimate.value, estimate.lower, estimate.upper].iter().all(|x| x.is_finite()));
            }
            prop_assert!(standing.p_top.iter().all(|p| (0.0..=1.0).contains(p)));
            prop_assert!(standing.expected_rank.is_finite());
        }
        for pair in found.pairs() {
            prop_assert!((0.0..=1.0).contains(&pair.p) && (0.0..=1.0).contains(&pair.p_margin));
        }
    }
}
