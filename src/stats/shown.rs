//! What a comparison shows: fair scores with their intervals, who is above whom and how surely, and
//! the smallest list that holds the best.

mod list;

use std::collections::BTreeMap;

use super::connectedness::{Connectedness, Part};
use super::estimate::{Estimate, LEVEL, Outcome};
use super::minimum::Evidence;
use super::panel::closed::Closed;
use super::panel::draws::{Composites, Draws};
use super::panel::probabilities::Probabilities;
use super::panel::summary::Summary;
use super::panel::{self, Diagnostics, Fit, MARGIN};
use super::ratings::Ratings;
use super::variances::Variances;
use super::weights::Weights;

/// The level of the narrow interval that is drawn inside the 95 % one.
pub const NARROW_LEVEL: f64 = 0.8;
/// The level of the interval of ranks.
pub const RANK_LEVEL: f64 = 0.9;
/// The shortlist holds the best with at least this probability.
pub const SHORTLIST: f64 = 0.9;
/// A profile names a dimension when its sign is known with this probability.
const PROFILE: f64 = 0.9;

/// How candidates whom no common rater saw are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Each connected part of the panel on its own: the default.
    Separate,
    /// All in one, which assumes that all parts met equally good candidates on average.
    Joint,
}

/// In words: clearly above, probably above, leaning, not distinguishable on this evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Clear,
    Probable,
    Leaning,
    Open,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// One for each connected part of the panel, the largest first, or one for all.
    pub lists: Vec<List>,
    /// Candidates without a rating.
    pub unrated: Vec<usize>,
    pub diagnostics: Diagnostics,
    /// The posterior behind it. It knows only [`Comparison::rated`] and [`Comparison::raters`], in
    /// their order.
    pub fit: Fit,
    /// Candidates and raters with a rating, as the table numbers them.
    pub rated: Vec<usize>,
    pub raters: Vec<usize>,
}

/// Candidates who are compared with each other.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// By falling fair score.
    pub candidates: Vec<Standing>,
    /// Every pair once, the one with the higher score first; by their places in `candidates`.
    pub pairs: Vec<Pair>,
    /// The smallest set that holds the best with probability 0.90, by falling P(best).
    pub shortlist: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    pub candidate: usize,
    /// How many raters gave at least one rating.
    pub raters: usize,
    /// The weighted score under the average rater of the pool, with its 95 % interval.
    pub fair_score: Estimate,
    /// The same with the 80 % interval.
    pub narrow: Estimate,
    /// Mean over raters, then weighted mean over the dimensions that were rated.
    pub raw_mean: Outcome<f64>,
    pub p_best: f64,
    /// P(among the best m) for m = 1, 2, …
    pub p_top: Vec<f64>,
    pub expected_rank: f64,
    /// Best and worst rank of the 90 % interval, from 1.
    pub rank: (usize, usize),
    /// Tie band, from 1: the leader of a band is at most "leaning" above its members.
    pub band: usize,
    pub profile: Vec<Level>,
}

/// One dimension of a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    pub level: Estimate,
    /// Strength (+1) or weakness (−1) relative to the candidate's other dimensions and to the others
    /// on this one, with probability above 0.9; 0 when it is within error.
    pub stands_out: i8,
    /// Nobody rated it: the level is what the other dimensions and the other candidates suggest.
    pub unrated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub a: usize,
    pub b: usize,
    /// P(a is above b).
    pub p: f64,
    /// P(a is above b by more than 0.25 points of a 1–5 scale).
    pub p_margin: f64,
    /// P(b is above a by more than that).
    pub p_margin_behind: f64,
    pub verdict: Verdict,
}

/// A table without the candidates and raters who have no rating.
pub(super) struct Rated {
    /// Who is left, by their numbers in the whole table, in order.
    pub candidates: Vec<usize>,
    pub raters: Vec<usize>,
    pub used: Ratings,
}

impl Rated {
    pub fn of(ratings: &Ratings) -> Rated {
        let candidates: Vec<_> = (0..ratings.candidates()).filter(|&c| ratings.raters_of(c).next().is_some()).collect();
        let raters: Vec<_> = (0..ratings.raters()).filter(|&r| ratings.candidates_of(r).next().is_some()).collect();
        let used = ratings.with_candidates(&candidates).with_raters(&raters);
        Rated { candidates, raters, used }
    }
}

impl Verdict {
    /// Of the probability that one is above the other, whichever of the two that is.
    pub fn of(p: f64) -> Self {
        match p.max(1.0 - p) {
            p if p >= 0.95 => Verdict::Clear,
            p if p >= 0.80 => Verdict::Probable,
            p if p >= 0.60 => Verdict::Leaning,
            _ => Verdict::Open,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Verdict::Clear => "clear",
            Verdict::Probable => "probable",
            Verdict::Leaning => "leaning",
            Verdict::Open => "open",
        }
    }
}

impl Comparison {
    /// The pair in any list, `a` and `b` in either order.
    pub fn pair(&self, a: usize, b: usize) -> Option<&Pair> {
        let same = |pair: &&Pair| (pair.a, pair.b) == (a, b) || (pair.a, pair.b) == (b, a);
        self.lists.iter().find_map(|list| list.pairs.iter().find(same))
    }

    /// Every pair of every list.
    pub fn pairs(&self) -> impl Iterator<Item = &Pair> {
        self.lists.iter().flat_map(|list| &list.pairs)
    }
}

/// Compares by the panel model with its usual priors. Needs two raters.
pub fn compare(ratings: &Ratings, weights: &Weights, listing: Listing, seed: u64) -> Outcome<Comparison> {
    compare_by(ratings, weights, listing, |ratings| panel::fit(ratings, weights, seed))
}

/// Compares with the variances given (in squared points of the rating scale), by the closed form;
/// the levels of the dimensions are free. Only ranks, and with them P(best) and the shortlist, come from
/// draws.
pub fn compare_given(
    ratings: &Ratings,
    weights: &Weights,
    listing: Listing,
    variances: &Variances,
    seed: u64,
) -> Outcome<Comparison> {
    let closed = |ratings: &Ratings| Ok(Closed::new(ratings, variances, None)?.fit(weights, seed));
    let mut found = compare_by(ratings, weights, listing, closed)?;
    if let Some(exact) = &found.fit.exact {
        let place: BTreeMap<usize, usize> = found.rated.iter().enumerate().map(|(place, &c)| (c, place)).collect();
        found.lists.iter_mut().for_each(|list| list.take_exact(exact, &place, MARGIN * ratings.scale().range() / 4.0));
    }
    Ok(found)
}

/// The mean over raters of each dimension, then the weighted mean of the dimensions that have one.
pub fn raw_mean(ratings: &Ratings, candidate: usize, weights: &Weights) -> Outcome<f64> {
    let (mut sum, mut total) = (0.0, 0.0);
    for (dimension, weight) in weights.as_slice().iter().enumerate() {
        let given = (0..ratings.raters()).filter_map(|rater| ratings.get(candidate, rater, dimension));
        let (n, all) = given.fold((0, 0.0), |(n, all), value| (n + 1, all + value));
        if n > 0 {
            sum += weight * all / f64::from(n);
            total += weight;
        }
    }
    if total > 0.0 { super::estimate::finite(sum / total) } else { Err(super::estimate::Reason::NoData) }
}

/// The lists of a comparison from a posterior that is there, for other weights or for some of the
/// candidates only; without profiles, which do not depend on either. `used` is the table that was
/// fitted; `groups` are candidates who may be compared, as `used` numbers them, and so are those of
/// the lists.
pub fn lists(used: &Ratings, weights: &Weights, draws: &Draws, groups: &[Vec<usize>]) -> Vec<List> {
    let names: Vec<usize> = (0..used.candidates()).collect();
    let all = draws.composites(weights);
    let list = |members: &Vec<usize>| {
        let by_candidate = members.iter().map(|&c| all.by_candidate[c].clone()).collect();
        let composites = Composites { chains: all.chains, by_candidate };
        let probabilities = Probabilities::new(&composites, MARGIN * used.scale().range() / 4.0);
        List::new(used, weights, &composites, &probabilities, members, &names, Vec::new())
    };
    groups.iter().map(list).collect()
}

fn compare_by(
    ratings: &Ratings,
    weights: &Weights,
    listing: Listing,
    fit: impl FnOnce(&Ratings) -> Outcome<Fit>,
) -> Outcome<Comparison> {
    Evidence::new(ratings).comparison()?;
    let Rated { candidates: rated, raters, used } = Rated::of(ratings);
    let unrated = (0..ratings.candidates()).filter(|candidate| rated.binary_search(candidate).is_err()).collect();

    let fit = fit(&used)?;
    let composites = fit.draws.composites(weights);
    let parts = Connectedness::new(&used).parts;
    let lists = match (listing, parts.len()) {
        (Listing::Joint, _) | (_, 1) => {
            let everybody: Vec<usize> = (0..rated.len()).collect();
            let profiles = profiles(&used, &fit.draws, &everybody);
            vec![List::new(&used, weights, &composites, &fit.probabilities, &everybody, &rated, profiles)]
        }
        (Listing::Separate, _) => parts
            .iter()
            .map(|Part { candidates, .. }| {
                let by_candidate = candidates.iter().map(|&c| composites.by_candidate[c].clone()).collect();
                let part = Composites { chains: composites.chains, by_candidate };
                let probabilities = Probabilities::new(&part, MARGIN * ratings.scale().range() / 4.0);
                let profiles = profiles(&used, &fit.draws, candidates);
                List::new(&used, weights, &part, &probabilities, candidates, &rated, profiles)
            })
            .collect(),
    };
    Ok(Comparison { lists, unrated, diagnostics: fit.diagnostics.clone(), fit, rated, raters })
}

/// Levels per dimension, and where a candidate departs from their own mean by more than the others
/// do: the interaction of candidate and dimension among `members`.
fn profiles(used: &Ratings, draws: &Draws, members: &[usize]) -> Vec<Vec<Level>> {
    let (d, n) = (used.dimensions(), members.len());
    let mut positive = vec![0_usize; n * d];
    let mut column = vec![0.0_f32; d];
    for draw in 0..draws.count() {
        let all = draws.profiles_at(draw);
        column.fill(0.0);
        for &p in members {
            column.iter_mut().zip(&all[p * d..]).for_each(|(sum, x)| *sum += x / n as f32);
        }
        let grand = column.iter().sum::<f32>() / d as f32;
        for (i, &p) in members.iter().enumerate() {
            let row = &all[p * d..(p + 1) * d];
            let own = row.iter().sum::<f32>() / d as f32;
            for k in 0..d {
                positive[i * d + k] += usize::from(row[k] - own - column[k] + grand > 0.0);
            }
        }
    }
    let stands_out = |i: usize, k: usize| {
        let share = positive[i * d + k] as f64 / draws.count() as f64;
        match share {
            _ if n < 2 || d < 2 => 0,
            p if p > PROFILE => 1,
            p if p < 1.0 - PROFILE => -1,
            _ => 0,
        }
    };
    let level = |i: usize, k: usize| Level {
        level: Summary::estimate_of(draws.profile(members[i], k).map(|x| x as f32), LEVEL),
        stands_out: stands_out(i, k),
        unrated: (0..used.raters()).all(|rater| used.get(members[i], rater, k).is_none()),
    };
    (0..n).map(|i| (0..d).map(|k| level(i, k)).collect()).collect()
}

#[cfg(test)]
mod tests;
