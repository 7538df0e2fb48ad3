//! The house rules that a compiler does not keep: floors, words, templates, settings, tables.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use diesel::{QueryableByName, sql_types::Text};
use diesel_async::RunQueryDsl;

use crate::support::world::World;

/// Which floors a floor may name besides itself (ARCHITECTURE.md draws them). Imports only fall.
const FLOORS: &[(&str, &[&str])] = &[
    ("stats", &[]),
    ("domain", &["stats", "i18n"]),
    ("i18n", &[]),
    ("store", &["domain", "stats", "mail"]),
    ("figures", &["domain", "i18n", "stats"]),
    ("mail", &["domain", "i18n", "stats", "figures"]),
    ("exports", &["domain", "i18n", "stats"]),
    ("sign_on", &[]),
    ("demo", &["domain", "i18n", "stats"]),
    ("postgres", &[]),
    ("usecases", &["domain", "i18n", "stats", "store", "figures", "mail", "exports", "demo", "sign_on"]),
    ("worker", &["domain", "i18n", "stats", "store", "mail", "usecases"]),
];

#[test]
fn imports_only_fall() {
    let all: BTreeSet<&str> = FLOORS.iter().map(|(floor, _)| *floor).chain(["web", "cli"]).collect();
    let mut climbing = Vec::new();
    for (floor, below) in FLOORS {
        for (path, text) in sources(&format!("src/{floor}")) {
            for named in crate_names(&text) {
                if all.contains(named.as_str()) && named != *floor && !below.contains(&named.as_str()) {
                    climbing.push(format!("{}: {floor} names {named}", path.display()));
                }
            }
        }
    }
    assert!(climbing.is_empty(), "move the code down, or give the value as an argument:\n{}", climbing.join("\n"));
}

#[test]
fn the_ground_floors_know_no_web_no_connection_no_clock_and_no_environment() {
    let foreign = [
        "actix_web",
        "diesel_async",
        "tokio::",
        "Timestamp::now",
        "Zoned::now",
        "SystemTime::now",
        "Instant::now",
        "std::env",
    ];
    let mut found = Vec::new();
    for floor in ["src/stats", "src/domain", "src/i18n"] {
        for (path, text) in sources(floor) {
            found.extend(
                foreign.iter().filter(|name| text.contains(**name)).map(|name| format!("{}: {name}", path.display())),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn only_the_store_speaks_sql() {
    let mut found = Vec::new();
    for (path, text) in sources("src") {
        // The document of the API has schemas of its own.
        let text = text.replace("openapi::schema::", "");
        if !path.starts_with("src/store") && path != Path::new("src/schema.rs") && text.contains("schema::") {
            found.push(path.display().to_string());
        }
    }
    assert!(
        found.is_empty(),
        "these name the schema; put the query into the noun's file in src/store:\n{}",
        found.join("\n")
    );
}

/// Once a day, once a person, or in the worker: planned anew each time.
const PLANNED_ANEW: &[&str] =
    &["erasure.rs", "handover.rs", "letter.rs", "migrations.rs", "reminder.rs", "sweep.rs", "wall.rs"];

#[test]
fn the_prepared_form_of_whatever_is_sent_often_is_kept() {
    for (path, text) in sources("src/store") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let forgets = text.contains("sql_query(") || text.replace("into_sql", "").contains("sql::<");
        assert!(!forgets || PLANNED_ANEW.contains(&name), "{name}: store::statement keeps what it sends prepared");
    }
}

#[test]
fn every_word_that_code_and_templates_ask_for_is_in_the_catalogues_and_none_is_left_over() {
    let catalogue = keys();
    let mut asked: BTreeMap<String, String> = BTreeMap::new();
    let mut prefixes = BTreeSet::new();
    let texts = sources("src").into_iter().chain(files("templates", &["html", "svg", "txt"]));
    for (path, text) in texts {
        for literal in literals(&text) {
            if catalogue.contains(&literal) {
                asked.insert(literal, path.display().to_string());
            } else if let Some((prefix, _)) = literal.split_once('{')
                && prefix.ends_with('-')
            {
                prefixes.insert(prefix.to_owned());
            } else if literal.ends_with('-') && literal.len() > 3 {
                prefixes.insert(literal);
            }
        }
        for marker in ["say(key=\"", ".word(\"", ".say(\"", "Message::new(\"", "refused(\""] {
            for part in text.split(marker).skip(1) {
                let key = part.split('"').next().unwrap_or_default();
                assert!(
                    catalogue.contains(key) || key.ends_with('-') || key.contains('{') || key.is_empty(),
                    "{}: the catalogues have no {key:?}",
                    path.display()
                );
            }
        }
    }
    let unused: Vec<_> = catalogue
        .iter()
        .filter(|key| !asked.contains_key(*key) && !prefixes.iter().any(|prefix| key.starts_with(prefix)))
        .collect();
    assert!(unused.is_empty(), "nobody says these; delete them: {unused:#?}");
}

#[test]
fn no_template_escapes_the_escaping_or_the_content_security_policy() {
    let mut found = Vec::new();
    for (path, text) in files("templates", &["html", "svg"]) {
        let is_letter = path.starts_with("templates/mail");
        for (number, line) in text.lines().enumerate() {
            let unsafe_text = line.contains("| safe") && !line.contains("{# safe:");
            let style_sheet = line.contains("<style") && path.extension().is_some_and(|ending| ending == "html");
            let refused_by_policy =
                !is_letter && (line.contains(" style=\"") || line.contains(" onclick=") || style_sheet);
            let inline_script = !is_letter && line.contains("<script") && !line.contains("src=");
            if unsafe_text || refused_by_policy || inline_script {
                found.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_setting_is_in_the_readme() {
    let readme = fs::read_to_string("README.md").unwrap();
    for setting in attune::config::SETTINGS {
        assert!(readme.contains(setting.name), "the README does not list {}", setting.name);
    }
}

#[actix_web::test]
async fn every_table_is_keyed_by_its_organisation_and_every_column_is_explained() {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let world = World::new().await;
    let mut conn = world.conn().await;

    let unexplained: Vec<Line> = diesel::sql_query(
        "SELECT c.relname || '.' || a.attname AS text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '\\_\\_%' AND a.attnum > 0
           AND NOT a.attisdropped AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)",
    )
    .load(&mut conn)
    .await
    .unwrap();
    let unkeyed: Vec<Line> = diesel::sql_query(
        "SELECT c.relname::text AS text FROM pg_class c LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
         LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
         WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '\\_\\_%'
           AND c.relname <> 'organisations' AND a.attname IS DISTINCT FROM 'org_id'",
    )
    .load(&mut conn)
    .await
    .unwrap();

    let names = |lines: Vec<Line>| lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join(", ");
    assert_eq!(names(unexplained), "", "these need a COMMENT ON");
    assert_eq!(names(unkeyed), "", "the primary key of these must begin with org_id");
}

/// The modules of the crate that a file names: `crate::store`, `use crate::{store, domain::x}`.
fn crate_names(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for part in text.split("crate::").skip(1) {
        match part.strip_prefix('{') {
            None => drop(names.insert(word(part))),
            Some(list) => {
                let mut depth = 0;
                let mut start = true;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && c.is_ascii_lowercase() => {
                            names.insert(word(&list[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// Every string literal of a source or template.
fn literals(text: &str) -> Vec<String> {
    text.split('"').skip(1).map(str::to_owned).collect()
}

/// The keys of the English catalogue; a unit test keeps the other languages equal.
fn keys() -> BTreeSet<String> {
    files("locales/en", &["ftl"])
        .iter()
        .flat_map(|(_, text)| text.lines())
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim().to_owned()))
        .collect()
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    files(folder, &["rs"])
}

fn files(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(path.to_str().unwrap(), endings));
        } else if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
            found.push((path.clone(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

#[test]
fn every_action_of_the_trail_has_words() {
    let catalogue = keys();
    let mut missing = Vec::new();
    for (path, text) in sources("src") {
        for part in text.split("Entry::new(").skip(1) {
            let Some(action) = part.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                continue;
            };
            let key = format!("event-{}", action.replace(['.', '_'], "-"));
            if !catalogue.contains(&key) {
                missing.push(format!("{}: {key}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "locales/*/event.ftl lacks {missing:#?}");
}

#[test]
fn every_test_that_the_security_page_names_is_there_and_its_counts_are_true() {
    let page = fs::read_to_string("docs/security.md").unwrap();
    let tests: String = sources("tests/it").into_iter().chain(sources("src")).map(|(_, text)| text).collect();

    let named = page.split('`').skip(1).step_by(2).filter(|word| {
        word.matches('_').count() >= 3 && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    });
    let named: Vec<&str> = named.collect();
    assert!(named.len() > 80, "{}", named.len());
    for name in named {
        assert!(tests.contains(&format!("fn {name}(")), "docs/security.md names {name}, which is no test");
    }

    // `V1 …| 1.1.1, 1.2.1–1.2.5 | … |`: how many requirements stand in each column.
    let number = |id: &str| id.rsplit('.').next().unwrap().trim().parse::<usize>().unwrap();
    let many = |list: &str| match list.split_once('–') {
        Some((first, last)) => number(last) - number(first) + 1,
        None => usize::from(!list.trim().is_empty()),
    };
    let rows = page.lines().filter(|line| line.starts_with("| V"));
    let columns = rows.map(|row| row.split('|').skip(2).take(4).map(|cell| cell.split(',').map(many).sum()).collect());
    let sums = columns.fold([0; 4], |sums, row: Vec<usize>| [0, 1, 2, 3].map(|at| sums[at] + row[at]));
    let [met, partly, not, without] = sums;
    let said = format!("**{met} met, {partly} partly, {not} not met, {without} not applicable**");
    assert!(page.contains(&said), "the table says {said}");
    assert_eq!(sums.iter().sum::<usize>(), 253, "levels 1 and 2 of ASVS 5.0 have 253 requirements");
}
