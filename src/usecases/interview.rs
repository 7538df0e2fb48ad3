//! Interviews: scheduled with a panel, changed, cancelled. Letters and calendar files go out with each change.

use std::collections::BTreeSet;

use diesel_async::AsyncConnection;
use jiff::{SignedDuration, Timestamp, Zoned};
use serde_json::json;

use super::{
    account_letter::{self, Sender},
    interview_letter::{self, News},
    member as members,
};
use crate::{
    domain::{
        email::EmailAddress,
        id::{ApplicationId, InterviewId, JobId, MemberId, OrgId, RoundId, SeatId},
    },
    error::{Complaint, Error, Message, Result},
    i18n::Locale,
    mail::{self, Envelope},
    store::{
        Conn, Scope, application,
        event::{self, Actor, Entry},
        evidence,
        interview::{self, Clash, Interview, InterviewState, Planned, Seat},
        job, member,
        member::Member,
        round,
    },
};

/// How many members a panel may have.
pub const LARGEST_PANEL: usize = 12;
/// More than anybody reads.
const MOST_CLASHES: i64 = 50;

/// When, where and with whom.
#[derive(Clone, Debug)]
pub struct Plan {
    pub starts: Zoned,
    /// 5 to 480.
    pub minutes: i32,
    /// May be empty.
    pub place: String,
    /// With [`Plan::outside`], 1 to [`LARGEST_PANEL`].
    pub panel: BTreeSet<MemberId>,
    /// Interviewers without an account, beside those in `panel`.
    pub outside: Vec<Outsider>,
    /// A person has seen the doubts and goes ahead all the same.
    pub anyway: bool,
}

/// Somebody who is to interview without an account.
#[derive(Clone, Debug)]
pub struct Outsider {
    pub name: String,
    pub email: EmailAddress,
}

/// What came of a plan.
#[derive(Clone, Debug)]
pub enum Outcome {
    Done(InterviewId),
    /// Nothing was changed: a person should look at these first, and may go ahead all the same.
    Doubts(Vec<Doubt>),
}

#[derive(Clone, Debug)]
pub enum Doubt {
    /// Somebody in the panel has another interview at that time.
    Clash(Clash),
    /// The candidate has an interview in this round already.
    SameRound(InterviewId, Timestamp),
}

/// Schedules an interview, seats its panel and writes to everybody in it. The first interview of a job pins its rubric,
/// weights and rounds.
///
/// # Errors
/// `Refused` when the job is closed, `Invalid` for a round of another job or a panel with somebody who cannot be in it.
pub async fn schedule(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    sender: &Sender<'_>,
    application: ApplicationId,
    round: RoundId,
    plan: &Plan,
) -> Result<Outcome> {
    conn.transaction(async |conn| {
        let (application, candidate) = application::find(conn, scope, application).await?;
        let job = open_job(conn, scope, application.job_id).await?;
        let rounds = round::of_job(conn, scope, job.id).await?;
        let round = rounds
            .into_iter()
            .find(|known| known.id == round)
            .ok_or_else(|| Error::invalid("round", "form-not-a-choice"))?;
        let mut wanted = wanted(conn, scope, plan).await?;
        let mut panel = panel(conn, scope, &wanted, &[]).await?;
        if !plan.anyway {
            let mut doubts = clashes(conn, scope, plan, &wanted.known, None).await?;
            for (other, in_round) in interview::of_applications(conn, scope, &[application.id]).await? {
                if in_round.id == round.id && other.is_scheduled() {
                    doubts.push(Doubt::SameRound(other.id, other.starts_at.to_jiff()));
                }
            }
            if !doubts.is_empty() {
                return Ok(Outcome::Doubts(doubts));
            }
        }
        let new = Interview {
            org_id: scope.org,
            id: InterviewId::new(),
            application_id: application.id,
            round_id: round.id,
            starts_at: plan.starts.timestamp().into(),
            time_zone: zone_name(&plan.starts),
            minutes: plan.minutes,
            place: plan.place.clone(),
            state: InterviewState::Scheduled,
            sequence: 0,
            created_by: scope.member,
            created_at: actor.now.into(),
            cancel_reason: None,
        };
        wanted.add(conn, actor, &mut panel).await?;
        interview::insert(conn, &new, &new_seats(scope.org, new.id, &wanted.known)).await?;
        if !job.is_pinned() {
            job::pin(conn, scope, job.id, actor.now).await?;
        }
        let planned = Planned { interview: new, round, application, candidate, job };
        for to in &panel {
            interview_letter::put(conn, sender, &planned, &panel, to, News::Scheduled, actor.now).await?;
        }
        if !planned.job.is_pinned() {
            event::append(conn, actor, Entry::new("job.pinned", planned.job.id.0)).await?;
        }
        let detail = json!({
            "application": planned.application.id, "round": planned.round.id, "starts_at": plan.starts.timestamp(),
            "minutes": plan.minutes, "panel": wanted.known,
        });
        event::append(conn, actor, Entry::new("interview.scheduled", planned.interview.id.0).with(detail)).await?;
        Ok(Outcome::Done(planned.interview.id))
    })
    .await
}

/// Gives an interview another time, length, place or panel, and writes to everybody whom it concerns. `sequence` is the
/// one that the person saw who changes it.
///
/// # Errors
/// `Refused` when it was cancelled, when somebody else has changed it meanwhile, and when a seat would go whose scorecard
/// was begun.
pub async fn change(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    sender: &Sender<'_>,
    id: InterviewId,
    sequence: i32,
    plan: &Plan,
) -> Result<Outcome> {
    conn.transaction(async |conn| {
        let (mut planned, seats) = lock(conn, scope, id).await?;
        let before = planned.interview.clone();
        if before.sequence != sequence {
            return Err(Error::refused("interview-changed-meanwhile"));
        }
        let seated: BTreeSet<MemberId> = seats.iter().map(|seat| seat.member_id).collect();
        let mut wanted = wanted(conn, scope, plan).await?;
        let mut panel = panel(conn, scope, &wanted, &Vec::from_iter(seated.clone())).await?;
        let gone: Vec<&Seat> = seats.iter().filter(|seat| !wanted.known.contains(&seat.member_id)).collect();
        let gone_ids: Vec<SeatId> = gone.iter().map(|seat| seat.id).collect();
        if !interview::begun_seats(conn, scope, &gone_ids).await?.is_empty() {
            return Err(Error::invalid("panel", "interview-seat-begun"));
        }
        let time_changed = before.starts_at.to_jiff() != plan.starts.timestamp();
        let same_place = before.place == plan.place && before.time_zone == zone_name(&plan.starts);
        let same_panel = gone.is_empty() && wanted.new.is_empty() && wanted.known.is_subset(&seated);
        if !time_changed && same_place && before.minutes == plan.minutes && same_panel {
            return Ok(Outcome::Done(id));
        }
        if !plan.anyway {
            let doubts = clashes(conn, scope, plan, &wanted.known, Some(id)).await?;
            if !doubts.is_empty() {
                return Ok(Outcome::Doubts(doubts));
            }
        }
        wanted.add(conn, actor, &mut panel).await?;
        let come: BTreeSet<MemberId> = wanted.known.difference(&seated).copied().collect();
        planned.interview.starts_at = plan.starts.timestamp().into();
        planned.interview.time_zone = zone_name(&plan.starts);
        planned.interview.minutes = plan.minutes;
        planned.interview.place.clone_from(&plan.place);
        planned.interview.sequence += 1;
        interview::update(conn, &planned.interview).await?;
        interview::delete_seats(conn, scope, &gone_ids).await?;
        interview::insert_seats(conn, &new_seats(scope.org, id, &come)).await?;

        let earlier = if time_changed { Some(interview_letter::times(&before)?.0) } else { None };
        for to in &panel {
            let news = if come.contains(&to.id) { News::Scheduled } else { News::Changed(earlier.clone()) };
            interview_letter::put(conn, sender, &planned, &panel, to, news, actor.now).await?;
        }
        let gone: Vec<MemberId> = gone.iter().map(|seat| seat.member_id).collect();
        for to in &member::with_ids(conn, scope, &gone).await? {
            interview_letter::put(conn, sender, &planned, &panel, to, News::Cancelled(None), actor.now).await?;
        }
        let detail = json!({
            "sequence": planned.interview.sequence, "time": time_changed, "place": !same_place,
            "minutes": plan.minutes, "added": come, "removed": gone,
        });
        event::append(conn, actor, Entry::new("interview.changed", id.0).with(detail)).await?;
        Ok(Outcome::Done(id))
    })
    .await
}

/// Cancels an interview, keeps the reason and writes it to the panel. Seats stay, so that everybody can still see that it was.
///
/// # Errors
/// `Refused` when it is cancelled already, and when a scorecard of it was submitted. To somebody who still has one to
/// submit, an interview that has begun is refused whatever the others have done: the answer must not tell.
pub async fn cancel(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    sender: &Sender<'_>,
    id: InterviewId,
    reason: &str,
) -> Result<()> {
    conn.transaction(async |conn| {
        let (mut planned, seats) = lock(conn, scope, id).await?;
        let blind = evidence::blind_rounds(conn, scope, &[planned.application.id]).await?;
        let is_blind = blind.contains(&(planned.application.id, planned.round.id));
        let begun = planned.interview.starts_at.to_jiff() <= actor.now;
        if is_blind && begun {
            return Err(Error::refused("interview-cancel-blind"));
        }
        if interview::has_submitted(conn, scope, id).await? {
            return Err(Error::refused(if is_blind { "interview-cancel-blind" } else { "interview-cancel-submitted" }));
        }
        planned.interview.state = InterviewState::Cancelled;
        planned.interview.cancel_reason = Some(reason.to_owned());
        planned.interview.sequence += 1;
        interview::update(conn, &planned.interview).await?;
        let ids: Vec<MemberId> = seats.iter().map(|seat| seat.member_id).collect();
        let panel = member::with_ids(conn, scope, &ids).await?;
        for to in &panel {
            let news = News::Cancelled(Some(reason.to_owned()));
            interview_letter::put(conn, sender, &planned, &panel, to, news, actor.now).await?;
        }
        let detail = json!({ "sequence": planned.interview.sequence, "panel": ids });
        event::append(conn, actor, Entry::new("interview.cancelled", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// The interview as a calendar file for whoever may see it.
pub fn calendar_file(
    planned: &Planned,
    panel: &[Member],
    sender: &Sender<'_>,
    reader: &Member,
    locale: Locale,
    at: Timestamp,
) -> Result<String> {
    let organiser = sender.answers.ok_or_else(|| anyhow::anyhow!("an interview is planned by somebody"))?;
    let details = interview_letter::details(planned, panel, account_letter::mailbox(organiser)?, sender.site, locale)?;
    let envelope = Envelope {
        id: planned.interview.id.0,
        to: account_letter::mailbox(reader)?,
        reply_to: None,
        organisation: sender.organisation.name.clone(),
        site: sender.site.to_owned(),
        at,
    };
    Ok(mail::calendar::published(&details, !planned.interview.is_scheduled(), locale, &envelope))
}

/// An interview that can still be changed, and its seats, locked: whoever opens a kit for the first time meanwhile waits.
async fn lock(conn: &mut Conn, scope: &Scope, id: InterviewId) -> Result<(Planned, Vec<Seat>)> {
    let mut planned = interview::find(conn, scope, id).await?;
    planned.interview = interview::lock(conn, scope, id).await?;
    if !planned.interview.is_scheduled() {
        return Err(Error::refused("interview-is-cancelled"));
    }
    let seats = interview::lock_seats(conn, scope, id).await?;
    Ok((planned, seats))
}

async fn open_job(conn: &mut Conn, scope: &Scope, id: JobId) -> Result<job::Job> {
    let job = job::lock(conn, scope, id).await?;
    if job.is_open() { Ok(job) } else { Err(Error::refused("interview-job-closed")) }
}

/// Who is to be in a panel: people whom the organisation knows, and people whom it does not know yet.
struct Wanted {
    known: BTreeSet<MemberId>,
    new: Vec<Outsider>,
}

/// An address that is known stands for whose it is: a member takes the seat with their account.
async fn wanted(conn: &mut Conn, scope: &Scope, plan: &Plan) -> Result<Wanted> {
    let mut wanted = Wanted { known: plan.panel.clone(), new: Vec::new() };
    for outsider in &plan.outside {
        match member::addressed(conn, scope.org, &outsider.email).await? {
            Some(member) if !member.is_active() || member.is_service => {
                let message = Message::new("interview-outside-disabled").with("email", outsider.email.as_str());
                return Err(Error::Invalid(vec![Complaint::new("outside", message)]));
            }
            Some(member) => drop(wanted.known.insert(member.id)),
            None if wanted.new.iter().any(|new| new.email.key() == outsider.email.key()) => {}
            None => wanted.new.push(outsider.clone()),
        }
    }
    Ok(wanted)
}

impl Wanted {
    /// Adds those who are not known yet, to the organisation and to the panel.
    async fn add(&mut self, conn: &mut Conn, actor: &Actor, panel: &mut Vec<Member>) -> Result<()> {
        for outsider in std::mem::take(&mut self.new) {
            let member = members::add_outside(conn, actor, &outsider.name, &outsider.email).await?;
            self.known.insert(member.id);
            panel.push(member);
        }
        Ok(())
    }
}

/// The members of a panel. Somebody new in it must be able to sign in, or be invited to.
async fn panel(conn: &mut Conn, scope: &Scope, wanted: &Wanted, seated: &[MemberId]) -> Result<Vec<Member>> {
    let ids = &wanted.known;
    let count = ids.len() + wanted.new.len();
    if count == 0 {
        return Err(Error::invalid("panel", "interview-panel-empty"));
    }
    if count > LARGEST_PANEL {
        let message = Message::new("interview-panel-large").with("most", LARGEST_PANEL);
        return Err(Error::Invalid(vec![Complaint::new("panel", message)]));
    }
    let members = member::with_ids(conn, scope, &Vec::from_iter(ids.iter().copied())).await?;
    let can = |member: &Member| (member.is_active() && !member.is_service) || seated.contains(&member.id);
    let all_can = members.iter().all(can);
    if members.len() == ids.len() && all_can { Ok(members) } else { Err(Error::invalid("panel", "form-not-a-choice")) }
}

async fn clashes(
    conn: &mut Conn,
    scope: &Scope,
    plan: &Plan,
    panel: &BTreeSet<MemberId>,
    except: Option<InterviewId>,
) -> Result<Vec<Doubt>> {
    let from = plan.starts.timestamp();
    let to = from + SignedDuration::from_mins(plan.minutes.into());
    let members = Vec::from_iter(panel.iter().copied());
    let clashes = interview::clashes(conn, scope, &members, (from, to), except, MOST_CLASHES).await?;
    Ok(clashes.into_iter().map(Doubt::Clash).collect())
}

fn new_seats(org_id: OrgId, interview_id: InterviewId, panel: &BTreeSet<MemberId>) -> Vec<Seat> {
    panel.iter().map(|member_id| Seat { org_id, id: SeatId::new(), interview_id, member_id: *member_id }).collect()
}

fn zone_name(at: &Zoned) -> String {
    at.time_zone().iana_name().unwrap_or("UTC").to_owned()
}
