//! Every page of the site that a link leads to, as every role: nothing for axe to find in both themes and on both sizes,
//! nothing wider than the screen, nothing that the browser complains about.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Value, json};

use crate::support::{
    browser::{Browser, Device, Theme},
    demo::{ADMIN, Demo, HIRING_MANAGER, HR, RECRUITER},
};

#[actix_web::test]
async fn every_page_of_a_recruiter_is_accessible() {
    let walk = walk(Demo::new().await, RECRUITER).await;
    assert_eq!(walk.found, [] as [String; 0]);
    for page in ["/jobs/{id}", "/jobs/new", "/candidates", "/interviews/{id}/kit/{key}", "/interviews/{id}/kit/review"]
    {
        assert!(walk.seen.contains(page), "no link leads to {page}: {:?}", walk.seen);
    }
}

#[actix_web::test]
async fn every_page_of_a_hiring_manager_is_accessible() {
    assert_eq!(walk(Demo::new().await, HIRING_MANAGER).await.found, [] as [String; 0]);
}

#[actix_web::test]
async fn every_page_of_hr_is_accessible() {
    let walk = walk(Demo::new().await, HR).await;
    assert_eq!(walk.found, [] as [String; 0]);
    assert!(walk.seen.contains("/records"), "{:?}", walk.seen);
}

#[actix_web::test]
async fn every_page_of_an_administrator_is_accessible() {
    let walk = walk(Demo::new().await, ADMIN).await;
    assert_eq!(walk.found, [] as [String; 0]);
    assert!(walk.seen.contains("/members/{id}"), "{:?}", walk.seen);
}

#[actix_web::test]
async fn every_page_is_accessible_in_swedish() {
    assert_eq!(walk(Demo::new().await.in_swedish().await, RECRUITER).await.found, [] as [String; 0]);
}

struct Walk {
    /// The patterns of the pages that were looked at.
    seen: BTreeSet<String>,
    found: Vec<String>,
}

/// Follows the links of the site from Today on, a page per pattern, and gathers what is wrong.
async fn walk(demo: Demo, email: &str) -> Walk {
    let site = demo.serve();
    let browser = Browser::open(&site, Device::Desktop).await;
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    browser.set_theme(Theme::Light).await;
    browser.goto("/sign-in").await;
    look(&browser, "/sign-in", &mut found).await;
    browser.sign_in_to_demo(email).await;

    let mut waiting = VecDeque::from([browser.path().await]);
    while let Some(path) = waiting.pop_front() {
        if !seen.insert(pattern(&path)) {
            continue;
        }
        browser.goto(&path).await;
        look(&browser, &path, &mut found).await;
        let links = browser.script(LINKS).await;
        waiting.extend(links.as_array().unwrap().iter().map(|link| link.as_str().unwrap().to_owned()));
    }
    browser.close().await;
    Walk { seen, found }
}

/// The kit moves on by buttons that know the address of their page.
const LINKS: &str = "return [...document.querySelectorAll('a[href]:not([download]), button[data-href]')]
    .map(e => new URL(e.href ?? e.dataset.href, location.href)).filter(url => url.origin === location.origin)
    .map(url => url.pathname + url.search)";

/// A path with its ids and keys taken out, and with the names of its parameters only.
fn pattern(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let place = |part: &str| match part {
        part if uuid::Uuid::parse_str(part).is_ok() => "{id}".to_owned(),
        "listening" | "communication" | "attitude" | "problem_solving" | "sincerity" | "growth" => "{key}".to_owned(),
        part if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) => "{number}".to_owned(),
        part => part.to_owned(),
    };
    let mut pattern = path.split('/').map(place).collect::<Vec<_>>().join("/");
    let names: BTreeSet<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    if !query.is_empty() {
        pattern.push('?');
        pattern.push_str(&names.into_iter().collect::<Vec<_>>().join("&"));
    }
    pattern
}

async fn look(browser: &Browser, path: &str, found: &mut Vec<String>) {
    let mut note = |what: &str, violations: Value| {
        let violations = violations.as_array().cloned().unwrap_or_default();
        found.extend(
            violations.iter().map(|violation| format!("{path}, {what}: {}", violation.as_str().unwrap_or("?"))),
        );
    };
    note("browser", json!(browser.complaints().await));
    note("desktop", browser.violations("{}").await);
    note("desktop", browser.script(TOO_WIDE).await);
    // The themes differ in colours alone.
    browser.set_theme(Theme::Dark).await;
    note("dark", browser.violations("{ runOnly: ['color-contrast'] }").await);
    browser.resize(390, 844, true).await;
    note("dark phone", browser.violations("{}").await);
    note("dark phone", browser.script(TOO_WIDE).await);
    browser.set_theme(Theme::Light).await;
    browser.resize(1320, 900, false).await;
}

const TOO_WIDE: &str = "const e = document.documentElement;
    return e.scrollWidth <= innerWidth ? [] : ['wider than the screen: ' + e.scrollWidth + ' by ' +
        [...document.querySelectorAll('body *')].filter(x => x.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map(x => x.tagName + '.' + x.className).join(', ')]";
