//! Debriefs through the API: read beside the first ratings, said as oneself, closed once.

use actix_web::http::Method;
use attune::domain::policy::Role;
use serde_json::{Value, json};

use super::assert_problem;
use crate::{pages::debriefs::Panel, support::world::World};

#[actix_web::test]
async fn a_debrief_is_opened_spoken_in_and_closed_and_reads_as_it_was_said() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let (kim, manager) = (world.token(&panel.kim).await, world.token_of(Role::HiringManager).await);
    let new = json!({ "application": panel.amara.application.id });

    let opened = world.write(&manager, Method::POST, "/debriefs", &new).await.assert_status(201);
    let debrief = opened.json();
    let path = format!("/debriefs/{}", debrief["id"].as_str().unwrap());
    assert_eq!(opened.location(), format!("/api/v1{path}"));
    assert_problem(&world.write(&manager, Method::POST, "/debriefs", &new).await, 409, "debrief-already-open");
    let listening = |debrief: &Value| debrief["dimensions"][1].clone();
    assert_eq!(listening(&debrief)["dimension"], "listening");
    let apart = listening(&debrief)["ratings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["stands_apart"].clone())
        .collect::<Vec<_>>();
    assert_eq!(apart, [json!(true), json!(false), json!(true)]);

    let target = format!("{path}/scorecards/{}/ratings/listening", panel.cards[0].id);
    let cited = format!("{}/note", panel.cards[2].id);
    let word = json!({ "rating": "3", "reason": "Heard it too", "evidence": [cited], "revision": 0 });
    let said = world.write(&kim, Method::PUT, &target, &word).await.assert_status(200).json();
    let rating = &listening(&said)["ratings"][0];
    assert_eq!((&rating["first"], &rating["second"]["rating"]), (&json!("2"), &json!("3")));
    assert_eq!(rating["second"]["evidence"], json!([cited]));
    assert_eq!(listening(&said)["change"]["after"]["spread"], 2.0);

    let closure = json!({ "summary": "We talked.", "revision": said["revision"] });
    let outdated = json!({ "summary": "We talked.", "revision": 0 });
    let close = format!("{path}/closure");
    assert_problem(&world.write(&manager, Method::POST, &close, &outdated).await, 409, "debrief-changed-meanwhile");
    let closed = world.write(&manager, Method::POST, &close, &closure).await.assert_status(200).json();
    assert!(closed["seal"].as_str().is_some_and(|seal| seal.len() == 64), "{closed}");
    assert_problem(&world.write(&kim, Method::PUT, &target, &word).await, 409, "debrief-is-closed");

    let listed = world.read(&kim, &format!("/jobs/{}/debriefs", panel.job.id)).await.assert_status(200).json();
    assert_eq!(listed["items"], json!([closed]));
    let records = world.read(&world.token_of(Role::Hr).await, "/records").await.assert_status(200).json();
    let record = records["items"].as_array().unwrap().iter().find(|r| r["interviewer_name"] == "Kim Berg").unwrap();
    let rating = record["ratings"].as_array().unwrap().iter().find(|r| r["dimension"] == "listening").unwrap();
    assert_eq!((&rating["rating"], &rating["second"]["rating"]), (&json!("2"), &json!("3")));
}

#[actix_web::test]
async fn what_the_pages_refuse_the_api_refuses_too() {
    let world = World::new().await;
    let panel = Panel::complete(&world).await;
    let debrief = panel.open(&world).await;
    let kim = world.token(&panel.kim).await;
    let path = |card: usize| format!("/debriefs/{debrief}/scorecards/{}/ratings/listening", panel.cards[card].id);
    let bare = json!({ "rating": "3", "reason": "Heard it too", "revision": 0 });

    let answer = world.write(&kim, Method::PUT, &path(0), &bare).await;
    assert_problem(&answer, 422, "invalid");
    assert_eq!(answer.json()["errors"][0]["field"], "evidence");
    let forged = json!({ "rating": "3", "reason": "Heard it too", "note": "mine", "revision": 0 });
    assert_eq!(world.write(&kim, Method::PUT, &path(2), &forged).await.status, 404);
    let closure = json!({ "summary": "Mine", "revision": 0 });
    let close = format!("/debriefs/{debrief}/closure");
    assert_eq!(world.write(&kim, Method::POST, &close, &closure).await.status, 403);

    // A member who has to rate in the round finds nothing, and the neighbour neither.
    let recruiter = world.who(Role::Recruiter);
    world.interview(&panel.amara, &panel.round, &[recruiter]).await;
    let neighbour = world.token(world.neighbour.who(Role::Admin)).await;
    for token in [world.token(recruiter).await, neighbour] {
        assert_eq!(world.read(&token, &format!("/debriefs/{debrief}")).await.status, 404);
        assert_eq!(world.write(&token, Method::POST, &close, &closure).await.status, 404);
    }
    let own = world.read(&world.token(recruiter).await, &format!("/jobs/{}/debriefs", panel.job.id)).await;
    assert_eq!(own.assert_status(200).json()["items"], json!([]));
    assert!(world.rows("SELECT * FROM second_ratings").await.is_empty());
}
