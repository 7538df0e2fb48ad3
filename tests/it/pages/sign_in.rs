//! Signing in and out.

use std::time::{Duration, Instant};

use attune::{
    domain::policy::Role,
    error::Error,
    store,
    usecases::{
        self,
        password::Hashing,
        sign_in::{Credentials, Device, Door},
    },
    web::{Shared, session::LIFETIME},
};

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
async fn an_unknown_address_costs_as_much_work_as_a_known_one() {
    // With hashes as dear as in earnest, they are what takes the time.
    let mut world = World::new().await;
    let hashing = Hashing::strong().unwrap();
    world.shared = Shared::new(world.shared.config.clone(), world.clock.clone(), hashing.clone()).unwrap();
    let recruiter = world.who(Role::Recruiter);
    let hash = hashing.hash(PASSWORD.to_owned()).await.unwrap();
    store::member::set_password(&mut *world.conn().await, recruiter.org, recruiter.id, &hash, false).await.unwrap();
    let sign_in = async |email: &str| {
        let credentials = Credentials {
            email: email.to_owned(),
            password: "some long password".to_owned(),
            organisation: None,
            device: Device { address: "127.0.0.1".into(), user_agent: "the tests".into(), mark: "a browser".into() },
        };
        let mut conn = world.conn().await;
        let begun = Instant::now();
        let door = Door { site: "https://attune.example", now: world.now(), lifetime: LIFETIME };
        let outcome = usecases::sign_in::sign_in(&mut conn, &hashing, &credentials, door).await;
        assert!(matches!(outcome, Err(Error::Refused(_))));
        begun.elapsed()
    };
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..15 {
        times[0].push(sign_in("nobody@nordlys.example").await);
        times[1].push(sign_in(&recruiter.email).await);
    }

    // The quickest of each: what else the machine does makes the others slower. Without a hash it takes a few milliseconds.
    let [unknown, known] = times.map(|times| times.into_iter().min().unwrap());
    assert!(unknown > known / 2, "unknown {unknown:?}, known {known:?}");
    assert!(known > Duration::from_millis(8), "{known:?} is no Argon2id in earnest");
}

#[actix_web::test]
async fn no_refusal_comes_soon_enough_to_tell_how_many_passwords_were_checked() {
    let world = World::new().await;

    let begun = Instant::now();
    world.post(None, "/sign-in", &[("email", "nobody@nordlys.example"), ("password", "some password")]).await;

    assert!(begun.elapsed() >= Duration::from_millis(250));
}

#[actix_web::test]
async fn whoever_was_told_to_wait_gets_in_after_the_wait() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let wrong = [("email", recruiter.email.as_str()), ("password", "some long password")];
    let mut seconds = 0;
    for _ in 0..40 {
        let answer = world.post(None, "/sign-in", &wrong).await.words();
        if let Some(rest) = answer.split("Too many tries. Wait ").nth(1) {
            seconds = rest.split(' ').next().unwrap().parse().unwrap_or(1);
            break;
        }
    }

    // However often one tries in vain, the wait does not grow: nobody locks somebody else out for ever.
    assert!((1..=13).contains(&seconds), "told to wait {seconds} seconds");
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    world.post(None, "/sign-in", &[("email", &recruiter.email), ("password", PASSWORD)]).await.assert_status(303);
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
