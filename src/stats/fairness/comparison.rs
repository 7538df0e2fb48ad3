//! One stage: every group beside the group with the highest rate.

use super::Counts;
use super::detection::smallest_detectable_ratio;
use super::exact::{Fisher, fisher};
use super::ratio::{below_four_fifths, check, impact_ratio, one_person_changes_it, probability_below_four_fifths};
use crate::stats::distributions::normal_quantile;
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason, finite};

/// Groups smaller than this share of all applicants are counted, not compared (Uniform Guidelines,
/// Questions and Answers 1979).
pub const LEAST_SHARE: f64 = 0.02;

/// One group of a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub counts: Counts,
    /// Share selected, 0–1.
    pub rate: Outcome<f64>,
    /// Against the group with the highest rate; for that group itself, and for one too small to be
    /// compared, a reason.
    pub comparison: Outcome<Comparison>,
    /// Against everybody else together, for every group that is large enough.
    pub others: Outcome<Comparison>,
    /// Whether the others are compared with this group.
    pub reference: bool,
}

/// A group v a reference. A negative difference is to the group's disadvantage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    pub impact_ratio: Outcome,
    pub below_four_fifths: bool,
    pub one_person_changes_it: bool,
    /// Probability of a true ratio below four fifths (Jeffreys' prior).
    pub p_below_four_fifths: Outcome<f64>,
    pub fisher: Fisher,
    /// Two-sample z with the pooled rate.
    pub z: Outcome<f64>,
    /// Standard deviations between the selected and those expected at random, given the margins
    /// (Hazelwood v. United States, 1977).
    pub hypergeometric_sd: Outcome<f64>,
    /// z of the logarithm of the impact ratio (Morris & Lobsenz 2000).
    pub z_log_ratio: Outcome<f64>,
    /// Difference of the rates, with the interval of Newcombe (1998, method 10).
    pub risk_difference: Outcome,
    /// With Woolf's interval.
    pub odds_ratio: Outcome,
    /// Cohen's h, a difference of arcsines.
    pub cohens_h: Outcome<f64>,
    /// How many more of the group would have been selected at the joint rate.
    pub shortfall: f64,
    pub smallest_detectable_ratio: Outcome<f64>,
}

/// The groups of one stage in their order; the reference is the highest rate among groups that are
/// large enough, the larger group where two are equal.
pub fn stage(groups: &[Counts]) -> Vec<Row> {
    let all: u64 = groups.iter().map(|g| g.total).sum();
    let selected: u64 = groups.iter().map(|g| g.selected).sum();
    let least = (LEAST_SHARE * all as f64).ceil().max(1.0) as u64;
    let large_enough = |counts: Counts| {
        let small = Reason::SmallGroup { have: counts.total as usize, need: least as usize };
        if counts.total < least { Err(small) } else { Ok(()) }
    };
    let reference = groups
        .iter()
        .enumerate()
        .filter(|(_, g)| g.total >= least)
        .max_by(|(i, a), (j, b)| a.rate().total_cmp(&b.rate()).then(a.total.cmp(&b.total)).then(j.cmp(i)));
    groups
        .iter()
        .enumerate()
        .map(|(index, &counts)| Row {
            counts,
            rate: if counts.total == 0 { Err(Reason::SmallGroup { have: 0, need: 1 }) } else { finite(counts.rate()) },
            comparison: large_enough(counts).and_then(|()| match reference {
                Some((highest, &reference)) if highest != index => compare(counts, reference),
                _ => Err(Reason::Reference),
            }),
            others: large_enough(counts).and_then(|()| {
                compare(counts, Counts { selected: selected - counts.selected, total: all - counts.total })
            }),
            reference: reference.is_some_and(|(highest, _)| highest == index),
        })
        .collect()
}

/// Everything about one group v one reference. Both need somebody.
pub fn compare(group: Counts, reference: Counts) -> Outcome<Comparison> {
    for counts in [group, reference] {
        if counts.total == 0 {
            return Err(Reason::SmallGroup { have: 0, need: 1 });
        }
    }
    let (n1, n2) = (group.total as f64, reference.total as f64);
    let (p1, p2) = (group.rate(), reference.rate());
    let selected = (group.selected + reference.selected) as f64;
    let joint = selected / (n1 + n2);
    let moved = joint > 0.0 && joint < 1.0;
    let ratio_of =
        |value: f64, deviation: f64| if moved { finite(value / deviation) } else { Err(Reason::NoVariation) };

    Ok(Comparison {
        impact_ratio: impact_ratio(group, reference),
        below_four_fifths: below_four_fifths(group, reference),
        one_person_changes_it: one_person_changes_it(group, reference),
        p_below_four_fifths: probability_below_four_fifths(group, reference),
        fisher: fisher(group, reference),
        z: ratio_of(p1 - p2, (joint * (1.0 - joint) * (1.0 / n1 + 1.0 / n2)).sqrt()),
        hypergeometric_sd: ratio_of(
            group.selected as f64 - n1 * joint,
            (n1 * n2 * joint * (1.0 - joint) / (n1 + n2 - 1.0)).sqrt(),
        ),
        z_log_ratio: check(group, reference)
            .and_then(|()| ratio_of((p1 / p2).ln(), ((1.0 - joint) / joint * (1.0 / n1 + 1.0 / n2)).sqrt())),
        risk_difference: risk_difference(group, reference),
        odds_ratio: odds_ratio(group, reference),
        cohens_h: finite(2.0 * (p1.sqrt().asin() - p2.sqrt().asin())),
        shortfall: n1 * joint - group.selected as f64,
        smallest_detectable_ratio: smallest_detectable_ratio(group, reference),
    })
}

/// p₁ − p₂ with the square-and-add interval of two Wilson intervals.
fn risk_difference(group: Counts, reference: Counts) -> Outcome {
    let (p1, p2) = (group.rate(), reference.rate());
    let ((l1, u1), (l2, u2)) = (wilson(group), wilson(reference));
    let difference = p1 - p2;
    Estimate::new(
        difference,
        difference - ((p1 - l1).powi(2) + (u2 - p2).powi(2)).sqrt(),
        difference + ((u1 - p1).powi(2) + (p2 - l2).powi(2)).sqrt(),
        LEVEL,
    )
}

fn wilson(counts: Counts) -> (f64, f64) {
    let z = normal_quantile(1.0 - (1.0 - LEVEL) / 2.0);
    let (n, p) = (counts.total as f64, counts.rate());
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let reach = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    (centre - reach, centre + reach)
}

/// The ratio of the odds; an empty cell leaves it without an estimate.
fn odds_ratio(group: Counts, reference: Counts) -> Outcome {
    let cells = [group.selected, group.rejected(), reference.selected, reference.rejected()].map(|x| x as f64);
    if cells.contains(&0.0) {
        return Err(Reason::NotEstimable);
    }
    let [a, b, c, d] = cells;
    let value = a * d / (b * c);
    let error = cells.iter().map(|x| 1.0 / x).sum::<f64>().sqrt();
    let reach = (normal_quantile(1.0 - (1.0 - LEVEL) / 2.0) * error).exp();
    Estimate::new(value, value / reach, value * reach, LEVEL)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(selected: u64, total: u64) -> Counts {
        Counts::new(selected, total).unwrap()
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-6, "{a} is not {b}");
    }

    /// Newcombe (1998), table II, case (a): 56/70 − 48/80 = 0.2, method 10: 0.0524 to 0.3339.
    #[test]
    fn the_difference_of_newcombe_gives_its_printed_interval() {
        let difference = compare(counts(56, 70), counts(48, 80)).unwrap().risk_difference.unwrap();

        assert_eq!(format!("{:.4} {:.4}", difference.lower, difference.upper), "0.0524 0.3339");
    }

    /// Expected values: statsmodels 0.15 (`proportions_ztest`, `Table2x2`), and the formulas by hand.
    #[test]
    fn the_tests_equal_an_independent_implementation() {
        let all = compare(counts(12, 40), counts(48, 80)).unwrap();

        close(all.z.unwrap(), -3.098386676965933);
        close(all.odds_ratio.unwrap().value, 0.2857142857142857);
        close(all.odds_ratio.unwrap().lower, 0.127000987180804);
        close(all.odds_ratio.unwrap().upper, 0.6427717994428555);
        close(all.hypergeometric_sd.unwrap(), -3.0854497241083028);
        close(all.cohens_h.unwrap(), -0.6128747668578189);
        close(all.z_log_ratio.unwrap(), 0.5_f64.ln() / (1.0 / 40.0 + 1.0 / 80.0_f64).sqrt());
        close(all.shortfall, 8.0);
    }

    #[test]
    fn the_reference_is_the_highest_rate_of_a_group_that_is_large_enough() {
        // given: a group of one, all selected, among three hundred
        let rows = stage(&[counts(60, 100), counts(45, 100), counts(50, 100), counts(1, 1)]);

        assert_eq!(rows[0].comparison, Err(Reason::Reference));
        assert_eq!(rows.iter().map(|row| row.reference).collect::<Vec<_>>(), [true, false, false, false]);
        let others = rows[1].others.as_ref().unwrap().impact_ratio.unwrap().value;
        assert!((others - 0.45 / (111.0 / 201.0)).abs() < 1e-12);
        assert!(rows[1].comparison.as_ref().unwrap().below_four_fifths);
        assert!(!rows[2].comparison.as_ref().unwrap().below_four_fifths);
        assert_eq!(rows[3].comparison, Err(Reason::SmallGroup { have: 1, need: 7 }));
        assert_eq!(rows[3].rate, Ok(1.0));
    }

    #[test]
    fn when_all_or_none_are_selected_there_is_no_test() {
        let none = compare(counts(0, 5), counts(0, 7)).unwrap();

        assert_eq!(none.z, Err(Reason::NoVariation));
        assert_eq!(none.impact_ratio, Err(Reason::NoVariation));
        assert_eq!(none.odds_ratio, Err(Reason::NotEstimable));
        assert!(!none.below_four_fifths);
        assert_eq!(compare(counts(0, 0), counts(0, 7)).unwrap_err().code(), "small_group");
    }
}
