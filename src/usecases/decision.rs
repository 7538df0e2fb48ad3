//! A decision: an outcome with its reason, which pins the comparison that it was taken on.

use diesel_async::AsyncConnection;
use serde_json::json;

use super::comparison::compare;
use crate::{
    domain::{
        comparison::{Comparison, Inputs},
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
        let inputs = serde_json::to_value(&shortlist.inputs).map_err(|error| Error::Bug(error.into()))?;
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
            inputs: Some(inputs),
            figures_digest: Some(comparison.digest()),
        };
        decision::insert(conn, &decision).await?;
        let detail = json!({
            "application": id,
            "outcome": new.outcome,
            "inputs_digest": decision.inputs_digest,
            "figures_digest": decision.figures_digest,
            "scorecards_missing": comparison.missing.len(),
        });
        event::append(conn, actor, Entry::new("decision.recorded", decision.id.0).with(detail)).await?;
        Ok(decision.id)
    })
    .await
}

/// What comes out when a pinned comparison is made again from what it was made from.
pub enum Recomputed {
    /// The same to the last digit.
    Same { digest: String },
    /// Other numbers, by the same model: something is wrong.
    Other { pinned: String, digest: String },
    /// The model has changed since, so that other numbers are no wonder; whether they are.
    OtherModel { pinned: String, now: String, same: bool },
    /// Recorded before decisions kept what their comparison was made from.
    NotKept,
}

impl Recomputed {
    /// As the API calls it.
    pub fn code(&self) -> &'static str {
        match self {
            Recomputed::Same { .. } => "same",
            Recomputed::Other { .. } => "other",
            Recomputed::OtherModel { .. } => "other_model",
            Recomputed::NotKept => "not_kept",
        }
    }
}

/// Makes the comparison of a decision again, from its pinned ratings and weights, and compares every number.
pub async fn recompute(decision: &Decision) -> Result<Recomputed> {
    let (Some(inputs), Some(pinned)) = (&decision.inputs, &decision.figures_digest) else {
        return Ok(Recomputed::NotKept);
    };
    let inputs: Inputs = serde_json::from_value(inputs.clone()).map_err(|error| Error::Bug(error.into()))?;
    let again = compare(inputs).await?;
    let digest = again.digest();
    let model = |comparison: &Comparison| comparison.diagnostics.as_ref().map(|found| found.model.clone());
    let then = decision.comparison["diagnostics"]["model"].as_str().map(str::to_owned);
    Ok(match (then, model(&again)) {
        (Some(then), Some(now)) if then != now => Recomputed::OtherModel { pinned: then, now, same: digest == *pinned },
        _ if digest == *pinned => Recomputed::Same { digest },
        _ => Recomputed::Other { pinned: pinned.clone(), digest },
    })
}
