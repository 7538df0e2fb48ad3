//! The words and rules of structured interviews.

pub mod job_template;
pub mod localized;
pub mod medium;
pub mod rubric;
