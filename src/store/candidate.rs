//! Candidates: the people who apply.

use diesel::{pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;

use super::{Conn, Scope, job};
use crate::{
    domain::{
        id::{CandidateId, OrgId},
        policy::Reach,
    },
    error::Result,
    schema::{applications, candidates},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = candidates, check_for_backend(Pg))]
pub struct Candidate {
    pub org_id: OrgId,
    pub id: CandidateId,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub note: String,
    pub created_at: Timestamp,
}

/// # Errors
/// `NotFound` unless the candidate applies for a job that the scope reaches.
pub async fn find(conn: &mut Conn, scope: &Scope, id: CandidateId) -> Result<Candidate> {
    let mut query = candidates::table
        .filter(candidates::org_id.eq(scope.org).and(candidates::id.eq(id)))
        .select(Candidate::as_select())
        .into_boxed();
    if scope.reach == Reach::Own {
        query = query.filter(
            candidates::id.eq_any(
                applications::table
                    .filter(applications::org_id.eq(scope.org))
                    .filter(applications::job_id.eq_any(job::visible_ids(scope)))
                    .select(applications::candidate_id),
            ),
        );
    }
    Ok(query.first(conn).await?)
}

pub async fn insert(conn: &mut Conn, candidates: &[Candidate]) -> Result<()> {
    diesel::insert_into(candidates::table).values(candidates).execute(conn).await?;
    Ok(())
}
