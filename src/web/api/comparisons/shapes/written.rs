//! From the comparison's value to its shape in the API.

use super::{
    Adjustment, Band, Cell, CellRating, ComparedCandidate, ComparedDimension, Comparison, ComparisonCaution,
    ComparisonList, ComparisonReliability, ComparisonVerdict, Diagnostics, Estimate, Link, MissingScorecard, NextStep,
    Pair, Probabilities, Rater, WeightFlip, WeightSensitivity,
};
use crate::{
    domain::{
        comparison::{self, Caution, Next, Reliability, Verdict},
        finding,
        id::{ApplicationId, CandidateId},
    },
    i18n::Locale,
    store::comparison::Shortlist,
};

/// With more candidates than this only the pairs with somebody of a list's shortlist are listed.
const ALL_PAIRS: usize = 40;

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
            raters: comparison
                .raters
                .into_iter()
                .map(|rater| Rater { member: rater.id, account: !rater.outside, name: rater.name })
                .collect(),
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
