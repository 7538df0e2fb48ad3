//! The many-facet Rasch model (Linacre 1989), for large connected pools: raters, dimensions and
//! steps on one logit scale, by marginal maximum likelihood with a free spread of candidates.

mod likelihood;
mod optimum;
mod residuals;

use likelihood::Layout;
use optimum::{Optimum, maximise};

use crate::stats::connectedness::Connectedness;
use crate::stats::distributions::normal_quantile;
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason};
use crate::stats::minimum::{Evidence, POOL_FORMS};
use crate::stats::ratings::{Rating, Ratings};
pub use residuals::MeanSquareFit;

/// ln P(y = k)/P(y = k − 1) = θ_p − C_r − D_d − τ_k with Σ C = Σ D = Σ τ = 0 and θ ~ N(μ, σ²), in
/// logits.
#[derive(Debug, Clone, PartialEq)]
pub struct Rasch {
    /// C_r by rater; higher is stricter. A rater who only ever gave one end of the scale has none.
    pub severity: Vec<Outcome>,
    /// D_d by dimension; higher is harder.
    pub difficulty: Vec<Outcome>,
    /// The steps of the scale that were used, ascending; between two of them lies a threshold τ.
    pub categories: Vec<f64>,
    /// By scale: one for all dimensions, or one for each in the partial credit form.
    pub steps: Vec<Vec<Outcome>>,
    /// Mean and standard deviation of the candidates.
    pub mean: f64,
    pub sigma: Outcome,
    pub log_likelihood: f64,
    /// Infit and outfit by rater; 1 is as expected, above 1.5 erratic, below 0.5 too predictable.
    pub fit: Vec<Outcome<MeanSquareFit>>,
    /// Posterior mean of every candidate with the interval of its posterior standard deviation.
    pub ability: Vec<Outcome>,
}

/// Fits the model to a pool ([`Evidence::rasch`]) whose raters hang together also without those who
/// only ever gave one end of the scale.
pub fn fit(ratings: &Ratings) -> Outcome<Rasch> {
    fit_with(ratings, false)
}

/// The partial credit form: every dimension has steps τ_dk of its own, Σ_k τ_dk = 0. Every step must have been used on every
/// dimension.
pub fn fit_partial_credit(ratings: &Ratings) -> Outcome<Rasch> {
    fit_with(ratings, true)
}

fn fit_with(ratings: &Ratings, partial_credit: bool) -> Outcome<Rasch> {
    Evidence::new(ratings).rasch()?;
    let given: Vec<Rating> = ratings.iter().collect();
    let categories = distinct(given.iter().map(|r| r.value));
    if categories.len() < 2 {
        return Err(Reason::NoVariation);
    }
    let (raters, dimensions, usable) = without_extremes(ratings, given, &categories);
    if raters.len() < 2 {
        return Err(Reason::FewRaters { have: raters.len(), need: 2 });
    }
    let all_used =
        |ratings: &mut dyn Iterator<Item = &Rating>| distinct(ratings.map(|r| r.value)).len() == categories.len();
    let by_dimension = |d: &usize| all_used(&mut usable.iter().filter(|r| r.dimension == *d));
    if !all_used(&mut usable.iter()) || (partial_credit && !dimensions.iter().all(by_dimension)) {
        return Err(Reason::NotEstimable);
    }
    if !Connectedness::new(&ratings.with_raters(&raters).with_dimensions(&dimensions)).connected() {
        return Err(Reason::Disconnected);
    }

    let layout = Layout::new(&usable, &raters, &dimensions, &categories, ratings.candidates(), partial_credit);
    let optimum = maximise(layout.parameters(), |point| layout.evaluate(point)).ok_or(Reason::NotConverged)?;
    Ok(describe(ratings, &layout, &raters, &dimensions, categories, &optimum))
}

fn describe(
    ratings: &Ratings,
    layout: &Layout,
    raters: &[usize],
    dimensions: &[usize],
    categories: Vec<f64>,
    optimum: &Optimum,
) -> Rasch {
    let parameters = layout.unpack(&optimum.point);
    let reach = normal_quantile(1.0 - (1.0 - LEVEL) / 2.0);
    let with_error = |value: f64, loading: &[f64]| {
        let error = optimum.standard_error(loading);
        Estimate::new(value, value - reach * error, value + reach * error, LEVEL)
    };
    let abilities = layout.abilities(&optimum.point);

    let mut severity = vec![Err(Reason::NoVariation); ratings.raters()];
    let mut fit = vec![Err(Reason::NoVariation); ratings.raters()];
    for rater in 0..ratings.raters() {
        let forms = ratings.candidates_of(rater).count();
        if forms < POOL_FORMS {
            let few = Reason::FewForms { have: forms, need: POOL_FORMS };
            severity[rater] = Err(few);
            fit[rater] = Err(few);
        } else if let Some(place) = raters.iter().position(|&r| r == rater) {
            severity[rater] = with_error(parameters.severity[place], &layout.severity_loading(place));
            fit[rater] = residuals::mean_square_fit(layout, place, &parameters, &abilities);
        }
    }
    let mut difficulty = vec![Err(Reason::NoVariation); ratings.dimensions()];
    for (place, &dimension) in dimensions.iter().enumerate() {
        difficulty[dimension] = with_error(parameters.difficulty[place], &layout.difficulty_loading(place));
    }
    let steps_of = |scale: usize| {
        let steps = parameters.steps[scale].iter().enumerate();
        steps.map(|(step, value)| with_error(*value, &layout.step_loading(scale, step))).collect()
    };
    let steps = (0..layout.scales()).map(steps_of).collect();
    let sigma = with_error(parameters.sigma.ln(), &layout.sigma_loading()).and_then(|log| log.map(f64::exp));
    let ability = abilities
        .iter()
        .map(|found| match found {
            Some((mean, deviation)) => Estimate::new(*mean, mean - reach * deviation, mean + reach * deviation, LEVEL),
            None => Err(Reason::NoData),
        })
        .collect();

    Rasch {
        severity,
        difficulty,
        categories,
        steps,
        mean: parameters.mean,
        sigma,
        log_likelihood: optimum.value,
        fit,
        ability,
    }
}

/// Leaves out raters and dimensions with nothing but one end of the scale: theirs would be infinite.
fn without_extremes(
    ratings: &Ratings,
    mut given: Vec<Rating>,
    categories: &[f64],
) -> (Vec<usize>, Vec<usize>, Vec<Rating>) {
    let ends = [categories[0], categories[categories.len() - 1]];
    let varies = |given: &[Rating], of: &dyn Fn(&Rating) -> bool| {
        ends.iter().all(|end| given.iter().any(|r| of(r) && r.value != *end))
    };
    loop {
        let raters: Vec<usize> = (0..ratings.raters()).filter(|&x| varies(&given, &|r| r.rater == x)).collect();
        let dimensions: Vec<usize> =
            (0..ratings.dimensions()).filter(|&x| varies(&given, &|r| r.dimension == x)).collect();
        let before = given.len();
        given.retain(|r| raters.contains(&r.rater) && dimensions.contains(&r.dimension));
        if given.len() == before {
            return (raters, dimensions, given);
        }
    }
}

fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::ratings::Scale;

    /// Forty candidates, five raters, three of them for each candidate, four dimensions.
    const POOL: &str = include_str!("../../../tests/data/stats/rasch-pool.csv");

    fn pool() -> Vec<Rating> {
        POOL.lines()
            .skip(1)
            .map(|line| {
                let fields: Vec<usize> = line.split(',').map(|x| x.parse().unwrap()).collect();
                Rating { candidate: fields[0], rater: fields[1], dimension: fields[2], value: fields[3] as f64 }
            })
            .collect()
    }

    fn table(given: Vec<Rating>) -> Ratings {
        Ratings::new(80, 10, 4, Scale::five_steps(), given).unwrap()
    }

    fn close(found: &[Outcome], expected: &[f64]) {
        for (found, expected) in found.iter().zip(expected) {
            let found = found.unwrap().value;
            assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
        }
    }

    /// Expected values: the marginal likelihood written out in numpy over a grid and maximised with scipy; see tests/data/stats/README.md.
    #[test]
    fn a_pool_gives_the_estimates_of_an_independent_fit() {
        let rasch = fit(&table(pool())).unwrap();

        assert!((rasch.log_likelihood + 561.3546521).abs() < 1e-5, "{}", rasch.log_likelihood);
        close(&rasch.severity[..5], &[-0.61877277, -0.18828135, 0.09394322, 0.35745746, 0.35565344]);
        close(&rasch.difficulty, &[-0.40913598, 0.19948572, -0.21704078, 0.42669104]);
        close(&rasch.steps[0], &[-1.9904204, -0.83139521, 0.49549703, 2.32631858]);
        assert!((rasch.mean - 0.39773417).abs() < 1e-6);
        let sigma = rasch.sigma.unwrap();
        assert!((sigma.value - 1.3419024).abs() < 1e-6);
        assert!(((sigma.upper / sigma.lower).ln() / (2.0 * 1.959964) - 0.14253159).abs() < 1e-4);
    }

    #[test]
    fn the_interval_of_a_severity_has_the_error_of_the_full_information() {
        let rasch = fit(&table(pool())).unwrap();
        let error = |x: Outcome| (x.unwrap().upper - x.unwrap().lower) / (2.0 * 1.959964);

        assert!((error(rasch.severity[0]) - 0.14242895).abs() < 1e-4);
        assert!((error(rasch.severity[4]) - 0.13457334).abs() < 1e-4);
    }

    #[test]
    fn ratings_that_follow_the_model_fit_it() {
        let rasch = fit(&table(pool())).unwrap();

        for rater in 0..5 {
            let found = rasch.fit[rater].unwrap();
            assert!((0.6..1.4).contains(&found.infit) && (0.6..1.5).contains(&found.outfit), "{found:?}");
            assert!((0.01..=0.99).contains(&found.p), "{found:?}");
        }
        assert_eq!(rasch, fit(&table(pool())).unwrap());
    }

    #[test]
    fn a_rater_who_rates_by_chance_is_more_erratic_than_the_model_allows() {
        let chance = pool().into_iter().enumerate().map(|(i, r)| match r.rater {
            2 => Rating { value: 1.0 + (i * 7 % 5) as f64, ..r },
            _ => r,
        });

        let found = fit(&table(chance.collect())).unwrap().fit;

        assert!(found[2].unwrap().outfit > 1.5 && found[2].unwrap().p < 0.01, "{:?}", found[2]);
        assert!(found[0].unwrap().p > 0.05, "{:?}", found[0]);
    }

    #[test]
    fn with_one_dimension_partial_credit_is_the_rating_scale_and_with_several_it_fits_no_worse() {
        let one = |r: &Rating| r.dimension == 0;
        let (usual, own) = (fit(&table(pool())).unwrap(), fit_partial_credit(&table(pool())).unwrap());
        let single = table(pool().into_iter().filter(one).collect());
        let (same, partial) = (fit(&single).unwrap(), fit_partial_credit(&single).unwrap());

        assert_eq!((usual.steps.len(), own.steps.len()), (1, 4));
        assert!(own.log_likelihood > usual.log_likelihood);
        assert!((same.log_likelihood - partial.log_likelihood).abs() < 1e-9);
        for steps in &own.steps {
            assert!(steps.iter().map(|step| step.unwrap().value).sum::<f64>().abs() < 1e-9);
        }
    }

    #[test]
    fn a_dimension_on_which_a_step_was_never_used_has_no_steps_of_its_own() {
        let without_ones = pool().into_iter().filter(|r| r.dimension != 1 || r.value > 1.0);

        assert_eq!(fit_partial_credit(&table(without_ones.collect())), Err(Reason::NotEstimable));
    }

    #[test]
    fn a_rater_with_one_end_of_the_scale_only_or_few_forms_has_no_severity_and_spoils_nothing() {
        // given: a sixth rater who gives everybody a five, and a seventh with three forms
        let fives = (0..40).map(|candidate| Rating { candidate, rater: 5, dimension: 0, value: 5.0 });
        let few = (0..3).map(|candidate| Rating { candidate, rater: 6, dimension: 0, value: 3.0 });

        let rasch = fit(&table(pool().into_iter().chain(fives).chain(few).collect())).unwrap();

        assert_eq!(rasch.severity[5], Err(Reason::NoVariation));
        assert_eq!(rasch.severity[6], Err(Reason::FewForms { have: 3, need: 20 }));
        assert!(rasch.severity[0].is_ok());
        assert_eq!(rasch.ability[79], Err(Reason::NoData));
    }

    #[test]
    fn a_small_flat_or_divided_pool_is_a_reason() {
        let small: Vec<Rating> = pool().into_iter().filter(|r| r.candidate < 29).collect();
        let flat = pool().into_iter().map(|r| Rating { value: 3.0, ..r }).collect();
        let apart = pool().into_iter().map(|r| Rating { candidate: r.candidate + 40, rater: r.rater + 5, ..r });

        assert_eq!(fit(&table(vec![])), Err(Reason::NoData));
        assert_eq!(fit(&table(small)), Err(Reason::FewCandidates { have: 29, need: 30 }));
        assert_eq!(fit(&table(flat)), Err(Reason::NoVariation));
        assert_eq!(fit(&table(pool().into_iter().chain(apart).collect())), Err(Reason::Disconnected));
    }

    #[test]
    fn names_change_nothing() {
        let turned = pool().into_iter().map(|r| Rating {
            candidate: 39 - r.candidate,
            rater: 4 - r.rater,
            dimension: 3 - r.dimension,
            ..r
        });

        let rasch = fit(&table(pool())).unwrap();
        let other = fit(&table(turned.collect())).unwrap();

        assert!((rasch.log_likelihood - other.log_likelihood).abs() < 1e-8);
        assert!((rasch.severity[1].unwrap().value - other.severity[3].unwrap().value).abs() < 1e-6);
    }
}
