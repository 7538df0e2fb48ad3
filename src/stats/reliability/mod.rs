//! How far ratings agree, and how far their means can be trusted.

pub mod alpha_omega;
pub mod components;
pub mod generalizability;
pub mod icc;
pub mod kappa;
pub mod krippendorff;
mod likelihood;
pub mod reml;

use alpha_omega::{alpha, omega};
use components::{Components, components};
use generalizability::{Assignment, COEFFICIENT_LEVEL, Curve, MOST_RATERS, Parts, posterior};
use icc::{Icc, icc, mean_squares, standard_error_of_mean};
use kappa::{PairAgreement, pair_agreement};
use krippendorff::{Level, alpha_with_interval};

use super::estimate::{Outcome, finite};
use super::minimum::Evidence;
use super::ratings::Ratings;
use super::variances::Variances;
use super::weights::Weights;

/// Everything about the reliability of one table of ratings.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    pub dimensions: Vec<Agreement>,
    pub composite: Composite,
    /// Restricted maximum likelihood.
    pub components: Outcome<Components>,
    pub generalizability: Outcome<Generalizability>,
}

/// Agreement of raters on one dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    pub icc: Icc,
    pub krippendorff: Krippendorff,
    /// Every two raters with a candidate in common, the lower index first.
    pub pairs: Vec<(usize, usize, PairAgreement)>,
}

/// Agreement on all dimensions together.
#[derive(Debug, Clone, PartialEq)]
pub struct Composite {
    /// Of the weighted means of complete forms.
    pub icc: Icc,
    /// Of the steps: a unit is a candidate on a dimension that carries weight.
    pub krippendorff: Krippendorff,
    /// Alpha and omega of the dimensions within forms: about the rubric, not about the score.
    pub alpha: Outcome,
    pub omega: Outcome,
    /// Standard error of one candidate's weighted mean in a comparison with the others, in points of the
    /// scale: √(MSE/k) where everybody met the same raters, else √(q·S + E/k̂) from the components.
    pub standard_error: Outcome<f64>,
}

/// Alpha at the four levels of measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Krippendorff {
    pub nominal: Outcome,
    pub ordinal: Outcome,
    pub interval: Outcome,
    pub ratio: Outcome,
}

/// Posterior medians over the panel model's variances; they are never exactly 0 or 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Generalizability {
    pub assignment: Assignment,
    /// G(q, k̂) of the raters as they were assigned, with its 90 % interval.
    pub coefficient: Outcome,
    /// Standard error of one candidate's mean in a comparison, in points of the scale, 90 %.
    pub standard_error: Outcome,
    pub curve: Outcome<Curve>,
}

/// Describes a table. `draws` are the panel model's draws of the variances for the same table. The seed
/// goes to the bootstrap intervals.
pub fn reliability(ratings: &Ratings, weights: &Weights, draws: &[Variances], seed: u64) -> Reliability {
    let enough = Evidence::new(ratings).reliability();
    let components = enough.and_then(|()| components(ratings));
    Reliability {
        dimensions: (0..ratings.dimensions())
            .map(|d| agreement(&table(ratings, |p, r| ratings.get(p, r, d)), seed))
            .collect(),
        composite: composite(ratings, weights, enough, &components, seed),
        generalizability: enough.and_then(|()| generalizability(ratings, weights, draws)),
        components,
    }
}

fn composite(
    ratings: &Ratings,
    weights: &Weights,
    enough: Outcome<()>,
    components: &Outcome<Components>,
    seed: u64,
) -> Composite {
    let (forms, candidate_of_form): (Vec<Vec<Option<f64>>>, Vec<usize>) =
        ratings.forms().map(|(p, r)| (ratings.form(p, r).to_vec(), p)).unzip();
    let means = table(ratings, |p, r| ratings.form_mean(p, r, weights));
    let (mut units, mut candidate_of_unit) = (Vec::new(), Vec::new());
    for candidate in 0..ratings.candidates() {
        for dimension in (0..ratings.dimensions()).filter(|&d| weights.as_slice()[d] > 0.0) {
            units.push((0..ratings.raters()).map(|r| ratings.get(candidate, r, dimension)).collect::<Vec<_>>());
            candidate_of_unit.push(candidate);
        }
    }
    Composite {
        icc: icc(&means.rows),
        krippendorff: krippendorff(&units, &candidate_of_unit, seed),
        alpha: enough.and_then(|()| alpha(&forms)),
        omega: enough.and_then(|()| omega(&forms, &candidate_of_form, seed)),
        standard_error: enough.and_then(|()| match (mean_squares(&means.rows), components) {
            (Ok(squares), _) => finite(standard_error_of_mean(&squares)),
            (Err(_), Ok(found)) => Parts::new(&found.variances(), weights).standard_error(&Assignment::of(ratings)?),
            (Err(_), Err(reason)) => Err(*reason),
        }),
    }
}

/// Coefficient, standard error and D-study from draws of the variances.
pub fn generalizability(ratings: &Ratings, weights: &Weights, draws: &[Variances]) -> Outcome<Generalizability> {
    let assignment = Assignment::of(ratings)?;
    let median = |figure: &dyn Fn(&Parts) -> Outcome<f64>| {
        posterior(draws, COEFFICIENT_LEVEL, |v| figure(&Parts::new(v, weights)))
    };
    let mut curve = Ok(Curve { relative: [0.0; MOST_RATERS], absolute: [0.0; MOST_RATERS] });
    for k in 0..MOST_RATERS {
        let relative = median(&|parts| parts.curve().map(|c| c.relative[k]));
        let absolute = median(&|parts| parts.curve().map(|c| c.absolute[k]));
        curve = curve.and_then(|mut curve: Curve| {
            curve.relative[k] = relative?.value;
            curve.absolute[k] = absolute?.value;
            Ok(curve)
        });
    }
    Ok(Generalizability {
        assignment,
        coefficient: median(&|parts| parts.coefficient(&assignment)),
        standard_error: median(&|parts| parts.standard_error(&assignment)),
        curve,
    })
}

fn agreement(table: &Table, seed: u64) -> Agreement {
    let each: Vec<usize> = (0..table.rows.len()).collect();
    let column = |r: usize| -> Vec<Option<f64>> { table.rows.iter().map(|row| row[r]).collect() };
    let columns: Vec<Vec<Option<f64>>> = (0..table.raters.len()).map(column).collect();
    let mut pairs = Vec::new();
    for (b, &second) in table.raters.iter().enumerate() {
        for (a, &first) in table.raters[..b].iter().enumerate() {
            let pair = pair_agreement(&columns[a], &columns[b]);
            if pair.shared > 0 {
                pairs.push((first, second, pair));
            }
        }
    }
    pairs.sort_by_key(|(first, second, _)| (*first, *second));
    Agreement { icc: icc(&table.rows), krippendorff: krippendorff(&table.rows, &each, seed), pairs }
}

fn krippendorff(units: &[Vec<Option<f64>>], candidate_of_unit: &[usize], seed: u64) -> Krippendorff {
    let alpha = |level| alpha_with_interval(units, candidate_of_unit, level, seed);
    Krippendorff {
        nominal: alpha(Level::Nominal),
        ordinal: alpha(Level::Ordinal),
        interval: alpha(Level::Interval),
        ratio: alpha(Level::Ratio),
    }
}

/// Candidates × raters, without those who have no value at all.
struct Table {
    raters: Vec<usize>,
    rows: Vec<Vec<Option<f64>>>,
}

fn table(ratings: &Ratings, value: impl Fn(usize, usize) -> Option<f64>) -> Table {
    let raters: Vec<usize> =
        (0..ratings.raters()).filter(|&r| (0..ratings.candidates()).any(|p| value(p, r).is_some())).collect();
    let rows = (0..ratings.candidates())
        .map(|p| raters.iter().map(|&r| value(p, r)).collect::<Vec<_>>())
        .filter(|row| row.iter().any(Option::is_some))
        .collect();
    Table { raters, rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::estimate::Reason;
    use crate::stats::ratings::{Rating, Scale};

    fn draws() -> Vec<Variances> {
        (1..=99).map(|i| Variances::from_array([f64::from(i) / 100.0, 0.1, 0.1, 0.05, 0.2, 0.4])).collect()
    }

    /// Complete forms on three dimensions; rater 2 is a point stricter.
    fn crossed(candidates: usize) -> Ratings {
        let given = (0..candidates).flat_map(|candidate| {
            (0..3).flat_map(move |rater| {
                (0..3).map(move |dimension| {
                    let noise = (candidate * 7 + rater * 5 + dimension * 3) % 4;
                    let value = 2.0 + (candidate % 3) as f64 + 0.25 * noise as f64 - f64::from(u8::from(rater == 2));
                    Rating { candidate, rater, dimension, value }
                })
            })
        });
        Ratings::new(candidates, 3, 3, Scale::five_steps(), given).unwrap()
    }

    #[test]
    fn a_crossed_panel_of_eight_carries_every_figure() {
        let found = reliability(&crossed(8), &Weights::equal(3), &draws(), 1);

        let g = found.generalizability.unwrap();
        assert_eq!(g.assignment, Assignment { raters: 3.0, q: 0.0 });
        assert_eq!(g.coefficient.unwrap().value, g.curve.unwrap().relative[2]);
        assert!(g.standard_error.unwrap().value > 0.0);
        assert!(found.components.is_ok());
        assert!(found.composite.alpha.is_ok() && found.composite.omega.is_ok(), "{:?}", found.composite);
        assert!(
            found.composite.icc.agreement_single.unwrap().value < found.composite.icc.consistency_single.unwrap().value
        );
        assert_eq!(found.dimensions.len(), 3);
        let of_dimensions = found.dimensions.iter().map(|one| one.krippendorff);
        for alpha in of_dimensions.chain([found.composite.krippendorff]) {
            assert!([alpha.nominal, alpha.ordinal, alpha.interval, alpha.ratio].iter().all(Result::is_ok));
        }
        for one in &found.dimensions {
            assert_eq!(one.pairs.iter().map(|(a, b, _)| (*a, *b)).collect::<Vec<_>>(), [(0, 1), (0, 2), (1, 2)]);
        }
    }

    #[test]
    fn below_the_minimum_every_figure_is_a_reason() {
        let few = Reason::FewCandidates { have: 4, need: 5 };
        let four = reliability(&crossed(4), &Weights::equal(3), &draws(), 1);
        let alone = reliability(&crossed(8).with_raters(&[1]), &Weights::equal(3), &draws(), 1);
        let apart = crossed(8).iter().filter(|r| (r.candidate < 4) == (r.rater < 2)).collect::<Vec<_>>();
        let apart = Ratings::new(8, 3, 3, Scale::five_steps(), apart).unwrap();
        let apart = reliability(&apart, &Weights::equal(3), &draws(), 1);

        assert_eq!(four.generalizability.unwrap_err(), few);
        assert_eq!(four.composite.icc.agreement_mean, Err(few));
        assert_eq!(four.dimensions[0].krippendorff.interval, Err(few));
        assert_eq!(alone.composite.alpha, Err(Reason::FewRaters { have: 1, need: 2 }));
        assert_eq!(alone.composite.krippendorff.ordinal, Err(Reason::FewRaters { have: 1, need: 2 }));
        assert_eq!(apart.composite.standard_error, Err(Reason::Disconnected));
        assert_eq!(apart.components.unwrap_err(), Reason::Disconnected);
    }

    #[test]
    fn one_dimension_alone_has_the_alphas_of_the_composite() {
        let found = reliability(&crossed(8).with_dimensions(&[1]), &Weights::equal(1), &draws(), 1);

        assert_eq!(found.composite.krippendorff, found.dimensions[0].krippendorff);
    }

    #[test]
    fn the_same_seed_gives_the_same_description() {
        let once = reliability(&crossed(8), &Weights::equal(3), &draws(), 9);

        assert_eq!(once, reliability(&crossed(8), &Weights::equal(3), &draws(), 9));
    }

    #[test]
    fn an_empty_table_is_a_reason() {
        let empty = Ratings::new(3, 2, 2, Scale::five_steps(), []).unwrap();

        let found = reliability(&empty, &Weights::equal(2), &[], 1);

        assert_eq!(found.composite.krippendorff.interval, Err(Reason::NoData));
        assert_eq!(found.composite.icc.one_way_mean, Err(Reason::NoData));
        assert_eq!(found.generalizability.unwrap_err(), Reason::NoData);
    }
}
