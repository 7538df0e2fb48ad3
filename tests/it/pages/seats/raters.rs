//! Whoever has no account rates as a member does, and is one rater wherever they sit.

use actix_web::http::Method;
use attune::{
    domain::{id::MemberId, policy::Role},
    store::{self, interview::Seat},
};
use scraper::Selector;
use serde_json::{Value, json};

use super::{KARIN, Scene};
use crate::support::world::World;

#[actix_web::test]
async fn whoever_has_no_account_gets_in_by_link_and_code_rates_submits_and_amends() {
    let scene = Scene::new().await;
    let world = &scene.world;

    // Opening the link sends nothing: programs that look into letters open links too.
    let link = scene.secret("seat").await;
    let door = world.get(None, &link).await.assert_status(200);
    door.assert_says("k•••@mail.example").assert_silent_about("Amara");
    assert_eq!(world.rows("SELECT FROM letters WHERE kind = 'seat_code'").await.len(), 0);

    let karin = scene.enter().await;
    let inside = karin.get(&format!("/interviews/{}/seat", scene.interview)).await.assert_status(200);
    inside.assert_says("Interview with Amara Okafor").assert_says("Karin Holm").assert_silent_about("href=\"/jobs");
    let file = karin.get(&format!("/interviews/{}/interview.ics", scene.interview)).await.assert_status(200);
    assert!(file.text().contains("BEGIN:VEVENT"));

    let scorecard = karin.submit(&scene).await;
    let form = [("dimension", "attitude"), ("rating", "3"), ("reason", "I listened again")];
    let form = form.map(|(name, value)| (name.to_owned(), value.to_owned()));
    karin.post(&format!("/scorecards/{scorecard}/amendments"), &form).await.assert_status(303);
    karin.get(&format!("/scorecards/{scorecard}")).await.assert_status(200).assert_says("I listened again");

    // A rater like others, and shown for what she is.
    let shown = world.get(world.who(Role::Admin), &format!("/interviews/{}", scene.interview)).await;
    shown.assert_says("Karin Holm Interviewer without an account");
    let trail = world.get(world.who(Role::Admin), "/events").await.assert_status(200);
    trail.assert_says("Karin Holm (without an account)");
    let manager = world.who(Role::HiringManager);
    let seat: Seat = seat_of(world, &scene, manager.id).await;
    world.submitted(&seat, &[("listening", "5", "a note"), ("attitude", "4", "a note")]).await;
    let evidence = format!("/jobs/{}/comparison/attitude", scene.job.id);
    world.get(manager, &evidence).await.assert_status(200).assert_says("Karin Holm (without an account)");
}

#[actix_web::test]
async fn one_address_is_one_rater_who_may_become_a_member_and_keeps_what_they_rated() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let karin = scene.enter().await;
    let scorecard = karin.submit(&scene).await;
    let again = [("outside_name", "K. Holm"), ("outside_email", "Karin.Holm@mail.example"), ("anyway", "1")];
    scene.schedule(&again).await.assert_status(303);
    let outside = world.rows("SELECT id, roles FROM members WHERE is_outside").await;
    assert_eq!(outside.len(), 1);
    let id = outside[0]["id"].as_str().unwrap();

    // No role can be given to somebody without an account, and no letter invites them to choose a password.
    let admin = world.who(Role::Admin);
    let roles = format!("/members/{id}/roles");
    world.post(admin, &roles, &[("roles", "admin")]).await.assert_status(409).assert_says("Invite the same address");
    world.post(None, "/password-reset", &[("email", KARIN)]).await;
    assert_eq!(world.rows("SELECT FROM letters WHERE kind = 'password_reset'").await.len(), 0);

    let form = [("name", "Karin Holm"), ("email", KARIN), ("roles", "interviewer"), ("locale", "en")];
    let invited = world.post(admin, "/members", &form).await.assert_status(303);
    assert_eq!(invited.location(), format!("/members/{id}?done=member-done-invited"));
    assert_eq!(karin.get(&scene.kit("/review")).await.location(), "/seats", "from now on she signs in");
    let kept = world.rows(&format!("SELECT FROM scorecards WHERE id = '{scorecard}' AND state = 'submitted'")).await;
    assert_eq!(kept.len(), 1);
}

#[actix_web::test]
async fn a_seat_without_an_account_is_as_blind_as_a_members_and_others_are_blind_to_it() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let karin = scene.enter().await;
    let manager = world.who(Role::HiringManager);
    let before = world.get(manager, &format!("/interviews/{}", scene.interview)).await.assert_status(200);

    karin.submit(&scene).await;

    let after = world.get(manager, &format!("/interviews/{}", scene.interview)).await.assert_status(200);
    assert_eq!(after.text(), before.text(), "nothing tells the other seat that she has submitted");
}

#[actix_web::test]
async fn names_and_addresses_that_will_not_do_are_said_and_nothing_typed_is_lost() {
    let scene = Scene::new().await;
    let fields = [
        ("outside_name", "Karin Holm"),
        ("outside_email", "karin at mail"),
        ("outside_name", ""),
        ("outside_email", "lone@mail.example"),
        ("anyway", "1"),
    ];
    let page = scene.schedule(&fields).await.assert_status(422).assert_says("Enter an email address for Karin Holm");
    let html = page.html();
    let values: Vec<&str> = html
        .select(&Selector::parse("[name=outside_name], [name=outside_email]").unwrap())
        .filter_map(|input| input.attr("value"))
        .collect();
    assert_eq!(values[..4], ["Karin Holm", "karin at mail", "", "lone@mail.example"]);
}

#[actix_web::test]
async fn another_system_sees_who_has_no_account_and_can_seat_them() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let token = world.token_of(Role::Recruiter).await;
    let members = world.call(&token, Method::GET, "/api/v1/members?limit=100", None).await.assert_status(200).json();
    let karin = members["items"].as_array().unwrap().iter().find(|member| member["email"] == KARIN).unwrap().clone();
    assert_eq!((&karin["account"], &karin["roles"]), (&Value::Bool(false), &json!([])));

    let body = json!({
        "application": scene.applied.application.id, "round": scene.round.id, "starts_at": "2026-11-25T09:00:00Z",
        "outside": [{ "name": "Karin Holm", "email": KARIN }], "anyway": true,
    });
    let made = world.call(&token, Method::POST, "/api/v1/interviews", Some(&body)).await.assert_status(201).json();
    assert_eq!(made["panel"], json!([karin["id"]]));
}

#[actix_web::test]
async fn a_seat_prepares_for_its_own_interview() {
    let scene = Scene::new().await;
    let karin = scene.enter().await;

    karin.get(&format!("/interviews/{}/seat", scene.interview)).await.assert_says("Prepare");
    let page = karin.get(&format!("/interviews/{}/preparation", scene.interview)).await.assert_status(200);

    page.assert_says("Amara Okafor").assert_silent_about("href=\"/\"").assert_silent_about("href=\"/jobs");
}

async fn seat_of(world: &World, scene: &Scene, member: MemberId) -> Seat {
    let scope = scene.recruiter().scope();
    let seats = store::interview::seats(&mut *world.conn().await, &scope, scene.interview).await.unwrap();
    seats.into_iter().find(|seat| seat.member_id == member).unwrap()
}
