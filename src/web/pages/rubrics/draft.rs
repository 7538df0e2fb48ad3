//! The draft of a rubric's next version: its first page, its languages and dimensions, publication and removal.

use actix_web::{HttpResponse, ResponseError, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    done, language,
    place::{Places, Section},
    with_done,
};
use crate::{
    domain::{
        id::RubricId,
        policy::EditRubrics,
        rubric::{Edit, Rejected, Rubric, Step, differences},
    },
    error::{Error, Message, Result},
    i18n::languages::{LANGUAGES, language_name},
    store::rubric_version::{self, RubricVersion},
    usecases::rubric::{self, Saved},
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::May,
    },
};

#[derive(Serialize)]
struct DraftPage {
    id: RubricId,
    name: String,
    version: i32,
    revision: i64,
    /// Nothing of the rubric was ever published.
    is_first: bool,
    language: String,
    sections: Vec<SectionLine>,
    dimensions: Vec<DimensionLine>,
    languages: Vec<LanguageLine>,
    /// Tag and name of what may be added.
    other_languages: Vec<(&'static str, &'static str)>,
    complaints: Vec<(String, String, String)>,
    changes: usize,
    form: Form,
    done: Option<&'static str>,
}

#[derive(Serialize)]
struct SectionLine {
    href: String,
    key: &'static str,
}

#[derive(Serialize)]
struct DimensionLine {
    key: String,
    href: String,
    name: String,
    questions: usize,
    indicators: usize,
    share: f64,
    is_top: bool,
    is_bottom: bool,
}

#[derive(Serialize)]
struct LanguageLine {
    tag: String,
    name: String,
    is_first: bool,
    written: usize,
    total: usize,
}

pub async fn begin(may: May<EditRubrics>, id: Path<RubricId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    rubric::begin_draft(&mut conn, &may.scope(), &may.actor(), *id).await?;
    Ok(see_other(format!("/rubrics/{id}/draft")))
}

pub async fn show(may: May<EditRubrics>, id: Path<RubricId>, Query(query): Query) -> Result<HttpResponse> {
    let known = ["rubric-copied", "rubric-draft-saved"];
    page(&may, *id, StatusCode::OK, Form::default(), done(&query, &known)).await
}

/// Languages and dimensions that come, go and change places.
pub async fn step(may: May<EditRubrics>, id: Path<RubricId>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let step = match fields.get("step") {
            "add dimension" => Some(Step::AddDimension(parser.line("dimension", 120))),
            "add language" => {
                let tag = fields.get("language");
                if !LANGUAGES.iter().any(|(known, _)| *known == tag) {
                    parser.complain("language", Message::new("form-not-a-choice"));
                }
                Some(Step::AddLanguage(tag.to_owned()))
            }
            _ => parser.parsed("step"),
        };
        parser.finish()?;
        let edit = Edit { language: fields.get("in").to_owned(), typed: Vec::new(), step };
        let mut conn = may.db().await?;
        match rubric::save(&mut conn, &may.scope(), &may.actor(), *id, &edit, 0).await? {
            Saved::Kept { .. } => Ok(()),
            Saved::Rejected { rejected: Rejected::Invalid(complaints), .. } => {
                let complaints = complaints.into_iter().map(|one| {
                    crate::error::Complaint::new(
                        fields.get("step").replace("add ", ""),
                        Message::new(one.code.message()),
                    )
                });
                Err(Error::Invalid(complaints.collect()))
            }
            Saved::Rejected { .. } => Ok(()),
        }
    };
    match attempt.await {
        Ok(()) => Ok(see_other(with_done(&format!("/rubrics/{id}/draft"), "", "rubric-draft-saved", ""))),
        Err(error) => again(&may, *id, fields, error).await,
    }
}

pub async fn publish(may: May<EditRubrics>, id: Path<RubricId>, fields: Fields) -> Result<HttpResponse> {
    let revision = fields.get("revision").parse().unwrap_or(-1);
    let mut conn = may.db().await?;
    let published = rubric::publish(&mut conn, &may.scope(), &may.actor(), *id, revision).await;
    drop(conn);
    match published {
        Ok(_) => Ok(see_other(with_done(&format!("/rubrics/{id}"), "", "rubric-published-now", ""))),
        // The complaints stand on the draft's page whenever there are any.
        Err(Error::Invalid(_)) => {
            let form = Form::again(fields, Error::refused("rubric-not-yet-publishable"), may.locale())?;
            page(&may, *id, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
        }
        Err(error) => again(&may, *id, fields, error).await,
    }
}

#[derive(Serialize)]
struct RemovalPage {
    id: RubricId,
    name: String,
    version: i32,
    is_first: bool,
    changes: usize,
}

pub async fn removal(may: May<EditRubrics>, id: Path<RubricId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let draft = rubric_version::draft(&mut conn, &may.scope(), *id).await?;
    let newest = rubric_version::newest(&mut conn, &may.scope(), *id).await?;
    let rubric = draft.rubric()?;
    let page = RemovalPage {
        id: *id,
        name: name(&rubric, &language(&rubric, "", may.locale())),
        version: draft.version,
        is_first: newest.is_draft(),
        changes: changes(&newest, &rubric)?,
    };
    may.frame().page("rubrics/removal.html", &page)
}

pub async fn remove(may: May<EditRubrics>, id: Path<RubricId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    rubric::discard_draft(&mut conn, &may.scope(), &may.actor(), *id).await?;
    Ok(see_other(with_done("/rubrics", "", "rubric-discarded", "")))
}

async fn again(may: &May<EditRubrics>, id: RubricId, fields: Fields, error: Error) -> Result<HttpResponse> {
    let status = error.status_code();
    let form = Form::again(fields, error, may.locale())?;
    page(may, id, status, form, None).await
}

async fn page(
    may: &May<EditRubrics>,
    id: RubricId,
    status: StatusCode,
    form: Form,
    done: Option<&'static str>,
) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let draft = rubric_version::draft(&mut conn, &may.scope(), id).await?;
    let newest = rubric_version::newest(&mut conn, &may.scope(), id).await?;
    let rubric = draft.rubric()?;
    let first = rubric.languages.first().cloned().unwrap_or_default();
    let places = Places { locale: may.locale(), language: &first, rubrics: vec![&rubric] };
    let complaint = |one: &crate::domain::rubric::Complaint| {
        (places.href(id, &one.path, &first), places.words(&one.path), may.locale().word(one.code.message()))
    };
    let page = DraftPage {
        id,
        name: name(&rubric, &first),
        version: draft.version,
        revision: draft.revision,
        is_first: newest.is_draft(),
        sections: vec![
            SectionLine { href: Section::Basics.path(id), key: "basics" },
            SectionLine { href: Section::Guide.path(id), key: "guide" },
        ],
        dimensions: dimension_lines(&rubric, id, &first),
        languages: language_lines(&rubric),
        other_languages: LANGUAGES
            .iter()
            .filter(|(tag, _)| !rubric.languages.iter().any(|known| known == tag))
            .copied()
            .collect(),
        complaints: rubric.check().iter().map(complaint).collect(),
        changes: changes(&newest, &rubric)?,
        language: first.clone(),
        form,
        done,
    };
    may.frame().page_with(status, "rubrics/draft.html", &page)
}

fn dimension_lines(rubric: &Rubric, id: RubricId, language: &str) -> Vec<DimensionLine> {
    let total: f64 = rubric.dimensions.iter().map(|dimension| f64::from(dimension.weight)).sum();
    let last = rubric.dimensions.len().saturating_sub(1);
    let line = |(at, dimension): (usize, &crate::domain::rubric::Dimension)| DimensionLine {
        key: dimension.key.clone(),
        href: Section::Dimension(dimension.key.clone()).path(id),
        name: dimension.name.in_language(language).to_owned(),
        questions: dimension.questions.len(),
        indicators: dimension.indicators.len(),
        share: if total > 0.0 { f64::from(dimension.weight) / total } else { 0.0 },
        is_top: at == 0,
        is_bottom: at == last,
    };
    rubric.dimensions.iter().enumerate().map(line).collect()
}

/// How much of what the first language says is written in each language.
fn language_lines(rubric: &Rubric) -> Vec<LanguageLine> {
    let texts = rubric.texts();
    let first = rubric.languages.first().map(String::as_str).unwrap_or_default();
    let written =
        |tag: &str| texts.iter().filter(|(_, text)| text.get(first).is_some() && text.get(tag).is_some()).count();
    let line = |tag: &String| LanguageLine {
        tag: tag.clone(),
        name: language_name(tag).to_owned(),
        is_first: tag == first,
        written: written(tag),
        total: written(first),
    };
    rubric.languages.iter().map(line).collect()
}

/// How many places the draft changes; 0 while nothing is published.
fn changes(newest: &RubricVersion, draft: &Rubric) -> Result<usize> {
    Ok(if newest.is_draft() { 0 } else { differences(&newest.rubric()?, draft).len() })
}

pub(super) fn name(rubric: &Rubric, language: &str) -> String {
    let first = rubric.languages.first().map(String::as_str);
    rubric.name.in_first_of([language].into_iter().chain(first)).to_owned()
}
