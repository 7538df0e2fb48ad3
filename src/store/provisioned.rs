//! Members as an organisation's identity provider sees them: all people but those it took away.

use diesel::{prelude::*, sql_types::Text};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::{Conn, Scope, statement::Statement};
use crate::{
    domain::{
        id::{MemberId, OrgId},
        policy::Role,
    },
    error::Result,
    schema::{members, provisioned_members as provisioned},
    store::member::Member,
};

/// What the provider says about a member besides what every member has.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = provisioned, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub struct Provisioned {
    pub org_id: OrgId,
    pub member_id: MemberId,
    pub external_id: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub created_at: Timestamp,
    pub removed_at: NullableTimestamp,
}

/// An organisation has thousands at most.
pub const MOST: i64 = 10_000;

/// Which members are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    All,
    Id(MemberId),
    /// Whatever its case.
    Address(String),
    ExternalId(String),
    With(Role),
    /// What no member can be.
    Nobody,
}

/// Everything about them: `None` for a member about whom the provider never wrote.
pub type Known = (Member, Option<Provisioned>);

/// These members in the order in which they came, from the `first`th on (0 is the first).
pub async fn list(conn: &mut Conn, scope: &Scope, wanted: &Wanted, first: i64, limit: i64) -> Result<Vec<Known>> {
    Ok(seen(scope, wanted)
        .order(members::id)
        .offset(first)
        .limit(limit)
        .select((Member::as_select(), Option::<Provisioned>::as_select()))
        .load(conn)
        .await?)
}

/// How many there are.
pub async fn count(conn: &mut Conn, scope: &Scope, wanted: &Wanted) -> Result<i64> {
    Ok(seen(scope, wanted).count().get_result(conn).await?)
}

/// One of them, locked until the transaction ends, so that what is changed is what was read.
///
/// # Errors
/// `NotFound` for whom the provider took away, and for another system.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: MemberId) -> Result<Known> {
    members::table.find((scope.org, id)).select(members::id).for_update().first::<MemberId>(conn).await?;
    let found = list(conn, scope, &Wanted::Id(id), 0, 1).await?;
    found.into_iter().next().ok_or(crate::error::Error::NotFound)
}

/// Whether the provider took this member away.
pub async fn is_removed(conn: &mut Conn, scope: &Scope, id: MemberId) -> Result<bool> {
    let removed = provisioned::table.find((scope.org, id)).filter(provisioned::removed_at.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(removed)).get_result(conn).await?)
}

pub async fn put(conn: &mut Conn, new: &Provisioned) -> Result<()> {
    diesel::insert_into(provisioned::table)
        .values(new)
        .on_conflict((provisioned::org_id, provisioned::member_id))
        .do_update()
        .set(new)
        .execute(conn)
        .await?;
    Ok(())
}

#[diesel::dsl::auto_type]
fn joined() -> _ {
    members::table.left_join(
        provisioned::table.on(provisioned::org_id.eq(members::org_id).and(provisioned::member_id.eq(members::id))),
    )
}

fn seen<'a>(scope: &Scope, wanted: &'a Wanted) -> diesel::dsl::IntoBoxed<'a, joined, diesel::pg::Pg> {
    let query = joined()
        .into_boxed()
        .filter(members::org_id.eq(scope.org).and(members::is_service.eq(false)).and(members::is_outside.eq(false)))
        .filter(provisioned::removed_at.nullable().is_null());
    match wanted {
        Wanted::All => query,
        Wanted::Id(id) => query.filter(members::id.eq(*id)),
        Wanted::Address(address) => {
            query.filter(Statement::<Text>::new("lower(members.email)", Vec::new()).eq(address.to_lowercase()))
        }
        Wanted::ExternalId(id) => query.filter(provisioned::external_id.nullable().eq(id)),
        Wanted::With(role) => query.filter(members::roles.contains(vec![*role])),
        Wanted::Nobody => query.filter(members::id.is_null()),
    }
}
