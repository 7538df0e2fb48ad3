//! What panels wrote about a candidate, as far as a member may see it.
//!
//! Blindness is decided here, in the WHERE clause: while a member still has a scorecard to submit for an application in a
//! round, no row of another seat's scorecard in that round leaves the database, neither its ratings nor that it exists.

use std::collections::HashSet;

use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use diesel_async::RunQueryDsl;

use super::{
    Conn, Scope,
    decision::Decision,
    interview::{Interview, InterviewState, Seat},
    scorecard::{Amendment, RatingRow, Scorecard, ScorecardState},
};
use crate::{
    domain::id::{ApplicationId, InterviewId, RoundId, ScorecardId},
    error::Result,
    schema::{amendments, decisions, interviews, members, ratings, scorecards, seats},
};

/// A seat with its member, and its scorecard as far as it may be seen.
#[derive(Clone, Debug)]
pub struct Filled {
    pub seat: Seat,
    pub member: String,
    /// `None` when there is none, and when it is hidden.
    pub scorecard: Option<Scorecard>,
    /// Another seat's, in a round in which this member still has to submit.
    pub hidden: bool,
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

/// The seats of interviews that the caller has found, each with its scorecard where it may be seen.
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
    let rows: Vec<(Seat, String, Option<Scorecard>)> = seats::table
        .inner_join(members::table.on(members::org_id.eq(seats::org_id).and(members::id.eq(seats::member_id))))
        .left_join(
            scorecards::table.on(scorecards::org_id
                .eq(seats::org_id)
                .and(scorecards::seat_id.eq(seats::id))
                .and(seats::member_id.eq(scope.member).or(seats::interview_id.ne_all(hidden.clone())))),
        )
        .filter(seats::org_id.eq(scope.org).and(seats::interview_id.eq_any(ids)))
        .order((members::name, seats::id))
        .select((Seat::as_select(), members::name, Option::<Scorecard>::as_select()))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(seat, member, scorecard)| {
            let hidden = seat.member_id != scope.member && hidden.contains(&seat.interview_id);
            Filled { seat, member, scorecard, hidden }
        })
        .collect())
}

/// The ratings and amendments of the submitted ones among scorecards that [`seats`] gave.
pub async fn ratings(conn: &mut Conn, scope: &Scope, filled: &[Filled]) -> Result<(Vec<RatingRow>, Vec<Amendment>)> {
    let submitted: Vec<ScorecardId> = filled
        .iter()
        .filter_map(|filled| filled.scorecard.as_ref())
        .filter(|scorecard| scorecard.state == ScorecardState::Submitted)
        .map(|scorecard| scorecard.id)
        .collect();
    if submitted.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let ratings = ratings::table
        .filter(ratings::org_id.eq(scope.org).and(ratings::scorecard_id.eq_any(&submitted)))
        .select(RatingRow::as_select())
        .load(conn)
        .await?;
    let amendments = amendments::table
        .filter(amendments::org_id.eq(scope.org).and(amendments::scorecard_id.eq_any(&submitted)))
        .order(amendments::id)
        .select(Amendment::as_select())
        .load(conn)
        .await?;
    Ok((ratings, amendments))
}

/// The decisions on applications that the caller has found, newest first, with the name of who took each. A decision says
/// what the scorecards came to: while one of one's own is open for that application, it stays hidden.
pub async fn decisions(
    conn: &mut Conn,
    scope: &Scope,
    applications: &[ApplicationId],
    blind: &HashSet<(ApplicationId, RoundId)>,
) -> Result<Vec<(Decision, String)>> {
    let open: Vec<ApplicationId> =
        applications.iter().copied().filter(|id| !blind.iter().any(|(application, _)| application == id)).collect();
    Ok(decisions::table
        .inner_join(members::table.on(members::org_id.eq(decisions::org_id).and(members::id.eq(decisions::member_id))))
        .filter(decisions::org_id.eq(scope.org).and(decisions::application_id.eq_any(open)))
        .order(decisions::id.desc())
        .select((Decision::as_select(), members::name))
        .load(conn)
        .await?)
}
