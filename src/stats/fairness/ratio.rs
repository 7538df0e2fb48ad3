//! The impact ratio of two selection rates, with intervals.

use super::Counts;
use crate::stats::distributions::{beta_cdf, normal_quantile};
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason, finite};

/// Rate of the group over rate of the reference. The interval is that of Katz et al. (1978), or the
/// score interval of Koopman (1984) where a cell of the table is empty.
pub fn impact_ratio(group: Counts, reference: Counts) -> Outcome {
    check(group, reference)?;
    let value = group.rate() / reference.rate();
    let cells = [group.selected, group.rejected(), reference.selected, reference.rejected()];
    if cells.contains(&0) {
        let (lower, upper) = score_limits(group, reference);
        return Estimate::new(value, lower, upper, LEVEL);
    }
    let error =
        ((1.0 - group.rate()) / group.selected as f64 + (1.0 - reference.rate()) / reference.selected as f64).sqrt();
    let reach = (cut() * error).exp();
    Estimate::new(value, value / reach, value * reach, LEVEL)
}

/// Whether the group's rate is below four fifths of the reference's, in integers: 48 of 100 against
/// 60 of 100 is not.
pub fn below_four_fifths(group: Counts, reference: Counts) -> bool {
    let scaled = |x: u64, n: u64, by: u128| by * u128::from(x) * u128::from(n);
    scaled(group.selected, reference.total, 5) < scaled(reference.selected, group.total, 4)
}

/// Whether the group is below four fifths, but would have the higher rate had one person of it been
/// selected in place of one of the reference (Questions and Answers on the Uniform Guidelines, 1979,
/// no. 21).
pub fn one_person_changes_it(group: Counts, reference: Counts) -> bool {
    below_four_fifths(group, reference)
        && group.selected < group.total
        && reference.selected > 0
        && u128::from(group.selected + 1) * u128::from(reference.total)
            > u128::from(reference.selected - 1) * u128::from(group.total)
}

/// Probability that the true impact ratio is below four fifths, with Jeffreys' prior on both rates.
pub fn probability_below_four_fifths(group: Counts, reference: Counts) -> Outcome<f64> {
    check(group, reference).or_else(|reason| if reason == Reason::NoVariation { Ok(()) } else { Err(reason) })?;
    const STEPS: usize = 800;
    let (a, b) = (reference.selected as f64 + 0.5, reference.rejected() as f64 + 0.5);
    let (c, d) = (group.selected as f64 + 0.5, group.rejected() as f64 + 0.5);

    // Over u with p = sin²u, where the density of p is smooth and about 1/(2√n) wide.
    let centre = (a / (a + b)).sqrt().asin();
    let reach = 10.0 / (2.0 * (a + b).sqrt());
    let low = (centre - reach).max(0.0);
    let high = (centre + reach).min(std::f64::consts::FRAC_PI_2);
    let peak = (2.0 * a - 1.0) * centre.sin().max(1e-300).ln() + (2.0 * b - 1.0) * centre.cos().max(1e-300).ln();
    let (mut below, mut all) = (0.0, 0.0);
    for step in 0..=STEPS {
        let u = low + (high - low) * step as f64 / STEPS as f64;
        let simpson = if step == 0 || step == STEPS { 1.0 } else { 2.0 + 2.0 * (step % 2) as f64 };
        let density = (power(u.sin(), 2.0 * a - 1.0) + power(u.cos(), 2.0 * b - 1.0) - peak).exp();
        below += simpson * density * beta_cdf(0.8 * u.sin().powi(2), c, d);
        all += simpson * density;
    }
    finite(below / all)
}

/// Both groups need somebody, and the reference somebody selected.
pub(super) fn check(group: Counts, reference: Counts) -> Outcome<()> {
    for counts in [group, reference] {
        if counts.total == 0 {
            return Err(Reason::SmallGroup { have: 0, need: 1 });
        }
    }
    if reference.selected == 0 { Err(Reason::NoVariation) } else { Ok(()) }
}

/// Exponent·ln(base), with 0⁰ = 1.
fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 0.0 { 0.0 } else { exponent * base.max(0.0).ln() }
}

fn cut() -> f64 {
    normal_quantile(1.0 - (1.0 - LEVEL) / 2.0)
}

/// The ratios that the score test does not reject.
fn score_limits(group: Counts, reference: Counts) -> (f64, f64) {
    let (x1, n1) = (group.selected as f64, group.total as f64);
    let (x2, n2) = (reference.selected as f64, reference.total as f64);
    let estimate = group.rate() / reference.rate();
    let within = |ratio: f64| {
        let a = (n1 + n2) * ratio;
        let b = n1 * ratio + x1 + n2 + x2 * ratio;
        let p2 = (b - (b * b - 4.0 * a * (x1 + x2)).max(0.0).sqrt()) / (2.0 * a);
        let p1 = (p2 * ratio).min(1.0);
        let variance = p1 * (1.0 - p1) / n1 + ratio * ratio * p2 * (1.0 - p2) / n2;
        (x1 / n1 - ratio * x2 / n2).abs() <= cut() * variance.max(0.0).sqrt()
    };
    // The ends of an interval around the estimate, in the logarithm of the ratio.
    let end = |sign: f64| {
        let from = estimate.max(1e-9).ln();
        let (mut inside, mut outside) = (from, from + sign * 30.0);
        for _ in 0..200 {
            let middle = (inside + outside) / 2.0;
            if within(middle.exp()) { inside = middle } else { outside = middle }
        }
        inside.exp()
    };
    let lower = if group.selected == 0 { 0.0 } else { end(-1.0) };
    (lower, end(1.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts(selected: u64, total: u64) -> Counts {
        Counts::new(selected, total).unwrap()
    }

    /// Questions and Answers on the Uniform Guidelines (1979): rates of 60, 45, 48 and 51 per cent.
    #[test]
    fn of_the_four_groups_of_the_guidelines_only_the_lowest_is_below_four_fifths() {
        let highest = counts(60, 100);

        let flagged = [45, 48, 51].map(|x| below_four_fifths(counts(x, 100), highest));
        let ratios = [45, 48, 51].map(|x| impact_ratio(counts(x, 100), highest).unwrap().value);

        assert_eq!(flagged, [true, false, false]);
        assert_eq!(ratios.map(|x| format!("{x:.2}")), ["0.75", "0.80", "0.85"]);
    }

    /// 29 CFR 1607.4(D) with the numbers of the Questions and Answers, no. 12: 48 of 80 and 12 of 40.
    #[test]
    fn twelve_of_forty_against_forty_eight_of_eighty_is_a_half() {
        let ratio = impact_ratio(counts(12, 40), counts(48, 80)).unwrap();

        assert_eq!(ratio.value, 0.5);
        assert!(below_four_fifths(counts(12, 40), counts(48, 80)));
        assert!(!one_person_changes_it(counts(12, 40), counts(48, 80)));
    }

    #[test]
    fn one_different_selection_can_reverse_a_small_table_and_the_rule_says_so() {
        assert!(one_person_changes_it(counts(1, 5), counts(2, 6)));
        assert!(!one_person_changes_it(counts(2, 5), counts(2, 5)));
        assert!(!one_person_changes_it(counts(10, 50), counts(20, 60)));
    }

    /// Expected values: statsmodels 0.15, `confint_proportions_2indep(compare="ratio")` with
    /// method "log" and "score" without correction; its root finder misses the lower end of the last one,
    /// which is where its own `test_proportions_2indep` has p = 0.05.
    #[test]
    fn the_intervals_equal_an_independent_implementation() {
        let katz = impact_ratio(counts(12, 40), counts(48, 80)).unwrap();
        let empty = impact_ratio(counts(0, 10), counts(9, 20)).unwrap();
        let full = impact_ratio(counts(8, 8), counts(9, 20)).unwrap();

        assert!(
            (katz.lower - 0.30143294104559687).abs() < 1e-6 && (katz.upper - 0.8293718633829845).abs() < 1e-6,
            "{katz:?}"
        );
        assert!((empty.lower - 0.0).abs() < 1e-6 && (empty.upper - 0.6561679175792207).abs() < 1e-5, "{empty:?}");
        assert!((full.lower - 1.3485462).abs() < 1e-5 && (full.upper - 3.8729988186422775).abs() < 1e-5, "{full:?}");
    }

    /// Expected values: a numerical double integral in scipy.
    #[test]
    fn the_probability_of_a_ratio_below_four_fifths_equals_an_independent_integral() {
        let clear = probability_below_four_fifths(counts(12, 40), counts(48, 80)).unwrap();
        let small = probability_below_four_fifths(counts(0, 3), counts(2, 4)).unwrap();

        assert!((clear - 0.9778433756359164).abs() < 1e-6, "{clear}");
        assert!((small - 0.8942988384104307).abs() < 1e-6, "{small}");
    }

    #[test]
    fn without_people_or_selections_there_is_no_ratio() {
        assert_eq!(impact_ratio(counts(0, 0), counts(3, 4)), Err(Reason::SmallGroup { have: 0, need: 1 }));
        assert_eq!(impact_ratio(counts(0, 5), counts(0, 4)), Err(Reason::NoVariation));
        assert!(probability_below_four_fifths(counts(0, 5), counts(0, 4)).is_ok());
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_ratio(a in 0u64..40, b in 0u64..40, c in 0u64..40, d in 0u64..40) {
            if let Ok(ratio) = impact_ratio(counts(a, a + b), counts(c, c + d)) {
                prop_assert!(ratio.lower <= ratio.value + 1e-6 && ratio.value <= ratio.upper + 1e-6, "{:?}", ratio);
                prop_assert!(ratio.lower >= 0.0);
            }
        }

        #[test]
        fn integers_and_fractions_agree_away_from_the_line(a in 0u64..40, n in 1u64..40, c in 1u64..40, m in 40u64..80) {
            let (group, reference) = (counts(a.min(n), n), counts(c, m));
            let ratio = group.rate() / reference.rate();
            if (ratio - 0.8).abs() > 1e-9 {
                prop_assert_eq!(below_four_fifths(group, reference), ratio < 0.8);
            }
        }

        #[test]
        fn a_probability_is_between_zero_and_one(a in 0u64..40, b in 0u64..40, c in 0u64..400, d in 0u64..40) {
            if let Ok(p) = probability_below_four_fifths(counts(a, a + b), counts(c, c + d)) {
                prop_assert!((0.0..=1.0 + 1e-9).contains(&p));
            }
        }
    }
}
