//! Who is let in.

use actix_web::test::TestRequest;
use attune::{domain::policy::Role, store};
use jiff::ToSpan;

use super::assert_problem;
use crate::support::world::World;

#[tokio::test]
async fn a_token_acts_as_its_member_and_without_one_nobody_is_let_in() {
    let world = World::new().await;
    let token = world.token_of(Role::Recruiter).await;

    world.read(&token, "/jobs").await.assert_status(200);
    let anonymous = world.read("", "/jobs").await;

    assert_problem(&anonymous, 401, "sign_in");
    assert_eq!(anonymous.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn a_token_that_is_unknown_revoked_or_expired_or_whose_member_is_disabled_is_refused() {
    let world = World::new().await;
    let revoked = world.token_of(Role::Recruiter).await;
    let recruiter = world.who(Role::Recruiter);
    let mut conn = world.conn().await;
    store::api_token::revoke_all(&mut conn, recruiter.org, recruiter.id, world.now()).await.unwrap();
    let expired = {
        let (token, mut row) = world.new_token(recruiter);
        row.expires_at = (world.now() - 1.second()).into();
        store::api_token::insert(&mut conn, &row).await.unwrap();
        token
    };
    let disabled = world.token_of(Role::Interviewer).await;
    let interviewer = world.who(Role::Interviewer);
    store::member::set_disabled(&mut conn, &interviewer.scope(), interviewer.id, Some(world.now())).await.unwrap();

    for token in [&revoked, &expired, &disabled, "attune_never", "something else"] {
        assert_problem(&world.read(token, "/jobs").await, 401, "sign_in");
    }
}

#[tokio::test]
async fn the_cookie_of_a_signed_in_browser_opens_no_door_of_the_api() {
    let world = World::new().await;
    let admin = world.who(Role::Admin).clone();

    let answer = world.get(&admin, "/api/v1/jobs").await;
    let posted =
        world.send(Some(&admin), TestRequest::post().uri("/api/v1/jobs").set_json(serde_json::json!({}))).await;

    assert_problem(&answer, 401, "sign_in");
    assert!(posted.status == 401 || posted.status == 405, "{}", posted.status);
}

#[tokio::test]
async fn a_token_opens_no_page() {
    let world = World::new().await;
    let token = world.token_of(Role::Admin).await;
    let request = TestRequest::get().uri("/").insert_header(("authorization", format!("Bearer {token}")));

    let answer = world.send(None, request).await;

    assert!(answer.location().starts_with("/sign-in"), "{}", answer.status);
}

#[tokio::test]
async fn roles_without_the_permission_are_forbidden() {
    let world = World::new().await;
    let roles = [Role::Recruiter, Role::HiringManager, Role::Interviewer];
    for role in roles {
        let token = world.token_of(role).await;
        assert_problem(&world.read(&token, "/records").await, 403, "forbidden");
        assert_problem(&world.read(&token, "/records.csv?form=wide").await, 403, "forbidden");
    }
    for role in [Role::HiringManager, Role::Interviewer, Role::Hr] {
        let token = world.token_of(role).await;
        assert_problem(&world.read(&token, "/members").await, 403, "forbidden");
    }
}

#[tokio::test]
async fn a_database_that_is_away_is_no_reason_to_make_another_token() {
    let mut world = World::new().await;
    let token = world.token_of(Role::Recruiter).await;
    world.pool = store::pool("postgres://attune@127.0.0.1:9/nowhere", 1).unwrap();

    let answer = world.read(&token, "/jobs").await;

    assert_problem(&answer, 503, "busy");
    assert!(!answer.header("retry-after").is_empty());
}
