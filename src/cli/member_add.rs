//! `attune member add`: lets the first admin in, and anybody else where no mail is sent.

use anyhow::{Context, bail};
use clap::Args;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use jiff::Timestamp;

use super::{database, serve};
use crate::{
    clock::Clock,
    config::Config,
    domain::{email::EmailAddress, policy::Role, secret_link::SecretPurpose, time_zone},
    i18n::Locale,
    store::{
        Conn,
        event::Actor,
        member::{self, Member},
        organisation::{self, Organisation},
    },
    usecases::{
        member::{self as members, NewMember},
        organisation::{self as organisations, NewOrganisation},
        secret_link,
    },
};

#[derive(Args)]
pub struct MemberAdd {
    /// The organisation's name, or its id where two have the same name.
    #[arg(long, value_name = "NAME")]
    organisation: String,
    /// Set the organisation up, with the built-in rubric, when there is none of this name.
    #[arg(long)]
    create_organisation: bool,
    /// Where letters go, and what signs in.
    #[arg(long, value_name = "ADDRESS")]
    email: EmailAddress,
    /// The member's name, as colleagues see it.
    #[arg(long)]
    name: String,
    /// One or more of admin, recruiter, hiring_manager, interviewer, hr; with commas between.
    #[arg(long, value_delimiter = ',', required = true, value_parser = role)]
    roles: Vec<Role>,
    /// The language of a new organisation: en or sv.
    #[arg(long, default_value = "en", value_parser = locale)]
    language: Locale,
    /// The time zone of a new organisation, for example Europe/Stockholm.
    #[arg(long, default_value = "UTC", value_parser = zone)]
    time_zone: String,
}

pub fn run(config: Config, arguments: &MemberAdd) -> anyhow::Result<()> {
    let database = database::start(&config)?;
    serve::prepare(&database)?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let mut conn = AsyncPgConnection::establish(&database.owner_url).await?;
        let added = add(&mut conn, arguments, Clock::System.now()).await?;
        if added.was_invited_before {
            println!("{} was invited before: name and roles stay as they are.", added.member.name);
        }
        if added.created_organisation {
            println!("Set up {} with the built-in rubric.", added.organisation.name);
        }
        println!(
            "{} can join {} with this link. It works once, for seven days:",
            added.member.name, added.organisation.name
        );
        println!("{}{}", config.public_url, added.link);
        Ok(())
    })
}

struct Added {
    organisation: Organisation,
    created_organisation: bool,
    member: Member,
    was_invited_before: bool,
    /// The path of the invitation.
    link: String,
}

/// Adds the member, or finds the one who was invited and has not joined, and mints a link for them.
async fn add(conn: &mut Conn, arguments: &MemberAdd, now: Timestamp) -> anyhow::Result<Added> {
    let name = arguments.name.trim();
    if name.is_empty() || name.chars().count() > 120 || name.chars().any(char::is_control) {
        bail!("--name must have 1 to 120 characters and no control characters");
    }
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| arguments.roles.contains(role)).collect();
    conn.transaction(async |conn| {
        let (organisation, created_organisation) = find_or_create(conn, arguments, now).await?;
        let (member, was_invited_before) = match member::addressed(conn, organisation.id, &arguments.email).await? {
            Some(member) if !member.is_active() => {
                bail!("{} is a disabled member; an admin can enable them under Members", arguments.email)
            }
            Some(member) if !member.is_invited() => bail!(
                "{} is a member already and has a password; a new one can be asked for at /password-reset",
                arguments.email
            ),
            Some(member) => (member, true),
            None => {
                let actor = Actor { org: organisation.id, member: None, address: String::new(), now };
                let new = NewMember { name: name.to_owned(), email: arguments.email.clone(), roles, locale: None };
                (members::add(conn, &actor, &new).await?, false)
            }
        };
        let link = secret_link::mint(conn, organisation.id, member.id, SecretPurpose::Invitation, now).await?;
        Ok(Added { organisation, created_organisation, member, was_invited_before, link })
    })
    .await
}

async fn find_or_create(
    conn: &mut Conn,
    arguments: &MemberAdd,
    now: Timestamp,
) -> anyhow::Result<(Organisation, bool)> {
    let name = arguments.organisation.trim();
    match only(organisation::named(conn, name).await?, name)? {
        Some(organisation) => Ok((organisation, false)),
        None if !arguments.create_organisation => {
            bail!("there is no organisation called {name}; add --create-organisation to set it up")
        }
        None if name.is_empty() || name.chars().count() > 120 || name.chars().any(char::is_control) => {
            bail!("--organisation must have 1 to 120 characters and no control characters")
        }
        None => {
            let new = NewOrganisation {
                name: name.to_owned(),
                locale: arguments.language,
                time_zone: arguments.time_zone.clone(),
            };
            Ok((organisations::create(conn, &new, now).await?, true))
        }
    }
}

fn role(name: &str) -> Result<Role, String> {
    let all: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    name.parse().map_err(|_| format!("must be one of {}", all.join(", ")))
}

fn locale(tag: &str) -> Result<Locale, String> {
    Locale::ALL.into_iter().find(|locale| locale.tag() == tag).ok_or_else(|| "must be en or sv".to_owned())
}

fn zone(name: &str) -> Result<String, String> {
    if time_zone::is_known(name) { Ok(name.to_owned()) } else { Err("is no time zone of the IANA database".to_owned()) }
}

/// The organisation with this name or id.
///
/// # Errors
/// When there is none, or several have the name; each says so.
pub(super) async fn the_only(conn: &mut Conn, name: &str) -> anyhow::Result<Organisation> {
    let name = name.trim();
    let found = only(organisation::named(conn, name).await?, name)?;
    found.with_context(|| format!("there is no organisation called {name}"))
}

/// The one organisation of a name, `None` when there is none.
///
/// # Errors
/// When several have it; the text lists their ids.
fn only(mut found: Vec<Organisation>, name: &str) -> anyhow::Result<Option<Organisation>> {
    if found.len() > 1 {
        let ids: String = found.iter().map(|found| format!("\n  {}", found.id)).collect();
        bail!("several organisations are called {name}; give one of these ids instead:{ids}")
    }
    Ok(found.pop())
}
