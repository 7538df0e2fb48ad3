//! `attune trail`: an organisation's audit trail as a file for `attune verify`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use diesel_async::{AsyncConnection, AsyncPgConnection};

use super::{database, export::open_output};
use crate::{
    clock::Clock,
    config::Config,
    domain::{id::MemberId, policy::Reach, trail::Form},
    store::{Scope, Sight, event::Actor, wall},
    usecases::trail::Export,
};

#[derive(Args)]
pub struct Arguments {
    /// The organisation's name.
    #[arg(long, value_name = "NAME")]
    organisation: String,
    /// `jsonl`: a JSON object per line; `csv`: a row per event.
    #[arg(long, default_value = "jsonl")]
    form: Form,
    /// The file to write; standard output without it.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(config: Config, arguments: &Arguments) -> anyhow::Result<()> {
    let database = database::start(&config)?;
    tokio::runtime::Runtime::new()?.block_on(export(&database.owner_url, arguments))
}

async fn export(url: &str, arguments: &Arguments) -> anyhow::Result<()> {
    let mut conn = AsyncPgConnection::establish(url).await.context("the database cannot be reached")?;
    let organisation = super::member_add::the_only(&mut conn, &arguments.organisation).await?;
    wall::look(&mut conn, Sight::Organisation(organisation.id)).await?;
    let scope = Scope { org: organisation.id, member: MemberId::new(), reach: Reach::All, blind: false };
    let now = Clock::System.now();
    let actor = Actor { org: organisation.id, member: None, address: "command line".to_owned(), now };
    let mut output = open_output(arguments.output.as_deref())?;
    let mut export = Export::begin(&mut conn, scope, &actor, arguments.form).await?;
    while let Some(piece) = export.next(&mut conn).await? {
        output.write_all(&piece)?;
    }
    output.flush()?;
    Ok(())
}
