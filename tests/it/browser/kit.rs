//! The interview kit: an interview by keys only, on a phone, without script, and in two tabs.

use std::collections::BTreeMap;

use attune::domain::{medium::Medium, policy::Role};
use serde_json::{Value, json};

use crate::support::{
    browser::{Browser, Device, ENTER, ESCAPE, LEFT, RIGHT, SPACE, Site, TAB},
    scenario::{DIMENSIONS, Interviewed},
    world::{Who, World},
};

/// What is typed as evidence, a sentence per dimension: quotes, letters beyond ASCII, and the digits and letters that are keys
/// outside a text field.
const SAID: [&str; 6] = [
    "Asked 3 times what the customer had tried; \"say it again, please\".",
    "Short sentences, no jargon. 5 of 5 clear.",
    "Did not blame the colleague. Nöjd, saklig, även när jag pressade.",
    "Narrowed it down: router, then cable – in that order.",
    "Said \"I was wrong there\" & what she'd do now <next time>.",
    "Keeps a notebook of mistakes; reads it on Fridays.",
];

/// An interview of one's own that waits on Today.
pub struct Interview {
    pub world: World,
    pub site: Site,
    pub met: Interviewed,
}

impl Interview {
    pub async fn over(dimensions: &[&str]) -> Interview {
        let world = World::new().await;
        let job = world.job(&world.home, "Customer support agent").await;
        let round = world.round(&job, 1, Medium::Video, dimensions).await;
        let amara = world.candidate(&job, "Amara Okafor").await;
        let met = world.interview(&amara, &round, &[world.who(Role::Interviewer)]).await;
        Interview { site: world.serve(), world, met }
    }

    pub fn me(&self) -> &Who {
        self.world.who(Role::Interviewer)
    }

    pub fn path(&self, page: &str) -> String {
        format!("/interviews/{}/kit{page}", self.met.interview.id)
    }

    pub async fn open(&self, device: Device) -> Browser {
        let browser = Browser::open(&self.site, device).await;
        browser.sign_in(self.me()).await;
        browser
    }

    pub async fn kept(&self) -> Kept {
        let mut scorecards = self.world.rows("SELECT * FROM scorecards").await;
        assert_eq!(scorecards.len(), 1);
        let ratings = self.world.rows("SELECT * FROM ratings").await;
        let copies = self.world.rows("SELECT value, settled_at IS NOT NULL AS settled FROM conflict_copies").await;
        Kept {
            scorecard: scorecards.remove(0),
            ratings: ratings.into_iter().map(|row| (row["dimension"].as_str().unwrap().to_owned(), row)).collect(),
            copies,
        }
    }
}

/// What the database holds: the only scorecard, its ratings, and its conflict copies.
pub struct Kept {
    pub scorecard: Value,
    pub ratings: BTreeMap<String, Value>,
    pub copies: Vec<Value>,
}

impl Kept {
    /// `rating` is "0" for not enough evidence, "" for unrated.
    #[track_caller]
    pub fn assert_rated(&self, dimension: &str, rating: &str, note: &str) {
        let row = &self.ratings[dimension];
        let score = rating.parse::<i64>().ok().filter(|score| *score > 0);
        assert_eq!((row["score"].as_i64(), row["note"].as_str()), (score, Some(note)), "{dimension}");
        assert_eq!(row["not_enough_evidence"], rating == "0", "{dimension}");
    }
}

#[actix_web::test]
async fn an_interviewer_rates_reviews_and_submits_an_interview_with_keys_only() {
    // Given an interview of six dimensions that waits on Today
    let interview = Interview::over(&DIMENSIONS).await;
    let browser = interview.open(Device::Desktop).await;

    // When it is opened, rated, written and submitted without ever touching a mouse
    browser.tab_to("a[href*='/kit']").await;
    browser.keys(ENTER).await;
    let scores = ["4", "5", "3", "4", "0", "2"];
    for ((dimension, score), said) in DIMENSIONS.iter().zip(scores).zip(SAID) {
        browser.wait_until_at(&interview.path(&format!("/{dimension}"))).await;
        browser.wait_until("document.getElementById('saved').dataset.state === 'saved' || !document.getElementById('saved').textContent").await;
        browser.keys(score).await;
        browser.keys("n").await;
        browser.keys(said).await;
        browser.keys(ESCAPE).await;
        browser.keys(RIGHT).await;
    }
    browser.wait_until_at(&interview.path("/review")).await;
    browser.wait_until_says("All 6 dimensions are rated.").await;
    browser.tab_to("[name=recommendation]").await;
    browser.keys(SPACE).await;
    browser.keys(&[RIGHT, RIGHT, RIGHT, LEFT].concat()).await;
    browser.keys(TAB).await;
    browser.keys("Was late; traffic.").await;
    browser.keys(TAB).await;
    browser.keys("Ask about 2 shifts in a row.").await;
    browser.tab_to(".actions .btn.primary").await;
    browser.keys(ENTER).await;

    // Then it is sealed, and the database holds what was typed, letter by letter
    browser.wait_until_says("Your scorecard for Amara Okafor was submitted").await;
    let kept = interview.kept().await;
    assert_eq!(kept.scorecard["state"], "submitted");
    assert_eq!(kept.scorecard["recommendation"], "yes");
    assert_eq!(kept.scorecard["private_note"], "Was late; traffic.");
    assert_eq!(kept.scorecard["next_note"], "Ask about 2 shifts in a row.");
    for ((dimension, score), said) in DIMENSIONS.iter().zip(scores).zip(SAID) {
        kept.assert_rated(dimension, score, said);
    }
    assert_eq!(kept.copies, [] as [Value; 0]);
    browser.close().await;
}

#[actix_web::test]
async fn an_interviewer_runs_the_interview_on_a_phone() {
    let interview = Interview::over(&DIMENSIONS[..3]).await;
    let browser = interview.open(Device::Phone).await;
    browser.click("a[href*='/kit']").await;

    for (dimension, said) in DIMENSIONS[..3].iter().zip(SAID) {
        browser.wait_until_at(&interview.path(&format!("/{dimension}"))).await;
        browser.click(".listen label").await;
        browser.find("#note").await.send_keys(said).await.unwrap();
        browser.click(".bars label:has([value='4']) .v").await;
        browser.wait_until("document.documentElement.scrollWidth <= innerWidth").await;
        browser.wait_until("document.getElementById('saved').dataset.state === 'saved'").await;
        browser.click("[data-rel=next]").await;
    }
    browser.wait_until_at(&interview.path("/review")).await;
    browser.click(".tiles label:has([value=strong_yes])").await;
    browser.press("Submit scorecard").await;

    browser.wait_until_says("Your scorecard for Amara Okafor was submitted").await;
    let kept = interview.kept().await;
    assert_eq!(kept.scorecard["state"], "submitted");
    assert_eq!(kept.scorecard["recommendation"], "strong_yes");
    for (dimension, said) in DIMENSIONS[..3].iter().zip(SAID) {
        kept.assert_rated(dimension, "4", said);
        assert_eq!(kept.ratings[*dimension]["ticks"].as_array().unwrap().len(), 1, "{dimension}");
    }
    browser.close().await;
}

#[actix_web::test]
async fn an_interview_can_be_run_to_its_submission_without_script() {
    let interview = Interview::over(&DIMENSIONS[..3]).await;
    let browser = Browser::open(&interview.site, Device::Desktop).await;
    browser.disable_scripts().await;
    browser.sign_in(interview.me()).await;
    browser.click("a[href*='/kit']").await;

    for (i, said) in SAID[..3].iter().enumerate() {
        browser.wait_for(&format!("[aria-current=step][value={}]", DIMENSIONS[i])).await;
        browser.click(".bars label:has([value='3'])").await;
        browser.fill("note", said).await;
        browser.click("[data-rel=next]").await;
    }
    browser.wait_until_says("All 3 dimensions are rated.").await;
    // One goes back without losing the way.
    browser.click("a[href$='/communication']").await;
    browser.wait_for("[aria-current=step][value=communication]").await;
    browser.click(".bars label:has([value='2'])").await;
    browser.click(".kit-top .btn.primary").await;
    browser.wait_until_says("All 3 dimensions are rated.").await;
    browser.click(".tiles label:has([value=no])").await;
    browser.fill("next_note", "Start with attitude.").await;
    browser.press("Submit scorecard").await;

    browser.wait_until_says("Your scorecard for Amara Okafor was submitted").await;
    let kept = interview.kept().await;
    assert_eq!(kept.scorecard["state"], "submitted");
    assert_eq!(kept.scorecard["recommendation"], "no");
    assert_eq!(kept.scorecard["next_note"], "Start with attitude.");
    for (dimension, (score, said)) in DIMENSIONS.iter().zip([("3", SAID[0]), ("2", SAID[1]), ("3", SAID[2])]) {
        kept.assert_rated(dimension, score, said);
    }
    browser.close().await;
}

#[actix_web::test]
async fn two_tabs_with_the_same_note_show_both_texts_and_keep_both() {
    // Given the same note open in two tabs, one of them without network
    let interview = Interview::over(&DIMENSIONS[..2]).await;
    let browser = interview.open(Device::Desktop).await;
    browser.goto(&interview.path("/listening")).await;
    let first = browser.client.window().await.unwrap();
    let second = browser.client.new_window(true).await.unwrap().handle;
    browser.client.switch_to_window(second.clone()).await.unwrap();
    browser.goto(&interview.path("/listening")).await;
    browser.set_offline(true).await;
    browser.wait_for("#note").await.send_keys("Written in the second tab.").await.unwrap();
    browser.wait_until_says("Offline – kept on this device").await;

    // When the first tab saves other words, and then the second one finds its network again
    browser.client.switch_to_window(first).await.unwrap();
    browser.wait_for("#note").await.send_keys("Written in the first tab.").await.unwrap();
    browser.wait_until("document.getElementById('saved').textContent.startsWith('Saved ')").await;
    browser.client.switch_to_window(second).await.unwrap();
    browser.set_offline(false).await;

    // Then the second shows both, and the server has both
    browser.wait_until_says("Two versions – choose below").await;
    assert_eq!(browser.find("#conflict [data-slot=mine]").await.text().await.unwrap(), "Written in the second tab.");
    assert_eq!(browser.find("#conflict [data-slot=theirs]").await.text().await.unwrap(), "Written in the first tab.");
    assert_eq!(browser.value("#note").await, "Written in the second tab.");
    let kept = interview.kept().await;
    assert_eq!(kept.ratings["listening"]["note"], "Written in the first tab.");
    assert_eq!(kept.copies, [json!({ "value": "Written in the second tab.", "settled": false })]);

    // And both can be kept
    browser.script("document.getElementById('conflict').scrollIntoView({ block: 'center' })").await;
    browser.press("Keep both").await;
    browser.wait_until("document.getElementById('saved').textContent.startsWith('Saved ')").await;
    let kept = interview.kept().await;
    assert_eq!(kept.ratings["listening"]["note"], "Written in the second tab.\n\nWritten in the first tab.");
    browser.close().await;
}
