//! Who asks. A handler's first parameter is `May<Permission>`, `Guest` or `Anyone`; only these open the database.

use std::{future::Ready, future::ready, marker::PhantomData, sync::Arc};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::Data,
};

use futures_util::{FutureExt, future::LocalBoxFuture};

use super::{Shared, forms::Fields, guard::Limit, session};
use crate::{
    domain::policy::{Permission, Reach},
    error::{Error, Result},
    i18n::Locale,
    store::{
        self, Pool, Pooled, Scope, Sight, event::Actor, member::Member, organisation::Organisation, session::Session,
    },
    usecases::{
        confirmation,
        sign_in::{Device, Door},
    },
};

/// Who is signed in, found once per request.
#[derive(Clone)]
pub struct Signed {
    pub member: Member,
    pub organisation: Organisation,
    /// `None` when a bearer token was shown.
    pub session: Option<Session>,
    /// What the bearer token is for; `None` in a session, which is for everything.
    pub scopes: Option<Vec<String>>,
}

/// A signed-in member who may do `P`.
pub struct May<P> {
    pub request: Asked,
    pub signed: Arc<Signed>,
    permission: PhantomData<P>,
}

/// A signed-in member who may do `P` and has shown within the last minutes who they are. Whoever has not is asked, with what
/// they sent kept, and goes on with it.
pub struct Confirmed<P>(May<P>);

impl<P> std::ops::Deref for Confirmed<P> {
    type Target = May<P>;
    fn deref(&self) -> &May<P> {
        &self.0
    }
}

/// What was sent with a request that must be confirmed first.
pub struct Held {
    pub fields: Fields,
    pub asked: confirmation::Asked,
}

/// Somebody who is not signed in, on a page for those who are not: a signed-in member is led home.
pub struct Guest(pub Asked);

/// Anybody, signed in or not.
pub struct Anyone {
    pub request: Asked,
    pub signed: Option<Arc<Signed>>,
}

/// What a request brings besides its input.
#[derive(Clone)]
pub struct Asked {
    pub shared: Arc<Shared>,
    pool: Pool,
    pub path: String,
    pub locale: Locale,
    /// The client's network address.
    pub address: String,
    pub user_agent: String,
    /// What the browser keeps to be known again, as it sent it.
    device: String,
    /// The place between password and code, as the browser sent it.
    pub second_step: String,
    /// The way to an identity provider and back, as the browser sent it.
    pub sign_on: String,
}

impl Asked {
    pub fn device(&self) -> Device {
        let mark = session::mark(&self.device);
        Device { address: self.address.clone(), user_agent: self.user_agent.clone(), mark }
    }

    pub fn door(&self) -> Door<'_> {
        Door { site: &self.shared.config.public_url, now: self.shared.clock.now(), lifetime: session::LIFETIME }
    }

    /// Counts a try at an account's door.
    ///
    /// # Errors
    /// `TooOften` with the seconds to wait.
    pub fn take(&self, limit: &Limit, account: &str, email: &str) -> Result<()> {
        let known = session::is_known_device(&self.shared.sealing, &self.device, email);
        limit.take(account, &self.address, known.then_some(self.device.as_str()))
    }
}

impl<P> May<P> {
    /// Shows this organisation's rows and no others, also to a query that forgets to say so.
    pub async fn db(&self) -> Result<Pooled> {
        store::connection(&self.request.pool, Sight::Organisation(self.signed.organisation.id)).await
    }

    pub fn scope(&self) -> Scope {
        Scope {
            org: self.signed.organisation.id,
            member: self.signed.member.id,
            reach: Reach::of(&self.signed.member.roles, self.signed.member.own_jobs_only),
            blind: self.signed.organisation.blind_until_submitted,
        }
    }

    pub fn actor(&self) -> Actor {
        Actor {
            org: self.signed.organisation.id,
            member: Some(self.signed.member.id),
            address: self.request.address.clone(),
            now: self.request.shared.clock.now(),
        }
    }

    pub fn now(&self) -> jiff::Timestamp {
        self.request.shared.clock.now()
    }

    pub fn locale(&self) -> Locale {
        self.request.locale
    }

    /// The IANA zone in which this member reads times.
    pub fn time_zone(&self) -> &str {
        self.signed.member.time_zone.as_deref().unwrap_or(&self.signed.organisation.time_zone)
    }

    /// Whether this member may also do `Q`; for links, never instead of a signature.
    pub fn also<Q: Permission>(&self) -> bool {
        Q::granted_to(&self.signed.member.roles)
    }
}

impl Guest {
    pub async fn db(&self) -> Result<Pooled> {
        store::connection(&self.0.pool, Sight::Guest).await
    }
}

impl Anyone {
    pub async fn db(&self) -> Result<Pooled> {
        store::connection(&self.request.pool, self.sight(Sight::Guest)).await
    }

    /// For the mailbox page of a development installation: the letters of everybody while nobody is signed in.
    pub async fn mailbox(&self) -> Result<Pooled> {
        store::connection(&self.request.pool, self.sight(Sight::Worker)).await
    }

    fn sight(&self, unsigned: Sight) -> Sight {
        self.signed.as_ref().map_or(unsigned, |signed| Sight::Organisation(signed.organisation.id))
    }
}

impl<P: Permission> FromRequest for May<P> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // While the database is away nobody can be identified: that is busy, and no reason to sign in again.
        ready(asked(request).and_then(|asked| {
            let signed = signed(request).ok_or(Error::SignIn)?;
            if !P::granted_to(&signed.member.roles) || !super::api::token::is_for(&signed, request) {
                return Err(Error::Forbidden);
            }
            Ok(May { request: asked, signed, permission: PhantomData })
        }))
    }
}

impl<P: Permission> FromRequest for Confirmed<P> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let may = match May::<P>::from_request(request, payload).into_inner() {
            Ok(may) => may,
            Err(error) => return ready(Err(error.into())).boxed_local(),
        };
        let is_fresh = |session: &Session| may.now() < session.confirmed_at.to_jiff() + confirmation::HOLDS;
        if may.signed.session.as_ref().is_some_and(is_fresh) {
            return ready(Ok(Confirmed(may))).boxed_local();
        }
        let (request, fields) = (request.clone(), Fields::from_request(request, payload));
        async move {
            // A script's JSON is not kept: it asks again.
            let fields = fields.await.unwrap_or_default();
            let asked = confirmation::asked(&mut *may.db().await?, &may.signed.member).await?;
            request.extensions_mut().insert(Held { fields, asked });
            Err(Error::Confirm.into())
        }
        .boxed_local()
    }
}

impl FromRequest for Guest {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(asked(request).map(Guest))
    }
}

impl FromRequest for Anyone {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(asked(request).map(|asked| Anyone { request: asked, signed: signed(request) }))
    }
}

/// Finds out who asks, once, before any handler. Pages take the cookie, the API takes a bearer token and nothing else.
pub async fn identify<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    match find(request.request()).await {
        Ok(Some(signed)) => {
            request.extensions_mut().insert(Arc::new(signed));
        }
        Ok(None) => {}
        Err(error) => {
            request.extensions_mut().insert(Unidentified(error));
        }
    }
    next.call(request).await
}

/// Why nobody could be identified although a credential was shown: the database was away.
struct Unidentified(Error);

async fn find(request: &HttpRequest) -> Result<Option<Signed>> {
    let shared = shared(request)?;
    if request.path().starts_with("/assets/") || request.path().starts_with("/health/") {
        return Ok(None);
    }
    if request.path().starts_with("/api/") {
        return super::api::token::find(request, &shared, pool(request)?).await;
    }
    let now = shared.clock.now();
    let cookie = cookie(request, &shared, session::MAIN);
    let Some((org, id)) = shared.keys.check(&cookie, now) else { return Ok(None) };
    let mut conn = store::connection(pool(request)?, Sight::Organisation(org)).await?;
    match store::session::identify(&mut conn, org, id, now).await {
        Ok((session, member, organisation)) => {
            if now.duration_since(session.seen_at.to_jiff()).as_secs() >= 60 {
                store::session::touch(&mut conn, org, id, now).await?;
            }
            Ok(Some(Signed { member, organisation, session: Some(session), scopes: None }))
        }
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn signed(request: &HttpRequest) -> Option<Arc<Signed>> {
    request.extensions().get::<Arc<Signed>>().cloned()
}

pub(super) fn asked(request: &HttpRequest) -> Result<Asked> {
    if request.extensions().get::<Unidentified>().is_some_and(|failed| matches!(failed.0, Error::Busy | Error::Bug(_)))
    {
        return Err(Error::Busy);
    }
    let shared = shared(request)?;
    let text = |name: header::HeaderName| {
        request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    Ok(Asked {
        pool: pool(request)?.clone(),
        path: request.path().to_owned(),
        locale: locale(request),
        address: address(request, shared.config.trust_proxy),
        user_agent: text(header::USER_AGENT).chars().take(300).collect(),
        device: cookie(request, &shared, session::DEVICE),
        second_step: cookie(request, &shared, session::STEP),
        sign_on: cookie(request, &shared, session::SIGN_ON),
        shared,
    })
}

/// The value of a cookie of ours, "" when the browser sent none.
fn cookie(request: &HttpRequest, shared: &Shared, name: &str) -> String {
    let cookie = request.cookie(&session::cookie_name(&shared.config, name));
    cookie.map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

/// The member's language, else the browser's, else the organisation's.
pub(super) fn locale(request: &HttpRequest) -> Locale {
    let signed = signed(request);
    let chosen = signed.as_ref().and_then(|signed| signed.member.locale.as_deref()).and_then(Locale::from_tag);
    let browser = || {
        let header = request.headers().get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        Some(Locale::negotiate(header))
    };
    let organisation = || signed.as_ref().and_then(|signed| Locale::from_tag(&signed.organisation.locale));
    chosen.or_else(browser).or_else(organisation).unwrap_or_default()
}

pub(super) fn address(request: &HttpRequest, trust_proxy: bool) -> String {
    let forwarded = || {
        let header = request.headers().get("x-forwarded-for")?.to_str().ok()?;
        header.split(',').next_back()?.trim().parse::<std::net::IpAddr>().ok()
    };
    let peer = request.peer_addr().map(|peer| peer.ip());
    let address = if trust_proxy { forwarded().or(peer) } else { peer };
    address.map(|ip| ip.to_string()).unwrap_or_default()
}

pub(super) fn shared(request: &HttpRequest) -> Result<Arc<Shared>> {
    let data = request.app_data::<Data<Shared>>().ok_or_else(|| anyhow::anyhow!("the shared state is not set"))?;
    Ok(Arc::clone(data))
}

fn pool(request: &HttpRequest) -> Result<&Pool> {
    let data = request.app_data::<Data<Pool>>().ok_or_else(|| anyhow::anyhow!("the pool is not set"))?;
    Ok(data.get_ref())
}
