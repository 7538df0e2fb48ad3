//! What a person's own record holds beside their page: words that are shown to nobody otherwise, and who got letters about them.

use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use serde::Deserialize;

use super::{
    Conn, Scope,
    kit::or_empty,
    statement::{Bind, Statement},
};
use crate::{
    domain::id::{ApplicationId, CandidateId, MemberId, ScorecardId},
    error::{Error, Result},
};

#[derive(Clone, Debug, Deserialize)]
pub struct Beside {
    /// Whom the words about a candidate may mention: members, and other candidates of the same jobs.
    #[serde(deserialize_with = "or_empty")]
    pub names: Vec<String>,
    /// Of submitted scorecards.
    #[serde(deserialize_with = "or_empty")]
    pub notes: Vec<Notes>,
    /// Of closed debriefs, the oldest first.
    #[serde(deserialize_with = "or_empty")]
    pub debriefs: Vec<Debrief>,
    /// Sent, the oldest first.
    #[serde(deserialize_with = "or_empty")]
    pub letters: Vec<Letter>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Notes {
    pub scorecard: ScorecardId,
    pub private: String,
    /// What the interviewer said of the scorecard that was entered from their paper.
    pub remark: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Debrief {
    pub application: ApplicationId,
    pub summary: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Letter {
    pub kind: String,
    pub at: Timestamp,
    /// `None` for an address outside.
    pub member: Option<MemberId>,
    pub address: String,
}

/// Letters are about a person as for the erasure: they tell of their interviews, or name them.
pub async fn beside(conn: &mut Conn, scope: &Scope, id: CandidateId) -> Result<Beside> {
    let sql = "WITH own AS (SELECT * FROM applications WHERE org_id = $1 AND candidate_id = $2),
         met AS (SELECT i.id FROM interviews i JOIN own ON own.id = i.application_id WHERE i.org_id = $1)
         SELECT json_build_object(
           'names', (SELECT json_agg(name) FROM (
               (SELECT name FROM members WHERE org_id = $1 LIMIT 10000)
               UNION (SELECT c.name FROM own
                      JOIN applications a ON a.org_id = $1 AND a.job_id = own.job_id AND a.candidate_id <> $2
                      JOIN candidates c ON c.org_id = $1 AND c.id = a.candidate_id AND c.erased_at IS NULL LIMIT 10000)
             ) AS known),
           'notes', (SELECT json_agg(json_build_object(
               'scorecard', k.id, 'private', k.private_note, 'remark', coalesce(p.remark, '')))
             FROM seats s JOIN scorecards k ON k.org_id = $1 AND k.seat_id = s.id AND k.state = 'submitted'
             LEFT JOIN papers p ON p.org_id = $1 AND p.scorecard_id = k.id
             WHERE s.org_id = $1 AND s.interview_id IN (SELECT id FROM met)),
           'debriefs', (SELECT json_agg(json_build_object(
               'application', d.application_id, 'summary', d.summary, 'at', d.closed_at) ORDER BY d.id)
             FROM debriefs d WHERE d.org_id = $1 AND d.application_id IN (SELECT id FROM own)
               AND d.closed_at IS NOT NULL AND d.summary <> ''),
           'letters', (SELECT json_agg(json_build_object(
               'kind', l.kind, 'at', l.settled_at, 'member', l.member_id, 'address', l.to_address) ORDER BY l.id)
             FROM letters l WHERE l.org_id = $1 AND l.state = 'sent' AND (l.object_id IN (SELECT id FROM met)
               OR strpos(l.subject || l.text_body, (SELECT name FROM candidates WHERE org_id = $1 AND id = $2)) > 0))
         )::text";
    let binds = vec![Bind::Uuid(scope.org.0), Bind::Uuid(id.0)];
    let text: String = Statement::<Text>::new(sql, binds).get_result(conn).await?;
    serde_json::from_str(&text).map_err(|error| Error::Bug(error.into()))
}
