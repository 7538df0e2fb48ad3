//! The comparison of a job's candidates: the page, what moves with the weights, and the page while it is computed.

pub(in crate::web) mod asked;
mod duel;
mod evidence;
mod parts;

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Path, ServiceConfig, get},
};
use serde::Serialize;

use asked::{Patience, Weight, chosen, joined, only, places, weights, what_if};
use parts::{MissingSeat, Said, Why, missing_seats, said};

use crate::{
    domain::{
        finding,
        id::{CandidateId, JobId},
        policy::{Decide, ExportRecords, RunJobs, SeeComparison, SendSummary, answers_for},
    },
    error::Result,
    figures::{self, HeatTable},
    store::{self, comparison::Shortlist},
    usecases::comparison::{compare_with, fitted, fitted_within},
    web::{
        forms::Query,
        pages::{
            debriefs::{self, Slopes},
            decisions::Line,
        },
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/jobs/{id}/comparison", get().to(show))
        .route("/jobs/{id}/comparison/figure", get().to(figure))
        .route("/jobs/{id}/comparison/duel", get().to(duel::show))
        .route("/jobs/{id}/comparison/{dimension}", get().to(evidence::evidence));
}

#[derive(Serialize)]
struct ComparisonPage {
    job: JobLine,
    candidates: usize,
    submitted: usize,
    expected: usize,
    said: Said,
    weights: Vec<Weight>,
    pinned: bool,
    what_if: bool,
    table: HeatTable,
    /// One per row of the table.
    rows: Vec<Row>,
    why: Vec<Why>,
    differences: Vec<String>,
    reliability: Option<String>,
    precision: Option<String>,
    /// Only some of the candidates are shown: their ids, comma-separated.
    chosen: Option<String>,
    hidden: Option<String>,
    missing: Option<String>,
    missing_seats: Vec<MissingSeat>,
    decisions: Vec<Line>,
    debriefs: Option<Slopes>,
    may_decide: bool,
    may_send: bool,
    may_export: bool,
    may_edit: bool,
    has_open_seat: bool,
}

#[derive(Serialize)]
pub(super) struct JobLine {
    pub id: String,
    pub title: String,
    /// Candidates are compared under labels.
    pub anonymised: bool,
}

impl JobLine {
    pub fn of(job: &store::job::Job) -> JobLine {
        JobLine { id: job.id.to_string(), title: job.full_title(), anonymised: job.anonymised }
    }
}

#[derive(Serialize)]
struct Row {
    chosen: bool,
    outcome: Option<&'static str>,
}

async fn show(
    may: May<SeeComparison>,
    id: Path<JobId>,
    Query(query): Query,
    Patience(patience): Patience,
) -> Result<HttpResponse> {
    let (scope, locale) = (may.scope(), may.locale());
    let mut conn = may.db().await?;
    let shortlist = store::comparison::load(&mut conn, &scope, *id, may.now()).await?;
    let decisions = store::decision::of_job(&mut conn, &scope, *id).await?;
    let debriefed = store::debrief::of_job(&mut conn, &scope, *id).await?;
    drop(conn);

    let candidates = shortlist.inputs.candidates.len();
    let chosen = chosen(&query, &shortlist)?;
    let (what_if, places) = (what_if(&query, &shortlist)?, places(&query)?);
    let Some(fitted) = fitted_within(&shortlist.inputs, patience).await? else {
        return computing(&may, &shortlist);
    };
    let shortlist = only(shortlist, chosen.as_ref());
    let weights = weights(&shortlist, what_if.as_ref(), locale);
    let inputs = match &what_if {
        Some(weights) => shortlist.inputs.clone().with_weights(weights),
        None => shortlist.inputs.clone(),
    };
    let comparison = Arc::new(compare_with(inputs, fitted).await?.in_order_for(locale));
    let said = said(Arc::clone(&comparison), places, locale).await?;

    let table = figures::heat_table(&comparison, locale);
    let holding: BTreeMap<CandidateId, &'static str> =
        decisions.iter().rev().map(|decision| (decision.candidate, decision.outcome.as_str())).collect();
    let job = &shortlist.job;
    let answers = answers_for(&may.signed.member.roles, scope.member, job.hiring_manager_id);
    let page = ComparisonPage {
        candidates,
        submitted: comparison.submitted,
        expected: comparison.expected,
        weights,
        pinned: job.is_pinned(),
        what_if: what_if.is_some(),
        rows: table
            .rows
            .iter()
            .map(|row| Row {
                chosen: chosen.as_ref().is_some_and(|chosen| chosen.contains(&row.candidate)),
                outcome: holding.get(&row.candidate).copied(),
            })
            .collect(),
        table,
        why: comparison.candidates.iter().filter_map(|found| Why::of(found, &comparison, locale)).collect(),
        differences: finding::differences(&comparison, locale),
        reliability: (comparison.submitted > 0).then(|| finding::reliability(&comparison, locale)),
        precision: finding::precision(&comparison, locale),
        chosen: joined(chosen.as_ref()),
        hidden: finding::hidden(&comparison, locale),
        missing: finding::missing(&comparison, locale),
        missing_seats: missing_seats(&comparison, locale),
        decisions: decisions.iter().map(Line::of).collect(),
        debriefs: debriefs::slopes(&debriefed, locale),
        may_decide: may.also::<Decide>() && answers && shortlist.erased.len() < candidates,
        may_send: may.also::<SendSummary>() && answers,
        may_export: may.also::<ExportRecords>(),
        may_edit: may.also::<RunJobs>() && !job.is_pinned(),
        has_open_seat: shortlist.is_blind(&scope),
        job: JobLine::of(job),
        said,
    };
    may.frame().page("comparison/show.html", &page)
}

#[derive(Serialize)]
struct ComputingPage {
    job: JobLine,
    candidates: usize,
    scorecards: usize,
}

/// While it is computed: the page asks again, with script or without.
fn computing(may: &May<SeeComparison>, shortlist: &Shortlist) -> Result<HttpResponse> {
    let page = ComputingPage {
        job: JobLine::of(&shortlist.job),
        candidates: shortlist.inputs.candidates.len(),
        scorecards: shortlist.inputs.scorecards.len(),
    };
    may.frame().page_with(StatusCode::ACCEPTED, "comparison/computing.html", &page)
}

#[derive(Serialize)]
struct FigurePage {
    said: Said,
    chosen: Option<String>,
    what_if: bool,
    weights: Vec<Weight>,
}

/// What moves with the weights, for the page's script; the same code draws it for the page.
async fn figure(may: May<SeeComparison>, id: Path<JobId>, Query(query): Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let shortlist = store::comparison::load(&mut conn, &may.scope(), *id, may.now()).await?;
    drop(conn);
    let chosen = chosen(&query, &shortlist)?;
    let (what_if, places) = (what_if(&query, &shortlist)?, places(&query)?);
    let fitted = fitted(&shortlist.inputs).await?;
    let shortlist = only(shortlist, chosen.as_ref());
    let inputs = match &what_if {
        Some(weights) => shortlist.inputs.clone().with_weights(weights),
        None => shortlist.inputs.clone(),
    };
    let comparison = Arc::new(compare_with(inputs, fitted).await?.in_order_for(may.locale()));
    let page = FigurePage {
        chosen: joined(chosen.as_ref()),
        what_if: what_if.is_some(),
        weights: weights(&shortlist, what_if.as_ref(), may.locale()),
        said: said(comparison, places, may.locale()).await?,
    };
    may.frame().page("comparison/figure.html", &page)
}
