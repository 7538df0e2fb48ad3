//! How soon the scorecards of a job come in.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;
use utoipa::ToSchema;

use super::document::Reading;
use crate::{
    domain::{id::JobId, policy::RunJobs},
    error::Result,
    store::{
        completion::{self, Whose},
        job,
    },
    web::who::May,
};

/// Counts of a job's scorecards, by seat, of interviews that stand, and how long they take.
#[derive(Serialize, ToSchema)]
pub struct Completion {
    /// Of interviews that are over, and those submitted earlier.
    expected: i64,
    submitted: i64,
    /// Submitted within a day of the interview's end.
    within_a_day: i64,
    /// Waited for, and the interview ended within a day.
    due: i64,
    /// Waited for, and the interview ended more than a day ago.
    late: i64,
    /// Not written, and no longer waited for: the candidate is decided about, or the job is closed.
    missed: i64,
    /// Of rounds in which the token's member has a scorecard to submit first; in no other figure.
    hidden: i64,
    /// From the end of the interview to the submission; null while fewer than five scorecards are in.
    median_minutes: Option<f64>,
    longest_minutes: Option<f64>,
}

/// How soon the scorecards of a job come in.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}/completion", tag = "jobs", operation_id = "getCompletion",
    params(("id" = JobId, Path, description = "The job")),
    responses((status = 200, description = "The figures", body = Completion), Reading)
)]
pub async fn show(may: May<RunJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let job = job::find(&mut conn, &scope, *id).await?;
    let (figures, _) = completion::figures(&mut conn, &scope, Whose::Job(job.id), may.now()).await?;
    let minutes = |seconds: f64| (seconds / 60.0).round();
    let times = figures.times();
    Ok(HttpResponse::Ok().json(Completion {
        expected: figures.expected,
        submitted: figures.submitted,
        within_a_day: figures.in_time,
        due: figures.due,
        late: figures.late,
        missed: figures.missed,
        hidden: figures.hidden,
        median_minutes: times.map(|(median, _)| minutes(median)),
        longest_minutes: times.map(|(_, longest)| minutes(longest)),
    }))
}
