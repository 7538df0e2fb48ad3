//! A CSV file of candidates between its preview and its import.

use diesel::{pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::{
    Conn, Scope,
    job::{self, Job},
};
use crate::{
    domain::id::{ImportId, JobId, MemberId, OrgId},
    error::Result,
    schema::{candidate_imports, jobs},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = candidate_imports, check_for_backend(Pg))]
pub struct CandidateImport {
    pub org_id: OrgId,
    pub id: ImportId,
    pub job_id: JobId,
    pub member_id: MemberId,
    pub file_name: String,
    /// Empty once imported.
    pub content: String,
    pub created_at: Timestamp,
    pub imported_at: NullableTimestamp,
}

impl CandidateImport {
    pub fn is_done(&self) -> bool {
        self.imported_at.to_jiff().is_some()
    }
}

pub async fn insert(conn: &mut Conn, import: &CandidateImport) -> Result<()> {
    diesel::insert_into(candidate_imports::table).values(import).execute(conn).await?;
    Ok(())
}

/// With its job.
///
/// # Errors
/// `NotFound` unless this member gave the file, for this job, and the scope reaches the job.
pub async fn find(conn: &mut Conn, scope: &Scope, job: JobId, id: ImportId) -> Result<(CandidateImport, Job)> {
    Ok(candidate_imports::table
        .inner_join(
            jobs::table.on(jobs::org_id.eq(candidate_imports::org_id).and(jobs::id.eq(candidate_imports::job_id))),
        )
        .filter(candidate_imports::org_id.eq(scope.org).and(candidate_imports::id.eq(id)))
        .filter(candidate_imports::job_id.eq(job).and(candidate_imports::member_id.eq(scope.member)))
        .filter(jobs::id.eq_any(job::visible_ids(scope)))
        .select((CandidateImport::as_select(), Job::as_select()))
        .first(conn)
        .await?)
}

/// As [`find`], and locked until the transaction ends: of two confirmations the second finds the first one's import done.
pub async fn lock(conn: &mut Conn, scope: &Scope, job: JobId, id: ImportId) -> Result<CandidateImport> {
    Ok(candidate_imports::table
        .find((scope.org, id))
        .filter(candidate_imports::job_id.eq(job).and(candidate_imports::member_id.eq(scope.member)))
        .select(CandidateImport::as_select())
        .for_update()
        .first(conn)
        .await?)
}

/// Marks the file as imported and forgets what it said.
pub async fn finish(conn: &mut Conn, scope: &Scope, id: ImportId, at: jiff::Timestamp) -> Result<()> {
    diesel::update(candidate_imports::table.find((scope.org, id)))
        .set((candidate_imports::content.eq(""), candidate_imports::imported_at.eq(Some(Timestamp::from(at)))))
        .execute(conn)
        .await?;
    Ok(())
}
