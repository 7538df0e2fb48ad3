//! What a candidate's page shows, in one statement: what they applied for, whom they met, and what was written about them.
//!
//! Blindness is kept in the statement: in a round in which the member still has a scorecard to submit, no other seat's
//! scorecard leaves the database, and no decision on that application.

use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::{
    Conn, Scope,
    debrief::OPEN_TO,
    evidence::BLIND,
    interview::InterviewState,
    job::{self, JobState, VISIBLE},
    kit::or_empty,
    scorecard::{RatingRow, ShownAmendment},
    statement::{Bind, Statement},
};
use crate::{
    domain::{
        anonymity::Cover,
        decision::Outcome,
        id::{ApplicationId, CandidateId, DebriefId, InterviewId, JobId, MemberId, RubricVersionId, ScorecardId},
        medium::Medium,
        policy::Reach,
        rating::Recommendation,
    },
    error::{Error, Result},
};

#[derive(Clone, Debug, Deserialize)]
pub struct History {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub note: String,
    pub pronunciation: String,
    pub created_at: Timestamp,
    pub erased_at: Option<Timestamp>,
    /// As far as the scope reaches, newest first.
    #[serde(deserialize_with = "or_empty")]
    pub applications: Vec<Applied>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Applied {
    pub id: ApplicationId,
    pub applied_at: Timestamp,
    /// For those who write it and for the panel.
    pub accommodation: String,
    pub job: JobId,
    pub title: String,
    pub place: String,
    pub state: JobState,
    pub rubric_version: RubricVersionId,
    /// In order of time.
    #[serde(deserialize_with = "or_empty")]
    pub interviews: Vec<Held>,
    /// Newest first.
    #[serde(deserialize_with = "or_empty")]
    pub decisions: Vec<Decided>,
    pub hiring_manager: MemberId,
    /// As far as the member may know of them, newest first.
    #[serde(deserialize_with = "or_empty")]
    pub debriefs: Vec<Debriefed>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Held {
    pub id: InterviewId,
    pub round: String,
    pub medium: Medium,
    pub minutes: i32,
    pub starts_at: Timestamp,
    pub state: InterviewState,
    pub cancel_reason: Option<String>,
    #[serde(deserialize_with = "or_empty")]
    pub panel: Vec<Chair>,
}

/// A seat with its member.
#[derive(Clone, Debug, Deserialize)]
pub struct Chair {
    pub member: MemberId,
    pub name: String,
    /// Another's, in a round in which this member still has to submit.
    pub hidden: bool,
    /// Submitted, and not hidden.
    pub scorecard: Option<Written>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Written {
    pub id: ScorecardId,
    pub recommendation: Option<Recommendation>,
    pub submitted_at: Option<Timestamp>,
    pub next_note: String,
    #[serde(deserialize_with = "or_empty")]
    pub ratings: Vec<RatingRow>,
    /// Oldest first.
    #[serde(deserialize_with = "or_empty")]
    pub amendments: Vec<ShownAmendment>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Decided {
    pub outcome: Outcome,
    pub reason: String,
    pub by: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Debriefed {
    pub id: DebriefId,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

impl History {
    /// Leaves out what tells who it is, and covers names in what was written.
    pub fn hide(&mut self, cover: &Cover) {
        (self.email, self.phone) = (None, None);
        self.note.clear();
        self.pronunciation.clear();
        let interviews = self.applications.iter_mut().flat_map(|applied| &mut applied.interviews);
        for interview in interviews {
            if let Some(reason) = &mut interview.cancel_reason {
                *reason = cover.of_note(reason);
            }
            for written in interview.panel.iter_mut().filter_map(|chair| chair.scorecard.as_mut()) {
                written.next_note = cover.of_note(&written.next_note);
                written.ratings.iter_mut().for_each(|row| row.note = cover.of_note(&row.note));
                written.amendments.iter_mut().for_each(|amendment| amendment.reason = cover.of_note(&amendment.reason));
            }
        }
    }
}

impl Applied {
    /// "Customer support agent, Oslo".
    pub fn full_title(&self) -> String {
        job::full_title(&self.title, &self.place)
    }
}

impl Held {
    pub fn is_scheduled(&self) -> bool {
        self.state == InterviewState::Scheduled
    }

    pub fn ends_at(&self) -> Timestamp {
        self.starts_at + i64::from(self.minutes).minutes()
    }
}

/// # Errors
/// `NotFound` unless the candidate applies for a job that the scope reaches.
pub async fn of(conn: &mut Conn, scope: &Scope, id: CandidateId) -> Result<History> {
    let sql = format!(
        "WITH apps AS (
           SELECT a.org_id, a.id, a.created_at, a.accommodation, j.id AS job, j.title, j.place, j.state, j.rubric_version_id,
             j.hiring_manager_id
           FROM applications a JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
           WHERE a.org_id = $1 AND a.candidate_id = $5 AND {VISIBLE}
         ), {BLIND}
         SELECT json_build_object(
           'name', c.name, 'email', c.email, 'phone', c.phone, 'note', c.note,
           'pronunciation', c.pronunciation, 'created_at', c.created_at, 'erased_at', c.erased_at,
           'applications', (SELECT json_agg(json_build_object(
               'id', a.id, 'applied_at', a.created_at, 'accommodation', a.accommodation, 'job', a.job, 'title', a.title, 'place', a.place,
               'state', a.state, 'rubric_version', a.rubric_version_id,
               'hiring_manager', a.hiring_manager_id,
               'debriefs', (SELECT json_agg(json_build_object(
                   'id', d.id, 'opened_at', d.opened_at, 'closed_at', d.closed_at) ORDER BY d.id DESC)
                 FROM debriefs d WHERE d.org_id = a.org_id AND d.application_id = a.id AND {OPEN_TO}),
               'interviews', (SELECT json_agg(json_build_object(
                   'id', i.id, 'round', r.name, 'medium', r.medium, 'minutes', i.minutes, 'starts_at', i.starts_at,
                   'state', i.state, 'cancel_reason', i.cancel_reason,
                   'panel', (SELECT json_agg(json_build_object(
                       'member', m.id, 'name', m.name, 'hidden', b.round_id IS NOT NULL AND m.id <> $2,
                       'scorecard', CASE WHEN k.id IS NOT NULL THEN json_build_object(
                         'id', k.id, 'recommendation', k.recommendation, 'submitted_at', k.submitted_at,
                         'next_note', k.next_note,
                         'ratings', (SELECT json_agg(to_json(x)) FROM ratings x
                           WHERE x.org_id = k.org_id AND x.scorecard_id = k.id),
                         'amendments', (SELECT json_agg(to_json(x) ORDER BY x.id) FROM amendments x
                           WHERE x.org_id = k.org_id AND x.scorecard_id = k.id)) END
                     ) ORDER BY s.id)
                     FROM seats s JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id
                     LEFT JOIN scorecards k ON k.org_id = s.org_id AND k.seat_id = s.id AND k.state = 'submitted'
                       AND (s.member_id = $2 OR b.round_id IS NULL)
                     WHERE s.org_id = i.org_id AND s.interview_id = i.id)
                 ) ORDER BY i.starts_at, i.id)
                 FROM interviews i JOIN rounds r ON r.org_id = i.org_id AND r.id = i.round_id
                 LEFT JOIN blind b ON b.application_id = i.application_id AND b.round_id = i.round_id
                 WHERE i.org_id = a.org_id AND i.application_id = a.id),
               'decisions', (SELECT json_agg(json_build_object(
                   'outcome', d.outcome, 'reason', d.reason, 'by', m.name, 'at', d.at) ORDER BY d.id DESC)
                 FROM decisions d JOIN members m ON m.org_id = d.org_id AND m.id = d.member_id
                 WHERE d.org_id = a.org_id AND d.application_id = a.id
                   AND NOT EXISTS (SELECT FROM blind b WHERE b.application_id = a.id))
             ) ORDER BY a.id DESC) FROM apps a)
         )::text
         FROM candidates c WHERE c.org_id = $1 AND c.id = $5 AND ($4 OR EXISTS (SELECT FROM apps))"
    );
    let binds = vec![
        Bind::Uuid(scope.org.0),
        Bind::Uuid(scope.member.0),
        Bind::Bool(scope.blind),
        Bind::Bool(scope.reach == Reach::All),
        Bind::Uuid(id.0),
    ];
    let text: String = Statement::<Text>::new(sql, binds).get_result(conn).await?;
    serde_json::from_str(&text).map_err(|error| Error::Bug(error.into()))
}
