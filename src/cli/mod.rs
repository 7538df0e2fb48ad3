//! The commands, one file each.

mod analyse;
mod database;
mod demo;
mod doctor;
mod domain_confirm;
mod export;
mod logging;
mod member_add;
mod member_factors;
mod migrate;
mod serve;
mod trail;
mod verify;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::{Parser, Subcommand};

use crate::{
    config::{Config, Database, SETTINGS},
    error::{Error, is_full_disk},
    postgres::EmbeddedError,
};

/// Structured EQ interviews: guide them, keep what was rated and why, compare a shortlist, and say how sure one can be.
#[derive(Parser)]
#[command(name = "attune", version, after_long_help = settings_help())]
struct Arguments {
    /// The file with settings; the environment wins over it.
    #[arg(long, global = true, default_value = "attune.toml", value_name = "FILE")]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    WithSettings(WithSettings),
    /// Analyse a CSV file of ratings, selections or outcomes: the figures of the comparison, without server or settings.
    Analyse(analyse::Arguments),
    /// Check an exported audit trail, with no database: is anything missing, or was it changed?
    Verify(verify::Arguments),
}

#[derive(Subcommand)]
enum WithSettings {
    /// Serve the product. Migrates the database first and starts an embedded one when DATABASE_URL is not set.
    Serve,
    /// Serve two demo organisations on this machine, with everything in them, and say who to sign in as.
    Demo(demo::Arguments),
    /// Members of an organisation.
    #[command(subcommand)]
    Member(MemberCommand),
    /// Domains whose members sign in through their organisation's identity provider.
    #[command(subcommand)]
    Domain(DomainCommand),
    /// Write an organisation's or a job's records as CSV.
    Export(export::Arguments),
    /// Write an organisation's audit trail into a file that `verify` checks.
    Trail(trail::Arguments),
    /// Check database, mail, clock and folders, and say what to put right.
    Doctor,
    /// Bring the database to the newest schema and say which steps were run.
    Migrate,
}

#[derive(Subcommand)]
enum MemberCommand {
    /// Add a member and print a link with which they choose a password: how the first admin gets in, without mail.
    Add(member_add::MemberAdd),
    /// Take app, recovery codes and passkeys of a member away who has lost them.
    ForgetFactors(member_factors::ForgetFactors),
}

#[derive(Subcommand)]
enum DomainCommand {
    /// Say that a domain that an admin has named is the organisation's, after making sure of it.
    Confirm(domain_confirm::DomainConfirm),
}

/// Runs the command that the arguments name.
///
/// # Errors
/// One sentence for the person at the terminal, with what to do.
pub fn run() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    match arguments.command {
        Command::Analyse(arguments) => Ok(analyse::run(&arguments)),
        Command::Verify(arguments) => verify::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::WithSettings(command) => with_settings(command, &arguments.config).map(|()| ExitCode::SUCCESS),
    }
}

fn with_settings(command: WithSettings, settings: &Path) -> anyhow::Result<()> {
    let config = read_config(settings)?;
    logging::start(&config)?;
    let embedded = matches!(config.database, Database::Embedded { .. }).then(|| config.data_folder.clone());
    let done = match command {
        WithSettings::Serve => serve::run(config),
        WithSettings::Demo(arguments) => demo::run(config, &arguments),
        WithSettings::Member(MemberCommand::Add(arguments)) => member_add::run(config, &arguments),
        WithSettings::Member(MemberCommand::ForgetFactors(arguments)) => member_factors::run(config, &arguments),
        WithSettings::Domain(DomainCommand::Confirm(arguments)) => domain_confirm::run(config, &arguments),
        WithSettings::Export(arguments) => export::run(config, arguments),
        WithSettings::Trail(arguments) => trail::run(config, &arguments),
        WithSettings::Doctor => doctor::run(config),
        WithSettings::Migrate => migrate::run(config),
    };
    done.map_err(|error| {
        if matches!(error.downcast_ref(), Some(Error::Busy)) {
            return anyhow::anyhow!(
                "the database does not serve: it has been stopped, or its disk is full (the line above says which); \
                 mend that and start again"
            );
        }
        // What the embedded server did not notice itself, such as a migration that runs out of space.
        let is_new = error.downcast_ref::<EmbeddedError>().is_none() && is_full_disk(&format!("{error:#}"));
        match embedded.filter(|_| is_new) {
            Some(folder) => EmbeddedError::DiskFull { folder }.into(),
            None => error,
        }
    })
}

fn read_config(path: &Path) -> anyhow::Result<Config> {
    let file = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
    };
    Config::read(&file, |name| std::env::var(name).ok()).map_err(|complaints| {
        let list: String = complaints.iter().map(|complaint| format!("\n  {complaint}")).collect();
        anyhow::anyhow!("these settings must be put right:{list}")
    })
}

fn settings_help() -> String {
    let list: String = SETTINGS
        .iter()
        .map(|setting| format!("\n  {}\n      {} Default: {}.", setting.name, setting.meaning, setting.default))
        .collect();
    format!("Settings, from the environment or attune.toml (there in lower case without ATTUNE_):{list}")
}
