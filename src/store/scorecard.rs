//! Scorecards and their ratings, and who may see them.

use diesel::{pg::Pg, prelude::*, sql_types::Text};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};
use serde::Deserialize;

use super::{
    Conn, Scope,
    kit::or_empty,
    paper,
    statement::{Bind, Statement},
};
use crate::{
    domain::{
        anonymity::Cover,
        id::{AmendmentId, ApplicationId, InterviewId, JobId, MemberId, OrgId, RubricVersionId, ScorecardId, SeatId},
        medium::Medium,
        policy::Reach,
        rating::{Rating, Recommendation},
        scorecard::Rated,
        text_enum::text_enum,
    },
    error::{Error, Result},
    schema::{amendments, ratings, scorecards},
};

text_enum! {
    ScorecardState { Draft = "draft", Submitted = "submitted" }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = scorecards, check_for_backend(Pg))]
pub struct Scorecard {
    pub org_id: OrgId,
    pub id: ScorecardId,
    pub seat_id: SeatId,
    pub state: ScorecardState,
    pub recommendation: Option<Recommendation>,
    pub recommendation_revision: i64,
    pub private_note: String,
    pub private_note_revision: i64,
    pub next_note: String,
    pub next_note_revision: i64,
    pub started_at: Timestamp,
    pub submitted_at: NullableTimestamp,
    pub seal: Option<Vec<u8>>,
    pub facts: Vec<String>,
    pub facts_revision: i64,
}

/// A rating of one dimension as the database keeps it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Deserialize)]
#[diesel(table_name = ratings, check_for_backend(Pg))]
pub struct RatingRow {
    pub org_id: OrgId,
    pub scorecard_id: ScorecardId,
    pub dimension: String,
    pub score: Option<i16>,
    pub not_enough_evidence: bool,
    pub rating_revision: i64,
    pub ticks: Vec<String>,
    pub ticks_revision: i64,
    pub note: String,
    pub note_revision: i64,
    pub asked: Vec<String>,
    pub asked_revision: i64,
    pub seconds: i32,
    pub seconds_revision: i64,
}

impl RatingRow {
    pub fn rating(&self) -> Option<Rating> {
        Rating::from_columns(self.score, self.not_enough_evidence)
    }

    pub fn rated(&self) -> Rated {
        Rated {
            dimension: self.dimension.clone(),
            rating: self.rating(),
            ticks: self.ticks.clone(),
            note: self.note.clone(),
            asked: self.asked.clone(),
            seconds: self.seconds,
        }
    }
}

/// A later change of a sealed rating; the first rating stays.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = amendments, check_for_backend(Pg))]
pub struct Amendment {
    pub org_id: OrgId,
    pub id: AmendmentId,
    pub scorecard_id: ScorecardId,
    pub dimension: String,
    pub score: Option<i16>,
    pub not_enough_evidence: bool,
    pub reason: String,
    pub member_id: MemberId,
    pub at: Timestamp,
}

impl Amendment {
    pub fn rating(&self) -> Option<Rating> {
        Rating::from_columns(self.score, self.not_enough_evidence)
    }
}

pub async fn insert(conn: &mut Conn, scorecard: &Scorecard, ratings: &[RatingRow]) -> Result<()> {
    diesel::insert_into(scorecards::table).values(scorecard).execute(conn).await?;
    diesel::insert_into(ratings::table).values(ratings).execute(conn).await?;
    Ok(())
}

pub async fn insert_amendment(conn: &mut Conn, amendment: &Amendment) -> Result<()> {
    diesel::insert_into(amendments::table).values(amendment).execute(conn).await?;
    Ok(())
}

/// Makes the draft of a seat with an empty rating per dimension, unless it is there already: of two tabs that open the
/// kit at once, one makes it.
pub async fn begin(
    conn: &mut Conn,
    scope: &Scope,
    seat: SeatId,
    dimensions: &[String],
    now: jiff::Timestamp,
) -> Result<()> {
    // Whoever is choosing the round's questions is waited for, and whoever comes after finds the scorecard.
    let sql = "WITH round AS (
                 SELECT FROM rounds r
                 JOIN interviews i ON i.org_id = r.org_id AND i.round_id = r.id
                 JOIN seats s ON s.org_id = i.org_id AND s.interview_id = i.id
                 WHERE s.org_id = $1 AND s.id = $3 FOR SHARE OF r
               ), card AS (
                 INSERT INTO scorecards (org_id, id, seat_id, state, started_at) SELECT $1, $2, $3, 'draft', $4 FROM round
                 ON CONFLICT (org_id, seat_id) DO NOTHING RETURNING org_id, id
               )
               INSERT INTO ratings (org_id, scorecard_id, dimension)
               SELECT card.org_id, card.id, dimension FROM card, unnest($5) dimension";
    let binds = vec![
        Bind::Uuid(scope.org.0),
        Bind::Uuid(ScorecardId::new().0),
        Bind::Uuid(seat.0),
        Bind::Time(now.into()),
        Bind::Texts(dimensions.to_vec()),
    ];
    Statement::<()>::new(sql, binds).execute(conn).await?;
    Ok(())
}

/// Seals a draft that the caller has locked.
pub async fn seal(conn: &mut Conn, scope: &Scope, id: ScorecardId, seal: &[u8], now: jiff::Timestamp) -> Result<()> {
    diesel::update(scorecards::table.find((scope.org, id)).filter(scorecards::state.eq(ScorecardState::Draft)))
        .set((
            scorecards::state.eq(ScorecardState::Submitted),
            scorecards::submitted_at.eq(Some(Timestamp::from(now))),
            scorecards::seal.eq(seal),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// A scorecard as it may be read, with what surrounds it.
#[derive(Clone, Debug, Deserialize)]
pub struct Shown {
    pub id: ScorecardId,
    pub state: ScorecardState,
    pub recommendation: Option<Recommendation>,
    /// Empty in the eyes of anybody but its writer.
    pub private_note: String,
    pub next_note: String,
    /// Numbers of the facts of the outline that came back.
    pub facts: Vec<String>,
    pub submitted_at: Option<jiff::Timestamp>,
    /// Hexadecimal.
    pub seal: Option<String>,
    pub member_id: MemberId,
    pub by: String,
    pub interview_id: InterviewId,
    pub interview_state: super::interview::InterviewState,
    pub starts_at: jiff::Timestamp,
    pub application_id: ApplicationId,
    pub candidate: String,
    pub round: String,
    pub medium: Medium,
    pub dimensions: Vec<String>,
    pub job_id: JobId,
    pub job: String,
    pub place: String,
    pub job_state: super::job::JobState,
    pub rubric_version_id: RubricVersionId,
    /// Who entered it from paper, when somebody did.
    pub paper: Option<paper::Entry>,
    #[serde(default, deserialize_with = "or_empty")]
    pub ratings: Vec<RatingRow>,
    /// Oldest first.
    #[serde(default, deserialize_with = "or_empty")]
    pub amendments: Vec<ShownAmendment>,
}

impl Shown {
    /// The words in which candidates are named are covered, in whatever letters they were written.
    pub fn cover(&mut self, cover: &Cover) {
        self.next_note = cover.of_note(&self.next_note);
        self.ratings.iter_mut().for_each(|row| row.note = cover.of_note(&row.note));
        self.amendments.iter_mut().for_each(|amendment| amendment.reason = cover.of_note(&amendment.reason));
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct ShownAmendment {
    pub dimension: String,
    pub score: Option<i16>,
    pub not_enough_evidence: bool,
    pub reason: String,
    pub at: jiff::Timestamp,
}

impl ShownAmendment {
    pub fn rating(&self) -> Option<Rating> {
        Rating::from_columns(self.score, self.not_enough_evidence)
    }
}

/// Whether the member may read scorecard `k` of seat `s` in interview `i` of job `j`: their own always; another's once it
/// is submitted, within the member's reach, and, where ratings stay hidden, when no seat of the member's for the same
/// candidate in the same round is still to be submitted.
/// $1 organisation, $2 member, $3 whether the member reaches every job, $4 whether ratings stay hidden.
macro_rules! may_read {
    () => {
        "k.org_id = $1 AND (s.member_id = $2 OR (
           k.state = 'submitted'
           AND ($3 OR j.hiring_manager_id = $2 OR j.recruiter_id = $2 OR EXISTS (
             SELECT FROM seats os
             JOIN interviews oi ON oi.org_id = os.org_id AND oi.id = os.interview_id
             JOIN rounds ro ON ro.org_id = oi.org_id AND ro.id = oi.round_id
             WHERE os.org_id = $1 AND os.member_id = $2 AND ro.job_id = j.id))
           AND NOT ($4 AND EXISTS (
             SELECT FROM seats ms
             JOIN interviews mi ON mi.org_id = ms.org_id AND mi.id = ms.interview_id
             LEFT JOIN scorecards mk ON mk.org_id = ms.org_id AND mk.seat_id = ms.id
             WHERE ms.org_id = $1 AND ms.member_id = $2 AND mi.state = 'scheduled'
               AND mi.application_id = i.application_id AND mi.round_id = i.round_id
               AND mk.state IS DISTINCT FROM 'submitted'))))"
    };
}

/// # Errors
/// `NotFound` when there is none, or it must not be read; both look the same.
pub async fn find(conn: &mut Conn, scope: &Scope, id: ScorecardId) -> Result<Shown> {
    let sql = concat!(
        "SELECT json_build_object(
           'id', k.id, 'state', k.state, 'recommendation', k.recommendation,
           'private_note', CASE WHEN s.member_id = $2 THEN k.private_note ELSE '' END, 'next_note', k.next_note,
           'facts', k.facts, 'submitted_at', k.submitted_at, 'seal', encode(k.seal, 'hex'),
           'member_id', m.id, 'by', m.name, 'interview_id', i.id, 'interview_state', i.state, 'starts_at', i.starts_at,
           'application_id', i.application_id, 'candidate', c.name, 'round', r.name, 'medium', r.medium,
           'dimensions', r.dimensions, 'job_id', j.id, 'job', j.title, 'place', j.place, 'job_state', j.state,
           'rubric_version_id', j.rubric_version_id,
           'paper', (SELECT json_build_object('by', y.name, 'at', x.entered_at, 'is_right', x.is_right, 'remark', x.remark)
             FROM papers x JOIN members y ON y.org_id = x.org_id AND y.id = x.entered_by
             WHERE x.org_id = k.org_id AND x.scorecard_id = k.id),
           'ratings', (SELECT json_agg(to_json(x)) FROM ratings x WHERE x.org_id = k.org_id AND x.scorecard_id = k.id),
           'amendments', (SELECT json_agg(to_json(x) ORDER BY x.id) FROM amendments x
             WHERE x.org_id = k.org_id AND x.scorecard_id = k.id)
         )::text
         FROM scorecards k
         JOIN seats s ON s.org_id = k.org_id AND s.id = k.seat_id
         JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id
         JOIN interviews i ON i.org_id = s.org_id AND i.id = s.interview_id
         JOIN rounds r ON r.org_id = i.org_id AND r.id = i.round_id
         JOIN applications a ON a.org_id = i.org_id AND a.id = i.application_id
         JOIN candidates c ON c.org_id = a.org_id AND c.id = a.candidate_id
         JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
         WHERE k.id = $5 AND ",
        may_read!()
    );
    let binds = vec![
        Bind::Uuid(scope.org.0),
        Bind::Uuid(scope.member.0),
        Bind::Bool(scope.reach == Reach::All),
        Bind::Bool(scope.blind),
        Bind::Uuid(id.0),
    ];
    let text: String = Statement::<Text>::new(sql, binds).get_result(conn).await?;
    serde_json::from_str(&text).map_err(|error| Error::Bug(error.into()))
}
