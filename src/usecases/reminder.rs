//! Reminding the members of an organisation: one letter a day to each for whom something waits, put into the outbox.

use std::collections::BTreeSet;

use diesel_async::AsyncConnection;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::json;

use super::account_letter::{self, Sender};
use crate::{
    domain::{
        due::Due,
        id::LetterId,
        reminder::{OpenSeat, Policy, Waiting, waiting},
    },
    error::{Error, Result},
    mail::{InterviewToday, Mail, Reminder, ScorecardDue, ScorecardLate},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        member::Member,
        organisation::Organisation,
        reminder,
    },
};

/// Reminds everybody for whom something waits, whose day allows it now, and who was not reminded today. Returns how many.
pub async fn remind(
    conn: &mut Conn,
    organisation: &Organisation,
    policy: &Policy,
    site: &str,
    now: Timestamp,
) -> Result<usize> {
    let seats = reminder::open_seats(conn, organisation.id, now).await?;
    let concerned: BTreeSet<_> = seats.iter().flat_map(|seat| [seat.interviewer, seat.recruiter]).collect();
    let readers = reminder::readers(conn, organisation.id, &Vec::from_iter(concerned), now).await?;
    let sender = Sender { organisation, site, answers: None };
    let mut reminded = 0;
    for (member, last) in &readers {
        let local = account_letter::zoned(now, member, organisation);
        if *last == Some(local.date()) || !policy.allows(&local) {
            continue;
        }
        let found = waiting(&seats, policy, member.id, local.time_zone(), now);
        if !found.is_empty() && send(conn, &sender, member, &found, local.time_zone(), local.date(), now).await? {
            reminded += 1;
        }
    }
    Ok(reminded)
}

/// Changes what the organisation wants of reminders; the trail keeps it before and after.
pub async fn change_policy(conn: &mut Conn, scope: &Scope, actor: &Actor, policy: &Policy) -> Result<()> {
    conn.transaction(async |conn| {
        let before = reminder::policy(conn, scope).await?;
        if before == *policy {
            return Ok(());
        }
        reminder::set_policy(conn, scope, policy).await?;
        let detail = json!({ "reminders": { "from": detail(&before), "to": detail(policy) } });
        event::append(conn, actor, Entry::new("organisation.changed", scope.org.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// The member's day is taken with the letter in one transaction: several workers write one letter.
async fn send(
    conn: &mut Conn,
    sender: &Sender<'_>,
    member: &Member,
    found: &Waiting<'_>,
    zone: &TimeZone,
    day: Date,
    now: Timestamp,
) -> Result<bool> {
    let mail = Mail::Reminder(letter(found, sender.site, zone, now));
    conn.transaction(async |conn| {
        if !reminder::take(conn, member, LetterId::new(), day, now).await? {
            return Ok(false);
        }
        account_letter::put(conn, sender, member, &mail, now).await?;
        Ok::<_, Error>(true)
    })
    .await
}

fn letter(found: &Waiting<'_>, site: &str, zone: &TimeZone, now: Timestamp) -> Reminder {
    let kit_url = |seat: &OpenSeat| format!("{site}/interviews/{}/kit", seat.interview);
    let days_late = |seat: &OpenSeat| match seat.due(now) {
        Due::Late(days) => days,
        Due::Now | Due::NotYet => 0,
    };
    let today = found.today.iter().map(|seat| InterviewToday {
        starts: seat.starts_at.to_zoned(zone.clone()),
        candidate: seat.candidate.clone(),
        job: seat.job.clone(),
        round: seat.round.clone(),
        kit_url: kit_url(seat),
    });
    let scorecards = found.scorecards.iter().map(|seat| ScorecardDue {
        candidate: seat.candidate.clone(),
        job: seat.job.clone(),
        round: seat.round.clone(),
        interviewed: seat.starts_at.to_zoned(zone.clone()),
        days_late: days_late(seat),
        kit_url: kit_url(seat),
    });
    let others = found.others.iter().map(|seat| ScorecardLate {
        interviewer: seat.interviewer_name.clone(),
        candidate: seat.candidate.clone(),
        job: seat.job.clone(),
        days_late: days_late(seat),
    });
    Reminder {
        today: today.collect(),
        scorecards: scorecards.collect(),
        others: others.collect(),
        today_url: format!("{site}/"),
        reminders_url: format!("{site}/reminders"),
    }
}

fn detail(policy: &Policy) -> serde_json::Value {
    json!([policy.on, policy.from, policy.until, policy.at_weekends, policy.escalate_after_days])
}
