//! Stepping up: at a browser that somebody left open, nobody takes records away, gives roles, lets in or shuts out, makes a token
//! or touches how one signs in, without showing once more who they are. The walk finds such a route by its address and its answer.

use actix_web::{http::Method, test::TestRequest};
use attune::domain::policy::Role;

use crate::{
    access::{Walked, ask, routes},
    support::world::{Who, World},
};

/// Where every change is one that a thief would like.
const GUARDED: &[&str] = &[
    "/api-tokens",
    "/authenticator",
    "/events/",
    "/members",
    "/passkeys",
    "/records/",
    "/recovery-codes",
    "/service-accounts",
    "/sessions/",
    "/settings",
];

/// What may stand in an address anywhere that needs the same.
const TELLING: &[&str] =
    &["/disablement", "/enablement", "/erasure", "/exports", "/handovers", "/hold/lifting", "/roles"];

/// The changes below these addresses that ask nobody, each with why.
const FREE: &[(&str, &str)] = &[
    ("/api-tokens/{id}/revocation", "takes power away"),
    ("/members/{id}/api-tokens/{token}/revocation", "takes power away"),
    ("/passkeys/{id}", "is a name for oneself"),
    ("/settings/reminders", "changes hours of letters"),
];

/// Files that a look takes away: none of them holds what anybody rated.
const FILES: &[&str] = &[
    "/interviews/{id}/interview.ics",
    "/jobs/{id}/candidates/import/sample.csv",
    "/rubrics/{id}/versions/{version:[0-9]+}.yaml",
];

#[tokio::test]
async fn whatever_a_thief_at_an_open_browser_would_like_asks_who_one_is() {
    let Walked { world, own, .. } = Walked::new().await;
    let mut asked = Vec::new();

    for (_, route) in routes().into_iter().filter(|(method, _)| *method == Method::POST) {
        let guarded =
            GUARDED.iter().any(|place| route.starts_with(place)) || TELLING.iter().any(|place| route.contains(place));
        let guarded = guarded && !FREE.iter().any(|(free, _)| *free == route);
        for who in world.home.everybody() {
            // What a route does to the session is undone by a fresh one, which is as old.
            let who = &stale(&world, who).await;
            let answer = ask(&world, Some(who), &Method::POST, &own.path(&route)).await;
            let is_asked = answer.status.as_u16() == 401;
            // Who may not do it is not asked.
            assert!(
                is_asked == guarded || (guarded && answer.status.as_u16() == 403),
                "POST {route} as {:?} answers {}: let its handler take `Confirmed<…>`, or say here why not",
                who.roles,
                answer.status
            );
            if is_asked {
                answer.assert_says("Is it you?");
                asked.push(route.clone());
            }
        }
    }

    asked.dedup();
    assert!(asked.len() > 20, "{asked:#?}");
    for (free, why) in FREE {
        assert!(routes().iter().any(|(_, route)| route == free), "{free}, which {why}, is gone");
    }
}

#[tokio::test]
async fn no_look_takes_a_file_of_records_away() {
    let Walked { world, own, .. } = Walked::new().await;

    for (_, route) in routes().into_iter().filter(|(method, _)| *method == Method::GET) {
        for who in world.home.everybody() {
            let answer = ask(&world, Some(who), &Method::GET, &own.path(&route)).await;
            let is_file = answer.header("content-disposition").starts_with("attachment");
            assert!(
                !is_file || FILES.contains(&route.as_str()),
                "GET {route} gives a file: let it be a POST with `Confirmed<…>`, or say here why not"
            );
        }
    }
}

#[tokio::test]
async fn only_a_form_of_ours_gets_as_far_as_the_confirmation() {
    let Walked { world, .. } = Walked::new().await;

    let request = TestRequest::post().uri("/confirmation?to=/api-tokens");

    world.send(Some(world.who(Role::Recruiter)), request).await.assert_status(403);
}

/// The member on one more device, where they last showed who they are ten minutes ago.
async fn stale(world: &World, who: &Who) -> Who {
    let device = world.sign_in(who).await;
    let back = "UPDATE sessions SET confirmed_at = confirmed_at - interval '10 minutes'";
    world.sql(&format!("{back} WHERE id = '{}'", device.session)).await;
    device
}
