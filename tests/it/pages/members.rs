//! What a member sees and may do: their own jobs only, a seat that goes to somebody else, service accounts, tokens for some things.

use actix_web::http::Method;
use attune::{
    domain::{medium::Medium, policy::Role},
    store,
    web::api::ROUTES,
};
use diesel_async::RunQueryDsl;
use serde_json::json;

use crate::{
    access::Objects,
    support::{
        scenario::Interviewed,
        world::{Answer, Who, World, newest_events},
    },
};

// Own jobs only

#[actix_web::test]
async fn whoever_is_kept_to_their_own_jobs_sees_those_from_the_next_request_on_and_no_other() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    let other = world.member(&world.home, "Rita Recruiter", &[Role::Recruiter]).await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let met = world.interview(&applied, &round, &[world.who(Role::Interviewer)]).await;
    let pages = [
        format!("/jobs/{}", job.id),
        format!("/candidates/{}", applied.candidate.id),
        format!("/interviews/{}", met.interview.id),
        format!("/jobs/{}/comparison", job.id),
    ];
    for page in &pages {
        world.get(&other, page).await.assert_status(200);
    }

    own_jobs_only(&world, admin, &other, &["recruiter"]).await;
    own_jobs_only(&world, admin, world.who(Role::Recruiter), &["recruiter"]).await;

    for page in &pages {
        world.get(&other, page).await.assert_status(404);
        // It is the recruiter's own job.
        world.get(world.who(Role::Recruiter), page).await.assert_status(200);
    }
    for page in ["/jobs", "/candidates", "/"] {
        world
            .get(&other, page)
            .await
            .assert_status(200)
            .assert_silent_about("Amara")
            .assert_silent_about("Support agent");
    }
    let token = world.token(&other).await;
    world.read(&token, &format!("/jobs/{}", job.id)).await.assert_status(404);
    assert_eq!(world.read_all(&token, "/candidates").await, [] as [serde_json::Value; 0]);
    // A seat in a panel brings the job into reach.
    world.interview(&applied, &round, &[&other]).await;
    world.get(&other, &pages[0]).await.assert_status(200);
}

#[actix_web::test]
async fn hr_kept_to_their_own_jobs_exports_only_those_and_admins_are_never_kept() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let met = world.interview(&applied, &round, &[world.who(Role::Interviewer)]).await;
    world.submitted(&met.seats[0], &[("listening", "4", "a note")]).await;
    let hr = world.who(Role::Hr);
    let export = async || world.post(hr, "/records/exports", &[("form", "long")]).await.assert_status(200).text();
    assert!(export().await.contains("Amara"));

    own_jobs_only(&world, admin, hr, &["hr"]).await;
    own_jobs_only(&world, admin, admin, &["admin"]).await;

    assert!(!export().await.contains("Amara"));
    world.get(admin, &format!("/jobs/{}", job.id)).await.assert_status(200);
}

// Seats that change hands

#[actix_web::test]
async fn a_seat_goes_to_somebody_else_who_begins_anew_and_what_was_written_stays_with_its_author() {
    let world = World::new().await;
    let (admin, author) = (world.who(Role::Admin), world.who(Role::Interviewer));
    let taker = world.member(&world.home, "Ines Taker", &[Role::Interviewer]).await;
    let met = begun(&world, author, "she asked three times before she answered").await;
    let page = world.get(admin, &format!("/members/{}", author.id)).await.assert_status(200);
    page.assert_says("Open scorecards").assert_says("Amara Okafor").assert_silent_about("she asked three times");

    hand_over(&world, admin, author, &met, &taker).await.assert_status(303);

    world.get(author, &format!("/interviews/{}/kit/listening", met.interview.id)).await.assert_status(404);
    let kit = world.get(&taker, &format!("/interviews/{}/kit/listening", met.interview.id)).await;
    kit.assert_status(200).assert_silent_about("she asked three times");
    world.get(author, "/handovers").await.assert_says("she asked three times").assert_says("Amara Okafor");
    for other in [admin, &taker, world.who(Role::Hr)] {
        world.get(other, "/handovers").await.assert_status(200).assert_silent_about("she asked");
    }
    let mut conn = world.conn().await;
    let line = &newest_events(&mut conn, &admin.scope(), 1).await[0];
    assert_eq!(line.action, "interview.seat_handed_over");
    assert_eq!(line.detail, json!({ "from": author.id, "to": taker.id, "begun": true }));
    assert_eq!(line.object_id, Some(met.interview.id.0));
}

#[actix_web::test]
async fn a_submitted_scorecard_stays_where_it_is_and_nobody_sits_twice_on_a_panel() {
    let world = World::new().await;
    let (admin, author) = (world.who(Role::Admin), world.who(Role::Interviewer));
    let disabled = world.member(&world.home, "Dora Disabled", &[Role::Interviewer]).await;
    world.post(admin, &format!("/members/{}/disablement", disabled.id), &[]).await.assert_status(303);
    let met = begun(&world, author, "a note").await;
    let neighbour = world.neighbour.who(Role::Interviewer);

    for impossible in [world.who(Role::HiringManager), author, &disabled, neighbour] {
        hand_over(&world, admin, author, &met, impossible).await.assert_status(422);
    }
    hand_over(&world, admin, world.who(Role::Hr), &met, world.who(Role::Recruiter)).await.assert_status(404);
    hand_over(&world, world.who(Role::Recruiter), author, &met, world.who(Role::Hr)).await.assert_status(403);

    let other = world.who(Role::HiringManager);
    world.submitted(&met.seats[1], &[("listening", "4", "a note")]).await;
    let refused = hand_over(&world, admin, other, &met, world.who(Role::Hr)).await.assert_status(409);
    refused.assert_says("was submitted in the meantime");
}

// Service accounts

#[actix_web::test]
async fn a_service_account_acts_by_tokens_alone_and_never_beyond_its_roles() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    let job = world.job(&world.home, "Support agent").await;
    let added = world.post(admin, "/service-accounts", &[("name", "Payroll"), ("roles", "hr")]).await;
    let page = added.assert_status(303).location().split('?').next().unwrap().to_owned();
    world.get(admin, &page).await.assert_says("Service account").assert_says("No token works");

    let fields = [
        ("name", "night run"),
        ("days", "30"),
        ("scopes", "jobs:read"),
        ("scopes", "jobs:write"),
        ("scopes", "records:read"),
    ];
    let made = world.post(admin, &format!("{page}/api-tokens"), &fields).await.assert_status(201);
    let secret = scraper::Selector::parse(".secret").unwrap();
    let token: String = made.html().select(&secret).next().unwrap().text().collect();
    world.read(&token, &format!("/jobs/{}", job.id)).await.assert_status(200);
    world.read(&token, "/records").await.assert_status(200);
    // Not its role; not its scope.
    world.write(&token, Method::POST, &format!("/jobs/{}/closure", job.id), &json!({})).await.assert_status(403);
    world.read(&token, "/candidates").await.assert_status(403);
    world
        .get(admin, &page)
        .await
        .assert_says("night run")
        .assert_says("Reads jobs, records; changes jobs")
        .assert_says("last used");

    // Nobody signs in as it, nobody is it on a panel, no letter goes to it.
    let mut conn = world.conn().await;
    let id = page.rsplit('/').next().unwrap().parse().unwrap();
    let service = store::member::find(&mut conn, &admin.scope(), id).await.unwrap();
    world.post(None, "/sign-in", &[("email", &service.email), ("password", "")]).await.assert_status(422);
    world.post(None, "/sign-in", &[("email", &service.email), ("password", "x")]).await.assert_status(409);
    world.post(None, "/password-reset", &[("email", &service.email)]).await.assert_status(200);
    assert_eq!(world.count("SELECT count(*) FROM letters WHERE to_address = $1", &service.email).await, 0);
    let choices = store::member::choices(&mut conn, &admin.scope()).await.unwrap();
    assert!(choices.iter().all(|member| member.id != id));

    world.post(admin, &format!("{page}/disablement"), &[]).await.assert_status(303);
    world.read(&token, "/records").await.assert_status(401);
}

#[actix_web::test]
async fn nobody_makes_tokens_for_another_person() {
    let world = World::new().await;
    let (admin, recruiter) = (world.who(Role::Admin), world.who(Role::Recruiter));
    let fields = [("name", "x"), ("days", "30"), ("scopes", "jobs:read")];

    world.post(admin, &format!("/members/{}/api-tokens", recruiter.id), &fields).await.assert_status(404);
    world.post(recruiter, &format!("/members/{}/api-tokens", admin.id), &fields).await.assert_status(403);
    world.post(recruiter, "/service-accounts", &[("name", "x"), ("roles", "hr")]).await.assert_status(403);
}

// Tokens for some things

#[actix_web::test]
async fn a_token_is_for_what_was_chosen_and_a_token_for_nothing_cannot_be_made() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let none = world.post(recruiter, "/api-tokens", &[("name", "Board"), ("days", "30")]).await.assert_status(422);
    none.assert_says("Choose at least one thing");
    let odd = [("name", "Board"), ("days", "30"), ("scopes", "jobs:erase")];
    world.post(recruiter, "/api-tokens", &odd).await.assert_status(422);

    let fields = [("name", "Board"), ("days", "30"), ("scopes", "jobs:read"), ("scopes", "rubrics:read")];
    let made = world.post(recruiter, "/api-tokens", &fields).await.assert_status(201);
    let secret = scraper::Selector::parse(".secret").unwrap();
    let token: String = made.html().select(&secret).next().unwrap().text().collect();

    let open = ["/jobs", "/rubrics", "/openapi.json"];
    for (path, methods) in ROUTES {
        for method in *methods {
            let method: Method = method.to_uppercase().parse().unwrap();
            let (path, body) = (Objects::nothing().path(path), json!({}));
            let body = (method != Method::GET).then_some(&body);
            let answer = world.call(&token, method.clone(), &format!("/api/v1{path}"), body).await;
            let is_open = method == Method::GET
                && open.iter().any(|open| path.starts_with(open))
                && !path.ends_with("/comparison")
                && !path.ends_with("/decisions")
                && !path.ends_with("/debriefs");
            assert_eq!(answer.status == 403, !is_open, "{method} {path}: {}", answer.status);
        }
    }
}

#[test]
fn every_route_of_the_api_belongs_to_a_noun_that_a_token_can_be_for() {
    for (path, methods) in ROUTES.iter().filter(|(path, _)| *path != "/openapi.json") {
        for method in *methods {
            let needed = attune::domain::token_scope::TokenScope::needed(path, *method == "get");
            assert!(needed.is_some(), "no token can {method} {path}: add its noun to domain/token_scope.rs");
        }
    }
}

// What the tests above stand on

async fn own_jobs_only(world: &World, admin: &Who, member: &Who, roles: &[&str]) {
    let mut fields: Vec<(&str, &str)> = roles.iter().map(|role| ("roles", *role)).collect();
    fields.push(("own_jobs_only", "on"));
    world.post(admin, &format!("/members/{}/roles", member.id), &fields).await.assert_status(303);
}

/// An interview whose first seat has begun to write, and whose second is the hiring manager's.
async fn begun(world: &World, author: &Who, note: &str) -> Interviewed {
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let applied = world.candidate(&job, "Amara Okafor").await;
    let met = world.interview(&applied, &round, &[author, world.who(Role::HiringManager)]).await;
    world.get(author, &format!("/interviews/{}/kit/listening", met.interview.id)).await.assert_status(200);
    let mut conn = world.conn().await;
    let written = diesel::sql_query("UPDATE ratings SET note = $1").bind::<diesel::sql_types::Text, _>(note);
    assert_eq!(written.execute(&mut conn).await.unwrap(), 1);
    met
}

async fn hand_over(world: &World, admin: &Who, from: &Who, met: &Interviewed, to: &Who) -> Answer {
    let fields = [("interview", met.interview.id.to_string()), ("to", to.id.to_string())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.post(admin, &format!("/members/{}/handovers", from.id), &fields).await
}
