//! Variance components by restricted maximum likelihood (Patterson & Thompson 1971), for any design
//! with one partition of the observations into independent clusters but for a few crossed factors.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::likelihood::{Layout, State};
use crate::stats::estimate::{Outcome, Reason};

/// A linear mixed model: a mean per level of `fixed`, a random effect per level of each factor, and
/// a residual. Every slice has an entry per observation; levels are numbered from 0.
#[derive(Debug, Clone)]
pub struct Model<'a> {
    pub values: &'a [f64],
    /// Candidates, as a rule. Factors in `inner` are nested in it, those in `outer` need not be.
    pub cluster: &'a [usize],
    pub fixed: &'a [usize],
    pub inner: Vec<Vec<usize>>,
    pub outer: Vec<Vec<usize>>,
}

/// The estimates, in squared units of the values, none below zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    pub inner: Vec<f64>,
    pub outer: Vec<f64>,
    pub residual: f64,
    /// Restricted log-likelihood at the estimates, with the constant (n − p)/2·ln 2π as in `lme4`.
    pub log_likelihood: f64,
}

/// Maximises the restricted likelihood over components ≥ 0 by projected Newton steps with the
/// average information matrix (Gilmour, Thompson & Cullis 1995).
///
/// [`Reason::NoVariation`] if all values of each fixed level are the same; [`Reason::NotEstimable`] if
/// the effects explain every value exactly, so that the likelihood has no maximum;
/// [`Reason::NotConverged`] if the maximum is not reached.
pub fn fit(model: &Model) -> Outcome<Fit> {
    let layout = Layout::new(model)?;
    let mut point = vec![layout.variance / layout.components() as f64; layout.components()];
    let found = climb(&layout, &mut point);
    if point[point.len() - 1] <= 1e-6 * layout.variance {
        return Err(Reason::NotEstimable);
    }
    found
}

/// Moves `point` uphill; it stays where the last step led, also without success.
fn climb(layout: &Layout, point: &mut Vec<f64>) -> Outcome<Fit> {
    const STEPS: usize = 200;
    let mut state = layout.evaluate(point).ok_or(Reason::NotConverged)?;
    let mut damping = 0.0;

    for _ in 0..STEPS {
        let free: Vec<usize> =
            (0..point.len()).filter(|&j| !(point[j] <= layout.floor(j) && state.gradient[j] >= 0.0)).collect();
        let Some(step) = newton_step(&state, &free, damping) else {
            // Effects that show alike in these data make the information singular; a ridge parts them.
            damping = (damping * 10.0).max(1e-3);
            if damping > 1e9 {
                break;
            }
            continue;
        };
        let decrement: f64 = -free.iter().zip(step.iter()).map(|(&j, d)| d * state.gradient[j]).sum::<f64>();
        if free.is_empty() || (damping == 0.0 && decrement.abs() < 1e-12) {
            return Ok(layout.fit(point, &state));
        }
        match search(layout, point, &state, &free, &step) {
            Some((next, better)) => {
                damping = if damping < 1e-3 { 0.0 } else { damping / 10.0 };
                (*point, state) = (next, better);
            }
            None if decrement.abs() < 1e-9 => return Ok(layout.fit(point, &state)),
            None if damping > 1e9 => break,
            None => damping = (damping * 10.0).max(1e-3),
        }
    }
    Err(Reason::NotConverged)
}

/// Minus the gradient times the inverse of the average information, both of −2 log-likelihood.
fn newton_step(state: &State, free: &[usize], damping: f64) -> Option<DVector<f64>> {
    let least = 1e-9 * free.iter().map(|&j| state.information[(j, j)]).fold(0.0, f64::max);
    let information = DMatrix::from_fn(free.len(), free.len(), |i, j| {
        let ridge = if i == j { damping * (state.information[(free[i], free[j])] + least) } else { 0.0 };
        state.information[(free[i], free[j])] + ridge
    });
    let gradient = DVector::from_iterator(free.len(), free.iter().map(|&j| -state.gradient[j]));
    Cholesky::new(information).map(|c| c.solve(&gradient))
}

/// The first point on the halved step, pulled back to the admissible region, that is better.
fn search(
    layout: &Layout,
    point: &[f64],
    state: &State,
    free: &[usize],
    step: &DVector<f64>,
) -> Option<(Vec<f64>, State)> {
    let mut length = 1.0;
    for _ in 0..12 {
        let mut next = point.to_vec();
        for (&j, d) in free.iter().zip(step.iter()) {
            next[j] = (point[j] + length * d).max(layout.floor(j));
        }
        if let Some(better) = layout.evaluate(&next)
            && better.deviance < state.deviance
        {
            return Some((next, better));
        }
        length /= 2.0;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const BRENNAN: &str = include_str!("../../../tests/data/stats/brennan-2001-table-3-2.csv");

    fn column(data: &str, index: usize) -> Vec<usize> {
        data.lines().skip(1).map(|line| line.split(',').nth(index).unwrap().parse().unwrap()).collect()
    }

    fn number(names: Vec<(usize, usize)>) -> Vec<usize> {
        let mut known = names.clone();
        known.sort_unstable();
        known.dedup();
        names.iter().map(|name| known.binary_search(name).unwrap()).collect()
    }

    /// Brennan (2001), table 3.2 and page 116: ten persons, three tasks, four raters in each task.
    #[test]
    fn persons_crossed_with_raters_in_tasks_give_the_components_that_brennan_prints() {
        let (person, task, rater) = (column(BRENNAN, 0), column(BRENNAN, 1), column(BRENNAN, 2));
        let scores: Vec<f64> = column(BRENNAN, 3).iter().map(|&x| x as f64).collect();
        let none = vec![0; scores.len()];
        let person = number(person.iter().map(|&p| (p, 0)).collect());
        let of_task = |other: &[usize]| number(task.iter().copied().zip(other.iter().copied()).collect());

        let fit = fit(&Model {
            values: &scores,
            cluster: &person,
            fixed: &none,
            inner: vec![person.clone(), of_task(&person)],
            outer: vec![of_task(&none), of_task(&rater)],
        })
        .unwrap();

        let printed = |x: f64| format!("{x:.4}");
        assert_eq!(printed(fit.inner[0]), "0.4731", "person");
        assert_eq!(printed(fit.outer[0]), "0.3252", "task");
        assert_eq!(printed(fit.outer[1]), "0.6475", "rater in task");
        assert_eq!(printed(fit.inner[1]), "0.5596", "person by task");
        assert_eq!(printed(fit.residual), "2.3802", "person by rater in task");
    }

    #[test]
    fn a_component_that_would_be_negative_is_zero() {
        // given: every cluster has the same sum, so that clusters differ less than chance makes them
        let values = [1.0, 5.0, 5.0, 1.0, 2.0, 4.0, 4.0, 2.0, 3.0, 3.0];
        let cluster = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4];

        let fit = fit(&Model {
            values: &values,
            cluster: &cluster,
            fixed: &[0; 10],
            inner: vec![cluster.to_vec()],
            outer: vec![],
        })
        .unwrap();

        assert_eq!(fit.inner, [0.0]);
        assert!((fit.residual - 20.0 / 9.0).abs() < 1e-6);
    }

    #[test]
    fn values_without_variation_are_a_reason() {
        let model = Model {
            values: &[3.0; 6],
            cluster: &[0, 0, 1, 1, 2, 2],
            fixed: &[0; 6],
            inner: vec![vec![0, 0, 1, 1, 2, 2]],
            outer: vec![],
        };

        assert_eq!(fit(&model), Err(Reason::NoVariation));
        assert_eq!(fit(&Model { values: &[], ..model }), Err(Reason::NoData));
    }
}
