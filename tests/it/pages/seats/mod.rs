//! Interviewers without an account: in by a link and a code, at one seat, and nowhere else.

mod doors;
mod raters;
mod reminders;
mod walls;

use std::sync::Arc;

use actix_web::{cookie::Cookie, test::TestRequest};
use attune::{
    domain::{id::InterviewId, medium::Medium, policy::Role},
    store::{job::Job, round::Round},
    usecases::sealing::Sealing,
    web::session::SEAT,
    worker::outbox::{Outbox, Way},
};
use jiff::SignedDuration;
use scraper::Selector;
use serde_json::json;
use tokio::sync::watch;
use uuid::Uuid;

use crate::support::{
    scenario::Applied,
    world::{Answer, Who, World},
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
