//! A letter as plain data: everything that is sent, but for the link that only its reader may have.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::{email::EmailAddress, secret_link::SecretPurpose};

/// Stands in the bodies of a letter where its secret link will be: links are minted at sending, so that no stored letter
/// opens an account. The domain can never exist (RFC 2606).
pub const SECRET_LINK: &str = "https://minted-at-sending.invalid/";

/// One mail to one person, fixed when it was composed: a second sending carries the same Message-ID and the same words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// With its angle brackets: `<…@attune.example>`.
    pub message_id: String,
    /// The name before the product's own address.
    pub from_name: String,
    pub to: Mailbox,
    /// The person who reads the answer.
    pub reply_to: Option<Mailbox>,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub parts: Vec<Part>,
    /// What the link is for that takes the place of [`SECRET_LINK`]; `None` for a letter without one.
    pub secret: Option<SecretPurpose>,
    /// Where the reader turns letters of this kind off, for one that repeats (RFC 2369).
    pub unsubscribe: Option<String>,
}

/// What comes with the words of a letter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub kind: PartKind,
    pub content_type: String,
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    pub body: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// A picture that the HTML shows as `cid:…`.
    Inline { content_id: String },
    /// A file beside the letter.
    Attachment { name: String },
    /// An iCalendar file: sent as a third face of the letter, which calendar programs answer with "accept" and "decline",
    /// and once more as a file for those who only open attachments.
    Calendar { name: String },
}

/// A name and an address. The name holds no control or direction marks: made from anything that a person typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mailbox {
    #[serde(deserialize_with = "clean_name")]
    name: String,
    address: EmailAddress,
}

impl Letter {
    /// The letter as it is sent: with the link in place of [`SECRET_LINK`]. A letter without a secret is returned as it is.
    pub fn with_secret(&self, link: &str) -> Letter {
        if self.secret.is_none() {
            return self.clone();
        }
        let mut escaped = String::with_capacity(link.len());
        for c in link.chars() {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                c => escaped.push(c),
            }
        }
        Letter {
            text: self.text.replace(SECRET_LINK, link),
            html: self.html.replace(SECRET_LINK, &escaped),
            secret: None,
            ..self.clone()
        }
    }

    /// The HTML with its inline pictures in it as `data:` URLs: one file that a page can show as the letter will look.
    pub fn standalone_html(&self) -> String {
        let mut html = self.html.clone();
        for part in &self.parts {
            if let PartKind::Inline { content_id } = &part.kind {
                let data = format!("data:{};base64,{}", part.content_type, BASE64.encode(&part.body));
                html = html.replace(&format!("cid:{content_id}"), &data);
            }
        }
        html
    }
}

impl Mailbox {
    /// `name` may be empty: then the address stands alone.
    pub fn new(name: &str, address: EmailAddress) -> Mailbox {
        Mailbox { name: one_line(name), address }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn address(&self) -> &EmailAddress {
        &self.address
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() { self.address.fmt(f) } else { write!(f, "{} <{}>", self.name, self.address) }
    }
}

/// A text that fits in a header or a heading: control characters and line ends become spaces, direction marks (with which a
/// name could be shown as another) are left out, spaces are single.
pub(super) fn one_line(text: &str) -> String {
    let shown: String = text.chars().filter(|c| !is_direction_mark(*c)).collect();
    shown
        .split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

fn clean_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|name| one_line(&name))
}

fn to_base64<S: Serializer>(body: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&BASE64.encode(body))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    BASE64.decode(text).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            message_id: "<1@attune.example>".into(),
            from_name: "Attune".into(),
            to: Mailbox::new(
                "Eva\r\nBcc: x@y.example\u{202e}",
                EmailAddress::parse("eva@nordlys.example").expect("valid"),
            ),
            reply_to: None,
            subject: "Hello".into(),
            text: format!("Open {SECRET_LINK} now"),
            html: format!("<a href=\"{SECRET_LINK}\">Open</a><img src=\"cid:f@a\">"),
            parts: vec![Part {
                kind: PartKind::Inline { content_id: "f@a".into() },
                content_type: "image/png".into(),
                body: vec![1, 2, 3],
            }],
            secret: Some(SecretPurpose::Invitation),
            unsubscribe: None,
        }
    }

    #[test]
    fn a_stored_letter_comes_back_as_it_was() {
        let stored = serde_json::to_value(letter()).expect("serialises");

        let read: Letter = serde_json::from_value(stored).expect("deserialises");

        assert_eq!(read, letter());
    }

    #[test]
    fn a_name_is_one_line_without_marks_that_turn_it_round() {
        assert_eq!(letter().to.name(), "Eva Bcc: x@y.example");
    }

    #[test]
    fn the_secret_link_is_in_the_sent_letter_only() {
        let sent = letter().with_secret("https://attune.example/join?a=1&b=2");

        assert_eq!(sent.text, "Open https://attune.example/join?a=1&b=2 now");
        assert!(sent.html.contains("href=\"https://attune.example/join?a=1&amp;b=2\""));
        assert!(letter().text.contains(SECRET_LINK));
    }

    #[test]
    fn a_page_shows_the_letter_with_its_pictures() {
        assert!(letter().standalone_html().contains("<img src=\"data:image/png;base64,AQID\">"));
    }
}
