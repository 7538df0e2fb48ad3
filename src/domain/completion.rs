//! How soon scorecards come in: from how many on a usual time says something, and times as people say them.

/// Scorecards below which a usual time would be about somebody in particular.
pub const ENOUGH: i64 = 5;

/// The time from the end of an interview to the submission of a scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Minutes(i64),
    /// Hours, and minutes besides.
    Hours(i64, i64),
    /// From two days on: days, and hours besides.
    Days(i64, i64),
}

impl Span {
    /// To the minute, or to the hour where it takes days.
    pub fn of(seconds: f64) -> Span {
        #[expect(clippy::cast_possible_truncation, reason = "rounded, and a float saturates")]
        let minutes = (seconds.max(0.0) / 60.0).round() as i64;
        match minutes {
            0..60 => Span::Minutes(minutes),
            60..2880 => Span::Hours(minutes / 60, minutes % 60),
            _ => Span::Days(minutes / 1440, minutes % 1440 / 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_in_units_that_can_be_felt() {
        assert_eq!(Span::of(-3.0), Span::Minutes(0));
        assert_eq!(Span::of(59.4 * 60.0), Span::Minutes(59));
        assert_eq!(Span::of(59.6 * 60.0), Span::Hours(1, 0));
        assert_eq!(Span::of(26.5 * 3600.0), Span::Hours(26, 30));
        assert_eq!(Span::of(76.0 * 3600.0), Span::Days(3, 4));
    }
}
