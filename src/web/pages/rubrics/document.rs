//! A version of a rubric, read like a document.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{Language, done, language, languages};
use crate::{
    domain::{
        id::RubricId,
        localized::Localized,
        medium::Medium,
        policy::{EditRubrics, Permission, SeeRubrics},
        rubric::{Dimension, Indicator, Label, Question, QuestionKind, RubricFile, Sign},
    },
    error::Result,
    store::{
        job::JobState,
        rubric_version::{self, HistoryLine, PinnedJob, RubricVersion},
    },
    web::{
        forms::{Fields, Form, Query},
        who::May,
    },
};

/// As many jobs as a version history shows.
const JOBS: i64 = 100;

#[derive(Serialize)]
struct DocumentPage {
    id: RubricId,
    /// Where the filter's form leads.
    here: String,
    version: i32,
    is_draft: bool,
    published_at: Option<String>,
    /// The number of a newer published version.
    newer: Option<i32>,
    /// The number of the draft.
    draft: Option<i32>,
    edits: bool,
    language: String,
    languages: Vec<Language>,
    /// How many texts stand in another language for want of a translation.
    untranslated: usize,
    medium: &'static str,
    media: Vec<&'static str>,
    name: String,
    summary: String,
    role_family: String,
    minutes: u16,
    scale: Vec<Point>,
    not_enough_evidence: Label<String>,
    rules: Vec<String>,
    dimensions: Vec<DimensionView>,
    briefing: String,
    briefing_steps: Vec<String>,
    briefing_facts: Vec<String>,
    guide: Vec<(&'static str, Vec<String>)>,
    errors: Vec<Label<String>>,
    history: Vec<VersionView>,
    copy: Form,
    done: Option<&'static str>,
}

/// A rating with what it is called, or with what it looks like.
#[derive(Serialize)]
struct Point {
    point: u8,
    name: String,
    text: String,
}

#[derive(Serialize)]
struct DimensionView {
    key: String,
    name: String,
    headline: String,
    definition: String,
    why: String,
    caution: String,
    /// Share of the whole, 0 to 1.
    share: f64,
    questions: Vec<(&'static str, Vec<Question<String>>)>,
    positive: Vec<IndicatorView>,
    negative: Vec<IndicatorView>,
    not_evidence: Vec<String>,
    anchors: Vec<Point>,
}

#[derive(Serialize)]
struct IndicatorView {
    text: String,
    /// Empty when it can be observed in every medium.
    media: Vec<&'static str>,
}

#[derive(Serialize)]
struct VersionView {
    version: i32,
    is_draft: bool,
    published_at: Option<String>,
    created_by: Option<String>,
    is_shown: bool,
    jobs: Vec<JobView>,
}

#[derive(Serialize)]
struct JobView {
    href: String,
    title: String,
    is_open: bool,
}

pub async fn newest(may: May<SeeRubrics>, id: Path<RubricId>, Query(query): Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let version = rubric_version::newest(&mut conn, &may.scope(), *id).await?;
    drop(conn);
    show(&may, &version, format!("/rubrics/{id}"), &query, StatusCode::OK, Form::default()).await
}

pub async fn version(may: May<SeeRubrics>, path: Path<(RubricId, i32)>, Query(query): Query) -> Result<HttpResponse> {
    let (id, number) = path.into_inner();
    let mut conn = may.db().await?;
    let version = rubric_version::published(&mut conn, &may.scope(), id, number).await?;
    drop(conn);
    show(&may, &version, format!("/rubrics/{id}/versions/{number}"), &query, StatusCode::OK, Form::default()).await
}

/// The document with the form for copying it as it was sent.
pub async fn copy_again(may: &May<EditRubrics>, id: RubricId, status: StatusCode, copy: Form) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let version = rubric_version::newest(&mut conn, &may.scope(), id).await?;
    drop(conn);
    show(may, &version, format!("/rubrics/{id}"), &Fields::default(), status, copy).await
}

async fn show<P: Permission>(
    may: &May<P>,
    version: &RubricVersion,
    here: String,
    query: &Fields,
    status: StatusCode,
    copy: Form,
) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let history = rubric_version::history(&mut conn, &may.scope(), version.rubric_id).await?;
    let jobs = rubric_version::pinned_jobs(&mut conn, &may.scope(), version.rubric_id, JOBS).await?;

    let rubric = version.rubric()?;
    let language = language(&rubric, query.get("language"), may.locale());
    let medium: Option<Medium> = query.get("medium").parse().ok();
    let is_untranslated =
        |(_, text): &&(String, Localized)| text.get(&language).is_none() && text.written().next().is_some();
    let untranslated = rubric.texts().iter().filter(is_untranslated).count();
    let newest = history.iter().find(|line| line.published_at.to_jiff().is_some()).map(|line| line.version);
    let read: RubricFile = rubric.in_language(&language);
    let total: f64 = read.dimensions.iter().map(|dimension| f64::from(dimension.weight)).sum();
    let dimensions =
        read.dimensions.iter().map(|dimension| DimensionView::new(dimension, total, medium, &read.scale)).collect();
    let page = DocumentPage {
        id: version.rubric_id,
        here,
        version: version.version,
        is_draft: version.is_draft(),
        published_at: version.published_at.to_jiff().map(|at| at.to_string()),
        newer: newest.filter(|newest| *newest > version.version),
        draft: history.iter().find(|line| line.published_at.to_jiff().is_none()).map(|line| line.version),
        edits: may.also::<EditRubrics>(),
        untranslated,
        languages: languages(&rubric, &language),
        language,
        medium: medium.map_or("", Medium::as_str),
        media: Medium::ALL.iter().map(|medium| medium.as_str()).collect(),
        name: read.name,
        summary: read.summary,
        role_family: read.role_family,
        minutes: read.minutes,
        scale: read
            .scale
            .into_iter()
            .rev()
            .map(|(point, label)| Point { point, name: label.name, text: label.text })
            .collect(),
        not_enough_evidence: read.not_enough_evidence,
        rules: read.rules,
        dimensions,
        briefing: read.briefing.text,
        briefing_steps: read.briefing.steps,
        briefing_facts: read.briefing.facts,
        guide: vec![("before", read.guide.before), ("during", read.guide.during), ("after", read.guide.after)],
        errors: read.guide.errors,
        history: history.iter().map(|line| VersionView::new(line, version.version, &jobs)).collect(),
        copy,
        done: done(query, &["rubric-published-now", "rubric-discarded"]),
    };
    may.frame().page_with(status, "rubrics/show.html", &page)
}

impl DimensionView {
    fn new(
        dimension: &Dimension<String>,
        total: f64,
        medium: Option<Medium>,
        scale: &BTreeMap<u8, Label<String>>,
    ) -> DimensionView {
        let of_kind = |kind: QuestionKind| {
            let questions: Vec<Question<String>> =
                dimension.questions.iter().filter(|question| question.kind == kind).cloned().collect();
            (kind.as_str(), questions)
        };
        let of_sign = |sign: Sign| {
            let observable = |one: &&Indicator<String>| medium.is_none_or(|medium| one.media.contains(&medium));
            dimension
                .indicators
                .iter()
                .filter(|one| one.sign == sign)
                .filter(observable)
                .map(IndicatorView::new)
                .collect()
        };
        DimensionView {
            key: dimension.key.clone(),
            name: dimension.name.clone(),
            headline: dimension.headline.clone(),
            definition: dimension.definition.clone(),
            why: dimension.why.clone(),
            caution: dimension.caution.clone().unwrap_or_default(),
            share: if total > 0.0 { f64::from(dimension.weight) / total } else { 0.0 },
            questions: vec![of_kind(QuestionKind::Behavioural), of_kind(QuestionKind::Situational)],
            positive: of_sign(Sign::Positive),
            negative: of_sign(Sign::Negative),
            not_evidence: dimension.not_evidence.clone(),
            anchors: dimension
                .anchors
                .iter()
                .rev()
                .map(|(point, text)| Point {
                    point: *point,
                    name: scale.get(point).map(|label| label.name.clone()).unwrap_or_default(),
                    text: text.clone(),
                })
                .collect(),
        }
    }
}

impl IndicatorView {
    fn new(indicator: &Indicator<String>) -> IndicatorView {
        let everywhere = Medium::ALL.iter().all(|medium| indicator.media.contains(medium));
        let media =
            if everywhere { Vec::new() } else { indicator.media.iter().map(|medium| medium.as_str()).collect() };
        IndicatorView { text: indicator.text.clone(), media }
    }
}

impl VersionView {
    fn new(line: &HistoryLine, shown: i32, jobs: &[PinnedJob]) -> VersionView {
        let published_at = line.published_at.to_jiff();
        VersionView {
            version: line.version,
            is_draft: published_at.is_none(),
            published_at: published_at.map(|at| at.to_string()),
            created_by: line.created_by.clone(),
            is_shown: line.version == shown,
            jobs: jobs.iter().filter(|job| job.version == line.version).map(JobView::new).collect(),
        }
    }
}

impl JobView {
    fn new(job: &PinnedJob) -> JobView {
        let title = if job.place.is_empty() { job.title.clone() } else { format!("{}, {}", job.title, job.place) };
        JobView { href: format!("/jobs/{}", job.id), title, is_open: job.state == JobState::Open }
    }
}
