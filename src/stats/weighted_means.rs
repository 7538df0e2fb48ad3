//! The plain comparison: weighted means, with an error taken from how far raters of the same candidate lie apart.
//!
//! Notation: `x_cdr` is the rating of candidate c on dimension d by rater r, `w_d` the weight, `n_cd` the number of raters.
//!
//! - Mean of a dimension: `m_cd = Σ_r x_cdr / n_cd`. Mean of a candidate: `M_c = Σ_d w_d m_cd / Σ_d w_d` over the dimensions
//!   that have a rating; a missing one is left out, never counted as low.
//! - Residual of a rater: `e_cr = Σ_d w_d (x_cdr − m_cd) / Σ_d w_d` over the dimensions that r rated.
//! - Spread between raters, pooled over candidates: `σ² = Σ e² / ν₁` with `ν₁ = Σ_c tr Q_c`, `Q_c = (I − H_c)ᵀ(I − H_c)`, where
//!   `H_c` is the matrix that takes raters' deviations to the means that `e` is measured from. When everybody rated
//!   everything, `tr Q_c = n_c − 1` and this is the pooled variance of one-way analysis of variance; a rater who was alone
//!   on all their dimensions adds nothing to either sum.
//! - Standard error: `SE_c = σ √(Σ_r A_cr²)`, `A_cr = Σ_d w_d / n_cd / Σ_d w_d` being the share of rater r in `M_c` (`1/n_c`
//!   when everybody rated everything). A rater who covered little counts little.
//! - Interval: `M_c ± t_ν SE_c`, `ν = (Σ tr Q_c)² / Σ tr Q_c²` (Satterthwaite; `Σ (n_c − 1)` in the complete case), cut at the
//!   ends of the scale.
//!
//! Ratings of one rater on several dimensions are not independent (halo), which is why the error comes from raters and
//! not from ratings; an error from all ratings as if independent is too small (Kane 1982; Brennan 2001, *Generalizability
//! Theory*, ch. 3). Satterthwaite 1946, *Biometrics Bulletin* 2:110; Searle, Casella & McCulloch 1992, *Variance
//! Components*, ch. 4 (moments of quadratic forms).
//!
//! Ratings are whole points, so that a form's mean is known no better than rounding allows: σ² is never taken below
//! `Σ w_d² / 12`, the rounding variance (Sheppard). Otherwise two raters who agree to the point would seem infallible.
//!
//! The severity of a rater who saw only some candidates is not adjusted for; that is the panel model's part.

use super::{
    distributions::t_quantile,
    estimate::{Estimate, Outcome, Reason, finite},
    ratings::Ratings,
    weights::Weights,
};

/// Two raters disagree when they lie this many points apart: more than neighbouring anchors, the usual limit of
/// "adjacent agreement".
pub const DISAGREEMENT: f64 = 2.0;

/// The plain figures of a pool.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedMeans {
    /// In the order of the ratings' candidates.
    pub candidates: Vec<CandidateMean>,
    /// The pooled spread between raters; [`Reason::FewRaters`] when no candidate was rated by two raters on the same
    /// dimension.
    pub spread: Outcome<Spread>,
    scale: (f64, f64),
}

/// How far raters of the same candidate lie apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Variance of a rater's weighted mean, in squared points; above 0.
    pub variance: f64,
    /// Effective degrees of freedom; above 0, not always whole.
    pub degrees_of_freedom: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CandidateMean {
    /// Weighted mean over the dimensions that have a rating; `None` without any rating that carries weight.
    pub mean: Option<f64>,
    /// Standard error of `mean`, in points.
    pub standard_error: Outcome<f64>,
    /// Raters with at least one rating, and the number of their ratings.
    pub raters: usize,
    pub ratings: usize,
    /// Share of the weight that the rated dimensions carry, between 0 and 1.
    pub covered: f64,
    /// One per dimension, in order.
    pub dimensions: Vec<DimensionMean>,
    /// Every rater's own weighted mean over the dimensions that they rated, by rater.
    pub forms: Vec<FormMean>,
    /// Standard deviation between raters within a dimension, in points, pooled over the dimensions without
    /// disagreement; `None` when no such dimension has two raters.
    pub within_spread: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DimensionMean {
    /// `None` when nobody rated it.
    pub mean: Option<f64>,
    pub raters: usize,
    /// Highest minus lowest rating, in points; 0 with fewer than two.
    pub range: f64,
    /// Standard deviation between raters (n − 1); `None` with fewer than two.
    pub standard_deviation: Option<f64>,
    /// The range reaches [`DISAGREEMENT`].
    pub disagreement: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FormMean {
    pub rater: usize,
    pub mean: f64,
    /// Share of the weight that the rater covered, between 0 and 1.
    pub covered: f64,
}

/// `weights` has one entry per dimension of `ratings`.
pub fn weighted_means(ratings: &Ratings, weights: &Weights) -> WeightedMeans {
    let w = weights.as_slice();
    let panels: Vec<Panel> = (0..ratings.candidates()).map(|c| Panel::new(ratings, c, w)).collect();
    let spread = pooled_spread(&panels, w);
    let candidates = panels.into_iter().map(|panel| panel.summary(spread)).collect();
    WeightedMeans { candidates, spread, scale: (ratings.scale().low(), ratings.scale().high()) }
}

impl WeightedMeans {
    /// The mean of a candidate with its interval at `level` (between 0 and 1), cut at the ends of the scale.
    pub fn interval(&self, candidate: usize, level: f64) -> Outcome {
        let row = self.candidates.get(candidate).ok_or(Reason::NoData)?;
        let mean = row.mean.ok_or(Reason::NoData)?;
        let half = quantile(self.spread?.degrees_of_freedom, level)? * row.standard_error?;
        Estimate::new(mean, (mean - half).max(self.scale.0), (mean + half).min(self.scale.1), level)
    }
}

/// The upper quantile of Student's t that leaves `level` in the middle.
fn quantile(degrees_of_freedom: f64, level: f64) -> Outcome<f64> {
    if !(level > 0.0 && level < 1.0) {
        return Err(Reason::NotEstimable);
    }
    finite(t_quantile(0.5 + level / 2.0, degrees_of_freedom))
}

fn pooled_spread(panels: &[Panel], w: &[f64]) -> Outcome<Spread> {
    let (mut squares, mut first, mut second) = (0.0, 0.0, 0.0);
    for panel in panels {
        let (trace, trace_of_square) = panel.traces();
        squares += panel.forms.iter().map(|form| form.residual.powi(2)).sum::<f64>();
        first += trace;
        second += trace_of_square;
    }
    if first < 1e-9 {
        let have = panels.iter().flat_map(|p| &p.dimensions).map(|d| d.raters).max().unwrap_or(0);
        return Err(if have == 0 { Reason::NoData } else { Reason::FewRaters { have: have.min(1), need: 2 } });
    }
    let rounding = w.iter().map(|weight| weight * weight).sum::<f64>() / 12.0;
    Ok(Spread { variance: (squares / first).max(rounding), degrees_of_freedom: first * first / second })
}

/// All that was said about one candidate.
struct Panel {
    dimensions: Vec<DimensionMean>,
    forms: Vec<Form>,
    raters: usize,
    ratings: usize,
    covered: f64,
    mean: Option<f64>,
    within_spread: Option<f64>,
}

/// One rater's weighted view of one candidate.
struct Form {
    rater: usize,
    mean: f64,
    residual: f64,
    covered: f64,
    /// `A_cr`: the share in the candidate's mean.
    share: f64,
    /// By dimension: `b_d = w_d / Σ w` over what this rater rated, 0 elsewhere.
    own_weights: Vec<f64>,
}

impl Panel {
    fn new(ratings: &Ratings, candidate: usize, w: &[f64]) -> Panel {
        let raters: Vec<usize> = ratings.raters_of(candidate).collect();
        let dimensions: Vec<DimensionMean> = (0..ratings.dimensions())
            .map(|d| DimensionMean::of(raters.iter().filter_map(|&r| ratings.get(candidate, r, d))))
            .collect();
        let covered: f64 = dimensions.iter().zip(w).filter(|(d, _)| d.raters > 0).map(|(_, w)| w).sum();
        let mean = (covered > 0.0)
            .then(|| dimensions.iter().zip(w).filter_map(|(d, w)| Some(w * d.mean?)).sum::<f64>() / covered);

        let forms = raters.iter().filter_map(|&rater| Form::new(rater, ratings.form(candidate, rater), w, &dimensions));
        let forms = forms.map(|form| Form { share: form.share / covered, ..form }).collect();

        let agreed = || dimensions.iter().filter(|d| d.raters > 1 && !d.disagreement);
        let freedom: usize = agreed().map(|d| d.raters - 1).sum();
        let squares: f64 = agreed().filter_map(|d| Some(d.standard_deviation?.powi(2) * (d.raters - 1) as f64)).sum();
        Panel {
            forms,
            raters: raters.len(),
            ratings: dimensions.iter().map(|d| d.raters).sum(),
            covered,
            mean,
            within_spread: (freedom > 0).then(|| (squares / freedom as f64).sqrt()),
            dimensions,
        }
    }

    /// `tr Q` and `tr Q²` for `Q = (I − H)ᵀ(I − H)`, `H_rs = Σ_d b_rd / n_cd` over the dimensions that both rated.
    fn traces(&self) -> (f64, f64) {
        let n = self.forms.len();
        let rest: Vec<Vec<f64>> = (0..n)
            .map(|r| {
                (0..n)
                    .map(|s| {
                        let shared: f64 = (0..self.dimensions.len())
                            .filter(|&d| self.forms[s].own_weights[d] > 0.0)
                            .map(|d| self.forms[r].own_weights[d] / self.dimensions[d].raters.max(1) as f64)
                            .sum();
                        f64::from(u8::from(r == s)) - shared
                    })
                    .collect()
            })
            .collect();
        let (mut trace, mut trace_of_square) = (0.0, 0.0);
        for i in 0..n {
            for j in 0..n {
                let q: f64 = (0..n).map(|k| rest[k][i] * rest[k][j]).sum();
                trace_of_square += q * q;
                if i == j {
                    trace += q;
                }
            }
        }
        (trace, trace_of_square)
    }

    fn summary(self, spread: Outcome<Spread>) -> CandidateMean {
        let shares: f64 = self.forms.iter().map(|form| form.share * form.share).sum();
        let standard_error = match self.mean {
            None => Err(Reason::NoData),
            Some(_) => spread.map(|spread| (spread.variance * shares).sqrt()),
        };
        let forms = self.forms.iter().map(|f| FormMean { rater: f.rater, mean: f.mean, covered: f.covered }).collect();
        CandidateMean {
            mean: self.mean,
            standard_error,
            raters: self.raters,
            ratings: self.ratings,
            covered: self.covered,
            dimensions: self.dimensions,
            forms,
            within_spread: self.within_spread,
        }
    }
}

impl Form {
    /// `None` when nothing that carries weight was rated. `share` is still to be divided by the weight covered.
    fn new(rater: usize, form: &[Option<f64>], w: &[f64], dimensions: &[DimensionMean]) -> Option<Form> {
        let covered: f64 = form.iter().zip(w).filter(|(x, _)| x.is_some()).map(|(_, w)| w).sum();
        if covered <= 0.0 {
            return None;
        }
        let own_weights: Vec<f64> =
            form.iter().zip(w).map(|(x, w)| if x.is_some() { w / covered } else { 0.0 }).collect();
        let (mut mean, mut residual, mut share) = (0.0, 0.0, 0.0);
        for (d, x) in form.iter().enumerate() {
            if let (Some(x), Some(m)) = (x, dimensions[d].mean) {
                mean += own_weights[d] * x;
                residual += own_weights[d] * (x - m);
                share += w[d] / dimensions[d].raters as f64;
            }
        }
        Some(Form { rater, mean, residual, covered, share, own_weights })
    }
}

impl DimensionMean {
    fn of(values: impl Iterator<Item = f64>) -> DimensionMean {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let n = values.len();
        let mean = (n > 0).then(|| values.iter().sum::<f64>() / n as f64);
        let range = if n > 1 { values[n - 1] - values[0] } else { 0.0 };
        let standard_deviation = mean
            .filter(|_| n > 1)
            .map(|m| (values.iter().map(|x| (x - m).powi(2)).sum::<f64>() / (n - 1) as f64).sqrt());
        DimensionMean { mean, raters: n, range, standard_deviation, disagreement: range >= DISAGREEMENT - 1e-9 }
    }
}

#[cfg(test)]
mod tests;
