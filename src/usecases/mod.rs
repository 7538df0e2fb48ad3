//! What a person does when it has consequences; one transaction each.

pub mod password;
pub mod sign_in;
