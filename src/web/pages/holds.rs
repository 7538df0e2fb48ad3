//! The legal hold of a job: while it is on, nobody of the job is erased.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::{id::JobId, policy::EraseRecords},
    error::{Error, Message, Result},
    store::{self, erasure::Hold},
    usecases::erasure,
    web::{
        forms::{Fields, Form},
        view::see_other,
        who::{Confirmed, May},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/jobs/{id}/hold", get().to(show))
        .route("/jobs/{id}/hold", post().to(lay))
        .route("/jobs/{id}/hold/lifting", post().to(lift));
}

#[derive(Serialize)]
struct HoldPage {
    id: JobId,
    title: String,
    hold: Option<Hold>,
    form: Form,
}

async fn show(may: May<EraseRecords>, id: Path<JobId>) -> Result<HttpResponse> {
    page(&may, *id, StatusCode::OK, Form::default()).await
}

async fn page(may: &May<EraseRecords>, id: JobId, status: StatusCode, form: Form) -> Result<HttpResponse> {
    let (title, hold) = store::erasure::hold(&mut *may.db().await?, &may.scope(), id).await?;
    may.frame().page_with(status, "erasure/hold.html", &HoldPage { id, title, hold, form })
}

async fn lay(may: May<EraseRecords>, id: Path<JobId>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let reason = parser.text("reason", 1000);
        if reason.is_empty() {
            parser.complain("reason", Message::new("form-required"));
        }
        parser.finish()?;
        erasure::lay_hold(&mut *may.db().await?, &may.scope(), &may.actor(), *id, &reason).await
    };
    match attempt.await {
        Ok(()) => Ok(see_other(format!("/jobs/{id}/hold"))),
        Err(error @ Error::Invalid(_)) => {
            let form = Form::again(fields, error, may.locale())?;
            page(&may, *id, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
        Err(error) => Err(error),
    }
}

/// After a confirmation, like everything that lets records be erased.
async fn lift(may: Confirmed<EraseRecords>, id: Path<JobId>) -> Result<HttpResponse> {
    erasure::lift_hold(&mut *may.db().await?, &may.scope(), &may.actor(), *id).await?;
    Ok(see_other(format!("/jobs/{id}/hold")))
}
