//! Applications: a candidate in a job.

use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{Array, Jsonb, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;
use serde_json::Value;

use super::{
    Conn, Scope, Slice,
    candidate::Candidate,
    job::{self, Job},
    round::Round,
    statement::Statement,
};
use crate::{
    domain::id::{ApplicationId, CandidateId, JobId, OrgId, RoundId},
    error::{Error, Result},
    schema::{applications, candidates, jobs},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = applications, check_for_backend(Pg))]
pub struct Application {
    pub org_id: OrgId,
    pub id: ApplicationId,
    pub job_id: JobId,
    pub candidate_id: CandidateId,
    pub created_at: Timestamp,
}

/// # Errors
/// `NotFound` unless its job is one that the scope reaches.
pub async fn find(conn: &mut Conn, scope: &Scope, id: ApplicationId) -> Result<(Application, Candidate)> {
    Ok(applications::table
        .inner_join(
            candidates::table
                .on(candidates::org_id.eq(applications::org_id).and(candidates::id.eq(applications::candidate_id))),
        )
        .filter(applications::org_id.eq(scope.org).and(applications::id.eq(id)))
        .filter(applications::job_id.eq_any(job::visible_ids(scope)))
        .select((Application::as_select(), Candidate::as_select()))
        .first(conn)
        .await?)
}

/// An application with all that an interview of it is planned by.
#[derive(Clone, Debug)]
pub struct Plannable {
    pub candidate: Candidate,
    pub job: Job,
    /// The job's rounds, in order.
    pub rounds: Vec<Round>,
    /// Those that have an interview which stands.
    pub taken: Vec<RoundId>,
}

/// In one statement.
///
/// # Errors
/// As [`find`].
pub async fn plannable(conn: &mut Conn, scope: &Scope, id: ApplicationId) -> Result<Plannable> {
    let rounds = Statement::<Jsonb>::new(
        "(SELECT coalesce(jsonb_agg(to_jsonb(o) ORDER BY o.position), '[]') FROM rounds o
          WHERE o.org_id = applications.org_id AND o.job_id = applications.job_id)",
        Vec::new(),
    );
    let taken = Statement::<Array<SqlUuid>>::new(
        "ARRAY(SELECT i.round_id FROM interviews i
          WHERE i.org_id = applications.org_id AND i.application_id = applications.id AND i.state = 'scheduled')",
        Vec::new(),
    );
    let (candidate, job, rounds, taken): (Candidate, Job, Value, Vec<RoundId>) = applications::table
        .inner_join(
            candidates::table
                .on(candidates::org_id.eq(applications::org_id).and(candidates::id.eq(applications::candidate_id))),
        )
        .inner_join(jobs::table.on(jobs::org_id.eq(applications::org_id).and(jobs::id.eq(applications::job_id))))
        .filter(applications::org_id.eq(scope.org).and(applications::id.eq(id)))
        .filter(applications::job_id.eq_any(job::visible_ids(scope)))
        .select((Candidate::as_select(), Job::as_select(), rounds, taken))
        .first(conn)
        .await?;
    let rounds = serde_json::from_value(rounds).map_err(|error| Error::Bug(error.into()))?;
    Ok(Plannable { candidate, job, rounds, taken })
}

/// What a candidate applies for, as far as the scope reaches, newest first.
pub async fn of_candidate(conn: &mut Conn, scope: &Scope, candidate: CandidateId) -> Result<Vec<(Application, Job)>> {
    Ok(applications::table
        .inner_join(jobs::table.on(jobs::org_id.eq(applications::org_id).and(jobs::id.eq(applications::job_id))))
        .filter(applications::org_id.eq(scope.org).and(applications::candidate_id.eq(candidate)))
        .filter(applications::job_id.eq_any(job::visible_ids(scope)))
        .order(applications::id.desc())
        .select((Application::as_select(), Job::as_select()))
        .load(conn)
        .await?)
}

/// What was agreed so that the candidate can take part, of an application that the caller has found.
pub async fn accommodation(conn: &mut Conn, scope: &Scope, id: ApplicationId) -> Result<String> {
    Ok(applications::table.find((scope.org, id)).select(applications::accommodation).first(conn).await?)
}

/// The same, locked until the transaction ends.
pub async fn lock_accommodation(conn: &mut Conn, scope: &Scope, id: ApplicationId) -> Result<String> {
    Ok(applications::table
        .find((scope.org, id))
        .select(applications::accommodation)
        .for_no_key_update()
        .first(conn)
        .await?)
}

pub async fn set_accommodation(conn: &mut Conn, scope: &Scope, id: ApplicationId, text: &str) -> Result<()> {
    diesel::update(applications::table.find((scope.org, id)))
        .set(applications::accommodation.eq(text))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn insert(conn: &mut Conn, applications: &[Application]) -> Result<()> {
    diesel::insert_into(applications::table).values(applications).execute(conn).await?;
    Ok(())
}

/// Which applications a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub job: Option<JobId>,
    pub candidate: Option<CandidateId>,
}

/// The applications that the scope reaches, oldest first, for other systems.
pub async fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: Filter,
    after: Option<ApplicationId>,
    limit: i64,
) -> Result<Slice<Application, ApplicationId>> {
    let mut query = applications::table
        .filter(applications::org_id.eq(scope.org))
        .filter(applications::job_id.eq_any(job::visible_ids(scope)))
        .order(applications::id)
        .limit(limit + 1)
        .select(Application::as_select())
        .into_boxed();
    if let Some(job) = filter.job {
        query = query.filter(applications::job_id.eq(job));
    }
    if let Some(candidate) = filter.candidate {
        query = query.filter(applications::candidate_id.eq(candidate));
    }
    if let Some(after) = after {
        query = query.filter(applications::id.gt(after));
    }
    Ok(Slice::cut(query.load(conn).await?, limit, |application| application.id))
}
