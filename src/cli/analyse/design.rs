//! Who rated whom, and whether it hangs together.

use serde::Serialize;

use super::{figure::Figure, pool::Pool};
use crate::stats::{
    connectedness::{Connectedness, Link, Person},
    reliability::generalizability::Assignment,
    shown::raw_mean,
};

/// Forms proposed for each part that stands apart.
const PER_PART: usize = 2;

#[derive(Debug, Serialize)]
pub struct Design {
    pub crossed: bool,
    pub components: Vec<Component>,
    pub rank: usize,
    pub rank_needed: usize,
    pub harmonic_mean_raters: Figure<f64>,
    pub q: Figure<f64>,
    /// Forms without which a part would fall apart.
    pub bridges: Vec<Form>,
    /// People without whom a part would fall apart.
    pub articulation: Vec<Holder>,
    pub suggested_links: Vec<Form>,
}

#[derive(Debug, Serialize)]
pub struct Component {
    pub candidates: Vec<String>,
    pub raters: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Form {
    pub candidate: String,
    pub rater: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    Candidate(String),
    Rater(String),
}

pub fn design(pool: &Pool) -> Design {
    let found = Connectedness::new(&pool.ratings);
    let assignment = Assignment::of(&pool.ratings);
    let pick = |names: &[String], chosen: &[usize]| chosen.iter().map(|&i| names[i].clone()).collect();
    let form = |link: &Link| Form {
        candidate: pool.candidates[link.candidate].clone(),
        rater: pool.raters[link.rater].clone(),
    };
    Design {
        crossed: found.crossed,
        components: found
            .parts
            .iter()
            .map(|part| Component {
                candidates: pick(&pool.candidates, &part.candidates),
                raters: pick(&pool.raters, &part.raters),
            })
            .collect(),
        rank: found.rank,
        rank_needed: found.rank_needed,
        harmonic_mean_raters: assignment.map(|a| a.raters).into(),
        q: assignment.map(|a| a.q).into(),
        bridges: found.bridges.iter().map(form).collect(),
        articulation: found
            .articulation
            .iter()
            .map(|person| match *person {
                Person::Candidate(c) => Holder::Candidate(pool.candidates[c].clone()),
                Person::Rater(r) => Holder::Rater(pool.raters[r].clone()),
            })
            .collect(),
        suggested_links: found
            .suggested_links(&pool.ratings, &distances_from_the_best(pool), PER_PART)
            .iter()
            .map(form)
            .collect(),
    }
}

/// What is decided is who is best, so that the line is the highest plain mean.
fn distances_from_the_best(pool: &Pool) -> Vec<f64> {
    let means: Vec<Option<f64>> =
        (0..pool.candidates.len()).map(|c| raw_mean(&pool.ratings, c, &pool.weights).ok()).collect();
    let best = means.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
    means.iter().map(|mean| mean.map_or(f64::MAX, |mean| best - mean)).collect()
}
