//! Scorecards that were entered from paper by somebody else than their interviewer.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Conn, Scope};
use crate::{
    domain::id::{MemberId, OrgId, ScorecardId},
    error::Result,
    schema::{members, papers},
};

#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = papers)]
pub struct Paper {
    pub org_id: OrgId,
    pub scorecard_id: ScorecardId,
    pub entered_by: MemberId,
    pub entered_at: Timestamp,
}

/// Who entered a scorecard, and what its interviewer says to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub by: String,
    pub at: jiff::Timestamp,
    /// `None` until they have answered.
    pub is_right: Option<bool>,
    pub remark: String,
}

pub async fn insert(conn: &mut Conn, paper: &Paper) -> Result<()> {
    diesel::insert_into(papers::table).values(paper).execute(conn).await?;
    Ok(())
}

/// Those of these scorecards that were entered from paper.
pub async fn of(conn: &mut Conn, scope: &Scope, scorecards: &[ScorecardId]) -> Result<HashMap<ScorecardId, Entry>> {
    type Row = (ScorecardId, String, Timestamp, Option<bool>, String);
    let rows: Vec<Row> = papers::table
        .inner_join(members::table.on(members::org_id.eq(papers::org_id).and(members::id.eq(papers::entered_by))))
        .filter(papers::org_id.eq(scope.org).and(papers::scorecard_id.eq_any(scorecards)))
        .select((papers::scorecard_id, members::name, papers::entered_at, papers::is_right, papers::remark))
        .load(conn)
        .await?;
    let entry = |(id, by, at, is_right, remark): Row| (id, Entry { by, at: at.to_jiff(), is_right, remark });
    Ok(rows.into_iter().map(entry).collect())
}

/// Keeps what the interviewer says; `false` when the scorecard was not entered from paper. Whose it is the caller has found.
pub async fn answer(
    conn: &mut Conn,
    scope: &Scope,
    scorecard: ScorecardId,
    is_right: bool,
    remark: &str,
    now: jiff::Timestamp,
) -> Result<bool> {
    let answered = diesel::update(papers::table.find((scope.org, scorecard)))
        .set((
            papers::answered_at.eq(Some(Timestamp::from(now))),
            papers::is_right.eq(Some(is_right)),
            papers::remark.eq(remark),
        ))
        .execute(conn)
        .await?;
    Ok(answered == 1)
}
