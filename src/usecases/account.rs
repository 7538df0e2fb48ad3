//! My account: what members change about themselves.

use diesel_async::AsyncConnection;
use serde_json::json;

use super::{
    account_letter::{self, Change, Sender},
    password::{self, Hashing},
};
use crate::{
    domain::{self, id::SessionId},
    error::{Error, Result},
    i18n::Locale,
    store::{
        Conn, Scope, authenticator,
        event::{self, Actor, Entry},
        member::{self, Member},
        session,
    },
};

pub struct Profile {
    pub name: String,
    /// `None`: the browser's.
    pub locale: Option<Locale>,
    /// An IANA name; `None`: the organisation's.
    pub time_zone: Option<String>,
}

/// Changes name, language and time zone. The trail says which of them, not the name.
pub async fn change_profile(conn: &mut Conn, scope: &Scope, actor: &Actor, profile: &Profile) -> Result<()> {
    let locale = profile.locale.map(Locale::tag);
    conn.transaction(async |conn| {
        let before = member::find(conn, scope, scope.member).await?;
        let changed: Vec<&str> = [
            ("name", before.name != profile.name),
            ("locale", before.locale.as_deref() != locale),
            ("time_zone", before.time_zone != profile.time_zone),
        ]
        .into_iter()
        .filter_map(|(field, differs)| differs.then_some(field))
        .collect();
        if changed.is_empty() {
            return Ok(());
        }
        member::set_profile(conn, scope, &profile.name, locale, profile.time_zone.as_deref()).await?;
        let entry = Entry::new("member.changed", scope.member.0).with(json!({ "changed": changed }));
        event::append(conn, actor, entry).await?;
        Ok(())
    })
    .await
}

pub struct NewPassword {
    pub current: String,
    pub new: String,
}

/// Changes the password: asks for the current one, ends every other session, and tells the member by letter.
///
/// # Errors
/// `Invalid` for a wrong current password, which the trail notes, and for a new one that will not do.
pub async fn change_password(
    conn: &mut Conn,
    hashing: &Hashing,
    actor: &Actor,
    sender: &Sender<'_>,
    member: &Member,
    session: Option<SessionId>,
    passwords: NewPassword,
) -> Result<()> {
    if !hashing.verify(member.password_hash.clone(), passwords.current).await? {
        let entry = Entry::new("member.password_changed", member.id.0).refused();
        conn.transaction(async |conn| event::append(conn, actor, entry).await).await?;
        return Err(Error::invalid("current", "account-password-wrong"));
    }
    let has_factor = authenticator::is_on(conn, member.org_id, member.id).await?;
    password::check_new(&passwords.new, &password::owner(member, sender.organisation, has_factor))?;
    let short = domain::password::needs_factor(&passwords.new);
    let hash = hashing.hash(passwords.new).await?;
    conn.transaction(async |conn| {
        member::set_password(conn, member.org_id, member.id, &hash, short).await?;
        let ended = session::end_all(conn, member.org_id, member.id, session, actor.now).await?;
        account_letter::notice(conn, sender, member, Change::PasswordChanged, actor.now).await?;
        let entry = Entry::new("member.password_changed", member.id.0).with(json!({ "sessions_ended": ended }));
        event::append(conn, actor, entry).await?;
        Ok(())
    })
    .await
}
