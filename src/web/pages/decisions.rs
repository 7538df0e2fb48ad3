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
        comparison::Comparison,
        decision::Outcome,
        finding,
        id::{ApplicationId, DecisionId, JobId},
        policy::{Decide, SeeComparison, answers_for},
    },
    error::{Error, Result},
    store::{
        self,
        comparison::Shortlist,
        decision::{Decision, Recorded},
    },
    usecases::{
        comparison::compare,
        decision::{NewDecision, Recomputed, recompute, record},
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
        .route("/applications/{id}/decisions", post().to(create))
        .route("/decisions/{id}", get().to(show))
        .route("/decisions/{id}/recomputation", get().to(recomputation));
}

/// A decision in a list.
#[derive(Serialize)]
pub(super) struct Line {
    pub id: String,
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
            id: recorded.id.to_string(),
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
        .filter(|candidate| !shortlist.erased.contains(&candidate.id))
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
    if shortlist.erased.contains(&candidate.id) {
        return Err(Error::refused("erasure-done-refused"));
    }
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

#[derive(Serialize)]
struct ShowPage {
    job: JobLine,
    decision: Line,
    /// Of the comparison as it stood.
    finding: Option<String>,
    /// Name and share.
    weights: Vec<(String, f64)>,
    precision: Option<String>,
    inputs_digest: String,
    figures_digest: Option<String>,
    /// What came out when it was made again, when that was asked for.
    recomputed: Option<&'static str>,
    /// After a change of the model: whether the numbers are the same all the same.
    same: &'static str,
}

/// A decision with the comparison that it was taken on.
async fn show(may: May<SeeComparison>, id: Path<DecisionId>) -> Result<HttpResponse> {
    let (decision, recorded, job) = pinned(&may, *id).await?;
    decision_page(&may, &decision, &recorded, job, None)
}

/// The same after its comparison has been made again from what is pinned with it.
async fn recomputation(may: May<SeeComparison>, id: Path<DecisionId>) -> Result<HttpResponse> {
    let (decision, recorded, job) = pinned(&may, *id).await?;
    let again = recompute(&decision).await?;
    decision_page(&may, &decision, &recorded, job, Some(&again))
}

async fn pinned(may: &May<SeeComparison>, id: DecisionId) -> Result<(Decision, Recorded, JobLine)> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    let (decision, recorded, job) = store::decision::find(&mut conn, &scope, id).await?;
    let job = store::job::find(&mut conn, &scope, job).await?;
    Ok((decision, recorded, JobLine::of(&job)))
}

fn decision_page(
    may: &May<SeeComparison>,
    decision: &Decision,
    recorded: &Recorded,
    job: JobLine,
    again: Option<&Recomputed>,
) -> Result<HttpResponse> {
    let locale = may.locale();
    // A comparison from before its shape changed is not shown in words; its bytes are kept.
    let comparison: Option<Comparison> = serde_json::from_value(decision.comparison.clone()).ok();
    let page = ShowPage {
        job,
        decision: Line::of(recorded),
        finding: comparison.as_ref().map(|comparison| finding::finding(comparison, locale)),
        weights: comparison
            .iter()
            .flat_map(|comparison| &comparison.dimensions)
            .map(|dimension| (dimension.name.in_language(locale.tag()).to_owned(), dimension.share))
            .collect(),
        precision: comparison.as_ref().and_then(|comparison| finding::precision(comparison, locale)),
        inputs_digest: decision.inputs_digest.clone(),
        figures_digest: decision.figures_digest.clone(),
        recomputed: again.map(Recomputed::code),
        same: match again {
            Some(Recomputed::OtherModel { same: true, .. }) => "yes",
            _ => "no",
        },
    };
    may.frame().page("decision/show.html", &page)
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
