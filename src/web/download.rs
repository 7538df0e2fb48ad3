//! Files that are made piece by piece: a few at once, and none for a reader who stalls.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use crate::error::{Error, Result};

/// So many files are made at once in a process.
const AT_ONCE: usize = 4;
/// So many more wait for their turn, and for so long; whoever comes after is asked to come back.
const WAITING: usize = 16;
const TURN: Duration = Duration::from_secs(5);

/// How long a reader may take for one piece, and for the whole file.
const PIECE: Duration = Duration::from_secs(30);
const WHOLE: Duration = Duration::from_secs(600);

/// The places for exports of a process.
pub struct Places {
    places: Arc<Semaphore>,
    queue: Semaphore,
    turn: Duration,
}

/// Held while a file is made.
pub type Place = OwnedSemaphorePermit;

impl Default for Places {
    fn default() -> Places {
        Places::new(AT_ONCE, WAITING, TURN)
    }
}

impl Places {
    fn new(at_once: usize, waiting: usize, turn: Duration) -> Places {
        Places { places: Arc::new(Semaphore::new(at_once)), queue: Semaphore::new(waiting), turn }
    }

    /// # Errors
    /// `Busy` when too many wait, or no place came free in time.
    pub async fn take(&self) -> Result<Place> {
        let _queued = self.queue.try_acquire().map_err(|_| Error::Busy)?;
        let place = tokio::time::timeout(self.turn, Arc::clone(&self.places).acquire_owned()).await;
        place.map_err(|_| Error::Busy)?.map_err(|error| Error::Bug(error.into()))
    }
}

/// A file as its reader takes it. It is made by a task of its own, so that whoever stops reading loses the rest of the
/// file and frees what it was made with: a connection to the database and a place.
pub fn streamed(pieces: impl Stream<Item = Result<Bytes>> + Send + 'static) -> impl Stream<Item = Result<Bytes>> {
    paced(pieces, PIECE, WHOLE)
}

fn paced(
    pieces: impl Stream<Item = Result<Bytes>> + Send + 'static,
    piece: Duration,
    whole: Duration,
) -> impl Stream<Item = Result<Bytes>> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let (mut pieces, begun) = (Box::pin(pieces), Instant::now());
        while let Some(made) = pieces.next().await {
            let patience = piece.min(whole.saturating_sub(begun.elapsed()));
            // Neither read in time nor still wanted: everything is dropped.
            if !matches!(tokio::time::timeout(patience, sender.send(Some(made))).await, Ok(Ok(()))) {
                return;
            }
        }
        drop(pieces);
        let _ = sender.send(None).await;
    });
    // A file without its end must not look whole: the answer is broken off.
    stream::unfold(Some(receiver), |receiver| async {
        let mut receiver = receiver?;
        match receiver.recv().await {
            Some(Some(Ok(bytes))) => Some((Ok(bytes), Some(receiver))),
            Some(Some(Err(error))) => Some((Err(error), None)),
            Some(None) => None,
            None => Some((Err(Error::Busy), None)),
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_file_arrives_whole_and_in_order() {
        let pieces = stream::iter((0..20_u8).map(|n| Ok(Bytes::from(vec![n]))));

        let read: Vec<u8> = streamed(pieces).map(|piece| piece.unwrap()[0]).collect().await;

        assert_eq!(read, (0..20).collect::<Vec<u8>>());
    }

    #[tokio::test]
    async fn a_reader_who_stalls_frees_what_the_file_is_made_with_and_gets_a_broken_file() {
        let place = Arc::new(Semaphore::new(1));
        let held = Arc::clone(&place).acquire_owned().await.unwrap();
        let made = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&made);
        let pieces = stream::unfold(held, move |held| {
            counter.fetch_add(1, Ordering::Relaxed);
            async { Some((Ok(Bytes::from_static(b"x")), held)) }
        });

        let mut reader = Box::pin(paced(pieces, Duration::from_millis(50), Duration::from_secs(5)));
        assert!(reader.next().await.unwrap().is_ok());
        tokio::time::sleep(Duration::from_millis(300)).await;

        assert_eq!(place.available_permits(), 1, "the place is free");
        assert!(made.load(Ordering::Relaxed) < 5, "only a few pieces were made ahead");
        let rest: Vec<_> = reader.collect().await;
        assert!(rest.last().unwrap().is_err(), "the end is missing, and that shows");
    }

    #[tokio::test]
    async fn a_reader_who_only_trickles_is_cut_off_in_the_end() {
        let pieces = stream::repeat_with(|| Ok(Bytes::from_static(b"x")));
        let mut reader = Box::pin(paced(pieces, Duration::from_secs(5), Duration::from_millis(200)));
        let begun = Instant::now();

        while reader.next().await.unwrap().is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }

        assert!(begun.elapsed() < Duration::from_secs(2));
    }

    #[tokio::test]
    async fn exports_wait_for_a_place_a_little_and_are_then_told_to_come_back() {
        let places = Places::new(1, 1, Duration::from_millis(300));
        let held = places.take().await.unwrap();

        let (waited, too_many, ()) = tokio::join!(places.take(), places.take(), async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            drop(held);
        });
        assert!(waited.is_ok(), "a place that comes free is given to who waits");
        assert!(matches!(too_many, Err(Error::Busy)), "one waits, and no more");
        assert!(matches!(places.take().await, Err(Error::Busy)), "nobody waits for ever");
    }
}
