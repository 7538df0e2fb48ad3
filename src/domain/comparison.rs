//! What the scorecards of a job say together: one value that page, letter, API and exports show, and that a decision pins.

mod compare;
#[cfg(test)]
pub(crate) mod examples;
mod inputs;

pub use compare::{LEVEL, compare};
pub use inputs::{Amended, Candidate, Dimension, Inputs, MissingScorecard, Rater, Scorecard, SealedRating};

use serde::{Deserialize, Serialize};

use super::{
    id::{CandidateId, MemberId},
    localized::Localized,
    rating::Rating,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub method: Method,
    /// [`Inputs::digest`] of what was compared.
    pub inputs_digest: String,
    pub verdict: Verdict,
    /// The rated candidates, best band first; inside a band by name, never by decimals.
    pub bands: Vec<Band>,
    /// In the order shown: band by band, then those without a rating by name.
    pub candidates: Vec<CandidateResult>,
    pub dimensions: Vec<DimensionShare>,
    pub raters: Vec<Rater>,
    /// Scorecards that are due in all: submitted, missing and hidden.
    pub expected: usize,
    pub submitted: usize,
    /// Seats whose scorecards this reader may not see yet (see [`Inputs::hidden`]).
    pub hidden: usize,
    pub missing: Vec<MissingScorecard>,
    /// What would help most, when something would.
    pub next: Option<Next>,
    pub cautions: Vec<Caution>,
}

/// How the estimates were made; the name is pinned with a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Weighted means with an error from the spread between raters ([`crate::stats::weighted_means`]).
    WeightedMeans,
    /// The panel model: estimates adjusted for the severity of raters.
    PanelModel,
}

/// What the evidence allows one to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Verdict {
    /// No rating has been submitted.
    NothingYet,
    /// Only one candidate has ratings.
    OneCandidate,
    /// Nobody was rated by two people on the same dimension, so that no error can be estimated.
    TooFewToTell,
    OneStandsApart,
    /// These can be told from everybody else (not necessarily from each other).
    SeveralStandApart {
        count: usize,
    },
    /// The leader can be told from those behind, but somebody level with the leader cannot.
    SeveralLead {
        count: usize,
    },
    TooCloseToCall,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    pub candidates: Vec<CandidateId>,
    /// No member can be told from another.
    pub level: bool,
    /// Every member can be told from everybody below the band.
    pub clear: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CandidateResult {
    pub id: CandidateId,
    pub name: String,
    pub called: Option<String>,
    /// Weighted mean, 1 to 5, over the dimensions that have a rating; `None` without any.
    pub plain_mean: Option<f64>,
    pub estimate: Option<Interval>,
    /// Why there is no estimate: a stable code of [`crate::stats::estimate::Reason`].
    pub no_estimate: Option<String>,
    /// Filled by the panel model only.
    pub probabilities: Option<Probabilities>,
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
    /// The ends of the 50 % interval.
    pub inner: Option<(f64, f64)>,
}

/// Probabilities between 0 and 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probabilities {
    pub best: f64,
    /// Of being better than each other candidate.
    pub better_than: Vec<(CandidateId, f64)>,
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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DimensionShare {
    pub key: String,
    pub name: Localized,
    /// Share of the weight, 0 to 1.
    pub share: f64,
}

/// What would help most to tell the leading candidates apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Next {
    /// Nobody has rated these leading candidates on the dimension.
    RateGap { dimension: String, candidates: Vec<CandidateId> },
    /// Raters of the leading candidates disagree most here.
    AnotherInterview { dimension: String },
    /// Every candidate needs a second rater before anything can be said.
    SecondRater,
}

/// Something that could change the verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Caution {
    /// With 2 or 4 points on what nobody rated, other candidates would stand at the top.
    GapCouldChangeVerdict { candidate: CandidateId, dimension: String },
}

impl Comparison {
    pub fn candidate(&self, id: CandidateId) -> Option<&CandidateResult> {
        self.candidates.iter().find(|candidate| candidate.id == id)
    }

    pub fn dimension(&self, key: &str) -> Option<&DimensionShare> {
        self.dimensions.iter().find(|dimension| dimension.key == key)
    }

    pub fn rater(&self, id: MemberId) -> Option<&Rater> {
        self.raters.iter().find(|rater| rater.id == id)
    }

    /// The best band; empty while nothing is rated.
    pub fn top(&self) -> &[CandidateId] {
        self.bands.first().map_or(&[], |band| &band.candidates)
    }

    /// Every cell in which raters disagree, with its candidate.
    pub fn disagreements(&self) -> impl Iterator<Item = (&CandidateResult, &Cell)> {
        self.cells().filter(|(_, cell)| cell.disagreement)
    }

    /// Every dimension without a rating, with its candidate; candidates without any scorecard are left out.
    pub fn gaps(&self) -> impl Iterator<Item = (&CandidateResult, &Cell)> {
        self.cells().filter(|(candidate, cell)| candidate.ratings > 0 && cell.gap.is_some())
    }

    fn cells(&self) -> impl Iterator<Item = (&CandidateResult, &Cell)> {
        self.candidates.iter().flat_map(|candidate| candidate.cells.iter().map(move |cell| (candidate, cell)))
    }
}
