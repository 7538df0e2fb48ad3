//! What a person does with a letter that waits or was set aside.

use diesel_async::AsyncConnection;

use crate::{
    domain::{id::LetterId, letter::LetterState},
    error::{Error, Result},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        letter,
    },
};

/// Has a letter sent at once, with all its attempts before it again.
///
/// # Errors
/// `Refused` when it was sent or cancelled, or is being sent.
pub async fn retry(conn: &mut Conn, scope: &Scope, actor: &Actor, id: LetterId) -> Result<()> {
    conn.transaction(async |conn| {
        still_here(letter::lock(conn, scope, id).await?.state)?;
        letter::retry(conn, scope, id).await?;
        event::append(conn, actor, Entry::new("letter.retried", id.0)).await?;
        Ok(())
    })
    .await
}

/// Makes sure that a letter is never sent.
///
/// # Errors
/// `Refused` when it was sent or cancelled, or is being sent.
pub async fn cancel(conn: &mut Conn, scope: &Scope, actor: &Actor, id: LetterId) -> Result<()> {
    conn.transaction(async |conn| {
        still_here(letter::lock(conn, scope, id).await?.state)?;
        letter::cancel(conn, scope, id).await?;
        event::append(conn, actor, Entry::new("letter.cancelled", id.0)).await?;
        Ok(())
    })
    .await
}

fn still_here(state: LetterState) -> Result<()> {
    match state {
        LetterState::Waiting | LetterState::SetAside => Ok(()),
        LetterState::Leased => Err(Error::refused("letter-being-sent")),
        LetterState::Sent => Err(Error::refused("letter-already-sent")),
        LetterState::Cancelled => Err(Error::refused("letter-already-cancelled")),
    }
}
