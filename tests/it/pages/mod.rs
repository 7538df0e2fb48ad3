//! The pages, as a browser without script meets them.

mod accounts;
mod jobs;
mod kit;
mod records;
mod sign_in;
mod today;
