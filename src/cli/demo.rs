//! `attune demo`.

use anyhow::Context;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};

use super::{database, serve};
use crate::{
    clock::Clock,
    config::{Config, Database, Mail},
    store::organisation,
    usecases::{demo, password::Hashing},
    web::Shared,
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Begin anew as of today; everything that was done in the demo is deleted.
    #[arg(long)]
    fresh: bool,
}

/// Serves demo organisations from a database of their own; letters go to the mailbox page.
pub fn run(mut config: Config, arguments: &Arguments) -> anyhow::Result<()> {
    if let Database::Url { .. } = config.database {
        anyhow::bail!("the demo brings its own database; unset DATABASE_URL to run it");
    }
    if !config.listen.ip().is_loopback() {
        anyhow::bail!(
            "the demo's password is public, so it listens on this machine only; set ATTUNE_LISTEN to 127.0.0.1 and a port"
        );
    }
    config.data_folder = config.data_folder.join("demo");
    config.mail = Mail::Mailbox;
    // Only this machine reaches the demo, and whoever measures it must not be told to wait.
    config.requests_per_minute = u32::MAX / 10;
    let database = database::start(&config)?;
    database::ensure_secret_key(&mut config)?;
    if arguments.fresh {
        tokio::runtime::Runtime::new()?.block_on(empty(&database.owner_url))?;
    }
    serve::prepare(&database)?;
    let shared = Shared::new(config, Clock::System, Hashing::strong()?)?;
    let is_new = tokio::runtime::Runtime::new()?.block_on(load(&database.owner_url, &shared))?;
    let config = shared.config.clone();
    serve::until_stopped(shared, &database.serving_url, || greet(&config, is_new))
}

/// Puts an empty database in the place of the one that is there, which is the embedded server's own.
async fn empty(url: &str) -> anyhow::Result<()> {
    let server = url.strip_suffix("/attune").context("the demo's database has another name")?;
    let mut conn = AsyncPgConnection::establish(&format!("{server}/postgres")).await?;
    conn.batch_execute("DROP DATABASE IF EXISTS attune WITH (FORCE)").await?;
    conn.batch_execute("CREATE DATABASE attune").await?;
    Ok(())
}

/// Whether there was nothing yet. At every start but the first, nothing is left to load, and no password to hash with time
/// and memory.
async fn load(url: &str, shared: &Shared) -> anyhow::Result<bool> {
    let mut conn = AsyncPgConnection::establish(url).await.context("the database cannot be reached")?;
    if organisation::any(&mut conn).await? {
        return Ok(false);
    }
    let password_hash = shared.hashing.hash(demo::PASSWORD.to_owned()).await?;
    let is_new = demo::load(&mut conn, &password_hash, shared.clock.now(), &shared.config.public_url).await?;
    // So many rows at once would be planned for as if there were none, until Postgres looks at them by itself.
    conn.batch_execute("ANALYZE").await?;
    Ok(is_new)
}

fn greet(config: &Config, is_new: bool) -> anyhow::Result<()> {
    println!("\n  Attune is at {}\n", config.public_url);
    for (role, email) in demo::sign_ins()? {
        println!("  {role:<16} {email}");
    }
    println!(
        "\n  The password of each is: {}\n  Letters: {}/mailbox   Stop: Ctrl-C   Data: {}\n",
        demo::PASSWORD,
        config.public_url,
        config.data_folder.display()
    );
    if !is_new {
        println!("  Everything is as it was left. To begin anew as of today: attune demo --fresh\n");
    }
    Ok(())
}
