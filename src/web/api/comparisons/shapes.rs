//! The comparison as the API writes it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        comparison::{self, AgreementLevel, Caution, Certainty, Gap, Method, Next, Reliability, Verdict},
        finding,
        id::{ApplicationId, CandidateId, JobId, MemberId},
        localized::Localized,
        rating::Rating,
    },
    i18n::Locale,
    store::comparison::Shortlist,
};

/// With more candidates than this only the pairs with somebody of a list's shortlist are listed.
const ALL_PAIRS: usize = 40;

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

impl Comparison {
    pub fn new(shortlist: &Shortlist, comparison: comparison::Comparison, what_if: bool, locale: Locale) -> Comparison {
        let application = |id: CandidateId| shortlist.applications.get(&id).copied();
        let mut remarks = finding::cautions(&comparison, locale);
        remarks.extend(finding::differences(&comparison, locale));
        let all_pairs = comparison.candidates.len() <= ALL_PAIRS;
        let listed: Vec<CandidateId> = comparison.lists.iter().flat_map(|list| list.shortlist.clone()).collect();
        Comparison {
            job: shortlist.job.id,
            method: comparison.method,
            diagnostics: comparison.diagnostics.as_ref().map(|found| Diagnostics {
                model: found.model.clone(),
                seed: found.seed.clone(),
                draws: found.draws,
                error: found.error,
                r_hat: found.r_hat,
                ess: found.ess,
                reached: found.reached,
            }),
            what_if,
            finding: finding::finding(&comparison, locale),
            remarks,
            verdict: comparison.verdict.into(),
            inputs_digest: comparison.inputs_digest,
            lists: comparison
                .lists
                .into_iter()
                .map(|list| ComparisonList {
                    candidates: list.candidates,
                    members: list.raters,
                    verdict: list.verdict.into(),
                    shortlist: list.shortlist,
                })
                .collect(),
            bands: comparison
                .bands
                .into_iter()
                .map(|band| Band { list: band.list, candidates: band.candidates, level: band.level, clear: band.clear })
                .collect(),
            candidates: comparison
                .candidates
                .into_iter()
                .map(|candidate| ComparedCandidate::new(application(candidate.id), candidate))
                .collect(),
            pairs: comparison
                .pairs
                .into_iter()
                .filter(|pair| all_pairs || listed.contains(&pair.a) || listed.contains(&pair.b))
                .map(|pair| Pair {
                    a: pair.a,
                    b: pair.b,
                    above: pair.above,
                    beyond: pair.beyond,
                    behind: pair.behind,
                    word: pair.word,
                })
                .collect(),
            dimensions: comparison
                .dimensions
                .into_iter()
                .map(|dimension| ComparedDimension { key: dimension.key, name: dimension.name, share: dimension.share })
                .collect(),
            raters: comparison.raters.into_iter().map(|rater| Rater { member: rater.id, name: rater.name }).collect(),
            expected: comparison.expected,
            submitted: comparison.submitted,
            hidden: comparison.hidden,
            missing: comparison
                .missing
                .into_iter()
                .map(|seat| MissingScorecard { candidate: seat.candidate, member: seat.rater, round: seat.round })
                .collect(),
            weights: comparison.sensitivity.map(WeightSensitivity::from),
            reliability: comparison.reliability.into(),
            next_step: comparison.next.map(NextStep::from),
            cautions: comparison.cautions.into_iter().map(ComparisonCaution::from).collect(),
        }
    }
}

impl ComparedCandidate {
    fn new(application: Option<ApplicationId>, result: comparison::CandidateResult) -> ComparedCandidate {
        ComparedCandidate {
            candidate: result.id,
            application,
            name: result.name,
            mean: result.plain_mean,
            estimate: result.estimate.map(Estimate::from),
            no_estimate: result.no_estimate,
            probabilities: result.probabilities.map(|found| Probabilities {
                best: found.best,
                top: found.top,
                expected_rank: found.expected_rank,
                rank: [found.rank.0, found.rank.1],
            }),
            adjustment: result.adjustment.map(|found| Adjustment { raters: found.raters, chance: found.chance }),
            raters: result.raters,
            ratings: result.ratings,
            covered: result.covered,
            agreement: result.agreement.level,
            splits: result.agreement.splits,
            even_profile: result.even_profile,
            cells: result.cells.into_iter().map(Cell::from).collect(),
        }
    }
}

impl From<comparison::Interval> for Estimate {
    fn from(interval: comparison::Interval) -> Estimate {
        Estimate {
            value: interval.value,
            lower: interval.lower,
            upper: interval.upper,
            level: interval.level,
            inner: interval.inner.map(|(lower, upper)| [lower, upper]),
        }
    }
}

impl From<comparison::Cell> for Cell {
    fn from(cell: comparison::Cell) -> Cell {
        let rating = |tick: comparison::Tick| CellRating {
            member: tick.rater,
            round: tick.round,
            rating: tick.rating,
            amended: tick.amended.map(|amended| amended.rating),
        };
        Cell {
            dimension: cell.dimension,
            mean: cell.mean,
            fair: cell.fair.map(Estimate::from),
            stands_out: cell.stands_out,
            range: cell.range,
            disagreement: cell.disagreement,
            gap: cell.gap,
            ratings: cell.ticks.into_iter().map(rating).collect(),
        }
    }
}

impl From<Verdict> for ComparisonVerdict {
    fn from(verdict: Verdict) -> ComparisonVerdict {
        let (kind, count) = match verdict {
            Verdict::NothingYet => ("nothing_yet", None),
            Verdict::OneCandidate => ("one_candidate", None),
            Verdict::TooFewToTell => ("too_few_to_tell", None),
            Verdict::OneStandsApart => ("one_stands_apart", None),
            Verdict::SeveralStandApart { count } => ("several_stand_apart", Some(count)),
            Verdict::SeveralLead { count } => ("several_lead", Some(count)),
            Verdict::TooCloseToCall => ("too_close_to_call", None),
            Verdict::SeenByDifferentPeople { lists } => ("seen_by_different_people", Some(lists)),
        };
        ComparisonVerdict { kind, count }
    }
}

impl From<comparison::Sensitivity> for WeightSensitivity {
    fn from(found: comparison::Sensitivity) -> WeightSensitivity {
        WeightSensitivity {
            leader: found.leader,
            runner_up: found.runner_up,
            order: found.order,
            top: found.top,
            deciding: found.left_out.into_iter().filter(|out| out.changes).map(|out| out.dimension).collect(),
            flip: found.flip.map(|flip| WeightFlip {
                challenger: flip.challenger,
                from: flip.from.into_iter().map(|(dimension, _)| dimension).collect(),
                to: flip.to,
                shift: flip.shift,
            }),
        }
    }
}

impl From<Reliability> for ComparisonReliability {
    fn from(found: Reliability) -> ComparisonReliability {
        match found {
            Reliability::Estimated { coefficient, with_one_more, .. } => ComparisonReliability {
                coefficient: Some(coefficient.into()),
                with_one_more: Some(with_one_more),
                reason: None,
            },
            Reliability::Withheld(withheld) => {
                ComparisonReliability { coefficient: None, with_one_more: None, reason: Some(withheld.code) }
            }
        }
    }
}

impl From<Next> for NextStep {
    fn from(next: Next) -> NextStep {
        let step = |kind| NextStep { kind, dimension: None, candidates: Vec::new(), links: Vec::new() };
        match next {
            Next::RateGap { dimension, candidates } => {
                NextStep { dimension: Some(dimension), candidates, ..step("rate_gap") }
            }
            Next::AnotherInterview { dimension } => {
                NextStep { dimension: Some(dimension), ..step("another_interview") }
            }
            Next::SecondRater => step("second_rater"),
            Next::JoinLists { links } => {
                let link = |link: comparison::Link| Link { candidate: link.candidate, member: link.rater };
                NextStep { links: links.into_iter().map(link).collect(), ..step("join_lists") }
            }
        }
    }
}

impl From<Caution> for ComparisonCaution {
    fn from(caution: Caution) -> ComparisonCaution {
        let of = |kind| ComparisonCaution { kind, pairs: Vec::new(), member: None, candidate: None, dimension: None };
        let pairs = |kind, pairs: Vec<(CandidateId, CandidateId)>| ComparisonCaution {
            pairs: pairs.into_iter().map(|(a, b)| [a, b]).collect(),
            ..of(kind)
        };
        match caution {
            Caution::NotEnoughEvidence { pairs: found } => pairs("not_enough_evidence", found),
            Caution::StepsAsOrder { pairs: found } => pairs("steps_as_order", found),
            Caution::LeansOnPrior { pairs: found } => pairs("leans_on_prior", found),
            Caution::Confounded => of("confounded"),
            Caution::HangsOnOne { rater } => ComparisonCaution { member: Some(rater), ..of("hangs_on_one") },
            Caution::Unrated { candidate, dimension } => {
                ComparisonCaution { candidate: Some(candidate), dimension: Some(dimension), ..of("unrated") }
            }
            Caution::NotExact => of("not_exact"),
        }
    }
}
