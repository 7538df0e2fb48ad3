//! How soon the scorecards of jobs come in, and whose are waited for, as far as one member may know it: of the rounds in which
//! they must not know yet what others did, nothing is in any figure here but the number of seats that were left out.

use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{BigInt, Double, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use jiff_diesel::NullableTimestamp;

use super::{
    Conn, Scope,
    evidence::BLIND,
    job::VISIBLE,
    job_progress::{KNOWN, viewed},
    reminder::SeatRow,
    statement::Bind,
};
use crate::{
    domain::{completion::ENOUGH, id::JobId, reminder::OpenSeat, text_enum::text_enum},
    error::Result,
};

/// Nobody runs more jobs at once; the newest come first.
const MOST_JOBS: i64 = 200;
/// Seats that are waited for, the oldest first.
const MOST_SEATS: i64 = 300;

/// Which jobs are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Job(JobId),
    /// Open jobs of which the member is the recruiter.
    Mine,
    /// Every open job that the member sees.
    All,
}

/// Counts of scorecards, by seat, of interviews that stand.
#[derive(Clone, Debug, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct Figures {
    /// Of interviews that are over, and those submitted earlier.
    #[diesel(sql_type = BigInt)]
    pub expected: i64,
    #[diesel(sql_type = BigInt)]
    pub submitted: i64,
    /// Submitted within a day of the interview's end.
    #[diesel(sql_type = BigInt)]
    pub in_time: i64,
    /// Waited for, and the interview ended within a day.
    #[diesel(sql_type = BigInt)]
    pub due: i64,
    /// Waited for, and the interview ended more than a day ago.
    #[diesel(sql_type = BigInt)]
    pub late: i64,
    /// Not written, and no longer waited for: the candidate is decided about, or the job is closed.
    #[diesel(sql_type = BigInt)]
    pub missed: i64,
    /// Others' that the member must not know of yet; in no other figure.
    #[diesel(sql_type = BigInt)]
    pub hidden: i64,
    #[diesel(sql_type = Nullable<Double>)]
    median_seconds: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    longest_seconds: Option<f64>,
}

/// A job's line of the overview.
#[derive(Clone, Debug)]
pub struct Line {
    pub job: JobId,
    pub title: String,
    pub place: String,
    pub figures: Figures,
}

text_enum! {
    /// Whether somebody who is waited for can be reminded.
    Way {
        Open = "open",
        /// Their account is closed.
        Disabled = "disabled",
        /// Without an account, and their link was revoked.
        Revoked = "revoked",
        /// Without an account, and their link's days are over.
        Over = "over",
    }
}

/// A scorecard that is waited for.
#[derive(Clone, Debug)]
pub struct Awaited {
    pub seat: OpenSeat,
    pub job: JobId,
    pub way: Way,
    /// When the interviewer was reminded last, within the last days.
    pub reminded_at: Option<jiff::Timestamp>,
}

impl Figures {
    /// Seconds from an interview's end to the submission, the median and the longest; `None` while they are too few to tell.
    pub fn times(&self) -> Option<(f64, f64)> {
        self.median_seconds.zip(self.longest_seconds).filter(|_| self.submitted >= ENOUGH)
    }
}

/// The figures of all these jobs together, and of each of them in which there is something to tell, newest first.
pub async fn figures(
    conn: &mut Conn,
    scope: &Scope,
    whose: Whose,
    now: jiff::Timestamp,
) -> Result<(Figures, Vec<Line>)> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(Pg))]
    struct Row {
        #[diesel(sql_type = Nullable<SqlUuid>)]
        job: Option<JobId>,
        #[diesel(sql_type = Nullable<Text>)]
        title: Option<String>,
        #[diesel(sql_type = Nullable<Text>)]
        place: Option<String>,
        #[diesel(embed)]
        figures: Figures,
    }
    let sql = format!(
        "WITH {}, counted AS (
           SELECT k.job_id, k.submitted, k.ends_at, k.submitted OR k.ends_at <= $5 AND NOT k.hidden AS expected,
             k.hidden AND k.ends_at <= $5 AS hidden, greatest(k.submitted_at - k.ends_at, interval '0') AS took,
             s.outcome IS NULL AND p.state = 'open' AND k.ends_at <= $5 AND NOT k.submitted AS awaited
           FROM known k JOIN page p ON p.id = k.job_id JOIN standing s ON s.application_id = k.application_id
         ), grouped AS (
           SELECT job_id, count(*) FILTER (WHERE expected) AS expected, count(*) FILTER (WHERE submitted) AS submitted,
             count(*) FILTER (WHERE submitted AND took <= interval '24 hours') AS in_time,
             count(*) FILTER (WHERE awaited AND ends_at > $5::timestamptz - interval '24 hours') AS due,
             count(*) FILTER (WHERE awaited AND ends_at <= $5::timestamptz - interval '24 hours') AS late,
             count(*) FILTER (WHERE expected AND NOT submitted AND NOT awaited) AS missed,
             count(*) FILTER (WHERE hidden) AS hidden,
             extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY took) FILTER (WHERE submitted))::float8
               AS median_seconds,
             extract(epoch FROM max(took) FILTER (WHERE submitted))::float8 AS longest_seconds
           FROM counted GROUP BY GROUPING SETS ((job_id), ())
         )
         SELECT g.job_id AS job, p.title, p.place, g.* FROM grouped g LEFT JOIN page p ON p.id = g.job_id
         ORDER BY g.job_id DESC NULLS FIRST",
        of_jobs(whose)
    );
    let rows: Vec<Row> = viewed(sql, scope, now, binds(whose)).load(conn).await?;
    let mut rows = rows.into_iter();
    // An aggregate over nothing is a row all the same.
    let all = rows.next().ok_or(diesel::result::Error::NotFound)?.figures;
    let lines = rows
        .filter(|row| row.figures.expected + row.figures.hidden > 0)
        .filter_map(|row| Some(Line { job: row.job?, title: row.title?, place: row.place?, figures: row.figures }))
        .collect();
    Ok((all, lines))
}

/// The scorecards that are waited for, the longest first.
pub async fn awaited(conn: &mut Conn, scope: &Scope, whose: Whose, now: jiff::Timestamp) -> Result<Vec<Awaited>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(Pg))]
    struct Row {
        #[diesel(embed)]
        seat: SeatRow,
        #[diesel(sql_type = SqlUuid)]
        job_id: JobId,
        #[diesel(sql_type = Text)]
        way: Way,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        reminded_at: NullableTimestamp,
    }
    let sql = format!(
        "WITH {}
         SELECT k.job_id, k.interview_id AS interview, k.member_id AS interviewer, m.name AS interviewer_name, m.is_outside,
           p.recruiter_id AS recruiter, c.name AS candidate, p.title, p.place, o.name AS round, k.starts_at,
           (extract(epoch FROM k.ends_at - k.starts_at) / 60)::int AS minutes,
           CASE WHEN m.disabled_at IS NOT NULL THEN 'disabled'
             WHEN m.is_outside AND k.revoked_at >= coalesce(k.invited_at, k.revoked_at) THEN 'revoked'
             WHEN m.is_outside AND k.ends_at + make_interval(days => g.seat_link_days) <= $5 THEN 'over'
             ELSE 'open' END AS way,
           (SELECT max(r.created_at) FROM reminders r WHERE r.org_id = $1 AND r.member_id = k.member_id
              AND r.day > ($5::timestamptz - interval '3 days')::date) AS reminded_at
         FROM known k JOIN page p ON p.id = k.job_id JOIN standing s ON s.application_id = k.application_id
         JOIN organisations g ON g.id = $1
         JOIN members m ON m.org_id = $1 AND m.id = k.member_id
         JOIN candidates c ON c.org_id = $1 AND c.id = s.candidate_id
         JOIN rounds o ON o.org_id = $1 AND o.id = k.round_id
         WHERE NOT k.submitted AND k.ends_at <= $5 AND s.outcome IS NULL AND p.state = 'open'
         ORDER BY k.ends_at, k.seat_id LIMIT {MOST_SEATS}",
        of_jobs(whose)
    );
    let rows: Vec<Row> = viewed(sql, scope, now, binds(whose)).load(conn).await?;
    let awaited = rows.into_iter().map(|row| Awaited {
        job: row.job_id,
        way: row.way,
        reminded_at: row.reminded_at.to_jiff(),
        // Nothing that this member must not know of is in these rows.
        seat: row.seat.open(row.way == Way::Open, false),
    });
    Ok(awaited.collect())
}

/// `page` (these jobs), `apps`, and what the member may know of them.
fn of_jobs(whose: Whose) -> String {
    let which = match whose {
        Whose::Job(_) => "j.id = $6",
        Whose::Mine => "j.state = 'open' AND j.recruiter_id = $2",
        Whose::All => "j.state = 'open'",
    };
    format!(
        "page AS (
           SELECT j.* FROM jobs j WHERE j.org_id = $1 AND {which} AND {VISIBLE} ORDER BY j.id DESC LIMIT {MOST_JOBS}
         ), apps AS (
           SELECT a.* FROM page p JOIN applications a ON a.org_id = p.org_id AND a.job_id = p.id
         ), {BLIND}, {KNOWN}"
    )
}

fn binds(whose: Whose) -> Option<Bind> {
    match whose {
        Whose::Job(job) => Some(Bind::Uuid(job.0)),
        Whose::Mine | Whose::All => None,
    }
}
