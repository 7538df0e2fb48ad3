//! The cookies: a signed token that names a session row, one that holds the place between password and code, and the mark
//! by which a browser is known again. Roles are never in them.

use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Shared, forms, view::see_other};
use crate::{
    config::Config,
    domain::{
        id::{MemberId, OrgId, SessionId},
        seat_link,
    },
    error::{Error, Result},
    store::{member::Member, session::Session},
    usecases::{
        sealing::{Sealing, key_name},
        sign_in::{Device, SignedIn},
    },
};

const ISSUER: &str = "attune";
/// What a token is for.
const SESSION: &str = "attune/session";
const SECOND_STEP: &str = "attune/second-step";
const SEAT_SESSION: &str = "attune/seat";

/// How long a session lasts at most. Unused, it ends sooner: `store::session::IDLE`.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(12 * 24);
/// How long the code may be asked for after the password.
const SECOND_STEP_LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// How long a browser is known without being used.
const DEVICE_LIFETIME: SignedDuration = SignedDuration::from_hours(400 * 24);

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    org: OrgId,
    exp: i64,
    /// Of a second step: a digest of the password's hash, so that another password ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    password: Option<String>,
}

/// The keys that sign and check tokens. The current one signs; the earlier ones still check what they signed.
pub struct Keys {
    /// The current one first.
    keys: Vec<Key>,
}

struct Key {
    name: String,
    signing: EncodingKey,
    checking: DecodingKey,
}

impl Keys {
    pub fn new(current: &str, earlier: &[String]) -> Keys {
        let key = |secret: &str| Key {
            name: key_name(secret),
            signing: EncodingKey::from_secret(secret.as_bytes()),
            checking: DecodingKey::from_secret(secret.as_bytes()),
        };
        Keys { keys: std::iter::once(current).chain(earlier.iter().map(String::as_str)).map(key).collect() }
    }

    pub fn token(&self, org: OrgId, session: SessionId, expires_at: Timestamp) -> Result<String> {
        self.sign(SESSION, session.0, org, expires_at, None)
    }

    /// The organisation and session that a token names; `None` for any token that is not ours, or over.
    pub fn check(&self, token: &str, now: Timestamp) -> Option<(OrgId, SessionId)> {
        let claims = self.read(SESSION, token, now)?;
        Some((claims.org, SessionId(claims.sub)))
    }

    /// For somebody without an account: names a session that is for one seat.
    pub fn seat_token(&self, org: OrgId, session: SessionId, expires_at: Timestamp) -> Result<String> {
        self.sign(SEAT_SESSION, session.0, org, expires_at, None)
    }

    pub fn check_seat(&self, token: &str, now: Timestamp) -> Option<(OrgId, SessionId)> {
        let claims = self.read(SEAT_SESSION, token, now)?;
        Some((claims.org, SessionId(claims.sub)))
    }

    /// Says that the member's password was right, for as long as it stays the same.
    fn second_step(&self, member: &Member, now: Timestamp) -> Result<String> {
        let digest = digest(member);
        self.sign(SECOND_STEP, member.id.0, member.org_id, now + SECOND_STEP_LIFETIME, Some(digest))
    }

    /// Whom such a token names, and which password was theirs.
    pub fn check_second_step(&self, token: &str, now: Timestamp) -> Option<(OrgId, MemberId, String)> {
        let claims = self.read(SECOND_STEP, token, now)?;
        Some((claims.org, MemberId(claims.sub), claims.password?))
    }

    fn sign(&self, aud: &str, sub: Uuid, org: OrgId, until: Timestamp, password: Option<String>) -> Result<String> {
        let claims = Claims { iss: ISSUER.into(), aud: aud.into(), sub, org, exp: until.as_second(), password };
        let key = &self.keys[0];
        let header = Header { kid: Some(key.name.clone()), ..Header::new(Algorithm::HS256) };
        encode(&header, &claims, &key.signing).map_err(|error| Error::Bug(error.into()))
    }

    fn read(&self, aud: &str, token: &str, now: Timestamp) -> Option<Claims> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[aud]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // By our clock, which tests can set.
        validation.validate_exp = false;
        let name = decode_header(token).ok()?.kid;
        // Tokens from before keys had names were signed by the key of then.
        let keys = self.keys.iter().filter(|key| name.as_ref().is_none_or(|name| *name == key.name));
        let claims = keys.filter_map(|key| decode::<Claims>(token, &key.checking, &validation).ok()).next()?.claims;
        (claims.exp > now.as_second()).then_some(claims)
    }
}

/// What tells one password of a member from another, without telling the password.
pub fn digest(member: &Member) -> String {
    let hash = member.password_hash.as_deref().unwrap_or_default();
    URL_SAFE_NO_PAD.encode(&Sha256::digest(hash)[..12])
}

/// Signs the browser in and sends it on; or asks it for the code, when one is needed.
pub fn go_on(shared: &Shared, outcome: &SignedIn, device: &Device, email: &str, next: &str) -> Result<HttpResponse> {
    match outcome {
        SignedIn::As(session) => begin(shared, session, device, email, next),
        SignedIn::Code(member) => {
            let token = shared.keys.second_step(member, shared.clock.now())?;
            let mut response = see_other(format!("/sign-in/code?{}", forms::query(&[("next", next)])));
            add(&mut response, cookie(&shared.config, STEP, token, SECOND_STEP_LIFETIME))?;
            Ok(response)
        }
        SignedIn::Which(_) => Err(Error::Bug(anyhow::anyhow!("the organisation was not chosen"))),
    }
}

/// Signs the browser in and sends it on.
pub fn begin(shared: &Shared, session: &Session, device: &Device, email: &str, next: &str) -> Result<HttpResponse> {
    let token = shared.keys.token(session.org_id, session.id, session.expires_at.to_jiff())?;
    let mut response = see_other(next);
    add(&mut response, cookie(&shared.config, MAIN, token, LIFETIME))?;
    let known = format!("{}.{}", device.mark, shared.sealing.tag(DEVICE, &marked(&device.mark, email)));
    add(&mut response, cookie(&shared.config, DEVICE, known, DEVICE_LIFETIME))?;
    add(&mut response, no_cookie(&shared.config, STEP))?;
    Ok(response)
}

/// Seats somebody without an account, and sends them on.
pub fn sit(shared: &Shared, session: &Session, next: &str) -> Result<HttpResponse> {
    let token = shared.keys.seat_token(session.org_id, session.id, session.expires_at.to_jiff())?;
    let mut response = see_other(next);
    add(&mut response, cookie(&shared.config, SEAT, token, seat_link::SESSION))?;
    Ok(response)
}

/// Whether somebody with this address has signed in with the browser that keeps this mark.
pub fn is_known_device(sealing: &Sealing, cookie: &str, email: &str) -> bool {
    cookie.split_once('.').is_some_and(|(mark, tag)| sealing.is_tag(DEVICE, &marked(mark, email), tag))
}

/// The browser's mark, new where it has none.
pub fn mark(cookie: &str) -> String {
    let mark = cookie.split('.').next().unwrap_or_default();
    if mark.len() == 43 { mark.to_owned() } else { URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()) }
}

fn marked(mark: &str, email: &str) -> String {
    format!("{mark}\n{}", email.to_lowercase())
}

pub const MAIN: &str = "attune";
/// Between password and code.
pub const STEP: &str = "attune-step";
pub const DEVICE: &str = "attune-device";
/// Of somebody without an account, beside a member's own.
pub const SEAT: &str = "attune-seat";
/// While somebody is at their organisation's identity provider.
pub const SIGN_ON: &str = "attune-sign-on";

/// `__Host-` needs `Secure`, which a plain-HTTP loopback address cannot have.
pub fn cookie_name(config: &Config, name: &str) -> String {
    if config.is_https() { format!("__Host-{name}") } else { name.to_owned() }
}

pub fn add(response: &mut HttpResponse, cookie: Cookie<'_>) -> Result<()> {
    response.add_cookie(&cookie).map_err(|error| Error::Bug(error.into()))
}

pub fn cookie(config: &Config, name: &str, value: String, lifetime: SignedDuration) -> Cookie<'static> {
    Cookie::build(cookie_name(config, name), value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(config.is_https())
        .max_age(Duration::seconds(lifetime.as_secs()))
        .finish()
}

pub fn no_cookie(config: &Config, name: &str) -> Cookie<'static> {
    cookie(config, name, String::new(), SignedDuration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "the key of last year, which was long";
    const NEW: &str = "the key of this year, which is longer";

    #[test]
    fn a_key_that_was_put_aside_still_checks_what_it_signed_and_signs_nothing_new() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        let (org, session) = (OrgId::new(), SessionId::new());
        let before = Keys::new(OLD, &[]);
        let both = Keys::new(NEW, &[OLD.to_owned()]);
        let token = before.token(org, session, now + LIFETIME).unwrap();

        assert_eq!(both.check(&token, now), Some((org, session)));
        assert_eq!(Keys::new(NEW, &[]).check(&token, now), None);
        assert_eq!(before.check(&both.token(org, session, now + LIFETIME).unwrap(), now), None);
    }

    #[test]
    fn a_token_is_over_at_its_end_and_is_good_for_one_thing() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        let keys = Keys::new(NEW, &[]);
        let token = keys.token(OrgId::new(), SessionId::new(), now + LIFETIME).unwrap();

        assert!(keys.check(&token, now).is_some() && keys.check(&token, now + LIFETIME).is_none());
        assert!(keys.check_second_step(&token, now).is_none(), "a session is no second step");
        assert!(keys.check_seat(&token, now).is_none(), "and no seat");
        let seat = keys.seat_token(OrgId::new(), SessionId::new(), now + LIFETIME).unwrap();
        assert!(keys.check_seat(&seat, now).is_some() && keys.check(&seat, now).is_none(), "a seat is no session");
        assert!(keys.check("", now).is_none() && keys.check("a.b.c", now).is_none());
    }
}
