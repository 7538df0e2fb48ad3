//! Jobs and their rounds.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web::Path};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    document::Reading,
    page::{Page, Paging, Params},
};
use crate::{
    domain::{
        id::{JobId, MemberId, RoundId, RubricVersionId},
        medium::Medium,
        policy::SeeJobs,
    },
    error::Result,
    store::{self, job::JobState},
    web::{forms::Query, who::May},
};

/// An opening, with the rubric version and the weights that hold for it.
#[derive(Serialize, ToSchema)]
pub struct Job {
    id: JobId,
    title: String,
    place: String,
    state: JobState,
    rubric_version: RubricVersionId,
    /// By dimension, 0 to 100, relative to each other.
    weights: BTreeMap<String, u8>,
    recruiter: MemberId,
    hiring_manager: MemberId,
    /// Since when rubric version, weights and rounds are fixed: the first interview was scheduled.
    pinned_at: Option<Timestamp>,
    created_at: Timestamp,
    closed_at: Option<Timestamp>,
}

/// A step of a job's interview plan.
#[derive(Serialize, ToSchema)]
pub struct Round {
    id: RoundId,
    /// From 1.
    position: i32,
    name: String,
    medium: Medium,
    minutes: i32,
    /// Keys of the dimensions that it covers.
    dimensions: Vec<String>,
    /// Keys of the questions that it asks.
    questions: Vec<String>,
}

impl From<store::job::Job> for Job {
    fn from(row: store::job::Job) -> Job {
        Job {
            weights: row.weights(),
            id: row.id,
            title: row.title,
            place: row.place,
            state: row.state,
            rubric_version: row.rubric_version_id,
            recruiter: row.recruiter_id,
            hiring_manager: row.hiring_manager_id,
            pinned_at: row.pinned_at.to_jiff(),
            created_at: row.created_at.to_jiff(),
            closed_at: row.closed_at.to_jiff(),
        }
    }
}

impl From<store::round::Round> for Round {
    fn from(row: store::round::Round) -> Round {
        Round {
            id: row.id,
            position: row.position,
            name: row.name,
            medium: row.medium,
            minutes: row.minutes,
            dimensions: row.dimensions,
            questions: row.questions,
        }
    }
}

/// The jobs that the member sees, oldest first.
#[utoipa::path(
    get, path = "/api/v1/jobs", tag = "jobs", operation_id = "listJobs",
    params(("state" = Option<JobState>, Query, description = "Only open or only closed ones"), Paging),
    responses((status = 200, description = "A page of jobs", body = Page<Job>), Reading)
)]
pub async fn list(may: May<SeeJobs>, query: Query) -> Result<HttpResponse> {
    let mut params = Params::new(&query, &["state"]);
    let (state, wanted) = (params.optional("state"), params.wanted::<JobId>());
    params.finish()?;
    let mut conn = may.db().await?;
    let found = store::job::page(&mut conn, &may.scope(), state, wanted.after, wanted.limit).await?;
    let items = found.items.into_iter().map(Job::from).collect();
    Page::<Job>::answer(&may.request.path, &query, items, found.next)
}

/// A job.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}", tag = "jobs", operation_id = "getJob",
    params(("id" = JobId, Path, description = "The job")),
    responses((status = 200, description = "The job", body = Job), Reading)
)]
pub async fn show(may: May<SeeJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let job = store::job::find(&mut conn, &may.scope(), *id).await?;
    Ok(HttpResponse::Ok().json(Job::from(job)))
}

/// The rounds of a job in order; all of them on one page.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}/rounds", tag = "jobs", operation_id = "listRounds",
    params(("id" = JobId, Path, description = "The job")),
    responses((status = 200, description = "The rounds", body = Page<Round>), Reading)
)]
pub async fn list_rounds(may: May<SeeJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let job = store::job::find(&mut conn, &scope, *id).await?;
    let rounds = store::round::of_job(&mut conn, &scope, job.id).await?;
    Ok(HttpResponse::Ok().json(Page { items: rounds.into_iter().map(Round::from).collect(), next: None }))
}
