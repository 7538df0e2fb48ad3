//! The pages, as a browser without script meets them.

mod accounts;
mod records;
mod sign_in;
