//! A letter on a page: as its reader sees it, in a frame that can do nothing but open links.

use actix_web::{HttpResponse, http::header};
use serde::Serialize;

use super::forms::Query;
use crate::{
    error::{Error, Result},
    mail::{self, PartKind, SECRET_LINK},
    store::letter::Letter,
};

/// No script, nothing from elsewhere: the letter's own style and the pictures that are in it. Links open in a page of their
/// own.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// Stands where the secret link is.
const HIDDEN: &str = "•••";

/// What a page shows of a letter.
#[derive(Serialize)]
pub struct Shown {
    subject: String,
    from: String,
    to: String,
    reply_to: Option<String>,
    written: String,
    /// The plain-text part, when that face was asked for.
    text: Option<String>,
    files: Vec<File>,
    /// The letter's own address; its parts are below it.
    path: String,
    has_link: bool,
}

#[derive(Serialize)]
struct File {
    name: String,
    kilobytes: usize,
    path: String,
}

/// The letter at `path`, with the text instead of the HTML if the query says `face=text`.
pub fn shown(letter: &Letter, words: &mail::Letter, path: String, query: &Query) -> Shown {
    let files = words.parts.iter().enumerate().filter_map(|(position, part)| {
        let name = file_name(&part.kind)?.to_owned();
        Some(File { name, kilobytes: part.body.len().div_ceil(1024), path: format!("{path}/parts/{position}") })
    });
    Shown {
        subject: words.subject.clone(),
        from: words.from_name.clone(),
        to: words.to.to_string(),
        reply_to: words.reply_to.as_ref().map(ToString::to_string),
        written: letter.created_at.to_jiff().to_string(),
        text: (query.0.get("face") == "text").then(|| words.text.clone()),
        files: files.collect(),
        has_link: words.secret.is_some(),
        path,
    }
}

/// Puts dots in the place of the secret link.
pub fn hide_link(words: mail::Letter) -> mail::Letter {
    mail::Letter {
        text: words.text.replace(SECRET_LINK, HIDDEN),
        html: words.html.replace(&format!("href=\"{SECRET_LINK}\""), "").replace(SECRET_LINK, HIDDEN),
        ..words
    }
}

/// The HTML of the letter as a document of its own.
pub fn body(words: &mail::Letter) -> HttpResponse {
    let html = words.standalone_html().replacen("<head>", "<head><base target=\"_blank\">", 1);
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .insert_header((header::X_FRAME_OPTIONS, "SAMEORIGIN"))
        .body(html)
}

/// A file of the letter, to be saved.
pub fn part(words: mail::Letter, position: usize) -> Result<HttpResponse> {
    let part = words.parts.into_iter().nth(position).ok_or(Error::NotFound)?;
    let name = file_name(&part.kind).ok_or(Error::NotFound)?.to_owned();
    let disposition = header::ContentDisposition::attachment(name);
    Ok(HttpResponse::Ok().content_type(part.content_type).insert_header(disposition).body(part.body))
}

fn file_name(kind: &PartKind) -> Option<&str> {
    match kind {
        PartKind::Inline { .. } => None,
        PartKind::Attachment { name } | PartKind::Calendar { name } => Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::email::EmailAddress,
        mail::{Mailbox, SecretPurpose},
    };

    #[test]
    fn a_hidden_link_is_neither_read_nor_opened() {
        let words = mail::Letter {
            message_id: "<1@attune.example>".into(),
            from_name: "Attune".into(),
            to: Mailbox::new("Eva", EmailAddress::parse("eva@nordlys.example").unwrap()),
            reply_to: None,
            subject: "Join".into(),
            text: format!("Open {SECRET_LINK}"),
            html: format!("<a class=\"b\" href=\"{SECRET_LINK}\">Join</a><p>{SECRET_LINK}</p>"),
            parts: Vec::new(),
            secret: Some(SecretPurpose::Invitation),
            unsubscribe: None,
        };

        let hidden = hide_link(words);

        assert_eq!(hidden.text, "Open •••");
        assert_eq!(hidden.html, "<a class=\"b\" >Join</a><p>•••</p>");
    }
}
