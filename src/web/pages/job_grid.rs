//! The grid of a job: a row per candidate, a column per round, and a state in every cell.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::{
    domain::{
        due::{Due, due},
        interview_plan::PlannedRound,
        policy::{RunJobs, SeeJobs},
    },
    store::job_progress::{Cell, GridRow, Overview},
    web::who::May,
};

#[derive(Serialize)]
pub struct GridView {
    rounds: Vec<RoundHead>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct RoundHead {
    /// Where its questions are chosen.
    questions: Option<String>,
    chosen: usize,
    name: String,
    /// "Video, 45 min".
    detail: String,
}

#[derive(Serialize)]
struct Row {
    candidate: String,
    name: String,
    /// One list of marks per round.
    cells: Vec<Vec<Mark>>,
    decision: Mark,
}

/// A state in words, with its shape: `scheduled`, `due`, `in`, `missing`, `hidden`, `off`, `none`; "open" and "" are words only.
#[derive(Serialize)]
pub struct Mark {
    state: &'static str,
    text: String,
    href: Option<String>,
    /// The date of a decision.
    at: Option<String>,
}

impl Mark {
    pub fn new(state: &'static str, text: String) -> Mark {
        Mark { state, text, href: None, at: None }
    }

    fn to(self, href: String) -> Mark {
        Mark { href: Some(href), ..self }
    }
}

pub fn view(overview: &Overview, rows: &[GridRow], may: &May<SeeJobs>) -> GridView {
    let plans = may.also::<RunJobs>() && overview.job.is_open();
    GridView {
        rounds: overview.rounds.iter().map(|round| RoundHead::new(round, may)).collect(),
        rows: rows
            .iter()
            .map(|row| Row {
                candidate: row.candidate.to_string(),
                name: row.name.clone(),
                cells: overview.rounds.iter().map(|round| cell(row, round, plans, may)).collect(),
                decision: decision(row, may),
            })
            .collect(),
    }
}

/// "Tue 24 November, 10:00", as the member's clock shows it.
pub fn day_and_time<P>(at: Timestamp, may: &May<P>) -> String {
    let locale = may.locale();
    let at = at.to_zoned(TimeZone::get(may.time_zone()).unwrap_or(TimeZone::UTC));
    let (day, time) = (locale.day(at.date()), locale.time(&at));
    locale.say("date-time", &[("date", day.into()), ("time", time.into())])
}

fn cell(row: &GridRow, round: &PlannedRound, plans: bool, may: &May<SeeJobs>) -> Vec<Mark> {
    let of_round: Vec<&Cell> = row.cells.iter().filter(|cell| Some(cell.round) == round.id).collect();
    let standing: Vec<Mark> = of_round.iter().filter(|cell| !cell.cancelled).map(|cell| interview(cell, may)).collect();
    if !standing.is_empty() {
        return standing;
    }
    let locale = may.locale();
    let cancelled = of_round
        .last()
        .map(|cell| Mark::new("off", locale.word("job-cell-cancelled")).to(format!("/interviews/{}", cell.interview)));
    let schedule = round.id.filter(|_| plans && row.outcome.is_none()).map(|round| {
        let href = format!("/applications/{}/interviews/new?round={round}", row.application);
        Mark::new("none", locale.word("job-cell-schedule")).to(href)
    });
    let marks: Vec<Mark> = cancelled.into_iter().chain(schedule).collect();
    if marks.is_empty() { vec![Mark::new("none", locale.word("job-cell-not-planned"))] } else { marks }
}

fn interview(cell: &Cell, may: &May<SeeJobs>) -> Mark {
    let locale = may.locale();
    let in_of = || [("in", cell.submitted.into()), ("all", cell.seats.into())];
    let lateness = due(cell.ends_at, may.now());
    let mark = match lateness {
        Due::NotYet if cell.hidden || cell.submitted == 0 => Mark::new("scheduled", day_and_time(cell.starts_at, may)),
        _ if cell.hidden => Mark::new("hidden", locale.word("job-cell-hidden")),
        _ if cell.submitted >= cell.seats => Mark::new("in", locale.say("job-cell-in", &in_of())),
        Due::NotYet => Mark::new("scheduled", locale.say("job-cell-in", &in_of())),
        Due::Now => Mark::new("due", locale.say("job-cell-due", &in_of())),
        Due::Late(days) => {
            let text = match cell.waiting_for.as_slice() {
                [one] => locale.say("job-cell-late-name", &[("name", one.as_str().into()), ("days", days.into())]),
                _ => {
                    let [a, b] = in_of();
                    locale.say("job-cell-late", &[a, b, ("days", days.into())])
                }
            };
            Mark::new("missing", text)
        }
    };
    mark.to(format!("/interviews/{}", cell.interview))
}

fn decision(row: &GridRow, may: &May<SeeJobs>) -> Mark {
    let locale = may.locale();
    match row.outcome {
        Some(outcome) => Mark {
            at: row.decided_at.map(|at| at.to_string()),
            ..Mark::new("", locale.say("job-outcome", &[("outcome", outcome.as_str().into())]))
        },
        None if row.blinded => Mark::new("hidden", locale.word("job-cell-decision-hidden")),
        None => Mark::new("open", locale.word("job-cell-undecided")),
    }
}

impl RoundHead {
    fn new(round: &PlannedRound, may: &May<SeeJobs>) -> RoundHead {
        let locale = may.locale();
        let medium = locale.say("job-medium", &[("medium", round.medium.as_str().into())]);
        let detail =
            locale.say("job-round-detail", &[("medium", medium.into()), ("minutes", i64::from(round.minutes).into())]);
        let questions = round.id.filter(|_| may.also::<RunJobs>()).map(|id| format!("/rounds/{id}/questions"));
        RoundHead { questions, chosen: round.questions.len(), name: round.name.clone(), detail }
    }
}
