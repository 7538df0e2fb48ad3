//! Recording a decision, with the finding in sight.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use super::comparison::JobLine;
use crate::{
    domain::{
        decision::Outcome,
        finding,
        id::{ApplicationId, JobId},
        policy::{Decide, answers_for},
    },
    error::{Error, Result},
    store::{self, comparison::Shortlist, decision::Recorded},
    usecases::{
        comparison::compare,
        decision::{NewDecision, record},
    },
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/jobs/{id}/decisions/new", get().to(choose))
        .route("/applications/{id}/decisions/new", get().to(new))
        .route("/applications/{id}/decisions", post().to(create));
}

/// A decision in a list.
#[derive(Serialize)]
pub(super) struct Line {
    pub candidate: String,
    pub candidate_id: String,
    pub application: String,
    pub outcome: &'static str,
    pub reason: String,
    pub member: String,
    pub at: String,
}

impl Line {
    pub fn of(recorded: &Recorded) -> Line {
        Line {
            candidate: recorded.candidate_name.clone(),
            candidate_id: recorded.candidate.to_string(),
            application: recorded.application.to_string(),
            outcome: recorded.outcome.as_str(),
            reason: recorded.reason.clone(),
            member: recorded.member.clone(),
            at: recorded.at.to_jiff().to_string(),
        }
    }
}

#[derive(Serialize)]
struct ChoosePage {
    job: JobLine,
    candidates: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    application: String,
    name: String,
    /// What holds so far.
    decision: Option<Line>,
}

async fn choose(may: May<Decide>, id: Path<JobId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let shortlist = store::comparison::load(&mut conn, &may.scope(), *id, may.now()).await?;
    allow(&may, &shortlist)?;
    let decisions = store::decision::of_job(&mut conn, &may.scope(), *id).await?;
    drop(conn);

    let mut candidates: Vec<Choice> = shortlist
        .inputs
        .candidates
        .iter()
        .filter_map(|candidate| {
            let application = shortlist.applications.get(&candidate.id)?;
            let holds = decisions.iter().find(|decision| decision.application == *application);
            Some(Choice {
                application: application.to_string(),
                name: candidate.name.clone(),
                decision: holds.map(Line::of),
            })
        })
        .collect();
    may.locale().sort_by_name(&mut candidates, |candidate| &candidate.name);
    may.frame().page("decision/choose.html", &ChoosePage { job: JobLine::of(&shortlist.job), candidates })
}

#[derive(Serialize)]
struct FormPage {
    job: JobLine,
    application: String,
    candidate: String,
    finding: String,
    missing: Option<String>,
    submitted: usize,
    expected: usize,
    inputs_digest: String,
    outcomes: Vec<&'static str>,
    history: Vec<Line>,
    form: Form,
}

async fn new(may: May<Decide>, id: Path<ApplicationId>, Query(_): Query) -> Result<HttpResponse> {
    let page = form_page(&may, *id, Form::default()).await?;
    may.frame().page("decision/form.html", &page)
}

async fn create(may: May<Decide>, id: Path<ApplicationId>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let outcome: Option<Outcome> = parser.parsed("outcome");
        let reason = parser.text("reason", 4000);
        if reason.is_empty() {
            parser.complain("reason", crate::error::Message::new("decision-reason-missing"));
        }
        parser.finish()?;
        let outcome = outcome.ok_or_else(|| Error::invalid("outcome", "form-required"))?;
        let decision = NewDecision { outcome, reason, inputs_digest: fields.get("inputs_digest").to_owned() };
        let mut conn = may.db().await?;
        let (application, _) = store::application::find(&mut conn, &may.scope(), *id).await?;
        record(&mut conn, &may.scope(), &may.signed.member.roles, &may.actor(), *id, &decision).await?;
        Ok(application.job_id)
    };
    match attempt.await {
        Ok(job) => Ok(see_other(format!("/jobs/{job}/comparison#decisions"))),
        Err(error @ (Error::Invalid(_) | Error::Refused(_))) => {
            let status = actix_web::ResponseError::status_code(&error);
            let form = Form::again(fields, error, may.locale())?;
            shown_again(&may, *id, status, form).await
        }
        Err(error) => Err(error),
    }
}

/// Nothing typed is lost, and the finding is the one that holds now.
async fn shown_again(may: &May<Decide>, id: ApplicationId, status: StatusCode, form: Form) -> Result<HttpResponse> {
    let page = form_page(may, id, form).await?;
    may.frame().page_with(status, "decision/form.html", &page)
}

async fn form_page(may: &May<Decide>, id: ApplicationId, form: Form) -> Result<FormPage> {
    let (scope, locale) = (may.scope(), may.locale());
    let mut conn = may.db().await?;
    let (application, candidate) = store::application::find(&mut conn, &scope, id).await?;
    let shortlist = store::comparison::load(&mut conn, &scope, application.job_id, may.now()).await?;
    allow(may, &shortlist)?;
    let history = store::decision::of_job(&mut conn, &scope, application.job_id).await?;
    drop(conn);

    let job = JobLine::of(&shortlist.job);
    let comparison = compare(shortlist.inputs).await?;
    Ok(FormPage {
        job,
        application: id.to_string(),
        candidate: candidate.name,
        finding: finding::finding(&comparison, locale),
        missing: finding::missing(&comparison, locale),
        submitted: comparison.submitted,
        expected: comparison.expected,
        inputs_digest: comparison.inputs_digest,
        outcomes: Outcome::ALL.iter().map(|outcome| outcome.as_str()).collect(),
        history: history.iter().filter(|recorded| recorded.application == id).map(Line::of).collect(),
        form,
    })
}

fn allow(may: &May<Decide>, shortlist: &Shortlist) -> Result<()> {
    if !answers_for(&may.signed.member.roles, may.signed.member.id, shortlist.job.hiring_manager_id) {
        return Err(Error::Forbidden);
    }
    if shortlist.is_blind(&may.scope()) {
        return Err(Error::refused("decision-scorecard-first"));
    }
    Ok(())
}
