//! The pictures of the README, taken from the demo when ATTUNE_SCREENSHOTS names a folder for them.

use crate::support::{
    browser::{Browser, Device, Theme},
    demo::{Demo, HIRING_MANAGER, RECRUITER},
};

/// What the recruiter has written when the picture of the kit is taken.
const NOTE: &str = "Deposit taken twice. First thing she would say is that it is seen and whose it is. Then two ways: refund today \
    by hand, or keep it as credit; asked which one he needs before Friday.";

#[actix_web::test]
async fn the_pictures_of_the_readme_show_the_running_product() {
    if std::env::var_os("ATTUNE_SCREENSHOTS").is_none() {
        return;
    }
    let demo = Demo::new().await;
    let site = demo.serve();

    let browser = Browser::open(&site, Device::Desktop).await;
    browser.resize(1320, 900, false).await;
    browser.sign_in_to_demo(HIRING_MANAGER).await;
    browser.goto("/jobs").await;
    browser.press("Customer support agent").await;
    browser.wait_until_says("Amara Okafor").await;
    browser.screenshot("job").await;
    let job = browser.path().await;

    browser.resize(1320, 1200, false).await;
    browser.goto(&format!("{job}/comparison")).await;
    browser.wait_for("#figure svg").await;
    browser.screenshot("comparison").await;
    browser.set_theme(Theme::Dark).await;
    browser.screenshot("comparison-dark").await;
    browser.set_theme(Theme::Light).await;
    browser.resize(1320, 900, false).await;

    browser.goto(&format!("{job}/summaries/new")).await;
    browser.click("[name=members]:not([disabled])").await;
    browser.fill("note", "Two of them answer like people I would call. Could we meet on Thursday?").await;
    browser.press("Preview the letter").await;
    browser.wait_for("iframe.letter").await;
    browser.screenshot("summary").await;

    browser.goto("/rubrics").await;
    browser.click("main a[href^='/rubrics/']").await;
    browser.screenshot("rubric").await;
    browser.close().await;

    let browser = Browser::open(&site, Device::Desktop).await;
    browser.resize(1320, 900, false).await;
    browser.sign_in_to_demo(RECRUITER).await;
    browser.press("Open the kit: Nadia Haddad").await;
    browser.wait_for("#note").await;
    let kit = browser.path().await;
    browser.fill("note", NOTE).await;
    browser.wait_for("#saved[data-state=saved]").await;
    browser.resize(1320, 1240, false).await;
    browser.script("document.activeElement.blur(); scrollTo(0, 0)").await;
    browser.screenshot("kit").await;
    browser.resize(390, 844, true).await;
    browser.goto(&kit).await;
    browser.screenshot("kit-phone").await;
    browser.close().await;
}
