//! A moment of the demo: a working day counted from the first day, and a time of day.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

/// `{day: -3, time: "10:00"}`: ten o'clock, three working days before the demo's first day.
///
/// Day 0 is the first day itself, even when it is a Saturday; all other days are Mondays to Fridays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    pub day: i32,
    pub time: Time,
}

impl Moment {
    /// The moment when the demo's first day is `start`, with clocks as in `zone`.
    ///
    /// # Errors
    /// Only when the calendar ends before the moment does.
    pub fn on(self, start: Date, zone: &TimeZone) -> Result<Timestamp, jiff::Error> {
        let step = self.day.signum().days();
        let mut date = start;
        let mut left = self.day.abs();
        while left > 0 {
            date = date.checked_add(step)?;
            if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
                left -= 1;
            }
        }
        Ok(date.to_datetime(self.time).to_zoned(zone.clone())?.timestamp())
    }

    /// Milliseconds that sort as moments do and do not depend on the start: what ids are made of.
    /// They are counted as if the first day were 1 January 2026, in UTC, and every day a working day.
    pub(super) fn ordinal(self) -> u64 {
        const FIRST_DAY: i64 = 1_767_225_600_000;
        let of_day = i64::from(self.time.hour()) * 3_600_000 + i64::from(self.time.minute()) * 60_000;
        let millis = FIRST_DAY + i64::from(self.day) * 86_400_000 + of_day;
        u64::try_from(millis).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn stockholm() -> TimeZone {
        TimeZone::get("Europe/Stockholm").unwrap()
    }

    #[test]
    fn days_before_and_after_the_start_skip_the_weekend() {
        let ten = time(10, 0, 0, 0);
        let monday = date(2026, 11, 23);

        let before = Moment { day: -1, time: ten }.on(monday, &stockholm()).unwrap();
        let after = Moment { day: 5, time: ten }.on(monday, &stockholm()).unwrap();

        assert_eq!(before.to_string(), "2026-11-20T09:00:00Z");
        assert_eq!(after.to_string(), "2026-11-30T09:00:00Z");
    }

    #[test]
    fn the_first_day_is_today_even_on_a_saturday() {
        let ten = time(10, 0, 0, 0);
        let saturday = date(2026, 11, 21);

        let day = |day| Moment { day, time: ten }.on(saturday, &stockholm()).unwrap().to_string();

        assert_eq!(day(-1), "2026-11-20T09:00:00Z");
        assert_eq!(day(0), "2026-11-21T09:00:00Z");
        assert_eq!(day(1), "2026-11-23T09:00:00Z");
    }

    #[test]
    fn ten_o_clock_stays_ten_o_clock_across_summer_time() {
        let ten = time(10, 0, 0, 0);
        let start = date(2026, 3, 31);

        let winter = Moment { day: -5, time: ten }.on(start, &stockholm()).unwrap();
        let summer = Moment { day: 0, time: ten }.on(start, &stockholm()).unwrap();

        assert_eq!(winter.to_string(), "2026-03-24T09:00:00Z");
        assert_eq!(summer.to_string(), "2026-03-31T08:00:00Z");
    }
}
