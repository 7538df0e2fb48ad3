//! Quantiles and tail probabilities as plain functions. Outside their domain they return NaN, which
//! [`super::estimate::Estimate::new`] turns into a reason.

use statrs::distribution::{Beta, ChiSquared, ContinuousCDF, FisherSnedecor, Normal, StudentsT};

/// Quantile of the standard normal distribution.
pub fn normal_quantile(p: f64) -> f64 {
    within(p, |p| Normal::standard().inverse_cdf(p))
}

/// Probability that a standard normal value lies below `x`.
pub fn normal_cdf(x: f64) -> f64 {
    Normal::standard().cdf(x)
}

/// Probability that a standard normal value lies as far from zero as `z`, or further.
pub fn two_sided(z: f64) -> f64 {
    2.0 * Normal::standard().sf(z.abs())
}

/// Quantile of Fisher's F with these degrees of freedom (need not be whole).
pub fn f_quantile(p: f64, numerator: f64, denominator: f64) -> f64 {
    match FisherSnedecor::new(numerator, denominator) {
        Ok(f) => within(p, |p| f.inverse_cdf(p)),
        Err(_) => f64::NAN,
    }
}

/// Probability that F with these degrees of freedom exceeds `x`.
pub fn f_tail(x: f64, numerator: f64, denominator: f64) -> f64 {
    match FisherSnedecor::new(numerator, denominator) {
        Ok(f) if x.is_finite() => f.sf(x.max(0.0)),
        _ => f64::NAN,
    }
}

/// Quantile of Student's t.
pub fn t_quantile(p: f64, freedom: f64) -> f64 {
    match StudentsT::new(0.0, 1.0, freedom) {
        Ok(t) => within(p, |p| t.inverse_cdf(p)),
        Err(_) => f64::NAN,
    }
}

/// Probability that chi-squared with these degrees of freedom exceeds `x`.
pub fn chi_squared_tail(x: f64, freedom: f64) -> f64 {
    match ChiSquared::new(freedom) {
        Ok(chi) if x.is_finite() => chi.sf(x.max(0.0)),
        _ => f64::NAN,
    }
}

/// Probability that Beta(a, b) is below `x`.
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    match Beta::new(a, b) {
        Ok(beta) if x.is_finite() => beta.cdf(x.clamp(0.0, 1.0)),
        _ => f64::NAN,
    }
}

/// Quantile of the beta distribution.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    match Beta::new(a, b) {
        Ok(beta) => within(p, |p| beta.inverse_cdf(p)),
        Err(_) => f64::NAN,
    }
}

/// The `p` quantile of sorted values, linear between order statistics (type 7 of Hyndman and Fan
/// 1996). NaN for an empty slice.
pub fn sorted_quantile(sorted: &[f64], p: f64) -> f64 {
    if sorted.is_empty() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let position = p * (sorted.len() - 1) as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (position - below as f64) * (sorted[above] - sorted[below])
}

fn within(p: f64, quantile: impl Fn(f64) -> f64) -> f64 {
    if p > 0.0 && p < 1.0 { quantile(p) } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-8 * b.abs().max(1.0), "{a} is not {b}");
    }

    /// Expected values: scipy.stats 1.17 (norm, f, t, chi2, beta).
    #[test]
    fn quantiles_and_tails_equal_an_independent_implementation() {
        close(normal_quantile(0.975), 1.959963984540054);
        close(normal_cdf(-1.2), 0.11506967022170828);
        close(two_sided(-2.5), 0.012419330651552265);
        close(f_quantile(0.975, 5.0, 15.0), 3.5764153492790607);
        close(f_quantile(0.025, 4.8, 3.2), 0.12501023347940793);
        close(f_tail(2.0, 3.0, 12.0), 0.1678315564458173);
        close(t_quantile(0.975, 7.0), 2.364624251592784);
        close(chi_squared_tail(3.7, 2.0), 0.1572371663136276);
        close(beta_cdf(0.3, 2.5, 4.0), 0.3521975859067672);
        close(beta_quantile(0.9, 0.5, 3.5), 0.3389633566671363);
    }

    #[test]
    fn outside_its_domain_a_quantile_is_not_a_number() {
        assert!(normal_quantile(0.0).is_nan());
        assert!(f_quantile(0.5, -1.0, 3.0).is_nan());
        assert!(t_quantile(0.5, 0.0).is_nan());
        assert!(sorted_quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn a_quantile_of_values_lies_between_its_neighbours() {
        let values = [1.0, 2.0, 4.0, 8.0];

        close(sorted_quantile(&values, 0.0), 1.0);
        close(sorted_quantile(&values, 0.5), 3.0);
        close(sorted_quantile(&values, 1.0), 8.0);
    }
}
