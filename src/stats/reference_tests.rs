//! The core against other implementations, on data that ship with the tests. How the expected numbers were made stands in
//! tests/data/stats/README.md.

use super::fairness::{Counts, comparison::compare};
use super::panel;
use super::panel::summary::Summary;
use super::raters::raters;
use super::ratings::{Rating, Ratings, Scale};
use super::reliability::alpha_omega::alpha as coefficient_alpha;
use super::reliability::components::components;
use super::reliability::generalizability::{Assignment, Parts};
use super::reliability::icc::icc;
use super::reliability::krippendorff::{Level, alpha};
use super::reliability::reliability;
use super::weights::Weights;

const CROSSED: &str = include_str!("../../tests/data/stats/crossed-panel.csv");
const SPARSE: &str = include_str!("../../tests/data/stats/sparse-panel.csv");
const SAMPLED: &str = include_str!("../../tests/data/stats/panel-model-by-nuts.csv");

fn table(data: &str) -> Ratings {
    let given: Vec<Rating> = data
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<usize> = line.split(',').map(|x| x.parse().unwrap()).collect();
            Rating { candidate: fields[0], rater: fields[1], dimension: fields[2], value: fields[3] as f64 }
        })
        .collect();
    let most = |of: fn(&Rating) -> usize| given.iter().map(of).max().unwrap() + 1;
    let (p, r, d) = (most(|x| x.candidate), most(|x| x.rater), most(|x| x.dimension));
    Ratings::new(p, r, d, Scale::five_steps(), given).unwrap()
}

fn block(ratings: &Ratings, value: impl Fn(usize, usize) -> Option<f64>) -> Vec<Vec<Option<f64>>> {
    (0..ratings.candidates()).map(|p| (0..ratings.raters()).map(|r| value(p, r)).collect()).collect()
}

#[track_caller]
fn close(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} is not {expected}");
}

/// pingouin 0.7.0, `intraclass_corr`: value, and limits with two decimals, in the order (1,1), (1,k), (A,1), (A,k),
/// (C,1), (C,k). The last row is the mean over the six dimensions.
const PINGOUIN: [[(f64, f64, f64); 6]; 7] = [
    [
        (0.5374449339207047, 0.12, 0.87),
        (0.7770700636942675, 0.28, 0.95),
        (0.574898785425101, 0.1, 0.88),
        (0.8022598870056495, 0.25, 0.96),
        (0.7593582887700532, 0.41, 0.94),
        (0.9044585987261144, 0.68, 0.98),
    ],
    [
        (0.32859680284191833, -0.08, 0.77),
        (0.594855305466238, -0.3, 0.91),
        (0.3505154639175258, -0.03, 0.78),
        (0.6181818181818182, -0.1, 0.91),
        (0.3885714285714286, -0.05, 0.8),
        (0.6559485530546624, -0.16, 0.93),
    ],
    [
        (0.6133144475920677, 0.21, 0.89),
        (0.8263358778625953, 0.44, 0.96),
        (0.6111111111111108, 0.2, 0.89),
        (0.8249999999999998, 0.42, 0.96),
        (0.6008403361344535, 0.17, 0.89),
        (0.8187022900763358, 0.39, 0.96),
    ],
    [
        (0.3152173913043479, -0.1, 0.77),
        (0.5800000000000001, -0.35, 0.91),
        (0.33684210526315783, -0.04, 0.77),
        (0.6037735849056602, -0.14, 0.91),
        (0.3720930232558139, -0.06, 0.8),
        (0.6399999999999999, -0.22, 0.92),
    ],
    [
        (0.09785202863961802, -0.24, 0.63),
        (0.2455089820359279, -1.43, 0.83),
        (0.05970149253731333, -0.33, 0.62),
        (0.1599999999999997, -2.88, 0.83),
        (0.05298013245033102, -0.28, 0.59),
        (0.14371257485029915, -1.89, 0.81),
    ],
    [
        (0.7519685039370081, 0.42, 0.94),
        (0.9009433962264152, 0.68, 0.98),
        (0.7490039840637452, 0.38, 0.94),
        (0.8995215311004785, 0.65, 0.98),
        (0.7230769230769233, 0.35, 0.93),
        (0.8867924528301887, 0.62, 0.98),
    ],
    [
        (0.7452074739140985, 0.4, 0.94),
        (0.8976907337035954, 0.67, 0.98),
        (0.748080614203455, 0.41, 0.94),
        (0.8990772779700115, 0.68, 0.98),
        (0.7742736528433077, 0.44, 0.94),
        (0.9114294066062555, 0.7, 0.98),
    ],
];

#[test]
fn intraclass_correlations_and_their_limits_equal_those_of_pingouin() {
    let ratings = table(CROSSED);
    let means = block(&ratings, |p, r| ratings.form_mean(p, r, &Weights::equal(6)));
    let blocks = (0..6).map(|d| block(&ratings, |p, r| ratings.get(p, r, d))).chain([means]);

    for (block, expected) in blocks.zip(PINGOUIN) {
        let found = icc(&block);
        let found = [
            found.one_way_single,
            found.one_way_mean,
            found.agreement_single,
            found.agreement_mean,
            found.consistency_single,
            found.consistency_mean,
        ];
        for (found, (value, lower, upper)) in found.iter().zip(expected) {
            let found = found.unwrap();
            close(found.value, value, 1e-9);
            close(found.lower, lower, 0.0051);
            close(found.upper, upper, 0.0051);
        }
    }
}

#[test]
fn alphas_equal_those_of_the_krippendorff_package_with_and_without_gaps() {
    let units = |ratings: &Ratings, dimensions: &[usize]| -> Vec<Vec<Option<f64>>> {
        (0..ratings.candidates())
            .flat_map(|p| dimensions.iter().map(move |&d| (p, d)))
            .map(|(p, d)| (0..ratings.raters()).map(|r| ratings.get(p, r, d)).collect())
            .collect()
    };
    let (crossed, sparse) = (table(CROSSED), table(SPARSE));
    let levels = [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio];

    for (units, expected) in [
        (
            units(&crossed, &[0, 1, 2, 3, 4, 5]),
            [0.1129939890011511, 0.4644191876829019, 0.48194593733826985, 0.4674731887284087],
        ),
        (units(&crossed, &[0]), [0.2050691244239632, 0.4863048194638153, 0.5147679324894514, 0.5071713957230995]),
        (
            units(&sparse, &[0, 1, 2, 3]),
            [-0.02706359945872805, 0.3953024198776083, 0.3831975318408354, 0.24532738149823552],
        ),
        (units(&sparse, &[0]), [-0.11625514403292181, 0.32988034779932285, 0.41953316953316955, 0.21719904422165692]),
        (units(&sparse, &[1]), [-0.04477611940298498, 0.38053097345132736, 0.3606036536934075, 0.21416856647173432]),
        (units(&sparse, &[2]), [-0.012562814070351758, 0.27203270011600933, 0.25351170568561876, 0.21016264108682092]),
        (units(&sparse, &[3]), [0.09957627118644075, 0.5071470987444859, 0.46627906976744193, 0.31833430975919574]),
    ] {
        for (level, expected) in levels.iter().zip(expected) {
            close(alpha(&units, *level).unwrap(), expected, 1e-10);
        }
    }
}

#[test]
fn coefficient_alpha_equals_that_of_pingouin() {
    let ratings = table(CROSSED);
    let forms: Vec<Vec<Option<f64>>> = ratings.forms().map(|(p, r)| ratings.form(p, r).to_vec()).collect();

    let found = coefficient_alpha(&forms).unwrap();

    close(found.value, 0.8337360814972755, 1e-10);
    close(found.lower, 0.704, 0.00051);
    close(found.upper, 0.919, 0.00051);
}

#[test]
fn variance_components_equal_those_of_statsmodels() {
    let found = components(&table(CROSSED)).unwrap();

    let expected = [0.49702363, 0.11111108, 0.01468252, 0.05178572, 0.06726191, 0.49821431];
    for (found, expected) in found.variances().to_array().into_iter().zip(expected) {
        close(found, expected, 1e-5);
    }
    close(found.log_likelihood, -185.3781816329007, 1e-6);
}

#[test]
fn in_a_crossed_panel_the_error_from_the_mean_squares_is_that_from_the_components() {
    let (ratings, weights) = (table(CROSSED), Weights::equal(6));

    let from_squares = reliability(&ratings, &weights, &[], 1).composite.standard_error.unwrap();

    let parts = Parts::new(&components(&ratings).unwrap().variances(), &weights);
    close(from_squares, parts.standard_error(&Assignment::of(&ratings).unwrap()).unwrap(), 1e-5);
}

/// statsmodels 0.15.0, `confint_proportions_2indep(method="newcomb")`; scipy 1.17.1, `fisher_exact` and half of
/// `hypergeom.pmf`.
#[test]
fn two_selection_rates_have_the_interval_of_statsmodels_and_the_p_of_scipy() {
    let counts = |selected, total| Counts::new(selected, total).unwrap();

    let found = compare(counts(12, 40), counts(48, 80)).unwrap();

    let difference = found.risk_difference.unwrap();
    close(difference.lower, -0.45587630400722146, 1e-9);
    close(difference.upper, -0.11076804770824958, 1e-9);
    close(found.fisher.p, 0.003409221767849183, 1e-12);
    close(found.fisher.mid_p, 0.0027757309491193614, 1e-12);
}

/// One row of the file that another sampler left: data set, quantity, two indexes, value.
fn sampled(data_set: &str) -> Vec<(String, usize, usize, f64)> {
    let rows = SAMPLED.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    rows.filter(|row| row[0] == data_set)
        .map(|row| (row[1].to_owned(), row[2].parse().unwrap(), row[3].parse().unwrap(), row[4].parse().unwrap()))
        .collect()
}

#[test]
fn the_panel_model_equals_another_sampler_with_the_same_priors() {
    for (name, data) in [("crossed-panel", CROSSED), ("sparse-panel", SPARSE)] {
        let ratings = table(data);
        let weights = Weights::equal(ratings.dimensions());

        let fit = panel::fit(&ratings, &weights, 1).unwrap();

        assert!(fit.diagnostics.reached);
        let severities = raters(&ratings, &weights, &fit);
        let scores = fit.draws.composites(&weights).by_candidate;
        let deviation = |draws: &[f32]| {
            let n = draws.len() as f64;
            let mean = draws.iter().map(|&x| f64::from(x)).sum::<f64>() / n;
            (draws.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>() / n).sqrt()
        };
        let expected = sampled(name);
        assert!(expected.len() > 60, "{name}");
        for (quantity, a, b, value) in expected {
            match quantity.as_str() {
                "mean" => close(Summary::new(scores[a].iter().copied()).mean(), value, 0.02),
                "deviation" => close(deviation(&scores[a]), value, 0.02),
                "above" => close(fit.probabilities.above(a, b), value, 0.02),
                "best" => close(fit.probabilities.best(a), value, 0.02),
                "severity" => {
                    if let Ok(found) = severities[a].severity {
                        close(found.estimate.value, value, 0.03);
                    }
                }
                "root_of_variance" => {
                    close(fit.draws.of_variances(|v| v.to_array()[a].sqrt()).mean(), value, 0.02);
                }
                other => panic!("{other}"),
            }
        }
    }
}
