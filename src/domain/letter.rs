//! Letters on their way: the states of the outbox, and when to try again.

use jiff::SignedDuration;

use super::text_enum::text_enum;

text_enum! {
    LetterState {
        Waiting = "waiting",
        /// A worker is sending it.
        Leased = "leased",
        Sent = "sent",
        /// Sending failed for good: a person must look.
        SetAside = "set_aside",
        Cancelled = "cancelled",
    }
}

/// How often sending is tried before a letter is set aside.
pub const MOST_ATTEMPTS: i32 = 12;

const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);

/// How long to wait after `attempts` (1 or more) that failed for now: a minute, doubled with each attempt, six hours at
/// most; `None` when it was tried often enough. `jitter` (0 to 1) takes up to half of the wait away, so that letters that
/// failed together do not come back together.
pub fn wait_after(attempts: i32, jitter: f64) -> Option<SignedDuration> {
    if attempts >= MOST_ATTEMPTS {
        return None;
    }
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or_default().min(16);
    let wait = (FIRST_WAIT * 2_i32.pow(doublings)).min(LONGEST_WAIT);
    Some(SignedDuration::from_secs_f64(wait.as_secs_f64() * (1.0 - jitter.clamp(0.0, 1.0) / 2.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_from_a_minute_to_six_hours_and_ends() {
        assert_eq!(wait_after(1, 0.0), Some(SignedDuration::from_mins(1)));
        assert_eq!(wait_after(4, 0.0), Some(SignedDuration::from_mins(8)));
        assert_eq!(wait_after(11, 0.0), Some(SignedDuration::from_hours(6)));
        assert_eq!(wait_after(12, 0.0), None);
    }

    #[test]
    fn jitter_takes_at_most_half_of_the_wait_away() {
        assert_eq!(wait_after(2, 1.0), Some(SignedDuration::from_mins(1)));
        assert_eq!(wait_after(2, 0.5), Some(SignedDuration::from_secs(90)));
    }
}
