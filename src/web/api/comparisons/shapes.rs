//! The comparison as the API writes it.

mod written;

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    comparison::{AgreementLevel, Certainty, Gap, Method},
    id::{ApplicationId, CandidateId, JobId, MemberId},
    localized::Localized,
    rating::Rating,
};

/// A job's candidates compared.
#[derive(Serialize, ToSchema)]
pub struct Comparison {
    job: JobId,
    method: Method,
    /// How the numbers were computed; null without the panel model.
    diagnostics: Option<Diagnostics>,
    /// Names what was compared; a decision gives it back.
    inputs_digest: String,
    /// Whether it is under other weights than the job's; then no decision can be taken on it.
    what_if: bool,
    /// What the evidence allows one to say, in the member's language.
    finding: String,
    /// What else to know when reading it, a sentence each, in the member's language: what the numbers rest on, and where
    /// candidates did not get the same interview.
    remarks: Vec<String>,
    verdict: ComparisonVerdict,
    /// Candidates whom common interviewers saw; nobody is compared across lists.
    lists: Vec<ComparisonList>,
    /// The rated candidates, list by list, best band first; inside a band nobody is ranked.
    bands: Vec<Band>,
    /// Band by band, then those without a rating by name.
    candidates: Vec<ComparedCandidate>,
    /// Every two candidates of a list once, the one with the higher fair score as `a`; of more than 40 candidates only the
    /// pairs with somebody of a shortlist.
    pairs: Vec<Pair>,
    dimensions: Vec<ComparedDimension>,
    raters: Vec<Rater>,
    /// Scorecards that are due in all: submitted, missing and hidden.
    expected: usize,
    submitted: usize,
    /// Scorecards that the member may not see before submitting their own, submitted or not.
    hidden: usize,
    missing: Vec<MissingScorecard>,
    /// What the choice of weights decides in the first list.
    weights: Option<WeightSensitivity>,
    /// How far another panel would agree.
    reliability: ComparisonReliability,
    /// What would help most to tell the leading candidates apart.
    next_step: Option<NextStep>,
    /// What the numbers rest on beside the ratings.
    cautions: Vec<ComparisonCaution>,
}

/// How the numbers were computed.
#[derive(Serialize, ToSchema)]
pub struct Diagnostics {
    /// Another name may give other numbers.
    model: String,
    /// 16 hexadecimal digits; the same ratings and seed give the same numbers.
    seed: String,
    draws: usize,
    /// The largest Monte-Carlo standard error of a probability.
    error: f64,
    r_hat: f64,
    ess: f64,
    /// Whether every probability is exact to 0.01.
    reached: bool,
}

#[derive(Serialize, ToSchema)]
pub struct ComparisonVerdict {
    /// `nothing_yet`, `one_candidate`, `too_few_to_tell`, `one_stands_apart`, `several_stand_apart`, `several_lead`,
    /// `too_close_to_call` or `seen_by_different_people`.
    kind: &'static str,
    /// How many stand apart or lead, or how many lists there are.
    count: Option<usize>,
}

#[derive(Serialize, ToSchema)]
pub struct ComparisonList {
    candidates: Vec<CandidateId>,
    /// Who rated them.
    members: Vec<MemberId>,
    verdict: ComparisonVerdict,
    /// The smallest set that holds the best with a probability of 0.90, by falling probability.
    shortlist: Vec<CandidateId>,
}

/// Candidates who are shown level with each other.
#[derive(Serialize, ToSchema)]
pub struct Band {
    /// Place in `lists`, from 0.
    list: usize,
    candidates: Vec<CandidateId>,
    /// No member can be told from another.
    level: bool,
    /// Every member is clearly above everybody below the band.
    clear: bool,
}

#[derive(Serialize, ToSchema)]
pub struct ComparedCandidate {
    candidate: CandidateId,
    application: Option<ApplicationId>,
    name: String,
    /// Weighted mean, 1 to 5, over the dimensions that have a rating.
    mean: Option<f64>,
    /// The fair score with its 95 % interval: what interviewers of average severity would be expected to give.
    estimate: Option<Estimate>,
    /// Why there is no estimate.
    no_estimate: Option<String>,
    /// Among the candidates of the same list.
    probabilities: Option<Probabilities>,
    /// From the mean to the fair score.
    adjustment: Option<Adjustment>,
    raters: usize,
    ratings: usize,
    /// Share of the weight that the rated dimensions carry, 0 to 1.
    covered: f64,
    agreement: AgreementLevel,
    /// Keys of the dimensions where raters disagree.
    splits: Vec<String>,
    /// No dimension stands out beyond error.
    even_profile: Option<bool>,
    cells: Vec<Cell>,
}

/// Points on the scale, 1 to 5 (of a reliability 0 to 1).
#[derive(Serialize, ToSchema)]
pub struct Estimate {
    value: f64,
    lower: f64,
    upper: f64,
    /// Coverage of the interval, 0 to 1.
    level: f64,
    /// The ends of the 80 % interval, where there is one.
    inner: Option<[f64; 2]>,
}

#[derive(Serialize, ToSchema)]
pub struct Probabilities {
    best: f64,
    /// Of being among the best m, for m = 1, 2, …
    top: Vec<f64>,
    expected_rank: f64,
    /// Best and worst rank of the 90 % interval.
    rank: [usize; 2],
}

/// In points.
#[derive(Serialize, ToSchema)]
pub struct Adjustment {
    /// For whom the candidate met: above 0 when they were stricter than the others.
    raters: f64,
    /// For chance: few ratings are drawn towards the others'.
    chance: f64,
}

#[derive(Serialize, ToSchema)]
pub struct Pair {
    a: CandidateId,
    b: CandidateId,
    /// P(a is above b).
    above: f64,
    /// P(a is above b by more than 0.25 points).
    beyond: f64,
    /// P(b is above a by more than 0.25 points).
    behind: f64,
    /// `clear` (0.95 or more), `probable` (0.80), `leaning` (0.60) or `open`.
    word: Certainty,
}

/// A candidate on a dimension.
#[derive(Serialize, ToSchema)]
pub struct Cell {
    dimension: String,
    /// Mean of the sealed ratings, 1 to 5.
    mean: Option<f64>,
    /// The fair level; also where nobody rated, then from the rest.
    fair: Option<Estimate>,
    /// A strength (1) or weakness (-1) beyond error.
    stands_out: i8,
    /// Highest minus lowest.
    range: f64,
    disagreement: bool,
    /// Why there is no rating.
    gap: Option<Gap>,
    ratings: Vec<CellRating>,
}

/// What one rater sealed.
#[derive(Serialize, ToSchema)]
pub struct CellRating {
    member: MemberId,
    round: String,
    rating: Rating,
    /// After an amendment; the figures use the sealed one.
    amended: Option<Rating>,
}

#[derive(Serialize, ToSchema)]
pub struct ComparedDimension {
    key: String,
    name: Localized,
    /// Share of the weight, 0 to 1.
    share: f64,
}

#[derive(Serialize, ToSchema)]
pub struct Rater {
    member: MemberId,
    name: String,
    /// `false` for somebody who interviews without an account.
    account: bool,
}

/// A seat whose scorecard is due and not submitted.
#[derive(Serialize, ToSchema)]
pub struct MissingScorecard {
    candidate: CandidateId,
    member: MemberId,
    round: String,
}

#[derive(Serialize, ToSchema)]
pub struct WeightSensitivity {
    leader: CandidateId,
    runner_up: CandidateId,
    /// Share of sensible weightings under which the leader stays above the runner-up.
    order: f64,
    /// Share of them under which somebody of the best band is first.
    top: f64,
    /// Keys of the dimensions without which somebody else would be first.
    deciding: Vec<String>,
    /// The smallest move of weight (of a total of 1) that brings somebody level with the leader.
    flip: Option<WeightFlip>,
}

#[derive(Serialize, ToSchema)]
pub struct WeightFlip {
    challenger: CandidateId,
    from: Vec<String>,
    to: String,
    shift: f64,
}

#[derive(Serialize, ToSchema)]
pub struct ComparisonReliability {
    /// 0 to 1, with its 90 % interval; null when it cannot be estimated yet.
    coefficient: Option<Estimate>,
    /// With one more interviewer for everybody.
    with_one_more: Option<f64>,
    /// Why it cannot be estimated: `few_candidates`, `few_raters`, `disconnected`, ….
    reason: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct NextStep {
    /// `rate_gap`, `another_interview`, `second_rater` or `join_lists`.
    kind: &'static str,
    dimension: Option<String>,
    candidates: Vec<CandidateId>,
    /// The ratings that would join the lists.
    links: Vec<Link>,
}

#[derive(Serialize, ToSchema)]
pub struct Link {
    candidate: CandidateId,
    member: MemberId,
}

#[derive(Serialize, ToSchema)]
pub struct ComparisonCaution {
    /// `not_enough_evidence`, `steps_as_order`, `leans_on_prior` (each with pairs), `confounded`, `hangs_on_one` (with a
    /// member), `unrated` (with a candidate and a dimension) or `not_exact`.
    kind: &'static str,
    pairs: Vec<[CandidateId; 2]>,
    member: Option<MemberId>,
    candidate: Option<CandidateId>,
    dimension: Option<String>,
}
