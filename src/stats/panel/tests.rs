//! The panel model against independent formulas, and what must not change its answers.

use nalgebra::{DMatrix, DVector};

use super::closed::Closed;
use super::priors::{Priors, Spread};
use super::*;
use crate::stats::random::Random;
use crate::stats::ratings::{Rating, Scale};
use crate::stats::variances::Variances;

pub(super) const VARIANCES: Variances = Variances {
    candidate: 0.25,
    candidate_dimension: 0.09,
    rater: 0.09,
    rater_dimension: 0.04,
    candidate_rater: 0.16,
    residual: 0.36,
};

/// Ratings drawn from the model, rounded to steps; a cell is left out where `keep` says no.
#[expect(clippy::needless_range_loop, reason = "the same index reads several tables")]
pub(super) fn panel(
    (candidates, raters, dimensions): (usize, usize, usize),
    seed: u64,
    keep: impl Fn(usize, usize, usize) -> bool,
) -> Ratings {
    let mut random = Random::new(seed, 77);
    let mut noise =
        |n: usize, variance: f64| -> Vec<f64> { (0..n).map(|_| variance.sqrt() * random.normal()).collect() };
    let theta = noise(candidates, VARIANCES.candidate);
    let gamma = noise(candidates * dimensions, VARIANCES.candidate_dimension);
    let rho = noise(raters, VARIANCES.rater);
    let halo = noise(candidates * raters, VARIANCES.candidate_rater);
    let error = noise(candidates * raters * dimensions, VARIANCES.residual);
    let mut given = Vec::new();
    for candidate in 0..candidates {
        for rater in 0..raters {
            for dimension in (0..dimensions).filter(|&d| keep(candidate, rater, d)) {
                let form = candidate * raters + rater;
                let value = 3.2
                    + theta[candidate]
                    + gamma[candidate * dimensions + dimension]
                    + rho[rater]
                    + halo[form]
                    + error[form * dimensions + dimension];
                let value = value.round().clamp(1.0, 5.0);
                given.push(Rating { candidate, rater, dimension, value });
            }
        }
    }
    Ratings::new(candidates, raters, dimensions, Scale::five_steps(), given).unwrap()
}

fn gappy(seed: u64) -> Ratings {
    panel((5, 4, 3), seed, |p, r, d| (p + r) % 4 != 0 && (p + 2 * r + d) % 5 != 0)
}

fn same(yes: bool, variance: f64) -> f64 {
    if yes { variance } else { 0.0 }
}

/// Covariance of the ratings given the levels.
fn covariance_of(all: &[Rating], v: &Variances) -> DMatrix<f64> {
    DMatrix::from_fn(all.len(), all.len(), |i, j| {
        let (a, b) = (&all[i], &all[j]);
        let (p, r) = (a.candidate == b.candidate, a.rater == b.rater);
        let d = a.dimension == b.dimension;
        same(p, v.candidate)
            + same(p && d, v.candidate_dimension)
            + same(r, v.rater)
            + same(r && d, v.rater_dimension)
            + same(p && r, v.candidate_rater)
            + same(i == j, v.residual)
    })
}

/// Best linear unbiased predictors of the fair scores by the textbook: the full covariance matrix
/// of the ratings, generalised least squares for the levels (Henderson 1975).
fn textbook_scores(ratings: &Ratings, v: &Variances, weights: &Weights) -> DVector<f64> {
    let all: Vec<Rating> = ratings.iter().collect();
    let covariance = covariance_of(&all, v);
    let dimensions = ratings.dimensions();
    let design = DMatrix::from_fn(all.len(), dimensions, |i, d| same(all[i].dimension == d, 1.0));
    let values = DVector::from_iterator(all.len(), all.iter().map(|rating| rating.value));
    let factor = covariance.cholesky().unwrap();
    let information = design.transpose() * factor.solve(&design);
    let level = information.cholesky().unwrap().solve(&(design.transpose() * factor.solve(&values)));
    let deviation = factor.solve(&(&values - &design * &level));

    let w = weights.as_slice();
    let pool = ratings.raters() as f64;
    DVector::from_fn(ratings.candidates(), |p, _| {
        let with_fair_score = DVector::from_iterator(
            all.len(),
            all.iter().map(|rating| {
                let own = v.candidate + w[rating.dimension] * v.candidate_dimension;
                same(rating.candidate == p, own) + (v.rater + w[rating.dimension] * v.rater_dimension) / pool
            }),
        );
        weights.apply(level.as_slice()) + with_fair_score.dot(&deviation)
    })
}

#[test]
fn the_closed_form_equals_the_textbook_predictor_on_a_panel_with_gaps() {
    let ratings = gappy(1);
    let weights = Weights::new(&[2.0, 1.0, 1.0]).unwrap();

    let (scores, _) = Closed::new(&ratings, &VARIANCES, None).unwrap().scores(&weights);

    let textbook = textbook_scores(&ratings, &VARIANCES, &weights);
    assert!((scores - textbook).amax() < 1e-9);
}

#[test]
fn in_a_crossed_panel_the_difference_is_the_raw_one_times_the_reliability() {
    let (candidates, raters, dimensions) = (6, 3, 4);
    let ratings = panel((candidates, raters, dimensions), 2, |_, _, _| true);

    let closed = Closed::new(&ratings, &VARIANCES, None).unwrap();
    let (scores, covariance) = closed.scores(&Weights::equal(dimensions));

    let d = dimensions as f64;
    let truth = VARIANCES.candidate + VARIANCES.candidate_dimension / d;
    let error = (VARIANCES.candidate_rater + VARIANCES.residual / d) / raters as f64;
    let reliability = truth / (truth + error);
    let raw = |p| {
        let all = (0..raters).flat_map(|r| ratings.form(p, r).iter().flatten());
        all.sum::<f64>() / (raters as f64 * d)
    };
    for p in 1..candidates {
        let expected = reliability * (raw(0) - raw(p));
        assert!((scores[0] - scores[p] - expected).abs() < 1e-9);
        let variance = covariance[(0, 0)] + covariance[(p, p)] - 2.0 * covariance[(0, p)];
        assert!((variance - 2.0 * truth * (1.0 - reliability)).abs() < 1e-9);
    }
}

#[test]
fn complete_forms_give_the_scores_of_a_two_way_model_of_their_means() {
    // given: a linked panel with whole forms only, so that the mean of a form is sufficient
    let dimensions = 4;
    let ratings = panel((6, 4, dimensions), 16, |p, r, _| (p + r) % 4 < 2);
    let weights = Weights::equal(dimensions);
    let means = ratings.forms().map(|(candidate, rater)| Rating {
        candidate,
        rater,
        dimension: 0,
        value: ratings.form_mean(candidate, rater, &weights).unwrap(),
    });
    let means = Ratings::new(6, 4, 1, Scale::five_steps(), means).unwrap();
    let (v, d) = (VARIANCES, dimensions as f64);
    let of_means = Variances {
        candidate: v.candidate + v.candidate_dimension / d,
        candidate_dimension: 0.0,
        rater: v.rater + v.rater_dimension / d,
        rater_dimension: 0.0,
        candidate_rater: 0.0,
        residual: v.candidate_rater + v.residual / d,
    };

    let (full, _) = Closed::new(&ratings, &v, None).unwrap().scores(&weights);
    let (short, _) = Closed::new(&means, &of_means, None).unwrap().scores(&Weights::equal(1));

    assert!((full - short).amax() < 1e-5);
}

fn fixed(v: &Variances) -> Priors {
    let [candidate, candidate_dimension, rater, rater_dimension, candidate_rater, residual] =
        v.to_array().map(|variance| Spread::Fixed { variance });
    Priors { level: (3.0, 1.5), candidate, candidate_dimension, rater, rater_dimension, candidate_rater, residual }
}

fn mean_and_variance(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let values: Vec<f64> = values.collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0))
}

#[test]
fn with_fixed_variances_the_chains_give_the_closed_form() {
    let ratings = gappy(3);
    let weights = Weights::equal(3);

    let fit = fit_with(&ratings, &weights, 5, &fixed(&VARIANCES)).unwrap();
    let closed = Closed::new(&ratings, &VARIANCES, Some((3.0, 1.5))).unwrap();

    let (mean, covariance) = closed.scores(&weights);
    let exact = closed.fit(&weights, 5);
    let composites = fit.draws.composites(&weights);
    for p in 0..5 {
        let scores = composites.by_candidate[p].iter().map(|&x| f64::from(x));
        let (drawn, variance) = mean_and_variance(scores);
        assert!((drawn - mean[p]).abs() < 0.03, "{drawn} {}", mean[p]);
        assert!((variance / covariance[(p, p)] - 1.0).abs() < 0.12);
        assert!((fit.probabilities.best(p) - exact.probabilities.best(p)).abs() < 0.03);
        for q in 0..5 {
            assert!((fit.probabilities.above(p, q) - exact.probabilities.above(p, q)).abs() < 0.03);
            assert!((fit.probabilities.beyond(p, q) - exact.probabilities.beyond(p, q)).abs() < 0.03);
        }
    }
    for r in 0..4 {
        let (drawn, spread) = mean_and_variance(fit.draws.severity(r));
        let (mean, variance) = closed.severity(r);
        assert!((drawn - mean).abs() < 0.02, "{drawn} {mean}");
        assert!((spread / variance - 1.0).abs() < 0.12);
    }
    for (drawn, exact) in fit.halo.iter().zip(&exact.halo) {
        assert!((drawn - exact).abs() < 0.02);
    }
}

#[test]
fn the_same_ratings_and_seed_give_the_same_draws_and_another_seed_does_not() {
    let ratings = gappy(4);
    let weights = Weights::equal(3);

    let first = fit(&ratings, &weights, 9).unwrap();

    assert_eq!(first, fit(&ratings, &weights, 9).unwrap());
    assert_ne!(first.draws, fit(&ratings, &weights, 10).unwrap().draws);
}

/// FNV-1a over the bits of every score.
fn fingerprint(fit: &Fit, weights: &Weights) -> u64 {
    let scores = fit.draws.composites(weights).by_candidate;
    let bytes = scores.iter().flatten().flat_map(|x| x.to_bits().to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[test]
fn the_model_of_this_name_gives_these_bytes_on_every_machine() {
    // Stored comparisons are recomputed by the model's name. When this fails on purpose after a release, give the
    // model a new one.
    let (ratings, weights) = (gappy(14), Weights::equal(3));

    let found = [fit(&ratings, &weights, 1), fit_ordinal(&ratings, &weights, 1)];

    assert_eq!(MODEL, "panel-2");
    assert_eq!(
        found.map(|fit| fingerprint(&fit.unwrap(), &weights)),
        [11_430_805_285_442_407_835, 11_791_258_523_906_115_535]
    );
}

#[test]
fn other_labels_move_probabilities_by_no_more_than_their_error() {
    let (ratings, weights) = (gappy(15), Weights::equal(3));
    let turned = ratings.with_candidates(&[4, 3, 2, 1, 0]).with_raters(&[3, 2, 1, 0]);

    let [first, second] = [&ratings, &turned].map(|r| fit(r, &weights, 1).unwrap().probabilities);

    for a in 0..5 {
        for b in 0..5 {
            assert!((first.above(a, b) - second.above(4 - a, 4 - b)).abs() < 5.0 * LARGEST_ERROR);
        }
    }
}

#[test]
fn the_chains_reach_the_promised_exactness_on_a_usual_panel() {
    let ratings = panel((5, 3, 4), 6, |_, _, _| true);

    for fit in [fit(&ratings, &Weights::equal(4), 1), fit_ordinal(&ratings, &Weights::equal(4), 1)] {
        let diagnostics = fit.unwrap().diagnostics;
        assert!(diagnostics.reached, "{diagnostics:?}");
        assert!(diagnostics.mcse_max <= LARGEST_ERROR);
    }
}

#[test]
fn the_ordinal_form_agrees_with_the_gaussian_one_away_from_the_ends_of_the_scale() {
    let ratings = panel((6, 4, 5), 7, |_, _, _| true);
    let weights = Weights::equal(5);

    let gaussian = fit(&ratings, &weights, 1).unwrap().probabilities;
    let ordinal = fit_ordinal(&ratings, &weights, 1).unwrap().probabilities;

    for a in 0..6 {
        for b in 0..6 {
            assert!((gaussian.above(a, b) - ordinal.above(a, b)).abs() < 0.08);
        }
    }
}

#[test]
fn two_groups_without_a_common_rater_are_compared_with_less_certainty() {
    let apart = panel((6, 6, 4), 8, |p, r, _| (p < 3) == (r < 3));
    let closed = Closed::new(&apart, &VARIANCES, None).unwrap();

    let (_, covariance) = closed.scores(&Weights::equal(4));

    let spread = |a: usize, b: usize| covariance[(a, a)] + covariance[(b, b)] - 2.0 * covariance[(a, b)];
    assert!(spread(0, 3) > 1.2 * spread(0, 1));
    assert!(fit(&apart, &Weights::equal(4), 1).unwrap().diagnostics.reached);
}

#[test]
fn a_candidate_whom_nobody_could_rate_on_a_dimension_is_known_less_well() {
    let ratings = panel((5, 3, 3), 9, |p, _, d| !(p == 0 && d == 1));
    let closed = Closed::new(&ratings, &VARIANCES, None).unwrap();

    let (scores, covariance) = closed.scores(&Weights::equal(3));

    assert!(scores.iter().all(|x| x.is_finite()));
    assert!(covariance[(0, 0)] > covariance[(1, 1)]);
}

#[test]
fn a_dimension_without_any_rating_has_no_closed_form_under_a_flat_prior() {
    let ratings = panel((3, 2, 2), 10, |_, _, d| d == 0);

    assert_eq!(Closed::new(&ratings, &VARIANCES, None).err(), Some(Reason::NotEstimable));
    assert!(fit(&ratings, &Weights::equal(2), 1).is_ok());
}

#[test]
fn the_posterior_of_a_function_of_the_variances_can_be_read() {
    let draws = fit(&gappy(13), &Weights::equal(3), 1).unwrap().draws;

    let residual = draws.of_variances(|v| v.residual.sqrt()).median_estimate(0.9);

    assert!(residual.lower > 0.2 && residual.upper < 2.0 && residual.contains(residual.value), "{residual:?}");
}

#[test]
fn no_rating_at_all_is_a_reason_and_one_rating_is_enough_for_finite_numbers() {
    let none = Ratings::new(2, 1, 2, Scale::five_steps(), []).unwrap();
    let one = panel((1, 1, 1), 1, |_, _, _| true);

    assert_eq!(fit(&none, &Weights::equal(2), 1).err(), Some(Reason::NoData));
    let fit = fit(&one, &Weights::equal(1), 1).unwrap();
    assert!(fit.draws.profile(0, 0).chain(fit.draws.severity(0)).all(f64::is_finite));
}

#[test]
fn ratings_that_are_no_whole_steps_have_no_ordinal_form() {
    let rating = Rating { candidate: 0, rater: 0, dimension: 0, value: 2.5 };
    let ratings = Ratings::new(1, 1, 1, Scale::five_steps(), [rating]).unwrap();

    assert_eq!(fit_ordinal(&ratings, &Weights::equal(1), 1).err(), Some(Reason::ScaleUnsuited));
}

/// A draw from a half-t, as its definition has it: |normal| over the root of a mean square.
fn half_t(freedom: f64, scale: f64, random: &mut Random) -> f64 {
    scale * random.normal().abs() / (2.0 * random.gamma(freedom / 2.0) / freedom).sqrt()
}

fn from_prior(spread: Spread, random: &mut Random) -> f64 {
    match spread {
        Spread::HalfT { freedom, scale } => half_t(freedom, scale, random).powi(2),
        Spread::ScaledInverseChiSquare { freedom, scale } => {
            freedom * scale * scale / (2.0 * random.gamma(freedom / 2.0))
        }
        Spread::Fixed { variance } => variance,
    }
}

#[test]
fn the_chains_agree_with_weighted_draws_from_the_prior() {
    // Given: few ratings, so that draws from the prior, weighted by the likelihood of all ratings
    // with every effect integrated out, reach the posterior by a way that shares no code.
    let ratings = panel((3, 2, 2), 11, |p, r, d| !(p == 2 && r == 1 && d == 0));
    let all: Vec<Rating> = ratings.iter().collect();
    let values = DVector::from_iterator(all.len(), all.iter().map(|r| r.value - 3.0));
    let level =
        DMatrix::from_fn(all.len(), all.len(), |i, j| if all[i].dimension == all[j].dimension { 2.25 } else { 0.0 });
    let priors = Priors::gaussian();
    let mut random = Random::new(12, 0);
    let (mut total, mut expected) = (0.0, [0.0; 6]);
    for _ in 0..20_000 {
        let drawn = priors.spreads().map(|spread| from_prior(spread, &mut random));
        let factor = (covariance_of(&all, &Variances::from_array(drawn)) + &level).cholesky().unwrap();
        let log = -factor.l_dirty().diagonal().map(f64::ln).sum() - 0.5 * values.dot(&factor.solve(&values));
        let weight = (log + 10.0).exp();
        total += weight;
        for (sum, v) in expected.iter_mut().zip(drawn) {
            *sum += weight * v.sqrt();
        }
    }

    let fit = fit(&ratings, &Weights::equal(2), 3).unwrap();

    for (i, sum) in expected.iter().enumerate() {
        let spread = fit.draws.variances().iter().map(|v| v.to_array()[i].sqrt());
        let (found, expected) = (mean_and_variance(spread).0, sum / total);
        assert!((found / expected - 1.0).abs() < 0.06, "{i}: {found} {expected}");
    }
}
