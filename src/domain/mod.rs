//! The words and rules of structured interviews: no I/O, no async, no clock.

pub mod candidate;
pub mod candidate_file;
pub mod comparison;
pub mod decision;
pub mod device;
pub mod due;
pub mod email;
pub mod finding;
pub mod halo;
pub mod id;
pub mod interview_plan;
pub mod interview_time;
pub mod job_template;
pub mod letter;
pub mod localized;
pub mod medium;
pub mod password;
pub mod policy;
pub mod rating;
pub mod reminder;
pub mod rubric;
pub mod scorecard;
pub mod secret_link;
pub mod text_enum;
pub mod time_zone;
pub mod token_scope;
