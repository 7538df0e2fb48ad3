//! A moment of the demo: a working day counted from the first day, and a time of day.

use jiff::civil::{Time, Weekday, time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan, Zoned};
use serde::Deserialize;

/// `{day: -3, time: "10:00"}`: ten o'clock, three working days before the demo's first day.
///
/// All days but day 0 are Mondays to Fridays. Day 0 is the day on which the demo starts, whatever it is, and its twelve
/// o'clock is the quarter of an hour in which it starts: an interview at half past twelve of day 0 is always soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    pub day: i32,
    pub time: Time,
}

impl Moment {
    /// The moment when the demo starts at `start`, on its calendar day, with clocks as in `zone`.
    ///
    /// # Errors
    /// Only when the calendar ends before the moment does.
    pub fn on(self, start: &Zoned, zone: &TimeZone) -> Result<Timestamp, jiff::Error> {
        if self.day == 0 {
            let into = Span::new().seconds(start.timestamp().as_second().rem_euclid(15 * 60));
            let quarter = Timestamp::from_second(start.timestamp().as_second())?.checked_sub(into)?;
            return quarter.checked_add(self.time.duration_since(NOON));
        }
        let step = self.day.signum().days();
        let mut date = start.date();
        let mut left = self.day.abs();
        while left > 0 {
            date = date.checked_add(step)?;
            if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
                left -= 1;
            }
        }
        Ok(date.to_datetime(self.time).to_zoned(zone.clone())?.timestamp())
    }

    /// Whether it is over when the demo starts.
    pub(super) fn is_past(self) -> bool {
        self.day < 0 || (self.day == 0 && self.time <= NOON)
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

/// Of day 0: when the demo starts.
const NOON: Time = time(12, 0, 0, 0);

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date, time};

    fn stockholm() -> TimeZone {
        TimeZone::get("Europe/Stockholm").unwrap()
    }

    fn afternoon(date: Date) -> Zoned {
        date.at(14, 2, 31, 0).to_zoned(stockholm()).unwrap()
    }

    #[test]
    fn days_before_and_after_the_start_skip_the_weekend() {
        let ten = time(10, 0, 0, 0);
        let monday = date(2026, 11, 23);

        let before = Moment { day: -1, time: ten }.on(&afternoon(monday), &stockholm()).unwrap();
        let after = Moment { day: 5, time: ten }.on(&afternoon(monday), &stockholm()).unwrap();

        assert_eq!(before.to_string(), "2026-11-20T09:00:00Z");
        assert_eq!(after.to_string(), "2026-11-30T09:00:00Z");
    }

    #[test]
    fn the_first_day_is_today_even_on_a_saturday_and_its_noon_is_now() {
        let noon = time(12, 0, 0, 0);
        let saturday = date(2026, 11, 21);

        let day = |day, time| Moment { day, time }.on(&afternoon(saturday), &stockholm()).unwrap().to_string();

        assert_eq!(day(-1, noon), "2026-11-20T11:00:00Z");
        assert_eq!(day(0, noon), "2026-11-21T13:00:00Z");
        assert_eq!(day(0, time(11, 45, 0, 0)), "2026-11-21T12:45:00Z");
        assert_eq!(day(0, time(13, 30, 0, 0)), "2026-11-21T14:30:00Z");
        assert_eq!(day(1, noon), "2026-11-23T11:00:00Z");
    }

    #[test]
    fn ten_o_clock_stays_ten_o_clock_across_summer_time() {
        let ten = time(10, 0, 0, 0);
        let start = afternoon(date(2026, 3, 30));

        let winter = Moment { day: -5, time: ten }.on(&start, &stockholm()).unwrap();
        let summer = Moment { day: 1, time: ten }.on(&start, &stockholm()).unwrap();

        assert_eq!(winter.to_string(), "2026-03-23T09:00:00Z");
        assert_eq!(summer.to_string(), "2026-03-31T08:00:00Z");
    }
}
