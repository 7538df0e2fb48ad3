//! A panel's journey: open the debrief, move on somebody's evidence, stay apart and say why, close, compare.

use attune::domain::policy::Role;
use serde_json::json;

use crate::{
    pages::debriefs::Panel,
    support::{
        browser::{Browser, Device},
        world::World,
    },
};

#[actix_web::test]
async fn two_raters_debrief_one_moves_one_stays_apart_and_the_manager_closes_and_sees_the_slopes() {
    // Given a panel whose scorecards are all in
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let site = world.serve();

    // When Kim opens the debrief from the candidate's page
    let kim = Browser::open(&site, Device::Desktop).await;
    kim.sign_in(&panel.kim).await;
    kim.goto(&format!("/candidates/{}", panel.amara.candidate.id)).await;
    kim.press("Open the debrief").await;
    kim.wait_until_says("All 3 scorecards are in.").await;
    kim.press("Open the debrief").await;
    kim.wait_until_says("You have answered 0 of 2 dimensions.").await;
    let debrief = kim.path().await.split('?').next().unwrap().to_owned();

    // And forgets to cite, what was typed stays
    kim.press("Go through them").await;
    kim.wait_for("[name=rating]").await;
    kim.click(".tiles label:has([value='3'])").await;
    kim.fill("reason", "Tove heard what I had missed.").await;
    kim.press("Keep it").await;
    kim.wait_until_says("Tick the evidence that moved you").await;
    assert_eq!(
        kim.script("return document.getElementById('reason').value").await,
        json!("Tove heard what I had missed.")
    );
    kim.assert_accessible("a second rating without evidence").await;
    kim.script("document.querySelectorAll('.sources [name=evidence]')[2].click()").await;
    kim.press("Keep it").await;
    kim.wait_until_says("Kept. The first rating stays beside it.").await;

    // Then the slope moves, in the figure and in its words
    let figure = "return document.querySelector('.slope-figure desc').textContent";
    assert_eq!(kim.script(figure).await, json!("One of 3 interviewers moved. Mean 3.3 → 3.7, spread 3 → 2."));
    assert_eq!(kim.script("return document.querySelectorAll('.fig-slope.moved').length").await, json!(1));
    kim.goto(&debrief).await;
    kim.press("I stay with the rest").await;
    kim.wait_until_says("Kept: you stay.").await;

    // When Tove, on a phone, stays apart and says why
    let tove = Browser::open(&site, Device::Phone).await;
    tove.sign_in(&panel.tove).await;
    tove.click(&format!("a[href='{debrief}']")).await;
    tove.wait_until_says("You stand apart").await;
    tove.press("Go through them").await;
    tove.wait_for("[name=rating]").await;
    tove.click(".tiles label:has([value='5'])").await;
    tove.fill("reason", "All eight facts, unasked.").await;
    tove.press("Keep it").await;
    tove.wait_until_says("Kept.").await;
    tove.assert_accessible("a dimension of a debrief on a phone").await;
    tove.goto(&debrief).await;
    tove.assert_accessible("a debrief on a phone").await;
    tove.close().await;

    // Then the manager closes, with the minority report in sight
    let manager = Browser::open(&site, Device::Desktop).await;
    manager.sign_in(world.who(Role::HiringManager)).await;
    manager.goto(&debrief).await;
    manager.press("Close the debrief").await;
    manager.wait_until_says("All eight facts, unasked.").await;
    manager.assert_accessible("closing a debrief").await;
    manager.fill("summary", "We differ on how much help she needed.").await;
    manager.press("Close the debrief").await;
    manager.wait_until_says("The debrief is closed and sealed.").await;
    manager.wait_until_says("Tove Lind stood apart and stayed.").await;
    manager.assert_accessible("a closed debrief").await;

    // And the comparison shows both, and says on which it rests
    manager.goto(&format!("/jobs/{}/comparison", panel.job.id)).await;
    manager.wait_until_says("One candidate was debriefed; one rating moved.").await;
    manager.wait_until_says("The comparison rests on the first ratings").await;
    assert_eq!(manager.script("return document.querySelectorAll('#debriefs .slope-figure').length").await, json!(1));
    manager.assert_accessible("the comparison with a debrief").await;
    assert_eq!(world.rows("SELECT score FROM ratings WHERE dimension = 'listening' ORDER BY score").await.len(), 3);
    kim.close().await;
    manager.close().await;
}
