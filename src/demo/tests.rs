//! What the demo shows is a promise of the README: these tests keep it.

use super::*;
use crate::domain::rating::Score;
use crate::domain::{
    comparison::{self, Caution, Comparison, Inputs, Next, Verdict},
    id::{CandidateId, MemberId},
    localized::Localized,
};

fn demo() -> Vec<DemoOrganisation> {
    load().unwrap_or_else(|error| panic!("{error}"))
}

fn nordlys() -> DemoOrganisation {
    demo().into_iter().find(|organisation| organisation.key == "nordlys").unwrap()
}

fn job(key: &str) -> Job {
    nordlys().jobs.into_iter().find(|job| job.key == key).unwrap()
}

fn seats(job: &Job) -> impl Iterator<Item = &Seat> {
    job.interviews.iter().flat_map(|interview| &interview.seats)
}

fn submitted(job: &Job) -> usize {
    seats(job).filter(|seat| seat.submitted.is_some()).count()
}

fn score(rated: &Rated) -> Option<u8> {
    match rated.rate? {
        Rating::Score(score) => Some(score.get()),
        Rating::NotEnoughEvidence => None,
    }
}

/// The points of everybody who rated the candidate in the dimension, in the panel's order.
fn points(job: &Job, candidate: &str, dimension: &str) -> Vec<u8> {
    let heard = job.interviews.iter().filter(|interview| interview.candidate == candidate);
    let seats = heard.flat_map(|interview| &interview.seats).filter(|seat| seat.submitted.is_some());
    seats.filter_map(|seat| score(seat.ratings.get(dimension)?)).collect()
}

/// What the comparison makes of the job; candidates and raters are named by their keys.
fn compared(job: &Job) -> Comparison {
    let place = |keys: &BTreeSet<&str>, key: &str| keys.iter().position(|known| *known == key).unwrap() as u128;
    let candidates: BTreeSet<&str> = job.applications.iter().map(|a| a.candidate.as_str()).collect();
    let raters: BTreeSet<&str> = seats(job).map(|seat| seat.member.as_str()).collect();
    let candidate = |key: &str| CandidateId(uuid::Uuid::from_u128(1 + place(&candidates, key)));
    let rater = |key: &str| MemberId(uuid::Uuid::from_u128(1001 + place(&raters, key)));
    let mut inputs = Inputs {
        candidates: candidates
            .iter()
            .map(|key| comparison::Candidate { id: candidate(key), name: (*key).to_owned(), called: None })
            .collect(),
        raters: raters
            .iter()
            .map(|key| comparison::Rater { id: rater(key), name: (*key).to_owned(), outside: false })
            .collect(),
        dimensions: job
            .weights
            .iter()
            .map(|(key, weight)| comparison::Dimension {
                key: key.clone(),
                name: Localized::new("en", key.clone()),
                weight: f64::from(*weight),
            })
            .collect(),
        ..Inputs::default()
    };
    for interview in &job.interviews {
        for seat in interview.seats.iter().filter(|seat| seat.submitted.is_some()) {
            let rated = seat.ratings.iter().filter_map(|(key, rated)| Some((key.clone(), rated.rate?)));
            inputs.scorecards.push(comparison::Scorecard {
                candidate: candidate(&interview.candidate),
                rater: rater(&seat.member),
                round: interview.round.clone(),
                ratings: rated
                    .map(|(dimension, rating)| comparison::SealedRating { dimension, rating, amended: None })
                    .collect(),
            });
        }
    }
    comparison::compare(&inputs).unwrap()
}

/// The keys of the best band.
fn top(comparison: &Comparison) -> Vec<&str> {
    comparison.top().iter().map(|id| comparison.candidate(*id).unwrap().name.as_str()).collect()
}

fn contradictions_after(change: impl Fn(&mut DemoOrganisation)) -> Vec<String> {
    let mut organisations = demo();
    let nordlys = organisations.iter_mut().find(|organisation| organisation.key == "nordlys").unwrap();
    change(nordlys);
    validate(&organisations)
}

#[test]
fn the_demo_data_parses_and_does_not_contradict_itself() {
    let organisations = demo();

    let keys: Vec<&str> = organisations.iter().map(|organisation| organisation.key.as_str()).collect();
    assert_eq!(keys, ["fjordbank", "nordlys"]);
    assert_eq!(organisations, demo());
}

#[test]
fn nordlys_has_eight_members_one_invited_one_interviewer_without_an_account_and_enough_to_look_at() {
    let nordlys = nordlys();

    let (outside, members): (Vec<&Member>, Vec<&Member>) = nordlys.members.iter().partition(|member| member.outside);
    let joined: Vec<&&Member> = members.iter().filter(|member| member.joined.is_some()).collect();
    let scorecards: usize = nordlys.jobs.iter().map(submitted).sum();

    assert_eq!((joined.len(), members.len(), outside.len()), (8, 9, 1));
    assert!(joined.iter().any(|member| member.locale == Locale::Sv));
    assert!(joined.iter().any(|member| member.locale == Locale::En));
    assert_eq!(nordlys.jobs.len(), 7);
    assert!(nordlys.candidates.len() >= 24, "{} candidates", nordlys.candidates.len());
    assert!((55..=75).contains(&scorecards), "{scorecards} scorecards");
}

#[test]
fn the_neighbour_is_small_and_shares_a_name_with_nordlys() {
    let organisations = demo();
    let fjordbank = &organisations[0];

    assert_eq!((fjordbank.members.len(), fjordbank.jobs.len(), fjordbank.candidates.len()), (3, 1, 3));
    let names = |organisation: &DemoOrganisation| -> BTreeSet<String> {
        organisation.candidates.iter().map(|candidate| candidate.name.clone()).collect()
    };
    assert_eq!(names(fjordbank).intersection(&names(&organisations[1])).count(), 1);
}

#[test]
fn two_of_the_oslo_shortlist_stand_apart_and_tie() {
    let oslo = job("customer-support-agent-oslo");

    let found = compared(&oslo);

    assert_eq!(top(&found), ["amara", "wei"]);
    assert_eq!(found.verdict, Verdict::SeveralStandApart { count: 2 });
    assert!(found.bands[0].clear && found.bands[0].level && found.bands.len() > 1);
    assert_eq!((submitted(&oslo), seats(&oslo).count()), (14, 15));
}

#[test]
fn the_oslo_panel_is_split_on_amaras_problem_solving() {
    let oslo = job("customer-support-agent-oslo");

    assert_eq!(points(&oslo, "amara", "problem_solving"), [2, 3, 5]);

    let found = compared(&oslo);
    let split: Vec<_> = found.disagreements().map(|(c, cell)| (c.name.as_str(), cell.dimension.as_str())).collect();
    assert_eq!(split, [("amara", "problem_solving")]);
}

#[test]
fn every_demo_job_with_scorecards_says_something_worth_showing() {
    let verdict = |key: &str| compared(&job(key)).verdict;

    assert_eq!(verdict("service-desk-agent-helsinki"), Verdict::SeveralLead { count: 2 });
    assert_eq!(verdict("technical-support-agent-gothenburg"), Verdict::SeveralLead { count: 2 });
    assert_eq!(verdict("kundtjanstmedarbetare-malmo"), Verdict::SeveralLead { count: 3 });
    assert_eq!(verdict("evening-agent-copenhagen"), Verdict::NothingYet);
    assert_eq!(verdict("night-agent-tromso"), Verdict::SeenByDifferentPeople { lists: 2 });
    let gothenburg = compared(&job("technical-support-agent-gothenburg"));
    assert!(gothenburg.cautions.iter().any(|c| matches!(c, Caution::NotEnoughEvidence { .. })));
    assert!(matches!(&gothenburg.next, Some(Next::RateGap { dimension, .. }) if dimension == "growth"));
}

#[test]
fn one_interviewer_of_the_oslo_panel_is_stricter_and_one_milder_than_the_third() {
    let oslo = job("customer-support-agent-oslo");
    let rated_by_all = ["amara", "wei", "ingrid", "pavel"];

    let mean = |member: &str| {
        let heard = oslo.interviews.iter().filter(|interview| rated_by_all.contains(&interview.candidate.as_str()));
        let seats = heard.flat_map(|interview| &interview.seats).filter(|seat| seat.member == member);
        let points: Vec<u8> = seats.flat_map(|seat| seat.ratings.values()).filter_map(score).collect();
        points.iter().map(|&p| f64::from(p)).sum::<f64>() / points.len() as f64
    };

    assert!(mean("fatima") < mean("jonas") && mean("jonas") < mean("priya"));
    assert!(mean("priya") - mean("fatima") > 0.4);
}

#[test]
fn gothenburg_has_a_dimension_that_nobody_covered_and_ratings_without_enough_evidence() {
    let gothenburg = job("technical-support-agent-gothenburg");

    let covered: BTreeSet<&String> = gothenburg.rounds.iter().flat_map(|round| &round.dimensions).collect();
    let gaps: Vec<&String> = gothenburg.weights.keys().filter(|dimension| !covered.contains(dimension)).collect();
    let unknown = seats(&gothenburg).flat_map(|seat| seat.ratings.values());
    let unknown = unknown.filter(|rating| rating.rate == Some(Rating::NotEnoughEvidence)).count();

    assert_eq!(gaps, ["growth"]);
    assert!(unknown > 0);
}

#[test]
fn gothenburg_is_compared_without_names_and_somebody_without_an_account_sits_in_a_coming_interview() {
    let anonymised: Vec<String> =
        nordlys().jobs.iter().filter(|job| job.anonymised).map(|job| job.key.clone()).collect();
    let malmo = job("kundtjanstmedarbetare-malmo");
    let guests: Vec<String> =
        nordlys().members.iter().filter(|member| member.outside).map(|member| member.key.clone()).collect();
    let coming = malmo.interviews.iter().filter(|interview| interview.at.day > 0);

    assert_eq!(anonymised, ["technical-support-agent-gothenburg"]);
    assert_eq!(guests, ["clara"]);
    assert!(coming.flat_map(|interview| &interview.seats).any(|seat| seat.member == "clara"));
}

#[test]
fn stockholm_has_interviews_today_scorecards_due_and_a_draft_with_words() {
    let stockholm = job("chat-and-email-agent-stockholm");

    let today = stockholm.interviews.iter().filter(|interview| interview.at.day == 0).count();
    let held = stockholm.interviews.iter().filter(|interview| interview.at.day < 0 && interview.cancelled.is_none());
    let due = held.flat_map(|interview| &interview.seats).filter(|seat| seat.submitted.is_none()).count();
    let draft = seats(&stockholm).find(|seat| seat.saved.is_some()).unwrap();

    assert_eq!((today, due), (3, 3));
    assert_eq!(draft.member, nordlys().sign_ins.recruiter);
    assert!(draft.ratings.values().any(|rating| rating.rate.is_none() && rating.note.is_some()));
    assert!(stockholm.interviews.iter().any(|interview| interview.cancelled.is_some()));
    assert!(stockholm.interviews.iter().any(|interview| !interview.moved.is_empty()));
}

#[test]
fn helsinki_is_closed_with_every_outcome_and_one_amendment() {
    let helsinki = job("service-desk-agent-helsinki");

    let outcomes: BTreeSet<Outcome> = helsinki.decisions.iter().map(|decision| decision.outcome).collect();

    assert_eq!(outcomes.len(), 4);
    assert_eq!(seats(&helsinki).flat_map(|seat| &seat.amendments).count(), 1);
}

#[test]
fn copenhagen_is_empty_and_malmo_is_in_swedish() {
    assert!(job("evening-agent-copenhagen").applications.is_empty());

    let malmo = job("kundtjanstmedarbetare-malmo");
    let notes = seats(&malmo).flat_map(|seat| seat.ratings.values()).filter_map(|rated| rated.note.as_ref());
    let notes: Vec<&String> = notes.collect();
    assert!(notes.len() > 30);
    assert!(notes.iter().flat_map(|note| note.chars()).filter(|letter| "åäö".contains(*letter)).count() > 100);
}

#[test]
fn names_test_the_page_with_sixty_letters_and_other_scripts() {
    let candidates = nordlys().candidates;

    let letters = |candidate: &Candidate| candidate.name.chars().filter(|letter| letter.is_alphabetic()).count();

    assert!(candidates.iter().any(|candidate| letters(candidate) == 60));
    assert!(candidates.iter().any(|candidate| candidate.name == "李伟"));
    assert!(candidates.iter().any(|candidate| candidate.name == "Олена Шевченко"));
    assert!(candidates.iter().any(|candidate| candidate.email.is_none() && candidate.phone.is_none()));
}

#[test]
fn ids_are_the_same_everywhere_differ_by_path_and_sort_by_moment() {
    let early = Moment { day: -3, time: jiff::civil::time(10, 0, 0, 0) };
    let late = Moment { day: -3, time: jiff::civil::time(10, 1, 0, 0) };

    let one = id("nordlys/members/jonas", early);

    assert_eq!(one, id("nordlys/members/jonas", early));
    assert_ne!(one, id("nordlys/members/mei", early));
    assert!(one < id("nordlys/members/astrid", late));
    assert_eq!(one.get_version_num(), 7);
}

#[test]
fn a_member_candidate_or_tick_that_does_not_exist_is_named() {
    let stranger = contradictions_after(|nordlys| nordlys.jobs[0].interviews[0].seats[0].member = "nobody".into());
    let unknown = contradictions_after(|nordlys| nordlys.jobs[0].applications[0].candidate = "nobody".into());
    let tick = contradictions_after(|nordlys| {
        for rating in nordlys.jobs[0].interviews[0].seats[0].ratings.values_mut() {
            rating.ticks = vec!["lis-p99".into()];
        }
    });

    assert!(stranger.iter().any(|sentence| sentence.contains("nobody is no interviewer here")), "{stranger:?}");
    assert!(unknown.iter().any(|sentence| sentence.contains("nobody is no candidate")), "{unknown:?}");
    assert!(tick.iter().any(|sentence| sentence.contains("lis-p99")), "{tick:?}");
}

#[test]
fn a_rating_without_evidence_and_a_five_without_a_note_are_refused() {
    let rating = |rate, ticks: &[&str]| {
        let ticks: Vec<String> = ticks.iter().map(|&tick| tick.into()).collect();
        contradictions_after(move |nordlys| {
            let seat = &mut nordlys.jobs[0].interviews[0].seats[0];
            let rating = Rated { rate: Score::new(rate).map(Rating::Score), ticks: ticks.clone(), note: None };
            seat.ratings.insert("listening".into(), rating);
        })
    };

    assert!(rating(3, &[]).iter().any(|sentence| sentence.ends_with("rests on nothing")));
    assert!(rating(5, &["lis-p1"]).iter().any(|sentence| sentence.ends_with("is a 1 or a 5 without a note")));
    assert!(rating(3, &["lis-p1"]).is_empty());
}
