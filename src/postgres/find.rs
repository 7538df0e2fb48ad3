//! Where the PostgreSQL server's programs are on this machine, and which of them to use.

use std::cmp::Reverse;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::unistd::{AccessFlags, access};

use super::EmbeddedError;

/// The oldest major version that Attune works with.
pub(super) const OLDEST_MAJOR: u32 = 14;

/// A folder with `initdb` and `postgres`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    folder: PathBuf,
    major: u32,
}

impl Binaries {
    pub(super) fn initdb(&self) -> PathBuf {
        self.folder.join("initdb")
    }

    pub(super) fn postgres(&self) -> PathBuf {
        self.folder.join("postgres")
    }
}

/// The programs to use: those in `explicit` and no others when it is given, else the newest on this machine; but those
/// of the major version that made the cluster, when there is a cluster.
pub(super) fn find(explicit: Option<&Path>, cluster: &Path, made_by: Option<u32>) -> Result<Binaries, EmbeddedError> {
    let (folders, searched) = match explicit {
        Some(folder) => (vec![folder.to_path_buf()], format!("{} (ATTUNE_PG_BIN)", folder.display())),
        None => (usual_folders(), "PATH, beside Attune and the usual folders".to_owned()),
    };
    let mut found: Vec<Binaries> = Vec::new();
    for binaries in folders.iter().filter_map(|folder| look_in(folder)) {
        if binaries.major >= OLDEST_MAJOR && !found.contains(&binaries) {
            found.push(binaries);
        }
    }
    if found.is_empty() {
        return Err(EmbeddedError::MissingBinaries { oldest: OLDEST_MAJOR, searched });
    }
    choose(found, cluster, made_by)
}

/// The program of that name on the PATH.
pub(super) fn on_path(name: &str) -> Option<PathBuf> {
    path_folders().map(|folder| folder.join(name)).find(|program| is_executable(program))
}

fn choose(mut found: Vec<Binaries>, cluster: &Path, made_by: Option<u32>) -> Result<Binaries, EmbeddedError> {
    // A stable sort: of two with the same version the one found first stays first.
    found.sort_by_key(|binaries| Reverse(binaries.major));
    let majors: Vec<String> = found.iter().map(|binaries| binaries.major.to_string()).collect();
    found.into_iter().find(|binaries| made_by.is_none_or(|major| major == binaries.major)).ok_or_else(|| {
        EmbeddedError::OtherMajor {
            folder: cluster.to_path_buf(),
            made_by: made_by.unwrap_or_default(),
            found: majors.join(", "),
        }
    })
}

fn usual_folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Some(beside) = env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_path_buf)) {
        folders.push(beside);
    }
    // A program on the PATH is often a link into the folder that holds all of them.
    folders
        .extend(on_path("initdb").and_then(|program| fs::canonicalize(program).ok()?.parent().map(Path::to_path_buf)));
    for (parent, prefix) in [("/usr/lib/postgresql", ""), ("/usr", "pgsql-"), ("/opt/homebrew/opt", "postgresql@")] {
        let Ok(entries) = fs::read_dir(parent) else { continue };
        let versions = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
        folders.extend(versions.map(|entry| entry.path().join("bin")));
    }
    folders.push(PathBuf::from("/usr/local/pgsql/bin"));
    folders
}

fn look_in(folder: &Path) -> Option<Binaries> {
    let folder = fs::canonicalize(folder).ok()?;
    let postgres = folder.join("postgres");
    if !is_executable(&folder.join("initdb")) || !is_executable(&postgres) {
        return None;
    }
    let output = Command::new(postgres).arg("--version").output().ok()?;
    let major = major_version(&String::from_utf8_lossy(&output.stdout))?;
    Some(Binaries { folder, major })
}

/// `15` of `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
fn major_version(text: &str) -> Option<u32> {
    let version = text.split("(PostgreSQL) ").nth(1)?;
    let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn path_folders() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).filter(|folder| folder.is_absolute()).collect::<Vec<_>>().into_iter()
}

fn is_executable(program: &Path) -> bool {
    program.is_file() && access(program, AccessFlags::X_OK).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binaries(folder: &str, major: u32) -> Binaries {
        Binaries { folder: folder.into(), major }
    }

    #[test]
    fn the_major_version_is_read_from_what_the_server_prints() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta2\n"), Some(18));
        assert_eq!(major_version("postgres: command not found"), None);
    }

    #[test]
    fn a_new_cluster_is_made_by_the_newest_programs() {
        let found = vec![binaries("/a", 15), binaries("/b", 17), binaries("/c", 17)];

        assert_eq!(choose(found, Path::new("/x"), None).unwrap(), binaries("/b", 17));
    }

    #[test]
    fn a_cluster_is_run_by_the_programs_of_its_own_version() {
        let found = vec![binaries("/a", 15), binaries("/b", 17)];

        assert_eq!(choose(found, Path::new("/x"), Some(15)).unwrap(), binaries("/a", 15));
    }

    #[test]
    fn a_cluster_of_a_version_that_is_not_here_says_which_to_install() {
        let found = vec![binaries("/a", 15), binaries("/b", 17)];

        let message = choose(found, Path::new("/x"), Some(16)).unwrap_err().to_string();

        assert!(
            message.contains("was made by PostgreSQL 16, but only 17, 15 is here; install postgresql-16"),
            "{message}"
        );
    }
}
