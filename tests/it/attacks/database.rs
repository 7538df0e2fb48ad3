//! All that a database holds, so that two moments can be compared.

use std::collections::BTreeMap;

use crate::support::world::World;

/// Every row as text, by table; of one organisation where one is named.
pub async fn dump(world: &World, org: &str) -> BTreeMap<String, Vec<String>> {
    let tables = world
        .rows(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
               AND relname NOT LIKE '\\_\\_%'",
        )
        .await;
    let mut all = BTreeMap::new();
    for table in tables {
        let table = table["relname"].as_str().unwrap().to_owned();
        let key = if table == "organisations" { "id" } else { "org_id" };
        let only = if org.is_empty() { String::new() } else { format!("WHERE {key} = '{org}'") };
        let rows = world.rows(&format!("SELECT row_to_json(t)::text AS line FROM {table} t {only} ORDER BY 1")).await;
        all.insert(table, rows.iter().map(|row| row["line"].as_str().unwrap().to_owned()).collect());
    }
    all
}
