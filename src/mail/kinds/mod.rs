//! The kinds of letters: one file each, holding only what that letter shows.

pub mod account_notice;
pub mod debrief_opened;
pub mod interview;
pub mod invitation;
pub mod password_reset;
pub mod reminder;
pub mod summary;
