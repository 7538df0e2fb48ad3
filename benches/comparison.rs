//! How long a full comparison takes on one core, against its goal, and how much memory: `cargo bench --bench comparison`.
//!
//! A full comparison is the fit, every figure of [`attune::stats::shown`], the shares over weightings,
//! connectedness, and the checks where they are needed: of the prior in small panels; of the order of steps where more
//! than a fifth of the ratings sit at an end of the scale ("ends"); of what "not enough evidence" might have been, where a
//! tenth of the ratings are missing so ("gaps").

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use attune::stats::checks::{changed_by_missing, changed_by_order, leaning_on_prior};
use attune::stats::connectedness::Connectedness;
use attune::stats::minimum::Evidence;
use attune::stats::random::Random;
use attune::stats::ratings::{Rating, Ratings, Scale};
use attune::stats::shown::{Listing, compare};
use attune::stats::weight_sensitivity::{Around, first_share, smallest_flip};
use attune::stats::weights::Weights;

const DIMENSIONS: usize = 6;
const RUNS: u64 = 11;

/// Candidates, raters, goal in milliseconds.
const SIZES: [(usize, usize, u64); 4] = [(4, 3, 150), (8, 3, 150), (40, 4, 1000), (200, 5, 6000)];
/// Name, mean rating, share of the ratings that are missing.
const KINDS: [(&str, f64, f64); 3] = [("", 3.2, 0.0), ("ends", 4.3, 0.0), ("gaps", 3.2, 0.1)];

fn main() {
    println!("{:<20}{:>10}{:>10}{:>10}{:>16}", "", "p50 ms", "worst ms", "goal ms", "resident MiB");
    for (candidates, raters, goal) in SIZES {
        for (kind, mean, missing) in KINDS {
            let ratings = simulate(candidates, raters, mean, missing);
            let mut times: Vec<Duration> = (0..RUNS).map(|seed| time(&ratings, seed)).collect();
            times.sort_unstable();
            let (median, worst) = (times[times.len() / 2].as_millis(), times[times.len() - 1].as_millis());
            let verdict = if worst > u128::from(goal) { "  too slow" } else { "" };
            let name = format!("{candidates} x {raters} {kind}");
            println!("{name:<20}{median:>10}{worst:>10}{goal:>10}{:>16}{verdict}", resident());
        }
    }
}

/// The most memory that this process has held so far, in MiB; 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kibibytes.unwrap_or_default() >> 10
}

fn time(ratings: &Ratings, seed: u64) -> Duration {
    let start = processor_time();
    let weights = Weights::equal(DIMENSIONS);
    let shown = compare(ratings, &weights, Listing::Separate, seed).expect("a panel of two or more raters");
    if Evidence::new(ratings).may_lean_on_prior() {
        leaning_on_prior(ratings, &weights, seed, &shown).expect("the same panel");
    }
    changed_by_order(ratings, &weights, seed, &shown).expect("whole steps");
    changed_by_missing(ratings, &weights, seed, &shown).expect("the same panel");
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
fn simulate(candidates: usize, raters: usize, mean: f64, missing: f64) -> Ratings {
    let mut random = Random::new(1, 0);
    let merit: Vec<f64> = (0..candidates).map(|_| 0.5 * random.normal()).collect();
    let severity: Vec<f64> = (0..raters).map(|_| 0.3 * random.normal()).collect();
    let mut given = Vec::new();
    for candidate in 0..candidates {
        for rater in 0..raters {
            let halo = 0.4 * random.normal();
            for dimension in 0..DIMENSIONS {
                let value = mean + merit[candidate] + severity[rater] + halo + 0.7 * random.normal();
                if random.uniform() >= missing {
                    given.push(Rating { candidate, rater, dimension, value: value.round().clamp(1.0, 5.0) });
                }
            }
        }
    }
    Ratings::new(candidates, raters, DIMENSIONS, Scale::five_steps(), given).expect("a table without doubles")
}
