//! Who is above whom, and how surely, in the names of the file.

use serde::Serialize;

use super::{
    figure::{Estimate, Figure, Named},
    pool::Pool,
};
use crate::stats::{
    checks::{self, PairOf},
    estimate::{Outcome, Reason},
    minimum::Evidence,
    shown::{self, List, Standing, raw_mean},
    weight_sensitivity::{self, Around},
    weights::Weights,
};

#[derive(Debug, Serialize)]
pub struct Comparison {
    /// By falling fair score, list by list; those without a rating last.
    pub candidates: Vec<Candidate>,
    /// Within a list, the one with the higher score first.
    pub pairs: Figure<Vec<Pair>>,
    pub shortlist: Figure<Vec<String>>,
    pub weights: WeightsReport,
    pub ordinal_check: Check,
    /// Whether another scale of the prior moves a pair by more than 0.05; run for few candidates.
    pub prior_check: Check,
    /// Whether missing ratings of a 2 or a 4 (of five steps) would change a verdict.
    pub missing_check: Check,
    /// Where parts of the panel share nobody: each of them on its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<Part>,
}

#[derive(Debug, Serialize)]
pub struct Candidate {
    pub candidate: String,
    pub fair_score: Figure<Estimate>,
    pub raw_mean: Figure<f64>,
    pub raters: usize,
    pub p_best: Figure<f64>,
    /// P(among the best m), by m.
    pub p_top: Figure<Named<f64>>,
    pub expected_rank: Figure<f64>,
    /// Best and worst rank of the 90 % interval.
    pub rank: Figure<[usize; 2]>,
    pub band: Figure<usize>,
    pub profile: Named<Figure<Estimate>>,
    /// The list that the candidate is in, from 1.
    pub list: Figure<usize>,
    /// The fair score with its 80 % interval.
    pub narrow: Figure<Estimate>,
    pub raw_profile: Named<Figure<f64>>,
    /// Dimensions that stand out beside the candidate's others, with probability above 0.9.
    pub strengths: Vec<String>,
    pub weaknesses: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Pair {
    pub a: String,
    pub b: String,
    pub p: f64,
    pub p_quarter: f64,
    pub verdict: &'static str,
}

#[derive(Debug, Serialize)]
pub struct WeightsReport {
    pub used: Named<f64>,
    #[serde(flatten)]
    pub sensitivity: Sensitivity,
}

/// What the weights decide.
#[derive(Debug, Serialize)]
pub struct Sensitivity {
    /// Share of weightings around the chosen ones under which each is first.
    pub first_share: Figure<Named<f64>>,
    pub leave_one_out: Figure<Named<Figure<LeftOut>>>,
    pub flip: Figure<Flip>,
    /// Share of the same weightings under which the first stays above the second.
    pub order_holds: Figure<f64>,
}

#[derive(Debug, Serialize)]
pub struct LeftOut {
    pub leader: String,
    pub changes: bool,
}

#[derive(Debug, Serialize)]
pub struct Flip {
    /// The dimension that gives up most, and the one that gets it.
    pub from: String,
    pub to: String,
    /// Weight that moves, of a total of 1.
    pub shift: f64,
    pub challenger: String,
    /// What each dimension gives up.
    pub moves: Named<f64>,
}

#[derive(Debug, Serialize)]
pub struct Check {
    pub run: bool,
    pub changed: Vec<Names>,
}

#[derive(Debug, Serialize)]
pub struct Names {
    pub a: String,
    pub b: String,
}

#[derive(Debug, Serialize)]
pub struct Part {
    pub candidates: Vec<String>,
    pub shortlist: Vec<String>,
    pub weights: Sensitivity,
}

/// `sampled` says whether the fit was sampled, so that the checks apply.
pub fn comparison(pool: &Pool, shown: &Outcome<shown::Comparison>, sampled: bool, seed: u64) -> Comparison {
    let names = &pool.dimensions;
    let used = Named(names.iter().cloned().zip(pool.weights.as_slice().iter().copied()).collect());
    match shown {
        Ok(shown) => compared(pool, shown, used, sampled, seed),
        Err(reason) => Comparison {
            candidates: (0..pool.candidates.len()).map(|c| without_score(pool, c, *reason)).collect(),
            pairs: Figure::absent(*reason),
            shortlist: Figure::absent(*reason),
            weights: WeightsReport { used, sensitivity: Sensitivity::absent(*reason) },
            ordinal_check: Check::not_run(),
            prior_check: Check::not_run(),
            missing_check: Check::not_run(),
            lists: Vec::new(),
        },
    }
}

fn compared(pool: &Pool, shown: &shown::Comparison, used: Named<f64>, sampled: bool, seed: u64) -> Comparison {
    let listed = (1..)
        .zip(&shown.lists)
        .flat_map(|(number, list)| list.candidates.iter().map(move |standing| candidate(pool, standing, number)));
    let unrated = shown.unrated.iter().map(|&c| without_score(pool, c, Reason::NoData));
    let name = |&c: &usize| pool.candidates[c].clone();
    let pair = |pair: &shown::Pair| Pair {
        a: name(&pair.a),
        b: name(&pair.b),
        p: pair.p,
        p_quarter: pair.p_margin,
        verdict: pair.verdict.code(),
    };
    let apart = shown.lists.len() > 1;
    let (shortlist, sensitivity) = match shown.lists.as_slice() {
        [list] => (Figure::Value(list.shortlist.iter().map(name).collect()), Sensitivity::new(pool, list, seed)),
        _ => (Figure::absent(Reason::Disconnected), Sensitivity::absent(Reason::Disconnected)),
    };
    let part = |list: &List| Part {
        candidates: list.candidates.iter().map(|standing| name(&standing.candidate)).collect(),
        shortlist: list.shortlist.iter().map(name).collect(),
        weights: Sensitivity::new(pool, list, seed),
    };
    let check = |found: Outcome<Option<Vec<PairOf>>>| Check::new(pool, found);
    let (ratings, weights) = (&pool.ratings, &pool.weights);
    let few = Evidence::new(ratings).may_lean_on_prior();
    Comparison {
        candidates: listed.chain(unrated).collect(),
        pairs: Figure::Value(shown.pairs().map(pair).collect()),
        shortlist,
        weights: WeightsReport { used, sensitivity },
        ordinal_check: check(if sampled { checks::changed_by_order(ratings, weights, seed, shown) } else { Ok(None) }),
        prior_check: check(if sampled && few {
            checks::leaning_on_prior(ratings, weights, seed, shown).map(Some)
        } else {
            Ok(None)
        }),
        missing_check: check(if sampled && pool.missing > 0 {
            checks::changed_by_missing(ratings, weights, seed, shown).map(Some)
        } else {
            Ok(None)
        }),
        lists: if apart { shown.lists.iter().map(part).collect() } else { Vec::new() },
    }
}

fn candidate(pool: &Pool, standing: &Standing, list: usize) -> Candidate {
    let c = standing.candidate;
    let levels = standing.profile.iter().map(|dimension| Figure::Value(dimension.level.into()));
    let standing_out = |sign: i8| {
        let found = standing.profile.iter().zip(&pool.dimensions).filter(|(dimension, _)| dimension.stands_out == sign);
        found.map(|(_, name)| name.clone()).collect()
    };
    let top = (1..).zip(&standing.p_top).skip(1).map(|(m, &p): (usize, _)| (m.to_string(), p)).collect();
    Candidate {
        candidate: pool.candidates[c].clone(),
        fair_score: Figure::Value(standing.fair_score.into()),
        raw_mean: standing.raw_mean.into(),
        raters: standing.raters,
        p_best: Figure::Value(standing.p_best),
        p_top: Figure::Value(Named(top)),
        expected_rank: Figure::Value(standing.expected_rank),
        rank: Figure::Value([standing.rank.0, standing.rank.1]),
        band: Figure::Value(standing.band),
        profile: Named(pool.dimensions.iter().cloned().zip(levels).collect()),
        list: Figure::Value(list),
        narrow: Figure::Value(standing.narrow.into()),
        raw_profile: raw_profile(pool, c),
        strengths: standing_out(1),
        weaknesses: standing_out(-1),
    }
}

/// What can be said of a candidate who is not compared: the plain means.
fn without_score(pool: &Pool, c: usize, reason: Reason) -> Candidate {
    let levels = pool.dimensions.iter().map(|name| (name.clone(), Figure::absent(reason)));
    Candidate {
        candidate: pool.candidates[c].clone(),
        fair_score: Figure::absent(reason),
        raw_mean: raw_mean(&pool.ratings, c, &pool.weights).into(),
        raters: pool.ratings.raters_of(c).count(),
        p_best: Figure::absent(reason),
        p_top: Figure::absent(reason),
        expected_rank: Figure::absent(reason),
        rank: Figure::absent(reason),
        band: Figure::absent(reason),
        profile: Named(levels.collect()),
        list: Figure::absent(reason),
        narrow: Figure::absent(reason),
        raw_profile: raw_profile(pool, c),
        strengths: Vec::new(),
        weaknesses: Vec::new(),
    }
}

fn raw_profile(pool: &Pool, c: usize) -> Named<Figure<f64>> {
    let d = pool.dimensions.len();
    let mean = |k: usize| raw_mean(&pool.ratings, c, &Weights::only(k, d)).into();
    Named(pool.dimensions.iter().cloned().zip((0..d).map(mean)).collect())
}

impl Sensitivity {
    fn new(pool: &Pool, list: &List, seed: u64) -> Self {
        let name = |place: usize| pool.candidates[list.candidates[place].candidate].clone();
        let (weights, dimensions) = (&pool.weights, &pool.dimensions);
        let profiles: Vec<Vec<f64>> = list
            .candidates
            .iter()
            .map(|standing| standing.profile.iter().map(|dimension| dimension.level.value).collect())
            .collect();
        if profiles.len() < 2 {
            return Self::absent(Reason::FewCandidates { have: profiles.len(), need: 2 });
        }
        let shares = weight_sensitivity::first_share(&profiles, weights, Around::Chosen, seed);
        let left_out = weight_sensitivity::leave_one_out(&profiles, weights)
            .into_iter()
            .map(|outcome| outcome.map(|found| LeftOut { leader: name(found.leader), changes: found.changes }).into());
        let flip = weight_sensitivity::smallest_flip(&profiles, weights);
        let named = |dimension: usize| dimensions[dimension].clone();
        Self {
            first_share: Figure::Value(Named((0..profiles.len()).map(|i| (name(i), shares[i])).collect())),
            leave_one_out: Figure::Value(Named(dimensions.iter().cloned().zip(left_out).collect())),
            flip: match flip {
                Some(flip) => Figure::Value(Flip {
                    // Two who are level already need no move; then both ends are the dimension of the challenger.
                    from: named(flip.from.first().map_or(flip.to, |&(dimension, _)| dimension)),
                    to: named(flip.to),
                    shift: flip.shift,
                    challenger: name(flip.challenger),
                    moves: Named(flip.from.iter().map(|&(dimension, share)| (named(dimension), share)).collect()),
                }),
                None => Figure::absent(Reason::LeadsThroughout),
            },
            order_holds: Figure::Value(weight_sensitivity::order_share(&profiles, 0, 1, weights, Around::Chosen, seed)),
        }
    }

    fn absent(reason: Reason) -> Self {
        Self {
            first_share: Figure::absent(reason),
            leave_one_out: Figure::absent(reason),
            flip: Figure::absent(reason),
            order_holds: Figure::absent(reason),
        }
    }
}

impl Check {
    fn not_run() -> Self {
        Self { run: false, changed: Vec::new() }
    }

    fn new(pool: &Pool, found: Outcome<Option<Vec<PairOf>>>) -> Self {
        match found {
            Ok(Some(pairs)) => {
                let names =
                    |pair: &PairOf| Names { a: pool.candidates[pair.a].clone(), b: pool.candidates[pair.b].clone() };
                Self { run: true, changed: pairs.iter().map(names).collect() }
            }
            // The ordinal form asks for whole steps; without them there is nothing to check.
            Ok(None) | Err(_) => Self::not_run(),
        }
    }
}
