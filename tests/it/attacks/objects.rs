//! Object access: an id of the neighbour's, in a path, a form or a body that is otherwise right, is an id of nothing.

use std::collections::BTreeMap;

use actix_web::http::Method;
use attune::{
    domain::policy::Role,
    web::api::{BASE, ROUTES},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::database::dump;
use crate::{
    access::{Objects, Walked, assert_same, routes},
    support::world::{Answer, Home, World},
};

#[tokio::test]
async fn a_form_that_is_filled_in_rightly_answers_the_same_on_the_neighbours_object_and_on_none() {
    let Walked { world, own, theirs } = Walked::new().await;
    let fields = Known::of(&world, &world.home).await.form();
    let nothing = Objects::nothing();
    let before = dump(&world, &theirs_only(&world)).await;

    for (method, route) in routes().into_iter().filter(|(method, route)| *method == Method::POST && route.contains('{'))
    {
        for who in world.home.everybody() {
            let neighbour = world.post(who, &theirs.path(&route), &pairs(&fields)).await;
            let random = world.post(who, &nothing.path(&route), &pairs(&fields)).await;
            assert_same(&format!("{method} {route} as {:?}", who.roles), &neighbour, &random);
        }
    }

    assert_eq!(dump(&world, &theirs_only(&world)).await, before, "nothing of the neighbour's has changed");
    // The forms are filled in rightly: on objects of one's own most are taken.
    let mut taken = Vec::new();
    for (_, route) in routes().into_iter().filter(|(method, route)| *method == Method::POST && route.contains('{')) {
        let answer = world.post(world.who(Role::Admin), &own.path(&route), &pairs(&fields)).await;
        if answer.status.as_u16() == 303 {
            taken.push(route);
        }
    }
    assert!(taken.len() >= 8, "{taken:?}");
}

#[tokio::test]
async fn an_id_of_the_neighbours_in_a_field_of_a_form_answers_as_a_random_one() {
    let Walked { world, own, .. } = Walked::new().await;
    let fields = Known::of(&world, &world.home).await.form();
    let neighbours = Known::of(&world, &world.neighbour).await;
    let before = dump(&world, &theirs_only(&world)).await;

    for (route, names) in IDS_IN_FORMS {
        for name in *names {
            let random = Uuid::now_v7().to_string();
            let mut answers = Vec::new();
            for id in [&neighbours.0[name], &random] {
                let mut with: Vec<(&str, &str)> = pairs(&fields);
                with.retain(|(field, _)| field != name);
                with.push((*name, id.as_str()));
                let answer = world.post(world.who(Role::Admin), &own.path(route), &with).await;
                answers.push((answer.status, told(&answer, id)));
            }
            assert_eq!(answers[0], answers[1], "{route} with the neighbour's {name}");
            assert!(answers[0].0.is_client_error(), "{route} took a {name} of nobody: {answers:?}");
        }
    }

    assert_eq!(dump(&world, &theirs_only(&world)).await, before, "nothing of the neighbour's has changed");
}

#[tokio::test]
async fn a_body_of_the_api_answers_the_same_for_the_neighbours_ids_and_for_random_ones() {
    let Walked { world, own, theirs } = Walked::new().await;
    let (home, neighbour) = (Known::of(&world, &world.home).await, Known::of(&world, &world.neighbour).await);
    let nothing = Objects::nothing();
    let before = dump(&world, &theirs_only(&world)).await;
    let mut unknown = Vec::new();

    for role in [Role::Admin, Role::Recruiter, Role::Interviewer] {
        let token = world.token_of(role).await;
        for (path, methods) in ROUTES {
            for method in methods.iter().filter(|method| **method != "get") {
                let method: Method = method.to_uppercase().parse().unwrap();
                let route = format!("{BASE}{path}");
                let Some(body) = home.body(&method, path) else {
                    unknown.push(format!("{method} {path}"));
                    continue;
                };
                // The id in the path.
                if path.contains('{') {
                    let neighbours = world.call(&token, method.clone(), &theirs.path(&route), Some(&body)).await;
                    let random = world.call(&token, method.clone(), &nothing.path(&route), Some(&body)).await;
                    assert_same(&format!("{method} {path}"), &neighbours, &random);
                }
                // The ids in the body, one after the other.
                for (name, id) in neighbour.ids().into_iter().filter(|(name, _)| body.get(*name).is_some()) {
                    let is_list = body[name].is_array();
                    let mut answers = Vec::new();
                    for id in [id, Uuid::now_v7().to_string()] {
                        let mut with = body.clone();
                        with[name] = if is_list { json!([id]) } else { json!(id) };
                        let answer = world.call(&token, method.clone(), &own.path(&route), Some(&with)).await;
                        answers.push((answer.status, told(&answer, &id)));
                    }
                    assert_eq!(answers[0], answers[1], "{method} {path} with the neighbour's {name}");
                    assert!(answers[0].0.is_client_error(), "{method} {path} took a {name} of nobody: {answers:?}");
                }
            }
        }
    }

    unknown.sort();
    unknown.dedup();
    assert!(unknown.len() <= 3, "say in `Known::body` how these are filled in: {unknown:?}");
    assert_eq!(dump(&world, &theirs_only(&world)).await, before, "nothing of the neighbour's has changed");
}

#[tokio::test]
async fn ids_cannot_be_counted_up() {
    let world = World::new().await;
    let job = world.job(&world.home, "One").await;
    let next = world.job(&world.home, "Two").await;

    let counters = world
        .rows(
            "SELECT relname FROM pg_class WHERE relkind = 'S'
             UNION ALL
             SELECT table_name || '.' || column_name FROM information_schema.columns
              WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%' AND data_type <> 'uuid'
                AND (column_name = 'id' OR column_name LIKE '%\\_id') AND column_name NOT IN ('client_id', 'content_id',
                  'credential_id', 'external_id', 'message_id')",
        )
        .await;
    assert!(counters.is_empty(), "{counters:?}");

    let random = |id: &str| id[19..].to_owned();
    let (one, two) = (job.id.to_string(), next.id.to_string());
    assert_eq!(&one[14..15], "7", "a time and 74 random bits");
    let shared = random(&one).chars().zip(random(&two).chars()).filter(|(one, two)| one == two).count();
    assert!(shared < 12, "{one} {two}");
}

#[tokio::test]
async fn how_a_colleague_signs_in_answers_exactly_as_nothing() {
    let Walked { world, own, .. } = Walked::new().await;
    let nothing = Objects::nothing();
    let doors = ["/passkeys/{id}", "/passkeys/{id}/removal", "/api-tokens/{id}/revocation", "/sessions/{id}/end"];
    let before = dump(&world, "").await;

    for route in doors {
        for who in world.home.everybody().filter(|who| who.id != world.who(Role::Recruiter).id) {
            let theirs = world.post(who, &own.path(route), &[("name", "Mine")]).await;
            let random = world.post(who, &nothing.path(route), &[("name", "Mine")]).await;
            assert_same(&format!("{route} as {:?}", who.roles), &theirs, &random);
            assert_eq!(theirs.status.as_u16(), 404, "{route}");
        }
    }
    let after = dump(&world, "").await;
    for table in ["passkeys", "api_tokens", "sessions", "authenticators", "recovery_codes", "handovers"] {
        assert_eq!(before[table], after[table], "{table}");
    }

    // Their owner reaches each of them.
    for route in doors {
        let answer = world.post(world.who(Role::Recruiter), &own.path(route), &[("name", "Mine")]).await;
        answer.assert_status(303);
    }
}

#[tokio::test]
async fn what_somebody_left_behind_in_a_seat_is_on_nobody_elses_page() {
    let Walked { world, .. } = Walked::new().await;
    world
        .sql(
            "INSERT INTO handovers SELECT i.org_id, gen_random_uuid(), i.id, m.id, o.id, '{\"ratings\": [{\"dimension\": \"growth\", \"note\": \"a word left behind\"}]}', now()
               FROM interviews i JOIN members m ON m.org_id = i.org_id AND m.roles = '{interviewer}' AND m.name = 'interviewer'
               JOIN members o ON o.org_id = i.org_id AND o.name = 'hr'",
        )
        .await;

    for who in world.home.everybody() {
        let page = world.get(who, "/handovers").await.assert_status(200);
        assert_eq!(page.text().contains("a word left behind"), who.name == "interviewer", "{}", who.name);
    }
}

/// Where a form names further objects by their ids.
const IDS_IN_FORMS: &[(&str, &[&str])] = &[
    ("/jobs", &["rubric", "hiring_manager", "recruiter"]),
    ("/jobs/{id}", &["hiring_manager", "recruiter"]),
    ("/applications/{id}/interviews", &["round", "panel"]),
    ("/interviews/{id}", &["panel"]),
    ("/jobs/{job}/summaries", &["members"]),
    ("/records/exports", &["job"]),
];

/// Ids and values that make every form of an organisation right.
struct Known(BTreeMap<&'static str, String>);

impl Known {
    async fn of(world: &World, home: &Home) -> Known {
        let id = async |table: &str| {
            let rows =
                world.rows(&format!("SELECT id FROM {table} WHERE org_id = '{}' ORDER BY id LIMIT 1", home.org)).await;
            rows[0]["id"].as_str().unwrap().to_owned()
        };
        let (job, round) = (id("jobs").await, id("rounds").await);
        Known(BTreeMap::from([
            ("job", job),
            ("round", round),
            ("rubric_version", id("rubric_versions").await),
            ("rubric", id("rubric_versions").await),
            ("application", id("applications").await),
            ("candidate", id("candidates").await),
            ("interview", id("interviews").await),
            ("hiring_manager", home.who(Role::HiringManager).id.to_string()),
            ("recruiter", home.who(Role::Recruiter).id.to_string()),
            ("panel", home.who(Role::Interviewer).id.to_string()),
            ("members", home.who(Role::Admin).id.to_string()),
        ]))
    }

    fn ids(&self) -> Vec<(&'static str, String)> {
        self.0.iter().map(|(name, id)| (*name, id.clone())).collect()
    }

    /// Every field of every form of the product, each with a value that is right for it: a form takes what it knows.
    fn form(&self) -> Vec<(&'static str, String)> {
        let values = [
            ("title", "Support agent, nights"),
            ("place", "Bergen"),
            ("name", "Amara Nwosu"),
            ("email", "amara@example.org"),
            ("phone", "+47 22 22 22 22"),
            ("note", "a note"),
            ("reason", "a reason"),
            ("outcome", "on_hold"),
            ("revision", "0"),
            ("language", "en"),
            ("minutes", "45"),
            ("date", "2026-12-01"),
            ("time", "10:00"),
            ("time_zone", "Europe/Stockholm"),
            ("sequence", "0"),
            ("keep", "current"),
            ("rating", "4"),
            ("dimension", "listening"),
            ("recommendation", "yes"),
            ("op_id", "01930000-0000-7000-8000-000000000001"),
            ("leave_out_bad", "on"),
            ("roles", "interviewer"),
            ("locale", "en"),
            ("rounds", "0"),
            ("weight.listening", "10"),
            ("weight.communication", "10"),
            ("form", "long"),
            ("anyway", "on"),
            ("current", "green herring on monday"),
            ("password", "a long enough password"),
            ("again", "a long enough password"),
            ("password_again", "a long enough password"),
            ("days", "30"),
            ("known", ""),
            ("addresses", ""),
        ];
        let values = values.into_iter().map(|(name, value)| (name, value.to_owned()));
        self.ids().into_iter().chain(values).collect()
    }

    /// What a route of the API takes; `None` for one that this test does not know.
    fn body(&self, method: &Method, path: &str) -> Option<Value> {
        let id = |name: &str| Value::from(self.0[name].clone());
        let plan = json!({
            "starts_at": "2026-12-01T09:00:00Z", "minutes": 45, "place": "Room 3", "panel": [id("panel")]
        });
        let with = |mut body: Value, more: Value| {
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        let revisions = json!({ "rating": 0, "ticks": 0, "note": 0 });
        Some(match (method.as_str(), path) {
            ("POST", "/jobs") => json!({
                "title": "Nights", "place": "Oslo", "hiring_manager": id("hiring_manager"), "recruiter": id("recruiter"),
                "rubric_version": id("rubric_version"), "weights": { "listening": 10 }, "rounds": [],
            }),
            ("PATCH", "/jobs/{id}") => json!({
                "title": "Nights", "hiring_manager": id("hiring_manager"), "recruiter": id("recruiter"),
            }),
            ("POST" | "DELETE", "/jobs/{id}/closure") => json!({}),
            ("POST", "/decisions") => json!({
                "application": id("application"), "outcome": "on_hold", "reason": "a reason", "inputs_digest": "00",
            }),
            ("POST", "/candidates") => json!({ "job": id("job"), "name": "Amara Nwosu" }),
            ("PUT", "/candidates/{id}") => json!({ "name": "Amara Nwosu" }),
            ("POST", "/applications") => json!({ "job": id("job"), "candidate": id("candidate") }),
            ("POST", "/interviews") => with(plan, json!({ "application": id("application"), "round": id("round") })),
            ("PUT", "/interviews/{id}") => with(plan, json!({ "sequence": 0 })),
            ("POST", "/interviews/{id}/cancellation") => json!({ "reason": "a reason" }),
            ("POST", "/scorecards") => json!({ "interview": id("interview") }),
            ("PUT", "/scorecards/{id}/ratings/{dimension}") => {
                json!({ "rating": "4", "ticks": [], "note": "a note", "revisions": revisions })
            }
            ("PUT", "/scorecards/{id}/recommendation") => json!({
                "recommendation": "yes", "private_note": "", "next_note": "",
                "revisions": { "recommendation": 0, "private_note": 0, "next_note": 0 },
            }),
            ("POST", "/scorecards/{id}/submission") => json!({ "revisions": {} }),
            ("POST", "/scorecards/{id}/amendments") => {
                json!({ "dimension": "listening", "rating": "5", "reason": "a reason" })
            }
            _ => return None,
        })
    }
}

fn theirs_only(world: &World) -> String {
    world.neighbour.org.to_string()
}

fn pairs<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// The answer's words without the ids that are made anew for each, and without the id that was sent.
fn told(answer: &Answer, sent: &str) -> String {
    super::blindness::ids(&answer.text().replace(sent, "sent"))
        .into_iter()
        .filter(|id| id.starts_with("019"))
        .fold(answer.text().replace(sent, "sent"), |text, id| text.replace(&id, "an id"))
}
