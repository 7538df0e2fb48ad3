//! Every setting, typed, read once from `attune.toml` and the environment; all complaints are reported together.

use std::{net::SocketAddr, path::PathBuf, str::FromStr};

/// One setting as the README, `--help` and the tests know it.
pub struct Setting {
    /// The name in the environment; in `attune.toml` it stands in lower case without `ATTUNE_`.
    pub name: &'static str,
    /// What holds when it is not given, in words.
    pub default: &'static str,
    pub meaning: &'static str,
}

macro_rules! settings {
    ($($name:literal, $default:literal, $meaning:literal;)+) => {
        /// All settings, in the order in which the README lists them.
        pub const SETTINGS: &[Setting] = &[$(Setting { name: $name, default: $default, meaning: $meaning }),+];
    };
}

settings! {
    "DATABASE_URL", "an embedded Postgres in the data folder", "Where Postgres is, as postgres://user:password@host/database. With it, nothing is embedded.";
    "ATTUNE_MIGRATION_DATABASE_URL", "DATABASE_URL", "The same database for the account that owns its tables; DATABASE_URL then names one that owns nothing, such as attune_serving.";
    "ATTUNE_DATA_FOLDER", "/var/lib/attune for root, else .local/share/attune at home", "Folder for the embedded database and the generated secret key.";
    "ATTUNE_PG_BIN", "found in PATH and the usual folders", "Folder with Postgres' server programs (initdb, postgres) for the embedded database.";
    "ATTUNE_LISTEN", "127.0.0.1:8080", "Address and port to listen on.";
    "ATTUNE_PUBLIC_URL", "http:// and the address above", "The address that people use; links in letters begin with it. https:// unless it is this machine.";
    "ATTUNE_SECRET_KEY", "made once and kept in the data folder", "At least 32 characters that sign sessions. Needed with DATABASE_URL, and the same on every instance.";
    "ATTUNE_OLD_SECRET_KEYS", "none", "Earlier values of ATTUNE_SECRET_KEY, with spaces between. What they signed and encrypted stays good; nothing new is.";
    "ATTUNE_WORKERS", "one per core", "Threads that answer requests.";
    "ATTUNE_CONNECTIONS_PER_WORKER", "8", "Database connections per worker, 1 to 64.";
    "ATTUNE_REQUESTS_PER_MINUTE", "1200", "Requests of one member a minute; ten times as many of one organisation, and of one network address. More are answered 429 with Retry-After.";
    "ATTUNE_TRUST_PROXY", "false", "Take the client's address from X-Forwarded-For; only behind a proxy that sets it.";
    "ATTUNE_SMTP_HOST", "no mail is sent; letters wait in the mailbox", "The mail server.";
    "ATTUNE_SMTP_PORT", "587 for starttls, 465 for tls, 25 for none", "Its port.";
    "ATTUNE_SMTP_SECURITY", "starttls", "starttls, tls, or none (only for a server on this machine).";
    "ATTUNE_SMTP_USER", "no sign-in", "User name at the mail server.";
    "ATTUNE_SMTP_PASSWORD", "no sign-in", "Password at the mail server.";
    "ATTUNE_SMTP_CA_FILE", "the public certificate authorities", "PEM file with the authority that signed the mail server's certificate.";
    "ATTUNE_MAIL_FROM", "attune@localhost", "Address that letters come from.";
    "ATTUNE_MAIL_FOLDER", "no folder", "Write letters as .eml files into this folder instead of sending them.";
    "ATTUNE_MAILBOX", "false; true in the demo", "Show every letter, with its secret link, on a page at /mailbox instead of sending it; opens from this machine only. For development only.";
    "ATTUNE_SIGN_ON_HOSTS", "none", "Host names of identity providers in a private network, with spaces between; any other must have a public address.";
    "ATTUNE_LOG", "info", "Log filter: error, warn, info, debug, or per module as in attune=debug.";
    "ATTUNE_LOG_FORMAT", "text", "text or json.";
}

#[derive(Clone, Debug)]
pub struct Config {
    pub database: Database,
    pub data_folder: PathBuf,
    pub listen: SocketAddr,
    /// Without a slash at the end.
    pub public_url: String,
    /// `None` until [`crate::cli`] has read or made the key of an embedded installation.
    pub secret_key: Option<String>,
    pub old_secret_keys: Vec<String>,
    pub workers: usize,
    pub connections_per_worker: usize,
    /// Of one member.
    pub requests_per_minute: u32,
    pub trust_proxy: bool,
    pub mail: Mail,
    pub mail_from: String,
    pub sign_on_hosts: Vec<String>,
    pub log: String,
    pub log_format: LogFormat,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Database {
    Url {
        /// For the account that serves requests.
        serving: String,
        /// For the account that owns the tables and migrates them; the same where only one was given.
        owner: String,
    },
    Embedded {
        bin: Option<PathBuf>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Mail {
    /// Letters are kept and shown on the mailbox page.
    Mailbox,
    Folder(PathBuf),
    Smtp {
        host: String,
        port: u16,
        security: SmtpSecurity,
        credentials: Option<(String, String)>,
        ca_file: Option<PathBuf>,
    },
    /// Nothing is set up: letters wait in the outbox.
    None,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    StartTls,
    Tls,
    /// Only for a server on this machine.
    None,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LogFormat {
    Text,
    Json,
}

impl Config {
    /// Reads the settings from the file's text and the environment, which wins.
    ///
    /// # Errors
    /// Every complaint at once, each naming its setting and what to do.
    pub fn read(file: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Config, Vec<String>> {
        let mut reader = Reader::new(file, &environment);
        let listen: SocketAddr = reader
            .parsed("ATTUNE_LISTEN", "an address and port such as 127.0.0.1:8080")
            .unwrap_or(([127, 0, 0, 1], 8080).into());
        let public_url = reader.public_url(listen);
        let database = match reader.text("DATABASE_URL") {
            Some(serving) => {
                let owner = reader.text("ATTUNE_MIGRATION_DATABASE_URL").unwrap_or_else(|| serving.clone());
                Database::Url { serving, owner }
            }
            None => Database::Embedded { bin: reader.text("ATTUNE_PG_BIN").map(PathBuf::from) },
        };
        let mail = reader.mail(&public_url);
        let config = Config {
            secret_key: reader.secret_key(&database),
            old_secret_keys: reader.old_secret_keys(),
            database,
            data_folder: reader.data_folder(),
            listen,
            public_url,
            workers: reader.within("ATTUNE_WORKERS", 1..=256).unwrap_or_else(cores),
            connections_per_worker: reader.within("ATTUNE_CONNECTIONS_PER_WORKER", 1..=64).unwrap_or(8),
            requests_per_minute: reader
                .within("ATTUNE_REQUESTS_PER_MINUTE", 1..=100_000_000)
                .and_then(|number| u32::try_from(number).ok())
                .unwrap_or(1200),
            trust_proxy: reader.parsed("ATTUNE_TRUST_PROXY", "true or false").unwrap_or(false),
            mail,
            mail_from: reader.mail_from(),
            sign_on_hosts: reader.sign_on_hosts(),
            log: reader.text("ATTUNE_LOG").unwrap_or_else(|| "info".into()),
            log_format: reader.log_format(),
        };
        if reader.complaints.is_empty() { Ok(config) } else { Err(reader.complaints) }
    }

    /// Whether people reach the product over TLS; decides the cookie's name and HSTS.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

struct Reader<'e> {
    file: toml::Table,
    environment: &'e dyn Fn(&str) -> Option<String>,
    complaints: Vec<String>,
}

impl<'e> Reader<'e> {
    fn new(file: &str, environment: &'e dyn Fn(&str) -> Option<String>) -> Self {
        let mut complaints = Vec::new();
        let file: toml::Table = file.parse().unwrap_or_else(|error| {
            complaints.push(format!("attune.toml: {error}"));
            toml::Table::new()
        });
        let known: Vec<String> = SETTINGS.iter().map(|setting| file_name(setting.name)).collect();
        for name in file.keys().filter(|name| !known.contains(name)) {
            complaints.push(format!("attune.toml: {name} is no setting; the README lists them all"));
        }
        Reader { file, environment, complaints }
    }

    /// The setting's text; empty counts as not given.
    fn text(&self, name: &str) -> Option<String> {
        let from_file = || match self.file.get(&file_name(name))? {
            toml::Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        (self.environment)(name).or_else(from_file).filter(|text| !text.trim().is_empty())
    }

    fn parsed<T: FromStr>(&mut self, name: &str, expected: &str) -> Option<T> {
        let text = self.text(name)?;
        let value = text.trim().parse().ok();
        if value.is_none() {
            self.complain(name, &format!("must be {expected}"));
        }
        value
    }

    fn within(&mut self, name: &str, range: std::ops::RangeInclusive<usize>) -> Option<usize> {
        let number = self.parsed(name, &format!("a whole number from {} to {}", range.start(), range.end()))?;
        if !range.contains(&number) {
            self.complain(name, &format!("must be from {} to {}", range.start(), range.end()));
        }
        Some(number)
    }

    /// The system's folder for root, because the database then runs as an account that cannot enter root's home.
    fn data_folder(&self) -> PathBuf {
        if let Some(folder) = self.text("ATTUNE_DATA_FOLDER") {
            return folder.into();
        }
        let data_home = (self.environment)("XDG_DATA_HOME")
            .or_else(|| (self.environment)("HOME").map(|home| format!("{home}/.local/share")));
        match data_home {
            Some(folder) if !nix::unistd::geteuid().is_root() => PathBuf::from(folder).join("attune"),
            _ => "/var/lib/attune".into(),
        }
    }

    fn public_url(&mut self, listen: SocketAddr) -> String {
        let url = self.text("ATTUNE_PUBLIC_URL").unwrap_or_else(|| format!("http://{listen}"));
        let url = url.trim_end_matches('/').to_owned();
        let host = url.strip_prefix("http://").map(|rest| rest.split([':', '/']).next().unwrap_or_default());
        match host {
            Some("localhost" | "127.0.0.1" | "[") => {}
            Some(_) => self.complain(
                "ATTUNE_PUBLIC_URL",
                "must begin with https:// when it is not this machine: passwords travel over it",
            ),
            None if url.starts_with("https://") => {}
            None => self.complain("ATTUNE_PUBLIC_URL", "must begin with https://, or http:// on this machine"),
        }
        url
    }

    fn secret_key(&mut self, database: &Database) -> Option<String> {
        let key = self.text("ATTUNE_SECRET_KEY");
        match &key {
            Some(key) if key.len() < 32 => self
                .complain("ATTUNE_SECRET_KEY", "must have at least 32 characters; `openssl rand -base64 48` makes one"),
            None if matches!(database, Database::Url { .. }) => {
                self.complain(
                    "ATTUNE_SECRET_KEY",
                    "is needed with DATABASE_URL, the same on every instance; `openssl rand -base64 48` makes one",
                );
            }
            _ => {}
        }
        key
    }

    fn old_secret_keys(&mut self) -> Vec<String> {
        let text = self.text("ATTUNE_OLD_SECRET_KEYS").unwrap_or_default();
        let keys: Vec<String> = text.split_whitespace().map(ToOwned::to_owned).collect();
        if keys.iter().any(|key| key.len() < 32) {
            self.complain(
                "ATTUNE_OLD_SECRET_KEYS",
                "must hold whole keys of at least 32 characters, with spaces between",
            );
        }
        keys
    }

    fn mail(&mut self, public_url: &str) -> Mail {
        if self.parsed("ATTUNE_MAILBOX", "true or false") == Some(true) {
            if public_url.starts_with("https://") {
                self.complain(
                    "ATTUNE_MAILBOX",
                    "may be true only where people reach the product on this machine: the mailbox shows every letter, \
                     with its secret link, to whoever opens it",
                );
            }
            return Mail::Mailbox;
        }
        if let Some(folder) = self.text("ATTUNE_MAIL_FOLDER") {
            return Mail::Folder(folder.into());
        }
        let Some(host) = self.text("ATTUNE_SMTP_HOST") else { return Mail::None };
        let security = match self.text("ATTUNE_SMTP_SECURITY").as_deref() {
            None | Some("starttls") => SmtpSecurity::StartTls,
            Some("tls") => SmtpSecurity::Tls,
            Some("none") => SmtpSecurity::None,
            Some(_) => {
                self.complain("ATTUNE_SMTP_SECURITY", "must be starttls, tls or none");
                SmtpSecurity::StartTls
            }
        };
        if security == SmtpSecurity::None && !["localhost", "127.0.0.1", "::1"].contains(&host.as_str()) {
            self.complain(
                "ATTUNE_SMTP_SECURITY",
                "may be none only for a mail server on this machine: letters hold personal data",
            );
        }
        let credentials = match (self.text("ATTUNE_SMTP_USER"), self.text("ATTUNE_SMTP_PASSWORD")) {
            (Some(user), Some(password)) => Some((user, password)),
            (None, None) => None,
            _ => {
                self.complain("ATTUNE_SMTP_USER", "and ATTUNE_SMTP_PASSWORD go together: give both or neither");
                None
            }
        };
        let default_port = match security {
            SmtpSecurity::StartTls => 587,
            SmtpSecurity::Tls => 465,
            SmtpSecurity::None => 25,
        };
        let port = self.parsed("ATTUNE_SMTP_PORT", "a port from 1 to 65535").unwrap_or(default_port);
        Mail::Smtp { host, port, security, credentials, ca_file: self.text("ATTUNE_SMTP_CA_FILE").map(PathBuf::from) }
    }

    fn mail_from(&mut self) -> String {
        let from = self.text("ATTUNE_MAIL_FROM").unwrap_or_else(|| "attune@localhost".into());
        if from.parse::<lettre::Address>().is_err() {
            self.complain("ATTUNE_MAIL_FROM", "must be an e-mail address");
        }
        from
    }

    fn sign_on_hosts(&self) -> Vec<String> {
        let text = self.text("ATTUNE_SIGN_ON_HOSTS").unwrap_or_default();
        text.split_whitespace().map(str::to_ascii_lowercase).collect()
    }

    fn log_format(&mut self) -> LogFormat {
        match self.text("ATTUNE_LOG_FORMAT").as_deref() {
            None | Some("text") => LogFormat::Text,
            Some("json") => LogFormat::Json,
            Some(_) => {
                self.complain("ATTUNE_LOG_FORMAT", "must be text or json");
                LogFormat::Text
            }
        }
    }

    fn complain(&mut self, name: &str, what: &str) {
        self.complaints.push(format!("{name} {what}"));
    }
}

fn file_name(name: &str) -> String {
    name.trim_start_matches("ATTUNE_").to_lowercase()
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, environment: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        Config::read(file, |name| {
            environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_string())
        })
    }

    #[test]
    fn without_any_setting_everything_runs_on_this_machine() {
        let config = read("", &[]).unwrap();

        assert_eq!(config.database, Database::Embedded { bin: None });
        assert_eq!(config.public_url, "http://127.0.0.1:8080");
        assert_eq!(config.mail, Mail::None);
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config = read("listen = \"127.0.0.1:9000\"\nworkers = 3", &[("ATTUNE_LISTEN", "127.0.0.1:9001")]).unwrap();

        assert_eq!((config.listen.port(), config.workers), (9001, 3));
    }

    #[test]
    fn every_complaint_is_reported_at_once() {
        let complaints = read(
            "colour = \"green\"",
            &[
                ("DATABASE_URL", "postgres://db/attune"),
                ("ATTUNE_WORKERS", "0"),
                ("ATTUNE_SMTP_HOST", "mail"),
                ("ATTUNE_SMTP_SECURITY", "none"),
                ("ATTUNE_PUBLIC_URL", "http://example.org"),
            ],
        )
        .unwrap_err();

        for name in ["colour", "ATTUNE_SECRET_KEY", "ATTUNE_WORKERS", "ATTUNE_SMTP_SECURITY", "ATTUNE_PUBLIC_URL"] {
            assert!(complaints.iter().any(|complaint| complaint.contains(name)), "{name} in {complaints:?}");
        }
    }
}
