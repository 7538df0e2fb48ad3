//! What a comparison rests on beside the ratings: the prior, how steps are read, and what missing
//! ratings might have been.

use std::collections::BTreeSet;

use super::estimate::Outcome;
use super::panel;
use super::panel::above::Above;
use super::panel::priors::Priors;
use super::ratings::{Rating, Ratings};
use super::shown::{Comparison, Rated, Verdict};
use super::weights::Weights;

/// A pair leans on the prior when doubling or halving the prior's scales moves it by more.
const LEANING: f64 = 0.05;

/// The share of ratings at an end of the scale above which the ordinal form is run.
const END_SHARE: f64 = 0.2;

/// Two fits of the same data differ by chance; a change of verdict counts only beyond this.
const NOISE: f64 = 2.0 * std::f64::consts::SQRT_2 * panel::LARGEST_ERROR;

/// Two candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PairOf {
    pub a: usize,
    pub b: usize,
}

/// A place for a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    pub candidate: usize,
    pub rater: usize,
    pub dimension: usize,
}

/// The pairs of `shown` whose probability moves by more than 0.05 when all prior scales are halved or
/// doubled.
pub fn leaning_on_prior(ratings: &Ratings, weights: &Weights, seed: u64, shown: &Comparison) -> Outcome<Vec<PairOf>> {
    let mut leaning = BTreeSet::new();
    for factor in [0.5, 2.0] {
        let priors = Priors::gaussian().scaled(factor);
        let rated = Rated::of(ratings);
        let again = panel::above(&rated.used, weights, seed, &priors)?;
        leaning.extend(moved(shown, &rated, &again, |before, after| (before - after).abs() > LEANING));
    }
    Ok(in_order(shown, &leaning))
}

/// The share of the ratings that sit at the lowest or the highest step.
pub fn share_at_ends(ratings: &Ratings) -> f64 {
    let scale = ratings.scale();
    let ends = ratings.iter().filter(|r| r.value <= scale.low() || r.value >= scale.high()).count();
    ends as f64 / ratings.count().max(1) as f64
}

/// The pairs of `shown` whose verdict is another when steps are read as an order instead of as equal
/// distances. `None` if the check is not needed: at most 20 % of the ratings sit at an end.
pub fn changed_by_order(
    ratings: &Ratings,
    weights: &Weights,
    seed: u64,
    shown: &Comparison,
) -> Outcome<Option<Vec<PairOf>>> {
    if share_at_ends(ratings) <= END_SHARE {
        return Ok(None);
    }
    let rated = Rated::of(ratings);
    let ordinal = panel::above_ordinal(&rated.used, weights, seed)?;
    Ok(Some(in_order(shown, &moved(shown, &rated, &ordinal, another_verdict))))
}

/// The pairs of `shown` whose verdict is another when every missing rating of a form that was begun
/// is taken for the second lowest or the second highest of five steps: bounds for "not enough
/// evidence". Empty when nothing is missing.
pub fn changed_by_missing(ratings: &Ratings, weights: &Weights, seed: u64, shown: &Comparison) -> Outcome<Vec<PairOf>> {
    let gaps: Vec<Cell> = ratings
        .forms()
        .flat_map(|(candidate, rater)| {
            let form = ratings.form(candidate, rater).iter().enumerate();
            form.filter(|(_, there)| there.is_none()).map(move |(dimension, _)| Cell { candidate, rater, dimension })
        })
        .collect();
    changed_by_cells(ratings, &gaps, weights, seed, shown)
}

/// The same for some of the missing ratings only, for example those that were tried and said to lack
/// evidence. A cell that holds a rating keeps it.
pub fn changed_by_cells(
    ratings: &Ratings,
    missing: &[Cell],
    weights: &Weights,
    seed: u64,
    shown: &Comparison,
) -> Outcome<Vec<PairOf>> {
    let mut changed = BTreeSet::new();
    for share in [0.25, 0.75] {
        let value = ratings.scale().low() + share * ratings.scale().range();
        let Some(filled) = filled(ratings, missing, value) else { return Ok(Vec::new()) };
        let rated = Rated::of(&filled);
        let again = panel::above(&rated.used, weights, seed, &Priors::gaussian())?;
        changed.extend(moved(shown, &rated, &again, another_verdict));
    }
    Ok(in_order(shown, &changed))
}

/// The table with `value` in the missing cells; `None` if none is missing.
fn filled(ratings: &Ratings, missing: &[Cell], value: f64) -> Option<Ratings> {
    let free: BTreeSet<Cell> = missing
        .iter()
        .copied()
        .filter(|cell| ratings.get(cell.candidate, cell.rater, cell.dimension).is_none())
        .collect();
    if free.is_empty() {
        return None;
    }
    let gaps =
        free.into_iter().map(|Cell { candidate, rater, dimension }| Rating { candidate, rater, dimension, value });
    let (p, r, d) = (ratings.candidates(), ratings.raters(), ratings.dimensions());
    // Cannot be refused: the gaps are free cells of the same table, and the value is on its scale.
    Ratings::new(p, r, d, ratings.scale(), ratings.iter().chain(gaps)).ok()
}

fn another_verdict(before: f64, after: f64) -> bool {
    let side = (before >= 0.5) == (after >= 0.5);
    let same = Verdict::of(before) == Verdict::of(after) && (side || Verdict::of(before) == Verdict::Open);
    !same && (before - after).abs() > NOISE
}

/// The pairs of `shown` that differ when the table `rated` gives `again`.
fn moved(shown: &Comparison, rated: &Rated, again: &Above, differs: impl Fn(f64, f64) -> bool) -> BTreeSet<PairOf> {
    let place = |candidate: usize| rated.candidates.binary_search(&candidate).ok();
    let differs = |pair: &&super::shown::Pair| {
        let places = place(pair.a).zip(place(pair.b));
        places.is_some_and(|(a, b)| differs(pair.p, again.of(a, b)))
    };
    shown.pairs().filter(differs).map(|pair| PairOf { a: pair.a, b: pair.b }).collect()
}

/// As the comparison lists them.
fn in_order(shown: &Comparison, found: &BTreeSet<PairOf>) -> Vec<PairOf> {
    shown.pairs().map(|pair| PairOf { a: pair.a, b: pair.b }).filter(|pair| found.contains(pair)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::ratings::Scale;
    use crate::stats::shown::{Listing, compare};

    fn ratings(forms: &[&[u8]], dimensions: usize) -> Ratings {
        let given = forms.iter().enumerate().flat_map(|(candidate, row)| {
            row.iter().enumerate().filter(|(_, value)| **value > 0).map(move |(i, value)| Rating {
                candidate,
                rater: i / dimensions,
                dimension: i % dimensions,
                value: f64::from(*value),
            })
        });
        Ratings::new(forms.len(), forms[0].len() / dimensions, dimensions, Scale::five_steps(), given).unwrap()
    }

    #[test]
    fn a_verdict_changes_only_beyond_the_noise_of_the_computation() {
        assert!(another_verdict(0.93, 0.97));
        assert!(!another_verdict(0.945, 0.955));
        assert!(another_verdict(0.3, 0.7));
        assert!(!another_verdict(0.48, 0.53));
    }

    #[test]
    fn few_ratings_lean_on_the_prior() {
        let few = ratings(&[&[4, 4], &[3, 4]], 1);
        let shown = compare(&few, &Weights::equal(1), Listing::Separate, 1).unwrap();

        let leaning = leaning_on_prior(&few, &Weights::equal(1), 1, &shown).unwrap();

        assert_eq!(leaning.len(), 1);
    }

    #[test]
    fn the_order_of_steps_is_checked_only_when_many_ratings_sit_at_an_end() {
        let weights = Weights::equal(2);
        let middle = ratings(&[&[3, 3, 4, 3], &[2, 3, 3, 4]], 2);
        let ends = ratings(&[&[5, 5, 5, 4], &[2, 1, 3, 2]], 2);
        let check = |ratings: &Ratings| {
            let shown = compare(ratings, &weights, Listing::Separate, 1).unwrap();
            changed_by_order(ratings, &weights, 1, &shown).unwrap()
        };

        assert_eq!(share_at_ends(&ends), 0.5);
        assert_eq!(check(&middle), None);
        assert!(check(&ends).is_some());
    }

    #[test]
    fn what_is_missing_can_change_a_verdict_and_nothing_missing_changes_none() {
        let weights = Weights::equal(4);
        let whole = ratings(&[&[4, 4, 4, 4, 4, 4, 4, 4], &[3, 4, 3, 3, 3, 3, 4, 3]], 4);
        let gappy = ratings(&[&[4, 0, 0, 0, 4, 0, 0, 0], &[3, 4, 3, 3, 3, 3, 4, 3]], 4);
        let check = |ratings: &Ratings| {
            let shown = compare(ratings, &weights, Listing::Separate, 1).unwrap();
            changed_by_missing(ratings, &weights, 1, &shown).unwrap().len()
        };

        assert_eq!(check(&whole), 0);
        assert_eq!(check(&gappy), 1);
    }
}
