//! Candidates: the people who apply.

use actix_web::{HttpResponse, web::Path};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    document::Reading,
    page::{Page, Paging, Params},
};
use crate::{
    domain::{id::CandidateId, policy::SeeJobs},
    error::Result,
    store,
    web::{forms::Query, who::May},
};

/// Somebody who applies.
#[derive(Serialize, ToSchema)]
pub struct Candidate {
    id: CandidateId,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    /// What the panel may know.
    note: String,
    created_at: Timestamp,
}

impl From<store::candidate::Candidate> for Candidate {
    fn from(row: store::candidate::Candidate) -> Candidate {
        Candidate {
            id: row.id,
            name: row.name,
            email: row.email,
            phone: row.phone,
            note: row.note,
            created_at: row.created_at.to_jiff(),
        }
    }
}

/// The candidates that the member sees, by name.
#[utoipa::path(
    get, path = "/api/v1/candidates", tag = "candidates", operation_id = "listCandidates",
    params(("search" = Option<String>, Query, description = "A part of the name or the address"), Paging),
    responses((status = 200, description = "A page of candidates", body = Page<Candidate>), Reading)
)]
pub async fn list(may: May<SeeJobs>, query: Query) -> Result<HttpResponse> {
    let mut params = Params::new(&query, &["search"]);
    let (search, wanted) = (params.text("search", 120), params.wanted::<(String, CandidateId)>());
    params.finish()?;
    let mut conn = may.db().await?;
    let found = store::candidate::list(&mut conn, &may.scope(), search, wanted.after, wanted.limit).await?;
    let items = found.items.into_iter().map(Candidate::from).collect();
    Page::<Candidate>::answer(&may.request.path, &query, items, found.next)
}

/// A candidate.
#[utoipa::path(
    get, path = "/api/v1/candidates/{id}", tag = "candidates", operation_id = "getCandidate",
    params(("id" = CandidateId, Path, description = "The candidate")),
    responses((status = 200, description = "The candidate", body = Candidate), Reading)
)]
pub async fn show(may: May<SeeJobs>, id: Path<CandidateId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let candidate = store::candidate::find(&mut conn, &may.scope(), *id).await?;
    Ok(HttpResponse::Ok().json(Candidate::from(candidate)))
}
