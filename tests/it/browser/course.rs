//! The course of an interview in the kit: what was asked, facts that came back, times, quotations, skipping, and how it looks.

use std::time::Duration;

use attune::domain::rubric;
use serde_json::{Value, json};

use super::kit::{Interview, Kept};
use crate::support::{
    browser::{Browser, Device, ESCAPE, RIGHT, Theme},
    scenario::DIMENSIONS,
};

const SAVED: &str = "document.getElementById('saved').textContent.startsWith('Saved ')";

async fn saved(browser: &Browser) {
    browser.wait_until(SAVED).await;
}

#[actix_web::test]
async fn one_key_marks_the_question_and_then_probe_by_probe_and_it_is_on_the_scorecard() {
    let interview = Interview::over(&DIMENSIONS[..2]).await;
    let browser = interview.open(Device::Desktop).await;
    browser.goto(&interview.path("/listening")).await;
    browser.wait_for("#note").await;

    browser.keys("aa").await;
    saved(&browser).await;
    browser.wait_until("document.querySelectorAll('[name=asked]:checked').length === 2").await;

    let question = &rubric::builtin().dimension("listening").unwrap().questions[0];
    let asked = &interview.kept().await.ratings["listening"]["asked"];
    assert_eq!(*asked, json!([question.key, format!("{}.1", question.key)]));
    browser.keys("aaaa").await;
    browser
        .script(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', shiftKey: true, bubbles: true }))",
        )
        .await;
    browser.wait_until("document.querySelectorAll('[name=asked]:checked').length === 2").await;
    saved(&browser).await;
    browser.goto(&interview.path("/review")).await;
    browser.wait_until_says("Asked one question and one probe.").await;
    browser.close().await;
}

#[actix_web::test]
async fn the_facts_of_the_outline_are_ticked_as_they_come_back_on_any_page() {
    let interview = Interview::over(&DIMENSIONS[..2]).await;
    let browser = interview.open(Device::Desktop).await;
    browser.goto(&interview.path("/communication")).await;
    browser.wait_for("#note").await;

    browser.keys("b").await;
    browser.wait_until("document.getElementById('briefing').open").await;
    browser.click("[name=fact][value='1']").await;
    browser.click("[name=fact][value='8']").await;
    saved(&browser).await;

    assert_eq!(interview.kept().await.scorecard["facts"], json!(["1", "8"]));
    browser.goto(&interview.path("/review")).await;
    browser.wait_until_says("2 of 8: Working hours, Next step").await;
    browser.close().await;
}

#[actix_web::test]
async fn a_key_puts_the_time_and_another_quotation_marks_into_the_note() {
    let interview = Interview::over(&DIMENSIONS[..2]).await;
    let browser = interview.open(Device::Desktop).await;
    browser.goto(&interview.path("/listening")).await;
    let note = browser.wait_for("#note").await;
    browser.wait_until("document.getElementById('timer').textContent !== ''").await;

    browser.keys("t").await;
    note.send_keys("She began. ").await.unwrap();
    browser.keys(ESCAPE).await;
    browser.keys("q").await;
    note.send_keys("say it again").await.unwrap();
    saved(&browser).await;

    let text = browser.value("#note").await;
    let (time, rest) = text.split_once("] ").unwrap();
    assert!(time.starts_with("[00:0") && time.len() == 6, "{text}");
    assert_eq!(rest, "She began. “say it again”");
    assert_eq!(interview.kept().await.ratings["listening"]["note"], text.as_str());
    browser.close().await;
}

#[actix_web::test]
async fn time_is_counted_per_dimension_and_two_pages_that_count_are_no_conflict() {
    let interview = Interview::over(&DIMENSIONS[..2]).await;
    let browser = interview.open(Device::Desktop).await;
    browser.goto(&interview.path("/listening")).await;
    browser.wait_until("document.getElementById('pace').textContent >= '00:02'").await;

    browser.keys(RIGHT).await;
    browser.wait_until_at(&interview.path("/communication")).await;
    browser.wait_until("document.getElementById('pace').textContent >= '00:01'").await;
    browser.goto(&interview.path("/listening")).await;
    browser.wait_until("document.getElementById('pace').textContent >= '00:02'").await;

    // The badge does not speak of the time, so what leaves quietly is waited for here.
    let seconds = |kept: &Kept, dimension: &str| kept.ratings[dimension]["seconds"].as_i64().unwrap();
    let mut kept = interview.kept().await;
    for _ in 0..300 {
        if seconds(&kept, "listening") >= 2 && seconds(&kept, "communication") >= 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        kept = interview.kept().await;
    }
    assert!((2..60).contains(&seconds(&kept, "listening")), "{}", seconds(&kept, "listening"));
    assert!((1..60).contains(&seconds(&kept, "communication")), "{}", seconds(&kept, "communication"));
    assert_eq!(kept.copies, [] as [Value; 0]);
    browser.close().await;
}

#[actix_web::test]
async fn what_is_skipped_is_marked_and_one_is_led_back_to_it_before_the_review() {
    let interview = Interview::over(&DIMENSIONS[..3]).await;
    let browser = interview.open(Device::Desktop).await;
    browser.goto(&interview.path("/listening")).await;
    browser.wait_for("#note").await;

    browser.keys("s").await;
    browser.wait_until_at(&interview.path("/communication")).await;
    browser.wait_until_says("Come back to it").await;
    browser.keys("3").await;
    browser.keys(RIGHT).await;
    browser.wait_until_at(&interview.path("/attitude")).await;
    browser.keys("3").await;
    saved(&browser).await;
    browser.keys(RIGHT).await;

    browser.wait_until_at(&interview.path("/listening")).await;
    browser.keys("4").await;
    browser.wait_until("!document.querySelector('.rail .later')").await;
    browser.close().await;
}

#[actix_web::test]
async fn large_type_dark_and_the_left_hand_stay_as_chosen_and_dark_follows_the_system_until_then() {
    let interview = Interview::over(&DIMENSIONS[..2]).await;
    let browser = interview.open(Device::Phone).await;
    browser.set_theme(Theme::Dark).await;
    browser.goto(&interview.path("/listening")).await;
    browser.wait_for("#note").await;
    let paper = "getComputedStyle(document.body).backgroundColor";
    let dark = browser.script(&format!("return {paper}")).await;

    browser.script("document.querySelector('#manner').click()").await;
    browser.click("#manners [value=light]").await;
    browser.click("#manners [value=big]").await;
    browser.click("#manners [value=left]").await;
    let light = browser.script(&format!("return {paper}")).await;
    assert_ne!(dark, light);
    browser.goto(&interview.path("/communication")).await;
    browser.wait_for("#note").await;

    assert_eq!(browser.script(&format!("return {paper}")).await, light, "also on the next page");
    assert_eq!(
        browser.script("return [document.documentElement.dataset.type, document.documentElement.dataset.hand]").await,
        json!(["big", "left"])
    );
    browser.wait_until("document.documentElement.scrollWidth <= innerWidth").await;
    let left =
        |value: &str| format!("document.querySelector('.bars [value=\"{value}\"] + .v').getBoundingClientRect().left");
    browser.wait_until(&format!("{} > {}", left("5"), left("1"))).await;
    browser.assert_accessible("the kit with large type for the left hand").await;
    browser.close().await;
}

#[actix_web::test]
async fn notes_get_a_remark_by_readable_rules_that_leaves_behaviour_alone_and_never_blocks() {
    let interview = Interview::over(&DIMENSIONS[..2]).await;
    let browser = interview.open(Device::Desktop).await;
    browser.goto(&interview.path("/listening")).await;
    browser.wait_for(".remarks").await;

    // Given sentences, and the rules that remark on each
    for (language, text, expected) in [
        ("en", "She seems nice and friendly.", "trait"),
        ("en", "Asked the caller twice, nice tone.", ""),
        ("en", "He said \"I am a friendly person\".", ""),
        ("en", "Nicely put together answer, niece helped.", ""),
        ("en", "Is pregnant, may leave soon.", "protected"),
        ("en", "Strong accent", "protected"),
        ("en", "I heard from Jonas that he quit.", "hearsay"),
        ("en", "Better than the last candidate.", "comparison"),
        ("en", "Not a culture fit.", "fit"),
        ("en", "Gave back 6 of 8 facts and asked about nights.", ""),
        ("sv", "Verkar trevlig.", "trait"),
        ("sv", "Frågade kunden två gånger, trevlig ton.", ""),
        ("sv", "Har små barn hemma.", "protected"),
        ("sv", "Barnbok som exempel på förklaring.", ""),
        ("sv", "Jag har hört att hon slutade i bråk.", "hearsay"),
        ("sv", "Bättre än de andra.", "comparison"),
        ("sv", "Passar in i gänget.", "fit"),
        ("sv", "Återgav 6 av 8 uppgifter.", ""),
    ] {
        let found = browser
            .script_async(&format!(
                "const base = document.querySelector('script[src$=\"/kit.js\"]').src.replace('kit.js', '');
                 Promise.all([import(base + 'hints.js'), fetch(base + 'hints-{language}.json').then((r) => r.json())])
                   .then(([hints, file]) => done(hints.find({}, file.rules).map((hint) => hint.rule.key).join(' ')));",
                json!(text)
            ))
            .await;
        assert_eq!(found, expected, "{text}");
    }

    // Then a note shows its remark, which can be let be, and is saved as it was written
    let note = browser.find("#note").await;
    note.send_keys("Seems nice. Asked \"which invoice?\"").await.unwrap();
    browser.wait_until_says("This names a trait. Another reader cannot see what it rests on.").await;
    browser.assert_accessible("a note with a remark").await;
    browser.click(".remarks button").await;
    browser.wait_until("!document.querySelector('.remarks li')").await;
    saved(&browser).await;
    assert_eq!(interview.kept().await.ratings["listening"]["note"], "Seems nice. Asked \"which invoice?\"");

    // And the organisation can do without
    interview.world.sql("UPDATE organisations SET evidence_hints = false").await;
    browser.goto(&interview.path("/listening")).await;
    browser.wait_until("document.documentElement.dataset.pagesKept > 0").await;
    assert_eq!(browser.script("return document.querySelectorAll('.remarks').length").await, 0);
    browser.close().await;
}
