//! Once an hour: deletes what is of no more use, a little at a time.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;

use crate::{
    clock::Clock,
    error::Result,
    store::{self, Pool, Sight, sweep},
    usecases::{authenticator, sealing::Sealing, sign_on},
};

const INTERVAL: Duration = Duration::from_secs(3600);
/// Soon after the start, and not in its way.
const FIRST: Duration = Duration::from_secs(60);
/// Rows deleted by one statement, and statements per table and hour: no sweep holds anybody up.
const ROWS: i64 = 1000;
const ROUNDS: usize = 50;

/// Sweeps until told to stop.
pub async fn run(pool: Pool, clock: Clock, sealing: Option<Arc<Sealing>>, mut stopped: watch::Receiver<bool>) {
    let mut wait = FIRST;
    while !super::pause(wait, &mut stopped).await {
        if let Some(sealing) = &sealing
            && let Err(error) = reseal(&pool, sealing).await
        {
            tracing::warn!(%error, "what an earlier key sealed was not all sealed anew");
        }
        if let Err(error) = sweep(&pool, &clock, &stopped).await {
            tracing::warn!(%error, "a sweep was not finished");
        }
        wait = INTERVAL;
    }
}

/// Seals with the current secret key what an earlier one sealed, so that the earlier one can be let go.
pub async fn reseal(pool: &Pool, sealing: &Sealing) -> Result<usize> {
    let mut conn = store::connection(pool, Sight::Worker).await?;
    let resealed = authenticator::reseal(&mut conn, sealing).await? + sign_on::reseal(&mut conn, sealing).await?;
    if resealed > 0 {
        tracing::info!(resealed, "sealed anew with the current secret key");
    }
    Ok(resealed)
}

/// One sweep over everything that can grow old.
pub async fn sweep(pool: &Pool, clock: &Clock, stopped: &watch::Receiver<bool>) -> Result<()> {
    for kind in sweep::Kind::ALL {
        let mut deleted = 0;
        for _ in 0..ROUNDS {
            if *stopped.borrow() {
                return Ok(());
            }
            let mut conn = store::connection(pool, Sight::Worker).await?;
            let rows = sweep::delete(&mut conn, kind, clock.now(), ROWS).await?;
            deleted += rows;
            if i64::try_from(rows).unwrap_or(i64::MAX) < ROWS {
                break;
            }
        }
        if deleted > 0 {
            tracing::info!(?kind, deleted, "swept");
        }
    }
    Ok(())
}
