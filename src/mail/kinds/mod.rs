//! The kinds of letters: one file each, holding only what that letter shows.

pub mod account_notice;
pub mod interview;
pub mod invitation;
pub mod password_reset;
pub mod scorecard_due;
pub mod summary;
