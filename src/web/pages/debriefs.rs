//! Debriefs: opened, spoken in dimension by dimension, closed. A rater's word is written for the seat of whoever asks.

mod view;

use std::sync::Arc;

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use super::interviews::sender;
use crate::{
    domain::{
        debrief::{Answer, Citation, MAX_TEXT},
        id::{ApplicationId, DebriefId, ScorecardId},
        policy::{CloseDebriefs, Permission, Score, SeeJobs, leads_debriefs},
        rating::Rating,
        rubric::Rubric,
    },
    error::{Error, Message, Result},
    store::{self, application::Plannable, debrief::Debrief, rubric_cache},
    usecases::debrief::{self, Readiness, Word},
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::May,
    },
};

pub(super) use view::{Slopes, slopes};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/applications/{id}/debriefs/new", get().to(new))
        .route("/applications/{id}/debriefs", post().to(open))
        .route("/debriefs/{id}", get().to(show))
        .route("/debriefs/{id}/dimensions/{dimension}", get().to(dimension))
        .route("/debriefs/{id}/scorecards/{scorecard}/ratings/{dimension}", post().to(rate))
        .route("/debriefs/{id}/scorecards/{scorecard}/stay", post().to(stay))
        .route("/debriefs/{id}/closure", get().to(confirm_closure))
        .route("/debriefs/{id}/closure", post().to(close));
}

const DONE: [&str; 4] = ["debrief-done-opened", "debrief-done-rated", "debrief-done-stayed", "debrief-done-closed"];

#[derive(Serialize)]
struct NewPage {
    application: ApplicationId,
    candidate: String,
    job_id: String,
    job: String,
    /// How many scorecards would lie on the table; 0 while the panel is not ready.
    scorecards: usize,
    /// Why there can be no debrief, in a sentence.
    why_not: String,
    missing: Vec<view::MissingSeat>,
    /// A debrief to look at instead.
    instead: Option<DebriefId>,
}

async fn new(may: May<SeeJobs>, id: Path<ApplicationId>) -> Result<HttpResponse> {
    let page = new_page(&may, *id).await?;
    may.frame().page("debrief/new.html", &page)
}

async fn open(may: May<SeeJobs>, id: Path<ApplicationId>, _: Fields) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let roles = &may.signed.member.roles;
    let opened = debrief::open(&mut conn, &may.scope(), roles, &may.actor(), &sender(&may), *id).await;
    drop(conn);
    match opened {
        Ok(debrief) => {
            may.request.shared.outbox.wake();
            Ok(see_other(format!("/debriefs/{debrief}?done=debrief-done-opened")))
        }
        Err(error @ Error::Refused(_)) => {
            let page = new_page(&may, *id).await?;
            may.frame().page_with(error.status_code(), "debrief/new.html", &page)
        }
        Err(error) => Err(error),
    }
}

async fn new_page(may: &May<SeeJobs>, id: ApplicationId) -> Result<NewPage> {
    let (scope, locale, mut conn) = (may.scope(), may.locale(), may.db().await?);
    let Plannable { candidate, job, .. } = store::application::plannable(&mut conn, &scope, id).await?;
    let roles = &may.signed.member.roles;
    let ready = debrief::readiness(&mut conn, &scope, roles, &job, id, may.now()).await?;
    let mut page = NewPage {
        application: id,
        candidate: candidate.name,
        job_id: job.id.to_string(),
        job: job.full_title(),
        scorecards: 0,
        why_not: String::new(),
        missing: Vec::new(),
        instead: None,
    };
    match ready {
        Readiness::Ready(_) if !job.is_open() => page.why_not = locale.word("debrief-job-closed"),
        Readiness::Ready(scorecards) => page.scorecards = scorecards.len(),
        Readiness::Missing(seats) => {
            page.why_not = locale.say("debrief-scorecards-missing", &[("count", seats.len().into())]);
            page.missing = seats.iter().map(|seat| view::MissingSeat::of(seat, scope.member)).collect();
        }
        Readiness::TooFew => page.why_not = locale.word("debrief-too-few"),
        Readiness::Open(debrief) => {
            page.why_not = locale.word("debrief-already-open");
            page.instead = Some(debrief);
        }
        Readiness::NothingNew(debrief) => {
            page.why_not = locale.word("debrief-nothing-new");
            page.instead = Some(debrief);
        }
    }
    Ok(page)
}

async fn show(may: May<SeeJobs>, id: Path<DebriefId>, query: Query) -> Result<HttpResponse> {
    let page = show_page(&may, *id, query.done(&DONE), String::new()).await?;
    debrief::viewed(&mut *may.db().await?, &may.actor(), &[*id]).await?;
    may.frame().page("debrief/show.html", &page)
}

async fn show_page<P: Permission>(
    may: &May<P>,
    id: DebriefId,
    done: Option<&'static str>,
    error: String,
) -> Result<view::ShowPage> {
    let (found, rubric) = load(may, id).await?;
    Ok(view::ShowPage::new(&found, &rubric, may, done, error))
}

async fn load<P>(may: &May<P>, id: DebriefId) -> Result<(Debrief, Arc<Rubric>)> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let mut found = store::debrief::find(&mut conn, &scope, id).await?;
    let rubric = rubric_cache::published(&mut conn, &scope, found.rubric_version).await?;
    let hidden = may.hidden(&mut conn).await?;
    if let Some(label) = hidden.label(found.candidate) {
        found.candidate_name = label.to_owned();
        found.is_anonymous = true;
        found.cover(&hidden.cover);
    }
    Ok((found, rubric))
}

async fn dimension(may: May<SeeJobs>, path: Path<(DebriefId, String)>, query: Query) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    let wanted = query.0.get("scorecard").parse().ok();
    let page = dimension_page(&may, id, &key, None, wanted, query.done(&DONE)).await?;
    debrief::viewed(&mut *may.db().await?, &may.actor(), &[id]).await?;
    may.frame().page("debrief/dimension.html", &page)
}

async fn dimension_page<P: Permission>(
    may: &May<P>,
    id: DebriefId,
    key: &str,
    typed: Option<(ScorecardId, Form, Vec<String>)>,
    wanted: Option<ScorecardId>,
    done: Option<&'static str>,
) -> Result<view::DimensionPage> {
    let (found, rubric) = load(may, id).await?;
    view::DimensionPage::new(&found, &rubric, key, typed, wanted, may, done).ok_or(Error::NotFound)
}

async fn rate(may: May<Score>, path: Path<(DebriefId, ScorecardId, String)>, fields: Fields) -> Result<HttpResponse> {
    let (id, scorecard, dimension) = path.into_inner();
    let attempt = async {
        let word = Word {
            base_revision: base_revision(&fields),
            scorecard,
            dimension: dimension.clone(),
            said: answer(&fields)?,
        };
        let mut conn = may.db().await?;
        debrief::rate(&mut conn, &may.scope(), &may.actor(), id, &word).await
    };
    match attempt.await {
        Ok(()) => Ok(see_other(format!("/debriefs/{id}/dimensions/{dimension}?done=debrief-done-rated"))),
        Err(error @ (Error::Invalid(_) | Error::Refused(_))) => {
            let status = error.status_code();
            let cited = fields.all("evidence").map(str::to_owned).collect();
            let form = Form::again(fields, error, may.locale())?;
            let page = dimension_page(&may, id, &dimension, Some((scorecard, form, cited)), None, None).await?;
            // Whoever has no rating here is told nothing but that.
            if page.is_own(scorecard) {
                may.frame().page_with(status, "debrief/dimension.html", &page)
            } else {
                Err(Error::NotFound)
            }
        }
        Err(error) => Err(error),
    }
}

/// What no page of ours sends is the revision of nothing.
fn base_revision(fields: &Fields) -> i64 {
    fields.get("base_revision").parse().unwrap_or(-1)
}

/// What a form says of a rating.
pub(in crate::web) fn answer(fields: &Fields) -> Result<Answer> {
    let mut parser = fields.parser();
    let rating = Rating::from_text(fields.get("rating")).ok().flatten();
    if rating.is_none() {
        parser.complain("rating", Message::new("form-required"));
    }
    let mut evidence: Vec<Citation> = parser.each("evidence");
    evidence.sort();
    evidence.dedup();
    let reason = parser.text("reason", MAX_TEXT);
    let note = parser.text("note", MAX_TEXT);
    parser.finish()?;
    Ok(Answer { rating: rating.ok_or(Error::NotFound)?, reason, evidence, note })
}

async fn stay(may: May<Score>, path: Path<(DebriefId, ScorecardId)>, _: Fields) -> Result<HttpResponse> {
    let (id, scorecard) = path.into_inner();
    let mut conn = may.db().await?;
    let stayed = debrief::stay(&mut conn, &may.scope(), &may.actor(), id, scorecard).await;
    drop(conn);
    match stayed {
        Ok(()) => Ok(see_other(format!("/debriefs/{id}?done=debrief-done-stayed"))),
        Err(Error::Refused(message)) => {
            let page = show_page(&may, id, None, message.say(may.locale())).await?;
            may.frame().page_with(StatusCode::CONFLICT, "debrief/show.html", &page)
        }
        Err(error) => Err(error),
    }
}

async fn confirm_closure(may: May<CloseDebriefs>, id: Path<DebriefId>) -> Result<HttpResponse> {
    let page = closure_page(&may, *id, Form::default()).await?;
    may.frame().page("debrief/closure.html", &page)
}

async fn close(may: May<CloseDebriefs>, id: Path<DebriefId>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let summary = parser.text("summary", MAX_TEXT);
        parser.finish()?;
        let revision = fields.get("revision").parse().unwrap_or(-1);
        let (scope, roles, mut conn) = (may.scope(), &may.signed.member.roles, may.db().await?);
        debrief::close(&mut conn, &scope, roles, &may.actor(), *id, revision, &summary).await
    };
    match attempt.await {
        Ok(()) => Ok(see_other(format!("/debriefs/{id}?done=debrief-done-closed"))),
        Err(error @ (Error::Invalid(_) | Error::Refused(_))) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            let page = closure_page(&may, *id, form).await?;
            may.frame().page_with(status, "debrief/closure.html", &page)
        }
        Err(error) => Err(error),
    }
}

/// Nothing typed is lost, and what stands above it is what holds now.
async fn closure_page(may: &May<CloseDebriefs>, id: DebriefId, form: Form) -> Result<view::ClosurePage> {
    let (found, rubric) = load(may, id).await?;
    if !leads_debriefs(&may.signed.member.roles, may.signed.member.id, found.hiring_manager) {
        return Err(Error::Forbidden);
    }
    Ok(view::ClosurePage::new(&found, &rubric, form, may.locale()))
}
