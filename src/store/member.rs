//! Members: the people of an organisation.

use diesel::{dsl::sql, prelude::*, sql_types::Text};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::{Conn, Scope, Slice};
use crate::{
    domain::{
        id::{MemberId, OrgId},
        policy::Role,
    },
    error::Result,
    schema::members,
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = members, check_for_backend(diesel::pg::Pg))]
pub struct Member {
    pub org_id: OrgId,
    pub id: MemberId,
    pub email: String,
    pub name: String,
    pub roles: Vec<Role>,
    pub locale: Option<String>,
    pub time_zone: Option<String>,
    pub password_hash: Option<String>,
    pub disabled_at: NullableTimestamp,
    pub created_at: Timestamp,
}

impl Member {
    pub fn is_active(&self) -> bool {
        self.disabled_at.to_jiff().is_none()
    }

    /// Invited, and has not yet chosen a password.
    pub fn is_invited(&self) -> bool {
        self.password_hash.is_none()
    }
}

pub async fn insert(conn: &mut Conn, member: &Member) -> Result<()> {
    diesel::insert_into(members::table).values(member).execute(conn).await?;
    Ok(())
}

pub async fn find(conn: &mut Conn, scope: &Scope, id: MemberId) -> Result<Member> {
    Ok(members::table.find((scope.org, id)).select(Member::as_select()).first(conn).await?)
}

/// Active and invited members by name, for choosing a panel or a hiring manager. An organisation has few enough to show
/// at once; the limit keeps even a wrong import from an endless page.
pub async fn choices(conn: &mut Conn, scope: &Scope) -> Result<Vec<Member>> {
    Ok(members::table
        .filter(members::org_id.eq(scope.org))
        .filter(members::disabled_at.is_null())
        .order((members::name, members::id))
        .limit(500)
        .select(Member::as_select())
        .load(conn)
        .await?)
}

/// All members by name, `limit` at a time.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    after: Option<(String, MemberId)>,
    limit: i64,
) -> Result<Slice<Member, (String, MemberId)>> {
    let mut query = members::table
        .filter(members::org_id.eq(scope.org))
        .order((members::name, members::id))
        .limit(limit + 1)
        .select(Member::as_select())
        .into_boxed();
    if let Some((name, id)) = after {
        query = query.filter(members::name.gt(name.clone()).or(members::name.eq(name).and(members::id.gt(id))));
    }
    let rows = query.load(conn).await?;
    Ok(Slice::cut(rows, limit, |member| (member.name.clone(), member.id)))
}

/// Everybody who signs in with this address, in whichever organisation: the one query that has no scope yet.
pub async fn with_email(conn: &mut Conn, email: &str) -> Result<Vec<Member>> {
    Ok(members::table
        .filter(sql::<Text>("lower(email)").eq(email.to_lowercase()))
        .order(members::id.desc())
        .limit(8)
        .select(Member::as_select())
        .load(conn)
        .await?)
}
