//! An organisation's identity provider makes members, changes them, and takes them away (SCIM).

use std::collections::BTreeSet;

use diesel_async::AsyncConnection;
use serde_json::json;

use super::{
    account_letter::Sender,
    invitation,
    member::{self as members, NewMember},
};
use crate::{
    domain::{email::EmailAddress, id::MemberId, policy::Role},
    error::{Error, Result},
    i18n::Locale,
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        member::{self, Member},
        provisioned::{self, Known, Provisioned, Wanted},
        secret_link, sign_on,
    },
};

/// A person as the provider wants them to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub email: EmailAddress,
    pub name: String,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub external_id: Option<String>,
    pub active: bool,
    /// In the order of the permission table, each once. Without any, a member may do nothing.
    pub roles: Vec<Role>,
    /// The language of somebody who has none yet: it is theirs to choose.
    pub locale: Option<Locale>,
}

impl Person {
    /// A member as they are.
    pub fn of((member, extra): &Known) -> Result<Person> {
        let extra = extra.as_ref();
        Ok(Person {
            email: EmailAddress::parse(&member.email).map_err(|error| Error::Bug(error.into()))?,
            name: member.name.clone(),
            given_name: extra.and_then(|extra| extra.given_name.clone()),
            family_name: extra.and_then(|extra| extra.family_name.clone()),
            external_id: extra.and_then(|extra| extra.external_id.clone()),
            active: member.is_active(),
            roles: member.roles.clone(),
            locale: None,
        })
    }
}

/// Makes a member, or brings back whom the provider took away before. A person gets an invitation unless the organisation
/// signs in through its provider only.
///
/// # Errors
/// `Invalid` when the address already belongs to a member of the organisation.
pub async fn add(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    sender: &Sender<'_>,
    person: &Person,
) -> Result<MemberId> {
    conn.transaction(async |conn| {
        let known = member::addressed(conn, scope.org, &person.email).await?;
        let id = match known {
            Some(member) if provisioned::is_removed(conn, scope, member.id).await? => {
                provisioned::put(conn, &extra(&member, actor, person, None)).await?;
                change_one(conn, scope, actor, member.id, person).await?;
                member.id
            }
            _ => {
                let new = NewMember {
                    name: person.name.clone(),
                    email: person.email.clone(),
                    roles: person.roles.clone(),
                    locale: person.locale,
                };
                let member = members::insert(conn, actor, &new).await?;
                provisioned::put(conn, &extra(&member, actor, person, None)).await?;
                let by_provider_only = sign_on::is_enforced_for(conn, &member).await?;
                let invites = person.active && !by_provider_only;
                let detail = json!({ "roles": person.roles, "provisioned": true });
                let action = if invites { "member.invited" } else { "member.added" };
                event::append(conn, actor, Entry::new(action, member.id.0).with(detail)).await?;
                if invites {
                    invitation::send(conn, sender, &member, actor.now).await?;
                }
                if !person.active {
                    members::disable(conn, scope, actor, member.id).await?;
                }
                member.id
            }
        };
        Ok(id)
    })
    .await
}

/// Makes a member what `wish` makes of what they are; all of it, or nothing.
///
/// # Errors
/// `NotFound` when the provider has no such member; `Invalid` when another member has the address; `Refused` when nobody would
/// be left who can sign in as an admin, and for the one admin who may come in without the provider.
pub async fn change(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: MemberId,
    wish: impl Fn(Person) -> Result<Person> + Send + Sync,
) -> Result<()> {
    conn.transaction(async |conn| {
        let known = provisioned::lock(conn, scope, id).await?;
        let person = wish(Person::of(&known)?)?;
        change_one(conn, scope, actor, id, &person).await
    })
    .await
}

/// Takes a member away: disabled at once, and to the provider no longer there.
///
/// # Errors
/// As [`change`].
pub async fn remove(conn: &mut Conn, scope: &Scope, actor: &Actor, id: MemberId) -> Result<()> {
    conn.transaction(async |conn| {
        let known = provisioned::lock(conn, scope, id).await?;
        members::disable(conn, scope, actor, id).await?;
        let person = Person::of(&known)?;
        let removed =
            Provisioned { removed_at: Some(actor.now).into(), ..extra(&known.0, actor, &person, known.1.as_ref()) };
        provisioned::put(conn, &removed).await
    })
    .await
}

/// Gives a role and takes it away until those whom `choose` makes of its members have it; all of them, or nothing.
///
/// # Errors
/// `Invalid` for whom the provider does not have; `Refused` as [`change`].
pub async fn set_members(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    role: Role,
    choose: impl Fn(&BTreeSet<MemberId>) -> BTreeSet<MemberId> + Send + Sync,
) -> Result<()> {
    conn.transaction(async |conn| {
        let have = provisioned::list(conn, scope, &Wanted::With(role), 0, provisioned::MOST).await?;
        let have: BTreeSet<MemberId> = have.iter().map(|(member, _)| member.id).collect();
        let want = choose(&have);
        for id in &want - &have {
            // Nobody's id answers as the neighbour's does, and another system's.
            provisioned::lock(conn, scope, id).await.map_err(|error| match error {
                Error::NotFound => Error::invalid("members", "scim-member-unknown"),
                other => other,
            })?;
            members::set_role(conn, scope, actor, id, role, true).await?;
        }
        for id in &have - &want {
            members::set_role(conn, scope, actor, id, role, false).await?;
        }
        Ok(())
    })
    .await
}

async fn change_one(conn: &mut Conn, scope: &Scope, actor: &Actor, id: MemberId, person: &Person) -> Result<()> {
    let (before, known) = provisioned::lock(conn, scope, id).await?;
    let was = Person::of(&(before.clone(), known.clone()))?;
    let mut changed: Vec<&str> = [
        ("name", was.name != person.name),
        ("email", was.email != person.email),
        ("external_id", was.external_id != person.external_id),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect();
    if was.email != person.email {
        // Whoever reads another mailbox could choose a new password there.
        members::not_break_glass(conn, scope, id).await?;
        secret_link::void(conn, scope.org, id, actor.now).await?;
    }
    if was.email != person.email || was.name != person.name {
        member::set_identity(conn, scope, id, &person.name, person.email.as_str()).await?;
    }
    if let (None, Some(locale)) = (&before.locale, person.locale) {
        member::set_locale(conn, scope, id, locale.tag()).await?;
        changed.push("locale");
    }
    provisioned::put(conn, &extra(&before, actor, person, known.as_ref())).await?;
    if !changed.is_empty() {
        let detail = json!({ "changed": changed, "provisioned": true });
        event::append(conn, actor, Entry::new("member.changed", id.0).with(detail)).await?;
    }
    if was.roles != person.roles {
        members::change_roles(conn, scope, actor, id, &person.roles, before.own_jobs_only).await?;
    }
    match (was.active, person.active) {
        (true, false) => members::disable(conn, scope, actor, id).await,
        (false, true) => members::enable(conn, scope, actor, id).await,
        (true, true) | (false, false) => Ok(()),
    }
}

fn extra(member: &Member, actor: &Actor, person: &Person, before: Option<&Provisioned>) -> Provisioned {
    Provisioned {
        org_id: member.org_id,
        member_id: member.id,
        external_id: person.external_id.clone(),
        given_name: person.given_name.clone(),
        family_name: person.family_name.clone(),
        created_at: before.map_or(actor.now.into(), |before| before.created_at),
        removed_at: None.into(),
    }
}
