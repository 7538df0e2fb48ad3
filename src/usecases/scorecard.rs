//! Scorecards: opened, written operation by operation, sealed, amended. The rater is always who asks.

use std::sync::Arc;

use diesel_async::AsyncConnection;
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::{
    domain::{
        id::{AmendmentId, ConflictId, InterviewId, ScorecardId},
        medium::Medium,
        rating::{EvidencePolicy, Gap, Rating},
        rubric::Rubric,
        scorecard::{Field, Flaw, MAX_TEXT, Revisions, form_operation_id},
    },
    error::{Error, Message, Result},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        kit::{self, Kit, closed},
        operation::{self, Operation},
        question, rubric_cache,
        scorecard::{self, Amendment, ScorecardState},
    },
};

/// The longest reason of an amendment, in characters.
pub const MAX_REASON: usize = 4000;

/// The kit of the member's seat; the first opening makes the scorecard, as long as it can be written.
///
/// # Errors
/// `NotFound` when the member has no seat in the interview.
pub async fn open(
    conn: &mut Conn,
    scope: &Scope,
    interview: InterviewId,
    now: Timestamp,
) -> Result<(Kit, Arc<Rubric>)> {
    let mut kit = kit::of_interview(conn, scope, interview).await?;
    if kit.scorecard.is_none() && kit.closed().is_none() {
        scorecard::begin(conn, scope, kit.seat, &kit.round.dimensions, now).await?;
        kit = kit::of_interview(conn, scope, interview).await?;
    }
    let rubric = rubric_cache::published(conn, scope, kit.job.rubric_version_id).await?;
    let rubric = question::complete(conn, scope, rubric, &kit.round.questions).await?;
    Ok((kit, rubric))
}

/// A change as a page sends it.
#[derive(Clone, Debug)]
pub struct Change {
    pub operation: Uuid,
    pub scorecard: ScorecardId,
    pub field: String,
    pub base_revision: i64,
    pub value: String,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved {
    /// It is kept: this revision is what was sent.
    Kept { revision: i64, saved_at: Timestamp },
    /// The field had changed meanwhile. What was sent is kept as a copy, and the field holds `value`.
    Conflict { revision: i64, value: String, copy: ConflictId },
    /// The operation id belongs to another change.
    OpReused,
    /// The scorecard is submitted.
    Sealed,
    /// The interview or the job takes no more ratings; the key of the message.
    Closed(&'static str),
}

/// Saves one change. When this returns `Kept` or `Conflict`, it is committed.
///
/// # Errors
/// `Invalid` when the field or its value is none; `NotFound` when the scorecard is not the member's own.
pub async fn save(conn: &mut Conn, scope: &Scope, change: &Change, now: Timestamp) -> Result<Saved> {
    let operation = parse(conn, scope, change).await?;
    // Nearly always one statement does it all. What it leaves undone is looked into under the scorecard's lock.
    match operation::apply(conn, scope, &operation, now).await? {
        Some(revision) => Ok(Saved::Kept { revision, saved_at: now }),
        None => conn.transaction(async |conn| settle(conn, scope, &operation, now).await).await,
    }
}

async fn settle(conn: &mut Conn, scope: &Scope, operation: &Operation, now: Timestamp) -> Result<Saved> {
    let standing = operation::lock(conn, scope, operation.scorecard).await?;
    if let Some(known) = operation::known(conn, scope, operation.id).await? {
        return if known.scorecard == operation.scorecard && known.body_hash == operation.hash() {
            again(&known)
        } else {
            Ok(Saved::OpReused)
        };
    }
    if standing.scorecard == ScorecardState::Submitted {
        return Ok(Saved::Sealed);
    }
    if let Some(reason) = closed(standing.interview, standing.job) {
        return Ok(Saved::Closed(reason));
    }
    let (revision, value) = match operation::current(conn, scope, operation.scorecard, &operation.field).await {
        Err(Error::NotFound) => return Err(Error::invalid("field", "form-not-a-choice")),
        found => found?,
    };
    if revision == operation.base_revision {
        let applied = operation::apply(conn, scope, operation, now).await?;
        let revision = applied.ok_or_else(|| anyhow::anyhow!("a locked draft did not take an operation"))?;
        return Ok(Saved::Kept { revision, saved_at: now });
    }
    if value == operation.value.to_string() {
        // Both tabs say the same: nothing to choose.
        let answer = json!({ "revision": revision, "saved_at": now.to_string() });
        operation::remember(conn, scope, operation, 200, &answer, now).await?;
        return Ok(Saved::Kept { revision, saved_at: now });
    }
    let copy = operation::keep_copy(conn, scope, operation, now).await?;
    let answer = json!({ "revision": revision, "value": value, "copy": copy });
    operation::remember(conn, scope, operation, 409, &answer, now).await?;
    Ok(Saved::Conflict { revision, value, copy })
}

/// The answer that the same operation got before.
fn again(known: &operation::Known) -> Result<Saved> {
    let stored = |name: &str| known.answer.get(name);
    let revision = stored("revision").and_then(serde_json::Value::as_i64);
    let text = |name: &str| stored(name).and_then(serde_json::Value::as_str).map(str::to_owned);
    let answer = match known.status {
        200 => revision
            .zip(text("saved_at").and_then(|at| at.parse().ok()))
            .map(|(revision, saved_at)| Saved::Kept { revision, saved_at }),
        _ => revision
            .zip(text("value"))
            .zip(text("copy").and_then(|copy| copy.parse().ok()))
            .map(|((revision, value), copy)| Saved::Conflict { revision, value, copy }),
    };
    answer.ok_or_else(|| Error::Bug(anyhow::anyhow!("a stored answer cannot be read")))
}

async fn parse(conn: &mut Conn, scope: &Scope, change: &Change) -> Result<Operation> {
    let field: Field = change.field.parse().map_err(|_| Error::invalid("field", "form-not-a-choice"))?;
    if !(0..i64::from(u32::MAX)).contains(&change.base_revision) {
        return Err(Error::invalid("base_revision", "form-not-a-choice"));
    }
    let mut known = Vec::new();
    if field.is_keys() {
        let (version, medium, plan) = operation::rubric_medium_and_plan(conn, scope, change.scorecard).await?;
        let rubric = rubric_cache::published(conn, scope, version).await?;
        let rubric = question::complete(conn, scope, rubric, &plan).await?;
        known = known_keys(&field, &rubric, medium);
    }
    let value = field.parse(&change.value, &known);
    Ok(Operation {
        id: change.operation,
        scorecard: change.scorecard,
        base_revision: change.base_revision,
        value: value.map_err(|flaw| Error::Invalid(vec![complaint(&field, flaw)]))?,
        field,
    })
}

/// The keys that a field of keys may hold.
fn known_keys(field: &Field, rubric: &Rubric, medium: Medium) -> Vec<String> {
    match field {
        Field::Ticks(dimension) => {
            rubric.indicators_for(dimension, medium).into_iter().map(|indicator| indicator.key.clone()).collect()
        }
        Field::Asked(key) => rubric.dimension(key).map(|dimension| dimension.askable().collect()).unwrap_or_default(),
        Field::Facts => (1..=rubric.briefing.facts.len()).map(|n| n.to_string()).collect(),
        _ => Vec::new(),
    }
}

fn complaint(field: &Field, flaw: Flaw) -> crate::error::Complaint {
    let message = match flaw {
        Flaw::NotAChoice => Message::new("form-not-a-choice"),
        Flaw::TooLong => Message::new("form-too-long").with("most", MAX_TEXT),
        Flaw::ControlCharacters => Message::new("form-control-characters"),
    };
    crate::error::Complaint::new(field.to_string(), message)
}

/// A field of a form that a browser without script sends whole.
#[derive(Clone, Debug)]
pub struct Entered {
    pub field: Field,
    pub base_revision: i64,
    pub value: String,
    /// Whether it differs from what the page showed; what nobody touched is not sent on.
    pub touched: bool,
}

/// What became of a form, field by field.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Fields whose text is kept beside another one.
    pub conflicts: Vec<Field>,
    /// The new revision of each field that was saved or not touched.
    pub revisions: Revisions,
}

/// Saves the fields of a form, each as an operation of its own. All are checked before any is saved.
///
/// # Errors
/// `Invalid` with a complaint per field; `Refused` when the scorecard is submitted or closed.
pub async fn save_form(
    conn: &mut Conn,
    scope: &Scope,
    scorecard: ScorecardId,
    form: Uuid,
    entered: &[Entered],
    now: Timestamp,
) -> Result<Form> {
    let changes: Vec<(&Entered, Change)> = entered
        .iter()
        .map(|entry| {
            let operation = form_operation_id(form, &entry.field, entry.base_revision, &entry.value);
            let change = Change {
                operation,
                scorecard,
                field: entry.field.to_string(),
                base_revision: entry.base_revision,
                value: entry.value.clone(),
            };
            (entry, change)
        })
        .collect();
    let mut complaints = Vec::new();
    for (_, change) in &changes {
        match parse(conn, scope, change).await {
            Err(Error::Invalid(found)) => complaints.extend(found),
            outcome => drop(outcome?),
        }
    }
    if !complaints.is_empty() {
        return Err(Error::Invalid(complaints));
    }
    let mut result = Form::default();
    for (entry, change) in changes {
        if !entry.touched {
            result.revisions.insert(change.field, entry.base_revision);
            continue;
        }
        match save(conn, scope, &change, now).await? {
            Saved::Kept { revision, .. } => drop(result.revisions.insert(change.field, revision)),
            Saved::Conflict { .. } => result.conflicts.push(entry.field.clone()),
            Saved::Sealed => return Err(Error::refused("scorecard-sealed")),
            Saved::Closed(reason) => return Err(Error::refused(reason)),
            Saved::OpReused => return Err(Error::refused("scorecard-changed")),
        }
    }
    Ok(result)
}

/// What to do with text that came for an outdated revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The copy takes the field's place.
    Copy,
    /// The field stays as it is.
    Current,
    /// Both, the current text first.
    Both,
}

/// Settles a conflict copy as its writer chose, seeing the field at `revision`. Answers the field.
///
/// # Errors
/// `NotFound` when it is not theirs or settled already; `Refused` when the field changed since, or nothing can be written.
pub async fn settle_conflict(
    conn: &mut Conn,
    scope: &Scope,
    scorecard: ScorecardId,
    id: ConflictId,
    keep: Keep,
    revision: i64,
    now: Timestamp,
) -> Result<Field> {
    conn.transaction(async |conn| {
        let standing = operation::lock(conn, scope, scorecard).await?;
        let (name, text) = operation::copy(conn, scope, scorecard, id).await?;
        let field: Field = name.parse().map_err(|_| anyhow::anyhow!("a copy of an unknown field"))?;
        if standing.scorecard == ScorecardState::Submitted {
            return Err(Error::refused("scorecard-sealed"));
        }
        if let Some(reason) = closed(standing.interview, standing.job) {
            return Err(Error::refused(reason));
        }
        if keep != Keep::Current {
            let (current, value) = operation::current(conn, scope, scorecard, &field).await?;
            if current != revision {
                return Err(Error::refused("scorecard-changed"));
            }
            let value = match keep {
                Keep::Both if field.is_text() && !value.is_empty() => format!("{value}\n\n{text}"),
                _ => text,
            };
            let change = Change { operation: Uuid::now_v7(), scorecard, field: name, base_revision: current, value };
            let operation = parse(conn, scope, &change).await?;
            let applied = operation::apply(conn, scope, &operation, now).await?;
            applied.ok_or_else(|| anyhow::anyhow!("a locked draft did not take an operation"))?;
        }
        operation::settle_copy(conn, scope, id, now).await?;
        Ok(field)
    })
    .await
}

/// Why a scorecard cannot be submitted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A dimension with its gap.
    Gap(String, Gap),
    /// Two versions of a field wait for a choice.
    Conflict(Field),
    Recommendation,
}

/// What stands between a kit and its submission, in the order of the interview.
pub fn missing(kit: &Kit, policy: EvidencePolicy) -> Vec<Missing> {
    let sheet = kit.sheet();
    let gaps = sheet.gaps(policy).into_iter().map(|(dimension, gap)| Missing::Gap(dimension.to_owned(), gap));
    let mut conflicts: Vec<Field> = kit.conflicts.iter().filter_map(|copy| copy.field.parse().ok()).collect();
    conflicts.sort();
    conflicts.dedup();
    let recommendation = sheet.recommendation.is_none().then_some(Missing::Recommendation);
    gaps.chain(conflicts.into_iter().map(Missing::Conflict)).chain(recommendation).collect()
}

/// Submits and seals. `seen` are the revisions that were on the screen: what was read is what is sealed.
///
/// # Errors
/// `NotFound` when it is not the member's own; `Refused` when it is submitted already, closed, changed since it was read,
/// or has gaps ([`missing`] names them).
pub async fn submit(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: ScorecardId,
    seen: &Revisions,
    policy: EvidencePolicy,
) -> Result<()> {
    conn.transaction(async |conn| {
        let standing = operation::lock(conn, scope, id).await?;
        if standing.scorecard == ScorecardState::Submitted {
            return Err(Error::refused("scorecard-sealed"));
        }
        if let Some(reason) = closed(standing.interview, standing.job) {
            return Err(Error::refused(reason));
        }
        let kit = kit::of_scorecard(conn, scope, id).await?;
        if kit.revisions() != *seen {
            return Err(Error::refused("scorecard-changed"));
        }
        if !missing(&kit, policy).is_empty() {
            return Err(Error::refused("scorecard-has-gaps"));
        }
        let seal = kit.sheet().seal(id.0, actor.now);
        scorecard::seal(conn, scope, id, &seal, actor.now).await?;
        let detail = json!({ "interview": kit.interview.id, "seal": hex(&seal) });
        event::append(conn, actor, Entry::new("scorecard.submitted", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// A seal as the trail keeps it.
pub(super) fn hex(seal: &[u8]) -> String {
    seal.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes down that a member looked at another's scorecard.
pub async fn viewed(conn: &mut Conn, actor: &Actor, scorecards: &[ScorecardId]) -> Result<()> {
    let entry = match scorecards {
        [] => return Ok(()),
        [only] => Entry::new("scorecard.viewed", only.0),
        many => Entry::new("scorecard.viewed", None).with(json!({ "scorecards": many })),
    };
    event::view(conn, actor, entry).await
}

/// Writes down which scorecards of others a member read through another system.
pub async fn read(conn: &mut Conn, actor: &Actor, scorecards: &[ScorecardId]) -> Result<()> {
    let entry = Entry::new("scorecard.read", None).with(json!({ "scorecards": scorecards }));
    event::view(conn, actor, entry).await
}

/// Amends a rating of one's own submitted scorecard. The sealed rating stays beside it.
///
/// # Errors
/// `NotFound` when it is not the member's own; `Refused` while it is a draft, or when the interview or job is closed;
/// `Invalid` for an unknown dimension.
pub async fn amend(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: ScorecardId,
    dimension: &str,
    rating: Rating,
    reason: &str,
) -> Result<()> {
    conn.transaction(async |conn| {
        let standing = operation::lock(conn, scope, id).await?;
        if standing.scorecard != ScorecardState::Submitted {
            return Err(Error::refused("scorecard-not-submitted"));
        }
        if let Some(reason) = closed(standing.interview, standing.job) {
            return Err(Error::refused(reason));
        }
        let rated = operation::current(conn, scope, id, &Field::Rating(dimension.to_owned())).await;
        if matches!(rated, Err(Error::NotFound)) {
            return Err(Error::invalid("dimension", "form-not-a-choice"));
        }
        rated?;
        let amendment = Amendment {
            org_id: scope.org,
            id: AmendmentId::new(),
            scorecard_id: id,
            dimension: dimension.to_owned(),
            score: rating.score(),
            not_enough_evidence: rating == Rating::NotEnoughEvidence,
            reason: reason.to_owned(),
            member_id: scope.member,
            at: actor.now.into(),
        };
        scorecard::insert_amendment(conn, &amendment).await?;
        let detail = json!({ "dimension": dimension, "amendment": amendment.id });
        event::append(conn, actor, Entry::new("scorecard.amended", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}
