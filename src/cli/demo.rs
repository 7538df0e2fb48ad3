//! `attune demo`.

use anyhow::Context;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use jiff::Zoned;

use super::{database, serve};
use crate::{
    clock::Clock,
    config::{Config, Database, Mail},
    store::organisation,
    usecases::{demo, password::Hashing},
    web::Shared,
};

/// Serves demo organisations from a database of their own; letters go to the mailbox page.
pub fn run(mut config: Config) -> anyhow::Result<()> {
    if let Database::Url(_) = config.database {
        anyhow::bail!("the demo brings its own database; unset DATABASE_URL to run it");
    }
    if !config.listen.ip().is_loopback() {
        anyhow::bail!(
            "the demo's password is public, so it listens on this machine only; set ATTUNE_LISTEN to 127.0.0.1 and a port"
        );
    }
    config.data_folder = config.data_folder.join("demo");
    config.mail = Mail::Mailbox;
    let database = database::start(&config)?;
    database::ensure_secret_key(&mut config)?;
    serve::prepare(&database.url)?;
    let shared = Shared::new(config, Clock::System, Hashing::strong()?)?;
    tokio::runtime::Runtime::new()?.block_on(load(&database.url, &shared))?;
    let config = shared.config.clone();
    serve::until_stopped(shared, &database.url, || greet(&config))
}

async fn load(url: &str, shared: &Shared) -> anyhow::Result<()> {
    let mut conn = AsyncPgConnection::establish(url).await.context("the database cannot be reached")?;
    // At every start but the first, nothing is left to load, and no password to hash with time and memory.
    if organisation::any(&mut conn).await? {
        return Ok(());
    }
    let password_hash = shared.hashing.hash(demo::PASSWORD.to_owned()).await?;
    demo::load(&mut conn, &password_hash, Zoned::now().date(), &shared.config.public_url).await?;
    Ok(())
}

fn greet(config: &Config) -> anyhow::Result<()> {
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
    Ok(())
}
