//! Every few seconds: makes lines of the audit trail of the views that wait for one.

use std::time::Duration;

use diesel_async::AsyncConnection;
use tokio::sync::watch;

use crate::{
    error::Result,
    store::{self, Pool, event},
};

const INTERVAL: Duration = Duration::from_secs(2);

/// Gathers until told to stop. What waits then becomes lines after the next start.
pub async fn run(pool: Pool, mut stopped: watch::Receiver<bool>) {
    while !super::pause(INTERVAL, &mut stopped).await {
        if let Err(error) = gather(&pool).await {
            tracing::warn!(%error, "views wait longer for the audit trail");
        }
    }
}

/// Gathers once, one organisation after the other, so that no trail is held for longer than its own views take.
pub async fn gather(pool: &Pool) -> Result<()> {
    let mut conn = store::connection(pool).await?;
    for org in event::organisations_with_views(&mut conn).await? {
        conn.transaction(async |conn| event::gather_views(conn, org).await).await?;
    }
    Ok(())
}
