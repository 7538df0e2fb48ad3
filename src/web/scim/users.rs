//! Users: the people of the organisation.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web::Path,
};

use super::{BASE, Part, Sent, answer, filter, patch, sender, site, user, wanted};
use crate::{
    domain::{id::MemberId, policy::ManageMembers},
    error::{Error, Result},
    store::{
        Conn,
        provisioned::{self, Wanted},
    },
    usecases::provisioning,
    web::{forms::Query, who::May},
};

pub async fn list(may: May<ManageMembers>, query: Query) -> Result<HttpResponse> {
    let part = Part::of(&query)?;
    let sought = match query.0.get("filter") {
        "" => Wanted::All,
        text => sought(text)?,
    };
    let mut conn = may.db().await?;
    let total = provisioned::count(&mut conn, &may.scope(), &sought).await?;
    let found = provisioned::list(&mut conn, &may.scope(), &sought, part.first, part.count).await?;
    let users = found.iter().map(|known| wanted(user::shown(known, site(&may)), &query)).collect();
    Ok(part.answer(total, users))
}

pub async fn show(may: May<ManageMembers>, id: Path<MemberId>, query: Query) -> Result<HttpResponse> {
    shown(&may, &mut *may.db().await?, StatusCode::OK, *id, &query).await
}

pub async fn add(may: May<ManageMembers>, query: Query, sent: Sent) -> Result<HttpResponse> {
    let person = user::read(&sent.0, None)?;
    let mut conn = may.db().await?;
    let id = provisioning::add(&mut conn, &may.scope(), &may.actor(), &sender(&may), &person).await?;
    let mut made = shown(&may, &mut conn, StatusCode::CREATED, id, &query).await?;
    let location = format!("{}{BASE}/Users/{id}", site(&may));
    let location = header::HeaderValue::try_from(location).map_err(|error| Error::Bug(error.into()))?;
    made.headers_mut().insert(header::LOCATION, location);
    may.request.shared.outbox.wake();
    Ok(made)
}

pub async fn replace(may: May<ManageMembers>, id: Path<MemberId>, query: Query, sent: Sent) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let wish = |before| user::read(&sent.0, Some(&before));
    provisioning::change(&mut conn, &may.scope(), &may.actor(), *id, wish).await?;
    shown(&may, &mut conn, StatusCode::OK, *id, &query).await
}

pub async fn change(may: May<ManageMembers>, id: Path<MemberId>, query: Query, sent: Sent) -> Result<HttpResponse> {
    let operations = patch::parse(&sent.0)?;
    let mut conn = may.db().await?;
    let wish = |before| user::changed(before, &operations);
    provisioning::change(&mut conn, &may.scope(), &may.actor(), *id, wish).await?;
    shown(&may, &mut conn, StatusCode::OK, *id, &query).await
}

pub async fn remove(may: May<ManageMembers>, id: Path<MemberId>) -> Result<HttpResponse> {
    provisioning::remove(&mut *may.db().await?, &may.scope(), &may.actor(), *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn shown(
    may: &May<ManageMembers>,
    conn: &mut Conn,
    status: StatusCode,
    id: MemberId,
    query: &Query,
) -> Result<HttpResponse> {
    let found = provisioned::list(conn, &may.scope(), &Wanted::Id(id), 0, 1).await?;
    let known = found.first().ok_or(Error::NotFound)?;
    Ok(answer(status, &wanted(user::shown(known, site(may)), query)))
}

fn sought(text: &str) -> Result<Wanted> {
    let filter::Filter { attribute, value } = filter::parse(text)?;
    Ok(match attribute.as_str() {
        "username" | "emails" | "emails.value" => Wanted::Address(value),
        "externalid" => Wanted::ExternalId(value),
        "id" => value.parse().map_or(Wanted::Nobody, Wanted::Id),
        _ => return Err(Error::invalid("filter", "scim-filter-unknown")),
    })
}
