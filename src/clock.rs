//! The clock: the system's, or one that a test sets.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};

#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    Set(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that stands at `at` until it is moved.
    pub fn set(at: Timestamp) -> Clock {
        Clock::Set(Arc::new(Mutex::new(at)))
    }

    /// Now, to the microsecond, which is what Postgres keeps.
    pub fn now(&self) -> Timestamp {
        let now = match self {
            Clock::System => Timestamp::now(),
            Clock::Set(at) => *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        };
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Moves a set clock on; the system's goes by itself.
    pub fn advance(&self, by: SignedDuration) {
        if let Clock::Set(at) = self {
            let mut at = at.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *at += by;
        }
    }
}
