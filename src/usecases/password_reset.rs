//! A forgotten password: asked for by address, set by a link that comes by mail.

use diesel_async::AsyncConnection;
use jiff::Timestamp;
use serde_json::json;

use super::{
    account_letter::{self, Change, Sender},
    password::Hashing,
    secret_link::{self, Opened},
    sign_in::{self, Device, Door, SignedIn, Way},
};
use crate::{
    domain::{email::EmailAddress, secret_link::SecretPurpose},
    error::Result,
    mail::{Mail, PasswordReset},
    store::{
        Conn,
        event::{self, Actor, Entry},
        member,
    },
};

/// Writes a letter to every active member with this address; one per organisation. Nothing tells the caller whether there
/// was any. A member who was invited and has not joined may come in this way too: they own the mailbox.
pub async fn ask(conn: &mut Conn, email: &EmailAddress, site: &str, address: &str, now: Timestamp) -> Result<()> {
    for (member, organisation) in member::accounts(conn, email).await? {
        let sender = Sender { organisation: &organisation, site, answers: None };
        let expires = account_letter::zoned(now + SecretPurpose::PasswordReset.lifetime(), &member, &organisation);
        let actor = Actor { org: member.org_id, member: None, address: address.to_owned(), now };
        conn.transaction(async |conn| {
            let letter = Mail::PasswordReset(PasswordReset { expires });
            account_letter::put(conn, &sender, &member, &letter, now).await?;
            event::append(conn, &actor, Entry::new("member.password_reset_asked", member.id.0)).await
        })
        .await?;
    }
    Ok(())
}

/// The member chooses a new password, is signed out everywhere else, signed in here, and told by letter. The mailbox stands
/// in for the password only: whoever has set an authenticator app up is asked for its code.
///
/// # Errors
/// `NotFound` when the link was used in the meantime, `Invalid` for a password that will not do.
pub async fn take(
    conn: &mut Conn,
    hashing: &Hashing,
    opened: &Opened,
    password: &str,
    device: &Device,
    door: Door<'_>,
) -> Result<SignedIn> {
    let Opened { member, organisation, .. } = opened;
    let now = door.now;
    let actor = Actor { org: member.org_id, member: Some(member.id), address: device.address.clone(), now };
    let sender = Sender { organisation, site: door.site, answers: None };
    let new = secret_link::new_password(hashing, opened, password).await?;
    conn.transaction(async |conn| {
        let (member, ended) = secret_link::spend(conn, opened, &new, now).await?;
        account_letter::notice(conn, &sender, &member, Change::PasswordChanged, now).await?;
        let entry = Entry::new("member.password_reset", member.id.0).with(json!({ "sessions_ended": ended }));
        event::append(conn, &actor, entry).await?;
        sign_in::enter(conn, &member, Way::PasswordReset, device, door).await
    })
    .await
}
