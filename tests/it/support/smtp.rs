//! A real mail server on this machine (aiosmtpd), with a certificate of its own; see `smtp.py` for how it fails on wish.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

#[derive(Clone, Copy, Debug)]
pub enum Tls {
    /// STARTTLS, required.
    Upgraded,
    /// From the first byte.
    Wrapped,
    Absent,
}

pub struct SmtpServer {
    pub port: u16,
    /// The certificate to trust, for `localhost`.
    pub certificate: PathBuf,
    folder: PathBuf,
    /// Ends with its standard input, when this is dropped.
    _child: Child,
}

impl SmtpServer {
    pub async fn start(tls: Tls) -> SmtpServer {
        let folder = std::env::temp_dir().join(format!("attune-smtp-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&folder).expect("a folder for the mail server");
        let (certificate, key) = certificate(&folder).await;
        let mode = match tls {
            Tls::Upgraded => "starttls",
            Tls::Wrapped => "wrapped",
            Tls::Absent => "none",
        };
        let mut child = Command::new("/usr/bin/python3")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/smtp.py"))
            .args([folder.as_os_str(), mode.as_ref(), certificate.as_os_str(), key.as_os_str()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("python3 with aiosmtpd (Debian: python3-aiosmtpd)");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).await.expect("a line");
        let port = line.trim().parse().expect("the mail server says its port; is python3-aiosmtpd installed?");
        SmtpServer { port, certificate, folder, _child: child }
    }

    /// Every message that was taken, in order.
    pub fn messages(&self) -> Vec<Vec<u8>> {
        self.files("eml").iter().map(|path| std::fs::read(path).expect("a message")).collect()
    }

    /// The recipients of each message.
    pub fn recipients(&self) -> Vec<Vec<String>> {
        let read = |path: &PathBuf| std::fs::read(path).expect("recipients");
        self.files("json").iter().map(|path| serde_json::from_slice(&read(path)).expect("JSON")).collect()
    }

    fn files(&self, ending: &str) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(&self.folder)
            .expect("the mail server's folder")
            .map(|entry| entry.expect("a file").path())
            .filter(|path| path.extension().is_some_and(|found| found == ending))
            .collect();
        files.sort();
        files
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A certificate for `localhost` that signs itself. Not an authority: a client that trusts it would refuse that one as the
/// server's own.
async fn certificate(folder: &Path) -> (PathBuf, PathBuf) {
    let (certificate, key, settings) = (folder.join("cert.pem"), folder.join("key.pem"), folder.join("openssl.cnf"));
    let wanted = "[req]\ndistinguished_name = name\nx509_extensions = leaf\nprompt = no\n[name]\nCN = localhost\n\
                  [leaf]\nbasicConstraints = critical, CA:FALSE\nsubjectAltName = DNS:localhost\n";
    std::fs::write(&settings, wanted).expect("written");
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-config",
        ])
        .arg(&settings)
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .await
        .expect("openssl");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (certificate, key)
}
