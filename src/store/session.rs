//! Sessions, and the one statement that tells who a request comes from.

use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;
use jiff::SignedDuration;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::{Conn, Scope};
use crate::{
    domain::{
        id::{InterviewId, MemberId, OrgId, ScorecardId, SeatId, SessionId},
        seat_link,
    },
    error::{Error, Result},
    schema::{interviews, members, organisations, scorecards, seats, sessions},
    store::{member::Member, organisation::Organisation},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, check_for_backend(diesel::pg::Pg))]
pub struct Session {
    pub org_id: OrgId,
    pub id: SessionId,
    pub member_id: MemberId,
    pub device_key: Vec<u8>,
    pub user_agent: String,
    pub address: String,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub ended_at: NullableTimestamp,
    /// When the member last showed, in this session, who they are.
    pub confirmed_at: Timestamp,
    /// SHA-256 of the mark that the browser keeps.
    pub device_hash: Option<Vec<u8>>,
    /// The one seat that the session of somebody without an account is for; `None` in a member's, which is for everything.
    pub seat_id: Option<SeatId>,
    /// A second factor, a passkey or the identity provider stood behind it: at signing in, or since.
    pub second_factor: bool,
}

/// A session that nobody uses for so long is over.
pub const IDLE: SignedDuration = SignedDuration::from_hours(48);

pub async fn insert(conn: &mut Conn, session: &Session) -> Result<()> {
    diesel::insert_into(sessions::table).values(session).execute(conn).await?;
    Ok(())
}

/// The live session with its active member and their organisation, in one statement.
///
/// # Errors
/// `NotFound` when it ended, expired, lay idle, or its member is disabled.
pub async fn identify(
    conn: &mut Conn,
    org: OrgId,
    id: SessionId,
    now: jiff::Timestamp,
) -> Result<(Session, Member, Organisation)> {
    Ok(sessions::table
        .inner_join(members::table.on(members::org_id.eq(sessions::org_id).and(members::id.eq(sessions::member_id))))
        .inner_join(organisations::table.on(organisations::id.eq(sessions::org_id)))
        .filter(sessions::org_id.eq(org).and(sessions::id.eq(id)))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(Timestamp::from(now))))
        .filter(sessions::seen_at.gt(Timestamp::from(now - IDLE)))
        .filter(members::disabled_at.is_null().and(sessions::seat_id.is_null()))
        .select((Session::as_select(), Member::as_select(), Organisation::as_select()))
        .first(conn)
        .await?)
}

/// What somebody without an account asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Interview(InterviewId),
    Scorecard(ScorecardId),
}

/// The live session of somebody without an account, if what they ask for is their seat's, with its interview; in one
/// statement.
///
/// # Errors
/// `NotFound` when it is another seat's, the link was revoked, its days are over, or as [`identify`].
pub async fn identify_at_seat(
    conn: &mut Conn,
    org: OrgId,
    id: SessionId,
    wanted: Wanted,
    now: jiff::Timestamp,
) -> Result<(Session, Member, Organisation, InterviewId)> {
    let mut query = sessions::table
        .inner_join(members::table.on(members::org_id.eq(sessions::org_id).and(members::id.eq(sessions::member_id))))
        .inner_join(organisations::table.on(organisations::id.eq(sessions::org_id)))
        .inner_join(
            seats::table.on(seats::org_id
                .eq(sessions::org_id)
                .and(seats::id.nullable().eq(sessions::seat_id))
                .and(seats::member_id.eq(sessions::member_id))),
        )
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .filter(sessions::org_id.eq(org).and(sessions::id.eq(id)))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(Timestamp::from(now))))
        .filter(sessions::seen_at.gt(Timestamp::from(now - IDLE)))
        .filter(members::disabled_at.is_null().and(members::is_outside))
        .filter(seats::revoked_at.is_null().or(seats::revoked_at.lt(sessions::created_at.nullable())))
        .select((
            Session::as_select(),
            Member::as_select(),
            Organisation::as_select(),
            interviews::id,
            interviews::starts_at,
            interviews::minutes,
        ))
        .into_boxed();
    query = match wanted {
        Wanted::Interview(interview) => query.filter(interviews::id.eq(interview)),
        Wanted::Scorecard(scorecard) => query.filter(exists(
            scorecards::table.filter(
                scorecards::org_id
                    .eq(seats::org_id)
                    .and(scorecards::id.eq(scorecard))
                    .and(scorecards::seat_id.eq(seats::id)),
            ),
        )),
    };
    type Row = (Session, Member, Organisation, InterviewId, Timestamp, i32);
    let (session, member, organisation, interview, starts_at, minutes): Row = query.first(conn).await?;
    let ends_at = starts_at.to_jiff() + SignedDuration::from_mins(minutes.into());
    if now >= seat_link::ends(ends_at, organisation.seat_link_days) {
        return Err(Error::NotFound);
    }
    Ok((session, member, organisation, interview))
}

/// The device key that the member's last session had, also when it is over: signing out takes the key off the device, and
/// signing in brings the same one back to what waits there.
pub async fn device_key(conn: &mut Conn, org: OrgId, member: MemberId) -> Result<Option<Vec<u8>>> {
    Ok(sessions::table
        .filter(sessions::org_id.eq(org).and(sessions::member_id.eq(member)))
        .order(sessions::seen_at.desc())
        .select(sessions::device_key)
        .first(conn)
        .await
        .optional()?)
}

/// Whether the member has signed in before at all, and whether in the browser with this mark.
pub async fn known_device(conn: &mut Conn, org: OrgId, member: MemberId, device_hash: &[u8]) -> Result<(bool, bool)> {
    let own = || sessions::table.filter(sessions::org_id.eq(org).and(sessions::member_id.eq(member)));
    Ok(diesel::select((exists(own()), exists(own().filter(sessions::device_hash.eq(device_hash)))))
        .get_result(conn)
        .await?)
}

/// The member has shown once more who they are.
pub async fn confirm(conn: &mut Conn, org: OrgId, id: SessionId, now: jiff::Timestamp) -> Result<()> {
    diesel::update(sessions::table.find((org, id)))
        .set(sessions::confirmed_at.eq(Timestamp::from(now)))
        .execute(conn)
        .await?;
    Ok(())
}

/// The member has shown a second factor in this session.
pub async fn set_second_factor(conn: &mut Conn, org: OrgId, id: SessionId) -> Result<()> {
    diesel::update(sessions::table.find((org, id))).set(sessions::second_factor.eq(true)).execute(conn).await?;
    Ok(())
}

/// Notes the last use; called at most once a minute.
pub async fn touch(conn: &mut Conn, org: OrgId, id: SessionId, now: jiff::Timestamp) -> Result<()> {
    diesel::update(sessions::table.find((org, id)))
        .set(sessions::seen_at.eq(Timestamp::from(now)))
        .execute(conn)
        .await?;
    Ok(())
}

/// A member's live sessions, last used first.
pub async fn live(conn: &mut Conn, scope: &Scope, now: jiff::Timestamp) -> Result<Vec<Session>> {
    Ok(sessions::table
        .filter(sessions::org_id.eq(scope.org).and(sessions::member_id.eq(scope.member)))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(Timestamp::from(now))))
        .filter(sessions::seen_at.gt(Timestamp::from(now - IDLE)))
        .order(sessions::seen_at.desc())
        .limit(100)
        .select(Session::as_select())
        .load(conn)
        .await?)
}

/// Ends one of the member's own sessions.
///
/// # Errors
/// `NotFound` when there is no such live session of theirs.
pub async fn end(conn: &mut Conn, scope: &Scope, id: SessionId, now: jiff::Timestamp) -> Result<()> {
    let ended = diesel::update(sessions::table.find((scope.org, id)))
        .filter(sessions::member_id.eq(scope.member).and(sessions::ended_at.is_null()))
        .set(sessions::ended_at.eq(Some(Timestamp::from(now))))
        .execute(conn)
        .await?;
    if ended == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Ends every session of a member but `keep`; for a new password, another role, a disabled member.
pub async fn end_all(
    conn: &mut Conn,
    org: OrgId,
    member: MemberId,
    keep: Option<SessionId>,
    now: jiff::Timestamp,
) -> Result<usize> {
    let mut query = diesel::update(sessions::table)
        .filter(sessions::org_id.eq(org).and(sessions::member_id.eq(member)).and(sessions::ended_at.is_null()))
        .into_boxed();
    if let Some(keep) = keep {
        query = query.filter(sessions::id.ne(keep));
    }
    Ok(query.set(sessions::ended_at.eq(Some(Timestamp::from(now)))).execute(conn).await?)
}
