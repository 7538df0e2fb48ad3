//! Interviews and their panels.

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
        id::{ApplicationId, CandidateId, InterviewId, JobId, MemberId, RoundId},
        policy::SeeJobs,
    },
    error::Result,
    store::{
        self,
        interview::{Filter, InterviewState, Seat},
    },
    web::{forms::Query, who::May},
};

/// An application in a round, at a time, with a panel.
#[derive(Serialize, ToSchema)]
pub struct Interview {
    id: InterviewId,
    application: ApplicationId,
    job: JobId,
    candidate: CandidateId,
    round: RoundId,
    state: InterviewState,
    starts_at: Timestamp,
    /// The IANA zone in which it was planned.
    time_zone: String,
    minutes: i32,
    place: String,
    /// Who interviews.
    panel: Vec<MemberId>,
    /// Counts the changes; whoever changes it gives the one that they saw.
    sequence: i32,
    created_at: Timestamp,
}

impl Interview {
    fn new(row: store::interview::Interview, application: &store::application::Application, seats: &[Seat]) -> Self {
        Interview {
            panel: seats.iter().filter(|seat| seat.interview_id == row.id).map(|seat| seat.member_id).collect(),
            id: row.id,
            application: application.id,
            job: application.job_id,
            candidate: application.candidate_id,
            round: row.round_id,
            state: row.state,
            starts_at: row.starts_at.to_jiff(),
            time_zone: row.time_zone,
            minutes: row.minutes,
            place: row.place,
            sequence: row.sequence,
            created_at: row.created_at.to_jiff(),
        }
    }
}

/// The interviews that the member sees, oldest first by when they were scheduled.
#[utoipa::path(
    get, path = "/api/v1/interviews", tag = "interviews", operation_id = "listInterviews",
    params(
        ("job" = Option<JobId>, Query, description = "Only of this job"),
        ("application" = Option<ApplicationId>, Query, description = "Only of this application"),
        Paging,
    ),
    responses((status = 200, description = "A page of interviews", body = Page<Interview>), Reading)
)]
pub async fn list(may: May<SeeJobs>, query: Query) -> Result<HttpResponse> {
    let mut params = Params::new(&query, &["job", "application"]);
    let filter = Filter { job: params.optional("job"), application: params.optional("application") };
    let wanted = params.wanted::<InterviewId>();
    params.finish()?;
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let found = store::interview::page(&mut conn, &scope, filter, wanted.after, wanted.limit).await?;
    let ids: Vec<InterviewId> = found.items.iter().map(|(interview, _)| interview.id).collect();
    let seats = store::interview::seats_of(&mut conn, &scope, &ids).await?;
    let items =
        found.items.into_iter().map(|(row, application)| Interview::new(row, &application, &seats)).collect();
    Page::<Interview>::answer(&may.request.path, &query, items, found.next)
}

/// An interview.
#[utoipa::path(
    get, path = "/api/v1/interviews/{id}", tag = "interviews", operation_id = "getInterview",
    params(("id" = InterviewId, Path, description = "The interview")),
    responses((status = 200, description = "The interview", body = Interview), Reading)
)]
pub async fn show(may: May<SeeJobs>, id: Path<InterviewId>) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(load(&may, *id).await?))
}

async fn load<P>(may: &May<P>, id: InterviewId) -> Result<Interview> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let found = store::interview::find(&mut conn, &scope, id).await?;
    let seats = store::interview::seats(&mut conn, &scope, id).await?;
    Ok(Interview::new(found.interview, &found.application, &seats))
}
