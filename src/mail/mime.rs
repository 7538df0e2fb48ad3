//! From a letter to the message that goes over the wire. What lettre would panic on or fold wrongly is refused before.
//!
//! ```text
//! mixed
//! ├─ related
//! │  ├─ alternative: text · html · calendar
//! │  └─ inline pictures
//! └─ files
//! ```

use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox as LettreMailbox, MultiPart, SinglePart,
        header::{self, ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};

use super::{Letter, Mailbox, Part, PartKind, Reason, SECRET_LINK};
use crate::domain::email::EmailAddress;

/// The message from `from`, the product's own address, which the letter's `from_name` stands before.
pub(super) fn message(letter: &Letter, from: &EmailAddress) -> Result<Message, Reason> {
    if letter.text.contains(SECRET_LINK) || letter.html.contains(SECRET_LINK) {
        return Err(Reason::SecretMissing);
    }
    if !is_message_id(&letter.message_id) {
        return Err(Reason::Invalid("message_id"));
    }
    if letter.subject.is_empty() || letter.subject.contains(char::is_control) {
        return Err(Reason::Invalid("subject"));
    }
    let mut builder = Message::builder()
        .message_id(Some(letter.message_id.clone()))
        .from(mailbox(&letter.from_name, from).ok_or(Reason::Invalid("from"))?)
        .to(of(&letter.to).ok_or(Reason::Invalid("to"))?)
        .subject(letter.subject.clone())
        // Keeps notes of absence from coming back to a person who did not write by hand (RFC 3834).
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into()));
    if let Some(reply_to) = &letter.reply_to {
        builder = builder.reply_to(of(reply_to).ok_or(Reason::Invalid("reply_to"))?);
    }
    if let Some(url) = &letter.unsubscribe {
        let plain = url.chars().all(|c| c.is_ascii_graphic() && !"<>,".contains(c));
        if !plain {
            return Err(Reason::Invalid("unsubscribe"));
        }
        let name = HeaderName::new_from_ascii_str("List-Unsubscribe");
        builder = builder.raw_header(HeaderValue::new(name, format!("<{url}>")));
    }
    builder.multipart(body(letter)?).map_err(|_| Reason::Invalid("to"))
}

fn body(letter: &Letter) -> Result<MultiPart, Reason> {
    let mut faces = MultiPart::alternative()
        .singlepart(SinglePart::plain(letter.text.clone()))
        .singlepart(SinglePart::html(letter.html.clone()));
    let mut pictures = Vec::new();
    let mut files = Vec::new();
    for part in &letter.parts {
        let kind = content_type(part)?;
        match &part.kind {
            PartKind::Inline { content_id } if is_id(content_id) => {
                pictures.push(Attachment::new_inline(content_id.clone()).body(part.body.clone(), kind));
            }
            PartKind::Attachment { name } if is_file_name(name) => files.push(attachment(name, part, kind)),
            PartKind::Calendar { name } if is_file_name(name) => {
                faces = faces.singlepart(
                    SinglePart::builder().header(kind).header(ContentTransferEncoding::Base64).body(part.body.clone()),
                );
                let kind = ContentType::parse("application/ics").map_err(|_| Reason::Invalid("part"))?;
                files.push(attachment(name, part, kind));
            }
            _ => return Err(Reason::Invalid("part")),
        }
    }
    let mut whole = match pictures.is_empty() {
        true => faces,
        false => pictures.into_iter().fold(MultiPart::related().multipart(faces), MultiPart::singlepart),
    };
    if !files.is_empty() {
        whole = files.into_iter().fold(MultiPart::mixed().multipart(whole), MultiPart::singlepart);
    }
    Ok(whole)
}

fn attachment(name: &str, part: &Part, kind: ContentType) -> SinglePart {
    SinglePart::builder()
        .header(header::ContentDisposition::attachment(name))
        .header(kind)
        .header(ContentTransferEncoding::Base64)
        .body(part.body.clone())
}

fn of(mailbox_: &Mailbox) -> Option<LettreMailbox> {
    mailbox(mailbox_.name(), mailbox_.address())
}

fn mailbox(name: &str, address: &EmailAddress) -> Option<LettreMailbox> {
    if name.contains(char::is_control) {
        return None;
    }
    let address: Address = address.as_str().parse().ok()?;
    Some(LettreMailbox::new((!name.trim().is_empty()).then(|| name.trim().to_owned()), address))
}

fn content_type(part: &Part) -> Result<ContentType, Reason> {
    if !part.content_type.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        return Err(Reason::Invalid("part"));
    }
    ContentType::parse(&part.content_type).map_err(|_| Reason::Invalid("part"))
}

fn is_message_id(text: &str) -> bool {
    text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).is_some_and(is_id)
}

/// `left@right` of characters that need no quoting, short enough for one line.
fn is_id(text: &str) -> bool {
    let plain = |side: &str| {
        !side.is_empty() && side.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.[]:".contains(c))
    };
    text.len() <= 200 && text.split_once('@').is_some_and(|(left, right)| plain(left) && plain(right))
}

fn is_file_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 200 && !name.contains(|c: char| c.is_control() || "/\\\"".contains(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).expect("a valid address")
    }

    fn letter() -> Letter {
        Letter {
            message_id: "<1@attune.example>".into(),
            from_name: "Nordlys via Attune".into(),
            to: Mailbox::new("Eva Lind", address("eva@nordlys.example")),
            reply_to: None,
            subject: "Hej på dig".into(),
            text: "Hello".into(),
            html: "<p>Hello</p>".into(),
            parts: Vec::new(),
            secret: None,
            unsubscribe: None,
        }
    }

    #[test]
    fn a_letter_that_cannot_be_a_mail_is_refused_and_says_which_part() {
        let from = address("attune@attune.example");
        let png = |kind| vec![Part { kind, content_type: "image/png".into(), body: vec![1] }];
        let refused = [
            (Letter { message_id: "<a b@c>".into(), ..letter() }, Reason::Invalid("message_id")),
            (Letter { message_id: "<a@b>\r\nBcc: <c@d>".into(), ..letter() }, Reason::Invalid("message_id")),
            (Letter { subject: "Hi\r\nBcc: x@y.example".into(), ..letter() }, Reason::Invalid("subject")),
            (Letter { from_name: "Eva\r\nBcc: x@y.example".into(), ..letter() }, Reason::Invalid("from")),
            (
                Letter { parts: png(PartKind::Inline { content_id: "a>\r\n".into() }), ..letter() },
                Reason::Invalid("part"),
            ),
            (Letter { parts: png(PartKind::Attachment { name: "../x".into() }), ..letter() }, Reason::Invalid("part")),
            (Letter { text: format!("Open {SECRET_LINK}"), ..letter() }, Reason::SecretMissing),
        ];
        for (letter, reason) in refused {
            assert_eq!(message(&letter, &from).err(), Some(reason));
        }
        assert!(message(&letter(), &from).is_ok());
    }

    proptest! {
        #[test]
        fn no_text_makes_building_panic_or_adds_a_header(
            name in any::<String>(), subject in any::<String>(), text in any::<String>(), file in any::<String>(),
        ) {
            let letter = Letter {
                from_name: name.clone(),
                to: Mailbox::new(&name, address("eva@nordlys.example")),
                subject,
                text: text.clone(),
                html: text,
                parts: vec![Part {
                    kind: PartKind::Attachment { name: file },
                    content_type: "application/octet-stream".into(),
                    body: vec![0, 13, 10],
                }],
                ..letter()
            };
            if let Ok(message) = message(&letter, &address("attune@attune.example")) {
                let bytes = message.formatted();
                let parsed = mailparse::parse_mail(&bytes).expect("parses");
                let names: Vec<_> = parsed.headers.iter().map(|header| header.get_key()).collect();
                prop_assert_eq!(
                    names,
                    ["Message-ID", "From", "To", "Subject", "Auto-Submitted", "MIME-Version", "Date", "Content-Type"]
                );
            }
        }
    }
}
