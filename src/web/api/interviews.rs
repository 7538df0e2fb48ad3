//! Interviews and their panels.

use actix_web::{HttpResponse, web::Path};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::Body,
    created,
    document::{Reading, Writing},
    page::{Page, Paging, Params},
};
use crate::{
    domain::{
        id::{ApplicationId, CandidateId, InterviewId, JobId, MemberId, RoundId},
        interview_time::Fold,
        policy::{RunJobs, SeeJobs},
    },
    error::{Complaint, Error, Message, Result},
    store::{
        self,
        interview::{Filter, InterviewState, Seat},
    },
    usecases::interview::{self, Outcome, Plan},
    web::{
        forms::{Fields, Query},
        pages::{interview_form, interviews::sender},
        who::May,
    },
};

/// An application in a round, at a time, with a panel.
#[derive(Serialize, ToSchema)]
pub struct Interview {
    id: InterviewId,
    application: ApplicationId,
    job: JobId,
    candidate: CandidateId,
    round: RoundId,
    state: InterviewState,
    starts_at: Timestamp,
    /// The IANA zone in which it was planned.
    time_zone: String,
    minutes: i32,
    place: String,
    /// Who interviews.
    panel: Vec<MemberId>,
    /// Counts the changes; whoever changes it gives the one that they saw.
    sequence: i32,
    created_at: Timestamp,
    /// Why it was cancelled; `null` while it stands.
    cancel_reason: Option<String>,
}

/// An interview to schedule.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInterview {
    application: ApplicationId,
    /// A round of the application's job.
    round: RoundId,
    starts_at: Timestamp,
    /// An IANA zone, as `Europe/Stockholm`; the organisation's, when it is left out.
    time_zone: Option<String>,
    /// 5 to 480; the round's, when it is left out.
    #[schema(minimum = 5, maximum = 480)]
    minutes: Option<u16>,
    #[serde(default)]
    #[schema(max_length = 400)]
    place: String,
    /// With those of `outside`, 1 to 12.
    #[serde(default)]
    #[schema(max_items = 12)]
    panel: Vec<MemberId>,
    /// Interviewers without an account: each gets a link to their seat. An address that is known stands for whose it is.
    #[serde(default)]
    #[schema(max_items = 12)]
    outside: Vec<Outsider>,
    /// Go ahead although somebody is busy then or the candidate has an interview in this round.
    #[serde(default)]
    anyway: bool,
}

/// An interview as it is to be from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InterviewChange {
    /// The one of the interview as it was read.
    sequence: i32,
    starts_at: Timestamp,
    /// An IANA zone, as `Europe/Stockholm`; the one it had, when it is left out.
    time_zone: Option<String>,
    /// 5 to 480; as long as it was, when it is left out.
    #[schema(minimum = 5, maximum = 480)]
    minutes: Option<u16>,
    #[serde(default)]
    #[schema(max_length = 400)]
    place: String,
    /// With those of `outside`, 1 to 12.
    #[serde(default)]
    #[schema(max_items = 12)]
    panel: Vec<MemberId>,
    /// Interviewers without an account: each gets a link to their seat. An address that is known stands for whose it is.
    #[serde(default)]
    #[schema(max_items = 12)]
    outside: Vec<Outsider>,
    /// Go ahead although somebody is busy then.
    #[serde(default)]
    anyway: bool,
}

/// Somebody who interviews without an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Outsider {
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(format = "email", max_length = 254)]
    email: String,
}

/// Why an interview does not take place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// The panel reads it.
    #[schema(min_length = 1, max_length = 400)]
    reason: String,
}

/// When, where and with whom, as a body says it.
struct Wish {
    starts_at: Timestamp,
    time_zone: String,
    minutes: Option<u16>,
    place: String,
    panel: Vec<MemberId>,
    outside: Vec<Outsider>,
    anyway: bool,
}

impl Wish {
    /// Read as the form of the page reads it: a date and a time on the clocks of a zone.
    fn read(self, usual_minutes: i32, now: Timestamp) -> Result<Plan> {
        let zone = self.time_zone;
        let Ok(known) = TimeZone::get(&zone) else { return Err(Error::invalid("time_zone", "form-not-a-choice")) };
        let local = self.starts_at.to_zoned(known.clone());
        let is_later = known.to_ambiguous_zoned(local.datetime()).later().is_ok_and(|later| later == local);
        let fold = if is_later { Fold::Later } else { Fold::Earlier };
        let mut pairs = vec![
            ("date", local.date().to_string()),
            ("time", local.time().to_string()),
            ("fold", fold.to_string()),
            ("time_zone", zone),
            ("minutes", self.minutes.map(|minutes| minutes.to_string()).unwrap_or_default()),
            ("place", self.place),
        ];
        pairs.extend(self.panel.iter().map(|member| ("panel", member.to_string())));
        for outsider in self.outside {
            pairs.extend([("outside_name", outsider.name), ("outside_email", outsider.email)]);
        }
        if self.anyway {
            pairs.push(("anyway", "on".to_owned()));
        }
        let fields = Fields::from_pairs(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
        let renamed = |complaint: Complaint| match complaint.field.as_str() {
            "date" | "time" => Complaint { field: "starts_at".to_owned(), ..complaint },
            _ => complaint,
        };
        interview_form::plan(&fields, Some(usual_minutes), now)
            .result
            .map_err(|complaints| Error::Invalid(complaints.into_iter().map(renamed).collect()))
    }
}

impl Interview {
    fn new(row: store::interview::Interview, application: &store::application::Application, seats: &[Seat]) -> Self {
        Interview {
            panel: seats.iter().filter(|seat| seat.interview_id == row.id).map(|seat| seat.member_id).collect(),
            id: row.id,
            application: application.id,
            job: application.job_id,
            candidate: application.candidate_id,
            round: row.round_id,
            state: row.state,
            starts_at: row.starts_at.to_jiff(),
            time_zone: row.time_zone,
            minutes: row.minutes,
            place: row.place,
            sequence: row.sequence,
            created_at: row.created_at.to_jiff(),
            cancel_reason: row.cancel_reason,
        }
    }
}

/// The interviews that the member sees, oldest first by when they were scheduled.
#[utoipa::path(
    get, path = "/api/v1/interviews", tag = "interviews", operation_id = "listInterviews",
    params(
        ("job" = Option<JobId>, Query, description = "Only of this job"),
        ("application" = Option<ApplicationId>, Query, description = "Only of this application"),
        Paging,
    ),
    responses((status = 200, description = "A page of interviews", body = Page<Interview>), Reading)
)]
pub async fn list(may: May<SeeJobs>, query: Query) -> Result<HttpResponse> {
    let mut params = Params::new(&query, &["job", "application"]);
    let filter = Filter { job: params.optional("job"), application: params.optional("application") };
    let wanted = params.wanted::<InterviewId>();
    params.finish()?;
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let found = store::interview::page(&mut conn, &scope, filter, wanted.after, wanted.limit).await?;
    let ids: Vec<InterviewId> = found.items.iter().map(|(interview, _)| interview.id).collect();
    let seats = store::interview::seats_of(&mut conn, &scope, &ids).await?;
    let items = found.items.into_iter().map(|(row, application)| Interview::new(row, &application, &seats)).collect();
    Page::<Interview>::answer(&may.request.path, &query, items, found.next)
}

/// An interview.
#[utoipa::path(
    get, path = "/api/v1/interviews/{id}", tag = "interviews", operation_id = "getInterview",
    params(("id" = InterviewId, Path, description = "The interview")),
    responses((status = 200, description = "The interview", body = Interview), Reading)
)]
pub async fn show(may: May<SeeJobs>, id: Path<InterviewId>) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(load(&may, *id).await?))
}

async fn load<P>(may: &May<P>, id: InterviewId) -> Result<Interview> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let found = store::interview::find(&mut conn, &scope, id).await?;
    let seats = store::interview::seats(&mut conn, &scope, id).await?;
    Ok(Interview::new(found.interview, &found.application, &seats))
}

/// Schedules an interview; the panel gets letters with a calendar file. The first one of a job fixes its plan.
#[utoipa::path(
    post, path = "/api/v1/interviews", tag = "interviews", operation_id = "scheduleInterview",
    request_body = NewInterview,
    responses(
        (status = 201, description = "The interview", body = Interview, headers(("Location" = String))),
        Writing,
    )
)]
pub async fn schedule(may: May<RunJobs>, Body(new): Body<NewInterview>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let (application, _) = store::application::find(&mut conn, &scope, new.application).await?;
    let rounds = store::round::of_job(&mut conn, &scope, application.job_id).await?;
    let round =
        rounds.iter().find(|round| round.id == new.round).ok_or(Error::invalid("round", "form-not-a-choice"))?;
    let wish = Wish {
        starts_at: new.starts_at,
        time_zone: new.time_zone.unwrap_or_else(|| may.signed.organisation.time_zone.clone()),
        minutes: new.minutes,
        place: new.place,
        panel: new.panel,
        outside: new.outside,
        anyway: new.anyway,
    };
    let plan = wish.read(round.minutes, may.now())?;
    let outcome =
        interview::schedule(&mut conn, &scope, &may.actor(), &sender(&may), new.application, new.round, &plan).await?;
    drop(conn);
    let id = done(&may, &plan, outcome)?;
    Ok(created("interviews", id, &load(&may, id).await?))
}

/// Gives an interview another time, length, place or panel; everybody concerned gets a letter.
#[utoipa::path(
    put, path = "/api/v1/interviews/{id}", tag = "interviews", operation_id = "changeInterview",
    request_body = InterviewChange,
    params(("id" = InterviewId, Path, description = "The interview")),
    responses((status = 200, description = "The interview as it is now", body = Interview), Writing)
)]
pub async fn change(
    may: May<RunJobs>,
    id: Path<InterviewId>,
    Body(change): Body<InterviewChange>,
) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let found = store::interview::find(&mut conn, &scope, *id).await?;
    let wish = Wish {
        starts_at: change.starts_at,
        time_zone: change.time_zone.unwrap_or(found.interview.time_zone),
        minutes: change.minutes,
        place: change.place,
        panel: change.panel,
        outside: change.outside,
        anyway: change.anyway,
    };
    let plan = wish.read(found.interview.minutes, may.now())?;
    let outcome =
        interview::change(&mut conn, &scope, &may.actor(), &sender(&may), *id, change.sequence, &plan).await?;
    drop(conn);
    done(&may, &plan, outcome)?;
    Ok(HttpResponse::Ok().json(load(&may, *id).await?))
}

/// Cancels an interview; its panel gets a letter with the reason.
#[utoipa::path(
    post, path = "/api/v1/interviews/{id}/cancellation", tag = "interviews", operation_id = "cancelInterview",
    request_body = Cancellation,
    params(("id" = InterviewId, Path, description = "The interview")),
    responses((status = 200, description = "The cancelled interview", body = Interview), Writing)
)]
pub async fn cancel(
    may: May<RunJobs>,
    id: Path<InterviewId>,
    Body(cancellation): Body<Cancellation>,
) -> Result<HttpResponse> {
    let fields = Fields::from_pairs(vec![("reason".to_owned(), cancellation.reason)]);
    let mut parser = fields.parser();
    let reason = parser.line("reason", 400);
    parser.finish()?;
    let mut conn = may.db().await?;
    interview::cancel(&mut conn, &may.scope(), &may.actor(), &sender(&may), *id, &reason).await?;
    drop(conn);
    may.request.shared.outbox.wake();
    Ok(HttpResponse::Ok().json(load(&may, *id).await?))
}

/// The interview, once its letters are on their way; doubts are refused until the caller says `anyway`.
fn done(may: &May<RunJobs>, plan: &Plan, outcome: Outcome) -> Result<InterviewId> {
    match outcome {
        Outcome::Done(id) => {
            may.request.shared.outbox.wake();
            Ok(id)
        }
        Outcome::Doubts(doubts) => {
            let said: Vec<String> =
                doubts.iter().map(|doubt| interview_form::say(doubt, plan.starts.time_zone(), may.locale())).collect();
            Err(Error::Refused(Message::new("api-interview-doubts").with("doubts", said.join(" "))))
        }
    }
}
