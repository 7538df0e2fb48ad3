//! Interviews and their seats.

use std::collections::BTreeSet;

use diesel::{pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use jiff::ToSpan;
use jiff_diesel::Timestamp;

use super::{
    Conn, Scope, Slice,
    application::Application,
    candidate::Candidate,
    job::{self, Job},
    member::Member,
    round::Round,
};
use crate::{
    domain::{
        id::{ApplicationId, InterviewId, JobId, MemberId, OrgId, RoundId, SeatId},
        text_enum::text_enum,
    },
    error::Result,
    schema::{applications, candidates, interviews, jobs, members, rounds, scorecards, seats},
};

text_enum! {
    InterviewState { Scheduled = "scheduled", Cancelled = "cancelled" }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = interviews, check_for_backend(Pg))]
pub struct Interview {
    pub org_id: OrgId,
    pub id: InterviewId,
    pub application_id: ApplicationId,
    pub round_id: RoundId,
    pub starts_at: Timestamp,
    pub time_zone: String,
    pub minutes: i32,
    pub place: String,
    pub state: InterviewState,
    pub sequence: i32,
    pub created_by: MemberId,
    pub created_at: Timestamp,
    pub cancel_reason: Option<String>,
}

impl Interview {
    pub fn is_scheduled(&self) -> bool {
        self.state == InterviewState::Scheduled
    }

    pub fn ends_at(&self) -> jiff::Timestamp {
        self.starts_at.to_jiff() + i64::from(self.minutes).minutes()
    }
}

/// One interviewer in a panel.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = seats, check_for_backend(Pg))]
pub struct Seat {
    pub org_id: OrgId,
    pub id: SeatId,
    pub interview_id: InterviewId,
    pub member_id: MemberId,
}

/// An interview with all that it belongs to.
#[derive(Clone, Debug, Queryable)]
pub struct Planned {
    pub interview: Interview,
    pub round: Round,
    pub application: Application,
    pub candidate: Candidate,
    pub job: Job,
}

/// # Errors
/// `NotFound` unless its job is one that the scope reaches.
pub async fn find(conn: &mut Conn, scope: &Scope, id: InterviewId) -> Result<Planned> {
    Ok(interviews::table
        .inner_join(rounds::table.on(rounds::org_id.eq(interviews::org_id).and(rounds::id.eq(interviews::round_id))))
        .inner_join(
            applications::table
                .on(applications::org_id.eq(interviews::org_id).and(applications::id.eq(interviews::application_id))),
        )
        .inner_join(
            candidates::table
                .on(candidates::org_id.eq(interviews::org_id).and(candidates::id.eq(applications::candidate_id))),
        )
        .inner_join(jobs::table.on(jobs::org_id.eq(interviews::org_id).and(jobs::id.eq(applications::job_id))))
        .filter(interviews::org_id.eq(scope.org).and(interviews::id.eq(id)))
        .filter(jobs::id.eq_any(job::visible_ids(scope)))
        .select((
            Interview::as_select(),
            Round::as_select(),
            Application::as_select(),
            Candidate::as_select(),
            Job::as_select(),
        ))
        .first(conn)
        .await?)
}

/// The interview that the caller has found, as it is now, locked until the transaction ends.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: InterviewId) -> Result<Interview> {
    Ok(interviews::table.find((scope.org, id)).select(Interview::as_select()).for_no_key_update().first(conn).await?)
}

/// The interviews of applications that the caller has found, with their rounds, in order of time.
pub async fn of_applications(
    conn: &mut Conn,
    scope: &Scope,
    applications: &[ApplicationId],
) -> Result<Vec<(Interview, Round)>> {
    Ok(interviews::table
        .inner_join(rounds::table.on(rounds::org_id.eq(interviews::org_id).and(rounds::id.eq(interviews::round_id))))
        .filter(interviews::org_id.eq(scope.org).and(interviews::application_id.eq_any(applications)))
        .order((interviews::starts_at, interviews::id))
        .select((Interview::as_select(), Round::as_select()))
        .load(conn)
        .await?)
}

/// Which interviews a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub job: Option<JobId>,
    pub application: Option<ApplicationId>,
}

/// The interviews that the scope reaches, with their applications, oldest first, for other systems.
pub async fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: Filter,
    after: Option<InterviewId>,
    limit: i64,
) -> Result<Slice<(Interview, Application), InterviewId>> {
    let mut query = interviews::table
        .inner_join(
            applications::table
                .on(applications::org_id.eq(interviews::org_id).and(applications::id.eq(interviews::application_id))),
        )
        .filter(interviews::org_id.eq(scope.org))
        .filter(applications::job_id.eq_any(job::visible_ids(scope)))
        .order(interviews::id)
        .limit(limit + 1)
        .select((Interview::as_select(), Application::as_select()))
        .into_boxed();
    if let Some(job) = filter.job {
        query = query.filter(applications::job_id.eq(job));
    }
    if let Some(application) = filter.application {
        query = query.filter(interviews::application_id.eq(application));
    }
    if let Some(after) = after {
        query = query.filter(interviews::id.gt(after));
    }
    Ok(Slice::cut(query.load(conn).await?, limit, |(interview, _)| interview.id))
}

/// The seats of interviews that the caller has already found.
pub async fn seats_of(conn: &mut Conn, scope: &Scope, interviews: &[InterviewId]) -> Result<Vec<Seat>> {
    Ok(seats::table
        .filter(seats::org_id.eq(scope.org).and(seats::interview_id.eq_any(interviews)))
        .order(seats::id)
        .select(Seat::as_select())
        .load(conn)
        .await?)
}

/// The applications of a job that the caller has found, oldest first, and who meets whom in the interviews that stand.
pub async fn panels(
    conn: &mut Conn,
    scope: &Scope,
    job: JobId,
) -> Result<(Vec<ApplicationId>, BTreeSet<(ApplicationId, MemberId)>)> {
    let rows: Vec<(ApplicationId, Option<MemberId>)> = applications::table
        .left_join(
            interviews::table.on(interviews::org_id
                .eq(applications::org_id)
                .and(interviews::application_id.eq(applications::id))
                .and(interviews::state.eq(InterviewState::Scheduled))),
        )
        .left_join(seats::table.on(seats::org_id.eq(interviews::org_id).and(seats::interview_id.eq(interviews::id))))
        .filter(applications::org_id.eq(scope.org).and(applications::job_id.eq(job)))
        .order(applications::id)
        .select((applications::id, seats::member_id.nullable()))
        .load(conn)
        .await?;
    let mut candidates: Vec<ApplicationId> = rows.iter().map(|(application, _)| *application).collect();
    candidates.dedup();
    Ok((candidates, rows.into_iter().filter_map(|(application, member)| Some((application, member?))).collect()))
}

pub async fn insert(conn: &mut Conn, interview: &Interview, seats: &[Seat]) -> Result<()> {
    diesel::insert_into(interviews::table).values(interview).execute(conn).await?;
    insert_seats(conn, seats).await
}

/// Writes down time, place, state with its reason, and sequence of a locked interview.
pub async fn update(conn: &mut Conn, interview: &Interview) -> Result<()> {
    diesel::update(interviews::table.find((interview.org_id, interview.id)))
        .set((
            interviews::starts_at.eq(&interview.starts_at),
            interviews::time_zone.eq(&interview.time_zone),
            interviews::minutes.eq(interview.minutes),
            interviews::place.eq(&interview.place),
            interviews::state.eq(interview.state),
            interviews::sequence.eq(interview.sequence),
            interviews::cancel_reason.eq(&interview.cancel_reason),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// The seats of an interview that the caller has already found.
pub async fn seats(conn: &mut Conn, scope: &Scope, interview: InterviewId) -> Result<Vec<Seat>> {
    Ok(seats::table
        .filter(seats::org_id.eq(scope.org).and(seats::interview_id.eq(interview)))
        .order(seats::id)
        .select(Seat::as_select())
        .load(conn)
        .await?)
}

/// A seat in an interview that the scope reaches, with whoever holds it; in one statement.
///
/// # Errors
/// `NotFound`.
pub async fn held_seat(
    conn: &mut Conn,
    scope: &Scope,
    interview: InterviewId,
    seat: SeatId,
) -> Result<(Interview, Member)> {
    Ok(seats::table
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .inner_join(rounds::table.on(rounds::org_id.eq(interviews::org_id).and(rounds::id.eq(interviews::round_id))))
        .inner_join(members::table.on(members::org_id.eq(seats::org_id).and(members::id.eq(seats::member_id))))
        .filter(seats::org_id.eq(scope.org).and(seats::id.eq(seat)).and(seats::interview_id.eq(interview)))
        .filter(rounds::job_id.eq_any(job::visible_ids(scope)))
        .select((Interview::as_select(), Member::as_select()))
        .first(conn)
        .await?)
}

/// The seats of a locked interview, locked too: a kit that is being opened for the first time is waited for, and one that
/// is opened from now on waits.
pub async fn lock_seats(conn: &mut Conn, scope: &Scope, interview: InterviewId) -> Result<Vec<Seat>> {
    Ok(seats::table
        .filter(seats::org_id.eq(scope.org).and(seats::interview_id.eq(interview)))
        .order(seats::id)
        .select(Seat::as_select())
        .for_update()
        .load(conn)
        .await?)
}

/// Which of these locked seats have a scorecard.
pub async fn begun_seats(conn: &mut Conn, scope: &Scope, seats: &[SeatId]) -> Result<Vec<SeatId>> {
    Ok(scorecards::table
        .filter(scorecards::org_id.eq(scope.org).and(scorecards::seat_id.eq_any(seats)))
        .select(scorecards::seat_id)
        .load(conn)
        .await?)
}

/// Whether the scorecard of a locked seat was submitted.
pub async fn is_submitted(conn: &mut Conn, scope: &Scope, seat: SeatId) -> Result<bool> {
    let submitted = scorecards::table
        .filter(scorecards::org_id.eq(scope.org).and(scorecards::seat_id.eq(seat)))
        .filter(scorecards::submitted_at.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(submitted)).get_result(conn).await?)
}

/// Whether a scorecard of the interview was submitted.
pub async fn has_submitted(conn: &mut Conn, scope: &Scope, interview: InterviewId) -> Result<bool> {
    let submitted = scorecards::table
        .inner_join(seats::table.on(seats::org_id.eq(scorecards::org_id).and(seats::id.eq(scorecards::seat_id))))
        .filter(seats::org_id.eq(scope.org).and(seats::interview_id.eq(interview)))
        .filter(scorecards::submitted_at.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(submitted)).get_result(conn).await?)
}

pub async fn insert_seats(conn: &mut Conn, seats: &[Seat]) -> Result<()> {
    diesel::insert_into(seats::table).values(seats).execute(conn).await?;
    Ok(())
}

/// Takes away locked seats that nobody has begun to fill.
pub async fn delete_seats(conn: &mut Conn, scope: &Scope, seats: &[SeatId]) -> Result<()> {
    diesel::delete(seats::table.filter(seats::org_id.eq(scope.org).and(seats::id.eq_any(seats)))).execute(conn).await?;
    Ok(())
}

/// An interview of somebody who is wanted elsewhere at that time.
#[derive(Clone, Debug, Queryable)]
pub struct Clash {
    pub member: String,
    pub starts_at: Timestamp,
    pub minutes: i32,
}

impl Clash {
    pub fn ends_at(&self) -> jiff::Timestamp {
        self.starts_at.to_jiff() + i64::from(self.minutes).minutes()
    }
}

/// The scheduled interviews of these members that overlap with a time, but for `except`: so many at most.
pub async fn clashes(
    conn: &mut Conn,
    scope: &Scope,
    members: &[MemberId],
    (from, to): (jiff::Timestamp, jiff::Timestamp),
    except: Option<InterviewId>,
    most: i64,
) -> Result<Vec<Clash>> {
    // No interview is longer than eight hours: the index on the start bounds both sides.
    let begin = Timestamp::from(from - 8.hours());
    let mut query = seats::table
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .inner_join(members::table.on(members::org_id.eq(seats::org_id).and(members::id.eq(seats::member_id))))
        .filter(seats::org_id.eq(scope.org).and(seats::member_id.eq_any(members)))
        .filter(interviews::state.eq(InterviewState::Scheduled))
        .filter(interviews::starts_at.gt(begin).and(interviews::starts_at.lt(Timestamp::from(to))))
        .order((members::name, interviews::starts_at))
        .limit(most)
        .select((members::name, interviews::starts_at, interviews::minutes))
        .into_boxed();
    if let Some(except) = except {
        query = query.filter(interviews::id.ne(except));
    }
    let near: Vec<Clash> = query.load(conn).await?;
    Ok(near.into_iter().filter(|clash| clash.ends_at() > from).collect())
}

/// Every seat with what it is about: interview, round, candidate and job, and its scorecard where there is one.
#[diesel::dsl::auto_type]
pub(super) fn seats_in_full() -> _ {
    seats::table
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .inner_join(rounds::table.on(rounds::org_id.eq(seats::org_id).and(rounds::id.eq(interviews::round_id))))
        .inner_join(
            applications::table
                .on(applications::org_id.eq(seats::org_id).and(applications::id.eq(interviews::application_id))),
        )
        .inner_join(
            candidates::table
                .on(candidates::org_id.eq(seats::org_id).and(candidates::id.eq(applications::candidate_id))),
        )
        .inner_join(jobs::table.on(jobs::org_id.eq(seats::org_id).and(jobs::id.eq(applications::job_id))))
        .left_join(scorecards::table.on(scorecards::org_id.eq(seats::org_id).and(scorecards::seat_id.eq(seats::id))))
}
