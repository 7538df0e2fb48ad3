//! The page of a debrief: who has spoken, what moved, and the report.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Drawn, Mark, Report, Top, dimension_name, href, may_speak, waiting};
use crate::{
    domain::{
        debrief::{self, Change, Voice, of_dimension, overall, stands_apart},
        id::{MemberId, ScorecardId},
        policy::{Permission, leads_debriefs},
        rubric::Rubric,
    },
    i18n::Locale,
    store::debrief::Debrief,
    web::who::May,
};

#[derive(Serialize)]
pub struct ShowPage {
    top: Top,
    done: Option<&'static str>,
    error: String,
    opened_by: String,
    opened_at: String,
    closed_by: String,
    closed_at: String,
    summary: String,
    seal: String,
    may_close: bool,
    /// Raters who have not said everything, while open.
    waiting: Vec<String>,
    /// The reader's own scorecards, while open.
    own: Vec<Own>,
    raters: Vec<Head>,
    rows: Vec<Row>,
    overall: Drawn,
    figures: Vec<Drawn>,
    report: Report,
}

/// What a rater still has to say of one scorecard.
#[derive(Serialize)]
struct Own {
    scorecard: ScorecardId,
    round: String,
    said: usize,
    all: usize,
    /// Name and page of each dimension in which a reason to stay is owed.
    owed: Vec<(String, String)>,
    /// The page of the first dimension without a word.
    next: Option<String>,
}

#[derive(Serialize)]
struct Head {
    name: String,
    round: String,
}

#[derive(Serialize)]
struct Row {
    name: String,
    href: String,
    cells: Vec<Option<Cell>>,
    before: String,
    after: String,
}

/// A rater's first rating and, where it was said, the second.
#[derive(Serialize)]
struct Cell {
    first: Mark,
    second: Option<Mark>,
    moved: bool,
    apart: bool,
}

impl ShowPage {
    pub fn new<P: Permission>(
        found: &Debrief,
        rubric: &Rubric,
        may: &May<P>,
        done: Option<&'static str>,
        error: String,
    ) -> ShowPage {
        let (locale, reader) = (may.locale(), may.signed.member.id);
        let voices = &found.voices;
        let columns = columns(found);
        let changes: Vec<(&str, Change)> = rubric
            .dimensions
            .iter()
            .map(|dimension| (dimension.key.as_str(), of_dimension(voices, &dimension.key)))
            .filter(|(_, change)| !change.lines.is_empty())
            .collect();
        let rows = changes
            .iter()
            .map(|(key, change)| {
                let cell = |(scorecard, ..): &(ScorecardId, &str, &str)| {
                    let voice = voices.iter().find(|v| v.scorecard == *scorecard && v.dimension == *key)?;
                    Some(Cell {
                        first: Mark::of(voice.first, rubric, locale),
                        second: voice.second.as_ref().map(|second| Mark::of(second.said.rating, rubric, locale)),
                        moved: voice.moved(),
                        apart: stands_apart(voice, voices),
                    })
                };
                let mean = |figure: Option<debrief::Figure>| {
                    figure.map_or("–".to_owned(), |figure| locale.number(figure.mean, 1))
                };
                Row {
                    name: dimension_name(rubric, key, locale),
                    href: href(found.id, key),
                    cells: columns.iter().map(cell).collect(),
                    before: mean(change.before),
                    after: mean(change.after),
                }
            })
            .collect();
        let rounds = columns.iter().map(|(_, _, round)| round).collect::<std::collections::BTreeSet<_>>().len();
        let text = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        ShowPage {
            top: Top::new(found, may),
            done,
            error,
            opened_by: found.opened_by.clone(),
            opened_at: found.opened_at.to_string(),
            closed_by: found.closed_by.clone().unwrap_or_default(),
            closed_at: text(found.closed_at),
            summary: found.summary.clone(),
            seal: found.seal.clone().unwrap_or_default(),
            may_close: found.is_open() && leads_debriefs(&may.signed.member.roles, reader, found.hiring_manager),
            waiting: if found.is_open() { waiting(voices) } else { Vec::new() },
            own: if may_speak(found) { own(found, reader, rubric, locale) } else { Vec::new() },
            raters: columns
                .iter()
                .map(|(_, name, round)| Head {
                    name: (*name).to_owned(),
                    round: if rounds > 1 { (*round).to_owned() } else { String::new() },
                })
                .collect(),
            rows,
            overall: Drawn::of(
                &overall(voices, &found.weights),
                "slope-overall".to_owned(),
                locale.word("debrief-overall"),
                locale,
            ),
            figures: changes
                .iter()
                .filter(|(_, change)| change.lines.iter().any(|line| line.moved() || line.minority))
                .map(|(key, change)| {
                    Drawn::of(change, format!("slope-{key}"), dimension_name(rubric, key, locale), locale)
                })
                .collect(),
            report: Report::new(found, rubric, locale),
        }
    }
}

/// Each scorecard on the table with its rater and round.
fn columns(found: &Debrief) -> Vec<(ScorecardId, &str, &str)> {
    let mut columns: Vec<(ScorecardId, &str, &str)> = Vec::new();
    for voice in &found.voices {
        if !columns.iter().any(|(scorecard, ..)| *scorecard == voice.scorecard) {
            columns.push((voice.scorecard, &voice.name, &voice.round));
        }
    }
    columns
}

fn own(found: &Debrief, reader: MemberId, rubric: &Rubric, locale: Locale) -> Vec<Own> {
    let mut cards: BTreeMap<ScorecardId, Vec<&Voice>> = BTreeMap::new();
    for dimension in &rubric.dimensions {
        for voice in found.voices.iter().filter(|voice| voice.rater == reader && voice.dimension == dimension.key) {
            cards.entry(voice.scorecard).or_default().push(voice);
        }
    }
    let cards = cards.into_iter().map(|(scorecard, voices)| {
        let silent: Vec<&&Voice> = voices.iter().filter(|voice| voice.second.is_none()).collect();
        Own {
            scorecard,
            round: voices[0].round.clone(),
            said: voices.len() - silent.len(),
            all: voices.len(),
            owed: silent
                .iter()
                .filter(|voice| stands_apart(voice, &found.voices))
                .map(|voice| (dimension_name(rubric, &voice.dimension, locale), href(found.id, &voice.dimension)))
                .collect(),
            next: silent.first().map(|voice| href(found.id, &voice.dimension)),
        }
    });
    cards.collect()
}
