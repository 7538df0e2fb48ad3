//! Reminders: what an organisation wants of them, what is open, and who was reminded on which day.

use diesel::{
    dsl::max,
    pg::Pg,
    prelude::*,
    sql_query,
    sql_types::{BigInt, Bool, Integer, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use jiff::{ToSpan, civil};
use jiff_diesel::{Date, NullableDate, Timestamp};

use super::{Conn, Scope, job, member::Member, organisation::Organisation};
use crate::{
    domain::{
        id::{InterviewId, LetterId, MemberId, OrgId},
        reminder::{OpenSeat, Policy},
    },
    error::Result,
    schema::{members, organisations, reminders},
};

/// A scorecard that has been late for longer will not come by another reminder.
const DAYS_BACK: i64 = 60;
/// No day of a member begins later.
const HOURS_AHEAD: i64 = 38;
/// An organisation with more has other worries; the oldest come first.
const MOST: i64 = 5000;

type PolicyRow = (bool, i16, i16, bool, Option<i16>);
type PolicyColumns = (
    organisations::reminders,
    organisations::reminders_from,
    organisations::reminders_until,
    organisations::reminders_at_weekends,
    organisations::escalate_after_days,
);
const POLICY: PolicyColumns = (
    organisations::reminders,
    organisations::reminders_from,
    organisations::reminders_until,
    organisations::reminders_at_weekends,
    organisations::escalate_after_days,
);

/// The organisation's policy.
pub async fn policy(conn: &mut Conn, scope: &Scope) -> Result<Policy> {
    Ok(read(organisations::table.find(scope.org).select(POLICY).first(conn).await?))
}

pub async fn set_policy(conn: &mut Conn, scope: &Scope, policy: &Policy) -> Result<()> {
    diesel::update(organisations::table.find(scope.org))
        .set((
            organisations::reminders.eq(policy.on),
            organisations::reminders_from.eq(policy.from),
            organisations::reminders_until.eq(policy.until),
            organisations::reminders_at_weekends.eq(policy.at_weekends),
            organisations::escalate_after_days.eq(policy.escalate_after_days),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether the member who asks wants reminders.
pub async fn wanted(conn: &mut Conn, scope: &Scope) -> Result<bool> {
    Ok(members::table.find((scope.org, scope.member)).select(members::reminders).first(conn).await?)
}

pub async fn set_wanted(conn: &mut Conn, scope: &Scope, wanted: bool) -> Result<()> {
    diesel::update(members::table.find((scope.org, scope.member)))
        .set(members::reminders.eq(wanted))
        .execute(conn)
        .await?;
    Ok(())
}

/// Organisations that want reminders, by id, for the worker.
pub async fn organisations(conn: &mut Conn, after: Option<OrgId>, limit: i64) -> Result<Vec<(Organisation, Policy)>> {
    let mut query = organisations::table
        .filter(organisations::reminders)
        .order(organisations::id)
        .limit(limit)
        .select((Organisation::as_select(), POLICY))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(organisations::id.gt(after));
    }
    let rows: Vec<(Organisation, PolicyRow)> = query.load(conn).await?;
    Ok(rows.into_iter().map(|(organisation, row)| (organisation, read(row))).collect())
}

/// The seats without a submitted scorecard in interviews of the last weeks and of today, of open jobs and of candidates
/// about whom nothing is decided, in order of time.
pub async fn open_seats(conn: &mut Conn, org: OrgId, now: jiff::Timestamp) -> Result<Vec<OpenSeat>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(Pg))]
    struct Row {
        #[diesel(embed)]
        seat: SeatRow,
        #[diesel(sql_type = Bool)]
        is_open: bool,
        #[diesel(sql_type = Bool)]
        recruiter_is_blind: bool,
    }
    let rows: Vec<Row> = sql_query(
        "SELECT i.id AS interview, s.member_id AS interviewer, m.name AS interviewer_name, j.recruiter_id AS recruiter,
                m.is_outside, NOT m.is_outside OR i.starts_at + make_interval(mins => i.minutes, days => o.seat_link_days) > $5
                  AND (s.revoked_at IS NULL OR s.invited_at > s.revoked_at) AS is_open,
                o.blind_until_submitted AND EXISTS (
                  SELECT FROM interviews i2
                  JOIN seats s2 ON s2.org_id = i2.org_id AND s2.interview_id = i2.id AND s2.member_id = j.recruiter_id
                  LEFT JOIN scorecards c2 ON c2.org_id = s2.org_id AND c2.seat_id = s2.id
                  WHERE i2.org_id = i.org_id AND i2.application_id = i.application_id AND i2.round_id = i.round_id
                    AND i2.state = 'scheduled' AND c2.submitted_at IS NULL) AS recruiter_is_blind,
                p.name AS candidate, j.title, j.place, r.name AS round, i.starts_at, i.minutes
         FROM interviews i
         JOIN organisations o ON o.id = i.org_id
         JOIN rounds r ON r.org_id = i.org_id AND r.id = i.round_id
         JOIN applications a ON a.org_id = i.org_id AND a.id = i.application_id
         JOIN candidates p ON p.org_id = i.org_id AND p.id = a.candidate_id
         JOIN jobs j ON j.org_id = i.org_id AND j.id = a.job_id
         JOIN seats s ON s.org_id = i.org_id AND s.interview_id = i.id
         JOIN members m ON m.org_id = i.org_id AND m.id = s.member_id
         LEFT JOIN scorecards c ON c.org_id = s.org_id AND c.seat_id = s.id
         WHERE i.org_id = $1 AND i.starts_at > $2 AND i.starts_at < $3 AND i.state = 'scheduled'
           AND j.state = 'open' AND c.submitted_at IS NULL
           AND NOT EXISTS (SELECT FROM decisions d WHERE d.org_id = a.org_id AND d.application_id = a.id)
         ORDER BY i.starts_at, s.id LIMIT $4",
    )
    .bind::<SqlUuid, _>(org)
    .bind::<Timestamptz, _>(Timestamp::from(now - (DAYS_BACK * 24).hours()))
    .bind::<Timestamptz, _>(Timestamp::from(now + HOURS_AHEAD.hours()))
    .bind::<BigInt, _>(MOST)
    .bind::<Timestamptz, _>(Timestamp::from(now))
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.seat.open(row.is_open, row.recruiter_is_blind)).collect())
}

/// What every statement about open seats tells of one.
#[derive(QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub(super) struct SeatRow {
    #[diesel(sql_type = SqlUuid)]
    interview: InterviewId,
    #[diesel(sql_type = SqlUuid)]
    interviewer: MemberId,
    #[diesel(sql_type = Text)]
    interviewer_name: String,
    #[diesel(sql_type = Bool)]
    is_outside: bool,
    #[diesel(sql_type = SqlUuid)]
    recruiter: MemberId,
    #[diesel(sql_type = Text)]
    candidate: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    round: String,
    #[diesel(sql_type = Timestamptz)]
    starts_at: Timestamp,
    #[diesel(sql_type = Integer)]
    minutes: i32,
}

impl SeatRow {
    pub(super) fn open(self, is_open: bool, recruiter_is_blind: bool) -> OpenSeat {
        OpenSeat {
            interview: self.interview,
            interviewer: self.interviewer,
            interviewer_name: self.interviewer_name,
            is_outside: self.is_outside,
            is_open,
            recruiter: self.recruiter,
            recruiter_is_blind,
            candidate: self.candidate,
            job: job::full_title(&self.title, &self.place),
            round: self.round,
            starts_at: self.starts_at.to_jiff(),
            minutes: self.minutes,
        }
    }
}

/// Those of the members who can read and want reminders, with the day on which each was reminded last.
pub async fn readers(
    conn: &mut Conn,
    org: OrgId,
    ids: &[MemberId],
    now: jiff::Timestamp,
) -> Result<Vec<(Member, Option<civil::Date>)>> {
    let last = reminders::table
        .filter(reminders::org_id.eq(org).and(reminders::member_id.eq(members::id)))
        .filter(reminders::created_at.gt(Timestamp::from(now - 72.hours())))
        .select(max(reminders::day))
        .single_value();
    let rows: Vec<(Member, NullableDate)> = members::table
        .filter(members::org_id.eq(org).and(members::id.eq_any(ids)))
        .filter(members::disabled_at.is_null().and(members::reminders))
        .order(members::id)
        .select((Member::as_select(), last))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(member, day)| (member, day.to_jiff())).collect())
}

/// Takes a member's day. `false` when it is taken: another worker was quicker.
pub async fn take(
    conn: &mut Conn,
    member: &Member,
    id: LetterId,
    day: civil::Date,
    now: jiff::Timestamp,
) -> Result<bool> {
    let taken = diesel::insert_into(reminders::table)
        .values((
            reminders::org_id.eq(member.org_id),
            reminders::id.eq(id),
            reminders::member_id.eq(member.id),
            reminders::day.eq(Date::from(day)),
            reminders::created_at.eq(Timestamp::from(now)),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(taken == 1)
}

fn read((on, from, until, at_weekends, escalate_after_days): PolicyRow) -> Policy {
    Policy { on, from, until, at_weekends, escalate_after_days }
}
