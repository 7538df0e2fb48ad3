//! `/api/v1`, for other systems: the same use cases as the pages, as JSON, for the member whose token is shown.

pub(super) mod body;
pub mod document;
mod page;
mod schemas;
pub mod token;

pub mod applications;
pub mod candidates;
pub mod comparisons;
pub mod completion;
pub mod debriefs;
pub mod decisions;
pub mod interviews;
pub mod jobs;
pub mod members;
pub mod records;
pub mod rubrics;
pub mod scorecard_writes;
pub mod scorecards;

use std::fmt::Display;

use actix_web::{
    HttpResponse,
    http::header,
    web::{self, ServiceConfig},
};
use serde::Serialize;
use utoipa::OpenApi;

use crate::exports::Form;

/// Where the API is.
pub const BASE: &str = "/api/v1";

/// Makes the routes and the list of what the document describes out of one table.
macro_rules! api {
    ($($path:literal { $($method:ident $noun:ident::$handler:ident),+ $(,)? })+) => {
        /// Every route below [`BASE`]: path and methods.
        pub const ROUTES: &[(&str, &[&str])] = &[$(($path, &[$(stringify!($method)),+])),+];

        fn table(config: &mut ServiceConfig) {
            $(config.service(
                web::resource($path)
                    $(.route(web::$method().to($noun::$handler)))+
                    .default_service(web::to(async || not_allowed(&[$(stringify!($method)),+]))),
            );)+
        }

        #[derive(OpenApi)]
        #[openapi(paths($($($noun::$handler),+),+), components(schemas(document::Problem, Form)))]
        struct Described;
    };
}

api! {
    "/openapi.json" { get document::show }
    "/members" { get members::list }
    "/rubrics" { get rubrics::list }
    "/rubrics/{id}" { get rubrics::show }
    "/rubrics/{id}/versions/{version}" { get rubrics::show_version }
    "/jobs" { get jobs::list, post jobs::open }
    "/jobs/{id}" { get jobs::show, patch jobs::change }
    "/jobs/{id}/closure" { post jobs::close, delete jobs::reopen }
    "/jobs/{id}/rounds" { get jobs::list_rounds }
    "/jobs/{id}/completion" { get completion::show }
    "/jobs/{id}/comparison" { get comparisons::show }
    "/jobs/{id}/debriefs" { get debriefs::list }
    "/debriefs" { post debriefs::open }
    "/debriefs/{id}" { get debriefs::show }
    "/debriefs/{id}/scorecards/{scorecard}/ratings/{dimension}" { put debriefs::rate }
    "/debriefs/{id}/closure" { post debriefs::close }
    "/jobs/{id}/decisions" { get decisions::list }
    "/decisions" { post decisions::record }
    "/decisions/{id}/recomputation" { get decisions::recomputation }
    "/candidates" { get candidates::list, post candidates::add }
    "/candidates/{id}" { get candidates::show, put candidates::change }
    "/applications" { get applications::list, post applications::add }
    "/applications/{id}" { get applications::show }
    "/interviews" { get interviews::list, post interviews::schedule }
    "/interviews/{id}" { get interviews::show, put interviews::change }
    "/interviews/{id}/cancellation" { post interviews::cancel }
    "/scorecards" { get scorecards::list, post scorecard_writes::open }
    "/scorecards/{id}" { get scorecards::show }
    "/scorecards/{id}/ratings/{dimension}" { put scorecard_writes::rate }
    "/scorecards/{id}/recommendation" { put scorecard_writes::recommend }
    "/scorecards/{id}/submission" { post scorecard_writes::submit }
    "/scorecards/{id}/amendments" { post scorecard_writes::amend }
    "/records" { get records::list }
    "/records.csv" { get records::export }
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::scope(BASE).configure(table));
}

pub(super) fn not_allowed(methods: &[&str]) -> HttpResponse {
    let allowed = methods.join(", ").to_uppercase();
    HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, allowed)).finish()
}

/// What was made, and where it can be read.
fn created<T: Serialize>(noun: &str, id: impl Display, made: &T) -> HttpResponse {
    HttpResponse::Created().insert_header((header::LOCATION, format!("{BASE}/{noun}/{id}"))).json(made)
}
