//! My sessions: where I am signed in, and ending it.

use actix_web::{
    HttpResponse,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::{device, id::SessionId, policy::OwnAccount},
    error::Result,
    i18n::Locale,
    store::session::{self, Session},
    usecases::sign_in,
    web::{
        forms::Query,
        view::see_other,
        who::{Confirmed, May},
    },
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

async fn end(may: Confirmed<OwnAccount>, id: Path<SessionId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    sign_in::end(&mut conn, &may.scope(), &may.actor(), *id).await?;
    Ok(see_other("/sessions?done=session-done-ended"))
}

async fn end_others(may: Confirmed<OwnAccount>) -> Result<HttpResponse> {
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
            device: device::name(&session.user_agent, locale),
            address: session.address.clone(),
            created_at: session.created_at.to_jiff().to_string(),
            seen_at: session.seen_at.to_jiff().to_string(),
            is_current: Some(session.id) == current,
        }
    }
}
