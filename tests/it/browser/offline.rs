//! The kit without network, and whatever else comes between an interviewer's words and the server: every word is kept, the badge
//! does not lie, and the page says what to do.

use std::{path::PathBuf, time::Duration};

use serde_json::{Value, json};

use super::kit::Interview;
use crate::support::{
    browser::{Browser, Device, ESCAPE, RIGHT},
    line::{Line, Weather},
    scenario::DIMENSIONS,
    world::PASSWORD,
};

const SAVED: &str = "document.getElementById('saved')?.textContent.startsWith('Saved ')";
const OFFLINE: &str = "document.getElementById('saved')?.textContent === 'Offline – kept on this device'";

/// An interview at the end of a line.
struct Far {
    interview: Interview,
    line: Line,
    /// The dimensions and the review.
    pages: usize,
}

impl Far {
    async fn over(dimensions: &[&str]) -> Far {
        let interview = Interview::over(dimensions).await;
        let line = Line::to(&interview.site.base, 7);
        Far { interview, line, pages: dimensions.len() + 1 }
    }

    /// Opens the kit at its first dimension and waits until this browser could open all of it without network.
    async fn open(&self, browser: &Browser) {
        browser.sign_in(self.interview.me()).await;
        browser.goto(&self.interview.path("/listening")).await;
        browser.wait_until(&format!("document.documentElement.dataset.pagesKept == {}", self.pages)).await;
    }

    async fn browser(&self) -> Browser {
        let browser = Browser::at(&self.line.base, Device::Desktop, None).await;
        self.open(&browser).await;
        browser
    }

    async fn note(&self, dimension: &str) -> Value {
        self.interview.kept().await.ratings[dimension]["note"].clone()
    }
}

/// A profile that outlives its browser.
struct Profile(PathBuf);

impl Profile {
    fn new() -> Profile {
        let folder = std::env::temp_dir().join(format!("attune-profile-{}", uuid::Uuid::now_v7().simple()));
        std::fs::create_dir(&folder).unwrap();
        Profile(folder)
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn type_note(browser: &Browser, text: &str) {
    let note = browser.wait_for("#note").await;
    note.send_keys(text).await.unwrap();
}

/// Everything that this origin keeps on the device, as text: values that are bytes as the characters that they would be.
const STORED: &str = "(async () => {
    const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    const wait = (r) => new Promise((yes, no) => { r.onsuccess = () => yes(r.result); r.onerror = no; });
    const text = (v) => v instanceof ArrayBuffer ? new TextDecoder('latin1').decode(v) : v instanceof CryptoKey ? (v.extractable ? 'A KEY' : '')
      : v && typeof v === 'object' ? Object.values(v).map(text).join(' ') : String(v);
    const db = await wait(indexedDB.open('attune', 1));
    for (const store of db.objectStoreNames) {
      all.push(`${store}: ` + (await wait(db.transaction(store).objectStore(store).getAllKeys())).join(' '));
      for (const value of await wait(db.transaction(store).objectStore(store).getAll())) all.push(text(value));
    }
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(request.url);
    db.close();
    done(all.join('\\n'));
  })();";

/// What is left of words that were not sent: names of fields.
const WAITING: &str = "(async () => {
    const wait = (r) => new Promise((yes, no) => { r.onsuccess = () => yes(r.result); r.onerror = no; });
    const db = await wait(indexedDB.open('attune', 1));
    const keys = await wait(db.transaction('words').objectStore('words').getAllKeys());
    db.close();
    done(keys.map((key) => key.split(':')[3]).filter((field) => !field.endsWith('.seconds')).sort());
  })();";

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
async fn whoever_was_signed_out_meanwhile_signs_in_again_and_every_word_is_saved() {
    // Given two tabs, of which one signs out while the other has words without network
    let far = Far::over(&DIMENSIONS[..2]).await;
    let browser = far.browser().await;
    let kit = browser.client.window().await.unwrap();
    let other = browser.client.new_window(true).await.unwrap().handle;
    type_note(&browser, "Written before, ").await;
    browser.wait_until(SAVED).await;
    browser.set_offline(true).await;
    type_note(&browser, "and while signed out.").await;
    browser.wait_until(OFFLINE).await;
    browser.client.switch_to_window(other.clone()).await.unwrap();
    browser.goto("/account").await;
    browser.script("document.querySelector('form[data-sign-out]').submit()").await;
    browser.wait_for("[name=password]").await;

    // Then the device has no key and no page any more, only noise; the open kit says what to do
    let stored = browser.script_async(STORED).await;
    let stored = stored.as_str().unwrap();
    assert!(stored.contains("listening.note") && !stored.contains("/kit/listening"), "{stored}");
    browser.client.switch_to_window(kit).await.unwrap();
    browser.set_offline(false).await;
    browser.wait_until("document.getElementById('saved').textContent === 'Not saved'").await;
    browser.wait_until_says("You are no longer signed in. Your text is kept on this device").await;
    assert_eq!(browser.value("#note").await, "Written before, and while signed out.");

    // And when even the tab is gone, signing in brings the key back
    browser.client.close_window().await.unwrap();
    browser.client.switch_to_window(other).await.unwrap();
    browser.sign_in_as(&far.interview.me().email, PASSWORD).await;
    browser.goto(&far.interview.path("/listening")).await;
    browser.wait_until("document.getElementById('note')?.value === 'Written before, and while signed out.'").await;
    browser.wait_until(SAVED).await;
    assert_eq!(far.note("listening").await, "Written before, and while signed out.");
    browser.close().await;
}

#[actix_web::test]
async fn an_open_kit_saves_by_itself_once_its_expired_session_is_followed_by_another() {
    let far = Far::over(&DIMENSIONS[..2]).await;
    let browser = far.browser().await;
    far.interview.world.clock.advance(jiff::SignedDuration::from_hours(13 * 24));
    type_note(&browser, "After the session expired.").await;
    browser.wait_until_says("You are no longer signed in.").await;

    // The link opens the sign-in in a tab of its own; the kit stays as it is and notices when one comes back to it.
    let kit = browser.client.window().await.unwrap();
    browser.click("#signin").await;
    let windows = browser.client.windows().await.unwrap();
    let sign_in = windows.into_iter().find(|window| *window != kit).unwrap();
    browser.client.switch_to_window(sign_in).await.unwrap();
    browser.wait_for("[name=password]").await;
    browser.fill("email", &far.interview.me().email).await;
    browser.fill("password", PASSWORD).await;
    browser.press("Sign in").await;
    browser.wait_for("nav").await;
    browser.client.close_window().await.unwrap();
    browser.client.switch_to_window(kit).await.unwrap();
    browser.script("window.dispatchEvent(new Event('focus'))").await;

    browser.wait_until(SAVED).await;
    browser.wait_until("document.getElementById('standing').hidden").await;
    assert_eq!(far.note("listening").await, "After the session expired.");
    browser.close().await;
}

#[actix_web::test]
async fn a_job_closed_meanwhile_keeps_the_words_on_the_device_and_shows_them() {
    let far = Far::over(&DIMENSIONS[..2]).await;
    let browser = far.browser().await;
    far.interview.world.close_job(&far.interview.met).await;

    type_note(&browser, "Said after the job was closed.").await;
    browser.wait_until("document.getElementById('saved').textContent === 'Not saved'").await;
    browser.wait_until_says("This interview takes no more ratings").await;
    browser.press("See what was not saved").await;
    browser.wait_until_says("Written here, and not saved").await;
    browser.wait_until_says("Said after the job was closed.").await;
    assert_eq!(far.note("listening").await, "");
    browser.close().await;
}

#[actix_web::test]
async fn words_written_while_a_job_was_closed_are_sent_when_it_is_open_again() {
    let far = Far::over(&DIMENSIONS[..2]).await;
    let browser = far.browser().await;
    far.interview.world.close_job(&far.interview.met).await;
    type_note(&browser, "Said after the job was closed.").await;
    browser.wait_until_says("This interview takes no more ratings").await;
    browser.press("See what was not saved").await;
    browser.wait_until_says("Said after the job was closed.").await;

    // By the next page of the kit
    far.interview.world.reopen_job(&far.interview.met).await;
    browser.goto(&far.interview.path("/listening")).await;
    browser.wait_until(SAVED).await;
    assert_eq!(far.note("listening").await, "Said after the job was closed.");

    // And by a page that stayed open, as soon as its writer looks at it
    far.interview.world.close_job(&far.interview.met).await;
    type_note(&browser, " And once more.").await;
    browser.wait_until("document.getElementById('saved').textContent === 'Not saved'").await;
    far.interview.world.reopen_job(&far.interview.met).await;
    browser.script("window.dispatchEvent(new Event('focus'))").await;
    browser.wait_until(SAVED).await;
    assert!(far.note("listening").await.as_str().unwrap().contains("And once more."));
    browser.close().await;
}

#[actix_web::test]
async fn a_scorecard_sealed_elsewhere_shows_what_came_too_late_until_its_writer_lets_go_of_it() {
    let far = Far::over(&DIMENSIONS[..2]).await;
    let browser = far.browser().await;
    let world = &far.interview.world;
    world.sql("UPDATE ratings SET score = 4, note = 'said', note_revision = 1").await;
    // The same scorecard is submitted on another device.
    let phone = Browser::at(&far.interview.site.base, Device::Phone, None).await;
    phone.sign_in(far.interview.me()).await;
    phone.goto(&far.interview.path("/review")).await;
    phone.click(".tiles label:has([value=yes])").await;
    phone.press("Submit scorecard").await;
    phone.wait_until_says("was submitted").await;
    phone.close().await;

    type_note(&browser, "One more thing she said.").await;
    browser.wait_until("document.getElementById('saved').textContent === 'Not saved'").await;
    browser.wait_until_says("This scorecard was submitted in another tab or on another device").await;
    browser.press("See what was not saved").await;
    browser.wait_until_says("Thank you").await;
    browser.wait_until_says("One more thing she said.").await;

    browser.press("Remove from this device").await;
    browser.wait_until("document.getElementById('late').hidden").await;
    assert_eq!(browser.script_async(WAITING).await, json!([]));
    assert_eq!(far.note("listening").await, "said");
    browser.close().await;
}

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
