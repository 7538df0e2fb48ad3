//! From the review to the seal, and what can still be said after it.

use attune::domain::policy::Role;

use super::{Panel, borrowed};

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
