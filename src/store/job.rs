//! Jobs, and which of them a member sees.

use std::collections::BTreeMap;

use diesel::{dsl::exists, pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};
use serde_json::Value;

use super::{Conn, Scope};
use crate::{
    domain::{
        id::{JobId, MemberId, OrgId, RubricVersionId},
        policy::Reach,
        text_enum::text_enum,
    },
    error::Result,
    schema::{applications, interviews, jobs, seats},
};

text_enum! {
    JobState { Open = "open", Closed = "closed" }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs, check_for_backend(Pg))]
pub struct Job {
    pub org_id: OrgId,
    pub id: JobId,
    pub title: String,
    pub place: String,
    pub state: JobState,
    pub rubric_version_id: RubricVersionId,
    pub weights: Value,
    pub recruiter_id: MemberId,
    pub hiring_manager_id: MemberId,
    pub pinned_at: NullableTimestamp,
    pub created_at: Timestamp,
    pub closed_at: NullableTimestamp,
}

impl Job {
    /// Dimension key to weight, 0 to 100.
    pub fn weights(&self) -> BTreeMap<String, u8> {
        serde_json::from_value(self.weights.clone()).unwrap_or_default()
    }

    /// Rubric, weights and rounds are fixed since the first interview was scheduled.
    pub fn is_pinned(&self) -> bool {
        self.pinned_at.to_jiff().is_some()
    }

    pub fn is_open(&self) -> bool {
        self.state == JobState::Open
    }

    /// "Customer support agent, Oslo".
    pub fn full_title(&self) -> String {
        if self.place.is_empty() { self.title.clone() } else { format!("{}, {}", self.title, self.place) }
    }
}

/// Ids of the jobs that the scope reaches, as a subquery: `jobs::id.eq_any(visible_ids(scope))`.
pub fn visible_ids(scope: &Scope) -> jobs::BoxedQuery<'static, Pg, diesel::sql_types::Uuid> {
    let own = scope.member;
    let query = jobs::table.select(jobs::id).filter(jobs::org_id.eq(scope.org)).into_boxed();
    match scope.reach {
        Reach::All => query,
        Reach::Own => query.filter(
            jobs::hiring_manager_id.eq(own).or(exists(
                seats::table
                    .inner_join(
                        interviews::table
                            .on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
                    )
                    .inner_join(
                        applications::table.on(applications::org_id
                            .eq(interviews::org_id)
                            .and(applications::id.eq(interviews::application_id))),
                    )
                    .filter(seats::org_id.eq(scope.org).and(seats::member_id.eq(own)))
                    .filter(applications::job_id.eq(jobs::id)),
            )),
        ),
    }
}

/// # Errors
/// `NotFound` for a job that does not exist, belongs to another organisation, or is out of reach.
pub async fn find(conn: &mut Conn, scope: &Scope, id: JobId) -> Result<Job> {
    Ok(jobs::table
        .filter(jobs::org_id.eq(scope.org).and(jobs::id.eq(id)))
        .filter(jobs::id.eq_any(visible_ids(scope)))
        .select(Job::as_select())
        .first(conn)
        .await?)
}

/// As [`find`], and locked until the transaction ends: what is planned in a job and what it is planned by take turns.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: JobId) -> Result<Job> {
    Ok(jobs::table
        .filter(jobs::org_id.eq(scope.org).and(jobs::id.eq(id)))
        .filter(jobs::id.eq_any(visible_ids(scope)))
        .select(Job::as_select())
        .for_no_key_update()
        .first(conn)
        .await?)
}

/// Fixes rubric, weights and rounds, unless they already are. To be called with the job locked.
pub async fn pin(conn: &mut Conn, scope: &Scope, id: JobId, now: jiff::Timestamp) -> Result<()> {
    diesel::update(jobs::table.find((scope.org, id)).filter(jobs::pinned_at.is_null()))
        .set(jobs::pinned_at.eq(Some(Timestamp::from(now))))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn insert(conn: &mut Conn, job: &Job) -> Result<()> {
    diesel::insert_into(jobs::table).values(job).execute(conn).await?;
    Ok(())
}
