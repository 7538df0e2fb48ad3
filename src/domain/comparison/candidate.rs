//! One candidate in a comparison: scores, probabilities, and every dimension with every rater's rating.

use serde::{Deserialize, Serialize};

use super::Amended;
use crate::domain::{
    id::{CandidateId, MemberId},
    rating::Rating,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CandidateResult {
    pub id: CandidateId,
    pub name: String,
    pub called: Option<String>,
    /// Weighted mean, 1 to 5, over the dimensions that have a rating; `None` without any.
    pub plain_mean: Option<f64>,
    /// The plain mean with an error from the spread between raters alone: a check by plain arithmetic, 90 %.
    pub plain_interval: Option<Interval>,
    /// The fair score: what interviewers of average severity would be expected to give.
    pub estimate: Option<Interval>,
    /// Why there is no estimate: a stable code of [`crate::stats::estimate::Reason`].
    pub no_estimate: Option<String>,
    pub probabilities: Option<Probabilities>,
    /// From the plain mean to the fair score.
    pub adjustment: Option<Adjustment>,
    /// No dimension stands out from the candidate's others beyond error; `None` without an estimate.
    pub even_profile: Option<bool>,
    /// How many people and ratings stand behind the numbers.
    pub raters: usize,
    pub ratings: usize,
    /// Share of the weight that the rated dimensions carry, 0 to 1.
    pub covered: f64,
    /// Each rater's own weighted mean over the dimensions that they rated.
    pub rater_means: Vec<RaterMean>,
    /// One per dimension, in the order of [`Comparison::dimensions`].
    pub cells: Vec<Cell>,
    pub agreement: Agreement,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Points on the scale, as are the ends.
    pub value: f64,
    pub lower: f64,
    pub upper: f64,
    /// Coverage between 0 and 1.
    pub level: f64,
    /// The ends of the 80 % interval.
    pub inner: Option<(f64, f64)>,
}

/// Of a place in the candidate's list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probabilities {
    pub best: f64,
    /// Of being among the best m, for m = 1, 2, …
    pub top: Vec<f64>,
    pub expected_rank: f64,
    /// Best and worst rank of the 90 % interval, from 1.
    pub rank: (usize, usize),
}

/// In points: the fair score is the plain mean and these two.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adjustment {
    /// For whom the candidate met: above 0 when they were stricter than the others.
    pub raters: f64,
    /// For chance: few ratings are drawn towards the middle of the list, and what nobody rated is filled in from the rest.
    pub chance: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RaterMean {
    pub rater: MemberId,
    pub mean: f64,
    /// Share of the weight that the rater covered, 0 to 1.
    pub covered: f64,
}

/// One candidate on one dimension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    pub dimension: String,
    /// Mean of the first sealed ratings, 1 to 5.
    pub mean: Option<f64>,
    /// The fair level, with its 95 % interval; also where nobody rated, then from the rest.
    pub fair: Option<Interval>,
    /// A strength (1) or weakness (−1) beyond error, against the candidate's other dimensions and the other candidates.
    pub stands_out: i8,
    /// Highest minus lowest rating, in points; 0 with fewer than two raters.
    pub range: f64,
    /// Raters are two points or more apart.
    pub disagreement: bool,
    pub gap: Option<Gap>,
    /// What each rater sealed, by rater, also "not enough evidence", with amendments beside it.
    pub ticks: Vec<Tick>,
}
/// Why a dimension has no rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    NotCovered,
    NotEnoughEvidence,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tick {
    pub rater: MemberId,
    pub round: String,
    pub rating: Rating,
    pub amended: Option<Amended>,
}

/// How well a candidate's raters agree, and the dimensions (by key) where they don't.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    pub level: AgreementLevel,
    pub splits: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreementLevel {
    NotRated,
    /// One rater, or several who share no dimension: agreement can't be seen.
    Unknown,
    /// Ratings of a dimension differ by 0.4 points or less (standard deviation), leaving out the splits.
    VeryGood,
    Good,
    /// Raters are two points or more apart on at least half of the dimensions that two of them rated.
    Poor,
}
