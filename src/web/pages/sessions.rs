//! My sessions: where I am signed in, and ending it.

use actix_web::{
    HttpResponse,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::{id::SessionId, policy::OwnAccount},
    error::Result,
    i18n::Locale,
    store::session::{self, Session},
    usecases::sign_in,
    web::{forms::Query, view::see_other, who::May},
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/sessions", get().to(list))
        .route("/sessions/end", post().to(end_others))
        .route("/sessions/{id}/end", post().to(end));
}

const DONE: &[&str] = &["session-done-ended", "session-done-others-ended"];

#[derive(Serialize)]
struct SessionsPage {
    /// The current one first, then by last use.
    sessions: Vec<SessionRow>,
    others: usize,
    done: Option<&'static str>,
}

#[derive(Serialize)]
struct SessionRow {
    id: String,
    device: String,
    address: String,
    created_at: String,
    seen_at: String,
    is_current: bool,
}

async fn list(may: May<OwnAccount>, query: Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let live = session::live(&mut conn, &may.scope(), may.now()).await?;
    let current = current(&may);
    let mut sessions: Vec<SessionRow> =
        live.iter().map(|session| SessionRow::new(session, current, may.locale())).collect();
    sessions.sort_by_key(|session| !session.is_current);
    let others = sessions.iter().filter(|session| !session.is_current).count();
    may.frame().page("session/list.html", &SessionsPage { sessions, others, done: query.done(DONE) })
}

async fn end(may: May<OwnAccount>, id: Path<SessionId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    sign_in::end(&mut conn, &may.scope(), &may.actor(), *id).await?;
    Ok(see_other("/sessions?done=session-done-ended"))
}

async fn end_others(may: May<OwnAccount>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    sign_in::end_others(&mut conn, &may.scope(), &may.actor(), current(&may)).await?;
    Ok(see_other("/sessions?done=session-done-others-ended"))
}

fn current(may: &May<OwnAccount>) -> Option<SessionId> {
    may.signed.session.as_ref().map(|session| session.id)
}

impl SessionRow {
    fn new(session: &Session, current: Option<SessionId>, locale: Locale) -> SessionRow {
        SessionRow {
            id: session.id.to_string(),
            device: device(&session.user_agent, locale),
            address: session.address.clone(),
            created_at: session.created_at.to_jiff().to_string(),
            seen_at: session.seen_at.to_jiff().to_string(),
            is_current: Some(session.id) == current,
        }
    }
}

/// "Firefox on Windows", from what the browser says it is: enough to recognise one's own, no more.
fn device(user_agent: &str, locale: Locale) -> String {
    // The order matters: every browser claims to be the ones that came before it.
    let browsers = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => {
            locale.say("session-device", &[("browser", browser.into()), ("system", system.into())])
        }
        (Some(known), None) | (None, Some(known)) => known.to_owned(),
        (None, None) => locale.word("session-device-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_as_its_owner_would() {
        let cases = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            ("curl/8.0", "An unknown device"),
        ];
        for (user_agent, named) in cases {
            assert_eq!(device(user_agent, Locale::En), named);
        }
    }
}
