//! `attune doctor`: is everything in place that the product needs?

use std::path::Path;

use diesel::{QueryableByName, sql_types::Timestamptz};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;

use super::database;
use crate::{
    config::{Config, Database, Mail},
    domain::email::EmailAddress,
    mail::Transport,
    store::migrations,
};

/// Checks database, mail, clock and folders; one line each, with what to do where something is wrong.
pub fn run(config: Config) -> anyhow::Result<()> {
    let mut failed = 0;
    let mut report = |what: &str, outcome: anyhow::Result<String>| match outcome {
        Ok(found) => println!("  ok    {what:<9} {found}"),
        Err(error) => {
            failed += 1;
            println!("  wrong {what:<9} {error:#}");
        }
    };
    report("folders", folders(&config));
    let database = database::start(&config);
    let runtime = tokio::runtime::Runtime::new()?;
    match &database {
        Err(error) => report("database", Err(anyhow::anyhow!("{error:#}"))),
        Ok(database) => {
            report("database", runtime.block_on(check_database(&database.owner_url)));
            report("walls", runtime.block_on(database.check_wall()));
            report("clock", runtime.block_on(check_clock(&database.owner_url)));
        }
    }
    report("mail", runtime.block_on(check_mail(&config)));
    if failed > 0 {
        anyhow::bail!("{failed} of the checks found something to put right");
    }
    Ok(())
}

fn folders(config: &Config) -> anyhow::Result<String> {
    if matches!(config.database, Database::Url { .. }) {
        return Ok("none needed with DATABASE_URL".to_owned());
    }
    writable(&config.data_folder)?;
    Ok(format!("{} can be written", config.data_folder.display()))
}

fn writable(folder: &Path) -> anyhow::Result<()> {
    let probe = folder.join(".attune-doctor");
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, ""))
        .and_then(|()| std::fs::remove_file(&probe));
    written.map_err(|error| {
        anyhow::anyhow!("{} cannot be written ({error}); set ATTUNE_DATA_FOLDER to a folder that can", folder.display())
    })
}

async fn check_database(url: &str) -> anyhow::Result<String> {
    migrations::check_durability(url).await?;
    let pending = migrations::pending(url).await?;
    if pending.is_empty() {
        Ok("reachable, durable, up to date".to_owned())
    } else {
        Ok(format!("reachable, durable; {} migrations will run at the next start", pending.len()))
    }
}

async fn check_clock(url: &str) -> anyhow::Result<String> {
    #[derive(QueryableByName)]
    struct Now {
        #[diesel(sql_type = Timestamptz)]
        now: jiff_diesel::Timestamp,
    }
    let mut conn = AsyncPgConnection::establish(url).await?;
    let theirs: Now = diesel::sql_query("SELECT clock_timestamp() AS now").get_result(&mut conn).await?;
    let apart = Timestamp::now().duration_since(theirs.now.to_jiff()).abs();
    if apart.as_secs() >= 5 {
        anyhow::bail!("this machine's clock and the database's are {} s apart; set both by NTP", apart.as_secs());
    }
    Ok(format!("agrees with the database's to {} ms", apart.as_millis()))
}

async fn check_mail(config: &Config) -> anyhow::Result<String> {
    let from = EmailAddress::parse(&config.mail_from).map_err(|error| anyhow::anyhow!("ATTUNE_MAIL_FROM: {error}"))?;
    match &config.mail {
        Mail::None => Ok("not set up: letters wait in the outbox until ATTUNE_SMTP_HOST is set".to_owned()),
        Mail::Mailbox => Ok("letters are shown on the mailbox page and not sent".to_owned()),
        Mail::Folder(folder) => writable(folder).map(|()| format!("letters are written into {}", folder.display())),
        Mail::Smtp { host, port, .. } => match Transport::open(&config.mail, &from)? {
            Some(Transport::Smtp(smtp)) => match smtp.check().await {
                Ok(()) => Ok(format!("{host}:{port} answers and takes our sign-in")),
                Err(reason) => anyhow::bail!("{host}:{port}: {reason}; check the ATTUNE_SMTP_ settings"),
            },
            _ => anyhow::bail!("the mail server's settings open no connection"),
        },
    }
}
