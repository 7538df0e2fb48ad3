//! Rubrics: a list, each version read like a document, and drafts of the next version.

mod differences;
mod document;
mod draft;
mod fields;
mod place;
mod section;

use actix_web::{
    HttpResponse, ResponseError,
    http::header,
    web::{self, FormConfig, Path, ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::{
        id::RubricId,
        localized::Localized,
        policy::{EditRubrics, SeeRubrics},
        rubric::Rubric,
    },
    error::{Error, Result},
    i18n::{Locale, languages::language_name},
    store::rubric_version::{self, RubricLine},
    usecases::rubric,
    web::{
        forms::{self, Fields, Form, Query},
        view::see_other,
        who::May,
    },
};

/// A form holds all texts of a dimension in one language; nine bytes per letter in some scripts.
const FORM_LIMIT: usize = 1024 * 1024;
const PER_PAGE: i64 = 50;

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/rubrics", get().to(list))
        .route("/rubrics/{id}", get().to(document::newest))
        .route("/rubrics/{id}/versions/{version:[0-9]+}", get().to(document::version))
        .route("/rubrics/{id}/versions/{version:[0-9]+}.yaml", get().to(file))
        .route("/rubrics/{id}/copies", post().to(copy))
        .route("/rubrics/{id}/draft", get().to(draft::show))
        .route("/rubrics/{id}/draft", post().to(draft::begin))
        .route("/rubrics/{id}/draft/steps", post().to(draft::step))
        .route("/rubrics/{id}/draft/removal", get().to(draft::removal))
        .route("/rubrics/{id}/draft/removal", post().to(draft::remove))
        .route("/rubrics/{id}/draft/differences", get().to(differences::show))
        .route("/rubrics/{id}/draft/publication", post().to(draft::publish));
    for (path, show, save) in [
        ("/rubrics/{id}/draft/basics", get().to(section::basics), post().to(section::save_basics)),
        ("/rubrics/{id}/draft/guide", get().to(section::guide), post().to(section::save_guide)),
        ("/rubrics/{id}/draft/dimensions/{key}", get().to(section::dimension), post().to(section::save_dimension)),
    ] {
        config.service(web::resource(path).app_data(FormConfig::default().limit(FORM_LIMIT)).route(show).route(save));
    }
}

#[derive(Serialize)]
struct ListPage {
    rubrics: Vec<Line>,
    edits: bool,
    next: Option<String>,
    done: Option<&'static str>,
}

#[derive(Serialize)]
struct Line {
    href: String,
    name: String,
    summary: String,
    dimensions: Vec<String>,
    languages: Vec<String>,
    version: i32,
    published_at: Option<String>,
    draft: Option<DraftLine>,
    open_jobs: i64,
}

#[derive(Serialize)]
struct DraftLine {
    href: String,
    version: i32,
    created_by: Option<String>,
}

async fn list(may: May<SeeRubrics>, Query(query): Query) -> Result<HttpResponse> {
    let after = query.get("after").parse().ok();
    let mut conn = may.db().await?;
    let slice = rubric_version::list(&mut conn, &may.scope(), after, PER_PAGE).await?;
    let page = ListPage {
        rubrics: slice.items.iter().map(|line| Line::new(line, may.locale())).collect(),
        edits: may.also::<EditRubrics>(),
        next: slice.next.map(|id| format!("/rubrics?after={id}")),
        done: done(&query, &["rubric-discarded"]),
    };
    may.frame().page("rubrics/list.html", &page)
}

impl Line {
    fn new(line: &RubricLine, locale: Locale) -> Line {
        let languages: Vec<String> = serde_json::from_value(line.head.languages.clone()).unwrap_or_default();
        let first = languages.first().cloned().unwrap_or_default();
        let read = |text: &serde_json::Value| {
            let text: Localized = serde_json::from_value(text.clone()).unwrap_or_default();
            text.in_first_of([locale.tag(), &first]).to_owned()
        };
        let dimensions = line.head.dimensions.as_array().map(Vec::as_slice).unwrap_or_default();
        Line {
            href: format!("/rubrics/{}", line.id),
            name: read(&line.head.name),
            summary: read(&line.head.summary),
            dimensions: dimensions.iter().map(read).collect(),
            languages: languages.iter().map(|tag| language_name(tag).to_owned()).collect(),
            version: line.version,
            published_at: line.published_at.map(|at| at.to_string()),
            draft: line.draft.as_ref().map(|draft| DraftLine {
                href: format!("/rubrics/{}/draft", line.id),
                version: draft.version,
                created_by: draft.created_by.clone(),
            }),
            open_jobs: line.open_jobs,
        }
    }
}

async fn copy(may: May<EditRubrics>, id: Path<RubricId>, fields: Fields) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let attempt = async {
        let mut parser = fields.parser();
        let name = parser.line("name", 120);
        parser.finish()?;
        rubric::copy(&mut conn, &may.scope(), &may.actor(), *id, &name).await
    };
    match attempt.await {
        Ok(copy) => Ok(see_other(format!("/rubrics/{copy}/draft?done=rubric-copied"))),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            document::copy_again(&may, *id, status, form).await
        }
    }
}

/// A published version in one language, in the format of the built-in rubrics.
async fn file(may: May<SeeRubrics>, path: Path<(RubricId, i32)>, Query(query): Query) -> Result<HttpResponse> {
    let (id, number) = path.into_inner();
    let mut conn = may.db().await?;
    let rubric = rubric_version::published(&mut conn, &may.scope(), id, number).await?.rubric()?;
    let language = language(&rubric, query.get("language"), may.locale());
    let yaml = serde_saphyr::to_string(&rubric.in_language(&language))
        .map_err(|error| Error::Bug(anyhow::anyhow!("{error}")))?;
    let name = format!("attachment; filename=\"{}-{number}.{language}.yaml\"", rubric.key);
    Ok(HttpResponse::Ok()
        .content_type("application/yaml; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(yaml))
}

/// The wished language when the rubric is written in it, else the reader's, else the rubric's first.
fn language(rubric: &Rubric, wished: &str, locale: Locale) -> String {
    let known = |tag: &str| rubric.languages.iter().find(|known| *known == tag);
    known(wished).or_else(|| known(locale.tag())).or(rubric.languages.first()).cloned().unwrap_or_default()
}

/// A language of a rubric to choose.
#[derive(Serialize)]
struct Language {
    tag: String,
    name: String,
    current: bool,
}

fn languages(rubric: &Rubric, current: &str) -> Vec<Language> {
    let choice =
        |tag: &String| Language { tag: tag.clone(), name: language_name(tag).to_owned(), current: tag == current };
    rubric.languages.iter().map(choice).collect()
}

/// The address of a draft's page, with what the page before did.
fn with_done(path: &str, language: &str, done: &str, anchor: &str) -> String {
    let mut pairs = Vec::new();
    if !language.is_empty() {
        pairs.push(("language", language));
    }
    if !done.is_empty() {
        pairs.push(("done", done));
    }
    let query = forms::query(&pairs);
    let mark = if query.is_empty() { "" } else { "?" };
    let hash = if anchor.is_empty() { "" } else { "#" };
    format!("{path}{mark}{query}{hash}{anchor}")
}

/// What the page before did, when it is one of the keys that this page knows.
fn done(query: &Fields, known: &[&'static str]) -> Option<&'static str> {
    known.iter().find(|key| **key == query.get("done")).copied()
}
