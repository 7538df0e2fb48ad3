//! Candidates: added to a job by hand, and changed.

use diesel_async::AsyncConnection;
use serde_json::json;

use crate::{
    domain::{
        candidate::CandidateDetails,
        id::{ApplicationId, CandidateId, JobId},
    },
    error::{Error, Result},
    store::{
        Conn, Scope,
        application::{self, Application},
        candidate::{self, Candidate, Known},
        event::{self, Actor, Entry},
        job::{self, Job},
    },
};

/// What came of adding a candidate.
pub enum Added {
    Yes(CandidateId),
    /// Somebody with this address is in the organisation already; nothing was changed.
    Known(Known),
}

/// Adds a new candidate to an open job.
///
/// # Errors
/// `Invalid` when the address belongs to a candidate of this very job, `Refused` when the job is closed.
pub async fn add(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    job: JobId,
    details: &CandidateDetails,
) -> Result<Added> {
    conn.transaction(async |conn| {
        let job = open_job(conn, scope, job).await?;
        candidate::lock(conn, scope).await?;
        if let Some(known) = holder(conn, scope, job.id, details).await? {
            if known.in_job {
                return Err(Error::invalid("email", "candidate-already-in-job"));
            }
            return Ok(Added::Known(known));
        }
        let new = Candidate::new(scope.org, details, actor.now);
        candidate::insert(conn, std::slice::from_ref(&new)).await?;
        let application = apply(conn, scope, actor, job.id, new.id).await?;
        let detail = json!({ "job": job.id, "application": application });
        event::append(conn, actor, Entry::new("candidate.added", new.id.0).with(detail)).await?;
        Ok(Added::Yes(new.id))
    })
    .await
}

/// Adds a candidate whom the organisation knows to one more open job. Who is in it already stays in it once.
///
/// # Errors
/// `NotFound` for an unknown candidate, `Refused` when the job is closed.
pub async fn link(conn: &mut Conn, scope: &Scope, actor: &Actor, job: JobId, candidate: CandidateId) -> Result<()> {
    conn.transaction(async |conn| {
        let job = open_job(conn, scope, job).await?;
        candidate::lock(conn, scope).await?;
        let known = candidate::find(conn, scope, candidate).await?;
        let applies = application::of_candidate(conn, scope, known.id).await?;
        if applies.iter().any(|(application, _)| application.job_id == job.id) {
            return Ok(());
        }
        let application = apply(conn, scope, actor, job.id, known.id).await?;
        let detail = json!({ "job": job.id, "application": application });
        event::append(conn, actor, Entry::new("candidate.linked", known.id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// Changes what is known about a candidate.
///
/// # Errors
/// `Invalid` when the address belongs to another candidate of the organisation.
pub async fn change(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: CandidateId,
    details: &CandidateDetails,
) -> Result<()> {
    conn.transaction(async |conn| {
        candidate::lock(conn, scope).await?;
        let before = candidate::find(conn, scope, id).await?;
        if let Some(email) = &details.email {
            let known = candidate::known(conn, scope, None, std::slice::from_ref(email)).await?;
            if known.values().any(|known| known.id != id) {
                return Err(Error::invalid("email", "candidate-email-taken"));
            }
        }
        let email = details.email.as_ref().map(ToString::to_string);
        let changed: Vec<&str> = [
            ("name", before.name != details.name),
            ("email", before.email != email),
            ("phone", before.phone != details.phone),
            ("note", before.note != details.note),
            ("pronunciation", before.pronunciation != details.pronunciation),
        ]
        .into_iter()
        .filter_map(|(field, differs)| differs.then_some(field))
        .collect();
        if changed.is_empty() {
            return Ok(());
        }
        candidate::update(conn, scope, id, details).await?;
        event::append(conn, actor, Entry::new("candidate.changed", id.0).with(json!({ "fields": changed }))).await?;
        Ok(())
    })
    .await
}

/// Writes down that a member looked at a candidate, and with how many scorecards in sight.
pub async fn viewed(conn: &mut Conn, actor: &Actor, id: CandidateId, scorecards: usize) -> Result<()> {
    let entry = Entry::new("candidate.viewed", id.0).with(json!({ "scorecards": scorecards }));
    event::view(conn, actor, entry).await
}

/// The job, locked, if candidates may still come into it.
pub(super) async fn open_job(conn: &mut Conn, scope: &Scope, id: JobId) -> Result<Job> {
    let job = job::lock(conn, scope, id).await?;
    if job.is_open() { Ok(job) } else { Err(Error::refused("candidate-job-closed")) }
}

async fn holder(conn: &mut Conn, scope: &Scope, job: JobId, details: &CandidateDetails) -> Result<Option<Known>> {
    let Some(email) = &details.email else { return Ok(None) };
    let mut known = candidate::known(conn, scope, Some(job), std::slice::from_ref(email)).await?;
    Ok(known.remove(&email.key()))
}

async fn apply(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    job_id: JobId,
    candidate_id: CandidateId,
) -> Result<ApplicationId> {
    let application =
        Application { org_id: scope.org, id: ApplicationId::new(), job_id, candidate_id, created_at: actor.now.into() };
    application::insert(conn, std::slice::from_ref(&application)).await?;
    Ok(application.id)
}
