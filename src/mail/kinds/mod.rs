//! The kinds of letters: one file each, holding only what that letter shows.

pub mod account_notice;
pub mod interview;
pub mod invitation;
pub mod password_reset;
pub mod reminder;
pub mod summary;
