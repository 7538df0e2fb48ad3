//! What nobody should send gets a clear answer.

use actix_web::test::TestRequest;
use attune::domain::policy::Role;

use super::assert_problem;
use crate::support::world::World;

#[tokio::test]
async fn an_unknown_address_is_a_problem_too() {
    let world = World::new().await;
    let token = world.token_of(Role::Admin).await;

    for path in ["/nothing", "/jobs/", "/jobs/not-an-id", "/jobs/..%2f..", "//jobs", ""] {
        assert_problem(&world.read(&token, path).await, 404, "not_found");
    }
}

#[tokio::test]
async fn a_query_is_read_strictly() {
    let world = World::new().await;
    let token = world.token_of(Role::Admin).await;

    for query in [
        "limit=0",
        "limit=201",
        "limit=many",
        "limit=-1",
        "after=nonsense",
        "after=bnVsbA",
        "state=ajar",
        "state=",
        "limit=",
        "after=",
        "stat=open",
        "state=%00",
    ] {
        let answer = world.read(&token, &format!("/jobs?{query}")).await;
        assert_problem(&answer, 422, "invalid");
        assert_eq!(answer.json()["errors"].as_array().unwrap().len(), 1, "{query}");
    }
    for path in ["/records?job=", "/scorecards?job=", "/records.csv?form=wide&job="] {
        assert_problem(&world.read(&token, path).await, 422, "invalid");
    }
    for query in ["search=%00", "search=a%0bb", "after=01900000-0000-7000-8000-000000000000.%00"] {
        assert_problem(&world.read(&token, &format!("/candidates?{query}")).await, 422, "invalid");
    }
    let swedish = format!("/candidates?search={}", "%C3%A5".repeat(121));
    assert_problem(&world.read(&token, &swedish).await, 422, "invalid");
}

#[tokio::test]
async fn a_hostile_body_is_refused_and_said_to_be() {
    let world = World::new().await;
    let token = world.token_of(Role::Recruiter).await;
    let job = uuid::Uuid::now_v7();
    let send = async |kind: &'static str, body: Vec<u8>| {
        let request = TestRequest::post()
            .uri("/api/v1/candidates")
            .insert_header(("authorization", format!("bearer {token}")))
            .insert_header(("content-type", kind))
            .set_payload(body);
        world.send(None, request).await
    };
    let json = "application/json";

    for (kind, body, status, code) in [
        (json, String::new(), 400, "malformed"),
        (json, "{".to_owned(), 400, "malformed"),
        (json, "[".repeat(10_000), 400, "malformed"),
        (json, r#"{"a":"#.repeat(10_000), 400, "malformed"),
        (json, format!("{}{}", r#"{"a":"#.repeat(10_000), "}".repeat(10_000)), 400, "malformed"),
        (json, "\u{feff}{}".to_owned(), 400, "malformed"),
        (json, "null".to_owned(), 422, "invalid"),
        (json, "[]".to_owned(), 422, "invalid"),
        (json, format!(r#"{{"job": "{job}"}}"#), 422, "invalid"),
        (json, format!(r#"{{"job": "{job}", "job": "{job}", "name": "a"}}"#), 422, "invalid"),
        (json, format!(r#"{{"job": "{job}", "name": "a\u0000b"}}"#), 422, "invalid"),
        (json, format!(r#"{{"job": "{job}", "name": "a\u0001b"}}"#), 422, "invalid"),
        (json, format!(r#"{{"job": "{job}", "name": "\ud800"}}"#), 400, "malformed"),
        (json, format!(r#"{{"job": "{job}", "name": "a", "admin": true}}"#), 422, "invalid"),
        (json, format!(r#"{{"job": "{job}", "name": "{}"}}"#, "x".repeat(300_000)), 413, "too_large"),
        (json, r#"{"job": "not-an-id", "name": "a"}"#.to_owned(), 422, "invalid"),
        (json, format!(r#"{{"job": "{job}", "name": "<script>alert(1)</script>"}}"#), 404, "not_found"),
        ("application/json; charset=utf-8", format!(r#"{{"job": "{job}", "name": "a"}}"#), 404, "not_found"),
        ("text/plain", "{}".to_owned(), 415, "unsupported"),
        ("application/x-www-form-urlencoded", "name=a".to_owned(), 415, "unsupported"),
        ("", "{}".to_owned(), 415, "unsupported"),
    ] {
        assert_problem(&send(kind, body.into_bytes()).await, status, code);
    }
    assert_problem(&send(json, b"{\"name\": \"\xff\"}".to_vec()).await, 400, "malformed");
}
