//! A debrief: a panel discusses one candidate, and each rater may say a second time how they rate, citing what moved them.
//! First ratings stay, and are what is analysed; the second stand beside them.

mod change;
mod finding;
#[cfg(test)]
mod tests;

pub use change::{Change, Figure, Line, of_dimension, overall};
pub use finding::{finding, letter, movement};

use std::{collections::BTreeSet, fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    id::{DebriefId, MemberId, ScorecardId},
    rating::Rating,
    scorecard::rating_text,
    text_enum::Unknown,
};

/// The longest reason, note and summary, in characters.
pub const MAX_TEXT: usize = 4000;

/// How many points from the mean of the others somebody stands apart: as far as raters disagree in the comparison.
pub const APART: i64 = 2;

/// One rater on one dimension: the first rating with its evidence, and the second one where they gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    pub scorecard: ScorecardId,
    pub rater: MemberId,
    pub name: String,
    /// The round's name, as shown.
    pub round: String,
    pub dimension: String,
    /// As sealed, also after an amendment.
    pub first: Rating,
    /// Keys of the indicators that were ticked.
    pub ticks: Vec<String>,
    pub note: String,
    pub second: Option<Second>,
}

/// What a rater says after the discussion; staying is saying the same again.
#[derive(Clone, Debug, PartialEq)]
pub struct Second {
    pub said: Answer,
    pub revision: i64,
    pub changed_at: Timestamp,
}

/// A second rating and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub rating: Rating,
    pub reason: String,
    /// Sorted, each once.
    pub evidence: Vec<Citation>,
    /// Evidence in the rater's own words that no scorecard holds.
    pub note: String,
}

/// A piece of the panel's evidence in the dimension at hand: what a scorecard notes, or an indicator that it ticks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Citation {
    Note(ScorecardId),
    Tick(ScorecardId, String),
}

/// What an answer lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Who moves says what moved them.
    Reason,
    /// Who moves cites what moved them.
    Evidence,
    /// Who stands apart and stays says why.
    ReasonToStay,
    /// It cites what the panel did not write in this dimension.
    Unknown(Citation),
}

impl Voice {
    /// The second rating, or the first while there is none.
    pub fn last(&self) -> Rating {
        self.second.as_ref().map_or(self.first, |second| second.said.rating)
    }

    pub fn moved(&self) -> bool {
        self.last() != self.first
    }

    fn has(&self, citation: &Citation) -> bool {
        match citation {
            Citation::Note(scorecard) => *scorecard == self.scorecard && !self.note.trim().is_empty(),
            Citation::Tick(scorecard, key) => *scorecard == self.scorecard && self.ticks.contains(key),
        }
    }
}

/// Whether the first rating lies two points or more from the mean of the other raters' first ratings in its dimension.
/// Where others move does not matter: who stood apart is known before the discussion begins.
pub fn stands_apart(voice: &Voice, voices: &[Voice]) -> bool {
    let Some(own) = voice.first.score() else { return false };
    let others: Vec<i64> = voices
        .iter()
        .filter(|other| other.dimension == voice.dimension && other.rater != voice.rater)
        .filter_map(|other| other.first.score().map(i64::from))
        .collect();
    let count = i64::try_from(others.len()).unwrap_or(i64::MAX);
    // In whole numbers, so that two points are two points.
    count > 0 && (i64::from(own) * count - others.iter().sum::<i64>()).abs() >= APART * count
}

/// What an answer to the first rating of `voice` still lacks.
pub fn lacks(answer: &Answer, voice: &Voice, voices: &[Voice]) -> Vec<Lack> {
    let on_the_table =
        |citation: &&Citation| voices.iter().any(|other| other.dimension == voice.dimension && other.has(citation));
    let mut lacks: Vec<Lack> =
        answer.evidence.iter().filter(|citation| !on_the_table(citation)).cloned().map(Lack::Unknown).collect();
    let silent = answer.reason.trim().is_empty();
    if answer.rating != voice.first {
        lacks.extend(silent.then_some(Lack::Reason));
        lacks.extend((answer.evidence.is_empty() && answer.note.trim().is_empty()).then_some(Lack::Evidence));
    } else if silent && stands_apart(voice, voices) {
        lacks.push(Lack::ReasonToStay);
    }
    lacks
}

/// Who rated at all, each once, by name.
pub fn raters(voices: &[Voice]) -> Vec<(MemberId, &str)> {
    let mut raters: Vec<(MemberId, &str)> =
        voices.iter().map(|voice| (voice.rater, voice.name.as_str())).collect::<BTreeSet<_>>().into_iter().collect();
    raters.sort_by_key(|(id, name)| (name.to_lowercase(), *id));
    raters
}

/// Whether this rater has said everything: a second rating for each of their first.
pub fn has_answered(rater: MemberId, voices: &[Voice]) -> bool {
    voices.iter().filter(|voice| voice.rater == rater).all(|voice| voice.second.is_some())
}

/// The ratings that the discussion changed.
pub fn moved(voices: &[Voice]) -> impl Iterator<Item = &Voice> {
    voices.iter().filter(|voice| voice.moved())
}

/// The minority: those who stood apart and did not move.
pub fn minority(voices: &[Voice]) -> impl Iterator<Item = &Voice> {
    voices.iter().filter(|voice| !voice.moved() && stands_apart(voice, voices))
}

/// SHA-256 over the canonical form of a closed debrief: compact JSON of its id, the moment of closing, the summary, and per
/// scorecard and dimension the first rating, the second ("" without one), the reason, what it cites and the note, sorted.
pub fn seal(debrief: DebriefId, closed_at: Timestamp, summary: &str, voices: &[Voice]) -> [u8; 32] {
    let mut said: Vec<_> = voices
        .iter()
        .map(|voice| {
            let second = voice.second.as_ref().map(|second| &second.said);
            (
                voice.scorecard,
                &voice.dimension,
                rating_text(Some(voice.first)),
                rating_text(second.map(|answer| answer.rating)),
                second.map_or("", |answer| &answer.reason),
                second.map_or(&[][..], |answer| &answer.evidence),
                second.map_or("", |answer| &answer.note),
            )
        })
        .collect();
    said.sort();
    let canonical = serde_json::json!([debrief, closed_at.to_string(), summary, said]);
    Sha256::digest(canonical.to_string()).into()
}

impl Citation {
    pub fn scorecard(&self) -> ScorecardId {
        match self {
            Citation::Note(scorecard) | Citation::Tick(scorecard, _) => *scorecard,
        }
    }
}

/// `<scorecard>/note` or `<scorecard>/ticks/<indicator>`.
impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Citation::Note(scorecard) => write!(f, "{scorecard}/note"),
            Citation::Tick(scorecard, key) => write!(f, "{scorecard}/ticks/{key}"),
        }
    }
}

impl FromStr for Citation {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Citation, Unknown> {
        let (scorecard, part) = text.split_once('/').ok_or(Unknown)?;
        let scorecard = scorecard.parse().map_err(|_| Unknown)?;
        match part.split_once('/') {
            None if part == "note" => Ok(Citation::Note(scorecard)),
            Some(("ticks", key)) if (1..=64).contains(&key.len()) => Ok(Citation::Tick(scorecard, key.to_owned())),
            _ => Err(Unknown),
        }
    }
}

impl From<Citation> for String {
    fn from(citation: Citation) -> String {
        citation.to_string()
    }
}

impl TryFrom<String> for Citation {
    type Error = Unknown;

    fn try_from(text: String) -> Result<Citation, Unknown> {
        text.parse()
    }
}
