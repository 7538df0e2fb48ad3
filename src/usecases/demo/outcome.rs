//! What came of the interviews of the demo: debriefs and decisions.

use anyhow::Context;
use jiff::Timestamp;
use serde_json::json;

use super::Loading;
use crate::{
    demo,
    domain::{
        debrief::{Answer, Citation, Voice, lacks, seal},
        id::{ApplicationId, DebriefId, DecisionId, JobId, ScorecardId},
        policy::Reach,
    },
    error::{Error, Result},
    store::{self, Conn, Scope, decision::Decision},
    usecases::comparison,
};

impl<'d> Loading<'d> {
    /// What second ratings owe each other must be there: the demo shows what the product would have taken.
    pub(super) async fn debrief(
        &mut self,
        conn: &mut Conn,
        job: &'d demo::Job,
        debrief: &'d demo::Debrief,
        application: ApplicationId,
    ) -> Result<()> {
        let zone = job.time_zone.as_deref();
        let opener = self.members[debrief.opened.by.as_str()];
        let opened = self.at(debrief.opened.at, zone)?;
        let scope = Scope { org: self.org, member: opener, reach: Reach::All, blind: false };
        let id = DebriefId(self.id(&format!("{}/{}/debrief", job.key, debrief.candidate), debrief.opened.at));
        let seats = store::debrief::seats(conn, &scope, application).await?;
        let scorecards: Vec<ScorecardId> = seats.iter().filter_map(|seat| seat.scorecard).collect();
        store::debrief::open(conn, &scope, id, application, &scorecards, opened).await?;
        let detail = json!({ "application": application, "scorecards": scorecards });
        self.note(opened, Some(opener), "debrief.opened", id.0, detail);

        let voices = store::debrief::find(conn, &scope, id).await?.voices;
        let voice = |member: &str, dimension: &str| {
            let rater = self.members[member];
            let found = voices.iter().find(|voice| voice.rater == rater && voice.dimension == dimension);
            found.with_context(|| format!("{member} has not rated {dimension}"))
        };
        let mut words: Vec<(Timestamp, &Voice, Answer)> = Vec::new();
        for word in &debrief.said {
            let mut evidence = Vec::new();
            for cited in &word.cites {
                let scorecard = voice(&cited.member, &word.dimension)?.scorecard;
                evidence.push(match &cited.tick {
                    Some(key) => Citation::Tick(scorecard, key.clone()),
                    None => Citation::Note(scorecard),
                });
            }
            evidence.sort();
            let (reason, note) = (word.reason.clone(), word.note.clone());
            let said = Answer { rating: word.rate, reason, evidence, note };
            words.push((self.at(word.at, zone)?, voice(&word.member, &word.dimension)?, said));
        }
        for stays in &debrief.stay {
            let (at, rater) = (self.at(stays.at, zone)?, self.members[stays.by.as_str()]);
            let spoken = |voice: &Voice| {
                words.iter().any(|(_, of, _)| of.scorecard == voice.scorecard && of.dimension == voice.dimension)
            };
            let rest: Vec<&Voice> = voices.iter().filter(|voice| voice.rater == rater && !spoken(voice)).collect();
            words.extend(rest.into_iter().map(|voice| {
                let (reason, note) = (String::new(), String::new());
                (at, voice, Answer { rating: voice.first, reason, evidence: Vec::new(), note })
            }));
        }
        let mut notes = Vec::new();
        for (at, voice, said) in &words {
            let lacks = lacks(said, voice, &voices);
            if !lacks.is_empty() {
                return Err(anyhow::anyhow!("{} on {}: {lacks:?}", voice.name, voice.dimension).into());
            }
            store::debrief::say(conn, &scope, id, voice.scorecard, &[(&voice.dimension, said)], *at).await?;
            let detail = json!({ "scorecard": voice.scorecard, "dimension": voice.dimension, "revision": 1 });
            notes.push((*at, voice.rater, detail));
        }
        for (at, rater, detail) in notes {
            self.note(at, Some(rater), "debrief.rated", id.0, detail);
        }
        if let Some(closed) = &debrief.closed {
            let (at, member) = (self.at(closed.at, zone)?, self.members[closed.by.as_str()]);
            let summary = closed.reason.clone().unwrap_or_default();
            let voices = store::debrief::find(conn, &scope, id).await?.voices;
            let seal = seal(id, at, &summary, &voices);
            store::debrief::close(conn, &Scope { member, ..scope }, id, &summary, &seal, at).await?;
            let hex: String = seal.iter().map(|byte| format!("{byte:02x}")).collect();
            self.note(at, Some(member), "debrief.closed", id.0, json!({ "application": application, "seal": hex }));
        }
        Ok(())
    }

    /// A decision pins the comparison; in the demo all scorecards of the job are in by then.
    pub(super) async fn decision(
        &mut self,
        conn: &mut Conn,
        job: JobId,
        decision: &'d demo::Decision,
        zone: Option<&str>,
        application: ApplicationId,
    ) -> Result<()> {
        let member = self.members[decision.by.as_str()];
        let scope = Scope { org: self.org, member, reach: Reach::All, blind: true };
        let at = self.at(decision.at, zone)?;
        let shortlist = store::comparison::load(conn, &scope, job, at).await?;
        let inputs = serde_json::to_value(&shortlist.inputs).map_err(|error| Error::Bug(error.into()))?;
        let pinned = comparison::compare(shortlist.inputs).await?;
        let row = Decision {
            org_id: self.org,
            id: DecisionId(self.id(&format!("{job}/decision/{}", decision.candidate), decision.at)),
            application_id: application,
            outcome: decision.outcome,
            reason: decision.reason.clone(),
            member_id: member,
            inputs_digest: pinned.inputs_digest.clone(),
            comparison: serde_json::to_value(&pinned).map_err(|error| Error::Bug(error.into()))?,
            at: at.into(),
            inputs: Some(inputs),
            figures_digest: Some(pinned.digest()),
        };
        store::decision::insert(conn, &row).await?;
        self.note(at, Some(member), "decision.recorded", row.id.0, json!({ "outcome": decision.outcome }));
        Ok(())
    }
}
