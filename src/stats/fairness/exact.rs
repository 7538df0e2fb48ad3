//! Fisher's exact test of two groups, and corrections for many tests.

use statrs::function::factorial::ln_binomial;

use super::Counts;

/// Probabilities of a table as unlikely as this one, or less likely, given its margins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fisher {
    /// Two-sided p by the usual rule: all tables that are not more likely than this one.
    pub p: f64,
    /// The same with half the probability of this table (Lancaster 1961): less conservative.
    pub mid_p: f64,
}

/// Both p values. Without anybody, or with everybody or nobody selected, p is 1.
pub fn fisher(a: Counts, b: Counts) -> Fisher {
    let selected = a.selected + b.selected;
    let least = selected.saturating_sub(b.total);
    let most = selected.min(a.total);
    let log_total = ln_binomial(a.total + b.total, selected);
    let probability = |x: u64| (ln_binomial(a.total, x) + ln_binomial(b.total, selected - x) - log_total).exp();

    let observed = probability(a.selected);
    let p: f64 = (least..=most).map(probability).filter(|&p| p <= observed * (1.0 + 1e-7)).sum();
    let p = p.min(1.0);
    Fisher { p, mid_p: p - observed / 2.0 }
}

/// p values adjusted for being several, by Holm (1979); in the order given.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&i, &j| p[i].total_cmp(&p[j]));
    let mut adjusted = vec![0.0; p.len()];
    let mut highest: f64 = 0.0;
    for (rank, &index) in order.iter().enumerate() {
        highest = highest.max((p.len() - rank) as f64 * p[index]).min(1.0);
        adjusted[index] = highest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts(selected: u64, total: u64) -> Counts {
        Counts::new(selected, total).unwrap()
    }

    /// Fisher's lady tasting tea: three of four cups right, p = 0.486.
    #[test]
    fn the_tea_of_fisher_gives_its_printed_value() {
        let test = fisher(counts(3, 4), counts(1, 4));

        assert_eq!(format!("{:.4}", test.p), "0.4857");
    }

    /// Expected values: scipy 1.17, `fisher_exact` and `hypergeom.pmf`.
    #[test]
    fn p_equals_an_independent_implementation() {
        let test = fisher(counts(7, 40), counts(30, 80));

        assert!((test.p - 0.03528256077619359).abs() < 1e-10);
        assert!((test.mid_p - 0.028569210055726702).abs() < 1e-10);
    }

    #[test]
    fn a_table_without_a_choice_has_p_one() {
        assert_eq!(fisher(counts(5, 5), counts(9, 9)).p, 1.0);
        assert_eq!(fisher(counts(0, 0), counts(3, 9)).p, 1.0);
    }

    #[test]
    fn holm_multiplies_the_smallest_most_and_keeps_the_order() {
        let adjusted = holm(&[0.01, 0.04, 0.03, 0.9]);

        for (got, want) in adjusted.iter().zip([0.04, 0.09, 0.09, 0.9]) {
            assert!((got - want).abs() < 1e-12);
        }
    }

    proptest! {
        #[test]
        fn p_is_a_probability_and_the_same_both_ways(a in 0u64..30, b in 0u64..30, c in 0u64..30, d in 0u64..30) {
            let (one, other) = (counts(a, a + b), counts(c, c + d));

            let there = fisher(one, other);
            let back = fisher(other, one);

            prop_assert!(there.p > 0.0 && there.p <= 1.0 && there.mid_p > 0.0 && there.mid_p <= there.p);
            prop_assert!((there.p - back.p).abs() < 1e-9);
        }
    }
}
