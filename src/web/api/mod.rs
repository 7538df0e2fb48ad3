//! `/api/v1`, for other systems: the same use cases as the pages, as JSON, for the member whose token is shown.

mod body;
pub mod document;
mod page;
mod schema;
pub mod token;

pub mod applications;
pub mod candidates;
pub mod interviews;
pub mod jobs;
pub mod members;
pub mod records;
pub mod rubrics;
pub mod scorecards;

use actix_web::{
    HttpResponse,
    http::header,
    web::{self, ServiceConfig},
};
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
    "/jobs" { get jobs::list }
    "/jobs/{id}" { get jobs::show }
    "/jobs/{id}/rounds" { get jobs::list_rounds }
    "/candidates" { get candidates::list }
    "/candidates/{id}" { get candidates::show }
    "/applications" { get applications::list }
    "/applications/{id}" { get applications::show }
    "/interviews" { get interviews::list }
    "/interviews/{id}" { get interviews::show }
    "/scorecards" { get scorecards::list }
    "/scorecards/{id}" { get scorecards::show }
    "/records" { get records::list }
    "/records.csv" { get records::export }
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::scope(BASE).configure(table));
}

fn not_allowed(methods: &[&str]) -> HttpResponse {
    let allowed = methods.join(", ").to_uppercase();
    HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, allowed)).finish()
}
