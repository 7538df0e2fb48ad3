//! A rating, the evidence it rests on, and the organisation's policy for that evidence.

use serde::{Deserialize, Serialize};

use super::text_enum::text_enum;

text_enum! {
    /// The overall recommendation, given after the ratings. There is no middle.
    Recommendation { StrongNo = "strong_no", No = "no", Yes = "yes", StrongYes = "strong_yes" }
}

/// What an interviewer says of one dimension: a step of the scale, or that there was not enough evidence.
/// Not enough evidence is unknown; it never counts as low.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Rating {
    /// 1 to 5.
    Score(Score),
    NotEnoughEvidence,
}

/// A step of the scale, 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(u8);

impl Score {
    pub const ALL: [Score; 5] = [Score(1), Score(2), Score(3), Score(4), Score(5)];

    pub fn new(step: i16) -> Option<Score> {
        u8::try_from(step).ok().filter(|step| (1..=5).contains(step)).map(Score)
    }

    pub fn get(self) -> u8 {
        self.0
    }

    /// 1 and 5 are the ends of the scale.
    pub fn is_extreme(self) -> bool {
        self.0 == 1 || self.0 == 5
    }
}

impl Rating {
    /// From the two columns of the database; `None` while unrated.
    pub fn from_columns(score: Option<i16>, not_enough_evidence: bool) -> Option<Rating> {
        if not_enough_evidence {
            return Some(Rating::NotEnoughEvidence);
        }
        score.and_then(Score::new).map(Rating::Score)
    }

    /// The score as the database keeps it; `None` for not enough evidence.
    pub fn score(self) -> Option<i16> {
        match self {
            Rating::Score(score) => Some(score.0.into()),
            Rating::NotEnoughEvidence => None,
        }
    }

    /// From a form or an operation: "1" to "5" or "not_enough_evidence"; "" is unrated.
    pub fn from_text(text: &str) -> Result<Option<Rating>, super::text_enum::Unknown> {
        match text {
            "" => Ok(None),
            "not_enough_evidence" => Ok(Some(Rating::NotEnoughEvidence)),
            "1" | "2" | "3" | "4" | "5" => Ok(Some(Rating::Score(Score(text.as_bytes()[0] - b'0')))),
            _ => Err(super::text_enum::Unknown),
        }
    }
}

impl From<Rating> for String {
    fn from(rating: Rating) -> String {
        match rating {
            Rating::Score(score) => score.0.to_string(),
            Rating::NotEnoughEvidence => "not_enough_evidence".to_owned(),
        }
    }
}

impl TryFrom<String> for Rating {
    type Error = super::text_enum::Unknown;
    fn try_from(text: String) -> Result<Rating, Self::Error> {
        Rating::from_text(&text)?.ok_or(super::text_enum::Unknown)
    }
}

/// What an organisation asks of the evidence behind a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidencePolicy {
    /// Every rating needs a tick or a note.
    pub evidence_per_rating: bool,
    /// A rating of 1 or 5 needs a written note.
    pub note_for_extremes: bool,
}

/// What still stands between a rating and its submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// Neither a score nor "not enough evidence".
    Unrated,
    /// Rated without a tick or a note.
    NoEvidence,
    /// A 1 or a 5 without a written note.
    NoNote,
}

impl EvidencePolicy {
    /// The first thing that is missing, `None` when the rating may be submitted.
    /// Not enough evidence needs no evidence.
    pub fn gap(self, rating: Option<Rating>, ticks: usize, note: &str) -> Option<Gap> {
        let has_note = !note.trim().is_empty();
        match rating {
            None => Some(Gap::Unrated),
            Some(Rating::NotEnoughEvidence) => None,
            Some(Rating::Score(score)) if self.note_for_extremes && score.is_extreme() && !has_note => {
                Some(Gap::NoNote)
            }
            Some(Rating::Score(_)) if self.evidence_per_rating && ticks == 0 && !has_note => Some(Gap::NoEvidence),
            Some(Rating::Score(_)) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRICT: EvidencePolicy = EvidencePolicy { evidence_per_rating: true, note_for_extremes: true };

    fn rated(text: &str) -> Option<Rating> {
        Rating::from_text(text).unwrap()
    }

    #[test]
    fn a_middle_rating_needs_a_tick_or_a_note() {
        assert_eq!(STRICT.gap(rated("3"), 0, " "), Some(Gap::NoEvidence));
        assert_eq!(STRICT.gap(rated("3"), 1, ""), None);
        assert_eq!(STRICT.gap(rated("3"), 0, "Named the caller's second question"), None);
    }

    #[test]
    fn a_one_or_a_five_needs_a_written_note() {
        assert_eq!(STRICT.gap(rated("5"), 3, ""), Some(Gap::NoNote));
        assert_eq!(STRICT.gap(rated("1"), 0, "\"Not my job\", twice"), None);
    }

    #[test]
    fn not_enough_evidence_needs_none_and_nothing_at_all_is_a_gap() {
        assert_eq!(STRICT.gap(rated("not_enough_evidence"), 0, ""), None);
        assert_eq!(STRICT.gap(None, 2, "a note"), Some(Gap::Unrated));
    }

    #[test]
    fn without_a_policy_a_bare_rating_will_do() {
        let lax = EvidencePolicy { evidence_per_rating: false, note_for_extremes: false };
        assert_eq!(lax.gap(rated("5"), 0, ""), None);
    }

    #[test]
    fn only_one_to_five_and_not_enough_evidence_are_ratings() {
        for text in ["0", "6", "4.5", " 4", "-1", "IE"] {
            assert!(Rating::from_text(text).is_err(), "{text}");
        }
    }
}
