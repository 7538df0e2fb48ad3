//! Passkeys.

use diesel::{prelude::*, result::DatabaseErrorKind};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::{Conn, Scope};
use crate::{
    domain::id::{MemberId, OrgId, PasskeyId},
    error::{Error, Result},
    schema::{members, passkeys},
    store::member::Member,
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = passkeys, check_for_backend(diesel::pg::Pg))]
pub struct Passkey {
    pub org_id: OrgId,
    pub id: PasskeyId,
    pub member_id: MemberId,
    pub credential_id: Vec<u8>,
    pub public_state: Vec<u8>,
    pub changing_state: Vec<u8>,
    pub name: String,
    pub created_at: Timestamp,
    pub used_at: NullableTimestamp,
}

/// # Errors
/// `Refused` when the device's passkey is known already.
pub async fn insert(conn: &mut Conn, passkey: &Passkey) -> Result<()> {
    match diesel::insert_into(passkeys::table).values(passkey).execute(conn).await {
        Err(diesel::result::Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
            Err(Error::refused("passkey-known"))
        }
        outcome => Ok(outcome.map(|_| ())?),
    }
}

/// A member's passkeys, the oldest first.
pub async fn of(conn: &mut Conn, org: OrgId, member: MemberId) -> Result<Vec<Passkey>> {
    Ok(passkeys::table
        .filter(passkeys::org_id.eq(org).and(passkeys::member_id.eq(member)))
        .order(passkeys::created_at)
        .limit(50)
        .select(Passkey::as_select())
        .load(conn)
        .await?)
}

pub async fn has_one(conn: &mut Conn, org: OrgId, member: MemberId) -> Result<bool> {
    let own = passkeys::table.filter(passkeys::org_id.eq(org).and(passkeys::member_id.eq(member)));
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(conn).await?)
}

/// How many there were.
pub async fn delete_all(conn: &mut Conn, org: OrgId, member: MemberId) -> Result<usize> {
    let own = passkeys::table.filter(passkeys::org_id.eq(org).and(passkeys::member_id.eq(member)));
    Ok(diesel::delete(own).execute(conn).await?)
}

/// The passkey by which a device names itself, with its active member. It has no scope: the signature is what opens it.
pub async fn credential(conn: &mut Conn, credential_id: &[u8]) -> Result<(Passkey, Member)> {
    Ok(passkeys::table
        .inner_join(members::table.on(members::org_id.eq(passkeys::org_id).and(members::id.eq(passkeys::member_id))))
        .filter(passkeys::credential_id.eq(credential_id))
        .filter(members::disabled_at.is_null())
        .select((Passkey::as_select(), Member::as_select()))
        .first(conn)
        .await?)
}

/// Takes note of a use that answers a challenge from `challenged_at`. Of two answers to one challenge, one is taken.
pub async fn used(
    conn: &mut Conn,
    passkey: &Passkey,
    changing_state: &[u8],
    challenged_at: jiff::Timestamp,
    now: jiff::Timestamp,
) -> Result<bool> {
    let challenged_at = Timestamp::from(challenged_at);
    let used = diesel::update(passkeys::table.find((passkey.org_id, passkey.id)))
        .filter(passkeys::used_at.is_null().or(passkeys::used_at.lt(challenged_at)))
        .set((passkeys::used_at.eq(Some(Timestamp::from(now))), passkeys::changing_state.eq(changing_state)))
        .execute(conn)
        .await?;
    Ok(used == 1)
}

/// # Errors
/// `NotFound` when it is not the member's own.
pub async fn rename(conn: &mut Conn, scope: &Scope, id: PasskeyId, name: &str) -> Result<()> {
    let renamed = diesel::update(passkeys::table.find((scope.org, id)))
        .filter(passkeys::member_id.eq(scope.member))
        .set(passkeys::name.eq(name))
        .execute(conn)
        .await?;
    if renamed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// # Errors
/// `NotFound` when it is not the member's own.
pub async fn delete(conn: &mut Conn, scope: &Scope, id: PasskeyId) -> Result<()> {
    let deleted = diesel::delete(passkeys::table.find((scope.org, id)))
        .filter(passkeys::member_id.eq(scope.member))
        .execute(conn)
        .await?;
    if deleted == 0 { Err(Error::NotFound) } else { Ok(()) }
}
