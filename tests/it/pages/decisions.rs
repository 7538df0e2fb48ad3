//! Decisions: by whom, with which reason, on which comparison.

use attune::{domain::policy::Role, store};

use diesel_async::RunQueryDsl;

use super::shortlist::{Shortlist, count, hidden_field, ratings};
use crate::support::world::{Who, World, newest_events};

fn form(list: &Shortlist) -> String {
    format!("/applications/{}/decisions/new", list.amara.application.id)
}

fn target(list: &Shortlist) -> String {
    format!("/applications/{}/decisions", list.amara.application.id)
}

async fn digest(world: &World, who: &Who, list: &Shortlist) -> String {
    // The page is looked at first, which computes the comparison without a deadline.
    world.get(who, &list.page()).await.assert_status(200);
    hidden_field(&world.get(who, &form(list)).await.assert_status(200), "inputs_digest")
}

#[actix_web::test]
async fn a_decision_keeps_its_comparison_even_when_an_amendment_comes_later() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let seen = digest(&world, manager, &list).await;

    let fields = [("outcome", "hired"), ("reason", "Solved the double outage"), ("inputs_digest", seen.as_str())];
    let answer = world.post(manager, &target(&list), &fields).await.assert_status(303);
    list.amend(&world, 1).await;

    assert_eq!(answer.location(), format!("{}#decisions", list.page()));
    let now = digest(&world, manager, &list).await;
    assert_ne!(now, seen);
    let mut conn = world.conn().await;
    let decisions = store::decision::of_job(&mut conn, &manager.scope(), list.job.id).await.unwrap();
    assert_eq!(decisions[0].inputs_digest, seen);
    assert_eq!(
        (decisions[0].reason.as_str(), decisions[0].member.as_str()),
        ("Solved the double outage", "hiring manager")
    );
    let line = &newest_events(&mut conn, &manager.scope(), 1).await[0];
    assert_eq!((line.action.as_str(), line.object_id), ("decision.recorded", Some(decisions[0].id.0)));
    assert!(!line.detail.to_string().contains("outage"));
    world.get(manager, &list.page()).await.assert_says("Amara Okafor: Hired Solved the double outage");
}

#[actix_web::test]
async fn the_newest_decision_holds_and_the_others_stay_as_history() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let seen = digest(&world, manager, &list).await;

    for (outcome, reason) in [("on_hold", "Waiting for Wei"), ("rejected", "Wei has accepted")] {
        let fields = [("outcome", outcome), ("reason", reason), ("inputs_digest", seen.as_str())];
        world.post(manager, &target(&list), &fields).await.assert_status(303);
    }

    world
        .get(manager, &form(&list))
        .await
        .assert_says("Rejected holds now Wei has accepted")
        .assert_says("Waiting for Wei");
    world.get(manager, &format!("/jobs/{}/decisions/new", list.job.id)).await.assert_says("Rejected, hiring manager");
}

#[actix_web::test]
async fn a_decision_needs_an_outcome_and_a_reason_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let seen = digest(&world, manager, &list).await;

    let bare = world.post(manager, &target(&list), &[("outcome", "hired"), ("inputs_digest", &seen)]).await;
    let unclear = world
        .post(manager, &target(&list), &[("outcome", "maybe"), ("reason", "Kept words"), ("inputs_digest", &seen)])
        .await;

    bare.assert_status(422).assert_says("Give the reason");
    unclear.assert_status(422).assert_says("Kept words");
    assert_eq!(count(&world, "decisions").await, 0);
}

#[actix_web::test]
async fn a_decision_on_a_comparison_that_has_changed_is_refused_with_the_words_kept() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let seen = digest(&world, manager, &list).await;
    list.amend(&world, 2).await;

    let fields = [("outcome", "hired"), ("reason", "Kept words"), ("inputs_digest", seen.as_str())];
    let answer = world.post(manager, &target(&list), &fields).await.assert_status(409);

    assert_eq!(count(&world, "decisions").await, 0);
    let fresh = hidden_field(&answer, "inputs_digest");
    answer.assert_says("The comparison has changed since you opened this page").assert_says("Kept words");
    let fields = [("outcome", "hired"), ("reason", "Kept words"), ("inputs_digest", fresh.as_str())];
    world.post(manager, &target(&list), &fields).await.assert_status(303);
}

#[actix_web::test]
async fn whoever_has_a_scorecard_to_submit_cannot_decide_nor_read_a_decision_about_that_candidate() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let (manager, admin) = (world.who(Role::HiringManager), world.who(Role::Admin));
    let seen = digest(&world, admin, &list).await;
    let fields = [("outcome", "hired"), ("reason", "Solved the outage"), ("inputs_digest", seen.as_str())];
    world.post(admin, &target(&list), &fields).await.assert_status(303);
    let interview = world.interview(&list.amara, &list.round, &[manager]).await;

    world.get(manager, &form(&list)).await.assert_status(409).assert_says("Submit it first");
    world.post(manager, &target(&list), &fields).await.assert_status(409);
    world.get(manager, &list.page()).await.assert_status(200).assert_silent_about("Solved the outage");

    world.submitted(&interview.seats[0], &ratings("4")).await;
    world.get(manager, &list.page()).await.assert_says("Solved the outage");
    world.get(manager, &form(&list)).await.assert_status(200);
}

#[actix_web::test]
async fn missing_scorecards_are_a_warning_and_no_wall() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let noor = world.member(&world.home, "Noor Haddad", &[Role::Interviewer]).await;
    world.interview(&list.wei, &list.round, &[&noor]).await;

    let page = world.get(manager, &form(&list)).await.assert_status(200);
    let seen = hidden_field(&page, "inputs_digest");

    page.assert_says("1 of 5 scorecards is missing: Li Wei, Round 1, Noor Haddad");
    let fields = [("outcome", "rejected"), ("reason", "Clear enough"), ("inputs_digest", seen.as_str())];
    world.post(manager, &target(&list), &fields).await.assert_status(303);
}

#[actix_web::test]
async fn only_the_jobs_hiring_manager_and_admins_decide() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let other = world.member(&world.home, "Other Manager", &[Role::HiringManager]).await;
    let everywhere = world.member(&world.home, "Seeing Manager", &[Role::HiringManager, Role::Recruiter]).await;
    let seen = digest(&world, world.who(Role::Admin), &list).await;
    let fields = [("outcome", "hired"), ("reason", "No"), ("inputs_digest", seen.as_str())];

    for (who, status) in [
        (world.who(Role::Interviewer), 403),
        (world.who(Role::Recruiter), 403),
        (world.who(Role::Hr), 403),
        (&other, 404),
        (&everywhere, 403),
        (world.neighbour.who(Role::Admin), 404),
    ] {
        world.get(who, &form(&list)).await.assert_status(status);
        world.post(who, &target(&list), &fields).await.assert_status(status);
        world.get(who, &format!("/jobs/{}/decisions/new", list.job.id)).await.assert_status(status);
    }
    assert_eq!(count(&world, "decisions").await, 0);
}

#[actix_web::test]
async fn a_decision_can_be_computed_again_to_the_same_bytes_even_after_more_has_come_in() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let seen = digest(&world, manager, &list).await;
    let fields = [("outcome", "hired"), ("reason", "Solved the outage"), ("inputs_digest", seen.as_str())];
    world.post(manager, &target(&list), &fields).await.assert_status(303);
    let mut conn = world.conn().await;
    let id = store::decision::of_job(&mut conn, &manager.scope(), list.job.id).await.unwrap()[0].id;
    list.amend(&world, 1).await;
    let noor = world.member(&world.home, "Noor Haddad", &[Role::Interviewer]).await;
    let more = world.interview(&list.wei, &list.round, &[&noor]).await;
    world.submitted(&more.seats[0], &ratings("5")).await;

    let page = world.get(manager, &format!("/decisions/{id}")).await.assert_status(200);
    let again = world.get(manager, &format!("/decisions/{id}/recomputation")).await.assert_status(200);

    page.assert_says("Amara Okafor stands apart from the rest.").assert_says("Model panel-2, seed");
    again.assert_says("every number is the same");
    let (decision, ..) = store::decision::find(&mut conn, &manager.scope(), id).await.unwrap();
    let comparison: attune::domain::comparison::Comparison =
        serde_json::from_value(decision.comparison.clone()).unwrap();
    assert_eq!(Some(comparison.digest()), decision.figures_digest, "what the database gives back is what was pinned");
}

#[actix_web::test]
async fn a_pinned_number_that_was_touched_and_a_model_that_has_changed_are_said_plainly() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let manager = world.who(Role::HiringManager);
    let seen = digest(&world, manager, &list).await;
    let fields = [("outcome", "hired"), ("reason", "Solved the outage"), ("inputs_digest", seen.as_str())];
    world.post(manager, &target(&list), &fields).await.assert_status(303);
    let mut conn = world.conn().await;
    let id = store::decision::of_job(&mut conn, &manager.scope(), list.job.id).await.unwrap()[0].id;
    let again = format!("/decisions/{id}/recomputation");
    let run = async |sql: &str| {
        diesel::sql_query(sql).execute(&mut *world.conn().await).await.unwrap();
    };

    run("UPDATE decisions SET figures_digest = repeat('0', 64)").await;
    world
        .get(manager, &again)
        .await
        .assert_status(200)
        .assert_says("the numbers are not the same although the model is");

    run("UPDATE decisions SET comparison = jsonb_set(comparison, '{diagnostics,model}', '\"panel-0\"')").await;
    world.get(manager, &again).await.assert_status(200).assert_says("The model has changed since this decision");

    run("UPDATE decisions SET inputs = NULL, figures_digest = NULL").await;
    world.get(manager, &again).await.assert_status(200).assert_says("cannot be computed again");
}

#[actix_web::test]
async fn whoever_has_a_scorecard_of_the_job_to_submit_does_not_find_the_pinned_comparison() {
    let world = World::new().await;
    let list = Shortlist::new(&world).await;
    let (manager, admin) = (world.who(Role::HiringManager), world.who(Role::Admin));
    let seen = digest(&world, admin, &list).await;
    let fields = [("outcome", "hired"), ("reason", "Solved the outage"), ("inputs_digest", seen.as_str())];
    world.post(admin, &target(&list), &fields).await.assert_status(303);
    let mut conn = world.conn().await;
    let id = store::decision::of_job(&mut conn, &admin.scope(), list.job.id).await.unwrap()[0].id;
    // A seat at another candidate of the job: the pinned comparison is of the whole shortlist.
    let interview = world.interview(&list.wei, &list.round, &[manager]).await;

    for path in [format!("/decisions/{id}"), format!("/decisions/{id}/recomputation")] {
        world.get(manager, &path).await.assert_status(404);
        world.get(admin, &path).await.assert_status(200);
        world.get(world.neighbour.who(Role::Admin), &path).await.assert_status(404);
    }

    world.submitted(&interview.seats[0], &ratings("4")).await;
    world.get(manager, &format!("/decisions/{id}")).await.assert_status(200);
}
