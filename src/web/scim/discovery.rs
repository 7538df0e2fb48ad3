//! What there is and what it can do (RFC 7643, sections 5 to 7): providers read it before they begin.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde_json::{Value, json};

use super::{BASE, MOST, Part, answer, site, user};
use crate::{
    domain::policy::{ManageMembers, Role},
    error::{Error, Result},
    i18n::Locale,
    web::{forms::Query, who::May},
};

const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

pub async fn config(may: May<ManageMembers>) -> Result<HttpResponse> {
    let unsupported = json!({ "supported": false });
    Ok(answer(
        StatusCode::OK,
        &json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
            "patch": { "supported": true },
            "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
            "filter": { "supported": true, "maxResults": MOST },
            "changePassword": unsupported,
            "sort": unsupported,
            "etag": unsupported,
            "authenticationSchemes": [{
                "type": "oauthbearertoken",
                "name": "API token",
                "description": "A bearer token of an admin or of a service account with the role of one, made for scim",
                "primary": true,
            }],
            "meta": {
                "resourceType": "ServiceProviderConfig",
                "location": format!("{}{BASE}/ServiceProviderConfig", site(&may)),
            },
        }),
    ))
}

pub async fn resource_types(may: May<ManageMembers>, query: Query) -> Result<HttpResponse> {
    all(&query, types(site(&may)))
}

pub async fn resource_type(may: May<ManageMembers>, name: Path<String>) -> Result<HttpResponse> {
    one(types(site(&may)), &name)
}

pub async fn schemas(may: May<ManageMembers>, query: Query) -> Result<HttpResponse> {
    all(&query, [user_schema(site(&may)), group_schema(site(&may))])
}

pub async fn schema(may: May<ManageMembers>, name: Path<String>) -> Result<HttpResponse> {
    one([user_schema(site(&may)), group_schema(site(&may))], &name)
}

/// What is not to be filtered is refused, as the standard wants it: nobody takes all for some.
fn all(query: &Query, found: [Value; 2]) -> Result<HttpResponse> {
    if query.0.has("filter") {
        return Err(Error::Forbidden);
    }
    Ok(Part { first: 0, count: 2 }.answer(2, found.into()))
}

fn one(found: [Value; 2], name: &str) -> Result<HttpResponse> {
    let found = found.into_iter().find(|found| found["id"] == name).ok_or(Error::NotFound)?;
    Ok(answer(StatusCode::OK, &found))
}

fn types(site: &str) -> [Value; 2] {
    [("User", "/Users", user::SCHEMA), ("Group", "/Groups", GROUP)].map(|(name, endpoint, schema)| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
            "id": name,
            "name": name,
            "endpoint": endpoint,
            "schema": schema,
            "meta": { "resourceType": "ResourceType", "location": format!("{site}{BASE}/ResourceTypes/{name}") },
        })
    })
}

fn user_schema(site: &str) -> Value {
    let name = [text("formatted"), text("givenName"), text("familyName")];
    let emails = [read_only(text("value")), read_only(text("type")), read_only(flag("primary"))];
    let groups = ["value", "display", "type"].map(|part| read_only(text(part)));
    let groups = [&groups[..], &[reference("Group")]].concat();
    let mut role = text("value");
    role["canonicalValues"] = json!(Role::ALL);
    let mut language = text("preferredLanguage");
    language["canonicalValues"] = Locale::ALL.iter().map(|locale| locale.tag()).collect();
    language["mutability"] = "immutable".into();
    language["description"] = "Of somebody who has none yet: it is theirs to choose".into();
    let mut external_id = text("externalId");
    external_id["caseExact"] = true.into();
    let mut address = text("userName");
    address["required"] = true.into();
    address["uniqueness"] = "server".into();
    address["description"] = "The mail address: what signs in, and where letters go".into();
    described(
        site,
        user::SCHEMA,
        "User",
        "A member of the organisation",
        &[
            address,
            text("displayName"),
            parts("name", false, &name),
            flag("active"),
            external_id,
            language,
            read_only(parts("emails", true, &emails)),
            parts("roles", true, &[role]),
            read_only(parts("groups", true, &groups)),
        ],
    )
}

fn group_schema(site: &str) -> Value {
    let members = [text("value"), read_only(text("display")), reference("User"), read_only(text("type"))];
    let name = read_only(text("displayName"));
    described(site, GROUP, "Group", "A role, with the members who have it", &[name, parts("members", true, &members)])
}

fn described(site: &str, id: &str, name: &str, description: &str, attributes: &[Value]) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": id,
        "name": name,
        "description": description,
        "attributes": attributes,
        "meta": { "resourceType": "Schema", "location": format!("{site}{BASE}/Schemas/{id}") },
    })
}

fn text(name: &str) -> Value {
    attribute(name, "string", false)
}

/// The address of another resource.
fn reference(to: &str) -> Value {
    let mut attribute = read_only(attribute("$ref", "reference", false));
    attribute["caseExact"] = true.into();
    attribute["referenceTypes"] = json!([to]);
    attribute
}

fn flag(name: &str) -> Value {
    attribute(name, "boolean", false)
}

fn parts(name: &str, several: bool, parts: &[Value]) -> Value {
    let mut attribute = attribute(name, "complex", several);
    attribute["subAttributes"] = parts.into();
    attribute
}

fn attribute(name: &str, kind: &str, several: bool) -> Value {
    json!({
        "name": name,
        "type": kind,
        "multiValued": several,
        "description": "",
        "required": false,
        "caseExact": false,
        "mutability": "readWrite",
        "returned": "default",
        "uniqueness": "none",
    })
}

fn read_only(mut attribute: Value) -> Value {
    attribute["mutability"] = "readOnly".into();
    attribute
}
