//! The walk over the API: every route × role, with tokens, as `tests/it/access.rs` does it for pages.

use actix_web::http::Method;
use attune::{
    domain::policy::Role,
    web::api::{BASE, ROUTES},
};
use serde_json::json;

use crate::{
    access::{Objects, Walked, assert_same, compare_with_contract},
    support::world::{Answer, World},
};

const HEAD: &str = "What each route of the API answers to each role, on objects of their own organisation and with an empty body.
401 is without a token; 403 is not allowed; 404 is out of sight; 409 and 422 are allowed but refused by the state of things
or the empty body. Written by tests/it/api/access.rs.";

#[tokio::test]
async fn every_route_of_the_api_answers_every_role_as_the_contract_says() {
    let nothing = Objects::nothing();
    let unchanged = Walked::new().await;
    let mut lines = Vec::new();
    for (path, methods) in ROUTES {
        let route = format!("{BASE}{path}");
        for method in *methods {
            let method: Method = method.to_uppercase().parse().unwrap();
            let changed;
            let Walked { world, own, theirs } = match method {
                Method::GET => &unchanged,
                _ => {
                    changed = Walked::new().await;
                    &changed
                }
            };
            let mut answers = Vec::new();
            for role in std::iter::once(None).chain(Role::ALL.iter().map(Some)) {
                let name = role.map_or("nobody", |role| role.as_str());
                let token = match role {
                    Some(role) => world.token_of(*role).await,
                    None => String::new(),
                };
                if route.contains('{') {
                    let neighbour = ask(world, &token, &method, &theirs.path(&route)).await;
                    let random = ask(world, &token, &method, &nothing.path(&route)).await;
                    assert_same(&format!("{method} {route} as {name}"), &neighbour, &random);
                }
                let answer = ask(world, &token, &method, &own.path(&route)).await;
                assert!(answer.status.as_u16() < 500, "{method} {route} as {name}: {}", answer.text());
                answers.push(format!("{name} {}", answer.status.as_u16()));
            }
            lines.push(format!("{:<6} {:<48} {}", method.as_str(), route, answers.join("  ")));
        }
    }
    compare_with_contract("tests/it/api/access.txt", HEAD, &lines);
}

async fn ask(world: &World, token: &str, method: &Method, path: &str) -> Answer {
    let body = json!({});
    world.call(token, method.clone(), path, (*method != Method::GET).then_some(&body)).await
}
