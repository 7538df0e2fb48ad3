//! What happened on the server meanwhile: signed out, expired, closed, sealed.

use serde_json::json;

use super::{Far, OFFLINE, SAVED, STORED, WAITING, type_note};
use crate::support::{
    browser::{Browser, Device},
    scenario::DIMENSIONS,
    world::PASSWORD,
};

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
