//! The kit without script: one form a dimension, with the same care for what was typed.

use super::{Panel, borrowed};

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
        .assert_says("Asked one question and one probe. Time: 07:00.")
        .assert_says("2 of 8: Working hours, Next step");
    let scorecard = page.attribute("form#kit", "data-scorecard");
    panel
        .world
        .get(panel.me(), &format!("/scorecards/{scorecard}"))
        .await
        .assert_says("Asked one question and one probe. Time: 07:00.")
        .assert_says("2 of 8: Working hours, Next step");
}
