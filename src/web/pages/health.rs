//! For load balancers: does the process live, and can it serve.

use actix_web::{
    HttpResponse,
    web::{ServiceConfig, get},
};
use diesel_async::RunQueryDsl;

use crate::{error::Result, web::who::Anyone};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/health/live", get().to(live)).route("/health/ready", get().to(ready));
}

async fn live(_: Anyone) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(r#"{"status":"live"}"#)
}

async fn ready(who: Anyone) -> Result<HttpResponse> {
    let mut conn = who.db().await?;
    diesel::sql_query("SELECT 1").execute(&mut conn).await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(r#"{"status":"ready"}"#))
}
