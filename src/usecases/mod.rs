//! What a person does when it has consequences; one transaction each.

pub mod account;
pub mod account_letter;
pub mod api_token;
pub mod candidate;
pub mod candidate_import;
pub mod comparison;
pub mod decision;
pub mod demo;
pub mod interview;
mod interview_letter;
pub mod invitation;
pub mod job;
pub mod letter;
pub mod member;
pub mod organisation;
pub mod password;
pub mod password_reset;
pub mod record;
pub mod reminder;
pub mod rubric;
pub mod scorecard;
pub mod secret_link;
pub mod sign_in;
pub mod summary;
