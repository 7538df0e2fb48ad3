//! Who looked at candidates and scorecards stands in the trail, and nobody waits for it.

use std::time::Duration;

use attune::{
    domain::{medium::Medium, policy::Role},
    store::{
        event::{self, Entry, Event},
        scorecard::Scorecard,
    },
    worker,
};
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::support::{
    scenario::Applied,
    world::{World, newest_events},
};

async fn submitted() -> (World, Applied, Scorecard) {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
    let amara = world.candidate(&job, "Amara Okafor").await;
    let met = world.interview(&amara, &round, &[world.who(Role::Interviewer)]).await;
    let scorecard = world.submitted(&met.seats[0], &[("listening", "4", "Said the number back")]).await;
    (world, amara, scorecard)
}

/// Oldest first, once it is clear that the chain holds.
async fn trail(world: &World) -> Vec<Event> {
    let mut conn = world.conn().await;
    let mut events = newest_events(&mut conn, &world.who(Role::Hr).scope(), 2000).await;
    events.reverse();
    let mut previous = vec![0; 32];
    for (number, line) in (1..).zip(&events) {
        assert_eq!((line.number, &line.previous_hash), (number, &previous));
        assert_eq!(event::hash(line), line.hash);
        previous.clone_from(&line.hash);
    }
    events
}

fn actions(events: &[Event]) -> Vec<&str> {
    events.iter().map(|event| event.action.as_str()).collect()
}

#[actix_web::test]
async fn a_view_of_a_candidate_and_of_anothers_scorecard_is_a_line_and_of_ones_own_is_none() {
    let (world, amara, scorecard) = submitted().await;
    let (manager, interviewer) = (world.who(Role::HiringManager), world.who(Role::Interviewer));
    let (candidate, card) = (format!("/candidates/{}", amara.candidate.id), format!("/scorecards/{}", scorecard.id));

    world.get(manager, &candidate).await.assert_status(200);
    world.get(manager, &card).await.assert_status(200);
    world.get(interviewer, &card).await.assert_status(200);
    world.get(world.neighbour.who(Role::Admin), &candidate).await.assert_status(404);
    worker::views::gather(&world.pool).await.unwrap();

    let events = trail(&world).await;
    assert_eq!(actions(&events), ["candidate.viewed", "scorecard.viewed"]);
    assert_eq!((events[0].member_id, events[0].object_id), (Some(manager.id), Some(amara.candidate.id.0)));
    assert_eq!(events[0].detail, serde_json::json!({ "scorecards": 1 }));
    assert_eq!((events[1].object_id, events[1].address.as_str()), (Some(scorecard.id.0), "127.0.0.1"));
    assert!(world.rows("SELECT * FROM views").await.is_empty());
    world.get(world.who(Role::Hr), "/events").await.assert_says("looked at a scorecard");
}

#[actix_web::test]
async fn evidence_in_the_comparison_is_a_look_at_the_scorecards_of_others() {
    let (world, amara, scorecard) = submitted().await;
    let (manager, interviewer) = (world.who(Role::HiringManager), world.who(Role::Interviewer));
    let comparison = format!("/jobs/{}/comparison", amara.application.job_id);

    world.get(manager, &comparison).await.assert_status(200);
    world.get(manager, &format!("{comparison}/listening")).await.assert_says("Said the number back");
    world.get(manager, &format!("{comparison}/growth")).await.assert_status(200);
    world.get(interviewer, &format!("{comparison}/listening")).await;
    world.get(world.neighbour.who(Role::HiringManager), &format!("{comparison}/listening")).await.assert_status(404);
    worker::views::gather(&world.pool).await.unwrap();

    let events = trail(&world).await;
    assert_eq!(actions(&events), ["scorecard.viewed"]);
    assert_eq!((events[0].member_id, events[0].object_id), (Some(manager.id), Some(scorecard.id.0)));
}

#[actix_web::test]
async fn what_was_seen_before_a_decision_stands_before_it_and_many_views_become_lines_at_once() {
    let (world, amara, _) = submitted().await;
    let (manager, now) = (world.who(Role::HiringManager), world.now());
    for n in 0..1100 {
        let view = Entry::new("candidate.viewed", amara.candidate.id.0).with(serde_json::json!({ "scorecards": n }));
        event::view(&mut *world.conn().await, &manager.actor(now), view).await.unwrap();
    }

    let mut conn = world.conn().await;
    let decided = Entry::new("decision.recorded", amara.application.id.0);
    conn.transaction(async |conn| event::append(conn, &manager.actor(now), decided).await).await.unwrap();

    let events = trail(&world).await;
    assert_eq!(events.len(), 1101);
    assert!(events.iter().take(1100).zip(0..).all(|(event, n)| event.detail["scorecards"] == n));
    assert_eq!(events[1100].action, "decision.recorded");
}

#[actix_web::test]
async fn a_page_does_not_wait_while_somebody_else_holds_the_trail() {
    let (world, amara, scorecard) = submitted().await;
    let manager = world.who(Role::HiringManager);
    let first = Entry::new("member.signed_in", manager.id.0);
    let mut conn = world.conn().await;
    conn.transaction(async |conn| event::append(conn, &manager.actor(world.now()), first).await).await.unwrap();

    diesel::sql_query("BEGIN").execute(&mut conn).await.unwrap();
    diesel::sql_query("SELECT * FROM event_heads FOR UPDATE").execute(&mut conn).await.unwrap();
    let look = async {
        world.get(manager, &format!("/candidates/{}", amara.candidate.id)).await.assert_status(200);
        world.get(manager, &format!("/scorecards/{}", scorecard.id)).await.assert_status(200);
    };
    let looked = tokio::time::timeout(Duration::from_secs(10), look).await.is_ok();
    diesel::sql_query("COMMIT").execute(&mut conn).await.unwrap();

    assert!(looked, "a page waited for the trail");
    worker::views::gather(&world.pool).await.unwrap();
    assert_eq!(actions(&trail(&world).await), ["member.signed_in", "candidate.viewed", "scorecard.viewed"]);
}
