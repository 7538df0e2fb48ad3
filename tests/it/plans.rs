//! How the database finds what the pages ask for: by an index, also when an organisation keeps much.
//!
//! The tables of a test are small, and Postgres reads small tables whole whatever indexes there are. So the plans are made
//! for tables that are said to hold a hundred thousand rows: Postgres reckons with what `pg_class` says a page holds.

use std::collections::BTreeSet;

use actix_web::http::Method;
use attune::{domain::policy::Role, store::Conn};
use diesel::{QueryableByName, sql_types::Text};
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::{
    access::{Walked, ask, routes},
    support::statements::Statements,
};

/// Rows in each table, as Postgres is told: what a few large employers keep.
const ROWS: u32 = 100_000;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    #[diesel(column_name = "QUERY PLAN")]
    text: String,
}

#[actix_web::test]
async fn no_page_reads_a_table_whole_to_find_what_it_shows() {
    // Given all that the pages send, for every role
    let mut walked = Walked::new().await;
    let statements = Statements::default();
    let owner = walked.world.owner_url.clone();
    walked.world.pool = statements.pool(&walked.world.url);
    let Walked { world, own, .. } = walked;
    let mut sent = BTreeSet::new();
    for (_, route) in routes().into_iter().filter(|(method, _)| method == Method::GET) {
        for who in Role::ALL.iter().map(|role| world.who(*role)) {
            ask(&world, Some(who), &Method::GET, &own.path(&route)).await;
            sent.extend(statements.take().into_iter().filter(|sql| sql.starts_with("SELECT") || sql.starts_with("WITH")));
        }
    }
    assert!(sent.len() > 80, "only {} statements were seen", sent.len());

    // When Postgres plans them for large tables, before it knows the values
    let mut conn = Conn::establish(&owner).await.unwrap();
    conn.batch_execute(&format!(
        "DELETE FROM pg_statistic;
         UPDATE pg_class SET reltuples = {ROWS}, relpages = greatest(pg_relation_size(oid) / 8192, 1)
          WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace;
         SET plan_cache_mode = force_generic_plan;
         SET jit = off;"
    ))
    .await
    .unwrap();
    let mut whole = Vec::new();
    for sql in &sent {
        let plan = plan(&mut conn, sql).await;
        if plan.iter().any(|line| line.contains("Seq Scan on ")) {
            whole.push(format!("{sql}\n{}", plan.join("\n")));
        }
    }

    // Then an index leads to every row
    assert!(whole.is_empty(), "{} of {} read a table whole:\n\n{}", whole.len(), sent.len(), whole.join("\n\n"));
}

/// The generic plan of a statement, line by line.
async fn plan(conn: &mut Conn, sql: &str) -> Vec<String> {
    let values = (1..).take_while(|n| sql.contains(&format!("${n}"))).count();
    let nulls = vec!["NULL"; values].join(", ");
    let arguments = if values > 0 { format!("({nulls})") } else { String::new() };
    conn.batch_execute(&format!("DEALLOCATE ALL; PREPARE asked AS {sql}")).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    let lines: Vec<Line> = diesel::sql_query(format!("EXPLAIN (COSTS OFF) EXECUTE asked{arguments}")).load(conn).await.unwrap();
    lines.into_iter().map(|line| line.text).collect()
}
