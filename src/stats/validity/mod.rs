//! Whether scores go with what happened after hiring.

pub mod classification;
pub mod correlation;
pub mod fair_prediction;
pub mod learned_weights;
pub mod local;
pub mod tenure;

use correlation::{corrected, pearson, spearman};
use local::{Posterior, posterior};

use super::estimate::{Outcome, Reason};
use super::minimum;

/// One applicant: the score, and the outcome of those who were hired and have one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Applicant {
    pub predictor: f64,
    pub outcome: Option<f64>,
    pub hired: bool,
}

/// The validity of one score for one outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Validity {
    /// Hired people with an outcome.
    pub outcomes: usize,
    pub r: Outcome,
    pub spearman: Outcome<f64>,
    /// r as it would be among all applicants (Thorndike's case II); right only if hiring went by
    /// this score.
    pub corrected: Outcome,
    /// Combined with what is known of structured interviews.
    pub posterior: Outcome<Posterior>,
}

/// Everything that so many outcomes can carry.
pub fn validity(applicants: &[Applicant]) -> Validity {
    let hired: Vec<(f64, f64)> =
        applicants.iter().filter(|a| a.hired).filter_map(|a| Some((a.predictor, a.outcome?))).collect();
    let n = hired.len();
    let (for_any, for_its_own) = (minimum::outcome_posterior(n), minimum::validity(n));
    let (x, y): (Vec<f64>, Vec<f64>) = hired.into_iter().unzip();
    let all: Vec<f64> = applicants.iter().map(|a| a.predictor).collect();

    let restriction = for_any.and_then(|()| ratio_of_deviations(&all, &x));
    let r = for_any.and_then(|()| pearson(&x, &y));
    Validity {
        outcomes: n,
        r: for_its_own.and(r),
        spearman: for_its_own.and_then(|()| spearman(&x, &y)),
        corrected: for_its_own.and(r).and_then(|r| corrected(&r, restriction?)),
        posterior: r.and_then(|r| posterior(r.value, n, restriction?)),
    }
}

/// Takes the mean of each opening off, so that openings with other levels can be pooled.
pub fn centred(values: &[f64], opening: &[usize]) -> Vec<f64> {
    let levels = opening.iter().max().map_or(0, |max| max + 1);
    let mut sums = vec![(0.0, 0.0); levels];
    for (x, &o) in values.iter().zip(opening) {
        sums[o].0 += x;
        sums[o].1 += 1.0;
    }
    values.iter().zip(opening).map(|(x, &o)| x - sums[o].0 / sums[o].1).collect()
}

/// u, the deviation of all applicants' scores over that of the hired ones'.
fn ratio_of_deviations(all: &[f64], hired: &[f64]) -> Outcome<f64> {
    let deviation = |x: &[f64]| {
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (x.len() as f64 - 1.0)).sqrt()
    };
    let (wide, narrow) = (deviation(all), deviation(hired));
    if narrow.is_nan() || narrow <= 0.0 {
        return Err(Reason::NoVariation);
    }
    super::estimate::finite(wide / narrow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::Random;

    fn applicants(hired: usize) -> Vec<Applicant> {
        let mut random = Random::new(5, 0);
        (0..hired + 20)
            .map(|i| {
                let predictor = random.normal();
                let outcome = (i < hired).then(|| 0.5 * predictor + random.normal());
                Applicant { predictor, outcome, hired: outcome.is_some() }
            })
            .collect()
    }

    #[test]
    fn the_fewer_outcomes_there_are_the_less_is_said() {
        let few = validity(&applicants(9));
        let some = validity(&applicants(15));
        let many = validity(&applicants(60));

        assert_eq!(few.r, Err(Reason::FewOutcomes { have: 9, need: 30 }));
        assert_eq!(few.posterior, Err(Reason::FewOutcomes { have: 9, need: 10 }));
        assert_eq!(some.corrected, Err(Reason::FewOutcomes { have: 15, need: 30 }));
        assert!(some.posterior.is_ok());
        assert!(many.r.is_ok() && many.spearman.is_ok() && many.corrected.is_ok());
        assert!(many.posterior.unwrap().prior_share < some.posterior.unwrap().prior_share);
    }

    #[test]
    fn openings_are_pooled_about_their_own_means() {
        assert_eq!(centred(&[1.0, 3.0, 10.0, 14.0], &[0, 0, 1, 1]), [-1.0, 1.0, -2.0, 2.0]);
    }

    #[test]
    fn a_score_that_is_the_same_for_all_hired_is_a_reason() {
        let same: Vec<Applicant> =
            (0..40).map(|i| Applicant { predictor: 3.0, outcome: Some(f64::from(i % 5)), hired: true }).collect();

        assert_eq!(validity(&same).r, Err(Reason::NoVariation));
        assert_eq!(validity(&same).posterior.unwrap_err(), Reason::NoVariation);
    }
}
