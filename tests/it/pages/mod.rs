//! The pages, as a browser without script meets them.

mod accounts;
mod candidate_imports;
mod candidates;
mod comparison;
mod completion;
pub mod debriefs;
mod decisions;
mod erasures;
mod factors;
mod interviews;
mod jobs;
mod kit;
mod members;
mod papers;
mod preparations;
mod questions;
mod records;
mod rounds;
mod rubrics;
pub mod seats;
mod second_factor;
pub mod shortlist;
mod sign_in;
mod summaries;
mod today;
mod views;
