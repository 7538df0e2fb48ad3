//! The kit: it guides one interviewer through one interview, a dimension at a time, and ends with the review.

mod copies;
mod course;
mod dimension;
mod paper;
mod parts;
mod review;
mod words;

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web::{Path, ServiceConfig, get},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::tz::TimeZone;

pub use course::{Course, facts};
use parts::*;
pub use parts::{Before, SaidTick};
pub use words::{class, gap_key, mark, rating_words, recommendation_key, said_ticks, seen};
use words::{elapsed, label};

use crate::{
    domain::{
        id::{InterviewId, SeatId},
        localized::Localized,
        policy::Score,
        rating::Rating,
        rubric::{Dimension, Rubric},
        scorecard::{Field, rating_text},
    },
    error::Result,
    store::{self, Scope, kit::Kit, rubric_cache},
    usecases::scorecard,
    web::{
        forms::Query,
        view::see_other,
        who::{May, Rater},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/interviews/{id}/kit", get().to(resume))
        .route("/interviews/{id}/kit/review", get().to(review))
        .route("/interviews/{id}/kit/paper", get().to(paper))
        .route("/interviews/{id}/kit/{dimension}", get().to(dimension));
}

/// To the first dimension without a rating, else to the review.
async fn resume(may: Rater, id: Path<InterviewId>, Query(query): Query) -> Result<HttpResponse> {
    let desk = Desk::open(&may, *id, query.get("language")).await?;
    let unrated = desk.dimensions().find(|dimension| desk.rating(&dimension.key).is_none());
    let target = match unrated {
        Some(dimension) if !desk.kit.is_submitted() => desk.href(&dimension.key),
        _ => desk.href("review"),
    };
    Ok(HttpResponse::Found().insert_header((header::LOCATION, target)).finish())
}

async fn dimension(may: Rater, path: Path<(InterviewId, String)>, Query(query): Query) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    let desk = Desk::open(&may, id, query.get("language")).await?;
    if desk.kit.is_submitted() {
        return Ok(see_other(desk.href("review")));
    }
    desk.dimension_page(StatusCode::OK, &key, None, Vec::new())
}

async fn review(may: Rater, id: Path<InterviewId>, Query(query): Query) -> Result<HttpResponse> {
    let desk = Desk::open(&may, *id, query.get("language")).await?;
    desk.review_page(StatusCode::OK, None, String::new())
}

async fn paper(may: Rater, id: Path<InterviewId>, Query(query): Query) -> Result<HttpResponse> {
    let desk = Desk::open(&may, *id, query.get("language")).await?;
    let back =
        if may.signed.at_seat.is_some() { format!("/interviews/{id}/seat") } else { format!("/interviews/{id}") };
    desk.paper_page(&may.signed.member.name, back)
}

/// The languages that `assets/hints-*.json` are written in.
const HINT_LANGUAGES: [&str; 2] = ["en", "sv"];

/// One member's view of one interview, in which all pages of the kit are drawn.
pub struct Desk<'a> {
    may: &'a May<Score>,
    pub kit: Kit,
    rubric: Arc<Rubric>,
    /// In which the questions are read aloud.
    language: String,
}

/// What a form without script sent, shown again when it cannot be taken.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub rating: String,
    pub ticks: Vec<String>,
    pub note: String,
    pub recommendation: String,
    pub private_note: String,
    pub next_note: String,
    pub asked: Vec<String>,
    pub facts: Vec<String>,
    pub minutes: String,
}

impl<'a> Desk<'a> {
    /// Opens the kit; the first opening makes the scorecard.
    pub async fn open(may: &'a May<Score>, interview: InterviewId, language: &str) -> Result<Desk<'a>> {
        let mut conn = may.db().await?;
        let (kit, rubric) = scorecard::open(&mut conn, &may.scope(), interview, may.now()).await?;
        Ok(Desk::with(may, kit, rubric, language))
    }

    /// The kit of somebody's seat as it is before anything is written in it, for whoever hands out paper; with their name.
    ///
    /// # Errors
    /// `NotFound` for a seat out of reach.
    pub async fn blank(
        may: &'a May<Score>,
        interview: InterviewId,
        seat: SeatId,
        language: &str,
    ) -> Result<(Desk<'a>, String)> {
        let (mut conn, scope) = (may.db().await?, may.scope());
        let (_, holder) = store::interview::held_seat(&mut conn, &scope, interview, seat).await?;
        let theirs = Scope { member: holder.id, ..scope };
        let found = store::kit::of_interview(&mut conn, &theirs, interview).await?;
        let kit =
            Kit { scorecard: None, ratings: Vec::new(), conflicts: Vec::new(), earlier_notes: Vec::new(), ..found };
        let rubric = rubric_cache::published(&mut conn, &scope, kit.job.rubric_version_id).await?;
        Ok((Desk::with(may, kit, rubric, language), holder.name))
    }

    fn with(may: &'a May<Score>, kit: Kit, rubric: Arc<Rubric>, language: &str) -> Desk<'a> {
        let chosen = [language, may.locale().tag()].into_iter().find(|tag| rubric.languages.iter().any(|l| l == tag));
        let first = rubric.languages.first().map(String::as_str).unwrap_or_default();
        let language = chosen.unwrap_or(first).to_owned();
        Desk { may, kit, rubric, language }
    }

    /// The address of a dimension or of `review`, in the language of the questions.
    pub fn href(&self, page: &str) -> String {
        self.href_in(page, &self.language)
    }

    fn href_in(&self, page: &str, language: &str) -> String {
        let path = format!("/interviews/{}/kit/{page}", self.kit.interview.id);
        let own = self.may.locale().tag();
        let first = self.rubric.languages.first().map(String::as_str);
        let is_default =
            language == own || (!self.rubric.languages.iter().any(|l| l == own) && Some(language) == first);
        if is_default { path } else { format!("{path}?language={language}") }
    }

    /// The dimensions of the round, in its order.
    fn dimensions(&self) -> impl Iterator<Item = &Dimension> {
        self.kit.round.dimensions.iter().filter_map(|key| self.rubric.dimension(key))
    }

    fn rating(&self, dimension: &str) -> Option<Rating> {
        self.kit.rating(dimension).and_then(|row| row.rating())
    }

    /// What is not asked aloud is read in the member's own language.
    fn own<'t>(&self, text: &'t Localized) -> &'t str {
        let first = self.rubric.languages.first().map(String::as_str);
        text.in_first_of([self.may.locale().tag()].into_iter().chain(first))
    }

    fn aloud(&self, text: &Localized) -> String {
        let first = self.rubric.languages.first().map(String::as_str);
        text.in_first_of([self.language.as_str()].into_iter().chain(first)).to_owned()
    }

    /// What a field is called on the page.
    pub fn label(&self, field: &Field) -> String {
        label(self.may.locale(), field, |key| {
            self.rubric.dimension(key).map(|dimension| self.own(&dimension.name).to_owned())
        })
    }

    fn top(&self) -> Top {
        let kit = &self.kit;
        let locale = self.may.locale();
        let (pen, late) = if kit.closed().is_none() { (self.pen(), None) } else { (None, self.pen()) };
        Top {
            interview: kit.interview.id.to_string(),
            candidate: kit.candidate.name.clone(),
            job: kit.job.title.clone(),
            round: kit.round.name.clone(),
            medium: kit.round.medium.as_str(),
            minutes: kit.interview.minutes,
            clock: self.clock(),
            starts: kit.interview.starts_at.to_string(),
            now: self.may.now().to_string(),
            pen,
            late,
            why_not: kit.closed().map(|key| locale.word(key)).unwrap_or_default(),
            blind: self.may.scope().blind,
        }
    }

    /// What the device needs to keep what is written; nothing before there is a scorecard.
    fn pen(&self) -> Option<Pen> {
        let card = self.kit.scorecard.as_ref()?;
        let session = self.may.signed.session.as_ref();
        let pages = self.dimensions().map(|dimension| dimension.key.as_str()).chain(["review"]);
        Some(Pen {
            scorecard: card.id.to_string(),
            device_key: session.map(|session| STANDARD.encode(&session.device_key)).unwrap_or_default(),
            kit: format!("/interviews/{}/kit", self.kit.interview.id),
            hints: self.hints(),
            pages: pages.map(|page| self.href(page)).collect::<Vec<_>>().join(" "),
        })
    }

    /// Notes are written in the member's own language or in that of the questions.
    fn hints(&self) -> String {
        if !self.may.signed.organisation.evidence_hints {
            return String::new();
        }
        let mut languages = vec![self.may.locale().tag(), self.language.as_str()];
        languages.retain(|language| HINT_LANGUAGES.contains(language));
        languages.dedup();
        languages.join(" ")
    }

    /// Counts from the opening of the kit; from the planned start when it was opened long before, to prepare.
    fn clock(&self) -> Clock {
        let (locale, planned) = (self.may.locale(), self.kit.interview.starts_at);
        let Some(opened) = self.kit.scorecard.as_ref().map(|card| card.started_at) else { return Clock::none() };
        let zone = TimeZone::get(self.may.time_zone()).unwrap_or(TimeZone::UTC);
        let prepared = planned.duration_since(opened).as_mins() > 30;
        let from = if prepared { planned } else { opened };
        let since = self.may.now().duration_since(from).as_secs();
        if since >= 8 * 3600 {
            return Clock::none();
        }
        let (at, today) = (from.to_zoned(zone.clone()), self.may.now().to_zoned(zone).date());
        let time = locale.time(&at);
        if since < 0 {
            let key = if at.date() == today { "kit-starts" } else { "kit-starts-on" };
            let starts = locale.say(key, &[("day", locale.day(at.date()).into()), ("time", time.into())]);
            return Clock { from: from.to_string(), shows: starts.clone(), means: starts, is_ahead: true };
        }
        let key = if prepared { "kit-timer-planned" } else { "kit-timer-opened" };
        let means = locale.say(key, &[("time", time.into())]);
        Clock { from: from.to_string(), shows: elapsed(since), means, is_ahead: false }
    }

    fn steps(&self, current: Option<&str>) -> Vec<Step> {
        self.dimensions()
            .zip(1..)
            .map(|(dimension, n)| {
                let rating = self.rating(&dimension.key);
                Step {
                    key: dimension.key.clone(),
                    name: self.own(&dimension.name).to_owned(),
                    n,
                    rating: rating_text(rating),
                    class: rating.map_or("", class),
                    shown: rating.map(mark).unwrap_or_default(),
                    href: self.href(&dimension.key),
                    is_current: current == Some(&dimension.key),
                }
            })
            .collect()
    }

    fn link(&self, dimension: &Dimension) -> Link {
        Link { key: dimension.key.clone(), name: self.own(&dimension.name).to_owned(), href: self.href(&dimension.key) }
    }
}
