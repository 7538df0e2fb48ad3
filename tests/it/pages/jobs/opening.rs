//! Opening a job: from a template, like an earlier one, and what the form does not take.

use attune::{
    domain::{id::JobId, medium::Medium, policy::Role},
    store,
};

use super::{fields, open, prefilled, rounds, send, set, trail};
use crate::support::{scenario::DIMENSIONS, world::World};

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
