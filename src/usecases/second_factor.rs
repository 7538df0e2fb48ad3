//! The second factor that an organisation may ask every member for: an authenticator app or a passkey.

use crate::{
    error::{Error, Result},
    store::{Conn, authenticator, member::Member, organisation::Organisation, passkey, session},
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
