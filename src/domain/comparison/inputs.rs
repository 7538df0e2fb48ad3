//! What a comparison is made from: sealed ratings, pinned weights, and who is still to be heard.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::{
    id::{CandidateId, JobId, MemberId},
    localized::Localized,
    medium::Medium,
    rating::Rating,
};

/// Only submitted scorecards belong here; a draft never does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Inputs {
    /// Goes into the seed, so that two jobs with the same ratings do not share their chance.
    pub job: Option<JobId>,
    pub candidates: Vec<Candidate>,
    pub raters: Vec<Rater>,
    /// The dimensions of the job's rubric version with the job's pinned weights.
    pub dimensions: Vec<Dimension>,
    pub scorecards: Vec<Scorecard>,
    /// Seats that are due and not submitted.
    pub missing: Vec<MissingScorecard>,
    /// Seats that this reader may not look at until they have submitted their own, submitted or not (a count that
    /// followed the submissions would tell what blindness hides).
    pub hidden: usize,
    /// The job's rounds and who met whom in them so far, submitted or not: for the comparability guard, no figure's concern.
    pub rounds: Vec<Round>,
    pub met: Vec<Met>,
}

/// A step of the job's interview plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    pub name: String,
    pub medium: Medium,
    /// Keys of the dimensions that it covers, and of its questions on each of them.
    pub asked: BTreeMap<String, Vec<String>>,
}

/// A seat of an interview that has begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Met {
    pub candidate: CandidateId,
    pub rater: MemberId,
    /// Place in [`Inputs::rounds`].
    pub round: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    pub id: CandidateId,
    pub name: String,
    /// The short name that the candidate goes by, when their record has one. It is never guessed from `name`: which part
    /// is the given name differs between cultures.
    pub called: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rater {
    pub id: MemberId,
    pub name: String,
    /// Interviews without an account.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dimension {
    pub key: String,
    pub name: Localized,
    /// Relative to the other dimensions; finite, not negative.
    pub weight: f64,
}

/// One seat's submitted ratings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scorecard {
    pub candidate: CandidateId,
    pub rater: MemberId,
    /// The round's name, as shown.
    pub round: String,
    pub ratings: Vec<SealedRating>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SealedRating {
    pub dimension: String,
    /// What was sealed at submission. The figures use this, also after an amendment.
    pub rating: Rating,
    pub amended: Option<Amended>,
}

/// A later change of a sealed rating, shown beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    pub rating: Rating,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MissingScorecard {
    pub candidate: CandidateId,
    pub rater: MemberId,
    pub round: String,
}

impl Inputs {
    /// The same evidence under other weights, by dimension key; a key that is not named keeps its weight. For a what-if.
    pub fn with_weights(mut self, weights: &BTreeMap<String, f64>) -> Inputs {
        for dimension in &mut self.dimensions {
            dimension.weight = weights.get(&dimension.key).copied().unwrap_or(dimension.weight);
        }
        self
    }

    /// SHA-256, in hex, over all that the figures depend on: ids, dimensions with weights, first and amended scores, seats
    /// still missing. It does not depend on the order of rows, nor on names and words, so that it still holds when a person
    /// has been renamed or erased.
    ///
    /// The canonical form is JSON made of arrays only, without spaces, every list sorted.
    pub fn digest(&self) -> String {
        let mut candidates: Vec<_> = self.candidates.iter().map(|candidate| candidate.id).collect();
        candidates.sort_unstable();
        let mut dimensions: Vec<_> = self.dimensions.iter().map(|d| (&d.key, d.weight)).collect();
        dimensions.sort_by_key(|dimension| dimension.0);
        let mut scorecards: Vec<_> = self
            .scorecards
            .iter()
            .map(|card| {
                let amended = |rating: &SealedRating| rating.amended.as_ref().map(|amended| amended.rating.score());
                let mut ratings: Vec<_> =
                    card.ratings.iter().map(|r| (&r.dimension, r.rating.score(), amended(r))).collect();
                ratings.sort_unstable();
                (card.candidate, card.rater, ratings)
            })
            .collect();
        scorecards.sort_unstable();
        let mut missing: Vec<_> = self.missing.iter().map(|seat| (seat.candidate, seat.rater)).collect();
        missing.sort_unstable();

        let canonical =
            serde_json::json!(["comparison-inputs-1", candidates, dimensions, scorecards, missing, self.hidden]);
        Sha256::digest(canonical.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// SHA-256 over what the panel model reads: job, weights and first ratings. Seats that are missing, amendments and names
    /// move no figure, so that they move neither the seed nor what is kept in memory under this name.
    pub fn evidence(&self) -> [u8; 32] {
        let mut dimensions: Vec<_> = self.dimensions.iter().map(|d| (&d.key, d.weight)).collect();
        dimensions.sort_by_key(|dimension| dimension.0);
        let given: Vec<_> = self.given().into_iter().collect();
        let model = crate::stats::panel::MODEL;
        let canonical = serde_json::json!(["comparison-evidence-1", model, self.job, dimensions, given]);
        Sha256::digest(canonical.to_string()).into()
    }
}
