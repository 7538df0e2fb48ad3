//! The cookie: a signed token that names a session row. Roles are never in it.

use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

use super::{Shared, view::see_other};
use crate::{
    config::Config,
    domain::id::{OrgId, SessionId},
    error::{Error, Result},
    store::session::Session,
};

const ISSUER: &str = "attune";
const AUDIENCE: &str = "attune/session";

/// How long a session lasts at most.
pub const LIFETIME: jiff::SignedDuration = jiff::SignedDuration::from_hours(12 * 24);

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: SessionId,
    org: OrgId,
    exp: i64,
}

/// The keys that sign and check session tokens.
pub struct Keys {
    signing: EncodingKey,
    checking: DecodingKey,
    validation: Validation,
}

impl Keys {
    pub fn new(secret: &str) -> Keys {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The session row holds the end of the session by the clock that tests can set; the token's is a second bound.
        validation.leeway = 60;
        Keys {
            signing: EncodingKey::from_secret(secret.as_bytes()),
            checking: DecodingKey::from_secret(secret.as_bytes()),
            validation,
        }
    }

    pub fn token(&self, org: OrgId, session: SessionId, expires_at: jiff::Timestamp) -> Result<String> {
        let claims =
            Claims { iss: ISSUER.into(), aud: AUDIENCE.into(), sub: session, org, exp: expires_at.as_second() };
        encode(&Header::new(Algorithm::HS256), &claims, &self.signing).map_err(|error| Error::Bug(error.into()))
    }

    /// The organisation and session that a token names; `None` for any token that is not ours, or over.
    pub fn check(&self, token: &str) -> Option<(OrgId, SessionId)> {
        let claims = decode::<Claims>(token, &self.checking, &self.validation).ok()?.claims;
        Some((claims.org, claims.sub))
    }
}

/// Signs the browser in and sends it on.
pub fn begin(shared: &Shared, session: &Session, location: &str) -> Result<HttpResponse> {
    let token = shared.keys.token(session.org_id, session.id, session.expires_at.to_jiff())?;
    let mut response = see_other(location);
    response.add_cookie(&cookie(&shared.config, token)).map_err(|error| Error::Bug(error.into()))?;
    Ok(response)
}

/// `__Host-` needs `Secure`, which a plain-HTTP loopback address cannot have.
pub fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-attune" } else { "attune" }
}

pub fn cookie(config: &Config, token: String) -> Cookie<'static> {
    Cookie::build(cookie_name(config), token)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(config.is_https())
        .max_age(Duration::seconds(LIFETIME.as_secs()))
        .finish()
}

pub fn no_cookie(config: &Config) -> Cookie<'static> {
    let mut cookie = cookie(config, String::new());
    cookie.set_max_age(Duration::ZERO);
    cookie
}
