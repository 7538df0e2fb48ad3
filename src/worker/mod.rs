//! Work that nobody waits for: sending letters, reminding, writing the trail's views and sweeping up, on a thread and with
//! connections of its own.

pub mod outbox;
pub mod reminders;
pub mod sweeps;
pub mod views;

use std::{sync::Arc, thread, time::Duration};

use tokio::sync::{Notify, watch};

use crate::{
    clock::Clock,
    config::{self, Config},
    domain::email::EmailAddress,
    mail::Transport,
    store,
    usecases::sealing::Sealing,
};
use outbox::{Outbox, Way};

/// Tells the worker that a letter is waiting, so that it need not wait for the next look. Best effort: letters are found
/// without it, a little later.
#[derive(Clone, Debug, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// To be called after the commit.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// The running worker of this process. Several processes may have one each on the same database.
pub struct Worker {
    thread: Option<thread::JoinHandle<()>>,
    stop: watch::Sender<bool>,
}

/// One connection each for the letters, the reminders, the views and the sweeps.
const CONNECTIONS: usize = 4;

impl Worker {
    /// Starts to send letters the way that the settings name, to remind, to gather views and to sweep.
    ///
    /// # Errors
    /// When the mail settings cannot work; the text says which and why.
    pub fn start(config: &Config, database_url: &str, clock: Clock, wake: Wake) -> anyhow::Result<Worker> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        // Opened here, so that wrong settings stop the start and not the first letter.
        let (way, pool) = {
            let _inside = runtime.enter();
            (way(config)?, store::pool(database_url, CONNECTIONS)?)
        };
        let site = config.public_url.clone();
        let secret = config.secret_key.as_deref();
        let sealing = secret.map(|secret| Sealing::new(secret, &config.old_secret_keys)).transpose()?.map(Arc::new);
        let (stop, stopped) = watch::channel(false);
        let thread = thread::Builder::new().name("worker".to_owned()).spawn(move || {
            runtime.block_on(async {
                let letters = async {
                    if let Some(way) = way {
                        let outbox = Outbox::new(pool.clone(), way, site.clone(), clock.clone(), sealing.clone());
                        outbox.run(&wake, stopped.clone()).await;
                    }
                };
                let reminders =
                    reminders::run(pool.clone(), site.clone(), clock.clone(), wake.clone(), stopped.clone());
                let views = views::run(pool.clone(), stopped.clone());
                tokio::join!(
                    letters,
                    reminders,
                    views,
                    sweeps::run(pool.clone(), clock.clone(), sealing.clone(), stopped.clone())
                );
            });
            // Connections that hang must not keep the process from ending.
            runtime.shutdown_timeout(Duration::from_secs(1));
        })?;
        Ok(Worker { thread: Some(thread), stop })
    }

    /// Stops after the letter under way; what was taken with it is given back.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the worker had ended in a panic");
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.end();
    }
}

fn way(config: &Config) -> anyhow::Result<Option<Way>> {
    if config.mail == config::Mail::Mailbox {
        return Ok(Some(Way::Mailbox));
    }
    let from = EmailAddress::parse(&config.mail_from)
        .map_err(|error| anyhow::anyhow!("ATTUNE_MAIL_FROM: {error}, and letters come from it"))?;
    Ok(Transport::open(&config.mail, &from)?.map(Way::Out))
}

/// Sleeps unless told to stop. `true` when told.
async fn pause(wait: Duration, stopped: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        _ = stopped.wait_for(|stopped| *stopped) => true,
        () = tokio::time::sleep(wait) => false,
    }
}
