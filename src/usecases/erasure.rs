//! Erasing a person: their name and every word about them go, the numbers stay; and what keeps a record from it.

use diesel_async::AsyncConnection;
use jiff::{Span, Timestamp, tz::TimeZone};
use serde_json::json;

use crate::{
    domain::{
        id::{CandidateId, JobId},
        policy::Reach,
        text_enum::text_enum,
    },
    error::{Error, Result},
    i18n::Locale,
    store::{
        Conn, Scope,
        erasure::{self, Kept},
        event::{self, Actor, Entry},
        organisation::{self, Organisation},
    },
};

text_enum! {
    /// Why a person is erased.
    Reason {
        /// They asked for it.
        Request = "request",
        /// Their record has been kept as long as the organisation keeps them.
        Retention = "retention",
    }
}

/// Records that ended before this moment are due.
pub fn cutoff(organisation: &Organisation, now: Timestamp) -> Timestamp {
    let zone = TimeZone::get(&organisation.time_zone).unwrap_or(TimeZone::UTC);
    let months = Span::new().months(i64::from(organisation.retention_months));
    now.to_zoned(zone).checked_sub(months).map_or(now, |then| then.timestamp())
}

/// Whose record is due, longest ago first, at most `limit`; for members who see every job.
///
/// # Errors
/// `Forbidden` for a member who sees only some jobs: a record spans all of a person's.
pub async fn due(conn: &mut Conn, scope: &Scope, now: Timestamp, limit: usize) -> Result<(Organisation, Vec<Kept>)> {
    sees_everything(scope)?;
    let organisation = organisation::find(conn, scope).await?;
    let kept = erasure::due(conn, scope, cutoff(&organisation, now), limit).await?;
    Ok((organisation, kept))
}

/// One candidate, before they are erased.
///
/// # Errors
/// As [`due`]; `NotFound` for somebody who was erased.
pub async fn find(conn: &mut Conn, scope: &Scope, id: CandidateId) -> Result<Kept> {
    sees_everything(scope)?;
    erasure::find(conn, scope, id).await
}

/// Erases a person; there is no way back.
///
/// # Errors
/// As [`find`]; `Refused` while a legal hold, an undecided application or an open scorecard keeps the record.
pub async fn erase(conn: &mut Conn, scope: &Scope, actor: &Actor, id: CandidateId, reason: Reason) -> Result<()> {
    sees_everything(scope)?;
    conn.transaction(async |conn| {
        erasure::lock(conn, scope, id).await?;
        let kept = erasure::find(conn, scope, id).await?;
        if !kept.can_be_erased() {
            return Err(Error::refused("erasure-kept"));
        }
        let organisation = organisation::find(conn, scope).await?;
        if reason == Reason::Retention && kept.ended_at.to_jiff() >= Some(cutoff(&organisation, actor.now)) {
            return Err(Error::refused("erasure-not-due"));
        }
        erasure::erase(conn, scope, id, &label(&organisation, id), actor.now).await?;
        let detail = json!({ "reason": reason, "scorecards": kept.scorecards });
        event::append(conn, actor, Entry::new("candidate.erased", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// What is written where a name was: it tells two erased people apart, and nobody who they were.
fn label(organisation: &Organisation, id: CandidateId) -> String {
    let locale = Locale::from_tag(&organisation.locale).unwrap_or_default();
    let digits = id.0.simple().to_string();
    locale.say("erasure-label", &[("number", digits[digits.len() - 4..].into())])
}

/// Lays a legal hold on a job: nobody of it is erased until it is lifted.
///
/// # Errors
/// `NotFound` for a job out of reach; `Refused` when it is on hold already.
pub async fn lay_hold(conn: &mut Conn, scope: &Scope, actor: &Actor, id: JobId, reason: &str) -> Result<()> {
    conn.transaction(async |conn| {
        if erasure::hold(conn, scope, id).await?.1.is_some() {
            return Err(Error::refused("hold-already"));
        }
        erasure::set_hold(conn, scope, id, Some((actor.now, reason))).await?;
        event::append(conn, actor, Entry::new("job.held", id.0)).await?;
        Ok(())
    })
    .await
}

/// Lifts the hold of a job.
///
/// # Errors
/// As [`lay_hold`]; `Refused` when there is none.
pub async fn lift_hold(conn: &mut Conn, scope: &Scope, actor: &Actor, id: JobId) -> Result<()> {
    conn.transaction(async |conn| {
        if erasure::hold(conn, scope, id).await?.1.is_none() {
            return Err(Error::refused("hold-none"));
        }
        erasure::set_hold(conn, scope, id, None).await?;
        event::append(conn, actor, Entry::new("job.released", id.0)).await?;
        Ok(())
    })
    .await
}

/// Whose jobs are only some of the organisation's does not see all that is kept of a person.
fn sees_everything(scope: &Scope) -> Result<()> {
    if scope.reach == Reach::All { Ok(()) } else { Err(Error::Forbidden) }
}
