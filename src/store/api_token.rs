//! API tokens.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::Conn;
use crate::{
    domain::id::{ApiTokenId, MemberId, OrgId},
    error::{Error, Result},
    schema::{api_tokens, members, organisations},
    store::{member::Member, organisation::Organisation},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_tokens, check_for_backend(diesel::pg::Pg))]
pub struct ApiToken {
    pub org_id: OrgId,
    pub id: ApiTokenId,
    pub member_id: MemberId,
    pub name: String,
    pub secret_hash: Vec<u8>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: NullableTimestamp,
    pub revoked_at: NullableTimestamp,
    /// What it is for, as `domain::token_scope` writes it.
    pub scopes: Vec<String>,
}

pub async fn insert(conn: &mut Conn, token: &ApiToken) -> Result<()> {
    diesel::insert_into(api_tokens::table).values(token).execute(conn).await?;
    Ok(())
}

/// The live token with its active member and their organisation, in one statement.
///
/// # Errors
/// `NotFound` when it was revoked, expired, or its member is disabled.
pub async fn identify(
    conn: &mut Conn,
    secret_hash: &[u8],
    now: jiff::Timestamp,
) -> Result<(ApiToken, Member, Organisation)> {
    Ok(api_tokens::table
        .inner_join(
            members::table.on(members::org_id.eq(api_tokens::org_id).and(members::id.eq(api_tokens::member_id))),
        )
        .inner_join(organisations::table.on(organisations::id.eq(api_tokens::org_id)))
        .filter(api_tokens::secret_hash.eq(secret_hash))
        .filter(api_tokens::revoked_at.is_null().and(api_tokens::expires_at.gt(Timestamp::from(now))))
        .filter(members::disabled_at.is_null())
        .select((ApiToken::as_select(), Member::as_select(), Organisation::as_select()))
        .first(conn)
        .await?)
}

/// Notes the last use; called at most once a minute.
pub async fn touch(conn: &mut Conn, org: OrgId, id: ApiTokenId, now: jiff::Timestamp) -> Result<()> {
    diesel::update(api_tokens::table.find((org, id)))
        .set(api_tokens::used_at.eq(Some(Timestamp::from(now))))
        .execute(conn)
        .await?;
    Ok(())
}

/// A member's tokens that work, newest first.
pub async fn live(conn: &mut Conn, org: OrgId, member: MemberId, now: jiff::Timestamp) -> Result<Vec<ApiToken>> {
    Ok(api_tokens::table
        .filter(api_tokens::org_id.eq(org).and(api_tokens::member_id.eq(member)))
        .filter(api_tokens::revoked_at.is_null().and(api_tokens::expires_at.gt(Timestamp::from(now))))
        .order(api_tokens::created_at.desc())
        .limit(100)
        .select(ApiToken::as_select())
        .load(conn)
        .await?)
}

/// # Errors
/// `NotFound` when it is not the member's, or already revoked.
pub async fn revoke(conn: &mut Conn, org: OrgId, member: MemberId, id: ApiTokenId, now: jiff::Timestamp) -> Result<()> {
    let revoked = diesel::update(api_tokens::table.find((org, id)))
        .filter(api_tokens::member_id.eq(member).and(api_tokens::revoked_at.is_null()))
        .set(api_tokens::revoked_at.eq(Some(Timestamp::from(now))))
        .execute(conn)
        .await?;
    if revoked == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Revokes every token of a member who is shut out.
pub async fn revoke_all(conn: &mut Conn, org: OrgId, member: MemberId, now: jiff::Timestamp) -> Result<usize> {
    Ok(diesel::update(api_tokens::table)
        .filter(api_tokens::org_id.eq(org).and(api_tokens::member_id.eq(member)).and(api_tokens::revoked_at.is_null()))
        .set(api_tokens::revoked_at.eq(Some(Timestamp::from(now))))
        .execute(conn)
        .await?)
}
