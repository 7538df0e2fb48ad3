//! Records: submitted scorecards with all that belongs to them, page by page as JSON or at once as CSV.

use actix_web::{HttpResponse, http::header, web::Bytes};
use futures_util::stream;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    document::Reading,
    page::{Page, Paging, Params},
};
use crate::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, CandidateId, DebriefId, InterviewId, JobId, MemberId, ScorecardId},
        medium::Medium,
        policy::ExportRecords,
        rating::{Rating, Recommendation},
    },
    error::Result,
    exports::Form,
    store::{
        self,
        record::{Filter, Head},
    },
    usecases::record::Export,
    web::{download::streamed, forms::Query, who::May},
};

/// A submitted scorecard with its surroundings.
#[derive(Serialize, ToSchema)]
pub struct Record {
    scorecard: ScorecardId,
    submitted_at: Option<Timestamp>,
    recommendation: Option<Recommendation>,
    job: JobId,
    job_title: String,
    job_place: String,
    rubric: String,
    rubric_version: i32,
    round_position: i32,
    round: String,
    medium: Medium,
    application: ApplicationId,
    candidate: CandidateId,
    candidate_name: String,
    interview: InterviewId,
    interview_starts_at: Timestamp,
    interviewer: MemberId,
    interviewer_name: String,
    /// `false` when they interviewed without an account, by a link to their seat.
    interviewer_has_account: bool,
    /// Who entered it, when it came on paper; `null` when the interviewer submitted it.
    entered_by: Option<String>,
    /// Whether the interviewer says that what was entered is right; `null` before they have answered.
    entry_confirmed: Option<bool>,
    ratings: Vec<RecordedRating>,
    /// Numbers, from 1, of the facts of the rubric's outline that the candidate gave back right.
    facts: Vec<String>,
    /// The outcome that holds; `null` before.
    decision: Option<RecordedDecision>,
}

#[derive(Serialize, ToSchema)]
pub struct RecordedRating {
    dimension: String,
    /// As sealed; `null` when the dimension was not assessed.
    rating: Option<Rating>,
    ticks: Vec<String>,
    note: String,
    /// Keys of the questions that were asked; a probe is its question's key with its place: `lis-b1.2`.
    asked: Vec<String>,
    /// How long the interviewer spent on the dimension in the kit; `null` when unknown.
    seconds: Option<i32>,
    /// Oldest first.
    amendments: Vec<RecordedAmendment>,
    /// What was said in the last closed debrief; the same as `rating` when the rater stayed, `null` when nothing was said.
    second: Option<RecordedSecond>,
}

#[derive(Serialize, ToSchema)]
pub struct RecordedSecond {
    debrief: DebriefId,
    rating: Option<Rating>,
    reason: String,
    /// What is cited, as `<scorecard>/note` or `<scorecard>/ticks/<indicator>`.
    evidence: Vec<String>,
    note: String,
    closed_at: Timestamp,
}

#[derive(Serialize, ToSchema)]
pub struct RecordedAmendment {
    rating: Option<Rating>,
    reason: String,
    at: Timestamp,
}

#[derive(Serialize, ToSchema)]
pub struct RecordedDecision {
    outcome: Outcome,
    reason: String,
    at: Timestamp,
}

impl From<store::record::Record> for Record {
    fn from(record: store::record::Record) -> Record {
        let (amendments, seconds) = (record.amendments, record.seconds);
        let rating = |row: store::scorecard::RatingRow| RecordedRating {
            rating: row.rating(),
            amendments: amendments
                .iter()
                .filter(|amendment| amendment.dimension == row.dimension)
                .map(|amendment| RecordedAmendment {
                    rating: amendment.rating(),
                    reason: amendment.reason.clone(),
                    at: amendment.at.to_jiff(),
                })
                .collect(),
            second: seconds.iter().find(|second| second.dimension == row.dimension).map(|second| RecordedSecond {
                debrief: second.debrief,
                rating: second.rating(),
                reason: second.reason.clone(),
                evidence: second.evidence.clone(),
                note: second.note.clone(),
                closed_at: second.closed_at,
            }),
            dimension: row.dimension,
            ticks: row.ticks,
            note: row.note,
            asked: row.asked,
            seconds: (row.seconds > 0).then_some(row.seconds),
        };
        let head: Head = record.head;
        Record {
            scorecard: head.scorecard,
            submitted_at: head.submitted_at.to_jiff(),
            recommendation: head.recommendation,
            facts: head.facts,
            job: head.job,
            job_title: head.job_title,
            job_place: head.job_place,
            rubric: head.rubric,
            rubric_version: head.rubric_version,
            round_position: head.round_position,
            round: head.round,
            medium: head.medium,
            application: head.application,
            candidate: head.candidate,
            candidate_name: head.candidate_name,
            interview: head.interview,
            interview_starts_at: head.interview_starts_at.to_jiff(),
            interviewer: head.interviewer,
            interviewer_name: head.interviewer_name,
            interviewer_has_account: !head.interviewer_is_outside,
            entry_confirmed: record.paper.as_ref().and_then(|paper| paper.is_right),
            entered_by: record.paper.map(|paper| paper.by),
            ratings: record.ratings.into_iter().map(rating).collect(),
            decision: record.decision.map(|decision| RecordedDecision {
                outcome: decision.outcome,
                reason: decision.reason,
                at: decision.at.to_jiff(),
            }),
        }
    }
}

/// Submitted scorecards with their surroundings, oldest first. Who takes what stands in the trail.
#[utoipa::path(
    get, path = "/api/v1/records", tag = "records", operation_id = "listRecords",
    params(("job" = Option<JobId>, Query, description = "Only of this job"), Paging),
    responses((status = 200, description = "A page of records", body = Page<Record>), Reading)
)]
pub async fn list(may: May<ExportRecords>, query: Query) -> Result<HttpResponse> {
    let mut params = Params::new(&query, &["job"]);
    let filter = Filter { job: params.optional("job") };
    let wanted = params.wanted::<ScorecardId>();
    params.finish()?;
    let mut conn = may.db().await?;
    let found =
        crate::usecases::record::read(&mut conn, &may.scope(), &may.actor(), filter, wanted.after, wanted.limit)
            .await?;
    let items = found.items.into_iter().map(Record::from).collect();
    Page::<Record>::answer(&may.request.path, &query, items, found.next)
}

/// All records as a CSV file (RFC 4180, UTF-8), streamed: one row per scorecard (`wide`), one per rating (`long`), or of one
/// job's `comparison` one per candidate.
#[utoipa::path(
    get, path = "/api/v1/records.csv", tag = "records", operation_id = "exportRecords",
    params(
        ("form" = Form, Query, description = "Which of the three files; `comparison` needs a job"),
        ("job" = Option<JobId>, Query, description = "Only of this job"),
    ),
    responses((status = 200, description = "The file", content_type = "text/csv", body = String), Reading)
)]
pub async fn export(may: May<ExportRecords>, query: Query) -> Result<HttpResponse> {
    let mut params = Params::new(&query, &["form", "job"]);
    let form = params.required::<Form>("form");
    let filter = Filter { job: params.optional("job") };
    params.finish()?;
    let form = form.unwrap_or(Form::Wide);
    let place = may.request.shared.downloads.take().await?;
    let mut conn = may.db().await?;
    let export = Export::begin(&mut conn, may.scope(), may.actor(), filter, form).await?;
    let pieces = stream::try_unfold((export, conn, place), |(mut export, mut conn, place)| async move {
        let piece = export.next(&mut conn).await?;
        Ok::<_, crate::error::Error>(piece.map(|piece| (Bytes::from(piece), (export, conn, place))))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"records-{form}.csv\"")))
        .streaming(streamed(pieces)))
}
