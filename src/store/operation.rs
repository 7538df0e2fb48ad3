//! Operations: single changes of a scorecard, each applied once however often it is sent.

use diesel::{
    prelude::*,
    result::DatabaseErrorKind,
    sql_types::{self, BigInt, Text},
};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use serde_json::Value as Json;
use uuid::Uuid;

use super::{
    Conn, Scope,
    interview::InterviewState,
    job::JobState,
    scorecard::ScorecardState,
    statement::{Bind, Statement},
};
use crate::{
    domain::{
        id::{ConflictId, RubricVersionId, ScorecardId},
        medium::Medium,
        rating::Rating,
        scorecard::{Field, Value, operation_hash, rating_text},
    },
    error::{Error, Result},
    schema::{conflict_copies, operations, ratings, scorecards},
};

/// A change as it was sent, with its value in canonical form.
#[derive(Clone, Debug)]
pub struct Operation {
    pub id: Uuid,
    pub scorecard: ScorecardId,
    pub field: Field,
    pub base_revision: i64,
    pub value: Value,
}

/// An operation that was answered before.
#[derive(Clone, Debug)]
pub struct Known {
    pub scorecard: ScorecardId,
    pub body_hash: Vec<u8>,
    pub status: i16,
    pub answer: Json,
}

/// Whether a scorecard can be written.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub scorecard: ScorecardState,
    pub interview: InterviewState,
    pub job: JobState,
}

impl Operation {
    pub fn hash(&self) -> Vec<u8> {
        operation_hash(&self.field, self.base_revision, &self.value.to_string()).to_vec()
    }
}

/// The member's own scorecard with what surrounds it. $1 organisation, $2 scorecard, $3 member.
macro_rules! own_scorecard {
    () => {
        "FROM scorecards k
         JOIN seats s ON s.org_id = k.org_id AND s.id = k.seat_id
         JOIN interviews i ON i.org_id = s.org_id AND i.id = s.interview_id
         JOIN rounds r ON r.org_id = i.org_id AND r.id = i.round_id
         JOIN jobs j ON j.org_id = r.org_id AND j.id = r.job_id
         WHERE k.org_id = $1 AND k.id = $2 AND s.member_id = $3"
    };
}

/// Applies and remembers an operation in one statement. $1 organisation, $2 scorecard, $3 member, $4 base revision,
/// $5 now, $6 field, $7 value as text, $8 operation, $9 hash, $10 answer, $11 dimension, from $12 the value's columns.
macro_rules! apply {
    ($change:literal, $same:literal) => {
        concat!(
            "WITH card AS (",
            "SELECT k.org_id, k.id ",
            own_scorecard!(),
            " AND k.state = 'draft' AND i.state = 'scheduled' AND j.state = 'open' FOR NO KEY UPDATE OF k",
            "), changed AS (",
            $change,
            "), settled AS (
               UPDATE conflict_copies x SET settled_at = $5 FROM changed
               WHERE x.org_id = $1 AND x.scorecard_id = $2 AND x.field = $6 AND x.settled_at IS NULL AND ",
            $same,
            "), remembered AS (
               INSERT INTO operations (org_id, id, scorecard_id, body_hash, status, answer, at)
               SELECT $1, $8, $2, $9, 200::smallint, $10, $5 FROM changed
             )
             SELECT revision FROM changed"
        )
    };
}

/// A kept copy is settled when the text that was saved holds all of it.
macro_rules! apply_text {
    ($change:literal) => {
        apply!($change, "position(x.value IN $7) > 0")
    };
}

macro_rules! apply_choice {
    ($change:literal) => {
        apply!($change, "x.value = $7")
    };
}

/// Keeps a note: what most operations do.
pub const NOTE: &str = apply_text!(
    "UPDATE ratings f SET note = $7, note_revision = f.note_revision + 1
     FROM card WHERE f.org_id = card.org_id AND f.scorecard_id = card.id AND f.dimension = $11
       AND f.note_revision = $4 RETURNING f.note_revision AS revision"
);

/// Applies the operation if its base revision is current and the scorecard is the member's own open draft. One statement:
/// outside a transaction it is committed when this returns.
///
/// Answers the new revision; `None` when it was not applied, for whatever reason: see [`known`], [`lock`] and [`current`].
pub async fn apply(conn: &mut Conn, scope: &Scope, operation: &Operation, now: Timestamp) -> Result<Option<i64>> {
    let answer = serde_json::json!({ "revision": operation.base_revision + 1, "saved_at": now.to_string() });
    let mut binds = vec![
        Bind::Uuid(scope.org.0),
        Bind::Uuid(operation.scorecard.0),
        Bind::Uuid(scope.member.0),
        Bind::Number(operation.base_revision),
        Bind::Time(now.into()),
        Bind::Text(operation.field.to_string()),
        Bind::Text(operation.value.to_string()),
        Bind::Uuid(operation.id),
        Bind::Bytes(operation.hash()),
        Bind::Json(answer),
        Bind::Text(operation.field.dimension().unwrap_or_default().to_owned()),
    ];
    let sql = match (&operation.field, &operation.value) {
        (Field::Rating(_), Value::Rating(rating)) => {
            binds.push(Bind::OptionalSmall(rating.and_then(Rating::score)));
            binds.push(Bind::Bool(*rating == Some(Rating::NotEnoughEvidence)));
            apply_choice!(
                "UPDATE ratings f SET score = $12, not_enough_evidence = $13, rating_revision = f.rating_revision + 1
                 FROM card WHERE f.org_id = card.org_id AND f.scorecard_id = card.id AND f.dimension = $11
                   AND f.rating_revision = $4 RETURNING f.rating_revision AS revision"
            )
        }
        (Field::Asked(_), Value::Keys(asked)) => {
            binds.push(Bind::Texts(asked.clone()));
            apply_choice!(
                "UPDATE ratings f SET asked = $12, asked_revision = f.asked_revision + 1
                 FROM card WHERE f.org_id = card.org_id AND f.scorecard_id = card.id AND f.dimension = $11
                   AND f.asked_revision = $4 RETURNING f.asked_revision AS revision"
            )
        }
        // Two pages that count at once are no conflict: the longer time stands, whatever it was based on.
        (Field::Seconds(_), Value::Seconds(seconds)) => {
            binds.push(Bind::Int(*seconds));
            apply_choice!(
                "UPDATE ratings f SET seconds = greatest(f.seconds, $12), seconds_revision = f.seconds_revision + 1
                 FROM card WHERE f.org_id = card.org_id AND f.scorecard_id = card.id AND f.dimension = $11
                 RETURNING f.seconds_revision AS revision"
            )
        }
        (Field::Facts, Value::Keys(facts)) => {
            binds.push(Bind::Texts(facts.clone()));
            apply_choice!(
                "UPDATE scorecards f SET facts = $12, facts_revision = f.facts_revision + 1
                 FROM card WHERE f.org_id = card.org_id AND f.id = card.id
                   AND f.facts_revision = $4 RETURNING f.facts_revision AS revision"
            )
        }
        (Field::Ticks(_), Value::Keys(ticks)) => {
            binds.push(Bind::Texts(ticks.clone()));
            apply_choice!(
                "UPDATE ratings f SET ticks = $12, ticks_revision = f.ticks_revision + 1
                 FROM card WHERE f.org_id = card.org_id AND f.scorecard_id = card.id AND f.dimension = $11
                   AND f.ticks_revision = $4 RETURNING f.ticks_revision AS revision"
            )
        }
        (Field::Note(_), Value::Text(_)) => NOTE,
        (Field::Recommendation, Value::Recommendation(choice)) => {
            binds.push(Bind::OptionalText(choice.map(|choice| choice.as_str().to_owned())));
            apply_choice!(
                "UPDATE scorecards f SET recommendation = $12, recommendation_revision = f.recommendation_revision + 1
                 FROM card WHERE f.org_id = card.org_id AND f.id = card.id
                   AND f.recommendation_revision = $4 RETURNING f.recommendation_revision AS revision"
            )
        }
        (Field::PrivateNote, Value::Text(_)) => apply_text!(
            "UPDATE scorecards f SET private_note = $7, private_note_revision = f.private_note_revision + 1
             FROM card WHERE f.org_id = card.org_id AND f.id = card.id
               AND f.private_note_revision = $4 RETURNING f.private_note_revision AS revision"
        ),
        (Field::NextNote, Value::Text(_)) => apply_text!(
            "UPDATE scorecards f SET next_note = $7, next_note_revision = f.next_note_revision + 1
             FROM card WHERE f.org_id = card.org_id AND f.id = card.id
               AND f.next_note_revision = $4 RETURNING f.next_note_revision AS revision"
        ),
        (field, value) => {
            return Err(Error::Bug(anyhow::anyhow!("{value:?} is no value of {field}")));
        }
    };
    match Statement::<BigInt>::new(sql, binds).get_result(conn).await {
        Ok(revision) => Ok(Some(revision)),
        Err(diesel::result::Error::NotFound) => Ok(None),
        // The operation is known already; the statement as a whole did nothing.
        Err(diesel::result::Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Locks the member's own scorecard until the end of the transaction.
///
/// # Errors
/// `NotFound` when it is not theirs.
pub async fn lock(conn: &mut Conn, scope: &Scope, scorecard: ScorecardId) -> Result<Standing> {
    let sql = concat!("SELECT k.state, i.state, j.state ", own_scorecard!(), " FOR NO KEY UPDATE OF k");
    let (scorecard, interview, job) =
        Statement::<(Text, Text, Text)>::new(sql, own(scope, scorecard)).get_result(conn).await?;
    Ok(Standing { scorecard, interview, job })
}

/// The rubric version and the medium, which decide which keys this scorecard may hold.
///
/// # Errors
/// `NotFound` when it is not theirs.
pub async fn rubric_medium_and_plan(
    conn: &mut Conn,
    scope: &Scope,
    scorecard: ScorecardId,
) -> Result<(RubricVersionId, Medium, Vec<String>)> {
    let sql = concat!("SELECT j.rubric_version_id, r.medium, r.questions ", own_scorecard!());
    Ok(Statement::<(sql_types::Uuid, Text, sql_types::Array<Text>)>::new(sql, own(scope, scorecard))
        .get_result(conn)
        .await?)
}

fn own(scope: &Scope, scorecard: ScorecardId) -> Vec<Bind> {
    vec![Bind::Uuid(scope.org.0), Bind::Uuid(scorecard.0), Bind::Uuid(scope.member.0)]
}

/// The answer that an operation got when it first came.
pub async fn known(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<Option<Known>> {
    let row: Option<(ScorecardId, Vec<u8>, i16, Json)> = operations::table
        .find((scope.org, id))
        .select((operations::scorecard_id, operations::body_hash, operations::status, operations::answer))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|(scorecard, body_hash, status, answer)| Known { scorecard, body_hash, status, answer }))
}

/// What the field holds now, and its revision.
///
/// # Errors
/// `NotFound` when the scorecard has no such dimension.
pub async fn current(conn: &mut Conn, scope: &Scope, scorecard: ScorecardId, field: &Field) -> Result<(i64, String)> {
    let card = scorecards::table.find((scope.org, scorecard));
    let rated = |dimension: &str| ratings::table.find((scope.org, scorecard, dimension.to_owned()));
    Ok(match field {
        Field::Recommendation => {
            let (revision, choice): (i64, Option<String>) =
                card.select((scorecards::recommendation_revision, scorecards::recommendation)).first(conn).await?;
            (revision, choice.unwrap_or_default())
        }
        Field::PrivateNote => {
            card.select((scorecards::private_note_revision, scorecards::private_note)).first(conn).await?
        }
        Field::NextNote => card.select((scorecards::next_note_revision, scorecards::next_note)).first(conn).await?,
        Field::Note(dimension) => rated(dimension).select((ratings::note_revision, ratings::note)).first(conn).await?,
        Field::Ticks(dimension) => {
            let (revision, ticks): (i64, Vec<String>) =
                rated(dimension).select((ratings::ticks_revision, ratings::ticks)).first(conn).await?;
            (revision, ticks.join(" "))
        }
        Field::Asked(dimension) => {
            let (revision, asked): (i64, Vec<String>) =
                rated(dimension).select((ratings::asked_revision, ratings::asked)).first(conn).await?;
            (revision, asked.join(" "))
        }
        Field::Seconds(dimension) => {
            let (revision, seconds): (i64, i32) =
                rated(dimension).select((ratings::seconds_revision, ratings::seconds)).first(conn).await?;
            (revision, seconds.to_string())
        }
        Field::Facts => {
            let (revision, facts): (i64, Vec<String>) =
                card.select((scorecards::facts_revision, scorecards::facts)).first(conn).await?;
            (revision, facts.join(" "))
        }
        Field::Rating(dimension) => {
            let (revision, score, not_enough): (i64, Option<i16>, bool) = rated(dimension)
                .select((ratings::rating_revision, ratings::score, ratings::not_enough_evidence))
                .first(conn)
                .await?;
            (revision, rating_text(Rating::from_columns(score, not_enough)))
        }
    })
}

/// Remembers how an operation was answered, so that it is answered alike when it comes again.
pub async fn remember(
    conn: &mut Conn,
    scope: &Scope,
    operation: &Operation,
    status: i16,
    answer: &Json,
    now: Timestamp,
) -> Result<()> {
    diesel::insert_into(operations::table)
        .values((
            operations::org_id.eq(scope.org),
            operations::id.eq(operation.id),
            operations::scorecard_id.eq(operation.scorecard),
            operations::body_hash.eq(operation.hash()),
            operations::status.eq(status),
            operations::answer.eq(answer),
            operations::at.eq(jiff_diesel::Timestamp::from(now)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Keeps what came for an outdated revision.
pub async fn keep_copy(conn: &mut Conn, scope: &Scope, operation: &Operation, now: Timestamp) -> Result<ConflictId> {
    let id = ConflictId::new();
    diesel::insert_into(conflict_copies::table)
        .values((
            conflict_copies::org_id.eq(scope.org),
            conflict_copies::id.eq(id),
            conflict_copies::scorecard_id.eq(operation.scorecard),
            conflict_copies::field.eq(operation.field.to_string()),
            conflict_copies::value.eq(operation.value.to_string()),
            conflict_copies::base_revision.eq(operation.base_revision),
            conflict_copies::at.eq(jiff_diesel::Timestamp::from(now)),
        ))
        .execute(conn)
        .await?;
    Ok(id)
}

/// The field and text of a copy that waits for a choice.
///
/// # Errors
/// `NotFound` when there is none, or it is settled.
pub async fn copy(conn: &mut Conn, scope: &Scope, scorecard: ScorecardId, id: ConflictId) -> Result<(String, String)> {
    Ok(conflict_copies::table
        .find((scope.org, id))
        .filter(conflict_copies::scorecard_id.eq(scorecard).and(conflict_copies::settled_at.is_null()))
        .select((conflict_copies::field, conflict_copies::value))
        .first(conn)
        .await?)
}

/// Marks a copy as settled; it stays in the table.
pub async fn settle_copy(conn: &mut Conn, scope: &Scope, id: ConflictId, now: Timestamp) -> Result<()> {
    diesel::update(conflict_copies::table.find((scope.org, id)))
        .set(conflict_copies::settled_at.eq(Some(jiff_diesel::Timestamp::from(now))))
        .execute(conn)
        .await?;
    Ok(())
}
