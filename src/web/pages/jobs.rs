//! Jobs: the list, and a job on one page.

use actix_web::{
    HttpResponse,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use super::job_grid::{self, GridView, Mark};
use crate::{
    domain::{
        anonymity::{hides_from, shuffled},
        id::{ApplicationId, JobId},
        interview_plan::{percents, uncovered},
        policy::{Decide, EraseRecords, RunJobs, SeeComparison, SeeJobs},
    },
    error::{Error, Result},
    i18n::Locale,
    store::{
        Conn, Slice,
        job::JobState,
        job_progress::{self, GridRow, JobLine, Overview, Tally},
    },
    usecases,
    web::{
        forms::{self, Query},
        view::see_other,
        who::May,
    },
};

const PAGE: i64 = 25;
/// Candidates on one page of the grid.
const GRID: i64 = 50;

/// What a job's page says after a change.
const DONE: &[&str] = &["job-done-opened", "job-done-changed", "job-done-closed", "job-done-reopened"];

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/jobs", get().to(list))
        .route("/jobs/{id}", get().to(show))
        .route("/jobs/{id}/closing", get().to(confirm_closing))
        .route("/jobs/{id}/closing", post().to(close))
        .route("/jobs/{id}/reopening", post().to(reopen));
}

#[derive(Serialize)]
struct ListPage {
    jobs: Vec<Line>,
    open: i64,
    closed: i64,
    shows_closed: bool,
    is_first: bool,
    /// The query string of the next page.
    next: Option<String>,
    may_open: bool,
    sees_all: bool,
}

#[derive(Serialize)]
struct Line {
    id: String,
    title: String,
    place: String,
    candidates: i64,
    expected: i64,
    submitted: i64,
    mark: Mark,
}

#[derive(Serialize)]
struct JobPage {
    id: String,
    title: String,
    place: String,
    is_open: bool,
    anonymised: bool,
    opened_at: String,
    closed_at: Option<String>,
    pinned_at: Option<String>,
    sentence: String,
    done: Option<&'static str>,
    primary: Option<Button>,
    /// Names of the dimensions that no round covers.
    uncovered: Vec<String>,
    hiring_manager: String,
    recruiter: String,
    panel: Vec<String>,
    rubric_id: String,
    rubric_name: String,
    rubric_version: i32,
    /// Name and share of each dimension.
    weights: Vec<(String, f64)>,
    weighs_alike: bool,
    candidates: i64,
    /// An interview is over: there are scorecards to wait for, or to have.
    has_scorecards: bool,
    grid: GridView,
    is_first: bool,
    next: Option<String>,
    may_run: bool,
    may_compare: bool,
    may_hold: bool,
}

#[derive(Serialize)]
struct Button {
    text: &'static str,
    href: String,
}

#[derive(Serialize)]
struct ClosingPage {
    id: String,
    title: String,
    planned: i64,
    undecided: i64,
    outstanding: i64,
}

async fn list(may: May<SeeJobs>, Query(query): Query) -> Result<HttpResponse> {
    let state = if query.get("state") == "closed" { JobState::Closed } else { JobState::Open };
    let before: Option<JobId> = query.get("before").parse().ok();
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let (open, closed) = job_progress::counts(&mut conn, &scope).await?;
    let slice = job_progress::list(&mut conn, &scope, state, before, PAGE, may.now()).await?;
    let page = ListPage {
        jobs: slice.items.iter().map(|line| Line::new(line, &may)).collect(),
        open,
        closed,
        shows_closed: state == JobState::Closed,
        is_first: before.is_none(),
        next: slice.next.map(|id| forms::query(&[("state", state.as_str()), ("before", &id.to_string())])),
        may_open: may.also::<RunJobs>(),
        sees_all: scope.reach == crate::domain::policy::Reach::All,
    };
    may.frame().page("job/list.html", &page)
}

async fn show(may: May<SeeJobs>, id: Path<JobId>, Query(query): Query) -> Result<HttpResponse> {
    let after: Option<ApplicationId> = query.get("after").parse().ok();
    let (scope, locale, mut conn) = (may.scope(), may.locale(), may.db().await?);
    let overview = job_progress::overview(&mut conn, &scope, *id, may.now()).await?;
    let (rows, next) = rows(&mut conn, &may, &overview, after).await?;
    let (may_run, may_compare) = (may.also::<RunJobs>(), may.also::<SeeComparison>());
    let job = &overview.job;
    let name = |key: &str| {
        let dimension = overview.dimensions.iter().find(|dimension| dimension.key == key);
        dimension.map_or(key, |dimension| dimension.name.in_language(locale.tag())).to_owned()
    };
    let weights = job.weights();
    let values: Vec<u8> =
        overview.dimensions.iter().map(|dimension| weights.get(&dimension.key).copied().unwrap_or(0)).collect();
    let keys = overview.dimensions.iter().map(|dimension| dimension.key.as_str());
    let page = JobPage {
        id: id.to_string(),
        title: job.title.clone(),
        place: job.place.clone(),
        is_open: job.is_open(),
        anonymised: job.anonymised,
        opened_at: job.created_at.to_jiff().to_string(),
        closed_at: job.closed_at.to_jiff().map(|at| at.to_string()),
        pinned_at: job.pinned_at.to_jiff().map(|at| at.to_string()),
        sentence: sentence(&overview.tally, locale),
        done: DONE.iter().find(|key| **key == query.get("done")).copied(),
        primary: primary(&overview, &may),
        uncovered: uncovered(keys, overview.rounds.iter().map(|round| round.dimensions.as_slice()))
            .into_iter()
            .map(name)
            .collect(),
        hiring_manager: overview.hiring_manager.clone(),
        recruiter: overview.recruiter.clone(),
        panel: by_name(overview.panel.clone(), locale),
        rubric_id: overview.rubric.to_string(),
        rubric_name: overview.rubric_name.in_language(locale.tag()).to_owned(),
        rubric_version: overview.rubric_version,
        weighs_alike: values.windows(2).all(|pair| pair[0] == pair[1]),
        weights: overview
            .dimensions
            .iter()
            .zip(percents(&values))
            .map(|(dimension, percent)| (name(&dimension.key), f64::from(percent) / 100.0))
            .collect(),
        candidates: overview.tally.candidates,
        has_scorecards: overview.tally.expected + overview.tally.hidden > 0,
        grid: job_grid::view(&overview, &rows, &may),
        is_first: after.is_none(),
        next: next.map(|id| forms::query(&[("after", &id.to_string())])),
        may_run,
        may_compare,
        may_hold: may.also::<EraseRecords>(),
    };
    may.frame().page("job/show.html", &page)
}

/// The candidates of one page of the grid, by name, and where the next page begins. Only a job with more than one page asks
/// for all names first.
async fn rows(
    conn: &mut Conn,
    may: &May<SeeJobs>,
    overview: &Overview,
    after: Option<ApplicationId>,
) -> Result<(Vec<GridRow>, Option<ApplicationId>)> {
    let (scope, locale, job, now) = (may.scope(), may.locale(), overview.job.id, may.now());
    // The order must not tell the alphabet of names that the page hides.
    let shuffles = overview.job.anonymised && hides_from(&may.signed.member.roles);
    if overview.tally.candidates <= GRID && after.is_none() {
        let mut rows = job_progress::grid(conn, &scope, job, &[], GRID, now).await?;
        rows.sort_by_key(|row| row.application);
        if shuffles {
            rows.sort_by_cached_key(|row| shuffled(row.application));
        } else {
            locale.sort_by_name(&mut rows, |row| &row.name);
        }
        return Ok((rows, None));
    }
    let mut names = job_progress::names(conn, &scope, job).await?;
    names.sort_by_key(|(application, _)| *application);
    if shuffles {
        names.sort_by_cached_key(|(application, _)| shuffled(*application));
    } else {
        locale.sort_by_name(&mut names, |(_, name)| name);
    }
    let slice = Slice::behind(names, after.as_ref(), GRID, |(application, _)| *application);
    let these: Vec<ApplicationId> = slice.items.into_iter().map(|(application, _)| application).collect();
    let mut rows = job_progress::grid(conn, &scope, job, &these, GRID, now).await?;
    rows.sort_by_key(|row| these.iter().position(|application| *application == row.application));
    Ok((rows, slice.next))
}

async fn confirm_closing(may: May<RunJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let overview = job_progress::overview(&mut conn, &may.scope(), *id, may.now()).await?;
    if !overview.job.is_open() {
        return Err(Error::refused("job-closed-already"));
    }
    let page = ClosingPage {
        id: id.to_string(),
        title: overview.job.full_title(),
        planned: overview.tally.planned,
        undecided: overview.tally.undecided,
        outstanding: overview.tally.due + overview.tally.late,
    };
    may.frame().page("job/closing.html", &page)
}

async fn close(may: May<RunJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    usecases::job::close(&mut conn, &may.scope(), &may.actor(), *id).await?;
    Ok(see_other(format!("/jobs/{id}?done=job-done-closed")))
}

async fn reopen(may: May<RunJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    usecases::job::reopen(&mut conn, &may.scope(), &may.actor(), *id).await?;
    Ok(see_other(format!("/jobs/{id}?done=job-done-reopened")))
}

fn by_name(mut names: Vec<String>, locale: Locale) -> Vec<String> {
    locale.sort_by_name(&mut names, String::as_str);
    names
}

/// "14 of 15 scorecards are in. One is due."
fn sentence(tally: &Tally, locale: Locale) -> String {
    if tally.candidates == 0 {
        return locale.word("job-sentence-no-candidate");
    }
    let count = |key: &str, count: i64| (count > 0).then(|| locale.say(key, &[("count", count.into())]));
    let scorecards = (tally.expected > 0).then(|| {
        locale.say("job-sentence-scorecards", &[("in", tally.submitted.into()), ("all", tally.expected.into())])
    });
    let parts = [
        scorecards.or_else(|| count("job-sentence-candidates", tally.candidates)),
        count("job-sentence-due", tally.due),
        count("job-sentence-late", tally.late),
        count("job-sentence-hidden", tally.hidden),
        count("job-sentence-planned", tally.planned),
        count("job-sentence-ready", tally.ready),
        (tally.expected + tally.planned + tally.hidden == 0).then(|| locale.word("job-sentence-nothing-planned")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The one next step: add candidates, schedule, write one's own scorecard, compare, decide.
fn primary(overview: &Overview, may: &May<SeeJobs>) -> Option<Button> {
    let (job, tally) = (&overview.job, &overview.tally);
    let runs = may.also::<RunJobs>() && job.is_open();
    let button = |text, href| Some(Button { text, href });
    let compare = format!("/jobs/{}/comparison", job.id);
    if let Some(own) = overview.own.as_ref().filter(|own| own.over) {
        return button("job-next-score", format!("/interviews/{}/kit", own.interview));
    }
    if runs && tally.candidates == 0 {
        return button("job-next-add", format!("/jobs/{}/candidates/new", job.id));
    }
    let schedule = overview
        .to_schedule
        .as_ref()
        .filter(|_| runs)
        .map(|to| (to.first, format!("/applications/{}/interviews/new?round={}", to.application, to.round)));
    if let Some((true, href)) = schedule {
        return button("job-next-schedule", href);
    }
    if tally.ready > 0 && job.is_open() && may.also::<Decide>() && may.also::<SeeComparison>() {
        return button("job-next-decide", compare);
    }
    if tally.submitted > 0 && may.also::<SeeComparison>() {
        return button("job-next-compare", compare);
    }
    if let Some((_, href)) = schedule {
        return button("job-next-schedule", href);
    }
    overview.own.as_ref().and_then(|own| button("job-next-kit", format!("/interviews/{}/kit", own.interview)))
}

impl Line {
    fn new(line: &JobLine, may: &May<SeeJobs>) -> Line {
        Line {
            id: line.id.to_string(),
            title: line.title.clone(),
            place: line.place.clone(),
            candidates: line.tally.candidates,
            expected: line.tally.expected,
            submitted: line.tally.submitted,
            mark: mark(&line.tally, may),
        }
    }
}

/// What a job waits for most.
fn mark(tally: &Tally, may: &May<SeeJobs>) -> Mark {
    let locale = may.locale();
    let counted = |state, key, count: i64| Mark::new(state, locale.say(key, &[("count", count.into())]));
    if tally.candidates == 0 {
        return Mark::new("none", locale.word("job-mark-no-candidate"));
    }
    if tally.late > 0 {
        return counted("missing", "job-mark-late", tally.late);
    }
    if tally.due > 0 {
        return counted("due", "job-mark-due", tally.due);
    }
    if tally.ready > 0 {
        return counted("due", "job-mark-ready", tally.ready);
    }
    if let Some(next) = tally.next_at.to_jiff() {
        let when = job_grid::day_and_time(next, may);
        return Mark::new("scheduled", locale.say("job-mark-interview", &[("when", when.into())]));
    }
    if tally.undecided == 0 {
        return Mark::new("in", locale.word("job-mark-decided"));
    }
    Mark::new("none", locale.word("job-mark-nothing-planned"))
}
