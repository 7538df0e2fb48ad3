//! A job of the demo with its plan and its applications.

use std::collections::HashMap;

use anyhow::Context;
use serde_json::json;

use super::Loading;
use crate::{
    demo,
    domain::{
        id::{ApplicationId, JobId, MemberId, RoundId, RubricVersionId},
        policy::Reach,
    },
    error::Result,
    store::{
        self, Conn, Scope,
        application::Application,
        job::{Job, JobState},
        round::Round,
    },
};

impl<'d> Loading<'d> {
    pub(super) async fn job(&mut self, conn: &mut Conn, job: &'d demo::Job, version: RubricVersionId) -> Result<()> {
        let zone = job.time_zone.as_deref();
        let id = JobId(self.id(&job.key, job.opened));
        let first_planned = job.interviews.iter().map(|interview| interview.planned.at).min();
        let row = Job {
            org_id: self.org,
            id,
            title: job.title.clone(),
            place: job.place.clone(),
            state: if job.closed.is_some() { JobState::Closed } else { JobState::Open },
            rubric_version_id: version,
            weights: json!(job.weights),
            recruiter_id: self.members[job.recruiter.as_str()],
            hiring_manager_id: self.members[job.hiring_manager.as_str()],
            pinned_at: first_planned.map(|at| self.at(at, zone)).transpose()?.into(),
            created_at: self.at(job.opened, zone)?.into(),
            closed_at: job.closed.map(|at| self.at(at, zone)).transpose()?.into(),
            revision: 0,
            anonymised: job.anonymised,
        };
        store::job::insert(conn, &row).await?;
        self.note(
            self.at(job.opened, zone)?,
            Some(self.members[job.opened_by.as_str()]),
            "job.opened",
            id.0,
            json!({}),
        );
        if let (Some(closed), Some(by)) = (job.closed, &job.closed_by) {
            self.note(self.at(closed, zone)?, Some(self.members[by.as_str()]), "job.closed", id.0, json!({}));
        }

        let rounds: Vec<Round> = job
            .rounds
            .iter()
            .zip(1..)
            .map(|(round, position)| Round {
                org_id: self.org,
                id: RoundId(self.id(&format!("{}/round/{}", job.key, round.key), job.opened)),
                job_id: id,
                position,
                name: round.name.clone(),
                medium: round.medium,
                minutes: round.minutes.into(),
                dimensions: round.dimensions.clone(),
                questions: round.questions.clone(),
            })
            .collect();
        store::round::insert(conn, &rounds).await?;

        let mut applications = HashMap::new();
        for application in &job.applications {
            let row = Application {
                org_id: self.org,
                id: ApplicationId(self.id(&format!("{}/{}", job.key, application.candidate), application.at)),
                job_id: id,
                candidate_id: self.candidates[application.candidate.as_str()],
                created_at: self.at(application.at, zone)?.into(),
            };
            store::application::insert(conn, std::slice::from_ref(&row)).await?;
            if let Some(agreed) = &application.accommodation {
                let scope =
                    Scope { org: self.org, member: MemberId(uuid::Uuid::nil()), reach: Reach::All, blind: true };
                store::application::set_accommodation(conn, &scope, row.id, agreed).await?;
            }
            self.note(
                self.at(application.at, zone)?,
                Some(self.members[job.recruiter.as_str()]),
                "application.added",
                row.id.0,
                json!({ "job": id }),
            );
            applications.insert(application.candidate.as_str(), row.id);
        }
        for interview in &job.interviews {
            let round =
                job.rounds.iter().position(|round| round.key == interview.round).context("a round of the demo")?;
            self.interview(
                conn,
                job,
                interview,
                &job.rounds[round],
                rounds[round].id,
                applications[interview.candidate.as_str()],
            )
            .await?;
        }
        for debrief in &job.debriefs {
            self.debrief(conn, job, debrief, applications[debrief.candidate.as_str()]).await?;
        }
        for decision in &job.decisions {
            self.decision(conn, id, decision, zone, applications[decision.candidate.as_str()]).await?;
        }
        Ok(())
    }
}
