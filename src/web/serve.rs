//! Listening: one pool per worker, graceful shutdown.

use std::{sync::Arc, time::Duration};

use actix_web::{App, HttpServer, dev::Server};

use super::{Shared, site};
use crate::store;

/// A server that is bound and ready to be awaited. It stops on SIGTERM and SIGINT after the requests under way.
///
/// # Errors
/// When the address is taken or must not be used; the text names it.
pub fn listen(shared: Arc<Shared>, database_url: String) -> anyhow::Result<Server> {
    let (address, workers, connections) =
        (shared.config.listen, shared.config.workers, shared.config.connections_per_worker);
    let server = HttpServer::new(move || {
        // A pooled connection is driven by the thread that opened it: every worker has its own pool.
        #[expect(clippy::expect_used, reason = "building a pool opens no connection; it fails only without a runtime")]
        let pool = store::pool(&database_url, connections).expect("a pool");
        App::new().configure(site(Arc::clone(&shared), pool))
    })
    .workers(workers)
    .client_request_timeout(Duration::from_secs(10))
    .keep_alive(Duration::from_secs(60))
    .shutdown_timeout(10)
    .bind(address)
    .map_err(|error| {
        anyhow::anyhow!("{address} cannot be listened on ({error}); stop what uses it or set ATTUNE_LISTEN")
    })?;
    Ok(server.run())
}
