//! SCIM 2.0 (RFC 7643, 7644) under `/scim/v2`: an organisation's identity provider makes members, changes them, gives them roles
//! (its groups) and takes them away, with a bearer token for `scim`.

mod discovery;
pub mod filter;
mod groups;
pub mod patch;
pub mod user;
mod users;

use actix_web::{
    FromRequest, HttpRequest, HttpResponse, Route,
    dev::Payload,
    http::StatusCode,
    web::{self, ServiceConfig, delete, get, patch as patching, post, put},
};
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde_json::{Map, Value, json};

use super::{
    api::{body, not_allowed},
    forms::Query,
    who::May,
};
use crate::{
    domain::policy::ManageMembers,
    error::{Complaint, Error, Message, Result},
    usecases::account_letter::Sender,
};

/// Where it is.
pub const BASE: &str = "/scim/v2";

const CONTENT_TYPE: &str = "application/scim+json";

/// Resources on a page unless the provider says otherwise, and at most.
const USUAL: i64 = 100;
pub const MOST: i64 = 200;

/// What makes a route for one method.
type Made = fn() -> Route;

/// Every route below [`BASE`]: path, and by method what answers.
pub const ROUTES: &[(&str, &[(&str, Made)])] = &[
    ("/ServiceProviderConfig", &[("get", || get().to(discovery::config))]),
    ("/ResourceTypes", &[("get", || get().to(discovery::resource_types))]),
    ("/ResourceTypes/{name}", &[("get", || get().to(discovery::resource_type))]),
    ("/Schemas", &[("get", || get().to(discovery::schemas))]),
    ("/Schemas/{name}", &[("get", || get().to(discovery::schema))]),
    ("/Users", &[("get", || get().to(users::list)), ("post", || post().to(users::add))]),
    (
        "/Users/{id}",
        &[
            ("get", || get().to(users::show)),
            ("put", || put().to(users::replace)),
            ("patch", || patching().to(users::change)),
            ("delete", || delete().to(users::remove)),
        ],
    ),
    ("/Groups", &[("get", || get().to(groups::list)), ("post", || post().to(groups::add))]),
    (
        "/Groups/{id}",
        &[
            ("get", || get().to(groups::show)),
            ("put", || put().to(groups::replace)),
            ("patch", || patching().to(groups::change)),
            ("delete", || delete().to(groups::remove)),
        ],
    ),
];

pub fn routes(config: &mut ServiceConfig) {
    let mut scope = web::scope(BASE);
    for (path, methods) in ROUTES {
        let resource = methods.iter().fold(web::resource(*path), |resource, (_, route)| resource.route(route()));
        let known = methods.iter().map(|(method, _)| *method).collect::<Vec<_>>();
        scope = scope.service(resource.default_service(web::to(move || {
            let answer = not_allowed(&known);
            async move { answer }
        })));
    }
    config.service(scope);
}

/// The body of a request: an object, of either content type that providers use.
pub struct Sent(pub Map<String, Value>);

impl FromRequest for Sent {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Sent, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let object = body::taken::<Map<String, Value>>(request, payload, &[CONTENT_TYPE, "application/json"]);
        async move { Ok(Sent(object.await?)) }.boxed_local()
    }
}

/// Which part of a list is wanted.
struct Part {
    /// From 0.
    first: i64,
    count: i64,
}

impl Part {
    /// # Errors
    /// `Invalid` for what is no number; one that is too small or too large is put right, as the standard wants it.
    fn of(query: &Query) -> Result<Part> {
        let number = |name: &str, usual: i64| match query.0.get(name) {
            "" => Ok(usual),
            text => text.parse().map_err(|_| {
                let message = Message::new("form-number").with("least", 0).with("most", MOST);
                Error::Invalid(vec![Complaint::new(name, message)])
            }),
        };
        let first = number("startIndex", 1)?.max(1) - 1;
        Ok(Part { first, count: number("count", USUAL)?.clamp(0, MOST) })
    }

    fn answer(&self, total: i64, resources: Vec<Value>) -> HttpResponse {
        answer(
            StatusCode::OK,
            &json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
                "totalResults": total,
                "startIndex": self.first + 1,
                "itemsPerPage": resources.len(),
                "Resources": resources,
            }),
        )
    }
}

fn answer(status: StatusCode, body: &Value) -> HttpResponse {
    HttpResponse::build(status).content_type(CONTENT_TYPE).body(body.to_string())
}

/// A resource without the attributes that the provider does not want (`attributes`, `excludedAttributes`).
fn wanted(mut resource: Value, query: &Query) -> Value {
    let names = |name: &str| -> Vec<String> {
        let named = query.0.get(name).split(',').map(|name| name.trim().to_ascii_lowercase());
        named.filter(|name| !name.is_empty()).collect()
    };
    let (only, without) = (names("attributes"), names("excludedAttributes"));
    if let Some(fields) = resource.as_object_mut() {
        // Of an attribute with parts, all come along: more than was wanted is allowed, less is not.
        let is_named = |names: &[String], key: &str| {
            names.iter().any(|name| name.rsplit(':').next().unwrap_or_default().split('.').next() == Some(key))
        };
        fields.retain(|key, _| {
            let key = key.to_ascii_lowercase();
            let always = ["schemas", "id"].contains(&key.as_str());
            always || ((only.is_empty() || is_named(&only, &key)) && !without.contains(&key))
        });
    }
    resource
}

/// A failure as RFC 7644, section 3.12 has it; `said` is the first complaint: its field, if it is about one, and its key.
pub fn failure(status: StatusCode, code: &str, said: Option<(&str, &str)>, detail: &str) -> HttpResponse {
    let (status, kind) = match (code, said) {
        (_, Some((_, "member-email-taken" | "scim-group-is-there"))) => (StatusCode::CONFLICT, Some("uniqueness")),
        ("invalid", Some(("filter", _))) => (StatusCode::BAD_REQUEST, Some("invalidFilter")),
        ("invalid", Some(("path", _))) => (StatusCode::BAD_REQUEST, Some("invalidPath")),
        ("invalid", _) => (StatusCode::BAD_REQUEST, Some("invalidValue")),
        ("refused", _) => (StatusCode::BAD_REQUEST, Some("mutability")),
        ("malformed", _) => (status, Some("invalidSyntax")),
        _ => (status, None),
    };
    let mut body = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": status.as_str(),
        "detail": detail,
    });
    if let Some(kind) = kind {
        body["scimType"] = kind.into();
    }
    answer(status, &body)
}

fn site(may: &May<ManageMembers>) -> &str {
    &may.request.shared.config.public_url
}

/// Nobody in particular writes: a letter's answer goes to no admin.
fn sender(may: &May<ManageMembers>) -> Sender<'_> {
    Sender { organisation: &may.signed.organisation, site: site(may), answers: None }
}
