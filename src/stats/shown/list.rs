//! One list of a comparison: its order, bands, pairs and shortlist.

use std::collections::BTreeMap;

use super::{Level, List, NARROW_LEVEL, Pair, RANK_LEVEL, SHORTLIST, Standing, Verdict, raw_mean};
use crate::stats::estimate::LEVEL;
use crate::stats::panel::closed::Exact;
use crate::stats::panel::draws::Composites;
use crate::stats::panel::probabilities::Probabilities;
use crate::stats::panel::summary::Summary;
use crate::stats::ratings::Ratings;
use crate::stats::weights::Weights;

impl List {
    /// `members` are the candidates of `composites` and `probabilities` as `used` numbers them, and
    /// `rated` turns those numbers into the caller's.
    pub(super) fn new(
        used: &Ratings,
        weights: &Weights,
        composites: &Composites,
        probabilities: &Probabilities,
        members: &[usize],
        rated: &[usize],
        mut profiles: Vec<Vec<Level>>,
    ) -> Self {
        let scores: Vec<Summary> =
            composites.by_candidate.iter().map(|draws| Summary::new(draws.iter().copied())).collect();
        let mut order: Vec<usize> = (0..members.len()).collect();
        order.sort_by(|&a, &b| scores[b].mean().total_cmp(&scores[a].mean()).then(a.cmp(&b)));
        let bands = bands(&order, probabilities);

        let candidates = order
            .iter()
            .zip(bands)
            .map(|(&i, band)| {
                let ranks = probabilities.ranks(i);
                Standing {
                    candidate: rated[members[i]],
                    raters: used.raters_of(members[i]).count(),
                    fair_score: scores[i].estimate(LEVEL),
                    narrow: scores[i].estimate(NARROW_LEVEL),
                    raw_mean: raw_mean(used, members[i], weights),
                    p_best: probabilities.best(i),
                    p_top: (1..=ranks.len()).map(|m| probabilities.top(i, m)).collect(),
                    expected_rank: ranks.iter().zip(1..).map(|(p, rank)| p * f64::from(rank)).sum(),
                    rank: rank_interval(ranks),
                    band,
                    profile: profiles.get_mut(i).map(std::mem::take).unwrap_or_default(),
                }
            })
            .collect();

        let mut pairs = Vec::new();
        for (place, &a) in order.iter().enumerate() {
            for &b in &order[place + 1..] {
                let p = probabilities.above(a, b);
                let (a_name, b_name) = (rated[members[a]], rated[members[b]]);
                let (p_margin, p_margin_behind) = (probabilities.beyond(a, b), probabilities.beyond(b, a));
                pairs.push(Pair { a: a_name, b: b_name, p, p_margin, p_margin_behind, verdict: Verdict::of(p) });
            }
        }

        let shortlist = shortlist(&order, probabilities).into_iter().map(|i| rated[members[i]]).collect();
        List { candidates, pairs, shortlist }
    }
}

impl List {
    /// Puts what is known in closed form in the place of what was read from draws.
    pub(super) fn take_exact(&mut self, exact: &Exact, place: &BTreeMap<usize, usize>, margin: f64) {
        for pair in &mut self.pairs {
            let gap = exact.gap(place[&pair.a], place[&pair.b]);
            (pair.p, pair.p_margin) = (gap.above(0.0), gap.above(margin));
            pair.verdict = Verdict::of(pair.p);
        }
        let (mut leader, mut band) = (None, 1);
        for standing in &mut self.candidates {
            let candidate = place[&standing.candidate];
            let ahead = leader.map(|leader: usize| exact.gap(leader, candidate).above(0.0));
            if ahead.is_some_and(|p| Verdict::of(p) <= Verdict::Probable) {
                band += 1;
                leader = None;
            }
            leader = leader.or(Some(candidate));
            standing.band = band;
            let score = exact.score(candidate);
            (standing.fair_score, standing.narrow) = (score.estimate(LEVEL), score.estimate(NARROW_LEVEL));
            for (level, known) in standing.profile.iter_mut().zip(&exact.levels[candidate]) {
                level.level = known.estimate(LEVEL);
            }
        }
    }
}

/// A band reaches down as far as its leader is at most "leaning" above the next.
fn bands(order: &[usize], probabilities: &Probabilities) -> Vec<usize> {
    let mut leader = order.first().copied();
    let mut band = 1;
    order
        .iter()
        .map(|&i| {
            if let Some(first) = leader
                && first != i
                && Verdict::of(probabilities.above(first, i)) <= Verdict::Probable
            {
                leader = Some(i);
                band += 1;
            }
            band
        })
        .collect()
}

fn shortlist(order: &[usize], probabilities: &Probabilities) -> Vec<usize> {
    let mut by_best = order.to_vec();
    by_best.sort_by(|&a, &b| probabilities.best(b).total_cmp(&probabilities.best(a)));
    let mut held = 0.0;
    let mut list = Vec::new();
    for i in by_best {
        if held >= SHORTLIST - 1e-9 {
            break;
        }
        held += probabilities.best(i);
        list.push(i);
    }
    list
}

fn rank_interval(ranks: &[f64]) -> (usize, usize) {
    let tail = (1.0 - RANK_LEVEL) / 2.0;
    let reaching = |share: f64| {
        let mut sum = 0.0;
        let found = ranks.iter().position(|p| {
            sum += p;
            sum >= share - 1e-9
        });
        found.map_or(ranks.len(), |place| place + 1)
    };
    (reaching(tail), reaching(1.0 - tail))
}
