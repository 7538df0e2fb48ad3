//! The outbox: which letters wait, went out, or need a person.

use actix_web::{
    HttpResponse,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    config::Mail,
    domain::{id::LetterId, letter::LetterState, policy::SeeLetters},
    error::{Error, Result},
    i18n::Locale,
    mail::Reason,
    store::letter::{self, Letter},
    usecases,
    web::{
        forms::Query,
        letter::{Shown, body, hide_link, part, shown},
        view::see_other,
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/letters", get().to(list))
        .route("/letters/{id}", get().to(show))
        .route("/letters/{id}/body", get().to(show_body))
        .route("/letters/{id}/parts/{position}", get().to(show_part))
        .route("/letters/{id}/retry", post().to(retry))
        .route("/letters/{id}/cancellation", post().to(cancel));
}

const PAGE: i64 = 50;

/// The tabs, each with the states that it shows. A letter that is being sent still waits.
const TABS: [(&str, &[LetterState]); 4] = [
    ("set_aside", &[LetterState::SetAside]),
    ("waiting", &[LetterState::Waiting, LetterState::Leased]),
    ("sent", &[LetterState::Sent]),
    ("cancelled", &[LetterState::Cancelled]),
];

#[derive(Serialize)]
struct LettersPage {
    tab: &'static str,
    tabs: Vec<&'static str>,
    set_aside: i64,
    way: &'static str,
    letters: Vec<Row>,
    next: Option<String>,
    is_first: bool,
}

#[derive(Serialize)]
struct Row {
    id: String,
    kind: String,
    subject: String,
    to: String,
    state: LetterState,
    written: String,
    due: String,
    settled: Option<String>,
    attempts: i32,
    failure: Option<String>,
}

impl Row {
    fn new(letter: &Letter, locale: Locale) -> Row {
        Row {
            id: letter.id.to_string(),
            kind: letter.kind.clone(),
            subject: letter.subject.clone(),
            to: if letter.to_name.is_empty() { letter.to_address.clone() } else { letter.to_name.clone() },
            state: letter.state,
            written: letter.created_at.to_jiff().to_string(),
            due: letter.due_at.to_jiff().to_string(),
            settled: letter.settled_at.to_jiff().map(|at| at.to_string()),
            attempts: letter.attempts,
            failure: letter.failure.as_deref().map(|text| failure(text, locale)),
        }
    }
}

async fn list(may: May<SeeLetters>, Query(query): Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let scope = may.scope();
    let way = way(&may.request.shared.config.mail);
    let set_aside = letter::count_set_aside(&mut conn, &scope).await?;
    let chosen = match query.get("state") {
        "" if set_aside > 0 => "set_aside",
        "" if way == "none" => "waiting",
        "" => "sent",
        chosen => chosen,
    };
    let (tab, states) = TABS.into_iter().find(|(tab, _)| *tab == chosen).ok_or(Error::NotFound)?;
    let before: Option<LetterId> =
        query.has("before").then(|| query.get("before").parse()).transpose().map_err(not_found)?;
    let slice = letter::list(&mut conn, &scope, states, before, PAGE).await?;
    let page = LettersPage {
        tab,
        tabs: TABS.iter().map(|(tab, _)| *tab).collect(),
        set_aside,
        way,
        letters: slice.items.iter().map(|letter| Row::new(letter, may.locale())).collect(),
        next: slice.next.map(|id| format!("/letters?state={tab}&before={id}")),
        is_first: before.is_none(),
    };
    may.frame().page("letters/list.html", &page)
}

#[derive(Serialize)]
struct LetterPage {
    letter: Shown,
    row: Row,
    way: &'static str,
}

async fn show(may: May<SeeLetters>, id: Path<LetterId>, query: Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let (kept, words) = letter::find(&mut conn, &may.scope(), *id).await?;
    let path = format!("/letters/{id}");
    let page = LetterPage {
        letter: shown(&kept, &hide_link(words), path, &query),
        row: Row::new(&kept, may.locale()),
        way: way(&may.request.shared.config.mail),
    };
    may.frame().page("letters/show.html", &page)
}

async fn show_body(may: May<SeeLetters>, id: Path<LetterId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let (_, words) = letter::find(&mut conn, &may.scope(), *id).await?;
    Ok(body(&hide_link(words)))
}

async fn show_part(may: May<SeeLetters>, path: Path<(LetterId, usize)>) -> Result<HttpResponse> {
    let (id, position) = path.into_inner();
    let mut conn = may.db().await?;
    let (_, words) = letter::find(&mut conn, &may.scope(), id).await?;
    part(words, position)
}

async fn retry(may: May<SeeLetters>, id: Path<LetterId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    usecases::letter::retry(&mut conn, &may.scope(), &may.actor(), *id).await?;
    may.request.shared.outbox.wake();
    Ok(see_other(format!("/letters/{id}")))
}

async fn cancel(may: May<SeeLetters>, id: Path<LetterId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    usecases::letter::cancel(&mut conn, &may.scope(), &may.actor(), *id).await?;
    Ok(see_other(format!("/letters/{id}")))
}

/// Where letters go from here, for the sentence above the list.
fn way(mail: &Mail) -> &'static str {
    match mail {
        Mail::Mailbox => "mailbox",
        Mail::Folder(_) => "folder",
        Mail::Smtp { .. } => "smtp",
        Mail::None => "none",
    }
}

fn failure(text: &str, locale: Locale) -> String {
    text.parse::<Reason>().map_or_else(|_| text.to_owned(), |reason| reason.say(locale))
}

fn not_found<E>(_: E) -> Error {
    Error::NotFound
}
