//! What can go wrong with the embedded server, in sentences that say what to do.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::error::is_full_disk;

/// Why the embedded server did not start. Each is printed as it is on the command line.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// No usable `initdb` and `postgres`.
    #[error(
        "no PostgreSQL server of version {oldest} or newer was found in {searched}; install one (Debian: apt-get install postgresql) \
         or set ATTUNE_PG_BIN to the folder that holds initdb and postgres"
    )]
    MissingBinaries {
        /// The oldest major version that Attune works with.
        oldest: u32,
        /// Where it was looked for.
        searched: String,
    },
    /// The cluster was made by a major version that is not installed.
    #[error(
        "the database in {folder} was made by PostgreSQL {made_by}, but only {found} is here; install postgresql-{made_by} or set \
         ATTUNE_PG_BIN to the folder that holds its programs (pg_upgrade moves a database to a newer version)"
    )]
    OtherMajor {
        /// The cluster.
        folder: PathBuf,
        /// The major version that made it.
        made_by: u32,
        /// The major versions that were found, such as `15, 16`.
        found: String,
    },
    /// Another process holds the lock, and no server that could be used came up.
    #[error(
        "{folder} is in use by another process ({holder}) that offers no database; end that process or choose another data folder"
    )]
    InUse {
        /// The folder.
        folder: PathBuf,
        /// What is known of the process, such as `pid 4711`.
        holder: String,
    },
    /// Where the cluster should be there is something else.
    #[error("{folder} holds something else than a PostgreSQL database; move it away or choose another data folder")]
    NotACluster {
        /// The folder.
        folder: PathBuf,
    },
    /// No space is left, or no quota.
    #[error("the disk that holds {folder} is full; free some space (a new database needs about 60 MB) and start again")]
    DiskFull {
        /// The folder.
        folder: PathBuf,
    },
    /// Attune's own account may not use the folder.
    #[error(
        "this account may not use {path}, which belongs to another; run Attune as the account that owns it, or choose another data folder"
    )]
    NotOurs {
        /// The file or folder.
        path: PathBuf,
    },
    /// The account that the server would run as cannot get to the data folder.
    #[error(
        "PostgreSQL refuses to run as root, and the account {account} may not enter {blocked}; choose a data folder that it can reach, \
         such as /var/lib/attune, or run: chmod a+x {blocked}"
    )]
    NotEnterable {
        /// The account.
        account: String,
        /// The first folder on the way that it may not enter.
        blocked: PathBuf,
    },
    /// The account that the server would run as may not run its programs.
    #[error(
        "PostgreSQL refuses to run as root, and the account {account} may not run {program}; install PostgreSQL where every account \
         can run it, or set ATTUNE_PG_BIN to a folder where that is so"
    )]
    NotRunnable {
        /// The account.
        account: String,
        /// The server.
        program: PathBuf,
    },
    /// Attune runs as root and there is no other account to run the server as.
    #[error(
        "PostgreSQL refuses to run as root, and there is none of the accounts {accounts}; create one (useradd --system attune) or start \
         Attune from an ordinary account"
    )]
    NoAccount {
        /// The names that were tried.
        accounts: String,
    },
    /// The path cannot be put in a connection string.
    #[error(
        "the path {path:?} cannot be used for a database; choose a data folder whose path is plain UTF-8 without line breaks"
    )]
    OddPath {
        /// The path.
        path: PathBuf,
    },
    /// Anything else that one of PostgreSQL's programs said.
    #[error("{what}; this is what it said last:\n{tail}\nmend that and start again")]
    Failed {
        /// What did not work.
        what: String,
        /// The last lines that the program wrote.
        tail: String,
    },
    /// Anything else that the system said.
    #[error("could not {doing} {path}: {source}; mend that and start again")]
    Io {
        /// What was tried, such as `create`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl EmbeddedError {
    /// For `map_err`: what the system said about `path`, told by its cause where that is known.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { folder: path },
            ErrorKind::PermissionDenied => Self::NotOurs { path },
            _ => Self::Io { doing, path, source },
        }
    }

    /// What a program that works in `folder` said before it failed, told by its cause where that is known.
    pub(super) fn said(what: impl Into<String>, text: &str, folder: &Path) -> Self {
        // The programs run with LC_ALL=C, so these are the words of strerror in English.
        if is_full_disk(text) {
            return Self::DiskFull { folder: folder.to_path_buf() };
        }
        Self::Failed { what: what.into(), tail: tail(text) }
    }
}

/// The last lines, enough to see a cause and few enough for a terminal.
fn tail(text: &str) -> String {
    const LINES: usize = 12;
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.is_empty() {
        return "(nothing)".to_owned();
    }
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_recognised_in_what_a_program_says() {
        let text = "initdb: error: could not write to file \"pg_wal/xlogtemp.7\": No space left on device\n";

        let error = EmbeddedError::said("initdb failed", text, Path::new("/srv/data"));

        assert!(matches!(error, EmbeddedError::DiskFull { .. }));
        assert!(error.to_string().contains("/srv/data is full; free some space"));
        let half = "FATAL:  could not extend file \"base/1/2691\": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.";
        assert!(matches!(
            EmbeddedError::said("initdb failed", half, Path::new("/srv")),
            EmbeddedError::DiskFull { .. }
        ));
    }

    #[test]
    fn a_full_disk_is_recognised_in_what_the_system_says() {
        let error = EmbeddedError::io("create", Path::new("/srv"))(ErrorKind::StorageFull.into());

        assert!(matches!(error, EmbeddedError::DiskFull { .. }));
    }

    #[test]
    fn anything_else_shows_the_last_lines() {
        let text: String = (1..=40).map(|n| format!("line {n}\n")).collect();

        let message = EmbeddedError::said("initdb failed", &text, Path::new("/srv")).to_string();

        assert!(message.starts_with("initdb failed; this is what it said last:\nline 29\n"));
        assert!(message.contains("line 40\nmend that"));
    }

    #[test]
    fn a_silent_program_is_said_to_be_silent() {
        let message = EmbeddedError::said("initdb failed", "\n \n", Path::new("/srv")).to_string();

        assert!(message.contains("(nothing)"));
    }
}
