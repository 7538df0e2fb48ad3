//! Blindness as a wall: whatever a panel member can reach before submitting is the same, byte for byte, whatever the others rate.

mod letters;
mod timing;

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{http::Method, test::TestRequest};
use attune::{
    domain::{medium::Medium, policy::Role},
    web::api::{BASE, ROUTES},
};
use diesel_async::SimpleAsyncConnection;

use crate::{
    access::{Objects, routes},
    support::{
        scenario::{DIMENSIONS, Interviewed},
        world::{Answer, Who, World},
    },
};

#[tokio::test]
async fn nothing_that_a_panel_member_reaches_before_submitting_depends_on_what_the_others_rate() {
    let everything = [Role::Admin, Role::Recruiter, Role::HiringManager, Role::Interviewer, Role::Hr];
    let panel = Panel::new(&everything).await;
    panel.set(DRAFT).await;
    let first = panel.walk().await;
    let steady = steady(&first, &panel.walk().await);

    panel.set(OTHER_DRAFT).await;
    assert_unchanged("another draft", &first, &panel.walk().await, &steady);
    panel.set(SUBMITTED).await;
    let sealed = panel.walk().await;
    panel.set(OTHERWISE_SUBMITTED).await;
    assert_unchanged("another submission", &sealed, &panel.walk().await, &steady);
    panel.set(AMENDED).await;
    assert_unchanged("an amendment", &sealed, &panel.walk().await, &steady);

    // The same walk sees all of it once the member has submitted: it does look where ratings are.
    panel.submit().await;
    let open = panel.walk().await;
    panel.set(SUBMITTED).await;
    let changed = differences(&open, &panel.walk().await, &steady);
    for place in [
        "GET /candidates/{id}",
        "GET /jobs/{id}/comparison",
        "POST /records/exports long",
        "GET /api/v1/records.csv?form=wide",
        "GET /api/v1/scorecards",
    ] {
        assert!(changed.iter().any(|known| known == place), "{place} is not among {changed:#?}");
    }
}

#[tokio::test]
async fn no_single_role_sees_more_of_the_others_ratings_before_submitting() {
    // The ways to look at a page are walked by somebody with all roles; here it is who looks that differs.
    for role in Role::ALL {
        let panel = Panel::new(&[*role]).await;
        panel.set(SUBMITTED).await;
        let first = panel.walk_by(&[""]).await;
        panel.set(OTHERWISE_SUBMITTED).await;
        panel.set(AMENDED).await;
        let second = panel.walk_by(&[""]).await;

        assert_unchanged(role.as_str(), &first, &second, &steady(&first, &second));
    }
}

/// What the other seat's scorecard is like.
const DRAFT: &str = "
    UPDATE scorecards SET state = 'draft', submitted_at = NULL, seal = NULL, recommendation = NULL WHERE id = $other;
    UPDATE ratings SET score = NULL, not_enough_evidence = false, note = '', ticks = '{}' WHERE scorecard_id = $other";
const OTHER_DRAFT: &str = "
    UPDATE scorecards SET recommendation = 'strong_no', private_note = 'a private word', next_note = 'look into it' WHERE id = $other;
    UPDATE ratings SET score = 1, note = 'she interrupted twice', rating_revision = 7, note_revision = 9 WHERE scorecard_id = $other;
    INSERT INTO conflict_copies SELECT org_id, gen_random_uuid(), id, 'listening.note', 'kept', 1, now(), null FROM scorecards WHERE id = $other";
const SUBMITTED: &str = "
    DELETE FROM amendments WHERE scorecard_id = $other;
    DELETE FROM conflict_copies WHERE scorecard_id = $other;
    UPDATE scorecards SET state = 'submitted', submitted_at = '2026-11-23T07:30:00Z', seal = '\\x01', recommendation = 'yes',
      private_note = '', next_note = '' WHERE id = $other;
    UPDATE ratings SET score = 4, not_enough_evidence = false, note = 'a note', ticks = '{}' WHERE scorecard_id = $other";
const OTHERWISE_SUBMITTED: &str = "
    UPDATE scorecards SET seal = '\\x02', recommendation = 'strong_no', private_note = 'a private word', next_note = 'look into it'
     WHERE id = $other;
    UPDATE ratings SET score = CASE dimension WHEN 'listening' THEN NULL ELSE 1 END, not_enough_evidence = dimension = 'listening',
      note = 'she interrupted twice', ticks = '{open_question}' WHERE scorecard_id = $other";
const AMENDED: &str = "
    INSERT INTO amendments SELECT k.org_id, gen_random_uuid(), k.id, 'growth', 5, false, 'heard the recording again', s.member_id, now()
      FROM scorecards k JOIN seats s ON s.org_id = k.org_id AND s.id = k.seat_id WHERE k.id = $other";

/// A panel of two: the member who walks, and another whose ratings change. A second candidate has been met by others.
struct Panel {
    world: World,
    me: Who,
    token: String,
    objects: Objects,
    met: Interviewed,
    other: String,
}

/// What each place answered, by what was asked.
type Walk = BTreeMap<String, String>;

impl Panel {
    async fn new(roles: &[Role]) -> Panel {
        let world = World::new().await;
        let me = world.member(&world.home, "Me Myself", roles).await;
        let other = world.member(&world.home, "Olga Other", &[Role::Interviewer]).await;
        let job = world.job(&world.home, "Support agent").await;
        let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
        let amara = world.candidate(&job, "Amara Okafor").await;
        let met = world.interview(&amara, &round, &[&me, &other]).await;
        let ratings: Vec<(&str, &str, &str)> = DIMENSIONS.iter().map(|dimension| (*dimension, "", "")).collect();
        world.draft(&met.seats[0], &ratings).await;
        let theirs = world.draft(&met.seats[1], &ratings).await;
        // Another candidate of the job, whom nobody is blind to: there is a comparison, an export and a grid.
        let boris = world.candidate(&job, "Boris Berg").await;
        let seen = world.interview(&boris, &round, &[&other]).await;
        let rated: Vec<(&str, &str, &str)> = DIMENSIONS.iter().map(|dimension| (*dimension, "3", "so so")).collect();
        world.submitted(&seen.seats[0], &rated).await;
        let sql = format!(
            "UPDATE jobs SET recruiter_id = '{me}', hiring_manager_id = '{me}' WHERE id = '{}'",
            job.id,
            me = me.id
        );
        world.conn().await.batch_execute(&sql).await.unwrap();
        let objects = Objects::of([
            ("jobs", job.id.to_string()),
            ("applications", amara.application.id.to_string()),
            ("candidates", amara.candidate.id.to_string()),
            ("interviews", met.interview.id.to_string()),
            ("scorecards", theirs.id.to_string()),
            ("members", other.id.to_string()),
            ("sessions", me.session.to_string()),
        ]);
        let token = world.token(&me).await;
        // A token's page says when it was last used: not for the first time in the walk.
        world.read(&token, "/rubrics").await.assert_status(200);
        Panel { world, me, token, objects, met, other: theirs.id.to_string() }
    }

    async fn set(&self, state: &str) {
        let sql = state.replace("$other", &format!("'{}'", self.other));
        self.world.conn().await.batch_execute(&sql).await.unwrap();
    }

    async fn submit(&self) {
        let sql = format!(
            "UPDATE scorecards SET state = 'submitted', submitted_at = now(), seal = '\\x03', recommendation = 'yes' WHERE seat_id = '{}'",
            self.met.seats[0].id
        );
        self.world.conn().await.batch_execute(&sql).await.unwrap();
    }

    /// Every page, part, file and list, and every change that is refused; of pages also the ways to look at them.
    async fn walk(&self) -> Walk {
        let walk = self.walk_by(LOOKS).await;
        assert!(walk.len() > 150, "{}", walk.len());
        walk
    }

    /// The same, each page in these ways.
    async fn walk_by(&self, looks: &[&str]) -> Walk {
        let mut walk = Walk::new();
        for (method, route) in routes() {
            // What ends the walker's own session or changes what the next page shows is no part of the walk.
            if method == Method::POST && !REFUSED.contains(&route.as_str()) {
                continue;
            }
            let looks = if method == Method::GET { looks } else { &[""] };
            for query in looks {
                let path = format!("{}{query}", self.objects.path(&route));
                let mut request = TestRequest::default().method(method.clone()).uri(&path);
                if method == Method::POST {
                    request = request.insert_header(("sec-fetch-site", "same-origin")).set_form([("", ""); 0]);
                }
                walk.insert(format!("{method} {route}{query}"), told(&self.world.send(Some(&self.me), request).await));
            }
        }
        for form in ["wide", "long"] {
            let export = self.world.post(&self.me, "/records/exports", &[("job", ""), ("form", form)]).await;
            walk.insert(format!("POST /records/exports {form}"), told(&export));
        }
        for (path, _) in ROUTES.iter().filter(|(_, methods)| methods.contains(&"get")) {
            let filled = self.objects.path(&format!("{BASE}{path}"));
            let queries = ["", "?form=wide", "?form=long", "?limit=1", "?search=o"];
            for query in queries.iter().take(if looks.len() == 1 { 2 } else { queries.len() }) {
                let answer = self.world.call(&self.token, Method::GET, &format!("{filled}{query}"), None).await;
                walk.insert(format!("GET {BASE}{path}{query}"), told(&answer));
            }
        }
        // The trail grows with what was looked at and taken; it is no place where ratings are.
        walk.retain(|place, _| !place.starts_with("GET /events") && !place.starts_with("GET /records"));
        walk
    }
}

/// Ways to look at a page; those that a page does not know change nothing.
const LOOKS: &[&str] = &[
    "",
    "?search=okafor",
    "?state=closed",
    "?sort=score",
    "?listening=90&communication=0",
    "?weights.listening=90",
    "?tab=evidence",
    "?member=all",
];

/// Changes that an empty form does not make.
const REFUSED: &[&str] = &[
    "/account",
    "/applications/{id}/decisions",
    "/applications/{id}/interviews",
    "/interviews/{id}",
    "/interviews/{id}/cancellation",
    "/jobs/{id}/candidates",
    "/jobs/{job}/summaries",
    "/scorecards/{id}/operations",
    "/scorecards/{id}/submission",
    "/scorecards/{id}/amendments",
];

/// An answer in full: status, headers, body.
fn told(answer: &Answer) -> String {
    let mut headers: Vec<String> = answer.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
    headers.sort();
    format!("{}\n{}\n\n{}", answer.status, headers.join("\n"), answer.text())
}

/// The ids that stay when the same is asked twice; every other id is a fresh one, such as that of a form's operation.
fn steady(first: &Walk, second: &Walk) -> BTreeSet<String> {
    let ids = |walk: &Walk| walk.values().flat_map(|text| ids(text)).collect::<BTreeSet<_>>();
    ids(first).intersection(&ids(second)).cloned().collect()
}

fn assert_unchanged(what: &str, before: &Walk, after: &Walk, steady: &BTreeSet<String>) {
    if let Some(place) = differences(before, after, steady).into_iter().next() {
        let (was, is) = (without_fresh(&before[&place], steady), without_fresh(&after[&place], steady));
        let (was, is): (Vec<&str>, Vec<&str>) =
            was.lines().zip(is.lines()).filter(|(was, is)| was != is).take(6).unzip();
        panic!("{what} shows in {place}:\n{was:#?}\n{is:#?}");
    }
}

fn differences(before: &Walk, after: &Walk, steady: &BTreeSet<String>) -> Vec<String> {
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let differs = |place: &&String| without_fresh(&before[*place], steady) != without_fresh(&after[*place], steady);
    before.keys().filter(differs).cloned().collect()
}

fn without_fresh(text: &str, steady: &BTreeSet<String>) -> String {
    ids(text).into_iter().filter(|id| !steady.contains(id)).fold(text.to_owned(), |text, id| text.replace(&id, "fresh"))
}

pub fn ids(text: &str) -> BTreeSet<String> {
    let is_id = |word: &&[u8]| {
        word.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    text.as_bytes().windows(36).filter(is_id).map(|word| String::from_utf8_lossy(word).into_owned()).collect()
}
