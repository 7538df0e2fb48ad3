//! The real binary on a database of its own, which a test can take away.

use std::{
    fs::{self, File},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use attune::{
    domain::policy::Role,
    postgres::{Embedded, Settings},
    store::migrations,
};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use uuid::Uuid;

use crate::support::world::{PASSWORD, World};

pub struct Product {
    pub address: String,
    pub email: String,
    /// A name that stands on pages and must stand nowhere else.
    pub name: String,
    folder: PathBuf,
    database: Option<Embedded>,
    server: Child,
}

impl Product {
    /// Serves with these settings besides those that a test needs.
    pub async fn new(settings: &[(&str, &str)]) -> Product {
        let folder = std::env::temp_dir().join(format!("attune-attack-{}", Uuid::now_v7().simple()));
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        let database = start(folder.clone()).await;
        let (owner, serving) = (database.url("attune"), database.serving_url("attune"));
        migrations::run(&owner).await.unwrap();
        let world = World::over(owner.clone(), "").await;
        let who = world.member(&world.home, "Wilhelmina Wexelblatt", &[Role::Admin, Role::Recruiter, Role::Hr]).await;
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let server = Command::new(env!("CARGO_BIN_EXE_attune"))
            .arg("serve")
            .current_dir(&folder)
            .env("DATABASE_URL", serving)
            .env("ATTUNE_MIGRATION_DATABASE_URL", owner)
            .env("ATTUNE_SECRET_KEY", "a key for tests, longer than needed")
            .env("ATTUNE_LISTEN", &address)
            .env("ATTUNE_WORKERS", "1")
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .stderr(File::create(folder.join("log")).unwrap())
            .spawn()
            .unwrap();
        let product = Product { address, email: who.email, name: who.name, folder, database: Some(database), server };
        product
            .until("the server is ready", Duration::from_secs(60), async || {
                product.status("/health/ready").await == 200
            })
            .await;
        product
    }

    /// Ends the database server, as when its machine goes down.
    pub async fn take_the_database_away(&mut self) {
        let database = self.database.take().unwrap();
        tokio::task::spawn_blocking(move || database.stop()).await.unwrap();
    }

    pub async fn bring_the_database_back(&mut self) {
        self.database = Some(start(self.folder.clone()).await);
    }

    /// The status of an answer to nobody in particular; 0 for none.
    pub async fn status(&self, path: &str) -> u16 {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        let answer = client.get(format!("http://{}{path}", self.address)).send().await;
        answer.map_or(0, |answer| answer.status().as_u16())
    }

    pub async fn sign_in(&self) -> reqwest::Client {
        let client = reqwest::Client::builder().cookie_store(true).timeout(Duration::from_secs(20)).build().unwrap();
        let form = [("email", self.email.as_str()), ("password", PASSWORD)];
        let request = client.post(format!("http://{}/sign-in", self.address)).header("sec-fetch-site", "same-origin");
        assert!(request.form(&form).send().await.unwrap().status().is_success());
        client
    }

    pub async fn until(&self, what: &str, most: Duration, mut is_so: impl AsyncFnMut() -> bool) {
        let begun = Instant::now();
        while !is_so().await {
            assert!(begun.elapsed() < most, "{what}; the log says: {}", self.log());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    pub fn is_alive(&mut self) -> bool {
        matches!(self.server.try_wait(), Ok(None))
    }

    /// Resident memory in megabytes.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }

    /// Asks the process to end; how long that took.
    pub fn end(&mut self) -> Duration {
        let begun = Instant::now();
        let _ = kill(Pid::from_raw(self.server.id().cast_signed()), Signal::SIGTERM);
        let _ = self.server.wait();
        begun.elapsed()
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        self.end();
        self.database.take();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

async fn start(data_folder: PathBuf) -> Embedded {
    let start = move || Embedded::start(&Settings { data_folder, bin: None, for_tests: false }).unwrap();
    tokio::task::spawn_blocking(start).await.unwrap()
}
