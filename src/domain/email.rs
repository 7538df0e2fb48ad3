//! An address that mail can be sent to.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A mail address in the form that every mail server takes: ASCII, at most 254 characters, one `@`, a local part of at
/// most 64, a domain name with a dot (or `localhost`). The domain is kept in lower case; the local part as it was written,
/// because its server may tell the cases apart, but [`EmailAddress::key`] does not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a text is no mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    #[error("a mail address is missing")]
    Missing,
    #[error("a mail address has at most 254 characters")]
    TooLong,
    #[error("a mail address has one @ between a name and a domain")]
    Shape,
    #[error("this is not a name that a mail address can have before the @")]
    Local,
    #[error("this is not a domain that mail can be sent to")]
    Domain,
}

impl EmailAddress {
    /// Reads what a person typed; white space around it is forgiven.
    pub fn parse(text: &str) -> Result<EmailAddress, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Missing);
        }
        if text.len() > 254 {
            return Err(EmailError::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError::Shape)?;
        if local.contains('@') {
            return Err(EmailError::Shape);
        }
        if !is_local(local) {
            return Err(EmailError::Local);
        }
        if !is_domain(domain) {
            return Err(EmailError::Domain);
        }
        Ok(EmailAddress(format!("{local}@{}", domain.to_ascii_lowercase())))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// What two spellings of one address have in common: all of it in lower case.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// RFC 5322 `dot-atom`: what mail servers accept in practice; quoted names are not worth their trouble.
fn is_local(local: &str) -> bool {
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.len() <= 64 && local.split('.').all(|part| !part.is_empty() && part.chars().all(atom))
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    (domain.contains('.') || domain.eq_ignore_ascii_case("localhost")) && domain.split('.').all(label)
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for EmailAddress {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        EmailAddress::parse(text)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        EmailAddress::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> String {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_written_but_for_the_case_of_its_domain() {
        let address = EmailAddress::parse("  Eva.Lind+jobs@Nordlys.Example ").expect("an address");

        assert_eq!(address.as_str(), "Eva.Lind+jobs@nordlys.example");
        assert_eq!(address.domain(), "nordlys.example");
        assert_eq!(address.key(), "eva.lind+jobs@nordlys.example");
    }

    #[test]
    fn what_no_server_would_take_is_refused_with_its_reason() {
        let long = format!("a@{}.example", "b".repeat(250));
        for (text, reason) in [
            (" ", EmailError::Missing),
            (long.as_str(), EmailError::TooLong),
            ("eva", EmailError::Shape),
            ("eva@x.example@y.example", EmailError::Shape),
            ("@nordlys.example", EmailError::Local),
            ("eva..lind@nordlys.example", EmailError::Local),
            ("eva lind@nordlys.example", EmailError::Local),
            ("eva\r\nBcc: x@nordlys.example", EmailError::Local),
            ("eva\0@nordlys.example", EmailError::Local),
            ("evä@nordlys.example", EmailError::Local),
            ("eva@nordlys", EmailError::Domain),
            ("eva@nordlys..example", EmailError::Domain),
            ("eva@-nordlys.example", EmailError::Domain),
        ] {
            assert_eq!(EmailAddress::parse(text), Err(reason), "{text:?}");
        }
    }
}
