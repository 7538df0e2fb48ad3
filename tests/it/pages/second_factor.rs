//! An organisation asks every member for a second factor: until one is shown nothing else opens, and nobody is shut out for good.

use actix_web::http::Method;
use attune::{
    domain::{id::PasskeyId, policy::Role, secret_link::SecretPurpose},
    store,
    usecases::{authenticator::code_of, secret_link::mint},
};
use jiff::SignedDuration;
use serde_json::json;

use super::factors::{App, letters, secrets, set_up};
use crate::{
    access::{Walked, ask, routes},
    support::world::{PASSWORD, Who, World, newest_events},
};

/// All that is left to a member who has shown none.
const OPEN: &[&str] = &[
    "/authenticator",
    "/authenticator/offer",
    "/confirmation",
    "/factors",
    "/passkeys",
    "/passkeys/question",
    "/sign-out",
];

#[actix_web::test]
async fn where_a_second_factor_is_compulsory_a_password_alone_reaches_nothing_but_showing_one() {
    let Walked { world, own, .. } = Walked::new().await;
    require(&world).await;
    let mut closed = 0;

    for (method, route) in routes() {
        let path = own.path(&route);
        // What a route does to the session is undone by a fresh one.
        let admin = world.sign_in(world.who(Role::Admin)).await;
        let answer = ask(&world, Some(&admin), &method, &path).await;
        let stranger = ask(&world, None, &method, &path).await;

        let is_for_members = stranger.location().starts_with("/sign-in") && !route.starts_with("/sign-in");
        if OPEN.contains(&route.as_str()) {
            assert!(answer.location() != "/factors", "{method} {route} is shut");
        } else if is_for_members {
            assert_eq!((answer.status.as_u16(), answer.location()), (303, "/factors"), "{method} {route}");
            closed += 1;
        } else {
            assert_eq!(answer.status, stranger.status, "{method} {route} is no more than what a stranger gets");
        }
    }

    assert!(closed > 100, "{closed}");
    let script = world.post_json(world.who(Role::Interviewer), "/scorecards/x/operations", &json!({})).await;
    assert_eq!((script.status.as_u16(), &script.json()["code"]), (401, &json!("second_factor")));
}

#[actix_web::test]
async fn whoever_has_none_sets_one_up_and_everything_is_open() {
    let world = World::new().await;
    require(&world).await;
    let mut browser = world.browser();
    let recruiter = world.who(Role::Recruiter);
    browser.sign_in(&recruiter.email).await.assert_status(303);
    assert_eq!(browser.get("/jobs").await.assert_status(303).location(), "/factors");

    let page = browser.get("/factors").await.assert_status(200).assert_says("asks every member for a second factor");
    assert!(!page.text().contains("href=\"/jobs\"") && !page.text().contains("href=\"/account\""));
    set_up(&world, recruiter).await;

    world.get(recruiter, "/jobs").await.assert_status(200);
    // The other browser has shown a password only.
    assert_eq!(browser.get("/jobs").await.assert_status(303).location(), "/factors");
    world.get(world.neighbour.who(Role::Recruiter), "/jobs").await.assert_status(200);
}

#[actix_web::test]
async fn whoever_has_one_shows_it_and_adds_no_other_with_the_password_alone() {
    let world = World::new().await;
    let (recruiter, hr) = (world.who(Role::Recruiter), world.who(Role::Hr));
    let App { secret, .. } = set_up(&world, recruiter).await;
    passkey(&world, hr).await;
    require(&world).await;
    world.clock.advance(SignedDuration::from_secs(60));

    let weak = world.sign_in(recruiter).await;
    world
        .get(&weak, "/factors")
        .await
        .assert_status(200)
        .assert_says("Enter a code")
        .assert_silent_about("Set up an app");
    assert_eq!(world.post(&weak, "/authenticator/offer", &[]).await.assert_status(303).location(), "/factors");
    let to = "/confirmation?to=/jobs&open=true";
    world.post(&weak, to, &[("confirmation", "000000")]).await.assert_status(422);
    assert_eq!(world.get(&weak, "/jobs").await.assert_status(303).location(), "/factors");
    let code = code_of(&secret, world.now()).unwrap();
    world.post(&weak, to, &[("confirmation", &code)]).await.assert_status(303);
    world.get(&weak, "/jobs").await.assert_status(200);

    // A passkey is shown by signing in with it; neither the password nor the mailbox goes round it.
    let link = mint(&mut *world.conn().await, hr.org, hr.id, SecretPurpose::PasswordReset, world.now()).await.unwrap();
    let mut thief = world.browser();
    let new = [("password", "blue heron on thursday"), ("again", "blue heron on thursday")];
    thief.post(&link, &new).await.assert_status(303);
    let page = thief.get("/factors").await.assert_status(200).assert_says("Sign in with a passkey");
    assert!(!page.text().contains("/authenticator/offer"));
    for path in ["/authenticator/offer", "/authenticator", "/passkeys/question", "/settings"] {
        assert_eq!(thief.post(path, &[]).await.assert_status(303).location(), "/factors", "{path}");
    }
    thief.post("/confirmation?to=/jobs&open=true", &[("confirmation", "blue heron on thursday")]).await;
    assert_eq!(thief.get("/jobs").await.assert_status(303).location(), "/factors");
    thief.get("/sign-in").await.assert_status(200);
}

#[actix_web::test]
async fn the_last_one_stays_while_it_is_asked_for() {
    let world = World::new().await;
    let (recruiter, hr) = (world.who(Role::Recruiter), world.who(Role::Hr));
    set_up(&world, recruiter).await;
    set_up(&world, hr).await;
    let key = passkey(&world, hr).await;
    require(&world).await;

    let refused = world.post(recruiter, "/authenticator/removal", &[]).await.assert_status(409);
    refused.assert_says("this is your last one");
    world.post(hr, "/authenticator/removal", &[]).await.assert_status(303);
    world.post(hr, &format!("/passkeys/{key}/removal"), &[]).await.assert_status(409).assert_says("your last one");
    world.get(hr, "/factors").await.assert_status(200).assert_says("A key");
}

#[actix_web::test]
async fn whoever_asks_it_of_everybody_has_one_and_tokens_go_on() {
    let world = World::new().await;
    let (admin, recruiter) = (world.who(Role::Admin), world.who(Role::Recruiter));
    let page = world
        .post(recruiter, "/api-tokens", &[("name", "HR system"), ("days", "30"), ("scopes", "jobs:read")])
        .await
        .assert_status(201);
    let token = secrets(&page).remove(0);
    let fields = [
        ("name", "Nordlys"),
        ("locale", "en"),
        ("time_zone", "Europe/Oslo"),
        ("country", "NO"),
        ("seat_link_days", "5"),
        ("retention_months", "24"),
        ("second_factor_required", "on"),
    ];

    world.post(admin, "/settings", &fields).await.assert_status(422).assert_says("else you would shut yourself out");
    world.get(recruiter, "/jobs").await.assert_status(200);
    set_up(&world, admin).await;
    world.post(admin, "/settings", &fields).await.assert_status(303);

    let line = newest_events(&mut *world.conn().await, &admin.scope(), 1).await.remove(0);
    assert_eq!(line.detail["second_factor_required"], json!({ "from": false, "to": true }));
    world.get(admin, "/settings").await.assert_status(200);
    assert_eq!(world.get(recruiter, "/jobs").await.assert_status(303).location(), "/factors");
    world.call(&token, Method::GET, "/api/v1/jobs", None).await.assert_status(200);
}

#[actix_web::test]
async fn whoever_has_lost_theirs_is_let_in_by_an_admin_and_told_by_letter() {
    let world = World::new().await;
    let (admin, recruiter) = (world.who(Role::Admin), world.who(Role::Recruiter));
    set_up(&world, recruiter).await;
    passkey(&world, recruiter).await;
    let short = [("current", PASSWORD), ("password", "grönsill"), ("again", "grönsill")];
    world.post(recruiter, "/account/password", &short).await.assert_status(303);
    let path = format!("/members/{}", recruiter.id);
    let removal = format!("{path}/factors/removal");
    world.get(admin, &path).await.assert_status(200).assert_says("An authenticator app and one passkey.");

    for role in [Role::Recruiter, Role::HiringManager, Role::Hr] {
        world.post(world.who(role), &removal, &[]).await.assert_status(403);
    }
    world.post(world.neighbour.who(Role::Admin), &removal, &[]).await.assert_status(404);
    let done = world.post(admin, &removal, &[]).await.assert_status(303);

    world.get(admin, done.location()).await.assert_says("App, codes and passkeys are removed").assert_says("None:");
    assert!(world.get(recruiter, "/jobs").await.assert_status(303).location().starts_with("/sign-in"));
    assert_eq!(letters(&world, &recruiter.email).await[0], "The ways you sign in to Attune were removed");
    let line = newest_events(&mut *world.conn().await, &admin.scope(), 1).await.remove(0);
    assert_eq!((line.action.as_str(), line.object_id), ("member.factors_removed", Some(recruiter.id.0)));
    // Eight characters do not stand alone.
    let alone = [("email", recruiter.email.as_str()), ("password", "grönsill")];
    world.post(None, "/sign-in", &alone).await.assert_status(409);
    world.post(admin, &removal, &[]).await.assert_status(409).assert_says("neither an app nor a passkey");
    set_up(&world, admin).await;
    let own = format!("/members/{}/factors/removal", admin.id);
    world.post(admin, &own, &[]).await.assert_status(409).assert_says("Your own you remove");
}

async fn require(world: &World) {
    let all = "UPDATE organisations SET second_factor_required = true";
    world.sql(&format!("{all} WHERE id = '{}'", world.home.org)).await;
}

async fn passkey(world: &World, who: &Who) -> PasskeyId {
    let passkey = store::passkey::Passkey {
        org_id: who.org,
        id: PasskeyId::new(),
        member_id: who.id,
        credential_id: vec![7; 32],
        public_state: vec![1],
        changing_state: vec![0; 7],
        name: "A key".to_owned(),
        created_at: world.now().into(),
        used_at: None.into(),
    };
    store::passkey::insert(&mut *world.conn().await, &passkey).await.unwrap();
    passkey.id
}
