//! Changing a job while it may change, and closing it.

use attune::{
    domain::{id::JobId, medium::Medium, policy::Role},
    store,
};
use jiff::ToSpan;
use serde_json::json;

use super::{fields, job_with_round, open, prefilled, rounds, send, set, trail};
use crate::support::world::World;

async fn pin(world: &World, job: JobId) {
    let mut conn = world.conn().await;
    store::job::pin(&mut conn, &world.who(Role::Recruiter).scope(), job, world.now()).await.unwrap();
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
