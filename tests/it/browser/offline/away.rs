//! Without network, with a dead battery, a killed tab, a closed lid, and a day later.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Far, OFFLINE, Profile, SAVED, STORED, WAITING, type_note};
use crate::support::{
    browser::{Browser, Device, ESCAPE, RIGHT},
    line::Weather,
    scenario::DIMENSIONS,
};

#[actix_web::test]
async fn the_kit_opens_and_works_without_network_and_sends_everything_once_and_in_order_when_it_is_back() {
    // Given a kit that was opened once, with a word that is saved
    let far = Far::over(&DIMENSIONS[..3]).await;
    let browser = far.browser().await;
    type_note(&browser, "Before the cut. ").await;
    browser.wait_until(SAVED).await;

    // When the network goes, and one types, goes on by keys, reloads, comes back from elsewhere, and looks at the review
    far.line.set(Weather::Down);
    type_note(&browser, "During the cut. ").await;
    browser.wait_until(OFFLINE).await;
    browser.keys(ESCAPE).await;
    browser.keys("4").await;
    browser.keys(RIGHT).await;
    browser.wait_until_at(&far.interview.path("/communication")).await;
    browser.wait_until("document.documentElement.dataset.kept !== undefined").await;
    browser.wait_until("document.querySelector('[data-dimension=listening] .pip').dataset.rating === '4'").await;
    browser.keys("5").await;
    type_note(&browser, "Never seen with network.").await;
    browser.wait_until(OFFLINE).await;
    browser.client.refresh().await.unwrap();
    browser.wait_until("document.getElementById('note')?.value === 'Never seen with network.'").await;
    browser.goto(&far.interview.path("")).await;
    browser.wait_until_at(&far.interview.path("/communication")).await;
    browser.goto(&far.interview.path("/listening")).await;
    browser.wait_until("document.getElementById('note')?.value === 'Before the cut. During the cut. '").await;
    browser.wait_until("document.querySelector('[name=rating][value=\"4\"]').checked").await;
    browser.wait_until(OFFLINE).await;
    browser.wait_until_says("No connection. Go on as usual").await;
    browser.goto(&far.interview.path("/review")).await;
    browser.wait_until_says("There is no connection, so the ratings cannot be shown together").await;
    assert!(
        !browser.words().await.contains("not rated yet"),
        "what is older than the words on this device is not shown"
    );
    browser.screenshot("kit-offline").await;
    assert_eq!(far.note("listening").await, "Before the cut. ");

    // Then what waits cannot be read by others on the device
    let stored = browser.script_async(STORED).await;
    let stored = stored.as_str().unwrap();
    assert!(stored.contains("listening.note") && stored.contains("/kit/communication"), "{stored}");
    for word in ["the cut", "Never seen", "Amara", "A KEY"] {
        assert!(!stored.contains(word), "{word} is readable on the device");
    }

    // And with the network back it is saved by itself, once, in the order in which it was written, and nothing stays behind
    let before = far.interview.world.rows("SELECT id FROM operations").await.len();
    far.line.set(Weather::Fair);
    browser.goto(&far.interview.path("/communication")).await;
    browser.wait_until(SAVED).await;
    assert_eq!(browser.script_async(WAITING).await, json!([]));
    let kept = far.interview.kept().await;
    kept.assert_rated("listening", "4", "Before the cut. During the cut. ");
    kept.assert_rated("communication", "5", "Never seen with network.");
    for dimension in ["listening", "communication"] {
        assert_eq!(kept.ratings[dimension]["rating_revision"], 1, "{dimension}");
    }
    assert_eq!(kept.copies, [] as [Value; 0]);
    assert!(before > 0);
    browser.close().await;
}

#[actix_web::test]
async fn a_dead_battery_loses_no_word_and_the_kit_opens_again_without_network() {
    let far = Far::over(&DIMENSIONS[..2]).await;
    let profile = Profile::new();
    let browser = Browser::at(&far.line.base, Device::Desktop, Some(&profile.0)).await;
    far.open(&browser).await;
    far.line.set(Weather::Down);
    type_note(&browser, "Said just before the battery died.").await;
    browser.wait_until(OFFLINE).await;

    // When the browser is killed in the moment in which the badge says that it is kept, and started again, still without network
    browser.kill(&profile.0).await;
    let browser = Browser::at(&far.line.base, Device::Desktop, Some(&profile.0)).await;
    browser.goto(&far.interview.path("/listening")).await;

    browser.wait_until("document.getElementById('note')?.value === 'Said just before the battery died.'").await;
    browser.wait_until(OFFLINE).await;
    type_note(&browser, " And after.").await;
    browser.wait_until(OFFLINE).await;
    far.line.set(Weather::Fair);
    // A browser that is killed at once has not written down its cookie: one signs in again, and Today says what waits and where.
    browser.goto("/").await;
    if browser.path().await.starts_with("/sign-in") {
        browser.sign_in(far.interview.me()).await;
        browser.wait_until_says("Words that were not sent wait on this device").await;
        browser.click("#waiting a").await;
        browser.wait_until_at(&far.interview.path("/listening")).await;
    } else {
        browser.goto(&far.interview.path("/listening")).await;
    }
    browser.wait_until(SAVED).await;
    let kept = far.interview.kept().await;
    assert_eq!(kept.ratings["listening"]["note"], "Said just before the battery died. And after.");
    // What was on its way when the battery died and what came after it are two operations at most, and no conflict.
    assert!(kept.copies.is_empty() && kept.ratings["listening"]["note_revision"].as_i64() <= Some(2));
    browser.close().await;
}

#[actix_web::test]
async fn a_killed_tab_gives_its_words_to_the_next_one() {
    let far = Far::over(&DIMENSIONS[..2]).await;
    let browser = far.browser().await;
    let first = browser.client.window().await.unwrap();
    let second = browser.client.new_window(true).await.unwrap().handle;
    browser.client.switch_to_window(second).await.unwrap();
    browser.goto(&far.interview.path("/communication")).await;
    far.line.set(Weather::Down);
    type_note(&browser, "In the tab that dies.").await;
    browser.wait_until(OFFLINE).await;

    browser.crash().await;
    browser.client.switch_to_window(first).await.unwrap();
    far.line.set(Weather::Fair);
    browser.goto(&far.interview.path("/listening")).await;

    // It is sent from another page of the same kit, and nobody has to open the one on which it was typed.
    browser.wait_until(SAVED).await;
    assert_eq!(far.note("communication").await, "In the tab that dies.");
    browser.client.close().await.ok();
}

#[actix_web::test]
async fn a_closed_lid_keeps_the_words_and_the_open_one_sends_them() {
    let far = Far::over(&DIMENSIONS[..2]).await;
    let browser = far.browser().await;
    far.line.set(Weather::Hung);
    type_note(&browser, "Then she closed the lid.").await;
    browser.wait_until("document.getElementById('saved').textContent === 'Saving…'").await;

    browser.set_frozen(true).await;
    far.line.set(Weather::Down);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(far.note("listening").await, "");
    browser.set_frozen(false).await;
    browser.wait_until(OFFLINE).await;
    far.line.set(Weather::Fair);

    browser.wait_until(SAVED).await;
    let kept = far.interview.kept().await;
    assert_eq!(kept.ratings["listening"]["note"], "Then she closed the lid.");
    assert_eq!((kept.copies.len(), &kept.ratings["listening"]["note_revision"]), (0, &json!(1)));
    browser.close().await;
}

#[actix_web::test]
async fn after_a_day_without_a_word_from_the_server_the_device_opens_nothing_and_keeps_what_was_not_sent() {
    let far = Far::over(&DIMENSIONS[..2]).await;
    let browser = far.browser().await;
    far.line.set(Weather::Down);
    type_note(&browser, "Written on the day before.").await;
    browser.wait_until(OFFLINE).await;

    // When the key on the device is out of date
    browser
        .script_async(
            "const open = indexedDB.open('attune', 1);
             open.onsuccess = () => {
               const tx = open.result.transaction('keys', 'readwrite'), keys = tx.objectStore('keys'), get = keys.get('key');
               get.onsuccess = () => keys.put({ ...get.result, until: Date.now() - 1 }, 'key');
               tx.oncomplete = () => { open.result.close(); done(true); };
             };",
        )
        .await;
    drop(browser.client.refresh().await);

    // Then no page opens without network; with it the words are there and are saved
    assert_eq!(browser.script("return document.getElementById('note')").await, Value::Null);
    far.line.set(Weather::Fair);
    browser.goto(&far.interview.path("/listening")).await;
    browser.wait_until(SAVED).await;
    assert_eq!(far.note("listening").await, "Written on the day before.");
    browser.close().await;
}
