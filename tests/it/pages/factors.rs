//! A second factor beside the password: setting it up, being asked for it, losing it; and being asked once more who one is.

use attune::{
    domain::{
        id::{LetterId, PasskeyId},
        letter::LetterState,
        policy::Role,
        secret_link::SecretPurpose,
    },
    store,
    usecases::{authenticator::code_of, sealing::Sealing, secret_link::mint},
    web::Shared,
    worker::sweeps,
};
use jiff::SignedDuration;
use scraper::Selector;
use serde_json::json;

use crate::support::world::{Answer, PASSWORD, Who, World, newest_events};

#[actix_web::test]
async fn with_an_app_the_password_alone_opens_nothing_and_a_code_opens_once() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let App { secret, .. } = set_up(&world, recruiter).await;
    world.clock.advance(SignedDuration::from_secs(60));

    let mut browser = world.browser();
    let answer = browser.sign_in(&recruiter.email).await.assert_status(303);
    assert_eq!(answer.location(), "/sign-in/code?next=%2F");
    assert!(browser.cookie("attune").is_none(), "no session before the code");
    assert!(browser.get("/").await.assert_status(303).location().starts_with("/sign-in?"));
    browser.get("/sign-in/code").await.assert_status(200).assert_says(&recruiter.email);

    browser.post("/sign-in/code", &[("code", "000000")]).await.assert_status(422).assert_says("This code is not right");
    let code = code_of(&secret, world.now()).unwrap();
    let answer = browser.post("/sign-in/code", &[("code", &code), ("next", "/jobs")]).await.assert_status(303);
    assert_eq!(answer.location(), "/jobs");
    browser.get("/").await.assert_status(200);

    let mut thief = world.browser();
    thief.sign_in(&recruiter.email).await;
    thief.post("/sign-in/code", &[("code", &code)]).await.assert_status(422).assert_says("was used already");
    assert!(thief.cookie("attune").is_none());
}

#[actix_web::test]
async fn without_the_password_the_second_step_leads_back_to_the_first() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let App { secret, .. } = set_up(&world, recruiter).await;
    world.clock.advance(SignedDuration::from_secs(60));
    let code = code_of(&secret, world.now()).unwrap();

    // Never, too late, after the password was changed, and with a session's token in its place.
    let mut never = world.browser();
    let mut late = world.browser();
    late.sign_in(&recruiter.email).await.assert_status(303);
    let mut changed = world.browser();
    changed.sign_in(&recruiter.email).await;
    let mut other = world.browser();
    let session = world.sign_in_by_form(world.who(Role::Interviewer)).await;
    other.set("attune-step", session.token());
    let mut conn = world.conn().await;
    let hash = world.shared.hashing.hash("blue heron on thursday".to_owned()).await.unwrap();
    store::member::set_password(&mut conn, recruiter.org, recruiter.id, &hash, false).await.unwrap();
    for browser in [&mut never, &mut changed, &mut other] {
        assert_eq!(browser.get("/sign-in/code").await.assert_status(303).location(), "/sign-in");
        assert_eq!(browser.post("/sign-in/code", &[("code", &code)]).await.assert_status(303).location(), "/sign-in");
    }
    world.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(late.get("/sign-in/code").await.assert_status(303).location(), "/sign-in");
}

#[actix_web::test]
async fn codes_cannot_be_guessed_one_after_the_other() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    set_up(&world, recruiter).await;
    let mut browser = world.browser();
    browser.sign_in(&recruiter.email).await;

    let mut last = None;
    for number in 0..6 {
        last = Some(browser.post("/sign-in/code", &[("code", &format!("00000{number}"))]).await);
    }

    last.unwrap().assert_status(429).assert_says("Too many tries. Wait");
}

#[actix_web::test]
async fn a_recovery_code_opens_once_and_its_use_is_told() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let App { codes, .. } = set_up(&world, recruiter).await;
    assert_eq!(codes.len(), 10);

    let typed = codes[3].to_lowercase().replace('-', " ");
    let mut browser = world.browser();
    browser.sign_in(&recruiter.email).await;
    browser.post("/sign-in/code", &[("code", &typed)]).await.assert_status(303);
    browser.get("/factors").await.assert_status(200).assert_says("9 are left");

    let mut thief = world.browser();
    thief.sign_in(&recruiter.email).await;
    thief.post("/sign-in/code", &[("code", &codes[3])]).await.assert_status(422);
    let subjects = letters(&world, &recruiter.email).await;
    assert!(subjects.contains(&"A recovery code was used to sign in to Attune".to_owned()), "{subjects:?}");
}

#[actix_web::test]
async fn new_recovery_codes_make_the_earlier_ones_useless() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let App { codes, .. } = set_up(&world, recruiter).await;

    let page = world.post(recruiter, "/recovery-codes", &[]).await.assert_status(201);
    let fresh = secrets(&page);

    let mut browser = world.browser();
    browser.sign_in(&recruiter.email).await;
    browser.post("/sign-in/code", &[("code", &codes[0])]).await.assert_status(422);
    browser.post("/sign-in/code", &[("code", &fresh[0])]).await.assert_status(303);
    // Codes are for those who have an app.
    world.post(world.who(Role::Hr), "/recovery-codes", &[]).await.assert_status(404);
}

#[actix_web::test]
async fn an_app_that_was_sealed_with_a_key_that_is_gone_is_no_failure_of_ours_and_a_recovery_code_still_opens() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let App { secret, codes } = set_up(&world, recruiter).await;
    world.clock.advance(SignedDuration::from_secs(60));
    world.sql("UPDATE authenticators SET sealed_secret = sealed_secret || '\\x00'").await;

    let mut browser = world.browser();
    browser.sign_in(&recruiter.email).await.assert_status(303);
    let code = code_of(&secret, world.now()).unwrap();
    browser.post("/sign-in/code", &[("code", &code)]).await.assert_status(422).assert_says("This code is not right");
    browser.post("/sign-in/code", &[("code", &codes[0])]).await.assert_status(303);
    browser.get("/jobs").await.assert_status(200);
}

#[actix_web::test]
async fn the_database_holds_no_secret_that_makes_codes() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let App { secret, codes } = set_up(&world, recruiter).await;

    let mut conn = world.conn().await;
    let kept = store::authenticator::find(&mut conn, recruiter.org, recruiter.id).await.unwrap().unwrap();
    let sheet = diesel_async::RunQueryDsl::load::<Text>(
        diesel::sql_query("SELECT encode(code_hash, 'escape') AS text FROM recovery_codes"),
        &mut conn,
    );

    let plain = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    assert!(!kept.sealed_secret.windows(20).any(|bytes| bytes == plain.as_bytes()));
    assert!(sheet.await.unwrap().iter().all(|row| !codes.iter().any(|code| row.text.contains(&code.replace('-', "")))));
}

#[derive(diesel::QueryableByName)]
struct Text {
    #[diesel(sql_type = diesel::sql_types::Text)]
    text: String,
}

#[actix_web::test]
async fn an_offer_belongs_to_one_member_for_a_quarter_of_an_hour() {
    let world = World::new().await;
    let (recruiter, hr) = (world.who(Role::Recruiter), world.who(Role::Hr));
    let page = world.post(recruiter, "/authenticator/offer", &[]).await.assert_status(200);
    let (secret, offer) = (secrets(&page).remove(0), hidden(&page, "offer"));
    let take = |code: String| [("offer".to_owned(), offer.clone()), ("code".to_owned(), code)];
    let post = async |who: &Who, fields: [(String, String); 2]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        world.post(who, "/authenticator", &fields).await
    };
    let code = || code_of(&secret, world.now()).unwrap();

    post(hr, take(code())).await.assert_status(409).assert_says("there is a new secret now");
    let wrong = post(recruiter, take("12345".into())).await.assert_status(422);
    assert_eq!(secrets(&wrong)[0], secret, "the app has read it already: the same once more");
    world.clock.advance(SignedDuration::from_mins(9));
    post(recruiter, take(code())).await.assert_status(201);
    world.clock.advance(SignedDuration::from_mins(7));
    let recruiter = world.sign_in(recruiter).await;
    post(&recruiter, take(code())).await.assert_status(409);
}

#[actix_web::test]
async fn eight_characters_will_do_beside_an_app_which_then_cannot_be_removed() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let change = |current: &'static str, new: &'static str| [("current", current), ("password", new), ("again", new)];
    world.post(recruiter, "/account/password", &change(PASSWORD, "grönsill")).await.assert_status(422);
    set_up(&world, recruiter).await;
    world.get(recruiter, "/account").await.assert_says("At least 8 characters");

    world.post(recruiter, "/account/password", &change(PASSWORD, "grönsill")).await.assert_status(303);
    let refused = world.post(recruiter, "/authenticator/removal", &[]).await.assert_status(409);
    refused.assert_says("Choose a longer password first");

    world.post(recruiter, "/account/password", &change("grönsill", "blue heron on thursday")).await.assert_status(303);
    world.post(recruiter, "/authenticator/removal", &[]).await.assert_status(303);
    world.post(recruiter, "/authenticator/removal", &[]).await.assert_status(404);
    let subjects = letters(&world, &recruiter.email).await;
    assert!(subjects.contains(&"The authenticator app was removed from your account on Attune".to_owned()));
    assert!(subjects.contains(&"An authenticator app was added to your account on Attune".to_owned()));
}

#[actix_web::test]
async fn whoever_gets_hold_of_the_mailbox_still_needs_the_code() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let App { secret, .. } = set_up(&world, recruiter).await;
    world.clock.advance(SignedDuration::from_secs(60));
    let mut conn = world.conn().await;
    let link = mint(&mut conn, recruiter.org, recruiter.id, SecretPurpose::PasswordReset, world.now()).await.unwrap();

    let mut browser = world.browser();
    let new = [("password", "blue heron on thursday"), ("again", "blue heron on thursday")];
    let answer = browser.post(&link, &new).await.assert_status(303);
    assert!(answer.location().starts_with("/sign-in/code"), "{}", answer.location());
    browser.get("/").await.assert_status(303);
    let code = code_of(&secret, world.now()).unwrap();
    browser.post("/sign-in/code", &[("code", &code)]).await.assert_status(303);
    browser.get("/").await.assert_status(200);
}

// New devices

#[actix_web::test]
async fn a_new_device_is_told_once_and_a_known_one_never() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let told = async || {
        let subjects = letters(&world, &recruiter.email).await;
        subjects.iter().filter(|subject| subject.contains("new device")).count()
    };

    let mut phone = world.browser();
    phone.sign_in(&recruiter.email).await.assert_status(303);
    assert_eq!(told().await, 1);
    phone.post("/sign-out", &[]).await;
    phone.sign_in(&recruiter.email).await.assert_status(303);
    assert_eq!(told().await, 1, "the browser is known");
    world.browser().sign_in(&recruiter.email).await;
    assert_eq!(told().await, 2);
}

#[actix_web::test]
async fn the_first_sign_in_of_all_is_no_news() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    let new = [("name", "Jonas"), ("email", "jonas@nordlys.example"), ("roles", "hr"), ("locale", "en")];
    world.post(admin, "/members", &new).await.assert_status(303);
    let mut conn = world.conn().await;
    let address = "jonas@nordlys.example".parse().unwrap();
    let jonas = store::member::addressed(&mut conn, admin.org, &address).await.unwrap().unwrap();
    let link = mint(&mut conn, admin.org, jonas.id, SecretPurpose::Invitation, world.now()).await.unwrap();

    world.browser().post(&link, &[("password", PASSWORD), ("again", PASSWORD)]).await.assert_status(303);

    assert!(letters(&world, &jonas.email).await.iter().all(|subject| !subject.contains("new device")));
}

// Once more; which routes ask is walked in `attacks/step_up.rs`.

#[actix_web::test]
async fn after_the_confirmation_the_form_goes_on_with_everything_that_was_typed() {
    let world = World::new().await;
    let admin = world.who(Role::Admin);
    world.clock.advance(SignedDuration::from_mins(11));
    let typed = [
        ("name", "Jonas <b> \"&"),
        ("email", "jonas@nordlys.example"),
        ("roles", "hr"),
        ("roles", "interviewer"),
        ("locale", "sv"),
    ];

    let page = world.post(admin, "/members", &typed).await.assert_status(401);
    let action = attribute(&page, "main form", "action");
    assert_eq!(action, "/confirmation?to=%2Fmembers");
    let held = all_hidden(&page);
    let send = async |shown: &str| {
        let mut fields: Vec<(&str, &str)> = held.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.push(("confirmation", shown));
        world.post(admin, &action, &fields).await
    };

    let wrong = send("not my password").await.assert_status(422).assert_says("This is not your current password");
    assert_eq!(all_hidden(&wrong), held);
    let on = send(PASSWORD).await.assert_status(307);
    assert_eq!(on.location(), "/members");
    // The browser sends the same body there, the password among it.
    let mut again: Vec<(&str, &str)> = held.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    again.push(("confirmation", PASSWORD));
    let done = world.post(admin, on.location(), &again).await.assert_status(303);
    let page = world.get(admin, done.location()).await;
    page.assert_says("Jonas <b> \"&").assert_says("HR");

    let events = newest_events(&mut *world.conn().await, &admin.scope(), 3).await;
    let lines: Vec<_> = events.iter().map(|event| (event.action.as_str(), event.outcome.as_str())).collect();
    assert_eq!(lines, [("member.invited", "done"), ("session.confirmed", "done"), ("session.confirmed", "refused")]);
}

#[actix_web::test]
async fn whoever_has_an_app_confirms_with_its_code_and_not_with_the_password() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);
    let App { secret, .. } = set_up(&world, recruiter).await;
    world.clock.advance(SignedDuration::from_mins(11));
    let to = "/confirmation?to=%2Fapi-tokens";

    world
        .post(recruiter, "/api-tokens", &[("name", "Payroll"), ("days", "30"), ("scopes", "jobs:read")])
        .await
        .assert_status(401);
    world.post(recruiter, to, &[("confirmation", PASSWORD)]).await.assert_status(422);
    let code = code_of(&secret, world.now()).unwrap();
    world.post(recruiter, to, &[("confirmation", &code)]).await.assert_status(307);
    world
        .post(recruiter, "/api-tokens", &[("name", "Payroll"), ("days", "30"), ("scopes", "jobs:read")])
        .await
        .assert_status(201);

    // It holds for this session only.
    let other = world.sign_in(recruiter).await;
    world.clock.advance(SignedDuration::from_mins(9));
    world.post(&other, "/recovery-codes", &[]).await.assert_status(201);
    world.clock.advance(SignedDuration::from_mins(2));
    world.post(&other, "/recovery-codes", &[]).await.assert_status(401);
}

#[actix_web::test]
async fn a_confirmation_never_leads_to_another_site() {
    let world = World::new().await;
    let recruiter = world.who(Role::Recruiter);

    for to in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%2Fevil.example&open=true"]
    {
        let path = format!("/confirmation?to={to}");
        let answer = world.post(recruiter, &path, &[("confirmation", PASSWORD)]).await;
        assert_eq!(answer.location(), "/", "{path}");
    }
}

#[actix_web::test]
async fn a_session_that_nobody_uses_ends_by_itself() {
    let world = World::new().await;
    let (busy, idle) = (world.who(Role::Recruiter), world.who(Role::Hr));
    for _ in 0..3 {
        world.clock.advance(SignedDuration::from_hours(24));
        world.get(busy, "/").await.assert_status(200);
    }
    world.get(idle, "/").await.assert_status(303);
    // And the busiest one at its absolute end.
    for _ in 0..8 {
        world.clock.advance(SignedDuration::from_hours(24));
        world.get(busy, "/").await.assert_status(200);
    }
    world.clock.advance(SignedDuration::from_hours(24));
    world.get(busy, "/").await.assert_status(303);
}

// Another secret key

#[actix_web::test]
async fn another_secret_key_signs_nobody_out_and_takes_no_second_factor_away() {
    let mut world = World::new().await;
    let recruiter = world.who(Role::Recruiter).clone();
    let App { secret, codes } = set_up(&world, &recruiter).await;
    world.clock.advance(SignedDuration::from_secs(60));
    let (old, new) = (world.shared.config.secret_key.clone().unwrap(), "a key of the new year, longer than needed");
    let with_keys = |earlier: Vec<String>| {
        let mut config = world.shared.config.clone();
        (config.secret_key, config.old_secret_keys) = (Some(new.to_owned()), earlier);
        Shared::new(config, world.clock.clone(), world.shared.hashing.clone()).unwrap()
    };
    let (both, alone) = (with_keys(vec![old.clone()]), with_keys(Vec::new()));
    let sealing = Sealing::new(new, &[old]).unwrap();
    world.shared = both;

    world.get(&recruiter, "/").await.assert_status(200);
    let mut browser = world.browser();
    browser.sign_in(&recruiter.email).await.assert_status(303);
    browser.post("/sign-in/code", &[("code", &code_of(&secret, world.now()).unwrap())]).await.assert_status(303);

    // When everything is sealed anew, the earlier key can go. Only what it signed goes with it.
    assert_eq!(sweeps::reseal(&world.pool, &sealing).await.unwrap(), 1);
    assert_eq!(sweeps::reseal(&world.pool, &sealing).await.unwrap(), 0);
    world.shared = alone;
    world.get(&recruiter, "/").await.assert_status(303);
    let mut browser = world.browser();
    browser.sign_in(&recruiter.email).await.assert_status(303);
    browser.post("/sign-in/code", &[("code", &codes[0])]).await.assert_status(303);
    world.clock.advance(SignedDuration::from_secs(60));
    let mut browser = world.browser();
    browser.sign_in(&recruiter.email).await.assert_status(303);
    browser.post("/sign-in/code", &[("code", &code_of(&secret, world.now()).unwrap())]).await.assert_status(303);
}

// Passkeys; a real browser adds and uses one in tests/it/browser/factors.rs

#[actix_web::test]
async fn an_answer_that_no_device_of_ours_gave_opens_nothing() {
    let world = World::with("public_url = \"http://localhost:8080\"").await;
    let asked = world.post_json(None, "/sign-in/passkey/question", &json!({})).await.assert_status(200).json();
    assert_eq!(asked["options"]["userVerification"], "required");
    assert_eq!(asked["options"]["rpId"], "localhost");

    let forged = json!({
        "id": "AAAAAAAAAAAAAAAAAAAAAA", "rawId": "AAAAAAAAAAAAAAAAAAAAAA", "type": "public-key", "clientExtensionResults": {},
        "response": { "clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "AAAA" },
    });
    for (state, answer) in [
        (asked["state"].as_str().unwrap(), forged.clone()),
        (asked["state"].as_str().unwrap(), json!({})),
        ("", forged.clone()),
        ("AAAA", forged),
    ] {
        let sent = json!({ "state": state, "answer": answer });
        let refused = world.post_json(None, "/sign-in/passkey", &sent).await.assert_status(409);
        assert_eq!(refused.json()["code"], "passkey-refused");
        assert_eq!(refused.header("set-cookie"), "");
    }
}

#[actix_web::test]
async fn the_question_to_add_a_passkey_is_for_one_member_and_asks_who_one_is() {
    let world = World::with("public_url = \"http://localhost:8080\"").await;
    let (recruiter, hr) = (world.who(Role::Recruiter), world.who(Role::Hr));
    let asked = world.post_json(recruiter, "/passkeys/question", &json!({})).await.assert_status(200).json();
    assert_eq!(asked["options"]["user"]["name"], recruiter.email);

    let sent = json!({ "state": asked["state"], "answer": {}, "name": "x" });
    for who in [recruiter, hr] {
        let refused = world.post_json(who, "/passkeys", &sent).await.assert_status(409);
        assert_eq!(refused.json()["code"], "passkey-refused");
    }
    world.clock.advance(SignedDuration::from_mins(11));
    let confirm = world.post_json(recruiter, "/passkeys/question", &json!({})).await.assert_status(401);
    assert_eq!(confirm.json()["code"], "confirm");
    assert!(world.post_json(None, "/passkeys/question", &json!({})).await.status == 401);
}

#[actix_web::test]
async fn a_bare_address_offers_no_passkeys_because_browsers_know_none_for_it() {
    let world = World::new().await;

    world.post_json(None, "/sign-in/passkey/question", &json!({})).await.assert_status(404);
    world.get(None, "/sign-in").await.assert_status(200).assert_silent_about("data-passkey");
    world.get(world.who(Role::Hr), "/factors").await.assert_says("Browsers know passkeys only for a name");
}

#[actix_web::test]
async fn a_passkey_is_named_and_removed_by_its_owner_alone() {
    let world = World::new().await;
    let (recruiter, hr) = (world.who(Role::Recruiter), world.who(Role::Hr));
    let passkey = store::passkey::Passkey {
        org_id: recruiter.org,
        id: PasskeyId::new(),
        member_id: recruiter.id,
        credential_id: vec![7; 32],
        public_state: vec![1],
        changing_state: vec![0; 7],
        name: "Phone".to_owned(),
        created_at: world.now().into(),
        used_at: None.into(),
    };
    store::passkey::insert(&mut *world.conn().await, &passkey).await.unwrap();
    let path = format!("/passkeys/{}", passkey.id);

    for who in [hr, world.neighbour.who(Role::Recruiter)] {
        world.post(who, &path, &[("name", "Mine")]).await.assert_status(404);
        world.post(who, &format!("{path}/removal"), &[]).await.assert_status(404);
    }
    world.post(recruiter, &path, &[("name", "")]).await.assert_status(422);
    world.post(recruiter, &path, &[("name", "My phone")]).await.assert_status(303);
    assert!(world.get(recruiter, "/factors").await.text().contains("My phone"));
    world.post(recruiter, &format!("{path}/removal"), &[]).await.assert_status(303);
    assert!(!world.get(recruiter, "/factors").await.text().contains("My phone"));
    let subjects = letters(&world, &recruiter.email).await;
    assert_eq!(subjects[0], "A passkey was removed from your account on Attune");
}

// What the tests above stand on

pub(super) struct App {
    pub secret: String,
    pub codes: Vec<String>,
}

pub(super) async fn set_up(world: &World, who: &Who) -> App {
    let page =
        world.post(who, "/authenticator/offer", &[]).await.assert_status(200).assert_says("Any authenticator app");
    let (secret, offer) = (secrets(&page).remove(0), hidden(&page, "offer"));
    assert!(!attribute(&page, "svg.qr path", "d").is_empty());
    let code = code_of(&secret, world.now()).unwrap();
    let page = world.post(who, "/authenticator", &[("offer", &offer), ("code", &code)]).await.assert_status(201);
    App { secret, codes: secrets(&page) }
}

/// What the page shows to be written down.
pub(super) fn secrets(page: &Answer) -> Vec<String> {
    page.html().select(&Selector::parse(".secret").unwrap()).map(|element| element.text().collect()).collect()
}

fn attribute(page: &Answer, css: &str, name: &str) -> String {
    let html = page.html();
    let found = html.select(&Selector::parse(css).unwrap()).find_map(|element| element.attr(name).map(str::to_owned));
    found.unwrap_or_else(|| panic!("no {css} with {name} in: {}", page.words()))
}

fn hidden(page: &Answer, name: &str) -> String {
    attribute(page, &format!("input[name='{name}']"), "value")
}

fn all_hidden(page: &Answer) -> Vec<(String, String)> {
    let html = page.html();
    let fields = Selector::parse("main input[type=hidden][name]").unwrap();
    let pair = |field: scraper::ElementRef<'_>| Some((field.attr("name")?.to_owned(), field.attr("value")?.to_owned()));
    html.select(&fields).filter_map(pair).collect()
}

/// The subjects of the letters to an address, newest first.
pub(super) async fn letters(world: &World, address: &str) -> Vec<String> {
    let scope = world.home.who(Role::Admin).scope();
    let mut conn = world.conn().await;
    let all = store::letter::list(&mut conn, &scope, LetterState::ALL, None::<LetterId>, 100).await.unwrap();
    all.items.into_iter().filter(|letter| letter.to_address == address).map(|letter| letter.subject).collect()
}
