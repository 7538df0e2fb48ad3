//! The ways that a letter goes out: to a mail server, into a folder, or into memory for tests.

use std::{
    collections::VecDeque,
    fmt, io,
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
    time::Duration,
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        PoolConfig,
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};

use super::{Letter, Outcome, Reason, mime};
use crate::{
    config::{self, SmtpSecurity},
    domain::email::EmailAddress,
};

/// Where letters go, as the settings say.
#[derive(Debug)]
pub enum Transport {
    Smtp(Box<Smtp>),
    Folder(Folder),
    Memory(Memory),
}

impl Transport {
    /// The way out that the settings name; `None` when letters only wait in the outbox. Connects to nothing yet. Inside a
    /// tokio runtime only.
    pub fn open(settings: &config::Mail, from: &EmailAddress) -> Result<Option<Transport>, TransportError> {
        Ok(match settings {
            config::Mail::Mailbox | config::Mail::None => None,
            config::Mail::Folder(path) => Some(Transport::Folder(Folder::new(path.clone(), from.clone())?)),
            config::Mail::Smtp { host, port, security, credentials, ca_file } => {
                Some(Transport::Smtp(Box::new(Smtp::new(&SmtpSettings {
                    host: host.clone(),
                    port: *port,
                    security: *security,
                    credentials: credentials.clone(),
                    ca_file: ca_file.clone(),
                    from: from.clone(),
                    deadline: DEADLINE,
                })?)))
            }
        })
    }

    /// Sends the letter once; never takes longer than the deadline of the settings. A letter with a secret must have had
    /// its link put in by [`Letter::with_secret`].
    pub async fn send(&self, letter: &Letter) -> Outcome {
        match self {
            Transport::Smtp(smtp) => smtp.send(letter).await,
            Transport::Folder(folder) => folder.send(letter).await,
            Transport::Memory(memory) => memory.send(letter),
        }
    }
}

/// How to reach the mail server.
#[derive(Clone)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    /// User name and password.
    pub credentials: Option<(String, String)>,
    /// Certificates to trust beside the public ones, as PEM.
    pub ca_file: Option<PathBuf>,
    /// The product's own address: every letter comes from it.
    pub from: EmailAddress,
    /// The longest that sending one letter may take.
    pub deadline: Duration,
}

/// The deadline unless told: shorter than the lease on a letter, longer than any server in good health needs.
const DEADLINE: Duration = Duration::from_secs(30);

/// What is wrong with the mail settings; said to the person who runs the product.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    #[error(
        "mail without TLS is only sent to this machine (localhost), not to {0}: set the security to starttls or tls"
    )]
    PlainToElsewhere(String),
    #[error("cannot read the certificates in {path}: {reason}")]
    CaFile { path: PathBuf, reason: String },
    #[error("the mail server's name does not work: {0}")]
    Host(String),
    #[error("cannot make the folder for letters {path}: {reason}")]
    Folder { path: PathBuf, reason: String },
}

/// A mail server, with connections that are kept for the next letter.
pub struct Smtp {
    builder: lettre::transport::smtp::AsyncSmtpTransportBuilder,
    connections: RwLock<AsyncSmtpTransport<Tokio1Executor>>,
    from: EmailAddress,
    deadline: Duration,
}

impl Smtp {
    /// Checks the settings; connects to nothing yet. Inside a tokio runtime only, which keeps the connections.
    pub fn new(settings: &SmtpSettings) -> Result<Smtp, TransportError> {
        let security = match settings.security {
            SmtpSecurity::StartTls => Tls::Required(tls(settings)?),
            SmtpSecurity::Tls => Tls::Wrapper(tls(settings)?),
            SmtpSecurity::None if is_loopback(&settings.host) => Tls::None,
            SmtpSecurity::None => return Err(TransportError::PlainToElsewhere(settings.host.clone())),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.as_str())
            .port(settings.port)
            .tls(security)
            .timeout(Some(settings.deadline))
            .hello_name(ClientId::Domain(settings.from.domain().to_owned()))
            .pool_config(PoolConfig::new().max_size(4).idle_timeout(Duration::from_secs(30)));
        if let Some((user, password)) = &settings.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        let connections = RwLock::new(builder.clone().build());
        Ok(Smtp { builder, connections, from: settings.from.clone(), deadline: settings.deadline })
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let message = match mime::message(letter, &self.from) {
            Ok(message) => message,
            Err(reason) => return Outcome::Unbuildable(reason),
        };
        let connections = self.connections.read().unwrap_or_else(PoisonError::into_inner).clone();
        // lettre's own timeout is per answer and does not bound a slow one to DATA.
        match tokio::time::timeout(self.deadline, connections.send(message)).await {
            Ok(Ok(_)) => Outcome::Sent,
            Ok(Err(error)) => outcome(&error),
            Err(_) => {
                // The connection went back among the others in the middle of a conversation: the late answer to this letter
                // would be taken for the answer to the next one. So all of them are left behind.
                *self.connections.write().unwrap_or_else(PoisonError::into_inner) = self.builder.clone().build();
                Outcome::NoAnswer(Reason::Deadline)
            }
        }
    }

    /// Connects, signs in and says goodbye, for `attune doctor`.
    pub async fn check(&self) -> Result<(), Reason> {
        let connections = self.connections.read().unwrap_or_else(PoisonError::into_inner).clone();
        match tokio::time::timeout(self.deadline, connections.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(Reason::Protocol),
            Ok(Err(error)) => match outcome(&error) {
                Outcome::Temporary(reason) | Outcome::Refused(reason) | Outcome::NoAnswer(reason) => Err(reason),
                Outcome::Sent | Outcome::Unbuildable(_) => Ok(()),
            },
            Err(_) => Err(Reason::Deadline),
        }
    }
}

/// Letters as `.eml` files in a folder, for a machine without a mail server.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    from: EmailAddress,
}

impl Folder {
    pub fn new(path: PathBuf, from: EmailAddress) -> Result<Folder, TransportError> {
        std::fs::create_dir_all(&path)
            .map_err(|error| TransportError::Folder { path: path.clone(), reason: error.to_string() })?;
        Ok(Folder { path, from })
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let message = match mime::message(letter, &self.from) {
            Ok(message) => message.formatted(),
            Err(reason) => return Outcome::Unbuildable(reason),
        };
        // Named by its id, so that the same letter twice is one file; renamed last, so that no reader meets half of it.
        let name: String = letter
            .message_id
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "-.@".contains(c) { c } else { '_' })
            .collect();
        let name = name.trim_matches('_');
        let unfinished = self.path.join(format!(".{name}.part"));
        let written = async {
            tokio::fs::write(&unfinished, message).await?;
            tokio::fs::rename(&unfinished, self.path.join(format!("{name}.eml"))).await
        };
        match written.await {
            Ok(()) => Outcome::Sent,
            Err(error) => {
                tracing::error!(%error, "the folder for letters cannot be written");
                Outcome::NoAnswer(Reason::Folder)
            }
        }
    }
}

/// Letters kept in memory, for tests: clones see the same letters. Each is built as it would be for a mail server.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    inner: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    letters: Vec<Letter>,
    answers: VecDeque<Outcome>,
}

impl Memory {
    pub fn new() -> Memory {
        Memory::default()
    }

    /// Every letter that was sent, in order.
    pub fn letters(&self) -> Vec<Letter> {
        self.kept().letters.clone()
    }

    /// What the next letter without an answer yet will meet instead of being sent.
    pub fn answer(&self, outcome: Outcome) {
        self.kept().answers.push_back(outcome);
    }

    fn send(&self, letter: &Letter) -> Outcome {
        let from = EmailAddress::parse("attune@attune.example");
        if let Some(Err(reason)) = from.ok().map(|from| mime::message(letter, &from)) {
            return Outcome::Unbuildable(reason);
        }
        let mut kept = self.kept();
        let outcome = kept.answers.pop_front().unwrap_or(Outcome::Sent);
        if outcome == Outcome::Sent {
            kept.letters.push(letter.clone());
        }
        outcome
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("from", &self.from).field("deadline", &self.deadline).finish_non_exhaustive()
    }
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("security", &self.security)
            .field("user", &self.credentials.as_ref().map(|(user, _)| user))
            .field("ca_file", &self.ca_file)
            .field("from", &self.from)
            .field("deadline", &self.deadline)
            .finish()
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn tls(settings: &SmtpSettings) -> Result<TlsParameters, TransportError> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.ca_file {
        let wrong = |reason: String| TransportError::CaFile { path: path.clone(), reason };
        let pem = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem).map_err(|error| wrong(error.to_string()))?);
    }
    builder.build().map_err(|error| TransportError::Host(error.to_string()))
}

/// What an error of lettre's means for the letter. Only codes are kept of what the server said: its words often name the
/// recipient.
fn outcome(error: &lettre::transport::smtp::Error) -> Outcome {
    if let Some(code) = error.status() {
        let code = u16::from(code);
        let reason = Reason::Answer { code, status: enhanced_status(error) };
        return match code {
            // Not about this letter: each one would fare the same.
            421 => Outcome::NoAnswer(reason),
            454 | 530 | 534 | 535 | 538 => Outcome::NoAnswer(Reason::SignIn),
            500.. => Outcome::Refused(reason),
            _ => Outcome::Temporary(reason),
        };
    }
    Outcome::NoAnswer(if error.is_timeout() {
        Reason::Deadline
    } else if error.is_tls() || is_handshake(error) {
        Reason::Tls
    } else if error.is_response() || error.is_client() {
        Reason::Protocol
    } else if error.to_string().starts_with("Connection error") {
        Reason::Unreachable
    } else {
        Reason::Dropped
    })
}

/// Whether TLS could not be agreed on: rustls tells of it as invalid data, under lettre's error of the connection.
fn is_handshake(error: &lettre::transport::smtp::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.downcast_ref::<io::Error>().is_some_and(|cause| cause.kind() == io::ErrorKind::InvalidData) {
            return true;
        }
        source = cause.source();
    }
    false
}

/// The `5.1.1` that the server's answer begins with, if it does.
fn enhanced_status(error: &lettre::transport::smtp::Error) -> Option<String> {
    let answer = std::error::Error::source(error)?.to_string();
    let first = answer.split_whitespace().next()?;
    let fields: Vec<&str> = first.split('.').collect();
    let number = |field: &&str| (1..=3).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_digit());
    (fields.len() == 3 && fields.iter().all(number)).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> SmtpSettings {
        SmtpSettings {
            host: "mail.nordlys.example".into(),
            port: 587,
            security: SmtpSecurity::StartTls,
            credentials: None,
            ca_file: None,
            from: EmailAddress::parse("attune@nordlys.example").expect("valid"),
            deadline: DEADLINE,
        }
    }

    #[tokio::test]
    async fn settings_that_would_give_letters_away_are_refused() {
        assert!(Smtp::new(&settings()).is_ok());
        assert!(
            Smtp::new(&SmtpSettings { host: "127.0.0.1".into(), security: SmtpSecurity::None, ..settings() }).is_ok()
        );
        let refused = [
            SmtpSettings { security: SmtpSecurity::None, ..settings() },
            SmtpSettings { ca_file: Some("/nowhere/ca.pem".into()), ..settings() },
        ];
        for wrong in refused {
            assert!(Smtp::new(&wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn settings_are_shown_without_the_password() {
        let shown = format!(
            "{:?}",
            SmtpSettings { credentials: Some(("attune".into(), "correct horse".into())), ..settings() }
        );
        assert!(!shown.contains("horse"), "{shown}");
    }
}
