//! What is known about a candidate, once it is parsed.

use super::email::EmailAddress;

/// Characters that a name may have.
pub const NAME_MOST: usize = 120;
/// Characters that an address may have.
pub const EMAIL_MOST: usize = 254;
/// Characters that a phone number may have, with its spaces and words such as "ext. 12".
pub const PHONE_MOST: usize = 40;
/// Characters that the note for the panel may have.
pub const NOTE_MOST: usize = 4000;

/// Characters that the pronunciation of a name may have.
pub const PRONUNCIATION_MOST: usize = 120;

/// A candidate as a form or a row of a file describes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateDetails {
    /// 1 to [`NAME_MOST`] characters on one line.
    pub name: String,
    pub email: Option<EmailAddress>,
    pub phone: Option<String>,
    /// What the panel may know; may be empty.
    pub note: String,
    /// How the name is said, in the candidate's own spelling of it; may be empty.
    pub pronunciation: String,
}
