//! A second device, a wrong clock and a foul line: what the badge says is true.

use std::time::Duration;

use serde_json::Value;

use super::{Far, OFFLINE, SAVED, type_note};
use crate::support::{
    browser::{Browser, Device},
    line::Weather,
    scenario::DIMENSIONS,
};

#[actix_web::test]
async fn a_laptop_and_a_phone_with_the_same_note_keep_both_texts() {
    let far = Far::over(&DIMENSIONS[..2]).await;
    let laptop = far.browser().await;
    let phone = Browser::at(&far.interview.site.base, Device::Phone, None).await;
    phone.sign_in(far.interview.me()).await;
    phone.goto(&far.interview.path("/listening")).await;
    far.line.set(Weather::Down);
    type_note(&laptop, "On the laptop.").await;
    laptop.wait_until(OFFLINE).await;
    type_note(&phone, "On the phone.").await;
    phone.wait_until(SAVED).await;

    far.line.set(Weather::Fair);

    laptop.wait_until_says("Two versions – choose below").await;
    assert_eq!(laptop.find("#conflict [data-slot=mine]").await.text().await.unwrap(), "On the laptop.");
    assert_eq!(laptop.find("#conflict [data-slot=theirs]").await.text().await.unwrap(), "On the phone.");
    laptop.script("document.getElementById('conflict').scrollIntoView({ block: 'center' })").await;
    laptop.press("Keep both").await;
    laptop.wait_until(SAVED).await;
    assert_eq!(far.note("listening").await, "On the laptop.\n\nOn the phone.");
    phone.close().await;
    laptop.close().await;
}

#[actix_web::test]
async fn a_clock_that_is_wrong_or_set_while_one_types_changes_nothing() {
    // Given a device whose clock can be set, and is five hours fast
    let far = Far::over(&DIMENSIONS[..2]).await;
    let browser = Browser::at(&far.line.base, Device::Desktop, None).await;
    browser
        .before_every_page(
            "const real = Date.now; window.ahead = 5 * 3600e3; Date.now = () => real() + window.ahead;
             const Real = Date; window.Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(Date.now()); } };
             window.Date.now = () => real() + window.ahead;",
        )
        .await;
    far.open(&browser).await;
    let server = far.interview.world.now();
    let shown = server.to_zoned(jiff::tz::TimeZone::get("Europe/Stockholm").unwrap()).strftime("%H:%M:%S").to_string();
    type_note(&browser, "One. ").await;
    browser.wait_until(&format!("document.getElementById('saved').textContent === 'Saved {shown}'")).await;
    let minutes = "Number(document.getElementById('timer').textContent.split(':')[0])";
    browser.wait_until(&format!("{minutes} < 5")).await;

    // When it is set back by two hours and forward by a day between words, without network in between
    for (word, ahead) in [("Two. ", -2 * 3600), ("Three. ", 24 * 3600), ("Four. ", 0)] {
        browser.script(&format!("window.ahead = {ahead}e3")).await;
        far.line.set(Weather::Down);
        type_note(&browser, word).await;
        browser.wait_until(OFFLINE).await;
        far.line.set(Weather::Fair);
        // Then it is saved without delay, the badge says the server's time, and the timer goes on
        browser.wait_until(&format!("document.getElementById('saved').textContent === 'Saved {shown}'")).await;
        browser.wait_until(&format!("{minutes} < 5")).await;
    }
    assert_eq!(far.note("listening").await, "One. Two. Three. Four. ");
    assert_eq!(far.interview.kept().await.copies, [] as [Value; 0]);
    browser.close().await;
}

#[actix_web::test]
async fn whenever_the_badge_says_saved_the_database_holds_what_is_on_the_screen() {
    // Given foul weather on the line
    let far = Far::over(&DIMENSIONS[..2]).await;
    let browser = far.browser().await;
    far.line.set(Weather::Foul);

    // When one types for a while
    let (mut typed, mut saved) = (String::new(), 0);
    for n in 0..60 {
        let word = format!("w{n} ");
        type_note(&browser, &word).await;
        typed.push_str(&word);
        if n % 6 == 5 {
            tokio::time::sleep(Duration::from_millis(900)).await;
        }
        let seen = browser
            .script("return [document.getElementById('saved').textContent, document.getElementById('note').value]")
            .await;
        // Then the badge says so only when it is so
        assert_eq!(seen[1], typed.as_str());
        if seen[0].as_str().unwrap().starts_with("Saved ") {
            assert_eq!(far.note("listening").await, typed.as_str());
            saved += 1;
        }
    }
    far.line.set(Weather::Fair);
    browser.wait_until(SAVED).await;
    assert_eq!(far.note("listening").await, typed.as_str());
    assert_eq!(far.interview.kept().await.copies, [] as [Value; 0], "no word was doubled");
    assert!(saved > 0 && far.line.faults() > 0, "saved {saved}, faults {}", far.line.faults());
    browser.close().await;
}
