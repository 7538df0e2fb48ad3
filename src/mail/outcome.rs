//! What came of sending a letter, in terms that decide what happens next; never with a name or an address in it.

use std::{fmt, str::FromStr};

use crate::i18n::Locale;

/// What a transport did with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it over.
    Sent,
    /// Refused for now (4xx): this letter again, later.
    Temporary(Reason),
    /// Refused for good (5xx): a person must look.
    Refused(Reason),
    /// No message can be made of it: a person must look.
    Unbuildable(Reason),
    /// The server could not be talked to, whatever the letter: pause the queue. The letter may have arrived all the same,
    /// when the answer to it was lost; sending it again carries the same Message-ID.
    NoAnswer(Reason),
}

/// Why a letter was not sent. `to_string` gives a short code to store, `parse` reads it, [`Reason::say`] tells a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The server's reply code and, if it gave one, the enhanced status code (RFC 3463), such as `550 5.1.1`.
    Answer { code: u16, status: Option<String> },
    /// The server refused our user name or password.
    SignIn,
    /// No answer within the deadline.
    Deadline,
    /// The server could not be reached.
    Unreachable,
    /// The connection broke while talking.
    Dropped,
    /// The server's certificate is not one that we trust, or it speaks no TLS.
    Tls,
    /// The server said something that is not SMTP, or offers nothing that our settings allow.
    Protocol,
    /// This part of the letter cannot be in a mail.
    Invalid(&'static str),
    /// The secret link was not put in.
    SecretMissing,
    /// The folder for letters cannot be written.
    Folder,
}

/// The parts of a letter that can be found invalid.
pub(super) const PARTS: [&str; 6] = ["message_id", "from", "to", "reply_to", "subject", "part"];

impl Reason {
    /// One sentence for the page of letters that were set aside.
    pub fn say(&self, locale: Locale) -> String {
        match self {
            Reason::Answer { code, status } => {
                let answer = match status {
                    Some(status) => format!("{code} {status}"),
                    None => code.to_string(),
                };
                let kind = match (code, status.as_deref()) {
                    (..500, _) => "later",
                    (_, Some(status)) if status.starts_with("5.1.") => "address",
                    (_, Some(status)) if status.starts_with("5.2.") => "mailbox",
                    (550 | 551 | 553, None) => "address",
                    _ => "refused",
                };
                locale.say("mail-reason-answer", &[("kind", kind.into()), ("answer", answer.into())])
            }
            Reason::SignIn => locale.word("mail-reason-sign-in"),
            Reason::Deadline => locale.word("mail-reason-deadline"),
            Reason::Unreachable => locale.word("mail-reason-unreachable"),
            Reason::Dropped => locale.word("mail-reason-dropped"),
            Reason::Tls => locale.word("mail-reason-tls"),
            Reason::Protocol => locale.word("mail-reason-protocol"),
            Reason::Invalid(part) => locale.say("mail-reason-invalid", &[("part", (*part).into())]),
            Reason::SecretMissing => locale.word("mail-reason-secret-missing"),
            Reason::Folder => locale.word("mail-reason-folder"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Answer { code, status: Some(status) } => write!(f, "answer {code} {status}"),
            Reason::Answer { code, status: None } => write!(f, "answer {code}"),
            Reason::SignIn => f.write_str("sign_in"),
            Reason::Deadline => f.write_str("deadline"),
            Reason::Unreachable => f.write_str("unreachable"),
            Reason::Dropped => f.write_str("dropped"),
            Reason::Tls => f.write_str("tls"),
            Reason::Protocol => f.write_str("protocol"),
            Reason::Invalid(part) => write!(f, "invalid {part}"),
            Reason::SecretMissing => f.write_str("secret_missing"),
            Reason::Folder => f.write_str("folder"),
        }
    }
}

impl FromStr for Reason {
    type Err = String;

    fn from_str(text: &str) -> Result<Reason, String> {
        let unknown = || format!("{text:?} is no reason that a letter was not sent");
        let mut words = text.split(' ');
        Ok(match words.next().unwrap_or_default() {
            "answer" => Reason::Answer {
                code: words.next().and_then(|code| code.parse().ok()).ok_or_else(unknown)?,
                status: words.next().map(str::to_owned),
            },
            "sign_in" => Reason::SignIn,
            "deadline" => Reason::Deadline,
            "unreachable" => Reason::Unreachable,
            "dropped" => Reason::Dropped,
            "tls" => Reason::Tls,
            "protocol" => Reason::Protocol,
            "invalid" => {
                let part = words.next().unwrap_or_default();
                Reason::Invalid(PARTS.into_iter().find(|known| *known == part).ok_or_else(unknown)?)
            }
            "secret_missing" => Reason::SecretMissing,
            "folder" => Reason::Folder,
            _ => return Err(unknown()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_can_be_stored_and_told_in_every_language() {
        let mut reasons = vec![
            Reason::Answer { code: 550, status: Some("5.1.1".into()) },
            Reason::Answer { code: 451, status: None },
            Reason::SignIn,
            Reason::Deadline,
            Reason::Unreachable,
            Reason::Dropped,
            Reason::Tls,
            Reason::Protocol,
            Reason::SecretMissing,
            Reason::Folder,
        ];
        reasons.extend(PARTS.map(Reason::Invalid));
        for reason in reasons {
            assert_eq!(reason.to_string().parse(), Ok(reason.clone()));
            for locale in Locale::ALL {
                let told = reason.say(locale);
                assert!(told.ends_with('.') && !told.contains("mail-reason"), "{told}");
            }
        }
    }
}
