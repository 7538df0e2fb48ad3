//! The pages, one file per noun. Each file lists its own routes.

mod accommodations;
mod account;
mod api_tokens;
mod candidate_imports;
mod candidate_page;
pub(super) mod candidates;
pub(super) mod comparison;
mod completion;
pub(super) mod confirmations;
pub(super) mod debriefs;
mod decisions;
mod erasures;
mod events;
mod factors;
mod handovers;
mod health;
mod holds;
pub(super) mod interview_form;
mod interview_state;
pub(super) mod interviews;
pub(super) mod job_draft;
mod job_form;
mod job_grid;
mod job_versions;
mod jobs;
mod kit;
mod letters;
mod mailbox;
mod member_factors;
pub(super) mod members;
mod papers;
mod passkeys;
mod password_resets;
mod preparations;
mod questions;
mod records;
mod reminders;
mod rounds;
mod rubrics;
mod scorecards;
mod seats;
mod second_step;
mod secret_links;
mod sessions;
mod settings;
mod sign_in;
mod sign_on;
mod subject_records;
mod summaries;
mod today;

use actix_web::web::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    config
        .configure(accommodations::routes)
        .configure(account::routes)
        .configure(api_tokens::routes)
        .configure(candidate_imports::routes)
        .configure(candidates::routes)
        .configure(comparison::routes)
        .configure(completion::routes)
        .configure(confirmations::routes)
        .configure(debriefs::routes)
        .configure(decisions::routes)
        .configure(erasures::routes)
        .configure(events::routes)
        .configure(factors::routes)
        .configure(handovers::routes)
        .configure(health::routes)
        .configure(holds::routes)
        .configure(interviews::routes)
        .configure(job_form::routes)
        .configure(jobs::routes)
        .configure(kit::routes)
        .configure(letters::routes)
        .configure(mailbox::routes)
        .configure(member_factors::routes)
        .configure(members::routes)
        .configure(papers::routes)
        .configure(passkeys::routes)
        .configure(password_resets::routes)
        .configure(preparations::routes)
        .configure(questions::routes)
        .configure(records::routes)
        .configure(reminders::routes)
        .configure(scorecards::routes)
        .configure(rounds::routes)
        .configure(rubrics::routes)
        .configure(seats::routes)
        .configure(secret_links::routes)
        .configure(sessions::routes)
        .configure(settings::routes)
        .configure(second_step::routes)
        .configure(sign_in::routes)
        .configure(sign_on::routes)
        .configure(subject_records::routes)
        .configure(summaries::routes)
        .configure(today::routes);
}
