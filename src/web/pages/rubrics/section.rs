//! The pages on which a draft is written: the basics, the guide, and one page per dimension, in one language at a time.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    Language, done,
    draft::name,
    languages,
    place::{Places, Section},
    with_done,
};
use crate::{
    domain::{
        id::RubricId,
        medium::Medium,
        policy::EditRubrics,
        rubric::{self, Clash, Complaint, Edit, QuestionKind, Rejected, Rubric, Sign, Step, Typed},
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

/// Fields under one heading, then the parts that may come, go and change places.
#[derive(Default, Serialize)]
struct Group {
    key: &'static str,
    fields: Vec<Field>,
    parts: Vec<Part>,
    /// The steps that add a part, with the word's key.
    adds: Vec<(String, &'static str)>,
}

/// A question, an indicator or an error of the guide.
#[derive(Serialize)]
struct Part {
    title: String,
    fields: Vec<Field>,
    /// What its step names it: `question lis-b1`; empty when translating.
    step: String,
    moves: bool,
}

#[derive(Serialize)]
struct Field {
    path: String,
    label: String,
    kind: Kind,
    value: String,
    /// Value, words and whether it is chosen.
    options: Vec<(String, String, bool)>,
    original: String,
    rating: Option<u8>,
    hint: Option<&'static str>,
    error: Option<String>,
    theirs: Option<String>,
    /// The ids of what describes it, for screen readers.
    described: String,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Line,
    Text,
    Lines,
    Number,
    Choice,
    Ticks,
}

/// What a form that was not saved shows instead of the draft.
#[derive(Default)]
struct Again {
    typed: BTreeMap<String, String>,
    /// The marks of the form as it was opened, when they still hold.
    seen: Option<(String, i64)>,
    complaints: Vec<Complaint>,
    clashes: Vec<Clash>,
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

impl Group {
    fn described(mut self) -> Group {
        for field in self.fields.iter_mut().chain(self.parts.iter_mut().flat_map(|part| &mut part.fields)) {
            let parts = [
                (!field.original.is_empty(), "original"),
                (field.hint.is_some(), "hint"),
                (field.error.is_some(), "error"),
                (field.theirs.is_some(), "theirs"),
            ];
            let ids = parts.iter().filter(|(is_shown, _)| *is_shown).map(|(_, part)| format!("{}-{part}", field.path));
            field.described = ids.collect::<Vec<_>>().join(" ");
        }
        self
    }
}

/// Lays out the fields of a section.
struct Writer<'a> {
    rubric: &'a Rubric,
    places: &'a Places<'a>,
    values: &'a rubric::Places,
    again: &'a Again,
    /// Only texts are typed: what is no text belongs to all languages and is set on the first one's page.
    translating: bool,
}

impl Writer<'_> {
    fn basics(&self) -> Vec<Group> {
        let mut names = vec![self.line("name"), self.text("summary"), self.text("role_family")];
        names.extend(self.fact("minutes", Kind::Number, Vec::new()));
        let scale = (1..=5).rev().flat_map(|point| {
            let rated = |part: &str| Field { rating: Some(point), ..self.line(&format!("scale.{point}.{part}")) };
            [rated("name"), Field { rating: None, ..self.line(&format!("scale.{point}.text")) }]
        });
        let none = [self.line("not_enough_evidence.name"), self.line("not_enough_evidence.text")];
        vec![
            Group { key: "names", fields: names, ..Group::default() },
            Group { key: "scale", fields: scale.chain(none).collect(), ..Group::default() },
            Group { key: "rules", fields: self.list("rules", self.rubric.rules.len()), ..Group::default() },
        ]
    }

    fn guide(&self) -> Vec<Group> {
        let mut briefing = vec![self.text("briefing.text")];
        briefing.extend(self.list("briefing.steps", self.rubric.briefing.steps.len()));
        let guide = &self.rubric.guide;
        let lists = [
            ("guide.before", guide.before.len()),
            ("guide.during", guide.during.len()),
            ("guide.after", guide.after.len()),
        ];
        let errors = (0..guide.errors.len()).map(|at| Part {
            title: self.places.words(&format!("guide.errors[{at}]")),
            fields: vec![
                self.line(&format!("guide.errors[{at}].name")),
                self.text(&format!("guide.errors[{at}].text")),
            ],
            step: self.step(format!("error {at}")),
            moves: false,
        });
        vec![
            Group { key: "briefing", fields: briefing, ..Group::default() },
            Group {
                key: "guide",
                fields: lists.into_iter().flat_map(|(path, length)| self.list(path, length)).collect(),
                ..Group::default()
            },
            Group {
                key: "errors",
                parts: errors.collect(),
                adds: self.adds(vec![("add error".to_owned(), "rubric-add-error")]),
                ..Group::default()
            },
        ]
    }

    fn dimension(&self, key: &str) -> Result<Vec<Group>> {
        let dimension = self.rubric.dimension(key).ok_or(Error::NotFound)?;
        let at = |rest: &str| format!("dimensions.{key}.{rest}");
        let mut words = vec![self.line(&at("name")), self.line(&at("headline"))];
        words.extend(["definition", "why", "caution"].map(|part| self.text(&at(part))));
        words.extend(self.fact(&at("weight"), Kind::Number, Vec::new()));
        let questions = dimension.questions.iter().map(|question| {
            let here = at(&format!("questions.{}", question.key));
            let kinds = [QuestionKind::Behavioural, QuestionKind::Situational].map(QuestionKind::as_str);
            let mut fields: Vec<Field> =
                self.fact(&format!("{here}.kind"), Kind::Choice, kinds.to_vec()).into_iter().collect();
            fields.push(self.text(&format!("{here}.text")));
            fields.extend(self.list(&format!("{here}.probes"), question.probes.len()));
            Part {
                title: self.title(&here),
                fields,
                step: self.step(format!("question {}", question.key)),
                moves: true,
            }
        });
        let indicators = |sign: Sign| {
            let of_sign = dimension.indicators.iter().filter(move |indicator| indicator.sign == sign);
            of_sign.map(|indicator| {
                let here = at(&format!("indicators.{}", indicator.key));
                let media = Medium::ALL.iter().map(|medium| medium.as_str()).collect();
                let mut fields = vec![self.text(&format!("{here}.text"))];
                fields.extend(self.fact(&format!("{here}.media"), Kind::Ticks, media));
                let signs = vec![Sign::Positive.as_str(), Sign::Negative.as_str()];
                fields.extend(self.fact(&format!("{here}.sign"), Kind::Choice, signs));
                Part {
                    title: self.title(&here),
                    fields,
                    step: self.step(format!("indicator {}", indicator.key)),
                    moves: true,
                }
            })
        };
        let anchors =
            (1..=5).rev().map(|point| Field { rating: Some(point), ..self.text(&at(&format!("anchors.{point}"))) });
        Ok(vec![
            Group { key: "words", fields: words, ..Group::default() },
            Group {
                key: "questions",
                parts: questions.collect(),
                adds: self.adds(vec![(format!("add question {key}"), "rubric-add-question")]),
                ..Group::default()
            },
            Group {
                key: "indicators",
                parts: indicators(Sign::Positive).chain(indicators(Sign::Negative)).collect(),
                adds: self.adds(vec![
                    (format!("add positive {key}"), "rubric-add-positive"),
                    (format!("add negative {key}"), "rubric-add-negative"),
                ]),
                ..Group::default()
            },
            Group {
                key: "not-evidence",
                fields: self.list(&at("not_evidence"), dimension.not_evidence.len()),
                ..Group::default()
            },
            Group { key: "anchors", fields: anchors.collect(), ..Group::default() },
        ])
    }

    fn line(&self, path: &str) -> Field {
        self.field(path, Kind::Line)
    }

    fn text(&self, path: &str) -> Field {
        self.field(path, Kind::Text)
    }

    /// A list: one line per item where it is written first, a field per item where it is translated.
    fn list(&self, path: &str, length: usize) -> Vec<Field> {
        if self.translating {
            return (0..length).map(|at| self.field(&format!("{path}[{at}]"), Kind::Text)).collect();
        }
        vec![Field { hint: Some("rubric-one-per-line"), ..self.field(path, Kind::Lines) }]
    }

    fn fact(&self, path: &str, kind: Kind, choices: Vec<&str>) -> Option<Field> {
        if self.translating {
            return None;
        }
        let mut field = self.field(path, kind);
        let word = |choice: &str| match kind {
            Kind::Ticks => self.places.locale.word(&format!("rubric-medium-{}", choice.replace('_', "-"))),
            _ => self.places.locale.word(&format!("rubric-choice-{choice}")),
        };
        let chosen = |choice: &str| field.value.split(' ').any(|one| one == choice);
        field.options = choices.iter().map(|choice| ((*choice).to_owned(), word(choice), chosen(choice))).collect();
        if !choices.is_empty() {
            field.theirs =
                field.theirs.map(|theirs| theirs.split_whitespace().map(word).collect::<Vec<_>>().join(", "));
        }
        if path.ends_with(".weight") {
            field.hint = Some("rubric-weight-hint");
        }
        Some(field)
    }

    fn field(&self, path: &str, kind: Kind) -> Field {
        let of = |map: &BTreeMap<String, String>| map.get(path).cloned();
        let complaint = self.again.complaints.iter().find(|one| one.path == path);
        let clash = self.again.clashes.iter().find(|one| one.path == path);
        Field {
            path: path.to_owned(),
            label: self.places.label(path),
            kind,
            value: of(&self.again.typed).or_else(|| of(&self.values.values)).unwrap_or_default(),
            options: Vec::new(),
            original: of(&self.values.originals).unwrap_or_default(),
            rating: None,
            hint: None,
            error: complaint.map(|one| self.places.locale.word(one.code.message())),
            theirs: clash.and_then(|clash| clash.theirs.clone()),
            described: String::new(),
        }
    }

    fn title(&self, here: &str) -> String {
        let words = self.places.words(&format!("{here}.key"));
        words.split(" · ").nth(1).unwrap_or_default().to_owned()
    }

    fn step(&self, step: String) -> String {
        if self.translating { String::new() } else { step }
    }

    fn adds(&self, adds: Vec<(String, &'static str)>) -> Vec<(String, &'static str)> {
        if self.translating { Vec::new() } else { adds }
    }
}
