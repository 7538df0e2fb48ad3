//! Recovery codes, of which only hashes are kept.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::Conn;
use crate::{
    domain::id::{MemberId, OrgId, RecoveryCodeId},
    error::Result,
    schema::recovery_codes,
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = recovery_codes, check_for_backend(diesel::pg::Pg))]
pub struct RecoveryCode {
    pub org_id: OrgId,
    pub id: RecoveryCodeId,
    pub member_id: MemberId,
    pub salt: Vec<u8>,
    pub code_hash: Vec<u8>,
    pub created_at: Timestamp,
    pub used_at: NullableTimestamp,
}

/// Puts a sheet of codes in place of the earlier one. To be called in a transaction.
pub async fn replace(conn: &mut Conn, org: OrgId, member: MemberId, sheet: &[RecoveryCode]) -> Result<()> {
    diesel::delete(recovery_codes::table)
        .filter(recovery_codes::org_id.eq(org).and(recovery_codes::member_id.eq(member)))
        .execute(conn)
        .await?;
    diesel::insert_into(recovery_codes::table).values(sheet).execute(conn).await?;
    Ok(())
}

/// How many are left.
pub async fn left(conn: &mut Conn, org: OrgId, member: MemberId) -> Result<i64> {
    Ok(recovery_codes::table
        .filter(recovery_codes::org_id.eq(org).and(recovery_codes::member_id.eq(member)))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(conn)
        .await?)
}

/// The salt of the member's sheet; `None` without one.
pub async fn salt(conn: &mut Conn, org: OrgId, member: MemberId) -> Result<Option<Vec<u8>>> {
    Ok(recovery_codes::table
        .filter(recovery_codes::org_id.eq(org).and(recovery_codes::member_id.eq(member)))
        .select(recovery_codes::salt)
        .first(conn)
        .await
        .optional()?)
}

/// Uses a code up. Of two requests at once, one gets it; `false` when there is no such unused code.
pub async fn spend(
    conn: &mut Conn,
    org: OrgId,
    member: MemberId,
    code_hash: &[u8],
    now: jiff::Timestamp,
) -> Result<bool> {
    let spent = diesel::update(recovery_codes::table)
        .filter(recovery_codes::org_id.eq(org).and(recovery_codes::member_id.eq(member)))
        .filter(recovery_codes::code_hash.eq(code_hash).and(recovery_codes::used_at.is_null()))
        .set(recovery_codes::used_at.eq(Some(Timestamp::from(now))))
        .execute(conn)
        .await?;
    Ok(spent == 1)
}
