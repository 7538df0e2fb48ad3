//! Erasing people: those whose records are due, looked through before anything goes, and one who asks for it.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    domain::{id::CandidateId, policy::EraseRecords},
    error::{Error, Message, Result},
    store::erasure::Kept,
    usecases::erasure::{self, Reason},
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::{Confirmed, May},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/records/due", get().to(due))
        .route("/records/due", post().to(erase_due))
        .route("/candidates/{id}/erasure", get().to(confirm))
        .route("/candidates/{id}/erasure", post().to(erase));
}

/// So many are shown, and erased at once, at most.
const MOST: usize = 100;

#[derive(Serialize)]
struct DuePage {
    months: i16,
    due: Vec<Line>,
    /// How many of them nothing keeps.
    free: usize,
    is_all: bool,
    done: Option<String>,
    form: Form,
}

#[derive(Serialize)]
struct Line {
    id: CandidateId,
    name: String,
    jobs: Vec<String>,
    ended_at: Option<Timestamp>,
    scorecards: i64,
    open_seats: i64,
    held: Vec<String>,
    can_be_erased: bool,
}

impl From<Kept> for Line {
    fn from(kept: Kept) -> Line {
        Line {
            can_be_erased: kept.can_be_erased(),
            id: kept.id,
            name: kept.name,
            jobs: kept.jobs,
            ended_at: kept.ended_at.to_jiff(),
            scorecards: kept.scorecards,
            open_seats: kept.open_seats,
            held: kept.held,
        }
    }
}

async fn due(may: May<EraseRecords>, Query(query): Query) -> Result<HttpResponse> {
    let done = query.get("erased").parse::<u32>().ok();
    let done = done.map(|count| may.locale().say("erasure-done", &[("count", count.into())]));
    due_page(&may, StatusCode::OK, done, Form::default()).await
}

async fn due_page(
    may: &May<EraseRecords>,
    status: StatusCode,
    done: Option<String>,
    form: Form,
) -> Result<HttpResponse> {
    let (organisation, mut kept) = erasure::due(&mut *may.db().await?, &may.scope(), may.now(), MOST + 1).await?;
    let is_all = kept.len() <= MOST;
    kept.truncate(MOST);
    let due: Vec<Line> = kept.into_iter().map(Line::from).collect();
    let free = due.iter().filter(|line| line.can_be_erased).count();
    let page = DuePage { months: organisation.retention_months, due, free, is_all, done, form };
    may.frame().page_with(status, "erasure/due.html", &page)
}

/// Erases the ticked ones, each in a transaction of its own: what was erased before one is refused stays erased.
async fn erase_due(may: Confirmed<EraseRecords>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let chosen: Vec<CandidateId> = parser.each("candidates");
        if chosen.is_empty() || chosen.len() > MOST {
            parser.complain("candidates", Message::new("erasure-nobody"));
        }
        if !parser.ticked("sure") {
            parser.complain("sure", Message::new("erasure-unsure"));
        }
        parser.finish()?;
        let mut conn = may.db().await?;
        for id in &chosen {
            erasure::erase(&mut conn, &may.scope(), &may.actor(), *id, Reason::Retention).await?;
        }
        Ok(chosen.len())
    };
    match attempt.await {
        Ok(count) => Ok(see_other(format!("/records/due?erased={count}"))),
        Err(error @ Error::Invalid(_)) => {
            let form = Form::again(fields, error, may.locale())?;
            due_page(&may, StatusCode::UNPROCESSABLE_ENTITY, None, form).await
        }
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct ErasurePage {
    person: Line,
    form: Form,
}

async fn confirm(may: May<EraseRecords>, id: Path<CandidateId>) -> Result<HttpResponse> {
    confirm_page(&may, *id, StatusCode::OK, Form::default()).await
}

async fn confirm_page(
    may: &May<EraseRecords>,
    id: CandidateId,
    status: StatusCode,
    form: Form,
) -> Result<HttpResponse> {
    let kept = erasure::find(&mut *may.db().await?, &may.scope(), id).await?;
    may.frame().page_with(status, "erasure/candidate.html", &ErasurePage { person: kept.into(), form })
}

async fn erase(may: Confirmed<EraseRecords>, id: Path<CandidateId>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        if !parser.ticked("sure") {
            parser.complain("sure", Message::new("erasure-unsure"));
        }
        parser.finish()?;
        erasure::erase(&mut *may.db().await?, &may.scope(), &may.actor(), *id, Reason::Request).await
    };
    match attempt.await {
        Ok(()) => Ok(see_other(format!("/candidates/{id}"))),
        Err(error @ Error::Invalid(_)) => {
            let form = Form::again(fields, error, may.locale())?;
            confirm_page(&may, *id, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
        Err(error) => Err(error),
    }
}
