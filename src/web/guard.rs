//! The doors before the door: cross-site requests, response headers, and how often one may try to sign in.

use std::{net::IpAddr, num::NonZeroU32};

use actix_web::{
    ResponseError,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header},
    middleware::Next,
};
use governor::{Quota, RateLimiter, clock::DefaultClock, state::keyed::DashMapStateStore};

use super::{
    failure::{self, Reader},
    who,
};
use crate::error::{Error, Result};

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Refuses changes that another site's page sends, and puts the security headers on every answer.
pub async fn guard<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> std::result::Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    let https = who::shared(request.request()).is_ok_and(|shared| shared.config.is_https());
    let public = request.path().starts_with("/assets/");
    let refused = match is_cross_site(&request) {
        true => Some(Error::Forbidden),
        false => too_often(&request).err(),
    };
    let mut response = match refused {
        Some(error) => refuse(request, &error).map_into_right_body(),
        None => next.call(request).await?.map_into_left_body(),
    };
    // A form that is shown again says how long to wait in its own words.
    let is_too_often = response.status() == StatusCode::TOO_MANY_REQUESTS;
    let headers = response.headers_mut();
    if is_too_often && !headers.contains_key(header::RETRY_AFTER) {
        headers.insert(header::RETRY_AFTER, header::HeaderValue::from_static("15"));
    }
    let mut set = |name: header::HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, header::HeaderValue::from_static(value));
        }
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // For what does not read the policy's `frame-ancestors`.
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(header::HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    if !public {
        set(header::CACHE_CONTROL, "no-store");
    }
    if https {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    Ok(response)
}

/// Files and the health of the process cost next to nothing, and whoever watches it must not be told to wait.
fn too_often(request: &ServiceRequest) -> Result<()> {
    if request.path().starts_with("/assets/") || request.path().starts_with("/health/") {
        return Ok(());
    }
    let shared = who::shared(request.request())?;
    shared.requests.of_address(&who::address(request.request(), shared.config.trust_proxy))
}

/// An answer that costs next to nothing: it is not known yet who asks.
fn refuse(request: ServiceRequest, error: &Error) -> ServiceResponse<BoxBody> {
    let (locale, reader) = (who::locale(request.request()), Reader::of(request.path()));
    let mut response = failure::plain(error.status_code(), locale, reader);
    if let Error::TooOften { seconds } = error {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(*seconds));
    }
    request.into_response(response)
}

/// `Sec-Fetch-Site` where the browser sends it, else `Origin`; the API takes no cookie and needs neither.
fn is_cross_site(request: &ServiceRequest) -> bool {
    if Reader::of(request.path()).is_system()
        || matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
    {
        return false;
    }
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            origin.split_once("://").map(|(_, host)| host) != Some(request.connection_info().host())
        }
        (None, None) => true,
    }
}

type Limiter<Key> = RateLimiter<Key, DashMapStateStore<Key>, DefaultClock>;

/// How often one may try: per account and per address, refilled steadily, so that nobody is locked out for ever.
pub struct Limit {
    per_account: Limiter<String>,
    per_address: Limiter<String>,
}

impl Limit {
    /// Passwords: a slip of the finger is forgiven, guessing is not.
    pub fn sign_in() -> Limit {
        Limit::new(per_minute(10, 5), per_minute(60, 30))
    }

    /// Signatures: nobody guesses one, but checking is work.
    pub fn passkey() -> Limit {
        Limit::new(per_minute(30, 30), per_minute(60, 60))
    }

    /// Letters to reset a password: enough for somebody who mistypes, too few to flood a mailbox.
    pub fn password_reset() -> Limit {
        Limit::new(per_minute(3, 1), per_minute(20, 10))
    }

    fn new(per_account: Quota, per_address: Quota) -> Limit {
        Limit { per_account: RateLimiter::keyed(per_account), per_address: RateLimiter::keyed(per_address) }
    }

    /// Codes of the second step: who gets here knows the password.
    pub fn second_step() -> Limit {
        Limit::new(per_minute(5, 1), per_minute(60, 30))
    }

    /// Counts a try. `known` is the mark of a browser that this account has signed in with before: it has tries of its own,
    /// so that whoever tries from elsewhere, for however long, cannot shut its owner out.
    ///
    /// # Errors
    /// `TooOften` with the seconds to wait.
    pub fn take(&self, account: &str, address: &str, known: Option<&str>) -> Result<()> {
        use governor::clock::Clock;
        let (account, network) = (account.to_lowercase(), network(address));
        let waits = match known {
            Some(mark) => [self.per_account.check_key(&format!("{account}\n{mark}")).err(), None],
            None => [self.per_account.check_key(&account).err(), self.per_address.check_key(&network).err()],
        };
        let now = DefaultClock::default().now();
        let wait = waits.into_iter().flatten().map(|not_until| not_until.wait_time_from(now)).max();
        // Forget those who have long been quiet, so that memory does not grow with every address ever seen.
        if self.per_address.len().max(self.per_account.len()) > 50_000 {
            self.per_address.retain_recent();
            self.per_account.retain_recent();
        }
        match wait {
            None => Ok(()),
            Some(wait) => Err(Error::TooOften { seconds: wait.as_secs() + 1 }),
        }
    }
}

/// `burst` at once, then `refill` a minute.
fn per_minute(burst: u32, refill: u32) -> Quota {
    let count = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    Quota::per_minute(count(refill)).allow_burst(count(burst))
}

/// An IPv6 customer owns a /64: count it as one.
pub(super) fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(v6)) => format!("{:x?}", &v6.segments()[..4]),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_guesses_from_elsewhere_does_not_shut_the_owner_out() {
        let limit = Limit::sign_in();
        for number in 0..200 {
            drop(limit.take("maja@nordlys.example", &format!("192.0.2.{number}"), None));
        }

        assert!(limit.take("maja@nordlys.example", "198.51.100.7", None).is_err(), "the account is under attack");
        assert!(limit.take("Maja@nordlys.example", "198.51.100.7", Some("her own browser")).is_ok());
        let tries = (0..50).filter(|_| limit.take("maja@nordlys.example", "198.51.100.7", Some("stolen")).is_ok());
        assert_eq!(tries.count(), 10, "a known browser may not guess for ever either");
    }
}
