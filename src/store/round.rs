//! Rounds: the steps of a job's interview plan.

use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{Nullable, Timestamptz},
};
use diesel_async::RunQueryDsl;
use jiff_diesel::NullableTimestamp;
use serde::Deserialize;

use super::{
    Conn, Scope,
    job::{self, Job},
    statement::Statement,
};
use crate::{
    domain::{
        id::{JobId, OrgId, RoundId},
        medium::Medium,
    },
    error::Result,
    schema::{jobs, rounds},
};

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, Deserialize)]
#[diesel(table_name = rounds, check_for_backend(Pg))]
pub struct Round {
    pub org_id: OrgId,
    pub id: RoundId,
    pub job_id: JobId,
    pub position: i32,
    pub name: String,
    pub medium: Medium,
    pub minutes: i32,
    pub dimensions: Vec<String>,
    pub questions: Vec<String>,
}

/// The rounds of a job that the caller has already found, in order.
pub async fn of_job(conn: &mut Conn, scope: &Scope, job: JobId) -> Result<Vec<Round>> {
    Ok(rounds::table
        .filter(rounds::org_id.eq(scope.org).and(rounds::job_id.eq(job)))
        .order(rounds::position)
        .select(Round::as_select())
        .load(conn)
        .await?)
}

/// A round with its job, and when its first interview began: when the first kit was opened.
///
/// # Errors
/// `NotFound` unless its job is one that the scope reaches.
pub async fn with_beginning(
    conn: &mut Conn,
    scope: &Scope,
    id: RoundId,
) -> Result<(Round, Job, Option<jiff::Timestamp>)> {
    let begun = Statement::<Nullable<Timestamptz>>::new(
        "(SELECT min(c.started_at) FROM interviews i
          JOIN seats s ON s.org_id = i.org_id AND s.interview_id = i.id
          JOIN scorecards c ON c.org_id = s.org_id AND c.seat_id = s.id
          WHERE i.org_id = rounds.org_id AND i.round_id = rounds.id)",
        Vec::new(),
    );
    let (round, job, begun): (Round, Job, NullableTimestamp) = rounds::table
        .inner_join(jobs::table.on(jobs::org_id.eq(rounds::org_id).and(jobs::id.eq(rounds::job_id))))
        .filter(rounds::org_id.eq(scope.org).and(rounds::id.eq(id)))
        .filter(rounds::job_id.eq_any(job::visible_ids(scope)))
        .select((Round::as_select(), Job::as_select(), begun))
        .first(conn)
        .await?;
    Ok((round, job, begun.to_jiff()))
}

/// Locks a round until the transaction ends: a kit that is being opened for the first time is waited for, and one that is
/// opened from now on waits.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: RoundId) -> Result<()> {
    let _: RoundId = rounds::table.find((scope.org, id)).select(rounds::id).for_no_key_update().first(conn).await?;
    Ok(())
}

pub async fn set_questions(conn: &mut Conn, scope: &Scope, id: RoundId, questions: &[String]) -> Result<()> {
    diesel::update(rounds::table.find((scope.org, id))).set(rounds::questions.eq(questions)).execute(conn).await?;
    Ok(())
}

/// Puts other rounds in the place of a job's; rounds keep their ids where the new ones carry them.
pub async fn replace(conn: &mut Conn, scope: &Scope, job: JobId, rounds: &[Round]) -> Result<()> {
    diesel::delete(rounds::table.filter(rounds::org_id.eq(scope.org).and(rounds::job_id.eq(job))))
        .execute(conn)
        .await?;
    insert(conn, rounds).await
}

pub async fn insert(conn: &mut Conn, rounds: &[Round]) -> Result<()> {
    diesel::insert_into(rounds::table).values(rounds).execute(conn).await?;
    Ok(())
}
