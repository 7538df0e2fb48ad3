//! Records: what there is to export, and who took what.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Bytes, ServiceConfig, get, post},
};
use futures_util::stream;
use serde::Serialize;

use super::events::{Line, lines};
use crate::{
    domain::{id::JobId, policy::ExportRecords},
    error::{Error, Message, Result},
    exports::Form as FileForm,
    store::{
        Pooled, event,
        record::{self, Filter, JobCount},
    },
    usecases::record::Export,
    web::{
        download::{Place, streamed},
        forms::{Fields, Form, Query},
        who::{Confirmed, May},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/records", get().to(show)).route("/records/exports", post().to(export));
}

const RECENT: i64 = 10;

#[derive(Serialize)]
struct RecordsPage {
    form: Form,
    scorecards: i64,
    jobs: Vec<Row>,
    exports: Vec<Line>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    open: bool,
    scorecards: i64,
}

async fn show(may: May<ExportRecords>, Query(query): Query) -> Result<HttpResponse> {
    let chosen = query.get("job").to_owned();
    let form = Form::filled([("job", chosen), ("form", FileForm::Long.to_string())]);
    page(&may, form, actix_web::http::StatusCode::OK).await
}

async fn page(may: &May<ExportRecords>, form: Form, status: actix_web::http::StatusCode) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let scope = may.scope();
    let jobs = record::jobs(&mut conn, &scope).await?;
    let exports = event::named(&mut conn, &scope, Some("record"), None, RECENT).await?.items;
    let page = RecordsPage {
        form,
        scorecards: jobs.iter().map(|job| job.scorecards).sum(),
        jobs: jobs.iter().map(Row::from).collect(),
        exports: lines(exports, may.locale()),
    };
    may.frame().page_with(status, "records/show.html", &page)
}

impl From<&JobCount> for Row {
    fn from(count: &JobCount) -> Row {
        Row {
            id: count.job.id.to_string(),
            title: count.job.full_title(),
            open: count.job.is_open(),
            scorecards: count.scorecards,
        }
    }
}

async fn export(may: Confirmed<ExportRecords>, fields: Fields) -> Result<HttpResponse> {
    let (filter, form) = match asked(&fields) {
        Ok(asked) => asked,
        Err(error) => {
            let form = Form::again(fields, error, may.locale())?;
            return page(&may, form, actix_web::http::StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let place = may.request.shared.downloads.take().await?;
    let mut conn = may.db().await?;
    let export = Export::begin(&mut conn, may.scope(), may.actor(), filter, form).await?;
    let name = format!(
        "attune-{}-{form}-{}.csv",
        if filter.job.is_some() { "job" } else { "records" },
        may.now().strftime("%Y-%m-%d")
    );
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8; header=present")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(streamed(pieces(export, conn, place))))
}

fn asked(fields: &Fields) -> Result<(Filter, FileForm)> {
    let mut parser = fields.parser();
    let job: Option<JobId> = if fields.get("job").is_empty() { None } else { parser.parsed("job") };
    let form = parser.parsed("form");
    if form == Some(FileForm::Comparison) && fields.get("job").is_empty() {
        parser.complain("job", Message::new("record-comparison-job"));
    }
    parser.finish()?;
    Ok((Filter { job }, form.ok_or(Error::NotFound)?))
}

/// The file as a stream. It begins with a byte order mark, without which spreadsheets misread letters such as å.
fn pieces(export: Export, conn: Pooled, place: Place) -> impl futures_util::Stream<Item = Result<Bytes>> {
    let state = (export, conn, place, true);
    stream::try_unfold(state, |(mut export, mut conn, place, first)| async move {
        let Some(piece) = export.next(&mut conn).await? else { return Ok(None) };
        let bytes = if first { ["\u{feff}".as_bytes(), &piece].concat() } else { piece };
        Ok(Some((Bytes::from(bytes), (export, conn, place, false))))
    })
}
