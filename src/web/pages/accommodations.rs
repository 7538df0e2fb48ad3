//! The accommodation of an application: written by those who run jobs, read by the panel.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::{
        id::{ApplicationId, CandidateId},
        policy::RunJobs,
    },
    error::Result,
    store::{Conn, application},
    usecases::accommodation,
    web::{
        forms::{Fields, Form},
        view::see_other,
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/applications/{id}/accommodation", get().to(edit))
        .route("/applications/{id}/accommodation", post().to(change));
}

#[derive(Serialize)]
struct EditPage {
    form: Form,
    id: ApplicationId,
    candidate_id: CandidateId,
    candidate: String,
    /// As it is kept; differs from what was read before when somebody else has changed it.
    kept: String,
    is_outdated: bool,
    most: usize,
}

async fn edit(may: May<RunJobs>, id: Path<ApplicationId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    show(&may, &mut conn, *id, StatusCode::OK, None).await
}

async fn change(may: May<RunJobs>, id: Path<ApplicationId>, fields: Fields) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let (_, candidate) = application::find(&mut conn, &may.scope(), *id).await?;
    let mut parser = fields.parser();
    let text = parser.text("accommodation", accommodation::MOST);
    let seen = fields.get("seen").replace("\r\n", "\n");
    let outcome = match parser.finish() {
        Ok(()) => accommodation::change(&mut conn, &may.scope(), &may.actor(), *id, &seen, &text).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(see_other(format!("/candidates/{}?done=candidate-done-changed", candidate.id))),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            show(&may, &mut conn, *id, status, Some(form)).await
        }
    }
}

async fn show(
    may: &May<RunJobs>,
    conn: &mut Conn,
    id: ApplicationId,
    status: StatusCode,
    form: Option<Form>,
) -> Result<HttpResponse> {
    let (_, candidate) = application::find(conn, &may.scope(), id).await?;
    let kept = application::accommodation(conn, &may.scope(), id).await?;
    let is_outdated = form.as_ref().is_some_and(|form| form.typed.get("seen").replace("\r\n", "\n") != kept);
    let page = EditPage {
        form: form.unwrap_or_else(|| Form::filled([("accommodation", kept.clone())])),
        id,
        candidate_id: candidate.id,
        candidate: candidate.name,
        kept,
        is_outdated,
        most: accommodation::MOST,
    };
    may.frame().page_with(status, "accommodation/edit.html", &page)
}
