//! What waits for one member: interviews, scorecards, decisions, letters.

use std::sync::LazyLock;

use diesel::{
    prelude::*,
    sql_types::{BigInt, Jsonb},
};
use diesel_async::RunQueryDsl;
use jiff::ToSpan;
use jiff_diesel::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::{
    Conn, Scope, debrief,
    interview::{self, InterviewState},
    statement::{Bind, Statement},
};
use crate::{
    domain::{
        id::{DebriefId, InterviewId, JobId},
        medium::Medium,
    },
    error::{Error, Result},
    schema::{candidates, interviews, jobs, rounds, scorecards, seats},
};

/// How many days ahead interviews show.
const DAYS_AHEAD: i64 = 7;
/// Nobody has more; a limit keeps the page finite all the same.
const MOST: i64 = 100;

/// An interview in which the member has a seat and has not submitted, earlier or within the coming days.
#[derive(Clone, Debug, Queryable)]
pub struct Open {
    pub interview: InterviewId,
    pub starts_at: Timestamp,
    pub minutes: i32,
    pub place: String,
    pub round: String,
    pub medium: Medium,
    pub candidate: String,
    pub job: String,
    pub job_place: String,
}

impl Open {
    pub fn ends_at(&self) -> jiff::Timestamp {
        self.starts_at.to_jiff() + i64::from(self.minutes).minutes()
    }
}

/// What waits besides interviews.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// Open jobs of which the member is the hiring manager, with candidates whose scorecards are all in.
    pub decisions: Vec<Decidable>,
    /// Open debriefs in which the member has not said everything yet.
    pub debriefs: Vec<OpenDebrief>,
    /// Letters set aside in the organisation.
    pub letters: i64,
}

#[derive(Clone, Debug, Deserialize)]
pub struct OpenDebrief {
    pub debrief: DebriefId,
    pub candidate: String,
    pub job: String,
    pub place: String,
    pub opened_by: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Decidable {
    pub job: JobId,
    pub title: String,
    pub place: String,
    pub candidates: i64,
}

/// The member's own seats without a submitted scorecard, by time.
pub async fn open(conn: &mut Conn, scope: &Scope, now: jiff::Timestamp) -> Result<Vec<Open>> {
    let until = Timestamp::from(now + (DAYS_AHEAD * 24).hours());
    Ok(interview::seats_in_full()
        .filter(seats::org_id.eq(scope.org).and(seats::member_id.eq(scope.member)))
        .filter(interviews::state.eq(InterviewState::Scheduled).and(interviews::starts_at.lt(until)))
        .filter(scorecards::submitted_at.is_null())
        .order((interviews::starts_at, interviews::id))
        .limit(MOST)
        .select((
            interviews::id,
            interviews::starts_at,
            interviews::minutes,
            interviews::place,
            rounds::name,
            rounds::medium,
            candidates::name,
            jobs::title,
            jobs::place,
        ))
        .load(conn)
        .await?)
}

/// Decisions that wait for the member, who is asked for only when they may decide, and letters when they may see them.
///
/// A candidate counts when every seat of every interview that stands has submitted, the member's own included: nothing
/// here tells of scorecards that the member must not know of.
pub async fn waiting(conn: &mut Conn, scope: &Scope, decides: bool, sees_letters: bool) -> Result<Waiting> {
    static SQL: LazyLock<String> =
        LazyLock::new(|| WAITING.replace("{open_to}", &debrief::OPEN_TO.replace("$3", "$5")));
    let binds = vec![
        Bind::Uuid(scope.org.0),
        Bind::Uuid(scope.member.0),
        Bind::Bool(decides),
        Bind::Bool(sees_letters),
        Bind::Bool(scope.blind),
    ];
    let (decisions, debriefs, letters): (Value, Value, i64) =
        Statement::<(Jsonb, Jsonb, BigInt)>::new(SQL.as_str(), binds).get_result(conn).await?;
    let parse = |error: serde_json::Error| Error::Bug(error.into());
    Ok(Waiting {
        decisions: serde_json::from_value(decisions).map_err(parse)?,
        debriefs: serde_json::from_value(debriefs).map_err(parse)?,
        letters,
    })
}

/// $1 is the organisation, $2 the member, $3 whether they may decide, $4 whether they may see letters, $5 the policy of blindness.
const WAITING: &str = "
WITH ready AS (
  SELECT a.job_id, a.id
  FROM jobs j
  JOIN applications a ON a.org_id = j.org_id AND a.job_id = j.id
  JOIN interviews i ON i.org_id = a.org_id AND i.application_id = a.id AND i.state = 'scheduled'
  JOIN seats s ON s.org_id = i.org_id AND s.interview_id = i.id
  LEFT JOIN scorecards c ON c.org_id = s.org_id AND c.seat_id = s.id
  WHERE $3 AND j.org_id = $1 AND j.hiring_manager_id = $2 AND j.state = 'open'
    AND NOT EXISTS (SELECT FROM decisions d WHERE d.org_id = a.org_id AND d.application_id = a.id)
  GROUP BY a.job_id, a.id HAVING bool_and(c.submitted_at IS NOT NULL)
), by_job AS (
  SELECT j.id AS job, j.title, j.place, count(*) AS candidates
  FROM ready r JOIN jobs j ON j.org_id = $1 AND j.id = r.job_id
  GROUP BY j.org_id, j.id ORDER BY j.id LIMIT 100
), to_debrief AS (
  SELECT d.id AS debrief, n.name AS candidate, j.title AS job, j.place, o.name AS opened_by
  FROM debriefs d
  JOIN applications a ON a.org_id = d.org_id AND a.id = d.application_id
  JOIN candidates n ON n.org_id = a.org_id AND n.id = a.candidate_id
  JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id AND j.state = 'open'
  JOIN members o ON o.org_id = d.org_id AND o.id = d.opened_by
  WHERE d.org_id = $1 AND d.closed_at IS NULL AND EXISTS (
    SELECT FROM debrief_scorecards t
    JOIN scorecards k ON k.org_id = t.org_id AND k.id = t.scorecard_id
    JOIN seats s ON s.org_id = k.org_id AND s.id = k.seat_id AND s.member_id = $2
    JOIN ratings x ON x.org_id = t.org_id AND x.scorecard_id = t.scorecard_id
    LEFT JOIN second_ratings y ON y.org_id = x.org_id AND y.debrief_id = t.debrief_id
      AND y.scorecard_id = x.scorecard_id AND y.dimension = x.dimension
    WHERE t.org_id = d.org_id AND t.debrief_id = d.id AND y.org_id IS NULL)
    AND {open_to}
  ORDER BY d.id LIMIT 100
)
SELECT (SELECT coalesce(jsonb_agg(to_jsonb(b) ORDER BY b.job), '[]') FROM by_job b) AS decisions,
       (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY t.debrief), '[]') FROM to_debrief t) AS debriefs,
       (SELECT count(*) FROM letters l WHERE $4 AND l.org_id = $1 AND l.state = 'set_aside') AS letters";
