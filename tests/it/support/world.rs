//! A world to test in: two organisations, always, with a member per role each, and the whole site in the process.

use std::{collections::BTreeMap, sync::Arc};

use actix_http::Request;
use actix_web::{
    App,
    body::{BoxBody, MessageBody},
    cookie::Cookie,
    dev::{Service, ServiceResponse},
    http::{Method, StatusCode, header::HeaderMap},
    test::{self, TestRequest},
};
use attune::{
    clock::Clock,
    config::Config,
    domain::{
        guidance::Country,
        id::{MemberId, OrgId, SessionId},
        policy::{Reach, Role},
    },
    store::{
        self, Conn, Pool, Pooled, Scope, Sight,
        event::{self, Actor, Event},
        member::Member,
        organisation::Organisation,
        session::Session,
    },
    usecases::password::Hashing,
    web::{self, Shared},
};
use jiff::Timestamp;
use serde_json::Value;

use super::database;

/// When every test begins: a Monday morning in Stockholm.
pub const NOW: &str = "2026-11-23T08:00:00Z";
pub const PASSWORD: &str = "green herring on monday";

pub struct World {
    /// The database's address for the account that serves.
    pub url: String,
    /// What the site is served from.
    pub pool: Pool,
    /// Its address for the owner, to whom no row is hidden.
    pub owner_url: String,
    owner: Pool,
    pub clock: Clock,
    pub shared: Arc<Shared>,
    /// The organisation under test.
    pub home: Home,
    /// Another one, which must never show.
    pub neighbour: Home,
}

/// An organisation with a member per role, called by the role.
pub struct Home {
    pub org: OrgId,
    members: BTreeMap<Role, Who>,
}

/// A signed-in member.
#[derive(Clone, Debug)]
pub struct Who {
    pub org: OrgId,
    pub id: MemberId,
    pub email: String,
    pub name: String,
    pub roles: Vec<Role>,
    pub session: SessionId,
    token: String,
}

impl World {
    pub async fn new() -> World {
        World::with("").await
    }

    /// With lines of `attune.toml`.
    pub async fn with(settings: &str) -> World {
        World::over(database::fresh().await, settings).await
    }

    /// In a migrated, empty database, whose owner's address it is given.
    pub async fn over(owner_url: String, settings: &str) -> World {
        let url = database::serving(&owner_url);
        // The walks ask more in a second than people do in an hour; tests of the limits set their own.
        let limits = if settings.contains("requests_per_minute") { "" } else { "requests_per_minute = 100000000\n" };
        let file = format!(
            "database_url = \"{url}\"\nsecret_key = \"a key for tests, longer than needed\"\n{limits}{settings}"
        );
        let config = Config::read(&file, |_| None).unwrap();
        let clock = Clock::set(NOW.parse().unwrap());
        let shared = Shared::new(config, clock.clone(), Hashing::cheap().unwrap()).unwrap();
        let (pool, owner) = (store::pool(&url, 8).unwrap(), store::pool(&owner_url, 8).unwrap());
        let mut conn = store::connection(&owner, Sight::Owner).await.unwrap();
        let home = Home::new(&mut conn, &shared, "Nordlys Support AB", "nordlys.example").await;
        let neighbour = Home::new(&mut conn, &shared, "Fjordbank Kundeservice", "fjordbank.example").await;
        drop(conn);
        World { url, pool, owner_url, owner, clock, shared, home, neighbour }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub async fn conn(&self) -> Pooled {
        store::connection(&self.owner, Sight::Owner).await.unwrap()
    }

    /// The home organisation's member with this role.
    pub fn who(&self, role: Role) -> &Who {
        self.home.who(role)
    }

    /// Opens a page.
    /// Looks again where the answer has to be computed first, as the page would.
    pub async fn get(&self, who: impl Into<Option<&Who>>, path: &str) -> Answer {
        let who = who.into();
        let look = || self.send(who, TestRequest::get().uri(path).insert_header(("prefer", "wait=20")));
        let mut answer = look().await;
        for _ in 0..10 {
            if answer.status != 202 {
                break;
            }
            answer = look().await;
        }
        answer
    }

    /// Sends a form as a browser would from a page of ours.
    pub async fn post(&self, who: impl Into<Option<&Who>>, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = TestRequest::post().uri(path).insert_header(("sec-fetch-site", "same-origin")).set_form(fields);
        self.send(who.into(), request).await
    }

    /// Sends JSON as a script of ours would.
    pub async fn post_json(&self, who: impl Into<Option<&Who>>, path: &str, body: &Value) -> Answer {
        let request = TestRequest::post()
            .uri(path)
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header(("accept", "application/json"))
            .set_json(body);
        self.send(who.into(), request).await
    }

    /// Calls the API with a bearer token.
    pub async fn call(&self, token: &str, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let mut request = TestRequest::default().method(method).uri(path);
        if !token.is_empty() {
            request = request.insert_header(("authorization", format!("Bearer {token}")));
        }
        if let Some(body) = body {
            request = request.set_json(body);
        }
        self.send(None, request).await
    }

    /// Any request, with the member's cookie when there is a member.
    pub async fn send(&self, who: Option<&Who>, mut request: TestRequest) -> Answer {
        if let Some(who) = who {
            request = request.cookie(Cookie::new(
                web::session::cookie_name(&self.shared.config, web::session::MAIN),
                who.token.clone(),
            ));
        }
        let site =
            test::init_service(App::new().configure(web::site(Arc::clone(&self.shared), self.pool.clone()))).await;
        Answer::of(&site, request.peer_addr("127.0.0.1:50000".parse().unwrap()).to_request()).await
    }

    /// Signs a member in on one more device.
    pub async fn sign_in(&self, who: &Who) -> Who {
        let mut conn = self.conn().await;
        let (session, token) = start_session(&mut conn, &self.shared, who.org, who.id).await;
        Who { session, token, ..who.clone() }
    }

    /// Signs a member in as a browser does.
    pub async fn sign_in_by_form(&self, who: &Who) -> Who {
        let answer = self.post(None, "/sign-in", &[("email", &who.email), ("password", PASSWORD)]).await;
        let cookie = Cookie::parse(answer.assert_status(303).header("set-cookie").to_owned()).unwrap();
        Who { token: cookie.value().to_owned(), ..who.clone() }
    }

    /// A further member of an organisation.
    pub async fn member(&self, home: &Home, name: &str, roles: &[Role]) -> Who {
        let mut conn = self.conn().await;
        let email = format!(
            "{}@{}",
            name.to_lowercase().replace(' ', "."),
            if home.org == self.home.org { "nordlys.example" } else { "fjordbank.example" }
        );
        add_member(&mut conn, &self.shared, home.org, name, &email, roles).await
    }
}

impl Home {
    async fn new(conn: &mut Conn, shared: &Shared, name: &'static str, domain: &str) -> Home {
        let org = OrgId::new();
        let now = shared.clock.now();
        let organisation = Organisation {
            id: org,
            name: name.to_owned(),
            locale: "en".to_owned(),
            time_zone: "Europe/Stockholm".to_owned(),
            blind_until_submitted: true,
            evidence_per_rating: true,
            note_for_extremes: true,
            created_at: now.into(),
            evidence_hints: true,
            seat_link_days: 5,
            country: Country::Se,
            anonymises: false,
            retention_months: 24,
            second_factor_required: false,
        };
        store::organisation::insert(conn, &organisation).await.unwrap();
        let mut members = BTreeMap::new();
        for role in Role::ALL {
            let name = role.as_str().replace('_', " ");
            let email = format!("{}@{domain}", role.as_str().replace('_', "."));
            members.insert(*role, add_member(conn, shared, org, &name, &email, &[*role]).await);
        }
        Home { org, members }
    }

    pub fn who(&self, role: Role) -> &Who {
        &self.members[&role]
    }

    pub fn everybody(&self) -> impl Iterator<Item = &Who> {
        self.members.values()
    }
}

impl Who {
    /// What the session's cookie holds.
    pub fn token(&self) -> &str {
        &self.token
    }

    pub fn scope(&self) -> Scope {
        Scope { org: self.org, member: self.id, reach: Reach::of(&self.roles, false), blind: true }
    }

    pub fn actor(&self, now: Timestamp) -> Actor {
        Actor { org: self.org, member: Some(self.id), address: "127.0.0.1".to_owned(), now }
    }
}

async fn add_member(conn: &mut Conn, shared: &Shared, org: OrgId, name: &str, email: &str, roles: &[Role]) -> Who {
    let member = Member {
        org_id: org,
        id: MemberId::new(),
        email: email.to_owned(),
        name: name.to_owned(),
        roles: roles.to_vec(),
        locale: Some("en".to_owned()),
        time_zone: None,
        password_hash: Some(shared.hashing.hash(PASSWORD.to_owned()).await.unwrap()),
        disabled_at: None.into(),
        created_at: shared.clock.now().into(),
        password_short: false,
        own_jobs_only: false,
        is_service: false,
        is_outside: false,
    };
    store::member::insert(conn, &member).await.unwrap();
    let (session, token) = start_session(conn, shared, org, member.id).await;
    Who { org, id: member.id, email: member.email, name: member.name, roles: member.roles, session, token }
}

async fn start_session(conn: &mut Conn, shared: &Shared, org: OrgId, member: MemberId) -> (SessionId, String) {
    let now = shared.clock.now();
    let expires_at = now + web::session::LIFETIME;
    let session = Session {
        org_id: org,
        id: SessionId::new(),
        member_id: member,
        // A key per member, as in the product.
        device_key: member.0.as_bytes().repeat(2),
        user_agent: "the tests".to_owned(),
        address: "127.0.0.1".to_owned(),
        created_at: now.into(),
        seen_at: now.into(),
        expires_at: expires_at.into(),
        ended_at: None.into(),
        confirmed_at: now.into(),
        device_hash: None,
        seat_id: None,
        second_factor: false,
    };
    store::session::insert(conn, &session).await.unwrap();
    // The token's own end is checked by the system's clock, the session's by the test's.
    let token = shared.keys.token(org, session.id, Timestamp::now() + web::session::LIFETIME).unwrap();
    (session.id, token)
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    async fn of<S, B>(site: &S, request: Request) -> Answer
    where
        S: Service<Request, Response = ServiceResponse<B>, Error = actix_web::Error>,
        B: MessageBody + 'static,
    {
        let response = match site.call(request).await {
            Ok(response) => response.map_into_boxed_body().into_parts().1,
            Err(error) => error.error_response(),
        };
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = actix_web::body::to_bytes::<BoxBody>(response.into_body()).await.unwrap_or_default().to_vec();
        Answer { status, headers, bytes }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn html(&self) -> scraper::Html {
        scraper::Html::parse_document(&self.text())
    }

    /// What a person reads on the page, white space folded.
    pub fn words(&self) -> String {
        let html = self.html();
        let body = scraper::Selector::parse("body").unwrap();
        let text: String =
            html.select(&body).flat_map(|body| body.text().collect::<Vec<_>>()).collect::<Vec<_>>().join(" ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    #[track_caller]
    pub fn assert_status(self, status: u16) -> Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.words());
        self
    }

    #[track_caller]
    pub fn assert_says(self, words: &str) -> Answer {
        assert!(self.words().contains(words), "{words:?} is not in: {}", self.words());
        self
    }

    #[track_caller]
    pub fn assert_silent_about(self, words: &str) -> Answer {
        assert!(!self.text().contains(words), "{words:?} must not be in: {}", self.words());
        self
    }
}

/// The newest lines of an organisation's trail, newest first.
pub async fn newest_events(conn: &mut Conn, scope: &Scope, limit: i64) -> Vec<Event> {
    let named = event::named(conn, scope, None, None, limit).await.unwrap();
    named.items.into_iter().map(|named| named.event).collect()
}
