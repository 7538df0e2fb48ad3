//! Comparisons: what the submitted scorecards of a job say together, as far as the member may see it yet.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;
use utoipa::ToSchema;

use super::document::Reading;
use crate::{
    domain::{
        comparison::{self, AgreementLevel, Caution, Gap, Method, Next, Verdict},
        finding,
        id::{ApplicationId, CandidateId, JobId, MemberId},
        localized::Localized,
        policy::SeeComparison,
        rating::Rating,
    },
    error::{Complaint, Error, Message, Result},
    i18n::Locale,
    store::{self, comparison::Shortlist},
    usecases::comparison::compare,
    web::{
        forms::{Fields, Query},
        pages::comparison::{chosen, only, what_if},
        who::May,
    },
};

/// A job's candidates compared.
#[derive(Serialize, ToSchema)]
pub struct Comparison {
    job: JobId,
    method: Method,
    /// Names what was compared; a decision gives it back.
    inputs_digest: String,
    /// Whether it is under other weights than the job's; then no decision can be taken on it.
    what_if: bool,
    /// What the evidence allows one to say, in the member's language.
    finding: String,
    verdict: ComparisonVerdict,
    /// The rated candidates, best band first; inside a band nobody is ranked.
    bands: Vec<Band>,
    /// Band by band, then those without a rating by name.
    candidates: Vec<ComparedCandidate>,
    dimensions: Vec<ComparedDimension>,
    raters: Vec<Rater>,
    /// Scorecards that are due in all: submitted, missing and hidden.
    expected: usize,
    submitted: usize,
    /// Scorecards that the member may not see before submitting their own, submitted or not.
    hidden: usize,
    missing: Vec<MissingScorecard>,
    /// What would help most to tell the leading candidates apart.
    next_step: Option<NextStep>,
    /// Gaps that could change the verdict.
    cautions: Vec<ComparisonCaution>,
}

#[derive(Serialize, ToSchema)]
pub struct ComparisonVerdict {
    /// `nothing_yet`, `one_candidate`, `too_few_to_tell`, `one_stands_apart`, `several_stand_apart`, `several_lead` or
    /// `too_close_to_call`.
    kind: &'static str,
    /// How many stand apart or lead, where several do.
    count: Option<usize>,
}

/// Candidates who are shown level with each other.
#[derive(Serialize, ToSchema)]
pub struct Band {
    candidates: Vec<CandidateId>,
    /// No member can be told from another.
    level: bool,
    /// Every member can be told from everybody below the band.
    clear: bool,
}

#[derive(Serialize, ToSchema)]
pub struct ComparedCandidate {
    candidate: CandidateId,
    application: Option<ApplicationId>,
    name: String,
    /// Weighted mean, 1 to 5, over the dimensions that have a rating.
    mean: Option<f64>,
    estimate: Option<Estimate>,
    /// Why there is no estimate.
    no_estimate: Option<String>,
    raters: usize,
    ratings: usize,
    /// Share of the weight that the rated dimensions carry, 0 to 1.
    covered: f64,
    agreement: AgreementLevel,
    /// Keys of the dimensions where raters disagree.
    splits: Vec<String>,
    cells: Vec<Cell>,
}

/// Points on the scale, 1 to 5.
#[derive(Serialize, ToSchema)]
pub struct Estimate {
    value: f64,
    lower: f64,
    upper: f64,
    /// Coverage of the interval, 0 to 1.
    level: f64,
}

/// A candidate on a dimension.
#[derive(Serialize, ToSchema)]
pub struct Cell {
    dimension: String,
    /// Mean of the sealed ratings, 1 to 5.
    mean: Option<f64>,
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
pub struct NextStep {
    /// `rate_gap`, `another_interview` or `second_rater`.
    kind: &'static str,
    dimension: Option<String>,
    candidates: Vec<CandidateId>,
}

#[derive(Serialize, ToSchema)]
pub struct ComparisonCaution {
    candidate: CandidateId,
    dimension: String,
}

impl Comparison {
    fn new(shortlist: &Shortlist, comparison: comparison::Comparison, what_if: bool, locale: Locale) -> Comparison {
        let application = |id: CandidateId| shortlist.applications.get(&id).copied();
        Comparison {
            job: shortlist.job.id,
            method: comparison.method,
            what_if,
            finding: finding::finding(&comparison, locale),
            verdict: comparison.verdict.into(),
            inputs_digest: comparison.inputs_digest,
            bands: comparison
                .bands
                .into_iter()
                .map(|band| Band { candidates: band.candidates, level: band.level, clear: band.clear })
                .collect(),
            candidates: comparison
                .candidates
                .into_iter()
                .map(|candidate| ComparedCandidate::new(application(candidate.id), candidate))
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
            estimate: result.estimate.map(|interval| Estimate {
                value: interval.value,
                lower: interval.lower,
                upper: interval.upper,
                level: interval.level,
            }),
            no_estimate: result.no_estimate,
            raters: result.raters,
            ratings: result.ratings,
            covered: result.covered,
            agreement: result.agreement.level,
            splits: result.agreement.splits,
            cells: result.cells.into_iter().map(Cell::from).collect(),
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
        };
        ComparisonVerdict { kind, count }
    }
}

impl From<Next> for NextStep {
    fn from(next: Next) -> NextStep {
        match next {
            Next::RateGap { dimension, candidates } => {
                NextStep { kind: "rate_gap", dimension: Some(dimension), candidates }
            }
            Next::AnotherInterview { dimension } => {
                NextStep { kind: "another_interview", dimension: Some(dimension), candidates: Vec::new() }
            }
            Next::SecondRater => NextStep { kind: "second_rater", dimension: None, candidates: Vec::new() },
        }
    }
}

impl From<Caution> for ComparisonCaution {
    fn from(Caution::GapCouldChangeVerdict { candidate, dimension }: Caution) -> ComparisonCaution {
        ComparisonCaution { candidate, dimension }
    }
}

/// A job's candidates compared. With weights it is a what-if, which changes nothing.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}/comparison", tag = "comparison", operation_id = "getComparison",
    params(
        ("id" = JobId, Path, description = "The job"),
        ("candidates" = Option<String>, Query, description = "Only these: ids with commas between them"),
        ("w.{dimension}" = Option<f64>, Query, minimum = 0, maximum = 100,
            description = "Another weight for a dimension, as `w.listening=30`; the others keep theirs"),
    ),
    responses((status = 200, description = "The comparison", body = Comparison), Reading)
)]
pub async fn show(may: May<SeeComparison>, id: Path<JobId>, query: Query) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let shortlist = store::comparison::load(&mut conn, &scope, *id, may.now()).await?;
    drop(conn);
    check_names(&query.0, &shortlist)?;
    let chosen = chosen(&query.0, &shortlist)?;
    let shortlist = only(shortlist, chosen.as_ref());
    let weights = what_if(&query.0, &shortlist)?;
    let inputs = shortlist.inputs.clone();
    let compared = compare(match &weights {
        Some(weights) => inputs.with_weights(weights),
        None => inputs,
    })
    .await?;
    Ok(HttpResponse::Ok().json(Comparison::new(&shortlist, compared, weights.is_some(), may.locale())))
}

fn check_names(query: &Fields, shortlist: &Shortlist) -> Result<()> {
    let is_known = |name: &str| {
        name == "candidates" || name.strip_prefix("w.").is_some_and(|key| shortlist.rubric.dimension(key).is_some())
    };
    let unknown = query.iter().filter(|(name, _)| !is_known(name));
    let complaints: Vec<Complaint> =
        unknown.map(|(name, _)| Complaint::new(name, Message::new("api-unknown-parameter"))).collect();
    if complaints.is_empty() { Ok(()) } else { Err(Error::Invalid(complaints)) }
}
