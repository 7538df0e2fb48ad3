//! Reminding those who interview for an organisation: one letter a day to each for whom something waits, put into the outbox, on
//! its own or when a person asks.

use std::collections::BTreeSet;

use diesel_async::AsyncConnection;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use serde_json::json;

use super::account_letter::{self, Sender};
use crate::{
    domain::{
        due::Due,
        id::{JobId, LetterId, MemberId},
        reminder::{OpenSeat, Policy, Waiting, waiting},
    },
    error::{Error, Message, Result},
    mail::{InterviewToday, Mail, Reminder, SECRET_LINK, ScorecardDue, ScorecardLate},
    store::{
        Conn, Scope,
        completion::{self, Awaited, Way, Whose},
        event::{self, Actor, Entry},
        member::{self, Member},
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
        if found.is_empty() {
            continue;
        }
        let taken = conn.transaction(async |conn| send(conn, &sender, member, &found, &local, now).await).await?;
        reminded += usize::from(taken);
    }
    Ok(reminded)
}

/// Asks somebody for the scorecards of a job that are waited for, in one letter: the one of the day, as if it had come on its own.
///
/// # Errors
/// `NotFound` when nothing is waited for from them, as far as the member who asks may know; `Refused` when it is no time for
/// letters where they are, when they were reminded today, and when they cannot get in.
pub async fn ask(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    sender: &Sender<'_>,
    job: JobId,
    from: MemberId,
) -> Result<()> {
    let mut awaited = completion::awaited(conn, scope, Whose::Job(job), actor.now).await?;
    awaited.retain(|awaited| awaited.seat.interviewer == from);
    let shut = awaited.first().ok_or(Error::NotFound)?.way;
    awaited.retain(|awaited| awaited.way == Way::Open);
    if awaited.is_empty() {
        return Err(Error::refused(if shut == Way::Disabled { "completion-disabled" } else { "completion-no-link" }));
    }
    let seats: Vec<OpenSeat> = awaited.into_iter().map(|Awaited { seat, .. }| seat).collect();
    let found = Waiting { scorecards: seats.iter().collect(), ..Waiting::default() };
    conn.transaction(async |conn| {
        let to = member::find(conn, scope, from).await?;
        let policy = reminder::policy(conn, scope).await?;
        let local = account_letter::zoned(actor.now, &to, sender.organisation);
        if policy.is_quiet(&local) {
            let message = Message::new("completion-quiet")
                .with("name", &to.name)
                .with("from", format!("{:02}:00", policy.from))
                .with("until", format!("{:02}:00", policy.until));
            return Err(Error::Refused(message));
        }
        if !send(conn, sender, &to, &found, &local, actor.now).await? {
            return Err(Error::Refused(Message::new("completion-reminded-already").with("name", &to.name)));
        }
        let detail = json!({ "member": from, "scorecards": found.scorecards.len() });
        event::append(conn, actor, Entry::new("job.reminded", job.0).with(detail)).await?;
        Ok(())
    })
    .await
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

/// The reader's day is taken with the letter in one transaction, the caller's: several workers write one letter. `false` when it
/// was taken.
async fn send(
    conn: &mut Conn,
    sender: &Sender<'_>,
    to: &Member,
    found: &Waiting<'_>,
    local: &Zoned,
    now: Timestamp,
) -> Result<bool> {
    if !reminder::take(conn, to, LetterId::new(), local.date(), now).await? {
        return Ok(false);
    }
    let seat = found.linked().filter(|_| to.is_outside);
    let mail = Mail::Reminder(letter(found, seat, sender, local.time_zone(), now));
    account_letter::put_about(conn, sender, to, &mail, seat.map(|seat| seat.interview.0), now).await?;
    Ok(true)
}

/// `linked` is the seat to which a reader without an account gets a link.
fn letter(
    found: &Waiting<'_>,
    linked: Option<&OpenSeat>,
    sender: &Sender<'_>,
    zone: &TimeZone,
    now: Timestamp,
) -> Reminder {
    let site = sender.site;
    let kit_url = |seat: &OpenSeat| match linked {
        None => Some(format!("{site}/interviews/{}/kit", seat.interview)),
        Some(linked) => (linked.interview == seat.interview).then(|| SECRET_LINK.to_owned()),
    };
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
        reminders_url: linked
            .map_or_else(|| format!("{site}/reminders"), |seat| format!("{site}/interviews/{}/seat", seat.interview)),
        asked_by: sender.answers.map(|member| member.name.clone()),
        linked: linked.map(|seat| seat.candidate.clone()),
    }
}

fn detail(policy: &Policy) -> serde_json::Value {
    json!([policy.on, policy.from, policy.until, policy.at_weekends, policy.escalate_after_days])
}
