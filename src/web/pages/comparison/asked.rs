//! What an address asks of a comparison: some of the candidates, other weights, places to fill, and how long to wait for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    future::{Ready, ready},
    time::Duration,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::Serialize;

use crate::{
    domain::id::CandidateId,
    error::{Error, Message, Result},
    i18n::Locale,
    store::comparison::Shortlist,
    web::forms::Fields,
};

/// How long a reader waits before a page says that it is being computed: `Prefer: wait=20` (RFC 7240), else a moment.
pub(in crate::web) struct Patience(pub Duration);

const A_MOMENT: Duration = Duration::from_millis(400);
/// As many as can be asked about.
const MOST_PLACES: usize = 99;
/// Below the deadline of a request.
const LONGEST: u64 = 25;

impl FromRequest for Patience {
    type Error = Error;
    type Future = Ready<Result<Patience>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let preferred = request.headers().get("prefer").and_then(|value| value.to_str().ok());
        let wait = preferred.and_then(|all| all.split([',', ';']).find_map(|one| one.trim().strip_prefix("wait=")));
        let seconds = wait.and_then(|seconds| seconds.trim().parse::<u64>().ok());
        ready(Ok(Patience(seconds.map_or(A_MOMENT, |seconds| Duration::from_secs(seconds.min(LONGEST))))))
    }
}

/// A slider.
#[derive(Serialize)]
pub(super) struct Weight {
    key: String,
    name: String,
    value: f64,
    pinned: f64,
    most: f64,
    /// Of all weights, 0 to 1.
    share: f64,
    moved: bool,
}

/// Those that the address names, in any number of `candidates`, each one id or several with commas; `None` for everybody.
///
/// # Errors
/// `NotFound` for somebody who is not in the job.
pub(in crate::web) fn chosen(query: &Fields, shortlist: &Shortlist) -> Result<Option<BTreeSet<CandidateId>>> {
    let named = query.all("candidates").flat_map(|ids| ids.split(',')).filter(|id| !id.trim().is_empty());
    let ids: BTreeSet<CandidateId> =
        named.map(|id| id.trim().parse().map_err(|_| Error::NotFound)).collect::<Result<_>>()?;
    if ids.iter().any(|id| !shortlist.applications.contains_key(id)) {
        return Err(Error::NotFound);
    }
    Ok((!ids.is_empty()).then_some(ids))
}

/// As the address has them.
pub(super) fn joined(chosen: Option<&BTreeSet<CandidateId>>) -> Option<String> {
    chosen.map(|chosen| chosen.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}

pub(in crate::web) fn only(shortlist: Shortlist, chosen: Option<&BTreeSet<CandidateId>>) -> Shortlist {
    match chosen {
        Some(chosen) => shortlist.only(chosen),
        None => shortlist,
    }
}

/// For how many places the table says who is among the best (`places=5`); `None` for the two and three that it always has.
///
/// # Errors
/// `Invalid` for what is no whole number from 1 to 99.
pub(super) fn places(query: &Fields) -> Result<Option<usize>> {
    let typed = query.get("places").trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let mut parser = query.parser();
    let places = typed.parse().ok().filter(|places| (1..=MOST_PLACES).contains(places));
    if places.is_none() {
        parser.complain("places", Message::new("form-number").with("least", 1).with("most", MOST_PLACES));
    }
    parser.finish()?;
    Ok(places)
}

/// The weights of the address (`w.listening=30`), when they say something else than the pinned ones.
///
/// # Errors
/// `Invalid` for what is no weight from 0 to 100.
pub(in crate::web) fn what_if(query: &Fields, shortlist: &Shortlist) -> Result<Option<BTreeMap<String, f64>>> {
    let mut parser = query.parser();
    let mut weights = BTreeMap::new();
    for dimension in &shortlist.inputs.dimensions {
        let name = format!("w.{}", dimension.key);
        if !query.has(&name) {
            weights.insert(dimension.key.clone(), dimension.weight);
            continue;
        }
        match query.get(&name).trim().parse::<f64>() {
            Ok(weight) if (0.0..=100.0).contains(&weight) => {
                weights.insert(dimension.key.clone(), weight);
            }
            _ => parser.complain(&name, Message::new("form-number").with("least", 0).with("most", 100)),
        }
    }
    parser.finish()?;
    let (sum, pinned_sum): (f64, f64) =
        (weights.values().sum(), shortlist.inputs.dimensions.iter().map(|dimension| dimension.weight).sum());
    let moved = shortlist
        .inputs
        .dimensions
        .iter()
        .any(|dimension| (weights[&dimension.key] * pinned_sum - dimension.weight * sum).abs() > 1e-9);
    Ok(moved.then_some(weights))
}

pub(super) fn weights(shortlist: &Shortlist, what_if: Option<&BTreeMap<String, f64>>, locale: Locale) -> Vec<Weight> {
    let dimensions = &shortlist.inputs.dimensions;
    let value = |key: &str, pinned: f64| what_if.and_then(|weights| weights.get(key)).copied().unwrap_or(pinned);
    let sum: f64 = dimensions.iter().map(|d| value(&d.key, d.weight)).sum();
    let pinned_sum: f64 = dimensions.iter().map(|d| d.weight).sum();
    let largest = dimensions.iter().map(|d| d.weight.max(value(&d.key, d.weight))).fold(0.0, f64::max);
    // Twice the largest: enough to let any dimension outweigh the others, and a slider that can be aimed.
    let most = (largest * 2.0).clamp(10.0, 100.0);
    dimensions
        .iter()
        .map(|dimension| {
            let value = value(&dimension.key, dimension.weight);
            let share = if sum > 0.0 { value / sum } else { 0.0 };
            Weight {
                key: dimension.key.clone(),
                name: dimension.name.in_language(locale.tag()).to_owned(),
                value,
                pinned: dimension.weight,
                most,
                share,
                moved: pinned_sum > 0.0 && (share - dimension.weight / pinned_sum).abs() > 0.005,
            }
        })
        .collect()
}
