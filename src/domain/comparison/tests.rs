use super::{
    examples::{SIX, five, five_compared, id, points, rater, shortlist},
    *,
};

const TWO: [(&str, &str, f64); 2] = [("listening", "Listening", 1.0), ("growth", "Growth", 1.0)];

#[test]
fn two_of_five_stand_apart_and_the_split_between_them_is_what_would_help() {
    let comparison = five_compared();

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
fn names_inside_a_band_follow_the_language_of_the_reader() {
    let rows: [(&str, &[&str]); 4] =
        [("Örjan", &["44", "54"]), ("Zara", &["43", "44"]), ("Åke", &["34", "44"]), ("Anna", &["44", "44"])];
    let comparison = compare(&shortlist(&TWO, &rows)).unwrap();
    let names = |found: &Comparison| found.candidates.iter().map(|c| c.name.clone()).collect::<Vec<_>>();

    let swedish = comparison.clone().in_order_for(Locale::Sv);

    assert_eq!(names(&comparison), ["Åke", "Anna", "Örjan", "Zara"]);
    assert_eq!(names(&swedish), ["Anna", "Zara", "Åke", "Örjan"]);
    assert_eq!(swedish.bands[0].candidates, swedish.lists[0].candidates);
    assert_eq!(swedish.bands[0].candidates, swedish.candidates.iter().map(|c| c.id).collect::<Vec<_>>());
}

#[test]
fn without_two_raters_of_one_candidate_it_is_too_few_to_tell() {
    let comparison = compare(&shortlist(&TWO, &[("A", &["55"]), ("B", &["11"])])).unwrap();

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
fn answers_without_enough_evidence_are_a_caution_when_they_would_decide_and_none_when_not() {
    let dimensions = [SIX[0], SIX[1], SIX[2], SIX[3]];
    let near = [("A", &["4000", "4000"][..]), ("B", &["3433", "3343"])];
    let far = [("A", &["5555", "5550"][..]), ("B", &["1111", "1111"])];
    let cautions = |rows| compare(&shortlist(&dimensions, rows)).unwrap().cautions;
    let decides = |found: &[Caution]| found.iter().any(|c| matches!(c, Caution::NotEnoughEvidence { .. }));

    assert!(decides(&cautions(&near)), "{:?}", cautions(&near));
    assert!(!decides(&cautions(&far)));
}

#[test]
fn candidates_whom_no_common_interviewer_saw_stand_in_separate_lists_with_the_rating_that_joins_them() {
    let rows: [(&str, &[&str]); 4] = [
        ("A", &["445454", "444444"]),
        ("B", &["333343", "343333"]),
        ("C", &["", "", "444444", "454444"]),
        ("D", &["", "", "222222", "223222"]),
    ];

    let comparison = compare(&shortlist(&SIX, &rows)).unwrap();

    assert_eq!(comparison.verdict, Verdict::SeenByDifferentPeople { lists: 2 });
    assert_eq!(comparison.lists[0].raters, [rater(901), rater(902)]);
    assert!(comparison.pair(id(1), id(2)).is_some() && comparison.pair(id(1), id(3)).is_none());
    let best: f64 = comparison.candidates.iter().map(|c| c.probabilities.as_ref().unwrap().best).sum();
    assert!((best - 2.0).abs() < 1e-6, "each list has its own best");
    let Some(Next::JoinLists { links }) = &comparison.next else { panic!("{:?}", comparison.next) };
    assert_eq!(links.len(), 1);
    assert!(matches!(&comparison.reliability, Reliability::Withheld(w) if w.code == "few_candidates"));
}

#[test]
fn one_rater_gives_the_raw_profile_and_no_probability() {
    let comparison = compare(&shortlist(&SIX, &[("A", &["545454"]), ("B", &["333333"])])).unwrap();

    assert_eq!((comparison.method, comparison.verdict), (Method::WeightedMeans, Verdict::TooFewToTell));
    assert!(comparison.pairs.is_empty() && comparison.sensitivity.is_none() && comparison.diagnostics.is_none());
    for candidate in &comparison.candidates {
        assert!(candidate.estimate.is_none() && candidate.probabilities.is_none() && candidate.plain_mean.is_some());
        assert_eq!(candidate.no_estimate.as_deref(), Some("few_raters"));
    }
}

#[test]
fn the_fair_score_is_the_plain_mean_and_its_two_adjustments() {
    // Kim is strict and met A and B only; Noor met everybody.
    let rows: [(&str, &[&str]); 4] = [
        ("A", &["222222", "444444"]),
        ("B", &["222222", "344444"]),
        ("C", &["", "444444", "444444"]),
        ("D", &["", "434444", "444454"]),
    ];

    let comparison = compare(&shortlist(&SIX, &rows)).unwrap();

    for candidate in &comparison.candidates {
        let (fair, found) = (candidate.estimate.unwrap(), candidate.adjustment.unwrap());
        assert!((candidate.plain_mean.unwrap() + found.raters + found.chance - fair.value).abs() < 1e-6);
    }
    let of = |n| comparison.candidate(id(n)).unwrap().adjustment.unwrap().raters;
    assert!(of(1) > 0.2 && of(3) < 0.0, "{} {}", of(1), of(3));
}

#[test]
fn from_five_candidates_on_one_more_interviewer_is_worth_something() {
    let comparison = five_compared();

    let Reliability::Estimated { coefficient, raters, with_one_more, curve } = comparison.reliability else {
        panic!("{:?}", comparison.reliability)
    };
    assert!(coefficient.lower < coefficient.value && coefficient.value < with_one_more && with_one_more < 1.0);
    assert!((2.0..3.0).contains(&raters) && curve.is_sorted());
}

#[test]
fn some_of_the_candidates_stand_to_each_other_as_they_do_among_all() {
    let inputs = five();
    let fitted = fit(&inputs).unwrap();
    let all = compare_with(&inputs, &fitted).unwrap();
    let mut two = inputs.clone();
    two.candidates.retain(|c| c.id == id(2) || c.id == id(3));
    two.scorecards.retain(|c| c.candidate == id(2) || c.candidate == id(3));

    let two = compare_with(&two, &fitted).unwrap();

    assert_eq!(two.candidates.len(), 2);
    assert_eq!(two.pair(id(2), id(3)), all.pair(id(2), id(3)));
    assert_eq!(two.candidate(id(2)).unwrap().estimate, all.candidate(id(2)).unwrap().estimate);
    assert_eq!(two.candidate(id(2)).unwrap().probabilities.as_ref().unwrap().top.len(), 2);
}

#[test]
fn other_weights_are_read_from_the_same_fit_and_the_jobs_own_give_the_same_bytes() {
    let inputs = five();
    let fitted = fit(&inputs).unwrap();
    let moved = inputs.clone().with_weights(&std::collections::BTreeMap::from([("problem_solving".to_owned(), 100.0)]));

    let (own, other) = (compare_with(&inputs, &fitted).unwrap(), compare_with(&moved, &fitted).unwrap());

    assert_eq!(own, compare(&inputs).unwrap());
    assert_eq!(own.digest(), compare(&inputs).unwrap().digest());
    assert_ne!(own.pair(id(1), id(2)), other.pair(id(1), id(2)));
    assert!(other.pair(id(2), id(1)).unwrap().above > own.pair(id(2), id(1)).unwrap().above);
}

#[test]
fn neither_the_order_of_rows_nor_names_nor_amendments_nor_missing_seats_move_a_number() {
    let inputs = five();
    let mut other = inputs.clone();
    other.candidates.reverse();
    other.raters.reverse();
    other.scorecards.reverse();
    other.missing.clear();
    other.scorecards[0].ratings.reverse();
    other.scorecards[0].ratings[0].amended = Some(Amended { rating: points("1"), reason: "Read it again".into() });
    other.candidates[0].name = "Somebody Else".into();

    let (one, two) = (compare(&inputs).unwrap(), compare(&other).unwrap());

    assert_eq!(inputs.evidence(), other.evidence());
    for candidate in &one.candidates {
        let same = two.candidate(candidate.id).unwrap();
        assert_eq!((candidate.estimate, &candidate.probabilities), (same.estimate, &same.probabilities));
    }
    assert_eq!(one.diagnostics, two.diagnostics);
    let mut elsewhere = inputs.clone();
    elsewhere.job = Some(crate::domain::id::JobId::new());
    assert_ne!(inputs.evidence(), elsewhere.evidence(), "another job has its own chance");
}

#[test]
fn the_digest_of_the_numbers_survives_a_rename_and_not_a_rating() {
    let comparison = five_compared();
    let mut renamed = comparison.clone();
    renamed.candidates[0].name = "Erased".into();
    renamed.raters[0].name = "Erased".into();
    let mut moved = comparison.clone();
    moved.candidates[0].cells[0].range += 1.0;

    assert_eq!(comparison.digest(), renamed.digest());
    assert_ne!(comparison.digest(), moved.digest());
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
    let comparison = five_compared();

    let text = serde_json::to_string(&comparison).unwrap();

    assert_eq!(serde_json::from_str::<Comparison>(&text).unwrap(), comparison);
    assert!(text.contains(r#""kind":"several_stand_apart","count":2"#), "{text}");
}
