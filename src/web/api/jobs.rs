//! Jobs and their rounds.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web::Path};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::Body,
    created,
    document::{Reading, Writing},
    page::{Page, Paging, Params},
    schemas,
};
use crate::{
    domain::{
        id::{JobId, MemberId, RoundId, RubricVersionId},
        interview_plan::{InterviewPlan, PlannedRound},
        medium::Medium,
        policy::{RunJobs, SeeJobs},
        question_library::dimension_of,
    },
    error::{Complaint, Error, Message, Result},
    store::{self, Conn, Scope, job::JobState},
    usecases::{self, job::JobFacts},
    web::{
        forms::{Fields, Query},
        pages::job_draft,
        who::May,
    },
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
    /// Counts the changes; whoever changes it gives the one that they saw.
    revision: i64,
    /// Whoever compares sees labels instead of names until the decision.
    anonymised: bool,
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

/// A job to open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewJob {
    #[schema(min_length = 1, max_length = 120)]
    title: String,
    #[serde(default)]
    #[schema(max_length = 120)]
    place: String,
    hiring_manager: MemberId,
    recruiter: MemberId,
    /// A published version; `newest` of a rubric.
    rubric_version: RubricVersionId,
    /// By dimension, 0 to 100, relative to each other; a dimension that is left out weighs nothing.
    #[schema(schema_with = schemas::weights)]
    weights: BTreeMap<String, u8>,
    /// In order, 1 to 8.
    #[schema(min_items = 1, max_items = 8)]
    rounds: Vec<PlanRound>,
    /// Whoever compares sees labels instead of names; fixed once a scorecard is submitted.
    #[serde(default)]
    anonymised: bool,
}

/// What to change in a job; what is left out stays. Rubric version, weights and rounds can be changed until the first
/// interview is scheduled.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobChange {
    /// The one of the job as it was read. When somebody else has changed the job since, the answer is 409.
    #[schema(minimum = 0)]
    revision: i64,
    #[schema(min_length = 1, max_length = 120)]
    title: Option<String>,
    #[schema(max_length = 120)]
    place: Option<String>,
    hiring_manager: Option<MemberId>,
    recruiter: Option<MemberId>,
    rubric_version: Option<RubricVersionId>,
    #[schema(schema_with = schemas::weights, required = false)]
    weights: Option<BTreeMap<String, u8>>,
    /// All of them, in order; a round with an id stays the same round.
    #[schema(min_items = 1, max_items = 8)]
    rounds: Option<Vec<PlanRound>>,
    anonymised: Option<bool>,
}

/// A round as it is planned.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanRound {
    id: Option<RoundId>,
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    medium: Medium,
    #[schema(minimum = 5, maximum = 480)]
    minutes: u16,
    /// Keys of the dimensions that it covers.
    #[schema(min_items = 1)]
    dimensions: Vec<String>,
    /// Keys of the questions that it asks; a dimension without one gets the rubric's usual ones.
    #[serde(default)]
    questions: Vec<String>,
}

impl NewJob {
    /// Read as the form of the page reads it, so that both ask for the same.
    async fn read(self, conn: &mut Conn, scope: &Scope) -> Result<(JobFacts, InterviewPlan)> {
        let mut pairs = vec![
            ("title".to_owned(), self.title),
            ("place".to_owned(), self.place),
            ("hiring_manager".to_owned(), self.hiring_manager.to_string()),
            ("recruiter".to_owned(), self.recruiter.to_string()),
            ("rubric".to_owned(), self.rubric_version.to_string()),
            ("rounds".to_owned(), self.rounds.len().to_string()),
        ];
        if self.anonymised {
            pairs.push(("anonymised".to_owned(), "on".to_owned()));
        }
        pairs.extend(self.weights.iter().map(|(key, weight)| (format!("weight.{key}"), weight.to_string())));
        for (n, round) in self.rounds.into_iter().enumerate() {
            let mut part = |name: &str, value: String| pairs.push((format!("round.{n}.{name}"), value));
            part("id", round.id.map(|id| id.to_string()).unwrap_or_default());
            part("name", round.name);
            part("medium", round.medium.to_string());
            part("minutes", round.minutes.to_string());
            round.dimensions.into_iter().for_each(|key| part("dimension", key));
            round.questions.into_iter().for_each(|key| part("question", key));
        }
        let fields = Fields::from_pairs(pairs);
        let mut parser = fields.parser();
        let facts = job_draft::facts(&mut parser);
        let plan = job_draft::plan(&mut parser, &fields);
        parser.finish()?;
        let (Some(facts), Some(plan)) = (facts, plan) else { return Err(Error::Invalid(Vec::new())) };
        check_keys(conn, scope, &plan).await?;
        Ok((facts, plan))
    }
}

/// A form offers only what the rubric has; a body may name anything.
async fn check_keys(conn: &mut Conn, scope: &Scope, plan: &InterviewPlan) -> Result<()> {
    let published = store::rubric::published(conn, scope, Some(plan.rubric_version)).await?;
    let Some(published) = published.into_iter().find(|published| published.id == plan.rubric_version) else {
        return Err(Error::invalid("rubric", "form-not-a-choice"));
    };
    let rubric = published.rubric;
    let weights = plan.weights.keys().map(|key| (format!("weight.{key}"), rubric.dimension(key).is_some()));
    let rounds = plan.rounds.iter().enumerate().flat_map(|(n, round)| {
        let dimensions = round.dimensions.iter().map(|key| ("dimension", rubric.dimension(key).is_some()));
        // Those of the library are chosen on the round's own page, and stay.
        let is_known = |key: &str| rubric.question(key).is_some() || dimension_of(key).is_some();
        let questions = round.questions.iter().map(move |key| ("question", is_known(key)));
        dimensions.chain(questions).map(move |(part, is_known)| (format!("round.{n}.{part}"), is_known))
    });
    let complaints: Vec<Complaint> = weights
        .chain(rounds)
        .filter(|(_, is_known)| !is_known)
        .map(|(field, _)| Complaint::new(field, Message::new("form-not-a-choice")))
        .collect();
    if complaints.is_empty() { Ok(()) } else { Err(Error::Invalid(complaints)) }
}

/// Complaints about the page's fields, by the names that the body has for them.
fn by_body(error: Error) -> Error {
    let renamed = |complaint: Complaint| {
        let name = match complaint.field.as_str() {
            "rubric" => "rubric_version".to_owned(),
            name => name
                .replacen("weight.", "weights.", 1)
                .replacen("round.", "rounds.", 1)
                .replace(".dimension", ".dimensions")
                .replace(".question", ".questions"),
        };
        Complaint { field: name, ..complaint }
    };
    match error {
        Error::Invalid(complaints) => Error::Invalid(complaints.into_iter().map(renamed).collect()),
        other => other,
    }
}

impl From<PlannedRound> for PlanRound {
    fn from(round: PlannedRound) -> PlanRound {
        PlanRound {
            id: round.id,
            name: round.name,
            medium: round.medium,
            minutes: round.minutes,
            dimensions: round.dimensions,
            questions: round.questions,
        }
    }
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
            revision: row.revision,
            anonymised: row.anonymised,
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

/// Opens a job.
#[utoipa::path(
    post, path = "/api/v1/jobs", tag = "jobs", operation_id = "openJob", request_body = NewJob,
    responses(
        (status = 201, description = "The job is open", body = Job, headers(("Location" = String))),
        Writing,
    )
)]
pub async fn open(may: May<RunJobs>, Body(new): Body<NewJob>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let (facts, plan) = new.read(&mut conn, &scope).await.map_err(by_body)?;
    let id = usecases::job::open(&mut conn, &scope, &may.actor(), &facts, plan).await.map_err(by_body)?;
    let job = store::job::find(&mut conn, &scope, id).await?;
    Ok(created("jobs", id, &Job::from(job)))
}

/// Changes a job.
#[utoipa::path(
    patch, path = "/api/v1/jobs/{id}", tag = "jobs", operation_id = "changeJob", request_body = JobChange,
    params(("id" = JobId, Path, description = "The job")),
    responses((status = 200, description = "The job as it is now", body = Job), Writing)
)]
pub async fn change(may: May<RunJobs>, id: Path<JobId>, Body(change): Body<JobChange>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let (job, rounds) = store::job::with_rounds(&mut conn, &scope, *id).await?;
    let changes_plan = change.rubric_version.is_some() || change.weights.is_some() || change.rounds.is_some();
    let merged = NewJob {
        title: change.title.unwrap_or(job.title.clone()),
        place: change.place.unwrap_or(job.place.clone()),
        hiring_manager: change.hiring_manager.unwrap_or(job.hiring_manager_id),
        recruiter: change.recruiter.unwrap_or(job.recruiter_id),
        rubric_version: change.rubric_version.unwrap_or(job.rubric_version_id),
        weights: change.weights.unwrap_or(job.weights()),
        rounds: change.rounds.unwrap_or_else(|| rounds.into_iter().map(PlanRound::from).collect()),
        anonymised: change.anonymised.unwrap_or(job.anonymised),
    };
    let (facts, plan) = merged.read(&mut conn, &scope).await.map_err(by_body)?;
    let plan = changes_plan.then_some(plan);
    let changed = usecases::job::change(&mut conn, &scope, &may.actor(), *id, change.revision, &facts, plan).await;
    changed.map_err(by_body)?;
    Ok(HttpResponse::Ok().json(Job::from(store::job::find(&mut conn, &scope, *id).await?)))
}

/// Closes a job: no further candidates and interviews. What is planned and written stays.
#[utoipa::path(
    post, path = "/api/v1/jobs/{id}/closure", tag = "jobs", operation_id = "closeJob",
    params(("id" = JobId, Path, description = "The job")),
    responses((status = 200, description = "The closed job", body = Job), Writing)
)]
pub async fn close(may: May<RunJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    usecases::job::close(&mut conn, &scope, &may.actor(), *id).await?;
    Ok(HttpResponse::Ok().json(Job::from(store::job::find(&mut conn, &scope, *id).await?)))
}

/// Opens a closed job again.
#[utoipa::path(
    delete, path = "/api/v1/jobs/{id}/closure", tag = "jobs", operation_id = "reopenJob",
    params(("id" = JobId, Path, description = "The job")),
    responses((status = 200, description = "The open job", body = Job), Writing)
)]
pub async fn reopen(may: May<RunJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    usecases::job::reopen(&mut conn, &scope, &may.actor(), *id).await?;
    Ok(HttpResponse::Ok().json(Job::from(store::job::find(&mut conn, &scope, *id).await?)))
}
