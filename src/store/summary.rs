//! Summaries: a comparison as sent by mail, kept from its preview on.

use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    dsl::{exists, not},
    expression::AsExpression,
    pg::{Pg, PgValue},
    prelude::*,
    serialize::{self, Output, ToSql},
    sql_types::Jsonb,
};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Conn, Scope, interview::InterviewState, job, scorecard::ScorecardState};
use crate::{
    domain::{
        email::EmailAddress,
        id::{JobId, MemberId, OrgId, SummaryId},
    },
    error::Result,
    schema::{applications, interviews, members, scorecards, seats, summaries},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = summaries, check_for_backend(Pg))]
pub struct Summary {
    pub org_id: OrgId,
    pub id: SummaryId,
    pub job_id: JobId,
    /// Who writes and sends it.
    pub member_id: MemberId,
    pub recipients: Recipients,
    pub locale: String,
    pub note: String,
    pub created_at: Timestamp,
    /// Both null until it is sent.
    pub inputs_digest: Option<String>,
    pub sent_at: NullableTimestamp,
}

/// Whom a letter goes to; the name is empty for an outside address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    pub name: String,
    pub address: EmailAddress,
    pub member_id: Option<MemberId>,
}

/// As one column of JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
pub struct Recipients(pub Vec<Recipient>);

impl FromSql<Jsonb, Pg> for Recipients {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(serde_json::from_value(<Value as FromSql<Jsonb, Pg>>::from_sql(bytes)?)?)
    }
}

impl ToSql<Jsonb, Pg> for Recipients {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <Value as ToSql<Jsonb, Pg>>::to_sql(&serde_json::to_value(self)?, &mut out.reborrow())
    }
}

/// Keeps a summary for its preview, in place of the author's other unsent ones in this job.
pub async fn insert(conn: &mut Conn, summary: &Summary) -> Result<()> {
    diesel::delete(summaries::table)
        .filter(summaries::org_id.eq(summary.org_id).and(summaries::job_id.eq(summary.job_id)))
        .filter(summaries::member_id.eq(summary.member_id).and(summaries::sent_at.is_null()))
        .execute(conn)
        .await?;
    diesel::insert_into(summaries::table).values(summary).execute(conn).await?;
    Ok(())
}

/// # Errors
/// `NotFound` unless it is one of a job in reach, and either sent or the member's own.
pub async fn find(conn: &mut Conn, scope: &Scope, job: JobId, id: SummaryId) -> Result<Summary> {
    Ok(summaries::table
        .filter(summaries::org_id.eq(scope.org).and(summaries::id.eq(id)).and(summaries::job_id.eq(job)))
        .filter(summaries::job_id.eq_any(job::visible_ids(scope)))
        .filter(summaries::sent_at.is_not_null().or(summaries::member_id.eq(scope.member)))
        .select(Summary::as_select())
        .first(conn)
        .await?)
}

/// The member's own summary, locked until the end of the transaction.
pub async fn lock(conn: &mut Conn, scope: &Scope, job: JobId, id: SummaryId) -> Result<Summary> {
    Ok(summaries::table
        .filter(summaries::org_id.eq(scope.org).and(summaries::id.eq(id)).and(summaries::job_id.eq(job)))
        .filter(summaries::member_id.eq(scope.member))
        .select(Summary::as_select())
        .for_update()
        .first(conn)
        .await?)
}

pub async fn mark_sent(
    conn: &mut Conn,
    scope: &Scope,
    id: SummaryId,
    inputs_digest: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    diesel::update(summaries::table.find((scope.org, id)))
        .set((summaries::inputs_digest.eq(Some(inputs_digest)), summaries::sent_at.eq(Some(Timestamp::from(at)))))
        .execute(conn)
        .await?;
    Ok(())
}

/// The sent summaries of a job that the caller has already found, newest first, each with its sender's name.
pub async fn sent(conn: &mut Conn, scope: &Scope, job: JobId) -> Result<Vec<(Summary, String)>> {
    Ok(summaries::table
        .inner_join(members::table.on(members::org_id.eq(summaries::org_id).and(members::id.eq(summaries::member_id))))
        .filter(summaries::org_id.eq(scope.org).and(summaries::job_id.eq(job)))
        .filter(summaries::sent_at.is_not_null())
        .order(summaries::id.desc())
        .limit(50)
        .select((Summary::as_select(), members::name))
        .load(conn)
        .await?)
}

/// Members who sit on a panel of the job and have not submitted their scorecard, with address and name: a summary would
/// show them what they must not see yet. Nobody where the policy is off.
pub async fn blind_members(conn: &mut Conn, scope: &Scope, job: JobId) -> Result<Vec<(MemberId, String, String)>> {
    if !scope.blind {
        return Ok(Vec::new());
    }
    let submitted = scorecards::table
        .filter(scorecards::org_id.eq(seats::org_id).and(scorecards::seat_id.eq(seats::id)))
        .filter(scorecards::state.eq(ScorecardState::Submitted));
    let open = seats::table
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .inner_join(
            applications::table
                .on(applications::org_id.eq(interviews::org_id).and(applications::id.eq(interviews::application_id))),
        )
        .filter(seats::org_id.eq(members::org_id).and(seats::member_id.eq(members::id)))
        .filter(applications::job_id.eq(job).and(interviews::state.eq(InterviewState::Scheduled)))
        .filter(not(exists(submitted)));
    Ok(members::table
        .filter(members::org_id.eq(scope.org))
        .filter(exists(open))
        .order((members::name, members::id))
        .select((members::id, members::email, members::name))
        .load(conn)
        .await?)
}
