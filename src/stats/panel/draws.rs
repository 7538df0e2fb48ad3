//! Draws from the posterior, kept so that every figure and every other weighting can be read from
//! them without running the chains again.

use super::Keep;
use super::chain::Chain;
use super::design::Design;
use super::summary::Summary;
use crate::stats::variances::Variances;
use crate::stats::weights::Weights;

/// The kept draws of every chain, in points of the rating scale; one chain after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Draws {
    candidates: usize,
    dimensions: usize,
    raters: usize,
    chains: usize,
    profiles: Vec<f32>,
    severity: Vec<f32>,
    rater_dimensions: Vec<f32>,
    variances: Vec<Variances>,
}

/// One weighted score per candidate and draw.
pub struct Composites {
    pub chains: usize,
    /// By candidate, the draws of the first chain, then of the second, and so on.
    pub by_candidate: Vec<Vec<f32>>,
}

impl Draws {
    pub fn candidates(&self) -> usize {
        self.candidates
    }

    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    pub fn raters(&self) -> usize {
        self.raters
    }

    pub fn chains(&self) -> usize {
        self.chains
    }

    /// Kept draws over all chains.
    pub fn count(&self) -> usize {
        self.variances.len()
    }

    /// The fair level of one candidate on one dimension under the average rater, by draw.
    pub fn profile(&self, candidate: usize, dimension: usize) -> impl Iterator<Item = f64> + '_ {
        let place = candidate * self.dimensions + dimension;
        self.profiles.chunks_exact(self.candidates * self.dimensions).map(move |draw| f64::from(draw[place]))
    }

    /// One draw of every candidate's profile: by candidate, then dimension.
    pub fn profiles_at(&self, draw: usize) -> &[f32] {
        let width = self.candidates * self.dimensions;
        &self.profiles[draw * width..(draw + 1) * width]
    }

    /// How much higher than a rater of mean severity this one rates, ρ_r, by draw.
    pub fn severity(&self, rater: usize) -> impl Iterator<Item = f64> + '_ {
        self.severity.chunks_exact(self.raters).map(move |draw| f64::from(draw[rater]))
    }

    /// How much higher the rater rates on one dimension than on the average one, κ_rd, by draw.
    pub fn rater_dimension(&self, rater: usize, dimension: usize) -> impl Iterator<Item = f64> + '_ {
        let place = rater * self.dimensions + dimension;
        self.rater_dimensions.chunks_exact(self.raters * self.dimensions).map(move |draw| f64::from(draw[place]))
    }

    /// The variances by draw, in squared points of the rating scale.
    pub fn variances(&self) -> &[Variances] {
        &self.variances
    }

    /// The posterior of any function of the variances, for example a standard deviation, a share of
    /// variance or a reliability.
    pub fn of_variances(&self, function: impl Fn(&Variances) -> f64) -> Summary {
        Summary::new(self.variances.iter().map(|v| function(v) as f32))
    }

    /// Evenly spread draws of the candidates alone, at most `most` numbers, for weightings to come: without the raters, which
    /// no weighting needs.
    pub fn of_candidates(&self, most: usize) -> Draws {
        let width = (self.candidates * self.dimensions).max(1);
        let per_chain = self.count() / self.chains.max(1);
        let every = (self.count() * width).div_ceil(most.max(1)).clamp(1, per_chain.max(1));
        // As many from each chain, so that the chains stay what they were.
        let kept: Vec<usize> = (0..self.chains)
            .flat_map(|chain| (0..per_chain / every).map(move |i| chain * per_chain + (i + 1) * every - 1))
            .collect();
        Draws {
            raters: 0,
            severity: Vec::new(),
            rater_dimensions: Vec::new(),
            profiles: kept.iter().flat_map(|&draw| self.profiles_at(draw).iter().copied()).collect(),
            variances: kept.iter().map(|&draw| self.variances[draw]).collect(),
            ..*self
        }
    }

    /// Bytes that the draws take.
    pub fn size(&self) -> usize {
        let numbers = self.profiles.len() + self.severity.len() + self.rater_dimensions.len();
        numbers * size_of::<f32>() + self.variances.len() * size_of::<Variances>()
    }

    /// The weighted score of every candidate in every draw.
    pub fn composites(&self, weights: &Weights) -> Composites {
        let shape = (self.candidates, self.dimensions);
        Composites { chains: self.chains, by_candidate: weighted([&self.profiles[..]], shape, weights) }
    }
}

/// By candidate, the weighted sums of profiles that lie draw by draw, one chain after the other.
fn weighted<'a>(
    chains: impl IntoIterator<Item = &'a [f32]>,
    (candidates, dimensions): (usize, usize),
    weights: &Weights,
) -> Vec<Vec<f32>> {
    let mut by_candidate = vec![Vec::new(); candidates];
    let weights: Vec<f32> = weights.as_slice().iter().map(|&w| w as f32).collect();
    for profiles in chains {
        for draw in profiles.chunks_exact(candidates * dimensions) {
            for (profile, scores) in draw.chunks_exact(dimensions).zip(&mut by_candidate) {
                scores.push(profile.iter().zip(&weights).map(|(x, w)| x * w).sum());
            }
        }
    }
    by_candidate
}

/// What one chain has kept so far.
pub(super) struct Kept {
    width: (usize, usize, usize),
    profiles: Vec<f32>,
    severity: Vec<f32>,
    rater_dimensions: Vec<f32>,
    variances: Vec<Variances>,
    /// Scratch space.
    profile: Vec<f64>,
}

impl Kept {
    /// With room for so many draws.
    pub fn new(design: &Design, most: usize) -> Self {
        let d = design.dimensions;
        let (people, raters) = (design.candidates.units.len(), design.raters.units.len());
        Self {
            width: (people * d, raters, raters * d),
            profiles: Vec::with_capacity(most * people * d),
            severity: Vec::with_capacity(most * raters),
            rater_dimensions: Vec::with_capacity(most * raters * d),
            variances: Vec::with_capacity(most),
            profile: Vec::new(),
        }
    }

    /// Keeps one draw, given in points of the 1–5 scale: profiles under the average rater, ρ_r, and
    /// ρ_r + κ_rd.
    pub fn push(&mut self, design: &Design, profile: &[f64], severity: &[f64], raters: &[f64], variances: &Variances) {
        self.profiles.extend(profile.iter().map(|&x| design.on_scale(x) as f32));
        self.severity.extend(severity.iter().map(|x| (x * design.point) as f32));
        for (rater, severity) in raters.chunks_exact(design.dimensions).zip(severity) {
            self.rater_dimensions.extend(rater.iter().map(|x| ((x - severity) * design.point) as f32));
        }
        let squared = design.point * design.point;
        self.variances.push(Variances::from_array(variances.to_array().map(|v| v * squared)));
    }
}

impl Keep for Kept {
    fn count(&self) -> usize {
        self.variances.len()
    }

    fn keep(&mut self, chain: &Chain) {
        let mut profile = std::mem::take(&mut self.profile);
        chain.profile(&mut profile);
        self.push(chain.design, &profile, &chain.raters.mains, &chain.raters.vectors, &chain.variances);
        self.profile = profile;
    }

    fn halve(&mut self) {
        let (profile, severity, rater_dimension) = self.width;
        every_other(&mut self.profiles, profile);
        every_other(&mut self.severity, severity);
        every_other(&mut self.rater_dimensions, rater_dimension);
        every_other(&mut self.variances, 1);
    }
}

/// Drops every other row.
pub(super) fn every_other<T: Copy>(values: &mut Vec<T>, width: usize) {
    let rows = values.len() / width;
    for row in 0..rows / 2 {
        values.copy_within((2 * row + 1) * width..(2 * row + 2) * width, row * width);
    }
    values.truncate(rows / 2 * width);
}

/// The weighted score of every candidate in every draw of chains that have kept equally many.
pub(super) fn composites<'a>(
    design: &Design,
    kept: impl ExactSizeIterator<Item = &'a Kept>,
    weights: &Weights,
) -> Composites {
    let shape = (design.candidates.units.len(), design.dimensions);
    Composites { chains: kept.len(), by_candidate: weighted(kept.map(|kept| &kept.profiles[..]), shape, weights) }
}

/// Joins the chains; all have kept equally many draws.
pub(super) fn join(design: &Design, kept: Vec<Kept>) -> Draws {
    let mut all = Draws {
        candidates: design.candidates.units.len(),
        dimensions: design.dimensions,
        raters: design.raters.units.len(),
        chains: kept.len(),
        profiles: Vec::new(),
        severity: Vec::new(),
        rater_dimensions: Vec::new(),
        variances: Vec::new(),
    };
    all.profiles.reserve_exact(kept.iter().map(|k| k.profiles.len()).sum());
    // Each chain goes as soon as it has been taken over, so that nothing large is held twice.
    for one in kept {
        all.profiles.extend(one.profiles);
        all.severity.extend(one.severity);
        all.rater_dimensions.extend(one.rater_dimensions);
        all.variances.extend(one.variances);
    }
    all
}
