//! How long a full comparison takes on one core, against its goal: `cargo bench --bench comparison`.
//!
//! A full comparison is the fit, every figure of [`attune::stats::shown`], the shares over weightings,
//! connectedness, and the checks where they are needed: of the prior in small panels, of the order of
//! steps in panels near an end of the scale (their rows are marked "high").

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use attune::stats::checks::{changed_by_order, leaning_on_prior};
use attune::stats::connectedness::Connectedness;
use attune::stats::minimum::Evidence;
use attune::stats::random::Random;
use attune::stats::ratings::{Rating, Ratings, Scale};
use attune::stats::shown::{Listing, compare};
use attune::stats::weight_sensitivity::{Around, first_share, smallest_flip};
use attune::stats::weights::Weights;

const DIMENSIONS: usize = 6;
/// Candidates, raters, mean rating, goal in milliseconds.
const GOALS: [(usize, usize, f64, u64); 6] =
    [(4, 3, 3.2, 150), (8, 3, 3.2, 150), (8, 3, 4.3, 150), (40, 4, 3.2, 1000), (40, 4, 4.3, 1000), (200, 5, 3.2, 6000)];
const RUNS: u64 = 3;

fn main() {
    println!("{:>10} x {:>6}{:>12}{:>10}", "candidates", "raters", "best of 3", "goal");
    for (candidates, raters, mean, goal) in GOALS {
        let ratings = simulate(candidates, raters, mean);
        let high = if mean > 4.0 { " high" } else { "" };
        let best = (0..RUNS).map(|seed| time(&ratings, seed)).min().unwrap_or_default();
        let verdict = if best > Duration::from_millis(goal) { "  too slow" } else { "" };
        println!("{candidates:>10} x {raters:>6}{:>9} ms{goal:>7} ms{high}{verdict}", best.as_millis());
    }
}

fn time(ratings: &Ratings, seed: u64) -> Duration {
    let start = processor_time();
    let weights = Weights::equal(DIMENSIONS);
    let shown = compare(ratings, &weights, Listing::Separate, seed).expect("a panel of two or more raters");
    if Evidence::new(ratings).may_lean_on_prior() {
        leaning_on_prior(ratings, &weights, Listing::Separate, seed, &shown).expect("the same panel");
    }
    changed_by_order(ratings, &weights, Listing::Separate, seed, &shown).expect("whole steps");
    let standings = shown.lists.iter().flat_map(|list| &list.candidates);
    let profiles: Vec<Vec<f64>> =
        standings.map(|standing| standing.profile.iter().map(|dimension| dimension.level.value).collect()).collect();
    std::hint::black_box(first_share(&profiles, &weights, Around::Chosen, seed));
    std::hint::black_box(smallest_flip(&profiles, &weights));
    std::hint::black_box(Connectedness::new(ratings));
    processor_time() - start
}

/// What this thread has had of the processor, so that other work on the machine does not count; where the system does
/// not tell, the time that has passed.
fn processor_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.as_deref().and_then(|text| text.split(' ').next()).and_then(|first| first.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

#[expect(clippy::needless_range_loop, reason = "the same index reads several tables")]
fn simulate(candidates: usize, raters: usize, mean: f64) -> Ratings {
    let mut random = Random::new(1, 0);
    let merit: Vec<f64> = (0..candidates).map(|_| 0.5 * random.normal()).collect();
    let severity: Vec<f64> = (0..raters).map(|_| 0.3 * random.normal()).collect();
    let mut given = Vec::new();
    for candidate in 0..candidates {
        for rater in 0..raters {
            let halo = 0.4 * random.normal();
            for dimension in 0..DIMENSIONS {
                let value = mean + merit[candidate] + severity[rater] + halo + 0.7 * random.normal();
                given.push(Rating { candidate, rater, dimension, value: value.round().clamp(1.0, 5.0) });
            }
        }
    }
    Ratings::new(candidates, raters, DIMENSIONS, Scale::five_steps(), given).expect("a table without doubles")
}
