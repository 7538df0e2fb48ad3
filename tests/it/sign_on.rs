//! Single sign-on against a real OpenID Connect provider, a process of its own.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use attune::{
    domain::{policy::Role, secret_link::SecretPurpose},
    store,
    usecases::{
        secret_link::mint,
        sign_on::{callback, confirm_domain},
    },
};
use jiff::SignedDuration;
use scraper::{Html, Selector};

use crate::support::{
    jar::Jar,
    world::{PASSWORD, World, newest_events},
};

const SECRET: &str = "what the provider knows us by";

#[actix_web::test]
async fn somebody_new_comes_in_through_the_provider_and_becomes_an_interviewer() {
    let (world, provider) = set_up("nordlys.example").await;
    let mut browser = world.browser();

    let answer = sign_on(&mut browser, &provider, "kari@nordlys.example").await.assert_status(303);

    assert_eq!(answer.location(), "/jobs");
    browser.get("/").await.assert_status(200).assert_says("Kari <b>Nordmann</b>");
    browser.get("/members").await.assert_status(403);
    let mut conn = world.conn().await;
    let admin = world.who(Role::Admin);
    let address = "kari@nordlys.example".parse().unwrap();
    let kari = store::member::addressed(&mut conn, admin.org, &address).await.unwrap().unwrap();
    assert_eq!(kari.roles, [Role::Interviewer]);
    let lines = newest_events(&mut conn, &admin.scope(), 3).await;
    let actions: Vec<_> = lines.iter().map(|line| line.action.as_str()).collect();
    assert_eq!(actions, ["session.started", "member.identified", "member.added"]);
    assert_eq!(lines[0].detail["by"], "sign_on");

    // What names the person is issuer and subject: with another address here they are still the same member.
    let moved = diesel::sql_query("UPDATE members SET email = 'kari.n@nordlys.example' WHERE id = $1")
        .bind::<diesel::sql_types::Uuid, _>(kari.id);
    diesel_async::RunQueryDsl::execute(moved, &mut conn).await.unwrap();
    let mut again = world.browser();
    sign_on(&mut again, &provider, "kari@nordlys.example").await.assert_status(303);
    assert!(store::member::addressed(&mut conn, admin.org, &address).await.unwrap().is_none(), "no second member");
}

#[actix_web::test]
async fn a_member_of_that_address_is_recognised_and_keeps_their_roles() {
    let (world, provider) = set_up("nordlys.example").await;
    let mut browser = world.browser();

    sign_on(&mut browser, &provider, "admin@nordlys.example").await.assert_status(303);

    browser.get("/members").await.assert_status(200);
}

#[actix_web::test]
async fn the_provider_stands_for_the_second_factor_that_the_organisation_asks_for() {
    let (world, provider) = set_up("nordlys.example").await;
    world.sql("UPDATE organisations SET second_factor_required = true").await;
    let mut browser = world.browser();

    sign_on(&mut browser, &provider, "admin@nordlys.example").await.assert_status(303);

    browser.get("/members").await.assert_status(200);
}

#[actix_web::test]
async fn whoever_does_not_come_back_from_the_very_same_way_is_not_let_in() {
    let (world, provider) = set_up("nordlys.example").await;
    let refused = async |browser: &mut Jar<'_>, back: &str, words: &str| {
        browser.get(back).await.assert_status(409).assert_says(words);
        assert!(browser.cookie("attune").is_none());
    };
    let mut browser = world.browser();
    let address = begin(&mut browser, "kari@nordlys.example").await;
    let trip = browser.cookie("attune-sign-on").unwrap().to_owned();
    let back = provider.come_back(&address, "kari@nordlys.example").await;

    // Another browser, another state, no code, a forged trip.
    refused(&mut world.browser(), &back, "was begun in another browser").await;
    let mut victim = world.browser();
    begin(&mut victim, "kari@nordlys.example").await;
    refused(&mut victim, &back, "was begun in another browser").await;
    for wrong in
        ["/sign-on/callback", "/sign-on/callback?error=access_denied&state=x", "/sign-on/callback?code=x&state=x"]
    {
        let mut other = world.browser();
        other.set("attune-sign-on", &trip);
        refused(&mut other, wrong, "Begin again").await;
    }
    let mut forged = world.browser();
    forged.set("attune-sign-on", &trip.replace(|c: char| c.is_ascii_digit(), "A"));
    refused(&mut forged, &back, "Begin again").await;

    browser.get(&back).await.assert_status(303);
    // The same once more: the provider takes a code once.
    let mut replay = world.browser();
    replay.set("attune-sign-on", &trip);
    refused(&mut replay, &back, "does not hold").await;

    let mut late = world.browser();
    let address = begin(&mut late, "kari@nordlys.example").await;
    let back = provider.come_back(&address, "kari@nordlys.example").await;
    world.clock.advance(SignedDuration::from_mins(10));
    refused(&mut late, &back, "took too long").await;
}

#[actix_web::test]
async fn an_address_that_is_not_verified_or_of_another_domain_lets_nobody_in() {
    let (world, provider) = set_up("nordlys.example").await;
    let mut conn = world.conn().await;
    let before = store::member::list(&mut conn, &world.who(Role::Admin).scope(), None, 100).await.unwrap().items.len();

    for (login, words) in [
        ("unverified.recruiter@nordlys.example", "no verified mail address"),
        ("nameless", "no verified mail address"),
        ("admin@fjordbank.example", "is not confirmed for this organisation"),
        ("admin@nordlys.example.evil.example", "is not confirmed for this organisation"),
    ] {
        let mut browser = world.browser();
        let address = begin(&mut browser, "kari@nordlys.example").await;
        let back = provider.come_back(&address, login).await;
        browser.get(&back).await.assert_status(409).assert_says(words);
        assert!(browser.cookie("attune").is_none(), "{login}");
    }

    let after = store::member::list(&mut conn, &world.who(Role::Admin).scope(), None, 100).await.unwrap().items.len();
    assert_eq!(before, after);
}

#[actix_web::test]
async fn a_domain_opens_nothing_before_the_operator_has_confirmed_it_and_belongs_to_one_organisation() {
    let world = World::new().await;
    let provider = Provider::start(&world).await;
    let admin = world.who(Role::Admin);
    save(&world, &provider, &[("domains", "nordlys.example")]).await.assert_status(303);
    world.get(admin, "/settings/sign-on").await.assert_says("Waits for the operator");
    let mut browser = world.browser();
    let ask = [("email", "kari@nordlys.example")];
    browser.post("/sign-on", &ask).await.assert_status(422).assert_says("No organisation signs in this way");

    let mut conn = world.conn().await;
    confirm_domain(&mut conn, admin.org, "nordlys.example", world.now()).await.unwrap();
    world.get(admin, "/settings/sign-on").await.assert_says("Confirmed");
    browser.post("/sign-on", &ask).await.assert_status(200);

    let neighbour = world.neighbour.org;
    store::sign_on::set_domains(&mut conn, neighbour, &["nordlys.example".to_owned()], world.now()).await.unwrap();
    assert!(confirm_domain(&mut conn, neighbour, "nordlys.example", world.now()).await.is_err());
    assert!(confirm_domain(&mut conn, neighbour, "never.example", world.now()).await.is_err());
}

#[actix_web::test]
async fn where_it_is_enforced_a_password_opens_nothing_but_for_one_admin() {
    let (world, provider) = set_up("nordlys.example").await;
    let (admin, recruiter) = (world.who(Role::Admin), world.who(Role::Recruiter));
    let enforced = [("domains", "nordlys.example"), ("enforced", "on")];
    save(&world, &provider, &enforced).await.assert_status(422).assert_says("Choose an admin who has a password");
    let no_admin = recruiter.id.to_string();
    save(&world, &provider, &[enforced[0], enforced[1], ("break_glass", &no_admin)]).await.assert_status(422);

    let id = admin.id.to_string();
    save(&world, &provider, &[enforced[0], enforced[1], ("break_glass", &id)]).await.assert_status(303);

    let refused = world.browser().sign_in(&recruiter.email).await.assert_status(409);
    refused.assert_says("Choose “Sign in with your organisation”");
    // A wrong password learns nothing of it.
    let wrong = [("email", recruiter.email.as_str()), ("password", "some long password")];
    world.post(None, "/sign-in", &wrong).await.assert_says("do not belong together");
    let mut conn = world.conn().await;
    let purpose = SecretPurpose::PasswordReset;
    let link = mint(&mut conn, recruiter.org, recruiter.id, purpose, world.now()).await.unwrap();
    let new = [("password", "blue heron on thursday"), ("again", "blue heron on thursday")];
    world.browser().post(&link, &new).await.assert_status(409);
    world.browser().sign_in(&admin.email).await.assert_status(303);
    // The neighbour goes on as before.
    world.browser().sign_in(&world.neighbour.who(Role::Hr).email).await.assert_status(303);
    let mut browser = world.browser();
    sign_on(&mut browser, &provider, &recruiter.email).await.assert_status(303);

    world.post(admin, "/settings/sign-on/removal", &[]).await.assert_status(303);
    world.browser().sign_in(&recruiter.email).await.assert_status(303);
}

#[actix_web::test]
async fn whoever_has_no_password_confirms_by_signing_in_once_more_and_goes_on_with_what_was_typed() {
    let (world, provider) = set_up("nordlys.example").await;
    let mut browser = world.browser();
    sign_on(&mut browser, &provider, "kari@nordlys.example").await.assert_status(303);
    world.clock.advance(SignedDuration::from_mins(11));
    let typed = [("name", "Payroll"), ("days", "30"), ("scopes", "jobs:read")];

    let page = browser.post("/api-tokens", &typed).await.assert_status(401).assert_says("Sign in once more");
    let html = page.html();
    let form = Selector::parse("main form").unwrap();
    assert_eq!(html.select(&form).next().unwrap().attr("action"), Some("/api-tokens"));
    browser.post("/api-tokens", &typed).await.assert_status(401);
    let given = browser.post("/confirmation?to=/api-tokens", &[("confirmation", "anything")]).await;
    given.assert_status(422);

    let ask = [("email", "kari@nordlys.example"), ("again", "true")];
    let page = browser.post("/sign-on", &ask).await.assert_status(200);
    assert!(page.text().contains("prompt=login"));
    sign_on(&mut browser, &provider, "kari@nordlys.example").await.assert_status(303);
    browser.post("/api-tokens", &typed).await.assert_status(201);
}

#[actix_web::test]
async fn a_disabled_member_does_not_come_in_through_the_provider_either() {
    let (world, provider) = set_up("nordlys.example").await;
    let hr = world.who(Role::Hr);
    sign_on(&mut world.browser(), &provider, &hr.email).await.assert_status(303);
    world.post(world.who(Role::Admin), &format!("/members/{}/disablement", hr.id), &[]).await.assert_status(303);

    let mut browser = world.browser();
    sign_on(&mut browser, &provider, &hr.email).await.assert_status(409).assert_says("You are disabled");

    assert!(browser.cookie("attune").is_none());
}

#[actix_web::test]
async fn an_admin_cannot_make_us_ask_machines_of_the_inner_network() {
    let world = World::new().await;
    let provider = Provider::start(&world).await;
    let elsewhere = provider.issuer.replace("127.0.0.1", "localhost");

    for (issuer, words) in [
        ("http://169.254.169.254/latest", "This address cannot be asked"),
        ("https://10.0.0.7", "This address cannot be asked"),
        ("http://idp.example.org", "This address cannot be asked"),
        ("file:///etc/passwd", "This address cannot be asked"),
        // There is a provider, but it calls itself something else.
        (elsewhere.as_str(), "calls itself something else"),
    ] {
        let answer = save_as(&world, issuer, &[]).await.assert_status(422).assert_says(words);
        answer.assert_silent_about(SECRET);
    }
    let answer = save_as(&world, &provider.issuer, &[("domains", "not a domain!")]).await.assert_status(422);
    answer.assert_says("is no domain such as example.org");
    for role in [Role::Recruiter, Role::HiringManager, Role::Interviewer, Role::Hr] {
        world.get(world.who(role), "/settings/sign-on").await.assert_status(403);
    }
}

#[actix_web::test]
async fn the_providers_secret_is_kept_encrypted_and_never_shown() {
    let (world, _provider) = set_up("nordlys.example").await;
    let admin = world.who(Role::Admin);

    let mut conn = world.conn().await;
    let kept = store::sign_on::provider(&mut conn, admin.org).await.unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&kept.sealed_secret).contains(SECRET));
    world.get(admin, "/settings/sign-on").await.assert_status(200).assert_silent_about(SECRET);
    // Sealed with a key that is gone, it is the admin's to enter anew, and no failure of ours.
    world.sql("UPDATE sign_on_providers SET sealed_secret = sealed_secret || '\\x00'").await;
    let ask = [("email", "kari@nordlys.example")];
    world.browser().post("/sign-on", &ask).await.assert_status(409).assert_says("tell your admin");
    store::sign_on::put_provider(&mut conn, &kept).await.unwrap();
    // Saved again without it, it stays.
    let fields = [("issuer", kept.issuer.as_str()), ("client_id", "attune"), ("domains", "nordlys.example")];
    world.post(admin, "/settings/sign-on", &fields).await.assert_status(303);
    let again = store::sign_on::provider(&mut conn, admin.org).await.unwrap().unwrap();
    assert_eq!(kept.sealed_secret, again.sealed_secret);
    assert!(world.browser().sign_in(&admin.email).await.status == 303, "{PASSWORD} still does");
}

// What the tests above stand on

/// A world whose home organisation signs on through a provider, with a confirmed domain.
async fn set_up(domain: &str) -> (World, Provider) {
    let world = World::new().await;
    let provider = Provider::start(&world).await;
    save(&world, &provider, &[("domains", domain)]).await.assert_status(303);
    confirm_domain(&mut *world.conn().await, world.home.org, domain, world.now()).await.unwrap();
    (world, provider)
}

async fn save(world: &World, provider: &Provider, more: &[(&str, &str)]) -> crate::support::world::Answer {
    save_as(world, &provider.issuer, more).await
}

async fn save_as(world: &World, issuer: &str, more: &[(&str, &str)]) -> crate::support::world::Answer {
    let mut fields = vec![("issuer", issuer), ("client_id", "attune"), ("client_secret", SECRET)];
    fields.extend(more);
    world.post(world.who(Role::Admin), "/settings/sign-on", &fields).await
}

/// Names one's address and gets the address of the provider's page.
async fn begin(browser: &mut Jar<'_>, email: &str) -> String {
    let page = browser.post("/sign-on", &[("email", email), ("next", "/jobs")]).await.assert_status(200);
    let html = page.html();
    let link = Selector::parse("main a.btn").unwrap();
    html.select(&link).next().unwrap().attr("href").unwrap().to_owned()
}

async fn sign_on(browser: &mut Jar<'_>, provider: &Provider, login: &str) -> crate::support::world::Answer {
    let address = begin(browser, login).await;
    let back = provider.come_back(&address, login).await;
    browser.get(&back).await
}

/// A provider process; it ends with the test.
struct Provider {
    issuer: String,
    callback: String,
    child: Child,
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Provider {
    async fn start(world: &World) -> Provider {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let callback = callback(&world.shared.config.public_url);
        let child = Command::new("node")
            .args(["tests/oidc/provider.mjs", &port.to_string(), SECRET, &callback])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("node; script/test installs it");
        // Owned from here on: whatever happens, it is stopped and waited for.
        let provider = Provider { issuer: format!("http://127.0.0.1:{port}"), callback, child };
        for _ in 0..300 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return provider;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the provider does not answer; `npm ci --prefix tests/oidc` installs it, as script/test does");
    }

    /// Signs in on the provider's own pages as a person would; returns where it sends the browser back to.
    async fn come_back(&self, address: &str, login: &str) -> String {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let mut request = http.get(address);
        for _ in 0..20 {
            let response = request.send().await.unwrap();
            let here = response.url().clone();
            if let Some(location) = response.headers().get("location") {
                let next = here.join(location.to_str().unwrap()).unwrap();
                if next.as_str().starts_with(&self.callback) {
                    return format!("{}?{}", next.path(), next.query().unwrap_or_default());
                }
                request = http.get(next);
                continue;
            }
            let text = response.text().await.unwrap();
            let (action, prompt) = form(&text).unwrap_or_else(|| panic!("no form at {here}: {text}"));
            let fields = [("prompt", prompt.as_str()), ("login", login), ("password", "anything")];
            let body = serde_urlencoded::to_string(fields).unwrap();
            let kind = "application/x-www-form-urlencoded";
            request = http.post(here.join(&action).unwrap()).header("content-type", kind).body(body);
        }
        panic!("the provider asks without end");
    }
}

fn form(page: &str) -> Option<(String, String)> {
    let html = Html::parse_document(page);
    let form = html.select(&Selector::parse("form").unwrap()).next()?;
    let prompt = form.select(&Selector::parse("input[name=prompt]").unwrap()).next()?;
    Some((form.attr("action")?.to_owned(), prompt.attr("value")?.to_owned()))
}
