//! One run of the server: started, waited for, stopped; and servers that lost the process that started them.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::account::Account;
use super::find::{Binaries, on_path};
use super::home::{Home, open_private};
use super::keeper::Shared;
use super::{EmbeddedError, path_text};

/// The server is asked with each of these in turn, and given that long to end: sessions ended and all written;
/// at once, with recovery at the next start; by the kernel.
const WAYS_TO_STOP: [(Signal, Duration); 3] = [
    (Signal::SIGINT, Duration::from_secs(20)),
    (Signal::SIGQUIT, Duration::from_secs(5)),
    (Signal::SIGKILL, Duration::from_secs(5)),
];

/// How long between two looks at a server that is starting or stopping.
const LOOK: Duration = Duration::from_millis(4);

/// A log is put aside at the start that finds it larger, in bytes.
const LARGEST_LOG: u64 = 8 << 20;

/// A server that is our child.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
}

impl Server {
    /// Starts the server on its cluster and waits until it takes connections, through a recovery however long that
    /// takes, or until we are to stop. The caller holds the lock, and no other server runs there.
    pub(super) fn start(
        home: &Home,
        binaries: &Binaries,
        account: &Account,
        for_tests: bool,
        shared: &Shared,
    ) -> Result<Self, EmbeddedError> {
        home.create_socket_folder(account)?;
        let (log, before) = open_log(&home.log)?;
        let mut command = command(home, binaries, account, for_tests);
        let child = command.stderr(log).spawn().map_err(EmbeddedError::io("run", &binaries.postgres()))?;
        let mut server = Self { child };
        let started = Instant::now();
        let mut told = Duration::ZERO;
        while !shared.is_stopping() {
            if Postmaster::read(&home.cluster).is_some_and(|it| it.pid == server.pid() && it.is_ready) {
                break;
            }
            if !server.is_alive() {
                let text = read_from(&home.log, before);
                return Err(EmbeddedError::said("PostgreSQL could not start", &text, &home.folder));
            }
            if started.elapsed() > told + Duration::from_secs(10) {
                told = started.elapsed();
                tracing::info!(seconds = told.as_secs(), "waiting for the database to recover from a crash");
            }
            sleep(LOOK);
        }
        Ok(server)
    }

    pub(super) fn pid(&self) -> i32 {
        self.child.id().cast_signed()
    }

    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Stops the server and waits for its end.
    pub(super) fn stop(mut self) {
        for (signal, patience) in WAYS_TO_STOP {
            // The child has not been waited for while it is alive, so its number is still its own.
            if self.is_alive() {
                let _ = kill(Pid::from_raw(self.pid()), signal);
            }
            if wait_until(patience, || !self.is_alive()) {
                return;
            }
            tracing::warn!(%signal, "the database server did not stop in time");
        }
    }
}

/// What the server tells about itself in the file `postmaster.pid`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Postmaster {
    pub(super) pid: i32,
    pub(super) socket: PathBuf,
    pub(super) is_ready: bool,
}

impl Postmaster {
    /// Nothing when the file is not there or not complete yet. It may also be there when the server is not.
    pub(super) fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(cluster.join("postmaster.pid")).ok()?)
    }

    /// Whether the process is a server that works in this cluster, and not one that got its number later.
    pub(super) fn is_here(&self, cluster: &Path) -> bool {
        match fs::metadata(cluster) {
            Ok(found) if has_proc() => is_server_in(self.pid, &found),
            _ => self.pid > 0 && kill(Pid::from_raw(self.pid), None).is_ok(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        Some(Self {
            pid: lines.first()?.parse().ok()?,
            socket: PathBuf::from(lines.get(4)?),
            is_ready: lines.get(7).is_some_and(|status| *status == "ready"),
        })
    }
}

/// Ends whatever a former owner of the cluster left running there, and what it left lying there. The caller holds the
/// lock, so nobody else cares for those processes.
pub(super) fn clear_remains(cluster: &Path) -> Result<(), EmbeddedError> {
    let started = Instant::now();
    for (signal, patience) in WAYS_TO_STOP {
        let left = servers_in(cluster);
        if left.is_empty() {
            break;
        }
        // A server tells its own processes to end, and they end by themselves when it is gone. Only when that does not
        // help is each of them told.
        let postmaster = Postmaster::read(cluster).map(|it| it.pid).filter(|pid| left.contains(pid));
        match postmaster {
            Some(pid) if signal != Signal::SIGKILL => {
                tracing::warn!(pid, "stopping a database server that lost its owner");
                let _ = kill(Pid::from_raw(pid), signal);
            }
            _ if signal == Signal::SIGINT => {}
            _ => left.iter().for_each(|pid| {
                let _ = kill(Pid::from_raw(*pid), signal);
            }),
        }
        wait_until(patience, || servers_in(cluster).is_empty());
    }
    if let Some(pid) = servers_in(cluster).first() {
        return Err(EmbeddedError::InUse { folder: cluster.to_path_buf(), holder: format!("pid {pid}") });
    }
    if started.elapsed() > LOOK {
        tracing::info!(milliseconds = started.elapsed().as_millis(), "the remains of a former run are gone");
    }
    // The server clears its own file away, except when its number has been given to another process of the same account
    // since, as happens in containers. No server is here, so that cannot be a server's.
    if Postmaster::read(cluster).is_some_and(|it| kill(Pid::from_raw(it.pid), None).is_ok()) && has_proc() {
        let file = cluster.join("postmaster.pid");
        fs::remove_file(&file).map_err(EmbeddedError::io("remove", &file))?;
    }
    Ok(())
}

/// The command line holds every setting, so that a new version of Attune brings new ones to an old cluster.
fn command(home: &Home, binaries: &Binaries, account: &Account, for_tests: bool) -> Command {
    let mut command = mortal(account, binaries, &binaries.postgres());
    command.current_dir(&home.cluster).arg("-D").arg(&home.cluster);
    let socket = format!("unix_socket_directories=\"{}\"", path_text(&home.socket).replace('"', "\"\""));
    let settings = [
        "listen_addresses=",
        "port=5432",
        &socket,
        "unix_socket_permissions=0700",
        "cluster_name=attune",
        "max_connections=64",
        "shared_buffers=64MB",
        // Our queries are short; compiling them would take longer than running them.
        "jit=off",
        "timezone=UTC",
        "log_timezone=UTC",
        "logging_collector=off",
        "log_destination=stderr",
        "log_checkpoints=off",
        // A failed statement and its details hold names and notes, which do not belong into a log.
        "log_error_verbosity=terse",
        "log_min_error_statement=panic",
    ];
    // What was committed still survives a kill of the server, only not a loss of power.
    let careless: &[&str] = if for_tests { &["fsync=off"] } else { &[] };
    for setting in settings.iter().chain(careless) {
        command.args(["-c", setting]);
    }
    // In a process group of its own, Ctrl-C in a terminal reaches us alone: requests end before their database does.
    command.process_group(0).stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// A command for one of PostgreSQL's programs that the kernel stops when we die without having stopped it.
///
/// The call for it (`prctl`) would have to be made in the child between fork and exec, which takes unsafe code, so
/// util-linux's `setpriv` makes it and then becomes the program: same process, same number. The signal comes when the
/// *thread* that forked ends, which is why one thread starts the server and stays for as long as it runs.
/// Where there is no such program, the server lives on and is found and stopped at the next start.
pub(super) fn mortal(account: &Account, binaries: &Binaries, program: &Path) -> Command {
    let wrapped = |setpriv: &Path, program: &Path| {
        let mut command = account.command(setpriv);
        command.args(["--pdeathsig", "INT", "--"]).arg(program);
        command
    };
    // Not every program of that name knows the option.
    let works = |setpriv: &PathBuf| {
        let mut trial = wrapped(setpriv, &binaries.postgres());
        trial.arg("--version").current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        trial.status().is_ok_and(|status| status.success())
    };
    match on_path("setpriv").filter(works) {
        Some(setpriv) => wrapped(&setpriv, program),
        None => account.command(program),
    }
}

/// The processes of PostgreSQL that work in this cluster; their working folder is the cluster.
fn servers_in(cluster: &Path) -> Vec<i32> {
    let Ok(found) = fs::metadata(cluster) else { return Vec::new() };
    if !has_proc() {
        return Postmaster::read(cluster).filter(|it| it.is_here(cluster)).map(|it| it.pid).into_iter().collect();
    }
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid| is_server_in(*pid, &found)).collect()
}

/// Whether the process is one of PostgreSQL's by its name, belongs to the owner of the cluster and works in it. All three, because we
/// may be root and about to send it a signal.
fn is_server_in(pid: i32, cluster: &fs::Metadata) -> bool {
    let process = PathBuf::from(format!("/proc/{pid}"));
    let is_ours = fs::metadata(&process).is_ok_and(|found| found.uid() == cluster.uid());
    let is_postgres = || {
        fs::read_to_string(process.join("comm"))
            .is_ok_and(|name| ["postgres", "initdb", "setpriv"].contains(&name.trim()))
    };
    let works_here = || {
        fs::metadata(process.join("cwd"))
            .is_ok_and(|found| (found.dev(), found.ino()) == (cluster.dev(), cluster.ino()))
    };
    is_ours && is_postgres() && works_here()
}

fn has_proc() -> bool {
    Path::new("/proc/self/cwd").exists()
}

fn wait_until(patience: Duration, mut happened: impl FnMut() -> bool) -> bool {
    let started = Instant::now();
    while !happened() {
        if started.elapsed() > patience {
            return false;
        }
        sleep(LOOK);
    }
    true
}

/// The log, and where in it this run begins.
fn open_log(path: &Path) -> Result<(File, u64), EmbeddedError> {
    if fs::symlink_metadata(path).is_ok_and(|found| found.len() > LARGEST_LOG) {
        fs::rename(path, path.with_extension("old")).map_err(EmbeddedError::io("rename", path))?;
    }
    let file = open_private(path)?;
    let length = file.metadata().map_err(EmbeddedError::io("open", path))?.len();
    Ok((file, length))
}

fn read_from(path: &Path, start: u64) -> String {
    let mut bytes = Vec::new();
    let read = open_private(path).map(|mut file| {
        file.seek(SeekFrom::Start(start))?;
        file.take(64 << 10).read_to_end(&mut bytes)
    });
    match read {
        Ok(Ok(_)) => String::from_utf8_lossy(&bytes).into_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: &str = "4711\n/srv/cluster\n1700000000\n5432\n/srv/socket\n\n  1234567  89\nready   \n";

    #[test]
    fn what_a_server_tells_about_itself_is_read() {
        let expected = Postmaster { pid: 4711, socket: "/srv/socket".into(), is_ready: true };

        assert_eq!(Postmaster::parse(READY), Some(expected));
    }

    #[test]
    fn a_server_that_still_starts_is_not_ready() {
        let starting = READY.replace("ready   ", "starting");

        assert!(!Postmaster::parse(&starting).unwrap().is_ready);
    }

    #[test]
    fn half_a_file_says_nothing() {
        assert_eq!(Postmaster::parse("4711\n/srv/cl"), None);
        assert_eq!(Postmaster::parse(""), None);
    }

    #[test]
    fn another_process_with_the_same_number_is_not_the_server() {
        let ours = std::process::id().cast_signed();
        let postmaster = Postmaster { pid: ours, socket: PathBuf::new(), is_ready: true };

        assert!(!postmaster.is_here(&std::env::current_dir().unwrap()));
    }
}
