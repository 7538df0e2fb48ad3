//! Passkeys (WebAuthn): a device that has verified its owner signs in, in place of password and code. The challenge travels
//! sealed through the browser; an answer to it is taken once.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel_async::AsyncConnection;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication16, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
    bin::{Decode, Encode},
    request::{
        AsciiDomain, PublicKeyCredentialDescriptor, RpId,
        auth::AuthenticationVerificationOptions,
        register::{
            CredProtect, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, UserHandle16,
            Username,
        },
    },
    response::{
        AuthTransports, CredentialId,
        register::{CompressedPubKey, DynamicState, StaticState},
    },
};

use super::{
    account_letter::{self, Change, Sender},
    sealing::Sealing,
    second_factor,
    sign_in::{self, Device, Door, Way},
};
use crate::{
    domain::id::{MemberId, PasskeyId},
    error::{Error, Message, Result},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        member::Member,
        passkey::{self, Passkey},
        session::Session,
    },
};

/// More than this nobody keeps an eye on.
const MOST: usize = 20;

/// Where passkeys of this installation belong: browsers bind each to a host name, and know none for a bare address.
pub struct Site {
    rp_id: RpId,
    /// As browsers write it: scheme, host and port.
    origin: String,
}

impl Site {
    /// `None` where people reach the product by a network address instead of a name.
    pub fn of(public_url: &str) -> Option<Site> {
        let (scheme, rest) = public_url.split_once("://")?;
        let authority = rest.split('/').next()?;
        let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
        if host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok() {
            return None;
        }
        let domain = AsciiDomain::try_from(host.to_ascii_lowercase()).ok()?;
        Some(Site { rp_id: RpId::Domain(domain), origin: format!("{scheme}://{}", authority.to_ascii_lowercase()) })
    }
}

/// What the page's script needs to ask the device.
#[derive(Serialize)]
pub struct Asked {
    /// For the browser's `navigator.credentials`, as JSON.
    pub options: Value,
    /// Comes back with the answer.
    pub state: String,
}

/// Asks for a new passkey of a member.
pub async fn ask_new(
    conn: &mut Conn,
    sealing: &Sealing,
    site: &Site,
    member: &Member,
    now: Timestamp,
) -> Result<Asked> {
    let known = passkey::of(conn, member.org_id, member.id).await?;
    if known.len() >= MOST {
        return Err(Error::Refused(Message::new("passkey-too-many").with("most", MOST)));
    }
    let none = AuthTransports::decode(0).map_err(bug)?;
    let exclude = known
        .into_iter()
        .map(|passkey| {
            let id = CredentialId::<Vec<u8>>::decode(passkey.credential_id).map_err(bug)?;
            Ok(PublicKeyCredentialDescriptor { id, transports: none })
        })
        .collect::<Result<Vec<_>>>()?;
    let handle = handle(member.id)?;
    let user = PublicKeyCredentialUserEntity {
        name: Username::try_from(member.email.as_str()).map_err(bug)?,
        id: &handle,
        // A name that the profile for nicknames does not take is left out: the address tells enough.
        display_name: Nickname::try_from(member.name.as_str()).ok(),
    };
    let mut options = PublicKeyCredentialCreationOptions::passkey(&site.rp_id, user, exclude);
    // Every use asks the device to verify its owner; devices that cannot promise it for good are welcome all the same.
    options.extensions.cred_protect = CredProtect::None;
    let (server, client) = options.start_ceremony().map_err(bug)?;
    let state = sealed(sealing, &offered_to(member), now, &server.encode().map_err(bug)?)?;
    Ok(Asked { options: serde_json::to_value(&client).map_err(bug)?, state })
}

/// Keeps the passkey that the device made.
///
/// # Errors
/// `Refused` when the answer is none to our question, or too late.
#[expect(clippy::too_many_arguments, reason = "an answer, whose it is, and what a letter needs")]
pub async fn add(
    conn: &mut Conn,
    sealing: &Sealing,
    site: &Site,
    actor: &Actor,
    sender: &Sender<'_>,
    member: &Member,
    name: &str,
    (state, answer): (&str, &Value),
) -> Result<()> {
    let refused = || Error::refused("passkey-refused");
    let (_, state) = opened(sealing, &offered_to(member), state).ok_or_else(refused)?;
    let server = RegistrationServerState::<16>::decode(&state).map_err(|_| refused())?;
    let answer = Registration::from_json_relaxed(answer.to_string().as_bytes()).map_err(|error| {
        tracing::info!(%error, "a passkey's answer cannot be read");
        refused()
    })?;
    let origins = [site.origin.as_str()];
    let options = RegistrationVerificationOptions::<&str, &str> {
        allowed_origins: &origins,
        error_on_unsolicited_extensions: false,
        ..RegistrationVerificationOptions::default()
    };
    let made = server.verify(&site.rp_id, &answer, &options).map_err(|error| {
        tracing::info!(%error, "a new passkey was refused");
        refused()
    })?;
    let new = Passkey {
        org_id: member.org_id,
        id: PasskeyId::new(),
        member_id: member.id,
        credential_id: made.id().as_ref().to_vec(),
        public_state: made.static_state().encode().map_err(bug)?,
        changing_state: made.dynamic_state().encode().map_err(bug)?.to_vec(),
        name: name.to_owned(),
        created_at: actor.now.into(),
        used_at: None.into(),
    };
    conn.transaction(async |conn| {
        passkey::insert(conn, &new).await?;
        account_letter::notice(conn, sender, member, Change::PasskeyAdded, actor.now).await?;
        let entry = Entry::new("member.factor_added", member.id.0).with(json!({ "factor": "passkey", "id": new.id }));
        event::append(conn, actor, entry).await?;
        Ok(())
    })
    .await
}

/// Asks whoever is there for a passkey of ours.
pub fn ask(sealing: &Sealing, site: &Site, now: Timestamp) -> Result<Asked> {
    let (server, client) = DiscoverableCredentialRequestOptions::passkey(&site.rp_id).start_ceremony().map_err(bug)?;
    let state = sealed(sealing, SIGN_IN, now, &server.encode().map_err(bug)?)?;
    Ok(Asked { options: serde_json::to_value(&client).map_err(bug)?, state })
}

/// Signs in whose passkey it is.
///
/// # Errors
/// `Refused` alike for an unknown passkey, a wrong signature, an answer that was taken before, and a disabled member.
pub async fn sign_in(
    conn: &mut Conn,
    sealing: &Sealing,
    site: &Site,
    (state, answer): (&str, &Value),
    device: &Device,
    door: Door<'_>,
) -> Result<(Member, Session)> {
    let member = prove(conn, sealing, site, (state, answer), door.now).await?;
    let session = sign_in::start(conn, &member, Way::Passkey, device, door).await?;
    Ok((member, session))
}

/// Whose passkey answered.
pub(super) async fn prove(
    conn: &mut Conn,
    sealing: &Sealing,
    site: &Site,
    (state, answer): (&str, &Value),
    now: Timestamp,
) -> Result<Member> {
    let refused = || Error::refused("passkey-refused");
    let (asked_at, state) = opened(sealing, SIGN_IN, state).ok_or_else(refused)?;
    let server = DiscoverableAuthenticationServerState::decode(&state).map_err(|_| refused())?;
    let answer = DiscoverableAuthentication16::from_json_relaxed(answer.to_string().as_bytes()).map_err(|error| {
        tracing::info!(%error, "a passkey's answer cannot be read");
        refused()
    })?;
    let (known, member) = match passkey::credential(conn, answer.raw_id().as_ref()).await {
        Err(Error::NotFound) => return Err(refused()),
        found => found?,
    };
    let handle = handle(member.id)?;
    let public = StaticState::<CompressedPubKey<_, _, _, _>>::decode(&known.public_state).map_err(bug)?;
    let changing = known.changing_state.as_slice().try_into().map_err(bug)?;
    let changing = DynamicState::decode(changing).map_err(bug)?;
    let mut credential = AuthenticatedCredential::new(answer.raw_id(), &handle, public, changing).map_err(bug)?;
    let origins = [site.origin.as_str()];
    let options = AuthenticationVerificationOptions::<&str, &str> {
        allowed_origins: &origins,
        error_on_unsolicited_extensions: false,
        ..AuthenticationVerificationOptions::default()
    };
    server.verify(&site.rp_id, &answer, &mut credential, &options).map_err(|error| {
        tracing::info!(%error, "a passkey was refused");
        refused()
    })?;
    let changed = credential.dynamic_state().encode().map_err(bug)?;
    if passkey::used(conn, &known, &changed, asked_at, now).await? { Ok(member) } else { Err(refused()) }
}

/// # Errors
/// `NotFound` when it is not the member's own.
pub async fn rename(conn: &mut Conn, scope: &Scope, id: PasskeyId, name: &str) -> Result<()> {
    passkey::rename(conn, scope, id, name).await
}

/// # Errors
/// `NotFound` when it is not the member's own.
pub async fn remove(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    sender: &Sender<'_>,
    member: &Member,
    id: PasskeyId,
) -> Result<()> {
    conn.transaction(async |conn| {
        passkey::delete(conn, scope, id).await?;
        second_factor::still_has_one(conn, sender.organisation, member).await?;
        account_letter::notice(conn, sender, member, Change::PasskeyRemoved, actor.now).await?;
        let entry = Entry::new("member.factor_removed", member.id.0).with(json!({ "factor": "passkey", "id": id }));
        event::append(conn, actor, entry).await?;
        Ok(())
    })
    .await
}

const SIGN_IN: &str = "passkey to sign in with";

fn offered_to(member: &Member) -> String {
    format!("passkey offered to {}/{}", member.org_id, member.id)
}

/// The member as devices keep them: the id, which tells nothing about the person.
fn handle(member: MemberId) -> Result<UserHandle16> {
    UserHandle16::decode(*member.0.as_bytes()).map_err(bug)
}

/// A question, and when it was asked.
fn sealed(sealing: &Sealing, what: &str, now: Timestamp, state: &[u8]) -> Result<String> {
    let plain = [&now.as_microsecond().to_be_bytes()[..], state].concat();
    Ok(URL_SAFE_NO_PAD.encode(sealing.seal(what, &plain)?))
}

fn opened(sealing: &Sealing, what: &str, sealed: &str) -> Option<(Timestamp, Vec<u8>)> {
    let plain = sealing.open(what, &URL_SAFE_NO_PAD.decode(sealed).ok()?)?;
    let (at, state) = plain.split_at_checked(8)?;
    let at = Timestamp::from_microsecond(i64::from_be_bytes(at.try_into().ok()?)).ok()?;
    Some((at, state.to_vec()))
}

fn bug(error: impl std::fmt::Debug) -> Error {
    Error::Bug(anyhow::anyhow!("webauthn: {error:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_belong_to_a_host_name_and_a_bare_address_has_none() {
        let origin = |url| Site::of(url).map(|site| site.origin);

        assert_eq!(origin("https://attune.example.org").as_deref(), Some("https://attune.example.org"));
        assert_eq!(origin("http://localhost:8080").as_deref(), Some("http://localhost:8080"));
        assert_eq!(origin("http://127.0.0.1:8080"), None);
        assert_eq!(origin("http://[::1]:8080"), None);
    }
}
