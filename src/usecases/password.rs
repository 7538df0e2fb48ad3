//! Passwords: the rules for a new one, and Argon2id off the request threads.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::error::{Error, Message, Result};

/// Without a second factor, length is what protects (NIST SP 800-63B-4).
pub const LEAST_LENGTH: usize = 15;
const MOST_LENGTH: usize = 256;

/// More waiting than this and the product is busy.
const MOST_WAITING: usize = 64;

/// Passwords of the required length that guessers try first.
const BLOCKLIST: &[&str] = &[
    "passwordpassword",
    "123456789012345",
    "1234567890123456",
    "qwertyuiopasdfgh",
    "qwertyuiopasdfghjkl",
    "iloveyouiloveyou",
    "passwordpassword1",
    "letmeinletmeinletmein",
    "adminadminadmin",
    "welcomewelcome1",
    "correcthorsebatterystaple",
    "correct horse battery staple",
    "attuneattuneattune",
    "lösenordlösenord",
    "sommarsommar2026",
    "passw0rdpassw0rd",
];

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
                Ok(argon2(&params).verify_password(password.as_bytes(), &stored).is_ok())
            })
            .await?;
        Ok(known && right)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _queued = self.queue.try_acquire().map_err(|_| Error::Busy)?;
        let _place = self.places.acquire().await.map_err(|error| Error::Bug(error.into()))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| Error::Bug(error.into()))?
    }
}

/// Whether a new password will do: 15 characters or more, not one that guessers try first, not the member's own name or
/// address. No composition rules.
///
/// # Errors
/// The sentence to show.
pub fn check_new(password: &str, name: &str, email: &str) -> Result<(), Message> {
    let length = password.chars().count();
    if length < LEAST_LENGTH {
        return Err(Message::new("password-too-short").with("least", LEAST_LENGTH));
    }
    if length > MOST_LENGTH {
        return Err(Message::new("form-too-long").with("most", MOST_LENGTH));
    }
    let lower = password.to_lowercase();
    let few_characters = lower.chars().collect::<std::collections::HashSet<_>>().len() < 5;
    let owns = [name, email, email.split('@').next().unwrap_or_default()];
    let is_own =
        owns.iter().any(|own| !own.is_empty() && lower.replace(' ', "") == own.to_lowercase().replace(' ', ""));
    if BLOCKLIST.contains(&lower.as_str()) || few_characters || is_own {
        return Err(Message::new("password-too-common"));
    }
    Ok(())
}

fn hash(params: &Params, password: &str) -> Result<String> {
    argon2(params).hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(bug)
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

    #[test]
    fn length_is_asked_for_and_nothing_about_digits_or_signs() {
        assert_eq!(check_new("short", "Maja", "maja@nordlys.example").unwrap_err().key, "password-too-short");
        assert!(check_new("green herring on monday", "Maja", "maja@nordlys.example").is_ok());
    }

    #[test]
    fn what_guessers_try_first_is_refused() {
        for password in ["passwordpassword", "aaaaaaaaaaaaaaaaaaa", "maja@nordlys.example"] {
            assert_eq!(
                check_new(password, "Maja", "maja@nordlys.example").unwrap_err().key,
                "password-too-common",
                "{password}"
            );
        }
    }

    #[tokio::test]
    async fn only_the_right_password_is_right_and_an_unknown_address_never_is() {
        let hashing = Hashing::cheap().unwrap();
        let stored = hashing.hash("green herring on monday".into()).await.unwrap();

        assert!(hashing.verify(Some(stored.clone()), "green herring on monday".into()).await.unwrap());
        assert!(!hashing.verify(Some(stored), "green herring on tuesday".into()).await.unwrap());
        assert!(!hashing.verify(None, "nobody's password".into()).await.unwrap());
    }
}
