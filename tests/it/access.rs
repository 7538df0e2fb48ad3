//! The walk: every route × role, on one's own organisation's objects, on the neighbour's, and on nothing at all.
//!
//! What one's own objects answer is written into `access.txt`, which is read like a contract: `ATTUNE_WRITE_ACCESS=1` writes it anew.
//! The neighbour's object must answer exactly as a random id, to everybody.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use actix_web::{http::Method, test::TestRequest};
use attune::{
    domain::{id::LetterId, medium::Medium, policy::Role},
    mail::{Letter, Mailbox},
    store::{self, letter::NewLetter},
};
use uuid::Uuid;

use crate::support::world::{Answer, Home, Who, World};

/// Routes that are walked elsewhere: assets and health need no member, and the API has its own walk with tokens.
const ELSEWHERE: &[&str] = &["/assets/", "/health/", "/api/"];

#[actix_web::test]
async fn every_route_answers_every_role_as_the_contract_says() {
    let nothing = Objects::nothing();
    let unchanged = Walked::new().await;
    let mut lines = Vec::new();
    for (method, route) in routes() {
        let changed;
        let Walked { world, own, theirs } = match method {
            Method::GET => &unchanged,
            _ => {
                changed = Walked::new().await;
                &changed
            }
        };

        let mut answers = Vec::new();
        for who in std::iter::once(None).chain(Role::ALL.iter().map(|role| Some(world.who(*role)))) {
            if route.contains('{') {
                let neighbour = ask(world, who, &method, &theirs.path(&route)).await;
                let random = ask(world, who, &method, &nothing.path(&route)).await;
                assert_same(&format!("{method} {route} as {}", name(who)), &neighbour, &random);
            }
            // What a route does to the session is undone by a fresh one.
            let fresh = match who {
                Some(who) => Some(world.sign_in(who).await),
                None => None,
            };
            let answer = ask(world, fresh.as_ref(), &method, &own.path(&route)).await;
            assert!(answer.status.as_u16() < 500, "{method} {route} as {}: {}", name(who), answer.words());
            answers.push(format!("{} {}", name(who), answer.status.as_u16()));
        }
        lines.push(format!("{:<6} {:<52} {}", method.as_str(), route, answers.join("  ")));
    }
    compare_with_contract("tests/it/access.txt", HEAD, &lines);
}

const HEAD: &str = "What each route answers to each role, on objects of their own organisation and with empty forms.
303 to a guest leads to the sign-in page; 403 is not allowed; 404 is out of sight; 409 and 422 are allowed but refused by
the state of things or the empty form. Written by tests/it/access.rs.";

/// A world with the same objects in both organisations. A GET changes nothing, so that all of them share one.
pub struct Walked {
    pub world: World,
    pub own: Objects,
    pub theirs: Objects,
}

impl Walked {
    pub async fn new() -> Walked {
        let world = World::with("mailbox = true").await;
        let own = Objects::in_home(&world, &world.home).await;
        let theirs = Objects::in_home(&world, &world.neighbour).await;
        Walked { world, own, theirs }
    }
}

/// Every route in the sources: `.route("/path", get().to(…))`, so that a new one cannot be forgotten.
fn routes() -> Vec<(Method, String)> {
    let mut found = Vec::new();
    for path in sources(Path::new("src/web/pages")) {
        let text: String = fs::read_to_string(path).unwrap();
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in text.split(".route(").skip(1) {
            let Some(rest) = part.trim_start().strip_prefix('"') else { continue };
            let Some((path, rest)) = rest.split_once('"') else { continue };
            let method = rest.trim_start_matches([',', ' ']).split('(').next().unwrap_or_default();
            let method = if method == "post" { Method::POST } else { Method::GET };
            if !ELSEWHERE.iter().any(|elsewhere| path.starts_with(elsewhere)) {
                found.push((method, path.to_owned()));
            }
        }
    }
    found.sort_by(|a, b| (&a.1, a.0.as_str()).cmp(&(&b.1, b.0.as_str())));
    assert!(found.len() > 40, "the walk found only {} routes", found.len());
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(sources(&path)) } else { found.push(path) }
    }
    found
}

/// One object of every noun: the id that stands for `{id}` behind it.
pub struct Objects(BTreeMap<&'static str, String>);

impl Objects {
    /// A job with a candidate who met the interviewer and HR; the interviewer's scorecard is submitted.
    async fn in_home(world: &World, home: &Home) -> Objects {
        let job = world.job(home, "Support agent").await;
        let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
        let applied = world.candidate(&job, "Amara Okafor").await;
        let met = world.interview(&applied, &round, &[home.who(Role::Interviewer), home.who(Role::Hr)]).await;
        let scorecard = world.submitted(&met.seats[0], &[("listening", "4", "a note")]).await;
        let member = world.member(home, "Sven Svensson", &[Role::Interviewer]).await;
        let mut conn = world.conn().await;
        let rubrics = store::rubric::insert_published(
            &mut conn,
            home.org,
            "walk",
            attune::domain::rubric::builtin(),
            world.now(),
        );
        let (rubric, _) = rubrics.await.unwrap();
        let letter = letter(world, home).await;
        Objects(BTreeMap::from([
            ("jobs", job.id.to_string()),
            ("applications", applied.application.id.to_string()),
            ("candidates", applied.candidate.id.to_string()),
            ("interviews", met.interview.id.to_string()),
            ("scorecards", scorecard.id.to_string()),
            ("members", member.id.to_string()),
            ("sessions", member.session.to_string()),
            ("rubrics", rubric.to_string()),
            ("letters", letter.to_string()),
            ("mailbox", letter.to_string()),
        ]))
    }

    pub fn nothing() -> Objects {
        Objects(BTreeMap::new())
    }

    /// The route with every parameter filled in. What has no object of its own is a random id or the first of its kind.
    pub fn path(&self, route: &str) -> String {
        let mut noun = "";
        let mut path = String::new();
        for part in route.split('/').skip(1) {
            path.push('/');
            if let Some(parameter) = part.strip_prefix('{') {
                let parameter = parameter.split(['}', ':']).next().unwrap_or_default();
                path.push_str(&match parameter {
                    "dimension" => "listening".to_owned(),
                    "position" => "0".to_owned(),
                    "version" => "1".to_owned(),
                    "secret" => "not-a-secret".to_owned(),
                    _ => self.0.get(noun).cloned().unwrap_or_else(|| Uuid::now_v7().to_string()),
                });
                if part.ends_with(".yaml") {
                    path.push_str(".yaml");
                }
            } else {
                noun = part;
                path.push_str(part);
            }
        }
        path
    }
}

async fn letter(world: &World, home: &Home) -> LetterId {
    let (id, recipient) = (LetterId::new(), home.who(Role::Recruiter));
    let letter = Letter {
        message_id: format!("<{id}@attune.example>"),
        from_name: "Attune".to_owned(),
        to: Mailbox::new(&recipient.name, recipient.email.parse().unwrap()),
        reply_to: None,
        subject: "A letter".to_owned(),
        text: "Words".to_owned(),
        html: "<p>Words</p>".to_owned(),
        parts: Vec::new(),
        secret: None,
        unsubscribe: None,
    };
    let new = NewLetter {
        id,
        kind: "account_notice",
        object_id: None,
        member_id: Some(recipient.id),
        letter: &letter,
        at: world.now(),
    };
    let mut conn = world.conn().await;
    store::letter::insert(&mut conn, home.org, &new).await.unwrap();
    id
}

async fn ask(world: &World, who: Option<&Who>, method: &Method, path: &str) -> Answer {
    let mut request = TestRequest::default().method(method.clone()).uri(path);
    if method == Method::POST {
        request = request.insert_header(("sec-fetch-site", "same-origin")).set_form([("", ""); 0]);
    }
    world.send(who, request).await
}

pub fn assert_same(what: &str, neighbour: &Answer, random: &Answer) {
    let headers = |answer: &Answer| {
        let mut headers: Vec<String> = answer
            .headers
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "date" | "location"))
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        headers.sort();
        headers
    };
    assert_eq!(neighbour.status, random.status, "{what}: the neighbour's object and no object");
    assert_eq!(neighbour.text(), random.text(), "{what}: the neighbour's object and no object");
    assert_eq!(headers(neighbour), headers(random), "{what}: the neighbour's object and no object");
}

/// Compares with the contract, or writes it anew when that is asked for.
pub fn compare_with_contract(contract: &str, head: &str, lines: &[String]) {
    let text = format!("{head}\n\n{}\n", lines.join("\n"));
    if std::env::var_os("ATTUNE_WRITE_ACCESS").is_some() {
        fs::write(contract, &text).unwrap();
    }
    let written = fs::read_to_string(contract).unwrap_or_default();
    for (now, then) in text.lines().zip(written.lines()) {
        assert_eq!(now, then, "access changed; if that is meant, ATTUNE_WRITE_ACCESS=1 cargo test --test it access");
    }
    assert_eq!(
        text.lines().count(),
        written.lines().count(),
        "routes came or went; ATTUNE_WRITE_ACCESS=1 cargo test --test it access"
    );
}

fn name(who: Option<&Who>) -> &str {
    who.map_or("guest", |who| who.roles[0].as_str())
}
