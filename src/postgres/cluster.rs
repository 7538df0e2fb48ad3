//! The folder with the server's data: made whole or not at all, used by one Attune at a time.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::Path;
use std::process::{Command, Stdio};

use nix::unistd::Uid;

use super::account::Account;
use super::find::Binaries;
use super::home::{Home, open_private};
use super::server::mortal;
use super::{EmbeddedError, path_text};

/// The right to start, stop and change the server of a folder. The kernel takes it back when the process ends, however
/// it ends, so a lock is never stale.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// The lock, or nothing when another process (or another part of this one) has it.
    pub(super) fn try_take(path: &Path) -> Result<Option<Self>, EmbeddedError> {
        let mut file = open_private(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(EmbeddedError::io("lock", path)(error)),
        }
        // Only for the eyes of whoever is turned away.
        file.set_len(0)
            .and_then(|()| writeln!(file, "pid {}", std::process::id()))
            .map_err(EmbeddedError::io("write", path))?;
        Ok(Some(Self { _file: file }))
    }

    /// What the holder of the lock wrote about itself.
    pub(super) fn holder(path: &Path) -> String {
        let mut text = String::new();
        match open_private(path).map(|file| file.take(64).read_to_string(&mut text)) {
            Ok(Ok(_)) if !text.trim().is_empty() => text.trim().to_owned(),
            _ => "unknown".to_owned(),
        }
    }
}

/// The major version that made the cluster, or nothing when there is no cluster yet.
pub(super) fn made_by(cluster: &Path) -> Result<Option<u32>, EmbeddedError> {
    let version = cluster.join("PG_VERSION");
    let not_a_cluster = || EmbeddedError::NotACluster { folder: cluster.to_path_buf() };
    match fs::read_to_string(&version) {
        Ok(text) => text.trim().parse().map(Some).map_err(|_| not_a_cluster()),
        Err(error) if error.kind() == ErrorKind::NotFound => match fs::read_dir(cluster) {
            Ok(mut entries) => {
                if entries.next().is_none() {
                    Ok(None)
                } else {
                    Err(not_a_cluster())
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(EmbeddedError::io("read", cluster)(error)),
        },
        Err(error) if error.kind() == ErrorKind::NotADirectory => Err(not_a_cluster()),
        Err(error) => Err(EmbeddedError::io("read", &version)(error)),
    }
}

/// Makes a cluster with the superuser and the database `attune`, aside first and then renamed, so that a crash or a
/// full disk in the middle leaves nothing that looks like a cluster. The caller holds the lock.
pub(super) fn create(
    home: &Home,
    binaries: &Binaries,
    account: &Account,
    for_tests: bool,
) -> Result<(), EmbeddedError> {
    tracing::info!(folder = %home.cluster.display(), "creating the database");
    let made = remove(&home.fresh).and_then(|()| make(home, binaries, account, for_tests));
    if made.is_err() {
        // What could not be finished would only take up space; the reason is worth more than a second complaint.
        let _ = remove(&home.fresh);
    }
    made
}

/// Gives back to the account a cluster that a restored copy left in the hands of root. The caller holds the lock.
pub(super) fn reclaim(cluster: &Path, account: &Account) -> Result<(), EmbeddedError> {
    let found = fs::metadata(cluster).map_err(EmbeddedError::io("open", cluster))?;
    if Uid::effective().is_root() && found.uid() == 0 {
        return account.give(cluster);
    }
    if found.uid() != account.uid {
        return Err(EmbeddedError::NotOurs { path: cluster.to_path_buf() });
    }
    Ok(())
}

fn make(home: &Home, binaries: &Binaries, account: &Account, for_tests: bool) -> Result<(), EmbeddedError> {
    let fresh = &home.fresh;
    DirBuilder::new().mode(0o700).create(fresh).map_err(EmbeddedError::io("create", fresh))?;
    account.give(fresh)?;

    let mut initdb = mortal(account, binaries, &binaries.initdb());
    initdb.args(["--username=attune", "--encoding=UTF8", "--locale=C.UTF-8", "--lc-messages=C", "--data-checksums"]);
    initdb.args(["--auth-local=trust", "--auth-host=reject", "--pgdata", path_text(fresh)]);
    initdb.args(for_tests.then_some("--no-sync"));
    let said = run(initdb.current_dir(fresh), "")?;
    if !said.success {
        return Err(EmbeddedError::said("initdb could not create a database", &said.text, &home.folder));
    }

    // A server for one session, which needs no socket; it prints errors and still ends well.
    let mut single = mortal(account, binaries, &binaries.postgres());
    single.args(["--single", "-D", path_text(fresh)]);
    single.args(for_tests.then_some(["-c", "fsync=off"]).into_iter().flatten());
    let said = run(single.arg("postgres").current_dir(fresh), "CREATE DATABASE attune\n")?;
    if !said.success || said.text.contains("ERROR:") {
        return Err(EmbeddedError::said("PostgreSQL could not create the database attune", &said.text, &home.folder));
    }

    fs::rename(fresh, &home.cluster).map_err(EmbeddedError::io("rename", fresh))?;
    File::open(&home.folder).and_then(|folder| folder.sync_all()).map_err(EmbeddedError::io("write", &home.folder))
}

struct Said {
    success: bool,
    text: String,
}

/// Runs a program to its end with `input`, and keeps what it writes.
fn run(command: &mut Command, input: &str) -> Result<Said, EmbeddedError> {
    let program = Path::new(command.get_program()).to_path_buf();
    let failed = || EmbeddedError::io("run", &program);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed())?;
    if let Some(mut stdin) = child.stdin.take() {
        match stdin.write_all(input.as_bytes()) {
            // A program that is gone before it has read says why on its way out.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(failed()(error)),
            _ => {}
        }
    }
    let output = child.wait_with_output().map_err(failed())?;
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).join("\n");
    Ok(Said { success: output.status.success(), text })
}

fn remove(folder: &Path) -> Result<(), EmbeddedError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(EmbeddedError::io("remove", folder)(error)),
        _ => Ok(()),
    }
}
