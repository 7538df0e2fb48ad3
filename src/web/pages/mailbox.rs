//! The mailbox of a development installation: every letter as its reader would get it, instead of sending it.
//!
//! It plays the mail programs of all people here, also of those who cannot sign in yet, so it asks for no sign-in. It exists
//! only when it is switched on, and only for whoever sits at this machine; the settings refuse it on a public address.

use actix_web::{
    HttpResponse,
    web::{Path, ServiceConfig, get},
};
use serde::Serialize;

use crate::{
    config::Mail,
    domain::id::{LetterId, OrgId},
    error::{Error, Result},
    store::letter,
    web::{
        forms::Query,
        letter::{Shown, body, part, shown},
        who::Anyone,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/mailbox", get().to(list))
        .route("/mailbox/{id}", get().to(show))
        .route("/mailbox/{id}/body", get().to(show_body))
        .route("/mailbox/{id}/parts/{position}", get().to(show_part));
}

const PAGE: i64 = 50;

#[derive(Serialize)]
struct MailboxPage {
    /// Of one organisation, or of everybody.
    is_own: bool,
    letters: Vec<Row>,
    next: Option<String>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    subject: String,
    to_name: String,
    to_address: String,
    written: String,
}

async fn list(who: Anyone, Query(query): Query) -> Result<HttpResponse> {
    let org = open(&who)?;
    let before: Option<LetterId> = match query.get("before") {
        "" => None,
        text => Some(text.parse().map_err(|_| Error::NotFound)?),
    };
    let slice = letter::mailbox(&mut *who.mailbox().await?, org, before, PAGE).await?;
    let row = |letter: letter::Letter| Row {
        id: letter.id.to_string(),
        subject: letter.subject,
        to_name: letter.to_name,
        to_address: letter.to_address,
        written: letter.created_at.to_jiff().to_string(),
    };
    let page = MailboxPage {
        is_own: org.is_some(),
        letters: slice.items.into_iter().map(row).collect(),
        next: slice.next.map(|id| format!("/mailbox?before={id}")),
    };
    who.frame().page("mailbox/list.html", &page)
}

#[derive(Serialize)]
struct LetterPage {
    letter: Shown,
}

async fn show(who: Anyone, id: Path<LetterId>, query: Query) -> Result<HttpResponse> {
    let org = open(&who)?;
    let (kept, words) = letter::mailbox_letter(&mut *who.mailbox().await?, org, *id).await?;
    let page = LetterPage { letter: shown(&kept, &words, format!("/mailbox/{id}"), &query) };
    who.frame().page("mailbox/show.html", &page)
}

async fn show_body(who: Anyone, id: Path<LetterId>) -> Result<HttpResponse> {
    let org = open(&who)?;
    let (_, words) = letter::mailbox_letter(&mut *who.mailbox().await?, org, *id).await?;
    Ok(body(&words))
}

async fn show_part(who: Anyone, path: Path<(LetterId, usize)>) -> Result<HttpResponse> {
    let org = open(&who)?;
    let (id, position) = path.into_inner();
    let (_, words) = letter::mailbox_letter(&mut *who.mailbox().await?, org, id).await?;
    part(words, position)
}

/// Whose letters: the organisation's of whoever is signed in, everybody's otherwise.
///
/// # Errors
/// `NotFound` where there is no mailbox, and for everyone who is not at this machine.
fn open(who: &Anyone) -> Result<Option<OrgId>> {
    let is_here =
        who.request.address.parse::<std::net::IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback());
    if who.request.shared.config.mail != Mail::Mailbox || !is_here {
        return Err(Error::NotFound);
    }
    Ok(who.signed.as_ref().map(|signed| signed.organisation.id))
}
