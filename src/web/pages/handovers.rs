//! What I had written in seats that went to somebody else: mine to read, and nobody else's.

use actix_web::{
    HttpResponse,
    web::{ServiceConfig, get},
};
use serde::Serialize;
use serde_json::Value;

use crate::{domain::policy::Score, error::Result, store::handover, web::who::May};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/handovers", get().to(list));
}

#[derive(Serialize)]
struct HandoversPage {
    left: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    candidate: String,
    about: String,
    at: String,
    draft: Option<Value>,
}

async fn list(may: May<Score>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let rows = handover::own(&mut conn, &may.scope()).await?.into_iter().map(|left| Row {
        candidate: left.candidate,
        about: format!("{} · {}", left.job, left.round),
        at: left.at.to_jiff().to_string(),
        draft: left.draft,
    });
    may.frame().page("handover/list.html", &HandoversPage { left: rows.collect() })
}
