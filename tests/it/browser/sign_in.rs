//! Signing in, in both themes and on both sizes.

use attune::domain::policy::Role;

use crate::support::{
    browser::{Browser, Device, Theme},
    world::World,
};

#[actix_web::test]
async fn a_recruiter_signs_in_and_out_on_a_desktop_and_on_a_phone() {
    let world = World::new().await;
    let site = world.serve();

    for device in [Device::Desktop, Device::Phone] {
        let browser = Browser::open(&site, device).await;
        browser.goto("/sign-in").await;
        for theme in [Theme::Light, Theme::Dark] {
            browser.set_theme(theme).await;
            browser.assert_accessible(&format!("sign-in, {device:?}, {theme:?}")).await;
        }
        browser.sign_in(world.who(Role::Recruiter)).await;
        assert_eq!(browser.path().await, "/");

        browser.find(".menu summary").await.click().await.unwrap();
        browser.press("Sign out").await;
        browser.wait_for("#password").await;
        browser.close().await;
    }
}

#[actix_web::test]
async fn signing_in_works_without_script() {
    let world = World::new().await;
    let site = world.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    browser.disable_scripts().await;

    browser.sign_in(world.who(Role::Recruiter)).await;

    browser.wait_until_says("Nordlys Support AB").await;
    browser.close().await;
}
