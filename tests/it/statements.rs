//! What the pages cost the database: how many statements each sends, and by which plans they run when much is kept.
//!
//! The counts are written into `statements.txt`, which is read like a contract: `ATTUNE_WRITE_ACCESS=1` writes it anew.

use std::collections::BTreeMap;

use actix_web::http::Method;
use attune::{
    domain::policy::Role,
    web::api::{BASE, ROUTES},
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

use crate::{
    access::{Walked, ask, compare_with_contract, routes},
    support::{
        statements::Statements,
        world::{Who, World},
    },
};

const HEAD: &str = "How many statements each page sends, besides the one that tells who asks; on a second visit, by whoever sends most.
Three is the most. Written by tests/it/statements.rs.";

const MOST: usize = 3;

/// Pages that are allowed more, with as many as they send now; nothing may join them.
const MORE: &[(&str, usize)] = &[
    ("/applications/{id}/decisions/new", 4),
    // Debriefs come beside the decisions.
    ("/jobs/{id}/comparison", 4),
    ("/jobs/{job}/summaries/new", 5),
];

/// A world whose site tells what it sends.
async fn watched() -> (Walked, Statements) {
    let mut walked = Walked::new().await;
    let statements = Statements::default();
    walked.world.pool = statements.pool(&walked.world.url);
    (walked, statements)
}

#[actix_web::test]
async fn no_page_sends_more_than_three_statements_besides_the_one_that_tells_who_asks() {
    let (Walked { world, own, .. }, statements) = watched().await;
    let mut lines = Vec::new();
    let mut too_many = Vec::new();
    for (_, route) in routes().into_iter().filter(|(method, _)| method == Method::GET) {
        let path = own.path(&route);
        let mut counts: Vec<(usize, &str, Vec<String>)> = Vec::new();
        for who in Role::ALL.iter().map(|role| world.who(*role)) {
            // The first visit opens a kit, reads a rubric, prepares statements.
            ask(&world, Some(who), &Method::GET, &path).await;
            statements.take();
            let answer = ask(&world, Some(who), &Method::GET, &path).await;
            let sent = besides_who_asks(statements.take(), &route);
            if answer.status.is_success() || answer.status.is_redirection() {
                assert!(!sent.iter().any(|sql| sql == "BEGIN"), "GET {route} opens a transaction: {sent:#?}");
                counts.push((sent.len(), who.roles[0].as_str(), sent));
            }
        }
        let Some((count, _, sent)) = counts.into_iter().max_by_key(|(count, ..)| *count) else {
            lines.push(format!("{route:<52} (answers nobody here)"));
            continue;
        };
        lines.push(format!("{route:<52} {count}"));
        let most = MORE.iter().find(|(known, _)| *known == route).map_or(MOST, |(_, most)| *most);
        if count > most {
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
async fn no_page_and_no_call_of_the_api_reads_through_a_whole_table_when_much_is_kept() {
    let (Walked { world, own, .. }, statements) = watched().await;
    fill(&world).await;

    // Everything that can be read, by everybody, and one rating kept as it is typed.
    let mut sent: BTreeMap<String, String> = BTreeMap::new();
    let mut note = |what: &str, statements: &Statements| {
        for sql in statements.take() {
            sent.entry(sql).or_insert_with(|| what.to_owned());
        }
    };
    for (_, route) in routes().into_iter().filter(|(method, _)| method == Method::GET) {
        for who in [Role::Admin, Role::Recruiter, Role::HiringManager, Role::Interviewer, Role::Hr] {
            ask(&world, Some(world.who(who)), &Method::GET, &own.path(&route)).await;
            note(&route, &statements);
        }
    }
    for role in [Role::Admin, Role::Interviewer] {
        let token = world.token_of(role).await;
        for (path, _) in ROUTES.iter().filter(|(_, methods)| methods.contains(&"get")) {
            let path = own.path(&format!("{BASE}{path}"));
            world.call(&token, Method::GET, &path, None).await;
            note(&path, &statements);
        }
    }
    keep_a_rating(&world, world.who(Role::Hr)).await;
    note("keeping a rating", &statements);

    let mut wrong = Vec::new();
    for (sql, what) in &sent {
        if ["BEGIN", "COMMIT", "ROLLBACK", "SET "].iter().any(|word| sql.starts_with(word)) {
            continue;
        }
        let plan = plan(&world, sql).await;
        let read = read_through(&plan);
        if !read.is_empty() {
            wrong.push(format!("{what} reads through {}:\n{sql}\n{plan:#}", read.join(", ")));
        }
    }
    assert!(sent.len() > 80, "only {} statements were seen", sent.len());
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), sent.len(), wrong.join("\n\n"));
}

/// HR has a seat in the walk's interview: a rating as the kit's script sends it.
async fn keep_a_rating(world: &World, who: &Who) {
    let rows = world
        .rows(&format!(
            "SELECT c.id FROM scorecards c JOIN seats s ON s.org_id = c.org_id AND s.id = c.seat_id
             WHERE s.member_id = '{}' AND c.state = 'draft'",
            who.id
        ))
        .await;
    let id = rows[0]["id"].as_str().unwrap();
    let body = serde_json::json!({
        "op_id": uuid::Uuid::now_v7(), "field": "listening.rating", "base_revision": 0, "value": "4",
    });
    world.post_json(who, &format!("/scorecards/{id}/operations"), &body).await.assert_status(200);
}

/// A middle size: twenty organisations with a thousand scorecards each.
async fn fill(world: &World) {
    let mut conn = AsyncPgConnection::establish(&world.owner_url).await.unwrap();
    for statement in include_str!("support/middle_size.sql").split(";\n") {
        if !statement.trim().is_empty() {
            diesel::sql_query(statement)
                .execute(&mut conn)
                .await
                .unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
    }
}

/// The plan that Postgres makes for a statement that it keeps prepared, whatever the values.
async fn plan(world: &World, sql: &str) -> Value {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Json, column_name = "QUERY PLAN")]
        plan: Value,
    }
    let mut conn = AsyncPgConnection::establish(&world.owner_url).await.unwrap();
    diesel::sql_query("SET plan_cache_mode = force_generic_plan").execute(&mut conn).await.unwrap();
    let values = (1..).take_while(|n| mentions(sql, *n)).count();
    // What Postgres cannot tell the type of is compared with nothing: any type will do.
    let mut types = vec!["unknown".to_owned(); values];
    loop {
        let of_types = if types.is_empty() { String::new() } else { format!("({})", types.join(", ")) };
        match diesel::sql_query(format!("PREPARE looked_at {of_types} AS {sql}")).execute(&mut conn).await {
            Ok(_) => break,
            Err(error) => {
                let message = error.to_string();
                let place = message.strip_prefix("could not determine data type of parameter $");
                let place: usize = place.and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{message}: {sql}"));
                types[place - 1] = "text".to_owned();
            }
        }
    }
    let nulls = vec!["NULL"; values].join(", ");
    let nulls = if values == 0 { String::new() } else { format!("({nulls})") };
    let explained = diesel::sql_query(format!("EXPLAIN (FORMAT JSON) EXECUTE looked_at {nulls}"));
    let row: Row = explained.get_result(&mut conn).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    row.plan[0]["Plan"].clone()
}

/// Whether the statement has a placeholder `$n`, and not only one that begins like it.
fn mentions(sql: &str, n: usize) -> bool {
    let placeholder = format!("${n}");
    sql.match_indices(&placeholder)
        .any(|(at, found)| !sql[at + found.len()..].starts_with(|next: char| next.is_ascii_digit()))
}

/// The tables that a plan reads row by row without an index.
fn read_through(plan: &Value) -> Vec<String> {
    let mut found = Vec::new();
    if plan["Node Type"] == "Seq Scan" {
        found.push(plan["Relation Name"].as_str().unwrap_or_default().to_owned());
    }
    for part in plan["Plans"].as_array().into_iter().flatten() {
        found.extend(read_through(part));
    }
    found
}
