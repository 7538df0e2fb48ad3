//! The slow half of a comparison: the panel model and its checks. It knows ids and numbers, no names, so that it may be kept in
//! memory and read again under other weights.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Diagnostics, Inputs,
    robust::{self, Reliability, Sensitivity},
    tidy,
};
use crate::{
    domain::id::{CandidateId, MemberId},
    stats::{
        checks::{Cell, PairOf, changed_by_cells, changed_by_order, leaning_on_prior},
        connectedness::Connectedness,
        minimum::Evidence,
        panel::draws::Draws,
        ratings::{Rating, Ratings, Scale},
        shown::{self, Level, List, Listing},
        weights::{BadWeights, Weights},
    },
};

/// So many numbers of a posterior are kept for weightings to come: 16 MiB.
const KEPT: usize = 4 << 20;

/// What the first ratings of a job say, under its own weights.
#[derive(Clone, Debug)]
pub struct Fitted {
    pub(super) seed: u64,
    /// Rows of the table: those with a rating, by id; dimensions by key.
    pub(super) candidates: Vec<CandidateId>,
    pub(super) raters: Vec<MemberId>,
    pub(super) dimensions: Vec<String>,
    pub(super) weights: Weights,
    pub(super) ratings: Ratings,
    pub(super) hanging: Connectedness,
    /// `None` while nobody was rated by two people.
    pub(super) posterior: Option<Posterior>,
    pub(super) reliability: Reliability,
}

impl Fitted {
    /// From the job and its first ratings under its own weights, and from the model.
    pub fn seed(&self) -> u64 {
        self.seed
    }
}

/// What the panel model found.
#[derive(Clone, Debug)]
pub(super) struct Posterior {
    pub draws: Draws,
    /// Under the job's own weights, one for each part, as [`Connectedness::parts`] has them.
    pub lists: Vec<List>,
    /// By candidate, then dimension.
    pub levels: Vec<Vec<Level>>,
    /// How much higher a rater rates on a dimension than the average one, in points: by rater, then dimension.
    pub leniency: Vec<Vec<f64>>,
    pub diagnostics: Diagnostics,
    pub not_enough_evidence: Vec<PairOf>,
    pub steps_as_order: Vec<PairOf>,
    pub leans_on_prior: Vec<PairOf>,
    /// Of the first list with two candidates.
    pub sensitivity: Option<Sensitivity>,
}

/// Fits the panel model to the first ratings. Scorecards of people or on dimensions that the inputs do not list are left out. A
/// rater with two scorecards of one candidate counts once, with the mean of the two.
pub fn fit(inputs: &Inputs) -> Result<Fitted, BadWeights> {
    let mut dimensions: Vec<(&str, f64)> = inputs.dimensions.iter().map(|d| (d.key.as_str(), d.weight)).collect();
    dimensions.sort_by_key(|dimension| dimension.0);
    let weights = Weights::new(&dimensions.iter().map(|dimension| dimension.1).collect::<Vec<_>>())?;
    let dimensions: Vec<String> = dimensions.into_iter().map(|(key, _)| key.to_owned()).collect();

    let given = inputs.given();
    let rated = || given.iter().filter(|(_, points)| points.iter().any(Option::is_some)).map(|(cell, _)| cell);
    let candidates: Vec<CandidateId> = rated().map(|cell| cell.0).collect::<BTreeSet<_>>().into_iter().collect();
    let raters: Vec<MemberId> = rated().map(|cell| cell.1).collect::<BTreeSet<_>>().into_iter().collect();
    let place = |(candidate, rater, key): &(CandidateId, MemberId, &str)| {
        Some(Cell {
            candidate: candidates.binary_search(candidate).ok()?,
            rater: raters.binary_search(rater).ok()?,
            dimension: dimensions.binary_search_by(|d| d.as_str().cmp(key)).ok()?,
        })
    };
    let values = given.iter().filter_map(|(cell, points)| {
        let Cell { candidate, rater, dimension } = place(cell)?;
        let points: Vec<f64> = points.iter().flatten().map(|&p| f64::from(p)).collect();
        let value = points.iter().sum::<f64>() / points.len() as f64;
        (!points.is_empty()).then_some(Rating { candidate, rater, dimension, value })
    });
    #[expect(clippy::expect_used, reason = "places in the lists, scores from 1 to 5, and a map has each cell once")]
    let ratings = Ratings::new(candidates.len(), raters.len(), dimensions.len(), Scale::five_steps(), values)
        .expect("ratings that fit their table");
    let unknown: Vec<Cell> = given
        .iter()
        .filter(|(_, points)| points.iter().all(Option::is_none))
        .filter_map(|(cell, _)| place(cell))
        .collect();

    let seed = u64::from_be_bytes(std::array::from_fn(|byte| inputs.evidence()[byte]));
    let hanging = Connectedness::new(&ratings);
    let can_compare = hanging.parts.iter().any(|part| part.raters.len() > 1);
    let shown = if can_compare { shown::compare(&ratings, &weights, Listing::Separate, seed).ok() } else { None };
    let reliability = robust::reliability(&ratings, &weights, shown.as_ref());
    let posterior = shown.map(|shown| Posterior::new(shown, &ratings, &weights, &unknown, seed));
    let mut fitted = Fitted { seed, candidates, raters, dimensions, weights, ratings, hanging, posterior, reliability };
    let sensitivity = fitted.listed().and_then(|list| robust::sensitivity(&fitted, list, &fitted.weights));
    fitted.posterior.iter_mut().for_each(|posterior| posterior.sensitivity = sensitivity.clone());
    Ok(fitted)
}

impl Fitted {
    /// The first list of which one may say who is ahead.
    fn listed(&self) -> Option<&List> {
        let lists = self.hanging.parts.iter().zip(&self.posterior.as_ref()?.lists);
        lists
            .filter(|(part, _)| robust::is_comparable(part))
            .map(|(_, list)| list)
            .find(|list| list.candidates.len() > 1)
    }

    /// By dimension, P(a is above b) on it; empty when the model knows one of them not.
    pub fn ahead_by_dimension(&self, a: CandidateId, b: CandidateId) -> BTreeMap<String, f64> {
        let place = |id| self.candidates.binary_search(&id).ok();
        let (Some(posterior), Some(a), Some(b)) = (&self.posterior, place(a), place(b)) else {
            return BTreeMap::new();
        };
        let draws = &posterior.draws;
        let share = |d: usize| {
            let ahead = draws.profile(a, d).zip(draws.profile(b, d)).filter(|(a, b)| a > b).count();
            tidy(ahead as f64 / draws.count().max(1) as f64)
        };
        self.dimensions.iter().enumerate().map(|(d, key)| (key.clone(), share(d))).collect()
    }

    /// Bytes in memory, nearly.
    pub fn size(&self) -> usize {
        let table = self.ratings.candidates() * self.ratings.raters() * self.ratings.dimensions() * 16;
        let (candidates, dimensions) = (self.candidates.len(), self.dimensions.len());
        let found = candidates * (candidates * 64 + 256 + dimensions * 48);
        4096 + table + self.posterior.as_ref().map_or(0, |p| p.draws.size() + found)
    }
}

impl Posterior {
    fn new(shown: shown::Comparison, ratings: &Ratings, weights: &Weights, unknown: &[Cell], seed: u64) -> Posterior {
        // A check that cannot be made (half steps have no order of their own, for example) finds nothing.
        let few = Evidence::new(ratings).may_lean_on_prior();
        let leans_on_prior = few.then(|| leaning_on_prior(ratings, weights, seed, &shown).ok()).flatten();
        let steps_as_order = changed_by_order(ratings, weights, seed, &shown).ok().flatten();
        let not_enough_evidence = changed_by_cells(ratings, unknown, weights, seed, &shown);

        let mut levels: Vec<Vec<Level>> = vec![Vec::new(); ratings.candidates()];
        for standing in shown.lists.iter().flat_map(|list| &list.candidates) {
            levels[standing.candidate] = standing.profile.clone();
        }
        let found = &shown.diagnostics;
        Posterior {
            draws: shown.fit.draws.of_candidates(KEPT),
            leniency: leniency(&shown.fit.draws),
            levels,
            diagnostics: Diagnostics {
                model: found.model.to_owned(),
                seed: format!("{seed:016x}"),
                draws: found.draws,
                error: tidy(found.mcse_max),
                r_hat: tidy(found.r_hat_max),
                ess: found.ess_min.round(),
                reached: found.reached,
            },
            not_enough_evidence: not_enough_evidence.unwrap_or_default(),
            steps_as_order: steps_as_order.unwrap_or_default(),
            leans_on_prior: leans_on_prior.unwrap_or_default(),
            lists: shown.lists,
            sensitivity: None,
        }
    }
}

/// The mean of ρ_r + κ_rd over the draws, less its mean over the raters.
fn leniency(draws: &Draws) -> Vec<Vec<f64>> {
    let (raters, dimensions, count) = (draws.raters(), draws.dimensions(), draws.count() as f64);
    let mut found: Vec<Vec<f64>> = (0..raters)
        .map(|rater| {
            let severity = draws.severity(rater).sum::<f64>() / count;
            (0..dimensions).map(|d| severity + draws.rater_dimension(rater, d).sum::<f64>() / count).collect()
        })
        .collect();
    for d in 0..dimensions {
        let mean = found.iter().map(|of_rater| of_rater[d]).sum::<f64>() / raters as f64;
        found.iter_mut().for_each(|of_rater| of_rater[d] -= mean);
    }
    found
}

impl Inputs {
    /// By candidate, rater and dimension, what was given first (twice where a rater met the candidate in two rounds), of those
    /// whom the inputs list; `None` is "not enough evidence".
    pub(super) fn given(&self) -> BTreeMap<(CandidateId, MemberId, &str), Vec<Option<i16>>> {
        let candidates: BTreeSet<CandidateId> = self.candidates.iter().map(|candidate| candidate.id).collect();
        let raters: BTreeSet<MemberId> = self.raters.iter().map(|rater| rater.id).collect();
        let dimensions: BTreeSet<&str> = self.dimensions.iter().map(|dimension| dimension.key.as_str()).collect();
        let mut given: BTreeMap<_, Vec<Option<i16>>> = BTreeMap::new();
        let listed = |card: &&super::Scorecard| candidates.contains(&card.candidate) && raters.contains(&card.rater);
        for card in self.scorecards.iter().filter(listed) {
            for rating in card.ratings.iter().filter(|rating| dimensions.contains(rating.dimension.as_str())) {
                let cell = (card.candidate, card.rater, rating.dimension.as_str());
                given.entry(cell).or_default().push(rating.rating.score());
            }
        }
        given.values_mut().for_each(|points| points.sort_unstable());
        given
    }
}
