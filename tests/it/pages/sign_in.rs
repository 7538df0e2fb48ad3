//! Signing in and out.

use attune::domain::policy::Role;

use crate::support::world::{PASSWORD, World};

#[actix_web::test]
async fn the_right_password_leads_to_today_and_signing_out_ends_the_session() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);

    let answer =
        world.post(None, "/sign-in", &[("email", &recruiter.email), ("password", PASSWORD)]).await.assert_status(303);
    assert_eq!(answer.location(), "/");
    assert!(answer.header("set-cookie").contains("HttpOnly") && answer.header("set-cookie").contains("SameSite=Lax"));

    world.get(recruiter, "/").await.assert_status(200);
    world.post(recruiter, "/sign-out", &[]).await.assert_status(303);
    let after = world.get(recruiter, "/").await.assert_status(303);
    assert_eq!(after.location(), "/sign-in?next=%2F");
}

#[actix_web::test]
async fn an_unknown_address_and_a_wrong_password_get_the_same_answer() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);

    let unknown =
        world.post(None, "/sign-in", &[("email", "nobody@nordlys.example"), ("password", "some long password")]).await;
    let wrong = world.post(None, "/sign-in", &[("email", &recruiter.email), ("password", "some long password")]).await;

    assert_eq!(unknown.status, wrong.status);
    assert_eq!(unknown.words(), wrong.words());
    wrong.assert_status(409).assert_says("That address and password do not belong together.");
}

#[actix_web::test]
async fn whoever_tries_too_often_is_told_how_long_to_wait() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);

    let mut last = None;
    for _ in 0..12 {
        last = Some(
            world.post(None, "/sign-in", &[("email", &recruiter.email), ("password", "some long password")]).await,
        );
    }

    last.unwrap().assert_says("Too many tries. Wait");
}

#[actix_web::test]
async fn a_form_from_another_site_is_refused() {
    let world = World::new().await;
    let request = || actix_web::test::TestRequest::post().uri("/sign-out");
    let recruiter = world.who(Role::Recruiter);

    for request in [
        request().insert_header(("sec-fetch-site", "cross-site")),
        request().insert_header(("origin", "https://evil.example")),
        request(),
    ] {
        world.send(Some(recruiter), request).await.assert_status(403);
    }
    world.get(recruiter, "/").await.assert_status(200);
}

#[actix_web::test]
async fn signing_in_never_leads_to_another_site() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);

    for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let answer =
            world.post(None, "/sign-in", &[("email", &recruiter.email), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!(answer.location(), "/");
    }
}

#[actix_web::test]
async fn a_member_sees_who_they_are_and_nothing_of_the_neighbour() {
    let world = World::new().await;

    world
        .get(world.who(Role::Recruiter), "/")
        .await
        .assert_status(200)
        .assert_says("Nordlys Support AB")
        .assert_silent_about("Fjordbank");
}
