//! The few things that can go wrong, in our words. No HTTP here: `web::failure` gives them a status and a page.

use crate::i18n::{FluentValue, Locale};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or this member must not know that it does.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("not signed in")]
    SignIn,
    /// Signed in and allowed, and asked to show once more who one is.
    #[error("to be confirmed")]
    Confirm,
    /// Signed in and allowed, in an organisation that asks for a second factor, which was not shown.
    #[error("without a second factor")]
    SecondFactor,
    /// Signed in, and not allowed.
    #[error("not allowed")]
    Forbidden,
    /// What was given cannot be taken; each complaint names its field.
    #[error("invalid input: {0:?}")]
    Invalid(Vec<Complaint>),
    /// Well-formed, but the state of things does not allow it.
    #[error("refused: {}", .0.key)]
    Refused(Message),
    /// The same caller asked too often; how many seconds to wait.
    #[error("too often")]
    TooOften { seconds: u64 },
    /// Too much at once; trying again later will do.
    #[error("busy")]
    Busy,
    /// Our fault.
    #[error(transparent)]
    Bug(#[from] anyhow::Error),
}

/// A sentence for a person: a key of the catalogues with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

/// A message about one field of a form or a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Complaint {
    /// The field's name in the form or the JSON pointer's last part.
    pub field: String,
    pub message: Message,
}

impl Message {
    pub fn new(key: &'static str) -> Message {
        Message { key, args: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl ToString) -> Message {
        self.args.push((name, value.to_string()));
        self
    }

    /// The sentence in a language. Whole numbers are given as numbers, so that plurals work.
    pub fn say(&self, locale: Locale) -> String {
        let args: Vec<(&str, FluentValue<'_>)> = self
            .args
            .iter()
            .map(|(name, value)| {
                (*name, value.parse::<i64>().map_or_else(|_| FluentValue::from(value.as_str()), FluentValue::from))
            })
            .collect();
        locale.say(self.key, &args)
    }
}

impl Error {
    /// A single complaint about a field.
    pub fn invalid(field: impl Into<String>, key: &'static str) -> Error {
        Error::Invalid(vec![Complaint::new(field, Message::new(key))])
    }

    pub fn refused(key: &'static str) -> Error {
        Error::Refused(Message::new(key))
    }
}

impl Complaint {
    pub fn new(field: impl Into<String>, message: Message) -> Complaint {
        Complaint { field: field.into(), message }
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Error {
        match &error {
            diesel::result::Error::NotFound => Error::NotFound,
            diesel::result::Error::DatabaseError(_, told) if is_away(told.message(), told.hint()) => {
                tracing::error!(%error, "the database cannot serve; has it been stopped, or is its disk full?");
                Error::Busy
            }
            // The database lets nothing be written about somebody who was erased.
            diesel::result::Error::DatabaseError(_, told) if told.constraint_name() == Some("erased") => {
                Error::refused("erasure-done-refused")
            }
            _ => Error::Bug(error.into()),
        }
    }
}

/// Whether the database was stopped, is starting, or has no space: trying again later will do, once somebody saw to it.
fn is_away(message: &str, hint: Option<&str>) -> bool {
    let begins = [
        "connection closed",
        "error communicating with the server",
        "terminating connection",
        "the database system is",
        "canceling statement due to statement timeout",
    ];
    begins.iter().any(|words| message.starts_with(words)) || is_full_disk(message) || hint.is_some_and(is_full_disk)
}

/// Whether Postgres or the system says that there is no space left; it is asked to speak English.
pub fn is_full_disk(text: &str) -> bool {
    ["No space left on device", "Disk quota exceeded", "Check free disk space"].iter().any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_database_and_a_full_disk_are_no_bugs_and_anything_else_is() {
        assert!(is_away("terminating connection due to administrator command", None));
        assert!(is_away("the database system is in recovery mode", None));
        assert!(is_away("could not extend file \"base/5/16607\": No space left on device", None));
        assert!(is_away("could not extend file: wrote only 4096 of 8192 bytes", Some("Check free disk space.")));
        assert!(!is_away("duplicate key value violates unique constraint", Some("Choose another.")));
    }
}
