//! Paper: a scorecard that somebody enters for its interviewer, who is asked by mail whether it is right.

use diesel_async::AsyncConnection;
use serde_json::json;
use uuid::Uuid;

use super::{
    account_letter::{self, Sender},
    scorecard::{self as scorecards, Entered, Missing, hex, missing},
};
use crate::{
    domain::{
        id::{InterviewId, ScorecardId, SeatId},
        rating::EvidencePolicy,
    },
    error::{Error, Result},
    mail::{Mail, PaperEntered},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        evidence, interview, job,
        kit::{self, Kit},
        member::Member,
        operation, paper,
        paper::Paper,
        scorecard::{self, ScorecardState},
        seat_link,
    },
};

/// A seat for which a paper scorecard may be entered now.
pub struct Open {
    pub holder: Member,
    /// As its interviewer would find it, empty.
    pub kit: Kit,
    /// The interviewer's eyes.
    theirs: Scope,
}

/// What came of an entry.
pub enum Outcome {
    Done(ScorecardId),
    /// Nothing was kept: this is still missing.
    Gaps(Vec<Missing>),
}

/// Looks at a seat as it is, and shows nothing of what its interviewer has written.
///
/// # Errors
/// `NotFound` for a seat out of reach. `Refused` for one's own seat, to somebody who has a scorecard of their own to submit in the
/// same round, before the interview has begun, and when its interviewer has begun in the kit.
pub async fn open(
    conn: &mut Conn,
    scope: &Scope,
    interview: InterviewId,
    seat: SeatId,
    now: jiff::Timestamp,
) -> Result<Open> {
    let (found, holder) = interview::held_seat(conn, scope, interview, seat).await?;
    if holder.id == scope.member {
        return Err(Error::refused("paper-own-seat"));
    }
    let blind = evidence::blind_rounds(conn, scope, &[found.application_id]).await?;
    if blind.contains(&(found.application_id, found.round_id)) {
        return Err(Error::refused("paper-blind"));
    }
    if found.starts_at.to_jiff() > now {
        return Err(Error::refused("paper-too-early"));
    }
    let theirs = Scope { member: holder.id, ..*scope };
    let kit = kit::of_interview(conn, &theirs, interview).await?;
    if let Some(reason) = kit.closed() {
        return Err(Error::refused(reason));
    }
    if kit.is_submitted() {
        return Err(Error::refused("scorecard-sealed"));
    }
    let has_written = kit.revisions().values().any(|revision| *revision > 0) || !kit.conflicts.is_empty();
    if has_written {
        return Err(Error::refused("paper-begun"));
    }
    Ok(Open { holder, kit, theirs })
}

/// Enters and submits a scorecard for its interviewer, and asks them whether it is right. All of it or nothing.
///
/// # Errors
/// As [`open`]; `Invalid` with a complaint per field.
pub async fn enter(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    sender: &Sender<'_>,
    (interview, seat): (InterviewId, SeatId),
    entered: &[Entered],
    policy: EvidencePolicy,
) -> Result<Outcome> {
    let mut gaps = Vec::new();
    let outcome = conn
        .transaction(async |conn| {
            // Whoever opens the kit for the first time meanwhile waits, or has begun.
            interview::lock_seats(conn, scope, interview).await?;
            let Open { holder, kit, theirs } = open(conn, scope, interview, seat, actor.now).await?;
            scorecard::begin(conn, &theirs, kit.seat, &kit.round.dimensions, actor.now).await?;
            let kit = kit::of_interview(conn, &theirs, interview).await?;
            let id = kit.scorecard.ok_or(Error::NotFound)?.id;
            let standing = operation::lock(conn, &theirs, id).await?;
            if standing.scorecard != ScorecardState::Draft {
                return Err(Error::refused("scorecard-sealed"));
            }
            scorecards::save_form(conn, &theirs, id, Uuid::now_v7(), entered, actor.now).await?;
            let kit = kit::of_interview(conn, &theirs, interview).await?;
            gaps = missing(&kit, policy);
            if !gaps.is_empty() {
                return Err(Error::refused("scorecard-has-gaps"));
            }
            let seal = kit.sheet().seal(id.0, actor.now);
            scorecard::seal(conn, &theirs, id, &seal, actor.now).await?;
            let row =
                Paper { org_id: scope.org, scorecard_id: id, entered_by: scope.member, entered_at: actor.now.into() };
            paper::insert(conn, &row).await?;
            ask(conn, sender, &kit, &holder, id, actor.now).await?;
            let detail = json!({ "interview": interview, "entered_for": holder.id, "seal": hex(&seal) });
            event::append(conn, actor, Entry::new("scorecard.entered", id.0).with(detail)).await?;
            Ok(id)
        })
        .await;
    match outcome {
        Ok(id) => Ok(Outcome::Done(id)),
        Err(Error::Refused(_)) if !gaps.is_empty() => Ok(Outcome::Gaps(gaps)),
        Err(error) => Err(error),
    }
}

/// Writes to the interviewer; whoever has no account gets a link along.
async fn ask(
    conn: &mut Conn,
    sender: &Sender<'_>,
    kit: &Kit,
    holder: &Member,
    scorecard: ScorecardId,
    now: jiff::Timestamp,
) -> Result<()> {
    if !holder.is_active() {
        return Ok(());
    }
    let by = sender.answers.ok_or_else(|| anyhow::anyhow!("a paper scorecard is entered by somebody"))?;
    if holder.is_outside {
        seat_link::invited(conn, holder.org_id, kit.interview.id, holder.id, now).await?;
    }
    let mail = Mail::PaperEntered(PaperEntered {
        candidate: kit.candidate.name.clone(),
        job: job::full_title(&kit.job.title, &kit.job.place),
        entered_by: by.name.clone(),
        scorecard_url: format!("{}/scorecards/{scorecard}", sender.site),
        link_days: holder.is_outside.then_some(sender.organisation.seat_link_days),
    });
    account_letter::put_about(conn, sender, holder, &mail, Some(kit.interview.id.0), now).await
}

/// The interviewer says whether what was entered for them is right. They may change their mind; the trail keeps each answer.
///
/// # Errors
/// `NotFound` when the scorecard is not the member's own, or was not entered from paper.
pub async fn answer(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: ScorecardId,
    is_right: bool,
    remark: &str,
) -> Result<()> {
    conn.transaction(async |conn| {
        operation::lock(conn, scope, id).await?;
        if !paper::answer(conn, scope, id, is_right, remark, actor.now).await? {
            return Err(Error::NotFound);
        }
        let action = if is_right { "scorecard.confirmed" } else { "scorecard.disputed" };
        event::append(conn, actor, Entry::new(action, id.0)).await?;
        Ok(())
    })
    .await
}
