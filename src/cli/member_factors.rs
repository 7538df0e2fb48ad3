//! `attune member forget-factors`: lets in who has lost their second factor, where no admin can.

use anyhow::bail;
use clap::Args;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use jiff::Timestamp;

use super::{database, member_add::the_only, serve};
use crate::{
    config::Config,
    domain::email::EmailAddress,
    error::Error,
    store::{event::Actor, member},
    usecases::{account_letter::Sender, second_factor},
};

#[derive(Args)]
pub struct ForgetFactors {
    /// The organisation's name, or its id where two have the same name.
    #[arg(long, value_name = "NAME")]
    organisation: String,
    /// The member's address. Make sure first that it is they who ask.
    #[arg(long, value_name = "ADDRESS")]
    email: EmailAddress,
}

pub fn run(config: Config, arguments: &ForgetFactors) -> anyhow::Result<()> {
    let database = database::start(&config)?;
    serve::prepare(&database)?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let mut conn = AsyncPgConnection::establish(&database.owner_url).await?;
        let organisation = the_only(&mut conn, &arguments.organisation).await?;
        let Some(member) = member::addressed(&mut conn, organisation.id, &arguments.email).await? else {
            bail!("{} has no member with the address {}", organisation.name, arguments.email)
        };
        let actor = Actor { org: organisation.id, member: None, address: String::new(), now: Timestamp::now() };
        let sender = Sender { organisation: &organisation, site: &config.public_url, answers: None };
        match second_factor::forget(&mut conn, &actor, &sender, member.id).await {
            Ok(()) => println!("{} has no second factor any more; a letter tells them.", member.name),
            Err(Error::Refused(_)) => bail!("{} has neither an app nor a passkey", member.name),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    })
}
