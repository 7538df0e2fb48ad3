//! The thread that owns the server: it starts it, starts it again when it dies, and stops it.
//!
//! One thread for all of it, because the kernel's death signal follows the thread that started the server, and because
//! a process may only be signalled safely by whoever waits for it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::account::Account;
use super::cluster::{self, Lock};
use super::find::find;
use super::home::Home;
use super::server::{Postmaster, Server, clear_remains};
use super::{EmbeddedError, Settings};

/// Between two looks at the server.
const LOOK: Duration = Duration::from_millis(100);

/// How long somebody else's server may take to come up before we say that the folder is in use. A cluster is made and
/// started in about a second, on slow disks in ten.
const PATIENCE: Duration = Duration::from_secs(30);

/// The pause before a server that died is started again: the first, and the longest that doubling leads to.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(30));

/// A server that ran that long before it died is started again as if it were the first time.
const STEADY: Duration = Duration::from_secs(60);

/// What the thread and the rest of Attune know together.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Zero when no server runs.
    pid: AtomicU32,
    stopping: AtomicBool,
}

impl Shared {
    pub(super) fn pid(&self) -> Option<u32> {
        Some(self.pid.load(Ordering::Acquire)).filter(|pid| *pid != 0)
    }

    pub(super) fn ask_to_stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    fn set_pid(&self, pid: i32) {
        self.pid.store(pid.cast_unsigned(), Ordering::Release);
    }
}

/// The thread's own state.
pub(super) struct Keeper {
    settings: Settings,
    home: Home,
    lock: Option<Lock>,
    shared: Arc<Shared>,
}

/// A server that takes connections.
enum Running {
    /// Our child.
    Own(Server),
    /// Run by another Attune.
    Theirs(Postmaster),
}

impl Keeper {
    /// Starts the thread and waits until there is a server. Also returns the folder of the server's socket.
    pub(super) fn start(settings: Settings) -> Result<(Arc<Shared>, PathBuf, JoinHandle<()>), EmbeddedError> {
        let home = Home::prepare(&settings.data_folder)?;
        let folder = home.folder.clone();
        let shared = Arc::new(Shared::default());
        let mut keeper = Self { settings, home, lock: None, shared: Arc::clone(&shared) };
        let (tell, told) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("postgres".to_owned())
            .spawn(move || match keeper.acquire() {
                Ok(running) => {
                    let _ = tell.send(Ok(keeper.home.socket.clone()));
                    keeper.keep(running);
                }
                Err(error) => drop(tell.send(Err(error))),
            })
            .map_err(EmbeddedError::io("start a thread for", &folder))?;
        match told.recv() {
            Ok(Ok(socket)) => Ok((shared, socket, thread)),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(EmbeddedError::said("the thread that starts PostgreSQL panicked", "", &folder)),
        }
    }

    /// Looks after the server until we are to stop.
    fn keep(&mut self, mut running: Running) {
        let mut since = Instant::now();
        let mut pause = PAUSES.0;
        loop {
            while !self.shared.is_stopping() && self.is_alive(&mut running) {
                thread::park_timeout(LOOK);
            }
            self.shared.set_pid(0);
            if self.shared.is_stopping() {
                if let Running::Own(server) = running {
                    server.stop();
                    self.home.remove_distant_socket_folder();
                }
                return;
            }
            if since.elapsed() > STEADY {
                pause = PAUSES.0;
            }
            tracing::error!("the database server died; starting it again");
            running = loop {
                thread::park_timeout(pause);
                if self.shared.is_stopping() {
                    return;
                }
                pause = (pause * 2).min(PAUSES.1);
                match self.acquire() {
                    Ok(running) => break running,
                    Err(error) => tracing::error!(%error, "the database server could not be started again"),
                }
            };
            since = Instant::now();
            tracing::info!("the database server runs again");
        }
    }

    /// A server: the one that another Attune runs on this folder, or else our own.
    fn acquire(&mut self) -> Result<Running, EmbeddedError> {
        let started = Instant::now();
        let running = loop {
            if self.lock.is_none() {
                self.lock = Lock::try_take(&self.home.lock)?;
            }
            if self.lock.is_some() {
                break Running::Own(self.start_own()?);
            }
            let theirs = Postmaster::read(&self.home.cluster);
            if let Some(theirs) = theirs.filter(|it| it.is_ready && it.is_here(&self.home.cluster)) {
                self.home.socket.clone_from(&theirs.socket);
                break Running::Theirs(theirs);
            }
            if started.elapsed() > PATIENCE || self.shared.is_stopping() {
                let holder = Lock::holder(&self.home.lock);
                return Err(EmbeddedError::InUse { folder: self.home.folder.clone(), holder });
            }
            thread::sleep(LOOK / 5);
        };
        self.shared.set_pid(match &running {
            Running::Own(server) => server.pid(),
            Running::Theirs(theirs) => theirs.pid,
        });
        Ok(running)
    }

    fn start_own(&self) -> Result<Server, EmbeddedError> {
        let (home, for_tests) = (&self.home, self.settings.for_tests);
        clear_remains(&home.cluster)?;
        let made_by = cluster::made_by(&home.cluster)?;
        let binaries = find(self.settings.bin.as_deref(), &home.cluster, made_by)?;
        let account = Account::choose(home, &binaries)?;
        match made_by {
            Some(_) => cluster::reclaim(&home.cluster, &account)?,
            None => {
                clear_remains(&home.fresh)?;
                cluster::create(home, &binaries, &account, for_tests)?;
            }
        }
        Server::start(home, &binaries, &account, for_tests, &self.shared)
    }

    fn is_alive(&self, running: &mut Running) -> bool {
        match running {
            Running::Own(server) => server.is_alive(),
            Running::Theirs(theirs) => theirs.is_here(&self.home.cluster),
        }
    }
}
