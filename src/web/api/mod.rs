//! `/api/v1`, for other systems.

pub mod token;

use actix_web::web::ServiceConfig;

pub fn routes(_: &mut ServiceConfig) {}
