use proptest::prelude::*;

use super::*;
use crate::stats::ratings::{Rating, Scale};

fn with_forms(candidates: usize, raters: usize, forms: &[(usize, usize)]) -> Ratings {
    let given = forms.iter().flat_map(|&(candidate, rater)| {
        (0..2).map(move |dimension| Rating { candidate, rater, dimension, value: 3.0 })
    });
    Ratings::new(candidates, raters, 2, Scale::five_steps(), given).unwrap()
}

fn two_parts() -> Ratings {
    with_forms(5, 4, &[(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (4, 2), (4, 3)])
}

#[test]
fn parts_without_a_common_rater_are_found_and_the_rank_falls_short_by_one() {
    let found = Connectedness::new(&two_parts());

    assert_eq!(found.parts[0], Part { candidates: vec![2, 3, 4], raters: vec![2, 3] });
    assert_eq!(found.parts[1], Part { candidates: vec![0, 1], raters: vec![0, 1] });
    assert!(!found.connected() && !found.crossed);
    assert_eq!((found.rank, found.rank_needed), (8, 9));
    assert!(found.bridges.is_empty() && found.articulation.is_empty());
}

#[test]
fn one_form_that_holds_two_parts_together_is_a_weak_link() {
    let mut forms: Vec<_> = two_parts().forms().collect();
    forms.push((1, 2));

    let found = Connectedness::new(&with_forms(5, 4, &forms));

    assert!(found.connected());
    assert_eq!(found.rank, found.rank_needed);
    assert_eq!(found.bridges, [Link { candidate: 1, rater: 2 }]);
    assert_eq!(found.articulation, [Person::Candidate(1), Person::Rater(2)]);
}

#[test]
fn a_crossed_panel_has_no_weak_link() {
    let forms: Vec<_> = (0..3).flat_map(|p| (0..2).map(move |r| (p, r))).collect();

    let found = Connectedness::new(&with_forms(3, 2, &forms));

    assert!(found.crossed && found.connected() && found.bridges.is_empty());
    assert_eq!((found.rank, found.rank_needed), (5, 5));
}

#[test]
fn people_without_a_rating_belong_to_no_part() {
    let found = Connectedness::new(&with_forms(3, 3, &[(1, 1), (1, 2)]));

    assert_eq!(found.parts, [Part { candidates: vec![1], raters: vec![1, 2] }]);
    assert_eq!(Connectedness::new(&with_forms(2, 2, &[])).parts, []);
}

#[test]
fn a_dimension_that_only_one_rater_used_for_one_group_is_seen_in_the_rank() {
    // Rater 0 rates only dimension 0, rater 1 only dimension 1: severity or dimension?
    let given = [(0, 0, 0), (1, 0, 0), (0, 1, 1), (1, 1, 1)];
    let given = given.map(|(candidate, rater, dimension)| Rating { candidate, rater, dimension, value: 3.0 });
    let found = Connectedness::new(&Ratings::new(2, 2, 2, Scale::five_steps(), given).unwrap());

    assert!(found.connected());
    assert!(found.rank < found.rank_needed);
}

#[test]
fn who_has_no_rating_does_not_keep_the_others_from_being_crossed() {
    let forms: Vec<_> = (0..3).flat_map(|p| (0..2).map(move |r| (p, r))).collect();

    assert!(Connectedness::new(&with_forms(4, 3, &forms)).crossed);
    assert!(!Connectedness::new(&with_forms(4, 3, &forms[1..])).crossed);
}

#[test]
fn links_go_from_raters_of_the_larger_part_to_the_candidates_nearest_the_line() {
    let ratings = two_parts();

    let links = Connectedness::new(&ratings).suggested_links(&ratings, &[0.9, 0.1, 0.0, 0.0, 0.0], 2);

    assert_eq!(links, [Link { candidate: 1, rater: 2 }, Link { candidate: 0, rater: 3 }]);
}

#[test]
fn two_links_for_a_part_leave_no_form_on_which_everything_hangs() {
    let ratings = two_parts();
    let links = Connectedness::new(&ratings).suggested_links(&ratings, &[0.0; 5], 2);

    let forms: Vec<_> = ratings.forms().chain(links.iter().map(|link| (link.candidate, link.rater))).collect();
    let joined = Connectedness::new(&with_forms(5, 4, &forms));

    assert!(joined.connected() && joined.bridges.is_empty() && joined.articulation.is_empty());
    assert_eq!(joined.rank, joined.rank_needed);
}

#[test]
fn a_plan_with_one_rater_each_or_more_raters_than_there_are_is_refused() {
    assert_eq!(plan(4, 3, 1), Err(Reason::FewRaters { have: 1, need: 2 }));
    assert_eq!(plan(4, 2, 3), Err(Reason::FewRaters { have: 2, need: 3 }));
    assert_eq!(plan(3, 3, 2).unwrap(), [[0, 1], [1, 2], [2, 0]]);
}

proptest! {
    #[test]
    fn every_plan_is_connected_and_spreads_the_work(p in 1_usize..30, r in 2_usize..9, k in 2_usize..9) {
        prop_assume!(k <= r);

        let panels = plan(p, r, k).unwrap();

        let forms: Vec<_> =
            panels.iter().enumerate().flat_map(|(c, panel)| panel.iter().map(move |&r| (c, r))).collect();
        let ratings = with_forms(p, r, &forms);
        prop_assert!(Connectedness::new(&ratings).connected());
        let loads: Vec<usize> = (0..r).map(|rater| ratings.candidates_of(rater).count()).collect();
        prop_assert!(p % r != 0 || loads.iter().all(|load| load == &loads[0]));
    }

    #[test]
    fn one_link_per_part_joins_all(cells in prop::collection::vec(any::<bool>(), 30)) {
        let forms: Vec<_> = (0..30).filter(|&i| cells[i] && i % 3 == 0).map(|i| (i / 5, i % 5)).collect();
        let ratings = with_forms(6, 5, &forms);
        let found = Connectedness::new(&ratings);

        let links = found.suggested_links(&ratings, &[0.0; 6], 1);

        prop_assert_eq!(links.len(), found.parts.len().saturating_sub(1));
        let joined: Vec<_> = forms.into_iter().chain(links.iter().map(|l| (l.candidate, l.rater))).collect();
        prop_assert!(Connectedness::new(&with_forms(6, 5, &joined)).connected());
    }
}
