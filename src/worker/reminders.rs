//! Every few minutes: reminds the members for whom something waits and whose day has begun.

use std::time::Duration;

use tokio::sync::watch;

use super::Wake;
use crate::{
    clock::Clock,
    error::Result,
    store::{self, Pool, Sight, wall},
    usecases::reminder,
};

const INTERVAL: Duration = Duration::from_secs(300);
/// Soon after the start, and not in its way.
const FIRST: Duration = Duration::from_secs(20);
/// Organisations looked up at once.
const BATCH: i64 = 100;

/// Reminds until told to stop.
pub async fn run(pool: Pool, site: String, clock: Clock, wake: Wake, mut stopped: watch::Receiver<bool>) {
    let mut wait = FIRST;
    while !super::pause(wait, &mut stopped).await {
        match remind(&pool, &site, &clock, &stopped).await {
            Ok(0) => {}
            Ok(reminded) => {
                tracing::info!(reminded, "reminders written");
                wake.wake();
            }
            Err(error) => tracing::warn!(%error, "reminders were not finished"),
        }
        wait = INTERVAL;
    }
}

/// One round over all organisations that want reminders. What goes wrong in one is no reason to leave out the next.
pub async fn remind(pool: &Pool, site: &str, clock: &Clock, stopped: &watch::Receiver<bool>) -> Result<usize> {
    let mut conn = store::connection(pool, Sight::Worker).await?;
    let (mut reminded, mut after) = (0, None);
    loop {
        let organisations = store::reminder::organisations(&mut conn, after, BATCH).await?;
        let Some((last, _)) = organisations.last() else { return Ok(reminded) };
        after = Some(last.id);
        for (organisation, policy) in &organisations {
            if *stopped.borrow() {
                return Ok(reminded);
            }
            wall::look(&mut conn, Sight::Organisation(organisation.id)).await?;
            match reminder::remind(&mut conn, organisation, policy, site, clock.now()).await {
                Ok(sent) => reminded += sent,
                Err(error) => tracing::warn!(%error, organisation = %organisation.id, "not reminded"),
            }
        }
        wall::look(&mut conn, Sight::Worker).await?;
    }
}
