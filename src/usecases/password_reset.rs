//! A forgotten password: asked for by address, set by a link that comes by mail (`secret_link`).

use diesel_async::AsyncConnection;
use jiff::Timestamp;

use super::account_letter::{self, Sender};
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
