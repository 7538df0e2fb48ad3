//! Comparing, off the request threads and a few at a time.

use tokio::sync::Semaphore;

use crate::{
    domain::comparison::{self, Comparison, Inputs},
    error::{Error, Result},
};

/// How many are computed at once, and how many more may wait before the product is busy.
static PLACES: Semaphore = Semaphore::const_new(2);
static QUEUE: Semaphore = Semaphore::const_new(64);

/// Compares under the weights of the inputs.
///
/// # Errors
/// `Invalid` when no weight is above zero, `Busy` when too many wait.
pub async fn compare(inputs: Inputs) -> Result<Comparison> {
    off_the_request_threads(move || {
        comparison::compare(&inputs).map_err(|_| Error::invalid("weights", "comparison-weights-zero"))
    })
    .await
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
