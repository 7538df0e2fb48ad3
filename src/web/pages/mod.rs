//! The pages, one file per noun. Each file lists its own routes.

mod account;
mod api_tokens;
mod candidate_imports;
mod candidate_page;
mod candidates;
mod events;
mod health;
mod interview_form;
mod interview_state;
mod interviews;
mod invitations;
mod job_draft;
mod job_form;
mod job_grid;
mod jobs;
mod kit;
mod letters;
mod mailbox;
mod members;
mod password_resets;
mod records;
mod scorecards;
mod sessions;
mod settings;
mod sign_in;
mod today;

use actix_web::web::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    config
        .configure(account::routes)
        .configure(api_tokens::routes)
        .configure(events::routes)
        .configure(candidate_imports::routes)
        .configure(candidates::routes)
        .configure(health::routes)
        .configure(interviews::routes)
        .configure(invitations::routes)
        .configure(job_form::routes)
        .configure(jobs::routes)
        .configure(letters::routes)
        .configure(mailbox::routes)
        .configure(members::routes)
        .configure(password_resets::routes)
        .configure(sessions::routes)
        .configure(settings::routes)
        .configure(records::routes)
        .configure(sign_in::routes)
        .configure(today::routes);
    config
        .configure(health::routes)
        .configure(kit::routes)
        .configure(scorecards::routes)
        .configure(sign_in::routes)
        .configure(today::routes);
}
