//! The walk over SCIM: every route × role, on one's own organisation's members, on the neighbour's, and on nobody.

use actix_web::http::Method;
use attune::{
    domain::{policy::Role, token_scope::TokenScope},
    web::scim::{BASE, ROUTES},
};
use serde_json::json;
use uuid::Uuid;

use super::{Provider, assert_error};
use crate::{
    access::{assert_same, compare_with_contract},
    support::world::World,
};

const HEAD: &str =
    "What each route of SCIM answers to each role, for a member of their own organisation and with an empty body.
401 is without a token; 403 is not allowed; 400 is allowed and refused, for the body or the state of things.
Written by tests/it/scim/access.rs.";

#[tokio::test]
async fn every_route_of_scim_answers_every_role_as_the_contract_says() {
    let mut lines = Vec::new();
    for (route, methods) in ROUTES {
        for (name, _) in *methods {
            let method: Method = name.to_uppercase().parse().unwrap();
            let world = World::new().await;
            let ours = world.member(&world.home, "Sven Svensson", &[Role::Interviewer]).await.id;
            let theirs = world.neighbour.who(Role::Interviewer).id;
            let path = |id: &str| match *route {
                "/Groups/{id}" => "/Groups/interviewer".to_owned(),
                route => route.replace("{id}", id).replace("{name}", "User"),
            };
            let mut answers = Vec::new();
            for role in std::iter::once(None).chain(Role::ALL.iter().map(Some)) {
                let token = match role {
                    Some(role) => world.token_of(*role).await,
                    None => String::new(),
                };
                let provider = Provider { world: &world, token };
                let body = (method != Method::GET).then(|| json!({}));
                let told = role.map_or("nobody", |role| role.as_str());
                if *route == "/Users/{id}" {
                    let neighbour = provider.ask(method.clone(), &path(&theirs.to_string()), body.as_ref()).await;
                    let random = provider.ask(method.clone(), &path(&Uuid::now_v7().to_string()), body.as_ref()).await;
                    assert_same(&format!("{method} {route} as {told}"), &neighbour, &random);
                }
                let answer = provider.ask(method.clone(), &path(&ours.to_string()), body.as_ref()).await;
                assert!(answer.status.as_u16() < 500, "{method} {route} as {told}: {}", answer.text());
                if !answer.status.is_success() {
                    assert_eq!(answer.header("content-type"), "application/scim+json", "{method} {route} as {told}");
                }
                answers.push(format!("{told} {}", answer.status.as_u16()));
            }
            lines.push(format!("{:<6} {:<40} {}", method.as_str(), format!("{BASE}{route}"), answers.join("  ")));
        }
    }
    compare_with_contract("tests/it/scim/access.txt", HEAD, &lines);
}

#[tokio::test]
async fn only_a_token_for_scim_opens_it_and_it_opens_nothing_else() {
    let world = World::new().await;
    let mut provider = Provider::of(&world).await;
    let scoped = async |scopes: &str| {
        world.sql(&format!("UPDATE api_tokens SET scopes = '{{{scopes}}}'")).await;
    };

    scoped("scim:read").await;
    provider.get("/Users").await.assert_status(200);
    assert_error(&provider.post("/Users", json!({ "userName": "a@b.example" })).await, 403, None);
    world.read(&provider.token, "/members").await.assert_status(403);
    scoped("scim:write").await;
    assert_error(&provider.get("/Users").await, 403, None);
    let all: Vec<String> = TokenScope::all().iter().map(ToString::to_string).collect();
    scoped(&all.iter().filter(|scope| !scope.starts_with("scim")).cloned().collect::<Vec<_>>().join(",")).await;
    assert_error(&provider.get("/Users").await, 403, None);
    world.read(&provider.token, "/members").await.assert_status(200);

    // No cookie, no token of another kind, and none that is over.
    world.get(world.who(Role::Admin), &format!("{BASE}/Users")).await.assert_status(401);
    world.sql("UPDATE api_tokens SET revoked_at = now()").await;
    let over = provider.get("/Users").await;
    assert_error(&over, 401, None);
    assert_eq!(over.header("www-authenticate"), "Bearer");
    provider.token = "attune_never".to_owned();
    assert_error(&provider.get("/Users").await, 401, None);
}
