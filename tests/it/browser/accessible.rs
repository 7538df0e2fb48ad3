//! Every page that a link, a letter or a mistake leads to, as every role: nothing for axe to find in both themes, on both
//! sizes and in both languages, nothing wider than the screen, heavier than it may be, or jumping while it loads, nothing
//! that the browser complains about, and no English word on a Swedish page.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use attune::{
    domain::{policy::Role, secret_link::SecretPurpose},
    usecases::secret_link::mint,
};
use serde_json::{Value, json};

use super::words;
use crate::{
    pages::seats::Scene,
    support::{
        browser::{Browser, Site, Theme},
        demo::{ADMIN, Demo, HIRING_MANAGER, HR, RECRUITER},
        world::World,
    },
};

const NONE: [String; 0] = [];

#[actix_web::test]
async fn every_page_of_a_recruiter_is_accessible() {
    let walk = of_role(&Demo::new().await.serve(), RECRUITER, Look::WHOLE).await;
    assert_eq!(walk.found, NONE);
    walk.assert_saw(&[
        "/jobs/{id}",
        "/jobs/new",
        "/candidates",
        "/interviews/{id}/kit/{key}",
        "/interviews/{id}/kit/review",
        "/interviews/{id}/preparation",
        "/completion",
        "/jobs/{id}/completion",
        "/questions",
        "/questions/{id}",
    ]);
    walk.assert_sent(&[
        "/jobs/new?template",
        "/jobs/{id}/candidates/new",
        "/interviews/{id}/edit",
        "/candidates/{id}/edit",
    ]);
}

#[actix_web::test]
async fn every_page_of_a_hiring_manager_is_accessible() {
    let walk = of_role(&Demo::new().await.serve(), HIRING_MANAGER, Look::WHOLE).await;
    assert_eq!(walk.found, NONE);
    walk.assert_saw(&["/jobs/{id}/comparison", "/jobs/{id}/summaries/new", "/scorecards/{id}"]);
}

#[actix_web::test]
async fn every_page_of_hr_and_of_an_administrator_is_accessible() {
    let site = Demo::new().await.serve();
    let walk = of_role(&site, HR, Look::WHOLE).await;
    assert_eq!(walk.found, NONE);
    walk.assert_saw(&["/records", "/events"]);

    let known = walk.seen.into_keys().filter(|pattern| ALIKE.iter().any(|alike| pattern.starts_with(alike)));
    let walk = Walk { seen: known.map(|pattern| (pattern, String::new())).collect(), ..Walk::default() };
    let walk = walk.on(&site, ADMIN, Look::WHOLE).await;
    assert_eq!(walk.found, NONE);
    walk.assert_saw(&["/members", "/members/{id}"]);
    walk.assert_sent(&["/members/new", "/settings"]);
}

#[actix_web::test]
async fn every_page_is_accessible_in_swedish_and_says_no_english_word() {
    let site = Demo::new().await.in_swedish().await.serve();
    let mut walk = Walk::default();
    for email in [RECRUITER, HIRING_MANAGER, ADMIN] {
        walk = walk.on(&site, email, Look::SWEDISH).await;
        walk.seen.retain(|pattern, _| ALIKE.iter().any(|alike| pattern.starts_with(alike)));
    }
    assert_eq!(walk.found, NONE);
}

#[actix_web::test]
async fn an_organisation_in_which_nothing_has_happened_is_accessible() {
    let world = World::new().await;
    let site = world.serve();
    let browser = Browser::bare(&site).await;
    browser.sign_in(world.who(Role::Admin)).await;
    let mut walk = Walk::default();

    walk.follow(&browser, Look::WHOLE).await;

    assert_eq!(walk.found, NONE);
    walk.assert_saw(&["/", "/jobs", "/candidates", "/rubrics", "/records", "/letters"]);
    browser.close().await;
}

#[actix_web::test]
async fn pages_behind_letters_and_mistakes_are_accessible() {
    let world = World::with("mailbox = true").await;
    let site = world.serve();
    let browser = Browser::bare(&site).await;
    let (org, newcomer) = (world.home.org, world.member(&world.home, "Nina", &[Role::Interviewer]).await);
    let link = async |purpose| mint(&mut *world.conn().await, org, newcomer.id, purpose, world.now()).await.unwrap();
    let pages = [
        link(SecretPurpose::PasswordReset).await,
        "/invitations/used".to_owned(),
        "/password-resets/used".to_owned(),
        "/password-resets/new".to_owned(),
        "/sign-in".to_owned(),
        "/seats".to_owned(),
        "/seats/used".to_owned(),
        "/mailbox".to_owned(),
        "/nothing-here".to_owned(),
    ];
    let mut walk = Walk::default();

    for page in &pages {
        browser.goto(page).await;
        walk.look(&browser, page, Look::WHOLE).await;
        walk.send_empty(&browser, page, Look::WHOLE).await;
    }
    browser.sign_in(world.who(Role::Interviewer)).await;
    browser.goto("/records").await;
    walk.look(&browser, "/records of somebody who may not see them", Look::WHOLE).await;

    assert_eq!(walk.found, NONE);
    browser.close().await;
}

#[actix_web::test]
async fn all_that_is_open_before_a_second_factor_is_shown_is_accessible() {
    let world = World::new().await;
    let site = world.serve();
    let ask = async |whether: bool| {
        world.sql(&format!("UPDATE organisations SET second_factor_required = {whether}")).await;
    };
    for (locale, look) in [("en", Look::WHOLE), ("sv", Look::SWEDISH)] {
        world.sql(&format!("UPDATE members SET locale = '{locale}'")).await;
        let browser = Browser::bare(&site).await;
        let mut walk = Walk::default();
        browser.sign_in(world.who(Role::Interviewer)).await;
        ask(true).await;

        walk.follow(&browser, look).await;

        assert_eq!(walk.found, NONE);
        assert_eq!(walk.seen.keys().map(String::as_str).collect::<Vec<_>>(), ["/", "/factors"]);
        ask(false).await;
        browser.close().await;
    }
}

#[actix_web::test]
async fn every_page_of_an_interviewer_without_an_account_and_every_sheet_of_paper_is_accessible() {
    for (locale, look) in [("en", Look::WHOLE), ("sv", Look::SWEDISH)] {
        let scene = Scene::new().await;
        scene.world.sql(&format!("UPDATE members SET locale = '{locale}'")).await;
        let site = scene.world.serve();
        let browser = Browser::bare(&site).await;
        let (mut walk, interview) = (Walk::default(), format!("/interviews/{}", scene.interview));

        // Before somebody is let in, the browser says in which language they read.
        let door_look = Look { no_english: false, ..look };
        let door = scene.secret("seat").await;
        browser.goto(&door).await;
        walk.look(&browser, "the door", door_look).await;
        browser.click("form .btn.primary").await;
        browser.wait_for("#code").await;
        walk.look(&browser, "the door with a code on its way", door_look).await;
        browser.fill("code", &scene.secret("seat_code").await).await;
        browser.click("form .btn.primary").await;
        browser.wait_until_at(&format!("{interview}/seat")).await;
        for page in ["seat", "preparation", "kit/listening", "kit/review", "kit/paper"] {
            let path = format!("{interview}/{page}");
            browser.goto(&path).await;
            walk.look(&browser, &path, look).await;
        }
        browser.close().await;

        // A scorecard comes from paper once the interview has begun.
        scene.world.clock.advance(jiff::SignedDuration::from_hours(2));
        let browser = Browser::bare(&site).await;
        browser.sign_in(scene.recruiter()).await;
        let others = format!(
            "SELECT id FROM seats WHERE interview_id = '{}' AND id <> '{}'",
            scene.interview,
            scene.seat().await
        );
        let seat = format!("{interview}/seats/{}", scene.world.rows(&others).await[0]["id"].as_str().unwrap());
        for path in [interview, format!("{seat}/paper"), format!("{seat}/scorecard")] {
            browser.goto(&path).await;
            walk.look(&browser, &path, look).await;
        }
        walk.send_empty(&browser, "a scorecard from paper", look).await;
        assert_eq!(walk.found, NONE);
        browser.close().await;
    }
}

/// Pages that are the same whoever looks at them, by the beginning of their patterns: looked at once.
const ALIKE: &[&str] =
    &["/sign-in", "/account", "/sessions", "/api-tokens", "/rubrics", "/letters", "/mailbox", "/jobs/new", "/events"];

/// Pages whose form is sent empty, to look at its errors.
const FORMS: &[&str] = &[
    "/jobs/new?template",
    "/jobs/{id}/edit",
    "/jobs/{id}/candidates/new",
    "/jobs/{id}/candidates/import",
    "/candidates/{id}/edit",
    "/applications/{id}/interviews/new",
    "/interviews/{id}/edit",
    "/interviews/{id}/cancellation",
    "/jobs/{id}/summaries/new",
    "/applications/{id}/decisions/new",
    "/members/new",
    "/settings",
];

/// Pages that show other things from one person or interview to the next.
const VARIED: &[&str] = &["/candidates/{id}", "/interviews/{id}"];

/// The heaviest page that a phone on a train should have to wait for: HTML, styles and scripts, unpacked. A rubric is a small
/// book, and the kit brings along what it needs when the train is in a tunnel.
fn most_bytes(pattern: &str) -> u64 {
    match pattern {
        kit if kit.starts_with("/interviews/{id}/kit") => 85 * 1024,
        rubric if rubric.starts_with("/rubrics/") => 80 * 1024,
        // Ninety questions in long words, and in Swedish with a complaint at every field half a KiB above the goal of 60 KiB.
        new_job if new_job.starts_with("/jobs/new") => 61 * 1024,
        // It carries its figures with their explanation; the goal is missed by a tenth.
        "/jobs/{id}/comparison" => 66 * 1024,
        _ => 60 * 1024,
    }
}

/// How closely a page is looked at.
#[derive(Clone, Copy)]
struct Look {
    themes: &'static [Theme],
    no_english: bool,
}

impl Look {
    const WHOLE: Look = Look { themes: &[Theme::Light, Theme::Dark], no_english: false };
    /// Colours do not depend on the language; widths and words do.
    const SWEDISH: Look = Look { themes: &[Theme::Light], no_english: true };
}

#[derive(Default)]
struct Walk {
    /// The patterns of the pages that were looked at, and where.
    seen: BTreeMap<String, String>,
    /// Every page that was looked at.
    paths: BTreeSet<String>,
    /// The patterns of the pages whose form was sent empty.
    sent: BTreeSet<String>,
    found: Vec<String>,
}

async fn of_role(site: &Site, email: &str, look: Look) -> Walk {
    Walk::default().on(site, email, look).await
}

impl Walk {
    async fn on(mut self, site: &Site, email: &str, look: Look) -> Walk {
        let browser = Browser::bare(site).await;
        browser.sign_in_to_demo(email).await;
        self.follow(&browser, look).await;
        browser.close().await;
        self
    }

    /// Whether a page of this pattern was looked at already; of those that differ much from one to the next, several are.
    fn knows(&self, pattern: &str, path: &str) -> bool {
        let most = if VARIED.contains(&pattern) { 4 } else { 1 };
        let alike = self.paths.iter().filter(|known| self::pattern(known) == pattern).count();
        self.paths.contains(path) || alike >= most || (most == 1 && self.seen.contains_key(pattern))
    }

    /// Follows the links of the site from Today on, a page per pattern, and gathers what is wrong.
    async fn follow(&mut self, browser: &Browser, look: Look) {
        let mut waiting = VecDeque::from([browser.path().await]);
        while let Some(path) = waiting.pop_front() {
            let pattern = pattern(&path);
            if self.knows(&pattern, &path) {
                continue;
            }
            self.paths.insert(path.clone());
            self.seen.insert(pattern.clone(), path.clone());
            browser.goto(&path).await;
            until_compared(browser).await;
            let links = browser.script(LINKS).await;
            waiting.extend(links.as_array().unwrap().iter().map(|link| link.as_str().unwrap().to_owned()));
            self.look(browser, &path, look).await;
            if FORMS.contains(&pattern.as_str()) && self.send_empty(browser, &path, look).await {
                self.sent.insert(pattern);
            }
        }
    }

    /// Everything about the page that is open, which is left as it was.
    async fn look(&mut self, browser: &Browser, path: &str, look: Look) {
        // A form or a page that is refused says so, and the browser with it.
        let is_refusal = |complaint: &String| complaint.contains("status of 4") && !complaint.contains("/assets/");
        let complaints = browser.complaints().await.into_iter().filter(|complaint| !is_refusal(complaint));
        self.note(path, "browser", json!(complaints.collect::<Vec<_>>()));
        self.note(
            path,
            "weight",
            browser.script(&HEAVY.replace("MOST", &most_bytes(&pattern(path)).to_string())).await,
        );
        self.note(path, "loading", browser.script(JUMPED).await);
        if look.no_english {
            self.note(path, "words", browser.script(&words::english_on_the_page()).await);
        }
        // Structure differs between the sizes, colour between all four.
        let whole = "{ rules: { 'target-size': { enabled: true } } }";
        browser.set_theme(Theme::Light).await;
        self.note(path, "desktop", browser.violations(whole).await);
        self.note(path, "desktop", browser.script(TOO_WIDE).await);
        if look.themes.contains(&Theme::Dark) {
            browser.set_theme(Theme::Dark).await;
            self.note(path, "dark", browser.violations(COLOUR).await);
        }
        browser.resize(390, 844, true).await;
        self.note(path, "phone", browser.script(TOO_WIDE).await);
        if look.themes.contains(&Theme::Dark) {
            self.note(path, "dark phone", browser.violations(whole).await);
            browser.set_theme(Theme::Light).await;
            self.note(path, "phone", browser.violations(COLOUR).await);
        }
        browser.resize(1320, 900, false).await;
        // The next page is not to begin on the phone and to widen while it loads.
        browser.wait_until("innerWidth === 1320").await;
    }

    /// Empties the form of the page that is open, if it has one, sends it, and looks at what comes back.
    async fn send_empty(&mut self, browser: &Browser, path: &str, look: Look) -> bool {
        if browser.script(EMPTY).await == false {
            return false;
        }
        browser.wait_until("!!document.querySelector('.error, [role=alert]')").await;
        self.look(browser, &format!("{path}, sent empty"), look).await;
        true
    }

    fn note(&mut self, path: &str, what: &str, violations: Value) {
        let violations = violations.as_array().cloned().unwrap_or_default();
        self.found.extend(violations.iter().map(|found| format!("{path}, {what}: {}", found.as_str().unwrap_or("?"))));
    }

    fn assert_saw(&self, patterns: &[&str]) {
        for pattern in patterns {
            assert!(self.seen.contains_key(*pattern), "no link leads to {pattern}: {:?}", self.seen.keys());
        }
    }

    fn assert_sent(&self, patterns: &[&str]) {
        for pattern in patterns {
            assert!(self.sent.contains(*pattern), "the form of {pattern} was not sent: {:?}", self.sent);
        }
    }
}

/// A comparison that nobody has asked for yet shows a page to wait on, which asks again by itself.
async fn until_compared(browser: &Browser) {
    for _ in 0..600 {
        if browser.script("return document.querySelector('script[src$=\"/computing.js\"]') === null").await == true {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the comparison was not computed within a minute");
}

/// The kit moves on by buttons that know the address of their page.
const LINKS: &str = "return [...document.querySelectorAll('a[href]:not([download]), button[data-href]')]
    .map(e => new URL(e.href ?? e.dataset.href, location.href)).filter(url => url.origin === location.origin)
    .map(url => url.pathname + url.search)";

/// Sends the page's first form that has something to fill in, with nothing filled in.
const EMPTY: &str = "const fields = 'input:not([type=hidden], [type=search]), textarea, select';
    const form = [...document.querySelectorAll('form[method=post]')].find(form => form.querySelector(fields));
    if (!form) return false;
    for (const field of form.querySelectorAll(fields))
        if (/checkbox|radio/.test(field.type)) field.checked = false;
        else if (field.type !== 'file' && [...field.options ?? ['']].some(option => !option.value)) field.value = '';
    form.noValidate = true;
    form.requestSubmit(form.querySelector('.btn.primary') ?? undefined);
    return true;";

const TOO_WIDE: &str = "const e = document.documentElement;
    return e.scrollWidth <= innerWidth ? [] : ['wider than the screen: ' + e.scrollWidth + ' by ' +
        [...document.querySelectorAll('body *')].filter(x => x.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map(x => x.tagName + '.' + x.className).join(', ')]";

const HEAVY: &str = "const parts = [performance.getEntriesByType('navigation')[0],
        ...performance.getEntriesByType('resource').filter(e => /\\.(css|js)$/.test(e.name))];
    const bytes = parts.reduce((sum, part) => sum + part.decodedBodySize, 0);
    return bytes <= MOST ? [] : [bytes + ' bytes of HTML, styles and scripts: ' +
        parts.map(part => part.name.split('/').pop() + ' ' + part.decodedBodySize).join(', ')]";

/// A page stands still while it loads (cumulative layout shift; up to 0.1 is called good).
const JUMPED: &str = "return new Promise(done => {
        let moved = 0;
        new PerformanceObserver(list => { for (const shift of list.getEntries()) if (!shift.hadRecentInput) moved += shift.value; })
            .observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(moved < 0.01 ? [] : ['jumps by ' + moved.toFixed(3)]), 30);
    })";

const COLOUR: &str = "{ runOnly: ['color-contrast'] }";

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
