//! The pages, as a browser without script meets them.

mod accounts;
mod candidate_imports;
mod candidates;
mod interviews;
mod jobs;
mod kit;
mod records;
mod sign_in;
mod today;
