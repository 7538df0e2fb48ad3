//! The account that the server runs as: our own, or one with few rights when we are root, whom PostgreSQL refuses.

use std::fs;
use std::os::unix::fs::{MetadataExt, lchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::unistd::{Gid, Uid, User};

use super::EmbeddedError;
use super::find::Binaries;
use super::home::Home;

/// Whom to be instead of root, best first.
const UNPRIVILEGED: [&str; 3] = ["attune", "postgres", "nobody"];

/// Somebody who may run the server.
#[derive(Debug, Clone)]
pub(super) struct Account {
    name: String,
    pub(super) uid: u32,
    gid: u32,
}

impl Account {
    /// Our own account; for root, the one that owns the cluster, or the first unprivileged one that can get to the folder.
    pub(super) fn choose(home: &Home, binaries: &Binaries) -> Result<Self, EmbeddedError> {
        if !Uid::effective().is_root() {
            return Ok(Self::ours());
        }
        let candidates = match fs::metadata(&home.cluster) {
            Ok(cluster) if cluster.uid() != 0 => vec![Self::owner(cluster.uid(), cluster.gid())],
            _ => UNPRIVILEGED.iter().filter_map(|name| Self::named(name)).collect(),
        };
        let Some(best) = candidates.first() else {
            return Err(EmbeddedError::NoAccount { accounts: UNPRIVILEGED.join(", ") });
        };
        if let Some(able) = candidates.iter().find(|account| account.enters(&home.folder, binaries)) {
            return Ok(able.clone());
        }
        Err(best.hindrance(home, binaries))
    }

    /// A command run by this account, with nothing of our environment but the PATH.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").env("TZ", "UTC");
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        if self.is_another() {
            // With a uid to change to, the standard library also drops root's supplementary groups.
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Makes the account the owner of a file or folder of ours, and of all that is in it.
    pub(super) fn give(&self, path: &Path) -> Result<(), EmbeddedError> {
        if !self.is_another() {
            return Ok(());
        }
        lchown(path, Some(self.uid), Some(self.gid)).map_err(EmbeddedError::io("give away", path))?;
        if fs::symlink_metadata(path).is_ok_and(|found| found.is_dir()) {
            for entry in fs::read_dir(path).map_err(EmbeddedError::io("read", path))? {
                self.give(&entry.map_err(EmbeddedError::io("read", path))?.path())?;
            }
        }
        Ok(())
    }

    fn ours() -> Self {
        let (uid, gid) = (Uid::effective(), Gid::effective());
        Self { name: format!("uid {uid}"), uid: uid.as_raw(), gid: gid.as_raw() }
    }

    fn owner(uid: u32, gid: u32) -> Self {
        let user = User::from_uid(Uid::from_raw(uid)).ok().flatten();
        user.map_or_else(|| Self { name: format!("uid {uid}"), uid, gid }, Self::from)
    }

    fn named(name: &str) -> Option<Self> {
        User::from_name(name).ok().flatten().map(Self::from)
    }

    fn is_another(&self) -> bool {
        self.uid != Uid::effective().as_raw()
    }

    /// Whether the account can be in `folder`, tried by being there: mode bits do not tell of access lists or network disks.
    fn enters(&self, folder: &Path, binaries: &Binaries) -> bool {
        let mut command = self.command(&binaries.postgres());
        command.arg("--version").current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// Why the account cannot be in the folder: the first folder on the way that keeps it out, or programs it may not run.
    fn hindrance(&self, home: &Home, binaries: &Binaries) -> EmbeddedError {
        let program = binaries.postgres();
        if !self.enters(Path::new("/"), binaries) {
            return EmbeddedError::NotRunnable { account: self.name.clone(), program };
        }
        let way: Vec<&Path> = home.folder.ancestors().collect();
        let blocked = way.into_iter().rev().find(|folder| !self.enters(folder, binaries));
        let blocked = blocked.map_or_else(|| home.folder.clone(), PathBuf::from);
        EmbeddedError::NotEnterable { account: self.name.clone(), blocked }
    }
}

impl From<User> for Account {
    fn from(user: User) -> Self {
        Self { name: user.name, uid: user.uid.as_raw(), gid: user.gid.as_raw() }
    }
}
