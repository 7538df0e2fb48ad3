//! What the ratings say about the people who gave them, in the names of the file.

use serde::Serialize;

use super::{
    figure::{Estimate, Figure, Named},
    pool::Pool,
};
use crate::stats::{
    estimate::{Outcome, Reason},
    minimum::rater_flag,
    rasch::Rasch,
    raters as core, shown,
};

#[derive(Debug, Serialize)]
pub struct Rater {
    pub rater: String,
    pub forms: usize,
    pub severity: Figure<Estimate>,
    /// Whether the severity is above a quarter of a point, either way, with probability above 0.9.
    pub flag: bool,
    pub spread: Figure<f64>,
    pub halo_ratio: Figure<f64>,
    pub infit: Figure<f64>,
    pub outfit: Figure<f64>,
    pub narrow: bool,
    pub flat: bool,
    pub idiosyncrasy: Figure<f64>,
    /// How much more, or less, on each dimension than everywhere.
    pub dimensions: Named<Figure<Estimate>>,
}

/// Every rater of the file; the fit statistics come from the many-facet Rasch model of a large pool.
pub fn raters(pool: &Pool, shown: &Outcome<shown::Comparison>, rasch: Option<&Outcome<Rasch>>) -> Vec<Rater> {
    let (found, numbers) = match shown {
        Ok(shown) => {
            let used = pool.ratings.with_candidates(&shown.rated).with_raters(&shown.raters);
            (core::raters(&used, &pool.weights, &shown.fit), shown.raters.as_slice())
        }
        Err(_) => (Vec::new(), [].as_slice()),
    };
    let unknown = shown.as_ref().err().copied();
    (0..pool.raters.len())
        .map(|rater| {
            let place = numbers.iter().position(|&number| number == rater);
            let forms = pool.ratings.candidates_of(rater).count();
            let fit = match rasch {
                Some(Ok(rasch)) => rasch.fit[rater],
                Some(Err(reason)) => Err(*reason),
                None => Err(Reason::NoData),
            };
            let own = place.map(|place| &found[place]);
            let none = || unknown.or(rater_flag(forms).err()).unwrap_or(Reason::NoData);
            let severity = own.map_or_else(|| Err(none()), |own| own.severity);
            let dimensions = (0..pool.dimensions.len())
                .map(|d| own.map_or_else(|| Err(none()), |own| own.dimensions[d]).map(|shift| shift.estimate).into());
            Rater {
                rater: pool.raters[rater].clone(),
                forms,
                severity: severity.map(|shift| shift.estimate).into(),
                flag: severity.is_ok_and(|shift| shift.flag),
                spread: own.map_or_else(|| Err(none()), |own| own.spread.map(|spread| spread.slope.value)).into(),
                halo_ratio: own.map_or_else(|| Err(none()), |own| own.halo_ratio).into(),
                infit: fit.map(|fit| fit.infit).into(),
                outfit: fit.map(|fit| fit.outfit).into(),
                narrow: own.is_some_and(|own| own.spread.is_ok_and(|spread| spread.narrow)),
                flat: own.is_some_and(|own| own.flat),
                idiosyncrasy: own.map_or_else(|| Err(none()), |own| own.idiosyncrasy).into(),
                dimensions: Named(pool.dimensions.iter().cloned().zip(dimensions).collect()),
            }
        })
        .collect()
}
