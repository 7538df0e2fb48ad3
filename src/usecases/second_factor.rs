//! The second factor that an organisation may ask every member for: an authenticator app or a passkey.

use diesel_async::AsyncConnection;
use serde_json::json;

use super::account_letter::{self, Change, Sender};
use crate::{
    domain::id::MemberId,
    error::{Error, Result},
    store::{
        Conn, authenticator,
        event::{self, Actor, Entry},
        member::{self, Member},
        organisation::Organisation,
        passkey, recovery_code, session,
    },
};

/// Whether the member has one.
pub async fn has_one(conn: &mut Conn, member: &Member) -> Result<bool> {
    Ok(authenticator::is_on(conn, member.org_id, member.id).await?
        || passkey::has_one(conn, member.org_id, member.id).await?)
}

/// The member has just shown one in this session, by setting it up.
pub async fn shown(conn: &mut Conn, session: Option<&session::Session>) -> Result<()> {
    match session {
        Some(session) => session::set_second_factor(conn, session.org_id, session.id).await,
        None => Ok(()),
    }
}

/// To be called after one was taken away, in the same transaction.
///
/// # Errors
/// `Refused` when it was the last one and the organisation asks for one.
pub(super) async fn still_has_one(conn: &mut Conn, organisation: &Organisation, member: &Member) -> Result<()> {
    if organisation.second_factor_required && !has_one(conn, member).await? {
        return Err(Error::refused("factor-required"));
    }
    Ok(())
}

/// For a member who has lost them: takes the app, the recovery codes and every passkey away, and a password that is too short to
/// stand alone; every session ends, and a letter tells the member.
///
/// # Errors
/// `NotFound` for nobody; `Refused` when there is none, and for oneself: whoever is in shows one, and removes it on their own page.
pub async fn forget(conn: &mut Conn, actor: &Actor, sender: &Sender<'_>, id: MemberId) -> Result<()> {
    conn.transaction(async |conn| {
        let member = member::of(conn, actor.org, id).await?;
        if actor.member == Some(id) {
            return Err(Error::refused("member-factors-yourself"));
        }
        let app = authenticator::delete(conn, actor.org, id).await?;
        let passkeys = passkey::delete_all(conn, actor.org, id).await?;
        if !app && passkeys == 0 {
            return Err(Error::refused("member-factors-none"));
        }
        recovery_code::replace(conn, actor.org, id, &[]).await?;
        if member.password_short {
            member::forget_password(conn, actor.org, id).await?;
        }
        let sessions = session::end_all(conn, actor.org, id, None, actor.now).await?;
        account_letter::notice(conn, sender, &member, Change::FactorsRemoved, actor.now).await?;
        let detail = json!({ "authenticator": app, "passkeys": passkeys, "sessions_ended": sessions });
        event::append(conn, actor, Entry::new("member.factors_removed", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}
