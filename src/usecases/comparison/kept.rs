//! Fits in memory: numbers and ids without names, under the digest of the ratings they were made from. Bounded in bytes, those
//! read longest ago go first. One computation per digest at a time, on threads of its own.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
};

use tokio::sync::watch;

use crate::{
    domain::comparison::{Fitted, Inputs, fit},
    error::{Error, Result},
};

/// What is kept altogether.
const MOST_BYTES: usize = 48 << 20;

/// How many are computed at once, and how many more may wait before the product is busy.
const THREADS: usize = 2;
const MOST_WAITING: usize = 64;

/// [`Inputs::evidence`].
type Key = [u8; 32];

/// Filled when the fit is there; closed without one when it failed.
pub(super) type Waiting = watch::Receiver<Option<Arc<Fitted>>>;

pub(super) enum Found {
    Ready(Arc<Fitted>),
    UnderWay(Waiting),
}

/// From memory, or begun, or already under way for somebody else.
///
/// # Errors
/// `Busy` when too many wait.
pub(super) fn find_or_start(inputs: &Inputs) -> Result<Found> {
    let key = inputs.evidence();
    let mut kept = kept();
    if let Some(found) = kept.find(&key) {
        return Ok(found);
    }
    if kept.under_way() >= MOST_WAITING {
        return Err(Error::Busy);
    }
    let (filled, waiting) = watch::channel(None);
    let work = Work { key, inputs: inputs.clone(), filled };
    WORK.send(work).map_err(|error| Error::Bug(anyhow::anyhow!("no thread compares any more: {error}")))?;
    kept.states.insert(key, State::UnderWay(waiting.clone()));
    Ok(Found::UnderWay(waiting))
}

static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(|| Mutex::new(Kept::new(MOST_BYTES)));

static WORK: LazyLock<mpsc::Sender<Work>> = LazyLock::new(|| {
    let (sender, receiver) = mpsc::channel::<Work>();
    let receiver = Arc::new(Mutex::new(receiver));
    for _ in 0..THREADS {
        let receiver = Arc::clone(&receiver);
        let next = move || receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let started = thread::Builder::new().name("comparison".into()).spawn(move || {
            while let Ok(work) = next() {
                work.run();
            }
        });
        if let Err(error) = started {
            tracing::error!(%error, "a thread that compares could not be started");
        }
    }
    sender
});

fn kept() -> MutexGuard<'static, Kept> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Work {
    key: Key,
    inputs: Inputs,
    filled: watch::Sender<Option<Arc<Fitted>>>,
}

impl Work {
    fn run(self) {
        let begun = std::time::Instant::now();
        // Weights were looked at before; a panic must not take the thread with it.
        match catch_unwind(AssertUnwindSafe(|| fit(&self.inputs))) {
            Ok(Ok(fitted)) => {
                let fitted = Arc::new(fitted);
                tracing::debug!(milliseconds = begun.elapsed().as_millis(), "a comparison was fitted");
                kept().keep(self.key, Arc::clone(&fitted));
                self.filled.send_replace(Some(fitted));
            }
            _ => kept().forget(&self.key),
        }
    }
}

struct Kept {
    most_bytes: usize,
    bytes: usize,
    /// Counts the looks, to know which entry was looked at longest ago.
    looks: u64,
    states: HashMap<Key, State>,
}

enum State {
    Ready { fitted: Arc<Fitted>, bytes: usize, look: u64 },
    UnderWay(Waiting),
}

impl Kept {
    fn new(most_bytes: usize) -> Kept {
        Kept { most_bytes, bytes: 0, looks: 0, states: HashMap::new() }
    }

    fn find(&mut self, key: &Key) -> Option<Found> {
        self.looks += 1;
        Some(match self.states.get_mut(key)? {
            State::Ready { fitted, look, .. } => {
                *look = self.looks;
                Found::Ready(Arc::clone(fitted))
            }
            State::UnderWay(waiting) => Found::UnderWay(waiting.clone()),
        })
    }

    fn under_way(&self) -> usize {
        self.states.values().filter(|state| matches!(state, State::UnderWay(_))).count()
    }

    fn keep(&mut self, key: Key, fitted: Arc<Fitted>) {
        self.forget(&key);
        self.looks += 1;
        let bytes = fitted.size();
        self.bytes += bytes;
        self.states.insert(key, State::Ready { fitted, bytes, look: self.looks });
        while self.bytes > self.most_bytes {
            let ready = self.states.iter().filter_map(|(key, state)| match state {
                State::Ready { look, .. } => Some((*look, *key)),
                State::UnderWay(_) => None,
            });
            let Some((_, oldest)) = ready.min() else { break };
            self.forget(&oldest);
        }
    }

    fn forget(&mut self, key: &Key) {
        if let Some(State::Ready { bytes, .. }) = self.states.remove(key) {
            self.bytes -= bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::comparison::examples::{SIX, shortlist};

    fn fitted(points: &str) -> (Key, Arc<Fitted>) {
        let inputs = shortlist(&SIX, &[("A", &[points])]);
        (inputs.evidence(), Arc::new(fit(&inputs).unwrap()))
    }

    #[test]
    fn what_was_read_longest_ago_makes_room_and_the_bytes_stay_bounded() {
        let [(a, one), (b, two), (c, three)] = ["444444", "333333", "222222"].map(fitted);
        let mut kept = Kept::new(one.size() * 2);
        kept.keep(a, one);
        kept.keep(b, two);
        assert!(kept.find(&a).is_some());

        kept.keep(c, three);

        assert!(kept.find(&a).is_some() && kept.find(&c).is_some());
        assert!(kept.find(&b).is_none(), "read longest ago");
        assert!(kept.bytes <= kept.most_bytes);
    }

    #[test]
    fn what_is_larger_than_the_whole_room_is_not_kept() {
        let (a, one) = fitted("444444");
        let mut kept = Kept::new(10);

        kept.keep(a, one);

        assert!(kept.find(&a).is_none());
        assert_eq!(kept.bytes, 0);
    }

    #[tokio::test]
    async fn two_who_ask_at_once_wait_for_the_same_computation() {
        let inputs = shortlist(&SIX, &[("A", &["445445", "454454"]), ("B", &["333343", "343333"])]);

        let (one, other) = tokio::join!(super::super::fitted(&inputs), super::super::fitted(&inputs));

        assert!(Arc::ptr_eq(&one.unwrap(), &other.unwrap()));
    }
}
