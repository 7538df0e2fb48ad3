//! How many requests one network address, one member and one organisation may send: enough for people and for other
//! systems, too few to leave nothing for the rest. Trying passwords has narrower limits of its own, in `guard`.

use std::{
    hash::Hash,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use actix_web::{
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};
use governor::{Quota, RateLimiter, clock::DefaultClock, state::keyed::DashMapStateStore};

use super::{guard::network, who};
use crate::{
    domain::id::{MemberId, OrgId},
    error::{Error, Result},
};

/// So many times a member's share has an organisation, and an address behind which an office may sit.
const SHARES: u32 = 10;

pub struct Requests {
    per_member: Share<(OrgId, MemberId)>,
    per_organisation: Share<OrgId>,
    per_address: Share<String>,
}

/// The limit of one kind of key.
struct Share<Key: Hash + Eq + Clone> {
    limiter: RateLimiter<Key, DashMapStateStore<Key>, DefaultClock>,
    calls: AtomicU32,
}

impl Requests {
    /// So many a minute per member, half of them at once.
    pub fn new(per_minute: u32) -> Requests {
        Requests {
            per_member: Share::new(per_minute),
            per_organisation: Share::new(per_minute.saturating_mul(SHARES)),
            per_address: Share::new(per_minute.saturating_mul(SHARES)),
        }
    }

    /// Counts a request of a network address.
    ///
    /// # Errors
    /// `TooOften`.
    pub fn of_address(&self, address: &str) -> Result<()> {
        self.per_address.take(&network(address))
    }

    fn of_member(&self, org: OrgId, member: MemberId) -> Result<()> {
        self.per_member.take(&(org, member))?;
        self.per_organisation.take(&org)
    }
}

impl<Key: Hash + Eq + Clone> Share<Key> {
    fn new(per_minute: u32) -> Share<Key> {
        let count = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_minute(count(per_minute)).allow_burst(count(per_minute.div_ceil(2)));
        Share { limiter: RateLimiter::keyed(quota), calls: AtomicU32::new(0) }
    }

    fn take(&self, key: &Key) -> Result<()> {
        use governor::clock::Clock;
        // Forget those who have long been quiet now and then, so that memory does not grow with every key ever seen.
        if self.calls.fetch_add(1, Ordering::Relaxed).is_multiple_of(100_000) && self.limiter.len() > 10_000 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(key).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            Error::TooOften { seconds: wait.as_secs() + 1 }
        })
    }
}

/// Counts the requests of whoever is signed in, before any of their body is read.
pub async fn limit<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> std::result::Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    let signed = who::signed_or_seated(request.request());
    let shared = who::shared(request.request())?;
    if let Some(signed) = signed
        && let Err(error) = shared.requests.of_member(signed.organisation.id, signed.member.id)
    {
        return Ok(request.error_response(error).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_who_asks_too_often_is_told_how_long_to_wait_and_stops_nobody_else() {
        let (requests, org, member) = (Requests::new(60), OrgId::new(), MemberId::new());

        let answers: Vec<bool> = (0..40).map(|_| requests.of_member(org, member).is_ok()).collect();

        assert_eq!(answers.iter().filter(|taken| **taken).count(), 30);
        let Err(Error::TooOften { seconds }) = requests.of_member(org, member) else { panic!("too often") };
        assert!((1..=2).contains(&seconds), "{seconds}");
        assert!(requests.of_member(org, MemberId::new()).is_ok());
    }

    #[test]
    fn an_organisation_has_a_limit_of_its_own_however_many_members_ask() {
        let (requests, org) = (Requests::new(2), OrgId::new());

        let taken = (0..40).filter(|_| requests.of_member(org, MemberId::new()).is_ok()).count();

        assert_eq!(taken, 10);
        assert!(requests.of_member(OrgId::new(), MemberId::new()).is_ok());
    }

    #[test]
    fn one_network_counts_as_one_address() {
        let requests = Requests::new(2);

        let taken = (0..40).filter(|n| requests.of_address(&format!("2001:db8::{n:x}")).is_ok()).count();

        assert_eq!(taken, 10);
        assert!(requests.of_address("2001:db8:1::1").is_ok());
    }
}
