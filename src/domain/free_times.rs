//! Times at which a panel could meet a candidate: within everybody's working hours, on everybody's weekdays, when nobody has
//! another interview. Suggestions and nothing more: what else stands in a calendar, Attune does not know.

use jiff::{
    SignedDuration, Timestamp, ToSpan, Zoned,
    civil::{Time, Weekday, time},
    tz::TimeZone,
};

/// When a working day begins and ends, on the clocks of whoever works.
const BEGINS: Time = time(9, 0, 0, 0);
const ENDS: Time = time(17, 0, 0, 0);
/// How far ahead is looked, and how soon an interview may be.
const DAYS: i32 = 14;
const NOTICE: SignedDuration = SignedDuration::from_hours(2);
/// Times begin on the hour and on the half hour.
const STEP_MINUTES: i64 = 30;
/// As many of a day, so that a week is offered and not a morning.
const A_DAY: usize = 2;
/// As many in all.
const MOST: usize = 6;

/// When somebody is in an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// Times in `zone`, in which the interview is planned, that suit all of `zones` as well. A time that a change of the clocks skips or
/// repeats there is never among them.
pub fn propose(zone: &TimeZone, zones: &[TimeZone], busy: &[Busy], minutes: i32, now: Timestamp) -> Vec<Zoned> {
    let length = SignedDuration::from_mins(minutes.into());
    let today = now.to_zoned(zone.clone()).date();
    let mut found: Vec<Zoned> = Vec::new();
    for day in 0..=DAYS {
        let Ok(date) = today.checked_add(day.days()) else { break };
        let mut earlier: Option<Timestamp> = None;
        let mut of_day = 0;
        let mut clock = date.to_datetime(BEGINS);
        while of_day < A_DAY && clock.date() == date && clock.time() < ENDS {
            if let Ok(starts) = zone.to_ambiguous_zoned(clock).unambiguous() {
                let (from, to) = (starts.timestamp(), starts.timestamp() + length);
                // The second of a day is an afternoon after a morning, not the next half hour.
                let is_apart = earlier.is_none_or(|earlier| from.duration_since(earlier) >= 3 * length.max(FAR));
                let is_free = busy.iter().all(|busy| to <= busy.from || from >= busy.to);
                let suits = std::iter::once(zone).chain(zones).all(|zone| is_working_time(from, to, zone));
                if from >= now + NOTICE && is_apart && is_free && suits {
                    found.push(starts);
                    (earlier, of_day) = (Some(from), of_day + 1);
                }
            }
            clock = clock.saturating_add(STEP_MINUTES.minutes());
        }
        if found.len() >= MOST {
            found.truncate(MOST);
            break;
        }
    }
    found
}

const FAR: SignedDuration = SignedDuration::from_mins(60);

fn is_working_time(from: Timestamp, to: Timestamp, zone: &TimeZone) -> bool {
    let (from, to) = (from.to_zoned(zone.clone()), to.to_zoned(zone.clone()));
    let is_weekday = !matches!(from.weekday(), Weekday::Saturday | Weekday::Sunday);
    is_weekday && from.date() == to.date() && from.time() >= BEGINS && to.time() <= ENDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn said(times: &[Zoned]) -> Vec<String> {
        times.iter().map(|time| time.strftime("%a %d %H:%M").to_string()).collect()
    }

    #[test]
    fn a_free_panel_is_offered_mornings_and_afternoons_of_working_days() {
        // Friday noon: two hours ahead, then the week after.
        let times = propose(&zone("Europe/Stockholm"), &[], &[], 45, at("2026-11-20T11:00:00Z"));

        assert_eq!(
            said(&times),
            ["Fri 20 14:00", "Mon 23 09:00", "Mon 23 12:00", "Tue 24 09:00", "Tue 24 12:00", "Wed 25 09:00"]
        );
    }

    #[test]
    fn nobody_is_offered_a_time_at_which_they_have_another_interview() {
        let busy = [
            Busy { from: at("2026-11-23T07:30:00Z"), to: at("2026-11-23T08:30:00Z") },
            Busy { from: at("2026-11-23T09:30:00Z"), to: at("2026-11-23T16:00:00Z") },
        ];
        let times = propose(&zone("Europe/Stockholm"), &[], &busy, 60, at("2026-11-22T11:00:00Z"));

        assert_eq!(said(&times)[..2], ["Mon 23 09:30", "Tue 24 09:00"]);
        for time in &times {
            let (from, to) = (time.timestamp(), time.timestamp() + SignedDuration::from_mins(60));
            assert!(busy.iter().all(|busy| to <= busy.from || from >= busy.to), "{time}");
        }
    }

    #[test]
    fn everybodys_clocks_show_working_hours_or_nothing_is_offered() {
        let (stockholm, london) = (zone("Europe/Stockholm"), zone("Europe/London"));
        let times = propose(&stockholm, &[london.clone(), zone("Asia/Kolkata")], &[], 60, at("2026-11-22T11:00:00Z"));

        // Half past ten in Stockholm is half past nine in London and three in the afternoon in Kolkata.
        assert_eq!(said(&times)[0], "Mon 23 10:00");
        for time in &times {
            let there = time.with_time_zone(zone("Asia/Kolkata"));
            assert!(there.hour() < 16 || (there.hour() == 16 && there.minute() == 0), "{there}");
            assert!(time.with_time_zone(london.clone()).hour() >= 9, "{time}");
        }
        let apart = propose(&stockholm, &[zone("America/Los_Angeles")], &[], 60, at("2026-11-22T11:00:00Z"));
        assert_eq!(said(&apart), [] as [&str; 0]);
    }

    #[test]
    fn across_a_change_of_the_clocks_the_wall_clock_is_kept_and_the_instant_moves() {
        // Clocks go forward in Europe on Sunday, 28 March 2027.
        let times = propose(&zone("Europe/Stockholm"), &[], &[], 45, at("2027-03-26T15:30:00Z"));

        assert_eq!(said(&times)[0], "Mon 29 09:00");
        assert_eq!(times[0].timestamp(), at("2027-03-29T07:00:00Z"));
        let before = propose(&zone("Europe/Stockholm"), &[], &[], 45, at("2027-03-24T15:30:00Z"));
        assert_eq!((said(&before)[0].as_str(), before[0].timestamp()), ("Thu 25 09:00", at("2027-03-25T08:00:00Z")));
        // In New York, where they have changed two weeks before, it is an hour nearer meanwhile.
        let with_new_york =
            propose(&zone("Europe/London"), &[zone("America/New_York")], &[], 60, at("2027-03-24T23:00:00Z"));
        assert_eq!(said(&with_new_york)[0], "Thu 25 13:00");
    }
}
