//! A seat opens its own kit, and every other route answers as to a stranger; walked into `seats.txt`.

use std::collections::BTreeSet;

use actix_web::{http::Method, test::TestRequest};
use attune::{
    domain::id::{MemberId, SeatId, SessionId},
    store::{self, session::Session},
};
use jiff::ToSpan;

use super::{Karin, scorecard_of};
use crate::{
    access::{Objects, Walked, ask, assert_same, compare_with_contract, routes},
    support::world::{Answer, Home, World},
};

/// A session at a seat that is made up, in a walked world.
async fn seated(world: &World, home: &Home, interview: &str) -> (String, String) {
    let (member, seat, org) = (MemberId::new(), SeatId::new(), home.org);
    let outsider = format!(
        "INSERT INTO members (org_id, id, email, name, roles, created_at, is_outside)
           VALUES ('{org}', '{member}', '{member}@mail.example', 'Karin Holm', '{{}}', now(), true)"
    );
    let sits = format!("INSERT INTO seats VALUES ('{org}', '{seat}', '{interview}', '{member}')");
    for sql in [outsider, sits] {
        world.sql(&sql).await;
    }
    let now = world.now();
    let session = Session {
        org_id: org,
        id: SessionId::new(),
        member_id: member,
        device_key: vec![7; 32],
        user_agent: String::new(),
        address: String::new(),
        created_at: now.into(),
        seen_at: now.into(),
        expires_at: (now + 72.hours()).into(),
        ended_at: None.into(),
        confirmed_at: now.into(),
        device_hash: None,
        seat_id: Some(seat),
        second_factor: false,
    };
    store::session::insert(&mut *world.conn().await, &session).await.unwrap();
    let token = world.shared.keys.seat_token(org, session.id, session.expires_at.to_jiff()).unwrap();
    (token, seat.to_string())
}

/// A walked world with somebody without an account in the interview.
struct Walled {
    walked: Walked,
    /// What is hers.
    mine: Objects,
    token: String,
}

impl Walled {
    async fn new() -> Walled {
        let walked = Walked::new().await;
        let interview = walked.own.path("/interviews/{id}").rsplit('/').next().unwrap().to_owned();
        let (token, seat) = seated(&walked.world, &walked.world.home, &interview).await;
        let karin = Karin { world: &walked.world, token: token.clone() };
        let scorecard = scorecard_of(&karin.get(&format!("/interviews/{interview}/kit/listening")).await);
        let mine = Objects::of([("interviews", interview), ("scorecards", scorecard), ("seats", seat)]);
        Walled { walked, mine, token }
    }

    async fn ask(&self, method: &Method, path: &str) -> Answer {
        let request = TestRequest::default().method(method.clone()).uri(path);
        let request = if *method == Method::POST { request.set_form([("", ""); 0]) } else { request };
        Karin { world: &self.walked.world, token: self.token.clone() }.send(request).await
    }
}

const HEAD: &str =
    "What answers to somebody without an account at their own seat other than to a stranger, with empty forms.
Everything else is closed. Written by tests/it/pages/seats/walls.rs.";

#[actix_web::test]
async fn a_seat_opens_its_own_kit_and_every_other_route_answers_as_to_a_stranger() {
    let unchanged = Walled::new().await;
    let mut lines = Vec::new();
    let mut opened = BTreeSet::new();
    for (method, route) in routes() {
        // Another's scorecard, another interview, the neighbour's: a stranger, whose browser remembers a seat.
        let Walled { walked: Walked { world, own, theirs }, .. } = &unchanged;
        let mut foreign = vec![theirs.path(&route), Objects::nothing().path(&route)];
        if !route.starts_with("/interviews/{id}") {
            foreign.push(own.path(&route));
        }
        for path in foreign {
            let (with, without) = (unchanged.ask(&method, &path).await, ask(world, None, &method, &path).await);
            let is_near = ["/interviews/", "/scorecards/"].iter().any(|near| path.starts_with(near));
            if is_near && without.location().starts_with("/sign-in") {
                assert_eq!((with.status.as_u16(), with.location()), (303, "/seats"), "{method} {path}");
            } else {
                assert_same(&format!("{method} {path}"), &with, &without);
            }
        }
        // Her own.
        if route.starts_with("/scorecards/{id}") || route.starts_with("/interviews/{id}") {
            let changed;
            let world = match method {
                Method::GET => &unchanged,
                _ => {
                    changed = Walled::new().await;
                    &changed
                }
            };
            let answer = world.ask(&method, &world.mine.path(&route)).await;
            assert!(answer.status.as_u16() < 500, "{method} {route}");
            if answer.location() != "/seats" {
                opened.insert(route.clone());
                lines.push(format!("{:<6} {:<52} {}", method.as_str(), route, answer.status.as_u16()));
            }
        }
    }
    assert!(
        opened.contains("/interviews/{id}/kit/{dimension}") && !opened.contains("/interviews/{id}/edit"),
        "{opened:?}"
    );
    compare_with_contract("tests/it/seats.txt", HEAD, &lines);
}
