//! Whether raters differ in how they treat two groups. Shown for all raters together only, never for one.

use nalgebra::{Cholesky, DMatrix, DVector};

use crate::stats::distributions::f_tail;
use crate::stats::estimate::{Outcome, Reason, finite};
use crate::stats::ratings::Ratings;
use crate::stats::weights::Weights;

/// Candidates of each group that a rater needs.
pub const MIN_CELL: usize = 20;

/// Raters that a spread needs.
const MIN_RATERS: usize = 2;

/// How far raters lie apart in the difference that they make between two groups of the same candidates. What all raters
/// share cannot be seen here: it looks like a difference of the candidates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RaterDifferences {
    /// Raters with enough candidates of both groups.
    pub raters: usize,
    /// Standard deviation between raters of the difference, in points, by the moments of the mean squares; 0 where it is no
    /// larger than chance makes it.
    pub spread: f64,
    /// F test: probability of differences as large if all raters made the same one.
    pub p: f64,
}

/// One form of a candidate of either group.
struct Form {
    candidate: usize,
    rater: usize,
    member: f64,
    mean: f64,
}

/// `group` says of each candidate whether they belong to the group (`Some(true)`) or the reference.
///
/// Form mean = candidate + rater + rater × group, candidates as fixed: each is their own control.
pub fn rater_differences(ratings: &Ratings, weights: &Weights, group: &[Option<bool>]) -> Outcome<RaterDifferences> {
    let (forms, raters) = forms(ratings, weights, group);
    if raters < MIN_RATERS {
        return Err(Reason::FewRaters { have: raters, need: MIN_RATERS });
    }
    let column = |value: &dyn Fn(&Form) -> f64| within_candidates(&forms, value);
    let of_rater = |rater: usize, form: &Form| f64::from(u8::from(form.rater == rater));
    let means = column(&|form| form.mean);
    let severities: Vec<_> = (1..raters).map(|r| column(&|form| of_rater(r, form))).collect();
    let slopes: Vec<_> = (0..raters).map(|r| column(&|form| of_rater(r, form) * form.member)).collect();

    let severities = DMatrix::from_columns(&severities);
    let left = residuals(&severities, &means)?;
    let slopes: Vec<_> = slopes.iter().map(|slope| residuals(&severities, slope)).collect::<Outcome<_>>()?;
    let all = DMatrix::from_columns(&slopes[1..]);
    let rest = residuals(&all, &left)?;

    let candidates = forms.iter().map(|form| form.candidate).collect::<std::collections::BTreeSet<_>>().len();
    let (between, used) = ((raters - 1) as f64, candidates + 2 * (raters - 1));
    if forms.len() <= used {
        return Err(Reason::NotEstimable);
    }
    let freedom = (forms.len() - used) as f64;
    let error = rest.norm_squared() / freedom;
    if error <= 1e-12 * means.norm_squared() {
        return Err(Reason::NoVariation);
    }
    let square = (left.norm_squared() - rest.norm_squared()) / between;
    let size = slopes.iter().map(|slope| slope.norm_squared()).sum::<f64>() / between;
    Ok(RaterDifferences {
        raters,
        spread: finite(((square - error).max(0.0) / size).sqrt())?,
        p: finite(f_tail(square / error, between, freedom))?,
    })
}

/// The forms of raters who know enough of both groups, those numbered anew, and how many they are.
fn forms(ratings: &Ratings, weights: &Weights, group: &[Option<bool>]) -> (Vec<Form>, usize) {
    let of = |rater: usize| -> Vec<(usize, bool, f64)> {
        let known = group.iter().enumerate().take(ratings.candidates());
        known.filter_map(|(c, member)| Some((c, (*member)?, ratings.form_mean(c, rater, weights)?))).collect()
    };
    let mut forms = Vec::new();
    let mut raters = 0;
    for given in (0..ratings.raters()).map(of) {
        let members = given.iter().filter(|(_, member, _)| *member).count();
        if members.min(given.len() - members) >= MIN_CELL {
            forms.extend(given.into_iter().map(|(candidate, member, mean)| Form {
                candidate,
                rater: raters,
                member: f64::from(u8::from(member)),
                mean,
            }));
            raters += 1;
        }
    }
    (forms, raters)
}

/// A value of each form less its mean over the forms of the same candidate.
fn within_candidates(forms: &[Form], value: &dyn Fn(&Form) -> f64) -> DVector<f64> {
    let mut sums = vec![(0.0, 0.0); forms.iter().map(|form| form.candidate + 1).max().unwrap_or(0)];
    for form in forms {
        sums[form.candidate].0 += value(form);
        sums[form.candidate].1 += 1.0;
    }
    DVector::from_iterator(
        forms.len(),
        forms.iter().map(|form| value(form) - sums[form.candidate].0 / sums[form.candidate].1),
    )
}

/// What is left of `y` after least squares on the columns of `x`.
fn residuals(x: &DMatrix<f64>, y: &DVector<f64>) -> Outcome<DVector<f64>> {
    let factor = Cholesky::new(x.transpose() * x).ok_or(Reason::NotEstimable)?;
    Ok(y - x * factor.solve(&(x.transpose() * y)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::Random;
    use crate::stats::ratings::{Rating, Scale};

    /// Eighty candidates, half of each group, three raters; the last gives the group `less` points less.
    fn panel(less: f64) -> (Ratings, Vec<Option<bool>>) {
        let mut random = Random::new(31, 0);
        let mut given = Vec::new();
        for candidate in 0..80 {
            let merit = 3.0 + 0.5 * random.normal();
            for rater in 0..3 {
                let bias = if rater == 2 && candidate % 2 == 0 { less } else { 0.0 };
                let value = (merit - bias + 0.4 * random.normal()).clamp(1.0, 5.0);
                given.push(Rating { candidate, rater, dimension: 0, value });
            }
        }
        let ratings = Ratings::new(80, 3, 1, Scale::five_steps(), given).unwrap();
        (ratings, (0..80).map(|candidate| Some(candidate % 2 == 0)).collect())
    }

    #[test]
    fn one_rater_who_treats_a_group_otherwise_shows_in_the_spread() {
        let of = |less: f64| {
            let (ratings, group) = panel(less);
            rater_differences(&ratings, &Weights::equal(1), &group).unwrap()
        };

        assert!(of(0.8).p < 0.001 && of(0.8).spread > 0.3, "{:?}", of(0.8));
        assert!(of(0.0).p > 0.05 && of(0.0).spread < 0.2, "{:?}", of(0.0));
    }

    #[test]
    fn below_twenty_candidates_of_a_group_a_rater_does_not_count() {
        let (ratings, mut group) = panel(0.8);
        group.iter_mut().skip(38).for_each(|member| *member = None);

        assert_eq!(
            rater_differences(&ratings, &Weights::equal(1), &group),
            Err(Reason::FewRaters { have: 0, need: 2 })
        );
    }
}
