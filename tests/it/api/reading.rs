//! What the API shows, to whom, page by page.

use std::collections::BTreeSet;

use attune::domain::{medium::Medium, policy::Role};
use serde_json::Value;
use uuid::Uuid;

use super::assert_problem;
use crate::support::{scenario::DIMENSIONS, world::World};

const RATINGS: [(&str, &str, &str); 2] =
    [("listening", "4", "Named the caller's second question"), ("growth", "not_enough_evidence", "")];

#[tokio::test]
async fn every_noun_can_be_read() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let interviewer = world.who(Role::Interviewer);
    let interviewed = world.interview(&applied, &round, &[interviewer]).await;
    let scorecard = world.submitted(&interviewed.seats[0], &RATINGS).await;
    let token = world.token_of(Role::Admin).await;

    let rubrics = world.read_all(&token, "/rubrics").await;
    let rubric = rubrics[0]["id"].as_str().unwrap();
    assert_eq!(rubrics.len(), 1);
    assert_eq!(world.read(&token, &format!("/rubrics/{rubric}")).await.json()["versions"][0]["version"], 1);
    let version = world.read(&token, &format!("/rubrics/{rubric}/versions/1")).await.assert_status(200).json();
    assert_eq!(version["id"], job.rubric_version_id.to_string());
    assert_eq!(version["dimensions"][0]["key"], "listening");
    assert!(version["dimensions"][0]["anchors"]["5"]["sv"].is_string());
    assert_problem(&world.read(&token, &format!("/rubrics/{rubric}/versions/2")).await, 404, "not_found");

    let shown = world.read(&token, &format!("/jobs/{}", job.id)).await.assert_status(200).json();
    assert_eq!((&shown["title"], &shown["weights"]["growth"]), (&"Support agent".into(), &10.into()));
    let rounds = world.read(&token, &format!("/jobs/{}/rounds", job.id)).await.json();
    assert_eq!((&rounds["items"][0]["medium"], &rounds["next"]), (&"video".into(), &Value::Null));
    assert_eq!(world.read_all(&token, "/jobs?state=closed").await, [] as [Value; 0]);

    let candidate = world.read(&token, &format!("/candidates/{}", applied.candidate.id)).await.json();
    assert_eq!(candidate["name"], "Amara Okafor");
    assert_eq!(world.read_all(&token, "/candidates?search=okaf").await.len(), 1);
    assert_eq!(world.read_all(&token, "/candidates?search=%25").await.len(), 0);
    let application = world.read(&token, &format!("/applications/{}", applied.application.id)).await.json();
    assert_eq!(application["candidate"], applied.candidate.id.to_string());
    assert_eq!(world.read_all(&token, &format!("/applications?job={}", job.id)).await.len(), 1);
    let interview = world.read(&token, &format!("/interviews/{}", interviewed.interview.id)).await.json();
    assert_eq!(interview["panel"][0], interviewer.id.to_string());
    assert_eq!(interview["starts_at"], "2026-11-23T07:00:00Z");
    assert_eq!(world.read_all(&token, &format!("/interviews?job={}", job.id)).await, [interview]);

    let card = world.read(&token, &format!("/scorecards/{}", scorecard.id)).await.assert_status(200).json();
    assert_eq!(card["member"], interviewer.id.to_string());
    assert_eq!(card["private_note"], Value::Null);
    assert_eq!(card["ratings"][1]["rating"], "4");
    assert_eq!(card["ratings"][0]["rating"], "not_enough_evidence");
    let filter = format!("/scorecards?application={}", applied.application.id);
    assert_eq!(world.read_all(&token, &filter).await, [card]);

    let records = world.read_all(&token, &format!("/records?job={}", job.id)).await;
    assert_eq!(records[0]["candidate_name"], "Amara Okafor");
    assert_eq!(records[0]["decision"], Value::Null);
    let wide = world.read(&token, "/records.csv?form=wide").await.assert_status(200);
    assert_eq!(wide.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(wide.text().lines().count(), 2);
    assert_eq!(world.read(&token, "/records.csv?form=long").await.text().lines().count(), 3);
    assert_problem(&world.read(&token, "/records.csv").await, 422, "invalid");
    assert_eq!(world.read_all(&token, "/members").await.len(), Role::ALL.len());
}

#[tokio::test]
async fn what_the_neighbour_has_answers_as_what_nobody_has() {
    let world = World::new().await;
    let job = world.job(&world.neighbour, "Next door").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let applied = world.candidate(&job, "Somebody Else").await;
    let interviewer = world.neighbour.who(Role::Interviewer);
    let interviewed = world.interview(&applied, &round, &[interviewer]).await;
    let scorecard = world.submitted(&interviewed.seats[0], &RATINGS).await;
    let theirs = world.token(world.neighbour.who(Role::Admin)).await;
    let rubric = world.read_all(&theirs, "/rubrics").await[0]["id"].as_str().unwrap().to_owned();
    let token = world.token_of(Role::Admin).await;

    let random = Uuid::now_v7();
    for (noun, id, rest) in [
        ("rubrics", rubric.clone(), ""),
        ("rubrics", rubric, "/versions/1"),
        ("jobs", job.id.to_string(), ""),
        ("jobs", job.id.to_string(), "/rounds"),
        ("candidates", applied.candidate.id.to_string(), ""),
        ("applications", applied.application.id.to_string(), ""),
        ("interviews", interviewed.interview.id.to_string(), ""),
        ("scorecards", scorecard.id.to_string(), ""),
    ] {
        let path = format!("/{noun}/{id}{rest}");
        world.read(&theirs, &path).await.assert_status(200);
        let answer = world.read(&token, &path).await;
        let nobodys = world.read(&token, &format!("/{noun}/{random}{rest}")).await;
        assert_problem(&answer, 404, "not_found");
        assert_eq!((answer.bytes, answer.headers.len()), (nobodys.bytes, nobodys.headers.len()), "{path}");
    }
    for list in ["/rubrics", "/jobs", "/candidates", "/applications", "/interviews", "/scorecards", "/records"] {
        assert!(world.read_all(&token, list).await.is_empty(), "{list}");
    }
    let filtered = world.read(&token, &format!("/records?job={}", job.id)).await;
    assert_problem(&filtered, 404, "not_found");
    world.read(&token, "/members").await.assert_status(200).assert_silent_about("fjordbank");
}

#[tokio::test]
async fn until_ones_own_scorecard_is_submitted_nothing_of_the_others_is_there() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let (hr, interviewer) = (world.who(Role::Hr), world.who(Role::Interviewer));
    let interviewed = world.interview(&applied, &round, &[interviewer, hr]).await;
    let separate = world.interview(&applied, &round, &[world.who(Role::Recruiter)]).await;
    let theirs = world.submitted(&interviewed.seats[0], &RATINGS).await;
    let apart = world.submitted(&separate.seats[0], &RATINGS).await;
    let token = world.token(hr).await;

    // A seat without a scorecard, then with a draft: the others' stay closed, also those of another interview in the round.
    for _ in 0..2 {
        for id in [theirs.id, apart.id] {
            assert_problem(&world.read(&token, &format!("/scorecards/{id}")).await, 404, "not_found");
        }
        assert!(world.read_all(&token, "/records").await.is_empty());
        assert_eq!(world.read(&token, "/records.csv?form=long").await.text().lines().count(), 1);
        let shown = world.read_all(&token, "/scorecards").await;
        assert!(shown.iter().all(|card| card["member"] == hr.id.to_string()), "{shown:?}");
        if shown.is_empty() {
            world.draft(&interviewed.seats[1], &[("listening", "2", "")]).await;
        }
    }
    assert_eq!(world.read_all(&token, "/scorecards").await.len(), 1);

    // Somebody without a seat in it sees what is submitted, and never a draft.
    let admin = world.token_of(Role::Admin).await;
    let seen = world.read_all(&admin, "/scorecards").await;
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|card| card["state"] == "submitted"));
}

#[tokio::test]
async fn an_interviewer_reaches_only_the_jobs_in_which_they_sit() {
    let world = World::new().await;
    let job = world.job(&world.home, "With a seat").await;
    let other = world.job(&world.home, "Without one").await;
    let round = world.round(&job, 1, Medium::Phone, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let stranger = world.candidate(&other, "Wei Chen").await;
    world.interview(&applied, &round, &[world.who(Role::Interviewer)]).await;
    let token = world.token_of(Role::Interviewer).await;

    let jobs = world.read_all(&token, "/jobs").await;

    assert_eq!(jobs.len(), 1);
    assert_eq!(jobs[0]["id"], job.id.to_string());
    assert_eq!(world.read_all(&token, "/candidates").await.len(), 1);
    assert_eq!(world.read_all(&token, "/applications").await.len(), 1);
    for path in [format!("/jobs/{}", other.id), format!("/candidates/{}", stranger.candidate.id)] {
        assert_problem(&world.read(&token, &path).await, 404, "not_found");
    }
}

#[tokio::test]
async fn pages_lead_to_the_end_without_gaps_or_repeats() {
    let world = World::new().await;
    let mut expected = BTreeSet::new();
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    for n in 0..7 {
        // Two have the same name: the id tells them apart.
        let applied = world.candidate(&job, &format!("Candidate {}", n / 2)).await;
        let interviewed = world.interview(&applied, &round, &[world.who(Role::Interviewer)]).await;
        world.submitted(&interviewed.seats[0], &RATINGS[..1]).await;
        expected.insert(applied.candidate.id.to_string());
        world.job(&world.home, &format!("Job {n}")).await;
    }
    let token = world.token_of(Role::Admin).await;

    for limit in [1, 2, 3, 7, 8, 200] {
        for (list, count) in [
            ("/jobs", 8),
            ("/rubrics", 8),
            ("/applications", 7),
            ("/interviews", 7),
            ("/scorecards", 7),
            ("/members", 5),
        ] {
            let items = world.read_all(&token, &format!("{list}?limit={limit}")).await;
            let ids: BTreeSet<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
            assert_eq!((items.len(), ids.len()), (count, count), "{list} by {limit}");
        }
        assert_eq!(world.read_all(&token, &format!("/records?limit={limit}")).await.len(), 7);
        let candidates = world.read_all(&token, &format!("/candidates?limit={limit}&search=candidate")).await;
        let ids: Vec<String> = candidates.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids.len(), 7);
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), expected);
    }
}

#[tokio::test]
async fn who_reads_a_candidate_others_scorecards_or_records_stands_in_the_trail() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let interviewed = world.interview(&applied, &round, &[world.who(Role::Interviewer)]).await;
    world.submitted(&interviewed.seats[0], &RATINGS[..1]).await;
    let (token, own) = (world.token_of(Role::Hr).await, world.token_of(Role::Interviewer).await);

    world.read(&token, &format!("/candidates/{}", applied.candidate.id)).await.assert_status(200);
    world.read(&token, "/scorecards").await.assert_status(200);
    world.read(&own, "/scorecards").await.assert_status(200);
    world.read(&token, "/records").await.assert_status(200);
    world.read(&token, "/records.csv?form=long").await.assert_status(200);

    for (action, count) in
        [("candidate.viewed", 1), ("scorecard.read", 1), ("record.exported", 2), ("record.export_completed", 1)]
    {
        assert_eq!(
            world.count("SELECT count(*) AS count FROM events WHERE action = $1", action).await,
            count,
            "{action}"
        );
    }
}

#[tokio::test]
async fn a_comparison_has_fair_scores_with_their_intervals_every_pair_and_how_it_was_computed() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening", "growth"]).await;
    let panel = [world.who(Role::Interviewer), world.who(Role::Recruiter)];
    for (name, points) in [("Amara Okafor", "5"), ("Li Wei", "2")] {
        let applied = world.candidate(&job, name).await;
        for seat in &world.interview(&applied, &round, &panel).await.seats {
            world.submitted(seat, &[("listening", points, "a note"), ("growth", points, "a note")]).await;
        }
    }
    let manager = world.token_of(Role::HiringManager).await;

    let path = format!("/jobs/{}/comparison", job.id);
    let found = world.read(&manager, &path).await.assert_status(200).json();
    let again = world.read(&manager, &path).await.assert_status(200).json();

    assert_eq!(found, again, "the same ratings give the same bytes");
    assert_eq!((&found["method"], &found["diagnostics"]["model"]), (&"panel_model".into(), &"panel-2".into()));
    assert_eq!(found["diagnostics"]["seed"].as_str().map(str::len), Some(16));
    let amara = &found["candidates"][0];
    assert_eq!((&amara["name"], &amara["mean"]), (&"Amara Okafor".into(), &5.0.into()));
    let (score, best) =
        (amara["estimate"]["value"].as_f64().unwrap(), amara["probabilities"]["best"].as_f64().unwrap());
    assert!(score < 5.0 && amara["estimate"]["inner"][0].as_f64().unwrap() < score && best > 0.8);
    let pair = &found["pairs"][0];
    assert_eq!(pair["a"], amara["candidate"]);
    assert_eq!(pair["above"].as_f64(), Some(best), "of two the best is the one above");
    assert_eq!(found["reliability"]["reason"], "few_candidates");
    assert_eq!(found["lists"].as_array().map(Vec::len), Some(1));
}
