//! Applications: candidates in jobs.

use actix_web::{HttpResponse, web::Path};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::Body,
    created,
    document::{Reading, Writing},
    page::{Page, Paging, Params},
};
use crate::{
    domain::{
        id::{ApplicationId, CandidateId, JobId},
        policy::{RunJobs, SeeJobs},
    },
    error::{Error, Result},
    store::{self, application::Filter},
    usecases::candidate,
    web::{forms::Query, who::May},
};

/// A candidate in a job.
#[derive(Serialize, ToSchema)]
pub struct Application {
    id: ApplicationId,
    job: JobId,
    candidate: CandidateId,
    created_at: Timestamp,
}

/// A candidate whom the organisation knows, to be added to one more job.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApplication {
    /// An open job.
    job: JobId,
    candidate: CandidateId,
}

impl From<store::application::Application> for Application {
    fn from(row: store::application::Application) -> Application {
        Application { id: row.id, job: row.job_id, candidate: row.candidate_id, created_at: row.created_at.to_jiff() }
    }
}

/// The applications that the member sees, oldest first.
#[utoipa::path(
    get, path = "/api/v1/applications", tag = "applications", operation_id = "listApplications",
    params(
        ("job" = Option<JobId>, Query, description = "Only of this job"),
        ("candidate" = Option<CandidateId>, Query, description = "Only of this candidate"),
        Paging,
    ),
    responses((status = 200, description = "A page of applications", body = Page<Application>), Reading)
)]
pub async fn list(may: May<SeeJobs>, query: Query) -> Result<HttpResponse> {
    let mut params = Params::new(&query, &["job", "candidate"]);
    let filter = Filter { job: params.optional("job"), candidate: params.optional("candidate") };
    let wanted = params.wanted::<ApplicationId>();
    params.finish()?;
    let mut conn = may.db().await?;
    let found = store::application::page(&mut conn, &may.scope(), filter, wanted.after, wanted.limit).await?;
    let items = found.items.into_iter().map(Application::from).collect();
    Page::<Application>::answer(&may.request.path, &query, items, found.next)
}

/// An application.
#[utoipa::path(
    get, path = "/api/v1/applications/{id}", tag = "applications", operation_id = "getApplication",
    params(("id" = ApplicationId, Path, description = "The application")),
    responses((status = 200, description = "The application", body = Application), Reading)
)]
pub async fn show(may: May<SeeJobs>, id: Path<ApplicationId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let (application, _) = store::application::find(&mut conn, &may.scope(), *id).await?;
    Ok(HttpResponse::Ok().json(Application::from(application)))
}

/// Adds a known candidate to an open job. Who applies already stays in it once, and is answered alike.
#[utoipa::path(
    post, path = "/api/v1/applications", tag = "applications", operation_id = "addApplication",
    request_body = NewApplication,
    responses(
        (status = 201, description = "The application", body = Application, headers(("Location" = String))),
        Writing,
    )
)]
pub async fn add(may: May<RunJobs>, Body(new): Body<NewApplication>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    candidate::link(&mut conn, &scope, &may.actor(), new.job, new.candidate).await?;
    let filter = Filter { job: Some(new.job), candidate: Some(new.candidate) };
    let found = store::application::page(&mut conn, &scope, filter, None, 1).await?;
    let application = found.items.into_iter().next().map(Application::from).ok_or(Error::NotFound)?;
    Ok(created("applications", application.id, &application))
}
