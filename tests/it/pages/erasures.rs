//! Erasing people: nothing of them is left in any table, every number stays, and what keeps a record keeps it.

use attune::{domain::policy::Role, store};

use super::shortlist::{Shortlist, hidden_field};
use crate::support::world::{Who, World, newest_events};

/// Part of every word that is written about the candidate, who has no other.
const WORDS: [&str; 4] = ["Vattenfall", "ingrid@", "555 0199", "word-"];

/// Every row of every table as text, with the table's name before it.
async fn everything(world: &World) -> Vec<String> {
    let tables = world.rows("SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'").await;
    let mut all = Vec::new();
    for table in &tables {
        let name = table["name"].as_str().unwrap();
        let rows = world.rows(&format!("SELECT t::text AS text FROM {name} t")).await;
        all.extend(rows.iter().map(|row| format!("{name}: {}", row["text"].as_str().unwrap())));
    }
    all
}

/// Numbers, ticks and outcomes of everybody.
async fn figures(world: &World) -> String {
    let ratings = "SELECT scorecard_id, dimension, score, not_enough_evidence, ticks FROM ratings ORDER BY 1, 2";
    let second = "SELECT debrief_id, scorecard_id, dimension, score FROM second_ratings ORDER BY 1, 2, 3";
    let outcomes = "SELECT id, outcome, at, inputs_digest, figures_digest FROM decisions ORDER BY 1";
    format!("{:?} {:?} {:?}", world.rows(ratings).await, world.rows(second).await, world.rows(outcomes).await)
}

async fn decide(world: &World, list: &Shortlist, application: impl std::fmt::Display, reason: &str) {
    let manager = world.who(Role::HiringManager);
    world.get(manager, &list.page()).await.assert_status(200);
    let form = format!("/applications/{application}/decisions");
    let seen = hidden_field(&world.get(manager, &format!("{form}/new")).await.assert_status(200), "inputs_digest");
    let fields = [("outcome", "rejected"), ("reason", reason), ("inputs_digest", seen.as_str())];
    world.post(manager, &form, &fields).await.assert_status(303);
}

/// Amara under a name of her own, about whom something is written in every place that takes words, and decided.
async fn written_about(world: &World) -> Shortlist {
    let list = Shortlist::new(world).await;
    let (org, card, seat) = (list.job.org_id, list.scorecards[0].id, list.scorecards[0].seat_id);
    let (kim, person, application) = (list.kim.id, list.amara.candidate.id, list.amara.application.id);
    for words in [
        format!(
            "UPDATE candidates SET name = 'Ingrid Vattenfall', email = 'ingrid@mail.example', phone = '+46 70 555 0199', note = 'word-note', pronunciation = 'word-said' WHERE id = '{person}'"
        ),
        format!("UPDATE applications SET accommodation = 'word-accommodation' WHERE id = '{application}'"),
        format!("UPDATE scorecards SET private_note = 'word-private', next_note = 'word-next' WHERE id = '{card}'"),
        format!("UPDATE ratings SET note = 'word-rating' WHERE scorecard_id = '{card}'"),
        format!(
            "INSERT INTO operations VALUES ('{org}', gen_random_uuid(), '{card}', '', 409, '{{\"value\": \"word-answer\"}}', now())"
        ),
        format!(
            "INSERT INTO conflict_copies VALUES ('{org}', gen_random_uuid(), '{card}', 'growth.note', 'word-copy', 0, now(), NULL)"
        ),
        format!("INSERT INTO papers VALUES ('{org}', '{card}', '{kim}', now(), now(), false, 'word-remark')"),
        format!(
            "INSERT INTO debriefs VALUES ('{org}', '{person}', '{application}', '{kim}', now(), 1, 'word-summary', NULL, NULL, NULL)"
        ),
        format!("INSERT INTO debrief_scorecards VALUES ('{org}', '{person}', '{card}')"),
        format!(
            "INSERT INTO second_ratings VALUES ('{org}', '{person}', '{card}', 'listening', 3, false, 'word-reason', '{{}}', 'word-second', 1, now())"
        ),
        format!(
            "INSERT INTO handovers SELECT '{org}', gen_random_uuid(), interview_id, '{kim}', '{kim}', '{{\"private_note\": \"word-draft\"}}', now() FROM seats WHERE id = '{seat}'"
        ),
        format!(
            "INSERT INTO candidate_imports VALUES ('{org}', gen_random_uuid(), '{}', '{kim}', 'people.csv', 'name\nIngrid Vattenfall', now(), NULL)",
            list.job.id
        ),
    ] {
        world.sql(&words).await;
    }
    list.amend(world, 4).await;
    world.sql("UPDATE amendments SET reason = 'word-amendment'").await;
    decide(world, &list, application, "word-decision").await;
    decide(world, &list, list.wei.application.id, "Somebody else").await;
    list
}

async fn send_summary(world: &World, list: &Shortlist) {
    let manager = world.who(Role::HiringManager);
    let fields = [("addresses", "board@owner.example"), ("note", "Ingrid Vattenfall first"), ("locale", "en")];
    let base = format!("/jobs/{}/summaries", list.job.id);
    let path = world.post(manager, &base, &fields).await.assert_status(303).location().to_owned();
    let digest = hidden_field(&world.get(manager, &path).await, "digest");
    world.post(manager, &format!("{path}/sending"), &[("digest", &digest)]).await.assert_status(303);
}

fn erasure(list: &Shortlist) -> String {
    format!("/candidates/{}/erasure", list.amara.candidate.id)
}

async fn erase(world: &World, who: &Who, list: &Shortlist) -> crate::support::world::Answer {
    world.post(who, &erasure(list), &[("sure", "on")]).await
}

#[actix_web::test]
async fn whoever_is_erased_is_in_no_table_any_more_and_every_figure_stays() {
    let world = World::new().await;
    let list = written_about(&world).await;
    send_summary(&world, &list).await;
    let hr = world.who(Role::Hr);
    let (before, numbers) = (everything(&world).await, figures(&world).await);
    for word in WORDS {
        assert!(before.iter().any(|row| row.contains(word)), "{word} is nowhere before");
    }

    world.get(hr, &erasure(&list)).await.assert_says("Every note and reason in 2 scorecards");
    erase(&world, hr, &list).await.assert_status(303);

    let after = everything(&world).await;
    for word in WORDS {
        let left: Vec<&String> = after.iter().filter(|row| row.contains(word)).collect();
        assert!(left.is_empty(), "{word} is left: {left:#?}");
    }
    assert_eq!(figures(&world).await, numbers);
    let mut conn = world.conn().await;
    let line = newest_events(&mut conn, &hr.scope(), 1).await.remove(0);
    assert_eq!((line.action.as_str(), line.object_id), ("candidate.erased", Some(list.amara.candidate.id.0)));
    assert_eq!(line.detail, serde_json::json!({ "reason": "request", "scorecards": 2 }));
    world.get(hr, &format!("/candidates/{}", list.amara.candidate.id)).await.assert_says("This person was erased on");
    world.get(hr, &erasure(&list)).await.assert_status(404);
}

#[actix_web::test]
async fn a_decision_on_somebody_else_still_computes_to_the_same_bytes_after_an_erasure() {
    let world = World::new().await;
    let list = written_about(&world).await;
    let manager = world.who(Role::HiringManager);
    let decisions = store::decision::of_job(&mut *world.conn().await, &manager.scope(), list.job.id).await.unwrap();
    let wei = decisions.iter().find(|decision| decision.candidate == list.wei.candidate.id).unwrap().id;
    erase(&world, world.who(Role::Hr), &list).await.assert_status(303);

    let again = world.get(manager, &format!("/decisions/{wei}/recomputation")).await.assert_status(200);

    again
        .assert_says("Computed again from the pinned ratings and weights: every number is the same.")
        .assert_silent_about("Vattenfall");
}

#[actix_web::test]
async fn nobody_is_asked_to_decide_about_somebody_who_was_erased() {
    let world = World::new().await;
    let list = written_about(&world).await;
    let manager = world.who(Role::HiringManager);
    erase(&world, world.who(Role::Hr), &list).await.assert_status(303);
    let choose = format!("/jobs/{}/decisions/new", list.job.id);

    world.get(manager, &list.page()).await.assert_status(200).assert_says("Record decision");
    let page = world.get(manager, &choose).await.assert_status(200).assert_says("Li Wei");
    assert!(!page.text().contains(&list.amara.application.id.to_string()), "{}", page.words());
    let form = format!("/applications/{}/decisions/new", list.amara.application.id);
    world.get(manager, &form).await.assert_status(409).assert_says("This person was erased");

    let wei = format!("/candidates/{}/erasure", list.wei.candidate.id);
    world.post(world.who(Role::Hr), &wei, &[("sure", "on")]).await.assert_status(303);
    assert!(!world.get(manager, &list.page()).await.assert_status(200).text().contains(&choose));
}

#[actix_web::test]
async fn nothing_can_be_written_about_somebody_who_was_erased() {
    let world = World::new().await;
    let list = written_about(&world).await;
    erase(&world, world.who(Role::Hr), &list).await.assert_status(303);
    let (recruiter, manager) = (world.who(Role::Recruiter), world.who(Role::HiringManager));
    let id = list.amara.candidate.id;
    let kept = everything(&world).await.len();

    let renamed = world.post(recruiter, &format!("/candidates/{id}"), &[("name", "Ingrid Vattenfall")]).await;
    let paths = format!("/applications/{}/accommodation", list.amara.application.id);
    let accommodated = world.post(recruiter, &paths, &[("accommodation", "word-again")]).await;
    let form = format!("/applications/{}/decisions", list.amara.application.id);
    // As the form of somebody else in the job has it, which is still there.
    let other = format!("/applications/{}/decisions/new", list.wei.application.id);
    let seen = hidden_field(&world.get(manager, &other).await.assert_status(200), "inputs_digest");
    let fields = [("outcome", "hired"), ("reason", "word-again"), ("inputs_digest", seen.as_str())];
    let decided = world.post(manager, &form, &fields).await;

    for answer in [renamed, accommodated, decided] {
        answer.assert_status(409).assert_says("This person was erased");
    }
    assert_eq!(everything(&world).await.len(), kept);
    assert!(!everything(&world).await.iter().any(|row| row.contains("word-again")));
}

#[actix_web::test]
async fn a_legal_hold_an_open_scorecard_or_a_missing_decision_keeps_the_record_and_says_so() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let hr = world.who(Role::Hr);
    let hold = format!("/jobs/{}/hold", list.job.id);

    world.get(hr, &erasure(&list)).await.assert_says("A job has no decision on this candidate yet");
    erase(&world, hr, &list).await.assert_status(409);
    decide(&world, &list, list.amara.application.id, "Enough").await;
    let open = world.interview(&list.amara, &list.round, &[&list.kim]).await;
    world.get(hr, &erasure(&list)).await.assert_says("A scorecard is still open");
    erase(&world, hr, &list).await.assert_status(409);
    world.cancel(&open).await;
    world.post(hr, &hold, &[("reason", " ")]).await.assert_status(422);
    world.post(hr, &hold, &[("reason", "Case 17/2026")]).await.assert_status(303);
    world.post(hr, &hold, &[("reason", "Twice")]).await.assert_status(409);
    world.get(hr, &erasure(&list)).await.assert_says("Legal hold on Customer support agent: Case 17/2026");
    erase(&world, hr, &list).await.assert_status(409);
    world.get(hr, &hold).await.assert_says("hr laid a hold on").assert_says("Case 17/2026");
    let name = world.rows("SELECT name FROM candidates WHERE erased_at IS NOT NULL").await;
    assert_eq!(name, [] as [serde_json::Value; 0]);

    world.post(hr, &format!("{hold}/lifting"), &[]).await.assert_status(303);
    world.post(hr, &erasure(&list), &[]).await.assert_status(422).assert_says("Confirm that you know");
    erase(&world, hr, &list).await.assert_status(303);
    let actions = newest_events(&mut *world.conn().await, &hr.scope(), 3).await;
    let actions: Vec<&str> = actions.iter().map(|event| event.action.as_str()).collect();
    assert_eq!(actions, ["candidate.erased", "job.released", "job.held"]);
}

#[actix_web::test]
async fn records_are_due_so_many_months_after_the_decision_and_only_those_ticked_go() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let hr = world.who(Role::Hr);
    decide(&world, &list, list.amara.application.id, "Long ago").await;
    decide(&world, &list, list.wei.application.id, "Not so long ago").await;
    let amara = list.amara.candidate.id.to_string();
    world.sql("UPDATE candidates SET created_at = created_at - interval '30 months'").await;
    world.sql("UPDATE decisions SET at = at - interval '23 months'").await;

    world.get(hr, "/records/due").await.assert_says("No record ended more than 24 months ago");
    world.post(hr, "/records/due", &[("candidates", &amara), ("sure", "on")]).await.assert_status(409);
    let of_amara = format!("application_id = '{}'", list.amara.application.id);
    world.sql(&format!("UPDATE decisions SET at = at - interval '2 months' WHERE {of_amara}")).await;
    let due = world.get(hr, "/records/due").await.assert_status(200);
    due.assert_says("One record ended more than 24 months ago")
        .assert_says("Amara Okafor")
        .assert_silent_about("Li Wei");
    world.post(hr, "/records/due", &[("sure", "on")]).await.assert_status(422).assert_says("Tick at least one");
    world.post(hr, "/records/due", &[("candidates", &amara)]).await.assert_status(422).assert_says("Confirm that");
    let gone = world.post(hr, "/records/due", &[("candidates", &amara), ("sure", "on")]).await.assert_status(303);

    world.get(hr, gone.location()).await.assert_says("One person is erased.").assert_says("No record ended");
    let left = world.rows("SELECT count(*) AS n FROM candidates WHERE name = 'Li Wei' AND erased_at IS NULL").await;
    assert_eq!(left[0]["n"], 1);
}

#[actix_web::test]
async fn only_hr_and_admins_who_see_every_job_erase_and_never_a_neighbours_candidate() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let theirs = Shortlist::of(&world, &world.neighbour).await;
    decide(&world, &list, list.amara.application.id, "Enough").await;
    world.sql(&format!("UPDATE jobs SET closed_at = now(), state = 'closed' WHERE id = '{}'", theirs.job.id)).await;

    for role in [Role::Recruiter, Role::HiringManager, Role::Interviewer] {
        erase(&world, world.who(role), &list).await.assert_status(403);
        world.get(world.who(role), "/records/due").await.assert_status(403);
    }
    erase(&world, world.who(Role::Hr), &theirs).await.assert_status(404);
    world.get(world.who(Role::Hr), &erasure(&theirs)).await.assert_status(404);
    let hold = format!("/jobs/{}/hold", theirs.job.id);
    world.post(world.who(Role::Hr), &hold, &[("reason", "Mine")]).await.assert_status(404);
    world.sql(&format!("UPDATE members SET own_jobs_only = true WHERE id = '{}'", world.who(Role::Hr).id)).await;
    erase(&world, world.who(Role::Hr), &list).await.assert_status(403);
    world.get(world.who(Role::Hr), "/records/due").await.assert_status(403);

    let erased = world.rows("SELECT id FROM candidates WHERE erased_at IS NOT NULL").await;
    assert_eq!(erased, [] as [serde_json::Value; 0]);
}

#[actix_web::test]
async fn a_persons_own_record_holds_everything_about_them_and_no_interviewers_name() {
    let world = World::new().await;
    let list = written_about(&world).await;
    let hr = world.who(Role::Hr);
    send_summary(&world, &list).await;
    world.sql("UPDATE letters SET state = 'sent', settled_at = now() WHERE kind = 'summary'").await;
    let path = format!("/candidates/{}/record", list.amara.candidate.id);
    world.sql("UPDATE debriefs SET closed_at = now(), closed_by = opened_by, seal = ''").await;
    world
        .sql("UPDATE ratings SET note = 'Better than Li Wei' WHERE dimension = 'growth' AND note = 'word-rating'")
        .await;

    let page = world.get(hr, &path).await.assert_status(200);
    let file = world.post(hr, &format!("{path}/exports"), &[]).await.assert_status(200);

    assert!(file.header("content-disposition").starts_with("attachment; filename=\"attune-own-record-"));
    let everything = [page.words(), file.text()];
    for text in &everything {
        for word in [
            "Ingrid Vattenfall",
            "ingrid@mail.example",
            "555 0199",
            "word-note",
            "word-said",
            "word-accommodation",
            "word-next",
            "word-rating",
            "word-amendment",
            "word-reason",
            "word-second",
            "word-decision",
            "word-private",
            "word-remark",
            "word-summary",
            "board@owner.example",
        ] {
            assert!(text.contains(word), "{word} is not in {text}");
        }
        assert!(!text.contains("Kim Berg") && !text.contains("Tove Lind"), "{text}");
        // Of others, of what waits for its author, and what was never submitted.
        assert!(!text.contains("Somebody else") && !text.contains("word-draft"), "{text}");
    }
    page.assert_says("Interviewer 2").assert_says("One text below may name somebody else");
    let record = file.json();
    let cards = &record["jobs"][0]["interviews"][0]["scorecards"];
    assert_eq!((&cards[0]["interviewer"], &cards[1]["interviewer"]), (&1.into(), &2.into()));
    let listening = &cards[0]["ratings"][0];
    assert_eq!(
        (&listening["score"], &listening["amendments"][0]["score"], &listening["second"]["score"]),
        (&5.into(), &4.into(), &3.into())
    );
    assert_eq!(record["marked"], 1);
    let letter = &record["letters"][0];
    assert_eq!((&letter["kind"], &letter["address"]), (&"summary".into(), &"board@owner.example".into()));
    let line = newest_events(&mut *world.conn().await, &hr.scope(), 1).await.remove(0);
    assert_eq!((line.action.as_str(), line.object_id), ("candidate.taken", Some(list.amara.candidate.id.0)));
    world.get(world.who(Role::Recruiter), &path).await.assert_status(403);
    world.get(world.neighbour.who(Role::Hr), &path).await.assert_status(404);
}

#[actix_web::test]
async fn whoever_has_a_scorecard_about_the_person_to_submit_does_not_get_their_record() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let hr = world.who(Role::Hr);
    let met = world.interview(&list.amara, &list.round, &[hr]).await;
    let path = format!("/candidates/{}/record", list.amara.candidate.id);

    world.get(hr, &path).await.assert_status(409).assert_says("Submit your own scorecard about this person first");
    world.post(hr, &format!("{path}/exports"), &[]).await.assert_status(409);
    world.cancel(&met).await;
    world.get(hr, &path).await.assert_status(200).assert_says("Asked what the caller had tried");
}
