//! `attune serve`.

use std::sync::Arc;

use super::database::{self, Running};
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
    prepare(&database)?;
    until_stopped(Shared::new(config, Clock::System, Hashing::strong()?)?, &database.serving_url, || Ok(()))
}

/// Migrates, and refuses a server that would forget what it acknowledged or not keep organisations apart.
pub fn prepare(database: &Running) -> anyhow::Result<()> {
    tokio::runtime::Runtime::new()?.block_on(async {
        migrations::check_durability(&database.owner_url).await?;
        migrations::run(&database.owner_url).await?;
        let wall = database.check_wall().await?;
        tracing::info!("{wall}");
        Ok(())
    })
}

/// Answers requests and sends letters until SIGTERM or SIGINT, then finishes what is under way. Calls `ready` once the
/// address is taken.
pub fn until_stopped(shared: Arc<Shared>, url: &str, ready: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
    let worker = Worker::start(&shared.config, url, shared.clock.clone(), shared.outbox.clone())?;
    let served = actix_web::rt::System::new().block_on(async {
        let server = listen(Arc::clone(&shared), url.to_owned())?;
        tracing::info!(address = %shared.config.listen, "Attune is listening");
        ready()?;
        server.await.map_err(anyhow::Error::from)
    });
    worker.stop();
    served
}
