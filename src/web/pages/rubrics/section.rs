//! The pages on which a draft is written: the basics, the guide, and one page per dimension, in one language at a time.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    Language, done,
    draft::name,
    fields::{Group, Writer},
    languages,
    place::{Places, Section},
    with_done,
};
use crate::{
    domain::{
        id::RubricId,
        policy::EditRubrics,
        rubric::{self, Clash, Complaint, Edit, Rejected, Rubric, Step, Typed},
    },
    error::{Error, Result},
    i18n::languages::language_name,
    store::rubric_version::{self, RubricVersion},
    usecases::rubric::{Saved, save as save_edit},
    web::{
        forms::{Fields, Query},
        view::see_other,
        who::May,
    },
};

#[derive(Serialize)]
struct SectionPage {
    id: RubricId,
    action: String,
    rubric: String,
    version: i32,
    title: String,
    language: String,
    language_name: String,
    /// The name of the language that is translated from; none on the first language's own page.
    original: Option<String>,
    original_tag: String,
    languages: Vec<Language>,
    revision: i64,
    /// `path=mark` of every field, separated by spaces.
    seen: String,
    errors: Vec<(String, String, String)>,
    clashes: usize,
    lost: Vec<(String, String)>,
    groups: Vec<Group>,
    next: Option<(String, String)>,
    done: Option<&'static str>,
}

/// What a form that was not saved shows instead of the draft.
#[derive(Default)]
pub struct Again {
    pub typed: BTreeMap<String, String>,
    /// The marks of the form as it was opened, when they still hold.
    pub seen: Option<(String, i64)>,
    pub complaints: Vec<Complaint>,
    pub clashes: Vec<Clash>,
}

#[derive(Serialize)]
struct LostPage {
    id: RubricId,
    rubric: String,
    lost: Vec<(String, String)>,
}

pub async fn basics(may: May<EditRubrics>, id: Path<RubricId>, Query(query): Query) -> Result<HttpResponse> {
    show(&may, *id, Section::Basics, &query).await
}

pub async fn guide(may: May<EditRubrics>, id: Path<RubricId>, Query(query): Query) -> Result<HttpResponse> {
    show(&may, *id, Section::Guide, &query).await
}

pub async fn dimension(
    may: May<EditRubrics>,
    path: Path<(RubricId, String)>,
    Query(query): Query,
) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    show(&may, id, Section::Dimension(key), &query).await
}

pub async fn save_basics(may: May<EditRubrics>, id: Path<RubricId>, fields: Fields) -> Result<HttpResponse> {
    save(&may, *id, Section::Basics, &fields).await
}

pub async fn save_guide(may: May<EditRubrics>, id: Path<RubricId>, fields: Fields) -> Result<HttpResponse> {
    save(&may, *id, Section::Guide, &fields).await
}

pub async fn save_dimension(
    may: May<EditRubrics>,
    path: Path<(RubricId, String)>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    save(&may, id, Section::Dimension(key), &fields).await
}

async fn show(may: &May<EditRubrics>, id: RubricId, section: Section, query: &Fields) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let draft = rubric_version::draft(&mut conn, &may.scope(), id).await?;
    let known = ["rubric-draft-saved", "rubric-draft-saved-alongside"];
    let said = done(query, &known);
    page(may, &draft, &section, query.get("language"), StatusCode::OK, Again::default(), said)
}

async fn save(may: &May<EditRubrics>, id: RubricId, section: Section, fields: &Fields) -> Result<HttpResponse> {
    let edit = edit(fields);
    let revision = fields.get("revision").parse().unwrap_or(-1);
    let mut conn = may.db().await?;
    let saved = match save_edit(&mut conn, &may.scope(), &may.actor(), id, &edit, revision).await {
        // Published or discarded by somebody else: the texts are handed back before they are gone.
        Err(Error::NotFound) => {
            let newest = rubric_version::newest(&mut conn, &may.scope(), id).await?;
            return lost(may, &newest, &edit);
        }
        other => other?,
    };
    match saved {
        Saved::Kept { edited, alongside } => {
            let said = if alongside { "rubric-draft-saved-alongside" } else { "rubric-draft-saved" };
            Ok(see_other(onward(id, &section, fields, &edit, edited.added.as_deref(), said)))
        }
        Saved::Rejected { rejected, draft } => {
            let is_gone = matches!(&section, Section::Dimension(key) if draft.rubric()?.dimension(key).is_none());
            if is_gone {
                return lost(may, &draft, &edit);
            }
            let (status, again) = match rejected {
                Rejected::Invalid(complaints) => {
                    let typed = edit.typed.iter().map(|typed| (typed.path.clone(), typed.value.clone())).collect();
                    let seen = Some((fields.get("seen").to_owned(), revision));
                    (StatusCode::UNPROCESSABLE_ENTITY, Again { typed, seen, complaints, clashes: Vec::new() })
                }
                Rejected::Clashes { clashes, merged } => {
                    (StatusCode::CONFLICT, Again { typed: merged, seen: None, complaints: Vec::new(), clashes })
                }
            };
            page(may, &draft, &section, &edit.language, status, again, None)
        }
    }
}

/// What a form brought. The list of marks says which fields it had.
fn edit(fields: &Fields) -> Edit {
    let marks = fields.get("seen").split_whitespace().filter_map(|pair| pair.rsplit_once('='));
    let typed = marks.filter_map(|(path, seen)| {
        let value = if path.ends_with(".media") {
            fields.all(path).collect::<Vec<_>>().join(" ")
        } else if fields.has(path) {
            fields.get(path).replace("\r\n", "\n").trim().to_owned()
        } else {
            return None;
        };
        Some(Typed { path: path.to_owned(), value, seen: seen.to_owned() })
    });
    let step: Option<Step> = fields.get("step").parse().ok();
    Edit { language: fields.get("language").to_owned(), typed: typed.collect(), step }
}

/// Where a saved form leads: to the page that the pressed button names, else to the same one, at the part that was added.
fn onward(id: RubricId, section: &Section, fields: &Fields, edit: &Edit, added: Option<&str>, said: &str) -> String {
    let go = fields.get("go");
    if let Some(language) = go.strip_prefix("language ") {
        return with_done(&section.path(id), language, said, "");
    }
    if let Some(key) = go.strip_prefix("dimension ") {
        return with_done(&Section::Dimension(key.to_owned()).path(id), &edit.language, said, "");
    }
    match go {
        "basics" => return with_done(&Section::Basics.path(id), &edit.language, said, ""),
        "guide" => return with_done(&Section::Guide.path(id), &edit.language, said, ""),
        "library" => return format!("{}/questions", section.path(id)),
        "draft" => return with_done(&format!("/rubrics/{id}/draft"), "", "rubric-draft-saved", ""),
        _ => {}
    }
    let anchor = match (&edit.step, added) {
        (Some(Step::AddQuestion(dimension)), Some(key)) => format!("dimensions.{dimension}.questions.{key}.text"),
        (Some(Step::AddIndicator(dimension, _)), Some(key)) => format!("dimensions.{dimension}.indicators.{key}.text"),
        (Some(Step::AddError), Some(at)) => format!("guide.errors[{at}].name"),
        (Some(Step::Move(_, key, _)), _) => format!("part-{key}"),
        (Some(Step::Remove(rubric::Part::Question, _)), _) => "questions".to_owned(),
        (Some(Step::Remove(rubric::Part::Indicator, _)), _) => "indicators".to_owned(),
        _ => String::new(),
    };
    with_done(&section.path(id), &edit.language, said, &anchor)
}

fn lost(may: &May<EditRubrics>, version: &RubricVersion, edit: &Edit) -> Result<HttpResponse> {
    let rubric = version.rubric()?;
    let places = Places { locale: may.locale(), language: &edit.language, rubrics: vec![&rubric] };
    let is_text = |typed: &&Typed| {
        !typed.value.is_empty()
            && !matches!(typed.path.rsplit('.').next(), Some("media" | "kind" | "sign" | "weight" | "minutes"))
    };
    let lost =
        edit.typed.iter().filter(is_text).map(|typed| (places.words(&typed.path), typed.value.clone())).collect();
    let page = LostPage { id: version.rubric_id, rubric: name(&rubric, &edit.language), lost };
    may.frame().page_with(StatusCode::CONFLICT, "rubrics/lost.html", &page)
}

fn page(
    may: &May<EditRubrics>,
    draft: &RubricVersion,
    section: &Section,
    wished: &str,
    status: StatusCode,
    again: Again,
    said: Option<&'static str>,
) -> Result<HttpResponse> {
    let (id, rubric) = (draft.rubric_id, draft.rubric()?);
    let first = rubric.languages.first().cloned().unwrap_or_default();
    let language = rubric.languages.iter().find(|tag| *tag == wished).unwrap_or(&first).clone();
    let places = Places { locale: may.locale(), language: &language, rubrics: vec![&rubric] };
    let values = rubric.places(&language);
    let marks = values.marks();
    let form =
        Writer { rubric: &rubric, places: &places, values: &values, again: &again, translating: language != first };
    let groups = match section {
        Section::Basics => form.basics(),
        Section::Guide => form.guide(),
        Section::Dimension(key) => form.dimension(key)?,
    };
    let shown = |group: &Group| -> Vec<String> {
        let fields = group.fields.iter().chain(group.parts.iter().flat_map(|part| &part.fields));
        fields
            .map(|field| format!("{}={}", field.path, marks.get(field.path.as_str()).map_or("", String::as_str)))
            .collect()
    };
    let (seen, revision) = again
        .seen
        .clone()
        .unwrap_or_else(|| (groups.iter().flat_map(shown).collect::<Vec<_>>().join(" "), draft.revision));
    let error = |one: &Complaint| (one.path.clone(), places.words(&one.path), may.locale().word(one.code.message()));
    let gone = again.clashes.iter().filter(|clash| clash.theirs.is_none());
    let page = SectionPage {
        id,
        action: section.path(id),
        rubric: name(&rubric, &language),
        version: draft.version,
        title: match section {
            Section::Basics => may.locale().word("rubric-basics"),
            Section::Guide => may.locale().word("rubric-guide"),
            Section::Dimension(key) => places.words(&format!("dimensions.{key}")),
        },
        original: form.translating.then(|| language_name(&first).to_owned()),
        original_tag: first.clone(),
        languages: languages(&rubric, &language),
        revision,
        seen,
        errors: again.complaints.iter().map(error).collect(),
        clashes: again.clashes.iter().filter(|clash| clash.theirs.is_some()).count(),
        lost: gone.map(|clash| (places.words(&clash.path), clash.mine.clone())).collect(),
        groups: groups.into_iter().map(Group::described).collect(),
        next: next(&rubric, section, &places),
        done: said,
        language_name: language_name(&language).to_owned(),
        language: language.clone(),
    };
    may.frame().page_with(status, "rubrics/section.html", &page)
}

/// The page after this one: its button's value and its name. None after the last.
fn next(rubric: &Rubric, section: &Section, places: &Places<'_>) -> Option<(String, String)> {
    let at = match section {
        Section::Basics => 0,
        Section::Dimension(key) => rubric.dimensions.iter().position(|dimension| dimension.key == *key)? + 1,
        Section::Guide => return None,
    };
    Some(match rubric.dimensions.get(at) {
        Some(dimension) => {
            (format!("dimension {}", dimension.key), places.words(&format!("dimensions.{}", dimension.key)))
        }
        None => ("guide".to_owned(), places.locale.word("rubric-guide")),
    })
}
