//! The OpenAPI document describes the routes, all of them and no others.

use std::collections::BTreeSet;

use attune::web::api::{BASE, ROUTES};
use serde_json::Value;

use super::assert_problem;
use crate::support::world::World;

#[tokio::test]
async fn the_document_needs_no_token() {
    let world = World::new().await;

    let answer = world.read("", "/openapi.json").await.assert_status(200);

    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.json()["info"]["title"], "Attune");
}

#[tokio::test]
async fn every_route_is_in_the_document_and_everything_in_the_document_is_a_route() {
    let world = World::new().await;
    let document = world.read("", "/openapi.json").await.json();
    let described: BTreeSet<String> = operations(&document).map(|(name, _)| name).collect();

    let routes: BTreeSet<String> = ROUTES
        .iter()
        .flat_map(|(path, methods)| methods.iter().map(move |method| format!("{method} {BASE}{path}")))
        .collect();

    assert_eq!(described, routes);
}

#[tokio::test]
async fn the_document_is_openapi_3_1_and_whole() {
    let world = World::new().await;
    let document = world.read("", "/openapi.json").await.json();

    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."), "{}", document["openapi"]);
    assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
    assert_eq!(document["security"][0]["bearer"], serde_json::json!([]));
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{name} has no id"));
        assert!(ids.insert(id.to_owned()), "{id} names two operations");
        assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{name} has no summary");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{name} never succeeds");
        if !name.ends_with("/openapi.json") {
            for status in ["401", "403", "404", "422", "503"] {
                assert!(responses.contains_key(status), "{name} does not say {status}");
            }
        }
        let path = name.split(' ').nth(1).unwrap();
        for part in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            let parameters = operation["parameters"].as_array().unwrap();
            assert!(
                parameters
                    .iter()
                    .any(|known| known["name"] == part && known["in"] == "path" && known["required"] == true),
                "{name}: {part} is not described"
            );
        }
        if name.starts_with("post ") || name.starts_with("put ") || name.starts_with("patch ") {
            for status in ["400", "409", "413", "415"] {
                assert!(responses.contains_key(status), "{name} does not say {status}");
            }
        }
    }
    for reference in references(&document) {
        let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leads elsewhere"));
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    for response in document["components"]["responses"].as_object().unwrap().values() {
        let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
        assert_eq!(schema, "#/components/schemas/Problem");
    }
}

#[tokio::test]
async fn every_route_asks_for_a_token_and_every_other_method_is_refused() {
    let world = World::new().await;
    for (path, methods) in ROUTES.iter().filter(|(path, _)| *path != "/openapi.json") {
        let path = format!("{BASE}{}", path.replace("{id}", &uuid::Uuid::now_v7().to_string()))
            .replace("{version}", "1")
            .replace("{dimension}", "listening");
        for method in ["get", "post", "put", "patch", "delete"] {
            let name = method.to_uppercase().parse().unwrap();
            let answer = world.call("", name, &path, None).await;
            if methods.contains(&method) {
                assert_problem(&answer, 401, "sign_in");
            } else {
                assert_problem(&answer, 405, "method_not_allowed");
                assert_eq!(answer.header("allow"), methods.join(", ").to_uppercase());
            }
        }
    }
}

fn operations(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    document["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(move |(method, operation)| (format!("{method} {path}"), operation))
    })
}

fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| match value.as_str().filter(|_| name == "$ref") {
                Some(reference) => vec![reference],
                None => references(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
