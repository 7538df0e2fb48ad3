//! Members: invited, given other roles, disabled and enabled again by an admin.

use diesel_async::AsyncConnection;
use serde_json::json;

use super::{account_letter::Sender, invitation};
use crate::{
    domain::{email::EmailAddress, id::MemberId, policy::Role},
    error::{Error, Result},
    i18n::Locale,
    store::{
        Conn, Scope, api_token,
        event::{self, Actor, Entry},
        member::{self, Member},
        secret_link, session, sign_on,
    },
};

/// Who is to join.
pub struct NewMember {
    pub name: String,
    pub email: EmailAddress,
    /// At least one.
    pub roles: Vec<Role>,
    /// The language of the letter, and theirs until they choose another.
    pub locale: Option<Locale>,
}

/// Adds a member and writes the letter that invites them.
///
/// # Errors
/// `Invalid` when the address already belongs to a member of the organisation.
pub async fn invite(conn: &mut Conn, actor: &Actor, sender: &Sender<'_>, new: &NewMember) -> Result<Member> {
    conn.transaction(async |conn| {
        let member = insert(conn, actor, new).await?;
        invitation::send(conn, sender, &member, actor.now).await?;
        event::append(conn, actor, Entry::new("member.invited", member.id.0).with(json!({ "roles": new.roles })))
            .await?;
        Ok(member)
    })
    .await
}

/// Adds another system: no person, no password, no letters; an admin makes its API tokens.
pub async fn add_service(conn: &mut Conn, actor: &Actor, name: &str, roles: &[Role]) -> Result<Member> {
    let id = MemberId::new();
    let member = Member {
        is_service: true,
        // Nobody can have this address (RFC 2606), so nothing is ever sent to it and nobody signs in with it.
        ..row(actor, id, name.to_owned(), format!("{id}@service.invalid"), roles.to_vec(), None)
    };
    conn.transaction(async |conn| {
        member::insert(conn, &member).await?;
        let detail = json!({ "roles": roles, "service": true });
        event::append(conn, actor, Entry::new("member.added", id.0).with(detail)).await?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(member)
}

/// Adds somebody who is to interview without an account. To be called in a transaction.
///
/// # Errors
/// `Invalid` when the address already belongs to a member of the organisation.
pub(super) async fn add_outside(conn: &mut Conn, actor: &Actor, name: &str, email: &EmailAddress) -> Result<Member> {
    let id = MemberId::new();
    let row = row(actor, id, name.to_owned(), email.as_str().to_owned(), Vec::new(), None);
    let member = Member { is_outside: true, ..row };
    member::insert(conn, &member).await?;
    event::append(conn, actor, Entry::new("member.added", id.0).with(json!({ "outside": true }))).await?;
    Ok(member)
}

/// Adds a member without a letter: the command line hands the link over itself.
///
/// # Errors
/// As [`invite`].
pub async fn add(conn: &mut Conn, actor: &Actor, new: &NewMember) -> Result<Member> {
    conn.transaction(async |conn| {
        let member = insert(conn, actor, new).await?;
        event::append(conn, actor, Entry::new("member.added", member.id.0).with(json!({ "roles": new.roles }))).await?;
        Ok(member)
    })
    .await
}

/// Gives a member other roles; they hold from the member's next request on.
///
/// # Errors
/// `Refused` when nobody would be left who can sign in as an admin.
pub async fn change_roles(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: MemberId,
    roles: &[Role],
    own_jobs_only: bool,
) -> Result<()> {
    reassign(conn, scope, actor, id, |_| (roles.to_vec(), own_jobs_only)).await
}

/// Gives a member one role or takes it away, whatever else changes meanwhile.
///
/// # Errors
/// As [`change_roles`].
pub async fn set_role(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: MemberId,
    role: Role,
    has: bool,
) -> Result<()> {
    let with = |known: &Role, before: &Member| if *known == role { has } else { before.roles.contains(known) };
    let choose = |before: &Member| {
        let roles = Role::ALL.iter().copied().filter(|known| with(known, before)).collect();
        (roles, before.own_jobs_only)
    };
    reassign(conn, scope, actor, id, choose).await
}

async fn reassign(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: MemberId,
    choose: impl Fn(&Member) -> (Vec<Role>, bool) + Send + Sync,
) -> Result<()> {
    conn.transaction(async |conn| {
        let admins = member::lock_admins(conn, scope).await?;
        let before = member::lock(conn, scope, id).await?;
        if before.is_outside {
            return Err(Error::refused("member-outside-no-roles"));
        }
        let (roles, own_jobs_only) = choose(&before);
        if before.roles == roles && before.own_jobs_only == own_jobs_only {
            return Ok(());
        }
        if !roles.contains(&Role::Admin) {
            keep_a_way_in(conn, scope, &admins, id).await?;
        }
        member::set_roles(conn, scope, id, &roles, own_jobs_only).await?;
        let detail = json!({ "from": before.roles, "to": roles, "own_jobs_only": own_jobs_only });
        event::append(conn, actor, Entry::new("member.roles_changed", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// Shuts a member out at once: sessions end, API tokens and links stop working. What they wrote stays.
///
/// # Errors
/// `Refused` for oneself, and when nobody would be left who can sign in as an admin.
pub async fn disable(conn: &mut Conn, scope: &Scope, actor: &Actor, id: MemberId) -> Result<()> {
    conn.transaction(async |conn| {
        let admins = member::lock_admins(conn, scope).await?;
        let member = member::find(conn, scope, id).await?;
        keep_a_way_in(conn, scope, &admins, id).await?;
        if id == scope.member {
            return Err(Error::refused("member-not-yourself"));
        }
        if !member.is_active() {
            return Ok(());
        }
        member::set_disabled(conn, scope, id, Some(actor.now)).await?;
        let sessions = session::end_all(conn, scope.org, id, None, actor.now).await?;
        let tokens = api_token::revoke_all(conn, scope.org, id, actor.now).await?;
        secret_link::void(conn, scope.org, id, actor.now).await?;
        let detail = json!({ "sessions_ended": sessions, "api_tokens_revoked": tokens });
        event::append(conn, actor, Entry::new("member.disabled", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// Lets a disabled member in again, with the password and the roles they had.
pub async fn enable(conn: &mut Conn, scope: &Scope, actor: &Actor, id: MemberId) -> Result<()> {
    conn.transaction(async |conn| {
        let member = member::find(conn, scope, id).await?;
        if member.is_active() {
            return Ok(());
        }
        member::set_disabled(conn, scope, id, None).await?;
        event::append(conn, actor, Entry::new("member.enabled", id.0)).await?;
        Ok(())
    })
    .await
}

pub(super) async fn insert(conn: &mut Conn, actor: &Actor, new: &NewMember) -> Result<Member> {
    let locale = new.locale.map(|locale| locale.tag().to_owned());
    let member =
        row(actor, MemberId::new(), new.name.clone(), new.email.as_str().to_owned(), new.roles.clone(), locale);
    // Whoever has interviewed without an account keeps what they rated, and is one person to the comparison.
    if let Some(known) = member::addressed(conn, actor.org, &new.email).await?
        && known.is_outside
        && known.is_active()
    {
        let member = Member { id: known.id, created_at: known.created_at, ..member };
        member::take_in(conn, &member).await?;
        return Ok(member);
    }
    member::insert(conn, &member).await?;
    Ok(member)
}

fn row(actor: &Actor, id: MemberId, name: String, email: String, roles: Vec<Role>, locale: Option<String>) -> Member {
    Member {
        org_id: actor.org,
        id,
        email,
        name,
        roles,
        locale,
        time_zone: None,
        password_hash: None,
        disabled_at: None.into(),
        created_at: actor.now.into(),
        password_short: false,
        own_jobs_only: false,
        is_service: false,
        is_outside: false,
    }
}

/// Somebody else must stay who can sign in as an admin; and where a provider signs everybody in, the one admin who comes in
/// without it stays who they are.
///
/// # Errors
/// `Refused` when the member is the last one, or that one.
async fn keep_a_way_in(conn: &mut Conn, scope: &Scope, admins: &[MemberId], id: MemberId) -> Result<()> {
    if admins == [id] {
        return Err(Error::refused("member-last-admin"));
    }
    not_break_glass(conn, scope, id).await
}

/// # Errors
/// `Refused` for the one admin who may come in without the organisation's identity provider.
pub(super) async fn not_break_glass(conn: &mut Conn, scope: &Scope, id: MemberId) -> Result<()> {
    match sign_on::provider(conn, scope.org).await? {
        Some(provider) if provider.enforced && provider.break_glass_member_id == Some(id) => {
            Err(Error::refused("member-break-glass"))
        }
        _ => Ok(()),
    }
}
