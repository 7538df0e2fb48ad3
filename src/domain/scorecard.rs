//! A scorecard while it is written and when it is sealed: its fields, their values, its gaps and its canonical form.

use std::{collections::BTreeMap, fmt, str::FromStr};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    rating::{EvidencePolicy, Gap, Rating, Recommendation},
    text_enum::Unknown,
};

/// A note has at most this many characters.
pub const MAX_TEXT: usize = 20_000;

/// Nobody spends longer on a dimension: a day.
pub const MAX_SECONDS: i32 = 86_400;

/// A part of a scorecard that changes on its own and has its own revision.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The rating of a dimension.
    Rating(String),
    /// The indicators ticked in a dimension.
    Ticks(String),
    /// The evidence for a dimension, in words.
    Note(String),
    /// Which of a dimension's questions and probes were asked.
    Asked(String),
    /// How long a dimension took. The page counts it: it only grows, and is no part of what a person chooses between.
    Seconds(String),
    Recommendation,
    PrivateNote,
    NextNote,
    /// Which facts of the job's outline came back.
    Facts,
}

/// What a field holds, in its canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Rating(Option<Rating>),
    /// Keys of ticked indicators, asked questions or returned facts: sorted, each once.
    Keys(Vec<String>),
    Seconds(i32),
    /// Lines end in `\n`.
    Text(String),
    Recommendation(Option<Recommendation>),
}

/// Why a text is no value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("not one of the choices")]
    NotAChoice,
    #[error("more than {MAX_TEXT} characters")]
    TooLong,
    #[error("control characters")]
    ControlCharacters,
}

/// The revision of every field, by the field's name.
pub type Revisions = BTreeMap<String, i64>;

/// One dimension as rated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rated {
    pub dimension: String,
    pub rating: Option<Rating>,
    pub ticks: Vec<String>,
    pub note: String,
    pub asked: Vec<String>,
    pub seconds: i32,
}

/// All that is sealed by submitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub ratings: Vec<Rated>,
    pub recommendation: Option<Recommendation>,
    pub private_note: String,
    pub next_note: String,
    pub facts: Vec<String>,
}

impl Field {
    /// The dimension that it belongs to; none for the fields of the whole scorecard.
    pub fn dimension(&self) -> Option<&str> {
        match self {
            Field::Rating(dimension)
            | Field::Ticks(dimension)
            | Field::Note(dimension)
            | Field::Asked(dimension)
            | Field::Seconds(dimension) => Some(dimension),
            Field::Recommendation | Field::PrivateNote | Field::NextNote | Field::Facts => None,
        }
    }

    pub fn is_text(&self) -> bool {
        matches!(self, Field::Note(_) | Field::PrivateNote | Field::NextNote)
    }

    /// Whether it holds keys of parts of the rubric.
    pub fn is_keys(&self) -> bool {
        matches!(self, Field::Ticks(_) | Field::Asked(_) | Field::Facts)
    }

    /// Reads what was sent for this field. `known` are the keys that a field of keys may hold.
    ///
    /// # Errors
    /// The flaw, when it is no value of this field.
    pub fn parse(&self, text: &str, known: &[String]) -> Result<Value, Flaw> {
        match self {
            Field::Rating(_) => Rating::from_text(text).map(Value::Rating).map_err(|_| Flaw::NotAChoice),
            Field::Recommendation if text.is_empty() => Ok(Value::Recommendation(None)),
            Field::Recommendation => {
                text.parse().map(|choice| Value::Recommendation(Some(choice))).map_err(|_| Flaw::NotAChoice)
            }
            Field::Ticks(_) | Field::Asked(_) | Field::Facts => keys(text, known).map(Value::Keys),
            Field::Seconds(_) => seconds(text).map(Value::Seconds),
            Field::Note(_) | Field::PrivateNote | Field::NextNote => note(text).map(Value::Text),
        }
    }
}

fn keys(text: &str, known: &[String]) -> Result<Vec<String>, Flaw> {
    let mut keys: Vec<String> = text.split(' ').filter(|key| !key.is_empty()).map(str::to_owned).collect();
    if keys.iter().any(|key| !known.contains(key)) {
        return Err(Flaw::NotAChoice);
    }
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}

fn seconds(text: &str) -> Result<i32, Flaw> {
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let seconds = if is_number { text.parse().ok() } else { None };
    seconds.filter(|seconds| (0..=MAX_SECONDS).contains(seconds)).ok_or(Flaw::NotAChoice)
}

fn note(text: &str) -> Result<String, Flaw> {
    let text = lines(text);
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(Flaw::ControlCharacters);
    }
    if text.chars().count() > MAX_TEXT {
        return Err(Flaw::TooLong);
    }
    Ok(text)
}

/// Forms send `\r\n`, scripts `\n`: the same text is the same value.
pub fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

impl FromStr for Field {
    type Err = Unknown;

    fn from_str(name: &str) -> Result<Field, Unknown> {
        match name {
            "recommendation" => return Ok(Field::Recommendation),
            "private_note" => return Ok(Field::PrivateNote),
            "next_note" => return Ok(Field::NextNote),
            "facts" => return Ok(Field::Facts),
            _ => {}
        }
        let (dimension, part) = name.rsplit_once('.').ok_or(Unknown)?;
        let is_key = (1..=64).contains(&dimension.len())
            && dimension.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'));
        if !is_key {
            return Err(Unknown);
        }
        match part {
            "rating" => Ok(Field::Rating(dimension.to_owned())),
            "ticks" => Ok(Field::Ticks(dimension.to_owned())),
            "note" => Ok(Field::Note(dimension.to_owned())),
            "asked" => Ok(Field::Asked(dimension.to_owned())),
            "seconds" => Ok(Field::Seconds(dimension.to_owned())),
            _ => Err(Unknown),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Rating(dimension) => write!(f, "{dimension}.rating"),
            Field::Ticks(dimension) => write!(f, "{dimension}.ticks"),
            Field::Note(dimension) => write!(f, "{dimension}.note"),
            Field::Asked(dimension) => write!(f, "{dimension}.asked"),
            Field::Seconds(dimension) => write!(f, "{dimension}.seconds"),
            Field::Recommendation => f.write_str("recommendation"),
            Field::PrivateNote => f.write_str("private_note"),
            Field::NextNote => f.write_str("next_note"),
            Field::Facts => f.write_str("facts"),
        }
    }
}

/// As it travels: keys separated by spaces, nothing chosen as "".
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Rating(rating) => f.write_str(&rating_text(*rating)),
            Value::Keys(keys) => f.write_str(&keys.join(" ")),
            Value::Seconds(seconds) => write!(f, "{seconds}"),
            Value::Text(text) => f.write_str(text),
            Value::Recommendation(choice) => f.write_str(choice.map_or("", Recommendation::as_str)),
        }
    }
}

/// "1" to "5", "not_enough_evidence", or "" while unrated.
pub fn rating_text(rating: Option<Rating>) -> String {
    rating.map(String::from).unwrap_or_default()
}

/// SHA-256 over what an operation says: the same operation sent twice has the same.
pub fn operation_hash(field: &Field, base_revision: i64, value: &str) -> [u8; 32] {
    let said = serde_json::json!([field.to_string(), base_revision, value]);
    Sha256::digest(said.to_string()).into()
}

/// The id of one of the operations that a form without script stands for. The same form sent again makes the same
/// operations; the same page sent with other text makes others.
pub fn form_operation_id(form: Uuid, field: &Field, base_revision: i64, value: &str) -> Uuid {
    let hash = Sha256::new()
        .chain_update(form.as_bytes())
        .chain_update(operation_hash(field, base_revision, value))
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

impl Sheet {
    /// What still stands between each dimension and submission, in the order of the ratings.
    pub fn gaps(&self, policy: EvidencePolicy) -> Vec<(&str, Gap)> {
        self.ratings
            .iter()
            .filter_map(|rated| {
                let gap = policy.gap(rated.rating, rated.ticks.len(), &rated.note)?;
                Some((rated.dimension.as_str(), gap))
            })
            .collect()
    }

    /// The canonical form: compact JSON of the scorecard's id, the moment of submission, the ratings by dimension with their
    /// evidence and what was asked, the recommendation, both notes and the facts that came back, in this order. The seconds
    /// are counted by the page and not read by a person before submitting, so they are not sealed.
    pub fn canonical(&self, scorecard: Uuid, submitted_at: jiff::Timestamp) -> String {
        let mut ratings: Vec<_> = self
            .ratings
            .iter()
            .map(|rated| (&rated.dimension, rating_text(rated.rating), &rated.ticks, &rated.note, &rated.asked))
            .collect();
        ratings.sort();
        let recommendation = self.recommendation.map_or("", Recommendation::as_str);
        serde_json::json!([
            scorecard,
            submitted_at.to_string(),
            ratings,
            recommendation,
            self.private_note,
            self.next_note,
            self.facts
        ])
        .to_string()
    }

    /// SHA-256 over the canonical form; it goes into the audit trail.
    pub fn seal(&self, scorecard: Uuid, submitted_at: jiff::Timestamp) -> [u8; 32] {
        Sha256::digest(self.canonical(scorecard, submitted_at)).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str) -> Field {
        name.parse().unwrap()
    }

    #[test]
    fn a_field_reads_back_from_its_name() {
        for name in [
            "listening.rating",
            "problem_solving.ticks",
            "a-1.note",
            "growth.asked",
            "growth.seconds",
            "recommendation",
            "private_note",
            "next_note",
            "facts",
        ] {
            assert_eq!(field(name).to_string(), name);
        }
        for name in ["", "listening", "listening.score", ".note", "a.b.note", "Listening.note", "a'b.note", "seal"] {
            assert!(name.parse::<Field>().is_err(), "{name}");
        }
    }

    #[test]
    fn ticks_are_sorted_known_and_each_once() {
        let ticks = field("listening.ticks");
        let known = ["lis-p1", "lis-p2", "lis-n1"].map(str::to_owned);

        assert_eq!(ticks.parse("lis-p2 lis-n1  lis-p2", &known).unwrap().to_string(), "lis-n1 lis-p2");
        assert_eq!(ticks.parse("", &known).unwrap(), Value::Keys(Vec::new()));
        assert_eq!(ticks.parse("lis-p1 att-p1", &known), Err(Flaw::NotAChoice));
    }

    #[test]
    fn seconds_are_a_whole_number_of_at_most_a_day() {
        let seconds = field("listening.seconds");

        assert_eq!(seconds.parse("0090", &[]).unwrap().to_string(), "90");
        for text in ["", "-1", "1.5", "+5", "86401", "99999999999999999999", " 3", "٣"] {
            assert_eq!(seconds.parse(text, &[]), Err(Flaw::NotAChoice), "{text:?}");
        }
    }

    #[test]
    fn a_note_keeps_every_character_but_has_one_kind_of_line_end() {
        let note = field("listening.note");

        assert_eq!(note.parse("\r\n a\rb\t\u{202e}c ", &[]).unwrap().to_string(), "\n a\nb\t\u{202e}c ");
        assert_eq!(note.parse("a\0b", &[]), Err(Flaw::ControlCharacters));
        assert!(note.parse(&"å".repeat(MAX_TEXT), &[]).is_ok());
        assert_eq!(note.parse(&"å".repeat(MAX_TEXT + 1), &[]), Err(Flaw::TooLong));
    }

    #[test]
    fn a_choice_is_one_of_the_choices_or_nothing() {
        assert_eq!(field("listening.rating").parse("", &[]).unwrap(), Value::Rating(None));
        assert_eq!(
            field("listening.rating").parse("not_enough_evidence", &[]).unwrap().to_string(),
            "not_enough_evidence"
        );
        assert_eq!(field("listening.rating").parse("6", &[]), Err(Flaw::NotAChoice));
        assert_eq!(field("recommendation").parse("strong_no", &[]).unwrap().to_string(), "strong_no");
        assert_eq!(field("recommendation").parse("maybe", &[]), Err(Flaw::NotAChoice));
    }

    #[test]
    fn the_same_form_makes_the_same_operation_and_another_text_another_one() {
        let form = Uuid::from_u128(7);
        let note = field("listening.note");

        assert_eq!(form_operation_id(form, &note, 1, "a"), form_operation_id(form, &note, 1, "a"));
        assert_ne!(form_operation_id(form, &note, 1, "a"), form_operation_id(form, &note, 1, "b"));
        assert_ne!(form_operation_id(form, &note, 1, "a"), form_operation_id(form, &field("sincerity.note"), 1, "a"));
    }

    #[test]
    fn the_seal_covers_everything_and_not_the_order_of_the_dimensions() {
        let rated = |dimension: &str, note: &str| Rated {
            dimension: dimension.into(),
            rating: Rating::from_text("4").unwrap(),
            ticks: vec!["lis-p1".into()],
            note: note.into(),
            asked: vec!["lis-b1".into()],
            seconds: 60,
        };
        let sheet = Sheet {
            ratings: vec![rated("listening", "a"), rated("growth", "b")],
            recommendation: Some(Recommendation::Yes),
            private_note: String::new(),
            next_note: String::new(),
            facts: vec!["2".into()],
        };
        let id = Uuid::from_u128(1);
        let at: jiff::Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
        let seal = sheet.seal(id, at);

        let mut turned = sheet.clone();
        turned.ratings.reverse();
        assert_eq!(turned.seal(id, at), seal);
        for change in [
            |s: &mut Sheet| s.ratings[0].note.push('.'),
            |s: &mut Sheet| s.ratings[0].ticks.clear(),
            |s: &mut Sheet| s.ratings[1].rating = Some(Rating::NotEnoughEvidence),
            |s: &mut Sheet| s.recommendation = Some(Recommendation::StrongYes),
            |s: &mut Sheet| s.private_note.push('.'),
            |s: &mut Sheet| s.next_note.push('.'),
            |s: &mut Sheet| s.ratings[0].asked.clear(),
            |s: &mut Sheet| s.facts.clear(),
        ] {
            let mut changed = sheet.clone();
            change(&mut changed);
            assert_ne!(changed.seal(id, at), seal);
        }
        assert_ne!(sheet.seal(Uuid::from_u128(2), at), seal);
    }

    #[test]
    fn gaps_name_their_dimension_in_the_order_of_the_interview() {
        let policy = EvidencePolicy { evidence_per_rating: true, note_for_extremes: true };
        let rated = |dimension: &str, rating: &str, note: &str| Rated {
            dimension: dimension.into(),
            rating: Rating::from_text(rating).unwrap(),
            note: note.into(),
            ..Rated::default()
        };
        let sheet = Sheet {
            ratings: vec![rated("sincerity", "", ""), rated("growth", "3", "said"), rated("attitude", "5", "")],
            recommendation: None,
            private_note: String::new(),
            next_note: String::new(),
            facts: Vec::new(),
        };

        assert_eq!(sheet.gaps(policy), [("sincerity", Gap::Unrated), ("attitude", Gap::NoNote)]);
    }
}
