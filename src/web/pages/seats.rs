//! The seats of interviewers without an account: the page behind their link, the code that it asks for, what they find inside, and
//! what a recruiter does about a link.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use jiff::tz::TimeZone;
use serde::Serialize;

use super::interviews::sender;
use crate::{
    domain::{
        id::{InterviewId, SeatId},
        medium::Medium,
        policy::RunJobs,
        seat_link::masked,
    },
    error::{Error, Result},
    store::{
        Pooled, interview, member, reminder,
        seat_link::{self as links, Found},
    },
    usecases::{seat_link, sign_in},
    web::{
        forms::{Fields, Form, Query},
        session,
        view::see_other,
        who::{Guest, May, Rater},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/seats", get().to(outside))
        .route("/seats/{secret}", get().to(show))
        .route("/seats/{secret}", post().to(enter))
        .route("/seats/{secret}/code", post().to(ask_code))
        .route("/interviews/{id}/seat", get().to(inside))
        .route("/interviews/{id}/seat/end", post().to(leave))
        .route("/interviews/{id}/seat/reminders", post().to(change_reminders))
        .route("/interviews/{id}/seats/{seat}/link", post().to(send_again))
        .route("/interviews/{id}/seats/{seat}/revocation", post().to(revoke));
}

#[derive(Serialize)]
struct OutsidePage {
    /// They have just left, on purpose: the device forgets what it could open.
    left: bool,
}

#[derive(Serialize)]
struct DoorPage {
    form: Form,
    organisation: String,
    name: String,
    /// A hint at the address: whoever holds the link need not be its owner.
    email: String,
    secret: String,
    /// A code is on its way.
    asked: bool,
}

#[derive(Serialize)]
struct OverPage {}

#[derive(Serialize)]
struct SeatPage {
    id: InterviewId,
    candidate: String,
    job: String,
    round: String,
    medium: Medium,
    minutes: i32,
    /// In the interview's own zone (RFC 9557).
    starts: String,
    ends: String,
    year: String,
    zone: String,
    place: String,
    panel: String,
    is_scheduled: bool,
    wants_reminders: bool,
    done: Option<&'static str>,
}

const DONE: &[&str] = &["reminder-done-own"];

/// For whoever stands before the door without their link: a session that is over, or another interview.
async fn outside(guest: Guest, Query(query): Query) -> Result<HttpResponse> {
    guest.frame().page("seat/outside.html", &OutsidePage { left: query.has("left") })
}

async fn show(guest: Guest, secret: Path<String>, Query(query): Query) -> Result<HttpResponse> {
    match open(&guest, &secret).await {
        Ok((found, _)) => door(&guest, StatusCode::OK, &found, &secret, Form::default(), query.has("asked")),
        Err(Error::NotFound) => over(&guest),
        Err(error) => Err(error),
    }
}

/// Sends a code. Not by opening the link: what looks at links in letters before a person does would flood the mailbox.
async fn ask_code(guest: Guest, secret: Path<String>) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    let (found, mut conn) = match open(&guest, &secret).await {
        Ok(opened) => opened,
        Err(Error::NotFound) => return over(&guest),
        Err(error) => return Err(error),
    };
    let asked = match guest.0.take(&shared.password_reset_limit, &account(&found), &found.member.email) {
        Ok(()) => seat_link::ask_code(&mut conn, &found, &shared.config.public_url, shared.clock.now()).await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(()) => {
            shared.outbox.wake();
            Ok(see_other(format!("/seats/{secret}?asked")))
        }
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(Fields::default(), error, guest.0.locale)?;
            door(&guest, status, &found, &secret, form, true)
        }
    }
}

async fn enter(guest: Guest, secret: Path<String>, fields: Fields) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    let (found, mut conn) = match open(&guest, &secret).await {
        Ok(opened) => opened,
        Err(Error::NotFound) => return over(&guest),
        Err(error) => return Err(error),
    };
    let attempt = async {
        let mut parser = fields.parser();
        let code = parser.line("code", 40);
        parser.finish()?;
        guest.0.take(&shared.second_step_limit, &account(&found), &found.member.email)?;
        seat_link::enter(&mut conn, &shared.sealing, &found, &code, &guest.0.device(), shared.clock.now()).await
    };
    match attempt.await {
        Ok(session) => session::sit(shared, &session, &format!("/interviews/{}/seat", found.interview.id)),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(Fields::default(), error, guest.0.locale)?;
            door(&guest, status, &found, &secret, form, true)
        }
    }
}

/// The interview, for who is seated in it without an account.
async fn inside(may: Rater, id: Path<InterviewId>, query: Query) -> Result<HttpResponse> {
    if may.signed.at_seat.is_none() {
        return Ok(see_other(format!("/interviews/{id}")));
    }
    let (mut conn, scope) = (may.db().await?, may.scope());
    let planned = interview::find(&mut conn, &scope, *id).await?;
    let mut panel = member::of_panel(&mut conn, &scope, *id).await?;
    let wants_reminders = reminder::wanted(&mut conn, &scope).await?;
    may.locale().sort_by_name(&mut panel, String::as_str);
    let interview = &planned.interview;
    let zone = TimeZone::get(&interview.time_zone).unwrap_or(TimeZone::UTC);
    let starts = interview.starts_at.to_jiff().to_zoned(zone.clone());
    let page = SeatPage {
        id: *id,
        candidate: planned.candidate.name.clone(),
        job: planned.job.full_title(),
        round: planned.round.name.clone(),
        medium: planned.round.medium,
        minutes: interview.minutes,
        year: starts.year().to_string(),
        starts: starts.to_string(),
        ends: interview.ends_at().to_zoned(zone).to_string(),
        zone: interview.time_zone.clone(),
        place: interview.place.clone(),
        panel: panel.join(", "),
        is_scheduled: interview.is_scheduled(),
        wants_reminders,
        done: query.done(DONE),
    };
    may.frame().page("seat/inside.html", &page)
}

/// Whether letters come that remind of this interview and of any other that they do without an account.
async fn change_reminders(may: Rater, id: Path<InterviewId>, fields: Fields) -> Result<HttpResponse> {
    if may.signed.at_seat.is_none() {
        return Ok(see_other("/reminders"));
    }
    reminder::set_wanted(&mut *may.db().await?, &may.scope(), fields.has("on")).await?;
    Ok(see_other(format!("/interviews/{id}/seat?done=reminder-done-own")))
}

/// Ends the session at a seat; the link opens another one.
async fn leave(may: Rater, id: Path<InterviewId>) -> Result<HttpResponse> {
    let Some(session) = may.signed.session.as_ref().filter(|_| may.signed.at_seat.is_some()) else {
        return Ok(see_other(format!("/interviews/{id}")));
    };
    let mut conn = may.db().await?;
    sign_in::end(&mut conn, &may.scope(), &may.actor(), session.id).await?;
    let mut response = see_other("/seats?left");
    session::add(&mut response, session::no_cookie(&may.request.shared.config, session::SEAT))?;
    Ok(response)
}

async fn send_again(may: May<RunJobs>, path: Path<(InterviewId, SeatId)>) -> Result<HttpResponse> {
    let (interview, seat) = path.into_inner();
    let mut conn = may.db().await?;
    seat_link::send_again(&mut conn, &may.scope(), &may.actor(), &sender(&may), interview, seat).await?;
    may.request.shared.outbox.wake();
    Ok(see_other(format!("/interviews/{interview}?done=seat-done-sent")))
}

async fn revoke(may: May<RunJobs>, path: Path<(InterviewId, SeatId)>) -> Result<HttpResponse> {
    let (interview, seat) = path.into_inner();
    let mut conn = may.db().await?;
    seat_link::revoke(&mut conn, &may.scope(), &may.actor(), interview, seat).await?;
    Ok(see_other(format!("/interviews/{interview}?done=seat-done-revoked")))
}

/// What the link leads to, and a connection for its organisation.
async fn open(guest: &Guest, secret: &str) -> Result<(Found, Pooled)> {
    let hash = seat_link::hash(secret)?;
    let (org, id) = links::named(&mut *guest.db().await?, &hash).await?;
    let mut conn = guest.db_of(org).await?;
    let found = seat_link::open(&mut conn, org, id, guest.0.shared.clock.now()).await?;
    Ok((found, conn))
}

/// By which tries are counted.
fn account(found: &Found) -> String {
    format!("seat {}", found.seat.id)
}

fn door(
    guest: &Guest,
    status: StatusCode,
    found: &Found,
    secret: &str,
    form: Form,
    asked: bool,
) -> Result<HttpResponse> {
    let page = DoorPage {
        form,
        organisation: found.organisation.name.clone(),
        name: found.member.name.clone(),
        email: masked(&found.member.email),
        secret: secret.to_owned(),
        asked,
    };
    guest.frame().page_with(status, "seat/door.html", &page)
}

/// The same answer for every link that does not work: it tells nothing about whether there ever was one.
fn over(guest: &Guest) -> Result<HttpResponse> {
    guest.frame().page_with(StatusCode::GONE, "seat/over.html", &OverPage {})
}
