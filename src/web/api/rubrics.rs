//! Rubrics: what interviews ask and what ratings mean. Only published versions, which never change.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web::Path};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    document::Reading,
    page::{Page, Paging, Params},
};
use crate::{
    domain::{
        id::{RubricId, RubricVersionId},
        localized::Localized,
        medium::Medium,
        policy::SeeRubrics,
        rubric::{self, QuestionKind, Sign},
    },
    error::{Error, Result},
    store::rubric_version::{self, Release},
    web::{forms::Query, who::May},
};

/// A rubric and its newest published version.
#[derive(Serialize, ToSchema)]
pub struct RubricLine {
    id: RubricId,
    key: String,
    name: Localized,
    newest: VersionLine,
}

/// A rubric with all its published versions.
#[derive(Serialize, ToSchema)]
pub struct Rubric {
    id: RubricId,
    key: String,
    name: Localized,
    /// Newest first.
    versions: Vec<VersionLine>,
}

/// A published version, for short.
#[derive(Serialize, ToSchema)]
pub struct VersionLine {
    /// What a job names as its `rubric_version`.
    id: RubricVersionId,
    version: i32,
    published_at: Option<Timestamp>,
}

/// A published version with all it says.
#[derive(Serialize, ToSchema)]
pub struct RubricVersion {
    id: RubricVersionId,
    rubric: RubricId,
    key: String,
    version: i32,
    published_at: Option<Timestamp>,
    /// The first one is complete and stands in for what the others lack.
    languages: Vec<String>,
    name: Localized,
    summary: Localized,
    role_family: Localized,
    minutes: u16,
    /// What the ratings 1 to 5 are called.
    scale: BTreeMap<String, Label>,
    not_enough_evidence: Label,
    rules: Vec<Localized>,
    dimensions: Vec<Dimension>,
}

#[derive(Serialize, ToSchema)]
pub struct Label {
    name: Localized,
    text: Localized,
}

/// One side of a candidate that is rated on its own evidence.
#[derive(Serialize, ToSchema)]
pub struct Dimension {
    key: String,
    name: Localized,
    headline: Localized,
    definition: Localized,
    why: Localized,
    caution: Option<Localized>,
    /// 0 to 100, relative to the other dimensions.
    weight: u8,
    questions: Vec<Question>,
    indicators: Vec<Indicator>,
    not_evidence: Vec<Localized>,
    /// What each rating from 1 to 5 looks like.
    anchors: BTreeMap<String, Localized>,
}

#[derive(Serialize, ToSchema)]
pub struct Question {
    key: String,
    kind: QuestionKind,
    text: Localized,
    probes: Vec<Localized>,
}

/// An act to listen for and tick.
#[derive(Serialize, ToSchema)]
pub struct Indicator {
    key: String,
    sign: Sign,
    /// Where it can be observed.
    media: Vec<Medium>,
    text: Localized,
}

impl From<&Release> for VersionLine {
    fn from(version: &Release) -> VersionLine {
        VersionLine { id: version.id, version: version.version, published_at: version.published_at }
    }
}

impl From<Release> for RubricVersion {
    fn from(version: Release) -> RubricVersion {
        let content = version.content;
        RubricVersion {
            id: version.id,
            rubric: version.rubric,
            key: version.key,
            version: version.version,
            published_at: version.published_at,
            languages: content.languages,
            name: content.name,
            summary: content.summary,
            role_family: content.role_family,
            minutes: content.minutes,
            scale: content.scale.into_iter().map(|(step, label)| (step.to_string(), label.into())).collect(),
            not_enough_evidence: content.not_enough_evidence.into(),
            rules: content.rules,
            dimensions: content.dimensions.into_iter().map(Dimension::from).collect(),
        }
    }
}

impl From<rubric::Label> for Label {
    fn from(label: rubric::Label) -> Label {
        Label { name: label.name, text: label.text }
    }
}

impl From<rubric::Dimension> for Dimension {
    fn from(dimension: rubric::Dimension) -> Dimension {
        let question = |question: rubric::Question| Question {
            key: question.key,
            kind: question.kind,
            text: question.text,
            probes: question.probes,
        };
        let indicator = |indicator: rubric::Indicator| Indicator {
            key: indicator.key,
            sign: indicator.sign,
            media: indicator.media,
            text: indicator.text,
        };
        Dimension {
            key: dimension.key,
            name: dimension.name,
            headline: dimension.headline,
            definition: dimension.definition,
            why: dimension.why,
            caution: dimension.caution,
            weight: dimension.weight,
            questions: dimension.questions.into_iter().map(question).collect(),
            indicators: dimension.indicators.into_iter().map(indicator).collect(),
            not_evidence: dimension.not_evidence,
            anchors: dimension.anchors.into_iter().map(|(step, text)| (step.to_string(), text)).collect(),
        }
    }
}

/// The organisation's rubrics that have a published version, oldest first.
#[utoipa::path(
    get, path = "/api/v1/rubrics", tag = "rubrics", operation_id = "listRubrics", params(Paging),
    responses((status = 200, description = "A page of rubrics", body = Page<RubricLine>), Reading)
)]
pub async fn list(may: May<SeeRubrics>, query: Query) -> Result<HttpResponse> {
    let mut params = Params::new(&query, &[]);
    let wanted = params.wanted::<RubricId>();
    params.finish()?;
    let mut conn = may.db().await?;
    let found = rubric_version::newest_releases(&mut conn, &may.scope(), wanted.after, wanted.limit).await?;
    let line = |version: Release| RubricLine {
        newest: VersionLine::from(&version),
        id: version.rubric,
        key: version.key,
        name: version.content.name,
    };
    let items = found.items.into_iter().map(line).collect();
    Page::<RubricLine>::answer(&may.request.path, &query, items, found.next)
}

/// A rubric with its published versions.
#[utoipa::path(
    get, path = "/api/v1/rubrics/{id}", tag = "rubrics", operation_id = "getRubric",
    params(("id" = RubricId, Path, description = "The rubric")),
    responses((status = 200, description = "The rubric", body = Rubric), Reading)
)]
pub async fn show(may: May<SeeRubrics>, id: Path<RubricId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let versions = rubric_version::releases_of(&mut conn, &may.scope(), *id, None).await?;
    let newest = versions.first().ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok().json(Rubric {
        id: newest.rubric,
        key: newest.key.clone(),
        name: newest.content.name.clone(),
        versions: versions.iter().map(VersionLine::from).collect(),
    }))
}

/// A published version with all it says. It never changes.
#[utoipa::path(
    get, path = "/api/v1/rubrics/{id}/versions/{version}", tag = "rubrics", operation_id = "getRubricVersion",
    params(
        ("id" = RubricId, Path, description = "The rubric"),
        ("version" = i32, Path, description = "The version's number, from 1"),
    ),
    responses((status = 200, description = "The version", body = RubricVersion), Reading)
)]
pub async fn show_version(may: May<SeeRubrics>, path: Path<(RubricId, i32)>) -> Result<HttpResponse> {
    let (id, number) = path.into_inner();
    let mut conn = may.db().await?;
    let versions = rubric_version::releases_of(&mut conn, &may.scope(), id, Some(number)).await?;
    let version = versions.into_iter().next().ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok().json(RubricVersion::from(version)))
}
