//! Intraclass correlations of a complete crossed block (Shrout & Fleiss 1979; McGraw & Wong 1996).

use crate::stats::distributions::f_quantile;
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason};
use crate::stats::minimum::{CANDIDATES, RATERS};

/// The six coefficients, each with its 95 % limits.
///
/// (1): every candidate was rated by other people. (A): agreement, the same people or a sample of
/// them, and their severity counts as error. (C): consistency, the same people for everybody, so
/// that severity moves all alike. `single` is the reliability of one rating, `mean` that of the mean
/// of all raters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Icc {
    pub one_way_single: Outcome,
    pub one_way_mean: Outcome,
    pub agreement_single: Outcome,
    pub agreement_mean: Outcome,
    pub consistency_single: Outcome,
    pub consistency_mean: Outcome,
}

/// Mean squares of a complete candidates × raters table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSquares {
    pub candidates: usize,
    pub raters: usize,
    /// Between candidates, `candidates − 1` degrees of freedom.
    pub between: f64,
    /// Between raters, `raters − 1` degrees of freedom.
    pub raters_between: f64,
    /// Residual of candidates × raters.
    pub error: f64,
    /// Within candidates: raters and residual together.
    pub within: f64,
}

/// The coefficients of a table with a row for each candidate and a column for each rater.
///
/// A table with a gap is [`Reason::NotCrossed`]; see `components` for such designs.
pub fn icc(table: &[Vec<Option<f64>>]) -> Icc {
    match mean_squares(table) {
        Ok(ms) if ms.candidates < CANDIDATES => none(Reason::FewCandidates { have: ms.candidates, need: CANDIDATES }),
        Ok(ms) if ms.between + ms.within == 0.0 => none(Reason::NoVariation),
        Ok(ms) => Icc {
            one_way_single: one_way_single(&ms),
            one_way_mean: one_way_mean(&ms),
            agreement_single: agreement_single(&ms),
            agreement_mean: agreement_mean(&ms),
            consistency_single: consistency_single(&ms),
            consistency_mean: consistency_mean(&ms),
        },
        Err(reason) => none(reason),
    }
}

/// The two-way analysis of variance behind the coefficients.
///
/// Needs two candidates and two raters, and no gap. A mean square that is zero up to rounding is
/// zero.
pub fn mean_squares(table: &[Vec<Option<f64>>]) -> Outcome<MeanSquares> {
    let n = table.len();
    let k = table.first().map_or(0, Vec::len);
    if n == 0 || k == 0 {
        return Err(Reason::NoData);
    }
    if k < RATERS {
        return Err(Reason::FewRaters { have: k, need: RATERS });
    }
    if n < 2 {
        return Err(Reason::FewCandidates { have: n, need: CANDIDATES });
    }
    let rows: Vec<Vec<f64>> = table
        .iter()
        .map(|row| row.iter().copied().collect::<Option<Vec<f64>>>())
        .collect::<Option<_>>()
        .filter(|rows: &Vec<Vec<f64>>| rows.iter().all(|row| row.len() == k))
        .ok_or(Reason::NotCrossed)?;

    let (n_f, k_f) = (n as f64, k as f64);
    let grand = rows.iter().flatten().sum::<f64>() / (n_f * k_f);
    let row_means: Vec<f64> = rows.iter().map(|r| r.iter().sum::<f64>() / k_f).collect();
    let column_means: Vec<f64> = (0..k).map(|j| rows.iter().map(|r| r[j]).sum::<f64>() / n_f).collect();

    let total: f64 = rows.iter().flatten().map(|x| (x - grand).powi(2)).sum();
    let clean = |ss: f64| if ss <= 1e-12 * total { 0.0 } else { ss };
    let between = clean(k_f * row_means.iter().map(|m| (m - grand).powi(2)).sum::<f64>());
    let raters = clean(n_f * column_means.iter().map(|m| (m - grand).powi(2)).sum::<f64>());
    let mut error = 0.0;
    let mut within = 0.0;
    for (row, row_mean) in rows.iter().zip(&row_means) {
        for (x, column_mean) in row.iter().zip(&column_means) {
            error += (x - row_mean - column_mean + grand).powi(2);
            within += (x - row_mean).powi(2);
        }
    }

    Ok(MeanSquares {
        candidates: n,
        raters: k,
        between: between / (n_f - 1.0),
        raters_between: raters / (k_f - 1.0),
        error: clean(error) / ((n_f - 1.0) * (k_f - 1.0)),
        within: clean(within) / (n_f * (k_f - 1.0)),
    })
}

/// Standard error of one candidate's mean over the raters, in points of the scale: √(MSE / k).
///
/// It leaves severity out, as a comparison of candidates who met the same raters does.
pub fn standard_error_of_mean(ms: &MeanSquares) -> f64 {
    (ms.error / ms.raters as f64).sqrt()
}

/// The same where severity counts, as it does against a fixed cut-off or between people who met other raters:
/// √((σ²_r + MSE) / k).
pub fn standard_error_of_mean_with_severity(ms: &MeanSquares) -> f64 {
    let severity = ((ms.raters_between - ms.error) / ms.candidates as f64).max(0.0);
    ((severity + ms.error) / ms.raters as f64).sqrt()
}

/// Standard error of the difference of two candidates whose errors are independent.
pub fn standard_error_of_difference(of_one: f64) -> f64 {
    std::f64::consts::SQRT_2 * of_one
}

/// Spearman–Brown: the reliability of the mean of `k` ratings of which one has reliability `one`.
pub fn spearman_brown(one: f64, k: f64) -> f64 {
    k * one / (1.0 + (k - 1.0) * one)
}

/// Cut-offs of F in the upper tail, for the lower and the upper limit of a coefficient.
fn limits(numerator: f64, denominator: f64) -> (f64, f64) {
    let p = 1.0 - (1.0 - LEVEL) / 2.0;
    (f_quantile(p, numerator, denominator), f_quantile(p, denominator, numerator))
}

fn one_way_single(ms: &MeanSquares) -> Outcome {
    let (n, k) = (ms.candidates as f64, ms.raters as f64);
    single(ms.between, ms.within, k, limits(n - 1.0, n * (k - 1.0)))
}

fn one_way_mean(ms: &MeanSquares) -> Outcome {
    let (n, k) = (ms.candidates as f64, ms.raters as f64);
    mean(ms.between, ms.within, limits(n - 1.0, n * (k - 1.0)))
}

fn consistency_single(ms: &MeanSquares) -> Outcome {
    let (n, k) = (ms.candidates as f64, ms.raters as f64);
    single(ms.between, ms.error, k, limits(n - 1.0, (n - 1.0) * (k - 1.0)))
}

fn consistency_mean(ms: &MeanSquares) -> Outcome {
    let (n, k) = (ms.candidates as f64, ms.raters as f64);
    mean(ms.between, ms.error, limits(n - 1.0, (n - 1.0) * (k - 1.0)))
}

/// (F − 1)/(F + k − 1) with F = between / noise, multiplied out so that noise may be zero.
fn single(between: f64, noise: f64, k: f64, (low, high): (f64, f64)) -> Outcome {
    let ratio = |b: f64, e: f64| (b - e) / (b + (k - 1.0) * e);
    Estimate::new(ratio(between, noise), ratio(between, noise * low), ratio(between * high, noise), LEVEL)
}

/// 1 − 1/F. Without any difference between candidates it has no lower bound.
fn mean(between: f64, noise: f64, (low, high): (f64, f64)) -> Outcome {
    if between == 0.0 {
        return Err(Reason::NoVariation);
    }
    let ratio = |b: f64, e: f64| 1.0 - e / b;
    Estimate::new(ratio(between, noise), ratio(between, noise * low), ratio(between * high, noise), LEVEL)
}

/// ICC(A,1), with the limits of McGraw & Wong (1996, with its correction), Satterthwaite degrees of
/// freedom. Their formula takes the estimate as the true value, which cannot be negative: a negative
/// estimate counts as zero there.
fn agreement_single(ms: &MeanSquares) -> Outcome {
    let (n, k) = (ms.candidates as f64, ms.raters as f64);
    let (r, c, e) = (ms.between, ms.raters_between, ms.error);
    let value = (r - e) / (r + (k - 1.0) * e + k * (c - e) / n);
    if c == 0.0 && e == 0.0 {
        return Estimate::new(value, 1.0, 1.0, LEVEL);
    }

    let odds = value.max(0.0) / (1.0 - value.max(0.0));
    let a = k * odds / n;
    let b = 1.0 + k * odds * (n - 1.0) / n;
    let freedom = (a * c + b * e).powi(2) / ((a * c).powi(2) / (k - 1.0) + (b * e).powi(2) / ((n - 1.0) * (k - 1.0)));
    let (low, high) = limits(n - 1.0, freedom);
    let spread = k * c + (k * n - k - n) * e;

    Estimate::new(
        value,
        n * (r - low * e) / (low * spread + n * r),
        n * (high * r - e) / (spread + n * high * r),
        LEVEL,
    )
}

/// ICC(A,k). Where candidates differ less than chance would make them, its denominator, a variance,
/// may come out as zero or less; then there is no estimate.
fn agreement_mean(ms: &MeanSquares) -> Outcome {
    let (n, k) = (ms.candidates as f64, ms.raters as f64);
    let one = agreement_single(ms)?;
    let variance = ms.between + (ms.raters_between - ms.error) / n;
    let smallest = 1e-9 * (ms.between + ms.raters_between + ms.error);
    if variance <= smallest || 1.0 + (k - 1.0) * one.lower <= 1e-9 {
        return Err(Reason::NotEstimable);
    }
    Estimate::new((ms.between - ms.error) / variance, spearman_brown(one.lower, k), spearman_brown(one.upper, k), LEVEL)
}

fn none(reason: Reason) -> Icc {
    Icc {
        one_way_single: Err(reason),
        one_way_mean: Err(reason),
        agreement_single: Err(reason),
        agreement_mean: Err(reason),
        consistency_single: Err(reason),
        consistency_mean: Err(reason),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Shrout & Fleiss (1979), table 2: six targets, four judges.
    fn shrout_and_fleiss() -> Vec<Vec<Option<f64>>> {
        table(&[[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    }

    fn table<const K: usize>(rows: &[[i32; K]]) -> Vec<Vec<Option<f64>>> {
        rows.iter().map(|row| row.iter().map(|&x| Some(f64::from(x))).collect()).collect()
    }

    fn all(icc: &Icc) -> [Outcome; 6] {
        [
            icc.one_way_single,
            icc.one_way_mean,
            icc.agreement_single,
            icc.agreement_mean,
            icc.consistency_single,
            icc.consistency_mean,
        ]
    }

    #[test]
    fn the_table_of_shrout_and_fleiss_gives_its_printed_mean_squares() {
        let ms = mean_squares(&shrout_and_fleiss()).unwrap();

        assert_eq!(format!("{:.2}", ms.between), "11.24");
        assert_eq!(format!("{:.2}", ms.within), "6.26");
        assert_eq!(format!("{:.2}", ms.raters_between), "32.49");
        assert_eq!(format!("{:.2}", ms.error), "1.02");
    }

    #[test]
    fn severity_counts_in_the_error_where_raters_differ_between_candidates() {
        let ms = mean_squares(&shrout_and_fleiss()).unwrap();

        let errors = [standard_error_of_mean(&ms), standard_error_of_mean_with_severity(&ms)];

        assert_eq!(errors.map(|error| format!("{error:.2}")), ["0.50", "1.25"]);
        assert!((standard_error_of_difference(errors[0]) / errors[0] - 2.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn the_table_of_shrout_and_fleiss_gives_its_six_printed_coefficients() {
        let printed: Vec<String> =
            all(&icc(&shrout_and_fleiss())).iter().map(|x| format!("{:.2}", x.unwrap().value)).collect();

        assert_eq!(printed, ["0.17", "0.44", "0.29", "0.62", "0.71", "0.91"]);
    }

    /// Expected limits: pingouin 0.7.0, `intraclass_corr`, which prints two decimals.
    #[test]
    fn the_limits_equal_those_of_an_independent_implementation() {
        let limits: Vec<(f64, f64)> =
            all(&icc(&shrout_and_fleiss())).iter().map(|x| x.unwrap()).map(|x| (x.lower, x.upper)).collect();

        let expected = [(-0.13, 0.72), (-0.88, 0.91), (0.02, 0.76), (0.07, 0.93), (0.34, 0.95), (0.68, 0.99)];
        for (got, want) in limits.iter().zip(expected) {
            assert!((got.0 - want.0).abs() < 0.0051, "{got:?} is not {want:?}");
            assert!((got.1 - want.1).abs() < 0.0051, "{got:?} is not {want:?}");
        }
    }

    #[test]
    fn raters_who_agree_in_everything_are_perfectly_reliable() {
        let same = table(&[[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]]);

        for coefficient in all(&icc(&same)) {
            let estimate = coefficient.unwrap();
            assert_eq!((estimate.value, estimate.lower, estimate.upper), (1.0, 1.0, 1.0));
        }
    }

    #[test]
    fn raters_who_differ_by_a_constant_are_consistent_but_do_not_agree() {
        let shifted = table(&[[1, 2], [2, 3], [3, 4], [4, 5], [2, 3]]);

        let icc = icc(&shifted);

        assert_eq!(icc.consistency_single.unwrap().value, 1.0);
        assert!(icc.agreement_single.unwrap().value < 0.9);
    }

    #[test]
    fn too_little_data_is_a_reason() {
        let few = table(&[[1, 2], [2, 3], [3, 4], [5, 5]]);
        let alone = table(&[[1], [2], [3], [4], [5]]);
        let flat = table(&[[3, 3], [3, 3], [3, 3], [3, 3], [3, 3]]);
        let mut gap = shrout_and_fleiss();
        gap[2][1] = None;

        assert_eq!(icc(&few).consistency_mean, Err(Reason::FewCandidates { have: 4, need: 5 }));
        assert_eq!(icc(&alone).one_way_single, Err(Reason::FewRaters { have: 1, need: 2 }));
        assert_eq!(icc(&flat).agreement_single, Err(Reason::NoVariation));
        assert_eq!(icc(&gap).agreement_mean, Err(Reason::NotCrossed));
        assert_eq!(icc(&[]).agreement_mean, Err(Reason::NoData));
    }

    fn any_table() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
        (5usize..9, 2usize..5).prop_flat_map(|(n, k)| {
            proptest::collection::vec(proptest::collection::vec((1i32..=5).prop_map(|x| Some(f64::from(x))), k), n)
        })
    }

    proptest! {
        #[test]
        fn no_number_leaves_that_is_not_finite(rows in any_table()) {
            for estimate in all(&icc(&rows)).into_iter().flatten() {
                prop_assert!(estimate.value.is_finite());
                prop_assert!(estimate.lower <= estimate.value + 1e-9);
                prop_assert!(estimate.upper >= estimate.value - 1e-9);
            }
        }

        #[test]
        fn a_constant_a_unit_and_an_order_change_nothing(rows in any_table()) {
            let changed: Vec<Vec<Option<f64>>> = rows
                .iter()
                .rev()
                .map(|row| row.iter().rev().map(|x| x.map(|x| 10.0 + 3.0 * x)).collect())
                .collect();

            for (a, b) in all(&icc(&rows)).iter().zip(all(&icc(&changed))) {
                match (a, b) {
                    (Ok(a), Ok(b)) => {
                        prop_assert!((a.value - b.value).abs() < 1e-9);
                        prop_assert!((a.lower - b.lower).abs() < 1e-6);
                    }
                    (a, b) => prop_assert_eq!(*a, b),
                }
            }
        }
    }
}
