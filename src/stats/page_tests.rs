//! The worked examples of docs/statistics.md are what the core computes.

use super::connectedness::{Connectedness, plan};
use super::fairness::{Counts, comparison::compare, pooled::pool, ratio::impact_ratio, scores::hedges_g};
use super::panel::closed::Closed;
use super::ratings::{Rating, Ratings, Scale};
use super::reliability::generalizability::{Assignment, Parts};
use super::reliability::icc::{icc, mean_squares, standard_error_of_mean};
use super::reliability::kappa::{Weighting, fleiss_kappa, pair_agreement, weighted_kappa};
use super::reliability::krippendorff::{Level, alpha};
use super::validity::classification::area_under_curve;
use super::validity::correlation::{corrected, pearson};
use super::validity::local::posterior;
use super::variances::Variances;
use super::weight_sensitivity::smallest_flip;
use super::weights::Weights;

/// The page as one line, so that a sentence may be broken anywhere.
fn page() -> String {
    let text = include_str!("../../docs/statistics.md").replace('−', "-");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(sentence: &str) {
    assert!(page().contains(sentence), "docs/statistics.md does not say: {sentence}");
}

fn counts(selected: u64, total: u64) -> Counts {
    Counts::new(selected, total).unwrap()
}

fn rows<const K: usize>(rows: &[[i32; K]]) -> Vec<Vec<Option<f64>>> {
    rows.iter().map(|row| row.iter().map(|&x| (x != 0).then(|| f64::from(x))).collect()).collect()
}

#[test]
fn the_intraclass_correlations_of_the_page_are_computed() {
    let table = rows(&[[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]);
    let found = icc(&table);
    let [a, b, c, d, e, f] = [
        found.one_way_single,
        found.one_way_mean,
        found.agreement_single,
        found.agreement_mean,
        found.consistency_single,
        found.consistency_mean,
    ]
    .map(|estimate| format!("{:.2}", estimate.unwrap().value));

    says(&format!("ICC(1) {a}, ICC(1,k) {b}, ICC(A,1) {c}, ICC(A,k) {d}, ICC(C,1) {e}, ICC(C,k) {f}"));
    let limits = found.consistency_mean.unwrap();
    says(&format!("ICC(C,k) from {:.2} to {:.2}", limits.lower, limits.upper));
    let error = standard_error_of_mean(&mean_squares(&table).unwrap());
    says(&format!("standard error of one target's mean over the four judges is {error:.2} points"));
}

#[test]
fn the_alphas_of_the_page_are_computed() {
    let observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];
    let units: Vec<Vec<Option<f64>>> =
        (0..12).map(|unit| observers.iter().map(|o| (o[unit] != 0).then(|| f64::from(o[unit]))).collect()).collect();
    let [nominal, ordinal, interval, ratio] = [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio]
        .map(|level| format!("{:.3}", alpha(&units, level).unwrap()));

    says(&format!("nominal {nominal}, ordinal {ordinal}, interval {interval}, ratio {ratio}"));
}

#[test]
fn the_kappas_of_the_page_are_computed() {
    let given = |values: [i32; 10]| values.map(|x| Some(f64::from(x))).to_vec();
    let (a, b) = (given([1, 2, 3, 4, 5, 5, 3, 2, 1, 4]), given([2, 2, 3, 3, 5, 4, 3, 1, 1, 5]));
    let pair = pair_agreement(&a, &b);
    let unweighted = weighted_kappa(&a, &b, Weighting::None).unwrap();

    says(&format!(
        "kappa {unweighted:.2}, linear {:.2}, quadratic {:.2}; {:.0} % the same and {:.0} % within one step",
        pair.linear.unwrap(),
        pair.quadratic.unwrap(),
        100.0 * pair.exact.unwrap(),
        100.0 * pair.within_one.unwrap()
    ));
    let judges = fleiss_kappa(&[
        vec![Some(1.0), Some(1.0)],
        vec![Some(2.0), Some(2.0)],
        vec![Some(1.0), Some(2.0)],
        vec![Some(2.0), Some(2.0)],
        vec![Some(1.0), Some(1.0)],
    ])
    .unwrap();
    says(&format!("Fleiss' kappa of five pairs of names of which one differs, {judges:.2}"));
}

#[test]
fn the_study_of_generalizability_of_the_page_is_computed() {
    let variances = Variances {
        candidate: 0.25,
        candidate_dimension: 0.09,
        rater: 0.09,
        rater_dimension: 0.04,
        candidate_rater: 0.16,
        residual: 0.36,
    };
    let parts = Parts::new(&variances, &Weights::equal(6));
    let curve = parts.curve().unwrap();

    says(&format!("T = {:.3}, S = {:.3}, E = {:.3}", parts.universe, parts.severity, parts.error));
    says(&format!(
        "three raters who see everybody reach {:.2}, a fourth would make it {:.2}",
        curve.relative[2], curve.relative[3]
    ));
    says(&format!("three who differ from candidate to candidate reach {:.2}", curve.absolute[2]));
    let mixed = Assignment::new(&[vec![0, 1], vec![1, 2], vec![2]]).unwrap();
    says(&format!("k̂ = {:.1} and q = {:.3}", mixed.raters, mixed.q));
}

#[test]
fn the_closed_form_of_the_page_is_computed() {
    let given = [(0, 0, 5.0), (0, 1, 4.0), (1, 0, 3.0), (1, 1, 2.0)];
    let given = given.map(|(candidate, rater, value)| Rating { candidate, rater, dimension: 0, value });
    let ratings = Ratings::new(2, 2, 1, Scale::five_steps(), given).unwrap();
    let variances = Variances {
        candidate: 0.25,
        candidate_dimension: 0.0,
        rater: 0.09,
        rater_dimension: 0.0,
        candidate_rater: 0.0,
        residual: 0.5,
    };

    let found = Closed::new(&ratings, &variances, None).unwrap().fit(&Weights::equal(1), 1);

    let exact = found.exact.unwrap();
    says(&format!(
        "fair scores {:.2} and {:.2}, P(Ada above Bo) = {:.3}",
        exact.mean[0],
        exact.mean[1],
        exact.gap(0, 1).above(0.0)
    ));
    says(&format!("by more than a quarter of a point {:.3}", exact.gap(0, 1).above(0.25)));
}

#[test]
fn the_panels_of_the_page_are_planned() {
    let panels = plan(4, 4, 2).unwrap();
    let given = panels.iter().enumerate().flat_map(|(candidate, raters)| {
        raters.iter().map(move |&rater| Rating { candidate, rater, dimension: 0, value: 3.0 })
    });
    let ratings = Ratings::new(4, 4, 1, Scale::five_steps(), given).unwrap();

    assert!(Connectedness::new(&ratings).connected());
    assert_eq!(panels, [[0, 1], [1, 2], [2, 3], [3, 0]]);
    says("the first candidate meets raters 1 and 2, the second 2 and 3, the third 3 and 4, the fourth 4 and 1");
    assert!(Connectedness::new(&ratings).bridges.is_empty());
}

#[test]
fn the_flip_of_the_page_is_computed() {
    let flip = smallest_flip(&[vec![4.0, 3.0], vec![3.0, 3.5]], &Weights::equal(2)).unwrap();

    says(&format!("moving {:.1} % of the weight from the first to the second", 100.0 * flip.shift));
}

#[test]
fn the_fairness_figures_of_the_page_are_computed() {
    let found = compare(counts(12, 40), counts(48, 80)).unwrap();
    let ratio = impact_ratio(counts(12, 40), counts(48, 80)).unwrap();
    let difference = found.risk_difference.unwrap();

    says(&format!("impact ratio {:.2} ({:.2} to {:.2})", ratio.value, ratio.lower, ratio.upper));
    says(&format!("P(ratio below 4/5) = {:.3}", found.p_below_four_fifths.unwrap()));
    says(&format!("Fisher's p = {:.4}, mid-p {:.4}", found.fisher.p, found.fisher.mid_p));
    says(&format!(
        "z = {:.2}, hypergeometric {:.2} standard deviations",
        found.z.unwrap(),
        found.hypergeometric_sd.unwrap()
    ));
    says(&format!("difference {:.2} ({:.2} to {:.2})", difference.value, difference.lower, difference.upper));
    says(&format!(
        "odds ratio {:.2}, Cohen's h {:.2}, shortfall {:.0} people",
        found.odds_ratio.unwrap().value,
        found.cohens_h.unwrap(),
        found.shortfall
    ));
    let tables = [(counts(9, 90), counts(1, 10)), (counts(5, 10), counts(45, 90))];
    let pooled = pool(&tables);
    says(&format!("pooled impact ratio {:.2}", pooled.impact_ratio.unwrap().value));
    let raw = impact_ratio(counts(14, 100), counts(46, 100)).unwrap();
    says(&format!("the added table would say {:.2}", raw.value));
    let g = hedges_g(&[2.0, 3.0, 3.5, 2.5, 4.0, 3.0], &[3.0, 4.0, 4.5, 3.5, 5.0, 4.0, 2.5]).unwrap();
    says(&format!("g = {:.2} ({:.2} to {:.2})", g.value, g.lower, g.upper));
}

#[test]
fn the_validity_figures_of_the_page_are_computed() {
    let score = [2.1, 3.4, 3.0, 4.2, 2.8, 3.9, 4.5, 3.1, 2.5, 3.6];
    let outcome = [2.0, 3.0, 3.5, 4.0, 3.0, 3.0, 4.5, 2.5, 3.0, 4.0];
    let r = pearson(&score, &outcome).unwrap();
    let local = posterior(0.25, 20, 1.3).unwrap();

    says(&format!("r = {:.2} ({:.2} to {:.2})", r.value, r.lower, r.upper));
    says(&format!(
        "from 0.25 to {:.2}",
        corrected(&super::estimate::Estimate { value: 0.25, ..r }, 1.3).unwrap().value
    ));
    says(&format!(
        "{:.2} ({:.2} to {:.2}), {:.0} % of it prior",
        local.validity.value,
        local.validity.lower,
        local.validity.upper,
        100.0 * local.prior_share
    ));
    let area = area_under_curve(&[3.5, 4.0, 2.5, 4.5, 3.0], &[2.0, 3.0, 2.5, 3.6, 1.5, 2.2]).unwrap();
    says(&format!("AUC {:.2} ({:.2} to {:.2})", area.value, area.lower, area.upper));
}
