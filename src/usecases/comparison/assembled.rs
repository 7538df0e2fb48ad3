//! The comparisons shown last, whole: the same inputs and the same fit give the same value, names and words included.

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use crate::{
    domain::comparison::{Comparison, Fitted, Inputs},
    error::{Error, Result},
};

/// How many are kept; one of two hundred candidates takes a few MiB, one of eight a hundredth of it.
const KEPT: usize = 8;

/// SHA-256 over everything that was put in, and the seed of the fit, which tells the ratings of the whole list.
pub(super) type Key = ([u8; 32], u64);

/// Last used first.
static SHOWN: LazyLock<Mutex<Vec<(Key, Comparison)>>> = LazyLock::new(|| Mutex::new(Vec::with_capacity(KEPT)));

pub(super) fn key(inputs: &Inputs, fitted: &Fitted) -> Result<Key> {
    let inputs = serde_json::to_vec(inputs).map_err(|error| Error::Bug(error.into()))?;
    Ok((Sha256::digest(inputs).into(), fitted.seed()))
}

pub(super) fn known(key: &Key) -> Option<Comparison> {
    let mut shown = shown();
    let at = shown.iter().position(|(known, _)| known == key)?;
    shown[..=at].rotate_right(1);
    shown.first().map(|(_, comparison)| comparison.clone())
}

pub(super) fn keep(key: Key, comparison: &Comparison) {
    let mut shown = shown();
    shown.truncate(KEPT - 1);
    shown.insert(0, (key, comparison.clone()));
}

fn shown() -> MutexGuard<'static, Vec<(Key, Comparison)>> {
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}
