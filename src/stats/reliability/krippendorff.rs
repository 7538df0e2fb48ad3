//! Krippendorff's alpha: how far coders agree on the steps of a scale, with missing data
//! (Krippendorff 2011, "Computing Krippendorff's alpha-reliability").

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

use crate::stats::distributions::sorted_quantile;
use crate::stats::estimate::{Estimate, LEVEL, Outcome, Reason, finite};
use crate::stats::minimum::CANDIDATES;

/// Resamples behind an interval.
pub const RESAMPLES: usize = 1000;

/// What the distance of two values means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Two values are the same or not.
    Nominal,
    /// The distance is how many values lie between them.
    Ordinal,
    /// The distance is their difference.
    Interval,
    /// The distance is their difference relative to their sum; no value may be negative.
    Ratio,
}

/// Alpha of units × coders with its 95 % interval from a bootstrap over candidates.
///
/// `candidate_of_unit` names the candidate of each row: all rows of a drawn candidate come along, so
/// that several dimensions of one person do not count as several people. Needs five candidates with
/// two values in some unit. The same seed gives the same interval.
pub fn alpha_with_interval(
    units: &[Vec<Option<f64>>],
    candidate_of_unit: &[usize],
    level: Level,
    seed: u64,
) -> Outcome {
    let table = Coincidences::new(units, candidate_of_unit, level)?;
    let n = table.candidates.len();
    if n < CANDIDATES {
        return Err(Reason::FewCandidates { have: n, need: CANDIDATES });
    }
    let value = table.alpha(&vec![1.0; n])?;

    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut resampled = Vec::with_capacity(RESAMPLES);
    let mut times = vec![0.0; n];
    for _ in 0..RESAMPLES {
        times.fill(0.0);
        for _ in 0..n {
            times[rng.random_range(0..n)] += 1.0;
        }
        // A draw without variation has no alpha.
        resampled.extend(table.alpha(&times));
    }
    if resampled.len() < RESAMPLES * 9 / 10 {
        return Err(Reason::NoVariation);
    }
    resampled.sort_by(f64::total_cmp);
    let tail = (1.0 - LEVEL) / 2.0;
    Estimate::new(value, sorted_quantile(&resampled, tail), sorted_quantile(&resampled, 1.0 - tail), LEVEL)
}

/// Alpha of units (rows) × coders (columns), at most 1; 0 is agreement by chance.
pub fn alpha(units: &[Vec<Option<f64>>], level: Level) -> Outcome<f64> {
    let candidates: Vec<usize> = (0..units.len()).collect();
    let table = Coincidences::new(units, &candidates, level)?;
    table.alpha(&vec![1.0; table.candidates.len()])
}

/// The pairs of values within units, kept by candidate so that a resample is a reweighting.
struct Coincidences {
    level: Level,
    /// Distinct values, ascending.
    values: Vec<f64>,
    candidates: Vec<Candidate>,
}

#[derive(Default)]
struct Candidate {
    /// How often each value occurs in units with at least two values.
    counts: Vec<f64>,
    /// Two different values of one unit, by index, and the weight of the pair, both orders.
    pairs: Vec<(usize, usize, f64)>,
}

impl Coincidences {
    fn new(units: &[Vec<Option<f64>>], candidate_of: &[usize], level: Level) -> Outcome<Self> {
        let pairable: Vec<(usize, Vec<f64>)> = units
            .iter()
            .zip(candidate_of)
            .map(|(unit, &candidate)| (candidate, unit.iter().flatten().copied().collect()))
            .filter(|(_, unit): &(usize, Vec<f64>)| unit.len() >= 2)
            .collect();
        let mut values: Vec<f64> = pairable.iter().flat_map(|(_, u)| u).copied().collect();
        if values.is_empty() {
            return Err(few_or_none(units));
        }
        if values.iter().any(|x| !x.is_finite()) {
            return Err(Reason::NotEstimable);
        }
        values.sort_by(f64::total_cmp);
        values.dedup();
        if level == Level::Ratio && values[0] < 0.0 {
            return Err(Reason::ScaleUnsuited);
        }

        let mut names: Vec<usize> = pairable.iter().map(|(candidate, _)| *candidate).collect();
        names.sort_unstable();
        names.dedup();
        let mut candidates: Vec<Candidate> =
            names.iter().map(|_| Candidate { counts: vec![0.0; values.len()], pairs: Vec::new() }).collect();
        for (name, unit) in &pairable {
            let candidate = &mut candidates[names.partition_point(|n| n < name)];
            let steps: Vec<usize> = unit.iter().map(|x| values.partition_point(|v| v < x)).collect();
            let weight = 2.0 / (unit.len() - 1) as f64;
            for (i, &a) in steps.iter().enumerate() {
                candidate.counts[a] += 1.0;
                for &b in steps[..i].iter().filter(|&&b| b != a) {
                    candidate.pairs.push((a, b, weight));
                }
            }
        }

        Ok(Coincidences { level, values, candidates })
    }

    /// α = 1 − (n − 1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck with candidate i counted `times[i]` times.
    fn alpha(&self, times: &[f64]) -> Outcome<f64> {
        let mut counts = vec![0.0; self.values.len()];
        for (candidate, &times) in self.candidates.iter().zip(times).filter(|(_, t)| **t > 0.0) {
            for (total, count) in counts.iter_mut().zip(&candidate.counts) {
                *total += times * count;
            }
        }
        let n: f64 = counts.iter().sum();
        let positions = self.positions(&counts);
        let distance = |a: usize, b: usize| match self.level {
            Level::Nominal => 1.0,
            Level::Ordinal | Level::Interval => (positions[a] - positions[b]).powi(2),
            Level::Ratio => ((positions[a] - positions[b]) / (positions[a] + positions[b])).powi(2),
        };

        let observed: f64 = self
            .candidates
            .iter()
            .zip(times)
            .filter(|(_, times)| **times > 0.0)
            .map(|(candidate, &times)| {
                let sum: f64 = candidate.pairs.iter().map(|&(a, b, weight)| weight * distance(a, b)).sum();
                times * sum
            })
            .sum();
        let mut expected = 0.0;
        for a in 0..counts.len() {
            for b in 0..a {
                expected += 2.0 * counts[a] * counts[b] * distance(a, b);
            }
        }
        if expected == 0.0 {
            return Err(Reason::NoVariation);
        }
        finite(1.0 - (n - 1.0) * observed / expected)
    }

    /// Where each value stands on its scale. Ordinal distances, Σ n_g − (n_c + n_k)/2, are
    /// differences of mid-ranks.
    fn positions(&self, counts: &[f64]) -> Vec<f64> {
        match self.level {
            Level::Nominal | Level::Interval | Level::Ratio => self.values.clone(),
            Level::Ordinal => {
                let mut below = 0.0;
                counts
                    .iter()
                    .map(|count| {
                        let middle = below + count / 2.0;
                        below += count;
                        middle
                    })
                    .collect()
            }
        }
    }
}

fn few_or_none(units: &[Vec<Option<f64>>]) -> Reason {
    if units.iter().flatten().any(Option::is_some) { Reason::FewRaters { have: 1, need: 2 } } else { Reason::NoData }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LEVELS: [Level; 4] = [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio];

    /// Krippendorff (2011), example C: four observers, twelve units, with missing data.
    fn canonical() -> Vec<Vec<Option<f64>>> {
        let observers = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        (0..12).map(|unit| observers.iter().map(|o| (o[unit] != 0).then(|| f64::from(o[unit]))).collect()).collect()
    }

    #[test]
    fn the_canonical_example_gives_its_printed_values_at_all_four_levels() {
        let printed = LEVELS.map(|level| format!("{:.3}", alpha(&canonical(), level).unwrap()));

        assert_eq!(printed, ["0.743", "0.815", "0.849", "0.797"]);
    }

    #[test]
    fn the_same_seed_gives_the_same_interval_and_it_holds_the_value() {
        let each: Vec<usize> = (0..12).collect();

        let first = alpha_with_interval(&canonical(), &each, Level::Ordinal, 7).unwrap();
        let again = alpha_with_interval(&canonical(), &each, Level::Ordinal, 7).unwrap();

        assert_eq!(first, again);
        assert!(first.lower < first.value && first.value <= first.upper);
        assert!(first.upper <= 1.0);
    }

    #[test]
    fn rows_of_one_person_are_drawn_together() {
        // given: the same twelve rows, as twelve people and as six
        let people: Vec<usize> = (0..12).collect();
        let pairs: Vec<usize> = (0..12).map(|row| row / 2).collect();

        let wide = alpha_with_interval(&canonical(), &pairs, Level::Interval, 1).unwrap();
        let narrow = alpha_with_interval(&canonical(), &people, Level::Interval, 1).unwrap();

        assert_eq!(wide.value, narrow.value);
        assert_ne!(wide.lower, narrow.lower);
    }

    #[test]
    fn a_unit_with_one_value_drops_out() {
        let mut longer = canonical();
        longer.push(vec![Some(5.0), None, None, None]);

        for level in LEVELS {
            assert_eq!(alpha(&longer, level), alpha(&canonical(), level));
        }
    }

    #[test]
    fn too_little_data_is_a_reason() {
        let alone = vec![vec![Some(1.0), None], vec![None, Some(2.0)]];
        let flat = vec![vec![Some(3.0), Some(3.0)]; 6];
        let few = vec![vec![Some(1.0), Some(2.0)]; 4];
        let negative = vec![vec![Some(-1.0), Some(2.0)]; 6];

        assert_eq!(alpha(&[], Level::Nominal), Err(Reason::NoData));
        assert_eq!(alpha(&alone, Level::Nominal), Err(Reason::FewRaters { have: 1, need: 2 }));
        assert_eq!(alpha(&flat, Level::Interval), Err(Reason::NoVariation));
        assert_eq!(alpha(&negative, Level::Ratio), Err(Reason::ScaleUnsuited));
        assert_eq!(
            alpha_with_interval(&few, &[0, 1, 2, 3], Level::Interval, 1),
            Err(Reason::FewCandidates { have: 4, need: 5 })
        );
    }

    fn any_units() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
        (2usize..5).prop_flat_map(|coders| {
            let value = proptest::option::weighted(0.8, (1i32..=5).prop_map(f64::from));
            proptest::collection::vec(proptest::collection::vec(value, coders), 1..12)
        })
    }

    proptest! {
        #[test]
        fn alpha_is_at_most_one_and_the_order_of_units_and_coders_is_nothing(units in any_units()) {
            let turned: Vec<Vec<Option<f64>>> = units
                .iter()
                .rev()
                .map(|unit| unit.iter().rev().copied().collect())
                .collect();

            for level in LEVELS {
                match (alpha(&units, level), alpha(&turned, level)) {
                    (Ok(a), Ok(b)) => {
                        prop_assert!(a <= 1.0);
                        prop_assert!((a - b).abs() < 1e-9);
                    }
                    (a, b) => prop_assert_eq!(a, b),
                }
            }
        }

        #[test]
        fn a_constant_changes_no_level_but_ratio(units in any_units()) {
            let moved: Vec<Vec<Option<f64>>> = units
                .iter()
                .map(|unit| unit.iter().map(|x| x.map(|x| x + 7.0)).collect())
                .collect();

            for level in [Level::Nominal, Level::Ordinal, Level::Interval] {
                if let (Ok(a), Ok(b)) = (alpha(&units, level), alpha(&moved, level)) {
                    prop_assert!((a - b).abs() < 1e-9);
                }
            }
        }
    }
}
