//! How the database finds what the pages show: by an index, also when an organisation keeps much.

use attune::store::Conn;
use diesel::{QueryableByName, sql_types::Text};
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::statements::walk;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    #[diesel(column_name = "QUERY PLAN")]
    text: String,
}

#[actix_web::test]
async fn an_index_leads_to_whatever_a_page_shows() {
    // Given all that the pages send
    let walk = walk().await;
    let sent = walk.statements();
    assert!(sent.len() > 80, "only {} statements were seen", sent.len());

    // When Postgres plans them without knowing the values, for tables of a hundred thousand rows (it reckons with what
    // `pg_class` says a page holds), and with a whole table as the last resort (it would read the empty ones so)
    let mut conn = Conn::establish(&walk.owner_url).await.unwrap();
    conn.batch_execute(
        "DELETE FROM pg_statistic;
         UPDATE pg_class SET reltuples = 100000, relpages = greatest(pg_relation_size(oid) / 8192, 1)
          WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace;
         SET plan_cache_mode = force_generic_plan;
         SET enable_seqscan = off;",
    )
    .await
    .unwrap();
    let mut whole = Vec::new();
    for sql in &sent {
        match plan(&mut conn, sql).await {
            Ok(plan) if reads_by_index_alone(&plan) => {}
            Ok(plan) => whole.push(format!("{sql}\n{}", plan.join("\n"))),
            Err(error) => whole.push(format!("{sql}\n{error}")),
        }
    }

    // Then no table and no index is read from end to end
    assert!(whole.is_empty(), "{} of {} read something whole:\n\n{}", whole.len(), sent.len(), whole.join("\n\n"));
}

/// The generic plan of a statement, line by line.
async fn plan(conn: &mut Conn, sql: &str) -> diesel::QueryResult<Vec<String>> {
    let values = (1..).take_while(|n| sql.contains(&format!("${n}"))).count();
    let nulls = vec!["NULL"; values].join(", ");
    let arguments = if values > 0 { format!("({nulls})") } else { String::new() };
    conn.batch_execute(&format!("DEALLOCATE ALL; PREPARE asked AS {sql}")).await?;
    let lines: Vec<Line> =
        diesel::sql_query(format!("EXPLAIN (COSTS OFF) EXECUTE asked{arguments}")).load(conn).await?;
    Ok(lines.into_iter().map(|line| line.text).collect())
}

/// Each scan of an index stands above the condition that it looks up.
fn reads_by_index_alone(plan: &[String]) -> bool {
    plan.iter().enumerate().all(|(at, line)| {
        let is_by_index = line.contains(" Scan using ") || line.contains("Bitmap Index Scan on ");
        let is_lookup = plan.get(at + 1).is_some_and(|next| next.contains("Index Cond: "));
        !line.contains("Seq Scan on ") && (!is_by_index || is_lookup)
    })
}
