//! The keyboard alone: where it leads, that one sees where it is, and how it gets out again.

use serde_json::json;

use crate::support::{
    browser::{Browser, Device, ENTER, ESCAPE, TAB},
    demo::{ADMIN, Demo, RECRUITER},
};

#[actix_web::test]
async fn the_first_stop_skips_to_the_content() {
    let site = Demo::new().await.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    browser.sign_in_to_demo(RECRUITER).await;
    browser.goto("/jobs").await;

    browser.keys(TAB).await;
    let stop = "const e = document.activeElement, box = e.getBoundingClientRect(); return [e.className, box.top >= 0 && box.height > 20]";
    assert_eq!(browser.script(stop).await, json!(["skip", true]));
    browser.keys(ENTER).await;
    browser.keys(TAB).await;

    assert_eq!(browser.script("return !!document.activeElement.closest('main')").await, true);
    browser.close().await;
}

#[actix_web::test]
async fn every_stop_can_be_seen_and_nothing_lies_over_it() {
    let site = Demo::new().await.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    browser.sign_in_to_demo(RECRUITER).await;
    browser.press("Open the kit: Nadia Haddad").await;
    browser.wait_for("#note").await;
    let kit = browser.path().await;
    let review = format!("{}/review", kit.rsplit_once('/').unwrap().0);

    let mut unseen = Vec::new();
    for (path, phone) in [
        ("/", false),
        ("/candidates", false),
        ("/jobs/new", true),
        (kit.as_str(), false),
        (kit.as_str(), true),
        (review.as_str(), true),
    ] {
        if phone {
            browser.resize(390, 844, true).await;
        } else {
            browser.resize(1320, 900, false).await;
        }
        browser.goto(path).await;
        for _ in 0..40 {
            browser.keys(TAB).await;
            let stop = browser.script(STOP).await;
            if let Some(stop) = stop.as_str() {
                unseen.push(format!("{path}, {}: {stop}", if phone { "phone" } else { "desktop" }));
            }
        }
    }

    assert_eq!(unseen, [] as [String; 0]);
    browser.close().await;
}

/// What is wrong with the element that has the focus, if anything.
const STOP: &str = "const e = document.activeElement;
    if (e === document.body) return null;
    const shown = [e.closest('label')?.querySelector('.v'), e.closest('label'), e].filter(Boolean)
        .find(x => getComputedStyle(x).outlineStyle !== 'none' && parseFloat(getComputedStyle(x).outlineWidth) >= 2);
    const name = e.tagName + '.' + e.className + ' ' + (e.name ?? '') + ' ' + e.textContent.trim().slice(0, 30);
    if (!shown) return 'shows no focus: ' + name;
    const box = shown.getBoundingClientRect();
    const above = document.elementFromPoint(Math.min(box.left + box.width / 2, innerWidth - 1), Math.max(box.top + Math.min(box.height, innerHeight) / 2, 0));
    return above && (shown.contains(above) || above.contains(shown) || e.contains(above)) ? null : 'is covered: ' + name;";

#[actix_web::test]
async fn escape_closes_whatever_was_opened() {
    let site = Demo::new().await.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    browser.sign_in_to_demo(ADMIN).await;

    browser.click(".menu summary").await;
    assert_eq!(browser.script("return document.querySelector('.menu').open").await, true);
    browser.keys(ESCAPE).await;
    assert_eq!(browser.script("return document.querySelector('.menu').open").await, false);
    assert_eq!(browser.script("return document.activeElement.matches('.menu summary')").await, true);

    browser.goto("/members").await;
    browser.press("Priya Raman").await;
    browser.wait_for("[data-confirm] button").await.click().await.unwrap();
    browser.wait_for("dialog[open]").await;
    browser.keys(ESCAPE).await;
    browser.wait_until("!document.querySelector('dialog')").await;
    assert_eq!(browser.script("return document.activeElement.matches('[data-confirm] button')").await, true);
    browser.wait_until_says("Active").await;
    browser.close().await;

    let browser = Browser::open(&site, Device::Desktop).await;
    browser.sign_in_to_demo(RECRUITER).await;
    browser.press("Open the kit: Nadia Haddad").await;
    browser.wait_for("#note").await;
    browser.keys("?").await;
    browser.wait_for("dialog#keys[open]").await;
    browser.keys(ESCAPE).await;
    browser.wait_until("!document.querySelector('dialog[open]')").await;
    browser.close().await;
}
