//! The states of the kit in pictures, taken from the demo when ATTUNE_SCREENSHOTS names a folder for them.

use crate::support::{
    browser::{Browser, Device, RIGHT, Theme},
    demo::{Demo, RECRUITER},
};

const NOTE: &str = "Asked which of the two charges she should look at first, and read the number back.";
const SAVED: &str = "document.getElementById('saved').dataset.state === 'saved'";

/// A note that another page of the same person saves meanwhile.
const ELSEWHERE: &str = "(async () => {
    const form = document.querySelector('form[data-operations]'), note = document.getElementById('note');
    await fetch(form.dataset.operations, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ op_id: crypto.randomUUID(), field: note.dataset.field, base_revision: Number(note.dataset.revision),
        value: 'Written on the phone: she named both charges.' }) });
    done(1);
  })();";

#[actix_web::test]
async fn the_pictures_of_the_kit_show_its_states() {
    if std::env::var_os("ATTUNE_SCREENSHOTS").is_none() {
        return;
    }
    let site = Demo::new().await.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    browser.resize(1180, 860, false).await;
    browser.sign_in_to_demo(RECRUITER).await;
    browser.press("Open the kit: Nadia Haddad").await;
    browser.wait_for("#note").await;
    let kit = browser.path().await.rsplit_once('/').unwrap().0.to_owned();
    let rail =
        browser.script("return [...document.querySelectorAll('[data-dimension]')].map(e => e.dataset.dimension)").await;
    let dimensions: Vec<String> = serde_json::from_value(rail).unwrap();
    let first = format!("{kit}/{}", dimensions[0]);
    let silent = &dimensions[dimensions.len() - 2..];
    browser.goto(&first).await;
    browser.wait_for("#note").await;
    let shot = async |name: &str| {
        browser.script("document.activeElement.blur(); scrollTo(0, 0)").await;
        browser.screenshot(&format!("kit-{name}")).await;
    };

    // Two versions of one note
    browser.script_async(ELSEWHERE).await;
    browser.fill("note", NOTE).await;
    browser.wait_until("document.getElementById('saved').dataset.state === 'conflict'").await;
    shot("conflict").await;
    browser.click("#conflict [data-keep=mine]").await;
    browser.wait_until(SAVED).await;
    browser.wait_until(&format!("document.documentElement.dataset.pagesKept == {}", dimensions.len() + 1)).await;

    // Without network
    browser.set_offline(true).await;
    browser.fill("note", " Waited for her to finish before she answered.").await;
    browser.wait_until("document.getElementById('saved').dataset.state === 'offline'").await;
    shot("offline").await;
    browser.set_offline(false).await;
    browser.wait_until(SAVED).await;

    // Large type, dark, and a phone in the left hand
    browser.keys("G").await;
    browser.keys("4").await;
    browser.wait_until(SAVED).await;
    shot("large-type").await;
    browser.keys("G").await;
    browser.set_theme(Theme::Dark).await;
    shot("dark").await;
    browser.set_theme(Theme::Light).await;
    browser.resize(390, 844, true).await;
    browser.script("localStorage.setItem('attune-manner', JSON.stringify({ hand: 'left' }))").await;
    browser.goto(&first).await;
    browser.wait_for("#note").await;
    browser.screenshot("kit-phone-left").await;
    browser.script("localStorage.removeItem('attune-manner')").await;
    browser.resize(1180, 860, false).await;

    // On paper
    browser.goto(&format!("{kit}/paper")).await;
    browser.wait_for(".sheet-of-paper").await;
    browser.script("document.querySelectorAll('.sheet-of-paper')[1].scrollIntoView()").await;
    browser.screenshot("kit-paper").await;

    // Equal ratings, two without evidence
    browser.goto(&first).await;
    for dimension in &dimensions {
        browser.wait_until_at(&format!("{kit}/{dimension}")).await;
        browser.wait_for("#note").await;
        browser.keys("4").await;
        if !silent.contains(dimension) {
            browser.fill("note", NOTE).await;
            browser.script("document.activeElement.blur()").await;
        }
        browser.wait_until(SAVED).await;
        browser.keys(RIGHT).await;
    }
    browser.wait_for("#halo").await;
    shot("review").await;

    // Submitted
    for dimension in silent {
        browser.goto(&format!("{kit}/{dimension}")).await;
        browser.wait_for("#note").await;
        browser.fill("note", NOTE).await;
        browser.wait_until(SAVED).await;
    }
    browser.goto(&format!("{kit}/review")).await;
    browser.click("[name=recommendation][value=yes]").await;
    browser.wait_until(SAVED).await;
    browser.press("Submit scorecard").await;
    browser.wait_until_says("Thank you").await;
    shot("submitted").await;
    browser.close().await;
}
