//! The part of a comparison that is plain arithmetic: what each rater gave, means, gaps, and how a panel agrees.

use std::collections::{BTreeMap, HashMap};

use super::{Agreement, AgreementLevel, CandidateResult, Cell, Gap, Inputs, Interval, RaterMean, Tick, tidy};
use crate::{
    domain::id::{CandidateId, MemberId},
    stats::{
        ratings::{Rating, Ratings, Scale},
        weighted_means::WeightedMeans,
    },
};

/// Coverage of the interval of the plain mean.
const PLAIN_LEVEL: f64 = 0.9;

/// Spread within a dimension up to which agreement is called very good, in points.
const VERY_GOOD: f64 = 0.4;

/// The first ratings in the order of the inputs. A rater with two scorecards of one candidate counts once, with the mean.
pub(super) fn ratings(inputs: &Inputs) -> Ratings {
    let candidates: HashMap<CandidateId, usize> =
        inputs.candidates.iter().enumerate().map(|(i, c)| (c.id, i)).collect();
    let raters: HashMap<MemberId, usize> = inputs.raters.iter().enumerate().map(|(i, r)| (r.id, i)).collect();
    let dimensions: HashMap<&str, usize> =
        inputs.dimensions.iter().enumerate().map(|(i, d)| (d.key.as_str(), i)).collect();
    let rows = inputs.given().into_iter().filter_map(|((candidate, rater, dimension), points)| {
        let points: Vec<f64> = points.into_iter().flatten().map(f64::from).collect();
        let value = points.iter().sum::<f64>() / points.len() as f64;
        let (candidate, rater, dimension) = (candidates[&candidate], raters[&rater], dimensions[dimension]);
        (!points.is_empty()).then_some(Rating { candidate, rater, dimension, value })
    });
    #[expect(clippy::expect_used, reason = "what is given is listed, scores are 1 to 5, and a map has each cell once")]
    Ratings::new(inputs.candidates.len(), inputs.raters.len(), inputs.dimensions.len(), Scale::five_steps(), rows)
        .expect("ratings that fit their table")
}

/// Every rater's sealed ratings, by candidate and dimension.
pub(super) fn ticks(inputs: &Inputs) -> BTreeMap<(CandidateId, &str), Vec<Tick>> {
    let raters: HashMap<MemberId, ()> = inputs.raters.iter().map(|rater| (rater.id, ())).collect();
    let mut ticks: BTreeMap<(CandidateId, &str), Vec<Tick>> = BTreeMap::new();
    for card in inputs.scorecards.iter().filter(|card| raters.contains_key(&card.rater)) {
        for rating in &card.ratings {
            ticks.entry((card.candidate, rating.dimension.as_str())).or_default().push(Tick {
                rater: card.rater,
                round: card.round.clone(),
                rating: rating.rating,
                amended: rating.amended.clone(),
            });
        }
    }
    ticks.values_mut().for_each(|ticks| ticks.sort_by(|a, b| (a.rater, &a.round).cmp(&(b.rater, &b.round))));
    ticks
}

/// A candidate as plain arithmetic sees them, without what the panel model finds.
pub(super) fn candidate(
    inputs: &Inputs,
    means: &WeightedMeans,
    ticks: &BTreeMap<(CandidateId, &str), Vec<Tick>>,
    index: usize,
) -> CandidateResult {
    let (who, row) = (&inputs.candidates[index], &means.candidates[index]);
    let cells: Vec<Cell> = inputs
        .dimensions
        .iter()
        .zip(&row.dimensions)
        .map(|(dimension, found)| {
            let ticks = ticks.get(&(who.id, dimension.key.as_str())).cloned().unwrap_or_default();
            let gap = match (found.mean, ticks.is_empty()) {
                (Some(_), _) => None,
                (None, true) => Some(Gap::NotCovered),
                (None, false) => Some(Gap::NotEnoughEvidence),
            };
            Cell {
                dimension: dimension.key.clone(),
                mean: found.mean.map(tidy),
                fair: None,
                stands_out: 0,
                range: tidy(found.range),
                disagreement: found.disagreement,
                gap,
                ticks,
            }
        })
        .collect();

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
        plain_interval: means.interval(index, PLAIN_LEVEL).ok().map(Interval::of),
        estimate: None,
        no_estimate: None,
        probabilities: None,
        adjustment: None,
        even_profile: None,
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
