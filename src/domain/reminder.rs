//! When a member is reminded and of what: one letter a day at most, in the hours that the organisation allows, until nothing
//! waits any more.

use jiff::{Timestamp, ToSpan, Zoned, civil::Weekday, tz::TimeZone};

use super::{
    due::{Due, due},
    id::{InterviewId, MemberId},
};

/// What an organisation wants of its reminders. Hours are those of the reader's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub on: bool,
    /// From this hour on, 0 to 23.
    pub from: i16,
    /// Until this hour, 1 to 24; quiet from then on.
    pub until: i16,
    pub at_weekends: bool,
    /// A scorecard that is as many days late is named to the job's recruiter; `None` for never.
    pub escalate_after_days: Option<i16>,
}

impl Policy {
    /// Whether a reminder may go out at this moment of its reader's day.
    pub fn allows(&self, local: &Zoned) -> bool {
        self.on && !self.is_quiet(local)
    }

    /// Whether it is no time for a letter in which something is asked for, whoever asks.
    pub fn is_quiet(&self, local: &Zoned) -> bool {
        let weekend = matches!(local.weekday(), Weekday::Saturday | Weekday::Sunday);
        weekend && !self.at_weekends || !(self.from..self.until).contains(&i16::from(local.hour()))
    }

    fn escalates(&self, due: Due) -> bool {
        match (self.escalate_after_days, due) {
            (Some(limit), Due::Late(days)) => days >= i64::from(limit),
            _ => false,
        }
    }
}

/// A seat without a submitted scorecard, in a scheduled interview of an open job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSeat {
    pub interview: InterviewId,
    pub interviewer: MemberId,
    pub interviewer_name: String,
    /// The interviewer has no account, and gets in by a link to this seat.
    pub is_outside: bool,
    /// The interviewer can get in: their link, if they need one, works.
    pub is_open: bool,
    pub recruiter: MemberId,
    /// The recruiter must not know yet who has submitted in this round of the candidate: they have a scorecard of it to
    /// submit themselves.
    pub recruiter_is_blind: bool,
    pub candidate: String,
    /// The job's title and place.
    pub job: String,
    pub round: String,
    pub starts_at: Timestamp,
    pub minutes: i32,
}

impl OpenSeat {
    pub fn due(&self, now: Timestamp) -> Due {
        due(self.starts_at + i64::from(self.minutes).minutes(), now)
    }
}

/// What waits for one member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting<'a> {
    /// Interviews of the reader's day that are not over, by time.
    pub today: Vec<&'a OpenSeat>,
    /// Own scorecards that are due, oldest interview first.
    pub scorecards: Vec<&'a OpenSeat>,
    /// Others' scorecards in the reader's jobs that are late enough to be named, oldest first.
    pub others: Vec<&'a OpenSeat>,
}

impl<'a> Waiting<'a> {
    pub fn is_empty(&self) -> bool {
        self.today.is_empty() && self.scorecards.is_empty() && self.others.is_empty()
    }

    /// The reader's own seat that comes first: of a letter to somebody without an account, the one that it has a link to.
    pub fn linked(&self) -> Option<&'a OpenSeat> {
        self.today.first().or(self.scorecards.first()).copied()
    }
}

/// What waits for `member`, who lives in `zone`, among the open seats of the organisation, in order of time.
pub fn waiting<'a>(
    seats: &'a [OpenSeat],
    policy: &Policy,
    member: MemberId,
    zone: &TimeZone,
    now: Timestamp,
) -> Waiting<'a> {
    let today = now.to_zoned(zone.clone()).date();
    let mut waiting = Waiting::default();
    for seat in seats {
        let due = seat.due(now);
        if seat.interviewer == member {
            match due {
                _ if !seat.is_open => {}
                Due::NotYet if seat.starts_at.to_zoned(zone.clone()).date() == today => waiting.today.push(seat),
                Due::NotYet => {}
                Due::Now | Due::Late(_) => waiting.scorecards.push(seat),
            }
        } else if seat.recruiter == member && !seat.recruiter_is_blind && policy.escalates(due) {
            waiting.others.push(seat);
        }
    }
    waiting
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: Policy = Policy { on: true, from: 8, until: 18, at_weekends: false, escalate_after_days: Some(2) };

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    fn local(time: &str) -> Zoned {
        at(time).to_zoned(TimeZone::get("Europe/Stockholm").unwrap())
    }

    fn seat(interviewer: MemberId, recruiter: MemberId, starts_at: &str) -> OpenSeat {
        OpenSeat {
            interview: InterviewId::new(),
            interviewer,
            interviewer_name: "Priya".to_owned(),
            is_outside: false,
            is_open: true,
            recruiter,
            recruiter_is_blind: false,
            candidate: "Amara".to_owned(),
            job: "Agent, Oslo".to_owned(),
            round: "Panel".to_owned(),
            starts_at: at(starts_at),
            minutes: 45,
        }
    }

    fn found(seats: &[OpenSeat], member: MemberId, now: &str) -> (usize, usize, usize) {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        let waiting = waiting(seats, &POLICY, member, &zone, at(now));
        (waiting.today.len(), waiting.scorecards.len(), waiting.others.len())
    }

    #[test]
    fn reminders_keep_to_the_hours_of_their_readers_day() {
        assert!(!POLICY.allows(&local("2026-11-23T06:59:59Z")), "07:59 in Stockholm");
        assert!(POLICY.allows(&local("2026-11-23T07:00:00Z")));
        assert!(POLICY.allows(&local("2026-11-23T16:59:59Z")));
        assert!(!POLICY.allows(&local("2026-11-23T17:00:00Z")), "18:00 is quiet");
        assert!(!Policy { on: false, ..POLICY }.allows(&local("2026-11-23T10:00:00Z")));
    }

    #[test]
    fn weekends_are_quiet_unless_the_organisation_works_then() {
        assert!(!POLICY.allows(&local("2026-11-28T10:00:00Z")));
        assert!(Policy { at_weekends: true, ..POLICY }.allows(&local("2026-11-28T10:00:00Z")));
    }

    #[test]
    fn an_interview_is_named_on_its_day_and_its_scorecard_from_its_end_on() {
        let (me, recruiter) = (MemberId::new(), MemberId::new());
        let seats = [seat(me, recruiter, "2026-11-23T13:00:00Z")];

        assert_eq!(found(&seats, me, "2026-11-22T09:00:00Z"), (0, 0, 0));
        assert_eq!(found(&seats, me, "2026-11-23T07:00:00Z"), (1, 0, 0));
        assert_eq!(found(&seats, me, "2026-11-23T13:45:00Z"), (0, 1, 0));
        assert_eq!(found(&seats, me, "2026-11-30T07:00:00Z"), (0, 1, 0));
    }

    #[test]
    fn the_day_is_that_of_the_reader() {
        let (me, recruiter) = (MemberId::new(), MemberId::new());
        let seats = [seat(me, recruiter, "2026-11-23T23:30:00Z")];

        assert_eq!(found(&seats, me, "2026-11-23T07:00:00Z"), (0, 0, 0), "half past midnight in Stockholm");
        assert_eq!(found(&seats, me, "2026-11-23T23:10:00Z"), (1, 0, 0));
    }

    #[test]
    fn the_recruiter_hears_of_a_scorecard_when_it_is_late_enough_and_not_of_their_own_twice() {
        let (me, recruiter) = (MemberId::new(), MemberId::new());
        let seats = [seat(me, recruiter, "2026-11-23T13:00:00Z"), seat(recruiter, recruiter, "2026-11-23T13:00:00Z")];

        assert_eq!(found(&seats, recruiter, "2026-11-25T13:44:00Z"), (0, 1, 0));
        assert_eq!(found(&seats, recruiter, "2026-11-25T13:45:00Z"), (0, 1, 1));
        assert_eq!(found(&seats, MemberId::new(), "2026-11-25T13:45:00Z"), (0, 0, 0));
    }

    #[test]
    fn whoever_has_no_way_in_is_not_reminded_and_the_recruiter_hears_of_it() {
        let (guest, recruiter) = (MemberId::new(), MemberId::new());
        let shut = OpenSeat { is_outside: true, is_open: false, ..seat(guest, recruiter, "2026-11-23T13:00:00Z") };

        assert_eq!(found(std::slice::from_ref(&shut), guest, "2026-11-25T13:45:00Z"), (0, 0, 0));
        assert_eq!(found(&[shut], recruiter, "2026-11-25T13:45:00Z"), (0, 0, 1));
    }

    #[test]
    fn a_recruiter_who_still_has_to_score_the_candidate_does_not_hear_who_else_has_not() {
        let (me, recruiter) = (MemberId::new(), MemberId::new());
        let hidden = OpenSeat { recruiter_is_blind: true, ..seat(me, recruiter, "2026-11-23T13:00:00Z") };

        assert_eq!(found(&[hidden], recruiter, "2026-11-30T13:45:00Z"), (0, 0, 0));
    }
}
