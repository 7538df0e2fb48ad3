//! Interviews and their seats.

use diesel::{pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;

use super::{Conn, Scope};
use crate::{
    domain::{
        id::{ApplicationId, InterviewId, MemberId, OrgId, RoundId, SeatId},
        text_enum::text_enum,
    },
    error::Result,
    schema::{interviews, seats},
};

text_enum! {
    InterviewState { Scheduled = "scheduled", Cancelled = "cancelled" }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = interviews, check_for_backend(Pg))]
pub struct Interview {
    pub org_id: OrgId,
    pub id: InterviewId,
    pub application_id: ApplicationId,
    pub round_id: RoundId,
    pub starts_at: Timestamp,
    pub time_zone: String,
    pub minutes: i32,
    pub place: String,
    pub state: InterviewState,
    pub sequence: i32,
    pub created_by: MemberId,
    pub created_at: Timestamp,
}

/// One interviewer in a panel.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = seats, check_for_backend(Pg))]
pub struct Seat {
    pub org_id: OrgId,
    pub id: SeatId,
    pub interview_id: InterviewId,
    pub member_id: MemberId,
}

pub async fn insert(conn: &mut Conn, interview: &Interview, seats: &[Seat]) -> Result<()> {
    diesel::insert_into(interviews::table).values(interview).execute(conn).await?;
    diesel::insert_into(seats::table).values(seats).execute(conn).await?;
    Ok(())
}

/// The seats of an interview that the caller has already found.
pub async fn seats(conn: &mut Conn, scope: &Scope, interview: InterviewId) -> Result<Vec<Seat>> {
    Ok(seats::table
        .filter(seats::org_id.eq(scope.org).and(seats::interview_id.eq(interview)))
        .order(seats::id)
        .select(Seat::as_select())
        .load(conn)
        .await?)
}
