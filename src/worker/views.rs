//! Every few seconds: makes lines of the audit trail of the views that wait for one.

use std::time::Duration;

use diesel_async::AsyncConnection;
use tokio::sync::watch;

use crate::{
    error::Result,
    store::{self, Pool, Sight, event},
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
    let waiting = event::organisations_with_views(&mut *store::connection(pool, Sight::Worker).await?).await?;
    for org in waiting {
        let mut conn = store::connection(pool, Sight::Organisation(org)).await?;
        conn.transaction(async |conn| event::gather_views(conn, org).await).await?;
    }
    Ok(())
}
