//! Showing once more who one is, before a step that would please a thief at an open browser.

use diesel_async::AsyncConnection;
use jiff::SignedDuration;

use super::{authenticator, password::Hashing, sealing::Sealing};
use crate::{
    domain::id::SessionId,
    error::{Error, Result},
    store::{
        self, Conn,
        event::{self, Actor, Entry},
        member::Member,
        session,
    },
};

/// For how long it holds.
pub const HOLDS: SignedDuration = SignedDuration::from_mins(10);

/// What a member is asked for: the strongest that they have at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    Code,
    Password,
    /// Signing in once more through the organisation's identity provider, which is all that they have.
    SignOn,
}

pub async fn asked(conn: &mut Conn, member: &Member) -> Result<Asked> {
    let has_app = store::authenticator::is_on(conn, member.org_id, member.id).await?;
    let has_password = member.password_hash.is_some() && !store::sign_on::is_enforced_for(conn, member).await?;
    Ok(match (has_app, has_password) {
        (true, _) => Asked::Code,
        (false, true) => Asked::Password,
        (false, false) => Asked::SignOn,
    })
}

/// # Errors
/// `Invalid` when it is not the member's; the trail notes it.
pub async fn confirm(
    conn: &mut Conn,
    hashing: &Hashing,
    sealing: &Sealing,
    actor: &Actor,
    member: &Member,
    current: SessionId,
    shown: String,
) -> Result<()> {
    let asked = asked(conn, member).await?;
    let (is_right, complaint) = match asked {
        Asked::Code => {
            let who = (member.org_id, member.id);
            let proof = authenticator::prove(conn, hashing, sealing, who, &shown, actor.now).await?;
            (proof.is_some(), "factor-code-wrong")
        }
        // Whoever signs in once more has a new session, which needs no confirmation.
        Asked::SignOn => (false, "confirmation-sign-on"),
        Asked::Password => (hashing.verify(member.password_hash.clone(), shown).await?, "account-password-wrong"),
    };
    let entry = Entry::new("session.confirmed", current.0);
    conn.transaction(async |conn| {
        if is_right {
            session::confirm(conn, member.org_id, current, actor.now).await?;
            if asked == Asked::Code {
                session::set_second_factor(conn, member.org_id, current).await?;
            }
        }
        event::append(conn, actor, if is_right { entry } else { entry.refused() }).await?;
        Ok::<_, Error>(())
    })
    .await?;
    if is_right { Ok(()) } else { Err(Error::invalid("confirmation", complaint)) }
}
