//! Comparing, off the request threads and a few at a time. What is slow is done once for all readers and kept in memory.

mod assembled;
mod kept;

use std::{sync::Arc, time::Duration};

use tokio::sync::Semaphore;

use crate::{
    domain::comparison::{self, Comparison, Fitted, Inputs},
    error::{Error, Result},
};

/// How many drawings are made at once, and how many more may wait before the product is busy.
static PLACES: Semaphore = Semaphore::const_new(2);
static QUEUE: Semaphore = Semaphore::const_new(64);

/// So long a reader waits at most for a fit, below the deadline of a request; then the product is busy.
const LONGEST_WAIT: Duration = Duration::from_secs(25);

/// Compares under the weights of the inputs, and waits for it.
///
/// # Errors
/// `Invalid` when no weight is above zero, `Busy` when too many wait.
pub async fn compare(inputs: Inputs) -> Result<Comparison> {
    let fitted = fitted(&inputs).await?;
    compare_with(inputs, fitted).await
}

/// The fit of these inputs, from memory or computed; whoever asks while it is computed waits for the same.
///
/// # Errors
/// As [`compare`].
pub async fn fitted(inputs: &Inputs) -> Result<Arc<Fitted>> {
    fitted_within(inputs, LONGEST_WAIT).await?.ok_or(Error::Busy)
}

/// The same for who does not wait longer than `patience`: `None` while it is under way, and it goes on.
///
/// # Errors
/// As [`compare`].
pub async fn fitted_within(inputs: &Inputs, patience: Duration) -> Result<Option<Arc<Fitted>>> {
    if !inputs.dimensions.iter().any(|dimension| dimension.weight > 0.0) {
        return Err(Error::invalid("weights", "comparison-weights-zero"));
    }
    let mut found = match kept::find_or_start(inputs)? {
        kept::Found::Ready(fitted) => return Ok(Some(fitted)),
        kept::Found::UnderWay(found) => found,
    };
    let waited = tokio::time::timeout(patience.min(LONGEST_WAIT), found.wait_for(Option::is_some)).await;
    match waited {
        Err(_) => Ok(None),
        Ok(Ok(fitted)) => Ok(fitted.clone()),
        Ok(Err(error)) => Err(Error::Bug(error.into())),
    }
}

/// Assembles what is to be shown (all, some, or under other weights) from a fit, unless it was shown a moment ago.
///
/// # Errors
/// As [`compare`].
pub async fn compare_with(inputs: Inputs, fitted: Arc<Fitted>) -> Result<Comparison> {
    let key = assembled::key(&inputs, &fitted)?;
    if let Some(known) = assembled::known(&key) {
        return Ok(known);
    }
    let comparison = off_the_request_threads(move || {
        comparison::compare_with(&inputs, &fitted).map_err(|_| Error::invalid("weights", "comparison-weights-zero"))
    })
    .await?;
    assembled::keep(key, &comparison);
    Ok(comparison)
}

/// Runs what takes more than a millisecond or two: statistics, pictures, letters with pictures.
///
/// # Errors
/// `Busy` when too many wait.
pub async fn off_the_request_threads<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let _queued = QUEUE.try_acquire().map_err(|_| Error::Busy)?;
    let _place = PLACES.acquire().await.map_err(|error| Error::Bug(error.into()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Bug(error.into()))?
}
