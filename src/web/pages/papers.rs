//! Paper: blank sheets for a seat, a paper scorecard that somebody enters for its interviewer, and what the interviewer says to it.

use std::sync::Arc;

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{FormConfig, Path, ServiceConfig, get, post, resource},
};
use serde::Serialize;

use super::{
    interviews::sender,
    kit::{self, Desk},
};
use crate::{
    domain::{
        id::{InterviewId, ScorecardId, SeatId},
        localized::Localized,
        policy::{EnterScorecards, Score},
        rating::Recommendation,
        rubric::{Dimension, Rubric},
        scorecard::{Field, MAX_TEXT, lines},
    },
    error::Result,
    store::rubric_cache,
    usecases::{
        paper::{self, Open, Outcome},
        scorecard::{Entered, MAX_REASON, Missing},
    },
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::{May, Rater},
    },
};

/// A note per dimension, each of the greatest length.
const MOST_BYTES: usize = 2 << 20;

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/interviews/{id}/seats/{seat}/paper", get().to(blank))
        .service(
            resource("/interviews/{id}/seats/{seat}/scorecard")
                .app_data(FormConfig::default().limit(MOST_BYTES))
                .route(get().to(form))
                .route(post().to(enter)),
        )
        .route("/scorecards/{id}/confirmation", post().to(answer));
}

#[derive(Serialize)]
struct EntryPage {
    form: Form,
    interview: InterviewId,
    seat: SeatId,
    candidate: String,
    round: String,
    interviewer: String,
    dimensions: Vec<EntryDimension>,
    recommendations: Vec<(&'static str, String)>,
    recommendation: String,
    next_note: String,
    most: usize,
}

#[derive(Serialize)]
struct EntryDimension {
    key: String,
    name: String,
    rating: String,
    /// Value, mark and name.
    ratings: Vec<(String, String, String)>,
    ticks: Vec<EntryTick>,
    note: String,
    error: String,
}

#[derive(Serialize)]
struct EntryTick {
    key: String,
    text: String,
    checked: bool,
}

/// Empty sheets for a seat, for whoever hands them out.
async fn blank(
    may: May<EnterScorecards>,
    path: Path<(InterviewId, SeatId)>,
    Query(query): Query,
) -> Result<HttpResponse> {
    let (interview, seat) = path.into_inner();
    let rater = may.likewise::<Score>()?;
    let (desk, interviewer) = Desk::blank(&rater, interview, seat, query.get("language")).await?;
    desk.paper_page(&interviewer, format!("/interviews/{interview}"))
}

async fn form(may: May<EnterScorecards>, path: Path<(InterviewId, SeatId)>) -> Result<HttpResponse> {
    let path = path.into_inner();
    let (open, rubric) = open(&may, path).await?;
    let page = page(&may, path, &open, &rubric, Form::default());
    may.frame().page("paper/enter.html", &page)
}

async fn enter(may: May<EnterScorecards>, path: Path<(InterviewId, SeatId)>, fields: Fields) -> Result<HttpResponse> {
    let path = path.into_inner();
    let (open, rubric) = open(&may, path).await?;
    let entered = entered(&open, &fields);
    let policy = may.signed.organisation.evidence_policy();
    let mut conn = may.db().await?;
    let outcome = paper::enter(&mut conn, &may.scope(), &may.actor(), &sender(&may), path, &entered, policy).await;
    drop(conn);
    let locale = may.locale();
    let (status, form) = match outcome {
        Ok(Outcome::Done(id)) => {
            may.request.shared.outbox.wake();
            return Ok(see_other(format!("/scorecards/{id}")));
        }
        Ok(Outcome::Gaps(missing)) => {
            let mut form = Form { typed: fields, ..Form::default() };
            for missing in missing {
                let (field, error) = match missing {
                    Missing::Gap(key, gap) => {
                        let name = rubric.dimension(&key).map(|found| found.name.in_language(locale.tag()));
                        let error = format!("{}: {}", name.unwrap_or(&key), locale.word(kit::gap_key(gap)));
                        (key, error)
                    }
                    Missing::Conflict(field) => (field.to_string(), locale.word("scorecard-conflict")),
                    Missing::Recommendation => {
                        let error = format!("{}: {}", locale.word("kit-recommendation"), locale.word("form-required"));
                        ("recommendation".to_owned(), error)
                    }
                };
                form.wrong.push(field.clone());
                form.errors.insert(field, error);
            }
            (StatusCode::UNPROCESSABLE_ENTITY, form)
        }
        Err(error) => (error.status_code(), Form::again(fields, error, locale)?),
    };
    let page = page(&may, path, &open, &rubric, form);
    may.frame().page_with(status, "paper/enter.html", &page)
}

async fn answer(may: Rater, id: Path<ScorecardId>, fields: Fields) -> Result<HttpResponse> {
    let mut parser = fields.parser();
    let remark = parser.text("remark", MAX_REASON);
    let is_right = fields.get("right") == "yes";
    if !is_right && remark.is_empty() {
        parser.complain("remark", crate::error::Message::new("form-required"));
    }
    parser.finish()?;
    let mut conn = may.db().await?;
    let remark = if is_right { "" } else { &remark };
    paper::answer(&mut conn, &may.scope(), &may.actor(), *id, is_right, remark).await?;
    Ok(see_other(format!("/scorecards/{id}")))
}

async fn open(may: &May<EnterScorecards>, (interview, seat): (InterviewId, SeatId)) -> Result<(Open, Arc<Rubric>)> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    let open = paper::open(&mut conn, &scope, interview, seat, may.now()).await?;
    let rubric = rubric_cache::published(&mut conn, &scope, open.kit.job.rubric_version_id).await?;
    Ok((open, rubric))
}

/// Every field of the round's dimensions; what is empty on paper stays empty.
fn entered(open: &Open, fields: &Fields) -> Vec<Entered> {
    let mut all = vec![
        (Field::Recommendation, fields.get("recommendation").to_owned()),
        (Field::NextNote, lines(fields.get("next_note"))),
    ];
    for key in &open.kit.round.dimensions {
        let name = format!("tick.{key}");
        let mut ticks: Vec<&str> = fields.all(&name).collect();
        ticks.sort_unstable();
        ticks.dedup();
        all.push((Field::Rating(key.clone()), fields.get(&format!("rating.{key}")).to_owned()));
        all.push((Field::Ticks(key.clone()), ticks.join(" ")));
        all.push((Field::Note(key.clone()), lines(fields.get(&format!("note.{key}")))));
    }
    let entered =
        |(field, value): (Field, String)| Entered { touched: !value.is_empty(), field, base_revision: 0, value };
    all.into_iter().map(entered).collect()
}

fn page(
    may: &May<EnterScorecards>,
    (interview, seat): (InterviewId, SeatId),
    open: &Open,
    rubric: &Rubric,
    form: Form,
) -> EntryPage {
    let locale = may.locale();
    let first = rubric.languages.first().map(String::as_str);
    let own = |text: &Localized| text.in_first_of([locale.tag()].into_iter().chain(first)).to_owned();
    let typed = |name: &str| form.typed.get(name).to_owned();
    let error = |key: &str| {
        let names = [key.to_owned(), format!("{key}.rating"), format!("{key}.ticks"), format!("{key}.note")];
        names.iter().find_map(|name| form.errors.get(name)).cloned().unwrap_or_default()
    };
    let dimension = |dimension: &Dimension| {
        let key = &dimension.key;
        let scored = (1..=5u8).map(|step| {
            let name = rubric.scale.get(&step).map(|label| own(&label.name)).unwrap_or_default();
            (step.to_string(), step.to_string(), name)
        });
        let unknown = ("not_enough_evidence".to_owned(), "–".to_owned(), own(&rubric.not_enough_evidence.name));
        let tick_name = format!("tick.{key}");
        let ticked: Vec<&str> = form.typed.all(&tick_name).collect();
        EntryDimension {
            key: key.clone(),
            name: own(&dimension.name),
            rating: typed(&format!("rating.{key}")),
            ratings: scored.chain([unknown]).collect(),
            ticks: dimension
                .indicators_for(open.kit.round.medium)
                .map(|indicator| EntryTick {
                    checked: ticked.contains(&indicator.key.as_str()),
                    key: indicator.key.clone(),
                    text: own(&indicator.text),
                })
                .collect(),
            note: typed(&format!("note.{key}")),
            error: error(key),
        }
    };
    EntryPage {
        interview,
        seat,
        candidate: open.kit.candidate.name.clone(),
        round: open.kit.round.name.clone(),
        interviewer: open.holder.name.clone(),
        dimensions: open.kit.round.dimensions.iter().filter_map(|key| rubric.dimension(key)).map(dimension).collect(),
        recommendations: Recommendation::ALL
            .iter()
            .map(|choice| (choice.as_str(), locale.word(kit::recommendation_key(*choice))))
            .collect(),
        recommendation: typed("recommendation"),
        next_note: typed("next_note"),
        most: MAX_TEXT,
        form,
    }
}
