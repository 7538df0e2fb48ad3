//! The migrations of `migrations/`, embedded, and what must hold of a server before we write to it.

use anyhow::{Context, bail};
use diesel::{QueryableByName, sql_types::Text};
use diesel_async::{AsyncConnection, AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Brings the database to the newest schema and returns the names of the steps that were run.
/// Two instances that start at once wait for each other.
///
/// # Errors
/// When the server cannot be reached, or a step fails; a failed step leaves nothing behind.
pub async fn run(url: &str) -> anyhow::Result<Vec<String>> {
    let mut conn = AsyncPgConnection::establish(url).await.context("the database cannot be reached")?;
    diesel::sql_query("SELECT pg_advisory_lock(4172100)").execute(&mut conn).await?;
    let (mut conn, steps) = tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(conn);
        let steps = harness.run_pending_migrations(MIGRATIONS).map_err(anyhow::Error::from_boxed)?;
        let steps = steps.iter().map(ToString::to_string).collect();
        Ok::<_, anyhow::Error>((harness.into_inner(), steps))
    })
    .await??;
    // A table that its step has forgotten to put behind the second wall.
    diesel::sql_query("SELECT raise_walls()").execute(&mut conn).await?;
    Ok(steps)
}

/// The names of the steps that the database has not seen.
pub async fn pending(url: &str) -> anyhow::Result<Vec<String>> {
    let conn = AsyncPgConnection::establish(url).await.context("the database cannot be reached")?;
    tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(conn);
        let steps = harness.pending_migrations(MIGRATIONS).map_err(anyhow::Error::from_boxed)?;
        Ok(steps.iter().map(|step| step.name().to_string()).collect())
    })
    .await?
}

/// Refuses a server that would forget what it acknowledged.
///
/// # Errors
/// When `fsync` or `synchronous_commit` is off; the text says what to do.
pub async fn check_durability(url: &str) -> anyhow::Result<()> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        fsync: String,
        #[diesel(sql_type = Text)]
        synchronous_commit: String,
    }
    let mut conn = AsyncPgConnection::establish(url).await.context("the database cannot be reached")?;
    let row: Row = diesel::sql_query(
        "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit",
    )
    .get_result(&mut conn)
    .await?;
    for (name, value) in [("fsync", row.fsync), ("synchronous_commit", row.synchronous_commit)] {
        if value == "off" {
            bail!(
                "the database runs with {name}=off and would lose saved ratings in a crash; set {name}=on in postgresql.conf and restart it"
            );
        }
    }
    Ok(())
}
