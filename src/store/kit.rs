//! What an interviewer's kit shows, in one statement: from the member's own seat, and from nowhere else.

use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use serde::Deserialize;

use super::{
    Conn, Scope,
    interview::InterviewState,
    job::JobState,
    scorecard::{RatingRow, ScorecardState},
    statement::{Bind, Statement},
};
use crate::{
    domain::{
        id::{ApplicationId, CandidateId, ConflictId, InterviewId, JobId, RubricVersionId, ScorecardId, SeatId},
        medium::Medium,
        rating::Recommendation,
        scorecard::{Field, Rated, Revisions, Sheet, rating_text},
    },
    error::{Error, Result},
};

/// One seat's view of its interview. Nothing in it depends on another seat of the same round.
#[derive(Clone, Debug, Deserialize)]
pub struct Kit {
    pub seat: SeatId,
    pub interview: KitInterview,
    pub round: KitRound,
    pub candidate: KitCandidate,
    pub job: KitJob,
    /// `None` until the kit is first opened.
    pub scorecard: Option<KitScorecard>,
    #[serde(default, deserialize_with = "or_empty")]
    pub ratings: Vec<RatingRow>,
    /// Not yet settled, oldest first.
    #[serde(default, deserialize_with = "or_empty")]
    pub conflicts: Vec<ConflictCopy>,
    /// What interviewers of earlier rounds noted for the next, from their submitted scorecards.
    #[serde(default, deserialize_with = "or_empty")]
    pub earlier_notes: Vec<EarlierNote>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct KitInterview {
    pub id: InterviewId,
    pub application_id: ApplicationId,
    pub starts_at: Timestamp,
    pub minutes: i64,
    pub state: InterviewState,
}

#[derive(Clone, Debug, Deserialize)]
pub struct KitRound {
    pub position: i64,
    pub name: String,
    pub medium: Medium,
    pub dimensions: Vec<String>,
    pub questions: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct KitCandidate {
    pub id: CandidateId,
    pub name: String,
    pub note: String,
    pub pronunciation: String,
    /// What was agreed so that the candidate can take part; of this application.
    pub accommodation: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct KitJob {
    pub id: JobId,
    pub title: String,
    pub place: String,
    pub state: JobState,
    pub rubric_version_id: RubricVersionId,
}

#[derive(Clone, Debug, Deserialize)]
pub struct KitScorecard {
    pub id: ScorecardId,
    pub state: ScorecardState,
    pub recommendation: Option<Recommendation>,
    pub recommendation_revision: i64,
    pub private_note: String,
    pub private_note_revision: i64,
    pub next_note: String,
    pub next_note_revision: i64,
    pub facts: Vec<String>,
    pub facts_revision: i64,
    pub started_at: Timestamp,
    pub submitted_at: Option<Timestamp>,
}

/// Text that came for an outdated revision: kept until its writer chooses.
#[derive(Clone, Debug, Deserialize)]
pub struct ConflictCopy {
    pub id: ConflictId,
    pub field: String,
    pub value: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, Deserialize)]
pub struct EarlierNote {
    pub round: String,
    pub by: String,
    pub text: String,
}

impl Kit {
    pub fn is_submitted(&self) -> bool {
        self.scorecard.as_ref().is_some_and(|card| card.state == ScorecardState::Submitted)
    }

    /// The key of the message that says why nothing can be written, `None` while something can.
    pub fn closed(&self) -> Option<&'static str> {
        closed(self.interview.state, self.job.state)
    }

    pub fn rating(&self, dimension: &str) -> Option<&RatingRow> {
        self.ratings.iter().find(|rating| rating.dimension == dimension)
    }

    /// What submitting would seal, in the order of the interview.
    pub fn sheet(&self) -> Sheet {
        let mut ratings: Vec<Rated> = self.ratings.iter().map(RatingRow::rated).collect();
        let place = |rated: &Rated| self.round.dimensions.iter().position(|key| *key == rated.dimension);
        ratings.sort_by_key(|rated| place(rated).unwrap_or(usize::MAX));
        let card = self.scorecard.as_ref();
        Sheet {
            ratings,
            recommendation: card.and_then(|card| card.recommendation),
            private_note: card.map(|card| card.private_note.clone()).unwrap_or_default(),
            next_note: card.map(|card| card.next_note.clone()).unwrap_or_default(),
            facts: card.map(|card| card.facts.clone()).unwrap_or_default(),
        }
    }

    /// What a field holds, as it travels.
    pub fn value(&self, field: &Field) -> String {
        let row = field.dimension().and_then(|key| self.rating(key));
        let card = self.scorecard.as_ref();
        match field {
            Field::Rating(_) => rating_text(row.and_then(RatingRow::rating)),
            Field::Ticks(_) => row.map(|row| row.ticks.join(" ")).unwrap_or_default(),
            Field::Note(_) => row.map(|row| row.note.clone()).unwrap_or_default(),
            Field::Asked(_) => row.map(|row| row.asked.join(" ")).unwrap_or_default(),
            Field::Seconds(_) => row.map(|row| row.seconds.to_string()).unwrap_or_default(),
            Field::Recommendation => {
                card.and_then(|card| card.recommendation).map(|choice| choice.to_string()).unwrap_or_default()
            }
            Field::PrivateNote => card.map(|card| card.private_note.clone()).unwrap_or_default(),
            Field::NextNote => card.map(|card| card.next_note.clone()).unwrap_or_default(),
            Field::Facts => card.map(|card| card.facts.join(" ")).unwrap_or_default(),
        }
    }

    /// The revision of every field that a person fills in. The seconds are not among them: a page that counts in another tab
    /// is no reason to read everything again before submitting.
    pub fn revisions(&self) -> Revisions {
        let mut revisions = Revisions::new();
        for rating in &self.ratings {
            let dimension = &rating.dimension;
            revisions.insert(format!("{dimension}.rating"), rating.rating_revision);
            revisions.insert(format!("{dimension}.ticks"), rating.ticks_revision);
            revisions.insert(format!("{dimension}.note"), rating.note_revision);
            revisions.insert(format!("{dimension}.asked"), rating.asked_revision);
        }
        if let Some(card) = &self.scorecard {
            revisions.insert("recommendation".to_owned(), card.recommendation_revision);
            revisions.insert("private_note".to_owned(), card.private_note_revision);
            revisions.insert("next_note".to_owned(), card.next_note_revision);
            revisions.insert("facts".to_owned(), card.facts_revision);
        }
        revisions
    }
}

/// Why a scorecard of such an interview cannot be written, as the key of a message.
pub fn closed(interview: InterviewState, job: JobState) -> Option<&'static str> {
    match (interview, job) {
        (InterviewState::Cancelled, _) => Some("kit-cancelled"),
        (_, JobState::Closed) => Some("kit-job-closed"),
        _ => None,
    }
}

/// Everything but the rubric, from the member's own seat.
macro_rules! kit_from_own_seat {
    ($and:literal) => {
        concat!(
            "SELECT json_build_object(
               'seat', s.id,
               'interview', json_build_object('id', i.id, 'application_id', i.application_id, 'starts_at', i.starts_at,
                 'minutes', i.minutes, 'state', i.state),
               'round', json_build_object('position', r.position, 'name', r.name, 'medium', r.medium,
                 'dimensions', r.dimensions, 'questions', r.questions),
               'candidate', json_build_object('id', c.id, 'name', c.name, 'note', c.note,
                 'pronunciation', c.pronunciation, 'accommodation', a.accommodation),
               'job', json_build_object('id', j.id, 'title', j.title, 'place', j.place, 'state', j.state,
                 'rubric_version_id', j.rubric_version_id),
               'scorecard', CASE WHEN k.id IS NULL THEN NULL ELSE json_build_object('id', k.id, 'state', k.state,
                 'recommendation', k.recommendation, 'recommendation_revision', k.recommendation_revision,
                 'private_note', k.private_note, 'private_note_revision', k.private_note_revision,
                 'next_note', k.next_note, 'next_note_revision', k.next_note_revision,
                 'facts', k.facts, 'facts_revision', k.facts_revision,
                 'started_at', k.started_at, 'submitted_at', k.submitted_at) END,
               'ratings', (SELECT json_agg(to_json(x)) FROM ratings x
                 WHERE x.org_id = k.org_id AND x.scorecard_id = k.id),
               'conflicts', (SELECT json_agg(to_json(x) ORDER BY x.id) FROM conflict_copies x
                 WHERE x.org_id = k.org_id AND x.scorecard_id = k.id AND x.settled_at IS NULL),
               'earlier_notes', (SELECT json_agg(json_build_object('round', er.name, 'by', em.name, 'text', ek.next_note)
                   ORDER BY er.position, em.name)
                 FROM interviews ei
                 JOIN rounds er ON er.org_id = ei.org_id AND er.id = ei.round_id
                 JOIN seats es ON es.org_id = ei.org_id AND es.interview_id = ei.id
                 JOIN members em ON em.org_id = es.org_id AND em.id = es.member_id
                 JOIN scorecards ek ON ek.org_id = es.org_id AND ek.seat_id = es.id
                 WHERE ei.org_id = i.org_id AND ei.application_id = i.application_id
                   AND er.position < r.position AND ek.state = 'submitted' AND ek.next_note <> ''
                   AND NOT ($3 AND EXISTS (SELECT FROM seats ms
                     JOIN interviews mi ON mi.org_id = ms.org_id AND mi.id = ms.interview_id
                     LEFT JOIN scorecards mk ON mk.org_id = ms.org_id AND mk.seat_id = ms.id
                     WHERE ms.org_id = ei.org_id AND ms.member_id = s.member_id AND mi.state = 'scheduled'
                       AND mi.application_id = ei.application_id AND mi.round_id = ei.round_id
                       AND mk.state IS DISTINCT FROM 'submitted')))
             )::text
             FROM seats s
             JOIN interviews i ON i.org_id = s.org_id AND i.id = s.interview_id
             JOIN rounds r ON r.org_id = i.org_id AND r.id = i.round_id
             JOIN applications a ON a.org_id = i.org_id AND a.id = i.application_id
             JOIN candidates c ON c.org_id = a.org_id AND c.id = a.candidate_id
             JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
             LEFT JOIN scorecards k ON k.org_id = s.org_id AND k.seat_id = s.id
             WHERE s.org_id = $1 AND s.member_id = $2 AND ",
            $and
        )
    };
}

/// The kit of the member's seat in this interview.
///
/// # Errors
/// `NotFound` when the member has no seat in it.
pub async fn of_interview(conn: &mut Conn, scope: &Scope, interview: InterviewId) -> Result<Kit> {
    load(conn, scope, kit_from_own_seat!("s.interview_id = $4"), interview.0).await
}

/// The kit that this scorecard of the member's belongs to.
///
/// # Errors
/// `NotFound` when it is not theirs.
pub async fn of_scorecard(conn: &mut Conn, scope: &Scope, scorecard: ScorecardId) -> Result<Kit> {
    load(conn, scope, kit_from_own_seat!("k.id = $4"), scorecard.0).await
}

async fn load(conn: &mut Conn, scope: &Scope, sql: &'static str, id: uuid::Uuid) -> Result<Kit> {
    let binds = vec![Bind::Uuid(scope.org.0), Bind::Uuid(scope.member.0), Bind::Bool(scope.blind), Bind::Uuid(id)];
    let text: String = Statement::<Text>::new(sql, binds).get_result(conn).await?;
    serde_json::from_str(&text).map_err(|error| Error::Bug(error.into()))
}

/// `json_agg` of no rows is null.
pub(super) fn or_empty<'de, D, T>(input: D) -> Result<Vec<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(input).map(Option::unwrap_or_default)
}
