//! Sends what waits in the outbox: claim, commit, send outside any transaction, settle behind a fence.

use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::FutureExt;
use tokio::sync::watch;

use super::Wake;
use crate::{
    clock::Clock,
    domain::{
        id::{InterviewId, SeatLinkId},
        letter::wait_after,
        secret_link::SecretPurpose,
    },
    error::{Error, Result},
    mail::{self, Outcome, Reason, Transport},
    store::{
        self, Conn, Pool, Pooled, Sight,
        letter::{self, Lease, Settlement},
    },
    usecases::{sealing::Sealing, seat_link, secret_link},
};

/// Letters taken at once.
const BATCH: i64 = 10;
/// For how long they are held; whatever is not settled by then, another worker may take.
const LEASE: Duration = Duration::from_secs(120);
/// The longest that one letter may take, shorter than the lease. Transports have a shorter deadline of their own.
const DEADLINE: Duration = Duration::from_secs(45);
/// How often to look for letters that nobody woke us for.
const LOOK: Duration = Duration::from_secs(1);
/// How long the queue stands still when the mail server does not answer: this long at first, then twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_secs(15);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Where letters go.
#[derive(Debug)]
pub enum Way {
    Out(Transport),
    /// They stay, with their link, for the mailbox page of a development installation.
    Mailbox,
}

/// The sender of letters. It keeps in memory only what it knows about the mail server's health.
pub struct Outbox {
    pool: Pool,
    way: Way,
    /// The public address, which secret links begin with.
    site: String,
    clock: Clock,
    /// Marks codes; without it no letter with one can be sent.
    sealing: Option<Arc<Sealing>>,
    paused_until: Option<Instant>,
    next_pause: Duration,
    /// Whether the mail server has answered since it last did not.
    answered: bool,
}

impl Outbox {
    pub fn new(pool: Pool, way: Way, site: String, clock: Clock, sealing: Option<Arc<Sealing>>) -> Outbox {
        Outbox { pool, way, site, clock, sealing, paused_until: None, next_pause: FIRST_PAUSE, answered: true }
    }

    /// Sends until told to stop; the letter under way is finished.
    pub async fn run(mut self, wake: &Wake, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            let wait = self.send_due(&stopped).await;
            tokio::select! {
                told = super::pause(wait, &mut stopped) => if told { break },
                () = wake.0.notified() => {}
            }
        }
    }

    /// Sends every letter that is due. Returns how long to wait before looking again.
    pub async fn send_due(&mut self, stopped: &watch::Receiver<bool>) -> Duration {
        loop {
            if let Some(left) = self.pause_left() {
                return left;
            }
            match self.send_batch(stopped).await {
                Ok(taken) if taken == BATCH && !*stopped.borrow() => {}
                Ok(_) => return self.pause_left().unwrap_or(LOOK),
                Err(error) => {
                    // Leases that could not be settled lapse.
                    tracing::warn!(%error, "the outbox could not be worked on");
                    return 5 * LOOK;
                }
            }
        }
    }

    async fn send_batch(&mut self, stopped: &watch::Receiver<bool>) -> Result<i64> {
        let claimed = Instant::now();
        let leases = letter::claim(&mut *self.conn(Sight::Worker).await?, BATCH, LEASE).await?;
        let mut taken = 0;
        for lease in leases {
            taken += 1;
            let too_late = claimed.elapsed() + DEADLINE >= LEASE;
            let settlement = match self.pause_left() {
                Some(after) => Settlement::Untried { after, failure: None },
                None if too_late || *stopped.borrow() => Settlement::Untried { after: Duration::ZERO, failure: None },
                None => self.attempt(&lease).await?,
            };
            self.settle(&lease, &settlement).await?;
        }
        Ok(taken)
    }

    async fn attempt(&mut self, lease: &Lease) -> Result<Settlement> {
        let set_aside = |reason: Reason| Settlement::SetAside { failure: reason.to_string() };
        let mut conn = self.conn(Sight::Organisation(lease.org_id)).await?;
        let Some(words) = letter::leased_words(&mut conn, lease).await? else {
            return Ok(set_aside(Reason::Invalid("to")));
        };
        let link = match words.secret {
            None => None,
            Some(purpose) => match self.mint(&mut conn, lease, purpose).await {
                Ok(secret) => Some(secret),
                Err(Error::Busy) => return Err(Error::Busy),
                Err(error) => {
                    tracing::error!(letter = %lease.letter_id, %error, "the link of a letter could not be minted");
                    return Ok(set_aside(Reason::SecretMissing));
                }
            },
        };
        drop(conn);
        match &self.way {
            Way::Mailbox => Ok(Settlement::Sent { mailbox_link: link }),
            Way::Out(transport) => {
                let words = link.map_or_else(|| words.clone(), |link| words.with_secret(&link));
                let outcome = send(transport, &words).await;
                Ok(self.settlement(lease, outcome))
            }
        }
    }

    /// What takes the place of the link in a letter: an address, or a code.
    async fn mint(&self, conn: &mut Conn, lease: &Lease, purpose: SecretPurpose) -> Result<String> {
        let (org, now) = (lease.org_id, self.clock.now());
        let member = lease.member_id.ok_or(Error::NotFound)?;
        let about = || lease.object_id.ok_or(Error::NotFound);
        let path = match purpose {
            SecretPurpose::Invitation | SecretPurpose::PasswordReset => {
                secret_link::mint(conn, org, member, purpose, now).await?
            }
            SecretPurpose::Seat => {
                seat_link::mint(conn, org, InterviewId(about()?), member, lease.written_at, now).await?
            }
            SecretPurpose::SeatCode => {
                let sealing = self.sealing.as_ref().ok_or(Error::NotFound)?;
                return seat_link::mint_code(conn, sealing, org, SeatLinkId(about()?), now).await;
            }
        };
        Ok(format!("{}{path}", self.site))
    }

    /// What an outcome means for the letter and for the queue.
    fn settlement(&mut self, lease: &Lease, outcome: Outcome) -> Settlement {
        if !matches!(outcome, Outcome::NoAnswer(_)) {
            (self.answered, self.next_pause) = (true, FIRST_PAUSE);
        }
        match outcome {
            Outcome::Sent => Settlement::Sent { mailbox_link: None },
            Outcome::Refused(reason) | Outcome::Unbuildable(reason) => {
                Settlement::SetAside { failure: reason.to_string() }
            }
            Outcome::Temporary(reason) => later(lease, &reason),
            // Once more no answer to this letter, although others were answered in between: then it is the letter.
            Outcome::NoAnswer(reason) if self.answered && was_unanswered(lease) => later(lease, &reason),
            Outcome::NoAnswer(reason) => {
                let after = self.next_pause;
                tracing::warn!(%reason, seconds = after.as_secs(), "the mail server does not answer; letters wait");
                self.paused_until = Some(Instant::now() + after);
                (self.answered, self.next_pause) = (false, (2 * after).min(LONGEST_PAUSE));
                // Behind the others: a letter that makes the server stall must not be the first one again.
                Settlement::Untried { after: after + LOOK, failure: Some(reason.to_string()) }
            }
        }
    }

    async fn settle(&self, lease: &Lease, settlement: &Settlement) -> Result<()> {
        let held = letter::settle(&mut *self.conn(Sight::Organisation(lease.org_id)).await?, lease, settlement).await?;
        let id = lease.letter_id;
        match settlement {
            _ if !held => tracing::warn!(letter = %id, "the lease on a letter had lapsed before it was settled"),
            Settlement::Sent { .. } => tracing::info!(letter = %id, "sent"),
            Settlement::Later { after, failure } => {
                tracing::info!(letter = %id, %failure, seconds = after.as_secs(), "not sent, will be tried again");
            }
            Settlement::SetAside { failure } => tracing::warn!(letter = %id, %failure, "set aside"),
            Settlement::Untried { .. } => {}
        }
        Ok(())
    }

    fn pause_left(&mut self) -> Option<Duration> {
        let left = self.paused_until?.saturating_duration_since(Instant::now());
        if left.is_zero() {
            self.paused_until = None;
        }
        self.paused_until.map(|_| left)
    }

    async fn conn(&self, sight: Sight) -> Result<Pooled> {
        store::connection(&self.pool, sight).await
    }
}

/// Sends once. A letter that makes the mail library panic is one that cannot be built: it stands in nobody's way.
async fn send(transport: &Transport, letter: &mail::Letter) -> Outcome {
    let sending = AssertUnwindSafe(transport.send(letter)).catch_unwind();
    match tokio::time::timeout(DEADLINE, sending).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Outcome::Unbuildable(Reason::Invalid("part")),
        Err(_) => Outcome::NoAnswer(Reason::Deadline),
    }
}

fn later(lease: &Lease, reason: &Reason) -> Settlement {
    let failure = reason.to_string();
    match wait_after(lease.attempts, rand::random()) {
        Some(wait) => Settlement::Later { after: wait.unsigned_abs(), failure },
        None => Settlement::SetAside { failure },
    }
}

/// Whether the attempt before met a server that did not answer.
fn was_unanswered(lease: &Lease) -> bool {
    match lease.failure.as_deref().map(str::parse) {
        Some(Ok(Reason::Answer { code, .. })) => code == 421,
        Some(Ok(Reason::Invalid(_) | Reason::SecretMissing)) | Some(Err(_)) | None => false,
        Some(Ok(_)) => true,
    }
}
