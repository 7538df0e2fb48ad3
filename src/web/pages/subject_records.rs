//! A person's own record: looked through by HR, printed, or taken away for other programs.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Path, ServiceConfig, get, post},
};
use diesel_async::AsyncConnection;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    domain::{id::CandidateId, policy::ExportRecords, trail},
    error::{Error, Result},
    store::event::{self, Entry},
    usecases::{
        candidate,
        subject_record::{self, SubjectRecord},
    },
    web::who::{Confirmed, May},
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/candidates/{id}/record", get().to(show)).route("/candidates/{id}/record/exports", post().to(export));
}

#[derive(Serialize)]
struct RecordPage {
    id: CandidateId,
    record: SubjectRecord,
}

async fn show(may: May<ExportRecords>, id: Path<CandidateId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let record = subject_record::of(&mut conn, &may.scope(), *id, may.locale()).await?;
    candidate::viewed(&mut conn, &may.actor(), *id, record.scorecards()).await?;
    drop(conn);
    may.frame().page("erasure/record.html", &RecordPage { id: *id, record })
}

async fn export(may: Confirmed<ExportRecords>, id: Path<CandidateId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let record = subject_record::of(&mut conn, &may.scope(), *id, may.locale()).await?;
    let text = serde_json::to_string_pretty(&record).map_err(|error| Error::Bug(error.into()))?;
    let entry = Entry::new("candidate.taken", id.0)
        .with(json!({ "form": "json", "sha256": trail::hex(&Sha256::digest(&text)) }));
    conn.transaction(async |conn| event::append(conn, &may.actor(), entry).await).await?;
    let name = format!("attachment; filename=\"attune-own-record-{}.json\"", may.now().strftime("%Y-%m-%d"));
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(text))
}
