//! What is kept of candidates, for how long, and how a person is taken out of it.

use diesel::{
    pg::Pg,
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::{Conn, Scope, job};
use crate::{
    domain::id::{CandidateId, JobId, MemberId},
    error::Result,
    schema::{candidates, jobs, members},
};

/// A candidate with all that decides whether they can be erased, and how much it would take.
#[derive(Clone, Debug, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct Kept {
    #[diesel(sql_type = SqlUuid)]
    pub id: CandidateId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Array<Text>)]
    pub jobs: Vec<String>,
    /// When the last of their applications was decided, or its job closed without; null while one is neither.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub ended_at: NullableTimestamp,
    /// Seats of interviews that stand whose scorecard is not submitted.
    #[diesel(sql_type = BigInt)]
    pub open_seats: i64,
    /// Titles and reasons of the jobs on hold.
    #[diesel(sql_type = Array<Text>)]
    pub held: Vec<String>,
    /// Scorecards, whose notes would go.
    #[diesel(sql_type = BigInt)]
    pub scorecards: i64,
}

impl Kept {
    /// A legal hold, an open scorecard or an undecided application keeps the record.
    pub fn can_be_erased(&self) -> bool {
        self.held.is_empty() && self.open_seats == 0 && self.ended_at.to_jiff().is_some()
    }
}

/// Of `chosen` (candidates): [`Kept`]. A job closed without a decision counts from its closing, a person without any
/// application from the day they came.
const KEPT: &str = "
SELECT c.id, c.name, k.jobs, k.ended_at, k.open_seats, k.held, k.scorecards FROM chosen c
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(j.title ORDER BY a.id) FILTER (WHERE j.id IS NOT NULL), '{}') AS jobs,
         CASE WHEN count(j.id) = 0 THEN c.created_at
              WHEN bool_and(coalesce(d.at, j.closed_at) IS NOT NULL) THEN max(coalesce(d.at, j.closed_at)) END AS ended_at,
         coalesce(sum(i.open_seats), 0)::bigint AS open_seats, coalesce(sum(i.scorecards), 0)::bigint AS scorecards,
         coalesce(array_agg(j.title || ': ' || j.hold_reason) FILTER (WHERE j.held_at IS NOT NULL), '{}') AS held
  FROM applications a JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
  LEFT JOIN LATERAL (
    SELECT CASE WHEN d.outcome <> 'on_hold' THEN d.at END AS at FROM decisions d
     WHERE d.org_id = a.org_id AND d.application_id = a.id ORDER BY d.id DESC LIMIT 1) d ON true
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE i.state = 'scheduled' AND k.submitted_at IS NULL) AS open_seats, count(k.id) AS scorecards
      FROM interviews i JOIN seats s ON s.org_id = i.org_id AND s.interview_id = i.id
      LEFT JOIN scorecards k ON k.org_id = s.org_id AND k.seat_id = s.id
     WHERE i.org_id = a.org_id AND i.application_id = a.id) i
  WHERE a.org_id = c.org_id AND a.candidate_id = c.id
) k";

/// The candidates whose record ended before `cutoff`, longest ago first, at most `limit`; those that something keeps are
/// among them.
pub async fn due(conn: &mut Conn, scope: &Scope, cutoff: jiff::Timestamp, limit: usize) -> Result<Vec<Kept>> {
    let sql = format!(
        "WITH chosen AS (SELECT * FROM candidates WHERE org_id = $1 AND erased_at IS NULL AND created_at < $2)
         {KEPT} WHERE k.ended_at < $2 ORDER BY k.ended_at, c.id LIMIT $3"
    );
    Ok(sql_query(sql)
        .bind::<SqlUuid, _>(scope.org)
        .bind::<Timestamptz, _>(Timestamp::from(cutoff))
        .bind::<BigInt, _>(i64::try_from(limit).unwrap_or(i64::MAX))
        .load(conn)
        .await?)
}

/// One candidate who has not been erased.
///
/// # Errors
/// `NotFound` also for somebody who was erased.
pub async fn find(conn: &mut Conn, scope: &Scope, id: CandidateId) -> Result<Kept> {
    let sql =
        format!("WITH chosen AS (SELECT * FROM candidates WHERE org_id = $1 AND id = $2 AND erased_at IS NULL) {KEPT}");
    Ok(sql_query(sql).bind::<SqlUuid, _>(scope.org).bind::<SqlUuid, _>(id).get_result(conn).await?)
}

/// Locks a candidate until the transaction ends, so that nobody schedules or decides meanwhile.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: CandidateId) -> Result<()> {
    candidates::table.find((scope.org, id)).select(candidates::id).for_update().first::<CandidateId>(conn).await?;
    Ok(())
}

/// Takes the person out of everything that is kept (the database's `erase_candidate`). What is left goes by the label.
pub async fn erase(conn: &mut Conn, scope: &Scope, id: CandidateId, label: &str, now: jiff::Timestamp) -> Result<()> {
    sql_query("SELECT erase_candidate($1, $2, $3, $4)")
        .bind::<SqlUuid, _>(scope.org)
        .bind::<SqlUuid, _>(id)
        .bind::<Text, _>(label)
        .bind::<Timestamptz, _>(Timestamp::from(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// A legal hold on a job.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Hold {
    pub at: jiff::Timestamp,
    pub by: String,
    pub reason: String,
}

/// A job's title and place, and its hold.
///
/// # Errors
/// `NotFound` for a job out of reach.
pub async fn hold(conn: &mut Conn, scope: &Scope, id: JobId) -> Result<(String, Option<Hold>)> {
    type Columns = (NullableTimestamp, Option<String>, Option<String>);
    let (title, place, (at, by, reason)): (String, String, Columns) = jobs::table
        .left_join(members::table.on(members::org_id.eq(jobs::org_id).and(members::id.nullable().eq(jobs::held_by))))
        .filter(jobs::org_id.eq(scope.org).and(jobs::id.eq(id)))
        .filter(jobs::id.eq_any(job::visible_ids(scope)))
        .select((jobs::title, jobs::place, (jobs::held_at, members::name.nullable(), jobs::hold_reason)))
        .first(conn)
        .await?;
    let hold = match (at.to_jiff(), by, reason) {
        (Some(at), Some(by), Some(reason)) => Some(Hold { at, by, reason }),
        _ => None,
    };
    Ok((job::full_title(&title, &place), hold))
}

/// Lays a hold on a job of the scope, or lifts it.
pub async fn set_hold(conn: &mut Conn, scope: &Scope, id: JobId, hold: Option<(jiff::Timestamp, &str)>) -> Result<()> {
    let by: Option<MemberId> = hold.map(|_| scope.member);
    diesel::update(jobs::table.find((scope.org, id)))
        .set((
            jobs::held_at.eq(NullableTimestamp::from(hold.map(|(at, _)| at))),
            jobs::held_by.eq(by),
            jobs::hold_reason.eq(hold.map(|(_, reason)| reason)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}
