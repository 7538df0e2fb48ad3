//! Candidates: found, added to a job by hand, changed. What a candidate's page shows is in `candidate_page`.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use super::candidate_page::CandidatePage;
use crate::{
    domain::{
        candidate::{CandidateDetails, EMAIL_MOST, NAME_MOST, NOTE_MOST, PHONE_MOST, PRONUNCIATION_MOST},
        email::EmailAddress,
        id::{CandidateId, JobId},
        policy::{RunJobs, SeeJobs},
    },
    error::{Message, Result},
    store::{
        candidate::{self, Candidate},
        job::{self, Job},
    },
    usecases::candidate::{self as candidates, Added},
    web::{
        forms::{self, Fields, Form, Query},
        view::see_other,
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/candidates", get().to(list))
        .route("/candidates/{id}", get().to(show))
        .route("/candidates/{id}", post().to(change))
        .route("/candidates/{id}/edit", get().to(edit))
        .route("/jobs/{id}/candidates/new", get().to(new))
        .route("/jobs/{id}/candidates", post().to(add));
}

const PAGE: i64 = 50;

/// What a candidate's page says after a change.
const DONE: &[&str] = &["candidate-done-added", "candidate-done-linked", "candidate-done-changed"];

#[derive(Serialize)]
struct ListPage {
    q: String,
    candidates: Vec<Listed>,
    is_first: bool,
    /// The query string of the next page.
    next: Option<String>,
}

#[derive(Serialize)]
struct Listed {
    id: CandidateId,
    name: String,
    email: Option<String>,
    /// Id and title.
    jobs: Vec<(JobId, String)>,
}

#[derive(Serialize)]
struct AddPage {
    form: Form,
    job: JobLine,
    /// Somebody whom the organisation has under the same address: id and name.
    known: Option<(CandidateId, String)>,
}

#[derive(Serialize)]
struct EditPage {
    form: Form,
    id: CandidateId,
    name: String,
}

/// A job as a page names it.
#[derive(Serialize)]
pub(super) struct JobLine {
    pub id: JobId,
    pub title: String,
    pub is_open: bool,
}

impl JobLine {
    pub(super) fn new(job: &Job) -> JobLine {
        JobLine { id: job.id, title: job.full_title(), is_open: job.is_open() }
    }
}

async fn list(may: May<SeeJobs>, Query(query): Query) -> Result<HttpResponse> {
    let mut parser = query.parser();
    let q = parser.optional_line("q", NAME_MOST);
    parser.finish()?;
    let before: Option<CandidateId> = query.get("before").parse().ok();
    let is_first = before.is_none();
    let (mut conn, scope) = (may.db().await?, may.scope());
    let hidden = may.hidden(&mut conn).await?;
    let mut slice = candidate::list(&mut conn, &scope, &q, before, PAGE).await?;
    // Whoever must not know a name does not find by it.
    slice.items.retain(|candidate| q.is_empty() || hidden.label(candidate.id).is_none());
    let ids: Vec<CandidateId> = slice.items.iter().map(|candidate| candidate.id).collect();
    let mut titles = candidate::job_titles(&mut conn, &scope, &ids).await?;
    let candidates = slice
        .items
        .into_iter()
        .map(|Candidate { id, name, email, .. }| {
            let jobs = titles.remove(&id).unwrap_or_default();
            match hidden.label(id) {
                Some(label) => Listed { id, name: label.to_owned(), email: None, jobs },
                None => Listed { id, name, email, jobs },
            }
        })
        .collect();
    let next = slice.next.map(|id| forms::query(&[("q", &q), ("before", &id.to_string())]));
    may.frame().page("candidate/list.html", &ListPage { q, candidates, is_first, next })
}

async fn show(may: May<SeeJobs>, id: Path<CandidateId>, query: Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let page = CandidatePage::load(&mut conn, &may, *id, query.done(DONE)).await?;
    candidates::viewed(&mut conn, &may.actor(), *id, page.scorecards()).await?;
    may.frame().page("candidate/show.html", &page)
}

async fn new(may: May<RunJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    let job = job::find(&mut *may.db().await?, &may.scope(), *id).await?;
    let page = AddPage { form: Form::default(), job: JobLine::new(&job), known: None };
    may.frame().page("candidate/new.html", &page)
}

async fn add(may: May<RunJobs>, id: Path<JobId>, fields: Fields) -> Result<HttpResponse> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    if let Ok(known) = fields.get("known").parse::<CandidateId>() {
        candidates::link(&mut conn, &scope, &may.actor(), *id, known).await?;
        return Ok(see_other(format!("/candidates/{known}?done=candidate-done-linked")));
    }
    let outcome = match details(&fields) {
        Ok(details) => candidates::add(&mut conn, &scope, &may.actor(), *id, &details).await,
        Err(error) => Err(error),
    };
    let (status, form, known) = match outcome {
        Ok(Added::Yes(candidate)) => {
            return Ok(see_other(format!("/candidates/{candidate}?done=candidate-done-added")));
        }
        Ok(Added::Known(known)) => {
            let form = Form { typed: fields, ..Form::default() };
            (StatusCode::CONFLICT, form, Some((known.id, known.name)))
        }
        Err(error) => (error.status_code(), Form::again(fields, error, may.locale())?, None),
    };
    let job = JobLine::new(&job::find(&mut conn, &scope, *id).await?);
    may.frame().page_with(status, "candidate/new.html", &AddPage { form, job, known })
}

async fn edit(may: May<RunJobs>, id: Path<CandidateId>) -> Result<HttpResponse> {
    let candidate = candidate::find(&mut *may.db().await?, &may.scope(), *id).await?;
    let form = Form::filled([
        ("name", candidate.name.clone()),
        ("email", candidate.email.unwrap_or_default()),
        ("phone", candidate.phone.unwrap_or_default()),
        ("note", candidate.note),
        ("pronunciation", candidate.pronunciation),
    ]);
    may.frame().page("candidate/edit.html", &EditPage { form, id: *id, name: candidate.name })
}

async fn change(may: May<RunJobs>, id: Path<CandidateId>, fields: Fields) -> Result<HttpResponse> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    let candidate = candidate::find(&mut conn, &scope, *id).await?;
    let outcome = match details(&fields) {
        Ok(details) => candidates::change(&mut conn, &scope, &may.actor(), *id, &details).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(see_other(format!("/candidates/{id}?done=candidate-done-changed"))),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            may.frame().page_with(status, "candidate/edit.html", &EditPage { form, id: *id, name: candidate.name })
        }
    }
}

/// What a form or a body of the API says about a candidate.
pub(in crate::web) fn details(fields: &Fields) -> Result<CandidateDetails> {
    let mut parser = fields.parser();
    let name = parser.line("name", NAME_MOST);
    let email = parser.optional_line("email", EMAIL_MOST);
    let email = if email.is_empty() { None } else { Some(EmailAddress::parse(&email)) };
    if let Some(Err(_)) = email {
        parser.complain("email", Message::new("form-email"));
    }
    let phone = parser.optional_line("phone", PHONE_MOST);
    let note = parser.text("note", NOTE_MOST);
    let pronunciation = parser.optional_line("pronunciation", PRONUNCIATION_MOST);
    parser.finish()?;
    let phone = Some(phone).filter(|phone| !phone.is_empty());
    Ok(CandidateDetails { name, email: email.and_then(std::result::Result::ok), phone, note, pronunciation })
}
