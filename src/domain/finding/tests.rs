use super::*;
use crate::domain::comparison::{
    MissingScorecard, Reliability, compare,
    examples::{SIX, five, five_compared, id, rater, shortlist},
};

fn said(rows: &[(&str, &[&str])], locale: Locale) -> String {
    finding(&compare(&shortlist(&SIX, rows)).unwrap(), locale)
}

#[test]
fn the_finding_of_the_shortlist_is_said_in_english_and_swedish() {
    let comparison = five_compared();

    assert_eq!(
        finding(&comparison, Locale::En),
        "Amara and Wei stand apart from the rest. On this evidence they can’t be told from each other; \
         one more interview on problem solving would help most."
    );
    assert_eq!(
        finding(&comparison, Locale::Sv),
        "Amara och Wei skiljer sig tydligt från de övriga. På det här underlaget går de inte att skilja från varandra; \
         en intervju till om problem solving skulle hjälpa mest."
    );
}

#[test]
fn the_subject_counts_and_names_nobody() {
    let comparison = five_compared();

    assert_eq!(
        subject(&comparison, "Customer support agent, Oslo", Locale::En),
        "Two of five stand apart – Customer support agent, Oslo"
    );
    assert_eq!(subject(&comparison, "Kundtjänst", Locale::Sv), "Två av fem skiljer sig tydligt – Kundtjänst");
    let nothing = compare(&shortlist(&SIX, &[])).unwrap();
    assert_eq!(subject(&nothing, "Agent", Locale::En), "No scorecards yet – Agent");
}

#[test]
fn every_verdict_has_its_sentence() {
    assert!(said(&[], Locale::En).starts_with("No scorecards are in yet."));
    assert!(said(&[("Ann Lee", &["444444", "444444"])], Locale::En).starts_with("Only Ann Lee has ratings so far"));
    assert!(said(&[("A", &["444444"]), ("B", &["222222"])], Locale::En).starts_with("Too few to tell: "));
    assert_eq!(
        said(&[("A", &["555555", "555554"]), ("B", &["222222", "222221"]), ("C", &[])], Locale::En),
        "A stands apart from the rest. C has no ratings yet."
    );
    assert_eq!(
        said(&[("A", &["444444", "444454"]), ("B", &["444445", "444444"]), ("C", &["444444", "444444"])], Locale::En),
        "Too close to call: on this evidence A, B and C can’t be told from each other."
    );
    assert_eq!(
        said(&[("A", &["555555", "555555"]), ("B", &["555553", "555553"]), ("C", &["555533", "555533"])], Locale::En),
        "A and B lead, but not all of them can be told from those behind. Their order is not settled on this evidence. \
         It depends on how the steps of the scale are read."
    );
}

#[test]
fn a_gap_among_the_leaders_is_what_would_help_most() {
    let rows: [(&str, &[&str]); 3] =
        [("A", &["44444-", "44444-"]), ("B", &["444444", "444444"]), ("C", &["222222", "222222"])];

    let said = said(&rows, Locale::En);

    assert!(said.contains("; it would help most to rate A on growth."), "{said}");
}

#[test]
fn answers_that_would_decide_are_said() {
    let rows: [(&str, &[&str]); 2] = [("A", &["4000", "4000"]), ("B", &["3433", "3343"])];

    let said = finding(&compare(&shortlist(&SIX[..4], &rows)).unwrap(), Locale::En);

    assert!(said.ends_with("This could still change: answers without enough evidence would decide."), "{said}");
}

#[test]
fn those_seen_by_different_people_are_said_with_the_rating_that_would_join_them() {
    let rows: [(&str, &[&str]); 4] = [
        ("A", &["445454", "444444"]),
        ("B", &["333343", "343333"]),
        ("C", &["", "", "444444", "454444"]),
        ("D", &["", "", "222222", "223222"]),
    ];
    let comparison = compare(&shortlist(&SIX, &rows)).unwrap();

    let said = finding(&comparison, Locale::En);

    assert!(
        said.starts_with("These were seen by different people and stand in separate lists: A and B; C and D."),
        "{said}"
    );
    assert!(said.contains("One more rating would join them: C by Kim Berg."), "{said}");
    assert!(of_list(&comparison, 1, Locale::En).starts_with("C "), "{}", of_list(&comparison, 1, Locale::En));
    assert_eq!(subject(&comparison, "Agent", Locale::En), "Seen by different people, two lists – Agent");
}

#[test]
fn a_large_group_is_counted_and_not_listed() {
    let names: Vec<String> = (0..7).map(|n| format!("N{n}")).collect();
    let rows: Vec<(&str, &[&str])> = names.iter().map(|n| (n.as_str(), &["444444", "444444"][..])).collect();

    assert_eq!(
        said(&rows, Locale::En),
        "Too close to call: on this evidence these 7 candidates can’t be told from each other."
    );
}

#[test]
fn a_short_name_is_used_only_when_given_and_unique() {
    let comparison = compare(&shortlist(
        &SIX,
        &[("Anna Berg|Anna", &[]), ("Anna Holm|Anna", &[]), ("王小明", &[]), ("Li Wei|Wei", &[]), ("Mo Ali| ", &[])],
    ))
    .unwrap();

    let names = short_names(&comparison);

    let of = |n| names[&id(n)];
    assert_eq!([of(1), of(2), of(3), of(4), of(5)], ["Anna Berg", "Anna Holm", "王小明", "Wei", "Mo Ali"]);
}

#[test]
fn agreement_is_a_phrase_with_the_splits_and_their_points() {
    let comparison = five_compared();
    let of = |n| agreement(comparison.candidate(id(n)).unwrap(), &comparison, Locale::En);

    assert_eq!(of(1), "good, split on problem solving (2 · 3 · 5)");
    assert_eq!(of(2), "very good");
    let lone = compare(&shortlist(&SIX, &[("A", &["444444"]), ("B", &[]), ("C", &["444---", "---444"])])).unwrap();
    let of = |n| agreement(lone.candidate(id(n)).unwrap(), &lone, Locale::En);
    assert_eq!(of(1), "one rater, nothing to compare");
    assert_eq!(of(2), "not rated yet");
    assert_eq!(of(3), "raters covered different dimensions");
}

#[test]
fn what_is_missing_is_named_up_to_three_seats() {
    let mut inputs = five();
    inputs.candidates[3].name = "Pavel Orlov".into();
    let one = compare(&inputs).unwrap();
    assert_eq!(missing(&one, Locale::En).unwrap(), "1 of 15 scorecards is missing: Pavel Orlov, Round 1, Kim Berg");

    inputs.missing = vec![MissingScorecard { candidate: id(1), rater: rater(902), round: "R2".into() }; 5];
    inputs.hidden = 2;
    let more = compare(&inputs).unwrap();
    let text = missing(&more, Locale::En).unwrap();
    assert!(text.starts_with("5 of 21 scorecards are missing: Amara Okafor, R2, Noor Haddad;"), "{text}");
    assert!(text.ends_with("; and 2 more"), "{text}");
    assert!(hidden(&more, Locale::En).unwrap().starts_with("2 scorecards stay closed"));
    assert_eq!(missing(&compare(&shortlist(&SIX, &[])).unwrap(), Locale::En), None);
}

#[test]
fn dimension_names_are_lowered_inside_a_sentence_unless_they_are_abbreviations() {
    assert_eq!(inside_a_sentence("Problem solving"), "problem solving");
    assert_eq!(inside_a_sentence("Ärlighet"), "ärlighet");
    assert_eq!(inside_a_sentence("IT skills"), "IT skills");
    assert_eq!(inside_a_sentence("解决问题"), "解决问题");
}

#[test]
fn how_far_another_panel_would_agree_is_said_as_the_reliability_has_it() {
    let mut comparison = five_compared();
    let said =
        [(0.85, "in much the same places"), (0.6, "some of the candidates in other places"), (0.37, "might well")];

    for (value, words) in said {
        let Reliability::Estimated { coefficient, .. } = &mut comparison.reliability else { panic!("five candidates") };
        coefficient.value = value;

        let sentence = reliability(&comparison, Locale::En);

        assert!(sentence.contains(words), "{value}: {sentence}");
    }
}
