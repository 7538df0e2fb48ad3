//! Links with which interviewers without an account get to their seat, of which only hashes are kept.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::{
    Conn, Scope,
    interview::{Interview, Seat},
    member::Member,
    organisation::Organisation,
};
use crate::{
    domain::id::{InterviewId, MemberId, OrgId, SeatId, SeatLinkId},
    error::Result,
    schema::{interviews, members, organisations, seat_links, seats},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = seat_links, check_for_backend(diesel::pg::Pg))]
pub struct SeatLink {
    pub org_id: OrgId,
    pub id: SeatLinkId,
    pub seat_id: SeatId,
    pub secret_hash: Vec<u8>,
    /// When its letter was written.
    pub written_at: Timestamp,
    pub created_at: Timestamp,
    pub code_tag: Option<String>,
    pub code_expires_at: NullableTimestamp,
    pub tries_left: i16,
    pub wrong_codes: i16,
}

/// A link with all that it leads to.
#[derive(Clone, Debug, Queryable)]
pub struct Found {
    pub link: SeatLink,
    pub seat: Seat,
    pub interview: Interview,
    pub member: Member,
    pub organisation: Organisation,
}

pub async fn insert(conn: &mut Conn, link: &SeatLink) -> Result<()> {
    diesel::insert_into(seat_links::table).values(link).execute(conn).await?;
    Ok(())
}

/// Which link a secret opens. It has no scope: the secret is what opens it.
///
/// # Errors
/// `NotFound`.
pub async fn named(conn: &mut Conn, secret_hash: &[u8]) -> Result<(OrgId, SeatLinkId)> {
    Ok(seat_links::table
        .filter(seat_links::secret_hash.eq(secret_hash))
        .select((seat_links::org_id, seat_links::id))
        .first(conn)
        .await?)
}

/// # Errors
/// `NotFound` when it was revoked, or its holder was shut out or has an account by now.
pub async fn find(conn: &mut Conn, org: OrgId, id: SeatLinkId) -> Result<Found> {
    Ok(seat_links::table
        .inner_join(seats::table.on(seats::org_id.eq(seat_links::org_id).and(seats::id.eq(seat_links::seat_id))))
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .inner_join(members::table.on(members::org_id.eq(seats::org_id).and(members::id.eq(seats::member_id))))
        .inner_join(organisations::table.on(organisations::id.eq(seat_links::org_id)))
        .filter(seat_links::org_id.eq(org).and(seat_links::id.eq(id)))
        .filter(seats::revoked_at.is_null().or(seats::revoked_at.lt(seat_links::written_at.nullable())))
        .filter(members::disabled_at.is_null().and(members::is_outside))
        .select((
            SeatLink::as_select(),
            Seat::as_select(),
            Interview::as_select(),
            Member::as_select(),
            Organisation::as_select(),
        ))
        .first(conn)
        .await?)
}

/// The link, locked until the end of the transaction: two who guess at once take turns.
pub async fn lock(conn: &mut Conn, org: OrgId, id: SeatLinkId) -> Result<SeatLink> {
    Ok(seat_links::table.find((org, id)).select(SeatLink::as_select()).for_update().first(conn).await?)
}

/// Writes down what became of the code of a locked link.
pub async fn set_code(conn: &mut Conn, link: &SeatLink) -> Result<()> {
    diesel::update(seat_links::table.find((link.org_id, link.id)))
        .set((
            seat_links::code_tag.eq(&link.code_tag),
            seat_links::code_expires_at.eq(&link.code_expires_at),
            seat_links::tries_left.eq(link.tries_left),
            seat_links::wrong_codes.eq(link.wrong_codes),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// The seat of somebody in an interview, unless its links of letters written then were revoked since.
///
/// # Errors
/// `NotFound`.
pub async fn open_seat(
    conn: &mut Conn,
    org: OrgId,
    interview: InterviewId,
    member: MemberId,
    written_at: Timestamp,
) -> Result<SeatId> {
    Ok(seats::table
        .filter(seats::org_id.eq(org).and(seats::interview_id.eq(interview)).and(seats::member_id.eq(member)))
        .filter(seats::revoked_at.is_null().or(seats::revoked_at.lt(written_at)))
        .select(seats::id)
        .first(conn)
        .await?)
}

/// A letter with a link was written to the holder of a seat.
pub async fn invited(
    conn: &mut Conn,
    org: OrgId,
    interview: InterviewId,
    member: MemberId,
    now: jiff::Timestamp,
) -> Result<()> {
    diesel::update(seats::table)
        .filter(seats::org_id.eq(org).and(seats::interview_id.eq(interview)).and(seats::member_id.eq(member)))
        .set(seats::invited_at.eq(Some(Timestamp::from(now))))
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends every link of a seat and every session that one began, from the next request on.
pub async fn revoke(conn: &mut Conn, scope: &Scope, seat: SeatId, now: jiff::Timestamp) -> Result<()> {
    diesel::update(seats::table.find((scope.org, seat)))
        .set(seats::revoked_at.eq(Some(Timestamp::from(now))))
        .execute(conn)
        .await?;
    Ok(())
}
