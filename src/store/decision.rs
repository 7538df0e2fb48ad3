//! Decisions: an outcome with its reason, and the comparison that it was taken on.

use diesel::{pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;
use serde_json::Value;

use super::{Conn, Scope, comparison, job};
use crate::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, CandidateId, DecisionId, JobId, MemberId, OrgId},
    },
    error::Result,
    schema::{applications, candidates, decisions, members},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = decisions, check_for_backend(Pg))]
pub struct Decision {
    pub org_id: OrgId,
    pub id: DecisionId,
    pub application_id: ApplicationId,
    pub outcome: Outcome,
    pub reason: String,
    pub member_id: MemberId,
    pub comparison: Value,
    pub inputs_digest: String,
    pub at: Timestamp,
    /// What the comparison was made from, and the digest of its numbers; `None` in decisions from before they were kept.
    pub inputs: Option<Value>,
    pub figures_digest: Option<String>,
}

/// A decision as a list shows it.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub id: DecisionId,
    pub outcome: Outcome,
    pub reason: String,
    pub at: Timestamp,
    pub inputs_digest: String,
    /// Who decided.
    pub member: String,
    pub application: ApplicationId,
    pub candidate: CandidateId,
    pub candidate_name: String,
}

pub async fn insert(conn: &mut Conn, decision: &Decision) -> Result<()> {
    diesel::insert_into(decisions::table).values(decision).execute(conn).await?;
    Ok(())
}

/// One decision with its job and candidate.
///
/// It pins ratings of the whole shortlist, so that whoever has a scorecard of the job to submit does not find it.
///
/// # Errors
/// `NotFound` for a decision out of reach or not to be read yet.
pub async fn find(conn: &mut Conn, scope: &Scope, id: DecisionId) -> Result<(Decision, Recorded, JobId)> {
    let mut query = decisions::table
        .inner_join(
            applications::table
                .on(applications::org_id.eq(decisions::org_id).and(applications::id.eq(decisions::application_id))),
        )
        .inner_join(
            candidates::table
                .on(candidates::org_id.eq(applications::org_id).and(candidates::id.eq(applications::candidate_id))),
        )
        .inner_join(members::table.on(members::org_id.eq(decisions::org_id).and(members::id.eq(decisions::member_id))))
        .filter(decisions::org_id.eq(scope.org).and(decisions::id.eq(id)))
        .filter(applications::job_id.eq_any(job::visible_ids(scope)))
        .select((
            Decision::as_select(),
            (decisions::id, decisions::outcome, decisions::reason, decisions::at, decisions::inputs_digest),
            members::name,
            (applications::id, candidates::id, candidates::name),
            applications::job_id,
        ))
        .into_boxed();
    if scope.blind {
        let open = comparison::open_jobs(scope);
        query = query.filter(applications::job_id.ne_all(open));
    }
    let (decision, head, member, of, job): FoundRow = query.first(conn).await?;
    Ok((decision, Recorded::from((head, member, of)), job))
}

type FoundRow =
    (Decision, (DecisionId, Outcome, String, Timestamp, String), String, (ApplicationId, CandidateId, String), JobId);

/// Every decision in a job, newest first: the first of a candidate holds, the others are its history. A decision rests on
/// the scorecards of its candidate: whoever may not see those yet does not see it either.
pub async fn of_job(conn: &mut Conn, scope: &Scope, job: JobId) -> Result<Vec<Recorded>> {
    let mut query = decisions::table
        .inner_join(
            applications::table
                .on(applications::org_id.eq(decisions::org_id).and(applications::id.eq(decisions::application_id))),
        )
        .inner_join(
            candidates::table
                .on(candidates::org_id.eq(applications::org_id).and(candidates::id.eq(applications::candidate_id))),
        )
        .inner_join(members::table.on(members::org_id.eq(decisions::org_id).and(members::id.eq(decisions::member_id))))
        .filter(decisions::org_id.eq(scope.org))
        .filter(applications::job_id.eq(job).and(applications::job_id.eq_any(job::visible_ids(scope))))
        .order(decisions::id.desc())
        .select((
            (decisions::id, decisions::outcome, decisions::reason, decisions::at, decisions::inputs_digest),
            members::name,
            (applications::id, candidates::id, candidates::name),
        ))
        .into_boxed();
    if scope.blind {
        query = query.filter(applications::id.ne_all(comparison::open_applications(scope)));
    }
    let rows: Vec<RecordedRow> = query.load(conn).await?;
    Ok(rows.into_iter().map(Recorded::from).collect())
}

type RecordedRow = ((DecisionId, Outcome, String, Timestamp, String), String, (ApplicationId, CandidateId, String));

impl From<RecordedRow> for Recorded {
    fn from(row: RecordedRow) -> Recorded {
        let ((id, outcome, reason, at, inputs_digest), member, (application, candidate, candidate_name)) = row;
        Recorded { id, outcome, reason, at, inputs_digest, member, application, candidate, candidate_name }
    }
}
