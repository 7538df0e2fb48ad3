//! A decision: an outcome with its reason, which pins the comparison that it was taken on.

use diesel_async::AsyncConnection;
use serde_json::json;

use super::comparison::compare;
use crate::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, DecisionId},
        policy::{Role, answers_for},
    },
    error::{Error, Result},
    store::{
        Conn, Scope, application, comparison,
        decision::{self, Decision},
        event::{self, Actor, Entry},
    },
};

/// What a person decided, looking at a comparison.
pub struct NewDecision {
    pub outcome: Outcome,
    pub reason: String,
    /// The digest of the comparison that was shown.
    pub inputs_digest: String,
}

/// Records a decision with the comparison under the pinned weights. The newest one holds; earlier ones stay.
///
/// # Errors
/// `Forbidden` unless the member answers for the job; `Refused` while they have a scorecard to submit under the blind
/// policy, and when the comparison is no longer the one that was shown.
pub async fn record(
    conn: &mut Conn,
    scope: &Scope,
    roles: &[Role],
    actor: &Actor,
    id: ApplicationId,
    new: &NewDecision,
) -> Result<DecisionId> {
    conn.transaction(async |conn| {
        let (application, _) = application::find(conn, scope, id).await?;
        let shortlist = comparison::load(conn, scope, application.job_id, actor.now).await?;
        if !answers_for(roles, scope.member, shortlist.job.hiring_manager_id) {
            return Err(Error::Forbidden);
        }
        if shortlist.is_blind(scope) {
            return Err(Error::refused("decision-scorecard-first"));
        }
        let comparison = compare(shortlist.inputs).await?;
        if comparison.inputs_digest != new.inputs_digest {
            return Err(Error::refused("decision-comparison-changed"));
        }
        let decision = Decision {
            org_id: scope.org,
            id: DecisionId::new(),
            application_id: id,
            outcome: new.outcome,
            reason: new.reason.clone(),
            member_id: scope.member,
            inputs_digest: comparison.inputs_digest.clone(),
            comparison: serde_json::to_value(&comparison).map_err(|error| Error::Bug(error.into()))?,
            at: actor.now.into(),
        };
        decision::insert(conn, &decision).await?;
        let detail = json!({
            "application": id,
            "outcome": new.outcome,
            "inputs_digest": decision.inputs_digest,
            "scorecards_missing": comparison.missing.len(),
        });
        event::append(conn, actor, Entry::new("decision.recorded", decision.id.0).with(detail)).await?;
        Ok(decision.id)
    })
    .await
}
