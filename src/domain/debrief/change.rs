//! What a debrief changed, in two plain figures before and after: the mean and the spread. Nothing else is computed from
//! second ratings: they are not independent.

use std::collections::BTreeMap;

use super::{Voice, raters};
use crate::{
    domain::id::MemberId,
    stats::{
        ratings::{Rating as Cell, Ratings, Scale},
        weighted_means::weighted_means,
        weights::Weights,
    },
};

/// Before and after, for each rater and together.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// `None` while there is no score.
    pub before: Option<Figure>,
    pub after: Option<Figure>,
    /// By name.
    pub lines: Vec<Line>,
}

/// Points on the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    pub mean: f64,
    /// Highest minus lowest rater; 0 with one.
    pub spread: f64,
    pub raters: usize,
}

/// One rater; `None` where they had not enough evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub rater: MemberId,
    pub name: String,
    pub before: Option<f64>,
    pub after: Option<f64>,
    /// Stood apart and did not move, here or, over all dimensions, anywhere.
    pub minority: bool,
}

impl Line {
    pub fn moved(&self) -> bool {
        self.before != self.after
    }
}

/// What changed in one dimension. A rater with two scorecards counts once, with the mean of the two, as in the comparison.
pub fn of_dimension(voices: &[Voice], dimension: &str) -> Change {
    let here: Vec<&Voice> = voices.iter().filter(|voice| voice.dimension == dimension).collect();
    let mean_of =
        |rater: MemberId, after: bool| mean(here.iter().filter(|v| v.rater == rater).filter_map(|v| score(v, after)));
    let lines = raters(voices)
        .into_iter()
        .filter(|(rater, _)| here.iter().any(|voice| voice.rater == *rater))
        .map(|(rater, name)| Line {
            rater,
            name: name.to_owned(),
            before: mean_of(rater, false),
            after: mean_of(rater, true),
            minority: super::minority(voices).any(|voice| voice.rater == rater && voice.dimension == dimension),
        })
        .collect();
    Change::of(lines)
}

/// What changed overall: each rater's weighted mean over the dimensions that they rated, and the candidate's, which before the
/// debrief is the plain mean of the comparison when all its scorecards lie on the table.
pub fn overall(voices: &[Voice], weights: &BTreeMap<String, u8>) -> Change {
    let (before, after) = (weighted(voices, weights, false), weighted(voices, weights, true));
    let of = |side: &Weighted, rater: MemberId| side.forms.get(&rater).copied();
    let lines = raters(voices)
        .into_iter()
        .map(|(rater, name)| Line {
            rater,
            name: name.to_owned(),
            before: of(&before, rater),
            after: of(&after, rater),
            minority: super::minority(voices).any(|voice| voice.rater == rater),
        })
        .collect();
    let change = Change::of(lines);
    let with =
        |figure: Option<Figure>, side: &Weighted| side.mean.zip(figure).map(|(mean, figure)| Figure { mean, ..figure });
    Change { before: with(change.before, &before), after: with(change.after, &after), ..change }
}

impl Change {
    fn of(lines: Vec<Line>) -> Change {
        let figure = |values: Vec<f64>| {
            let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
            let raters = values.len();
            mean(values.into_iter()).map(|mean| Figure { mean, spread: tidy(high - low), raters })
        };
        Change {
            before: figure(lines.iter().filter_map(|line| line.before).collect()),
            after: figure(lines.iter().filter_map(|line| line.after).collect()),
            lines,
        }
    }
}

struct Weighted {
    mean: Option<f64>,
    forms: BTreeMap<MemberId, f64>,
}

fn weighted(voices: &[Voice], weights: &BTreeMap<String, u8>, after: bool) -> Weighted {
    let raters: Vec<MemberId> = raters(voices).into_iter().map(|(rater, _)| rater).collect();
    let dimensions: Vec<&String> = weights.keys().collect();
    let mut cells: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
    for voice in voices {
        let rater = raters.iter().position(|rater| *rater == voice.rater);
        let dimension = dimensions.iter().position(|key| **key == voice.dimension);
        if let (Some(rater), Some(dimension), Some(score)) = (rater, dimension, score(voice, after)) {
            cells.entry((rater, dimension)).or_default().push(score);
        }
    }
    let cells = cells.into_iter().filter_map(|((rater, dimension), values)| {
        Some(Cell { candidate: 0, rater, dimension, value: mean(values.into_iter())? })
    });
    let table = Ratings::new(1, raters.len(), dimensions.len(), Scale::five_steps(), cells);
    let shares = Weights::new(&weights.values().map(|weight| f64::from(*weight)).collect::<Vec<_>>());
    let (Ok(table), Ok(shares)) = (table, shares) else {
        return Weighted { mean: None, forms: BTreeMap::new() };
    };
    let means = weighted_means(&table, &shares);
    let Some(candidate) = means.candidates.first() else { return Weighted { mean: None, forms: BTreeMap::new() } };
    Weighted {
        mean: candidate.mean.map(tidy),
        forms: candidate.forms.iter().map(|form| (raters[form.rater], tidy(form.mean))).collect(),
    }
}

fn score(voice: &Voice, after: bool) -> Option<f64> {
    let rating = if after { voice.last() } else { voice.first };
    rating.score().map(f64::from)
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| tidy(sum / f64::from(count)))
}

/// Without the last bits, so that what was not moved is equal before and after.
fn tidy(x: f64) -> f64 {
    (x * 1e9).round() / 1e9
}
