//! What ratings say about the people who gave them: feedback for them, never a ranking.

pub mod middle;
pub mod practice;
pub mod spread;

use super::distributions::sorted_quantile;
use super::estimate::{Estimate, Outcome, Reason, finite};
use super::minimum;
use super::panel::{Fit, closed::Normal};
use super::ratings::Ratings;
use super::variances::Variances;
use super::weights::Weights;
use middle::{Middle, middle};
use spread::{Spread, spreads};

/// Level of the intervals in feedback to a rater.
pub const RATER_LEVEL: f64 = 0.90;

/// A severity that matters, in points of the 1–5 scale, and how sure it must be.
const MATTERS: f64 = 0.25;
const SURE: f64 = 0.90;

/// A rater beside the others who rated the same people.
#[derive(Debug, Clone, PartialEq)]
pub struct Rater {
    pub rater: usize,
    /// Candidates to whom the rater gave at least one rating.
    pub forms: usize,
    /// How much higher than the average of all raters here, for the same people and with the weights
    /// of the score, in points of the scale; negative is stricter.
    pub severity: Outcome<Shift>,
    /// By dimension: how much higher than that shift, beside the same for all raters.
    pub dimensions: Vec<Outcome<Shift>>,
    /// How far the rater spreads people out; 1 is as the others do.
    pub spread: Outcome<Spread>,
    pub middle: Outcome<Middle>,
    /// Spread within forms over what the model expects: near 0, all dimensions get the same rating.
    pub halo_ratio: Outcome<f64>,
    /// Whether that ratio is below one half.
    pub flat: bool,
    /// Root mean square of what only this rater saw in a candidate, in points of the scale.
    pub idiosyncrasy: Outcome<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// Posterior median with its 90 % interval.
    pub estimate: Estimate,
    /// Whether it is larger than a quarter of a point, either way, with probability above 0.9.
    pub flag: bool,
}

/// Every rater of the table, from the fit of the panel model to the same table.
pub fn raters(ratings: &Ratings, weights: &Weights, fit: &Fit) -> Vec<Rater> {
    let variances = mean_variances(fit.draws.variances());
    let point = ratings.scale().range() / 4.0;
    let shifts = Shifts::new(ratings, weights, fit);
    let spreads = spreads(ratings, weights, &variances, &shifts.means());
    (0..ratings.raters())
        .map(|rater| {
            let forms = ratings.candidates_of(rater).count();
            let enough = minimum::rater_flag(forms);
            let halo_ratio = minimum::within_forms(forms).and_then(|()| within_forms(ratings, rater, &variances));
            Rater {
                rater,
                forms,
                severity: enough.and_then(|()| shifts.overall[rater].shift(point)),
                dimensions: (0..ratings.dimensions())
                    .map(|d| enough.and_then(|()| shifts.by_dimension[rater][d].shift(point)))
                    .collect(),
                spread: enough.and(spreads[rater]),
                middle: enough.and_then(|()| middle(ratings, rater)),
                halo_ratio,
                flat: halo_ratio.is_ok_and(|ratio| ratio < 0.5),
                idiosyncrasy: enough.and_then(|()| idiosyncrasy(ratings, rater, &fit.halo)),
            }
        })
        .collect()
}

/// ρ_r + Σ w_d κ_rd and what κ_rd adds to it, each less its mean over the raters: only that much can
/// be told from candidates and dimensions.
struct Shifts {
    overall: Vec<Known>,
    by_dimension: Vec<Vec<Known>>,
}

/// What is known of one shift.
enum Known {
    Draws(Vec<f64>),
    Normal(Normal),
}

impl Shifts {
    fn new(ratings: &Ratings, weights: &Weights, fit: &Fit) -> Self {
        match &fit.exact {
            Some(exact) => Self {
                overall: exact.severity.iter().map(|&normal| Known::Normal(normal)).collect(),
                by_dimension: (0..ratings.raters())
                    .map(|r| exact.rater_dimensions[r].iter().map(|&normal| Known::Normal(normal)).collect())
                    .collect(),
            },
            None => Self::from_draws(ratings, weights, fit),
        }
    }

    fn from_draws(ratings: &Ratings, weights: &Weights, fit: &Fit) -> Self {
        let (raters, dimensions) = (ratings.raters(), ratings.dimensions());
        let mut by_dimension: Vec<Vec<Vec<f64>>> =
            (0..raters).map(|r| (0..dimensions).map(|d| fit.draws.rater_dimension(r, d).collect()).collect()).collect();
        let mut overall: Vec<Vec<f64>> = (0..raters).map(|r| fit.draws.severity(r).collect()).collect();
        for (overall, own) in overall.iter_mut().zip(&mut by_dimension) {
            for (draw, severity) in overall.iter_mut().enumerate() {
                let mean: f64 = own.iter().zip(weights.as_slice()).map(|(d, w)| w * d[draw]).sum();
                own.iter_mut().for_each(|d| d[draw] -= mean);
                *severity += mean;
            }
        }
        centre(overall.iter_mut().collect());
        for d in 0..dimensions {
            centre(by_dimension.iter_mut().map(|own| &mut own[d]).collect());
        }
        Shifts {
            overall: overall.into_iter().map(Known::Draws).collect(),
            by_dimension: by_dimension.into_iter().map(|own| own.into_iter().map(Known::Draws).collect()).collect(),
        }
    }

    fn means(&self) -> Vec<f64> {
        self.overall.iter().map(Known::mean).collect()
    }
}

impl Known {
    fn mean(&self) -> f64 {
        match self {
            Known::Draws(draws) => draws.iter().sum::<f64>() / draws.len().max(1) as f64,
            Known::Normal(normal) => normal.mean,
        }
    }

    fn shift(&self, point: f64) -> Outcome<Shift> {
        let (estimate, beyond) = match self {
            Known::Normal(normal) => {
                let within = normal.above(-MATTERS * point) - normal.above(MATTERS * point);
                (normal.estimate(RATER_LEVEL), 1.0 - within)
            }
            Known::Draws(draws) => {
                let mut sorted = draws.clone();
                sorted.sort_by(f64::total_cmp);
                let tail = (1.0 - RATER_LEVEL) / 2.0;
                let [value, lower, upper] = [0.5, tail, 1.0 - tail].map(|share| sorted_quantile(&sorted, share));
                let beyond = sorted.iter().filter(|x| x.abs() > MATTERS * point).count();
                (Estimate::new(value, lower, upper, RATER_LEVEL)?, beyond as f64 / sorted.len() as f64)
            }
        };
        Ok(Shift { estimate, flag: beyond > SURE })
    }
}

/// Takes the mean over raters off every draw.
fn centre(mut by_rater: Vec<&mut Vec<f64>>) {
    let draws = by_rater.first().map_or(0, |draws| draws.len());
    let raters = by_rater.len() as f64;
    for draw in 0..draws {
        let mean = by_rater.iter().map(|draws| draws[draw]).sum::<f64>() / raters;
        by_rater.iter_mut().for_each(|draws| draws[draw] -= mean);
    }
}

/// Root mean square of deviations from the form's mean, each dimension's own level taken off, over
/// √(σ²_pd + σ²_rd + σ²_e).
fn within_forms(ratings: &Ratings, rater: usize, variances: &Variances) -> Outcome<f64> {
    if ratings.dimensions() < 2 {
        return Err(Reason::FewDimensions { have: ratings.dimensions(), need: 2 });
    }
    let levels = dimension_means(ratings);
    let (mut squares, mut freedom) = (0.0, 0.0);
    for candidate in ratings.candidates_of(rater) {
        let own: Vec<f64> =
            ratings.form(candidate, rater).iter().zip(&levels).filter_map(|(x, level)| x.map(|x| x - level)).collect();
        let mean = own.iter().sum::<f64>() / own.len() as f64;
        squares += own.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
        freedom += own.len() as f64 - 1.0;
    }
    let expected = variances.candidate_dimension + variances.rater_dimension + variances.residual;
    if freedom == 0.0 || expected <= 0.0 {
        return Err(Reason::NotEstimable);
    }
    finite((squares / freedom / expected).sqrt())
}

fn idiosyncrasy(ratings: &Ratings, rater: usize, halo: &[f64]) -> Outcome<f64> {
    let own: Vec<f64> =
        ratings.forms().zip(halo).filter(|((_, r), _)| *r == rater).map(|(_, halo)| halo * halo).collect();
    finite((own.iter().sum::<f64>() / own.len() as f64).sqrt())
}

fn dimension_means(ratings: &Ratings) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); ratings.dimensions()];
    for rating in ratings.iter() {
        sums[rating.dimension].0 += rating.value;
        sums[rating.dimension].1 += 1.0;
    }
    sums.iter().map(|(sum, n)| if *n > 0.0 { sum / n } else { 0.0 }).collect()
}

fn mean_variances(draws: &[Variances]) -> Variances {
    let mut sums = [0.0; 6];
    for draw in draws {
        for (sum, x) in sums.iter_mut().zip(draw.to_array()) {
            *sum += x / draws.len() as f64;
        }
    }
    Variances::from_array(sums)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::panel;
    use crate::stats::random::Random;
    use crate::stats::ratings::{Rating, Scale};

    /// Twenty candidates rated by all of five raters on four dimensions. Rater 1 is 0.9 stricter;
    /// rater 2 gives every dimension the same; rater 3 spreads people half as far.
    fn panel_of_five() -> Ratings {
        let mut random = Random::new(11, 0);
        let mut given = Vec::new();
        for candidate in 0..20 {
            let person = 0.9 * random.normal();
            for rater in 0..5 {
                let shared = 3.1 + 0.2 * random.normal();
                let flat = 0.3 * random.normal();
                for dimension in 0..4 {
                    let noise = if rater == 2 { flat } else { 0.6 * random.normal() };
                    let stretch = if rater == 3 { 0.3 } else { 1.0 };
                    let strict = if rater == 1 { -0.9 } else { 0.0 };
                    let value: f64 = (shared + stretch * person + strict + noise).clamp(1.0, 5.0);
                    given.push(Rating { candidate, rater, dimension, value });
                }
            }
        }
        Ratings::new(20, 5, 4, Scale::five_steps(), given).unwrap()
    }

    #[test]
    fn each_habit_is_found_in_the_rater_who_has_it() {
        let ratings = panel_of_five();
        let weights = Weights::equal(4);
        let fit = panel::fit(&ratings, &weights, 1).unwrap();

        let found = raters(&ratings, &weights, &fit);

        let strict = found[1].severity.unwrap();
        assert!(strict.flag && strict.estimate.upper < -0.4, "{strict:?}");
        assert!(!found[0].severity.unwrap().flag);
        assert!(found[2].flat, "{:?}", found[2].halo_ratio);
        assert!(!found[0].flat && !found[3].flat);
        assert!(found[3].spread.unwrap().narrow, "{:?}", found[3].spread);
        assert!(!found[0].spread.unwrap().narrow && !found[4].spread.unwrap().narrow);
        assert!(found.iter().all(|r| r.idiosyncrasy.is_ok() && r.forms == 20));
    }

    #[test]
    fn below_five_forms_nothing_is_said() {
        let ratings = panel_of_five().with_candidates(&[0, 1, 2, 3]);
        let weights = Weights::equal(4);
        let fit = panel::fit(&ratings, &weights, 1).unwrap();

        for rater in raters(&ratings, &weights, &fit) {
            let few = Reason::FewForms { have: 4, need: 5 };
            assert_eq!(rater.severity, Err(few));
            assert_eq!(rater.spread, Err(few));
            assert_eq!(rater.idiosyncrasy, Err(few));
            assert!(!rater.flat);
        }
    }
}
