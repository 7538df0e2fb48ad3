//! The analysis of ratings as it is printed: the fields are the contract of `--format json`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    comparison::{self, Comparison},
    design::{self, Design},
    figure::{Estimate, Figure, Named},
    options::Part,
    pool::Pool,
    raters::{self, Rater},
    reliability::{self, Reliability},
};
use crate::stats::{
    estimate::Outcome,
    rasch::{self, Rasch},
    shown::{self, Listing},
    variances::Variances,
};

#[derive(Debug, Serialize)]
pub struct Report {
    pub input: Input,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub design: Option<Design>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raters: Option<Vec<Rater>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mfrm: Option<Figure<Mfrm>>,
    /// Where the panel model was fitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnostics: Option<Diagnostics>,
}

#[derive(Debug, Serialize)]
pub struct Input {
    pub candidates: usize,
    pub raters: usize,
    pub dimensions: Vec<String>,
    pub ratings: usize,
    pub missing: usize,
    pub scale: [f64; 2],
}

#[derive(Debug, Serialize)]
pub struct Mfrm {
    pub severity: Named<Figure<Estimate>>,
    pub difficulty: Named<Figure<Estimate>>,
    pub steps: Vec<Figure<Estimate>>,
    pub sigma: Figure<f64>,
    pub log_likelihood: f64,
    pub mean: f64,
    /// The steps of the scale that were used; between two of them lies one of `steps`.
    pub categories: Vec<f64>,
}

#[derive(Debug, Serialize)]
pub struct Diagnostics {
    pub model: &'static str,
    pub seed: u64,
    pub chains: usize,
    pub draws: usize,
    pub rhat_max: f64,
    pub ess_min: f64,
    pub mcse_max: f64,
    pub seconds: f64,
    /// Whether R-hat < 1.01, effective size > 1000 and every error ≤ 0.01.
    pub reached: bool,
    /// Whether the variances were given, so that only ranks come from draws.
    pub closed_form: bool,
}

/// Computes the parts that are asked for. With `variances` the posterior has a closed form.
pub fn report(pool: &Pool, parts: &BTreeSet<Part>, variances: Option<&Variances>, seed: u64) -> Report {
    let wanted = |part| parts.contains(&part);
    let panel = [Part::Reliability, Part::Comparison, Part::Raters].into_iter().any(wanted);
    let shown = panel.then(|| compare(pool, variances, seed));
    let rasch = (wanted(Part::Mfrm) || wanted(Part::Raters)).then(|| rasch::fit(&pool.ratings));
    let scale = pool.ratings.scale();

    Report {
        input: Input {
            candidates: pool.candidates.len(),
            raters: pool.raters.len(),
            dimensions: pool.dimensions.clone(),
            ratings: pool.ratings.count(),
            missing: pool.missing,
            scale: [scale.low(), scale.high()],
        },
        design: wanted(Part::Design).then(|| design::design(pool)),
        reliability: shown
            .as_ref()
            .filter(|_| wanted(Part::Reliability))
            .map(|shown| reliability::reliability(pool, shown, seed)),
        comparison: shown
            .as_ref()
            .filter(|_| wanted(Part::Comparison))
            .map(|shown| comparison::comparison(pool, shown, variances.is_none(), seed)),
        raters: shown
            .as_ref()
            .filter(|_| wanted(Part::Raters))
            .map(|shown| raters::raters(pool, shown, rasch.as_ref())),
        mfrm: rasch.filter(|_| wanted(Part::Mfrm)).map(|found| found.map(|rasch| mfrm(pool, rasch)).into()),
        diagnostics: shown.and_then(Result::ok).map(|shown| {
            let found = shown.diagnostics;
            Diagnostics {
                model: found.model,
                seed: found.seed,
                chains: found.chains,
                draws: found.draws,
                rhat_max: found.r_hat_max,
                ess_min: found.ess_min,
                mcse_max: found.mcse_max,
                seconds: 0.0,
                reached: found.reached,
                closed_form: variances.is_some(),
            }
        }),
    }
}

fn compare(pool: &Pool, variances: Option<&Variances>, seed: u64) -> Outcome<shown::Comparison> {
    match variances {
        None => shown::compare(&pool.ratings, &pool.weights, Listing::Separate, seed),
        Some(given) => shown::compare_given(&pool.ratings, &pool.weights, Listing::Separate, given, seed),
    }
}

fn mfrm(pool: &Pool, rasch: Rasch) -> Mfrm {
    let named = |names: &[String], figures: Vec<Outcome>| {
        Named(names.iter().cloned().zip(figures.into_iter().map(Figure::from)).collect())
    };
    Mfrm {
        severity: named(&pool.raters, rasch.severity),
        difficulty: named(&pool.dimensions, rasch.difficulty),
        steps: rasch.steps.into_iter().flatten().map(Figure::from).collect(),
        sigma: rasch.sigma.map(|sigma| sigma.value).into(),
        log_likelihood: rasch.log_likelihood,
        mean: rasch.mean,
        categories: rasch.categories,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::cli::analyse::{options, pool, table::Table, text};

    fn has_null(value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::Array(items) => items.iter().any(has_null),
            Value::Object(fields) => fields.values().any(has_null),
            _ => false,
        }
    }

    fn file(cells: &[Option<u8>]) -> String {
        let rows = cells.iter().enumerate().filter_map(|(i, cell)| {
            let score = match (*cell)? {
                0 => "IE".to_owned(),
                score => score.to_string(),
            };
            Some(format!("C{},R{},D{},{score}\n", i / 6, i / 2 % 3, i % 2))
        });
        rows.fold("candidate,rater,dimension,score\n".to_owned(), |file, row| file + &row)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6))]

        #[test]
        fn whatever_the_ratings_no_figure_is_null_and_every_report_can_be_read(
            cells in prop::collection::vec(prop::option::weighted(0.7, prop_oneof![Just(0_u8), Just(1), Just(3), Just(5)]), 36),
            closed in any::<bool>(),
        ) {
            let table = Table::read(file(&cells).as_bytes()).unwrap();
            let Ok(pool) = pool::read(&table, None, None) else { return Ok(()) };
            let options::What::Ratings(parts) = options::what("all,mfrm").unwrap() else { unreachable!() };
            let variances = Variances::from_array([0.25, 0.0, 0.1, 0.0, 0.2, 0.4]);

            let report = report(&pool, &parts, closed.then_some(&variances), 1);

            prop_assert!(!has_null(&serde_json::to_value(&report).unwrap()));
            let text = text::ratings(&report);
            prop_assert!(!text.contains("NaN") && !text.contains("inf "), "{}", text);
        }
    }
}
