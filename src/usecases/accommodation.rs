//! What was agreed so that a candidate can take part: written by those who run jobs, for the panel.

use diesel_async::AsyncConnection;
use serde_json::json;

use crate::{
    domain::id::ApplicationId,
    error::{Error, Result},
    store::{
        Conn, Scope, application,
        event::{self, Actor, Entry},
    },
};

/// Characters that it may have.
pub const MOST: usize = 2000;

/// Changes it. `seen` is what the person read before who changes it. The trail keeps that it changed, and no word of it.
///
/// # Errors
/// `Refused` when somebody else has changed it meanwhile; `NotFound` out of reach.
pub async fn change(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: ApplicationId,
    seen: &str,
    text: &str,
) -> Result<()> {
    conn.transaction(async |conn| {
        application::find(conn, scope, id).await?;
        let before = application::lock_accommodation(conn, scope, id).await?;
        if before == text {
            return Ok(());
        }
        if before != seen {
            return Err(Error::refused("accommodation-changed-meanwhile"));
        }
        application::set_accommodation(conn, scope, id, text).await?;
        event::append(conn, actor, Entry::new("application.accommodation_changed", id.0).with(json!({}))).await?;
        Ok(())
    })
    .await
}
