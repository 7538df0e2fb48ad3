//! Invitations: written by an admin. Their member takes one by its link (`secret_link`).

use diesel_async::AsyncConnection;
use jiff::Timestamp;
use serde_json::json;

use super::account_letter::{self, Sender};
use crate::{
    domain::{id::MemberId, secret_link::SecretPurpose},
    error::{Error, Result},
    mail::{Invitation, Mail},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        member::{self, Member},
    },
};

/// Writes the invitation once more; the link in the earlier letter keeps working until one of them is used.
///
/// # Errors
/// `Refused` when the member is disabled or has already joined.
pub async fn send_again(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    sender: &Sender<'_>,
    id: MemberId,
) -> Result<()> {
    conn.transaction(async |conn| {
        let member = member::find(conn, scope, id).await?;
        if !member.is_active() || !member.is_invited() {
            return Err(Error::refused("invitation-not-open"));
        }
        send(conn, sender, &member, actor.now).await?;
        event::append(conn, actor, Entry::new("member.invited", id.0).with(json!({ "again": true }))).await?;
        Ok(())
    })
    .await
}

/// Puts the letter into the outbox; the caller's transaction goes on.
pub(super) async fn send(conn: &mut Conn, sender: &Sender<'_>, member: &Member, now: Timestamp) -> Result<()> {
    let letter = Mail::Invitation(Invitation {
        organisation: sender.organisation.name.clone(),
        invited_by: sender.answers.map_or(&sender.organisation.name, |member| &member.name).clone(),
        expires: account_letter::zoned(now + SecretPurpose::Invitation.lifetime(), member, sender.organisation),
    });
    account_letter::put(conn, sender, member, &letter, now).await
}
