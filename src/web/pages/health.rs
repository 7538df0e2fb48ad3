//! For load balancers: does the process live, and can it serve.

use actix_web::{
    HttpResponse,
    web::{ServiceConfig, get},
};

use crate::{error::Result, web::who::Anyone};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/health/live", get().to(live)).route("/health/ready", get().to(ready));
}

async fn live(_: Anyone) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(r#"{"status":"live"}"#)
}

async fn ready(who: Anyone) -> Result<HttpResponse> {
    // A connection that leaves the pool has just answered.
    drop(who.db().await?);
    Ok(HttpResponse::Ok().content_type("application/json").body(r#"{"status":"ready"}"#))
}
