//! Decisions: a person's, with a reason, on a comparison.

use actix_web::{HttpResponse, web::Path};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::Body,
    created,
    document::{Reading, Writing},
    page::Page,
};
use crate::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, CandidateId, DecisionId, JobId},
        policy::{Decide, SeeComparison},
    },
    error::{Error, Message, Result},
    store::{self, decision::Recorded},
    usecases::decision::{self, Recomputed},
    web::{forms::Fields, who::May},
};

/// An outcome with its reason.
#[derive(Serialize, ToSchema)]
pub struct Decision {
    id: DecisionId,
    application: ApplicationId,
    candidate: CandidateId,
    job: JobId,
    outcome: Outcome,
    reason: String,
    /// The name of who decided.
    decided_by: String,
    at: Timestamp,
    /// Of the comparison that it was taken on.
    inputs_digest: String,
}

/// What came out when a decision's comparison was made again from what it was made from.
#[derive(Serialize, ToSchema)]
pub struct Recomputation {
    decision: DecisionId,
    /// `same` to the last digit, `other` (something is wrong), `other_model` (the model has changed since) or `not_kept`
    /// (recorded before decisions kept what their comparison was made from).
    result: &'static str,
    /// SHA-256 of every number of the comparison, without names, as it was pinned and as it comes out now.
    pinned_digest: Option<String>,
    digest: Option<String>,
    /// The model then and now, where it has changed; and whether the numbers are the same all the same.
    pinned_model: Option<String>,
    model: Option<String>,
    same: bool,
}

/// A decision to record. The newest one of an application holds; earlier ones stay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    application: ApplicationId,
    outcome: Outcome,
    #[schema(min_length = 1, max_length = 4000)]
    reason: String,
    /// `inputs_digest` of the job's comparison as it was read, under the job's own weights.
    inputs_digest: String,
}

impl Decision {
    fn new(job: JobId, recorded: Recorded) -> Decision {
        Decision {
            id: recorded.id,
            application: recorded.application,
            candidate: recorded.candidate,
            job,
            outcome: recorded.outcome,
            reason: recorded.reason,
            decided_by: recorded.member,
            at: recorded.at.to_jiff(),
            inputs_digest: recorded.inputs_digest,
        }
    }
}

/// Every decision in a job that the member may see, newest first; all of them on one page.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}/decisions", tag = "decisions", operation_id = "listDecisions",
    params(("id" = JobId, Path, description = "The job")),
    responses((status = 200, description = "The decisions", body = Page<Decision>), Reading)
)]
pub async fn list(may: May<SeeComparison>, id: Path<JobId>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let job = store::job::find(&mut conn, &scope, *id).await?;
    let found = store::decision::of_job(&mut conn, &scope, job.id).await?;
    let items = found.into_iter().map(|recorded| Decision::new(job.id, recorded)).collect();
    Ok(HttpResponse::Ok().json(Page { items, next: None }))
}

/// Records a decision. Refused when the comparison has changed since it was read.
#[utoipa::path(
    post, path = "/api/v1/decisions", tag = "decisions", operation_id = "recordDecision", request_body = NewDecision,
    responses((status = 201, description = "The decision", body = Decision, headers(("Location" = String))), Writing)
)]
pub async fn record(may: May<Decide>, Body(new): Body<NewDecision>) -> Result<HttpResponse> {
    let fields = Fields::from_pairs(vec![("reason".to_owned(), new.reason)]);
    let mut parser = fields.parser();
    let reason = parser.text("reason", 4000);
    if reason.is_empty() {
        parser.complain("reason", Message::new("decision-reason-missing"));
    }
    parser.finish()?;
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let (application, _) = store::application::find(&mut conn, &scope, new.application).await?;
    let taken = decision::NewDecision { outcome: new.outcome, reason, inputs_digest: new.inputs_digest };
    let roles = &may.signed.member.roles;
    let id = decision::record(&mut conn, &scope, roles, &may.actor(), application.id, &taken).await?;
    let recorded = store::decision::of_job(&mut conn, &scope, application.job_id).await?;
    let recorded = recorded.into_iter().find(|recorded| recorded.id == id).ok_or(Error::NotFound)?;
    Ok(created("jobs", format!("{}/decisions", application.job_id), &Decision::new(application.job_id, recorded)))
}

/// Makes the comparison of a decision again, from its pinned ratings, weights and seed, and compares every number.
#[utoipa::path(
    get, path = "/api/v1/decisions/{id}/recomputation", tag = "decisions", operation_id = "recomputeDecision",
    params(("id" = DecisionId, Path, description = "The decision")),
    responses((status = 200, description = "What came out", body = Recomputation), Reading)
)]
pub async fn recomputation(may: May<SeeComparison>, id: Path<DecisionId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let (decision, ..) = store::decision::find(&mut conn, &may.scope(), *id).await?;
    drop(conn);
    let again = decision::recompute(&decision).await?;
    let mut found = Recomputation {
        decision: decision.id,
        result: again.code(),
        pinned_digest: decision.figures_digest.clone(),
        digest: None,
        pinned_model: None,
        model: None,
        same: false,
    };
    match again {
        Recomputed::Same { digest } => (found.digest, found.same) = (Some(digest), true),
        Recomputed::Other { digest, .. } => found.digest = Some(digest),
        Recomputed::OtherModel { pinned, now, same } => {
            (found.pinned_model, found.model, found.same) = (Some(pinned), Some(now), same);
        }
        Recomputed::NotKept => {}
    }
    Ok(HttpResponse::Ok().json(found))
}
