//! Debriefs: opened when a panel is complete, spoken in by its raters, closed and sealed. The rater is always who asks.

use std::collections::BTreeSet;

use diesel_async::AsyncConnection;
use jiff::Timestamp;
use serde_json::json;

use super::account_letter::{self, Sender};
use crate::{
    domain::{
        debrief::{self, Answer, Lack, Voice, lacks, stands_apart},
        id::{ApplicationId, DebriefId, MemberId, RoundId, ScorecardId},
        policy::{Role, leads_debriefs},
    },
    error::{Complaint, Error, Message, Result},
    mail::{DebriefOpened, Mail},
    store::{
        Conn, Scope, application,
        debrief::{self as rows, Debrief, Seat},
        event::{self, Actor, Entry},
        job::{self, Job, JobState},
        member,
    },
};

/// Whether a candidate's panel can be debriefed, as far as this member may know.
#[derive(Clone, Debug)]
pub enum Readiness {
    /// With the scorecards that would lie on the table.
    Ready(Vec<ScorecardId>),
    /// These seats are due and not in. To somebody whose own is among them, theirs only.
    Missing(Vec<Seat>),
    /// Fewer than two raters: there is nobody to discuss with.
    TooFew,
    /// It is open already.
    Open(DebriefId),
    /// All of these scorecards lay on the table of the last one.
    NothingNew(DebriefId),
}

/// What stands between a candidate and a debrief. The caller has found the application.
///
/// # Errors
/// `Forbidden` unless the member runs jobs, is the job's hiring manager, or has submitted a scorecard of the candidate;
/// somebody who sits on the panel and has not submitted is told what they lack.
pub async fn readiness(
    conn: &mut Conn,
    scope: &Scope,
    roles: &[Role],
    job: &Job,
    application: ApplicationId,
    now: Timestamp,
) -> Result<Readiness> {
    let seats = rows::seats(conn, scope, application).await?;
    let is_rater = seats.iter().any(|seat| seat.member == scope.member);
    if !is_rater && !leads_debriefs(roles, scope.member, job.hiring_manager_id) {
        return Err(Error::Forbidden);
    }
    let is_due = |seat: &&Seat| seat.scorecard.is_none() && seat.starts_at.to_jiff() <= now;
    let missing: Vec<Seat> = seats.iter().filter(is_due).cloned().collect();
    if missing.iter().any(|seat| seat.member == scope.member) {
        // What the others have done is not theirs to know yet.
        let own = missing.into_iter().filter(|seat| seat.member == scope.member);
        return Ok(Readiness::Missing(own.collect()));
    }
    if !missing.is_empty() {
        return Ok(Readiness::Missing(missing));
    }
    // A round counts when all of it is in: nobody who still has to rate in it may find it on a table.
    let waiting: BTreeSet<RoundId> =
        seats.iter().filter(|seat| seat.scorecard.is_none()).map(|seat| seat.round).collect();
    let heard: Vec<&Seat> = seats.iter().filter(|seat| !waiting.contains(&seat.round)).collect();
    if heard.iter().map(|seat| seat.member).collect::<BTreeSet<_>>().len() < 2 {
        return Ok(Readiness::TooFew);
    }
    let scorecards: Vec<ScorecardId> = heard.iter().filter_map(|seat| seat.scorecard).collect();
    match rows::of_application(conn, scope, application).await?.first() {
        Some(last) if last.is_open() => Ok(Readiness::Open(last.id)),
        Some(last) if scorecards.iter().all(|id| last.voices.iter().any(|voice| voice.scorecard == *id)) => {
            Ok(Readiness::NothingNew(last.id))
        }
        _ => Ok(Readiness::Ready(scorecards)),
    }
}

/// Opens a debrief and writes to the raters of its panel.
///
/// # Errors
/// `Forbidden` as [`readiness`]; `Refused` when the panel is not ready or the job is closed.
pub async fn open(
    conn: &mut Conn,
    scope: &Scope,
    roles: &[Role],
    actor: &Actor,
    sender: &Sender<'_>,
    id: ApplicationId,
) -> Result<DebriefId> {
    conn.transaction(async |conn| {
        let (application, candidate) = application::find(conn, scope, id).await?;
        let job = job::lock(conn, scope, application.job_id).await?;
        let ready = readiness(conn, scope, roles, &job, id, actor.now).await?;
        if !job.is_open() {
            return Err(Error::refused("debrief-job-closed"));
        }
        let scorecards = match ready {
            Readiness::Ready(scorecards) => scorecards,
            Readiness::Missing(seats) => {
                return Err(Error::Refused(Message::new("debrief-scorecards-missing").with("count", seats.len())));
            }
            Readiness::TooFew => return Err(Error::refused("debrief-too-few")),
            Readiness::Open(_) => return Err(Error::refused("debrief-already-open")),
            Readiness::NothingNew(_) => return Err(Error::refused("debrief-nothing-new")),
        };
        let debrief = DebriefId::new();
        rows::open(conn, scope, debrief, id, &scorecards, actor.now).await?;
        let opened = rows::find(conn, scope, debrief).await?;
        let others: Vec<MemberId> = debrief::raters(&opened.voices)
            .into_iter()
            .map(|(rater, _)| rater)
            .filter(|rater| *rater != scope.member)
            .collect();
        for to in member::with_ids(conn, scope, &others).await?.iter().filter(|member| member.is_active()) {
            let mail = Mail::DebriefOpened(DebriefOpened {
                candidate: candidate.name.clone(),
                job: job.full_title(),
                opened_by: opened.opened_by.clone(),
                debrief_url: format!("{}/debriefs/{debrief}", sender.site),
            });
            account_letter::put_about(conn, sender, to, &mail, Some(debrief.0), actor.now).await?;
        }
        let detail = json!({ "application": id, "scorecards": scorecards });
        event::append(conn, actor, Entry::new("debrief.opened", debrief.0).with(detail)).await?;
        Ok(debrief)
    })
    .await
}

/// What a rater says of one of their first ratings, on top of the revision that they saw (0 while they had said nothing).
#[derive(Clone, Debug)]
pub struct Word {
    pub scorecard: ScorecardId,
    pub dimension: String,
    pub base_revision: i64,
    pub said: Answer,
}

/// Puts a second rating beside the member's own first one. The same word twice is no change.
///
/// # Errors
/// `NotFound` when the scorecard is not the member's own or does not lie on the table; `Refused` when the debrief or the job is
/// closed, or the rating was changed since it was read; `Invalid` with what the answer lacks.
pub async fn rate(conn: &mut Conn, scope: &Scope, actor: &Actor, id: DebriefId, word: &Word) -> Result<()> {
    conn.transaction(async |conn| {
        let debrief = rows::lock(conn, scope, id).await?;
        let own = own(&debrief, scope.member, word.scorecard);
        let voice = own.into_iter().find(|voice| voice.dimension == word.dimension).ok_or(Error::NotFound)?;
        may_speak(&debrief)?;
        let standing = voice.second.as_ref();
        if standing.is_some_and(|second| second.said == word.said) {
            return Ok(());
        }
        if standing.map_or(0, |second| second.revision) != word.base_revision {
            return Err(Error::refused("debrief-rating-changed"));
        }
        let lacks = lacks(&word.said, voice, &debrief.voices);
        if !lacks.is_empty() {
            return Err(Error::Invalid(lacks.iter().map(complaint).collect()));
        }
        rows::say(conn, scope, id, word.scorecard, &[(&word.dimension, &word.said)], actor.now).await?;
        let detail = json!({
            "scorecard": word.scorecard, "dimension": word.dimension, "revision": word.base_revision + 1,
            "moved": word.said.rating != voice.first, "evidence": word.said.evidence,
        });
        event::append(conn, actor, Entry::new("debrief.rated", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// Says of every rating of a scorecard that has no second one yet that it stays.
///
/// # Errors
/// As [`rate`]; `Refused` while a reason to stay is owed.
pub async fn stay(conn: &mut Conn, scope: &Scope, actor: &Actor, id: DebriefId, scorecard: ScorecardId) -> Result<()> {
    conn.transaction(async |conn| {
        let debrief = rows::lock(conn, scope, id).await?;
        let own = own(&debrief, scope.member, scorecard);
        if own.is_empty() {
            return Err(Error::NotFound);
        }
        may_speak(&debrief)?;
        let silent: Vec<&Voice> = own.into_iter().filter(|voice| voice.second.is_none()).collect();
        if silent.is_empty() {
            return Ok(());
        }
        let owed = silent.iter().filter(|voice| stands_apart(voice, &debrief.voices)).count();
        if owed > 0 {
            return Err(Error::Refused(Message::new("debrief-reasons-owed").with("count", owed)));
        }
        let answers: Vec<(&str, Answer)> = silent
            .iter()
            .map(|voice| {
                let said =
                    Answer { rating: voice.first, reason: String::new(), evidence: Vec::new(), note: String::new() };
                (voice.dimension.as_str(), said)
            })
            .collect();
        let said: Vec<(&str, &Answer)> = answers.iter().map(|(dimension, said)| (*dimension, said)).collect();
        rows::say(conn, scope, id, scorecard, &said, actor.now).await?;
        let dimensions: Vec<&str> = answers.iter().map(|(dimension, _)| *dimension).collect();
        let detail = json!({ "scorecard": scorecard, "dimensions": dimensions, "moved": false });
        event::append(conn, actor, Entry::new("debrief.rated", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// Closes and seals a debrief with a summary of the discussion. `revision` is the one that was on the screen: what was read
/// is what is sealed. Raters who said nothing stay with their first ratings.
///
/// # Errors
/// `Forbidden` unless the member runs jobs or is the job's hiring manager; `Refused` when it is closed already or something
/// was said since it was read; `Invalid` without a summary.
pub async fn close(
    conn: &mut Conn,
    scope: &Scope,
    roles: &[Role],
    actor: &Actor,
    id: DebriefId,
    revision: i64,
    summary: &str,
) -> Result<()> {
    conn.transaction(async |conn| {
        let debrief = rows::lock(conn, scope, id).await?;
        if !leads_debriefs(roles, scope.member, debrief.hiring_manager) {
            return Err(Error::Forbidden);
        }
        if !debrief.is_open() {
            return Err(Error::refused("debrief-is-closed"));
        }
        if summary.trim().is_empty() {
            return Err(Error::invalid("summary", "debrief-summary-missing"));
        }
        if debrief.revision != revision {
            return Err(Error::refused("debrief-changed-meanwhile"));
        }
        let seal = debrief::seal(id, actor.now, summary, &debrief.voices);
        rows::close(conn, scope, id, summary, &seal, actor.now).await?;
        let hex: String = seal.iter().map(|byte| format!("{byte:02x}")).collect();
        let detail = json!({
            "application": debrief.application, "seal": hex,
            "moved": debrief::moved(&debrief.voices).count(), "minority": debrief::minority(&debrief.voices).count(),
        });
        event::append(conn, actor, Entry::new("debrief.closed", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// Writes down who read what a panel said in its debriefs.
pub async fn viewed(conn: &mut Conn, actor: &Actor, debriefs: &[DebriefId]) -> Result<()> {
    let entry = match debriefs {
        [only] => Entry::new("debrief.viewed", only.0),
        many => Entry::new("debrief.viewed", None).with(json!({ "debriefs": many })),
    };
    event::view(conn, actor, entry).await
}

fn own(debrief: &Debrief, member: MemberId, scorecard: ScorecardId) -> Vec<&Voice> {
    debrief.voices.iter().filter(|voice| voice.rater == member && voice.scorecard == scorecard).collect()
}

fn may_speak(debrief: &Debrief) -> Result<()> {
    if !debrief.is_open() {
        return Err(Error::refused("debrief-is-closed"));
    }
    if debrief.job_state == JobState::Closed {
        return Err(Error::refused("debrief-job-closed"));
    }
    Ok(())
}

fn complaint(lack: &Lack) -> Complaint {
    let (field, key) = match lack {
        Lack::Reason => ("reason", "debrief-reason-missing"),
        Lack::ReasonToStay => ("reason", "debrief-reason-to-stay-missing"),
        Lack::Evidence => ("evidence", "debrief-evidence-missing"),
        Lack::Unknown(_) => ("evidence", "debrief-evidence-unknown"),
    };
    Complaint::new(field, Message::new(key))
}
