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
    /// Signed in, and not allowed.
    #[error("not allowed")]
    Forbidden,
    /// What was given cannot be taken; each complaint names its field.
    #[error("invalid input: {0:?}")]
    Invalid(Vec<Complaint>),
    /// Well-formed, but the state of things does not allow it.
    #[error("refused: {}", .0.key)]
    Refused(Message),
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
        match error {
            diesel::result::Error::NotFound => Error::NotFound,
            other => Error::Bug(other.into()),
        }
    }
}
