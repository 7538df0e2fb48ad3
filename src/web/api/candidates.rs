//! Candidates: the people who apply.

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
        candidate::CandidateDetails,
        id::{CandidateId, JobId},
        policy::{RunJobs, SeeJobs},
    },
    error::{Error, Message, Result},
    store::{self, anonymity::Hidden},
    usecases::candidate::{self, Added},
    web::{
        forms::{Fields, Query},
        pages::candidates,
        who::May,
    },
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
    /// How the name is said; may be empty.
    pronunciation: String,
    created_at: Timestamp,
}

/// A candidate to add to a job.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCandidate {
    /// An open job.
    job: JobId,
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(max_length = 254, format = Email)]
    email: Option<String>,
    #[schema(max_length = 40)]
    phone: Option<String>,
    #[serde(default)]
    #[schema(max_length = 4000)]
    note: String,
    /// How the name is said.
    #[serde(default)]
    #[schema(max_length = 120)]
    pronunciation: String,
}

/// All that is known about a candidate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Details {
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(max_length = 254, format = Email)]
    email: Option<String>,
    #[schema(max_length = 40)]
    phone: Option<String>,
    #[serde(default)]
    #[schema(max_length = 4000)]
    note: String,
    /// How the name is said.
    #[serde(default)]
    #[schema(max_length = 120)]
    pronunciation: String,
}

impl Details {
    /// Read as the form of the page reads it; but no address is `null` here, as the description says, and not "".
    fn read(self) -> Result<CandidateDetails> {
        if self.email.as_deref() == Some("") {
            return Err(Error::invalid("email", "form-email"));
        }
        let pairs = [
            ("name", self.name),
            ("email", self.email.unwrap_or_default()),
            ("phone", self.phone.unwrap_or_default()),
            ("note", self.note),
            ("pronunciation", self.pronunciation),
        ];
        candidates::details(&Fields::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)).to_vec()))
    }
}

impl From<store::candidate::Candidate> for Candidate {
    fn from(row: store::candidate::Candidate) -> Candidate {
        Candidate {
            id: row.id,
            name: row.name,
            email: row.email,
            phone: row.phone,
            note: row.note,
            pronunciation: row.pronunciation,
            created_at: row.created_at.to_jiff(),
        }
    }
}

impl Candidate {
    /// As far as the member may know who it is.
    fn shown(row: store::candidate::Candidate, hidden: &Hidden) -> Candidate {
        let label = hidden.label(row.id).map(str::to_owned);
        let candidate = Candidate::from(row);
        match label {
            Some(name) => {
                let (note, pronunciation) = (String::new(), String::new());
                Candidate { name, email: None, phone: None, note, pronunciation, ..candidate }
            }
            None => candidate,
        }
    }
}

/// The candidates that the member sees, the newest first.
#[utoipa::path(
    get, path = "/api/v1/candidates", tag = "candidates", operation_id = "listCandidates",
    params(("search" = Option<String>, Query, description = "A part of the name or the address"), Paging),
    responses((status = 200, description = "A page of candidates", body = Page<Candidate>), Reading)
)]
pub async fn list(may: May<SeeJobs>, query: Query) -> Result<HttpResponse> {
    let mut params = Params::new(&query, &["search"]);
    let (search, wanted) = (params.text("search", 120), params.wanted::<CandidateId>());
    params.finish()?;
    let mut conn = may.db().await?;
    let found = store::candidate::list(&mut conn, &may.scope(), search, wanted.after, wanted.limit).await?;
    let hidden = may.hidden(&mut conn).await?;
    // Whoever must not know a name does not find by it.
    let shown = found.items.into_iter().filter(|row| search.is_empty() || hidden.label(row.id).is_none());
    let items = shown.map(|row| Candidate::shown(row, &hidden)).collect();
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
    let hidden = may.hidden(&mut conn).await?;
    candidate::viewed(&mut conn, &may.actor(), *id, 0).await?;
    Ok(HttpResponse::Ok().json(Candidate::shown(candidate, &hidden)))
}

/// Adds a new candidate to a job. Somebody whose address the organisation knows is refused; such a candidate gets an
/// application instead.
#[utoipa::path(
    post, path = "/api/v1/candidates", tag = "candidates", operation_id = "addCandidate", request_body = NewCandidate,
    responses(
        (status = 201, description = "The candidate", body = Candidate, headers(("Location" = String))),
        Writing,
    )
)]
pub async fn add(may: May<RunJobs>, Body(new): Body<NewCandidate>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let details = Details {
        name: new.name,
        email: new.email,
        phone: new.phone,
        note: new.note,
        pronunciation: new.pronunciation,
    }
    .read()?;
    match candidate::add(&mut conn, &scope, &may.actor(), new.job, &details).await? {
        Added::Yes(id) => {
            let candidate = store::candidate::find(&mut conn, &scope, id).await?;
            Ok(created("candidates", id, &Candidate::from(candidate)))
        }
        Added::Known(known) => Err(Error::Refused(Message::new("api-candidate-known").with("candidate", known.id))),
    }
}

/// Replaces what is known about a candidate.
#[utoipa::path(
    put, path = "/api/v1/candidates/{id}", tag = "candidates", operation_id = "changeCandidate", request_body = Details,
    params(("id" = CandidateId, Path, description = "The candidate")),
    responses((status = 200, description = "The candidate as it is now", body = Candidate), Writing)
)]
pub async fn change(may: May<RunJobs>, id: Path<CandidateId>, Body(details): Body<Details>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    candidate::change(&mut conn, &scope, &may.actor(), *id, &details.read()?).await?;
    Ok(HttpResponse::Ok().json(Candidate::from(store::candidate::find(&mut conn, &scope, *id).await?)))
}
