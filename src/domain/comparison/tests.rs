use super::super::{
    Amended,
    examples::{SIX, five, id, points, shortlist},
};
use super::*;

const TWO: [(&str, &str, f64); 2] = [("listening", "Listening", 1.0), ("growth", "Growth", 1.0)];

#[test]
fn two_of_five_stand_apart_and_the_split_between_them_is_what_would_help() {
    let comparison = compare(&five()).unwrap();

    assert_eq!(comparison.verdict, Verdict::SeveralStandApart { count: 2 });
    assert_eq!(comparison.top(), [id(1), id(2)]);
    assert_eq!(comparison.next, Some(Next::AnotherInterview { dimension: "problem_solving".into() }));
    assert_eq!((comparison.submitted, comparison.expected), (14, 15));
    let splits: Vec<_> = comparison.disagreements().map(|(c, cell)| (c.id, cell.dimension.as_str())).collect();
    assert_eq!(splits, [(id(1), "problem_solving")]);
}

#[test]
fn inside_a_band_the_alphabet_decides_and_not_the_decimals() {
    let comparison = compare(&shortlist(
        &TWO,
        &[("Örjan", &["44", "54"]), ("björn", &["43", "44"]), ("Anna", &["34", "44"]), ("Zed", &[])],
    ))
    .unwrap();

    assert_eq!(comparison.verdict, Verdict::TooCloseToCall);
    let names: Vec<_> = comparison.candidates.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Anna", "björn", "Örjan", "Zed"]);
    assert_eq!(comparison.candidates[3].no_estimate.as_deref(), Some("no_data"));
}

#[test]
fn without_two_raters_of_one_candidate_it_is_too_few_to_tell() {
    let comparison = compare(&shortlist(&TWO, &[("A", &["55"]), ("B", &["", "11"])])).unwrap();

    assert_eq!(comparison.verdict, Verdict::TooFewToTell);
    assert_eq!(comparison.bands.len(), 1);
    assert_eq!(comparison.next, Some(Next::SecondRater));
    assert_eq!(comparison.candidates[0].no_estimate.as_deref(), Some("few_raters"));
    assert_eq!(comparison.candidates[0].plain_mean, Some(5.0));
    assert_eq!(comparison.candidates[0].agreement.level, AgreementLevel::Unknown);
}

#[test]
fn nothing_and_one_candidate_have_their_own_verdicts() {
    assert_eq!(compare(&shortlist(&TWO, &[])).unwrap().verdict, Verdict::NothingYet);
    assert_eq!(compare(&shortlist(&TWO, &[("A", &["00"]), ("B", &[])])).unwrap().verdict, Verdict::NothingYet);
    assert_eq!(compare(&shortlist(&TWO, &[("A", &["44", "45"]), ("B", &[])])).unwrap().verdict, Verdict::OneCandidate);
}

#[test]
fn a_clear_leader_stands_apart_and_a_blurred_edge_is_said() {
    let clear = compare(&shortlist(&SIX, &[("A", &["555555", "555554"]), ("B", &["222222", "222221"])])).unwrap();
    assert_eq!(clear.verdict, Verdict::OneStandsApart);

    let blurred = compare(&shortlist(
        &SIX,
        &[("A", &["555555", "555555"]), ("B", &["555553", "555553"]), ("C", &["555533", "555533"])],
    ))
    .unwrap();
    assert_eq!(blurred.verdict, Verdict::SeveralLead { count: 2 });
}

#[test]
fn not_enough_evidence_is_a_gap_and_never_a_low_rating() {
    let comparison = compare(&shortlist(&TWO, &[("A", &["50", "50"]), ("B", &["4-", "4-"])])).unwrap();

    let [a, b] = &comparison.candidates[..] else { panic!("two candidates") };
    assert_eq!((a.plain_mean, a.covered), (Some(5.0), 0.5));
    assert_eq!((a.cells[1].gap, b.cells[1].gap), (Some(Gap::NotEnoughEvidence), Some(Gap::NotCovered)));
    assert_eq!(a.cells[1].ticks.len(), 2);
    assert_eq!(comparison.gaps().count(), 2);
}

#[test]
fn a_gap_that_could_change_the_top_is_a_caution_and_one_that_could_not_is_none() {
    let near = [("A", &["44444-", "44444-"][..]), ("B", &["333333", "333333"])];
    let weights = |growth| {
        let mut dimensions = SIX;
        dimensions[5].2 = growth;
        dimensions
    };

    let heavy = compare(&shortlist(&weights(100.0), &near)).unwrap();
    let light = compare(&shortlist(&weights(1.0), &near)).unwrap();

    assert_eq!(heavy.cautions, [Caution::GapCouldChangeVerdict { candidate: id(1), dimension: "growth".into() }]);
    assert_eq!(light.cautions, []);
}

#[test]
fn figures_use_what_was_sealed_and_show_the_amendment_beside_it() {
    let mut inputs = shortlist(&TWO, &[("A", &["44", "44"]), ("B", &["22", "22"])]);
    let before = compare(&inputs).unwrap();
    inputs.scorecards[0].ratings[0].amended =
        Some(Amended { rating: points("1"), reason: "Read the notes again".into() });

    let after = compare(&inputs).unwrap();

    assert_eq!(after.candidates[0].plain_mean, before.candidates[0].plain_mean);
    let amended = after.candidates[0].cells[0].ticks[0].amended.as_ref().unwrap();
    assert_eq!(amended.rating, points("1"));
    assert_ne!(after.inputs_digest, before.inputs_digest);
}

#[test]
fn the_digest_follows_the_evidence_and_neither_the_order_of_rows_nor_names() {
    let inputs = five();
    let mut other = inputs.clone();
    other.candidates.reverse();
    other.scorecards.reverse();
    other.dimensions.reverse();
    other.scorecards[0].ratings.reverse();
    other.candidates[0].name = "Erased".into();

    assert_eq!(inputs.digest(), other.digest());
    assert_eq!(inputs.digest().len(), 64);

    other.scorecards[0].ratings[0].rating = points("1");
    assert_ne!(inputs.digest(), other.digest());
    let weights = std::collections::BTreeMap::from([("growth".to_owned(), 16.0)]);
    assert_ne!(inputs.digest(), inputs.clone().with_weights(&weights).digest());
}

#[test]
fn a_rater_who_met_a_candidate_in_two_rounds_counts_once_with_both_ticks() {
    let mut inputs = shortlist(&TWO, &[("A", &["44", "22"]), ("B", &["33", "33"])]);
    let mut again = inputs.scorecards[0].clone();
    again.round = "Round 2".into();
    again.ratings.iter_mut().for_each(|rating| rating.rating = points("2"));
    inputs.scorecards.push(again);

    let comparison = compare(&inputs).unwrap();

    let a = &comparison.candidates.iter().find(|c| c.id == id(1)).unwrap();
    assert_eq!((a.raters, a.plain_mean), (2, Some(2.5)));
    assert_eq!(a.cells[0].ticks.len(), 3);
}

#[test]
fn strangers_are_left_out_and_weights_that_are_none_refused() {
    let mut inputs = five();
    inputs.raters.truncate(2);
    inputs.dimensions.truncate(3);
    assert!(compare(&inputs).unwrap().candidates.iter().all(|c| c.raters <= 2 && c.ratings <= 6));

    inputs.dimensions.iter_mut().for_each(|d| d.weight = 0.0);
    assert!(compare(&inputs).is_err());
}

#[test]
fn a_pinned_comparison_reads_back_as_it_was() {
    let comparison = compare(&five()).unwrap();

    let text = serde_json::to_string(&comparison).unwrap();

    assert_eq!(serde_json::from_str::<Comparison>(&text).unwrap(), comparison);
    assert!(text.contains(r#""kind":"several_stand_apart","count":2"#), "{text}");
}
