//! Rounds: the steps of a job's interview plan.

use diesel::{pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use serde::Deserialize;

use super::{Conn, Scope};
use crate::{
    domain::{
        id::{JobId, OrgId, RoundId},
        medium::Medium,
    },
    error::Result,
    schema::rounds,
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
