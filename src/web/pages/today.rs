//! Today: what waits for me, and nothing else.

use actix_web::{
    HttpResponse,
    web::{ServiceConfig, get},
};
use jiff::{ToSpan, Zoned, civil::Date, tz::TimeZone};
use serde::Serialize;

use crate::{
    domain::{
        due::{Due, due},
        policy::{Decide, RunJobs, SeeJobs, SeeLetters},
        reminder::OpenSeat,
    },
    error::Result,
    store::{
        Conn, Scope,
        completion::{self, Whose},
        job, today,
        today::Open,
    },
    web::who::May,
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/", get().to(show));
}

#[derive(Serialize)]
struct TodayPage {
    today: String,
    /// Parts of the opening sentence.
    interviews_today: usize,
    decisions_waiting: i64,
    /// Scorecards of interviews that are over, the oldest first.
    due: Vec<DueCard>,
    /// Today and the coming days that have interviews.
    days: Vec<Day>,
    decisions: Vec<Decision>,
    debriefs: Vec<Debrief>,
    letters: i64,
    /// Others' late scorecards in jobs that the member recruits for.
    late: Option<Late>,
    /// The interview whose kit is the page's primary button.
    first: Option<String>,
    may_open_jobs: bool,
}

#[derive(Serialize)]
struct DueCard {
    interview: String,
    /// Whole days late; 0 while it is only due.
    late: i64,
    candidate: String,
    about: About,
    ended_at: String,
    ended_today: bool,
}

#[derive(Serialize)]
struct Day {
    date: String,
    /// 0 is today, 1 tomorrow.
    ahead: i32,
    interviews: Vec<Upcoming>,
}

#[derive(Serialize)]
struct Upcoming {
    interview: String,
    at: String,
    is_on: bool,
    candidate: String,
    about: About,
    place: String,
}

#[derive(Serialize)]
struct About {
    job: String,
    round: String,
    medium: &'static str,
    minutes: i32,
}

/// A debrief in which the member has not said everything.
#[derive(Serialize)]
struct Debrief {
    id: String,
    candidate: String,
    job: String,
    opened_by: String,
}

/// Scorecards to chase.
#[derive(Serialize)]
struct Late {
    count: usize,
    /// Who is waited for, the longest first.
    names: Vec<String>,
}

#[derive(Serialize)]
struct Decision {
    job: String,
    title: String,
    candidates: i64,
}

async fn show(may: May<SeeJobs>) -> Result<HttpResponse> {
    let (scope, now, mut conn) = (may.scope(), may.now(), may.db().await?);
    let open = today::open(&mut conn, &scope, now).await?;
    let waiting = today::waiting(&mut conn, &scope, may.also::<Decide>(), may.also::<SeeLetters>()).await?;
    let late = if may.also::<RunJobs>() { late(&mut conn, &scope, now).await? } else { None };
    let zone = TimeZone::get(may.time_zone()).unwrap_or(TimeZone::UTC);
    let today = now.to_zoned(zone.clone()).date();

    let (over, upcoming): (Vec<&Open>, Vec<&Open>) =
        open.iter().partition(|interview| due(interview.ends_at(), now) != Due::NotYet);
    let days = by_day(&upcoming, &zone, today, now);
    let interviews_today = days.first().filter(|day| day.ahead == 0).map_or(0, |day| day.interviews.len());
    let page = TodayPage {
        today: today.to_string(),
        interviews_today,
        decisions_waiting: waiting.decisions.iter().map(|job| job.candidates).sum(),
        due: over.iter().map(|interview| DueCard::new(interview, now, &zone)).collect(),
        first: first(&upcoming, &over, &zone, today),
        days,
        decisions: waiting
            .decisions
            .iter()
            .map(|ready| Decision {
                job: ready.job.to_string(),
                title: job::full_title(&ready.title, &ready.place),
                candidates: ready.candidates,
            })
            .collect(),
        debriefs: waiting
            .debriefs
            .into_iter()
            .map(|open| Debrief {
                id: open.debrief.to_string(),
                candidate: open.candidate,
                job: job::full_title(&open.job, &open.place),
                opened_by: open.opened_by,
            })
            .collect(),
        letters: waiting.letters,
        late,
        may_open_jobs: may.also::<RunJobs>(),
    };
    may.frame().page("today/show.html", &page)
}

/// Scorecards that others are late with, as far as the member may know.
async fn late(conn: &mut Conn, scope: &Scope, now: jiff::Timestamp) -> Result<Option<Late>> {
    let awaited = completion::awaited(conn, scope, Whose::Mine, now).await?;
    let late = awaited.into_iter().map(|awaited| awaited.seat);
    let late: Vec<OpenSeat> =
        late.filter(|seat| seat.interviewer != scope.member && matches!(seat.due(now), Due::Late(_))).collect();
    let mut names: Vec<String> = Vec::new();
    for seat in &late {
        if !names.contains(&seat.interviewer_name) {
            names.push(seat.interviewer_name.clone());
        }
    }
    Ok((!late.is_empty()).then_some(Late { count: late.len(), names }))
}

/// The next interview of today, else the oldest scorecard that is due.
fn first(upcoming: &[&Open], over: &[&Open], zone: &TimeZone, today: Date) -> Option<String> {
    let next = upcoming.first().filter(|next| next.starts_at.to_jiff().to_zoned(zone.clone()).date() <= today);
    next.or(over.first()).map(|interview| interview.interview.to_string())
}

fn by_day(upcoming: &[&Open], zone: &TimeZone, today: Date, now: jiff::Timestamp) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for interview in upcoming {
        let at: Zoned = interview.starts_at.to_jiff().to_zoned(zone.clone());
        // One that began before midnight and is still on belongs to today.
        let date = at.date().max(today);
        let card = Upcoming {
            interview: interview.interview.to_string(),
            at: at.timestamp().to_string(),
            is_on: at.timestamp() <= now,
            candidate: interview.candidate.clone(),
            about: About::new(interview),
            place: interview.place.clone(),
        };
        match days.last_mut().filter(|day| day.date == date.to_string()) {
            Some(day) => day.interviews.push(card),
            None => {
                let ahead = (0..).take(3).find(|days| today.saturating_add(days.days()) == date).unwrap_or(3);
                days.push(Day { date: date.to_string(), ahead, interviews: vec![card] });
            }
        }
    }
    days
}

impl DueCard {
    fn new(interview: &Open, now: jiff::Timestamp, zone: &TimeZone) -> DueCard {
        let date = |at: jiff::Timestamp| at.to_zoned(zone.clone()).date();
        DueCard {
            interview: interview.interview.to_string(),
            late: if let Due::Late(days) = due(interview.ends_at(), now) { days } else { 0 },
            candidate: interview.candidate.clone(),
            about: About::new(interview),
            ended_at: interview.ends_at().to_string(),
            ended_today: date(interview.ends_at()) == date(now),
        }
    }
}

impl About {
    fn new(interview: &Open) -> About {
        About {
            job: job::full_title(&interview.job, &interview.job_place),
            round: interview.round.clone(),
            medium: interview.medium.as_str(),
            minutes: interview.minutes,
        }
    }
}
