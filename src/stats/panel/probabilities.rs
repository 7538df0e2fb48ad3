//! Who is above whom: probabilities read off the draws, each with its Monte-Carlo error.

use super::draws::Composites;

/// Batches per chain; the spread of the batch means gives the Monte-Carlo error (Flegal and Jones
/// 2010).
const BATCHES: usize = 20;

#[derive(Clone, Debug, PartialEq)]
pub struct Probabilities {
    candidates: usize,
    above: Vec<f64>,
    beyond: Vec<f64>,
    ranks: Vec<f64>,
    /// The largest Monte-Carlo standard error of any of them.
    pub error: f64,
}

impl Probabilities {
    /// `margin` is the difference that counts, in points of the rating scale.
    pub fn new(composites: &Composites, margin: f64) -> Self {
        let scores = &composites.by_candidate;
        let n = scores.len();
        let mut found = Self {
            candidates: n,
            above: vec![0.5; n * n],
            beyond: vec![0.0; n * n],
            ranks: vec![0.0; n * n],
            error: 0.0,
        };
        found.compare_pairs(scores, composites.chains, margin as f32);
        found.rank(scores, composites.chains);
        found
    }

    /// P(a is above b); one half for a candidate and itself.
    pub fn above(&self, a: usize, b: usize) -> f64 {
        self.above[a * self.candidates + b]
    }

    /// P(a is above b by more than the margin).
    pub fn beyond(&self, a: usize, b: usize) -> f64 {
        self.beyond[a * self.candidates + b]
    }

    /// Probability of each rank, the first being the best.
    pub fn ranks(&self, candidate: usize) -> &[f64] {
        &self.ranks[candidate * self.candidates..(candidate + 1) * self.candidates]
    }

    /// P(the candidate is the best).
    pub fn best(&self, candidate: usize) -> f64 {
        self.ranks(candidate)[0]
    }

    /// P(the candidate is among the best `m`).
    pub fn top(&self, candidate: usize, m: usize) -> f64 {
        self.ranks(candidate).iter().take(m).sum::<f64>().min(1.0)
    }

    /// Replaces the pairs by exact probabilities of (a above b, a above b by more than the margin).
    pub(super) fn set_pairs(&mut self, exact: impl Fn(usize, usize) -> (f64, f64)) {
        let n = self.candidates;
        for a in 0..n {
            for b in (0..n).filter(|&b| b != a) {
                (self.above[a * n + b], self.beyond[a * n + b]) = exact(a, b);
            }
        }
    }

    fn compare_pairs(&mut self, scores: &[Vec<f32>], chains: usize, margin: f32) {
        let n = self.candidates;
        let total = scores.first().map_or(0, Vec::len);
        let length = batch_length(total, chains);
        for a in 0..n {
            for b in a + 1..n {
                let (mut above, mut ahead, mut behind) = (Tally::default(), Tally::default(), Tally::default());
                for (x, y) in scores[a].chunks(length).zip(scores[b].chunks(length)) {
                    let (mut over, mut far_over, mut far_under) = (0_u32, 0_u32, 0_u32);
                    for (x, y) in x.iter().zip(y) {
                        let gap = x - y;
                        over += u32::from(gap > 0.0);
                        far_over += u32::from(gap > margin);
                        far_under += u32::from(gap < -margin);
                    }
                    above.add(over);
                    ahead.add(far_over);
                    behind.add(far_under);
                }
                let share = above.share(total);
                self.above[a * n + b] = share;
                self.above[b * n + a] = 1.0 - share;
                self.beyond[a * n + b] = ahead.share(total);
                self.beyond[b * n + a] = behind.share(total);
                for tally in [above, ahead, behind] {
                    self.error = self.error.max(tally.error(total, length));
                }
            }
        }
    }

    fn rank(&mut self, scores: &[Vec<f32>], chains: usize) {
        let n = self.candidates;
        let total = scores.first().map_or(0, Vec::len);
        let length = batch_length(total, chains);
        let mut tallies = vec![Tally::default(); n * n];
        let mut order: Vec<usize> = (0..n).collect();
        for start in (0..total).step_by(length) {
            let mut counts = vec![0_u32; n * n];
            (start..(start + length).min(total)).for_each(|draw| {
                order.sort_unstable_by(|&a, &b| scores[b][draw].total_cmp(&scores[a][draw]).then(a.cmp(&b)));
                for (rank, &candidate) in order.iter().enumerate() {
                    counts[candidate * n + rank] += 1;
                }
            });
            for candidate in 0..n {
                let mut so_far = 0;
                for rank in 0..n {
                    so_far += counts[candidate * n + rank];
                    tallies[candidate * n + rank].add(so_far);
                }
            }
        }
        for candidate in 0..n {
            let mut before = 0;
            for rank in 0..n {
                let tally = &tallies[candidate * n + rank];
                self.ranks[candidate * n + rank] = (tally.sum - before) as f64 / total.max(1) as f64;
                before = tally.sum;
                self.error = self.error.max(tally.error(total, length));
            }
        }
    }
}

pub(super) fn batch_length(total: usize, chains: usize) -> usize {
    (total / chains.max(1) / BATCHES).max(1)
}

/// Counts of an event over batches of draws.
#[derive(Clone, Copy, Default)]
struct Tally {
    sum: u64,
    squares: u64,
}

impl Tally {
    fn add(&mut self, count: u32) {
        self.sum += u64::from(count);
        self.squares += u64::from(count) * u64::from(count);
    }

    fn share(&self, total: usize) -> f64 {
        self.sum as f64 / total.max(1) as f64
    }

    /// Standard error of the share, from the spread of the batches.
    fn error(&self, total: usize, length: usize) -> f64 {
        let batches = (total / length) as f64;
        if batches < 2.0 {
            return 0.5;
        }
        let mean = self.sum as f64 / batches;
        let variance = ((self.squares as f64 - batches * mean * mean) / (batches - 1.0)).max(0.0);
        (variance / batches).sqrt() / length as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::Random;

    #[test]
    fn probabilities_of_known_normals_are_found_within_their_error() {
        let mut random = Random::new(5, 0);
        let mut draws = |mean: f64| (0..8000).map(|_| (mean + random.normal()) as f32).collect();
        let composites = Composites { chains: 4, by_candidate: vec![draws(0.0), draws(0.5), draws(-3.0)] };

        let found = Probabilities::new(&composites, 0.25);

        // P(N(0.5, 2) > 0) and P(N(0.5, 2) > 0.25).
        assert!((found.above(1, 0) - 0.638_2).abs() < 0.02);
        assert!((found.beyond(1, 0) - 0.570_2).abs() < 0.02);
        assert!((found.above(0, 1) + found.above(1, 0) - 1.0).abs() < 1e-12);
        assert!((0.004..0.008).contains(&found.error), "{}", found.error);
    }

    #[test]
    fn rank_probabilities_add_up_over_ranks_and_over_candidates() {
        let mut random = Random::new(6, 0);
        let by_candidate: Vec<Vec<f32>> = (0..4).map(|_| (0..800).map(|_| random.normal() as f32).collect()).collect();

        let found = Probabilities::new(&Composites { chains: 4, by_candidate }, 0.25);

        for i in 0..4 {
            assert!((found.ranks(i).iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(((0..4).map(|c| found.ranks(c)[i]).sum::<f64>() - 1.0).abs() < 1e-12);
            assert!((found.top(i, 4) - 1.0).abs() < 1e-12);
        }
    }
}
