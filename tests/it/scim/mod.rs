//! SCIM: what an organisation's identity provider does, in the order and the words in which the large ones do it.

mod access;
mod providers;

use actix_web::{http::Method, test::TestRequest};
use attune::{domain::policy::Role, web::scim::BASE};
use serde_json::{Value, json};

use crate::support::world::{Answer, Who, World};

/// A provider with a token for `scim`.
struct Provider<'w> {
    world: &'w World,
    token: String,
}

impl<'w> Provider<'w> {
    async fn of(world: &'w World) -> Provider<'w> {
        Provider { world, token: world.token_of(Role::Admin).await }
    }

    async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let mut request = TestRequest::default()
            .method(method)
            .uri(&format!("{BASE}{path}"))
            .insert_header(("authorization", format!("Bearer {}", self.token)))
            .insert_header(("accept", "application/scim+json"));
        if let Some(body) = body {
            request = request
                .insert_header(("content-type", "application/scim+json; charset=utf-8"))
                .set_payload(body.to_string());
        }
        self.world.send(None, request).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, Some(&body)).await
    }

    async fn put(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::PUT, path, Some(&body)).await
    }

    async fn patch(&self, path: &str, operations: Value) -> Answer {
        let body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": operations,
        });
        self.ask(Method::PATCH, path, Some(&body)).await
    }

    async fn delete(&self, path: &str) -> Answer {
        self.ask(Method::DELETE, path, None).await
    }

    /// The users that a filter finds.
    async fn found(&self, filter: &str) -> Vec<Value> {
        let query = serde_urlencoded::to_string([("filter", filter)]).unwrap();
        let list = self.get(&format!("/Users?{query}")).await.assert_status(200).json();
        assert_eq!(list["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:ListResponse"]));
        list["Resources"].as_array().unwrap().clone()
    }

    async fn roles(&self, id: &str) -> Vec<String> {
        let user = self.get(&format!("/Users/{id}")).await.assert_status(200).json();
        user["groups"].as_array().unwrap().iter().map(|group| group["value"].as_str().unwrap().to_owned()).collect()
    }
}

/// An error as the standard has it.
#[track_caller]
fn assert_error(answer: &Answer, status: u16, kind: Option<&str>) {
    let body = answer.json();
    assert_eq!(answer.status.as_u16(), status, "{body}");
    assert_eq!(answer.header("content-type"), "application/scim+json", "{body}");
    assert_eq!(body["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:Error"]));
    assert_eq!(body["status"], json!(status.to_string()));
    assert_eq!(body.get("scimType").and_then(Value::as_str), kind, "{body}");
    assert!(body["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{body}");
}

fn id(user: &Value) -> String {
    user["id"].as_str().unwrap().to_owned()
}

fn user_of(who: &Who) -> String {
    format!("/Users/{}", who.id)
}
