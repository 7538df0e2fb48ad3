//! The pages, as a browser without script meets them.

mod accounts;
mod records;
mod jobs;
mod kit;
mod sign_in;
mod today;
