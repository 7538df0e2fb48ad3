//! From sealed ratings to the comparison: the plain one, by weighted means.

use std::collections::{BTreeMap, HashMap};

use super::{
    Agreement, AgreementLevel, Band, CandidateResult, Caution, Cell, Comparison, DimensionShare, Gap, Inputs, Interval,
    Method, Next, RaterMean, Tick, Verdict,
};
use crate::domain::id::{CandidateId, MemberId};
use crate::stats::{
    bands::bands,
    estimate::Estimate,
    ratings::{Rating, Ratings, Scale},
    weighted_means::{WeightedMeans, weighted_means},
    weights::{BadWeights, Weights},
};

/// Coverage of the intervals of the plain comparison.
pub const LEVEL: f64 = 0.9;

/// Spread within a dimension up to which agreement is called very good, in points.
const VERY_GOOD: f64 = 0.4;

/// What nobody rated could have been, when asking whether it matters: one step below and above the middle.
const UNRATED: [f64; 2] = [2.0, 4.0];

/// Compares by weighted means. Scorecards of people or on dimensions that the inputs do not list are left out. A rater with
/// two scorecards of one candidate counts once, with the mean of the two.
pub fn compare(inputs: &Inputs) -> Result<Comparison, BadWeights> {
    let weights = Weights::new(&inputs.dimensions.iter().map(|d| d.weight).collect::<Vec<_>>())?;
    let means = weighted_means(&ratings(inputs), &weights);
    let results: Vec<CandidateResult> = (0..inputs.candidates.len()).map(|c| candidate(inputs, &means, c)).collect();

    let bands = name_bands(&results);
    let verdict = verdict(&results, &bands);
    let candidates = in_order(results, &bands);
    Ok(Comparison {
        method: Method::WeightedMeans,
        inputs_digest: inputs.digest(),
        verdict,
        next: next(verdict, &candidates, &bands, weights.as_slice()),
        cautions: cautions(verdict, &candidates, &bands, weights.as_slice()),
        bands,
        candidates,
        dimensions: inputs
            .dimensions
            .iter()
            .zip(weights.as_slice())
            .map(|(d, &share)| DimensionShare { key: d.key.clone(), name: d.name.clone(), share: tidy(share) })
            .collect(),
        raters: inputs.raters.clone(),
        expected: inputs.scorecards.len() + inputs.missing.len() + inputs.hidden,
        submitted: inputs.scorecards.len(),
        hidden: inputs.hidden,
        missing: inputs.missing.clone(),
    })
}

fn ratings(inputs: &Inputs) -> Ratings {
    let candidates: HashMap<CandidateId, usize> =
        inputs.candidates.iter().enumerate().map(|(i, c)| (c.id, i)).collect();
    let raters: HashMap<MemberId, usize> = inputs.raters.iter().enumerate().map(|(i, r)| (r.id, i)).collect();
    let dimensions: HashMap<&str, usize> =
        inputs.dimensions.iter().enumerate().map(|(i, d)| (d.key.as_str(), i)).collect();

    let mut cells: BTreeMap<(usize, usize, usize), Vec<f64>> = BTreeMap::new();
    for card in &inputs.scorecards {
        let (Some(&c), Some(&r)) = (candidates.get(&card.candidate), raters.get(&card.rater)) else { continue };
        for rating in &card.ratings {
            if let (Some(&d), Some(points)) = (dimensions.get(rating.dimension.as_str()), rating.rating.score()) {
                cells.entry((c, r, d)).or_default().push(f64::from(points));
            }
        }
    }
    let rows = cells.into_iter().map(|((candidate, rater, dimension), values)| {
        let value = values.iter().sum::<f64>() / values.len() as f64;
        Rating { candidate, rater, dimension, value }
    });
    #[expect(
        clippy::expect_used,
        reason = "indexes come from the lists, scores are 1 to 5, and a map has each cell once"
    )]
    Ratings::new(inputs.candidates.len(), inputs.raters.len(), inputs.dimensions.len(), Scale::five_steps(), rows)
        .expect("ratings that fit their table")
}

fn candidate(inputs: &Inputs, means: &WeightedMeans, index: usize) -> CandidateResult {
    let (who, row) = (&inputs.candidates[index], &means.candidates[index]);
    let cells: Vec<Cell> = inputs
        .dimensions
        .iter()
        .zip(&row.dimensions)
        .map(|(dimension, found)| {
            let ticks = ticks(inputs, who.id, &dimension.key);
            let gap = match (found.mean, ticks.is_empty()) {
                (Some(_), _) => None,
                (None, true) => Some(Gap::NotCovered),
                (None, false) => Some(Gap::NotEnoughEvidence),
            };
            Cell {
                dimension: dimension.key.clone(),
                mean: found.mean.map(tidy),
                range: tidy(found.range),
                disagreement: found.disagreement,
                gap,
                ticks,
            }
        })
        .collect();

    let estimate = means.interval(index, LEVEL);
    let splits: Vec<String> = cells.iter().filter(|c| c.disagreement).map(|c| c.dimension.clone()).collect();
    let shared = row.dimensions.iter().filter(|d| d.raters > 1).count();
    let level = match (row.raters, shared) {
        (0, _) => AgreementLevel::NotRated,
        (_, 0) => AgreementLevel::Unknown,
        _ if !splits.is_empty() && splits.len() * 2 >= shared => AgreementLevel::Poor,
        _ if row.within_spread.is_some_and(|spread| spread <= VERY_GOOD) => AgreementLevel::VeryGood,
        _ => AgreementLevel::Good,
    };
    CandidateResult {
        id: who.id,
        name: who.name.clone(),
        called: who.called.clone(),
        plain_mean: row.mean.map(tidy),
        estimate: estimate.ok().map(|e| Interval {
            value: tidy(e.value),
            lower: tidy(e.lower),
            upper: tidy(e.upper),
            level: e.level,
            inner: means.interval(index, 0.5).ok().map(|inner| (tidy(inner.lower), tidy(inner.upper))),
        }),
        no_estimate: estimate.err().map(|reason| reason.code().to_owned()),
        probabilities: None,
        raters: row.raters,
        ratings: row.ratings,
        covered: tidy(row.covered),
        rater_means: row
            .forms
            .iter()
            .map(|form| RaterMean {
                rater: inputs.raters[form.rater].id,
                mean: tidy(form.mean),
                covered: tidy(form.covered),
            })
            .collect(),
        cells,
        agreement: Agreement { level, splits },
    }
}

fn ticks(inputs: &Inputs, candidate: CandidateId, dimension: &str) -> Vec<Tick> {
    let mut ticks: Vec<Tick> = inputs
        .scorecards
        .iter()
        .filter(|card| card.candidate == candidate && inputs.raters.iter().any(|rater| rater.id == card.rater))
        .flat_map(|card| card.ratings.iter().map(move |rating| (card, rating)))
        .filter(|(_, rating)| rating.dimension == dimension)
        .map(|(card, rating)| Tick {
            rater: card.rater,
            round: card.round.clone(),
            rating: rating.rating,
            amended: rating.amended.clone(),
        })
        .collect();
    ticks.sort_by(|a, b| (a.rater, &a.round).cmp(&(b.rater, &b.round)));
    ticks
}

fn name_bands(results: &[CandidateResult]) -> Vec<Band> {
    let estimated: Vec<usize> = (0..results.len()).filter(|&c| results[c].estimate.is_some()).collect();
    let by_name = |members: Vec<usize>| {
        let mut members: Vec<&CandidateResult> = members.into_iter().map(|c| &results[c]).collect();
        members.sort_by_key(|c| name_order(c));
        members.into_iter().map(|c| c.id).collect::<Vec<_>>()
    };
    if estimated.is_empty() {
        let rated: Vec<usize> = (0..results.len()).filter(|&c| results[c].plain_mean.is_some()).collect();
        return if rated.is_empty() {
            Vec::new()
        } else {
            vec![Band { candidates: by_name(rated), level: true, clear: true }]
        };
    }
    let intervals: Vec<Estimate> = estimated.iter().filter_map(|&c| results[c].estimate.map(estimate)).collect();
    bands(&intervals)
        .into_iter()
        .map(|band| Band {
            candidates: by_name(band.members.into_iter().map(|i| estimated[i]).collect()),
            level: band.level,
            clear: band.clear,
        })
        .collect()
}

fn verdict(results: &[CandidateResult], bands: &[Band]) -> Verdict {
    let rated = results.iter().filter(|c| c.plain_mean.is_some()).count();
    match (rated, bands) {
        (0, _) | (_, []) => Verdict::NothingYet,
        (1, _) => Verdict::OneCandidate,
        _ if results.iter().all(|c| c.estimate.is_none()) => Verdict::TooFewToTell,
        (_, [_]) => Verdict::TooCloseToCall,
        (_, [top, ..]) => match top.candidates.len() {
            1 => Verdict::OneStandsApart,
            count if top.clear => Verdict::SeveralStandApart { count },
            count => Verdict::SeveralLead { count },
        },
    }
}

fn in_order(mut results: Vec<CandidateResult>, bands: &[Band]) -> Vec<CandidateResult> {
    let place: HashMap<CandidateId, usize> =
        bands.iter().enumerate().flat_map(|(i, band)| band.candidates.iter().map(move |id| (*id, i))).collect();
    results.sort_by_key(|c| (place.get(&c.id).copied().unwrap_or(usize::MAX), name_order(c)));
    results
}

/// Among those who can't be told apart: first what nobody rated, by weight; else where their raters' disagreement makes their
/// means least sure (`Σ w² s² / n`, with the range standing for s).
fn next(verdict: Verdict, candidates: &[CandidateResult], bands: &[Band], w: &[f64]) -> Option<Next> {
    match verdict {
        Verdict::TooFewToTell => return Some(Next::SecondRater),
        Verdict::SeveralStandApart { .. } | Verdict::SeveralLead { .. } | Verdict::TooCloseToCall => {}
        Verdict::NothingYet | Verdict::OneCandidate | Verdict::OneStandsApart => return None,
    }
    let top = &bands.first()?.candidates;
    let leading: Vec<&CandidateResult> = candidates.iter().filter(|c| top.contains(&c.id)).collect();
    let heaviest = |weighted: &dyn Fn(usize) -> f64| {
        (0..w.len())
            .filter(|&d| weighted(d) > 0.0)
            .max_by(|&a, &b| weighted(a).total_cmp(&weighted(b)).then(b.cmp(&a)))
            .map(|d| (d, leading[0].cells[d].dimension.clone()))
    };
    let gaps = |d: usize| leading.iter().filter(|c| c.cells[d].gap.is_some()).count() as f64;
    if let Some((d, dimension)) = heaviest(&|d| w[d] * gaps(d)) {
        let without = leading.iter().filter(|c| c.cells[d].gap.is_some());
        return Some(Next::RateGap { dimension, candidates: without.map(|c| c.id).collect() });
    }
    let unsure =
        |cell: &Cell| if cell.disagreement { cell.range.powi(2) / cell.ticks.len().max(1) as f64 } else { 0.0 };
    heaviest(&|d| w[d] * w[d] * leading.iter().map(|c| unsure(&c.cells[d])).sum::<f64>())
        .map(|(_, dimension)| Next::AnotherInterview { dimension })
}

/// Candidates whose unrated dimensions could put other people into the top band.
fn cautions(verdict: Verdict, candidates: &[CandidateResult], named: &[Band], w: &[f64]) -> Vec<Caution> {
    if matches!(verdict, Verdict::NothingYet | Verdict::OneCandidate | Verdict::TooFewToTell) {
        return Vec::new();
    }
    let rated: Vec<(&CandidateResult, Estimate)> =
        candidates.iter().filter_map(|c| Some((c, estimate(c.estimate?)))).collect();
    let mut top: Vec<CandidateId> = named.first().map(|band| band.candidates.clone()).unwrap_or_default();
    top.sort_unstable();

    let would_change = |c: usize, points: f64| {
        let mut moved: Vec<Estimate> = rated.iter().map(|(_, estimate)| *estimate).collect();
        let shift = (1.0 - rated[c].0.covered) * (points - moved[c].value);
        moved[c].value += shift;
        moved[c].lower += shift;
        moved[c].upper += shift;
        let first = bands(&moved).into_iter().next();
        let mut other: Vec<CandidateId> = first.iter().flat_map(|b| &b.members).map(|&i| rated[i].0.id).collect();
        other.sort_unstable();
        other != top
    };
    (0..rated.len())
        .filter(|&c| rated[c].0.covered < 1.0 && UNRATED.iter().any(|&points| would_change(c, points)))
        .filter_map(|c| {
            let gaps = (0..w.len()).filter(|&d| rated[c].0.cells[d].gap.is_some());
            let heaviest = gaps.max_by(|&a, &b| w[a].total_cmp(&w[b]).then(b.cmp(&a)))?;
            Some(Caution::GapCouldChangeVerdict {
                candidate: rated[c].0.id,
                dimension: rated[c].0.cells[heaviest].dimension.clone(),
            })
        })
        .collect()
}

/// Nine decimals: more than anybody reads, few enough that the order of summation leaves no trace and that a pinned number
/// reads back from JSON as it was.
fn tidy(x: f64) -> f64 {
    (x * 1e9).round() / 1e9
}

fn estimate(interval: Interval) -> Estimate {
    Estimate { value: interval.value, lower: interval.lower, upper: interval.upper, level: interval.level }
}

fn name_order(candidate: &CandidateResult) -> (String, CandidateId) {
    (candidate.name.to_lowercase(), candidate.id)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
