//! The database that a command works with: the one that DATABASE_URL names, or the embedded one.

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    config::{Config, Database},
    postgres::{Embedded, Settings},
    store::wall::{self, Account},
};

/// A reachable database. An embedded server runs for as long as this value lives.
pub struct Running {
    /// For the account that serves requests, which is bounded by row-level security.
    pub serving_url: String,
    /// For the account that owns the tables: migrations and the command line.
    pub owner_url: String,
    _embedded: Option<Embedded>,
}

impl Running {
    /// Whether the wall between organisations stands for the account that serves, in a sentence.
    ///
    /// # Errors
    /// When it does not, or when an account of its own was set up for serving and could get around it.
    pub async fn check_wall(&self) -> anyhow::Result<String> {
        match wall::check(&self.serving_url).await? {
            Account::Bounded => {
                Ok("every table keeps organisations apart, and the serving account owns none".to_owned())
            }
            Account::Owning if self.serving_url != self.owner_url => anyhow::bail!(
                "DATABASE_URL names an account that owns the tables or is a superuser; let it name attune_serving, and \
                 only ATTUNE_MIGRATION_DATABASE_URL the owner (docs/operations.md, \"Two accounts\")"
            ),
            Account::Owning => {
                Ok("every table keeps organisations apart, but DATABASE_URL names their owner, who could \
                 take the wall down; ATTUNE_MIGRATION_DATABASE_URL parts the two (docs/operations.md, \"Two accounts\")"
                    .to_owned())
            }
        }
    }
}

/// To be called on the main thread, before any other is started.
///
/// # Errors
/// The embedded server's sentence that says what to do.
pub fn start(config: &Config) -> anyhow::Result<Running> {
    match &config.database {
        Database::Url { serving, owner } => {
            Ok(Running { serving_url: serving.clone(), owner_url: owner.clone(), _embedded: None })
        }
        Database::Embedded { bin } => {
            let settings = Settings { data_folder: config.data_folder.clone(), bin: bin.clone(), for_tests: false };
            let embedded = Embedded::start(&settings)?;
            Ok(Running {
                serving_url: embedded.serving_url("attune"),
                owner_url: embedded.url("attune"),
                _embedded: Some(embedded),
            })
        }
    }
}

/// Fills in the secret key of an embedded installation: read from the data folder, made at the first start.
pub fn ensure_secret_key(config: &mut Config) -> anyhow::Result<()> {
    if config.secret_key.is_some() {
        return Ok(());
    }
    let path = config.data_folder.join("secret.key");
    let key = match fs::read_to_string(&path) {
        Ok(key) => key,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => make_key(&path)?,
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
    };
    config.secret_key = Some(key.trim().to_owned());
    Ok(())
}

fn make_key(path: &Path) -> anyhow::Result<String> {
    let key = STANDARD.encode(rand::random::<[u8; 48]>().as_slice());
    let written = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| file.write_all(key.as_bytes()));
    written.with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(key)
}
