//! Every free text is hostile: it is refused with a sentence or shown as the text it is, and never a 5xx.

use actix_web::{http::Method, test::TestRequest};
use attune::{
    config,
    domain::{medium::Medium, policy::Role},
    mail::Transport,
    web::api::{BASE, ROUTES},
    worker::outbox::{Outbox, Way},
};
use diesel_async::SimpleAsyncConnection;
use mailparse::MailHeaderMap;
use serde_json::json;
use tokio::sync::watch;

use crate::{
    access::{Walked, routes},
    support::{
        scenario::DIMENSIONS,
        world::{Answer, World},
    },
};

/// Fields that take words of people, in one form or another.
const FIELDS: [&str; 18] = [
    "title",
    "place",
    "name",
    "email",
    "phone",
    "note",
    "reason",
    "private_note",
    "next_note",
    "q",
    "addresses",
    "language",
    "go",
    "action",
    "rubric",
    "dimension",
    "rating",
    "next",
];

fn hostile() -> Vec<String> {
    vec![
        "<script>alert(1)</script>".to_owned(),
        "\"><img src=x onerror=alert(1)>".to_owned(),
        "{{ 7 * 7 }}${7*7}".to_owned(),
        "\u{202e}txet tfel-ot-thgir\u{2066}".to_owned(),
        "a\0b".to_owned(),
        "a\u{1b}[31mb\u{7f}".to_owned(),
        "å".repeat(20_001),
        "=HYPERLINK(\"http://evil.example\",\"x\")".to_owned(),
        "a\r\nBcc: mallory@evil.example".to_owned(),
        "' OR 1=1; DROP TABLE members --".to_owned(),
        "../../../../etc/passwd".to_owned(),
        "\u{fffe}\u{fffd}\u{feff}".to_owned(),
        "🏳️‍🌈".repeat(40),
    ]
}

/// The beginning of a text, readable in a report.
fn named(text: &str) -> String {
    text.escape_debug().take(40).collect()
}

#[tokio::test]
async fn no_hostile_text_in_any_field_of_any_form_makes_a_server_error_or_runs_on_any_page() {
    let Walked { world, own, .. } = Walked::new().await;
    let admin = world.who(Role::Admin);
    let texts = hostile();

    for (_, route) in routes().into_iter().filter(|(method, _)| *method == Method::POST) {
        if ["/sign-out", "/sessions/end", "/members/{id}/disablement"].contains(&route.as_str()) {
            continue;
        }
        for text in &texts {
            // All fields at once: what one refuses, another may still show again.
            let form: Vec<(&str, &str)> = FIELDS.iter().map(|field| (*field, text.as_str())).collect();
            let answer = world.post(admin, &own.path(&route), &form).await;
            assert_harmless(&format!("POST {route} with {}", named(text)), &answer);
        }
    }
    for (_, route) in routes().into_iter().filter(|(method, _)| *method == Method::GET) {
        for text in &texts {
            let query =
                serde_urlencoded::to_string(FIELDS.map(|field| (field, text.get(..200).unwrap_or(text)))).unwrap();
            let answer = world.get(admin, &format!("{}?{query}", own.path(&route))).await;
            assert_harmless(&format!("GET {route} with {}", named(text)), &answer);
        }
    }
}

#[tokio::test]
async fn a_nul_is_refused_with_a_sentence_wherever_it_comes_in() {
    let Walked { world, own, .. } = Walked::new().await;
    let admin = world.who(Role::Admin);
    let form = |field: &'static str| [(field, "a\0b")];

    for (path, field) in [("/members", "name"), ("/account", "name"), ("/jobs", "title"), ("/sign-in", "password")] {
        let who = if path == "/sign-in" { None } else { Some(admin) };
        let answer = world.post(who, path, &form(field)).await.assert_status(422);
        answer.assert_says("Remove the invisible control characters");
    }
    for path in ["/candidates?search=a%00b", "/jobs?state=%00", "/?done=%00"] {
        let answer = world.get(admin, path).await;
        assert!(answer.status.is_client_error() || !answer.bytes.contains(&0), "{path}");
    }
    for (_, route) in routes().into_iter().filter(|(_, route)| route.contains('{')) {
        let path = own.path(&route).replace("listening", "a%00b").replace("not-a-secret", "a%00b");
        assert_harmless(&route, &world.get(admin, &path).await);
    }
}

#[tokio::test]
async fn what_was_stored_as_hostile_text_is_shown_as_text_everywhere() {
    let Walked { world, own, .. } = Walked::new().await;
    let evil = "<script>alert(1)</script><b onmouseover=alert(2)>\u{202e}";
    // Past every check at the door: what is in the database is not believed either.
    let set = format!(
        "UPDATE organisations SET name = '{evil}'; UPDATE members SET name = '{evil}' WHERE org_id = '{org}';
         UPDATE jobs SET title = '{evil}', place = '{evil}'; UPDATE candidates SET name = '{evil}', note = '{evil}', phone = '<b onmouseover=alert(3)>';
         UPDATE rounds SET name = '{evil}'; UPDATE interviews SET place = '{evil}'; UPDATE ratings SET note = '{evil}';
         UPDATE scorecards SET next_note = '{evil}', private_note = '{evil}'; UPDATE letters SET subject = '{evil}', to_name = '{evil}';
         UPDATE sessions SET user_agent = '{evil}'",
        org = world.home.org
    );
    world.conn().await.batch_execute(&set).await.unwrap();
    let mut shown = 0;

    for (_, route) in routes().into_iter().filter(|(method, _)| *method == Method::GET) {
        for who in world.home.everybody() {
            let answer = world.get(who, &own.path(&route)).await;
            assert_harmless(&format!("GET {route}"), &answer);
            shown += usize::from(answer.text().contains("&lt;script&gt;alert(1)"));
        }
    }
    for (path, _) in ROUTES.iter().filter(|(_, methods)| methods.contains(&"get")) {
        let token = world.token_of(Role::Admin).await;
        let answer = world.call(&token, Method::GET, &own.path(&format!("{BASE}{path}")), None).await;
        assert!(!answer.header("content-type").contains("html"), "{path}");
    }

    assert!(shown > 30, "{shown} pages show the text");
}

#[tokio::test]
async fn every_page_has_a_policy_without_unsafe_words_and_no_script_or_style_of_its_own() {
    let Walked { world, own, .. } = Walked::new().await;
    let mut pages = 0;

    for (_, route) in routes().into_iter().filter(|(method, _)| *method == Method::GET) {
        for who in [None, Some(world.who(Role::Admin)), Some(world.who(Role::Interviewer)), Some(world.who(Role::Hr))] {
            let answer = world.get(who, &own.path(&route)).await;
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("default-src 'none'"), "{route}: {policy:?}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{route}");
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{route}");
            assert!(answer.header("cache-control").contains("no-store"), "{route}");
            // The body of a letter as mail programs get it: it stands in a frame in which nothing runs.
            let is_letter = answer.status == 200 && (route.ends_with("/body") || route.ends_with("/letter"));
            assert!(is_letter || !policy.contains("unsafe"), "{route}: {policy}");
            let (old, new) = if is_letter { ("SAMEORIGIN", "'self'") } else { ("DENY", "'none'") };
            assert_eq!(answer.header("x-frame-options"), old, "{route}");
            assert!(policy.contains(&format!("frame-ancestors {new}")), "{route}: {policy:?}");
            if !answer.header("content-type").contains("html") {
                continue;
            }
            pages += 1;
            if is_letter {
                assert!(policy.contains("sandbox") && !policy.contains("script-src"), "{route}: {policy}");
                continue;
            }
            let html = answer.html();
            let none = |css: &str| {
                let found = html.select(&scraper::Selector::parse(css).unwrap()).next().map(|element| element.html());
                assert!(found.is_none(), "{route}: {found:?}");
            };
            none("script:not([src])");
            none("script:not([src^='/assets/'])");
            none("style, [style]");
            none("[href^='javascript:'], [src^='javascript:'], [formaction^='javascript:'], [action^='javascript:']");
            for element in html.select(&scraper::Selector::parse("*").unwrap()) {
                let handler = element.value().attrs().find(|(name, _)| name.starts_with("on"));
                assert!(handler.is_none(), "{route}: {handler:?}");
            }
        }
    }
    assert!(pages > 60, "{pages}");
}

#[tokio::test]
async fn a_formula_in_a_name_a_note_or_a_title_is_only_text_in_an_exported_file() {
    let world = World::new().await;
    let job = world.job(&world.home, "=cmd|' /C calc'!A0").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let applied = world.candidate(&job, "@SUM(1+1)*cmd").await;
    let met = world.interview(&applied, &round, &[world.who(Role::Interviewer)]).await;
    world
        .submitted(
            &met.seats[0],
            &[("listening", "4", "=HYPERLINK(\"http://evil.example\")"), ("growth", "2", "\t=1+1")],
        )
        .await;

    for form in ["wide", "long"] {
        let file = world
            .post(world.who(Role::Hr), "/records/exports", &[("job", ""), ("form", form)])
            .await
            .assert_status(200);
        let text = file.text();
        let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let mut cells = 0;
        for record in reader.records() {
            for cell in record.unwrap().iter() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{form}: {cell}");
                cells += usize::from(cell.starts_with('\''));
            }
        }
        assert!(cells >= 2, "{form}: {cells}");
    }
}

#[tokio::test]
async fn no_word_of_anybody_becomes_a_header_of_a_letter() {
    let world = World::new().await;
    let evil = "Eve\r\nBcc: mallory@evil.example\r\n\r\nbody";
    let set = format!(
        "UPDATE organisations SET name = E'{0}'; UPDATE members SET name = E'{0}'",
        evil.replace("\r\n", "\\r\\n")
    );
    world.conn().await.batch_execute(&set).await.unwrap();
    let folder = std::env::temp_dir().join(format!("attune-letters-{}", uuid::Uuid::now_v7()));
    let from = "attune@nordlys.example".parse().unwrap();
    let transport = Transport::open(&config::Mail::Folder(folder.clone()), &from).unwrap().unwrap();
    let site = "https://attune.example".to_owned();
    let mut outbox = Outbox::new(world.pool.clone(), Way::Out(transport), site, world.clock.clone(), None);

    world.post(None, "/password-reset", &[("email", &world.who(Role::Admin).email)]).await.assert_status(200);
    for address in ["a@b.example\r\nBcc: mallory@evil.example", "<a@b.example>, mallory@evil.example", "a@b.example\0"]
    {
        let fields = [("name", "Eve"), ("email", address), ("roles", "interviewer")];
        world.post(world.who(Role::Admin), "/members", &fields).await.assert_status(422);
    }
    outbox.send_due(&watch::channel(false).1).await;

    let mut letters = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let mail = mailparse::parse_mail(&bytes).unwrap();
        letters += 1;
        for header in ["Bcc", "Cc"] {
            assert!(mail.headers.get_first_value(header).is_none(), "{}", String::from_utf8_lossy(&bytes));
        }
        assert!(!mail.headers.get_first_value("To").unwrap().contains("mallory@evil.example>"));
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(letters, 1);
}

#[tokio::test]
async fn a_file_that_is_no_text_is_refused_with_a_sentence_whatever_it_is_called() {
    let world = World::new().await;
    let job = world.job(&world.home, "Support agent").await;
    let bomb = [b"PK\x03\x04\x14\0\0\0\x08\0".as_slice(), &[0; 40_000]].concat();
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 100]].concat();
    let long_row = format!("name\n{}\n", "a,".repeat(200_000)).into_bytes();
    let many_rows = format!("name\n{}", "Eva\n".repeat(100_000)).into_bytes();

    for (what, bytes, status) in [
        ("a spreadsheet, or what it unpacks to", bomb, 422),
        ("a picture", png, 422),
        ("a document", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), 422),
        ("half a character", b"name\n\xc3".to_vec(), 422),
        ("nothing", Vec::new(), 422),
        ("an open quotation", b"name\n\"Eva".to_vec(), 422),
        ("too many rows", many_rows, 422),
        ("too large a file", vec![b'a'; 2 << 20], 422),
        ("far too large a file", vec![b'a'; 6 << 20], 422),
        ("one very long row", long_row, 303),
    ] {
        let answer = upload(&world, &job.id.to_string(), "people.csv", &bytes).await;
        assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.words());
        if status == 422 {
            assert!(
                answer
                    .html()
                    .select(&scraper::Selector::parse(".error, [role=alert], .complaint").unwrap())
                    .next()
                    .is_some()
                    || !answer.words().is_empty(),
                "{what}"
            );
        }
    }
    let named =
        upload(&world, &job.id.to_string(), "../../<script>alert(1)</script>\u{202e}.csv", b"name\nEva\n").await;
    let preview = world.get(world.who(Role::Recruiter), named.assert_status(303).location()).await.assert_status(200);
    assert_harmless("the name of a file", &preview);
}

#[tokio::test]
async fn ten_thousand_nested_brackets_are_a_clear_refusal() {
    let Walked { world, own, .. } = Walked::new().await;
    let interviewer = world.who(Role::Interviewer);
    for body in [
        "[".repeat(10_000),
        format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
        format!("{}1{}", r#"{"value":"#.repeat(10_000), "}".repeat(10_000)),
        "\"\\ud800\"".to_owned(),
        "1e999999".to_owned(),
    ] {
        let request = TestRequest::post()
            .uri(&own.path("/scorecards/{id}/operations"))
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header(("accept", "application/json"))
            .insert_header(("content-type", "application/json"))
            .set_payload(body);
        let answer = world.send(Some(interviewer), request).await;
        assert!(answer.status.is_client_error(), "{}", answer.status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let value =
        json!({ "op_id": uuid::Uuid::now_v7(), "field": "listening.note", "base_revision": 0, "value": "a\0b" });
    let nul = world.post_json(interviewer, &own.path("/scorecards/{id}/operations"), &value).await;
    assert!(nul.status.is_client_error(), "{}", nul.status);
}

async fn upload(world: &World, job: &str, name: &str, bytes: &[u8]) -> Answer {
    let head = format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let body = [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat();
    let request = TestRequest::post()
        .uri(&format!("/jobs/{job}/candidates/import"))
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header(("content-type", "multipart/form-data; boundary=b"))
        .set_payload(body);
    world.send(Some(world.who(Role::Recruiter)), request).await
}

/// No server error, and on a page nothing that runs.
#[track_caller]
fn assert_harmless(what: &str, answer: &Answer) {
    assert!(answer.status.as_u16() < 500, "{what}: {} {}", answer.status, answer.words());
    let is_text = answer.header("content-type").contains("text") || answer.header("content-type").contains("json");
    assert!(!is_text || !answer.bytes.contains(&0), "{what}: a NUL comes back");
    if answer.header("content-type").contains("html") {
        let text = answer.text().to_lowercase();
        for alive in ["<script>alert", "<img src=x", "<b onmouseover"] {
            assert!(!text.contains(alive), "{what}: {alive} is alive");
        }
    }
    assert!(!answer.location().contains(['\r', '\n']), "{what}");
    assert!(!answer.location().starts_with("//") && !answer.location().contains("evil.example\r"), "{what}");
}
