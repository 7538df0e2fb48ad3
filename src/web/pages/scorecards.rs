//! Scorecards: saved operation by operation or form by form, submitted, amended, read.

use std::collections::BTreeMap;

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{FormConfig, Json, JsonConfig, Path, ServiceConfig, get, post, resource},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::kit::{self, Course, Desk, SaidTick, Typed, seen};
use crate::{
    domain::{
        id::{ConflictId, InterviewId, ScorecardId},
        policy::Score,
        rating::{Rating, Recommendation},
        rubric::Rubric,
        scorecard::{Field, MAX_SECONDS, Revisions, lines},
    },
    error::{Error, Result},
    i18n::Locale,
    store::{
        self,
        kit::Kit,
        paper, rubric_cache,
        scorecard::{ScorecardState, Shown},
    },
    usecases::scorecard::{self, Change, Entered, Keep, MAX_REASON, Saved},
    web::{
        forms::{Fields, Form},
        view::see_other,
        who::{May, Rater},
    },
};

/// Three notes of the greatest length, each character as twelve bytes of `%F0%9F%99%82`, fit into a form.
const MOST_BYTES: usize = 1 << 20;

pub fn routes(config: &mut ServiceConfig) {
    let form = |path: &str| resource(path).app_data(FormConfig::default().limit(MOST_BYTES));
    config
        .service(
            resource("/scorecards/{id}/operations")
                .app_data(JsonConfig::default().limit(MOST_BYTES / 2))
                .route(post().to(operate)),
        )
        .service(form("/scorecards/{id}/ratings/{dimension}").route(post().to(save_dimension)))
        .service(form("/scorecards/{id}/submission").route(post().to(submit)))
        .route("/scorecards/{id}/amendments", post().to(amend))
        .route("/scorecards/{id}/conflicts/{conflict}/settlement", post().to(settle))
        .route("/scorecards/{id}", get().to(show));
}

/// One change, as the kit's script sends it.
#[derive(Deserialize)]
struct OperationBody {
    op_id: Uuid,
    field: String,
    base_revision: i64,
    value: String,
}

async fn operate(may: Rater, id: Path<ScorecardId>, body: Json<OperationBody>) -> Result<HttpResponse> {
    let change = Change {
        operation: body.op_id,
        scorecard: *id,
        field: body.field.clone(),
        base_revision: body.base_revision,
        value: body.value.clone(),
    };
    let mut conn = may.db().await?;
    let saved = scorecard::save(&mut conn, &may.scope(), &change, may.now()).await;
    drop(conn);
    let locale = may.locale();
    let (status, key) = match saved {
        Ok(Saved::Kept { revision, saved_at }) => {
            return Ok(HttpResponse::Ok().json(json!({
                "op_id": change.operation,
                "field": change.field,
                "revision": revision,
                "value": lines(&change.value),
                "saved_at": saved_at.to_string(),
            })));
        }
        Ok(Saved::Conflict { revision, value, copy }) => {
            let more = json!({ "field": change.field, "revision": revision, "value": value, "copy": copy });
            return Ok(problem(StatusCode::CONFLICT, "conflict", locale.word("scorecard-conflict"), more));
        }
        Ok(Saved::OpReused) => (StatusCode::UNPROCESSABLE_ENTITY, ("op_reused", "scorecard-op-reused")),
        Ok(Saved::Sealed) => (StatusCode::CONFLICT, ("sealed", "scorecard-sealed")),
        Ok(Saved::Closed(reason)) => (StatusCode::CONFLICT, ("closed", reason)),
        Err(Error::Invalid(complaints)) => {
            let detail = complaints.first().map(|first| first.message.say(locale)).unwrap_or_default();
            let more = json!({ "field": change.field });
            return Ok(problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail, more));
        }
        Err(error) => return Err(error),
    };
    Ok(problem(status, key.0, locale.word(key.1), json!({ "field": change.field })))
}

/// RFC 9457, with the members that the kit's script reads.
fn problem(status: StatusCode, code: &str, detail: String, more: serde_json::Value) -> HttpResponse {
    let mut body = json!({
        "type": format!("about:blank#{code}"),
        "code": code,
        "title": detail,
        "status": status.as_u16(),
        "detail": detail,
    });
    if let (Some(body), serde_json::Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    HttpResponse::build(status).content_type("application/problem+json").body(body.to_string())
}

/// A dimension's form, from a browser without script.
async fn save_dimension(may: Rater, path: Path<(ScorecardId, String)>, fields: Fields) -> Result<HttpResponse> {
    let (id, dimension) = path.into_inner();
    let kit = own_kit(&may, id).await?;
    if kit.rating(&dimension).is_none() {
        return Err(Error::NotFound);
    }
    let typed = Typed {
        rating: fields.get("rating").to_owned(),
        ticks: keys(&fields, "tick"),
        note: lines(fields.get("note")),
        asked: keys(&fields, "asked"),
        facts: keys(&fields, "fact"),
        minutes: fields.get("minutes").trim().to_owned(),
        ..Typed::default()
    };
    let mut entered = vec![
        entry(&kit, &fields, Field::Rating(dimension.clone()), "rating", &typed.rating),
        entry(&kit, &fields, Field::Ticks(dimension.clone()), "ticks", &typed.ticks.join(" ")),
        entry(&kit, &fields, Field::Note(dimension.clone()), "note", &typed.note),
    ];
    for (field, name, keys) in
        [(Field::Asked(dimension.clone()), "asked", &typed.asked), (Field::Facts, "facts", &typed.facts)]
    {
        if fields.has(&format!("{name}_revision")) {
            entered.push(entry(&kit, &fields, field, name, &keys.join(" ")));
        }
    }
    let saved = match minutes(&kit, &dimension, &typed.minutes) {
        Ok(seconds) => {
            entered.extend(seconds);
            save_form(&may, id, &fields, &entered).await
        }
        Err(error) => Err(error),
    };
    let language = if fields.has("to_language") { fields.get("to_language") } else { fields.get("language") };
    let desk = Desk::open(&may, kit.interview.id, language).await?;
    let go = fields.get("go");
    let errors = match saved {
        Ok(form) if !form.conflicts.is_empty() => return Ok(see_other(desk.href(&dimension))),
        Ok(_) if go == "review" || desk.kit.rating(go).is_some() => return Ok(see_other(desk.href(go))),
        Ok(_) => return Ok(see_other(desk.href(&dimension))),
        Err(Error::Refused(_)) if desk.kit.is_submitted() => {
            let late = vec![(desk.label(&Field::Note(dimension)), typed.note)];
            return desk.done_page(StatusCode::CONFLICT, late);
        }
        Err(error) => (error.status_code(), sentences(error, may.locale())?),
    };
    desk.dimension_page(errors.0, &dimension, Some(&typed), errors.1)
}

async fn submit(may: Rater, id: Path<ScorecardId>, fields: Fields) -> Result<HttpResponse> {
    let kit = own_kit(&may, *id).await?;
    let typed = Typed {
        recommendation: fields.get("recommendation").to_owned(),
        private_note: lines(fields.get("private_note")),
        next_note: lines(fields.get("next_note")),
        ..Typed::default()
    };
    let entered = [
        entry(&kit, &fields, Field::Recommendation, "recommendation", &typed.recommendation),
        entry(&kit, &fields, Field::PrivateNote, "private_note", &typed.private_note),
        entry(&kit, &fields, Field::NextNote, "next_note", &typed.next_note),
    ];
    // What was written is kept first, so that a refusal loses nothing; then all that was on the screen is sealed.
    let outcome = match save_form(&may, *id, &fields, &entered).await {
        Ok(form) if form.conflicts.is_empty() => {
            let mut on_screen = shown_revisions(&fields);
            on_screen.extend(form.revisions);
            let mut conn = may.db().await?;
            let policy = may.signed.organisation.evidence_policy();
            scorecard::submit(&mut conn, &may.scope(), &may.actor(), *id, &on_screen, policy).await
        }
        Ok(_) => Err(Error::refused("scorecard-conflict")),
        Err(error) => Err(error),
    };
    let desk = Desk::open(&may, kit.interview.id, fields.get("language")).await?;
    let Err(error) = outcome else { return Ok(see_other(desk.href("review"))) };
    if desk.kit.is_submitted() && matches!(error, Error::Refused(_)) {
        let sheet = desk.kit.sheet();
        let late: Vec<(String, String)> = [
            (Field::PrivateNote, &typed.private_note, &sheet.private_note),
            (Field::NextNote, &typed.next_note, &sheet.next_note),
        ]
        .into_iter()
        .filter(|(_, typed, sealed)| typed != sealed)
        .map(|(field, typed, _)| (desk.label(&field), typed.clone()))
        .collect();
        // The same button pressed twice is no mistake.
        return if late.is_empty() {
            Ok(see_other(desk.href("review")))
        } else {
            desk.done_page(StatusCode::CONFLICT, late)
        };
    }
    let status = error.status_code();
    let sentence = sentences(error, may.locale())?.join(" ");
    desk.review_page(status, Some(&typed), sentence)
}

async fn settle(may: Rater, path: Path<(ScorecardId, ConflictId)>, fields: Fields) -> Result<HttpResponse> {
    let (id, conflict) = path.into_inner();
    let keep = match fields.get("keep") {
        "copy" => Keep::Copy,
        "current" => Keep::Current,
        "both" => Keep::Both,
        _ => return Err(Error::invalid("keep", "form-not-a-choice")),
    };
    let revision = fields.get("revision").parse().unwrap_or_default();
    let kit = own_kit(&may, id).await?;
    let mut conn = may.db().await?;
    let settled = scorecard::settle_conflict(&mut conn, &may.scope(), id, conflict, keep, revision, may.now()).await;
    drop(conn);
    let desk = Desk::open(&may, kit.interview.id, fields.get("language")).await?;
    let field = match settled {
        Ok(field) => field,
        // Settled meanwhile in another tab: nothing is left to do.
        Err(Error::NotFound) => return Ok(see_other(desk.href("review"))),
        Err(error) => return Err(error),
    };
    Ok(see_other(desk.href(field.dimension().unwrap_or("review"))))
}

async fn amend(may: Rater, id: Path<ScorecardId>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let dimension = parser.line("dimension", 64);
        let rating = Rating::from_text(fields.get("rating")).ok().flatten();
        if rating.is_none() {
            parser.complain("rating", crate::error::Message::new("form-required"));
        }
        let reason = parser.text("reason", MAX_REASON);
        if reason.is_empty() {
            parser.complain("reason", crate::error::Message::new("form-required"));
        }
        parser.finish()?;
        let rating = rating.ok_or(Error::NotFound)?;
        let mut conn = may.db().await?;
        scorecard::amend(&mut conn, &may.scope(), &may.actor(), *id, &dimension, rating, &reason).await
    };
    match attempt.await {
        Ok(()) => Ok(see_other(format!("/scorecards/{}#amendments", *id))),
        Err(error @ (Error::Invalid(_) | Error::Refused(_))) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            let (shown, rubric) = load(&may, *id).await?;
            if shown.member_id != may.signed.member.id {
                return Err(Error::NotFound);
            }
            may.frame().page_with(status, "scorecards/show.html", &page(&may, &shown, &rubric, form))
        }
        Err(error) => Err(error),
    }
}

async fn show(may: Rater, id: Path<ScorecardId>) -> Result<HttpResponse> {
    let (shown, rubric) = load(&may, *id).await?;
    if shown.member_id != may.signed.member.id {
        scorecard::viewed(&mut *may.db().await?, &may.actor(), &[shown.id]).await?;
    }
    may.frame().page("scorecards/show.html", &page(&may, &shown, &rubric, Form::default()))
}

async fn load(may: &May<Score>, id: ScorecardId) -> Result<(Shown, std::sync::Arc<Rubric>)> {
    let mut conn = may.db().await?;
    let mut shown = store::scorecard::find(&mut conn, &may.scope(), id).await?;
    if shown.member_id != may.signed.member.id {
        shown.cover(&may.hidden(&mut conn).await?.cover);
    }
    let rubric = rubric_cache::published(&mut conn, &may.scope(), shown.rubric_version_id).await?;
    // A probe is named by its question's key with its place.
    let asked = shown.ratings.iter().flat_map(|row| &row.asked).filter_map(|key| key.split('.').next());
    let asked: Vec<String> = asked.map(str::to_owned).collect();
    let rubric = store::question::complete(&mut conn, &may.scope(), rubric, &asked).await?;
    Ok((shown, rubric))
}

async fn own_kit(may: &May<Score>, id: ScorecardId) -> Result<Kit> {
    let mut conn = may.db().await?;
    store::kit::of_scorecard(&mut conn, &may.scope(), id).await
}

async fn save_form(may: &May<Score>, id: ScorecardId, fields: &Fields, entered: &[Entered]) -> Result<scorecard::Form> {
    let form = fields.get("op_id").parse().map_err(|_| Error::invalid("op_id", "form-not-a-choice"))?;
    let mut conn = may.db().await?;
    scorecard::save_form(&mut conn, &may.scope(), id, form, entered, may.now()).await
}

/// Checked boxes as they travel: sorted, each once.
fn keys(fields: &Fields, name: &str) -> Vec<String> {
    let mut keys: Vec<String> = fields.all(name).map(str::to_owned).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The minutes that somebody without script wrote down, as seconds; nothing when none were, or they say what is kept.
fn minutes(kit: &Kit, dimension: &str, typed: &str) -> Result<Option<Entered>> {
    if typed.is_empty() {
        return Ok(None);
    }
    let minutes: Option<i32> = typed.parse().ok().filter(|minutes| (0..=MAX_SECONDS / 60).contains(minutes));
    let minutes = minutes.ok_or_else(|| Error::invalid("minutes", "kit-minutes-wrong"))?;
    let kept = kit.rating(dimension).map_or(0, |row| row.seconds);
    let field = Field::Seconds(dimension.to_owned());
    let value = (minutes * 60).to_string();
    Ok((minutes != kept / 60).then_some(Entered { field, base_revision: 0, value, touched: true }))
}

/// A field of a form with the revision that it was shown at. What the page showed, and what is kept already, is no change.
fn entry(kit: &Kit, fields: &Fields, field: Field, name: &str, value: &str) -> Entered {
    let base_revision = fields.get(&format!("{name}_revision")).parse().unwrap_or(-1);
    let is_kept = kit.revisions().get(&field.to_string()) == Some(&base_revision) && kit.value(&field) == value;
    let touched = !is_kept && seen(value) != fields.get(&format!("{name}_seen"));
    Entered { field, base_revision, value: value.to_owned(), touched }
}

/// The revisions of what stood on the review and could not be edited on it: inputs named `revision.<field>`.
fn shown_revisions(fields: &Fields) -> Revisions {
    fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("revision.")?.to_owned(), value.parse().ok()?)))
        .collect()
}

/// What a person reads of an error on the page itself; errors that are not theirs to mend go on.
fn sentences(error: Error, locale: Locale) -> Result<Vec<String>> {
    match error {
        Error::Invalid(complaints) => Ok(complaints.iter().map(|complaint| complaint.message.say(locale)).collect()),
        Error::Refused(message) => Ok(vec![message.say(locale)]),
        other => Err(other),
    }
}

#[derive(Serialize)]
struct ScorecardPage {
    id: String,
    candidate: String,
    by: String,
    job_id: String,
    job: String,
    interview_id: InterviewId,
    application_id: String,
    round: String,
    medium: &'static str,
    starts_at: String,
    is_own: bool,
    is_draft: bool,
    submitted_at: String,
    recommendation: String,
    sections: Vec<Section>,
    private_note: String,
    next_note: String,
    /// Which facts of the outline came back, in a sentence.
    facts: String,
    seal: String,
    /// Who entered it from paper, and what its interviewer says to it.
    paper: Option<paper::Entry>,
    amendments: Vec<AmendmentLine>,
    /// Own and submitted, in an open job.
    may_amend: bool,
    form: Form,
    dimensions: Vec<(String, String)>,
    ratings: Vec<(String, String)>,
}

#[derive(Serialize)]
struct Section {
    name: String,
    mark: String,
    class: &'static str,
    words: String,
    anchor: String,
    ticks: Vec<SaidTick>,
    note: String,
    course: Option<Course>,
    /// The rating after the last amendment, in words; empty without one.
    amended: String,
}

#[derive(Serialize)]
struct AmendmentLine {
    dimension: String,
    from: String,
    to: String,
    reason: String,
    at: String,
}

fn page(may: &May<Score>, shown: &Shown, rubric: &Rubric, form: Form) -> ScorecardPage {
    let locale = may.locale();
    let first = rubric.languages.first().map(String::as_str);
    let own = |text: &crate::domain::localized::Localized| {
        text.in_first_of([locale.tag()].into_iter().chain(first)).to_owned()
    };
    let is_own = shown.member_id == may.signed.member.id;
    let is_draft = shown.state == ScorecardState::Draft;
    let dimensions: Vec<_> = shown.dimensions.iter().filter_map(|key| rubric.dimension(key)).collect();
    let name = |key: &str| rubric.dimension(key).map_or(key.to_owned(), |dimension| own(&dimension.name));
    let words = |rating: Rating| kit::rating_words(rubric, locale, rating);

    let mut latest: BTreeMap<&str, String> = shown
        .ratings
        .iter()
        .map(|row| (row.dimension.as_str(), row.rating().map(kit::mark).unwrap_or_default()))
        .collect();
    let mut amended: BTreeMap<&str, String> = BTreeMap::new();
    let mut amendments = Vec::new();
    for amendment in &shown.amendments {
        let Some(rating) = amendment.rating() else { continue };
        let from = latest.insert(&amendment.dimension, kit::mark(rating)).unwrap_or_default();
        amended.insert(&amendment.dimension, words(rating));
        amendments.push(AmendmentLine {
            dimension: name(&amendment.dimension),
            from,
            to: kit::mark(rating),
            reason: amendment.reason.clone(),
            at: amendment.at.to_string(),
        });
    }
    let sections = dimensions
        .iter()
        .map(|dimension| {
            let row = shown.ratings.iter().find(|row| row.dimension == dimension.key);
            let rating = row.and_then(|row| row.rating());
            let anchor = match rating {
                Some(Rating::Score(score)) => dimension.anchors.get(&score.get()).map(&own).unwrap_or_default(),
                _ => String::new(),
            };
            Section {
                name: own(&dimension.name),
                mark: rating.map_or("–".to_owned(), kit::mark),
                class: rating.map_or("none", kit::class),
                words: rating.map(words).unwrap_or_default(),
                anchor,
                ticks: kit::said_ticks(dimension, row.map(|row| row.ticks.as_slice()).unwrap_or_default(), locale),
                note: row.map(|row| row.note.clone()).unwrap_or_default(),
                course: row.and_then(|row| Course::new(dimension, &row.asked, row.seconds, rubric, locale)),
                amended: amended.get(dimension.key.as_str()).cloned().unwrap_or_default(),
            }
        })
        .collect();
    let scores = ["5", "4", "3", "2", "1", "not_enough_evidence"];
    let ratings =
        scores.iter().filter_map(|value| Some((value.to_string(), words(Rating::from_text(value).ok()??)))).collect();
    let word = |choice: Recommendation| locale.word(kit::recommendation_key(choice));
    let text = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    ScorecardPage {
        id: shown.id.to_string(),
        candidate: shown.candidate.clone(),
        by: shown.by.clone(),
        job_id: shown.job_id.to_string(),
        job: if shown.place.is_empty() { shown.job.clone() } else { format!("{}, {}", shown.job, shown.place) },
        interview_id: shown.interview_id,
        application_id: shown.application_id.to_string(),
        round: shown.round.clone(),
        medium: shown.medium.as_str(),
        starts_at: shown.starts_at.to_string(),
        is_own,
        is_draft,
        submitted_at: text(shown.submitted_at),
        recommendation: shown.recommendation.map(word).unwrap_or_default(),
        sections,
        private_note: shown.private_note.clone(),
        next_note: shown.next_note.clone(),
        facts: kit::facts(rubric, &shown.facts, locale),
        seal: shown.seal.clone().unwrap_or_default(),
        paper: shown.paper.clone(),
        amendments,
        may_amend: is_own && !is_draft && store::kit::closed(shown.interview_state, shown.job_state).is_none(),
        form,
        dimensions: dimensions.iter().map(|dimension| (dimension.key.clone(), own(&dimension.name))).collect(),
        ratings,
    }
}
