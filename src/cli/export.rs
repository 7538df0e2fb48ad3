//! `attune export`.

use std::{io::Write, path::PathBuf};

use anyhow::Context;
use clap::Args;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use jiff::Timestamp;

use super::database;
use crate::{
    config::Config,
    domain::{
        id::{JobId, MemberId},
        policy::Reach,
    },
    exports::Form,
    store::{Scope, event::Actor, organisation, record::Filter},
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
    tokio::runtime::Runtime::new()?.block_on(export(&database.url, &arguments))
}

async fn export(url: &str, arguments: &Arguments) -> anyhow::Result<()> {
    let mut conn = AsyncPgConnection::establish(url).await.context("the database cannot be reached")?;
    let name = &arguments.organisation;
    let found = super::member_add::only(organisation::named(&mut conn, name).await?, name)?;
    let organisation = found.with_context(|| format!("there is no organisation called {name}"))?;
    // Whoever may run this command reads the database anyway; the trail names no member.
    let scope = Scope { org: organisation.id, member: MemberId::new(), reach: Reach::All, blind: false };
    let actor = Actor { org: organisation.id, member: None, address: "command line".to_owned(), now: Timestamp::now() };
    let mut output: Box<dyn Write> = match &arguments.output {
        None => Box::new(std::io::stdout().lock()),
        Some(path) => Box::new(
            std::fs::File::create_new(path)
                .with_context(|| format!("{} cannot be written; does it exist already?", path.display()))?,
        ),
    };
    let filter = Filter { job: arguments.job };
    let begun = Export::begin(&mut conn, scope, actor, filter, arguments.form).await;
    let mut export = begun.context("that job was not found in the organisation")?;
    while let Some(piece) = export.next(&mut conn).await? {
        output.write_all(&piece)?;
    }
    output.flush()?;
    Ok(())
}
