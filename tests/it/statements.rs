//! What the pages cost the database: how many statements each sends.
//!
//! The counts are written into `statements.txt`, which is read like a contract: `ATTUNE_WRITE_ACCESS=1` writes it anew.

use std::collections::BTreeSet;

use actix_web::http::Method;
use attune::domain::{medium::Medium, policy::Role};
use tokio::sync::OnceCell;

use crate::{
    access::{Walked, ask, compare_with_contract, routes},
    support::{statements::Statements, world::World},
};

const HEAD: &str = "How many statements each page sends, besides the one that tells who asks; on a second visit, by whoever sends most.
Three is the most. Written by tests/it/statements.rs.";

const MOST: usize = 3;

/// What every page sent to whoever is answered by it.
pub struct Walk {
    pub owner_url: String,
    pages: Vec<Page>,
}

struct Page {
    route: String,
    /// By those whom the page answers: their role, and what was sent for them.
    sent: Vec<(&'static str, Vec<String>)>,
}

impl Walk {
    /// Everything that was sent, once each.
    pub fn statements(&self) -> BTreeSet<&str> {
        self.pages.iter().flat_map(|page| &page.sent).flat_map(|(_, sent)| sent).map(String::as_str).collect()
    }
}

/// Once around all pages, for all tests that ask.
pub async fn walk() -> &'static Walk {
    static WALK: OnceCell<Walk> = OnceCell::const_new();
    WALK.get_or_init(|| async {
        let Walked { mut world, own, .. } = Walked::new().await;
        let statements = Statements::default();
        world.pool = statements.pool(&world.url);
        let mut pages = Vec::new();
        for (_, route) in routes().into_iter().filter(|(method, _)| method == Method::GET) {
            let path = own.path(&route);
            let mut by_role = Vec::new();
            for who in Role::ALL.iter().map(|role| world.who(*role)) {
                // The first visit opens a kit, reads a rubric, prepares statements.
                ask(&world, Some(who), &Method::GET, &path).await;
                statements.take();
                let answer = ask(&world, Some(who), &Method::GET, &path).await;
                let sent = besides_who_asks(statements.take(), &route);
                if answer.status.is_success() || answer.status.is_redirection() {
                    by_role.push((who.roles[0].as_str(), sent));
                }
            }
            pages.push(Page { route, sent: by_role });
        }
        Walk { owner_url: world.owner_url.clone(), pages }
    })
    .await
}

#[actix_web::test]
async fn no_page_sends_more_than_three_statements_besides_the_one_that_tells_who_asks() {
    let mut lines = Vec::new();
    let mut too_many = Vec::new();
    for Page { route, sent } in &walk().await.pages {
        for (role, sent) in sent {
            assert!(!sent.iter().any(|sql| sql == "BEGIN"), "GET {route} as {role} opens a transaction: {sent:#?}");
        }
        let Some((_, sent)) = sent.iter().max_by_key(|(_, sent)| sent.len()) else {
            lines.push(format!("{route:<52} (answers nobody here)"));
            continue;
        };
        let count = sent.len();
        lines.push(format!("{route:<52} {count}"));
        if count > MOST {
            too_many.push(format!("{route} sends {count}: {sent:#?}"));
        }
    }
    assert!(too_many.is_empty(), "{}", too_many.join("\n"));
    compare_with_contract("tests/it/statements.txt", HEAD, &lines);
}

/// Without the first one, which finds session, member and organisation.
fn besides_who_asks(mut sent: Vec<String>, route: &str) -> Vec<String> {
    if sent.is_empty() {
        return sent;
    }
    let first = sent.remove(0);
    assert!(first.contains(r#""sessions""#) && first.contains(r#""members""#), "{route} began with {first}");
    sent
}

#[actix_web::test]
async fn a_job_like_an_earlier_one_sends_no_more_for_the_questions_that_it_takes_from_the_library() {
    let mut world = World::new().await;
    let opened = world.job(&world.home, "Customer support agent").await;
    world.round(&opened, 1, Medium::InPerson, &["listening"]).await;
    let recruiter = world.who(Role::Recruiter).clone();
    let question =
        [("dimension", "listening"), ("kind", "behavioural"), ("text.en", "When did a caller hang up on you?")];
    world.post(&recruiter, "/questions", &question).await.assert_status(303);
    let key = world.rows("SELECT key FROM questions ORDER BY id DESC LIMIT 1").await[0]["key"].clone();
    world.sql(&format!("UPDATE rounds SET questions = questions || '{}'::text", key.as_str().unwrap())).await;
    let statements = Statements::default();
    world.pool = statements.pool(&world.url);
    let path = format!("/jobs/new?job={}", opened.id);
    world.get(&recruiter, &path).await.assert_status(200).assert_says("When did a caller hang up on you?");
    statements.take();

    world.get(&recruiter, &path).await.assert_status(200);

    let sent = besides_who_asks(statements.take(), "/jobs/new?job");
    assert!(sent.len() <= MOST, "{sent:#?}");
}
