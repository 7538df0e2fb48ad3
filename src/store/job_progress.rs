//! How far the interviews of jobs are, as one member may know it: the list of jobs, a job, its candidates × rounds.
//!
//! Blindness is kept here once, in `KNOWN`: until a member has submitted their own scorecard of a candidate in a round,
//! whether anybody else's is submitted reads as NULL, and a decision on that candidate reads as none. Every count below
//! is made of these rows.

use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Untyped, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use jiff_diesel::NullableTimestamp;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    Conn, Scope, Slice,
    evidence::BLIND,
    job::{Job, JobState, VISIBLE},
    statement::{Bind, Statement},
};
use crate::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, CandidateId, InterviewId, JobId, RoundId, RubricId},
        interview_plan::PlannedRound,
        localized::Localized,
        policy::Reach,
    },
    error::{Error, Result},
    schema::{applications, candidates},
};

/// Counts over a job. Scorecards are counted by seat, of interviews that stand.
#[derive(Clone, Debug, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct Tally {
    #[diesel(sql_type = BigInt)]
    pub candidates: i64,
    /// Candidates without a decision.
    #[diesel(sql_type = BigInt)]
    pub undecided: i64,
    /// Candidates without a decision whose scorecards are all in.
    #[diesel(sql_type = BigInt)]
    pub ready: i64,
    /// Interviews to come.
    #[diesel(sql_type = BigInt)]
    pub planned: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub next_at: NullableTimestamp,
    /// Scorecards of interviews that are over, submitted or not, and those submitted earlier.
    #[diesel(sql_type = BigInt)]
    pub expected: i64,
    #[diesel(sql_type = BigInt)]
    pub submitted: i64,
    /// Not submitted, and the interview ended within a day.
    #[diesel(sql_type = BigInt)]
    pub due: i64,
    /// Not submitted, and the interview ended more than a day ago.
    #[diesel(sql_type = BigInt)]
    pub late: i64,
    /// Of interviews that are over, others' that this member must not know of yet, submitted or not; in no other count.
    #[diesel(sql_type = BigInt)]
    pub hidden: i64,
}

/// A line of the list of jobs.
#[derive(Clone, Debug, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct JobLine {
    #[diesel(sql_type = SqlUuid)]
    pub id: JobId,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub place: String,
    #[diesel(embed)]
    pub tally: Tally,
}

/// Everything about a job but its candidates.
#[derive(Clone, Debug)]
pub struct Overview {
    pub job: Job,
    pub hiring_manager: String,
    pub recruiter: String,
    pub rubric: RubricId,
    pub rubric_name: Localized,
    pub rubric_version: i32,
    /// In the rubric's order.
    pub dimensions: Vec<DimensionName>,
    pub rounds: Vec<PlannedRound>,
    /// Names of everybody with a seat.
    pub panel: Vec<String>,
    pub tally: Tally,
    /// The first candidate without a decision who has no interview in a round, those without any interview first.
    pub to_schedule: Option<ToSchedule>,
    /// The member's own interview that is over and not yet scored, else their next one.
    pub own: Option<OwnInterview>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct DimensionName {
    pub key: String,
    pub name: Localized,
}

#[derive(Clone, Debug, Deserialize)]
pub struct ToSchedule {
    pub application: ApplicationId,
    pub round: RoundId,
    /// Whether the candidate has no interview at all.
    pub first: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub struct OwnInterview {
    pub interview: InterviewId,
    pub over: bool,
}

/// A candidate in a job with every interview.
#[derive(Clone, Debug)]
pub struct GridRow {
    pub application: ApplicationId,
    pub candidate: CandidateId,
    pub name: String,
    pub outcome: Option<Outcome>,
    pub decided_at: Option<jiff::Timestamp>,
    /// The member still owes a scorecard of this candidate: no decision is shown.
    pub blinded: bool,
    pub cells: Vec<Cell>,
}

/// An interview of the grid.
#[derive(Clone, Debug, Deserialize)]
pub struct Cell {
    pub round: RoundId,
    pub interview: InterviewId,
    pub cancelled: bool,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub seats: i64,
    /// Others' scorecards are hidden from the member; then the next two tell of the member's own only.
    pub hidden: bool,
    pub submitted: i64,
    /// Names of those who have not submitted.
    pub waiting_for: Vec<String>,
}

/// The open or closed jobs that the scope reaches, newest first.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    state: JobState,
    before: Option<JobId>,
    limit: i64,
    now: jiff::Timestamp,
) -> Result<Slice<JobLine, JobId>> {
    let sql = format!(
        "WITH page AS (
           SELECT j.org_id, j.id, j.title, j.place FROM jobs j
           WHERE j.org_id = $1 AND j.state = $6 AND ($7::uuid IS NULL OR j.id < $7) AND {VISIBLE}
           ORDER BY j.id DESC LIMIT $8
         ), apps AS (
           SELECT a.* FROM page p JOIN applications a ON a.org_id = p.org_id AND a.job_id = p.id
         ), {BLIND}, {KNOWN}, {TALLY}
         SELECT p.id, p.title, p.place, t.* FROM page p JOIN tally t ON t.job_id = p.id ORDER BY p.id DESC"
    );
    let more = [Bind::Text(state.to_string()), Bind::OptionalUuid(before.map(|id| id.0)), Bind::Number(limit + 1)];
    let rows: Vec<JobLine> = viewed(sql, scope, now, more).load(conn).await?;
    Ok(Slice::cut(rows, limit, |line| line.id))
}

/// How many open and closed jobs the scope reaches.
pub async fn counts(conn: &mut Conn, scope: &Scope) -> Result<(i64, i64)> {
    #[derive(QueryableByName)]
    struct Counts {
        #[diesel(sql_type = BigInt)]
        open: i64,
        #[diesel(sql_type = BigInt)]
        closed: i64,
    }
    let sql = format!(
        "SELECT count(*) FILTER (WHERE j.state = 'open') AS open, count(*) FILTER (WHERE j.state = 'closed') AS closed
         FROM jobs j WHERE j.org_id = $1 AND {VISIBLE}"
    );
    let counts: Counts = viewed(sql, scope, jiff::Timestamp::UNIX_EPOCH, []).get_result(conn).await?;
    Ok((counts.open, counts.closed))
}

/// # Errors
/// `NotFound` for a job that does not exist, belongs to another organisation, or is out of reach.
pub async fn overview(conn: &mut Conn, scope: &Scope, id: JobId, now: jiff::Timestamp) -> Result<Overview> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(Pg))]
    struct Row {
        #[diesel(embed)]
        job: Job,
        #[diesel(embed)]
        tally: Tally,
        #[diesel(sql_type = Text)]
        hiring_manager: String,
        #[diesel(sql_type = Text)]
        recruiter: String,
        #[diesel(sql_type = SqlUuid)]
        rubric_id: RubricId,
        #[diesel(sql_type = Jsonb)]
        rubric_name: Value,
        #[diesel(sql_type = Integer)]
        rubric_version: i32,
        #[diesel(sql_type = Jsonb)]
        dimensions: Value,
        #[diesel(sql_type = Jsonb)]
        rounds: Value,
        #[diesel(sql_type = Array<Text>)]
        panel: Vec<String>,
        #[diesel(sql_type = Nullable<Jsonb>)]
        to_schedule: Option<Value>,
        #[diesel(sql_type = Nullable<Jsonb>)]
        own: Option<Value>,
    }
    let sql = format!(
        "WITH page AS (
           SELECT j.* FROM jobs j WHERE j.org_id = $1 AND j.id = $6 AND {VISIBLE}
         ), apps AS (
           SELECT a.* FROM page p JOIN applications a ON a.org_id = p.org_id AND a.job_id = p.id
         ), {BLIND}, {KNOWN}, {TALLY}
         SELECT p.*, t.*, h.name AS hiring_manager, r.name AS recruiter,
           v.rubric_id, v.content -> 'name' AS rubric_name, v.version AS rubric_version,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('key', d -> 'key', 'name', d -> 'name') ORDER BY n), '[]')
              FROM jsonb_array_elements(v.content -> 'dimensions') WITH ORDINALITY AS e (d, n)) AS dimensions,
           (SELECT coalesce(jsonb_agg(to_jsonb(o) ORDER BY o.position), '[]')
              FROM rounds o WHERE o.org_id = p.org_id AND o.job_id = p.id) AS rounds,
           (SELECT coalesce(array_agg(DISTINCT m.name), '{{}}')
              FROM known k JOIN members m ON m.org_id = $1 AND m.id = k.member_id) AS panel,
           (SELECT jsonb_build_object('application', s.application_id, 'round', o.id, 'first', s.seats = 0)
              FROM standing s JOIN candidates c ON c.org_id = $1 AND c.id = s.candidate_id
              JOIN rounds o ON o.org_id = $1 AND o.job_id = p.id
              WHERE s.outcome IS NULL AND NOT EXISTS (
                SELECT FROM interviews i WHERE i.org_id = $1 AND i.application_id = s.application_id
                  AND i.round_id = o.id AND i.state = 'scheduled')
              ORDER BY s.seats > 0, o.position, c.name, s.application_id LIMIT 1) AS to_schedule,
           (SELECT jsonb_build_object('interview', k.interview_id, 'over', k.ends_at <= $5)
              FROM known k WHERE k.member_id = $2 AND NOT k.submitted
              ORDER BY k.ends_at LIMIT 1) AS own
         FROM page p JOIN tally t ON t.job_id = p.id
         JOIN members h ON h.org_id = p.org_id AND h.id = p.hiring_manager_id
         JOIN members r ON r.org_id = p.org_id AND r.id = p.recruiter_id
         JOIN rubric_versions v ON v.org_id = p.org_id AND v.id = p.rubric_version_id"
    );
    let row: Row = viewed(sql, scope, now, [Bind::Uuid(id.0)]).get_result(conn).await?;
    Ok(Overview {
        job: row.job,
        hiring_manager: row.hiring_manager,
        recruiter: row.recruiter,
        rubric: row.rubric_id,
        rubric_name: read(row.rubric_name)?,
        rubric_version: row.rubric_version,
        dimensions: read(row.dimensions)?,
        rounds: read(row.rounds)?,
        panel: row.panel,
        tally: row.tally,
        to_schedule: row.to_schedule.map(read).transpose()?,
        own: row.own.map(read).transpose()?,
    })
}

/// Application and name of every candidate of a job that the caller has already found, to be put into order.
pub async fn names(conn: &mut Conn, scope: &Scope, job: JobId) -> Result<Vec<(ApplicationId, String)>> {
    Ok(applications::table
        .inner_join(
            candidates::table
                .on(candidates::org_id.eq(applications::org_id).and(candidates::id.eq(applications::candidate_id))),
        )
        .filter(applications::org_id.eq(scope.org).and(applications::job_id.eq(job)))
        .limit(10_000)
        .select((applications::id, candidates::name))
        .load(conn)
        .await?)
}

/// The candidates of a job that the caller has already found: these, or all of them when none are named, up to `limit`. In
/// no order.
pub async fn grid(
    conn: &mut Conn,
    scope: &Scope,
    job: JobId,
    these: &[ApplicationId],
    limit: i64,
    now: jiff::Timestamp,
) -> Result<Vec<GridRow>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(Pg))]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        id: ApplicationId,
        #[diesel(sql_type = SqlUuid)]
        candidate_id: CandidateId,
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Nullable<Text>)]
        outcome: Option<Outcome>,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        decided_at: NullableTimestamp,
        #[diesel(sql_type = Bool)]
        blinded: bool,
        #[diesel(sql_type = Jsonb)]
        cells: Value,
    }
    let sql = format!(
        "WITH apps AS (
           SELECT a.*, c.name FROM applications a JOIN candidates c ON c.org_id = a.org_id AND c.id = a.candidate_id
           WHERE a.org_id = $1 AND a.job_id = $6 AND (cardinality($7::uuid[]) = 0 OR a.id = ANY ($7)) LIMIT $8
         ), {BLIND}, {KNOWN}, cells AS (
           SELECT i.application_id, i.starts_at, jsonb_build_object(
               'round', i.round_id, 'interview', i.id, 'cancelled', i.state = 'cancelled',
               'starts_at', i.starts_at, 'ends_at', i.starts_at + make_interval(mins => i.minutes),
               'seats', count(k.member_id), 'hidden', coalesce(bool_or(k.hidden), false),
               'submitted', count(*) FILTER (WHERE k.submitted),
               'waiting_for', coalesce(array_agg(m.name) FILTER (WHERE NOT k.submitted), '{{}}')
             ) AS cell
           FROM apps a JOIN interviews i ON i.org_id = a.org_id AND i.application_id = a.id
           LEFT JOIN known k ON k.interview_id = i.id
           LEFT JOIN members m ON m.org_id = $1 AND m.id = k.member_id
           GROUP BY i.org_id, i.id
         )
         SELECT a.id, a.candidate_id, a.name, s.outcome, s.decided_at, s.blinded,
           (SELECT coalesce(jsonb_agg(c.cell ORDER BY c.starts_at), '[]') FROM cells c WHERE c.application_id = a.id)
             AS cells
         FROM apps a JOIN standing s ON s.application_id = a.id"
    );
    let these = these.iter().map(|application| application.0).collect();
    let more = [Bind::Uuid(job.0), Bind::Uuids(these), Bind::Number(limit)];
    let rows: Vec<Row> = viewed(sql, scope, now, more).load(conn).await?;
    let items = rows.into_iter().map(|row| {
        Ok(GridRow {
            application: row.id,
            candidate: row.candidate_id,
            name: row.name,
            outcome: row.outcome,
            decided_at: row.decided_at.to_jiff(),
            blinded: row.blinded,
            cells: read(row.cells)?,
        })
    });
    items.collect()
}

/// A query through the eyes of a member: $1 organisation, $2 member, $3 the policy of blindness, $4 whether every job is
/// in reach, $5 now, and from $6 on what else it asks for.
pub(super) fn viewed(
    sql: String,
    scope: &Scope,
    now: jiff::Timestamp,
    more: impl IntoIterator<Item = Bind>,
) -> Statement<Untyped> {
    let mut binds = vec![
        Bind::Uuid(scope.org.0),
        Bind::Uuid(scope.member.0),
        Bind::Bool(scope.blind),
        Bind::Bool(scope.reach == Reach::All),
        Bind::Time(now.into()),
    ];
    binds.extend(more);
    Statement::new(sql, binds)
}

/// From `apps` (applications) and [`BLIND`]: `known`, a row per seat with `submitted` and `submitted_at` NULL where the member
/// must not know; `standing`, a row per application.
pub(super) const KNOWN: &str = "
known AS (
  SELECT a.job_id, i.application_id, i.round_id, i.id AS interview_id, s.id AS seat_id, s.member_id, s.invited_at,
    s.revoked_at, i.starts_at,
    i.starts_at + make_interval(mins => i.minutes) AS ends_at,
    b.round_id IS NOT NULL AND s.member_id <> $2 AS hidden,
    CASE WHEN b.round_id IS NULL OR s.member_id = $2 THEN c.submitted_at IS NOT NULL END AS submitted,
    CASE WHEN b.round_id IS NULL OR s.member_id = $2 THEN c.submitted_at END AS submitted_at
  FROM apps a
  JOIN interviews i ON i.org_id = a.org_id AND i.application_id = a.id AND i.state = 'scheduled'
  JOIN seats s ON s.org_id = i.org_id AND s.interview_id = i.id
  LEFT JOIN scorecards c ON c.org_id = s.org_id AND c.seat_id = s.id
  LEFT JOIN blind b ON b.application_id = i.application_id AND b.round_id = i.round_id
), standing AS (
  SELECT a.job_id, a.id AS application_id, a.candidate_id, x.blinded, coalesce(f.seats, 0) AS seats,
    coalesce(f.complete, false) AS complete,
    CASE WHEN NOT x.blinded OR d.outcome = 'withdrawn' THEN d.outcome END AS outcome,
    CASE WHEN NOT x.blinded OR d.outcome = 'withdrawn' THEN d.at END AS decided_at
  FROM apps a
  CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM blind b WHERE b.application_id = a.id) AS blinded) x
  LEFT JOIN LATERAL (
    SELECT outcome, at FROM decisions WHERE org_id = a.org_id AND application_id = a.id ORDER BY id DESC LIMIT 1
  ) d ON true
  LEFT JOIN (
    SELECT application_id, count(*) AS seats, bool_and(submitted IS TRUE) AS complete FROM known GROUP BY 1
  ) f ON f.application_id = a.id
)";

/// From `page` (jobs) and [`KNOWN`]: a [`Tally`] per job.
const TALLY: &str = "
tally AS (
  SELECT p.id AS job_id, coalesce(a.candidates, 0) AS candidates, coalesce(a.undecided, 0) AS undecided,
    coalesce(a.ready, 0) AS ready, coalesce(k.planned, 0) AS planned, k.next_at, coalesce(k.expected, 0) AS expected,
    coalesce(k.submitted, 0) AS submitted, coalesce(k.due, 0) AS due, coalesce(k.late, 0) AS late,
    coalesce(k.hidden, 0) AS hidden
  FROM page p
  LEFT JOIN (
    SELECT job_id, count(*) AS candidates, count(*) FILTER (WHERE outcome IS NULL) AS undecided,
      count(*) FILTER (WHERE outcome IS NULL AND complete) AS ready
    FROM standing GROUP BY job_id
  ) a ON a.job_id = p.id
  LEFT JOIN (
    SELECT job_id, count(DISTINCT interview_id) FILTER (WHERE starts_at > $5) AS planned,
      min(starts_at) FILTER (WHERE starts_at > $5) AS next_at,
      count(*) FILTER (WHERE submitted OR ends_at <= $5 AND NOT hidden) AS expected,
      count(*) FILTER (WHERE submitted) AS submitted,
      count(*) FILTER (WHERE NOT submitted AND ends_at <= $5 AND ends_at > $5::timestamptz - interval '24 hours') AS due,
      count(*) FILTER (WHERE NOT submitted AND ends_at <= $5::timestamptz - interval '24 hours') AS late,
      count(*) FILTER (WHERE hidden AND ends_at <= $5) AS hidden
    FROM known GROUP BY job_id
  ) k ON k.job_id = p.id
)";

fn read<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| Error::Bug(error.into()))
}
