//! The kinds of letters: one file each, holding only what that letter shows.

pub mod account_notice;
pub mod debrief_opened;
pub mod interview;
pub mod invitation;
pub mod paper_entered;
pub mod password_reset;
pub mod reminder;
pub mod seat;
pub mod summary;
