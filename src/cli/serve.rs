//! `attune serve`.

use super::database;
use crate::{
    clock::Clock,
    config::Config,
    store::migrations,
    usecases::password::Hashing,
    web::{Shared, serve::listen},
    worker::Worker,
};

pub fn run(mut config: Config) -> anyhow::Result<()> {
    let database = database::start(&config)?;
    database::ensure_secret_key(&mut config)?;
    let url = database.url.clone();
    prepare(&url)?;
    let shared = Shared::new(config, Clock::System, Hashing::strong()?)?;
    let worker = Worker::start(&shared.config, &url, shared.clock.clone(), shared.outbox.clone())?;
    tracing::info!(address = %shared.config.listen, "Attune is listening");
    let served =
        actix_web::rt::System::new().block_on(async move { listen(shared, url)?.await.map_err(anyhow::Error::from) });
    worker.stop();
    served
}

/// Migrates, and refuses a server that would forget what it acknowledged.
pub fn prepare(url: &str) -> anyhow::Result<()> {
    tokio::runtime::Runtime::new()?.block_on(async {
        migrations::check_durability(url).await?;
        migrations::run(url).await
    })?;
    Ok(())
}
