//! The pages, one file per noun. Each file lists its own routes.

mod health;
mod letters;
mod mailbox;
mod sign_in;
mod today;

use actix_web::web::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    config
        .configure(health::routes)
        .configure(letters::routes)
        .configure(mailbox::routes)
        .configure(sign_in::routes)
        .configure(today::routes);
}
