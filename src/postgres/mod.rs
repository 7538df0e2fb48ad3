//! The embedded database: the system's own PostgreSQL programs, run as a child over a private unix socket.
//!
//! Below the data folder there is one folder, `postgres`, with the cluster, the socket, a log and a lock file.
//! Whoever holds the lock owns the server: starts it, starts it again when it dies, and stops it. Whoever comes
//! second uses the server of the first, and takes the lock over when the first is gone.

mod account;
mod cluster;
mod error;
mod find;
mod home;
mod keeper;
mod server;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

pub use error::EmbeddedError;
use keeper::{Keeper, Shared};

/// How to run the embedded server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Attune's data folder. It is created when it is not there; the server gets the folder `postgres` in it.
    pub data_folder: PathBuf,
    /// The folder that holds `initdb` and `postgres` (`ATTUNE_PG_BIN`), or nothing to look in the usual places.
    pub bin: Option<PathBuf>,
    /// Trades safety on power loss for speed (`fsync=off`): never for data that anybody wants to keep. What was committed
    /// still survives a kill of the server.
    pub for_tests: bool,
}

/// A running server. It is stopped by [`stop`](Self::stop) or when the value is dropped, and kept running until then:
/// a thread starts it again whenever it dies.
#[derive(Debug)]
pub struct Embedded {
    shared: Arc<Shared>,
    socket: PathBuf,
    keeper: Mutex<Option<JoinHandle<()>>>,
}

impl Embedded {
    /// Starts the server, creating its cluster and the database `attune` at first, and returns when it takes connections.
    /// Uses the server that another Attune already runs on the same folder. Blocks for about a second when the
    /// cluster is new, for some hundredths when it is not, and longer when a crash is being recovered from.
    ///
    /// # Errors
    /// Every [`EmbeddedError`] is a sentence for the command line that says what happened and what to do.
    pub fn start(settings: &Settings) -> Result<Self, EmbeddedError> {
        let (shared, socket, keeper) = Keeper::start(settings.clone())?;
        Ok(Self { shared, socket, keeper: Mutex::new(Some(keeper)) })
    }

    /// A connection string for `database` as its owner, valid for as long as this value is, whether the server was
    /// restarted or not. `attune` is the database to serve from.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        self.url_of("attune", database)
    }

    /// The same as the account that serves requests: it owns nothing, and a migration makes it.
    #[must_use]
    pub fn serving_url(&self, database: &str) -> String {
        self.url_of("attune_serving", database)
    }

    fn url_of(&self, account: &str, database: &str) -> String {
        format!("postgresql://{account}@{}/{}", percent_encoded(path_text(&self.socket)), percent_encoded(database))
    }

    /// The server's process, or nothing while it is being started again.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.shared.pid()
    }

    /// Whether the server ran and took connections at the last look, which is a tenth of a second ago at most.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.pid().is_some()
    }

    /// Ends all sessions, stops the server and waits until it has stopped. A server that another Attune runs is left
    /// running. Does nothing the second time.
    pub fn stop(&self) {
        let keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(keeper) = keeper {
            self.shared.ask_to_stop();
            keeper.thread().unpark();
            if keeper.join().is_err() {
                tracing::error!("the thread that keeps the database server running has panicked");
            }
        }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The path as text. [`home::Home`] lets only such paths through.
fn path_text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_one_part_of_a_url() {
        assert_eq!(percent_encoded("/srv/Åsa's data/x-1_2.~"), "%2Fsrv%2F%C3%85sa%27s%20data%2Fx-1_2.~");
    }
}
