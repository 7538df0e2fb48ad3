//! What the scorecards of a job say together: one value that page, letter, API and exports show, and that a decision pins.

mod assemble;
mod candidate;
mod cells;
mod comparability;
#[cfg(test)]
pub(crate) mod examples;
mod fit;
mod inputs;
mod robust;

pub use assemble::{compare, compare_with};
pub use candidate::{
    Adjustment, Agreement, AgreementLevel, CandidateResult, Cell, Gap, Interval, Probabilities, RaterMean, Tick,
};
pub use comparability::Difference;
pub use fit::{Fitted, fit};
pub use inputs::{Amended, Candidate, Dimension, Inputs, Met, MissingScorecard, Rater, Round, Scorecard, SealedRating};
pub use robust::{Flip, LeftOut, Link, Reliability, Sensitivity, Withheld};

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    id::{CandidateId, MemberId},
    localized::Localized,
};
use crate::i18n::Locale;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub method: Method,
    /// [`Inputs::digest`] of what was compared.
    pub inputs_digest: String,
    /// How far the computation can be trusted; `None` without the panel model.
    pub diagnostics: Option<Diagnostics>,
    pub verdict: Verdict,
    /// Those whom common interviewers saw: one list, or one for each part of the panel. Nobody is compared across lists.
    pub lists: Vec<List>,
    /// Of every list, best band first; inside a band by name, never by decimals.
    pub bands: Vec<Band>,
    /// In the order shown: list by list, band by band, then those without a rating by name.
    pub candidates: Vec<CandidateResult>,
    /// Every two candidates of a list once, the one with the higher fair score as `a`.
    pub pairs: Vec<Pair>,
    pub dimensions: Vec<DimensionShare>,
    pub raters: Vec<Rater>,
    /// Scorecards that are due in all: submitted, missing and hidden.
    pub expected: usize,
    pub submitted: usize,
    /// Seats whose scorecards this reader may not see yet (see [`Inputs::hidden`]).
    pub hidden: usize,
    pub missing: Vec<MissingScorecard>,
    /// What the choice of weights decides, of the first list; `None` with fewer than two candidates to compare.
    pub sensitivity: Option<Sensitivity>,
    pub reliability: Reliability,
    /// Where candidates did not get the same interview.
    pub differences: Vec<Difference>,
    /// What would help most, when something would.
    pub next: Option<Next>,
    pub cautions: Vec<Caution>,
}

/// How the estimates were made; the name is pinned with a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Weighted means alone, since the ratings of one person cannot show how sure they are.
    WeightedMeans,
    /// The panel model ([`crate::stats::panel`]): fair scores, adjusted for who rated whom.
    PanelModel,
}

/// How the numbers were computed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostics {
    /// [`crate::stats::panel::MODEL`]: another name may give other numbers.
    pub model: String,
    /// 16 hexadecimal digits, from the job's id and the ratings.
    pub seed: String,
    pub draws: usize,
    /// The largest Monte-Carlo standard error of a shown probability.
    pub error: f64,
    pub r_hat: f64,
    pub ess: f64,
    /// Whether every shown probability is exact to 0.01.
    pub reached: bool,
}

/// What the evidence allows one to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Verdict {
    /// No rating has been submitted.
    NothingYet,
    /// Only one candidate has ratings.
    OneCandidate,
    /// One person rated them all: what tells the candidates apart cannot be told from what that person sees.
    TooFewToTell,
    /// Clearly above everybody else.
    OneStandsApart,
    /// These are clearly above everybody else (not necessarily above each other).
    SeveralStandApart {
        count: usize,
    },
    /// Ahead, but not clearly above everybody else.
    SeveralLead {
        count: usize,
    },
    TooCloseToCall,
    /// No common interviewer saw them: separate lists.
    SeenByDifferentPeople {
        lists: usize,
    },
}

/// Candidates who can be compared with each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// In the order shown.
    pub candidates: Vec<CandidateId>,
    pub raters: Vec<MemberId>,
    pub verdict: Verdict,
    /// The smallest set that holds the best with a probability of 0.90, by falling probability; empty without one.
    pub shortlist: Vec<CandidateId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Place in [`Comparison::lists`].
    pub list: usize,
    pub candidates: Vec<CandidateId>,
    /// No member can be told from another.
    pub level: bool,
    /// Every member is clearly above everybody below the band.
    pub clear: bool,
}

/// Two candidates of a list.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    pub a: CandidateId,
    pub b: CandidateId,
    /// P(a is above b).
    pub above: f64,
    /// P(a is above b by more than [`MARGIN`]).
    pub beyond: f64,
    /// P(b is above a by more than [`MARGIN`]).
    pub behind: f64,
    pub word: Certainty,
}

/// The difference that counts in practice, in points of the 1–5 scale.
pub const MARGIN: f64 = crate::stats::panel::MARGIN;

/// How surely one is above the other, whichever of the two that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// 0.95 or more.
    Clear,
    /// 0.80 or more.
    Probable,
    /// 0.60 or more.
    Leaning,
    /// Not distinguishable on this evidence.
    Open,
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
    /// The fewest ratings that would join the lists.
    JoinLists { links: Vec<Link> },
}

/// What the numbers rest on beside the ratings. Pairs are those whose word would be another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Caution {
    /// With every "not enough evidence" read as a 2 or as a 4.
    NotEnoughEvidence { pairs: Vec<(CandidateId, CandidateId)> },
    /// With steps read as an order instead of as equal distances.
    StepsAsOrder { pairs: Vec<(CandidateId, CandidateId)> },
    /// With other assumptions before the first rating: a probability moves by more than 0.05.
    LeansOnPrior { pairs: Vec<(CandidateId, CandidateId)> },
    /// Some difference between interviewers cannot be told from one between candidates or dimensions.
    Confounded,
    /// Without this person the list would fall apart.
    HangsOnOne { rater: MemberId },
    /// Nobody rated the candidate here: the fair score fills it in from the rest.
    Unrated { candidate: CandidateId, dimension: String },
    /// The computation ended before every probability was exact to 0.01.
    NotExact,
}

impl Certainty {
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Clear => "clear",
            Certainty::Probable => "probable",
            Certainty::Leaning => "leaning",
            Certainty::Open => "open",
        }
    }
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

    /// The best band of the first list; empty while nothing is rated.
    pub fn top(&self) -> &[CandidateId] {
        self.bands.first().map_or(&[], |band| &band.candidates)
    }

    /// Two candidates, `a` first; `None` when they are not of one list with an estimate.
    pub fn pair(&self, a: CandidateId, b: CandidateId) -> Option<Pair> {
        self.pairs.iter().find_map(|pair| match (pair.a, pair.b) {
            found if found == (a, b) => Some(*pair),
            found if found == (b, a) => Some(pair.turned()),
            _ => None,
        })
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

    /// The same with names in the order of this language: inside a band, and of those who are in none.
    pub fn in_order_for(mut self, locale: Locale) -> Comparison {
        let names: HashMap<CandidateId, String> = self.candidates.iter().map(|c| (c.id, c.name.clone())).collect();
        for band in &mut self.bands {
            band.candidates.sort_by(|one, other| locale.compare_names(&names[one], &names[other]));
        }
        for (place, list) in self.lists.iter_mut().enumerate() {
            let bands = self.bands.iter().filter(|band| band.list == place);
            list.candidates = bands.flat_map(|band| band.candidates.iter().copied()).collect();
        }
        let places: HashMap<CandidateId, usize> = self
            .bands
            .iter()
            .enumerate()
            .flat_map(|(place, band)| band.candidates.iter().map(move |id| (*id, place)))
            .collect();
        let place = |candidate: &CandidateResult| places.get(&candidate.id).copied().unwrap_or(usize::MAX);
        locale.sort_by_name(&mut self.candidates, |candidate| &candidate.name);
        self.candidates.sort_by_key(place);
        self
    }

    /// SHA-256, in hex, over every number of the value, as JSON without names and words: it stays the same when a person is
    /// renamed or erased.
    pub fn digest(&self) -> String {
        let mut bare = self.clone();
        bare.candidates.iter_mut().for_each(|candidate| {
            candidate.name.clear();
            candidate.called = None;
            let ticks = candidate.cells.iter_mut().flat_map(|cell| &mut cell.ticks);
            ticks.for_each(|tick| {
                tick.round.clear();
                tick.amended.iter_mut().for_each(|amended| amended.reason.clear());
            });
        });
        bare.raters.iter_mut().for_each(|rater| rater.name.clear());
        bare.dimensions.iter_mut().for_each(|dimension| dimension.name = Localized::default());
        bare.missing.iter_mut().for_each(|seat| seat.round.clear());
        bare.differences.clear();
        #[expect(clippy::expect_used, reason = "plain structs of numbers, keys and ids")]
        let json = serde_json::to_vec(&bare).expect("a comparison as JSON");
        Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Pair {
    fn turned(self) -> Pair {
        Pair { a: self.b, b: self.a, above: tidy(1.0 - self.above), beyond: self.behind, behind: self.beyond, ..self }
    }
}

/// Nine decimals: more than anybody reads, few enough that the order of summation leaves no trace and that a pinned number
/// reads back from JSON as it was. The database knows no negative zero.
fn tidy(x: f64) -> f64 {
    (x * 1e9).round() / 1e9 + 0.0
}

#[cfg(test)]
mod tests;
