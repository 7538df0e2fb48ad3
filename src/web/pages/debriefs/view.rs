//! What the templates of debriefs are filled with.

mod closure;
mod dimension;
mod show;
mod slopes;

use serde::Serialize;

use crate::{
    domain::{
        debrief::{self, Change, Citation, Voice, has_answered, minority, moved, movement},
        id::{DebriefId, MemberId},
        policy::{Permission, SeeComparison},
        rating::Rating,
        rubric::Rubric,
    },
    figures::{self, SlopeTable, Theme, slope_figure, slope_table},
    i18n::Locale,
    store::debrief::{Debrief, Seat},
    web::{pages::kit, who::May},
};

pub use closure::ClosurePage;
pub use dimension::DimensionPage;
pub use show::ShowPage;
pub use slopes::{Slopes, slopes};

/// Characters of a note in the list of what can be cited.
const EXCERPT: usize = 180;

#[derive(Serialize)]
pub struct MissingSeat {
    name: String,
    round: String,
    starts_at: String,
    /// The kit, for whoever has to finish it.
    kit: Option<String>,
}

impl MissingSeat {
    pub fn of(seat: &Seat, reader: MemberId) -> MissingSeat {
        MissingSeat {
            name: seat.name.clone(),
            round: seat.round_name.clone(),
            starts_at: seat.starts_at.to_jiff().to_string(),
            kit: (seat.member == reader).then(|| format!("/interviews/{}/kit", seat.interview)),
        }
    }
}

/// What every page of a debrief begins with.
#[derive(Serialize)]
struct Top {
    id: DebriefId,
    candidate: String,
    candidate_id: String,
    job_id: String,
    job: String,
    is_open: bool,
    is_anonymous: bool,
    finding: String,
    may_compare: bool,
}

impl Top {
    fn new<P: Permission>(found: &Debrief, may: &May<P>) -> Top {
        Top {
            id: found.id,
            candidate: found.candidate_name.clone(),
            candidate_id: found.candidate.to_string(),
            job_id: found.job.to_string(),
            job: found.job_line(),
            is_open: found.is_open(),
            is_anonymous: found.is_anonymous,
            finding: debrief::finding(&found.voices, &found.weights, found.is_open(), may.locale()),
            may_compare: may.also::<SeeComparison>(),
        }
    }
}

#[derive(Serialize)]
struct Mark {
    text: String,
    class: &'static str,
    words: String,
}

impl Mark {
    fn of(rating: Rating, rubric: &Rubric, locale: Locale) -> Mark {
        Mark { text: kit::mark(rating), class: kit::class(rating), words: kit::rating_words(rubric, locale, rating) }
    }
}

/// A figure with the same in words and numbers.
#[derive(Serialize)]
pub struct Drawn {
    title: String,
    sentence: String,
    svg: String,
    table: SlopeTable,
}

impl Drawn {
    fn of(change: &Change, id: String, title: String, locale: Locale) -> Drawn {
        let sentence = movement(change, locale);
        let slopes = figures::Slopes::of_raters(change, id, title.clone(), sentence.clone());
        let table = slope_table(&slopes, locale.word("debrief-rater"), locale);
        Drawn { title, sentence, svg: slope_figure(&slopes, locale, Theme::Page).text, table }
    }
}

/// Who moved, and the minority: who stood apart and stayed.
#[derive(Serialize)]
struct Report {
    moved: Vec<Told>,
    minority: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    name: String,
    dimension: String,
    href: String,
    first: Mark,
    second: Mark,
    /// "The others were at 2.5."
    others: String,
    reason: String,
    evidence: Vec<String>,
    note: String,
}

impl Report {
    fn new(found: &Debrief, rubric: &Rubric, locale: Locale) -> Report {
        let told = |voice: &Voice| {
            let said = voice.second.as_ref().map(|second| &second.said);
            Told {
                name: voice.name.clone(),
                dimension: dimension_name(rubric, &voice.dimension, locale),
                href: href(found.id, &voice.dimension),
                first: Mark::of(voice.first, rubric, locale),
                second: Mark::of(voice.last(), rubric, locale),
                others: others(voice, &found.voices, locale),
                reason: said.map(|said| said.reason.clone()).unwrap_or_default(),
                evidence: said.map_or(Vec::new(), |said| {
                    said.evidence.iter().filter_map(|cited| cited_words(cited, voice, found, rubric, locale)).collect()
                }),
                note: said.map(|said| said.note.clone()).unwrap_or_default(),
            }
        };
        let mut report = Report {
            moved: moved(&found.voices).map(told).collect(),
            minority: minority(&found.voices).map(told).collect(),
        };
        let place = |told: &Told| rubric.dimensions.iter().position(|d| told.href.ends_with(&format!("/{}", d.key)));
        report.moved.sort_by_key(place);
        report.minority.sort_by_key(place);
        report
    }
}

fn may_speak(found: &Debrief) -> bool {
    found.is_open() && found.job_state == crate::store::job::JobState::Open
}

fn waiting(voices: &[Voice]) -> Vec<String> {
    let raters = debrief::raters(voices).into_iter();
    raters.filter(|(rater, _)| !has_answered(*rater, voices)).map(|(_, name)| name.to_owned()).collect()
}

/// What a rater says now.
#[derive(Serialize)]
struct Said {
    mark: Mark,
    moved: bool,
    reason: String,
    evidence: Vec<String>,
    note: String,
    at: String,
}

fn said(voice: &Voice, found: &Debrief, rubric: &Rubric, locale: Locale) -> Option<Said> {
    let second = voice.second.as_ref()?;
    Some(Said {
        mark: Mark::of(second.said.rating, rubric, locale),
        moved: voice.moved(),
        reason: second.said.reason.clone(),
        evidence: second
            .said
            .evidence
            .iter()
            .filter_map(|cited| cited_words(cited, voice, found, rubric, locale))
            .collect(),
        note: second.said.note.clone(),
        at: second.changed_at.to_string(),
    })
}

/// "Jonas Bergström: asked for the reason", a note as an excerpt.
fn cited_words(cited: &Citation, voice: &Voice, found: &Debrief, rubric: &Rubric, locale: Locale) -> Option<String> {
    let text = cited_excerpt(cited, voice, found, rubric, locale)?;
    let writer = found.voices.iter().find(|other| other.scorecard == cited.scorecard())?;
    let key = if matches!(cited, Citation::Note(_)) { "debrief-cites-note" } else { "debrief-cites-tick" };
    Some(locale.say(key, &[("name", writer.name.clone().into()), ("text", text.into())]))
}

fn cited_excerpt(cited: &Citation, voice: &Voice, found: &Debrief, rubric: &Rubric, locale: Locale) -> Option<String> {
    match cited {
        Citation::Note(scorecard) => {
            let writer = found.voices.iter().find(|v| v.scorecard == *scorecard && v.dimension == voice.dimension)?;
            let note: String = writer.note.split_whitespace().collect::<Vec<_>>().join(" ");
            if note.chars().count() <= EXCERPT {
                return Some(note);
            }
            let cut: String = note.chars().take(EXCERPT).collect();
            Some(format!("{}…", cut.trim_end()))
        }
        Citation::Tick(_, key) => {
            let (_, indicator) = rubric.indicator(key)?;
            Some(indicator.text.in_language(locale.tag()).to_owned())
        }
    }
}

/// Where the other raters' first ratings of the dimension lie: "The others were at 2.5."; "" without any.
fn others(voice: &Voice, voices: &[Voice], locale: Locale) -> String {
    let scores: Vec<f64> = voices
        .iter()
        .filter(|other| other.dimension == voice.dimension && other.rater != voice.rater)
        .filter_map(|other| other.first.score().map(f64::from))
        .collect();
    if scores.is_empty() {
        return String::new();
    }
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    let mean = locale.number(mean, if mean.fract() == 0.0 { 0 } else { 1 });
    locale.say("debrief-others", &[("count", scores.len().into()), ("mean", mean.into())])
}

fn dimension_name(rubric: &Rubric, key: &str, locale: Locale) -> String {
    rubric.dimension(key).map_or(key.to_owned(), |dimension| dimension.name.in_language(locale.tag()).to_owned())
}

fn href(id: DebriefId, dimension: &str) -> String {
    format!("/debriefs/{id}/dimensions/{dimension}")
}
