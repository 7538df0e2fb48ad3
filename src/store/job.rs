//! Jobs, and which of them a member sees.

use std::collections::BTreeMap;

use diesel::{dsl::exists, pg::Pg, prelude::*, sql_types::Jsonb};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Conn, Scope, Slice,
    question::{self, FromLibrary},
    statement::Statement,
};
use crate::{
    domain::{
        id::{JobId, MemberId, OrgId, RubricVersionId},
        interview_plan::PlannedRound,
        policy::Reach,
        text_enum::text_enum,
    },
    error::{Error, Result},
    schema::{applications, interviews, jobs, scorecards, seats},
};

text_enum! {
    JobState { Open = "open", Closed = "closed" }
}

#[derive(Clone, Debug, Queryable, QueryableByName, Selectable, Insertable)]
#[diesel(table_name = jobs, check_for_backend(Pg))]
pub struct Job {
    pub org_id: OrgId,
    pub id: JobId,
    pub title: String,
    pub place: String,
    pub state: JobState,
    pub rubric_version_id: RubricVersionId,
    pub weights: Value,
    pub recruiter_id: MemberId,
    pub hiring_manager_id: MemberId,
    pub pinned_at: NullableTimestamp,
    pub created_at: Timestamp,
    pub closed_at: NullableTimestamp,
    /// Counts the changes that [`update`] wrote.
    pub revision: i64,
    /// Whoever compares sees labels instead of names.
    pub anonymised: bool,
}

impl Job {
    /// Dimension key to weight, 0 to 100.
    pub fn weights(&self) -> BTreeMap<String, u8> {
        serde_json::from_value(self.weights.clone()).unwrap_or_default()
    }

    /// Rubric, weights and rounds are fixed since the first interview was scheduled.
    pub fn is_pinned(&self) -> bool {
        self.pinned_at.to_jiff().is_some()
    }

    pub fn is_open(&self) -> bool {
        self.state == JobState::Open
    }

    /// "Customer support agent, Oslo".
    pub fn full_title(&self) -> String {
        full_title(&self.title, &self.place)
    }
}

/// Title and place in one line; the place may be empty.
pub fn full_title(title: &str, place: &str) -> String {
    if place.is_empty() { title.to_owned() } else { format!("{title}, {place}") }
}

/// Ids of the jobs that the scope reaches, as a subquery: `jobs::id.eq_any(visible_ids(scope))`.
pub fn visible_ids(scope: &Scope) -> jobs::BoxedQuery<'static, Pg, diesel::sql_types::Uuid> {
    let own = scope.member;
    let query = jobs::table.select(jobs::id).filter(jobs::org_id.eq(scope.org)).into_boxed();
    match scope.reach {
        Reach::All => query,
        Reach::Own => query.filter(
            jobs::hiring_manager_id.eq(own).or(jobs::recruiter_id.eq(own)).or(exists(
                seats::table
                    .inner_join(
                        interviews::table
                            .on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
                    )
                    .inner_join(
                        applications::table.on(applications::org_id
                            .eq(interviews::org_id)
                            .and(applications::id.eq(interviews::application_id))),
                    )
                    .filter(seats::org_id.eq(scope.org).and(seats::member_id.eq(own)))
                    .filter(applications::job_id.eq(jobs::id)),
            )),
        ),
    }
}

/// The same rule as [`visible_ids`] for queries written as SQL: a condition on `jobs j`, with $1 the organisation, $2 the
/// member and $4 whether every job is in reach.
pub(super) const VISIBLE: &str = "($4 OR j.hiring_manager_id = $2 OR j.recruiter_id = $2 OR EXISTS (
  SELECT FROM seats s
  JOIN interviews i ON i.org_id = s.org_id AND i.id = s.interview_id
  JOIN applications a ON a.org_id = i.org_id AND a.id = i.application_id
  WHERE s.org_id = $1 AND s.member_id = $2 AND a.job_id = j.id))";

/// # Errors
/// `NotFound` for a job that does not exist, belongs to another organisation, or is out of reach.
pub async fn find(conn: &mut Conn, scope: &Scope, id: JobId) -> Result<Job> {
    Ok(jobs::table
        .filter(jobs::org_id.eq(scope.org).and(jobs::id.eq(id)))
        .filter(jobs::id.eq_any(visible_ids(scope)))
        .select(Job::as_select())
        .first(conn)
        .await?)
}

/// As [`find`], and locked until the transaction ends: what is planned in a job and what it is planned by take turns.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: JobId) -> Result<Job> {
    Ok(jobs::table
        .filter(jobs::org_id.eq(scope.org).and(jobs::id.eq(id)))
        .filter(jobs::id.eq_any(visible_ids(scope)))
        .select(Job::as_select())
        .for_no_key_update()
        .first(conn)
        .await?)
}

/// Fixes rubric, weights and rounds, unless they already are. To be called with the job locked.
pub async fn pin(conn: &mut Conn, scope: &Scope, id: JobId, now: jiff::Timestamp) -> Result<()> {
    diesel::update(jobs::table.find((scope.org, id)).filter(jobs::pinned_at.is_null()))
        .set(jobs::pinned_at.eq(Some(Timestamp::from(now))))
        .execute(conn)
        .await?;
    Ok(())
}

/// A job with its rounds, in one statement.
///
/// # Errors
/// As [`find`].
pub async fn with_rounds(conn: &mut Conn, scope: &Scope, id: JobId) -> Result<(Job, Vec<PlannedRound>)> {
    let (job, rounds): (Job, Value) = jobs::table
        .filter(jobs::org_id.eq(scope.org).and(jobs::id.eq(id)))
        .filter(jobs::id.eq_any(visible_ids(scope)))
        .select((Job::as_select(), part(ROUNDS)))
        .first(conn)
        .await?;
    Ok((job, read(rounds)?))
}

/// A job to open another like it: with its rounds and with what they ask from the question library, in one statement.
///
/// # Errors
/// As [`find`].
pub async fn to_start_from(conn: &mut Conn, scope: &Scope, id: JobId) -> Result<(Job, Vec<PlannedRound>, FromLibrary)> {
    let (job, rounds, library): (Job, Value, Value) = jobs::table
        .filter(jobs::org_id.eq(scope.org).and(jobs::id.eq(id)))
        .filter(jobs::id.eq_any(visible_ids(scope)))
        .select((Job::as_select(), part(ROUNDS), part(question::OF_JOB)))
        .first(conn)
        .await?;
    Ok((job, read(rounds)?, read(library)?))
}

/// The rounds of a row of `jobs`, in order.
const ROUNDS: &str = "
  (SELECT coalesce(jsonb_agg(to_jsonb(o) ORDER BY o.position), '[]') FROM rounds o
   WHERE o.org_id = jobs.org_id AND o.job_id = jobs.id)";

/// What is read beside a job, as JSON.
fn part(sql: &'static str) -> Statement<Jsonb> {
    Statement::new(sql, Vec::new())
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| Error::Bug(error.into()))
}

/// Id, title and place of the newest jobs that the scope reaches, to start another one from.
pub async fn newest(conn: &mut Conn, scope: &Scope, limit: i64) -> Result<Vec<(JobId, String, String)>> {
    Ok(jobs::table
        .filter(jobs::org_id.eq(scope.org))
        .filter(jobs::id.eq_any(visible_ids(scope)))
        .order(jobs::id.desc())
        .limit(limit)
        .select((jobs::id, jobs::title, jobs::place))
        .load(conn)
        .await?)
}

/// Writes what may change in a locked job: everything but its id, its dates and its state.
pub async fn update(conn: &mut Conn, job: &Job) -> Result<()> {
    diesel::update(jobs::table.find((job.org_id, job.id)))
        .set((
            jobs::title.eq(&job.title),
            jobs::place.eq(&job.place),
            jobs::rubric_version_id.eq(job.rubric_version_id),
            jobs::weights.eq(&job.weights),
            jobs::recruiter_id.eq(job.recruiter_id),
            jobs::hiring_manager_id.eq(job.hiring_manager_id),
            jobs::anonymised.eq(job.anonymised),
            jobs::revision.eq(job.revision + 1),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether a scorecard of a locked job was submitted.
pub async fn has_submitted(conn: &mut Conn, scope: &Scope, id: JobId) -> Result<bool> {
    let submitted = scorecards::table
        .inner_join(seats::table.on(seats::org_id.eq(scorecards::org_id).and(seats::id.eq(scorecards::seat_id))))
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .inner_join(
            applications::table
                .on(applications::org_id.eq(interviews::org_id).and(applications::id.eq(interviews::application_id))),
        )
        .filter(applications::org_id.eq(scope.org).and(applications::job_id.eq(id)))
        .filter(scorecards::submitted_at.is_not_null());
    Ok(diesel::select(exists(submitted)).get_result(conn).await?)
}

/// Closes a locked job, or opens it again with `None`.
pub async fn set_closed(conn: &mut Conn, job: &Job, closed_at: Option<jiff::Timestamp>) -> Result<()> {
    let state = if closed_at.is_some() { JobState::Closed } else { JobState::Open };
    diesel::update(jobs::table.find((job.org_id, job.id)))
        .set((jobs::state.eq(state), jobs::closed_at.eq(NullableTimestamp::from(closed_at))))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn insert(conn: &mut Conn, job: &Job) -> Result<()> {
    diesel::insert_into(jobs::table).values(job).execute(conn).await?;
    Ok(())
}

/// The jobs that the scope reaches, oldest first, for other systems.
pub async fn page(
    conn: &mut Conn,
    scope: &Scope,
    state: Option<JobState>,
    after: Option<JobId>,
    limit: i64,
) -> Result<Slice<Job, JobId>> {
    let mut query = jobs::table
        .filter(jobs::org_id.eq(scope.org))
        .filter(jobs::id.eq_any(visible_ids(scope)))
        .order(jobs::id)
        .limit(limit + 1)
        .select(Job::as_select())
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(jobs::state.eq(state));
    }
    if let Some(after) = after {
        query = query.filter(jobs::id.gt(after));
    }
    Ok(Slice::cut(query.load(conn).await?, limit, |job| job.id))
}
