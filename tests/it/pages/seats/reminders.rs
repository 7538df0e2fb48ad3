//! Letters that remind whoever has no account.

use attune::worker::reminders::remind;
use jiff::SignedDuration;
use serde_json::Value;
use tokio::sync::watch;

use super::{KARIN, Scene};

impl Scene {
    /// A round of the worker's that reminds; the letters to Karin so far, oldest first.
    async fn reminded(&self) -> Vec<Value> {
        let (_stop, stopped) = watch::channel(false);
        remind(&self.world.pool, "http://127.0.0.1:8080", &self.world.clock, &stopped).await.unwrap();
        self.world
            .rows(&format!(
                "SELECT subject, text_body, secret_purpose, unsubscribe FROM letters
                  WHERE kind = 'reminder' AND to_address = '{KARIN}' ORDER BY id"
            ))
            .await
    }
}

#[actix_web::test]
async fn whoever_has_no_account_is_reminded_before_and_after_with_a_link_that_opens_their_seat() {
    let scene = Scene::new().await;
    let world = &scene.world;

    // On the morning of the interview, once.
    assert_eq!(scene.reminded().await[0]["subject"], "For you today: one interview");
    assert_eq!(scene.reminded().await.len(), 1);
    // After it, a day later; the letter has a link, and nothing that needs an account.
    world.clock.advance(SignedDuration::from_hours(24));
    let letters = scene.reminded().await;
    assert_eq!(letters.len(), 2);
    let text = letters[1]["text_body"].as_str().unwrap();
    assert_eq!(letters[1]["subject"], "For you today: one scorecard to finish");
    assert_eq!(letters[1]["secret_purpose"], "seat");
    assert!(text.contains("Amara Okafor") && !text.contains("/kit") && !text.contains("Open Today"), "{text}");
    let karin = scene.enter().await;
    karin.submit(&scene).await;
    world.clock.advance(SignedDuration::from_hours(24));

    assert_eq!(scene.reminded().await.len(), 2, "done is done");
}

#[actix_web::test]
async fn whoever_has_no_account_turns_reminders_off_on_the_page_behind_the_link() {
    let scene = Scene::new().await;
    let karin = scene.enter().await;
    let page = format!("/interviews/{}/seat", scene.interview);
    let letters = scene.reminded().await;
    assert_eq!(letters[0]["unsubscribe"], format!("http://127.0.0.1:8080{page}"));
    karin.get(&page).await.assert_says("Send me no reminders");

    karin.post(&format!("{page}/reminders"), &[]).await.assert_status(303);

    karin.get(&page).await.assert_says("You get no reminders by mail.");
    scene.world.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(scene.reminded().await.len(), 1);
    karin.post(&format!("{page}/reminders"), &[("on".to_owned(), "on".to_owned())]).await.assert_status(303);
    assert_eq!(scene.reminded().await.len(), 2);
}

#[actix_web::test]
async fn nobody_is_reminded_through_a_link_that_was_revoked_or_whose_days_are_over() {
    let scene = Scene::new().await;
    scene.revoke().await;
    assert!(scene.reminded().await.is_empty());
    // A new link is a new way in.
    let again = format!("/interviews/{}/seats/{}/link", scene.interview, scene.seat().await);
    scene.world.post(scene.recruiter(), &again, &[]).await.assert_status(303);
    assert_eq!(scene.reminded().await.len(), 1);

    scene.world.clock.advance(SignedDuration::from_hours(24 * 7));
    assert_eq!(scene.reminded().await.len(), 1, "the link's five days are over");
    // The recruiter hears of it, and is led to a new link instead of a letter that opens nothing.
    let recruiter = &scene.world.sign_in(scene.recruiter()).await;
    let page = format!("/jobs/{}/completion", scene.job.id);
    scene.world.get(recruiter, &page).await.assert_says("Karin Holm").assert_says("Send a new link");
    let rows = scene.world.rows(&format!("SELECT id FROM members WHERE email = '{KARIN}'")).await;
    let karin = [("member", rows[0]["id"].as_str().unwrap())];
    let refused = scene.world.post(recruiter, &format!("{page}/reminders"), &karin).await.assert_status(409);
    refused.assert_says("The link of this interviewer does not work any more");
}
