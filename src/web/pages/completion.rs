//! How soon scorecards come in and who is waited for: of one job, and of all that a recruiter runs; with a way to remind.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use super::interviews::sender;
use crate::{
    domain::{
        completion::{ENOUGH, Span},
        due::Due,
        id::{JobId, MemberId},
        policy::RunJobs,
    },
    error::{Error, Result},
    i18n::Locale,
    store::{
        completion::{self, Awaited, Figures, Line, Way, Whose},
        job,
    },
    usecases::reminder,
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/completion", get().to(overview))
        .route("/jobs/{id}/completion", get().to(show))
        .route("/jobs/{id}/completion/reminders", post().to(remind));
}

const DONE: &[&str] = &["completion-done-reminded"];

#[derive(Serialize)]
struct OverviewPage {
    /// All open jobs, not only those of which the member is the recruiter.
    shows_all: bool,
    all: FiguresView,
    jobs: Vec<LineView>,
    awaited: Vec<Person>,
}

#[derive(Serialize)]
struct JobPage {
    form: Form,
    id: String,
    job: String,
    is_open: bool,
    all: FiguresView,
    awaited: Vec<Person>,
    done: Option<&'static str>,
}

#[derive(Serialize)]
struct FiguresView {
    expected: i64,
    submitted: i64,
    in_time: i64,
    due: i64,
    late: i64,
    missed: i64,
    hidden: i64,
    /// The usual and the longest time in words; `None` while there are too few scorecards to tell.
    times: Option<(String, String)>,
    enough: i64,
}

#[derive(Serialize)]
struct LineView {
    job: String,
    title: String,
    figures: FiguresView,
}

/// Somebody from whom scorecards are waited for in a job.
#[derive(Serialize)]
struct Person {
    member: String,
    name: String,
    is_self: bool,
    is_outside: bool,
    job: String,
    title: String,
    way: Way,
    reminded_at: Option<String>,
    scorecards: Vec<Card>,
}

#[derive(Serialize)]
struct Card {
    interview: String,
    candidate: String,
    round: String,
    /// Whole days, 0 while it is not late.
    days_late: i64,
}

async fn overview(may: May<RunJobs>, Query(query): Query) -> Result<HttpResponse> {
    let (scope, now, mut conn) = (may.scope(), may.now(), may.db().await?);
    let shows_all = query.get("jobs") == "all";
    let whose = if shows_all { Whose::All } else { Whose::Mine };
    let (all, lines) = completion::figures(&mut conn, &scope, whose, now).await?;
    let awaited = completion::awaited(&mut conn, &scope, whose, now).await?;
    let page = OverviewPage {
        shows_all,
        all: FiguresView::new(&all, may.locale()),
        jobs: lines.iter().map(|line| LineView::new(line, may.locale())).collect(),
        awaited: people(awaited, &may),
    };
    may.frame().page("completion/overview.html", &page)
}

async fn show(may: May<RunJobs>, id: Path<JobId>, query: Query) -> Result<HttpResponse> {
    job_page(&may, *id, StatusCode::OK, Form::default(), query.done(DONE)).await
}

async fn remind(may: May<RunJobs>, id: Path<JobId>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let member = parser.parsed::<MemberId>("member");
        parser.finish()?;
        let member = member.ok_or_else(|| Error::invalid("member", "form-required"))?;
        let mut conn = may.db().await?;
        job::find(&mut conn, &may.scope(), *id).await?;
        reminder::ask(&mut conn, &may.scope(), &may.actor(), &sender(&may), *id, member).await
    };
    match attempt.await {
        Ok(()) => {
            may.request.shared.outbox.wake();
            Ok(see_other(format!("/jobs/{id}/completion?done=completion-done-reminded")))
        }
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            job_page(&may, *id, status, form, None).await
        }
    }
}

async fn job_page(
    may: &May<RunJobs>,
    id: JobId,
    status: StatusCode,
    form: Form,
    done: Option<&'static str>,
) -> Result<HttpResponse> {
    let (scope, now, mut conn) = (may.scope(), may.now(), may.db().await?);
    let job = job::find(&mut conn, &scope, id).await?;
    let (all, _) = completion::figures(&mut conn, &scope, Whose::Job(id), now).await?;
    let awaited = completion::awaited(&mut conn, &scope, Whose::Job(id), now).await?;
    let page = JobPage {
        form,
        id: id.to_string(),
        job: job.full_title(),
        is_open: job.is_open(),
        all: FiguresView::new(&all, may.locale()),
        awaited: people(awaited, may),
        done,
    };
    may.frame().page_with(status, "completion/job.html", &page)
}

/// By person and job, in the order of their oldest scorecard.
fn people(awaited: Vec<Awaited>, may: &May<RunJobs>) -> Vec<Person> {
    let now = may.now();
    let mut people: Vec<Person> = Vec::new();
    for Awaited { seat, job, way, reminded_at } in awaited {
        let (member, job) = (seat.interviewer.to_string(), job.to_string());
        let card = Card {
            interview: seat.interview.to_string(),
            days_late: if let Due::Late(days) = seat.due(now) { days } else { 0 },
            candidate: seat.candidate,
            round: seat.round,
        };
        if let Some(known) = people.iter_mut().find(|known| known.member == member && known.job == job) {
            // A link that works opens the way, whatever became of another one.
            known.way = known.way.min(way);
            known.scorecards.push(card);
            continue;
        }
        people.push(Person {
            is_self: seat.interviewer == may.signed.member.id,
            member,
            name: seat.interviewer_name,
            is_outside: seat.is_outside,
            job,
            title: seat.job,
            way,
            reminded_at: reminded_at.map(|at| at.to_string()),
            scorecards: vec![card],
        });
    }
    people
}

impl FiguresView {
    fn new(figures: &Figures, locale: Locale) -> FiguresView {
        FiguresView {
            expected: figures.expected,
            submitted: figures.submitted,
            in_time: figures.in_time,
            due: figures.due,
            late: figures.late,
            missed: figures.missed,
            hidden: figures.hidden,
            times: figures.times().map(|(usual, longest)| (said(usual, locale), said(longest, locale))),
            enough: ENOUGH,
        }
    }
}

impl LineView {
    fn new(line: &Line, locale: Locale) -> LineView {
        LineView {
            job: line.job.to_string(),
            title: job::full_title(&line.title, &line.place),
            figures: FiguresView::new(&line.figures, locale),
        }
    }
}

fn said(seconds: f64, locale: Locale) -> String {
    match Span::of(seconds) {
        Span::Minutes(minutes) => locale.say("completion-minutes", &[("minutes", minutes.into())]),
        Span::Hours(hours, minutes) => {
            locale.say("completion-hours", &[("hours", hours.into()), ("minutes", minutes.into())])
        }
        Span::Days(days, hours) => locale.say("completion-days", &[("days", days.into()), ("hours", hours.into())]),
    }
}
