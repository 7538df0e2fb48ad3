//! `attune export`.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use diesel_async::{AsyncConnection, AsyncPgConnection};

use super::database;
use crate::{
    clock::Clock,
    config::Config,
    domain::{
        id::{JobId, MemberId},
        policy::Reach,
    },
    exports::Form,
    store::{Scope, Sight, event::Actor, record::Filter, wall},
    usecases::record::Export,
};

/// Which records, and where to.
#[derive(Args)]
pub struct Arguments {
    /// The organisation's name.
    #[arg(long, value_name = "NAME")]
    organisation: String,
    /// Only this job's records.
    #[arg(long, value_name = "ID")]
    job: Option<JobId>,
    /// `wide`: a row per scorecard; `long`: a row per rating, with its evidence.
    #[arg(long, default_value = "long")]
    form: Form,
    /// The file to write; standard output without it.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let database = database::start(&config)?;
    tokio::runtime::Runtime::new()?.block_on(export(&database.owner_url, &arguments))
}

async fn export(url: &str, arguments: &Arguments) -> anyhow::Result<()> {
    let mut conn = AsyncPgConnection::establish(url).await.context("the database cannot be reached")?;
    let organisation = super::member_add::the_only(&mut conn, &arguments.organisation).await?;
    // Whoever may run this command reads the database anyway; the trail names no member.
    wall::look(&mut conn, Sight::Organisation(organisation.id)).await?;
    let scope = Scope { org: organisation.id, member: MemberId::new(), reach: Reach::All, blind: false };
    let actor =
        Actor { org: organisation.id, member: None, address: "command line".to_owned(), now: Clock::System.now() };
    let mut output = open_output(arguments.output.as_deref())?;
    let filter = Filter { job: arguments.job };
    let begun = Export::begin(&mut conn, scope, actor, filter, arguments.form).await;
    let mut export = begun.context("that job was not found in the organisation")?;
    while let Some(piece) = export.next(&mut conn).await? {
        output.write_all(&piece)?;
    }
    output.flush()?;
    Ok(())
}

/// A new file, or standard output.
pub(super) fn open_output(path: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
    let Some(path) = path else { return Ok(Box::new(std::io::stdout().lock())) };
    let created = std::fs::File::create_new(path);
    Ok(Box::new(created.with_context(|| format!("{} cannot be written; does it exist already?", path.display()))?))
}
