//! Today: what waits for me, and nothing else.

use actix_web::{
    HttpResponse,
    web::{ServiceConfig, get},
};
use serde::Serialize;

use crate::{domain::policy::SeeJobs, error::Result, web::who::May};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/", get().to(show));
}

#[derive(Serialize)]
struct TodayPage {}

async fn show(may: May<SeeJobs>) -> Result<HttpResponse> {
    may.frame().page("today/show.html", &TodayPage {})
}
