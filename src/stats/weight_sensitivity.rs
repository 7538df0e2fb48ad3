//! Whether the choice of weights decides who is first.

use super::estimate::{Outcome, Reason};
use super::random::Random;
use super::weights::Weights;

/// Weightings drawn for a share: the Monte-Carlo error is at most 0.005.
const WEIGHTINGS: usize = 10_000;

/// How closely drawn weightings keep to the chosen ones: Dirichlet(20·w).
const CONCENTRATION: f64 = 20.0;

/// The fair level of each candidate on each dimension: by candidate, then dimension.
pub type Profiles = [Vec<f64>];

/// Which weightings to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// Dirichlet(20·w): sensible departures from the chosen weights. A weight of zero stays zero.
    Chosen,
    /// Every weighting alike.
    Anything,
}

/// The share of weightings under which each candidate is first (rank acceptability; Lahdelma and
/// Salminen 2001).
pub fn first_share(profiles: &Profiles, weights: &Weights, around: Around, seed: u64) -> Vec<f64> {
    let mut first = vec![0_usize; profiles.len()];
    draw(weights, around, seed, |drawn| {
        if let Some(leader) = leader(profiles, drawn) {
            first[leader] += 1;
        }
    });
    first.iter().map(|&n| n as f64 / WEIGHTINGS as f64).collect()
}

/// The share of weightings under which `a` stays above `b`.
pub fn order_share(profiles: &Profiles, a: usize, b: usize, weights: &Weights, around: Around, seed: u64) -> f64 {
    let mut holds = 0_usize;
    draw(weights, around, seed, |drawn| {
        holds += usize::from(score(&profiles[a], drawn) > score(&profiles[b], drawn));
    });
    holds as f64 / WEIGHTINGS as f64
}

/// Who is first when one dimension does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub dimension: usize,
    pub leader: usize,
    /// Another than with all dimensions.
    pub changes: bool,
}

/// Leaves out one dimension after the other; the rest keep their relative weights. A dimension that
/// carries all the weight cannot be left out.
pub fn leave_one_out(profiles: &Profiles, weights: &Weights) -> Vec<Outcome<LeftOut>> {
    let dimensions = weights.as_slice().len();
    let usual = leader(profiles, weights.as_slice());
    (0..dimensions)
        .map(|dimension| {
            if dimensions < 2 {
                return Err(Reason::FewDimensions { have: dimensions, need: 2 });
            }
            let mut rest = weights.as_slice().to_vec();
            rest[dimension] = 0.0;
            let rest = Weights::new(&rest).map_err(|_| Reason::NotEstimable)?;
            let leader = leader(profiles, rest.as_slice()).ok_or(Reason::NoData)?;
            Ok(LeftOut { dimension, leader, changes: Some(leader) != usual })
        })
        .collect()
}

/// The smallest change of the weights that brings somebody else level with the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    pub challenger: usize,
    /// Which dimensions give up how much weight, the first being where the leader leads most.
    pub from: Vec<(usize, f64)>,
    /// Where it goes.
    pub to: usize,
    /// Weight that moves, of a total of 1 (half the L1 distance of the weightings).
    pub shift: f64,
}

/// The exact solution of min Σ|Δ| subject to (w + Δ)·g = 0, ΣΔ = 0, w + Δ ≥ 0, over all challengers,
/// g being the leader's lead on each dimension. `None` if the leader leads under every weighting, or
/// is alone.
///
/// All weight goes to the dimension with the smallest g, so that the programme is a continuous
/// knapsack: take from the largest g first.
pub fn smallest_flip(profiles: &Profiles, weights: &Weights) -> Option<Flip> {
    let first = leader(profiles, weights.as_slice())?;
    let challengers = (0..profiles.len()).filter(|&other| other != first);
    challengers
        .filter_map(|other| flip_against(profiles, first, other, weights))
        .min_by(|a, b| a.shift.total_cmp(&b.shift).then(a.challenger.cmp(&b.challenger)))
}

fn flip_against(profiles: &Profiles, first: usize, challenger: usize, weights: &Weights) -> Option<Flip> {
    let lead: Vec<f64> = profiles[first].iter().zip(&profiles[challenger]).map(|(a, b)| a - b).collect();
    let to = (0..lead.len()).min_by(|&a, &b| lead[a].total_cmp(&lead[b]))?;
    let mut left = weights.apply(&lead);
    if left <= 0.0 {
        return Some(Flip { challenger, from: Vec::new(), to, shift: 0.0 });
    }
    if lead[to] > 0.0 {
        return None;
    }

    let mut order: Vec<usize> = (0..lead.len()).filter(|&d| weights.as_slice()[d] > 0.0 && d != to).collect();
    order.sort_by(|&a, &b| lead[b].total_cmp(&lead[a]).then(a.cmp(&b)));
    let mut from = Vec::new();
    for dimension in order {
        let gain = lead[dimension] - lead[to];
        let moved = (left / gain).min(weights.as_slice()[dimension]);
        from.push((dimension, moved));
        left -= moved * gain;
        if left <= 1e-12 {
            break;
        }
    }
    let shift = from.iter().map(|&(_, moved)| moved).sum();
    Some(Flip { challenger, from, to, shift })
}

fn draw(weights: &Weights, around: Around, seed: u64, mut with: impl FnMut(&[f64])) {
    let mut random = Random::new(seed, WEIGHTINGS as u64);
    let mut drawn = vec![0.0; weights.as_slice().len()];
    for _ in 0..WEIGHTINGS {
        // Only the order of the scores counts, so that the draws need not sum to 1.
        for (x, &w) in drawn.iter_mut().zip(weights.as_slice()) {
            *x = match around {
                Around::Chosen if w > 0.0 => random.gamma(CONCENTRATION * w),
                Around::Chosen => 0.0,
                Around::Anything => random.gamma(1.0),
            };
        }
        with(&drawn);
    }
}

/// The candidate with the highest score; of equals the first.
fn leader(profiles: &Profiles, weights: &[f64]) -> Option<usize> {
    let scores = profiles.iter().map(|profile| score(profile, weights));
    scores.enumerate().min_by(|(i, a), (j, b)| b.total_cmp(a).then(i.cmp(j))).map(|(index, _)| index)
}

fn score(profile: &[f64], weights: &[f64]) -> f64 {
    profile.iter().zip(weights).map(|(x, w)| x * w).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn with_two_dimensions_the_share_of_weightings_is_a_length() {
        // A leads while 2·w₁ > w₂, that is while w₁ > 1/3.
        let profiles = [vec![4.0, 3.0], vec![2.0, 4.0]];

        let share = first_share(&profiles, &Weights::equal(2), Around::Anything, 1);

        assert!((share[0] - 2.0 / 3.0).abs() < 0.02, "{share:?}");
        assert!((share[0] + share[1] - 1.0).abs() < 1e-12);
        let order = order_share(&profiles, 0, 1, &Weights::equal(2), Around::Anything, 1);
        assert_eq!(order, share[0]);
        assert!(order_share(&profiles, 0, 1, &Weights::equal(2), Around::Chosen, 1) > 0.93);
    }

    #[test]
    fn a_dimension_that_decides_is_found_by_leaving_it_out() {
        let profiles = [vec![5.0, 3.0, 3.0], vec![3.0, 3.5, 3.4]];

        let found = leave_one_out(&profiles, &Weights::equal(3));

        assert_eq!(found[0], Ok(LeftOut { dimension: 0, leader: 1, changes: true }));
        assert_eq!(found[1], Ok(LeftOut { dimension: 1, leader: 0, changes: false }));
        assert!(leave_one_out(&[vec![1.0]], &Weights::equal(1))[0].is_err());
    }

    #[test]
    fn the_smallest_flip_is_the_closed_form_while_one_dimension_has_enough_weight() {
        let profiles = [vec![4.0, 3.0], vec![3.0, 3.5]];

        let flip = smallest_flip(&profiles, &Weights::equal(2)).unwrap();

        // t = (w·g)/(g_max − g_min) = 0.25 / 1.5.
        assert_eq!((flip.challenger, flip.to, flip.from[0].0), (1, 1, 0));
        assert!((flip.shift - 1.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn a_flip_takes_from_a_second_dimension_when_the_first_is_used_up() {
        // g = (2, 1.9, −1) and w = (0.1, 0.6, 0.3): w·g = 1.04; 0.1·3 = 0.3, then 0.74/2.9.
        let profiles = [vec![5.0, 4.9, 3.0], vec![3.0, 3.0, 4.0]];

        let flip = smallest_flip(&profiles, &Weights::new(&[0.1, 0.6, 0.3]).unwrap()).unwrap();

        assert_eq!(flip.from.iter().map(|f| f.0).collect::<Vec<_>>(), [0, 1]);
        assert!((flip.shift - (0.1 + 0.74 / 2.9)).abs() < 1e-12);
    }

    #[test]
    fn nobody_passes_a_leader_who_leads_on_every_dimension() {
        assert_eq!(smallest_flip(&[vec![4.0, 4.0], vec![3.0, 3.9]], &Weights::equal(2)), None);
        assert_eq!(smallest_flip(&[vec![4.0]], &Weights::equal(1)), None);
    }

    proptest! {
        #[test]
        fn after_the_flip_the_two_are_level_and_no_weight_is_negative(
            a in prop::collection::vec(1.0_f64..5.0, 4),
            b in prop::collection::vec(1.0_f64..5.0, 4),
            w in prop::collection::vec(0.05_f64..1.0, 4),
        ) {
            let weights = Weights::new(&w).unwrap();
            let profiles = [a, b];
            let Some(flip) = smallest_flip(&profiles, &weights) else { return Ok(()) };

            let mut moved = weights.as_slice().to_vec();
            for (dimension, mass) in &flip.from {
                moved[*dimension] -= mass;
            }
            moved[flip.to] += flip.shift;

            prop_assert!(moved.iter().all(|&w| w >= -1e-12));
            prop_assert!((score(&profiles[0], &moved) - score(&profiles[1], &moved)).abs() < 1e-9);
        }
    }
}
