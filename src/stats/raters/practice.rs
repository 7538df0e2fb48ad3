//! How near a rater comes to master ratings in practice: the distance, and what it is made of (Cronbach 1955).

use crate::stats::estimate::{Outcome, Reason, finite};

/// Answers and dimensions that the parts of the distance need.
const NEEDED: usize = 2;

/// Distances in points; 0 is as the masters rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Practice {
    /// Ratings that stand beside a master rating.
    pub ratings: usize,
    /// Mean absolute error.
    pub error: Outcome<f64>,
    /// How much higher than the masters over all; negative is stricter.
    pub elevation: Outcome<f64>,
    /// Whether the right people are rated higher over all dimensions.
    pub differential_elevation: Outcome<f64>,
    /// Whether the right dimensions are rated higher over all people.
    pub stereotype_accuracy: Outcome<f64>,
    /// Whether each person's strengths and weaknesses are seen: the part that training moves most.
    pub differential_accuracy: Outcome<f64>,
}

/// Answers (rows) × dimensions. Only the mean absolute error and the elevation can do with gaps.
pub fn practice(given: &[Vec<Option<f64>>], masters: &[Vec<Option<f64>>]) -> Practice {
    let pairs = |row: (&Vec<Option<f64>>, &Vec<Option<f64>>)| -> Vec<Option<f64>> {
        row.0.iter().zip(row.1).map(|(x, t)| Some((*x)? - (*t)?)).collect()
    };
    let gaps: Vec<Vec<Option<f64>>> = given.iter().zip(masters).map(pairs).collect();
    let all: Vec<f64> = gaps.iter().flatten().flatten().copied().collect();
    let mean = |of: &dyn Fn(f64) -> f64| {
        if all.is_empty() {
            return Err(Reason::NoData);
        }
        finite(all.iter().map(|&x| of(x)).sum::<f64>() / all.len() as f64)
    };
    let parts = parts(&gaps);
    Practice {
        ratings: all.len(),
        error: mean(&f64::abs),
        elevation: mean(&|x| x),
        differential_elevation: parts.map(|p| p[0]),
        stereotype_accuracy: parts.map(|p| p[1]),
        differential_accuracy: parts.map(|p| p[2]),
    }
}

/// Root mean squares of the row, column and rest effects of a complete table of gaps.
fn parts(gaps: &[Vec<Option<f64>>]) -> Outcome<[f64; 3]> {
    let rows: Vec<Vec<f64>> =
        gaps.iter().map(|row| row.iter().copied().collect()).collect::<Option<_>>().ok_or(Reason::NotCrossed)?;
    let (n, k) = (rows.len(), rows.first().map_or(0, Vec::len));
    if n < NEEDED {
        return Err(Reason::FewCandidates { have: n, need: NEEDED });
    }
    if k < NEEDED || rows.iter().any(|row| row.len() != k) {
        return Err(Reason::FewDimensions { have: k, need: NEEDED });
    }
    let of_row: Vec<f64> = rows.iter().map(|row| row.iter().sum::<f64>() / k as f64).collect();
    let of_column: Vec<f64> = (0..k).map(|j| rows.iter().map(|row| row[j]).sum::<f64>() / n as f64).collect();
    let grand = of_row.iter().sum::<f64>() / n as f64;
    let root = |values: &[f64]| (values.iter().map(|x| x * x).sum::<f64>() / values.len() as f64).sqrt();
    let rest: Vec<f64> = rows
        .iter()
        .zip(&of_row)
        .flat_map(|(row, own)| row.iter().zip(&of_column).map(move |(x, column)| x - own - column + grand))
        .collect();
    let about = |means: &[f64]| root(&means.iter().map(|mean| mean - grand).collect::<Vec<_>>());
    Ok([finite(about(&of_row))?, finite(about(&of_column))?, finite(root(&rest))?])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(rows: &[[i32; 3]]) -> Vec<Vec<Option<f64>>> {
        rows.iter().map(|row| row.iter().map(|&x| (x > 0).then(|| f64::from(x))).collect()).collect()
    }

    const MASTERS: [[i32; 3]; 4] = [[4, 3, 2], [2, 2, 3], [5, 4, 4], [1, 2, 3]];

    #[test]
    fn who_rates_as_the_masters_do_has_no_distance_and_who_is_stricter_has_only_elevation() {
        let same = practice(&table(&MASTERS), &table(&MASTERS));
        let stricter = practice(&table(&MASTERS), &table(&MASTERS.map(|row| row.map(|x| x + 1))));

        assert_eq!((same.error, same.elevation, same.differential_accuracy), (Ok(0.0), Ok(0.0), Ok(0.0)));
        assert_eq!((stricter.error, stricter.elevation, stricter.differential_accuracy), (Ok(1.0), Ok(-1.0), Ok(0.0)));
    }

    #[test]
    fn a_profile_that_is_turned_round_shows_in_differential_accuracy_alone() {
        // given: two answers whose strengths are swapped
        let found = practice(&table(&[[4, 3, 2], [2, 3, 4]]), &table(&[[2, 3, 4], [4, 3, 2]]));

        assert_eq!((found.differential_elevation, found.stereotype_accuracy), (Ok(0.0), Ok(0.0)));
        assert!((found.differential_accuracy.unwrap() - (8.0_f64 / 3.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn a_gap_leaves_the_error_and_takes_the_parts() {
        let found = practice(&table(&[[4, 0, 2], [2, 2, 3]]), &table(&[[5, 3, 2], [2, 2, 3]]));

        assert_eq!((found.ratings, found.error), (5, Ok(0.2)));
        assert_eq!(found.differential_accuracy, Err(Reason::NotCrossed));
        assert_eq!(practice(&[], &[]).error, Err(Reason::NoData));
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_mean_square(cells in prop::collection::vec(-4_i32..=4, 12)) {
            let gaps: Vec<Vec<Option<f64>>> =
                cells.chunks(3).map(|row| row.iter().map(|&x| Some(f64::from(x))).collect()).collect();
            let zero = vec![vec![Some(0.0); 3]; 4];

            let found = practice(&gaps, &zero);

            let parts = [
                found.elevation.unwrap(),
                found.differential_elevation.unwrap(),
                found.stereotype_accuracy.unwrap(),
                found.differential_accuracy.unwrap(),
            ];
            let total = cells.iter().map(|x| f64::from(x * x)).sum::<f64>() / 12.0;
            prop_assert!((parts.iter().map(|x| x * x).sum::<f64>() - total).abs() < 1e-9);
        }
    }
}
