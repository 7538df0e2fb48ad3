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
    domain::{
        decision::Outcome,
        id::{
            ApiTokenId, DebriefId, DecisionId, ImportId, JobId, LetterId, PasskeyId, QuestionId, RubricId, SummaryId,
        },
        localized::Localized,
        medium::Medium,
        policy::Role,
        rubric::QuestionKind,
    },
    mail::{Letter, Mailbox},
    store::{
        self,
        api_token::ApiToken,
        candidate_import::CandidateImport,
        decision::Decision,
        letter::NewLetter,
        passkey::Passkey,
        summary::{Recipient, Recipients, Summary},
    },
    usecases,
};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::support::{
    scenario::Applied,
    world::{Answer, Home, Who, World},
};

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

/// Every route in the sources, so that a new one cannot be forgotten: each `get().to(…)` and `post().to(…)` with the path
/// that was named last before it.
pub fn routes() -> Vec<(Method, String)> {
    let mut found = Vec::new();
    for file in sources(Path::new("src/web/pages")) {
        let text = fs::read_to_string(&file).unwrap();
        let pieces: Vec<&str> = text.split("().to(").collect();
        assert!(pieces.len() > 1 || !text.contains(".route("), "{}: no handler was found", file.display());
        let mut path = None;
        for piece in &pieces[..pieces.len() - 1] {
            path = piece.rfind("\"/").and_then(|at| piece[at + 1..].split('"').next()).or(path);
            let method = match piece.rsplit(|c: char| !c.is_alphanumeric()).next() {
                Some("get") => Method::GET,
                Some("post") => Method::POST,
                other => panic!("{}: {other:?} is no method of a page", file.display()),
            };
            let path = path.unwrap_or_else(|| panic!("{}: a handler without a path", file.display()));
            if !ELSEWHERE.iter().any(|elsewhere| path.starts_with(elsewhere)) {
                found.push((method, path.to_owned()));
            }
        }
    }
    found.sort_by(|a, b| (&a.1, a.0.as_str()).cmp(&(&b.1, b.0.as_str())));
    for both in found.windows(2) {
        assert_ne!(both[0], both[1], "a route is set up twice");
    }
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
    /// A job with a candidate who met the interviewer and HR; the interviewer's scorecard is submitted and lies on the table of a
    /// debrief, which is closed to HR.
    async fn in_home(world: &World, home: &Home) -> Objects {
        let job = world.job(home, "Support agent").await;
        let round = world.round(&job, 1, Medium::Video, &["listening"]).await;
        let applied = world.candidate(&job, "Amara Okafor").await;
        let met = world.interview(&applied, &round, &[home.who(Role::Interviewer), home.who(Role::Hr)]).await;
        let scorecard = world.submitted(&met.seats[0], &[("listening", "4", "a note")]).await;
        let debrief = DebriefId::new();
        let recruiter = home.who(Role::Recruiter).scope();
        let table = [scorecard.id];
        let mut conn = world.conn().await;
        store::debrief::open(&mut conn, &recruiter, debrief, applied.application.id, &table, world.now())
            .await
            .unwrap();
        drop(conn);
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
        let (passkey, token, service) = doors(world, home).await;
        let letter = letter(world, home).await;
        let import = import(world, home.who(Role::Recruiter), job.id).await;
        let summary = summary(world, home.who(Role::HiringManager), job.id).await;
        let draft = draft(world, home).await;
        let decision = decision(world, home, &applied).await;
        let question = question(world, home.who(Role::Recruiter)).await;
        Objects(BTreeMap::from([
            ("jobs", job.id.to_string()),
            ("applications", applied.application.id.to_string()),
            ("candidates", applied.candidate.id.to_string()),
            ("interviews", met.interview.id.to_string()),
            ("rounds", round.id.to_string()),
            ("questions", question.to_string()),
            ("scorecards", scorecard.id.to_string()),
            ("seats", met.seats[0].id.to_string()),
            ("debriefs", debrief.to_string()),
            ("members", member.id.to_string()),
            ("sessions", world.sign_in(home.who(Role::Recruiter)).await.session.to_string()),
            ("passkeys", passkey),
            ("api-tokens", token),
            ("service", service[0].clone()),
            ("service-tokens", service[1].clone()),
            ("rubrics", rubric.to_string()),
            ("import", import.to_string()),
            ("summaries", summary.to_string()),
            ("drafts", draft.to_string()),
            ("letters", letter.to_string()),
            ("decisions", decision.to_string()),
            ("mailbox", letter.to_string()),
        ]))
    }

    pub fn nothing() -> Objects {
        Objects(BTreeMap::new())
    }

    /// These objects, each by its noun in a path.
    pub fn of<const N: usize>(objects: [(&'static str, String); N]) -> Objects {
        Objects(BTreeMap::from(objects))
    }

    /// The route with every parameter filled in. What has no object of its own is a random id or the first of its kind.
    pub fn path(&self, route: &str) -> String {
        // A rubric has a draft or has none: the draft's pages are walked on one that has.
        let is_of_draft = route.starts_with("/rubrics/{id}/draft/") || route == "/rubrics/{id}/draft";
        // An admin makes and revokes the tokens of other systems, not of people.
        let is_of_service = route.starts_with("/members/{id}/api-tokens");
        let mut noun = "";
        let mut path = String::new();
        for part in route.split('/').skip(1) {
            path.push('/');
            if let Some(parameter) = part.strip_prefix('{') {
                let parameter = parameter.split(['}', ':']).next().unwrap_or_default();
                path.push_str(&match parameter {
                    "dimension" | "key" => "listening".to_owned(),
                    "position" => "0".to_owned(),
                    "version" => "1".to_owned(),
                    "secret" => "not-a-secret".to_owned(),
                    // Of a member, who needs no link.
                    "seat" => self.0.get("seats").cloned().unwrap_or_else(|| Uuid::now_v7().to_string()),
                    _ if is_of_service => {
                        let key = if noun == "members" { "service" } else { "service-tokens" };
                        self.0.get(key).cloned().unwrap_or_else(|| Uuid::now_v7().to_string())
                    }
                    _ if is_of_draft => self.0.get("drafts").cloned().unwrap_or_else(|| Uuid::now_v7().to_string()),
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

async fn question(world: &World, recruiter: &Who) -> QuestionId {
    let new = usecases::question::NewQuestion {
        dimension: "listening".to_owned(),
        kind: QuestionKind::Behavioural,
        text: Localized::new("en", "What did you hear?"),
        probes: Vec::new(),
        tags: vec!["phone".to_owned()],
    };
    let mut conn = world.conn().await;
    usecases::question::add(&mut conn, &recruiter.scope(), &recruiter.actor(world.now()), &new).await.unwrap()
}

/// How the recruiter signs in beside the password, and another system with a token of its own: passkey, token, account and token.
async fn doors(world: &World, home: &Home) -> (String, String, [String; 2]) {
    let (recruiter, admin) = (home.who(Role::Recruiter), home.who(Role::Admin));
    let mut conn = world.conn().await;
    let passkey = Passkey {
        org_id: home.org,
        id: PasskeyId::new(),
        member_id: recruiter.id,
        credential_id: Uuid::now_v7().as_bytes().to_vec(),
        public_state: Vec::new(),
        changing_state: Vec::new(),
        name: "A key".to_owned(),
        created_at: world.now().into(),
        used_at: None.into(),
    };
    store::passkey::insert(&mut conn, &passkey).await.unwrap();
    let actor = admin.actor(world.now());
    let service = usecases::member::add_service(&mut conn, &actor, "Payroll", &[Role::Recruiter]).await.unwrap();
    drop(conn);
    let [token, service_token] = [recruiter.id, service.id].map(|owner| ApiToken {
        org_id: home.org,
        id: ApiTokenId::new(),
        member_id: owner,
        name: "A token".to_owned(),
        secret_hash: Uuid::now_v7().as_bytes().to_vec(),
        created_at: world.now().into(),
        expires_at: (world.now() + SignedDuration::from_hours(24)).into(),
        used_at: None.into(),
        revoked_at: None.into(),
        scopes: vec!["jobs:read".to_owned()],
    });
    let mut conn = world.conn().await;
    for token in [&token, &service_token] {
        store::api_token::insert(&mut conn, token).await.unwrap();
    }
    (passkey.id.to_string(), token.id.to_string(), [service.id.to_string(), service_token.id.to_string()])
}

async fn import(world: &World, recruiter: &Who, job: JobId) -> ImportId {
    let import = CandidateImport {
        org_id: recruiter.org,
        id: ImportId::new(),
        job_id: job,
        member_id: recruiter.id,
        file_name: "candidates.csv".to_owned(),
        content: "name,email\nEva Lind,eva@mail.example\nBo Ek,\n".to_owned(),
        created_at: world.now().into(),
        imported_at: None.into(),
    };
    store::candidate_import::insert(&mut *world.conn().await, &import).await.unwrap();
    import.id
}

async fn summary(world: &World, manager: &Who, job: JobId) -> SummaryId {
    let to =
        Recipient { name: manager.name.clone(), address: manager.email.parse().unwrap(), member_id: Some(manager.id) };
    let summary = Summary {
        org_id: manager.org,
        id: SummaryId::new(),
        job_id: job,
        member_id: manager.id,
        recipients: Recipients(vec![to]),
        locale: "en".to_owned(),
        note: String::new(),
        created_at: world.now().into(),
        inputs_digest: None,
        sent_at: None.into(),
    };
    store::summary::insert(&mut *world.conn().await, &summary).await.unwrap();
    summary.id
}

/// A rubric whose second version is a draft.
async fn draft(world: &World, home: &Home) -> RubricId {
    let mut conn = world.conn().await;
    let recruiter = home.who(Role::Recruiter);
    let published =
        store::rubric::insert_published(&mut conn, home.org, "draft", attune::domain::rubric::builtin(), world.now());
    let (id, _) = published.await.unwrap();
    usecases::rubric::begin_draft(&mut conn, &recruiter.scope(), &recruiter.actor(world.now()), id).await.unwrap();
    id
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

pub async fn ask(world: &World, who: Option<&Who>, method: &Method, path: &str) -> Answer {
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

/// A decision as it was recorded before decisions kept what their comparison was made from.
async fn decision(world: &World, home: &Home, applied: &Applied) -> DecisionId {
    let decision = Decision {
        org_id: home.org,
        id: DecisionId::new(),
        application_id: applied.application.id,
        outcome: Outcome::OnHold,
        reason: "One more conversation".to_owned(),
        member_id: home.who(Role::HiringManager).id,
        comparison: serde_json::json!({}),
        inputs_digest: "0".to_owned(),
        at: world.now().into(),
        inputs: None,
        figures_digest: None,
    };
    store::decision::insert(&mut *world.conn().await, &decision).await.unwrap();
    decision.id
}
