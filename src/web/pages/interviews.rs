//! Interviews: scheduled, shown, changed, cancelled, and taken along as a calendar file.

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
    web::{Path, ServiceConfig, get, post},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{
    candidates::JobLine,
    interview_form::{FormPage, Planning, Subject, plan, proposing},
    interview_state::{Place, Standing, is_submitted},
};
use crate::{
    domain::{
        id::{ApplicationId, CandidateId, InterviewId, MemberId, RoundId, ScorecardId, SeatId},
        medium::Medium,
        policy::{EnterScorecards, Permission, RunJobs, Score, SeeJobs},
    },
    error::{Error, Result},
    store::{
        application::{self, Plannable},
        evidence::{self, LinkState},
        interview::{self, Planned},
        member::{self, Member},
    },
    usecases::{
        account_letter::Sender,
        interview::{self as interviews, Outcome},
    },
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::{May, Rater},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/applications/{id}/interviews/new", get().to(new))
        .route("/applications/{id}/interviews", post().to(schedule))
        .route("/interviews/{id}", get().to(show))
        .route("/interviews/{id}", post().to(change))
        .route("/interviews/{id}/edit", get().to(edit))
        .route("/interviews/{id}/cancellation", get().to(ask_cancel))
        .route("/interviews/{id}/cancellation", post().to(cancel))
        .route("/interviews/{id}/interview.ics", get().to(calendar));
}

/// What an interview's page says after a change.
const DONE: &[&str] = &[
    "interview-done-scheduled",
    "interview-done-changed",
    "interview-done-cancelled",
    "seat-done-sent",
    "seat-done-revoked",
];

#[derive(Serialize)]
struct InterviewPage {
    id: InterviewId,
    candidate_id: CandidateId,
    candidate: String,
    candidate_note: String,
    pronunciation: String,
    job: JobLine,
    round: String,
    medium: Medium,
    minutes: i32,
    /// In the interview's own zone (RFC 9557).
    starts: String,
    ends: String,
    year: String,
    zone: String,
    starts_at: Timestamp,
    /// The reader's clock shows another time then.
    elsewhere: bool,
    place: String,
    /// The place is an address that a browser can open.
    place_is_link: bool,
    standing: Standing,
    cancel_reason: Option<String>,
    panel: Vec<Chair>,
    /// Others' scorecards open when the reader has submitted.
    hidden: bool,
    /// The reader's own part in it.
    kit: bool,
    own_scorecard: Option<ScorecardId>,
    runs_jobs: bool,
    is_scheduled: bool,
    /// The interview has begun, and the reader may enter what others wrote on paper.
    enters_paper: bool,
    /// The reader may print sheets for others.
    hands_out_paper: bool,
    done: Option<&'static str>,
}

/// A seat as the reader may see it.
#[derive(Serialize)]
struct Chair {
    seat: SeatId,
    member: String,
    is_self: bool,
    /// Of an interviewer without an account.
    link: Option<LinkState>,
    hidden: bool,
    begun: bool,
    submitted_at: Option<Timestamp>,
    /// A scorecard that the reader may open.
    scorecard: Option<ScorecardId>,
    /// Who entered it from paper, and whether its interviewer has confirmed it.
    paper: Option<(String, bool)>,
}

#[derive(Serialize)]
struct CancelPage {
    form: Form,
    id: InterviewId,
    candidate: String,
    round: String,
    starts: String,
    letters: usize,
}

async fn new(may: May<RunJobs>, id: Path<ApplicationId>, Query(query): Query) -> Result<HttpResponse> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    let Plannable { candidate, job, rounds, taken } = application::plannable(&mut conn, &scope, *id).await?;
    let wished = query.get("round").parse::<RoundId>().ok().filter(|id| rounds.iter().any(|round| round.id == *id));
    let free = rounds.iter().find(|round| !taken.contains(&round.id));
    let round = wished.or_else(|| free.or(rounds.first()).map(|round| round.id));
    let form = Form::filled([
        ("round", round.map(|round| round.to_string()).unwrap_or_default()),
        ("time_zone", may.signed.organisation.time_zone.clone()),
    ]);
    let subject = Subject { application: *id, candidate, job, rounds, editing: None };
    let page = FormPage::new(&may, &mut conn, subject, Planning::of(form, Vec::new())).await?;
    may.frame().page("interview/form.html", &page)
}

async fn schedule(may: May<RunJobs>, id: Path<ApplicationId>, fields: Fields) -> Result<HttpResponse> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    let Plannable { candidate, job, rounds, .. } = application::plannable(&mut conn, &scope, *id).await?;
    let round = fields.get("round").parse::<RoundId>().ok();
    let round = round.and_then(|id| rounds.iter().find(|round| round.id == id));
    let usual = round.map_or(60, |round| round.minutes);
    if let Some(planning) = proposing(&may, &mut conn, &fields, usual, None).await? {
        let subject = Subject { application: *id, candidate, job, rounds, editing: None };
        let page = FormPage::new(&may, &mut conn, subject, planning).await?;
        return may.frame().page("interview/form.html", &page);
    }
    let planned = plan(&fields, Some(usual), may.now());
    let outcome = match (&planned.result, round) {
        (Ok(plan), Some(round)) => {
            interviews::schedule(&mut conn, &scope, &may.actor(), &sender(&may), *id, round.id, plan).await
        }
        (Ok(_), None) => Err(Error::invalid("round", "form-not-a-choice")),
        (Err(complaints), _) => Err(Error::Invalid(complaints.clone())),
    };
    if let Ok(Outcome::Done(interview)) = outcome {
        return Ok(see_other(format!("/interviews/{interview}?done=interview-done-scheduled")));
    }
    let planning = Planning::again(&may, fields, planned, outcome)?;
    let status = planning.status;
    let page =
        FormPage::new(&may, &mut conn, Subject { application: *id, candidate, job, rounds, editing: None }, planning)
            .await?;
    may.frame().page_with(status, "interview/form.html", &page)
}

async fn show(may: May<SeeJobs>, id: Path<InterviewId>, query: Query) -> Result<HttpResponse> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    let planned = interview::find(&mut conn, &scope, *id).await?;
    let blind = evidence::blind_rounds(&mut conn, &scope, &[planned.application.id]).await?;
    let mut filled = evidence::seats(&mut conn, &scope, &[&planned.interview], &blind).await?;
    may.locale().sort_by_name(&mut filled, |filled| &filled.member);
    let own = filled.iter().find(|filled| filled.seat.member_id == scope.member);
    let hidden = may.hidden(&mut conn).await?;
    let label = hidden.label(planned.candidate.id);
    let known = |text: &str| if label.is_some() { String::new() } else { text.to_owned() };
    let interview = &planned.interview;
    let (starts, ends) = times(&planned)?;
    let here = TimeZone::get(may.time_zone()).unwrap_or(TimeZone::UTC);
    let place = interview.place.clone();
    let place_of = |filled: &evidence::Filled| Place {
        is_own: filled.seat.member_id == scope.member,
        submitted: is_submitted(filled),
        hidden: filled.hidden,
    };
    let page = InterviewPage {
        id: *id,
        candidate_id: planned.candidate.id,
        candidate: label.unwrap_or(&planned.candidate.name).to_owned(),
        candidate_note: known(&planned.candidate.note),
        pronunciation: known(&planned.candidate.pronunciation),
        job: JobLine::new(&planned.job),
        round: planned.round.name.clone(),
        medium: planned.round.medium,
        minutes: interview.minutes,
        year: starts.year().to_string(),
        elsewhere: starts.with_time_zone(here).datetime() != starts.datetime(),
        starts: starts.to_string(),
        ends: ends.to_string(),
        zone: interview.time_zone.clone(),
        starts_at: interview.starts_at.to_jiff(),
        place_is_link: ["https://", "http://"].iter().any(|scheme| place.starts_with(scheme)) && !place.contains(' '),
        place,
        standing: Standing::of(interview.is_scheduled(), interview.ends_at(), filled.iter().map(place_of), may.now()),
        cancel_reason: interview.cancel_reason.clone(),
        hidden: filled.iter().any(|filled| filled.hidden),
        kit: may.also::<Score>() && interview.is_scheduled() && own.is_some_and(|own| !is_submitted(own)),
        own_scorecard: own.filter(|own| is_submitted(own)).and_then(|own| own.scorecard.as_ref()).map(|card| card.id),
        panel: filled.iter().map(|filled| Chair::new(filled, scope.member)).collect(),
        runs_jobs: may.also::<RunJobs>(),
        is_scheduled: interview.is_scheduled(),
        enters_paper: may.also::<EnterScorecards>()
            && interview.is_scheduled()
            && interview.starts_at.to_jiff() <= may.now()
            && !filled.iter().any(|filled| filled.hidden)
            && own.is_none_or(is_submitted),
        hands_out_paper: may.also::<EnterScorecards>() && interview.is_scheduled(),
        done: query.done(DONE),
    };
    may.frame().page("interview/show.html", &page)
}

async fn edit(may: May<RunJobs>, id: Path<InterviewId>) -> Result<HttpResponse> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    let planned = interview::find(&mut conn, &scope, *id).await?;
    if !planned.interview.is_scheduled() {
        return Err(Error::refused("interview-is-cancelled"));
    }
    let seats = interview::seats(&mut conn, &scope, *id).await?;
    let (starts, _) = times(&planned)?;
    let form = Form::filled([
        ("date", starts.date().to_string()),
        ("time", starts.strftime("%H:%M").to_string()),
        ("time_zone", planned.interview.time_zone.clone()),
        ("minutes", planned.interview.minutes.to_string()),
        ("place", planned.interview.place.clone()),
        ("sequence", planned.interview.sequence.to_string()),
    ]);
    let panel: Vec<MemberId> = seats.iter().map(|seat| seat.member_id).collect();
    let page = FormPage::new(&may, &mut conn, Subject::of(planned), Planning::of(form, panel)).await?;
    may.frame().page("interview/form.html", &page)
}

async fn change(may: May<RunJobs>, id: Path<InterviewId>, fields: Fields) -> Result<HttpResponse> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    let planned = interview::find(&mut conn, &scope, *id).await?;
    if let Some(planning) = proposing(&may, &mut conn, &fields, planned.interview.minutes, Some(*id)).await? {
        let page = FormPage::new(&may, &mut conn, Subject::of(planned), planning).await?;
        return may.frame().page("interview/form.html", &page);
    }
    let sequence = fields.get("sequence").parse().unwrap_or(-1);
    let wish = plan(&fields, None, may.now());
    let outcome = match &wish.result {
        Ok(plan) => interviews::change(&mut conn, &scope, &may.actor(), &sender(&may), *id, sequence, plan).await,
        Err(complaints) => Err(Error::Invalid(complaints.clone())),
    };
    if let Ok(Outcome::Done(_)) = outcome {
        return Ok(see_other(format!("/interviews/{id}?done=interview-done-changed")));
    }
    let planning = Planning::again(&may, fields, wish, outcome)?;
    let status = planning.status;
    let page = FormPage::new(&may, &mut conn, Subject::of(planned), planning).await?;
    may.frame().page_with(status, "interview/form.html", &page)
}

async fn ask_cancel(may: May<RunJobs>, id: Path<InterviewId>) -> Result<HttpResponse> {
    cancel_page(&may, *id, StatusCode::OK, Form::default()).await
}

async fn cancel(may: May<RunJobs>, id: Path<InterviewId>, fields: Fields) -> Result<HttpResponse> {
    let mut parser = fields.parser();
    let reason = parser.line("reason", 400);
    let outcome = match parser.finish() {
        Ok(()) => {
            let mut conn = may.db().await?;
            interviews::cancel(&mut conn, &may.scope(), &may.actor(), &sender(&may), *id, &reason).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(see_other(format!("/interviews/{id}?done=interview-done-cancelled"))),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            cancel_page(&may, *id, status, form).await
        }
    }
}

async fn calendar(may: Rater, id: Path<InterviewId>) -> Result<HttpResponse> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    let planned = interview::find(&mut conn, &scope, *id).await?;
    let seats = interview::seats(&mut conn, &scope, *id).await?;
    let mut ids: Vec<MemberId> = seats.iter().map(|seat| seat.member_id).collect();
    let organiser = planned.interview.created_by;
    ids.push(organiser);
    let people = member::with_ids(&mut conn, &scope, &ids).await?;
    let panel: Vec<Member> =
        people.iter().filter(|member| seats.iter().any(|seat| seat.member_id == member.id)).cloned().collect();
    let sender = Sender { answers: people.iter().find(|member| member.id == organiser), ..sender(&may) };
    let file = interviews::calendar_file(&planned, &panel, &sender, &may.signed.member, may.locale(), may.now())?;
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; method=PUBLISH; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"interview.ics\""))
        .body(file))
}

impl Chair {
    fn new(filled: &evidence::Filled, reader: MemberId) -> Chair {
        let is_self = filled.seat.member_id == reader;
        let submitted = filled.scorecard.as_ref().filter(|_| is_submitted(filled));
        Chair {
            seat: filled.seat.id,
            member: filled.member.clone(),
            is_self,
            link: filled.link,
            hidden: filled.hidden,
            begun: filled.scorecard.is_some(),
            submitted_at: submitted.and_then(|scorecard| scorecard.submitted_at.to_jiff()),
            scorecard: submitted.map(|scorecard| scorecard.id),
            paper: filled.paper.clone(),
        }
    }
}

async fn cancel_page(may: &May<RunJobs>, id: InterviewId, status: StatusCode, form: Form) -> Result<HttpResponse> {
    let (mut conn, scope) = (may.db().await?, may.scope());
    let planned = interview::find(&mut conn, &scope, id).await?;
    if !planned.interview.is_scheduled() {
        return Err(Error::refused("interview-is-cancelled"));
    }
    let letters = interview::seats(&mut conn, &scope, id).await?.len();
    let (starts, _) = times(&planned)?;
    let (candidate, round, starts) = (planned.candidate.name, planned.round.name, starts.to_string());
    let page = CancelPage { form, id, candidate, round, starts, letters };
    may.frame().page_with(status, "interview/cancel.html", &page)
}

fn times(planned: &Planned) -> Result<(jiff::Zoned, jiff::Zoned)> {
    let zone = TimeZone::get(&planned.interview.time_zone).map_err(|error| Error::Bug(error.into()))?;
    let starts = planned.interview.starts_at.to_jiff().to_zoned(zone.clone());
    Ok((starts, planned.interview.ends_at().to_zoned(zone)))
}

pub(in crate::web) fn sender<P: Permission>(may: &May<P>) -> Sender<'_> {
    Sender {
        organisation: &may.signed.organisation,
        site: &may.request.shared.config.public_url,
        answers: Some(&may.signed.member),
    }
}
