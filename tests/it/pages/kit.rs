//! The kit and the scorecard, as a browser without script meets them, and the answers that the kit's script gets.

use attune::{
    domain::{medium::Medium, policy::Role, rubric},
    store::scorecard::Scorecard,
};
use jiff::SignedDuration;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    scenario::{DIMENSIONS, Interviewed},
    world::{Answer, Who, World},
};

/// An interview with all six dimensions by video: the interviewer and the hiring manager are its panel.
struct Panel {
    world: World,
    met: Interviewed,
}

impl Panel {
    async fn new() -> Panel {
        Panel::with(&DIMENSIONS).await
    }

    async fn with(dimensions: &[&str]) -> Panel {
        let world = World::new().await;
        let job = world.job(&world.home, "Customer support agent").await;
        let round = world.round(&job, 1, Medium::Video, dimensions).await;
        let amara = world.candidate(&job, "Amara Okafor").await;
        let panel = [world.who(Role::Interviewer), world.who(Role::HiringManager)];
        let met = world.interview(&amara, &round, &panel).await;
        Panel { world, met }
    }

    fn me(&self) -> &Who {
        self.world.who(Role::Interviewer)
    }

    fn other(&self) -> &Who {
        self.world.who(Role::HiringManager)
    }

    fn path(&self, page: &str) -> String {
        format!("/interviews/{}/kit{page}", self.met.interview.id)
    }

    async fn page(&self, page: &str) -> Answer {
        self.world.get(self.me(), &self.path(page)).await.assert_status(200)
    }

    /// The id of my scorecard; opens the kit.
    async fn scorecard(&self) -> String {
        self.page("/listening").await.attribute("form#kit", "data-scorecard")
    }

    async fn operate(&self, scorecard: &str, body: &Value) -> Answer {
        self.world.post_json(self.me(), &format!("/scorecards/{scorecard}/operations"), body).await
    }

    async fn save(&self, scorecard: &str, field: &str, base: i64, value: &str) -> Answer {
        self.operate(scorecard, &operation(field, base, value)).await
    }

    /// Rates every dimension with a note, by operations.
    async fn rate_all(&self, scorecard: &str) {
        for dimension in DIMENSIONS {
            self.save(scorecard, &format!("{dimension}.rating"), 0, "4").await.assert_status(200);
            self.save(scorecard, &format!("{dimension}.note"), 0, "Named the second question").await.assert_status(200);
        }
    }

    /// Sends the review's form as the page shows it, with these fields changed.
    async fn submit(&self, changes: &[(&str, &str)]) -> Answer {
        let page = self.page("/review").await;
        self.world.post(self.me(), &page.attribute("form#kit", "action"), &borrowed(&page.fields(changes))).await
    }
}

fn operation(field: &str, base: i64, value: &str) -> Value {
    json!({ "op_id": Uuid::now_v7(), "field": field, "base_revision": base, "value": value })
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

impl Answer {
    fn attribute(&self, selector: &str, name: &str) -> String {
        let html = self.html();
        let found = html.select(&Selector::parse(selector).unwrap()).next();
        found.and_then(|element| element.attr(name)).unwrap_or_else(|| panic!("no {name} on {selector}")).to_owned()
    }

    fn has(&self, selector: &str) -> bool {
        self.html().select(&Selector::parse(selector).unwrap()).next().is_some()
    }

    /// What a browser would send of the page's form, with changes.
    fn fields(&self, changes: &[(&str, &str)]) -> Vec<(String, String)> {
        let html: Html = self.html();
        let all = Selector::parse("#kit input[name], #kit textarea[name]").unwrap();
        let mut fields: Vec<(String, String)> = Vec::new();
        for element in html.select(&all) {
            let kind = element.attr("type").unwrap_or_default();
            if matches!(kind, "radio" | "checkbox") && element.attr("checked").is_none() {
                continue;
            }
            let text: String = element.text().collect();
            let value = if element.value().name() == "textarea" {
                text
            } else {
                element.attr("value").unwrap_or_default().to_owned()
            };
            fields.push((element.attr("name").unwrap().to_owned(), value));
        }
        for (name, value) in changes {
            fields.retain(|(known, _)| known != name);
            fields.push((name.to_string(), value.to_string()));
        }
        fields
    }
}

#[actix_web::test]
async fn the_timer_says_when_the_interview_starts_and_then_since_when_it_counts() {
    let panel = Panel::new().await;
    let world = &panel.world;
    let job = world.job(&world.home, "Agent").await;
    let round = world.round(&job, 1, Medium::Phone, &["listening"]).await;
    let candidate = world.candidate(&job, "Li Wei").await;
    let in_two_hours = world.now() + SignedDuration::from_hours(2);
    let met = world.interview_at(&candidate, &round, &[panel.me()], in_two_hours).await;
    let kit = format!("/interviews/{}/kit/listening", met.interview.id);
    let open = async || world.get(panel.me(), &kit).await.assert_status(200);

    // Opened at nine to prepare for eleven.
    open().await.assert_says("starts 11:00 · 45 min");

    world.clock.advance(SignedDuration::from_mins(125));
    let page = open().await.assert_says("05:00 of 45 min");
    assert_eq!(page.attribute("#timer", "aria-label"), "Since the planned start at 11:00");

    world.clock.advance(SignedDuration::from_hours(9));
    assert!(!open().await.has("#timer"));

    let page = panel.page("/listening").await;
    world.clock.advance(SignedDuration::from_mins(7));
    assert_eq!(page.attribute("#timer", "aria-label"), "Since you opened the kit at 20:05");
    panel.page("/listening").await.assert_says("07:00 of 45 min");
}

#[actix_web::test]
async fn the_kit_shows_question_probes_indicators_of_the_medium_anchors_and_who_is_interviewed() {
    let panel = Panel::new().await;
    let attitude = rubric::builtin().dimension("attitude").unwrap();

    let page = panel.page("/attitude").await;

    let words = page.words();
    for said in [
        "Amara Okafor",
        "Customer support agent",
        "Round 1",
        "of 45 min",
        "0 of 6 rated",
        attitude.questions[0].text.in_language("en"),
        attitude.questions[0].probes[0].in_language("en"),
        attitude.anchors[&5].in_language("en"),
        attitude.anchors[&1].in_language("en"),
        "Not enough evidence",
        "Scores of other interviewers stay hidden until you submit yours.",
        "← Communication",
        "Problem solving →",
    ] {
        assert!(words.contains(said), "{said:?} is not in {words}");
    }
    for indicator in &attitude.indicators {
        let shown = page.has(&format!("input[name=tick][value='{}']", indicator.key));
        assert_eq!(shown, indicator.media.contains(&Medium::Video), "{}", indicator.key);
    }
    assert_eq!(page.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn the_kit_resumes_at_the_first_dimension_without_a_rating_and_then_at_the_review() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;

    let first = panel.world.get(panel.me(), &panel.path("")).await.assert_status(302);
    panel.save(&scorecard, "listening.rating", 0, "3").await.assert_status(200);
    let second = panel.world.get(panel.me(), &panel.path("")).await.assert_status(302);
    for dimension in &DIMENSIONS[1..] {
        panel.save(&scorecard, &format!("{dimension}.rating"), 0, "not_enough_evidence").await.assert_status(200);
    }
    let last = panel.world.get(panel.me(), &panel.path("")).await.assert_status(302);

    assert_eq!(first.location(), panel.path("/listening"));
    assert_eq!(second.location(), panel.path("/communication"));
    assert_eq!(last.location(), panel.path("/review"));
}

#[actix_web::test]
async fn two_tabs_that_open_the_kit_at_once_get_the_same_scorecard() {
    let panel = Panel::new().await;

    let path = panel.path("/growth");
    let open = || panel.world.get(panel.me(), &path);
    let (one, other) = futures_util::future::join(open(), open()).await;

    let id = |answer: Answer| answer.assert_status(200).attribute("form#kit", "data-scorecard");
    assert_eq!(id(one), id(other));
}

#[actix_web::test]
async fn the_questions_are_read_in_the_language_that_is_asked_for() {
    let panel = Panel::new().await;
    let question = &rubric::builtin().dimension("listening").unwrap().questions[0];

    let swedish = panel.page("/listening?language=sv").await;

    assert!(swedish.words().contains(question.text.in_language("sv")));
    assert!(swedish.has("[lang=sv] .q"), "a screen reader must know the language");
    assert!(swedish.words().contains("Rate what you heard"), "the page itself stays in the member's language");
    assert_eq!(swedish.attribute("button[value=communication]", "data-href"), panel.path("/communication?language=sv"));
    let fields = swedish.fields(&[("note", "in between"), ("to_language", "en")]);
    let back = panel.world.post(panel.me(), &swedish.attribute("form#kit", "action"), &borrowed(&fields)).await;
    assert_eq!(back.assert_status(303).location(), panel.path("/listening"), "the switch keeps what was typed");
    panel.page("/listening").await.assert_says("in between");
    panel.page("/listening?language=tlh").await.assert_says(question.text.in_language("en"));
}

#[actix_web::test]
async fn an_operation_is_kept_and_the_same_one_sent_again_is_answered_alike_and_applied_once() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    let sent = operation("listening.note", 0, "Asked \"which invoice?\"\r\nTwice");

    let first = panel.operate(&scorecard, &sent).await.assert_status(200).json();
    panel.world.clock.advance(jiff::SignedDuration::from_secs(60));
    let again = panel.operate(&scorecard, &sent).await.assert_status(200).json();

    assert_eq!(first, again);
    assert_eq!(first["revision"], 1);
    assert_eq!(first["field"], "listening.note");
    assert_eq!(first["value"], "Asked \"which invoice?\"\nTwice");
    assert_eq!(first["saved_at"], "2026-11-23T08:00:00Z");
    let page = panel.page("/listening").await;
    assert_eq!(page.attribute("textarea#note", "data-revision"), "1");
    page.assert_says("Asked \"which invoice?\" Twice");
}

#[actix_web::test]
async fn an_operation_id_that_comes_back_with_another_body_is_refused() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    let mut sent = operation("listening.note", 0, "one");
    panel.operate(&scorecard, &sent).await.assert_status(200);

    sent["value"] = "another".into();
    let answer = panel.operate(&scorecard, &sent).await.assert_status(422);

    assert_eq!(answer.json()["code"], "op_reused");
    assert_eq!(answer.header("content-type"), "application/problem+json");
    panel.page("/listening").await.assert_silent_about("another<");
}

#[actix_web::test]
async fn a_stale_base_is_a_conflict_that_loses_neither_text() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    panel.save(&scorecard, "listening.note", 0, "from the first tab").await.assert_status(200);

    let stale = operation("listening.note", 0, "from the second tab");
    let answer = panel.operate(&scorecard, &stale).await.assert_status(409).json();
    let again = panel.operate(&scorecard, &stale).await.assert_status(409).json();

    assert_eq!(answer, again);
    assert_eq!((&answer["code"], &answer["revision"]), (&json!("conflict"), &json!(1)));
    assert_eq!(answer["value"], "from the first tab");
    panel
        .page("/listening")
        .await
        .assert_says("from the first tab")
        .assert_says("from the second tab")
        .assert_says("Two versions of “Listening: evidence”");
    panel.page("/review").await.assert_says("Listening: evidence: two versions wait for your choice");
}

#[actix_web::test]
async fn the_same_text_from_two_tabs_is_no_conflict() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    panel.save(&scorecard, "listening.rating", 0, "4").await.assert_status(200);

    let same = panel.save(&scorecard, "listening.rating", 0, "4").await.assert_status(200).json();

    assert_eq!(same["revision"], 1);
    panel.page("/listening").await.assert_silent_about("data-copy-of");
}

#[actix_web::test]
async fn a_kept_copy_is_settled_by_choice_or_by_saving_text_that_holds_it() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    for (dimension, keep, expected) in [
        ("listening", "copy", "second"),
        ("communication", "current", "first"),
        ("attitude", "both", "first\n\nsecond"),
    ] {
        let field = format!("{dimension}.note");
        panel.save(&scorecard, &field, 0, "first").await.assert_status(200);
        panel.save(&scorecard, &field, 0, "second").await.assert_status(409);
        let page = panel.page(&format!("/{dimension}")).await;
        let action = page.attribute("form[id^=settle]", "action");
        let revision = page.attribute("form[id^=settle] input[name=revision]", "value");

        let stale = panel.world.post(panel.me(), &action, &[("keep", "copy"), ("revision", "0")]).await;
        let settled = panel.world.post(panel.me(), &action, &[("keep", keep), ("revision", &revision)]).await;

        stale.assert_status(409);
        settled.assert_status(303);
        let page = panel.page(&format!("/{dimension}")).await.assert_silent_about("data-copy-of");
        assert_eq!(page.fields(&[]).iter().find(|(name, _)| name == "note").unwrap().1, expected);
    }

    panel.save(&scorecard, "growth.note", 0, "first").await.assert_status(200);
    panel.save(&scorecard, "growth.note", 0, "second").await.assert_status(409);
    panel.save(&scorecard, "growth.note", 1, "first, then second").await.assert_status(200);
    panel.page("/growth").await.assert_silent_about("data-copy-of");
}

#[actix_web::test]
async fn hostile_values_are_refused_or_shown_as_the_text_that_they_are() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    let long = "å".repeat(20_001);
    for (field, value) in [
        ("listening.note", "a\0b"),
        ("listening.note", long.as_str()),
        ("listening.rating", "6"),
        ("listening.ticks", "att-p1"),
        ("recommendation", "maybe"),
        ("seal", "x"),
        ("listening'; DROP TABLE ratings; --.note", "x"),
        ("juggling.note", "x"),
    ] {
        let answer = panel.save(&scorecard, field, 0, value).await.assert_status(422).json();
        assert_eq!(answer["code"], "invalid", "{field}");
        assert!(!answer["detail"].as_str().unwrap().is_empty());
    }
    for body in [json!({}), json!([]), json!({ "op_id": "1" }), json!({ "op_id": Uuid::now_v7(), "field": 1 })] {
        panel.operate(&scorecard, &body).await.assert_status(400);
    }
    for base in [-1, i64::MAX] {
        panel.save(&scorecard, "listening.note", base, "x").await.assert_status(422);
    }

    let hostile = "<script>alert(1)</script> \u{202e}abc {{ 7*7 }} =HYPERLINK(\"x\")";
    panel.save(&scorecard, "listening.note", 0, hostile).await.assert_status(200);
    panel.save(&scorecard, "communication.note", 0, &"🙂".repeat(20_000)).await.assert_status(200);
    panel.page("/listening").await.assert_says(hostile).assert_silent_about("<script>alert");
    panel.page("/review").await.assert_says(hostile).assert_silent_about("<script>alert");
}

#[actix_web::test]
async fn without_script_a_form_saves_rating_ticks_and_note_and_goes_on() {
    let panel = Panel::new().await;
    let page = panel.page("/listening").await;
    let action = page.attribute("form#kit", "action");
    let mut fields = page.fields(&[("rating", "4"), ("note", "Gave it back.\r\nAsked."), ("go", "communication")]);
    fields.extend([("tick".to_owned(), "lis-p2".to_owned()), ("tick".to_owned(), "lis-p1".to_owned())]);

    let answer = panel.world.post(panel.me(), &action, &borrowed(&fields)).await.assert_status(303);
    let again = panel.world.post(panel.me(), &action, &borrowed(&fields)).await.assert_status(303);

    assert_eq!(answer.location(), panel.path("/communication"));
    assert_eq!(again.location(), panel.path("/communication"), "the same form sent twice is no conflict");
    let page = panel.page("/listening").await.assert_says("1 of 6 rated").assert_silent_about("data-copy-of");
    assert!(page.has("input[name=rating][value='4'][checked]"));
    assert!(page.has("input[name=tick][value=lis-p1][checked]") && page.has("input[name=tick][value=lis-p2][checked]"));
    assert_eq!(page.fields(&[]).iter().find(|(name, _)| name == "note").unwrap().1, "Gave it back.\nAsked.");
    assert_eq!(page.attribute("input[name=rating_revision]", "value"), "1");
}

#[actix_web::test]
async fn without_script_a_conflict_shows_both_texts_and_what_nobody_touched_is_none() {
    let panel = Panel::new().await;
    let page = panel.page("/listening").await;
    let action = page.attribute("form#kit", "action");
    let one = page.fields(&[("note", "from one tab"), ("rating", "2"), ("go", "communication")]);
    let other = page.fields(&[("note", "from the other tab"), ("go", "communication")]);

    panel.world.post(panel.me(), &action, &borrowed(&one)).await.assert_status(303);
    let answer = panel.world.post(panel.me(), &action, &borrowed(&other)).await.assert_status(303);

    assert_eq!(answer.location(), panel.path("/listening"), "a conflict is shown where it is");
    let page = panel.page("/listening").await.assert_says("from one tab").assert_says("from the other tab");
    assert!(page.has("[data-copy-of='listening.note']") && !page.has("[data-copy-of='listening.rating']"));
    assert!(page.has("input[name=rating][value='2'][checked]"));
}

#[actix_web::test]
async fn without_script_text_that_cannot_be_taken_is_shown_again_with_the_reason() {
    let panel = Panel::new().await;
    let page = panel.page("/listening").await;
    let long = format!("kept {}", "x".repeat(20_000));
    let fields = page.fields(&[("note", &long), ("rating", "4"), ("go", "communication")]);

    let answer = panel.world.post(panel.me(), &page.attribute("form#kit", "action"), &borrowed(&fields)).await;

    let answer =
        answer.assert_status(422).assert_says("Shorten this to at most 20000 characters").assert_says("kept xxx");
    assert!(answer.has("input[name=rating][value='4'][checked]"));
    panel.page("/listening").await.assert_says("0 of 6 rated");
}

#[actix_web::test]
async fn a_scorecard_with_gaps_is_not_submitted_and_each_gap_is_named() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    panel.save(&scorecard, "listening.rating", 0, "3").await.assert_status(200);
    panel.save(&scorecard, "attitude.rating", 0, "5").await.assert_status(200);
    panel.save(&scorecard, "attitude.ticks", 0, "att-p2").await.assert_status(200);
    panel.save(&scorecard, "growth.rating", 0, "not_enough_evidence").await.assert_status(200);

    let answer = panel.submit(&[("recommendation", "yes"), ("next_note", "Ask about shifts")]).await;

    answer
        .assert_status(409)
        .assert_says("Something is still missing")
        .assert_says("Listening: needs a tick or a note")
        .assert_says("Communication: not rated yet")
        .assert_says("Attitude: a 1 or a 5 needs a written note")
        .assert_silent_about("Growth: ")
        .assert_says("5 gaps")
        .assert_says("Ask about shifts");
    panel.page("/review").await.assert_says("Ask about shifts").assert_says("Submit scorecard");
}

#[actix_web::test]
async fn submission_seals_and_nothing_changes_the_scorecard_after_it() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    panel.rate_all(&scorecard).await;
    let open_page = panel.page("/listening").await;

    panel.submit(&[]).await.assert_status(409).assert_says("Something is still missing");
    let answer = panel.submit(&[("recommendation", "strong_yes"), ("private_note", "mine alone")]).await;

    assert_eq!(answer.assert_status(303).location(), panel.path("/review"));
    panel.page("/review").await.assert_says("Thank you").assert_says("is sealed");
    let refused = panel.save(&scorecard, "listening.note", 1, "later").await.assert_status(409);
    assert_eq!(refused.json()["code"], "sealed");
    let late = open_page.fields(&[("note", "typed too late")]);
    panel
        .world
        .post(panel.me(), &open_page.attribute("form#kit", "action"), &borrowed(&late))
        .await
        .assert_status(409)
        .assert_says("typed too late");
    let path = format!("/scorecards/{scorecard}");
    panel
        .world
        .get(panel.me(), &path)
        .await
        .assert_status(200)
        .assert_says("Recommends: Strong yes.")
        .assert_says("mine alone")
        .assert_says("Seal:")
        .assert_silent_about("typed too late");
    panel.world.get(panel.me(), &panel.path("/listening")).await.assert_status(303);
}

#[actix_web::test]
async fn what_changed_since_it_was_read_is_not_sealed() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    panel.rate_all(&scorecard).await;
    let read = panel.page("/review").await;
    let fields = read.fields(&[("recommendation", "no")]);

    panel.save(&scorecard, "growth.rating", 1, "2").await.assert_status(200);
    let answer = panel.world.post(panel.me(), &read.attribute("form#kit", "action"), &borrowed(&fields)).await;

    answer.assert_status(409).assert_says("The scorecard changed since this page was shown");
    panel.submit(&[]).await.assert_status(303);
    let detail = panel.world.get(panel.me(), &format!("/scorecards/{scorecard}")).await;
    detail.assert_says("Recommends: No.");
}

#[actix_web::test]
async fn an_amendment_needs_a_reason_and_both_ratings_stay() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    let path = format!("/scorecards/{scorecard}/amendments");
    let amendment = [("dimension", "growth"), ("rating", "2"), ("reason", "Read the ticket that she spoke of.")];

    panel.world.post(panel.me(), &path, &amendment).await.assert_status(409);
    panel.rate_all(&scorecard).await;
    panel.submit(&[("recommendation", "yes")]).await.assert_status(303);
    panel
        .world
        .post(panel.me(), &path, &[("dimension", "growth"), ("rating", "2"), ("reason", "  ")])
        .await
        .assert_status(422);
    panel
        .world
        .post(panel.me(), &path, &[("dimension", "juggling"), ("rating", "2"), ("reason", "x")])
        .await
        .assert_status(422);
    panel.world.post(panel.other(), &path, &amendment).await.assert_status(404);
    panel.world.post(panel.me(), &path, &amendment).await.assert_status(303);

    panel
        .world
        .get(panel.me(), &format!("/scorecards/{scorecard}"))
        .await
        .assert_says("Growth 4 → 2")
        .assert_says("Read the ticket that she spoke of.")
        .assert_says("Amended to 2, Limited");
}

#[actix_web::test]
async fn until_i_submit_no_byte_of_my_pages_depends_on_another_seat() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    panel.rate_all(&scorecard).await;
    let pages = ["/listening", "/growth", "/review"];
    let mut before = Vec::new();
    for page in pages {
        before.push(steady(&panel.page(page).await));
    }

    let notes: Vec<_> = DIMENSIONS.iter().map(|key| (*key, "1", "a secret word")).collect();
    let theirs: Scorecard = panel.world.submitted(&panel.met.seats[1], &notes).await;

    for (page, before) in pages.iter().zip(before) {
        assert_eq!(steady(&panel.page(page).await), before, "{page}");
    }
    let path = format!("/scorecards/{}", theirs.id);
    let hidden = panel.world.get(panel.me(), &path).await.assert_status(404);
    let nowhere = panel.world.get(panel.me(), &format!("/scorecards/{}", Uuid::now_v7())).await.assert_status(404);
    assert_eq!(hidden.bytes, nowhere.bytes);

    panel.submit(&[("recommendation", "yes")]).await.assert_status(303);
    panel.world.get(panel.me(), &path).await.assert_status(200).assert_says("a secret word");
}

/// A page without what differs from one showing to the next: the number that its form carries.
fn steady(page: &Answer) -> String {
    let number = page.attribute("input[name=op_id]", "value");
    page.text().replace(&number, "")
}

#[actix_web::test]
async fn scorecards_are_read_by_their_writer_and_by_whom_the_job_reaches_and_drafts_by_nobody_else() {
    let panel = Panel::new().await;
    let world = &panel.world;
    let draft = panel.scorecard().await;
    panel.save(&draft, "private_note", 0, "mine alone").await.assert_status(200);
    let draft = format!("/scorecards/{draft}");
    let outsider = world.member(&world.home, "Olle Outsider", &[Role::Interviewer]).await;

    world.get(panel.me(), &draft).await.assert_status(200).assert_says("Not submitted yet.").assert_says("mine alone");
    for who in [world.who(Role::Recruiter), world.who(Role::Hr), world.who(Role::Admin), panel.other(), &outsider] {
        world.get(who, &draft).await.assert_status(404);
    }

    panel.rate_all(draft.trim_start_matches("/scorecards/")).await;
    panel.submit(&[("recommendation", "yes")]).await.assert_status(303);
    for who in [world.who(Role::Recruiter), world.who(Role::Hr)] {
        world.get(who, &draft).await.assert_status(200).assert_silent_about("mine alone");
    }
    for who in [panel.other(), &outsider, world.neighbour.who(Role::Admin)] {
        world.get(who, &draft).await.assert_status(404);
    }
}

#[actix_web::test]
async fn nobody_without_the_seat_opens_the_kit_or_writes_the_scorecard() {
    let panel = Panel::new().await;
    let world = &panel.world;
    let scorecard = panel.scorecard().await;
    let change = operation("listening.note", 0, "not mine to write");

    for who in [
        world.who(Role::Recruiter),
        world.who(Role::Admin),
        panel.other(),
        world.neighbour.who(Role::Interviewer),
        world.neighbour.who(Role::Admin),
    ] {
        let path = format!("/scorecards/{scorecard}");
        world.post_json(who, &format!("{path}/operations"), &change).await.assert_status(404);
        world.post(who, &format!("{path}/ratings/listening"), &[("note", "x")]).await.assert_status(404);
        world.post(who, &format!("{path}/submission"), &[]).await.assert_status(404);
        world
            .post(who, &format!("{path}/amendments"), &[("dimension", "growth"), ("rating", "1"), ("reason", "x")])
            .await
            .assert_status(404);
    }
    for who in [world.who(Role::Recruiter), world.neighbour.who(Role::Interviewer)] {
        for page in ["", "/listening", "/review"] {
            world.get(who, &panel.path(page)).await.assert_status(404);
        }
    }
    let signed_out = world.post_json(None, &format!("/scorecards/{scorecard}/operations"), &change).await;
    assert_eq!(signed_out.assert_status(401).json()["code"], "sign_in");
    panel.page("/listening").await.assert_silent_about("not mine to write");
}

#[actix_web::test]
async fn what_earlier_interviewers_noted_for_the_next_is_shown_and_the_same_rounds_notes_are_not() {
    let world = World::new().await;
    let job = world.job(&world.home, "Customer support agent").await;
    let first = world.round(&job, 1, Medium::Phone, &DIMENSIONS).await;
    let second = world.round(&job, 2, Medium::Video, &DIMENSIONS).await;
    let amara = world.candidate(&job, "Amara Okafor").await;
    let (me, other) = (world.who(Role::Interviewer), world.who(Role::HiringManager));
    let earlier = world.interview(&amara, &first, &[other]).await;
    let mine = world.interview(&amara, &second, &[me, other]).await;
    let notes: Vec<_> = DIMENSIONS.iter().map(|key| (*key, "4", "a secret word")).collect();
    let told = world.submitted(&earlier.seats[0], &notes).await;
    let hidden = world.submitted(&mine.seats[1], &notes).await;
    for (scorecard, note) in [(told, "Ask about shifts"), (hidden, "A quiet voice")] {
        world.write_next_note(&scorecard, note).await;
    }

    let page = world.get(me, &format!("/interviews/{}/kit/listening", mine.interview.id)).await;

    page.assert_status(200)
        .assert_says("hiring manager, Round 1 Ask about shifts")
        .assert_silent_about("A quiet voice")
        .assert_silent_about("a secret word");
}

#[actix_web::test]
async fn in_a_closed_job_the_kit_can_be_read_and_saving_says_why_not() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    panel.world.close_job(&panel.met).await;

    let page = panel.page("/listening").await.assert_says("The job is closed, so its ratings stay as they are.");
    let refused = panel.save(&scorecard, "listening.rating", 0, "4").await.assert_status(409).json();
    let other = panel.world.get(panel.other(), &panel.path("/listening")).await.assert_status(200);

    assert!(!page.has("form[data-operations]"));
    assert_eq!(refused["code"], "closed");
    assert!(refused["detail"].as_str().unwrap().contains("closed"));
    assert!(!other.has("[data-scorecard]"), "opening makes no scorecard any more");
}

#[actix_web::test]
async fn the_key_for_text_that_waits_on_a_device_is_one_members_and_nobody_elses() {
    let panel = Panel::new().await;
    let world = &panel.world;
    let key = |page: &Answer| page.attribute("form#kit", "data-device-key");
    let mine = key(&panel.page("/listening").await);

    world.post(panel.me(), "/sign-out", &[]).await.assert_status(303);
    let again = world.sign_in_by_form(panel.me()).await;
    let later = key(&world.get(&again, &panel.path("/listening")).await);
    let others = key(&world.get(panel.other(), &panel.path("/listening")).await);

    assert_eq!(mine, later, "what waits is readable after signing in again");
    assert_ne!(mine, others);
}

#[actix_web::test]
async fn without_script_a_form_says_what_was_asked_which_facts_came_back_and_how_long_it_took() {
    let panel = Panel::new().await;
    let page = panel.page("/listening").await;
    let action = page.attribute("form#kit", "action");
    let mut fields = page.fields(&[("rating", "4"), ("minutes", "7"), ("go", "communication")]);
    for (name, value) in [("asked", "lis-b1.2"), ("asked", "lis-b1"), ("fact", "8"), ("fact", "1")] {
        fields.push((name.to_owned(), value.to_owned()));
    }

    let wrong = page.fields(&[("minutes", "seven"), ("note", "kept on the page")]);
    let refused = panel.world.post(panel.me(), &action, &borrowed(&wrong)).await;
    panel.world.post(panel.me(), &action, &borrowed(&fields)).await.assert_status(303);

    refused.assert_status(422).assert_says("Give the minutes as a whole number").assert_says("kept on the page");
    let page = panel.page("/listening").await;
    for selector in [
        "[name=asked][value='lis-b1'][checked]",
        "[name=asked][value='lis-b1.2'][checked]",
        "[name=fact][value='8'][checked]",
    ] {
        assert!(page.has(selector), "{selector}");
    }
    assert!(!page.has("[name=asked][value='lis-b1.1'][checked]") && !page.has("[name=fact][value='2'][checked]"));
    panel
        .page("/review")
        .await
        .assert_says("Asked one question and one probe. 07:00 minutes.")
        .assert_says("2 of 8: Working hours, Next step");
    let scorecard = page.attribute("form#kit", "data-scorecard");
    panel
        .world
        .get(panel.me(), &format!("/scorecards/{scorecard}"))
        .await
        .assert_says("Asked one question and one probe. 07:00 minutes.")
        .assert_says("2 of 8: Working hours, Next step");
}

#[actix_web::test]
async fn only_what_the_rubric_has_can_have_been_asked_or_have_come_back_and_time_only_grows() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    for (field, value) in [
        ("listening.asked", "com-b1"),
        ("listening.asked", "lis-b1.9"),
        ("facts", "9"),
        ("facts", "0"),
        ("listening.seconds", "-1"),
        ("listening.seconds", "90000"),
        ("juggling.asked", "lis-b1"),
    ] {
        panel.save(&scorecard, field, 0, value).await.assert_status(422);
    }

    panel.save(&scorecard, "listening.asked", 0, "lis-b1 lis-b1.1").await.assert_status(200);
    panel.save(&scorecard, "facts", 0, "3 1").await.assert_status(200);
    panel.save(&scorecard, "facts", 0, "2").await.assert_status(409);
    panel.save(&scorecard, "listening.seconds", 0, "90").await.assert_status(200);
    let other_page = panel.save(&scorecard, "listening.seconds", 0, "60").await.assert_status(200).json();

    assert_eq!(other_page["revision"], 2, "two pages that count are no conflict");
    let rows = panel.world.rows("SELECT seconds, asked FROM ratings WHERE dimension = 'listening'").await;
    assert_eq!(rows[0], json!({ "seconds": 90, "asked": ["lis-b1", "lis-b1.1"] }));
    panel.page("/review").await.assert_says("Facts that came back: two versions wait for your choice");
}

#[actix_web::test]
async fn a_page_that_counts_in_another_tab_does_not_stand_in_the_way_of_submitting() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    panel.rate_all(&scorecard).await;
    let read = panel.page("/review").await;
    let fields = read.fields(&[("recommendation", "yes")]);

    panel.save(&scorecard, "growth.seconds", 0, "400").await.assert_status(200);
    panel.world.post(panel.me(), &read.attribute("form#kit", "action"), &borrowed(&fields)).await.assert_status(303);

    let asked = panel.save(&scorecard, "growth.seconds", 1, "500").await.assert_status(409).json();
    assert_eq!(asked["code"], "sealed");
}

#[actix_web::test]
async fn six_equal_ratings_of_which_some_have_no_evidence_get_a_remark_that_only_their_writer_sees() {
    let panel = Panel::new().await;
    let scorecard = panel.scorecard().await;
    panel.rate_all(&scorecard).await;
    panel.page("/review").await.assert_silent_about("Only you see this");
    panel.save(&scorecard, "growth.note", 1, "").await.assert_status(200);
    panel.save(&scorecard, "sincerity.note", 1, "  ").await.assert_status(200);

    panel
        .page("/review")
        .await
        .assert_says("All 6 ratings are 4, and 2 dimensions have no evidence.")
        .assert_says("Only you see this, and it is kept nowhere.");

    panel.save(&scorecard, "growth.note", 2, "said").await.assert_status(200);
    panel.save(&scorecard, "sincerity.note", 2, "said").await.assert_status(200);
    panel.submit(&[("recommendation", "yes")]).await.assert_status(303);
    panel.page("/review").await.assert_says("What happens next").assert_silent_about("All 6 ratings");
    for who in [panel.me(), panel.world.who(Role::Recruiter)] {
        panel.world.get(who, &format!("/scorecards/{scorecard}")).await.assert_silent_about("All 6 ratings");
    }
}

#[actix_web::test]
async fn everything_that_the_kits_pages_load_opens_without_network() {
    let panel = Panel::new().await;
    let worker = std::fs::read_to_string("assets/kit-worker.js").unwrap();
    let list = worker.split("const SHELL = [").nth(1).unwrap().split(']').next().unwrap();
    let shell: Vec<&str> = list.split('"').skip(1).step_by(2).collect();

    let mut loaded = Vec::new();
    for page in ["/listening", "/review"] {
        let text = panel.page(page).await.text();
        let files = text.split("/assets/").skip(1).filter_map(|rest| rest.split('"').next()?.split_once('/'));
        loaded.extend(files.map(|(_, name)| name.to_owned()));
    }
    for name in shell.iter().filter(|name| name.ends_with(".js")) {
        let script = std::fs::read_to_string(format!("assets/{name}")).unwrap();
        loaded.extend(script.split("from \"./").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)));
    }

    for name in &loaded {
        assert!(shell.contains(&name.as_str()), "assets/kit-worker.js does not keep {name}");
    }
    let address = loaded_address(&panel.page("/listening").await, "kit.js").replace("kit.js", "kit-worker.js");
    let answer = panel.world.get(None, &address).await.assert_status(200);
    assert_eq!(answer.header("service-worker-allowed"), "/interviews/");
    for name in &shell {
        let file = panel.world.get(None, &address.replace("kit-worker.js", name)).await.assert_status(200);
        assert_eq!(file.header("service-worker-allowed"), "", "{name} must not become a worker");
    }
}

/// The address of a file as the page gives it.
fn loaded_address(page: &Answer, name: &str) -> String {
    let text = page.text();
    let end = text.find(&format!("/{name}\"")).unwrap() + name.len() + 1;
    text[text[..end].rfind("/assets/").unwrap()..end].to_owned()
}
