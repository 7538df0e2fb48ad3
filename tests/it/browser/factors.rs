//! Signing in with more than a password, in a real browser: an authenticator app, a passkey, and being asked once more.

use std::net::TcpListener;

use attune::{domain::policy::Role, store, usecases::authenticator::code_of};
use jiff::SignedDuration;

use crate::support::{
    browser::{Browser, Device, Site, Theme},
    world::World,
};

/// A world that people reach by a name: browsers know no passkeys for a bare address.
async fn named() -> (World, Site) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let world = World::with(&format!("public_url = \"http://localhost:{port}\"")).await;
    let site = Site::named(listener, &world.shared, &world.url);
    (world, site)
}

#[actix_web::test]
async fn a_passkey_signs_in_without_address_and_password_and_only_its_owner() {
    let (world, site) = named().await;
    let recruiter = world.who(Role::Recruiter);
    let browser = Browser::open(&site, Device::Desktop).await;
    let device = browser.add_authenticator().await;
    browser.sign_in(recruiter).await;
    browser.goto("/factors").await;
    for theme in [Theme::Light, Theme::Dark] {
        browser.set_theme(theme).await;
        browser.assert_accessible(&format!("/factors, {theme:?}")).await;
    }
    browser.screenshot("factors").await;

    browser.fill_css("#passkey-name", "This computer").await;
    browser.press("Add a passkey").await;
    browser.wait_until_says("The passkey is added.").await;
    let kept = async || {
        let mut conn = world.conn().await;
        store::passkey::of(&mut conn, recruiter.org, recruiter.id).await.unwrap()
    };
    assert_eq!(kept().await.len(), 1);
    // Once more on the same device: it knows that it has one.
    browser.fill_css("#passkey-name", "Again").await;
    browser.press("Add a passkey").await;
    browser.wait_until_says("The device did not answer").await;

    world.clock.advance(SignedDuration::from_secs(5));
    sign_out(&browser).await;
    browser.screenshot("sign-in-passkey").await;
    browser.press("Sign in with a passkey").await;
    browser.wait_for("nav").await;
    assert!(browser.words().await.contains("Nordlys Support AB"));
    let used = kept().await.remove(0);
    assert!(used.used_at.to_jiff().is_some());

    // A thief holds the device, which does not know them.
    world.clock.advance(SignedDuration::from_secs(5));
    sign_out(&browser).await;
    browser.set_recognised(&device, false).await;
    browser.press("Sign in with a passkey").await;
    browser.wait_until_says("The device did not answer").await;
    browser.set_recognised(&device, true).await;

    // A passkey that was removed opens nothing, though the device still has it.
    let mut conn = world.conn().await;
    store::passkey::delete(&mut conn, &recruiter.scope(), used.id).await.unwrap();
    browser.press("Sign in with a passkey").await;
    browser.wait_until_says("This passkey does not open anything here").await;
    assert_eq!(browser.complaints().await.iter().filter(|line| line.contains("Security Policy")).count(), 0);
    browser.close().await;
}

#[actix_web::test]
async fn an_app_is_set_up_and_asked_for_without_script() {
    let world = World::new().await;
    let site = world.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    browser.resize(390, 844, false).await;
    browser.disable_scripts().await;
    browser.sign_in(world.who(Role::Recruiter)).await;

    browser.goto("/factors").await;
    browser.press("Set up an app").await;
    let secret = browser.find(".secret").await.text().await.unwrap();
    browser.screenshot("authenticator-offer").await;
    browser.fill("code", &code_of(&secret, world.now()).unwrap()).await;
    browser.press("Turn it on").await;
    browser.wait_until_says("They are not shown again.").await;
    browser.screenshot("recovery-codes").await;
    browser.press("I have kept them").await;
    browser.wait_until_says("10 are left").await;

    world.clock.advance(SignedDuration::from_secs(60));
    sign_out(&browser).await;
    browser.fill("email", &world.who(Role::Recruiter).email).await;
    browser.fill("password", crate::support::world::PASSWORD).await;
    browser.press("Sign in").await;
    browser.wait_until_says("One more step").await;
    browser.screenshot("sign-in-code").await;
    browser.fill("code", &code_of(&secret, world.now()).unwrap()).await;
    browser.press("Sign in").await;
    browser.wait_for("nav").await;
    browser.close().await;
}

#[actix_web::test]
async fn the_pages_of_a_second_factor_are_accessible_and_a_confirmation_goes_on_by_itself() {
    let world = World::new().await;
    let site = world.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    browser.sign_in(world.who(Role::Recruiter)).await;
    browser.goto("/factors").await;
    browser.press("Set up an app").await;
    let secret = browser.find(".secret").await.text().await.unwrap();
    both_themes(&browser, "offer").await;
    browser.fill("code", &code_of(&secret, world.now()).unwrap()).await;
    browser.press("Turn it on").await;
    browser.wait_until_says("They are not shown again.").await;
    both_themes(&browser, "codes").await;

    world.clock.advance(SignedDuration::from_mins(11));
    browser.goto("/api-tokens").await;
    both_themes(&browser, "tokens").await;
    browser.screenshot("api-tokens").await;
    browser.fill("name", "Payroll <b>").await;
    browser.click("[name=scopes][value='jobs:read']").await;
    browser.press("Make the token").await;
    browser.wait_until_says("Is it you?").await;
    both_themes(&browser, "confirmation").await;
    browser.screenshot("confirmation").await;
    browser.fill("confirmation", "000000").await;
    browser.press("Confirm and go on").await;
    browser.wait_until_says("This code is not right").await;
    browser.fill("confirmation", &code_of(&secret, world.now()).unwrap()).await;
    browser.press("Confirm and go on").await;

    browser.wait_until_says("Your new token").await;
    browser.wait_until_says("Payroll <b>").await;
    browser.wait_until_says("Reads jobs").await;
    browser.close().await;
}

async fn both_themes(browser: &Browser, page: &str) {
    for theme in [Theme::Dark, Theme::Light] {
        browser.set_theme(theme).await;
        browser.assert_accessible(&format!("{page}, {theme:?}")).await;
    }
}

async fn sign_out(browser: &Browser) {
    browser.find(".menu summary").await.click().await.unwrap();
    browser.press("Sign out").await;
    browser.wait_for("#password").await;
}
