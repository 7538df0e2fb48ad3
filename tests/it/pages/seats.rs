//! Interviewers without an account: in by a link and a code, at one seat, and nowhere else.

use std::{collections::BTreeSet, sync::Arc};

use actix_web::{cookie::Cookie, http::Method, test::TestRequest};
use attune::{
    domain::{
        id::{InterviewId, MemberId, OrgId, SeatId, SessionId},
        medium::Medium,
        policy::Role,
    },
    store::{self, interview::Seat, job::Job, round::Round, session::Session},
    usecases::sealing::Sealing,
    web::session::SEAT,
    worker::{
        outbox::{Outbox, Way},
        reminders::remind,
    },
};
use jiff::{SignedDuration, ToSpan};
use scraper::Selector;
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    access::{Objects, Walked, ask, assert_same, compare_with_contract, routes},
    support::{
        scenario::Applied,
        world::{Answer, Home, Who, World},
    },
};

const KARIN: &str = "karin.holm@mail.example";

/// An interview this morning with Karin Holm, who has no account, and with the hiring manager.
pub struct Scene {
    pub world: World,
    job: Job,
    round: Round,
    applied: Applied,
    pub interview: InterviewId,
}

impl Scene {
    pub async fn new() -> Scene {
        let world = World::with("mailbox = true").await;
        let job = world.job(&world.home, "Support agent").await;
        let round = world.round(&job, 1, Medium::Video, &["listening", "attitude"]).await;
        let applied = world.candidate(&job, "Amara Okafor").await;
        let mut scene = Scene { world, job, round, applied, interview: InterviewId::new() };
        let answer = scene.schedule(&[("outside_name", "Karin Holm"), ("outside_email", KARIN)]).await;
        scene.interview =
            answer.assert_status(303).location()["/interviews/".len()..].split('?').next().unwrap().parse().unwrap();
        scene
    }

    async fn schedule(&self, fields: &[(&str, &str)]) -> Answer {
        let (round, manager) = (self.round.id.to_string(), self.world.who(Role::HiringManager).id.to_string());
        let mut all = vec![
            ("round", round.as_str()),
            ("date", "2026-11-23"),
            ("time", "10:00"),
            ("time_zone", "Europe/Stockholm"),
            ("minutes", "45"),
            ("place", "Room 3"),
            ("panel", manager.as_str()),
        ];
        all.extend_from_slice(fields);
        let path = format!("/applications/{}/interviews", self.applied.application.id);
        self.world.post(self.recruiter(), &path, &all).await
    }

    pub fn recruiter(&self) -> &Who {
        self.world.who(Role::Recruiter)
    }

    /// Sends what waits, into the mailbox page, and returns the newest secret of this kind of letter to Karin.
    pub async fn secret(&self, purpose: &str) -> String {
        deliver(&self.world).await;
        let found = self
            .world
            .rows(&format!(
                "SELECT mailbox_link FROM letters WHERE secret_purpose = '{purpose}' AND to_address = '{KARIN}'
                   AND mailbox_link IS NOT NULL ORDER BY id DESC LIMIT 1"
            ))
            .await;
        let secret =
            found.first().unwrap_or_else(|| panic!("no {purpose} for Karin"))["mailbox_link"].as_str().unwrap();
        secret.strip_prefix("http://127.0.0.1:8080").unwrap_or(secret).to_owned()
    }

    /// Opens the newest link and enters its code.
    async fn enter(&self) -> Karin<'_> {
        let link = self.secret("seat").await;
        self.world.post(None, &format!("{link}/code"), &[]).await.assert_status(303);
        let code = self.secret("seat_code").await;
        let answer = self.world.post(None, &link, &[("code", &code)]).await.assert_status(303);
        assert_eq!(answer.location(), format!("/interviews/{}/seat", self.interview));
        Karin { world: &self.world, token: cookie(&answer) }
    }

    pub async fn seat(&self) -> String {
        let rows = self
            .world
            .rows(&format!(
                "SELECT s.id FROM seats s JOIN members m ON m.id = s.member_id AND m.email = '{KARIN}'
                  WHERE s.interview_id = '{}'",
                self.interview
            ))
            .await;
        rows[0]["id"].as_str().unwrap().to_owned()
    }

    fn kit(&self, page: &str) -> String {
        format!("/interviews/{}/kit{page}", self.interview)
    }

    async fn revoke(&self) {
        self.world.clock.advance(SignedDuration::from_secs(1));
        let path = format!("/interviews/{}/seats/{}/revocation", self.interview, self.seat().await);
        self.world.post(self.recruiter(), &path, &[]).await.assert_status(303);
        self.world.clock.advance(SignedDuration::from_secs(1));
    }
}

/// A browser that has a seat.
struct Karin<'a> {
    world: &'a World,
    token: String,
}

impl Karin<'_> {
    async fn get(&self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(path)).await
    }

    async fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        self.send(TestRequest::post().uri(path).set_form(fields)).await
    }

    async fn send(&self, request: TestRequest) -> Answer {
        let request =
            request.insert_header(("sec-fetch-site", "same-origin")).cookie(Cookie::new(SEAT, self.token.clone()));
        self.world.send(None, request).await
    }

    async fn save(&self, scorecard: &str, field: &str, value: &str) -> Answer {
        let body = json!({ "op_id": Uuid::now_v7(), "field": field, "base_revision": 0, "value": value });
        let request = TestRequest::post().uri(&format!("/scorecards/{scorecard}/operations")).set_json(&body);
        self.send(request.insert_header(("accept", "application/json"))).await
    }

    /// Rates both dimensions and submits, as the review's form does.
    async fn submit(&self, scene: &Scene) -> String {
        let scorecard = scorecard_of(&self.get(&scene.kit("/listening")).await.assert_status(200));
        for dimension in ["listening", "attitude"] {
            self.save(&scorecard, &format!("{dimension}.rating"), "4").await.assert_status(200);
            self.save(&scorecard, &format!("{dimension}.note"), "Named the second question").await.assert_status(200);
        }
        let review = self.get(&scene.kit("/review")).await.assert_status(200);
        let mut fields = hidden(&review);
        fields.push(("recommendation".to_owned(), "yes".to_owned()));
        self.post(&format!("/scorecards/{scorecard}/submission"), &fields).await.assert_status(303);
        self.get(&scene.kit("/review")).await.assert_status(200).assert_says("Thank you");
        scorecard
    }
}

fn cookie(answer: &Answer) -> String {
    let cookie = Cookie::parse(answer.header("set-cookie").to_owned()).unwrap();
    assert_eq!(cookie.name(), SEAT);
    assert!(cookie.http_only().unwrap());
    cookie.value().to_owned()
}

fn scorecard_of(page: &Answer) -> String {
    let html = page.html();
    html.select(&Selector::parse("form#kit").unwrap()).next().unwrap().attr("data-scorecard").unwrap().to_owned()
}

fn hidden(page: &Answer) -> Vec<(String, String)> {
    let html = page.html();
    html.select(&Selector::parse("#kit input[type=hidden][name]").unwrap())
        .map(|input| (input.attr("name").unwrap().to_owned(), input.attr("value").unwrap_or_default().to_owned()))
        .collect()
}

async fn deliver(world: &World) {
    let sealing = Some(Arc::new(Sealing::new("a key for tests, longer than needed", &[]).unwrap()));
    let mut outbox = Outbox::new(world.pool.clone(), Way::Mailbox, String::new(), world.clock.clone(), sealing);
    outbox.send_due(&watch::channel(false).1).await;
}

#[actix_web::test]
async fn whoever_has_no_account_gets_in_by_link_and_code_rates_submits_and_amends() {
    let scene = Scene::new().await;
    let world = &scene.world;

    // Opening the link sends nothing: programs that look into letters open links too.
    let link = scene.secret("seat").await;
    let door = world.get(None, &link).await.assert_status(200);
    door.assert_says("k•••@mail.example").assert_silent_about("Amara");
    assert_eq!(world.rows("SELECT FROM letters WHERE kind = 'seat_code'").await.len(), 0);

    let karin = scene.enter().await;
    let inside = karin.get(&format!("/interviews/{}/seat", scene.interview)).await.assert_status(200);
    inside.assert_says("Interview with Amara Okafor").assert_says("Karin Holm").assert_silent_about("href=\"/jobs");
    let file = karin.get(&format!("/interviews/{}/interview.ics", scene.interview)).await.assert_status(200);
    assert!(file.text().contains("BEGIN:VEVENT"));

    let scorecard = karin.submit(&scene).await;
    let form = [("dimension", "attitude"), ("rating", "3"), ("reason", "I listened again")];
    let form = form.map(|(name, value)| (name.to_owned(), value.to_owned()));
    karin.post(&format!("/scorecards/{scorecard}/amendments"), &form).await.assert_status(303);
    karin.get(&format!("/scorecards/{scorecard}")).await.assert_status(200).assert_says("I listened again");

    // A rater like others, and shown for what she is.
    let shown = world.get(world.who(Role::Admin), &format!("/interviews/{}", scene.interview)).await;
    shown.assert_says("Karin Holm Interviewer without an account");
    let trail = world.get(world.who(Role::Admin), "/events").await.assert_status(200);
    trail.assert_says("Karin Holm (without an account)");
    let manager = world.who(Role::HiringManager);
    let seat: Seat = seat_of(world, &scene, manager.id).await;
    world.submitted(&seat, &[("listening", "5", "a note"), ("attitude", "4", "a note")]).await;
    let evidence = format!("/jobs/{}/comparison/attitude", scene.job.id);
    world.get(manager, &evidence).await.assert_status(200).assert_says("Karin Holm (without an account)");
}

async fn seat_of(world: &World, scene: &Scene, member: MemberId) -> Seat {
    let scope = scene.recruiter().scope();
    let seats = store::interview::seats(&mut *world.conn().await, &scope, scene.interview).await.unwrap();
    seats.into_iter().find(|seat| seat.member_id == member).unwrap()
}

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
Everything else is closed. Written by tests/it/pages/seats.rs.";

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

#[actix_web::test]
async fn a_revoked_link_is_over_with_the_next_request_and_another_one_goes_on_where_it_ended() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let (first, karin) = (scene.secret("seat").await, scene.enter().await);
    let page = karin.get(&scene.kit("/listening")).await.assert_status(200);
    karin.save(&scorecard_of(&page), "listening.note", "Named the second question").await.assert_status(200);
    // A second letter is on its way while the links are revoked.
    let again = format!("/interviews/{}/seats/{}/link", scene.interview, scene.seat().await);
    world.post(scene.recruiter(), &again, &[]).await.assert_status(303);

    scene.revoke().await;

    assert_eq!(karin.get(&scene.kit("/listening")).await.location(), "/seats");
    let kept = karin.save(&scorecard_of(&page), "listening.note", "More").await;
    assert_eq!(kept.status.as_u16(), 401, "the page keeps the words until the link is opened again");
    world.get(None, &first).await.assert_status(410);
    world.post(None, &format!("{first}/code"), &[]).await.assert_status(410);
    world.post(None, &first, &[("code", "123456")]).await.assert_status(410);
    deliver(world).await;
    let minted = world.rows("SELECT FROM seat_links").await.len();
    assert_eq!(minted, 1, "what was on its way does not go out");
    world
        .get(world.who(Role::Admin), &format!("/interviews/{}", scene.interview))
        .await
        .assert_says("the link is revoked");

    world.post(scene.recruiter(), &again, &[]).await.assert_status(303);
    let page = scene.enter().await.get(&scene.kit("/listening")).await.assert_status(200);
    page.assert_says("Named the second question");
}

#[actix_web::test]
async fn a_code_is_tried_five_times_lives_ten_minutes_and_belongs_to_its_link() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let link = scene.secret("seat").await;
    let ask = async || {
        // The limit of how often a code may be asked for has its own test.
        world.sql("UPDATE seat_links SET code_tag = NULL").await;
        let id = world.rows("SELECT org_id, id FROM seat_links ORDER BY id LIMIT 1").await.remove(0);
        let (org, id) =
            (id["org_id"].as_str().unwrap().parse::<OrgId>().unwrap(), id["id"].as_str().unwrap().parse().unwrap());
        let mut conn = world.conn().await;
        attune::usecases::seat_link::mint_code(&mut conn, &world.shared.sealing, org, id, world.now()).await.unwrap()
    };
    let other_than = |code: &str| if code == "000000" { "000001" } else { "000000" };
    // The tries are counted per seat in memory as well; a world of one's own knows none yet.
    let try_code = async |code: &str| {
        let found = links(world, &link).await;
        let device = attune::usecases::sign_in::Device {
            address: "192.0.2.1".to_owned(),
            user_agent: String::new(),
            mark: String::new(),
        };
        let mut conn = world.conn().await;
        attune::usecases::seat_link::enter(&mut conn, &world.shared.sealing, &found, code, &device, world.now()).await
    };

    let code = ask().await;
    for _ in 0..5 {
        assert!(try_code(other_than(&code)).await.is_err());
    }
    assert!(try_code(&code).await.is_err(), "five tries are all");

    let code = ask().await;
    world.clock.advance(SignedDuration::from_mins(10));
    assert!(try_code(&code).await.is_err(), "ten minutes are over");

    let code = ask().await;
    let kept = world.rows("SELECT code_tag FROM seat_links").await.remove(0)["code_tag"].as_str().unwrap().to_owned();
    assert!(!kept.contains(&code));
    assert!(try_code(&code).await.is_ok());
    assert!(try_code(&code).await.is_err(), "once is all");
    let refused = world.rows("SELECT FROM events WHERE action = 'session.started' AND outcome = 'refused'").await;
    assert_eq!(refused.len(), 8);

    // Thirty wrong ones in all, and the link itself is over.
    for _ in 0..6 {
        let code = ask().await;
        for _ in 0..5 {
            drop(try_code(other_than(&code)).await);
        }
    }
    world.get(None, &link).await.assert_status(410);
}

async fn links(world: &World, link: &str) -> store::seat_link::Found {
    let mut conn = world.conn().await;
    let hash = attune::usecases::seat_link::hash(link.rsplit('/').next().unwrap()).unwrap();
    let (org, id) = store::seat_link::named(&mut conn, &hash).await.unwrap();
    store::seat_link::find(&mut conn, org, id).await.unwrap()
}

#[actix_web::test]
async fn codes_cannot_be_asked_for_or_tried_without_end() {
    let scene = Scene::new().await;
    let link = scene.secret("seat").await;
    let ask = format!("{link}/code");
    let asked: Vec<u16> = futures_util::future::join_all((0..6).map(|_| scene.world.post(None, &ask, &[])))
        .await
        .iter()
        .map(|answer| answer.status.as_u16())
        .collect();
    assert_eq!(asked.iter().filter(|status| **status == 303).count(), 3, "{asked:?}");

    let tried: Vec<u16> =
        futures_util::future::join_all((0..8).map(|_| scene.world.post(None, &link, &[("code", "000000")])))
            .await
            .iter()
            .map(|answer| answer.status.as_u16())
            .collect();
    assert_eq!(tried.iter().filter(|status| **status == 429).count(), 3, "{tried:?}");
}

#[actix_web::test]
async fn a_link_works_until_some_days_after_the_interview_as_the_organisation_has_set() {
    let scene = Scene::new().await;
    let (link, karin) = (scene.secret("seat").await, scene.enter().await);

    scene.world.sql("UPDATE organisations SET seat_link_days = 1").await;
    scene.world.clock.advance(SignedDuration::from_hours(25));
    karin.get(&scene.kit("/listening")).await.assert_status(200);
    scene.world.clock.advance(SignedDuration::from_hours(1));

    assert_eq!(karin.get(&scene.kit("/listening")).await.location(), "/seats");
    scene.world.get(None, &link).await.assert_status(410).assert_says("does not work any more");
}

#[actix_web::test]
async fn one_address_is_one_rater_who_may_become_a_member_and_keeps_what_they_rated() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let karin = scene.enter().await;
    let scorecard = karin.submit(&scene).await;
    let again = [("outside_name", "K. Holm"), ("outside_email", "Karin.Holm@mail.example"), ("anyway", "1")];
    scene.schedule(&again).await.assert_status(303);
    let outside = world.rows("SELECT id, roles FROM members WHERE is_outside").await;
    assert_eq!(outside.len(), 1);
    let id = outside[0]["id"].as_str().unwrap();

    // No role can be given to somebody without an account, and no letter invites them to choose a password.
    let admin = world.who(Role::Admin);
    let roles = format!("/members/{id}/roles");
    world.post(admin, &roles, &[("roles", "admin")]).await.assert_status(409).assert_says("Invite the same address");
    world.post(None, "/password-reset", &[("email", KARIN)]).await;
    assert_eq!(world.rows("SELECT FROM letters WHERE kind = 'password_reset'").await.len(), 0);

    let form = [("name", "Karin Holm"), ("email", KARIN), ("roles", "interviewer"), ("locale", "en")];
    let invited = world.post(admin, "/members", &form).await.assert_status(303);
    assert_eq!(invited.location(), format!("/members/{id}?done=member-done-invited"));
    assert_eq!(karin.get(&scene.kit("/review")).await.location(), "/seats", "from now on she signs in");
    let kept = world.rows(&format!("SELECT FROM scorecards WHERE id = '{scorecard}' AND state = 'submitted'")).await;
    assert_eq!(kept.len(), 1);
}

#[actix_web::test]
async fn whoever_is_shut_out_or_taken_off_the_panel_is_a_stranger() {
    let scene = Scene::new().await;
    let karin = scene.enter().await;
    let link = scene.secret("seat").await;

    scene.world.sql("UPDATE members SET disabled_at = now() WHERE is_outside").await;
    assert_eq!(karin.get(&scene.kit("/listening")).await.location(), "/seats");
    scene.world.get(None, &link).await.assert_status(410);
    scene.schedule(&[("outside_name", "Karin"), ("outside_email", KARIN), ("anyway", "1")]).await.assert_status(422);

    scene.world.sql("UPDATE members SET disabled_at = NULL WHERE is_outside").await;
    karin.get(&format!("/interviews/{}/seat", scene.interview)).await.assert_status(200);
    let (seat, manager) = (scene.seat().await, scene.world.who(Role::HiringManager).id.to_string());
    let form = [
        ("date", "2026-11-23"),
        ("time", "10:00"),
        ("time_zone", "Europe/Stockholm"),
        ("minutes", "45"),
        ("place", "Room 3"),
        ("sequence", "0"),
        ("panel", manager.as_str()),
    ];
    scene.world.post(scene.recruiter(), &format!("/interviews/{}", scene.interview), &form).await.assert_status(303);
    assert_eq!(scene.world.rows(&format!("SELECT FROM seats WHERE id = '{seat}'")).await.len(), 0);
    assert_eq!(karin.get(&format!("/interviews/{}/seat", scene.interview)).await.location(), "/seats");
}

#[actix_web::test]
async fn a_seat_without_an_account_is_as_blind_as_a_members_and_others_are_blind_to_it() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let karin = scene.enter().await;
    let manager = world.who(Role::HiringManager);
    let before = world.get(manager, &format!("/interviews/{}", scene.interview)).await.assert_status(200);

    karin.submit(&scene).await;

    let after = world.get(manager, &format!("/interviews/{}", scene.interview)).await.assert_status(200);
    assert_eq!(after.text(), before.text(), "nothing tells the other seat that she has submitted");
}

#[actix_web::test]
async fn names_and_addresses_that_will_not_do_are_said_and_nothing_typed_is_lost() {
    let scene = Scene::new().await;
    let fields = [
        ("outside_name", "Karin Holm"),
        ("outside_email", "karin at mail"),
        ("outside_name", ""),
        ("outside_email", "lone@mail.example"),
        ("anyway", "1"),
    ];
    let page = scene.schedule(&fields).await.assert_status(422).assert_says("Enter an email address for Karin Holm");
    let html = page.html();
    let values: Vec<&str> = html
        .select(&Selector::parse("[name=outside_name], [name=outside_email]").unwrap())
        .filter_map(|input| input.attr("value"))
        .collect();
    assert_eq!(values[..4], ["Karin Holm", "karin at mail", "", "lone@mail.example"]);
}

#[actix_web::test]
async fn leaving_ends_the_session_on_the_device_and_the_link_begins_another() {
    let scene = Scene::new().await;
    let karin = scene.enter().await;

    let left = karin.post(&format!("/interviews/{}/seat/end", scene.interview), &[]).await.assert_status(303);

    assert_eq!(left.location(), "/seats?left");
    assert_eq!(karin.get(&scene.kit("/listening")).await.location(), "/seats");
    scene.world.clock.advance(SignedDuration::from_mins(1));
    scene.enter().await.get(&scene.kit("/listening")).await.assert_status(200);
}

#[actix_web::test]
async fn another_system_sees_who_has_no_account_and_can_seat_them() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let token = world.token_of(Role::Recruiter).await;
    let members = world.call(&token, Method::GET, "/api/v1/members?limit=100", None).await.assert_status(200).json();
    let karin = members["items"].as_array().unwrap().iter().find(|member| member["email"] == KARIN).unwrap().clone();
    assert_eq!((&karin["account"], &karin["roles"]), (&Value::Bool(false), &json!([])));

    let body = json!({
        "application": scene.applied.application.id, "round": scene.round.id, "starts_at": "2026-11-25T09:00:00Z",
        "outside": [{ "name": "Karin Holm", "email": KARIN }], "anyway": true,
    });
    let made = world.call(&token, Method::POST, "/api/v1/interviews", Some(&body)).await.assert_status(201).json();
    assert_eq!(made["panel"], json!([karin["id"]]));
}

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

#[actix_web::test]
async fn a_seat_prepares_for_its_own_interview() {
    let scene = Scene::new().await;
    let karin = scene.enter().await;

    karin.get(&format!("/interviews/{}/seat", scene.interview)).await.assert_says("Prepare");
    let page = karin.get(&format!("/interviews/{}/preparation", scene.interview)).await.assert_status(200);

    page.assert_says("Amara Okafor").assert_silent_about("href=\"/\"").assert_silent_about("href=\"/jobs");
}
