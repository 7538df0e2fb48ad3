//! Passwords: checked when they are chosen, and hashed with Argon2id off the request threads.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::{
    domain::password::{self, Owner, Weakness},
    error::{Complaint, Error, Message, Result},
    store::{member::Member, organisation::Organisation},
};

/// More waiting than this and the product is busy.
const MOST_WAITING: usize = 64;

/// Hashes and checks passwords, two at a time, on the blocking pool.
#[derive(Clone)]
pub struct Hashing {
    params: Params,
    places: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    /// Checked when the address is unknown, so that the answer takes the same time.
    decoy: Arc<str>,
}

impl Hashing {
    /// The cost that OWASP recommends: 19 MiB, two passes, one lane.
    pub fn strong() -> Result<Hashing> {
        Hashing::with(Params::new(19 * 1024, 2, 1, None).map_err(bug)?)
    }

    /// As cheap as Argon2 allows; for tests only.
    pub fn cheap() -> Result<Hashing> {
        Hashing::with(Params::new(8, 1, 1, None).map_err(bug)?)
    }

    fn with(params: Params) -> Result<Hashing> {
        let decoy = hash(&params, "nobody's password")?.into();
        Ok(Hashing {
            params,
            places: Arc::new(Semaphore::new(2)),
            queue: Arc::new(Semaphore::new(MOST_WAITING)),
            decoy,
        })
    }

    /// The PHC string of a password.
    pub async fn hash(&self, password: String) -> Result<String> {
        let params = self.params.clone();
        self.run(move || hash(&params, &password)).await
    }

    /// Whether the password belongs to the stored hash; `None` takes as long and is never right.
    pub async fn verify(&self, stored: Option<String>, password: String) -> Result<bool> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.to_string());
        let params = self.params.clone();
        let right = self
            .run(move || {
                let stored = PasswordHash::new(&stored).map_err(bug)?;
                Ok(argon2(&params).verify_password(password::normal(&password).as_bytes(), &stored).is_ok())
            })
            .await?;
        Ok(known && right)
    }

    /// Argon2id of a text with a given salt, for finding it among others that share the salt.
    pub async fn digest(&self, salt: Vec<u8>, text: String) -> Result<Vec<u8>> {
        let params = self.params.clone();
        self.run(move || {
            let mut digest = vec![0; 32];
            argon2(&params).hash_password_into(text.as_bytes(), &salt, &mut digest).map_err(bug)?;
            Ok(digest)
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _queued = self.queue.try_acquire().map_err(|_| Error::Busy)?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|error| Error::Bug(error.into()))?;
        // The place goes along: whoever gives up waiting does not make room for more work while this one still runs.
        let work = move || {
            let _place = place;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|error| Error::Bug(error.into()))?
    }
}

/// Whose password it is to be.
pub fn owner<'a>(member: &'a Member, organisation: &'a Organisation, has_second_factor: bool) -> Owner<'a> {
    Owner { name: &member.name, email: &member.email, organisation: &organisation.name, has_second_factor }
}

/// Whether a new password will do.
///
/// # Errors
/// `Invalid` with what is wrong, on the field `password`.
pub fn check_new(password: &str, owner: &Owner<'_>) -> Result<()> {
    let message = match password::check(password, owner) {
        Ok(()) => return Ok(()),
        Err(Weakness::TooShort { least }) => Message::new("password-too-short").with("least", least),
        Err(Weakness::TooLong { most }) => Message::new("form-too-long").with("most", most),
        Err(Weakness::Common) => Message::new("password-too-common"),
        Err(Weakness::Personal) => Message::new("password-personal"),
    };
    Err(Error::Invalid(vec![Complaint::new("password", message)]))
}

fn hash(params: &Params, password: &str) -> Result<String> {
    argon2(params).hash_password(password::normal(password).as_bytes()).map(|hash| hash.to_string()).map_err(bug)
}

fn argon2(params: &Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
}

fn bug(error: impl std::fmt::Display) -> Error {
    Error::Bug(anyhow::anyhow!("argon2: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_queue_that_is_full_says_so_at_once_and_is_free_again_afterwards() {
        let hashing = Hashing::cheap().unwrap();
        let tries = (0..3 * MOST_WAITING).map(|_| hashing.verify(None, "a guess".to_owned()));

        let answers = futures_util::future::join_all(tries).await;

        let busy = answers.iter().filter(|answer| matches!(answer, Err(Error::Busy))).count();
        assert_eq!(busy, 2 * MOST_WAITING);
        assert!(!hashing.verify(None, "a guess".to_owned()).await.unwrap());
    }

    #[tokio::test]
    async fn only_the_right_password_is_right_and_an_unknown_address_never_is() {
        let hashing = Hashing::cheap().unwrap();
        let stored = hashing.hash("green herring on monday".into()).await.unwrap();

        assert!(hashing.verify(Some(stored.clone()), "green herring on monday".into()).await.unwrap());
        assert!(!hashing.verify(Some(stored), "green herring on tuesday".into()).await.unwrap());
        assert!(!hashing.verify(None, "nobody's password".into()).await.unwrap());
    }

    #[tokio::test]
    async fn a_letter_that_another_keyboard_composes_is_the_same_letter() {
        let hashing = Hashing::cheap().unwrap();
        let stored = hashing.hash("fem grönsillar på en måndag".into()).await.unwrap();

        let decomposed = "fem gro\u{308}nsillar pa\u{30a} en ma\u{30a}ndag";
        assert!(hashing.verify(Some(stored), decomposed.into()).await.unwrap());
    }
}
