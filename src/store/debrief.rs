//! Debriefs with what lies on their table, as far as a member may see it.
//!
//! A debrief shows what a panel rated: while a member has a scorecard to submit in one of its rounds, it does not exist for them.

use std::{collections::BTreeMap, sync::LazyLock};

use diesel::{prelude::*, sql_types::Text};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use serde::Deserialize;

use super::{
    Conn, Scope,
    interview::InterviewState,
    job::{self, JobState},
    kit::or_empty,
    statement::{Bind, Statement},
};
use crate::{
    domain::{
        anonymity::Cover,
        debrief::{Answer, Citation, Second, Voice},
        id::{
            ApplicationId, CandidateId, DebriefId, InterviewId, JobId, MemberId, RoundId, RubricVersionId, ScorecardId,
        },
        policy::Reach,
        rating::Rating,
    },
    error::{Error, Result},
    schema::{debrief_scorecards, debriefs, interviews, members, rounds, scorecards, seats},
};

/// A debrief, what surrounds it, and what its panel said.
#[derive(Clone, Debug, Deserialize)]
pub struct Debrief {
    pub id: DebriefId,
    pub application: ApplicationId,
    pub candidate: CandidateId,
    pub candidate_name: String,
    pub job: JobId,
    pub job_title: String,
    pub place: String,
    pub job_state: JobState,
    pub hiring_manager: MemberId,
    pub rubric_version: RubricVersionId,
    pub weights: BTreeMap<String, u8>,
    pub opened_by: String,
    pub opened_at: Timestamp,
    /// Counts the changes of second ratings.
    pub revision: i64,
    /// Empty while open.
    pub summary: String,
    pub closed_by: Option<String>,
    pub closed_at: Option<Timestamp>,
    /// Hexadecimal.
    pub seal: Option<String>,
    /// Whoever reads must not know the candidate by name.
    #[serde(skip)]
    pub is_anonymous: bool,
    #[serde(rename = "said", default, deserialize_with = "or_empty")]
    rows: Vec<VoiceRow>,
    /// By rater's name, then scorecard, then dimension key.
    #[serde(skip)]
    pub voices: Vec<Voice>,
}

impl Debrief {
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// "Customer support agent, Oslo".
    pub fn job_line(&self) -> String {
        job::full_title(&self.job_title, &self.place)
    }

    /// The words in which candidates are named are covered, in whatever letters they were written.
    pub fn cover(&mut self, cover: &Cover) {
        self.summary = cover.of_note(&self.summary);
        for voice in &mut self.voices {
            voice.note = cover.of_note(&voice.note);
            if let Some(second) = &mut voice.second {
                second.said.reason = cover.of_note(&second.said.reason);
                second.said.note = cover.of_note(&second.said.note);
            }
        }
    }

    pub fn rates(&self, member: MemberId) -> bool {
        self.voices.iter().any(|voice| voice.rater == member)
    }
}

#[derive(Clone, Debug, Deserialize)]
struct VoiceRow {
    scorecard: ScorecardId,
    rater: MemberId,
    name: String,
    round: String,
    dimension: String,
    score: Option<i16>,
    not_enough_evidence: bool,
    ticks: Vec<String>,
    note: String,
    second: Option<SecondRow>,
}

#[derive(Clone, Debug, Deserialize)]
struct SecondRow {
    score: Option<i16>,
    not_enough_evidence: bool,
    reason: String,
    evidence: Vec<String>,
    note: String,
    revision: i64,
    changed_at: Timestamp,
}

impl SecondRow {
    fn read(self) -> Option<Second> {
        Some(Second {
            said: Answer {
                rating: Rating::from_columns(self.score, self.not_enough_evidence)?,
                reason: self.reason,
                evidence: self.evidence.iter().filter_map(|text| text.parse().ok()).collect(),
                note: self.note,
            },
            revision: self.revision,
            changed_at: self.changed_at,
        })
    }
}

impl VoiceRow {
    /// `None` for a rating that was never given, which no submitted scorecard has.
    fn read(self) -> Option<Voice> {
        Some(Voice {
            first: Rating::from_columns(self.score, self.not_enough_evidence)?,
            scorecard: self.scorecard,
            rater: self.rater,
            name: self.name,
            round: self.round,
            dimension: self.dimension,
            ticks: self.ticks,
            note: self.note,
            second: self.second.and_then(SecondRow::read),
        })
    }
}

/// Debriefs as JSON, one per row, newest first, that satisfy `condition` on `$5`.
/// $1 organisation, $2 member, $3 whether ratings stay hidden, $4 whether every job is in reach.
fn statement(condition: &str) -> String {
    format!(
        "SELECT json_build_object(
           'id', d.id, 'application', d.application_id, 'candidate', c.id, 'candidate_name', c.name,
           'job', j.id, 'job_title', j.title, 'place', j.place, 'job_state', j.state, 'hiring_manager', j.hiring_manager_id,
           'rubric_version', j.rubric_version_id, 'weights', j.weights,
           'opened_by', ob.name, 'opened_at', d.opened_at, 'revision', d.revision, 'summary', d.summary,
           'closed_by', cb.name, 'closed_at', d.closed_at, 'seal', encode(d.seal, 'hex'),
           'said', (SELECT json_agg(json_build_object(
                      'scorecard', x.scorecard_id, 'rater', m.id, 'name', m.name, 'round', r.name, 'dimension', x.dimension,
                      'score', x.score, 'not_enough_evidence', x.not_enough_evidence, 'ticks', x.ticks, 'note', x.note,
                      'second', CASE WHEN y.org_id IS NULL THEN NULL ELSE json_build_object(
                        'score', y.score, 'not_enough_evidence', y.not_enough_evidence, 'reason', y.reason,
                        'evidence', y.evidence, 'note', y.note, 'revision', y.revision, 'changed_at', y.changed_at) END)
                      ORDER BY m.name, x.scorecard_id, x.dimension)
             FROM debrief_scorecards t
             JOIN scorecards k ON k.org_id = t.org_id AND k.id = t.scorecard_id
             JOIN seats s ON s.org_id = k.org_id AND s.id = k.seat_id
             JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id
             JOIN interviews i ON i.org_id = s.org_id AND i.id = s.interview_id
             JOIN rounds r ON r.org_id = i.org_id AND r.id = i.round_id
             JOIN ratings x ON x.org_id = t.org_id AND x.scorecard_id = t.scorecard_id
             LEFT JOIN second_ratings y ON y.org_id = x.org_id AND y.debrief_id = t.debrief_id
               AND y.scorecard_id = x.scorecard_id AND y.dimension = x.dimension
             WHERE t.org_id = d.org_id AND t.debrief_id = d.id)
         )::text
         FROM debriefs d
         JOIN applications a ON a.org_id = d.org_id AND a.id = d.application_id
         JOIN candidates c ON c.org_id = a.org_id AND c.id = a.candidate_id
         JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
         JOIN members ob ON ob.org_id = d.org_id AND ob.id = d.opened_by
         LEFT JOIN members cb ON cb.org_id = d.org_id AND cb.id = d.closed_by
         WHERE d.org_id = $1 AND {condition} AND {visible} AND {open_to}
         ORDER BY d.id DESC",
        visible = job::VISIBLE,
        open_to = OPEN_TO
    )
}

/// Whether debrief `d` may be seen under the blind policy: no seat of the member's for the same candidate in one of its
/// rounds is still to be submitted. $1 organisation, $2 member, $3 whether ratings stay hidden.
pub(super) const OPEN_TO: &str = "NOT ($3 AND EXISTS (
  SELECT FROM seats bs
  JOIN interviews bi ON bi.org_id = bs.org_id AND bi.id = bs.interview_id
  LEFT JOIN scorecards bk ON bk.org_id = bs.org_id AND bk.seat_id = bs.id
  WHERE bs.org_id = $1 AND bs.member_id = $2 AND bi.state = 'scheduled' AND bi.application_id = d.application_id
    AND bk.submitted_at IS NULL AND bi.round_id IN (
      SELECT ti.round_id FROM debrief_scorecards t
      JOIN scorecards tk ON tk.org_id = t.org_id AND tk.id = t.scorecard_id
      JOIN seats ts ON ts.org_id = tk.org_id AND ts.id = tk.seat_id
      JOIN interviews ti ON ti.org_id = ts.org_id AND ti.id = ts.interview_id
      WHERE t.org_id = d.org_id AND t.debrief_id = d.id)))";

/// # Errors
/// `NotFound` when there is none, its job is out of reach, or the member must not see it yet; all look the same.
pub async fn find(conn: &mut Conn, scope: &Scope, id: DebriefId) -> Result<Debrief> {
    static SQL: LazyLock<String> = LazyLock::new(|| statement("d.id = $5"));
    load(conn, scope, &SQL, id.0).await?.pop().ok_or(Error::NotFound)
}

/// Every debrief in a job that the member may see, newest first.
pub async fn of_job(conn: &mut Conn, scope: &Scope, job: JobId) -> Result<Vec<Debrief>> {
    static SQL: LazyLock<String> = LazyLock::new(|| statement("a.job_id = $5"));
    load(conn, scope, &SQL, job.0).await
}

/// Every debrief of one candidate in a job that the member may see, newest first.
pub async fn of_application(conn: &mut Conn, scope: &Scope, application: ApplicationId) -> Result<Vec<Debrief>> {
    static SQL: LazyLock<String> = LazyLock::new(|| statement("d.application_id = $5"));
    load(conn, scope, &SQL, application.0).await
}

async fn load(conn: &mut Conn, scope: &Scope, sql: &'static str, id: uuid::Uuid) -> Result<Vec<Debrief>> {
    let binds = vec![
        Bind::Uuid(scope.org.0),
        Bind::Uuid(scope.member.0),
        Bind::Bool(scope.blind),
        Bind::Bool(scope.reach == Reach::All),
        Bind::Uuid(id),
    ];
    let rows: Vec<String> = Statement::<Text>::new(sql, binds).load(conn).await?;
    rows.iter()
        .map(|text| {
            let mut debrief: Debrief = serde_json::from_str(text).map_err(|error| Error::Bug(error.into()))?;
            debrief.voices = std::mem::take(&mut debrief.rows).into_iter().filter_map(VoiceRow::read).collect();
            Ok(debrief)
        })
        .collect()
}

/// Locks a debrief until the transaction ends: what is said in it and closing it take turns.
///
/// # Errors
/// As [`find`].
pub async fn lock(conn: &mut Conn, scope: &Scope, id: DebriefId) -> Result<Debrief> {
    debriefs::table.find((scope.org, id)).select(debriefs::id).for_no_key_update().first::<DebriefId>(conn).await?;
    find(conn, scope, id).await
}

/// A seat of a candidate's panels, and whether its scorecard is in.
#[derive(Clone, Debug, Queryable)]
pub struct Seat {
    pub interview: InterviewId,
    pub round: RoundId,
    pub round_name: String,
    pub starts_at: jiff_diesel::Timestamp,
    pub member: MemberId,
    pub name: String,
    /// Of a submitted scorecard only.
    pub scorecard: Option<ScorecardId>,
}

/// The seats of all interviews of an application that stand, by round and name. The caller has found the application.
pub async fn seats(conn: &mut Conn, scope: &Scope, application: ApplicationId) -> Result<Vec<Seat>> {
    Ok(seats::table
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .inner_join(rounds::table.on(rounds::org_id.eq(interviews::org_id).and(rounds::id.eq(interviews::round_id))))
        .inner_join(members::table.on(members::org_id.eq(seats::org_id).and(members::id.eq(seats::member_id))))
        .left_join(
            scorecards::table.on(scorecards::org_id
                .eq(seats::org_id)
                .and(scorecards::seat_id.eq(seats::id))
                .and(scorecards::submitted_at.is_not_null())),
        )
        .filter(seats::org_id.eq(scope.org).and(interviews::application_id.eq(application)))
        .filter(interviews::state.eq(InterviewState::Scheduled))
        .order((rounds::position, members::name, seats::id))
        .select((
            interviews::id,
            rounds::id,
            rounds::name,
            interviews::starts_at,
            members::id,
            members::name,
            scorecards::id.nullable(),
        ))
        .load(conn)
        .await?)
}

/// Puts scorecards on the table of a new debrief.
///
/// # Errors
/// `Refused` when another one of the candidate is open.
pub async fn open(
    conn: &mut Conn,
    scope: &Scope,
    id: DebriefId,
    application: ApplicationId,
    scorecards: &[ScorecardId],
    now: Timestamp,
) -> Result<()> {
    let opened = diesel::insert_into(debriefs::table)
        .values((
            debriefs::org_id.eq(scope.org),
            debriefs::id.eq(id),
            debriefs::application_id.eq(application),
            debriefs::opened_by.eq(scope.member),
            debriefs::opened_at.eq(jiff_diesel::Timestamp::from(now)),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    if opened == 0 {
        return Err(Error::refused("debrief-already-open"));
    }
    let rows: Vec<_> = scorecards
        .iter()
        .map(|scorecard| {
            (
                debrief_scorecards::org_id.eq(scope.org),
                debrief_scorecards::debrief_id.eq(id),
                debrief_scorecards::scorecard_id.eq(*scorecard),
            )
        })
        .collect();
    diesel::insert_into(debrief_scorecards::table).values(rows).execute(conn).await?;
    Ok(())
}

/// Writes second ratings of one scorecard into a locked debrief, each in place of what was said before.
pub async fn say(
    conn: &mut Conn,
    scope: &Scope,
    id: DebriefId,
    scorecard: ScorecardId,
    said: &[(&str, &Answer)],
    now: Timestamp,
) -> Result<()> {
    const SQL: &str = "WITH counted AS (
        UPDATE debriefs SET revision = revision + 1 WHERE org_id = $1 AND id = $2 AND closed_at IS NULL RETURNING org_id, id
      )
      INSERT INTO second_ratings
        (org_id, debrief_id, scorecard_id, dimension, score, not_enough_evidence, reason, evidence, note, changed_at)
      SELECT counted.org_id, counted.id, $3, $4, $5, $6, $7, $8, $9, $10 FROM counted
      ON CONFLICT (org_id, debrief_id, scorecard_id, dimension) DO UPDATE SET score = excluded.score,
        not_enough_evidence = excluded.not_enough_evidence, reason = excluded.reason, evidence = excluded.evidence,
        note = excluded.note, revision = second_ratings.revision + 1, changed_at = excluded.changed_at";
    for (dimension, answer) in said {
        let binds = vec![
            Bind::Uuid(scope.org.0),
            Bind::Uuid(id.0),
            Bind::Uuid(scorecard.0),
            Bind::Text((*dimension).to_owned()),
            Bind::OptionalSmall(answer.rating.score()),
            Bind::Bool(answer.rating == Rating::NotEnoughEvidence),
            Bind::Text(answer.reason.clone()),
            Bind::Texts(answer.evidence.iter().map(Citation::to_string).collect()),
            Bind::Text(answer.note.clone()),
            Bind::Time(now.into()),
        ];
        Statement::<()>::new(SQL, binds).execute(conn).await?;
    }
    Ok(())
}

/// Seals a locked debrief.
pub async fn close(
    conn: &mut Conn,
    scope: &Scope,
    id: DebriefId,
    summary: &str,
    seal: &[u8],
    now: Timestamp,
) -> Result<()> {
    diesel::update(debriefs::table.find((scope.org, id)).filter(debriefs::closed_at.is_null()))
        .set((
            debriefs::summary.eq(summary),
            debriefs::closed_by.eq(scope.member),
            debriefs::closed_at.eq(jiff_diesel::Timestamp::from(now)),
            debriefs::seal.eq(seal),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// A second rating of a closed debrief.
#[derive(Clone, Debug, Deserialize)]
pub struct Sealed {
    pub scorecard: ScorecardId,
    pub dimension: String,
    score: Option<i16>,
    not_enough_evidence: bool,
    pub reason: String,
    pub evidence: Vec<String>,
    pub note: String,
    pub debrief: DebriefId,
    pub closed_at: Timestamp,
}

impl Sealed {
    pub fn rating(&self) -> Option<Rating> {
        Rating::from_columns(self.score, self.not_enough_evidence)
    }
}

/// What the raters of these scorecards, which the caller has found, said in closed debriefs that the member may see: of several
/// words on one rating the last.
pub async fn sealed(conn: &mut Conn, scope: &Scope, scorecards: &[ScorecardId]) -> Result<Vec<Sealed>> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        format!(
            "SELECT DISTINCT ON (y.scorecard_id, y.dimension) json_build_object(
               'scorecard', y.scorecard_id, 'dimension', y.dimension, 'score', y.score,
               'not_enough_evidence', y.not_enough_evidence, 'reason', y.reason, 'evidence', y.evidence, 'note', y.note,
               'debrief', d.id, 'closed_at', d.closed_at)::text
             FROM second_ratings y JOIN debriefs d ON d.org_id = y.org_id AND d.id = y.debrief_id
             WHERE y.org_id = $1 AND y.scorecard_id = ANY ($4::uuid[]) AND d.closed_at IS NOT NULL AND {OPEN_TO}
             ORDER BY y.scorecard_id, y.dimension, d.id DESC"
        )
    });
    let binds = vec![
        Bind::Uuid(scope.org.0),
        Bind::Uuid(scope.member.0),
        Bind::Bool(scope.blind),
        Bind::Texts(scorecards.iter().map(ScorecardId::to_string).collect()),
    ];
    let rows: Vec<String> = Statement::<Text>::new(SQL.as_str(), binds).load(conn).await?;
    rows.iter().map(|text| serde_json::from_str(text).map_err(|error| Error::Bug(error.into()))).collect()
}
