//! What panels wrote about a candidate, as far as a member may see it.
//!
//! Blindness is decided here, in the WHERE clause: while a member still has a scorecard to submit for an application in a
//! round, no row of another seat's scorecard in that round leaves the database, neither its ratings nor that it exists.

use std::collections::HashSet;

use diesel::{
    dsl::{exists, not},
    prelude::*,
    sql_types::Bool,
};
use diesel_async::RunQueryDsl;
use jiff_diesel::NullableTimestamp;

use super::{
    Conn, Scope, Slice,
    interview::{Interview, InterviewState, Seat},
    job,
    scorecard::{Amendment, RatingRow, Scorecard},
    statement::{Bind, Statement},
};
use crate::{
    domain::id::{ApplicationId, InterviewId, JobId, RoundId, ScorecardId},
    error::Result,
    schema::{amendments, applications, interviews, members, papers, ratings, scorecards, seats},
};

/// A seat with its member, and its scorecard as far as it may be seen.
#[derive(Clone, Debug)]
pub struct Filled {
    pub seat: Seat,
    pub member: String,
    /// Of somebody without an account: how their link stands.
    pub link: Option<LinkState>,
    /// `None` when there is none, and when it is hidden.
    pub scorecard: Option<Scorecard>,
    /// Who entered the scorecard from paper, and whether its interviewer has confirmed it.
    pub paper: Option<(String, bool)>,
    /// Another seat's, in a round in which this member still has to submit.
    pub hidden: bool,
}

/// How the way in of an interviewer without an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// A letter with a link was written.
    Sent,
    /// It was revoked since.
    Revoked,
}

/// The applications and rounds in which this member must not yet see what others wrote.
pub async fn blind_rounds(
    conn: &mut Conn,
    scope: &Scope,
    applications: &[ApplicationId],
) -> Result<HashSet<(ApplicationId, RoundId)>> {
    if !scope.blind {
        return Ok(HashSet::new());
    }
    let submitted = scorecards::table
        .filter(scorecards::org_id.eq(seats::org_id).and(scorecards::seat_id.eq(seats::id)))
        .filter(scorecards::submitted_at.is_not_null());
    let rows: Vec<(ApplicationId, RoundId)> = seats::table
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .filter(seats::org_id.eq(scope.org).and(seats::member_id.eq(scope.member)))
        .filter(interviews::application_id.eq_any(applications))
        .filter(interviews::state.eq(InterviewState::Scheduled))
        .filter(not(exists(submitted)))
        .select((interviews::application_id, interviews::round_id))
        .load(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The same as a condition, in a query that joins `seats` and `interviews`: this member may see what the seat's scorecard holds.
pub(super) fn readable(scope: &Scope) -> Statement<Bool> {
    Statement::new(
        "NOT EXISTS (
           SELECT FROM interviews i JOIN seats s ON s.org_id = i.org_id AND s.interview_id = i.id
           LEFT JOIN scorecards k ON k.org_id = s.org_id AND k.seat_id = s.id
           WHERE i.org_id = interviews.org_id AND i.application_id = interviews.application_id
             AND i.round_id = interviews.round_id AND i.state = 'scheduled' AND k.submitted_at IS NULL
             AND s.member_id <> seats.member_id AND s.member_id = $1)",
        vec![Bind::OptionalUuid(scope.blind.then_some(scope.member.0))],
    )
}

/// The same for queries written as SQL: from `apps` (applications), the rounds that are blind. $1 is the organisation, $2 the
/// member, $3 the policy of blindness.
pub(super) const BLIND: &str = "
blind AS (
  SELECT DISTINCT i.application_id, i.round_id
  FROM apps a JOIN interviews i ON i.org_id = a.org_id AND i.application_id = a.id AND i.state = 'scheduled'
  JOIN seats s ON s.org_id = i.org_id AND s.interview_id = i.id AND s.member_id = $2
  LEFT JOIN scorecards c ON c.org_id = s.org_id AND c.seat_id = s.id
  WHERE $3 AND a.org_id = $1 AND c.submitted_at IS NULL
)";

/// A scorecard that this member may see, and where it belongs.
#[derive(Clone, Debug, Queryable)]
pub struct Seen {
    pub scorecard: Scorecard,
    pub seat: Seat,
    pub interview: Interview,
    pub job: JobId,
}

/// Which scorecards a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub id: Option<ScorecardId>,
    pub job: Option<JobId>,
    pub application: Option<ApplicationId>,
    pub interview: Option<InterviewId>,
}

/// The member's own scorecards and the submitted ones that they may see, oldest first.
pub async fn scorecards(
    conn: &mut Conn,
    scope: &Scope,
    filter: Filter,
    after: Option<ScorecardId>,
    limit: i64,
) -> Result<Slice<Seen, ScorecardId>> {
    let mut open = scorecards::table
        .inner_join(seats::table.on(seats::org_id.eq(scorecards::org_id).and(seats::id.eq(scorecards::seat_id))))
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .inner_join(
            applications::table
                .on(applications::org_id.eq(interviews::org_id).and(applications::id.eq(interviews::application_id))),
        )
        .filter(scorecards::org_id.eq(scope.org))
        .filter(applications::job_id.eq_any(job::visible_ids(scope)))
        .filter(scorecards::submitted_at.is_not_null().or(seats::member_id.eq(scope.member)))
        .filter(readable(scope))
        .order(scorecards::id)
        .limit(limit + 1)
        .select((Scorecard::as_select(), Seat::as_select(), Interview::as_select(), applications::job_id))
        .into_boxed();
    if let Some(id) = filter.id {
        open = open.filter(scorecards::id.eq(id));
    }
    if let Some(job) = filter.job {
        open = open.filter(applications::job_id.eq(job));
    }
    if let Some(application) = filter.application {
        open = open.filter(interviews::application_id.eq(application));
    }
    if let Some(interview) = filter.interview {
        open = open.filter(interviews::id.eq(interview));
    }
    if let Some(after) = after {
        open = open.filter(scorecards::id.gt(after));
    }
    Ok(Slice::cut(open.load(conn).await?, limit, |seen| seen.scorecard.id))
}

/// The ratings and amendments of scorecards that [`scorecards`] gave.
pub async fn ratings_of(
    conn: &mut Conn,
    scope: &Scope,
    scorecards: &[ScorecardId],
) -> Result<(Vec<RatingRow>, Vec<Amendment>)> {
    let ratings = ratings::table
        .filter(ratings::org_id.eq(scope.org).and(ratings::scorecard_id.eq_any(scorecards)))
        .order((ratings::scorecard_id, ratings::dimension))
        .select(RatingRow::as_select())
        .load(conn)
        .await?;
    let amendments = amendments::table
        .filter(amendments::org_id.eq(scope.org).and(amendments::scorecard_id.eq_any(scorecards)))
        .order(amendments::id)
        .select(Amendment::as_select())
        .load(conn)
        .await?;
    Ok((ratings, amendments))
}

/// The seats of interviews that the caller has found, in no order that matters, each with its scorecard where it may be seen.
pub async fn seats(
    conn: &mut Conn,
    scope: &Scope,
    interviews: &[&Interview],
    blind: &HashSet<(ApplicationId, RoundId)>,
) -> Result<Vec<Filled>> {
    let ids: Vec<InterviewId> = interviews.iter().map(|interview| interview.id).collect();
    let hidden: Vec<InterviewId> = interviews
        .iter()
        .filter(|interview| blind.contains(&(interview.application_id, interview.round_id)))
        .map(|interview| interview.id)
        .collect();
    type Times = (NullableTimestamp, NullableTimestamp);
    type Entered = (Option<String>, Option<bool>);
    let enterers = diesel::alias!(members as enterers);
    type Row = (Seat, (String, bool), Times, Option<Scorecard>, Entered);
    let rows: Vec<Row> = seats::table
        .inner_join(members::table.on(members::org_id.eq(seats::org_id).and(members::id.eq(seats::member_id))))
        .left_join(
            scorecards::table.on(scorecards::org_id
                .eq(seats::org_id)
                .and(scorecards::seat_id.eq(seats::id))
                .and(seats::member_id.eq(scope.member).or(seats::interview_id.ne_all(hidden.clone())))),
        )
        .left_join(papers::table.on(papers::org_id.eq(scorecards::org_id).and(papers::scorecard_id.eq(scorecards::id))))
        .left_join(enterers.on(
            enterers.field(members::org_id).eq(papers::org_id).and(enterers.field(members::id).eq(papers::entered_by)),
        ))
        .filter(seats::org_id.eq(scope.org).and(seats::interview_id.eq_any(ids)))
        .order(seats::id)
        .select((
            Seat::as_select(),
            (members::name, members::is_outside),
            (seats::invited_at, seats::revoked_at),
            Option::<Scorecard>::as_select(),
            (enterers.field(members::name).nullable(), papers::is_right.nullable()),
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(seat, (member, is_outside), (invited, revoked), scorecard, (by, is_right))| {
            let hidden = seat.member_id != scope.member && hidden.contains(&seat.interview_id);
            let is_revoked = revoked.to_jiff().is_some_and(|at| invited.to_jiff().is_none_or(|invited| invited <= at));
            let link = is_outside.then_some(if is_revoked { LinkState::Revoked } else { LinkState::Sent });
            let paper = by.map(|by| (by, is_right == Some(true)));
            Filled { seat, member, link, scorecard, paper, hidden }
        })
        .collect())
}
