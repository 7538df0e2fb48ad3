//! Jobs: opening, changing and closing one; the list; a job on one page, and what it must not tell.

use attune::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, DecisionId, JobId},
        medium::Medium,
        policy::Role,
    },
    store::{self, Scope, decision::Decision, job::Job},
};
use diesel_async::RunQueryDsl;
use jiff::ToSpan;
use scraper::Selector;
use serde_json::json;

use crate::support::{
    scenario::{DIMENSIONS, Interviewed},
    world::{Answer, Who, World, newest_events},
};

/// The form of a new job as the page for a template shows it, with every field as it would be sent.
async fn prefilled(world: &World, who: &Who, path: &str) -> Vec<(String, String)> {
    let page = world.get(who, path).await.assert_status(200);
    fields(&page)
}

/// What a browser would send of a page's form without its buttons.
fn fields(page: &Answer) -> Vec<(String, String)> {
    let html = page.html();
    let inputs = Selector::parse("main form input[name]").unwrap();
    let selects = Selector::parse("main form select[name]").unwrap();
    let chosen = Selector::parse("option[selected]").unwrap();
    let mut fields: Vec<(String, String)> = html
        .select(&inputs)
        .map(|input| input.value())
        .filter(|input| input.attr("type") != Some("checkbox") || input.attr("checked").is_some())
        .map(|input| (input.attr("name").unwrap().to_owned(), input.attr("value").unwrap_or_default().to_owned()))
        .collect();
    fields.extend(html.select(&selects).filter_map(|select| {
        let option = select.select(&chosen).next()?;
        Some((select.value().attr("name").unwrap().to_owned(), option.value().attr("value").unwrap().to_owned()))
    }));
    fields
}

fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
}

async fn send(world: &World, who: &Who, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    world.post(who, path, &fields).await
}

/// Opens a job from a template as the recruiter does, and gives its id.
async fn open(world: &World) -> JobId {
    let recruiter = world.who(Role::Recruiter);
    // The scenario's job brings a published rubric along.
    world.job(&world.home, "Another job").await;
    let mut form = prefilled(world, recruiter, "/jobs/new?template=support-agent").await;
    set(&mut form, "hiring_manager", &world.who(Role::HiringManager).id.to_string());
    let answer = send(world, recruiter, "/jobs", &form).await.assert_status(303);
    answer.location().trim_start_matches("/jobs/").split('?').next().unwrap().parse().unwrap()
}

async fn pin(world: &World, job: JobId) {
    let mut conn = world.conn().await;
    store::job::pin(&mut conn, &world.who(Role::Recruiter).scope(), job, world.now()).await.unwrap();
}

async fn rounds(world: &World, job: JobId) -> Vec<store::round::Round> {
    store::round::of_job(&mut *world.conn().await, &world.who(Role::Recruiter).scope(), job).await.unwrap()
}

async fn trail(world: &World) -> Vec<(String, serde_json::Value)> {
    let scope: Scope = world.who(Role::Hr).scope();
    let events = newest_events(&mut *world.conn().await, &scope, 50).await;
    events.into_iter().rev().map(|event| (event.action, event.detail)).collect()
}

async fn decide(world: &World, application: ApplicationId, outcome: Outcome) {
    let decision = Decision {
        org_id: world.home.org,
        id: DecisionId::new(),
        application_id: application,
        outcome,
        reason: "The other one was asked first".to_owned(),
        member_id: world.who(Role::HiringManager).id,
        comparison: json!({}),
        inputs_digest: "0".to_owned(),
        at: world.now().into(),
        inputs: None,
        figures_digest: None,
    };
    store::decision::insert(&mut *world.conn().await, &decision).await.unwrap();
}

const ALL_RATED: [(&str, &str, &str); 1] = [("listening", "4", "Said the number back")];

// ── Opening ──

#[actix_web::test]
async fn a_job_is_opened_from_a_template_with_its_weights_rounds_and_questions() {
    let world = World::new().await;

    let id = open(&world).await;

    let page = world.get(world.who(Role::Recruiter), &format!("/jobs/{id}")).await.assert_status(200);
    page.assert_says("Customer support agent, phone and chat")
        .assert_says("Listening 20%")
        .assert_says("Sincerity 10%")
        .assert_says("No candidate yet");
    let rounds = rounds(&world, id).await;
    let names: Vec<&str> = rounds.iter().map(|round| round.name.as_str()).collect();
    assert_eq!(names, ["First call", "Chat interview", "Panel interview"]);
    assert_eq!(rounds[1].medium, Medium::Text);
    assert_eq!(rounds[1].questions, ["com-b2", "com-s1", "pro-b1", "pro-s2"]);
    let (action, detail) = trail(&world).await.pop().unwrap();
    assert_eq!((action.as_str(), detail["rounds"].as_i64()), ("job.opened", Some(3)));
    assert!(!detail.to_string().contains("Customer"), "the trail holds ids, never titles");
}

#[actix_web::test]
async fn rounds_come_and_go_by_buttons_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    world.job(&world.home, "Another job").await;
    let mut form = prefilled(&world, recruiter, "/jobs/new?template=support-agent").await;
    set(&mut form, "title", "Night agent");
    set(&mut form, "weight.growth", "99");
    set(&mut form, "action", "add-round");

    let longer = send(&world, recruiter, "/jobs", &form).await.assert_status(200).assert_says("Round 4");
    let mut form = fields(&longer);
    set(&mut form, "action", "remove-round.0");
    let shorter = send(&world, recruiter, "/jobs", &form).await.assert_status(200);

    let form = fields(&shorter);
    let value = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!(value("title"), Some("Night agent"));
    assert_eq!(value("weight.growth"), Some("99"));
    assert_eq!(value("rounds"), Some("3"));
    assert_eq!(value("round.0.name"), Some("Chat interview"));
    assert_eq!(value("round.2.name"), Some("Round 4"));
    let jobs = store::job::newest(&mut *world.conn().await, &recruiter.scope(), 10).await.unwrap();
    assert_eq!(jobs.len(), 1, "buttons of the form open nothing");
}

#[actix_web::test]
async fn a_dimension_without_chosen_questions_gets_one_of_each_kind() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    world.job(&world.home, "Another job").await;
    let mut form = prefilled(&world, recruiter, "/jobs/new?template=support-agent").await;
    set(&mut form, "hiring_manager", &world.who(Role::HiringManager).id.to_string());
    form.retain(|(name, _)| name != "round.1.question");

    let answer = send(&world, recruiter, "/jobs", &form).await.assert_status(303);

    let id = answer.location()["/jobs/".len()..].split('?').next().unwrap().parse().unwrap();
    // Communication and problem solving, and none that the panel interview asks.
    assert_eq!(rounds(&world, id).await[1].questions, ["com-b2", "com-s1", "pro-b1", "pro-s2"]);
}

#[actix_web::test]
async fn a_job_starts_from_an_earlier_one_but_keeps_its_own_rounds() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let first = open(&world).await;

    let form = prefilled(&world, recruiter, &format!("/jobs/new?job={first}")).await;
    let second = send(&world, recruiter, "/jobs", &form).await.assert_status(303);

    let second: JobId = second.location()["/jobs/".len()..].split('?').next().unwrap().parse().unwrap();
    let (first, second) = (rounds(&world, first).await, rounds(&world, second).await);
    assert_eq!(first.len(), second.len());
    assert!(first.iter().zip(&second).all(|(one, other)| one.id != other.id && one.questions == other.questions));
}

#[actix_web::test]
async fn a_job_like_an_earlier_one_asks_what_that_one_took_from_the_library_unless_it_is_retired() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let first = open(&world).await;
    let (kept, kept_page) = library_question(&world, "Tell me about a caller who was hard to understand.").await;
    let (gone, gone_page) = library_question(&world, "Tell me about a caller who hung up.").await;
    let round = &rounds(&world, first).await[0];
    let mut chosen: Vec<(&str, &str)> = round.questions.iter().map(|key| ("question", key.as_str())).collect();
    let seen = round.questions.join(" ");
    chosen.extend([("question", kept.as_str()), ("question", gone.as_str()), ("seen", seen.as_str())]);
    world.post(recruiter, &format!("/rounds/{}/questions", round.id), &chosen).await.assert_status(303);
    world.post(recruiter, &format!("{gone_page}/retirement"), &[]).await.assert_status(303);

    let page = world.get(recruiter, &format!("/jobs/new?job={first}")).await.assert_status(200);
    page.assert_says(
        "asked a question of the library that is retired. It was not taken along: Tell me about a caller who hung up.",
    );
    let form = prefilled(&world, recruiter, &format!("/jobs/new?job={first}")).await;
    let second = send(&world, recruiter, "/jobs", &form).await.assert_status(303);

    let second: JobId = second.location()["/jobs/".len()..].split('?').next().unwrap().parse().unwrap();
    let asked = &rounds(&world, second).await[0].questions;
    assert!(asked.contains(&kept) && !asked.contains(&gone), "{asked:?}");
    world.get(recruiter, &kept_page).await.assert_says("Chosen in 2 rounds");
    // Changing the first one leaves both where they are, each once.
    let form = prefilled(&world, recruiter, &format!("/jobs/{first}/edit")).await;
    send(&world, recruiter, &format!("/jobs/{first}"), &form).await.assert_status(303);
    let asked = &rounds(&world, first).await[0].questions;
    assert_eq!(asked.iter().filter(|key| **key == kept || **key == gone).count(), 2, "{asked:?}");
}

/// A question on listening: its key and its page.
async fn library_question(world: &World, words: &str) -> (String, String) {
    let fields = [("dimension", "listening"), ("kind", "behavioural"), ("text.en", words)];
    let answer = world.post(world.who(Role::Recruiter), "/questions", &fields).await.assert_status(303);
    let page = answer.location().split('?').next().unwrap().to_owned();
    let row = &world.rows("SELECT key FROM questions ORDER BY id DESC LIMIT 1").await[0];
    (row["key"].as_str().unwrap().to_owned(), page)
}

#[actix_web::test]
async fn a_form_with_gaps_comes_back_with_every_complaint_and_everything_typed() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    world.job(&world.home, "Another job").await;
    let mut form = prefilled(&world, recruiter, "/jobs/new?template=support-agent").await;
    set(&mut form, "title", " ");
    set(&mut form, "place", "<script>alert(1)</script>");
    set(&mut form, "weight.listening", "101");
    set(&mut form, "round.1.minutes", "3");

    let answer = send(&world, recruiter, "/jobs", &form).await.assert_status(422);

    answer
        .assert_says("4 things to put right")
        .assert_says("Enter a whole number from 0 to 100")
        .assert_says("Enter a whole number from 5 to 480")
        .assert_silent_about("<script>alert");
}

#[actix_web::test]
async fn a_plan_needs_a_weight_and_a_dimension_in_every_round() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    world.job(&world.home, "Another job").await;
    let mut form = prefilled(&world, recruiter, "/jobs/new?template=support-agent").await;
    set(&mut form, "hiring_manager", &world.who(Role::HiringManager).id.to_string());
    for dimension in DIMENSIONS {
        set(&mut form, &format!("weight.{dimension}"), "0");
    }
    form.retain(|(name, _)| name != "round.0.dimension");

    let answer = send(&world, recruiter, "/jobs", &form).await.assert_status(422);

    answer.assert_says("Give at least one dimension a weight above 0").assert_says("Choose at least one dimension");
}

#[actix_web::test]
async fn only_a_hiring_manager_of_the_organisation_may_be_named() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    world.job(&world.home, "Another job").await;
    let mut form = prefilled(&world, recruiter, "/jobs/new?template=support-agent").await;

    for wrong in [world.who(Role::Interviewer).id, world.neighbour.who(Role::HiringManager).id] {
        set(&mut form, "hiring_manager", &wrong.to_string());
        send(&world, recruiter, "/jobs", &form).await.assert_status(422).assert_says("Choose one of the options");
    }
}

#[actix_web::test]
async fn a_rubric_of_the_neighbour_cannot_be_used() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    world.job(&world.home, "Another job").await;
    let theirs = world.job(&world.neighbour, "Theirs").await;
    let mut form = prefilled(&world, recruiter, "/jobs/new?template=support-agent").await;
    set(&mut form, "hiring_manager", &world.who(Role::HiringManager).id.to_string());
    set(&mut form, "rubric", &theirs.rubric_version_id.to_string());
    set(&mut form, "rubric_shown", &theirs.rubric_version_id.to_string());

    send(&world, recruiter, "/jobs", &form).await.assert_status(422);
}

#[actix_web::test]
async fn only_recruiters_and_admins_open_change_and_close_jobs() {
    let world = World::new().await;
    let job = world.job(&world.home, "Agent").await;

    for role in [Role::HiringManager, Role::Interviewer, Role::Hr] {
        let who = world.who(role);
        world.get(who, "/jobs/new").await.assert_status(403);
        world.post(who, "/jobs", &[]).await.assert_status(403);
        world.get(who, &format!("/jobs/{}/edit", job.id)).await.assert_status(403);
        world.post(who, &format!("/jobs/{}", job.id), &[]).await.assert_status(403);
        world.post(who, &format!("/jobs/{}/closing", job.id), &[]).await.assert_status(403);
        world.post(who, &format!("/jobs/{}/reopening", job.id), &[]).await.assert_status(403);
    }
}

// ── Changing and closing ──

#[actix_web::test]
async fn weights_and_rounds_change_until_the_first_interview_is_planned_and_rounds_keep_their_ids() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let id = open(&world).await;
    let before = rounds(&world, id).await;

    let mut form = prefilled(&world, recruiter, &format!("/jobs/{id}/edit")).await;
    set(&mut form, "weight.growth", "40");
    set(&mut form, "round.1.name", "Chat with two customers");
    send(&world, recruiter, &format!("/jobs/{id}"), &form).await.assert_status(303);

    let after = rounds(&world, id).await;
    assert_eq!(after[1].name, "Chat with two customers");
    assert!(before.iter().zip(&after).all(|(one, other)| one.id == other.id));
    world.get(recruiter, &format!("/jobs/{id}")).await.assert_says("Growth 32%");
    let (action, detail) = trail(&world).await.pop().unwrap();
    assert_eq!((action.as_str(), &detail["changed"]), ("job.changed", &json!(["weights", "rounds"])));
}

#[actix_web::test]
async fn who_saves_a_job_that_somebody_else_has_changed_meanwhile_sees_both_versions_and_loses_nothing() {
    let world = World::new().await;
    let (recruiter, admin) = (world.who(Role::Recruiter), world.who(Role::Admin));
    let id = open(&world).await;
    let path = format!("/jobs/{id}");
    let edit = format!("{path}/edit");
    let (mut first, mut second) = (prefilled(&world, recruiter, &edit).await, prefilled(&world, admin, &edit).await);
    set(&mut first, "place", "Bergen");
    set(&mut first, "weight.growth", "40");
    send(&world, recruiter, &path, &first).await.assert_status(303);

    // When the second saves what they began before
    set(&mut second, "title", "Agent for the night");
    set(&mut second, "place", "Oslo");
    set(&mut second, "round.0.name", "A call at night");
    let refused = send(&world, admin, &path, &second).await.assert_status(409);

    // Then nothing is saved, both versions are shown, and the form holds what was typed
    let refused = refused
        .assert_says("Somebody else has changed this job meanwhile, so nothing was saved.")
        .assert_says("Place Bergen Oslo")
        .assert_says("Weight of Growth 40 15")
        .assert_says("A call at night");
    let mut again = fields(&refused);
    for (name, value) in &second {
        assert!(name == "revision" || again.contains(&(name.clone(), value.clone())), "{name} was lost");
    }
    assert_eq!(store::job::find(&mut *world.conn().await, &admin.scope(), id).await.unwrap().place, "Bergen");

    // And whoever has seen both may save; the same button pressed twice is no conflict
    set(&mut again, "place", "Bergen");
    send(&world, admin, &path, &again).await.assert_status(303);
    send(&world, admin, &path, &again).await.assert_status(303);
    world.get(admin, &path).await.assert_says("Agent for the night").assert_says("Bergen");
}

#[actix_web::test]
async fn a_pinned_job_says_why_its_plan_is_fixed_and_takes_no_other() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let id = open(&world).await;
    let mut late = prefilled(&world, recruiter, &format!("/jobs/{id}/edit")).await;
    let before = rounds(&world, id).await;
    pin(&world, id).await;

    let page = world.get(recruiter, &format!("/jobs/{id}/edit")).await.assert_status(200);
    let page = page.assert_says("rubric, weights and rounds are fixed").assert_silent_about("weight.listening");
    set(&mut late, "weight.listening", "90");
    set(&mut late, "title", "Changed");
    send(&world, recruiter, &format!("/jobs/{id}"), &late)
        .await
        .assert_status(409)
        .assert_says("An interview has been scheduled since you opened this form");

    let job = store::job::find(&mut *world.conn().await, &recruiter.scope(), id).await.unwrap();
    assert_eq!(job.weights()["listening"], 20);
    assert_ne!(job.title, "Changed");
    assert_eq!(rounds(&world, id).await, before);

    let mut facts = fields(&page);
    set(&mut facts, "title", "Changed");
    set(&mut facts, "place", "Bergen");
    send(&world, recruiter, &format!("/jobs/{id}"), &facts).await.assert_status(303);
    world.get(recruiter, &format!("/jobs/{id}")).await.assert_says("Changed").assert_says("Bergen");
}

#[actix_web::test]
async fn a_dimension_that_no_round_covers_is_warned_of() {
    let world = World::new().await;
    let job = world.job(&world.home, "Agent").await;
    world.round(&job, 1, Medium::Phone, &["listening", "communication", "attitude", "problem_solving"]).await;
    let path = format!("/jobs/{}", job.id);

    let page = world.get(world.who(Role::Recruiter), &path).await;

    page.assert_says("No round covers Sincerity, Growth");
    world.round(&job, 2, Medium::Video, &["sincerity", "growth"]).await;
    world.get(world.who(Role::Recruiter), &path).await.assert_silent_about("No round covers");
}

#[actix_web::test]
async fn closing_says_what_it_does_with_numbers_and_can_be_undone() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let (job, round) = job_with_round(&world).await;
    let amara = world.candidate(&job, "Amara").await;
    world.candidate(&job, "Li Wei").await;
    world.interview_at(&amara, &round, &[world.who(Role::Interviewer)], world.now() + 2.hours()).await;

    let path = format!("/jobs/{}/closing", job.id);
    world
        .get(recruiter, &path)
        .await
        .assert_says("One scheduled interview stays in the calendars")
        .assert_says("2 candidates have no decision yet");
    world.post(recruiter, &path, &[]).await.assert_status(303);
    world.post(recruiter, &path, &[]).await.assert_status(409).assert_says("closed already");

    world.get(recruiter, "/jobs").await.assert_silent_about("Agent").assert_says("Closed (1)");
    world.get(recruiter, "/jobs?state=closed").await.assert_says("Agent");
    world.get(recruiter, &format!("/jobs/{}", job.id)).await.assert_silent_about("candidates/new");
    world.post(recruiter, &format!("/jobs/{}/reopening", job.id), &[]).await.assert_status(303);
    world.get(recruiter, "/jobs").await.assert_says("Agent");
    let actions: Vec<String> = trail(&world).await.into_iter().map(|(action, _)| action).collect();
    assert_eq!(actions, ["job.closed", "job.reopened"]);
}

// ── Who sees what ──

#[actix_web::test]
async fn an_interviewer_and_a_hiring_manager_see_only_their_own_jobs() {
    let world = World::new().await;
    let (own, round) = job_with_round(&world).await;
    let amara = world.candidate(&own, "Amara").await;
    let interviewer = world.who(Role::Interviewer);
    world.interview(&amara, &round, &[interviewer]).await;
    let stranger = world.member(&world.home, "Sigrid Moe", &[Role::Interviewer]).await;
    let manager = world.member(&world.home, "Tor Vik", &[Role::HiringManager]).await;

    for (who, sees) in
        [(interviewer, true), (world.who(Role::HiringManager), true), (&stranger, false), (&manager, false)]
    {
        let list = world.get(who, "/jobs").await.assert_status(200);
        assert_eq!(list.words().contains("Agent"), sees, "{}", who.name);
        world.get(who, &format!("/jobs/{}", own.id)).await.assert_status(if sees { 200 } else { 404 });
    }
    for role in [Role::Admin, Role::Recruiter, Role::Hr] {
        world.get(world.who(role), &format!("/jobs/{}", own.id)).await.assert_status(200);
    }
}

#[actix_web::test]
async fn the_neighbours_job_answers_byte_for_byte_as_one_that_never_was() {
    let world = World::new().await;
    let theirs = world.job(&world.neighbour, "Theirs").await;

    for who in world.home.everybody() {
        for path in ["", "/edit", "/closing"] {
            let known = world.get(who, &format!("/jobs/{}{path}", theirs.id)).await;
            let random = world.get(who, &format!("/jobs/{}{path}", JobId::new())).await;
            assert_eq!(known.status, random.status, "{} {path}", who.name);
            assert_eq!(known.bytes, random.bytes, "{} {path}", who.name);
        }
        for path in ["", "/closing", "/reopening"] {
            let fields = [("title", "Mine now")];
            let known = world.post(who, &format!("/jobs/{}{path}", theirs.id), &fields).await;
            let random = world.post(who, &format!("/jobs/{}{path}", JobId::new()), &fields).await;
            assert_eq!((known.status, &known.bytes), (random.status, &random.bytes), "{} {path}", who.name);
        }
        let copied = world.get(who, &format!("/jobs/new?job={}", theirs.id)).await;
        let random = world.get(who, &format!("/jobs/new?job={}", JobId::new())).await;
        assert_eq!((copied.status, &copied.bytes), (random.status, &random.bytes), "{}", who.name);
        world.get(who, "/jobs").await.assert_silent_about("Theirs");
    }
}

/// Everything a panel member can open here.
async fn seen(world: &World, who: &Who, job: &Job) -> Vec<String> {
    let mut pages = Vec::new();
    for path in ["/".to_owned(), "/jobs".to_owned(), format!("/jobs/{}", job.id), format!("/jobs/{}/closing", job.id)] {
        let page = world.get(who, &path).await;
        pages.push(format!("{} {}", page.status, page.text()));
    }
    pages
}

#[actix_web::test]
async fn until_a_member_submits_nothing_they_see_depends_on_another_seat() {
    let world = World::new().await;
    let (job, round) = job_with_round(&world).await;
    let amara = world.candidate(&job, "Amara").await;
    // Whatever else they are: a recruiter and the hiring manager in a panel are blind like everybody in it.
    let panel = [world.who(Role::Interviewer), world.who(Role::Recruiter), world.who(Role::HiringManager)];
    let interviewed = world.interview_at(&amara, &round, &panel, world.now() - 2.hours()).await;
    let other = world.member(&world.home, "Jonas Berg", &[Role::Interviewer]).await;
    let again = world.interview(&amara, &round, &[&other]).await;
    let mut before = Vec::new();
    for who in panel {
        before.push(seen(&world, who, &job).await);
    }
    assert!(before[0][2].contains("Hidden until you submit yours"));

    // A scorecard of another seat of the same candidate and round, and then a decision.
    world.submitted(&again.seats[0], &ALL_RATED).await;
    for (who, before) in panel.into_iter().zip(&before) {
        assert_eq!(&seen(&world, who, &job).await, before, "{}", who.name);
    }
    decide(&world, amara.application.id, Outcome::Rejected).await;
    for (who, before) in panel.into_iter().zip(&before) {
        assert_eq!(&seen(&world, who, &job).await, before, "{}", who.name);
    }

    // One who has submitted sees the panel as it is.
    world.submitted(&interviewed.seats[0], &ALL_RATED).await;
    let page = world.get(panel[0], &format!("/jobs/{}", job.id)).await;
    page.assert_says("1 of 3 in, due")
        .assert_says("1 of 1 in")
        .assert_says("Rejected")
        .assert_says("2 of 4 scorecards");
}

#[actix_web::test]
async fn another_round_of_the_same_candidate_stays_open_to_see() {
    let world = World::new().await;
    let (job, first) = job_with_round(&world).await;
    let second = world.round(&job, 2, Medium::Video, &["growth"]).await;
    let amara = world.candidate(&job, "Amara").await;
    let interviewer = world.who(Role::Interviewer);
    let done = world.interview(&amara, &first, &[world.who(Role::Recruiter)]).await;
    world.submitted(&done.seats[0], &ALL_RATED).await;
    world.interview(&amara, &second, &[interviewer, world.who(Role::HiringManager)]).await;

    let page = world.get(interviewer, &format!("/jobs/{}", job.id)).await;

    page.assert_says("1 of 1 in").assert_says("Hidden until you submit yours");
}

#[actix_web::test]
async fn without_the_policy_of_blindness_a_panel_sees_what_is_in() {
    let world = World::new().await;
    let (job, round) = job_with_round(&world).await;
    let amara = world.candidate(&job, "Amara").await;
    let interviewer = world.who(Role::Interviewer);
    let interviewed = world.interview(&amara, &round, &[interviewer, world.who(Role::Recruiter)]).await;
    world.submitted(&interviewed.seats[1], &ALL_RATED).await;
    let mut conn = world.conn().await;
    let admin = world.who(Role::Admin).scope();
    let kept = store::organisation::find(&mut conn, &admin).await.unwrap();
    let settings = store::organisation::Settings {
        second_factor_required: false,
        name: kept.name,
        locale: kept.locale,
        time_zone: kept.time_zone,
        blind_until_submitted: false,
        evidence_per_rating: true,
        note_for_extremes: true,
        evidence_hints: true,
        seat_link_days: 5,
        retention_months: 24,
        country: attune::domain::guidance::Country::Se,
    };
    store::organisation::update(&mut conn, &admin, &settings).await.unwrap();

    let page = world.get(interviewer, &format!("/jobs/{}", job.id)).await;

    page.assert_says("1 of 2 in, due").assert_silent_about("Hidden until");
}

// ── The grid and the sentence ──

#[actix_web::test]
async fn candidates_stand_in_the_order_of_the_readers_language_page_by_page() {
    let world = World::new().await;
    let (job, _) = job_with_round(&world).await;
    for name in ["Örjan Ek", "zoe Falk", "Zara Holm", "Åsa Lund", "Anna Ek"] {
        world.candidate(&job, name).await;
    }
    let page = async |path: &str| world.get(world.who(Role::Recruiter), path).await.assert_status(200);
    let path = format!("/jobs/{}", job.id);

    assert_eq!(names(&page(&path).await), ["Anna Ek", "Åsa Lund", "Örjan Ek", "Zara Holm", "zoe Falk"]);
    diesel::sql_query("UPDATE members SET locale = 'sv'").execute(&mut *world.conn().await).await.unwrap();
    assert_eq!(names(&page(&path).await), ["Anna Ek", "Zara Holm", "zoe Falk", "Åsa Lund", "Örjan Ek"]);

    for number in 10..57 {
        world.candidate(&job, &format!("Ytterberg {number}")).await;
    }
    let first = page(&path).await;
    let selector = Selector::parse("a[rel=next]").unwrap();
    let next = first.html().select(&selector).next().unwrap().attr("href").unwrap().to_owned();
    let second = page(&next).await;

    assert_eq!((names(&first).len(), names(&first)[49].as_str()), (50, "zoe Falk"));
    assert_eq!(names(&second), ["Åsa Lund", "Örjan Ek"]);
}

#[actix_web::test]
async fn every_cell_of_the_grid_says_where_its_interview_stands() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let (interviewer, hr) = (world.who(Role::Interviewer), world.who(Role::Hr));
    let jonas = world.member(&world.home, "Jonas Berg", &[Role::Interviewer]).await;
    let (job, round) = job_with_round(&world).await;
    let now = world.now();
    let submit = async |interviewed: &Interviewed, seats: usize| {
        for seat in &interviewed.seats[..seats] {
            world.submitted(seat, &ALL_RATED).await;
        }
    };

    world.candidate(&job, "Nobody yet").await;
    let planned = world.candidate(&job, "Planned").await;
    world.interview_at(&planned, &round, &[interviewer], "2026-11-24T09:00:00Z".parse().unwrap()).await;
    let due = world.candidate(&job, "Due").await;
    submit(&world.interview_at(&due, &round, &[interviewer, hr], now - 3.hours()).await, 1).await;
    let late = world.candidate(&job, "Late").await;
    submit(&world.interview_at(&late, &round, &[interviewer, &jonas], now - 50.hours()).await, 1).await;
    let all = world.candidate(&job, "All in").await;
    submit(&world.interview_at(&all, &round, &[interviewer, &jonas], now - 50.hours()).await, 2).await;
    let away = world.candidate(&job, "Away").await;
    decide(&world, away.application.id, Outcome::Withdrawn).await;

    let page = world.get(recruiter, &format!("/jobs/{}", job.id)).await.assert_status(200);

    assert_eq!(row(&page, "Nobody yet"), "Schedule it | Open");
    assert_eq!(row(&page, "Planned"), "Tue 24 November, 10:00 | Open");
    assert_eq!(row(&page, "Due"), "1 of 2 in, due | Open");
    assert_eq!(row(&page, "Late"), "Jonas Berg, 2 days late | Open");
    assert_eq!(row(&page, "All in"), "2 of 2 in | Open");
    assert_eq!(row(&page, "Away"), "Not scheduled | Withdrawn Mon 23 November");
    page.assert_says(
        "4 of 6 scorecards are in. One is due. One is late. One interview is to come. \
         One candidate waits for a decision.",
    );
}

#[actix_web::test]
async fn the_one_primary_button_is_the_next_step() {
    let world = World::new().await;
    let (recruiter, manager) = (world.who(Role::Recruiter), world.who(Role::HiringManager));
    let interviewer = world.who(Role::Interviewer);
    let (job, round) = job_with_round(&world).await;
    let path = format!("/jobs/{}", job.id);
    let next = async |who: &Who| -> Vec<String> {
        let page = world.get(who, &path).await;
        let buttons = Selector::parse("a.btn.primary").unwrap();
        page.html().select(&buttons).map(|a| a.value().attr("href").unwrap().to_owned()).collect()
    };

    assert_eq!(next(recruiter).await, [format!("/jobs/{}/candidates/new", job.id)]);
    assert_eq!(next(manager).await, [""; 0]);
    let amara = world.candidate(&job, "Amara").await;
    let schedule = format!("/applications/{}/interviews/new?round={}", amara.application.id, round.id);
    assert_eq!(next(recruiter).await, [schedule]);
    let interviewed = world.interview(&amara, &round, &[interviewer]).await;
    assert_eq!(next(interviewer).await, [format!("/interviews/{}/kit", interviewed.interview.id)]);
    world.submitted(&interviewed.seats[0], &ALL_RATED).await;
    assert_eq!(next(recruiter).await, [format!("/jobs/{}/comparison", job.id)]);
    assert_eq!(next(manager).await, [format!("/jobs/{}/comparison", job.id)]);
    assert_eq!(next(interviewer).await, [""; 0]);
}

#[actix_web::test]
async fn two_hundred_candidates_come_fifty_at_a_time_each_once() {
    let world = World::new().await;
    let (job, _) = job_with_round(&world).await;
    for n in 0..201 {
        // Pairs of the same name sit on both sides of a page's end.
        world.candidate(&job, &format!("Candidate {:03}", n / 2)).await;
    }
    let candidates = Selector::parse("tbody th a").unwrap();
    let next = Selector::parse("a[rel=next]").unwrap();

    let mut path = format!("/jobs/{}", job.id);
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        let page = world.get(world.who(Role::Recruiter), &path).await.assert_status(200);
        let html = page.html();
        seen.extend(html.select(&candidates).map(|a| a.value().attr("href").unwrap().to_owned()));
        pages += 1;
        match html.select(&next).next() {
            Some(next) => path = next.value().attr("href").unwrap().to_owned(),
            None => break,
        }
    }

    let different: std::collections::BTreeSet<&String> = seen.iter().collect();
    assert_eq!((seen.len(), different.len(), pages), (201, 201, 5));
}

#[actix_web::test]
async fn the_list_comes_in_pages_newest_first() {
    let world = World::new().await;
    for n in 0..27 {
        world.job(&world.home, &format!("Job {n:02}")).await;
    }

    let first = world.get(world.who(Role::Recruiter), "/jobs").await;
    let next = first
        .html()
        .select(&Selector::parse("a[rel=next]").unwrap())
        .next()
        .unwrap()
        .value()
        .attr("href")
        .unwrap()
        .to_owned();
    let second = world.get(world.who(Role::Recruiter), &next).await;

    first.assert_says("27 jobs are open").assert_says("Job 26").assert_says("Job 02").assert_silent_about("Job 01");
    second.assert_says("Job 01").assert_says("Job 00").assert_silent_about("Job 02").assert_silent_about("Older jobs");
}

#[actix_web::test]
async fn an_empty_list_says_what_belongs_there_to_whom() {
    let world = World::new().await;

    world.get(world.who(Role::Recruiter), "/jobs").await.assert_says("Opening one takes two minutes");
    world.get(world.who(Role::Hr), "/jobs").await.assert_says("Your recruiters open them");
    world.get(world.who(Role::Interviewer), "/jobs").await.assert_says("No job is yours yet");
    world.get(world.who(Role::Recruiter), "/jobs?state=closed").await.assert_says("No job is closed");
}

async fn job_with_round(world: &World) -> (Job, store::round::Round) {
    let job = world.job(&world.home, "Agent").await;
    let round = world.round(&job, 1, Medium::Phone, &DIMENSIONS).await;
    (job, round)
}

/// The candidates of the grid, from top to bottom.
fn names(page: &Answer) -> Vec<String> {
    let rows = Selector::parse("tbody th a").unwrap();
    page.html().select(&rows).map(|name| name.text().collect::<String>().trim().to_owned()).collect()
}

/// The cells of a candidate's row, read aloud.
fn row(page: &Answer, name: &str) -> String {
    let html = page.html();
    let (rows, head, cells) =
        (Selector::parse("tbody tr").unwrap(), Selector::parse("th").unwrap(), Selector::parse("td").unwrap());
    let text = |element: scraper::ElementRef<'_>| {
        element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let row = html.select(&rows).find(|row| text(row.select(&head).next().unwrap()) == name).unwrap();
    row.select(&cells).map(text).collect::<Vec<_>>().join(" | ")
}
