//! Is the comparison as sure as it should be? Simulates panels whose truth is known and prints what
//! the panel model states against what it achieves.
//!
//! `cargo run --release --example calibration [data sets per design] [seed]`
//!
//! "Called" pairs are those with a stated probability of at least 0.90. The truth of a candidate is
//! the score on the 1–5 scale that they would have under all raters, after rounding and the ends of
//! the scale.

use attune::stats::panel::{self, Fit};
use attune::stats::random::Random;
use attune::stats::ratings::{Rating, Ratings, Scale};
use attune::stats::weights::Weights;
use statrs::distribution::{ContinuousCDF, Normal};

const DIMENSIONS: usize = 6;

/// Standard deviations of candidate, candidate × dimension, rater, rater × dimension, halo, residual.
type Spread = [f64; 6];

struct Design {
    name: &'static str,
    candidates: usize,
    raters: usize,
    per_candidate: usize,
    /// Panels that share nobody.
    apart: bool,
    mean: f64,
    spread: Spread,
}

const REAL: Spread = [0.5, 0.3, 0.3, 0.2, 0.4, 0.6];

#[rustfmt::skip]
const DESIGNS: [Design; 9] = [
    Design { name: "A crossed, 8 candidates x 3 raters", candidates: 8, raters: 3, per_candidate: 3, apart: false, mean: 3.2, spread: REAL },
    Design { name: "B linked, 12 candidates, 3 of 6 raters", candidates: 12, raters: 6, per_candidate: 3, apart: false, mean: 3.2, spread: REAL },
    Design { name: "C linked, 16 candidates, 2 of 6 raters", candidates: 16, raters: 6, per_candidate: 2, apart: false, mean: 3.2, spread: REAL },
    Design { name: "D disconnected, 12 candidates, panels of 3", candidates: 12, raters: 6, per_candidate: 3, apart: true, mean: 3.2, spread: REAL },
    Design { name: "E ceiling, 12 candidates, 3 of 6 raters", candidates: 12, raters: 6, per_candidate: 3, apart: false, mean: 4.3, spread: REAL },
    Design { name: "F severe, 12 candidates, 2 of 6 raters", candidates: 12, raters: 6, per_candidate: 2, apart: false, mean: 3.2, spread: [0.5, 0.3, 0.6, 0.3, 0.4, 0.6] },
    Design { name: "G little halo, 8 candidates x 3 raters", candidates: 8, raters: 3, per_candidate: 3, apart: false, mean: 3.2, spread: [0.5, 0.3, 0.3, 0.2, 0.15, 0.6] },
    Design { name: "H alike and noisy, 8 candidates x 3 raters", candidates: 8, raters: 3, per_candidate: 3, apart: false, mean: 3.2, spread: [0.3, 0.2, 0.25, 0.3, 0.4, 0.7] },
    Design { name: "I small, 4 candidates x 2 raters", candidates: 4, raters: 2, per_candidate: 2, apart: false, mean: 3.2, spread: REAL },
];

#[derive(Default)]
struct Tally {
    pairs: f64,
    ordered: f64,
    stated: f64,
    called: f64,
    called_stated: f64,
    called_right: f64,
    brier: f64,
    candidates: f64,
    covered: f64,
    not_reached: usize,
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().expect("a whole number"));
    let sets = arguments.next().unwrap_or(200);
    let seed = arguments.next().unwrap_or(20_261_123);

    println!("{sets} data sets per design, seed {seed}; * stated more than 0.02 above achieved");
    println!(
        "{:<44}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>7}{:>9}{:>8}",
        "design", "stated", "right", "called", "stated", "right", "± s.e.", "Brier", "95 % in", "unsure"
    );
    for (number, design) in DESIGNS.iter().enumerate() {
        let mut tally = Tally::default();
        for set in 0..sets {
            let mut random = Random::new(seed, number as u64 * 1_000_003 + set);
            let (ratings, truth) = design.simulate(&mut random);
            let weights = Weights::equal(DIMENSIONS);
            match panel::fit(&ratings, &weights, seed ^ set) {
                Ok(fit) => tally.add(&fit, &weights, &truth),
                Err(reason) => println!("{}: {reason:?}", design.name),
            }
        }
        tally.print(design.name);
    }
}

impl Design {
    fn simulate(&self, random: &mut Random) -> (Ratings, Vec<f64>) {
        let [p, pd, r, rd, pr, e] = self.spread;
        let mut noise = |n: usize, sd: f64| -> Vec<f64> { (0..n).map(|_| sd * random.normal()).collect() };
        let (people, raters, d) = (self.candidates, self.raters, DIMENSIONS);
        let (theta, gamma) = (noise(people, p), noise(people * d, pd));
        let (rho, kappa) = (noise(raters, r), noise(raters * d, rd));
        let (halo, error) = (noise(people * raters, pr), noise(people * raters * d, e));

        let mut given = Vec::new();
        for candidate in 0..people {
            for rater in (0..self.per_candidate).map(|i| self.rater(candidate, i)) {
                let form = candidate * raters + rater;
                for dimension in 0..d {
                    let value = self.mean
                        + theta[candidate]
                        + gamma[candidate * d + dimension]
                        + rho[rater]
                        + kappa[rater * d + dimension]
                        + halo[form]
                        + error[form * d + dimension];
                    let value = value.round().clamp(1.0, 5.0);
                    given.push(Rating { candidate, rater, dimension, value });
                }
            }
        }
        let ratings = Ratings::new(people, raters, d, Scale::five_steps(), given).expect("a table without doubles");

        let sd = (r * r + rd * rd + pr * pr + e * e).sqrt();
        let truth = (0..people)
            .map(|c| {
                let level = |k: usize| universe_score(self.mean + theta[c] + gamma[c * d + k], sd);
                (0..d).map(level).sum::<f64>() / d as f64
            })
            .collect();
        (ratings, truth)
    }

    fn rater(&self, candidate: usize, place: usize) -> usize {
        if self.apart {
            let panels = self.raters / self.per_candidate;
            candidate * panels / self.candidates * self.per_candidate + place
        } else {
            (candidate + place) % self.raters
        }
    }
}

/// Expected rating, rounded and cut to 1–5, of a latent level seen with normal error.
fn universe_score(level: f64, sd: f64) -> f64 {
    let normal = Normal::standard();
    1.0 + [1.5, 2.5, 3.5, 4.5].iter().map(|cut| normal.cdf((level - cut) / sd)).sum::<f64>()
}

impl Tally {
    fn add(&mut self, fit: &Fit, weights: &Weights, truth: &[f64]) {
        self.not_reached += usize::from(!fit.diagnostics.reached);
        for a in 0..truth.len() {
            for b in a + 1..truth.len() {
                let p = fit.probabilities.above(a, b);
                let (p, right) = if p >= 0.5 { (p, truth[a] > truth[b]) } else { (1.0 - p, truth[b] > truth[a]) };
                let right = f64::from(u8::from(right));
                self.pairs += 1.0;
                self.ordered += right;
                self.stated += p;
                self.brier += (p - right).powi(2);
                if p >= 0.9 {
                    self.called += 1.0;
                    self.called_stated += p;
                    self.called_right += right;
                }
            }
        }
        // The level of the pool is not at stake: intervals are about the distance from its mean.
        let scores = fit.draws.composites(weights).by_candidate;
        let pool: Vec<f32> =
            (0..scores[0].len()).map(|i| scores.iter().map(|s| s[i]).sum::<f32>() / scores.len() as f32).collect();
        let mean = truth.iter().sum::<f64>() / truth.len() as f64;
        for (scores, truth) in scores.iter().zip(truth) {
            let mut distances: Vec<f32> = scores.iter().zip(&pool).map(|(x, mean)| x - mean).collect();
            distances.sort_unstable_by(f32::total_cmp);
            let at = |share: f64| f64::from(distances[(share * (distances.len() - 1) as f64) as usize]);
            self.candidates += 1.0;
            self.covered += f64::from(u8::from((at(0.025)..=at(0.975)).contains(&(truth - mean))));
        }
    }

    fn print(&self, name: &str) {
        let (stated, right) = (self.stated / self.pairs, self.ordered / self.pairs);
        let called = self.called.max(1.0);
        let (called_stated, called_right) = (self.called_stated / called, self.called_right / called);
        let error = (called_right * (1.0 - called_right) / called).sqrt();
        let mark = if called_stated > called_right + 0.02 || stated > right + 0.02 { " *" } else { "" };
        println!(
            "{name:<44}{stated:>9.3}{right:>9.3}{:>9.2}{called_stated:>9.3}{called_right:>9.3}{error:>9.3}{:>7.3}{:>9.3}{:>8}{mark}",
            self.called / self.pairs,
            self.brier / self.pairs,
            self.covered / self.candidates,
            self.not_reached,
        );
    }
}
