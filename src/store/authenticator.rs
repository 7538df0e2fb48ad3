//! Authenticator apps: one for each member who has set one up.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;

use super::Conn;
use crate::{
    domain::id::{MemberId, OrgId},
    error::Result,
    schema::authenticators,
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = authenticators, check_for_backend(diesel::pg::Pg))]
pub struct Authenticator {
    pub org_id: OrgId,
    pub member_id: MemberId,
    pub sealed_secret: Vec<u8>,
    pub last_step: i64,
    pub created_at: Timestamp,
}

/// Puts it in place of the one that was there.
pub async fn put(conn: &mut Conn, new: &Authenticator) -> Result<()> {
    diesel::insert_into(authenticators::table)
        .values(new)
        .on_conflict((authenticators::org_id, authenticators::member_id))
        .do_update()
        .set(new)
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn find(conn: &mut Conn, org: OrgId, member: MemberId) -> Result<Option<Authenticator>> {
    Ok(authenticators::table.find((org, member)).select(Authenticator::as_select()).first(conn).await.optional()?)
}

/// Whether signing in by password asks this member for a code.
pub async fn is_on(conn: &mut Conn, org: OrgId, member: MemberId) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(authenticators::table.find((org, member)))).get_result(conn).await?)
}

/// Takes note that the code of this step was used. Of two requests with one code, one gets it.
pub async fn spend_step(conn: &mut Conn, org: OrgId, member: MemberId, step: i64) -> Result<bool> {
    let spent = diesel::update(authenticators::table.find((org, member)))
        .filter(authenticators::last_step.lt(step))
        .set(authenticators::last_step.eq(step))
        .execute(conn)
        .await?;
    Ok(spent == 1)
}

/// Whether there was one.
pub async fn delete(conn: &mut Conn, org: OrgId, member: MemberId) -> Result<bool> {
    Ok(diesel::delete(authenticators::table.find((org, member))).execute(conn).await? == 1)
}

/// At most `most` of all organisations, from the one after this on: for sealing them with another key.
pub async fn after(conn: &mut Conn, last: (OrgId, MemberId), most: i64) -> Result<Vec<Authenticator>> {
    let (org, member) = last;
    Ok(authenticators::table
        .filter(
            authenticators::org_id.gt(org).or(authenticators::org_id.eq(org).and(authenticators::member_id.gt(member))),
        )
        .order((authenticators::org_id, authenticators::member_id))
        .limit(most)
        .select(Authenticator::as_select())
        .load(conn)
        .await?)
}

/// The same secret under another key; left alone when the member has set up another app meanwhile.
pub async fn reseal(conn: &mut Conn, before: &Authenticator, sealed_secret: &[u8]) -> Result<()> {
    diesel::update(authenticators::table.find((before.org_id, before.member_id)))
        .filter(authenticators::sealed_secret.eq(&before.sealed_secret))
        .set(authenticators::sealed_secret.eq(sealed_secret))
        .execute(conn)
        .await?;
    Ok(())
}
