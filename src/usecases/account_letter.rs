//! Letters to members: composed in their reader's language and put into the outbox with the change that causes them.

use jiff::{Timestamp, Zoned, tz::TimeZone};
use uuid::Uuid;

use super::sign_in::Device;
use crate::{
    domain::{email::EmailAddress, id::LetterId},
    error::{Error, Result},
    i18n::Locale,
    mail::{self, AccountNotice, Envelope, Mail, Mailbox},
    store::{
        Conn,
        letter::{self, NewLetter},
        member::Member,
        organisation::Organisation,
    },
};

/// On whose behalf a letter goes out.
pub struct Sender<'a> {
    pub organisation: &'a Organisation,
    /// Where the product is reached, without a slash at the end.
    pub site: &'a str,
    /// Who reads the answer; `None` when nobody does.
    pub answers: Option<&'a Member>,
}

/// Composes a letter to a member and puts it into the outbox.
pub(super) async fn put(conn: &mut Conn, sender: &Sender<'_>, to: &Member, mail: &Mail, now: Timestamp) -> Result<()> {
    put_about(conn, sender, to, mail, None, now).await
}

/// As [`put`], for a letter about something that has an id.
pub(super) async fn put_about(
    conn: &mut Conn,
    sender: &Sender<'_>,
    to: &Member,
    mail: &Mail,
    object: Option<Uuid>,
    now: Timestamp,
) -> Result<()> {
    if to.is_service {
        return Ok(());
    }
    let id = LetterId::new();
    let envelope = Envelope {
        id: id.0,
        to: mailbox(to)?,
        reply_to: sender.answers.map(mailbox).transpose()?,
        organisation: sender.organisation.name.clone(),
        site: sender.site.to_owned(),
        at: now,
    };
    let composed = mail::compose(mail, language(sender, to), &envelope).map_err(|error| Error::Bug(error.into()))?;
    let new =
        NewLetter { id, kind: mail.kind(), object_id: object, member_id: Some(to.id), letter: &composed, at: now };
    letter::insert(conn, to.org_id, &new).await
}

/// The language in which a member reads letters: their own, else the organisation's.
pub(super) fn language(sender: &Sender<'_>, to: &Member) -> Locale {
    Locale::from_tag(to.locale.as_deref().unwrap_or(&sender.organisation.locale)).unwrap_or_default()
}

/// What a member is told about their own way in.
#[derive(Clone, Debug)]
pub enum Change {
    PasswordChanged,
    AuthenticatorAdded,
    AuthenticatorRemoved,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    PasskeyAdded,
    PasskeyRemoved,
    FactorsRemoved,
    ApiTokenMade,
    NewDevice(Device),
}

/// Tells a member about a change of their own way in, so that a thief does not stay unseen.
pub(super) async fn notice(
    conn: &mut Conn,
    sender: &Sender<'_>,
    to: &Member,
    change: Change,
    now: Timestamp,
) -> Result<()> {
    let notice = AccountNotice {
        change: match &change {
            Change::PasswordChanged => "password-changed",
            Change::AuthenticatorAdded => "authenticator-added",
            Change::AuthenticatorRemoved => "authenticator-removed",
            Change::RecoveryCodesMade => "recovery-codes-made",
            Change::RecoveryCodeUsed => "recovery-code-used",
            Change::PasskeyAdded => "passkey-added",
            Change::PasskeyRemoved => "passkey-removed",
            Change::FactorsRemoved => "factors-removed",
            Change::ApiTokenMade => "api-token-made",
            Change::NewDevice(_) => "new-device",
        },
        changed: zoned(now, to, sender.organisation),
        device: match change {
            Change::NewDevice(device) => Some((device.user_agent, device.address)),
            _ => None,
        },
        reset_url: format!("{}/password-reset", sender.site),
    };
    put(conn, sender, to, &Mail::AccountNotice(notice), now).await
}

/// A moment in the zone in which the member reads times.
pub(super) fn zoned(at: Timestamp, member: &Member, organisation: &Organisation) -> Zoned {
    let zone = member.time_zone.as_deref().unwrap_or(&organisation.time_zone);
    at.to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC))
}

pub(super) fn mailbox(member: &Member) -> Result<Mailbox> {
    let address = EmailAddress::parse(&member.email).map_err(|error| Error::Bug(error.into()))?;
    Ok(Mailbox::new(&member.name, address))
}
