//! Listening: one pool per worker, graceful shutdown.

use std::{any::Any, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, dev::Server, rt::net::TcpStream};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

use super::{Shared, site};
use crate::store;

/// A server that is bound and ready to be awaited. It stops on SIGTERM and SIGINT after the requests under way.
///
/// # Errors
/// When the address is taken or must not be used; the text names it.
pub fn listen(shared: Arc<Shared>, database_url: String) -> anyhow::Result<Server> {
    let (address, workers, connections) =
        (shared.config.listen, shared.config.workers, shared.config.connections_per_worker);
    let most = most_connections(workers);
    let server = HttpServer::new(move || {
        // A pooled connection is driven by the thread that opened it: every worker has its own pool.
        #[expect(clippy::expect_used, reason = "building a pool opens no connection; it fails only without a runtime")]
        let pool = store::pool(&database_url, connections).expect("a pool");
        App::new().configure(site(Arc::clone(&shared), pool))
    })
    .workers(workers)
    .max_connections(most)
    .on_connect(|connection, _| cut_off_stalled(connection))
    // A file in pieces would wait 40 ms for each to be acknowledged.
    .tcp_nodelay(true)
    .client_request_timeout(Duration::from_secs(10))
    .keep_alive(Duration::from_secs(60))
    .shutdown_timeout(10)
    .bind(address)
    .map_err(|error| {
        anyhow::anyhow!("{address} cannot be listened on ({error}); stop what uses it or set ATTUNE_LISTEN")
    })?;
    Ok(server.run())
}

/// Connections that a worker holds at most. Whoever comes after waits in the kernel, which costs nothing, until one of
/// them is done or has sent nothing for too long.
const PER_WORKER: usize = 512;

/// So many per worker as the process may have files open, which is raised as far as it may be.
fn most_connections(workers: usize) -> usize {
    let Ok((now, most)) = getrlimit(Resource::RLIMIT_NOFILE) else { return PER_WORKER };
    let wanted = most.min(65_536).max(now);
    let files = if setrlimit(Resource::RLIMIT_NOFILE, wanted, most).is_ok() { wanted } else { now };
    // A quarter is left to the database, the mail server and the files that we read ourselves.
    let share = usize::try_from(files).unwrap_or(usize::MAX) / 4 * 3 / workers.max(1);
    share.clamp(16, PER_WORKER)
}

/// The kernel ends a connection whose reader takes nothing for so long: it holds an answer in memory.
const STALLED: Duration = Duration::from_secs(30);

#[cfg(target_os = "linux")]
fn cut_off_stalled(connection: &dyn Any) {
    if let Some(stream) = connection.downcast_ref::<TcpStream>()
        && let Err(error) = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(STALLED))
    {
        tracing::debug!(%error, "a connection has no time limit for its reader");
    }
}

#[cfg(not(target_os = "linux"))]
fn cut_off_stalled(_: &dyn Any) {}
