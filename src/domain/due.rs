//! When a scorecard is due: from the end of its interview on, and late a day after it.

use jiff::{SignedDuration, Timestamp};

/// Rating from memory fades within a day; what is not in by then is late.
const GRACE: SignedDuration = SignedDuration::from_hours(24);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The interview is not over.
    NotYet,
    Now,
    /// Late by so many whole days since the interview ended, at least one.
    Late(i64),
}

/// How due a scorecard is that has not been submitted.
pub fn due(interview_ends: Timestamp, now: Timestamp) -> Due {
    let since = now.duration_since(interview_ends);
    if since < SignedDuration::ZERO {
        Due::NotYet
    } else if since < GRACE {
        Due::Now
    } else {
        Due::Late(since.as_hours() / 24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scorecard_is_due_when_the_interview_is_over_and_late_a_day_later() {
        let ends: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        let at = |time: &str| due(ends, time.parse().unwrap());

        assert_eq!(at("2026-11-23T09:59:59Z"), Due::NotYet);
        assert_eq!(at("2026-11-23T10:00:00Z"), Due::Now);
        assert_eq!(at("2026-11-24T09:59:59Z"), Due::Now);
        assert_eq!(at("2026-11-24T10:00:00Z"), Due::Late(1));
        assert_eq!(at("2026-11-26T09:00:00Z"), Due::Late(2));
    }
}
