//! Who reads and writes a scorecard, and what nobody sees before they have submitted theirs.

use attune::{domain::policy::Role, store::scorecard::Scorecard};
use uuid::Uuid;

use super::{Panel, operation};
use crate::support::{scenario::DIMENSIONS, world::Answer};

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
