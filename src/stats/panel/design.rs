//! The ratings laid out for the sampler: forms in points of a 1–5 scale, grouped by candidate and
//! by rater, and the patterns of gaps that share one matrix.

use std::collections::BTreeMap;

use crate::stats::estimate::{Outcome, Reason};
use crate::stats::ratings::{Ratings, Scale};

/// What one rater gave one candidate.
pub(super) struct Form {
    pub candidate: usize,
    pub rater: usize,
    pub kind: usize,
}

/// Which dimensions a form holds.
pub(super) struct Kind {
    /// 1 where it does, else 0.
    pub present: Vec<f64>,
    pub count: f64,
    pub complete: bool,
}

/// The forms of one candidate, of one rater, or of all.
pub(super) struct Unit {
    pub forms: Vec<usize>,
    pub pattern: usize,
}

/// How many forms of each kind: units with the same pattern share their precision matrix.
pub(super) type Pattern = Vec<(usize, f64)>;

pub(super) struct Side {
    pub units: Vec<Unit>,
    pub patterns: Vec<Pattern>,
    /// How many ratings: by unit, then dimension.
    pub counts: Vec<f64>,
}

pub(super) struct Design {
    pub dimensions: usize,
    pub ratings: usize,
    pub forms: Vec<Form>,
    /// Per form and dimension, in points of a 1–5 scale; 0 where there is none.
    pub values: Vec<f64>,
    /// Per form and dimension, 1 where there is a rating, else 0.
    pub present: Vec<f64>,
    pub kinds: Vec<Kind>,
    pub candidates: Side,
    pub raters: Side,
    /// One unit that holds every form.
    pub whole: Side,
    /// How many points of the rating scale one point of the 1–5 scale is.
    pub point: f64,
    low: f64,
}

impl Design {
    /// [`Reason::NoData`] for an empty table.
    pub fn of(ratings: &Ratings) -> Outcome<Self> {
        if ratings.count() == 0 { Err(Reason::NoData) } else { Ok(Self::new(ratings)) }
    }

    pub fn new(ratings: &Ratings) -> Self {
        let scale = ratings.scale();
        let mut design = Design {
            dimensions: ratings.dimensions(),
            ratings: ratings.count(),
            forms: Vec::new(),
            values: Vec::new(),
            present: Vec::new(),
            kinds: Vec::new(),
            candidates: Side::empty(),
            raters: Side::empty(),
            whole: Side::empty(),
            point: scale.range() / 4.0,
            low: scale.low(),
        };

        let mut kinds = BTreeMap::new();
        for (candidate, rater) in ratings.forms() {
            let form = ratings.form(candidate, rater);
            let present: Vec<bool> = form.iter().map(Option::is_some).collect();
            let next = kinds.len();
            let kind = *kinds.entry(present).or_insert(next);
            design.forms.push(Form { candidate, rater, kind });
            design.values.extend(form.iter().map(|v| v.map_or(0.0, |v| to_five(scale, v))));
            design.present.extend(form.iter().map(|v| f64::from(u8::from(v.is_some()))));
        }
        let mut ordered: Vec<_> = kinds.into_iter().collect();
        ordered.sort_by_key(|&(_, kind)| kind);
        for (present, _) in ordered {
            let count = present.iter().filter(|&&there| there).count();
            let complete = count == present.len();
            let present = present.into_iter().map(|there| f64::from(u8::from(there))).collect();
            design.kinds.push(Kind { present, count: count as f64, complete });
        }

        design.candidates = Side::new(&design, ratings.candidates(), |form| form.candidate);
        design.raters = Side::new(&design, ratings.raters(), |form| form.rater);
        design.whole = Side::new(&design, 1, |_| 0);
        design
    }

    /// Sum of a vector over the dimensions that a form holds; `sum` is that over all of them.
    pub fn held(&self, index: usize, vector: &[f64], sum: f64) -> f64 {
        if self.kinds[self.forms[index].kind].complete {
            return sum;
        }
        let present = &self.present[index * self.dimensions..][..self.dimensions];
        present.iter().zip(vector).map(|(there, x)| there * x).sum()
    }

    /// A level on the 1–5 scale, in points of the rating scale.
    pub fn on_scale(&self, five: f64) -> f64 {
        self.low + (five - 1.0) * self.point
    }
}

impl Side {
    fn empty() -> Self {
        Side { units: Vec::new(), patterns: Vec::new(), counts: Vec::new() }
    }

    fn new(design: &Design, units: usize, unit_of: impl Fn(&Form) -> usize) -> Self {
        let (forms, d) = (&design.forms, design.dimensions);
        let mut side = Side { counts: vec![0.0; units * d], ..Side::empty() };
        let mut members = vec![Vec::new(); units];
        for (index, form) in forms.iter().enumerate() {
            let unit = unit_of(form);
            members[unit].push(index);
            let counts = &mut side.counts[unit * d..][..d];
            counts.iter_mut().zip(&design.present[index * d..]).for_each(|(count, there)| *count += there);
        }

        let mut known: BTreeMap<Vec<(usize, usize)>, usize> = BTreeMap::new();
        for member in members {
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            for &form in &member {
                *counts.entry(forms[form].kind).or_default() += 1;
            }
            let counts: Vec<_> = counts.into_iter().collect();
            let pattern = *known.entry(counts.clone()).or_insert_with(|| {
                side.patterns.push(counts.iter().map(|&(kind, n)| (kind, n as f64)).collect());
                side.patterns.len() - 1
            });
            side.units.push(Unit { forms: member, pattern });
        }
        side
    }
}

fn to_five(scale: Scale, value: f64) -> f64 {
    1.0 + 4.0 * (value - scale.low()) / scale.range()
}
