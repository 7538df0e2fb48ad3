//! Small shortlists for tests.

use uuid::Uuid;

use super::{Candidate, Comparison, Dimension, Inputs, MissingScorecard, Rater, Scorecard, SealedRating, compare};
use crate::domain::{
    id::{CandidateId, MemberId},
    localized::Localized,
    rating::Rating,
};

pub fn id(n: u128) -> CandidateId {
    CandidateId(Uuid::from_u128(n))
}

pub fn rater(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(n))
}

pub fn points(text: &str) -> Rating {
    Rating::from_text(text).unwrap().unwrap()
}

/// One candidate by name (and short name after `|`) with each rater's ratings, written as "443045": 0 is "not enough
/// evidence", `-` not rated, an empty text a rater without a scorecard.
pub fn shortlist(dimensions: &[(&str, &str, f64)], rows: &[(&str, &[&str])]) -> Inputs {
    let raters = ["Kim Berg", "Noor Haddad", "Tove Lind", "Jonas Ek"];
    let mut inputs = Inputs {
        raters: raters
            .iter()
            .zip(901..)
            .map(|(name, n)| Rater { id: rater(n), name: (*name).to_owned(), outside: false })
            .collect(),
        dimensions: dimensions
            .iter()
            .map(|(key, name, weight)| Dimension {
                key: (*key).to_owned(),
                name: Localized::new("en", *name),
                weight: *weight,
            })
            .collect(),
        ..Inputs::default()
    };
    for ((name, forms), n) in rows.iter().zip(1..) {
        let (name, called) = name.split_once('|').map_or((*name, None), |(name, called)| (name, Some(called)));
        inputs.candidates.push(Candidate { id: id(n), name: name.to_owned(), called: called.map(str::to_owned) });
        for (form, n_rater) in forms.iter().zip(901..).filter(|(form, _)| !form.is_empty()) {
            let ratings = form.chars().zip(dimensions).filter(|(c, _)| *c != '-').map(|(c, (key, ..))| SealedRating {
                dimension: (*key).to_owned(),
                rating: if c == '0' { Rating::NotEnoughEvidence } else { points(&c.to_string()) },
                amended: None,
            });
            inputs.scorecards.push(Scorecard {
                candidate: id(n),
                rater: rater(n_rater),
                round: "Round 1".to_owned(),
                ratings: ratings.collect(),
            });
        }
    }
    inputs
}

pub const SIX: [(&str, &str, f64); 6] = [
    ("listening", "Listening", 20.0),
    ("communication", "Communication", 20.0),
    ("attitude", "Attitude", 15.0),
    ("problem_solving", "Problem solving", 20.0),
    ("sincerity", "Sincerity", 10.0),
    ("growth", "Growth", 15.0),
];

/// Two apart from the rest, one of them split on problem solving; one scorecard missing.
pub fn five() -> Inputs {
    let mut inputs = shortlist(
        &SIX,
        &[
            ("Amara Okafor|Amara", &["445254", "445354", "545545"]),
            ("Li Wei|Wei", &["444544", "454444", "444544"]),
            ("Ingrid Dahl", &["343343", "343343", "444443"]),
            ("Pavel Orlov", &["", "333343", "334332"]),
            ("Sam Reyes", &["222232", "232223", "322322"]),
        ],
    );
    inputs.missing.push(MissingScorecard { candidate: id(4), rater: rater(901), round: "Round 1".to_owned() });
    inputs
}

/// [`five`] compared, once for all tests.
pub fn five_compared() -> Comparison {
    static COMPARED: std::sync::LazyLock<Comparison> =
        std::sync::LazyLock::new(|| compare(&five()).expect("weights above zero"));
    COMPARED.clone()
}
