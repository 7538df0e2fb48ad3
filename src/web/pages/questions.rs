//! The question library: found, added, tagged, retired; and chosen for a rubric's draft.

use std::collections::{BTreeSet, HashMap};

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    domain::{
        id::{QuestionId, RubricId},
        localized::Localized,
        policy::{EditRubrics, SeeRubrics},
        question_library::{self, PROBES_MOST, TAG_MOST, TAGS_MOST, TEXT_MOST},
        rubric::QuestionKind,
    },
    error::{Error, Message, Result},
    i18n::Locale,
    store::{
        Conn, question,
        question::{Filter, Question, Uses},
        rubric_version,
    },
    usecases::{
        question::{self as library, NewQuestion},
        rubric,
    },
    web::{
        forms::{self, Fields, Form, Parser, Query},
        view::see_other,
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/questions", get().to(list))
        .route("/questions", post().to(add))
        .route("/questions/new", get().to(new))
        .route("/questions/{id}", get().to(show))
        .route("/questions/{id}/tags", post().to(tag))
        .route("/questions/{id}/retirement", post().to(retire))
        .route("/questions/{id}/return", post().to(offer_again))
        .route("/rubrics/{id}/draft/dimensions/{key}/questions", get().to(choose))
        .route("/rubrics/{id}/draft/dimensions/{key}/questions", post().to(insert));
}

const PAGE: i64 = 30;
/// Tags that the list offers.
const TAGS: i64 = 20;
/// Questions that a rubric's draft is offered for one dimension.
const OFFERED: i64 = 200;

const DONE: &[&str] =
    &["question-done-added", "question-done-tagged", "question-done-retired", "question-done-returned"];

#[derive(Serialize)]
struct ListPage {
    form: Form,
    questions: Vec<Line>,
    retired: bool,
    dimensions: Vec<(String, String)>,
    kinds: Vec<(&'static str, String)>,
    /// Tag, how often, and the query string that shows only these.
    tags: Vec<(String, i64, String)>,
    is_filtered: bool,
    is_first: bool,
    next: Option<String>,
    edits: bool,
}

#[derive(Serialize)]
struct Line {
    id: QuestionId,
    dimension: String,
    kind: QuestionKind,
    text: String,
    /// The names of the languages that it is written in.
    languages: Vec<&'static str>,
    tags: Vec<String>,
    rounds: i64,
    interviews: i64,
    is_retired: bool,
}

#[derive(Serialize)]
struct NewPage {
    form: Form,
    dimensions: Vec<(String, String)>,
    kinds: Vec<(&'static str, String)>,
    /// Tag and own name of each language.
    texts: Vec<(&'static str, &'static str)>,
    text_most: usize,
    tags_most: usize,
}

#[derive(Serialize)]
struct QuestionPage {
    form: Form,
    line: Line,
    /// Language, question and follow-up questions, for each language that it is written in.
    texts: Vec<(&'static str, &'static str, String, Vec<String>)>,
    added_at: Timestamp,
    tags_most: usize,
    edits: bool,
    done: Option<&'static str>,
}

#[derive(Serialize)]
struct ChoosePage {
    form: Form,
    rubric: RubricId,
    rubric_name: String,
    key: String,
    dimension: String,
    /// With whether the draft has it already.
    questions: Vec<(Line, bool)>,
}

async fn list(may: May<SeeRubrics>, Query(query): Query) -> Result<HttpResponse> {
    let mut parser = query.parser();
    let part = parser.optional_line("q", 120);
    parser.finish()?;
    let filter = Filter {
        part,
        dimension: Some(query.get("dimension").to_owned()).filter(|key| !key.is_empty()),
        kind: query.get("kind").parse().ok(),
        tag: Some(query.get("tag").to_owned()).filter(|tag| !tag.is_empty()),
        retired: query.get("state") == "retired",
    };
    let before: Option<QuestionId> = query.get("before").parse().ok();
    let (mut conn, scope, locale) = (may.db().await?, may.scope(), may.locale());
    let slice = question::list(&mut conn, &scope, &filter, before, PAGE).await?;
    let keys: Vec<String> = slice.items.iter().map(|question| question.key.clone()).collect();
    let (uses, tags) = question::uses_and_tags(&mut conn, &scope, &keys, TAGS).await?;
    let names = dimensions(&mut conn, &may).await?;
    let kept = |more: &[(&str, &str)]| {
        let state = if filter.retired { "retired" } else { "" };
        let mut pairs = vec![
            ("q", filter.part.as_str()),
            ("dimension", filter.dimension.as_deref().unwrap_or_default()),
            ("kind", filter.kind.map_or("", QuestionKind::as_str)),
            ("tag", filter.tag.as_deref().unwrap_or_default()),
            ("state", state),
        ];
        pairs.retain(|(name, value)| !value.is_empty() && !more.iter().any(|(known, _)| known == name));
        pairs.extend_from_slice(more);
        forms::query(&pairs)
    };
    let page = ListPage {
        questions: slice.items.iter().map(|row| Line::new(row, &names, &uses, locale)).collect::<Result<_>>()?,
        retired: filter.retired,
        tags: tags.into_iter().map(|(tag, count)| (tag.clone(), count, kept(&[("tag", &tag)]))).collect(),
        is_filtered: !filter.part.is_empty()
            || filter.dimension.is_some()
            || filter.kind.is_some()
            || filter.tag.is_some(),
        is_first: before.is_none(),
        next: slice.next.map(|id| kept(&[("before", &id.to_string())])),
        edits: may.also::<EditRubrics>(),
        kinds: kinds(locale),
        dimensions: names,
        form: Form { typed: query, ..Form::default() },
    };
    may.frame().page("question/list.html", &page)
}

async fn new(may: May<EditRubrics>, Query(query): Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    // Another question begins with the words of this one: whoever wants other words takes them along.
    let form = match query.get("from").parse() {
        Ok(id) => {
            let asked = question::find(&mut conn, &may.scope(), id).await?;
            let tags = asked.tags.join(", ");
            let asked = asked.asked()?;
            let mut values: Vec<(String, String)> = vec![
                ("dimension".into(), asked.dimension.clone()),
                ("kind".into(), asked.question.kind.to_string()),
                ("tags".into(), tags),
            ];
            for locale in Locale::ALL {
                let tag = locale.tag();
                let text = asked.question.text.get(tag).unwrap_or_default();
                let probes: Vec<&str> = asked.question.probes.iter().filter_map(|probe| probe.get(tag)).collect();
                values.push((format!("text.{tag}"), text.to_owned()));
                values.push((format!("probes.{tag}"), probes.join("\n")));
            }
            Form { typed: Fields::from_pairs(values), ..Form::default() }
        }
        Err(_) => Form::filled([("dimension", query.get("dimension").to_owned())]),
    };
    new_page(&may, &mut conn, StatusCode::OK, form).await
}

async fn add(may: May<EditRubrics>, fields: Fields) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let names = dimensions(&mut conn, &may).await?;
    let outcome = match written(&fields, &names) {
        Ok(new) => library::add(&mut conn, &may.scope(), &may.actor(), &new).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(id) => Ok(see_other(format!("/questions/{id}?done=question-done-added"))),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            new_page(&may, &mut conn, status, form).await
        }
    }
}

async fn new_page(may: &May<EditRubrics>, conn: &mut Conn, status: StatusCode, form: Form) -> Result<HttpResponse> {
    let page = NewPage {
        form,
        dimensions: dimensions(conn, may).await?,
        kinds: kinds(may.locale()),
        texts: Locale::ALL.iter().map(|locale| (locale.tag(), locale.own_name())).collect(),
        text_most: TEXT_MOST,
        tags_most: TAGS_MOST * (TAG_MOST + 2),
    };
    may.frame().page_with(status, "question/new.html", &page)
}

/// A question as the form has it: the question once in some language, its follow-up questions a line each.
fn written(fields: &Fields, dimensions: &[(String, String)]) -> Result<NewQuestion> {
    let mut parser = fields.parser();
    let dimension = fields.get("dimension").to_owned();
    if !dimensions.iter().any(|(key, _)| *key == dimension) {
        parser.complain("dimension", Message::new("form-not-a-choice"));
    }
    let kind: Option<QuestionKind> = parser.parsed("kind");
    let (mut text, mut probes) = (Localized::default(), Vec::<Localized>::new());
    let mut first = None;
    for tag in Locale::ALL.iter().map(|locale| locale.tag()) {
        let question = parser.optional_line(&format!("text.{tag}"), TEXT_MOST);
        let field = format!("probes.{tag}");
        let lines = parser.text(&field, TEXT_MOST * PROBES_MOST);
        let lines: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if question.is_empty() {
            if !lines.is_empty() {
                parser.complain(&format!("text.{tag}"), Message::new("form-required"));
            }
            continue;
        }
        if lines.len() > PROBES_MOST {
            parser.complain(&field, Message::new("question-probes-too-many").with("most", PROBES_MOST));
        }
        // A follow-up question is the same one in every language, by its line.
        match first {
            None => first = Some(lines.len()),
            Some(count) if count != lines.len() => {
                parser.complain(&field, Message::new("question-probes-differ").with("count", count));
            }
            Some(_) => {}
        }
        text.set(tag, question);
        for (at, line) in lines.iter().enumerate() {
            if probes.len() <= at {
                probes.push(Localized::default());
            }
            probes[at].set(tag, *line);
        }
    }
    if first.is_none() {
        parser.complain(&format!("text.{}", Locale::default().tag()), Message::new("question-text-needed"));
    }
    let tags = tags(&mut parser, fields);
    parser.finish()?;
    let kind = kind.ok_or_else(|| anyhow::anyhow!("a complete form is complete"))?;
    Ok(NewQuestion { dimension, kind, text, probes, tags })
}

fn tags(parser: &mut Parser<'_>, fields: &Fields) -> Vec<String> {
    parser.optional_line("tags", TAGS_MOST * (TAG_MOST + 2));
    let tags = question_library::tags(fields.get("tags"));
    if tags.len() > TAGS_MOST || tags.iter().any(|tag| tag.chars().count() > TAG_MOST) {
        parser.complain("tags", Message::new("question-tags-too-many").with("most", TAGS_MOST).with("long", TAG_MOST));
    }
    tags
}

async fn show(may: May<SeeRubrics>, id: Path<QuestionId>, query: Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    question_page(&may, &mut conn, *id, StatusCode::OK, None, query.done(DONE)).await
}

async fn question_page<P>(
    may: &May<P>,
    conn: &mut Conn,
    id: QuestionId,
    status: StatusCode,
    form: Option<Form>,
    done: Option<&'static str>,
) -> Result<HttpResponse> {
    let scope = may.scope();
    let row = question::find(conn, &scope, id).await?;
    let uses = question::uses(conn, &scope, std::slice::from_ref(&row.key)).await?;
    let names = dimensions(conn, may).await?;
    let asked = row.asked()?.question;
    let texts = Locale::ALL.iter().filter_map(|locale| {
        let text = asked.text.get(locale.tag())?.to_owned();
        let probes = asked.probes.iter().filter_map(|probe| probe.get(locale.tag())).map(str::to_owned).collect();
        Some((locale.tag(), locale.own_name(), text, probes))
    });
    let page = QuestionPage {
        texts: texts.collect(),
        line: Line::new(&row, &names, &uses, may.locale())?,
        added_at: row.created_at.to_jiff(),
        form: form.unwrap_or_else(|| Form::filled([("tags", row.tags.join(", "))])),
        tags_most: TAGS_MOST * (TAG_MOST + 2),
        edits: may.also::<EditRubrics>(),
        done,
    };
    may.frame().page_with(status, "question/show.html", &page)
}

async fn tag(may: May<EditRubrics>, id: Path<QuestionId>, fields: Fields) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let mut parser = fields.parser();
    let tags = tags(&mut parser, &fields);
    let outcome = match parser.finish() {
        Ok(()) => library::tag(&mut conn, &may.scope(), &may.actor(), *id, &tags).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(see_other(format!("/questions/{id}?done=question-done-tagged"))),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            question_page(&may, &mut conn, *id, status, Some(form), None).await
        }
    }
}

async fn retire(may: May<EditRubrics>, id: Path<QuestionId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    library::retire(&mut conn, &may.scope(), &may.actor(), *id, true).await?;
    Ok(see_other(format!("/questions/{id}?done=question-done-retired")))
}

async fn offer_again(may: May<EditRubrics>, id: Path<QuestionId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    library::retire(&mut conn, &may.scope(), &may.actor(), *id, false).await?;
    Ok(see_other(format!("/questions/{id}?done=question-done-returned")))
}

async fn choose(may: May<EditRubrics>, path: Path<(RubricId, String)>) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    choose_page(&may, &mut *may.db().await?, id, key, StatusCode::OK, Form::default()).await
}

async fn insert(may: May<EditRubrics>, path: Path<(RubricId, String)>, fields: Fields) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    let mut conn = may.db().await?;
    let wished = fields.get("question").parse().map_err(|_| Error::invalid("question", "form-not-a-choice"));
    let outcome = match wished {
        Ok(question) => rubric::insert_question(&mut conn, &may.scope(), &may.actor(), id, &key, question).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(inserted) => Ok(see_other(format!(
            "/rubrics/{id}/draft/dimensions/{key}?done=rubric-draft-saved#dimensions.{key}.questions.{inserted}.text"
        ))),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            choose_page(&may, &mut conn, id, key, status, form).await
        }
    }
}

async fn choose_page(
    may: &May<EditRubrics>,
    conn: &mut Conn,
    id: RubricId,
    key: String,
    status: StatusCode,
    form: Form,
) -> Result<HttpResponse> {
    let (scope, locale) = (may.scope(), may.locale());
    let draft = rubric_version::draft(conn, &scope, id).await?.rubric()?;
    let own = |text: &Localized| {
        let first = draft.languages.first().map(String::as_str);
        text.in_first_of([locale.tag()].into_iter().chain(first)).to_owned()
    };
    let dimension = draft.dimension(&key).map(|dimension| own(&dimension.name)).ok_or(Error::NotFound)?;
    let offered = question::offered(conn, &scope, std::slice::from_ref(&key), &[], OFFERED).await?;
    let keys: Vec<String> = offered.iter().map(|question| question.key.clone()).collect();
    let uses = question::uses(conn, &scope, &keys).await?;
    let names = vec![(key.clone(), dimension.clone())];
    let lines =
        offered.iter().map(|row| Ok((Line::new(row, &names, &uses, locale)?, draft.question(&row.key).is_some())));
    let page = ChoosePage {
        form,
        rubric: id,
        rubric_name: own(&draft.name),
        questions: lines.collect::<Result<_>>()?,
        dimension,
        key,
    };
    may.frame().page_with(status, "question/choose.html", &page)
}

impl Line {
    fn new(
        row: &Question,
        dimensions: &[(String, String)],
        uses: &HashMap<String, Uses>,
        locale: Locale,
    ) -> Result<Line> {
        let asked = row.asked()?.question;
        let uses = uses.get(&row.key).copied().unwrap_or_default();
        let name = dimensions.iter().find(|(key, _)| *key == row.dimension).map(|(_, name)| name.clone());
        Ok(Line {
            id: row.id,
            dimension: name.unwrap_or_else(|| row.dimension.clone()),
            kind: row.kind,
            text: asked.text.in_language(locale.tag()).to_owned(),
            languages: Locale::ALL
                .iter()
                .filter(|locale| asked.text.get(locale.tag()).is_some())
                .map(|locale| locale.own_name())
                .collect(),
            tags: row.tags.clone(),
            rounds: uses.rounds,
            interviews: uses.interviews,
            is_retired: row.is_retired(),
        })
    }
}

fn kinds(locale: Locale) -> Vec<(&'static str, String)> {
    let said = |kind: &QuestionKind| locale.say("job-question-kind", &[("kind", kind.as_str().into())]);
    QuestionKind::ALL.iter().map(|kind| (kind.as_str(), said(kind))).collect()
}

/// Key and name of every dimension of the organisation's rubrics, by name; of two rubrics with the same key the older one
/// names it.
async fn dimensions<P>(conn: &mut Conn, may: &May<P>) -> Result<Vec<(String, String)>> {
    let known = rubric_version::dimensions(conn, &may.scope()).await?;
    let mut seen = BTreeSet::new();
    let mut names: Vec<(String, String)> = known
        .into_iter()
        .filter(|(key, _)| seen.insert(key.clone()))
        .map(|(key, name)| (key, name.in_language(may.locale().tag()).to_owned()))
        .collect();
    may.locale().sort_by_name(&mut names, |(_, name)| name);
    Ok(names)
}
