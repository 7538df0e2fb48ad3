//! The posterior of one quantity: mean, median, intervals.

use crate::stats::estimate::Estimate;

/// The draws of one quantity.
pub struct Summary {
    mean: f64,
    sorted: Vec<f32>,
}

impl Summary {
    /// At least one draw.
    pub fn new(draws: impl Iterator<Item = f32>) -> Self {
        let mut sorted: Vec<f32> = draws.collect();
        let mean = sorted.iter().map(|&x| f64::from(x)).sum::<f64>() / sorted.len() as f64;
        sorted.sort_unstable_by(f32::total_cmp);
        Self { mean, sorted }
    }

    /// [`Summary::estimate`] alone, without putting all draws in order.
    pub fn estimate_of(draws: impl Iterator<Item = f32>, level: f64) -> Estimate {
        let mut draws: Vec<f32> = draws.collect();
        let value = draws.iter().map(|&x| f64::from(x)).sum::<f64>() / draws.len() as f64;
        let tail = (1.0 - level) / 2.0;
        let mut quantile = |share: f64| {
            let place = share * (draws.len() - 1) as f64;
            let (_, low, beyond) = draws.select_nth_unstable_by(place.floor() as usize, f32::total_cmp);
            let high = beyond.iter().copied().min_by(f32::total_cmp).unwrap_or(*low);
            f64::from(*low) + (f64::from(high) - f64::from(*low)) * place.fract()
        };
        Estimate { value, lower: quantile(tail), upper: quantile(1.0 - tail), level }
    }

    pub fn mean(&self) -> f64 {
        self.mean
    }

    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// Posterior mean, with the interval that leaves equal tails.
    pub fn estimate(&self, level: f64) -> Estimate {
        self.around(self.mean, level)
    }

    /// Posterior median, with the interval that leaves equal tails: for variances and other skewed
    /// quantities.
    pub fn median_estimate(&self, level: f64) -> Estimate {
        self.around(self.median(), level)
    }

    /// Share of the draws above `limit`.
    pub fn above(&self, limit: f64) -> f64 {
        let up_to = self.sorted.partition_point(|&x| f64::from(x) <= limit);
        (self.sorted.len() - up_to) as f64 / self.sorted.len() as f64
    }

    /// Interpolated between the two nearest draws; `share` lies between 0 and 1.
    pub fn quantile(&self, share: f64) -> f64 {
        let place = share * (self.sorted.len() - 1) as f64;
        let (low, high) = (self.sorted[place.floor() as usize], self.sorted[place.ceil() as usize]);
        f64::from(low) + (f64::from(high) - f64::from(low)) * place.fract()
    }

    fn around(&self, value: f64, level: f64) -> Estimate {
        let tail = (1.0 - level) / 2.0;
        Estimate { value, lower: self.quantile(tail), upper: self.quantile(1.0 - tail), level }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_reads_its_draws() {
        let summary = Summary::new((0..=100_u8).rev().map(f32::from));

        assert_eq!((summary.mean(), summary.median(), summary.quantile(0.255)), (50.0, 50.0, 25.5));
        let wide = summary.estimate(0.9);
        assert!((wide.lower - 5.0).abs() < 1e-9 && (wide.upper - 95.0).abs() < 1e-9);
        assert_eq!(summary.above(50.0), 50.0 / 101.0);
    }

    #[test]
    fn an_estimate_alone_is_that_of_the_summary() {
        for count in [1_u8, 2, 7, 200] {
            let draws = || (0..count).map(|i| f32::from(i.wrapping_mul(37)));

            assert_eq!(Summary::estimate_of(draws(), 0.9), Summary::new(draws()).estimate(0.9));
        }
    }
}
