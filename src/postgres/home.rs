//! The paths of one embedded server, all below the data folder except a socket whose path would be too long there.

use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use nix::libc::O_NOFOLLOW;
use nix::unistd::Uid;

use super::EmbeddedError;
use super::account::Account;

/// What the kernel takes for the path of a unix socket, in bytes.
const LONGEST_SOCKET: usize = 107;

/// The name that PostgreSQL gives to its socket, after its port.
const SOCKET_NAME: &str = ".s.PGSQL.5432";

/// The folder `postgres` in the data folder and what is in it.
#[derive(Debug, Clone)]
pub(super) struct Home {
    pub(super) folder: PathBuf,
    /// The server's data. It is there whole or not at all.
    pub(super) cluster: PathBuf,
    /// A cluster that is being made, or that somebody could not finish making.
    pub(super) fresh: PathBuf,
    /// The folder for the server's socket.
    pub(super) socket: PathBuf,
    pub(super) log: PathBuf,
    pub(super) lock: PathBuf,
}

impl Home {
    /// Creates the data folder and the folder `postgres` where they are missing. Run as root, both may be passed
    /// through by every account, and what is inside is private by itself.
    pub(super) fn prepare(data_folder: &Path) -> Result<Self, EmbeddedError> {
        let mode = if Uid::effective().is_root() { 0o711 } else { 0o700 };
        create_folder(data_folder, mode)?;
        let data_folder = fs::canonicalize(data_folder).map_err(EmbeddedError::io("open", data_folder))?;
        match data_folder.to_str() {
            Some(text) if !text.contains(['\n', '\r']) => {}
            _ => return Err(EmbeddedError::OddPath { path: data_folder }),
        }
        let folder = data_folder.join("postgres");
        create_folder(&folder, mode)?;
        Ok(Self {
            cluster: folder.join("cluster"),
            fresh: folder.join("cluster.new"),
            socket: socket_folder(&folder),
            log: folder.join("log"),
            lock: folder.join("lock"),
            folder,
        })
    }

    /// Creates the socket's folder, for the account alone.
    pub(super) fn create_socket_folder(&self, account: &Account) -> Result<(), EmbeddedError> {
        match DirBuilder::new().mode(0o700).create(&self.socket) {
            Ok(()) => return account.give(&self.socket),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(EmbeddedError::io("create", &self.socket)(error)),
        }
        let found = fs::symlink_metadata(&self.socket).map_err(EmbeddedError::io("open", &self.socket))?;
        if found.is_dir() && found.uid() == 0 && Uid::effective().is_root() {
            // Root restored a copy of the data folder.
            let private = Permissions::from_mode(0o700);
            fs::set_permissions(&self.socket, private).map_err(EmbeddedError::io("open", &self.socket))?;
            return account.give(&self.socket);
        }
        // In the system's temporary folder anybody may have been there first.
        if !found.is_dir() || found.uid() != account.uid || found.mode() & 0o077 != 0 {
            return Err(EmbeddedError::NotOurs { path: self.socket.clone() });
        }
        Ok(())
    }

    /// Removes the socket's folder when it is in the system's temporary folder, where nobody would look for it. The
    /// caller holds the lock, and the server has stopped.
    pub(super) fn remove_distant_socket_folder(&self) {
        if !self.socket.starts_with(&self.folder) {
            // An empty folder that stays does no harm.
            let _ = fs::remove_dir(&self.socket);
        }
    }
}

/// Opens a file of ours for reading and writing at its end, and never what a link points to: the folder may belong to
/// an account that has fewer rights than we have.
pub(super) fn open_private(path: &Path) -> Result<File, EmbeddedError> {
    OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .custom_flags(O_NOFOLLOW)
        .open(path)
        .map_err(EmbeddedError::io("open", path))
}

fn create_folder(folder: &Path, mode: u32) -> Result<(), EmbeddedError> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(EmbeddedError::io("create", folder))?;
    fs::set_permissions(folder, Permissions::from_mode(mode)).map_err(EmbeddedError::io("create", folder))
}

/// The same folder for the same data folder every time, so that a connection string outlives a restart.
fn socket_folder(folder: &Path) -> PathBuf {
    let inside = folder.join("socket");
    if inside.join(SOCKET_NAME).as_os_str().as_bytes().len() <= LONGEST_SOCKET {
        return inside;
    }
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    env::temp_dir().join(format!("attune-{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_is_in_the_folder_while_its_path_is_short_enough() {
        let longest = PathBuf::from(format!("/{}", "d".repeat(LONGEST_SOCKET - "//socket/".len() - SOCKET_NAME.len())));

        assert_eq!(socket_folder(&longest), longest.join("socket"));
    }

    #[test]
    fn a_socket_whose_path_would_be_too_long_is_in_the_temporary_folder_always_at_the_same_place() {
        let long = PathBuf::from(format!("/{}", "d".repeat(100)));
        let other = PathBuf::from(format!("/{}", "e".repeat(100)));

        assert!(socket_folder(&long).starts_with(env::temp_dir()));
        assert_eq!(socket_folder(&long), socket_folder(&long));
        assert_ne!(socket_folder(&long), socket_folder(&other));
    }
}
