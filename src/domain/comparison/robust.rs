//! What a comparison rests on: the choice of weights, and how far another panel would agree.

use serde::{Deserialize, Serialize};

use super::{Fitted, Interval, tidy};
use crate::{
    domain::id::{CandidateId, MemberId},
    stats::{
        connectedness::Part,
        estimate::{Estimate, Outcome, Reason},
        minimum::Evidence,
        ratings::Ratings,
        reliability::generalizability::{Assignment, COEFFICIENT_LEVEL, MOST_RATERS, Parts, posterior},
        shown::{self, List},
        weight_sensitivity::{self, Around, first_share, leave_one_out, order_share, smallest_flip},
        weights::Weights,
    },
};

/// What the choice of weights decides in one list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// The two with the highest fair scores.
    pub leader: CandidateId,
    pub runner_up: CandidateId,
    /// Share of sensible weightings (around the chosen ones) under which the leader stays above the runner-up.
    pub order: f64,
    /// Share of sensible weightings under which somebody of the best band is first.
    pub top: f64,
    /// How often each is first, by falling share; those who never are do not appear.
    pub first: Vec<(CandidateId, f64)>,
    /// What leaving out one dimension would do; a dimension that carries all the weight is not there.
    pub left_out: Vec<LeftOut>,
    /// The smallest move of weight that brings somebody level with the leader; `None` when no weighting does.
    pub flip: Option<Flip>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    pub dimension: String,
    pub leader: CandidateId,
    /// Another than with all dimensions.
    pub changes: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flip {
    pub challenger: CandidateId,
    /// Which dimensions give up how much weight, of a total of 1.
    pub from: Vec<(String, f64)>,
    /// Where it goes.
    pub to: String,
    pub shift: f64,
}

/// A rating that would join two lists.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    pub candidate: CandidateId,
    pub rater: MemberId,
}

/// Whether another panel in the same conversations would put the candidates in the same places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reliability {
    Estimated {
        /// 0 to 1, with its 90 % interval.
        coefficient: Interval,
        /// Interviewers per candidate (harmonic mean).
        raters: f64,
        /// With one more interviewer for everybody.
        with_one_more: f64,
        /// With 1 to 6 interviewers, the same for everybody.
        curve: [f64; MOST_RATERS],
    },
    Withheld(Withheld),
}

/// Why there is no number: a stable code of [`Reason`], and how many there are of how many it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Withheld {
    pub code: String,
    pub have: Option<usize>,
    pub need: Option<usize>,
}

impl Withheld {
    pub(super) fn of(reason: Reason) -> Withheld {
        let counts = reason.counts();
        Withheld { code: reason.code().to_owned(), have: counts.map(|c| c.0), need: counts.map(|c| c.1) }
    }
}

/// From at least five candidates on one connected panel; below that the reason.
pub(super) fn reliability(ratings: &Ratings, weights: &Weights, shown: Option<&shown::Comparison>) -> Reliability {
    let estimated = || -> Outcome<Reliability> {
        Evidence::new(ratings).reliability()?;
        let draws = shown.ok_or(Reason::NoData)?.fit.draws.variances();
        let now = Assignment::of(ratings)?;
        let more = Assignment { raters: now.raters + 1.0, q: now.q * now.raters / (now.raters + 1.0) };
        let of = |assignment: &Assignment| {
            posterior(draws, COEFFICIENT_LEVEL, |v| Parts::new(v, weights).coefficient(assignment))
        };
        let mut curve = [0.0; MOST_RATERS];
        for (raters, value) in (1_u8..).zip(&mut curve) {
            *value = tidy(of(&Assignment { raters: f64::from(raters), q: 0.0 })?.value);
        }
        Ok(Reliability::Estimated {
            coefficient: Interval::of(of(&now)?),
            raters: tidy(now.raters),
            with_one_more: tidy(of(&more)?.value),
            curve,
        })
    };
    estimated().unwrap_or_else(|reason| Reliability::Withheld(Withheld::of(reason)))
}

/// Of one list under these weights; `None` with fewer than two candidates.
pub(super) fn sensitivity(fitted: &Fitted, list: &List, weights: &Weights) -> Option<Sensitivity> {
    let levels = &fitted.posterior.as_ref()?.levels;
    let members: Vec<usize> = list.candidates.iter().map(|standing| standing.candidate).collect();
    let [first, second, ..] = members[..] else { return None };
    let profiles: Vec<Vec<f64>> =
        members.iter().map(|&c| levels[c].iter().map(|level| level.level.value).collect()).collect();
    let name = |i: usize| fitted.candidates[members[i]];
    let dimension = |d: usize| fitted.dimensions[d].clone();

    let shares = first_share(&profiles, weights, Around::Chosen, fitted.seed);
    let best_band = list.candidates.iter().take_while(|standing| standing.band == 1).count();
    let mut by_share: Vec<(CandidateId, f64)> = shares
        .iter()
        .enumerate()
        .filter(|(_, share)| **share > 0.0)
        .map(|(i, share)| (name(i), tidy(*share)))
        .collect();
    by_share.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Some(Sensitivity {
        leader: fitted.candidates[first],
        runner_up: fitted.candidates[second],
        order: tidy(order_share(&profiles, 0, 1, weights, Around::Chosen, fitted.seed)),
        top: tidy(shares[..best_band].iter().sum()),
        first: by_share,
        left_out: leave_one_out(&profiles, weights)
            .into_iter()
            .flatten()
            .map(|out| LeftOut { dimension: dimension(out.dimension), leader: name(out.leader), changes: out.changes })
            .collect(),
        flip: smallest_flip(&profiles, weights).map(|flip: weight_sensitivity::Flip| Flip {
            challenger: name(flip.challenger),
            from: flip.from.into_iter().map(|(d, moved)| (dimension(d), tidy(moved))).collect(),
            to: dimension(flip.to),
            shift: tidy(flip.shift),
        }),
    })
}

/// The fewest ratings that would join the lists, from those nearest to the line between the first two bands' scores.
pub(super) fn links(fitted: &Fitted) -> Vec<Link> {
    let mut distance = vec![0.0; fitted.candidates.len()];
    for list in fitted.posterior.iter().flat_map(|posterior| &posterior.lists) {
        let best = list.candidates.first().map_or(0.0, |standing| standing.fair_score.value);
        for standing in &list.candidates {
            distance[standing.candidate] = best - standing.fair_score.value;
        }
    }
    let found = fitted.hanging.suggested_links(&fitted.ratings, &distance, 1);
    found
        .into_iter()
        .map(|link| Link { candidate: fitted.candidates[link.candidate], rater: fitted.raters[link.rater] })
        .collect()
}

/// A part whose ratings come from one person shows what that person sees, and nothing more.
pub(super) fn is_comparable(part: &Part) -> bool {
    part.raters.len() > 1
}

impl Interval {
    pub(super) fn of(estimate: Estimate) -> Interval {
        Interval {
            value: tidy(estimate.value),
            lower: tidy(estimate.lower),
            upper: tidy(estimate.upper),
            level: estimate.level,
            inner: None,
        }
    }
}
