//! Seats that changed hands before their scorecard was submitted.

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Jsonb, Nullable, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;
use serde_json::Value;

use super::{
    Conn, Scope,
    interview::{self, InterviewState},
    job,
};
use crate::{
    domain::id::{HandoverId, InterviewId, MemberId, OrgId, SeatId},
    error::Result,
    schema::{applications, candidates, handovers, interviews, jobs, rounds, scorecards, seats},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = handovers, check_for_backend(diesel::pg::Pg))]
pub struct Handover {
    pub org_id: OrgId,
    pub id: HandoverId,
    pub interview_id: InterviewId,
    pub from_member_id: MemberId,
    pub to_member_id: MemberId,
    /// The author's words: the scorecard's columns, and `ratings`.
    pub draft: Option<Value>,
    pub at: Timestamp,
}

pub async fn insert(conn: &mut Conn, handover: &Handover) -> Result<()> {
    diesel::insert_into(handovers::table).values(handover).execute(conn).await?;
    Ok(())
}

/// A seat whose scorecard is not submitted.
#[derive(Clone, Debug, Queryable)]
pub struct OpenSeat {
    pub seat: SeatId,
    pub interview: InterviewId,
    pub starts_at: Timestamp,
    pub candidate: String,
    pub job: String,
    pub round: String,
    pub begun: bool,
}

/// The open seats of a member in interviews that stand, as far as the scope reaches, by time.
pub async fn open_seats(conn: &mut Conn, scope: &Scope, member: MemberId) -> Result<Vec<OpenSeat>> {
    Ok(interview::seats_in_full()
        .filter(seats::org_id.eq(scope.org).and(seats::member_id.eq(member)))
        .filter(jobs::id.eq_any(job::visible_ids(scope)))
        .filter(interviews::state.eq(InterviewState::Scheduled).and(scorecards::submitted_at.is_null()))
        .order((interviews::starts_at, seats::id))
        .limit(100)
        .select((
            seats::id,
            interviews::id,
            interviews::starts_at,
            candidates::name,
            jobs::title,
            rounds::name,
            scorecards::id.nullable().is_not_null(),
        ))
        .load(conn)
        .await?)
}

/// The unsubmitted scorecard of a locked seat with its ratings, as its author leaves it.
pub async fn draft(conn: &mut Conn, scope: &Scope, seat: SeatId) -> Result<Option<Value>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Jsonb>)]
        draft: Option<Value>,
    }
    let row: Option<Row> = sql_query(
        "SELECT jsonb_build_object('recommendation', k.recommendation, 'private_note', k.private_note, 'next_note', k.next_note,
           'ratings', (SELECT jsonb_agg(jsonb_build_object('dimension', r.dimension, 'score', r.score,
                         'not_enough_evidence', r.not_enough_evidence, 'ticks', r.ticks, 'note', r.note) ORDER BY r.dimension)
                       FROM ratings r WHERE r.org_id = k.org_id AND r.scorecard_id = k.id)) AS draft
         FROM scorecards k WHERE k.org_id = $1 AND k.seat_id = $2",
    )
    .bind::<SqlUuid, _>(scope.org)
    .bind::<SqlUuid, _>(seat)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.and_then(|row| row.draft))
}

/// A handover as its author sees it.
#[derive(Clone, Debug, Queryable)]
pub struct Left {
    pub draft: Option<Value>,
    pub at: Timestamp,
    pub candidate: String,
    pub job: String,
    pub round: String,
}

/// What the member had written in seats that went to somebody else, newest first.
pub async fn own(conn: &mut Conn, scope: &Scope) -> Result<Vec<Left>> {
    Ok(handovers::table
        .inner_join(
            interviews::table
                .on(interviews::org_id.eq(handovers::org_id).and(interviews::id.eq(handovers::interview_id))),
        )
        .inner_join(rounds::table.on(rounds::org_id.eq(handovers::org_id).and(rounds::id.eq(interviews::round_id))))
        .inner_join(
            applications::table
                .on(applications::org_id.eq(handovers::org_id).and(applications::id.eq(interviews::application_id))),
        )
        .inner_join(
            candidates::table
                .on(candidates::org_id.eq(handovers::org_id).and(candidates::id.eq(applications::candidate_id))),
        )
        .inner_join(jobs::table.on(jobs::org_id.eq(handovers::org_id).and(jobs::id.eq(applications::job_id))))
        .filter(handovers::org_id.eq(scope.org).and(handovers::from_member_id.eq(scope.member)))
        .order(handovers::id.desc())
        .limit(50)
        .select((handovers::draft, handovers::at, candidates::name, jobs::title, rounds::name))
        .load(conn)
        .await?)
}
