//! The kit: it guides one interviewer through one interview, a dimension at a time, and ends with the review.

mod parts;

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web::{Path, ServiceConfig, get},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub use parts::SaidTick;
use parts::*;

use crate::{
    domain::{
        id::InterviewId,
        localized::Localized,
        policy::Score,
        rating::{Gap, Rating, Recommendation},
        rubric::{Dimension, Question, Rubric, Sign},
        scorecard::{Field, MAX_TEXT, rating_text},
    },
    error::{Error, Result},
    i18n::Locale,
    store::kit::Kit,
    usecases::scorecard::{self, Missing},
    web::{forms::Query, view::see_other, who::May},
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/interviews/{id}/kit", get().to(resume))
        .route("/interviews/{id}/kit/review", get().to(review))
        .route("/interviews/{id}/kit/{dimension}", get().to(dimension));
}

/// To the first dimension without a rating, else to the review.
async fn resume(may: May<Score>, id: Path<InterviewId>, Query(query): Query) -> Result<HttpResponse> {
    let desk = Desk::open(&may, *id, query.get("language")).await?;
    let unrated = desk.dimensions().find(|dimension| desk.rating(&dimension.key).is_none());
    let target = match unrated {
        Some(dimension) if !desk.kit.is_submitted() => desk.href(&dimension.key),
        _ => desk.href("review"),
    };
    Ok(HttpResponse::Found().insert_header((header::LOCATION, target)).finish())
}

async fn dimension(may: May<Score>, path: Path<(InterviewId, String)>, Query(query): Query) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    let desk = Desk::open(&may, id, query.get("language")).await?;
    if desk.kit.is_submitted() {
        return Ok(see_other(desk.href("review")));
    }
    desk.dimension_page(StatusCode::OK, &key, None, Vec::new())
}

async fn review(may: May<Score>, id: Path<InterviewId>, Query(query): Query) -> Result<HttpResponse> {
    let desk = Desk::open(&may, *id, query.get("language")).await?;
    desk.review_page(StatusCode::OK, None, String::new())
}

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
}

impl<'a> Desk<'a> {
    /// Opens the kit; the first opening makes the scorecard.
    pub async fn open(may: &'a May<Score>, interview: InterviewId, language: &str) -> Result<Desk<'a>> {
        let mut conn = may.db().await?;
        let (kit, rubric) = scorecard::open(&mut conn, &may.scope(), interview, may.now()).await?;
        let chosen = [language, may.locale().tag()].into_iter().find(|tag| rubric.languages.iter().any(|l| l == tag));
        let first = rubric.languages.first().map(String::as_str).unwrap_or_default();
        let language = chosen.unwrap_or(first).to_owned();
        Ok(Desk { may, kit, rubric, language })
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

    /// A dimension of the kit; `typed` stands in for what is kept.
    ///
    /// # Errors
    /// `NotFound` when the round does not cover the dimension.
    pub fn dimension_page(
        &self,
        status: StatusCode,
        key: &str,
        typed: Option<&Typed>,
        errors: Vec<String>,
    ) -> Result<HttpResponse> {
        let dimensions: Vec<&Dimension> = self.dimensions().collect();
        let at = dimensions.iter().position(|dimension| dimension.key == key).ok_or(Error::NotFound)?;
        let dimension = dimensions[at];
        let row = self.kit.rating(key);
        let kept = Typed {
            rating: rating_text(row.and_then(|row| row.rating())),
            ticks: row.map(|row| row.ticks.clone()).unwrap_or_default(),
            note: row.map(|row| row.note.clone()).unwrap_or_default(),
            ..Typed::default()
        };
        let shown = typed.unwrap_or(&kept);
        let mut asked = self.questions(dimension).into_iter();
        let link = |at: Option<usize>| at.and_then(|at| dimensions.get(at)).map(|dimension| self.link(dimension));
        let page = DimensionPage {
            top: self.top(),
            steps: self.steps(Some(key)),
            rated: dimensions.iter().filter(|dimension| self.rating(&dimension.key).is_some()).count(),
            key: key.to_owned(),
            name: self.own(&dimension.name).to_owned(),
            definition: self.own(&dimension.definition).to_owned(),
            caution: dimension.caution.as_ref().map(|text| self.own(text).to_owned()).unwrap_or_default(),
            language: self.language.clone(),
            languages: self.languages(key),
            question: asked.next(),
            others: asked.collect(),
            signs_for: self.ticks(dimension, Sign::Positive, &shown.ticks),
            signs_against: self.ticks(dimension, Sign::Negative, &shown.ticks),
            anchors: self.anchors(dimension, &shown.rating),
            note: shown.note.clone(),
            revisions: row.map_or([0; 3], |row| [row.rating_revision, row.ticks_revision, row.note_revision]),
            seen: [seen(&kept.rating), seen(&kept.ticks.join(" ")), seen(&kept.note)],
            previous: link(at.checked_sub(1)),
            next: link(Some(at + 1)),
            here: self.href(key),
            review: self.href("review"),
            operation: Uuid::now_v7().to_string(),
            copies: self.copies(Some(key)),
            candidate_note: self.kit.candidate.note.clone(),
            earlier_notes: self.kit.earlier_notes.iter().map(Earlier::new).collect(),
            is_first: at == 0,
            errors,
            most: MAX_TEXT,
        };
        self.may.frame().page_with(status, "kit/dimension.html", &page)
    }

    /// The review, or thanks once it is submitted.
    pub fn review_page(&self, status: StatusCode, typed: Option<&Typed>, error: String) -> Result<HttpResponse> {
        let sheet = self.kit.sheet();
        let Some(card) = &self.kit.scorecard else {
            return Ok(see_other(self.dimensions().next().map_or("/".to_owned(), |first| self.href(&first.key))));
        };
        if self.kit.is_submitted() {
            return self.done_page(status, Vec::new());
        }
        let kept = Typed {
            recommendation: card.recommendation.map(|choice| choice.as_str().to_owned()).unwrap_or_default(),
            private_note: card.private_note.clone(),
            next_note: card.next_note.clone(),
            ..Typed::default()
        };
        let shown = typed.unwrap_or(&kept);
        let policy = self.may.signed.organisation.evidence_policy();
        let missing = scorecard::missing(&self.kit, policy);
        let sections: Vec<Section> = self.dimensions().map(|dimension| self.section(dimension, &missing)).collect();
        let rated = sheet.ratings.iter().filter(|rated| rated.rating.is_some()).count();
        let page = ReviewPage {
            top: self.top(),
            total: sections.len(),
            rated,
            sections,
            missing: missing.iter().filter_map(|missing| self.missing(missing)).collect(),
            recommendations: Recommendation::ALL
                .iter()
                .map(|choice| Choice {
                    value: choice.as_str(),
                    label: self.may.locale().word(recommendation_key(*choice)),
                    checked: choice.as_str() == shown.recommendation,
                })
                .collect(),
            private_note: shown.private_note.clone(),
            next_note: shown.next_note.clone(),
            revisions: [card.recommendation_revision, card.private_note_revision, card.next_note_revision],
            seen: [seen(&kept.recommendation), seen(&kept.private_note), seen(&kept.next_note)],
            shown_revisions: self.kit.revisions().into_iter().filter(|(name, _)| name.contains('.')).collect(),
            back: self.dimensions().last().map(|last| self.href(&last.key)).unwrap_or_default(),
            operation: Uuid::now_v7().to_string(),
            copies: self.copies(None),
            error,
            most: MAX_TEXT,
        };
        self.may.frame().page_with(status, "kit/review.html", &page)
    }

    /// Thanks; `unsaved` is text that came too late.
    pub fn done_page(&self, status: StatusCode, unsaved: Vec<(String, String)>) -> Result<HttpResponse> {
        let page = DonePage {
            candidate: self.kit.candidate.name.clone(),
            scorecard: self.kit.scorecard.as_ref().map(|card| card.id.to_string()).unwrap_or_default(),
            submitted_at: self
                .kit
                .scorecard
                .as_ref()
                .and_then(|card| card.submitted_at)
                .map(|at| at.to_string())
                .unwrap_or_default(),
            unsaved,
        };
        self.may.frame().page_with(status, "kit/done.html", &page)
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
        let writable = kit.closed().is_none();
        let pen = kit.scorecard.as_ref().filter(|_| writable).map(|card| Pen {
            scorecard: card.id.to_string(),
            device_key: self.may.signed.session.as_ref().map(|s| STANDARD.encode(&s.device_key)).unwrap_or_default(),
        });
        Top {
            interview: kit.interview.id.to_string(),
            candidate: kit.candidate.name.clone(),
            job: kit.job.title.clone(),
            round: kit.round.name.clone(),
            medium: kit.round.medium.as_str(),
            minutes: kit.interview.minutes,
            started: self.started().map(|at| at.to_string()).unwrap_or_default(),
            elapsed: elapsed(self.started().map_or(0, |at| self.may.now().duration_since(at).as_secs())),
            pen,
            why_not: kit.closed().map(|key| locale.word(key)).unwrap_or_default(),
            blind: self.may.scope().blind,
        }
    }

    /// When the timer began: with the scorecard; with the interview when the kit was opened long before, to prepare.
    fn started(&self) -> Option<jiff::Timestamp> {
        let (opened, planned) = (self.kit.scorecard.as_ref()?.started_at, self.kit.interview.starts_at);
        let began = if planned.duration_since(opened).as_mins() > 30 { planned } else { opened };
        let ago = self.may.now().duration_since(began).as_secs();
        (0..8 * 3600).contains(&ago).then_some(began)
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

    fn languages(&self, page: &str) -> Vec<Language> {
        let all: Vec<Language> = self
            .rubric
            .languages
            .iter()
            .map(|tag| Language {
                tag: tag.clone(),
                name: Locale::ALL.iter().find(|l| l.tag() == tag).map_or(tag.as_str(), |l| l.own_name()).to_owned(),
                href: match self.href_in(page, tag) {
                    path if path.contains('?') => path,
                    path => format!("{path}?language={tag}"),
                },
                is_current: *tag == self.language,
            })
            .collect();
        if all.len() > 1 { all } else { Vec::new() }
    }

    /// The round's questions for a dimension; its first one when the round names none.
    fn questions(&self, dimension: &Dimension) -> Vec<Asked> {
        let planned = &self.kit.round.questions;
        let of_round: Vec<&Question> =
            planned.iter().filter_map(|key| dimension.questions.iter().find(|question| question.key == *key)).collect();
        let asked = if of_round.is_empty() { dimension.questions.iter().take(1).collect() } else { of_round };
        asked
            .into_iter()
            .map(|question| Asked {
                text: self.aloud(&question.text),
                probes: question.probes.iter().map(|probe| self.aloud(probe)).collect(),
            })
            .collect()
    }

    fn ticks(&self, dimension: &Dimension, sign: Sign, ticked: &[String]) -> Vec<Tick> {
        dimension
            .indicators_for(self.kit.round.medium)
            .filter(|indicator| indicator.sign == sign)
            .map(|indicator| Tick {
                key: indicator.key.clone(),
                text: self.own(&indicator.text).to_owned(),
                checked: ticked.contains(&indicator.key),
            })
            .collect()
    }

    /// From 5 down to 1, then not enough evidence.
    fn anchors(&self, dimension: &Dimension, chosen: &str) -> Vec<Anchor> {
        let scored = (1..=5u8).rev().map(|step| Anchor {
            value: step.to_string(),
            mark: step.to_string(),
            class: STEPS[usize::from(step) - 1],
            name: self.rubric.scale.get(&step).map(|label| self.own(&label.name).to_owned()).unwrap_or_default(),
            text: dimension.anchors.get(&step).map(|text| self.own(text).to_owned()).unwrap_or_default(),
            hotkey: step.to_string(),
            checked: chosen == step.to_string(),
        });
        let unknown = Anchor {
            value: "not_enough_evidence".to_owned(),
            mark: "–".to_owned(),
            class: "none",
            name: self.own(&self.rubric.not_enough_evidence.name).to_owned(),
            text: self.own(&self.rubric.not_enough_evidence.text).to_owned(),
            hotkey: "0".to_owned(),
            checked: chosen == "not_enough_evidence",
        };
        scored.chain([unknown]).collect()
    }

    fn section(&self, dimension: &Dimension, missing: &[Missing]) -> Section {
        let row = self.kit.rating(&dimension.key);
        let rating = row.and_then(|row| row.rating());
        let gap = missing.iter().find_map(|missing| match missing {
            Missing::Gap(key, gap) if *key == dimension.key => Some(*gap),
            _ => None,
        });
        let ticks = row.map(|row| row.ticks.as_slice()).unwrap_or_default();
        Section {
            name: self.own(&dimension.name).to_owned(),
            mark: rating.map_or("–".to_owned(), mark),
            class: rating.map_or("none", class),
            words: rating.map_or_else(String::new, |rating| rating_words(&self.rubric, self.may.locale(), rating)),
            ticks: said_ticks(dimension, ticks, self.may.locale()),
            note: row.map(|row| row.note.clone()).unwrap_or_default(),
            gap: gap.map(|gap| self.may.locale().word(gap_key(gap))).unwrap_or_default(),
            href: self.href(&dimension.key),
        }
    }

    fn missing(&self, missing: &Missing) -> Option<Named> {
        let locale = self.may.locale();
        Some(match missing {
            Missing::Gap(key, gap) => {
                let name = self.rubric.dimension(key).map_or(key.as_str(), |dimension| self.own(&dimension.name));
                Named { text: format!("{name}: {}", locale.word(gap_key(*gap))), href: self.href(key) }
            }
            Missing::Conflict(field) => Named {
                text: locale.say("kit-conflict-waits", &[("field", self.label(field).into())]),
                href: field.dimension().map_or("#copies".to_owned(), |key| self.href(key)),
            },
            // It is asked for right below.
            Missing::Recommendation => return None,
        })
    }

    /// The kept copies of a dimension's fields, or those of the whole scorecard.
    fn copies(&self, dimension: Option<&str>) -> Vec<Copy> {
        let revisions = self.kit.revisions();
        self.kit
            .conflicts
            .iter()
            .filter_map(|copy| {
                let field: Field = copy.field.parse().ok()?;
                (field.dimension() == dimension).then(|| Copy {
                    id: copy.id.to_string(),
                    label: self.label(&field),
                    copy: self.described(&field, &copy.value),
                    current: self.described(&field, &self.kit.value(&field)),
                    revision: revisions.get(&copy.field).copied().unwrap_or_default(),
                    is_text: field.is_text(),
                    at: copy.at.to_string(),
                    field: copy.field.clone(),
                })
            })
            .collect()
    }

    /// A value in words.
    fn described(&self, field: &Field, value: &str) -> String {
        let locale = self.may.locale();
        let words = match field {
            Field::Rating(_) => match Rating::from_text(value) {
                Ok(Some(rating)) => rating_words(&self.rubric, locale, rating),
                _ => String::new(),
            },
            Field::Ticks(_) => value
                .split(' ')
                .filter_map(|key| self.rubric.indicator(key))
                .map(|(_, indicator)| self.own(&indicator.text).to_owned())
                .collect::<Vec<_>>()
                .join("\n"),
            Field::Recommendation => {
                value.parse().map(|choice| locale.word(recommendation_key(choice))).unwrap_or_default()
            }
            Field::Note(_) | Field::PrivateNote | Field::NextNote => value.to_owned(),
        };
        if words.is_empty() { "–".to_owned() } else { words }
    }
}

/// What the page showed of a field, short: a form sends it back, so that what nobody touched is not taken for a change.
pub fn seen(value: &str) -> String {
    Sha256::digest(value).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn elapsed(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}

const STEPS: [&str; 5] = ["r1", "r2", "r3", "r4", "r5"];

/// The class that colours a rating.
pub fn class(rating: Rating) -> &'static str {
    match rating {
        Rating::Score(score) => STEPS[usize::from(score.get()) - 1],
        Rating::NotEnoughEvidence => "none",
    }
}

/// A rating in one character.
pub fn mark(rating: Rating) -> String {
    match rating {
        Rating::Score(score) => score.get().to_string(),
        Rating::NotEnoughEvidence => "–".to_owned(),
    }
}

/// "4, Strong".
pub fn rating_words(rubric: &Rubric, locale: Locale, rating: Rating) -> String {
    let first = rubric.languages.first().map(String::as_str);
    let own = |text: &Localized| text.in_first_of([locale.tag()].into_iter().chain(first)).to_owned();
    match rating {
        Rating::Score(score) => {
            let name = rubric.scale.get(&score.get()).map(|label| own(&label.name)).unwrap_or_default();
            format!("{}, {name}", score.get())
        }
        Rating::NotEnoughEvidence => own(&rubric.not_enough_evidence.name),
    }
}

/// The ticked indicators of a dimension in the rubric's order, whatever the medium.
pub fn said_ticks(dimension: &Dimension, ticked: &[String], locale: Locale) -> Vec<SaidTick> {
    dimension
        .indicators
        .iter()
        .filter(|indicator| ticked.contains(&indicator.key))
        .map(|indicator| SaidTick {
            text: indicator.text.in_language(locale.tag()).to_owned(),
            against: indicator.sign == Sign::Negative,
        })
        .collect()
}

pub fn recommendation_key(choice: Recommendation) -> &'static str {
    match choice {
        Recommendation::StrongNo => "scorecard-strong-no",
        Recommendation::No => "scorecard-no",
        Recommendation::Yes => "scorecard-yes",
        Recommendation::StrongYes => "scorecard-strong-yes",
    }
}

fn gap_key(gap: Gap) -> &'static str {
    match gap {
        Gap::Unrated => "kit-gap-unrated",
        Gap::NoEvidence => "kit-gap-no-evidence",
        Gap::NoNote => "kit-gap-no-note",
    }
}

fn label(locale: Locale, field: &Field, name: impl Fn(&str) -> Option<String>) -> String {
    let of = |key: &str, dimension: &str| {
        let name = name(dimension).unwrap_or_else(|| dimension.to_owned());
        locale.say(key, &[("dimension", name.into())])
    };
    match field {
        Field::Rating(dimension) => of("kit-label-rating", dimension),
        Field::Ticks(dimension) => of("kit-label-ticks", dimension),
        Field::Note(dimension) => of("kit-label-note", dimension),
        Field::Recommendation => locale.word("kit-recommendation"),
        Field::PrivateNote => locale.word("kit-private-note"),
        Field::NextNote => locale.word("kit-next-note"),
    }
}
