//! `attune migrate`.

use super::database;
use crate::{config::Config, store::migrations};

pub fn run(config: Config) -> anyhow::Result<()> {
    let database = database::start(&config)?;
    let steps = tokio::runtime::Runtime::new()?.block_on(migrations::run(&database.owner_url))?;
    match steps.as_slice() {
        [] => println!("The database is up to date."),
        steps => println!("Ran {}: {}", steps.len(), steps.join(", ")),
    }
    Ok(())
}
