//! Groups: the roles, each with the members who have it. They are given and taken away, and never made or unmade.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde_json::{Map, Value, json};

use super::{
    BASE, Part, Sent, answer, filter,
    patch::{self, Kind, Operation},
    site,
    user::{field, list as values},
    wanted,
};
use crate::{
    domain::{
        id::MemberId,
        policy::{ManageMembers, Role},
    },
    error::{Error, Result},
    i18n::Locale,
    store::{
        Conn,
        provisioned::{self, Known, Wanted},
    },
    usecases::provisioning,
    web::{forms::Query, pages::members::role_name, who::May},
};

const SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// Members that one request may add or take out.
const MOST_CHANGES: usize = 1000;

/// What a provider finds a role by: the same in every language.
pub fn name(role: Role) -> String {
    role_name(role, Locale::En)
}

/// By its id or its name, whatever the case.
pub fn role_named(text: &str) -> Option<Role> {
    let known = |role: &&Role| text.eq_ignore_ascii_case(role.as_str()) || text.eq_ignore_ascii_case(&name(**role));
    Role::ALL.iter().find(known).copied()
}

pub async fn list(may: May<ManageMembers>, query: Query) -> Result<HttpResponse> {
    let part = Part::of(&query)?;
    let mut conn = may.db().await?;
    let everybody = provisioned::list(&mut conn, &may.scope(), &Wanted::All, 0, provisioned::MOST).await?;
    let mut roles: Vec<Role> = Role::ALL.to_vec();
    if !query.0.get("filter").is_empty() {
        let filter::Filter { attribute, value } = filter::parse(query.0.get("filter"))?;
        roles.retain(|role| match attribute.as_str() {
            "displayname" | "id" => role_named(&value) == Some(*role),
            "members" | "members.value" => {
                everybody.iter().any(|(member, _)| member.id.to_string() == value && member.roles.contains(role))
            }
            _ => false,
        });
        if !["displayname", "id", "members", "members.value"].contains(&attribute.as_str()) {
            return Err(Error::invalid("filter", "scim-filter-unknown"));
        }
    }
    let total = i64::try_from(roles.len()).unwrap_or_default();
    let (first, count) = (usize::try_from(part.first).unwrap_or(usize::MAX), usize::try_from(part.count).unwrap_or(0));
    let groups = roles.into_iter().skip(first).take(count);
    let groups = groups.map(|role| wanted(shown(role, &everybody, site(&may)), &query)).collect();
    Ok(part.answer(total, groups))
}

pub async fn show(may: May<ManageMembers>, id: Path<String>, query: Query) -> Result<HttpResponse> {
    let role: Role = id.parse().map_err(|_| Error::NotFound)?;
    current(&may, &mut *may.db().await?, role, &query).await
}

/// A provider that pushes a group finds the role of that name first; whatever else it would make cannot be made.
pub async fn add(_: May<ManageMembers>, sent: Sent) -> Result<HttpResponse> {
    let name = field(&sent.0, "displayName").and_then(Value::as_str).unwrap_or_default();
    let key = if role_named(name).is_some() { "scim-group-is-there" } else { "scim-group-is-no-role" };
    Err(Error::refused(key))
}

pub async fn replace(may: May<ManageMembers>, id: Path<String>, query: Query, sent: Sent) -> Result<HttpResponse> {
    let role: Role = id.parse().map_err(|_| Error::NotFound)?;
    // Whoever leaves the members out hardly means that nobody is to have the role.
    let members = field(&sent.0, "members").ok_or_else(|| Error::invalid("members", "scim-member-unknown"))?;
    let named = ids(&values(members))?;
    keeps_its_name(role, &sent.0)?;
    let mut conn = may.db().await?;
    provisioning::set_members(&mut conn, &may.scope(), &may.actor(), role, |_| named.clone()).await?;
    current(&may, &mut conn, role, &query).await
}

pub async fn change(may: May<ManageMembers>, id: Path<String>, query: Query, sent: Sent) -> Result<HttpResponse> {
    let role: Role = id.parse().map_err(|_| Error::NotFound)?;
    let operations = patch::parse(&sent.0)?;
    // What is wrong with an operation is said before any is made.
    let steps = operations.iter().map(|operation| step(role, operation)).collect::<Result<Vec<_>>>()?;
    let mut conn = may.db().await?;
    let choose = |before: &BTreeSet<MemberId>| steps.iter().flatten().fold(before.clone(), |now, step| step.take(now));
    provisioning::set_members(&mut conn, &may.scope(), &may.actor(), role, choose).await?;
    current(&may, &mut conn, role, &query).await
}

pub async fn remove(_: May<ManageMembers>, id: Path<String>) -> Result<HttpResponse> {
    id.parse::<Role>().map_err(|_| Error::NotFound)?;
    Err(Error::refused("scim-group-stays"))
}

/// What an operation does to the members of a group.
enum Step {
    With(BTreeSet<MemberId>),
    Without(BTreeSet<MemberId>),
    Only(BTreeSet<MemberId>),
}

impl Step {
    fn take(&self, before: BTreeSet<MemberId>) -> BTreeSet<MemberId> {
        match self {
            Step::With(ids) => &before | ids,
            Step::Without(ids) => &before - ids,
            Step::Only(ids) => ids.clone(),
        }
    }
}

fn step(role: Role, Operation { kind, path, value }: &Operation) -> Result<Option<Step>> {
    if path.attribute != "members" {
        // Renaming a group to what it is called is no change; what we do not keep of one neither.
        keeps_its_name(role, &Map::from_iter([(path.attribute.clone(), value.clone())]))?;
        return Ok(None);
    }
    let named = match &path.filter {
        Some(filter) if filter.attribute == "value" => ids(&[Value::from(filter.value.clone())])?,
        Some(_) => return Err(Error::invalid("path", "scim-path-unknown")),
        None => ids(&values(value))?,
    };
    Ok(Some(match kind {
        Kind::Add => Step::With(named),
        Kind::Replace => Step::Only(named),
        Kind::Remove if path.filter.is_none() && value.is_null() => Step::Only(BTreeSet::new()),
        Kind::Remove => Step::Without(named),
    }))
}

fn keeps_its_name(role: Role, sent: &Map<String, Value>) -> Result<()> {
    match field(sent, "displayName").and_then(Value::as_str) {
        Some(other) if role_named(other) != Some(role) => Err(Error::refused("scim-group-name-stays")),
        _ => Ok(()),
    }
}

/// `[{"value": "0193…"}]`, or the ids alone.
fn ids(members: &[Value]) -> Result<BTreeSet<MemberId>> {
    let id = |member: &Value| {
        let text = member.as_object().and_then(|member| field(member, "value")).unwrap_or(member);
        text.as_str().and_then(|text| text.parse().ok())
    };
    let read: Option<BTreeSet<MemberId>> = members.iter().map(id).collect();
    read.filter(|ids| ids.len() <= MOST_CHANGES).ok_or_else(|| Error::invalid("members", "scim-member-unknown"))
}

async fn current(may: &May<ManageMembers>, conn: &mut Conn, role: Role, query: &Query) -> Result<HttpResponse> {
    let have = provisioned::list(conn, &may.scope(), &Wanted::With(role), 0, provisioned::MOST).await?;
    Ok(answer(StatusCode::OK, &wanted(shown(role, &have, site(may)), query)))
}

fn shown(role: Role, everybody: &[Known], site: &str) -> Value {
    let members = everybody.iter().map(|(member, _)| member).filter(|member| member.roles.contains(&role));
    let members = members.map(|member| {
        json!({
            "value": member.id, "display": member.name, "type": "User", "$ref": format!("{site}{BASE}/Users/{}", member.id),
        })
    });
    json!({
        "schemas": [SCHEMA],
        "id": role,
        "displayName": name(role),
        "members": members.collect::<Vec<_>>(),
        "meta": { "resourceType": "Group", "location": format!("{site}{BASE}/Groups/{role}") },
    })
}
