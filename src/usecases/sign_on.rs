//! Single sign-on: setting an organisation's provider up, and signing in through it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel_async::AsyncConnection;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    member::{self as members, NewMember},
    sealing::Sealing,
    sign_in::{self, Device, Door, Way},
};
use crate::{
    domain::{
        email::EmailAddress,
        id::{MemberId, OrgId},
        policy::Role,
    },
    error::{Complaint, Error, Message, Result},
    sign_on::{self, Client, Person, Trip, Trouble, outward::Outward},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        member::{self, Member},
        session::Session,
        sign_on::{self as store, Identity, Provider},
    },
};

/// For how long a person may be at the provider.
const AWAY: SignedDuration = SignedDuration::from_mins(10);

/// What an admin sets.
pub struct NewProvider {
    pub issuer: String,
    pub client_id: String,
    /// Empty keeps the one that is there.
    pub client_secret: String,
    pub domains: Vec<String>,
    pub enforced: bool,
    pub break_glass: Option<MemberId>,
}

/// Sets the provider up, once it has answered.
///
/// # Errors
/// `Invalid` for a provider that cannot be asked, and for enforcing it without an admin who can come in another way.
pub async fn set(
    conn: &mut Conn,
    outward: &Outward,
    sealing: &Sealing,
    scope: &Scope,
    actor: &Actor,
    new: &NewProvider,
) -> Result<()> {
    sign_on::discover(outward, &new.issuer).await.map_err(|trouble| Error::invalid("issuer", complaint(trouble)))?;
    let before = store::provider(conn, scope.org).await?;
    let sealed_secret = match (&before, new.client_secret.as_str()) {
        (Some(before), "") if before.issuer == new.issuer => before.sealed_secret.clone(),
        (_, "") => return Err(Error::invalid("client_secret", "form-required")),
        (_, secret) => sealing.seal(&secret_of(scope.org), secret.as_bytes())?,
    };
    if new.enforced {
        let admin = match new.break_glass {
            Some(id) => member::find(conn, scope, id).await.ok(),
            None => None,
        };
        let can_come_in =
            |admin: &Member| admin.is_active() && admin.roles.contains(&Role::Admin) && admin.password_hash.is_some();
        if !admin.is_some_and(|admin| can_come_in(&admin)) {
            return Err(Error::invalid("break_glass", "sign-on-break-glass-needed"));
        }
    }
    let provider = Provider {
        org_id: scope.org,
        issuer: new.issuer.clone(),
        client_id: new.client_id.clone(),
        sealed_secret,
        enforced: new.enforced,
        break_glass_member_id: new.break_glass,
        changed_at: actor.now.into(),
    };
    conn.transaction(async |conn| {
        store::put_provider(conn, &provider).await?;
        store::set_domains(conn, scope.org, &new.domains, actor.now).await?;
        let detail = json!({
            "issuer": new.issuer, "domains": new.domains, "enforced": new.enforced, "break_glass": new.break_glass,
        });
        event::append(conn, actor, Entry::new("organisation.sign_on_changed", scope.org.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// Lets the provider go; members come in by password again.
pub async fn remove(conn: &mut Conn, scope: &Scope, actor: &Actor) -> Result<()> {
    conn.transaction(async |conn| {
        if !store::delete_provider(conn, scope).await? {
            return Err(Error::NotFound);
        }
        event::append(conn, actor, Entry::new("organisation.sign_on_removed", scope.org.0)).await?;
        Ok(())
    })
    .await
}

/// The operator of the installation says that a domain is the organisation's.
pub async fn confirm_domain(conn: &mut Conn, org: OrgId, domain: &str, now: Timestamp) -> Result<()> {
    let actor = Actor { org, member: None, address: String::new(), now };
    conn.transaction(async |conn| {
        store::confirm_domain(conn, org, domain, now).await?;
        let entry = Entry::new("organisation.domain_confirmed", org.0).with(json!({ "domain": domain }));
        event::append(conn, &actor, entry).await?;
        Ok(())
    })
    .await
}

/// The way to the provider: its address, and what the browser keeps until it comes back.
pub struct WayOut {
    pub address: String,
    pub sealed: String,
}

/// What the browser brings back.
pub struct Back<'a> {
    pub state: &'a str,
    pub code: &'a str,
    /// Some providers say who they are, so that nobody mixes them up (RFC 9207).
    pub issuer: Option<&'a str>,
}

/// What somebody wants of the provider.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    /// Where to go afterwards.
    pub next: &'a str,
    /// To be asked once more, whoever the provider knows already.
    pub again: bool,
}

#[derive(Serialize, Deserialize)]
struct Away {
    org: OrgId,
    trip: Trip,
    next: String,
    until: i64,
}

/// # Errors
/// `Invalid` when no organisation signs on with this address; `Refused` while its provider cannot be asked.
pub async fn begin(
    conn: &mut Conn,
    outward: &Outward,
    sealing: &Sealing,
    door: Door<'_>,
    email: &EmailAddress,
    wish: Wish<'_>,
) -> Result<WayOut> {
    let provider = store::of_domain(conn, email.domain())
        .await?
        .ok_or_else(|| Error::invalid("email", "sign-on-unknown-domain"))?;
    let client = client(sealing, &provider, door.site)?;
    let found = sign_on::discover(outward, &provider.issuer).await.map_err(refused)?;
    let trip = Trip::new();
    let address = sign_on::way_out(&found, &client, &trip, wish.again);
    let away = Away { org: provider.org_id, trip, next: wish.next.to_owned(), until: (door.now + AWAY).as_second() };
    let plain = serde_json::to_vec(&away).map_err(|error| Error::Bug(error.into()))?;
    Ok(WayOut { address, sealed: URL_SAFE_NO_PAD.encode(sealing.seal(TRIP, &plain)?) })
}

/// Signs in who comes back from the provider: by issuer and subject; the first time by an address that the provider has
/// verified and whose domain is the organisation's; whoever is no member yet becomes one.
///
/// # Errors
/// `Refused` for whatever does not hold, and for a disabled member.
pub async fn finish(
    conn: &mut Conn,
    outward: &Outward,
    sealing: &Sealing,
    sealed: &str,
    back: Back<'_>,
    device: &Device,
    door: Door<'_>,
) -> Result<(Member, Session, String)> {
    let away = URL_SAFE_NO_PAD.decode(sealed).ok().and_then(|sealed| sealing.open(TRIP, &sealed));
    let away: Option<Away> = away.and_then(|plain| serde_json::from_slice(&plain).ok());
    let away = away.ok_or_else(|| Error::refused("sign-on-too-late"))?;
    if away.until <= door.now.as_second() || away.trip.state != back.state || back.code.is_empty() {
        return Err(Error::refused("sign-on-too-late"));
    }
    let provider = store::provider(conn, away.org).await?.ok_or_else(|| Error::refused("sign-on-too-late"))?;
    if back.issuer.is_some_and(|issuer| issuer != provider.issuer) {
        return Err(refused(Trouble::Untrusted));
    }
    let client = client(sealing, &provider, door.site)?;
    let found = sign_on::discover(outward, &provider.issuer).await.map_err(refused)?;
    let person = sign_on::redeem(outward, &found, &client, &away.trip, back.code).await.map_err(refused)?;
    let session = conn
        .transaction(async |conn| {
            let member = recognise(conn, away.org, &person, device, door.now).await?;
            if !member.is_active() || member.is_service {
                return Err(Error::refused("sign-on-disabled"));
            }
            if member.is_outside {
                return Err(Error::refused("sign-on-outside"));
            }
            let session = sign_in::start(conn, &member, Way::SignOn, device, door).await?;
            Ok((member, session))
        })
        .await;
    let (member, session) = session?;
    Ok((member, session, away.next))
}

async fn recognise(conn: &mut Conn, org: OrgId, person: &Person, device: &Device, now: Timestamp) -> Result<Member> {
    if let Some(member) = store::identified(conn, org, &person.issuer, &person.subject).await? {
        return Ok(member);
    }
    let email = person.email.as_deref().and_then(|email| EmailAddress::parse(email).ok());
    let email = email.ok_or_else(|| Error::refused("sign-on-no-address"))?;
    let domains = store::domains(conn, org).await?;
    let is_theirs =
        domains.iter().any(|domain| domain.confirmed_at.to_jiff().is_some() && domain.domain == email.domain());
    if !is_theirs {
        return Err(Error::refused("sign-on-other-domain"));
    }
    let actor = Actor { org, member: None, address: device.address.clone(), now };
    let (member, is_new) = match member::addressed(conn, org, &email).await? {
        Some(member) => (member, false),
        None => {
            let name = person.name.as_deref().map(clean).filter(|name| !name.is_empty());
            let name = name.unwrap_or_else(|| email.as_str().chars().take(120).collect());
            let new = NewMember { name, email, roles: vec![Role::Interviewer], locale: None };
            (members::add(conn, &actor, &new).await?, true)
        }
    };
    let identity = Identity {
        org_id: org,
        issuer: person.issuer.clone(),
        subject: person.subject.clone(),
        member_id: member.id,
        created_at: now.into(),
    };
    store::insert_identity(conn, &identity).await?;
    let detail = json!({ "issuer": person.issuer, "new": is_new });
    event::append(conn, &actor, Entry::new("member.identified", member.id.0).with(detail)).await?;
    Ok(member)
}

/// A name as we take it: one line, no control characters, not too long.
fn clean(name: &str) -> String {
    let line: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect();
    line.trim().to_owned()
}

fn client(sealing: &Sealing, provider: &Provider, site: &str) -> Result<Client> {
    let secret = sealing.open(&secret_of(provider.org_id), &provider.sealed_secret).ok_or_else(|| {
        tracing::error!(org = %provider.org_id, "a provider's secret was sealed with a key that is not in the settings");
        Error::refused("sign-on-not-trusted")
    })?;
    Ok(Client {
        issuer: provider.issuer.clone(),
        id: provider.client_id.clone(),
        secret: String::from_utf8(secret).map_err(|error| Error::Bug(error.into()))?,
        callback: callback(site),
    })
}

/// Seals the secrets that an earlier key sealed with the current one.
pub async fn reseal(conn: &mut Conn, sealing: &Sealing) -> Result<usize> {
    let mut resealed = 0;
    for provider in store::providers(conn).await? {
        let what = secret_of(provider.org_id);
        if !sealing.is_current(&provider.sealed_secret)
            && let Some(secret) = sealing.open(&what, &provider.sealed_secret)
        {
            store::reseal(conn, &provider, &sealing.seal(&what, &secret)?).await?;
            resealed += 1;
        }
    }
    Ok(resealed)
}

/// Where a provider sends the browser back to.
pub fn callback(site: &str) -> String {
    format!("{site}/sign-on/callback")
}

const TRIP: &str = "a way to a provider and back";

fn secret_of(org: OrgId) -> String {
    format!("provider's secret of {org}")
}

fn complaint(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Address => "sign-on-issuer-address",
        Trouble::Unreachable => "sign-on-issuer-unreachable",
        Trouble::Answer | Trouble::Untrusted => "sign-on-issuer-answer",
    }
}

fn refused(trouble: Trouble) -> Error {
    tracing::warn!(%trouble, "nobody could be signed on");
    Error::Refused(Message::new(match trouble {
        Trouble::Unreachable | Trouble::Address => "sign-on-unreachable",
        Trouble::Answer | Trouble::Untrusted => "sign-on-not-trusted",
    }))
}

/// Domains as an admin types them: one a line or with commas between.
///
/// # Errors
/// `Invalid` for what is no domain.
pub fn parse_domains(text: &str) -> Result<Vec<String>> {
    let mut domains = Vec::new();
    for word in text.split([',', '\n', ' ', '\r', '\t']).map(str::trim).filter(|word| !word.is_empty()) {
        let domain = word.trim_start_matches('@').to_ascii_lowercase();
        if EmailAddress::parse(&format!("x@{domain}")).is_err() || domain == "localhost" {
            let message = Message::new("sign-on-no-domain").with("domain", word);
            return Err(Error::Invalid(vec![Complaint::new("domains", message)]));
        }
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    Ok(domains)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_read_as_people_type_them() {
        assert_eq!(
            parse_domains("Nordlys.example, @nordlys.no\nnordlys.example").unwrap(),
            ["nordlys.example", "nordlys.no"]
        );
        assert_eq!(parse_domains(" ").unwrap(), [] as [String; 0]);
        for odd in ["nordlys", "a b@c", "https://nordlys.example", "localhost", "*.example"] {
            assert!(parse_domains(odd).is_err(), "{odd}");
        }
    }
}
