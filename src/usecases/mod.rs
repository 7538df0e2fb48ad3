//! What a person does when it has consequences; one transaction each.

pub mod account;
pub mod account_letter;
pub mod api_token;
pub mod demo;
pub mod invitation;
pub mod job;
pub mod letter;
pub mod member;
pub mod organisation;
pub mod password;
pub mod password_reset;
pub mod record;
pub mod rubric;
pub mod scorecard;
pub mod secret_link;
pub mod sign_in;
