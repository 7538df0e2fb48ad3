//! `attune domain confirm`: the operator says whose a domain is; until then it lets nobody in.

use anyhow::bail;
use clap::Args;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use jiff::Timestamp;

use super::{database, member_add::the_only, serve};
use crate::{config::Config, error::Error, usecases::sign_on};

#[derive(Args)]
pub struct DomainConfirm {
    /// The organisation's name, or its id where two have the same name.
    #[arg(long, value_name = "NAME")]
    organisation: String,
    /// The domain as the admin named it, for example example.org.
    #[arg(long)]
    domain: String,
}

pub fn run(config: Config, arguments: &DomainConfirm) -> anyhow::Result<()> {
    let database = database::start(&config)?;
    serve::prepare(&database)?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let mut conn = AsyncPgConnection::establish(&database.owner_url).await?;
        let organisation = the_only(&mut conn, &arguments.organisation).await?;
        let domain = arguments.domain.trim().to_ascii_lowercase();
        match sign_on::confirm_domain(&mut conn, organisation.id, &domain, Timestamp::now()).await {
            Ok(()) => {
                println!("{domain} belongs to {}: its members may sign in through their provider.", organisation.name)
            }
            Err(Error::NotFound) => {
                bail!("no admin of {} has named {domain}; they do it under Settings, Single sign-on", organisation.name)
            }
            Err(Error::Refused(_)) => bail!("{domain} was confirmed for another organisation"),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    })
}
