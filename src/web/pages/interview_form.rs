//! The form that plans an interview: what it is filled with, how it is read, and what it asks before it goes ahead.

use actix_web::{ResponseError, http::StatusCode};
use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::Serialize;

use super::candidates::JobLine;
use crate::{
    domain::{
        email::EmailAddress,
        finding,
        free_times::{self, Busy},
        id::{ApplicationId, CandidateId, InterviewId, MemberId, RoundId},
        interview_time::{self, Fold, TimeProblem},
        medium::Medium,
        panel_plan,
        policy::RunJobs,
        time_zone,
    },
    error::{Complaint, Error, Message, Result},
    i18n::Locale,
    store::{
        Conn, Scope,
        candidate::Candidate,
        interview::{self, Planned},
        job::Job,
        member::{self, Member},
        round::Round,
    },
    usecases::interview::{Doubt, LARGEST_PANEL, Outcome, Outsider, Plan},
    web::{
        forms::{Fields, Form, Parser},
        who::May,
    },
};

/// Interviews of a panel in the days for which times are proposed.
const MOST_TAKEN: i64 = 2000;

#[derive(Serialize)]
pub(super) struct FormPage {
    form: Form,
    application: ApplicationId,
    /// The interview that is changed; `None` for a new one.
    editing: Option<InterviewId>,
    candidate_id: CandidateId,
    candidate: String,
    job: JobLine,
    rounds: Vec<RoundChoice>,
    zones: Vec<(String, String)>,
    panel: Vec<Panelist>,
    /// Name and address of interviewers without an account, as typed, with empty lines for more.
    outside: Vec<(String, String)>,
    /// The time comes twice that night: which one?
    asks_fold: bool,
    /// Sentences to read before going ahead.
    doubts: Vec<String>,
    /// The planned time in words, once it is known.
    when: Option<String>,
    /// Times that suit the panel, once they were asked for.
    proposals: Option<Vec<Proposal>>,
    /// Who would link this candidate with the others of the job.
    panel_plan: Option<String>,
    /// Nothing is pinned yet: scheduling fixes the job's rubric, weights and rounds.
    pins: bool,
}

/// A time to take with one click.
#[derive(Serialize)]
pub(super) struct Proposal {
    /// As a form sends it: `2026-11-24 10:00`.
    value: String,
    /// "Tue 24 November, 10:00–10:45".
    text: String,
    /// What the clocks of others in the panel show then, by zone.
    elsewhere: Vec<String>,
}

#[derive(Serialize)]
struct RoundChoice {
    id: RoundId,
    name: String,
    medium: Medium,
    minutes: i32,
}

#[derive(Serialize)]
struct Panelist {
    id: MemberId,
    name: String,
    /// What they are in the organisation.
    roles: String,
    chosen: bool,
}

/// Whom and what an interview is planned for.
pub(super) struct Subject {
    pub application: ApplicationId,
    pub candidate: Candidate,
    pub job: Job,
    pub rounds: Vec<Round>,
    pub editing: Option<InterviewId>,
}

impl Subject {
    /// An interview that is changed stays in its round.
    pub(super) fn of(planned: Planned) -> Subject {
        let Planned { interview, round, application, candidate, job } = planned;
        Subject { application: application.id, candidate, job, rounds: vec![round], editing: Some(interview.id) }
    }
}

/// The state of the form.
pub(super) struct Planning {
    panel: Vec<MemberId>,
    pub status: StatusCode,
    form: Form,
    asks_fold: bool,
    doubts: Vec<String>,
    when: Option<String>,
    proposals: Option<Vec<Proposal>>,
}

/// What a form asks for.
pub(in crate::web) struct Wish {
    pub result: Result<Plan, Vec<Complaint>>,
    starts: Option<Zoned>,
    minutes: i32,
    panel: Vec<MemberId>,
    asks_fold: bool,
}

/// Reads the form. `usual` is the round's own length, taken when none is given.
pub(in crate::web) fn plan(fields: &Fields, usual: Option<i32>, now: Timestamp) -> Wish {
    let mut parser = fields.parser();
    let date = parsed::<Date>(&mut parser, fields, "date", "interview-date-wrong");
    let time = parsed::<Time>(&mut parser, fields, "time", "interview-clock-wrong");
    let minutes = match (fields.get("minutes").trim(), usual) {
        ("", Some(usual)) => usual,
        _ => i32::try_from(parser.number("minutes", 5..=480)).unwrap_or(5),
    };
    let zone = fields.get("time_zone");
    if !time_zone::is_known(zone) {
        parser.complain("time_zone", Message::new("form-not-a-choice"));
    }
    let place = parser.optional_line("place", 400);
    let panel: Vec<MemberId> = parser.each("panel");
    let outside = outside(fields, &mut parser);
    if panel.is_empty() && typed_outside(fields).is_empty() {
        parser.complain("panel", Message::new("interview-panel-empty"));
    }
    let (mut starts, mut asks_fold) = (None, false);
    if let (Some(date), Some(time)) = (date, time) {
        match interview_time::moment(date, time, zone, fields.get("fold").parse::<Fold>().ok(), now) {
            Ok(moment) => starts = Some(moment),
            Err(problem) => {
                asks_fold = problem == TimeProblem::Twice;
                let (field, message) = explain(&problem, zone);
                parser.complain(field, message);
            }
        }
    }
    let result = match (parser.finish(), &starts) {
        (Err(Error::Invalid(complaints)), _) => Err(complaints),
        (_, Some(starts)) => Ok(Plan {
            starts: starts.clone(),
            minutes,
            place,
            panel: panel.iter().copied().collect(),
            outside,
            anyway: fields.has("anyway"),
        }),
        (_, None) => Err(vec![Complaint::new("date", Message::new("interview-date-wrong"))]),
    };
    Wish { result, starts, minutes, panel, asks_fold }
}

/// What was typed of interviewers without an account, but for empty lines.
fn typed_outside(fields: &Fields) -> Vec<(String, String)> {
    let both = fields.all("outside_name").zip(fields.all("outside_email"));
    let typed = both.map(|(name, email)| (name.trim().to_owned(), email.trim().to_owned()));
    typed.filter(|(name, email)| !name.is_empty() || !email.is_empty()).collect()
}

fn outside(fields: &Fields, parser: &mut Parser<'_>) -> Vec<Outsider> {
    let mut found = Vec::new();
    for (name, email) in typed_outside(fields) {
        match EmailAddress::parse(&email) {
            _ if name.is_empty() || name.chars().any(char::is_control) || name.chars().count() > 120 => {
                parser.complain("outside", Message::new("interview-outside-name").with("email", email));
            }
            Ok(email) => found.push(Outsider { name, email }),
            Err(_) => parser.complain("outside", Message::new("interview-outside-email").with("name", name)),
        }
    }
    found
}

impl Planning {
    pub(super) fn of(form: Form, panel: Vec<MemberId>) -> Planning {
        Planning {
            panel,
            status: StatusCode::OK,
            form,
            asks_fold: false,
            doubts: Vec::new(),
            when: None,
            proposals: None,
        }
    }

    /// The form as it was sent, with what stands in its way.
    pub(super) fn again(may: &May<RunJobs>, fields: Fields, wish: Wish, outcome: Result<Outcome>) -> Result<Planning> {
        let locale = may.locale();
        let when = wish.starts.as_ref().map(|starts| in_words(starts, wish.minutes, locale));
        let (status, form, doubts) = match outcome {
            Ok(Outcome::Doubts(doubts)) => {
                let zone = wish.starts.as_ref().map_or(TimeZone::UTC, |starts| starts.time_zone().clone());
                let doubts = doubts.iter().map(|doubt| say(doubt, &zone, locale)).collect();
                (StatusCode::CONFLICT, Form { typed: fields, ..Form::default() }, doubts)
            }
            Ok(Outcome::Done(_)) => (StatusCode::OK, Form { typed: fields, ..Form::default() }, Vec::new()),
            Err(error) => (error.status_code(), Form::again(fields, error, locale)?, Vec::new()),
        };
        let (panel, asks_fold) = (wish.panel, wish.asks_fold || form.typed.has("fold"));
        Ok(Planning { panel, status, form, asks_fold, doubts, when, proposals: None })
    }
}

impl FormPage {
    pub(super) async fn new(
        may: &May<RunJobs>,
        conn: &mut Conn,
        subject: Subject,
        planning: Planning,
    ) -> Result<FormPage> {
        let scope = may.scope();
        let mut members = member::choices_and(conn, &scope, &planning.panel).await?;
        may.locale().sort_by_name(&mut members, |member| &member.name);
        let panel_plan = match subject.editing {
            None => panel_hint(conn, &scope, &subject, &members, may.locale()).await?,
            Some(_) => None,
        };
        let mut outside = typed_outside(&planning.form.typed);
        outside.truncate(LARGEST_PANEL);
        outside.extend([(String::new(), String::new()), (String::new(), String::new())]);
        let panel = members.iter().map(|member| Panelist::new(member, &planning.panel, may.locale())).collect();
        Ok(FormPage {
            form: planning.form,
            application: subject.application,
            editing: subject.editing,
            candidate_id: subject.candidate.id,
            candidate: subject.candidate.name,
            pins: !subject.job.is_pinned(),
            job: JobLine::new(&subject.job),
            rounds: subject
                .rounds
                .into_iter()
                .map(|Round { id, name, medium, minutes, .. }| RoundChoice { id, name, medium, minutes })
                .collect(),
            zones: zones(&may.signed.organisation.time_zone, may.time_zone()),
            panel,
            outside,
            panel_plan,
            proposals: planning.proposals,
            asks_fold: planning.asks_fold,
            doubts: planning.doubts,
            when: planning.when,
        })
    }
}

/// The form as it was sent, with times that suit the panel, or with the one of them that was chosen; nothing is planned yet. `usual`
/// is the round's own length. `None` when it asks for neither.
pub(super) async fn proposing(
    may: &May<RunJobs>,
    conn: &mut Conn,
    fields: &Fields,
    usual: i32,
    except: Option<InterviewId>,
) -> Result<Option<Planning>> {
    let panel: Vec<MemberId> = fields.all("panel").filter_map(|id| id.parse().ok()).collect();
    if let Some((date, time)) = fields.get("take").split_once(' ') {
        let set = |name: &str| matches!(name, "date" | "time" | "take" | "fold");
        let kept = fields.iter().filter(|(name, _)| !set(name)).chain([("date", date), ("time", time)]);
        let kept = kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        return Ok(Some(Planning::of(Form { typed: Fields::from_pairs(kept), ..Form::default() }, panel)));
    }
    if !fields.has("propose") {
        return Ok(None);
    }
    let zone_name = fields.get("time_zone");
    let zone = TimeZone::get(zone_name).map_err(|_| Error::invalid("time_zone", "form-not-a-choice"))?;
    let minutes = fields.get("minutes").trim().parse().ok().filter(|minutes| (5..=480).contains(minutes));
    let minutes = minutes.unwrap_or(usual);
    let (scope, now, locale) = (may.scope(), may.now(), may.locale());
    let organisation = &may.signed.organisation.time_zone;
    let members = member::with_ids(conn, &scope, &panel).await?;
    let own = |member: &Member| member.time_zone.clone().unwrap_or_else(|| organisation.clone());
    let mut names: Vec<String> = members.iter().map(own).filter(|name| name != zone_name).collect();
    names.sort();
    names.dedup();
    let zones: Vec<TimeZone> = names.iter().filter_map(|name| TimeZone::get(name).ok()).collect();
    let until = now + SignedDuration::from_hours(24 * 16);
    let taken = interview::clashes(conn, &scope, &panel, (now, until), except, MOST_TAKEN).await?;
    let busy: Vec<Busy> =
        taken.iter().map(|clash| Busy { from: clash.starts_at.to_jiff(), to: clash.ends_at() }).collect();
    let length = SignedDuration::from_mins(minutes.into());
    let proposal = |starts: Zoned| Proposal {
        value: starts.strftime("%Y-%m-%d %H:%M").to_string(),
        text: locale.say(
            "interview-proposal",
            &[
                ("day", locale.day(starts.date()).into()),
                ("start", locale.time(&starts).into()),
                ("end", locale.time(&(&starts + length)).into()),
            ],
        ),
        elsewhere: zones
            .iter()
            .zip(&names)
            .map(|(zone, name)| {
                let there = locale.time(&starts.with_time_zone(zone.clone()));
                let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
                locale.say("interview-proposal-elsewhere", &[("time", there.into()), ("place", place.into())])
            })
            .collect(),
    };
    let found = free_times::propose(&zone, &zones, &busy, minutes, now).into_iter().map(proposal).collect();
    let form = Form { typed: fields.clone(), ..Form::default() };
    Ok(Some(Planning { proposals: Some(found), ..Planning::of(form, panel) }))
}

/// Names of those who would link this candidate with the others of the job, as a hint; they must be able to take a seat.
async fn panel_hint(
    conn: &mut Conn,
    scope: &Scope,
    subject: &Subject,
    members: &[Member],
    locale: Locale,
) -> Result<Option<String>> {
    let (candidates, seated) = interview::panels(conn, scope, subject.job.id).await?;
    let proposed = panel_plan::propose(&candidates, &seated, subject.application);
    let names: Vec<String> = proposed
        .iter()
        .filter_map(|id| members.iter().find(|member| member.id == *id))
        .map(|member| member.name.clone())
        .collect();
    let said = |names: String| locale.say("interview-panel-plan", &[("names", names.into())]);
    Ok((!names.is_empty()).then(|| said(finding::list(locale, &names))))
}

impl Panelist {
    fn new(member: &Member, chosen: &[MemberId], locale: Locale) -> Panelist {
        let roles: Vec<String> = member
            .roles
            .iter()
            .map(|role| locale.word(&format!("member-role-{}", role.as_str().replace('_', "-"))))
            .collect();
        Panelist {
            id: member.id,
            name: member.name.clone(),
            roles: if member.is_outside { locale.word("seat-outside") } else { roles.join(", ") },
            chosen: chosen.contains(&member.id),
        }
    }
}

/// The organisation's zone first, then the member's own, then all of them.
fn zones(organisation: &str, own: &str) -> Vec<(String, String)> {
    let mut first = vec![organisation];
    if own != organisation {
        first.push(own);
    }
    let rest = time_zone::names().iter().map(String::as_str).filter(|zone| *zone != organisation && *zone != own);
    first.iter().copied().chain(rest).map(|zone| (zone.to_owned(), zone.replace('_', " "))).collect()
}

/// "Tue 24 November 2026, 10:00–10:45".
fn in_words(starts: &Zoned, minutes: i32, locale: Locale) -> String {
    let ends = starts + SignedDuration::from_mins(minutes.into());
    locale.say(
        "interview-when",
        &[
            ("day", locale.day(starts.date()).into()),
            ("year", starts.year().to_string().into()),
            ("start", locale.time(starts).into()),
            ("end", locale.time(&ends).into()),
            ("zone", starts.time_zone().iana_name().unwrap_or("UTC").replace('_', " ").into()),
        ],
    )
}

pub(in crate::web) fn say(doubt: &Doubt, zone: &TimeZone, locale: Locale) -> String {
    let clock = |at: Timestamp| {
        let at = at.to_zoned(zone.clone());
        (locale.day(at.date()), locale.time(&at))
    };
    match doubt {
        Doubt::Clash(clash) => {
            let ends = clash.starts_at.to_jiff() + SignedDuration::from_mins(clash.minutes.into());
            let ((day, start), (_, end)) = (clock(clash.starts_at.to_jiff()), clock(ends));
            let args = [
                ("member", clash.member.as_str().into()),
                ("day", day.into()),
                ("start", start.into()),
                ("end", end.into()),
            ];
            locale.say("interview-doubt-clash", &args)
        }
        Doubt::SameRound(_, at) => {
            let (day, time) = clock(*at);
            locale.say("interview-doubt-same-round", &[("day", day.into()), ("time", time.into())])
        }
    }
}

fn explain(problem: &TimeProblem, zone: &str) -> (&'static str, Message) {
    let zone = zone.replace('_', " ");
    match problem {
        TimeProblem::UnknownZone => ("time_zone", Message::new("form-not-a-choice")),
        TimeProblem::Skipped { instead } => {
            let instead = instead.strftime("%H:%M").to_string();
            ("time", Message::new("interview-time-skipped").with("zone", zone).with("instead", instead))
        }
        TimeProblem::Twice => ("time", Message::new("interview-time-twice").with("zone", zone)),
        TimeProblem::Past => ("date", Message::new("interview-date-past")),
        TimeProblem::FarAway => ("date", Message::new("interview-date-far")),
    }
}

fn parsed<T: std::str::FromStr>(
    parser: &mut Parser<'_>,
    fields: &Fields,
    name: &str,
    wrong: &'static str,
) -> Option<T> {
    let text = fields.get(name).trim();
    if text.is_empty() {
        parser.complain(name, Message::new("form-required"));
        return None;
    }
    let value = text.parse().ok();
    if value.is_none() {
        parser.complain(name, Message::new(wrong));
    }
    value
}
