//! Who asks. A handler's first parameter is `May<Permission>`, `Rater`, `Guest` or `Anyone`; only these open the database.

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

use super::{Shared, failure::Reader, forms::Fields, guard::Limit, session};
use crate::{
    domain::{
        id::{InterviewId, OrgId, ScorecardId},
        policy::{OwnFactors, Permission, Reach, Score},
    },
    error::{Error, Result},
    i18n::Locale,
    store::{
        self, Pool, Pooled, Scope, Sight,
        event::Actor,
        member::Member,
        organisation::Organisation,
        session::{Session, Wanted},
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
    /// The one interview that somebody without an account may reach; `None` for members.
    pub at_seat: Option<InterviewId>,
}

impl Signed {
    /// The organisation asks for a second factor, and none was shown in this session. Tokens are no sessions.
    pub fn awaits_factor(&self) -> bool {
        let lacks = |session: &Session| session.seat_id.is_none() && !session.second_factor;
        self.organisation.second_factor_required && self.session.as_ref().is_some_and(lacks)
    }
}

/// A signed-in member who may do `P`.
pub struct May<P> {
    pub request: Asked,
    pub signed: Arc<Signed>,
    permission: PhantomData<P>,
}

/// Whoever rates: a member who may score, or somebody without an account at the seat that their link is for. To every other
/// handler the latter is a stranger.
pub struct Rater(May<Score>);

impl std::ops::Deref for Rater {
    type Target = May<Score>;
    fn deref(&self) -> &May<Score> {
        &self.0
    }
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
        scope(&self.signed)
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

    /// The same member with another permission that they have too.
    ///
    /// # Errors
    /// `Forbidden`.
    pub fn likewise<Q: Permission>(&self) -> Result<May<Q>> {
        if !self.also::<Q>() {
            return Err(Error::Forbidden);
        }
        Ok(May { request: self.request.clone(), signed: Arc::clone(&self.signed), permission: PhantomData })
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

    /// For whoever has shown a secret of this organisation's.
    pub async fn db_of(&self, org: OrgId) -> Result<Pooled> {
        store::connection(&self.0.pool, Sight::Organisation(org)).await
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
            if signed.awaits_factor() && P::NAME != OwnFactors::NAME {
                return Err(Error::SecondFactor);
            }
            if !P::granted_to(&signed.member.roles) || !super::api::token::is_for(&signed, request) {
                return Err(Error::Forbidden);
            }
            Ok(May { request: asked, signed, permission: PhantomData })
        }))
    }
}

impl FromRequest for Rater {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let seated = request.extensions().get::<Seated>().map(|seated| Arc::clone(&seated.0));
        match seated {
            Some(signed) => {
                ready(asked(request).map(|asked| Rater(May { request: asked, signed, permission: PhantomData })))
            }
            None => ready(May::from_request(request, payload).into_inner().map(Rater)),
        }
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
        let signed = signed(request).filter(|signed| !signed.awaits_factor());
        ready(asked(request).map(|asked| Anyone { request: asked, signed }))
    }
}

/// Finds out who asks, once, before any handler. Pages take the cookie, the API takes a bearer token and nothing else.
pub async fn identify<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    match find(request.request()).await {
        Ok(found) => {
            let mut extensions = request.extensions_mut();
            if let Some(signed) = found.signed {
                extensions.insert(Arc::new(signed));
            }
            if let Some(seated) = found.seated {
                extensions.insert(Seated(Arc::new(seated)));
            }
        }
        Err(error) => {
            request.extensions_mut().insert(Unidentified(error));
        }
    }
    next.call(request).await
}

/// Somebody without an account, at the seat that they ask for. Only [`Rater`] looks for them.
struct Seated(Arc<Signed>);

/// Why nobody could be identified although a credential was shown: the database was away.
struct Unidentified(Error);

/// Who was found: a member, somebody without an account at their seat, in one browser maybe both.
#[derive(Default)]
struct Found {
    signed: Option<Signed>,
    seated: Option<Signed>,
}

async fn find(request: &HttpRequest) -> Result<Found> {
    let shared = shared(request)?;
    if request.path().starts_with("/assets/") || request.path().starts_with("/health/") {
        return Ok(Found::default());
    }
    if Reader::of(request.path()).is_system() {
        let signed = super::api::token::find(request, &shared, pool(request)?).await?;
        return Ok(Found { signed, seated: None });
    }
    let now = shared.clock.now();
    let seated = find_at_seat(request, &shared, now).await?;
    Ok(Found { signed: find_member(request, &shared, now).await?, seated })
}

async fn find_member(request: &HttpRequest, shared: &Shared, now: jiff::Timestamp) -> Result<Option<Signed>> {
    let cookie = cookie(request, shared, session::MAIN);
    let Some((org, id)) = shared.keys.check(&cookie, now) else { return Ok(None) };
    let mut conn = store::connection(pool(request)?, Sight::Organisation(org)).await?;
    match store::session::identify(&mut conn, org, id, now).await {
        Ok((session, member, organisation)) => {
            if now.duration_since(session.seen_at.to_jiff()).as_secs() >= 60 {
                store::session::touch(&mut conn, org, id, now).await?;
            }
            Ok(Some(Signed { member, organisation, session: Some(session), scopes: None, at_seat: None }))
        }
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Somebody without an account, when the path is of their seat's interview or scorecard. Whatever else they ask for, they are not
/// known, and a member who sits here too is who they are with their account.
async fn find_at_seat(request: &HttpRequest, shared: &Shared, now: jiff::Timestamp) -> Result<Option<Signed>> {
    let Some(wanted) = wanted(request.path()) else { return Ok(None) };
    let cookie = cookie(request, shared, session::SEAT);
    let Some((org, id)) = shared.keys.check_seat(&cookie, now) else { return Ok(None) };
    let mut conn = store::connection(pool(request)?, Sight::Organisation(org)).await?;
    match store::session::identify_at_seat(&mut conn, org, id, wanted, now).await {
        Ok((session, member, organisation, interview)) => {
            if now.duration_since(session.seen_at.to_jiff()).as_secs() >= 60 {
                store::session::touch(&mut conn, org, id, now).await?;
            }
            let session = Some(session);
            Ok(Some(Signed { member, organisation, session, scopes: None, at_seat: Some(interview) }))
        }
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn wanted(path: &str) -> Option<Wanted> {
    let mut parts = path.split('/').skip(1);
    match (parts.next()?, parts.next()?.parse().ok()?) {
        ("interviews", id) => Some(Wanted::Interview(InterviewId(id))),
        ("scorecards", id) => Some(Wanted::Scorecard(ScorecardId(id))),
        _ => None,
    }
}

/// Whether the browser keeps a seat of somebody without an account, be it over or another one.
pub(super) fn had_seat(request: &HttpRequest) -> bool {
    shared(request)
        .is_ok_and(|shared| wanted(request.path()).is_some() && !cookie(request, &shared, session::SEAT).is_empty())
}

pub(super) fn scope(signed: &Signed) -> Scope {
    Scope {
        org: signed.organisation.id,
        member: signed.member.id,
        reach: Reach::of(&signed.member.roles, signed.member.own_jobs_only),
        blind: signed.organisation.blind_until_submitted,
    }
}

/// For what goes out to a member after their request was handled.
pub(super) async fn db(request: &HttpRequest, signed: &Signed) -> Result<Pooled> {
    store::connection(pool(request)?, Sight::Organisation(signed.organisation.id)).await
}

pub(super) fn signed(request: &HttpRequest) -> Option<Arc<Signed>> {
    request.extensions().get::<Arc<Signed>>().cloned()
}

/// Whoever counts requests counts those of both.
pub(super) fn signed_or_seated(request: &HttpRequest) -> Option<Arc<Signed>> {
    signed(request).or_else(|| request.extensions().get::<Seated>().map(|seated| Arc::clone(&seated.0)))
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
    let signed = signed_or_seated(request);
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
