//! Members: the people of an organisation.

use diesel::{dsl::exists, prelude::*, result::DatabaseErrorKind, sql_types::Text};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::{Conn, Scope, Slice, statement::Statement};
use crate::{
    domain::{
        email::EmailAddress,
        id::{InterviewId, MemberId, OrgId},
        policy::Role,
    },
    error::{Error, Result},
    schema::{authenticators, members, organisations, passkeys, seats},
    store::organisation::Organisation,
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
    /// The password is too short to stand without a second factor.
    pub password_short: bool,
    /// Sees only jobs in which they are recruiter, hiring manager or on a panel.
    pub own_jobs_only: bool,
    /// Another system, which acts through API tokens.
    pub is_service: bool,
    /// Interviews without an account: has seats, and gets in by the links of those only.
    pub is_outside: bool,
}

impl Member {
    pub fn is_active(&self) -> bool {
        self.disabled_at.to_jiff().is_none()
    }

    /// Invited, and has not yet chosen a password.
    pub fn is_invited(&self) -> bool {
        self.password_hash.is_none() && !self.is_service && !self.is_outside
    }
}

/// # Errors
/// `Invalid` when the address already belongs to a member of the organisation.
pub async fn insert(conn: &mut Conn, member: &Member) -> Result<()> {
    taken(diesel::insert_into(members::table).values(member).execute(conn).await)
}

fn taken(written: QueryResult<usize>) -> Result<()> {
    match written {
        Err(diesel::result::Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
            Err(Error::invalid("email", "member-email-taken"))
        }
        outcome => Ok(outcome.map(|_| ())?),
    }
}

pub async fn find(conn: &mut Conn, scope: &Scope, id: MemberId) -> Result<Member> {
    Ok(members::table.find((scope.org, id)).select(Member::as_select()).first(conn).await?)
}

/// The same where the organisation is known and nobody of it acts.
pub async fn of(conn: &mut Conn, org: OrgId, id: MemberId) -> Result<Member> {
    Ok(members::table.find((org, id)).select(Member::as_select()).first(conn).await?)
}

/// Whether they have an authenticator app, and how many passkeys.
pub async fn factors(conn: &mut Conn, scope: &Scope, id: MemberId) -> Result<(bool, i64)> {
    let keys = passkeys::table.filter(passkeys::org_id.eq(scope.org).and(passkeys::member_id.eq(id)));
    Ok(members::table
        .find((scope.org, id))
        .select((exists(authenticators::table.find((scope.org, id))), keys.count().single_value().assume_not_null()))
        .first(conn)
        .await?)
}

/// These members, active or not. Their names are put into order where the reader's language is known.
pub async fn with_ids(conn: &mut Conn, scope: &Scope, ids: &[MemberId]) -> Result<Vec<Member>> {
    Ok(members::table
        .filter(members::org_id.eq(scope.org).and(members::id.eq_any(ids)))
        .order(members::id)
        .select(Member::as_select())
        .load(conn)
        .await?)
}

/// The names of those who sit in an interview that the caller has found, to be put into order.
pub async fn of_panel(conn: &mut Conn, scope: &Scope, interview: InterviewId) -> Result<Vec<String>> {
    Ok(seats::table
        .inner_join(members::table.on(members::org_id.eq(seats::org_id).and(members::id.eq(seats::member_id))))
        .filter(seats::org_id.eq(scope.org).and(seats::interview_id.eq(interview)))
        .select(members::name)
        .load(conn)
        .await?)
}

/// Active and invited members with an account, for choosing a panel or a hiring manager. An organisation has few enough to show
/// at once; the limit keeps even a wrong import from an endless page.
pub async fn choices(conn: &mut Conn, scope: &Scope) -> Result<Vec<Member>> {
    choices_and(conn, scope, &[]).await
}

/// The same, and those of `chosen` who have been disabled since or have no account.
pub async fn choices_and(conn: &mut Conn, scope: &Scope, chosen: &[MemberId]) -> Result<Vec<Member>> {
    Ok(members::table
        .filter(members::org_id.eq(scope.org))
        .filter(members::disabled_at.is_null().or(members::id.eq_any(chosen)))
        .filter(members::is_service.eq(false))
        .filter(members::is_outside.eq(false).or(members::id.eq_any(chosen)))
        .order(members::id)
        .limit(500)
        .select(Member::as_select())
        .load(conn)
        .await?)
}

/// All members in the order in which they came, `limit` at a time.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    after: Option<MemberId>,
    limit: i64,
) -> Result<Slice<Member, MemberId>> {
    let mut query = members::table
        .filter(members::org_id.eq(scope.org))
        .order(members::id)
        .limit(limit + 1)
        .select(Member::as_select())
        .into_boxed();
    if let Some(id) = after {
        query = query.filter(members::id.gt(id));
    }
    Ok(Slice::cut(query.load(conn).await?, limit, |member| member.id))
}

/// Id and name of all members, to be put into order by name: few bytes each, and an organisation has thousands at most.
pub async fn names(conn: &mut Conn, scope: &Scope) -> Result<Vec<(MemberId, String)>> {
    Ok(members::table
        .filter(members::org_id.eq(scope.org))
        .limit(10_000)
        .select((members::id, members::name))
        .load(conn)
        .await?)
}

/// Everybody who signs in with this address, in whichever organisation: the one query that has no scope yet.
pub async fn with_email(conn: &mut Conn, email: &str) -> Result<Vec<Member>> {
    Ok(members::table
        .filter(Statement::<Text>::new("lower(email)", Vec::new()).eq(email.to_lowercase()))
        .order(members::id.desc())
        .limit(8)
        .select(Member::as_select())
        .load(conn)
        .await?)
}

/// The active members with this address, each with their organisation: whom a forgotten password concerns.
pub async fn accounts(conn: &mut Conn, email: &EmailAddress) -> Result<Vec<(Member, Organisation)>> {
    Ok(members::table
        .inner_join(organisations::table.on(organisations::id.eq(members::org_id)))
        .filter(Statement::<Text>::new("lower(members.email)", Vec::new()).eq(email.key()))
        .filter(members::disabled_at.is_null().and(members::is_service.eq(false)).and(members::is_outside.eq(false)))
        .order(members::id)
        .limit(8)
        .select((Member::as_select(), Organisation::as_select()))
        .load(conn)
        .await?)
}

/// The member of the organisation with this address.
pub async fn addressed(conn: &mut Conn, org: OrgId, email: &EmailAddress) -> Result<Option<Member>> {
    Ok(members::table
        .filter(members::org_id.eq(org))
        .filter(Statement::<Text>::new("lower(email)", Vec::new()).eq(email.key()))
        .select(Member::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// The admins who can sign in, locked until the transaction ends: two who shut each other out at once take turns.
pub async fn lock_admins(conn: &mut Conn, scope: &Scope) -> Result<Vec<MemberId>> {
    Ok(members::table
        .filter(members::org_id.eq(scope.org))
        .filter(members::roles.contains(vec![Role::Admin]))
        .filter(members::disabled_at.is_null().and(members::password_hash.is_not_null()))
        .order(members::id)
        .select(members::id)
        .for_update()
        .load(conn)
        .await?)
}

pub async fn set_roles(
    conn: &mut Conn,
    scope: &Scope,
    id: MemberId,
    roles: &[Role],
    own_jobs_only: bool,
) -> Result<()> {
    diesel::update(members::table.find((scope.org, id)))
        .set((members::roles.eq(roles), members::own_jobs_only.eq(own_jobs_only)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Makes a member with an account of somebody who interviewed without one: invited from now on, and the same rater as before.
pub async fn take_in(conn: &mut Conn, member: &Member) -> Result<()> {
    diesel::update(members::table.find((member.org_id, member.id)).filter(members::is_outside))
        .set((
            members::is_outside.eq(false),
            members::name.eq(&member.name),
            members::roles.eq(&member.roles),
            members::locale.eq(&member.locale),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// The member, locked until the transaction ends.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: MemberId) -> Result<Member> {
    Ok(members::table.find((scope.org, id)).select(Member::as_select()).for_update().first(conn).await?)
}

/// What an identity provider says a member is called, and where letters reach them.
///
/// # Errors
/// As [`insert`].
pub async fn set_identity(conn: &mut Conn, scope: &Scope, id: MemberId, name: &str, email: &str) -> Result<()> {
    let update = diesel::update(members::table.find((scope.org, id)))
        .set((members::name.eq(name), members::email.eq(email)))
        .execute(conn)
        .await;
    taken(update)
}

/// Without a password they come in by an invitation or by asking for a new one.
pub async fn forget_password(conn: &mut Conn, org: OrgId, id: MemberId) -> Result<()> {
    diesel::update(members::table.find((org, id)))
        .set((members::password_hash.eq(None::<String>), members::password_short.eq(false)))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn set_locale(conn: &mut Conn, scope: &Scope, id: MemberId, tag: &str) -> Result<()> {
    diesel::update(members::table.find((scope.org, id))).set(members::locale.eq(tag)).execute(conn).await?;
    Ok(())
}

pub async fn set_disabled(conn: &mut Conn, scope: &Scope, id: MemberId, at: Option<jiff::Timestamp>) -> Result<()> {
    diesel::update(members::table.find((scope.org, id)))
        .set(members::disabled_at.eq(NullableTimestamp::from(at)))
        .execute(conn)
        .await?;
    Ok(())
}

/// The member's own name, language and time zone.
pub async fn set_profile(
    conn: &mut Conn,
    scope: &Scope,
    name: &str,
    locale: Option<&str>,
    time_zone: Option<&str>,
) -> Result<()> {
    diesel::update(members::table.find((scope.org, scope.member)))
        .set((members::name.eq(name), members::locale.eq(locale), members::time_zone.eq(time_zone)))
        .execute(conn)
        .await?;
    Ok(())
}

/// The new password's hash, and whether it is too short to stand alone; who may set it is proven by a session or a secret
/// link.
pub async fn set_password(conn: &mut Conn, org: OrgId, id: MemberId, hash: &str, short: bool) -> Result<()> {
    diesel::update(members::table.find((org, id)))
        .set((members::password_hash.eq(hash), members::password_short.eq(short)))
        .execute(conn)
        .await?;
    Ok(())
}

/// An active member, by the name in a token of ours; no scope, since nobody is signed in yet.
pub async fn active(conn: &mut Conn, org: OrgId, id: MemberId) -> Result<Member> {
    Ok(members::table
        .find((org, id))
        .filter(members::disabled_at.is_null())
        .select(Member::as_select())
        .first(conn)
        .await?)
}
