//! The pages, as a browser without script meets them.

mod accounts;
mod sign_in;
