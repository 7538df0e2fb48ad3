//! What the kit's script saves: operations, conflicts and copies, and what none of them may hold.

use serde_json::json;
use uuid::Uuid;

use super::{Panel, operation};

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
