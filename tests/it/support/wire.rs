//! The wire between a site and its database: listens to what Postgres answers.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    io::{self, Read, Write},
    os::unix::net::{UnixListener, UnixStream},
    path::PathBuf,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use uuid::Uuid;

/// What a socket of Postgres is called in its folder.
const SOCKET: &str = ".s.PGSQL.5432";

/// A wire to a database; it is cut with its value.
pub struct Wire {
    /// Where the database is found through this wire.
    pub url: String,
    folder: PathBuf,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Wire {
    /// To the database that has this address over a socket of Postgres.
    pub fn before(url: &str) -> Wire {
        let (head, tail) = url.split_once('@').unwrap();
        let (host, database) = tail.split_once('/').unwrap();
        let host: Vec<(String, String)> = serde_urlencoded::from_str(&format!("host={host}")).unwrap();
        let server = PathBuf::from(&host[0].1).join(SOCKET);
        let folder = std::env::temp_dir().join(format!("attune-wire-{}", Uuid::new_v4().simple()));
        fs::create_dir(&folder).unwrap();
        let listener = UnixListener::bind(folder.join(SOCKET)).unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = UnixStream::connect(&server) else { break };
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                thread::spawn(move || io::copy(&mut &from, &mut &to));
                let ear = Arc::clone(&ear);
                thread::spawn(move || carry(&server, &client, &ear));
            }
        });
        let url = format!("{head}@{}/{database}", folder.to_str().unwrap().replace('/', "%2F"));
        Wire { url, folder, heard }
    }

    /// Forgets what came back so far.
    pub fn forget(&self) {
        self.heard.lock().unwrap().clear();
    }

    /// What came back for so many statements: of each its tag, which has its count of rows, and a hash of the rows. Whoever
    /// wants one row goes on when it is there, so the last tag may still be under way.
    pub async fn heard(&self, statements: usize) -> Vec<String> {
        for _ in 0..30_000 {
            if self.heard.lock().unwrap().len() >= statements {
                break;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let heard = std::mem::take(&mut *self.heard.lock().unwrap());
        assert_eq!(heard.len(), statements, "statements were not answered: {heard:?}");
        heard
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Carries messages (a letter, a length, a body) from the server to the client, and notes rows and tags before they go on.
fn carry(mut server: &UnixStream, mut client: &UnixStream, heard: &Mutex<Vec<String>>) -> Option<()> {
    let mut rows = DefaultHasher::new();
    loop {
        let mut head = [0; 5];
        server.read_exact(&mut head).ok()?;
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize;
        let mut body = vec![0; length - 4];
        server.read_exact(&mut body).ok()?;
        match head[0] {
            b'D' => body.hash(&mut rows),
            b'C' => {
                let tag = String::from_utf8_lossy(&body).trim_end_matches('\0').to_owned();
                // Whose rows a connection shows is said whenever one leaves the pool.
                if !tag.starts_with("SET") {
                    heard.lock().unwrap().push(format!("{tag} {:016x}", rows.finish()));
                }
                rows = DefaultHasher::new();
            }
            _ => {}
        }
        client.write_all(&head).ok()?;
        client.write_all(&body).ok()?;
    }
}
