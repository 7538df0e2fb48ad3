use std::collections::BTreeMap;

use uuid::Uuid;

use super::*;
use crate::i18n::Locale;

const NAMES: [&str; 4] = ["Fatima", "Jonas", "Priya", "Tove"];

/// A panel by dimension: the first ratings of Fatima, Jonas, Priya and Tove as "3520"; 0 is not enough evidence, `-` not rated.
fn panel(firsts: &[(&str, &str)]) -> Vec<Voice> {
    let voice = |dimension: &str, n: usize, c: char| {
        let first = if c == '0' { "not_enough_evidence".to_owned() } else { c.to_string() };
        Some(Voice {
            scorecard: card(n),
            rater: MemberId(Uuid::from_u128(n as u128 + 101)),
            name: NAMES[n].to_owned(),
            round: "Panel".to_owned(),
            dimension: dimension.to_owned(),
            first: Rating::from_text(&first).ok()??,
            ticks: vec!["lis-p1".to_owned()],
            note: if n == 3 { " ".to_owned() } else { "Asked back twice".to_owned() },
            second: None,
        })
    };
    firsts.iter().flat_map(|(key, row)| row.chars().enumerate().filter_map(|(n, c)| voice(key, n, c))).collect()
}

fn card(n: usize) -> ScorecardId {
    ScorecardId(Uuid::from_u128(n as u128 + 1))
}

fn rating(text: &str) -> Rating {
    Rating::from_text(text).unwrap().unwrap()
}

fn said(text: &str, reason: &str, evidence: Vec<Citation>) -> Answer {
    Answer { rating: rating(text), reason: reason.to_owned(), evidence, note: String::new() }
}

fn say(voices: &mut [Voice], n: usize, dimension: &str, text: &str) {
    let voice = voices.iter_mut().find(|v| v.scorecard == card(n) && v.dimension == dimension).unwrap();
    voice.second =
        Some(Second { said: said(text, "Because", Vec::new()), revision: 1, changed_at: Timestamp::UNIX_EPOCH });
}

fn weights() -> BTreeMap<String, u8> {
    [("growth".to_owned(), 10), ("listening".to_owned(), 30)].into()
}

#[test]
fn somebody_stands_apart_at_two_points_from_the_mean_of_the_others_and_not_before() {
    let apart = |row: &str| {
        let voices = panel(&[("listening", row)]);
        voices.iter().filter(|voice| stands_apart(voice, &voices)).map(|v| v.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(apart("235"), ["Fatima", "Priya"]);
    assert_eq!(apart("345"), [] as [&str; 0]);
    assert_eq!(apart("24"), ["Fatima", "Jonas"]);
    assert_eq!(apart("5"), [] as [&str; 0]);
    // The others' mean is 3.33: 1.67 points away.
    assert_eq!(apart("5433"), [] as [&str; 0]);
    // Not enough evidence is no rating: nobody stands apart from it, nor does it stand apart.
    assert_eq!(apart("50"), [] as [&str; 0]);
}

#[test]
fn a_second_scorecard_of_the_same_rater_is_none_of_the_others() {
    let mut voices = panel(&[("listening", "15")]);
    voices[1].rater = voices[0].rater;

    assert!(!stands_apart(&voices[0], &voices));
}

#[test]
fn whoever_moves_says_why_and_cites_evidence_of_this_dimension() {
    let voices = panel(&[("listening", "2350"), ("growth", "3333")]);
    let own = &voices[0];
    let lacking = |answer: Answer| lacks(&answer, own, &voices);

    assert_eq!(lacking(said("3", " ", Vec::new())), [Lack::Reason, Lack::Evidence]);
    assert_eq!(lacking(said("3", "Heard it too", Vec::new())), [Lack::Evidence]);
    assert_eq!(lacking(said("3", "Heard it too", vec![Citation::Note(card(2))])), []);
    assert_eq!(lacking(said("3", "Heard it too", vec![Citation::Tick(card(1), "lis-p1".into())])), []);
    let own_words = Answer { note: "She rang back".into(), ..said("3", "Heard it too", Vec::new()) };
    assert_eq!(lacking(own_words), []);
    // Tove's note is blank, the tick was not ticked, the scorecard is of another table.
    for unknown in [Citation::Note(card(3)), Citation::Tick(card(1), "lis-p9".into()), Citation::Note(card(9))] {
        assert_eq!(lacking(said("3", "Heard it too", vec![unknown.clone()])), [Lack::Unknown(unknown)]);
    }
    // To not enough evidence is a move as well.
    assert_eq!(lacking(said("not_enough_evidence", "", Vec::new())), [Lack::Reason, Lack::Evidence]);
}

#[test]
fn whoever_stays_says_why_only_when_they_stand_apart() {
    let voices = panel(&[("listening", "235")]);

    assert_eq!(lacks(&said("2", "", Vec::new()), &voices[0], &voices), [Lack::ReasonToStay]);
    assert_eq!(lacks(&said("2", "I asked twice", Vec::new()), &voices[0], &voices), []);
    assert_eq!(lacks(&said("3", "", Vec::new()), &voices[1], &voices), []);
}

#[test]
fn the_minority_is_who_stood_apart_and_did_not_move() {
    let mut voices = panel(&[("listening", "235"), ("growth", "333")]);
    say(&mut voices, 0, "listening", "3");
    say(&mut voices, 1, "listening", "3");

    let names = |found: Vec<&Voice>| found.iter().map(|voice| voice.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(moved(&voices).collect()), ["Fatima"]);
    assert_eq!(names(minority(&voices).collect()), ["Priya"]);
    assert!(!has_answered(voices[0].rater, &voices), "growth is open");
}

#[test]
fn mean_and_spread_are_those_before_and_after_and_silence_keeps_the_first() {
    let mut voices = panel(&[("listening", "2350"), ("growth", "3344")]);
    say(&mut voices, 0, "listening", "4");
    say(&mut voices, 3, "listening", "3");

    let change = of_dimension(&voices, "listening");
    let (before, after) = (change.before.unwrap(), change.after.unwrap());
    assert!((before.mean - 10.0 / 3.0).abs() < 1e-9 && (before.spread - 3.0).abs() < 1e-9 && before.raters == 3);
    assert!((after.mean - 15.0 / 4.0).abs() < 1e-9 && (after.spread - 2.0).abs() < 1e-9 && after.raters == 4);
    assert_eq!(change.lines.iter().filter(|line| line.moved()).count(), 2);

    // Weighted 3 to 1: before (3 × 10/3 + 3.5) / 4, after (3 × 15/4 + 3.5) / 4.
    let all = overall(&voices, &weights());
    assert!((all.before.unwrap().mean - 3.375).abs() < 1e-9, "{:?}", all.before);
    assert!((all.after.unwrap().mean - 3.6875).abs() < 1e-9, "{:?}", all.after);
    let fatima = &all.lines[0];
    assert_eq!((fatima.name.as_str(), fatima.before, fatima.after), ("Fatima", Some(2.25), Some(3.75)));
    assert!(of_dimension(&panel(&[("listening", "00")]), "listening").before.is_none());
}

#[test]
fn the_mean_before_is_the_plain_mean_of_the_comparison() {
    use crate::domain::comparison::{compare, examples};
    let inputs = examples::five();
    let comparison = compare(&inputs).unwrap();

    for candidate in &inputs.candidates {
        let cards = inputs.scorecards.iter().enumerate().filter(|(_, card)| card.candidate == candidate.id);
        let voices: Vec<Voice> = cards
            .flat_map(|(n, card)| {
                card.ratings.iter().map(move |rated| Voice {
                    scorecard: ScorecardId(Uuid::from_u128(n as u128)),
                    rater: card.rater,
                    name: card.rater.to_string(),
                    round: card.round.clone(),
                    dimension: rated.dimension.clone(),
                    first: rated.rating,
                    ticks: Vec::new(),
                    note: String::new(),
                    second: None,
                })
            })
            .collect();
        let weights = inputs.dimensions.iter().map(|d| (d.key.clone(), d.weight as u8)).collect();
        let plain = comparison.candidate(candidate.id).unwrap().plain_mean.unwrap();
        assert!((overall(&voices, &weights).before.unwrap().mean - plain).abs() < 1e-9, "{}", candidate.name);
    }
}

#[test]
fn the_seal_holds_every_word_and_not_their_order() {
    let mut voices = panel(&[("listening", "235"), ("growth", "333")]);
    say(&mut voices, 0, "listening", "3");
    let (id, at) = (DebriefId(Uuid::from_u128(7)), Timestamp::UNIX_EPOCH);
    let sealed = seal(id, at, "We talked", &voices);

    let mut turned = voices.clone();
    turned.reverse();
    assert_eq!(seal(id, at, "We talked", &turned), sealed);
    assert_ne!(seal(id, at, "We talked.", &voices), sealed);
    assert_ne!(seal(DebriefId(Uuid::from_u128(8)), at, "We talked", &voices), sealed);
    for change in [
        |v: &mut Voice| v.first = rating("1"),
        |v: &mut Voice| v.second = None,
        |v: &mut Voice| v.second.as_mut().unwrap().said.rating = rating("5"),
        |v: &mut Voice| v.second.as_mut().unwrap().said.reason.push('.'),
        |v: &mut Voice| v.second.as_mut().unwrap().said.note.push('.'),
        |v: &mut Voice| v.second.as_mut().unwrap().said.evidence.push(Citation::Note(card(1))),
    ] {
        let mut changed = voices.clone();
        change(&mut changed[0]);
        assert_ne!(seal(id, at, "We talked", &changed), sealed);
    }
}

#[test]
fn a_citation_reads_back_from_its_text_and_nothing_else_does() {
    let id = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
    for text in [format!("{id}/note"), format!("{id}/ticks/lis-p1")] {
        assert_eq!(text.parse::<Citation>().unwrap().to_string(), text);
    }
    for text in ["", "note", "x/note", &format!("{id}/notes"), &format!("{id}/ticks/"), &format!("{id}/ticks"), id] {
        assert!(text.parse::<Citation>().is_err(), "{text}");
    }
}

#[test]
fn the_finding_says_what_moved_and_who_stayed_apart_in_every_language() {
    let mut voices = panel(&[("listening", "235"), ("growth", "333")]);
    assert_eq!(finding(&voices, &weights(), true, Locale::En), "0 of 3 interviewers have said where they stand now.");
    say(&mut voices, 0, "listening", "3");

    let closed = finding(&voices, &weights(), false, Locale::En);
    assert_eq!(closed, "One rating moved. The weighted mean went from 3.2 to 3.5. Priya stood apart and stayed.");
    let name = |key: &str| key.to_owned();
    assert_eq!(
        letter("Amara", &voices, &weights(), name, Locale::En),
        "Amara was debriefed by the panel: one rating moved. The weighted mean went from 3.2 to 3.5. Priya stood apart on \
         listening and stayed."
    );
    for locale in Locale::ALL {
        assert!(!finding(&voices, &weights(), false, locale).contains("debrief-"));
        assert!(!letter("Amara", &voices, &weights(), name, locale).contains("debrief-"));
    }
}
