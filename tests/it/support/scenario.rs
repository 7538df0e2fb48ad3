//! What a world can be filled with: jobs, candidates, interviews, scorecards, straight through the store.

use attune::{
    domain::{
        id::{ApplicationId, CandidateId, InterviewId, JobId, RoundId, ScorecardId, SeatId},
        medium::Medium,
        policy::Role,
        rating::{Rating, Recommendation},
        rubric,
    },
    store::{
        self,
        application::Application,
        candidate::Candidate,
        interview::{Interview, InterviewState, Seat},
        job::{Job, JobState},
        round::Round,
        scorecard::{RatingRow, Scorecard, ScorecardState},
    },
};
use diesel_async::RunQueryDsl;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use super::world::{Home, Who, World};

pub const DIMENSIONS: [&str; 6] = ["listening", "communication", "attitude", "problem_solving", "sincerity", "growth"];

/// A candidate in a job.
#[derive(Clone, Debug)]
pub struct Applied {
    pub application: Application,
    pub candidate: Candidate,
}

/// An interview with its seats, in the order of its panel.
#[derive(Clone, Debug)]
pub struct Interviewed {
    pub interview: Interview,
    pub seats: Vec<Seat>,
}

impl World {
    /// An open job with the built-in rubric, equal weights, and no rounds yet; of the recruiter and the hiring manager.
    pub async fn job(&self, home: &Home, title: &str) -> Job {
        let mut conn = self.conn().await;
        let key = format!("rubric-{}", JobId::new());
        let (_, version) =
            store::rubric::insert_published(&mut conn, home.org, &key, rubric::builtin(), self.now()).await.unwrap();
        let weights: serde_json::Map<_, _> = DIMENSIONS.iter().map(|key| (key.to_string(), json!(10))).collect();
        let job = Job {
            org_id: home.org,
            id: JobId::new(),
            title: title.to_owned(),
            place: "Oslo".to_owned(),
            state: JobState::Open,
            rubric_version_id: version,
            weights: weights.into(),
            recruiter_id: home.who(Role::Recruiter).id,
            hiring_manager_id: home.who(Role::HiringManager).id,
            pinned_at: None.into(),
            created_at: self.now().into(),
            closed_at: None.into(),
            revision: 0,
            anonymised: false,
        };
        store::job::insert(&mut conn, &job).await.unwrap();
        job
    }

    /// A further round of a job; it asks the first question of every dimension it covers.
    pub async fn round(&self, job: &Job, position: i32, medium: Medium, dimensions: &[&str]) -> Round {
        let mut conn = self.conn().await;
        let questions =
            dimensions.iter().map(|key| rubric::builtin().dimension(key).unwrap().questions[0].key.clone()).collect();
        let round = Round {
            org_id: job.org_id,
            id: RoundId::new(),
            job_id: job.id,
            position,
            name: format!("Round {position}"),
            medium,
            minutes: 45,
            dimensions: dimensions.iter().map(ToString::to_string).collect(),
            questions,
        };
        store::round::insert(&mut conn, std::slice::from_ref(&round)).await.unwrap();
        round
    }

    pub async fn candidate(&self, job: &Job, name: &str) -> Applied {
        let mut conn = self.conn().await;
        let candidate = Candidate {
            org_id: job.org_id,
            id: CandidateId::new(),
            name: name.to_owned(),
            email: None,
            phone: None,
            note: String::new(),
            created_at: self.now().into(),
            pronunciation: String::new(),
        };
        let application = Application {
            org_id: job.org_id,
            id: ApplicationId::new(),
            job_id: job.id,
            candidate_id: candidate.id,
            created_at: self.now().into(),
        };
        store::candidate::insert(&mut conn, std::slice::from_ref(&candidate)).await.unwrap();
        store::application::insert(&mut conn, std::slice::from_ref(&application)).await.unwrap();
        Applied { application, candidate }
    }

    /// An interview that began an hour ago.
    pub async fn interview(&self, applied: &Applied, round: &Round, panel: &[&Who]) -> Interviewed {
        self.interview_at(applied, round, panel, self.now() - 1.hour()).await
    }

    pub async fn interview_at(
        &self,
        applied: &Applied,
        round: &Round,
        panel: &[&Who],
        starts_at: Timestamp,
    ) -> Interviewed {
        let mut conn = self.conn().await;
        let interview = Interview {
            org_id: round.org_id,
            id: InterviewId::new(),
            application_id: applied.application.id,
            round_id: round.id,
            starts_at: starts_at.into(),
            time_zone: "Europe/Stockholm".to_owned(),
            minutes: 45,
            place: "Room 3".to_owned(),
            state: InterviewState::Scheduled,
            sequence: 0,
            created_by: panel[0].id,
            created_at: self.now().into(),
            cancel_reason: None,
        };
        let seats: Vec<Seat> = panel
            .iter()
            .map(|who| Seat { org_id: round.org_id, id: SeatId::new(), interview_id: interview.id, member_id: who.id })
            .collect();
        store::interview::insert(&mut conn, &interview, &seats).await.unwrap();
        Interviewed { interview, seats }
    }

    /// A draft with these ratings as `(dimension, "1".."5" | "not_enough_evidence" | "", note)`.
    pub async fn draft(&self, seat: &Seat, ratings: &[(&str, &str, &str)]) -> Scorecard {
        self.scorecard(seat, ratings, ScorecardState::Draft).await
    }

    /// A submitted scorecard; recommends yes.
    pub async fn submitted(&self, seat: &Seat, ratings: &[(&str, &str, &str)]) -> Scorecard {
        self.scorecard(seat, ratings, ScorecardState::Submitted).await
    }

    async fn scorecard(&self, seat: &Seat, ratings: &[(&str, &str, &str)], state: ScorecardState) -> Scorecard {
        let mut conn = self.conn().await;
        let submitted = state == ScorecardState::Submitted;
        let scorecard = Scorecard {
            org_id: seat.org_id,
            id: ScorecardId::new(),
            seat_id: seat.id,
            state,
            recommendation: submitted.then_some(Recommendation::Yes),
            recommendation_revision: i64::from(submitted),
            private_note: String::new(),
            private_note_revision: 0,
            next_note: String::new(),
            next_note_revision: 0,
            started_at: (self.now() - 1.hour()).into(),
            submitted_at: submitted.then(|| self.now()).into(),
            seal: submitted.then(|| vec![1; 32]),
            facts: Vec::new(),
            facts_revision: 0,
        };
        let rows: Vec<RatingRow> = ratings
            .iter()
            .map(|(dimension, rating, note)| {
                let rating = Rating::from_text(rating).unwrap();
                RatingRow {
                    org_id: seat.org_id,
                    scorecard_id: scorecard.id,
                    dimension: dimension.to_string(),
                    score: rating.and_then(Rating::score),
                    not_enough_evidence: rating == Some(Rating::NotEnoughEvidence),
                    rating_revision: 1,
                    ticks: Vec::new(),
                    ticks_revision: 0,
                    note: note.to_string(),
                    note_revision: 1,
                    asked: Vec::new(),
                    asked_revision: 0,
                    seconds: 0,
                    seconds_revision: 0,
                }
            })
            .collect();
        store::scorecard::insert(&mut conn, &scorecard, &rows).await.unwrap();
        scorecard
    }

    pub async fn write_next_note(&self, scorecard: &Scorecard, note: &str) {
        let note = note.replace('\'', "''");
        self.sql(&format!("UPDATE scorecards SET next_note = '{note}' WHERE id = '{}'", scorecard.id)).await;
    }

    /// Closes the job of an interview.
    pub async fn close_job(&self, met: &Interviewed) {
        let round = met.interview.round_id;
        self.sql(&format!(
            "UPDATE jobs SET state = 'closed', closed_at = now() FROM rounds
             WHERE rounds.job_id = jobs.id AND rounds.id = '{round}'"
        ))
        .await;
    }

    pub async fn reopen_job(&self, met: &Interviewed) {
        let round = met.interview.round_id;
        self.sql(&format!(
            "UPDATE jobs SET state = 'open', closed_at = NULL FROM rounds
             WHERE rounds.job_id = jobs.id AND rounds.id = '{round}'"
        ))
        .await;
    }

    pub async fn cancel(&self, met: &Interviewed) {
        self.sql(&format!("UPDATE interviews SET state = 'cancelled' WHERE id = '{}'", met.interview.id)).await;
    }

    /// What a query finds, a JSON object per row.
    pub async fn rows(&self, query: &str) -> Vec<Value> {
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            row: String,
        }
        let mut conn = self.conn().await;
        let query = diesel::sql_query(format!("SELECT row_to_json(t)::text AS row FROM ({query}) t"));
        let rows: Vec<Row> = query.load(&mut conn).await.unwrap();
        rows.iter().map(|row| serde_json::from_str(&row.row).unwrap()).collect()
    }

    /// Changes rows as nothing in the product would.
    pub async fn sql(&self, statement: &str) {
        let mut conn = self.conn().await;
        diesel::sql_query(statement).execute(&mut conn).await.unwrap();
    }
}
