//! What the API changes, for whom, and what it refuses.

use actix_web::http::Method;
use attune::domain::{medium::Medium, policy::Role};
use serde_json::{Value, json};
use uuid::Uuid;

use super::assert_problem;
use crate::support::{
    scenario::DIMENSIONS,
    world::{Home, World},
};

impl World {
    async fn new_job(&self, home: &Home) -> Value {
        let token = self.token(home.who(Role::Admin)).await;
        let existing = self.job(home, "The one before").await;
        json!({
            "title": "Support agent",
            "place": "Oslo",
            "hiring_manager": home.who(Role::HiringManager).id,
            "recruiter": home.who(Role::Recruiter).id,
            "rubric_version": self.read(&token, &format!("/jobs/{}", existing.id)).await.json()["rubric_version"],
            "weights": {"listening": 30, "growth": 10},
            "rounds": [{"name": "First", "medium": "video", "minutes": 45, "dimensions": ["growth", "listening"]}],
        })
    }
}

#[tokio::test]
async fn a_job_goes_from_its_opening_to_a_decision_through_the_api_alone() {
    let world = World::new().await;
    let recruiter = world.token_of(Role::Recruiter).await;

    // A job, its rounds, a candidate, a second application.
    let opened =
        world.write(&recruiter, Method::POST, "/jobs", &world.new_job(&world.home).await).await.assert_status(201);
    let job = opened.json();
    let id = job["id"].as_str().unwrap();
    assert_eq!(opened.location(), format!("/api/v1/jobs/{id}"));
    assert_eq!((&job["weights"]["listening"], &job["weights"]["attitude"]), (&30.into(), &0.into()));
    let changed = world
        .write(&recruiter, Method::PATCH, &format!("/jobs/{id}"), &json!({"revision": 0, "place": "Bergen"}))
        .await;
    let changed = changed.assert_status(200).json();
    assert_eq!((&changed["place"], &changed["revision"]), (&"Bergen".into(), &1.into()));
    let late = json!({"revision": 0, "place": "Oslo"});
    let late = world.write(&recruiter, Method::PATCH, &format!("/jobs/{id}"), &late).await;
    assert_problem(&late, 409, "job-changed-meanwhile");
    let round = world.read(&recruiter, &format!("/jobs/{id}/rounds")).await.json()["items"][0].clone();
    assert_eq!(round["dimensions"], json!(["listening", "growth"]));
    let new = json!({"job": id, "name": "Amara Okafor", "email": "amara@mail.example"});
    let candidate = world.write(&recruiter, Method::POST, "/candidates", &new).await.assert_status(201).json();
    let again = world.write(&recruiter, Method::POST, "/candidates", &new).await;
    assert_problem(&again, 422, "invalid");
    let other = world.write(&recruiter, Method::POST, "/jobs", &world.new_job(&world.home).await).await.json();
    let elsewhere = json!({"job": other["id"], "name": "Amara", "email": "AMARA@mail.example"});
    let known = world.write(&recruiter, Method::POST, "/candidates", &elsewhere).await;
    assert_problem(&known, 409, "api-candidate-known");
    let link = json!({"job": other["id"], "candidate": candidate["id"]});
    for _ in 0..2 {
        world.write(&recruiter, Method::POST, "/applications", &link).await.assert_status(201);
    }
    let path = format!("/applications?candidate={}", candidate["id"].as_str().unwrap());
    assert_eq!(world.read_all(&recruiter, &path).await.len(), 2);
    let details = json!({"name": "Amara O. Okafor", "note": "Speaks Norwegian"});
    let path = format!("/candidates/{}", candidate["id"].as_str().unwrap());
    let details = world.write(&recruiter, Method::PUT, &path, &details).await.assert_status(200).json();
    assert_eq!((&details["name"], &details["email"]), (&"Amara O. Okafor".into(), &Value::Null));
    let application = world.read_all(&recruiter, &format!("/applications?job={id}")).await[0].clone();

    // An interview, with letters to its panel.
    let interviewer = world.who(Role::Interviewer);
    let plan = json!({
        "application": application["id"], "round": round["id"], "starts_at": "2026-11-24T09:00:00Z",
        "place": "Room 3", "panel": [interviewer.id],
    });
    let interview = world.write(&recruiter, Method::POST, "/interviews", &plan).await.assert_status(201).json();
    assert_eq!((&interview["minutes"], &interview["time_zone"]), (&45.into(), &"Europe/Stockholm".into()));
    let twice = world.write(&recruiter, Method::POST, "/interviews", &plan).await;
    assert_problem(&twice, 409, "api-interview-doubts");
    let path = format!("/interviews/{}", interview["id"].as_str().unwrap());
    let later = json!({"sequence": 0, "starts_at": "2026-11-24T11:30:00+01:00", "panel": [interviewer.id]});
    let moved = world.write(&recruiter, Method::PUT, &path, &later).await.assert_status(200).json();
    assert_eq!((&moved["starts_at"], &moved["sequence"]), (&"2026-11-24T10:30:00Z".into(), &1.into()));
    let outdated = world.write(&recruiter, Method::PUT, &path, &later).await;
    assert_problem(&outdated, 409, "interview-changed-meanwhile");
    let pinned = world
        .write(&recruiter, Method::PATCH, &format!("/jobs/{id}"), &json!({"revision": 1, "weights": {"growth": 1}}))
        .await;
    assert_problem(&pinned, 409, "job-pinned-refused");
    assert_eq!(world.count("SELECT count(*) AS count FROM letters WHERE kind LIKE $1", "interview%").await, 2);

    // A scorecard: opened, rated, submitted, amended.
    let rater = world.token(interviewer).await;
    let new = json!({"interview": interview["id"]});
    let card = world.write(&rater, Method::POST, "/scorecards", &new).await.assert_status(201).json();
    let path = format!("/scorecards/{}", card["id"].as_str().unwrap());
    let rating = json!({"rating": "4", "note": "Named the second question", "revisions": card["revisions"]});
    let rated = world.write(&rater, Method::PUT, &format!("{path}/ratings/listening"), &rating).await;
    let rated = rated.assert_status(200).json();
    assert_eq!(rated["revisions"]["listening.rating"], 1);
    let other_text = json!({"rating": "2", "note": "Another text", "revisions": card["revisions"]});
    let conflict =
        world.write(&rater, Method::PUT, &format!("{path}/ratings/growth"), &rating).await.assert_status(200);
    drop(conflict);
    let early = json!({"revisions": card["revisions"]});
    let early = world.write(&rater, Method::POST, &format!("{path}/submission"), &early).await;
    assert_problem(&early, 409, "scorecard-changed");
    let card = world.read(&rater, &path).await.json();
    let incomplete = json!({"revisions": card["revisions"]});
    let incomplete = world.write(&rater, Method::POST, &format!("{path}/submission"), &incomplete).await;
    assert_problem(&incomplete, 409, "scorecard-has-gaps");
    let closing = json!({"recommendation": "yes", "next_note": "Ask about shifts", "revisions": card["revisions"]});
    let card =
        world.write(&rater, Method::PUT, &format!("{path}/recommendation"), &closing).await.assert_status(200).json();
    let submission = json!({"revisions": card["revisions"]});
    let sealed = world.write(&rater, Method::POST, &format!("{path}/submission"), &submission).await;
    let sealed = sealed.assert_status(200).json();
    assert_eq!((&sealed["state"], &sealed["revisions"]), (&"submitted".into(), &Value::Null));
    assert_eq!(sealed["seal"].as_str().unwrap().len(), 64);
    let late = world.write(&rater, Method::PUT, &format!("{path}/ratings/listening"), &other_text).await;
    assert_problem(&late, 409, "scorecard-sealed");
    let amendment =
        json!({"dimension": "growth", "rating": "not_enough_evidence", "reason": "It was about another job"});
    let amended = world.write(&rater, Method::POST, &format!("{path}/amendments"), &amendment).await;
    let amended = amended.assert_status(201).json();
    assert_eq!(amended["ratings"][0]["rating"], "4");
    assert_eq!(amended["ratings"][0]["amendments"][0]["rating"], "not_enough_evidence");

    // The comparison and the decision on it.
    let manager = world.token_of(Role::HiringManager).await;
    let comparison = world.read(&manager, &format!("/jobs/{id}/comparison")).await.assert_status(200).json();
    assert_eq!((&comparison["submitted"], &comparison["what_if"]), (&1.into(), &false.into()));
    assert_eq!(comparison["candidates"][0]["name"], "Amara O. Okafor");
    let what_if = world.read(&manager, &format!("/jobs/{id}/comparison?w.listening=0")).await.json();
    assert_eq!(what_if["what_if"], true);
    let mut decision = json!({
        "application": application["id"], "outcome": "hired", "reason": "The only one, and good",
        "inputs_digest": what_if["inputs_digest"],
    });
    let refused = world.write(&manager, Method::POST, "/decisions", &decision).await;
    assert_problem(&refused, 409, "decision-comparison-changed");
    decision["inputs_digest"] = comparison["inputs_digest"].clone();
    let recorded = world.write(&manager, Method::POST, "/decisions", &decision).await.assert_status(201).json();
    assert_eq!(recorded["outcome"], "hired");
    let again = format!("/decisions/{}/recomputation", recorded["id"].as_str().unwrap());
    let again = world.read(&manager, &again).await.assert_status(200).json();
    assert_eq!((&again["result"], &again["pinned_digest"]), (&"same".into(), &again["digest"]));
    assert_eq!(world.read_all(&manager, &format!("/jobs/{id}/decisions")).await, [recorded]);

    // Closed, refused, open again.
    let closed = world.call(&recruiter, Method::POST, &format!("/api/v1/jobs/{id}/closure"), None).await;
    assert_eq!(closed.assert_status(200).json()["state"], "closed");
    let twice = world.call(&recruiter, Method::POST, &format!("/api/v1/jobs/{id}/closure"), None).await;
    assert_problem(&twice, 409, "job-closed-already");
    let reopened = world.call(&recruiter, Method::DELETE, &format!("/api/v1/jobs/{id}/closure"), None).await;
    assert_eq!(reopened.assert_status(200).json()["state"], "open");
}

#[tokio::test]
async fn an_outdated_revision_is_a_conflict_and_nothing_is_overwritten() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let interviewer = world.who(Role::Interviewer);
    let interviewed = world.interview(&applied, &round, &[interviewer]).await;
    let token = world.token(interviewer).await;
    let new = json!({"interview": interviewed.interview.id});
    let card = world.write(&token, Method::POST, "/scorecards", &new).await.json();
    let path = format!("/scorecards/{}", card["id"].as_str().unwrap());
    let rating = |text: &str| json!({"rating": "4", "note": text, "revisions": card["revisions"]});
    world.write(&token, Method::PUT, &format!("{path}/ratings/listening"), &rating("First")).await.assert_status(200);

    let conflict = world.write(&token, Method::PUT, &format!("{path}/ratings/listening"), &rating("Second")).await;

    assert_problem(&conflict, 409, "api-scorecard-conflict");
    assert_eq!(world.read(&token, &path).await.json()["ratings"][0]["note"], "First");
    let same = world.write(&token, Method::PUT, &format!("{path}/ratings/listening"), &rating("First")).await;
    same.assert_status(200);
    let bare = json!({"rating": "4", "revisions": {}});
    let bare = world.write(&token, Method::PUT, &format!("{path}/ratings/listening"), &bare).await;
    assert_problem(&bare, 422, "invalid");
    assert_eq!(bare.json()["errors"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn what_was_asked_and_which_facts_came_back_are_written_and_read_and_left_out_they_stay() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let interviewer = world.who(Role::Interviewer);
    let interviewed = world.interview(&applied, &round, &[interviewer]).await;
    let token = world.token(interviewer).await;
    let new = json!({"interview": interviewed.interview.id});
    let card = world.write(&token, Method::POST, "/scorecards", &new).await.json();
    let path = format!("/scorecards/{}", card["id"].as_str().unwrap());
    let rate = format!("{path}/ratings/listening");

    let rating = json!({"rating": "4", "asked": ["lis-b1.1", "lis-b1"], "revisions": card["revisions"]});
    let rated = world.write(&token, Method::PUT, &rate, &rating).await.assert_status(200).json();
    let said = json!({"facts": ["8", "1"], "revisions": rated["revisions"]});
    let said =
        world.write(&token, Method::PUT, &format!("{path}/recommendation"), &said).await.assert_status(200).json();
    let again = json!({"rating": "3", "revisions": said["revisions"]});
    let left = world.write(&token, Method::PUT, &rate, &again).await.assert_status(200).json();
    let wrong = json!({"rating": "3", "asked": ["com-b1"], "revisions": left["revisions"]});
    let wrong = world.write(&token, Method::PUT, &rate, &wrong).await;

    assert_eq!(left["ratings"][0]["asked"], json!(["lis-b1", "lis-b1.1"]));
    assert_eq!((&left["facts"], &left["ratings"][0]["seconds"]), (&json!(["1", "8"]), &json!(null)));
    assert_eq!(left["revisions"]["listening.asked"], 1);
    assert_problem(&wrong, 422, "invalid");
}

#[tokio::test]
async fn only_the_member_of_the_seat_writes_a_scorecard() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let interviewed = world.interview(&applied, &round, &[world.who(Role::Interviewer)]).await;
    let draft = world.draft(&interviewed.seats[0], &[("listening", "3", "a note")]).await;
    let revisions = json!({
        "listening.rating": 1, "listening.ticks": 0, "listening.note": 1,
        "recommendation": 0, "private_note": 0, "next_note": 0,
    });

    for role in [Role::Admin, Role::Recruiter, Role::HiringManager, Role::Hr] {
        let token = world.token_of(role).await;
        let path = format!("/scorecards/{}", draft.id);
        let rating = json!({"rating": "1", "revisions": revisions});
        let answers = [
            world.write(&token, Method::POST, "/scorecards", &json!({"interview": interviewed.interview.id})).await,
            world.write(&token, Method::PUT, &format!("{path}/ratings/listening"), &rating).await,
            world.write(&token, Method::PUT, &format!("{path}/recommendation"), &json!({"revisions": revisions})).await,
            world.write(&token, Method::POST, &format!("{path}/submission"), &json!({"revisions": revisions})).await,
            world
                .write(
                    &token,
                    Method::POST,
                    &format!("{path}/amendments"),
                    &json!({"dimension": "listening", "rating": "1", "reason": "because"}),
                )
                .await,
            world.read(&token, &path).await,
        ];
        for answer in answers {
            assert_problem(&answer, 404, "not_found");
        }
    }
}

#[tokio::test]
async fn writing_into_the_neighbours_is_writing_into_nothing() {
    let world = World::new().await;
    let job = world.job(&world.neighbour, "Next door").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let applied = world.candidate(&job, "Somebody Else").await;
    let interviewed = world.interview(&applied, &round, &[world.neighbour.who(Role::Interviewer)]).await;
    let token = world.token_of(Role::Admin).await;
    let attempts = |job: String, candidate: String, application: String, interview: String| {
        vec![
            (Method::PATCH, format!("/jobs/{job}"), json!({"revision": 0, "title": "Mine"})),
            (Method::POST, "/candidates".to_owned(), json!({"job": job, "name": "Mine"})),
            (Method::PUT, format!("/candidates/{candidate}"), json!({"name": "Mine"})),
            (Method::POST, "/applications".to_owned(), json!({"job": job, "candidate": candidate})),
            (
                Method::POST,
                "/interviews".to_owned(),
                json!({"application": application, "round": round.id, "starts_at": "2026-11-24T09:00:00Z", "panel": []}),
            ),
            (
                Method::PUT,
                format!("/interviews/{interview}"),
                json!({"sequence": 0, "starts_at": "2026-11-24T09:00:00Z", "panel": []}),
            ),
            (Method::POST, format!("/interviews/{interview}/cancellation"), json!({"reason": "Mine"})),
            (Method::POST, "/scorecards".to_owned(), json!({"interview": interview})),
            (
                Method::POST,
                "/decisions".to_owned(),
                json!({"application": application, "outcome": "hired", "reason": "Mine", "inputs_digest": ""}),
            ),
            (Method::POST, format!("/jobs/{job}/closure"), Value::Null),
            (Method::DELETE, format!("/jobs/{job}/closure"), Value::Null),
        ]
    };
    let random = || Uuid::now_v7().to_string();

    let theirs = attempts(
        job.id.to_string(),
        applied.candidate.id.to_string(),
        applied.application.id.to_string(),
        interviewed.interview.id.to_string(),
    );
    for (theirs, nobodys) in theirs.into_iter().zip(attempts(random(), random(), random(), random())) {
        let answer = world.write(&token, theirs.0, &theirs.1, &theirs.2).await;
        let nothing = world.write(&token, nobodys.0, &nobodys.1, &nobodys.2).await;
        assert_problem(&answer, 404, "not_found");
        assert_eq!((answer.status, answer.bytes), (nothing.status, nothing.bytes), "{}", theirs.1);
    }

    // People and versions of the neighbour are no choices.
    let mut new = world.new_job(&world.home).await;
    let theirs = world.new_job(&world.neighbour).await;
    new["recruiter"] = theirs["recruiter"].clone();
    let answer = world.write(&token, Method::POST, "/jobs", &new).await;
    assert_problem(&answer, 422, "invalid");
    assert_eq!(answer.json()["errors"][0]["field"], "recruiter");
    let mut new = world.new_job(&world.home).await;
    new["rubric_version"] = theirs["rubric_version"].clone();
    let answer = world.write(&token, Method::POST, "/jobs", &new).await;
    assert_eq!(answer.json()["errors"][0]["field"], "rubric_version");
}

#[tokio::test]
async fn what_a_body_may_not_hold_is_named() {
    let world = World::new().await;
    let token = world.token_of(Role::Recruiter).await;
    let with = |change: fn(&mut Value)| {
        let mut new = json!({});
        change(&mut new);
        new
    };
    let base = world.new_job(&world.home).await;
    for (change, field) in [
        (with(|new| new["title"] = "".into()), "title"),
        (with(|new| new["title"] = "x".repeat(121).into()), "title"),
        (with(|new| new["title"] = "bell\u{7}".into()), "title"),
        (with(|new| new["weights"] = json!({"charm": 10, "listening": 10})), "weights.charm"),
        (with(|new| new["weights"] = json!({"listening": 101})), "weights.listening"),
        (with(|new| new["weights"] = json!({})), "weights.listening"),
        (with(|new| new["rounds"] = json!([])), "rounds"),
        (
            with(|new| {
                new["rounds"] = json!([{"name": "a", "medium": "video", "minutes": 4, "dimensions": ["growth"]}])
            }),
            "rounds.0.minutes",
        ),
        (
            with(|new| {
                new["rounds"] = json!([{"name": "a", "medium": "video", "minutes": 45, "dimensions": ["charm"]}])
            }),
            "rounds.0.dimensions",
        ),
        (
            with(|new| {
                new["rounds"] = json!([{"name": "a", "medium": "smoke", "minutes": 45, "dimensions": ["growth"]}])
            }),
            "body",
        ),
        (with(|new| new["salary"] = 1.into()), "body"),
    ] {
        let mut new = base.clone();
        for (name, value) in change.as_object().unwrap() {
            new[name] = value.clone();
        }
        let answer = world.write(&token, Method::POST, "/jobs", &new).await;
        assert_problem(&answer, 422, "invalid");
        assert_eq!(answer.json()["errors"][0]["field"], field, "{}", answer.text());
    }
}

#[tokio::test]
async fn roles_that_do_not_run_jobs_change_none() {
    let world = World::new().await;
    for role in [Role::HiringManager, Role::Interviewer, Role::Hr] {
        let token = world.token_of(role).await;
        for (method, path) in [
            (Method::POST, "/jobs".to_owned()),
            (Method::PATCH, format!("/jobs/{}", Uuid::now_v7())),
            (Method::POST, format!("/jobs/{}/closure", Uuid::now_v7())),
            (Method::POST, "/candidates".to_owned()),
            (Method::POST, "/applications".to_owned()),
            (Method::POST, "/interviews".to_owned()),
            (Method::POST, format!("/interviews/{}/cancellation", Uuid::now_v7())),
        ] {
            assert_problem(&world.write(&token, method, &path, &json!({})).await, 403, "forbidden");
        }
    }
    for role in [Role::Recruiter, Role::Interviewer, Role::Hr] {
        let token = world.token_of(role).await;
        assert_problem(&world.write(&token, Method::POST, "/decisions", &json!({})).await, 403, "forbidden");
    }
}
