//! When an interview begins: a day and a time of a clock on a wall, which some nights skip or show twice.

use jiff::{
    Timestamp, Zoned,
    civil::{Date, Time},
    tz::{AmbiguousOffset, TimeZone},
};

use super::text_enum::text_enum;

text_enum! {
    /// Which of two, when the clocks go back and a time comes twice.
    Fold { Earlier = "earlier", Later = "later" }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeProblem {
    #[error("no such time zone")]
    UnknownZone,
    /// The clocks go forward over it; the moment as long after midnight reads as `instead`.
    #[error("the time does not exist on that day")]
    Skipped { instead: Time },
    /// The clocks go back: it comes twice, and nobody said which one is meant.
    #[error("the time comes twice on that day")]
    Twice,
    #[error("the day is past")]
    Past,
    #[error("the day is more than two years away")]
    FarAway,
}

/// The moment at which a clock in `zone` shows `time` on `date`. Today is not past, whatever the hour.
pub fn moment(date: Date, time: Time, zone: &str, fold: Option<Fold>, now: Timestamp) -> Result<Zoned, TimeProblem> {
    let zone = TimeZone::get(zone).map_err(|_| TimeProblem::UnknownZone)?;
    let today = now.to_zoned(zone.clone()).date();
    if date < today {
        return Err(TimeProblem::Past);
    }
    if today.until(date).is_ok_and(|away| away.get_days() > 731) {
        return Err(TimeProblem::FarAway);
    }
    let local = zone.to_ambiguous_zoned(date.to_datetime(time));
    let chosen = match (local.offset(), fold) {
        (AmbiguousOffset::Unambiguous { .. }, _) => local.unambiguous(),
        (AmbiguousOffset::Gap { .. }, _) => {
            let instead = local.later().map_err(|_| TimeProblem::FarAway)?.time();
            return Err(TimeProblem::Skipped { instead });
        }
        (AmbiguousOffset::Fold { .. }, Some(Fold::Earlier)) => local.earlier(),
        (AmbiguousOffset::Fold { .. }, Some(Fold::Later)) => local.later(),
        (AmbiguousOffset::Fold { .. }, None) => return Err(TimeProblem::Twice),
    };
    chosen.map_err(|_| TimeProblem::FarAway)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn at(day: Date, clock: Time, fold: Option<Fold>) -> Result<String, TimeProblem> {
        let now = "2026-01-15T08:00:00Z".parse().unwrap();
        moment(day, clock, "Europe/Stockholm", fold, now).map(|at| at.timestamp().to_string())
    }

    #[test]
    fn a_time_is_read_on_the_clocks_of_its_zone_in_winter_and_in_summer() {
        assert_eq!(at(date(2026, 2, 2), time(10, 0, 0, 0), None).unwrap(), "2026-02-02T09:00:00Z");
        assert_eq!(at(date(2026, 7, 2), time(10, 0, 0, 0), None).unwrap(), "2026-07-02T08:00:00Z");
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_refused_with_one_that_exists() {
        let skipped = at(date(2026, 3, 29), time(2, 30, 0, 0), Some(Fold::Later));
        assert_eq!(skipped, Err(TimeProblem::Skipped { instead: time(3, 30, 0, 0) }));
    }

    #[test]
    fn a_time_that_comes_twice_needs_to_be_chosen() {
        let (day, clock) = (date(2026, 10, 25), time(2, 30, 0, 0));
        assert_eq!(at(day, clock, None), Err(TimeProblem::Twice));
        assert_eq!(at(day, clock, Some(Fold::Earlier)).unwrap(), "2026-10-25T00:30:00Z");
        assert_eq!(at(day, clock, Some(Fold::Later)).unwrap(), "2026-10-25T01:30:00Z");
    }

    #[test]
    fn yesterday_is_past_and_the_next_century_is_too_far_away() {
        assert_eq!(at(date(2026, 1, 14), time(23, 0, 0, 0), None), Err(TimeProblem::Past));
        assert!(at(date(2026, 1, 15), time(0, 0, 0, 0), None).is_ok());
        assert_eq!(at(date(2126, 1, 15), time(0, 0, 0, 0), None), Err(TimeProblem::FarAway));
        let now = "2026-01-15T08:00:00Z".parse().unwrap();
        let mars = moment(date(2026, 2, 1), time(9, 0, 0, 0), "Mars/Base", None, now);
        assert_eq!(mars, Err(TimeProblem::UnknownZone));
    }
}
