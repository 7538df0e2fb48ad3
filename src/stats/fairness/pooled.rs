//! Several openings together: Mantel–Haenszel, with a test of whether they tell one story.
//!
//! Raw tables are never added: openings with other rates would make a difference out of nothing
//! (Simpson's paradox).

use super::Counts;
use crate::stats::distributions::{chi_squared_tail, normal_quantile, two_sided};
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason, finite};

/// One group v one reference over all openings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pooled {
    /// Openings in which both groups took part and somebody, but not everybody, was selected.
    pub openings: usize,
    /// Common impact ratio (Greenland & Robins 1985).
    pub impact_ratio: Outcome,
    /// Common odds ratio (Robins, Breslow & Greenland 1986).
    pub odds_ratio: Outcome,
    /// Mantel–Haenszel z without continuity correction; negative to the group's disadvantage.
    pub z: Outcome<f64>,
    pub p: Outcome<f64>,
    /// Breslow–Day test with Tarone's correction: a small p says that openings differ.
    pub homogeneity: Outcome<Homogeneity>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Homogeneity {
    pub statistic: f64,
    pub freedom: usize,
    pub p: f64,
}

/// Pools (group, reference) over openings.
pub fn pool(openings: &[(Counts, Counts)]) -> Pooled {
    let strata: Vec<Stratum> =
        openings.iter().filter_map(|&(group, reference)| Stratum::new(group, reference)).collect();
    if strata.is_empty() {
        let none = Reason::NoVariation;
        return Pooled {
            openings: 0,
            impact_ratio: Err(none),
            odds_ratio: Err(none),
            z: Err(none),
            p: Err(none),
            homogeneity: Err(none),
        };
    }
    let z = z(&strata);
    Pooled {
        openings: strata.len(),
        impact_ratio: impact_ratio(&strata),
        odds_ratio: odds_ratio(&strata),
        z,
        p: z.and_then(|z| finite(two_sided(z))),
        homogeneity: homogeneity(&strata),
    }
}

/// A 2 × 2 table: group selected a and not b, reference selected c and not d.
struct Stratum {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    n: f64,
}

impl Stratum {
    fn new(group: Counts, reference: Counts) -> Option<Self> {
        let [a, b, c, d] =
            [group.selected, group.rejected(), reference.selected, reference.rejected()].map(|x| x as f64);
        let informative = a + b > 0.0 && c + d > 0.0 && a + c > 0.0 && b + d > 0.0;
        informative.then_some(Stratum { a, b, c, d, n: a + b + c + d })
    }

    /// Variance of a given the margins.
    fn variance(&self) -> f64 {
        let Stratum { a, b, c, d, n } = self;
        (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1.0))
    }
}

fn z(strata: &[Stratum]) -> Outcome<f64> {
    let difference: f64 = strata.iter().map(|s| s.a - (s.a + s.b) * (s.a + s.c) / s.n).sum();
    finite(difference / strata.iter().map(Stratum::variance).sum::<f64>().sqrt())
}

fn impact_ratio(strata: &[Stratum]) -> Outcome {
    let group: f64 = strata.iter().map(|s| s.a * (s.c + s.d) / s.n).sum();
    let reference: f64 = strata.iter().map(|s| s.c * (s.a + s.b) / s.n).sum();
    let variance: f64 =
        strata.iter().map(|s| ((s.a + s.b) * (s.c + s.d) * (s.a + s.c) - s.a * s.c * s.n) / (s.n * s.n)).sum::<f64>()
            / (group * reference);
    around(group / reference, variance)
}

fn common_odds(strata: &[Stratum]) -> f64 {
    let for_group: f64 = strata.iter().map(|s| s.a * s.d / s.n).sum();
    let against: f64 = strata.iter().map(|s| s.b * s.c / s.n).sum();
    for_group / against
}

fn odds_ratio(strata: &[Stratum]) -> Outcome {
    let (mut r, mut s, mut pr, mut cross, mut qs) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for t in strata {
        let (p, q) = ((t.a + t.d) / t.n, (t.b + t.c) / t.n);
        let (u, v) = (t.a * t.d / t.n, t.b * t.c / t.n);
        r += u;
        s += v;
        pr += p * u;
        cross += p * v + q * u;
        qs += q * v;
    }
    around(common_odds(strata), pr / (2.0 * r * r) + cross / (2.0 * r * s) + qs / (2.0 * s * s))
}

/// A ratio with limits symmetric in its logarithm, `variance` being that of the logarithm.
fn around(value: f64, variance: f64) -> Outcome {
    if value == 0.0 {
        return Err(Reason::NotEstimable);
    }
    let reach = (normal_quantile(1.0 - (1.0 - LEVEL) / 2.0) * variance.sqrt()).exp();
    Estimate::new(value, value / reach, value * reach, LEVEL)
}

fn homogeneity(strata: &[Stratum]) -> Outcome<Homogeneity> {
    if strata.len() < 2 {
        return Err(Reason::NotEstimable);
    }
    let odds = common_odds(strata);
    if !odds.is_finite() || odds == 0.0 {
        return Err(Reason::NotEstimable);
    }
    let (mut statistic, mut gap, mut all) = (0.0, 0.0, 0.0);
    for s in strata {
        let expected = expected(s, odds);
        let (group, selected) = (s.a + s.b, s.a + s.c);
        let variance = 1.0
            / (1.0 / expected
                + 1.0 / (group - expected)
                + 1.0 / (selected - expected)
                + 1.0 / (s.n - group - selected + expected));
        statistic += (s.a - expected).powi(2) / variance;
        gap += s.a - expected;
        all += variance;
    }
    let statistic = finite(statistic - gap * gap / all)?.max(0.0);
    let freedom = strata.len() - 1;
    Ok(Homogeneity { statistic, freedom, p: finite(chi_squared_tail(statistic, freedom as f64))? })
}

/// The selected of the group that the margins give at these odds.
fn expected(s: &Stratum, odds: f64) -> f64 {
    let (group, selected) = (s.a + s.b, s.a + s.c);
    let a = 1.0 - odds;
    let b = s.n - group - selected + odds * (group + selected);
    let c = -odds * group * selected;
    if a.abs() < 1e-12 {
        return -c / b;
    }
    // The root between the margins, in the form that does not cancel.
    -2.0 * c / (b + (b * b - 4.0 * a * c).sqrt())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts(selected: u64, total: u64) -> Counts {
        Counts::new(selected, total).unwrap()
    }

    fn openings() -> Vec<(Counts, Counts)> {
        vec![
            (counts(4, 20), counts(15, 40)),
            (counts(6, 12), counts(9, 15)),
            (counts(2, 25), counts(8, 50)),
            (counts(0, 4), counts(3, 9)),
            (counts(3, 3), counts(5, 5)),
        ]
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-6, "{a} is not {b}");
    }

    /// Expected values: statsmodels 0.15, `StratifiedTable` on the first four openings.
    #[test]
    fn pooling_equals_an_independent_implementation() {
        let pooled = pool(&openings());

        assert_eq!(pooled.openings, 4);
        close(pooled.odds_ratio.unwrap().value, 0.43940056880332534);
        close(pooled.odds_ratio.unwrap().lower, 0.19372420815910213);
        close(pooled.odds_ratio.unwrap().upper, 0.996637754772076);
        close(pooled.impact_ratio.unwrap().value, 0.5824847250509165);
        close(pooled.p.unwrap(), 0.04897383606334449);
        let homogeneity = pooled.homogeneity.unwrap();
        close(homogeneity.statistic, 1.1245678686524445);
        close(homogeneity.p, 0.771146855993231);
    }

    #[test]
    fn openings_that_treat_both_groups_alike_give_one_even_where_the_sum_would_not() {
        // given: the group applies where few are selected
        let pooled = pool(&[(counts(9, 90), counts(1, 10)), (counts(5, 10), counts(45, 90))]);

        close(pooled.impact_ratio.unwrap().value, 1.0);
        close(pooled.odds_ratio.unwrap().value, 1.0);
        close(pooled.z.unwrap(), 0.0);
    }

    #[test]
    fn openings_without_a_choice_say_nothing() {
        let pooled = pool(&[(counts(3, 3), counts(5, 5)), (counts(0, 0), counts(2, 5))]);

        assert_eq!(pooled.openings, 0);
        assert_eq!(pooled.z, Err(Reason::NoVariation));
    }

    proptest! {
        #[test]
        fn no_number_leaves_that_is_not_finite(
            tables in proptest::collection::vec((0u64..9, 0u64..9, 0u64..9, 0u64..9), 0..5)
        ) {
            let openings: Vec<_> =
                tables.iter().map(|&(a, b, c, d)| (counts(a, a + b), counts(c, c + d))).collect();

            let pooled = pool(&openings);

            if let Ok(p) = pooled.p {
                prop_assert!((0.0..=1.0).contains(&p));
            }
            if let Ok(h) = pooled.homogeneity {
                prop_assert!(h.statistic.is_finite() && (0.0..=1.0).contains(&h.p));
            }
        }
    }
}
