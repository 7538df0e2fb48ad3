//! Single sign-on: an organisation's provider, its domains, and who its members are there.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::{Conn, Scope};
use crate::{
    domain::id::{MemberId, OrgId},
    error::{Error, Result},
    schema::{identities, members, sign_on_domains, sign_on_providers},
    store::member::Member,
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sign_on_providers, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub struct Provider {
    pub org_id: OrgId,
    pub issuer: String,
    pub client_id: String,
    pub sealed_secret: Vec<u8>,
    pub enforced: bool,
    pub break_glass_member_id: Option<MemberId>,
    pub changed_at: Timestamp,
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_on_domains, check_for_backend(diesel::pg::Pg))]
pub struct Domain {
    pub org_id: OrgId,
    pub domain: String,
    pub added_at: Timestamp,
    pub confirmed_at: NullableTimestamp,
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = identities, check_for_backend(diesel::pg::Pg))]
pub struct Identity {
    pub org_id: OrgId,
    pub issuer: String,
    pub subject: String,
    pub member_id: MemberId,
    pub created_at: Timestamp,
}

/// The organisation's provider; asked for before anybody is signed in, too.
pub async fn provider(conn: &mut Conn, org: OrgId) -> Result<Option<Provider>> {
    Ok(sign_on_providers::table.find(org).select(Provider::as_select()).first(conn).await.optional()?)
}

pub async fn put_provider(conn: &mut Conn, new: &Provider) -> Result<()> {
    diesel::insert_into(sign_on_providers::table)
        .values(new)
        .on_conflict(sign_on_providers::org_id)
        .do_update()
        .set(new)
        .execute(conn)
        .await?;
    Ok(())
}

/// Those of all organisations, one each; for sealing their secrets with another key.
pub async fn providers(conn: &mut Conn) -> Result<Vec<Provider>> {
    Ok(sign_on_providers::table.order(sign_on_providers::org_id).select(Provider::as_select()).load(conn).await?)
}

/// The same secret under another key; left alone when an admin has changed it meanwhile.
pub async fn reseal(conn: &mut Conn, before: &Provider, sealed_secret: &[u8]) -> Result<()> {
    diesel::update(sign_on_providers::table.find(before.org_id))
        .filter(sign_on_providers::sealed_secret.eq(&before.sealed_secret))
        .set(sign_on_providers::sealed_secret.eq(sealed_secret))
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether there was one.
pub async fn delete_provider(conn: &mut Conn, scope: &Scope) -> Result<bool> {
    Ok(diesel::delete(sign_on_providers::table.find(scope.org)).execute(conn).await? == 1)
}

/// Whether this member signs in through the provider and in no other way.
pub async fn is_enforced_for(conn: &mut Conn, member: &Member) -> Result<bool> {
    let enforced = sign_on_providers::table
        .find(member.org_id)
        .filter(sign_on_providers::enforced.eq(true))
        .filter(sign_on_providers::break_glass_member_id.is_distinct_from(member.id));
    Ok(diesel::select(diesel::dsl::exists(enforced)).get_result(conn).await?)
}

pub async fn domains(conn: &mut Conn, org: OrgId) -> Result<Vec<Domain>> {
    Ok(sign_on_domains::table
        .filter(sign_on_domains::org_id.eq(org))
        .order(sign_on_domains::domain)
        .limit(100)
        .select(Domain::as_select())
        .load(conn)
        .await?)
}

/// Leaves these domains: new ones wait for the operator, those that were there stay as they are, others go.
pub async fn set_domains(conn: &mut Conn, org: OrgId, domains: &[String], now: jiff::Timestamp) -> Result<()> {
    diesel::delete(sign_on_domains::table)
        .filter(sign_on_domains::org_id.eq(org).and(sign_on_domains::domain.ne_all(domains)))
        .execute(conn)
        .await?;
    let rows: Vec<Domain> = domains
        .iter()
        .map(|domain| Domain { org_id: org, domain: domain.clone(), added_at: now.into(), confirmed_at: None.into() })
        .collect();
    diesel::insert_into(sign_on_domains::table).values(&rows).on_conflict_do_nothing().execute(conn).await?;
    Ok(())
}

/// The operator says that a domain is the organisation's.
///
/// # Errors
/// `NotFound` when no admin named it; `Refused` when another organisation has it.
pub async fn confirm_domain(conn: &mut Conn, org: OrgId, domain: &str, now: jiff::Timestamp) -> Result<()> {
    let confirmed = diesel::update(sign_on_domains::table.find((org, domain)))
        .set(sign_on_domains::confirmed_at.eq(Some(Timestamp::from(now))))
        .execute(conn)
        .await;
    match confirmed {
        Ok(0) => Err(Error::NotFound),
        Ok(_) => Ok(()),
        Err(diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _)) => {
            Err(Error::refused("sign-on-domain-taken"))
        }
        Err(error) => Err(error.into()),
    }
}

/// The organisation whose confirmed domain this is, if it has a provider. No scope: nobody is signed in yet.
pub async fn of_domain(conn: &mut Conn, domain: &str) -> Result<Option<Provider>> {
    Ok(sign_on_domains::table
        .inner_join(sign_on_providers::table.on(sign_on_providers::org_id.eq(sign_on_domains::org_id)))
        .filter(sign_on_domains::domain.eq(domain).and(sign_on_domains::confirmed_at.is_not_null()))
        .select(Provider::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// The member who is this person at the provider, active or not.
pub async fn identified(conn: &mut Conn, org: OrgId, issuer: &str, subject: &str) -> Result<Option<Member>> {
    Ok(identities::table
        .inner_join(
            members::table.on(members::org_id.eq(identities::org_id).and(members::id.eq(identities::member_id))),
        )
        .filter(identities::org_id.eq(org).and(identities::issuer.eq(issuer)).and(identities::subject.eq(subject)))
        .select(Member::as_select())
        .first(conn)
        .await
        .optional()?)
}

pub async fn insert_identity(conn: &mut Conn, identity: &Identity) -> Result<()> {
    diesel::insert_into(identities::table).values(identity).execute(conn).await?;
    Ok(())
}
