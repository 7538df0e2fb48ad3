//! Secret links: invitations and password resets, of which only hashes are kept.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::Conn;
use crate::{
    domain::{
        id::{MemberId, OrgId, SecretLinkId},
        secret_link::SecretPurpose,
    },
    error::{Error, Result},
    schema::{members, organisations, secret_links},
    store::{member::Member, organisation::Organisation},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = secret_links, check_for_backend(diesel::pg::Pg))]
pub struct SecretLink {
    pub org_id: OrgId,
    pub id: SecretLinkId,
    pub member_id: MemberId,
    pub purpose: SecretPurpose,
    pub secret_hash: Vec<u8>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: NullableTimestamp,
}

pub async fn insert(conn: &mut Conn, link: &SecretLink) -> Result<()> {
    diesel::insert_into(secret_links::table).values(link).execute(conn).await?;
    Ok(())
}

/// The link that still works, with its member and organisation. It has no scope: the secret is what opens it.
///
/// # Errors
/// `NotFound` alike for a secret that never was, was used, has expired, or whose member is disabled.
pub async fn find(
    conn: &mut Conn,
    purpose: SecretPurpose,
    secret_hash: &[u8],
    now: jiff::Timestamp,
) -> Result<(SecretLink, Member, Organisation)> {
    Ok(secret_links::table
        .inner_join(
            members::table.on(members::org_id.eq(secret_links::org_id).and(members::id.eq(secret_links::member_id))),
        )
        .inner_join(organisations::table.on(organisations::id.eq(secret_links::org_id)))
        .filter(secret_links::secret_hash.eq(secret_hash).and(secret_links::purpose.eq(purpose)))
        .filter(secret_links::used_at.is_null().and(secret_links::expires_at.gt(Timestamp::from(now))))
        .filter(members::disabled_at.is_null())
        .select((SecretLink::as_select(), Member::as_select(), Organisation::as_select()))
        .first(conn)
        .await?)
}

/// Uses the link up. Of two requests at once, one gets it.
///
/// # Errors
/// `NotFound` when it was used in the meantime.
pub async fn spend(conn: &mut Conn, link: &SecretLink, now: jiff::Timestamp) -> Result<()> {
    let spent = diesel::update(secret_links::table.find((link.org_id, link.id)))
        .filter(secret_links::used_at.is_null())
        .set(secret_links::used_at.eq(Some(Timestamp::from(now))))
        .execute(conn)
        .await?;
    if spent == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Makes every unused link of a member useless, and forgets those that long are.
pub async fn void(conn: &mut Conn, org: OrgId, member: MemberId, now: jiff::Timestamp) -> Result<()> {
    diesel::delete(secret_links::table)
        .filter(secret_links::org_id.eq(org).and(secret_links::member_id.eq(member)))
        .filter(secret_links::used_at.is_null().or(secret_links::expires_at.le(Timestamp::from(now))))
        .execute(conn)
        .await?;
    Ok(())
}
