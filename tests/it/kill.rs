//! Killing the product or its database at any moment loses no acknowledged word.

use std::{
    collections::BTreeMap,
    fs,
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use attune::{
    domain::{medium::Medium, policy::Role},
    postgres::{Embedded, Settings},
    store::migrations,
};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    scenario::DIMENSIONS,
    world::{PASSWORD, World},
};

#[actix_web::test]
async fn what_was_acknowledged_survives_the_killing_of_the_server() {
    let mut product = Product::new().await;
    let mut writer = product.sign_in().await;

    for acknowledged in [7, 40, 23] {
        for _ in 0..acknowledged {
            assert!(writer.write().await, "the server runs");
        }
        let pid = product.server.id();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(15));
            kill(Pid::from_raw(pid.cast_signed()), Signal::SIGKILL).unwrap();
        });
        while writer.write().await {}
        killer.join().unwrap();
        product.server.wait().unwrap();

        product.start().await;

        writer.expect_everything_acknowledged().await;
        assert!(writer.write().await, "the operation without an answer is taken when it comes again");
    }
}

#[actix_web::test]
async fn what_was_acknowledged_survives_the_killing_of_the_database() {
    let product = Product::new().await;
    let mut writer = product.sign_in().await;

    for acknowledged in [5, 30] {
        for _ in 0..acknowledged {
            assert!(writer.write().await, "the database runs");
        }
        let postmaster = product.postmaster().unwrap();
        kill(Pid::from_raw(postmaster), Signal::SIGKILL).unwrap();
        // The page tries again with the same id until it has an answer. A connection outlives the postmaster by a moment,
        // so that an answer alone does not mean that the new one is there.
        let start = Instant::now();
        let is_new = || product.postmaster().is_some_and(|pid| pid != postmaster);
        while !(writer.write().await && is_new()) {
            assert!(start.elapsed() < Duration::from_secs(30), "the database comes back by itself");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }

        writer.expect_everything_acknowledged().await;
    }
}

/// The real binary with a data folder of its own, in which an interview waits.
struct Product {
    folder: Folder,
    address: String,
    server: Child,
    interview: String,
    email: String,
}

impl Product {
    async fn new() -> Product {
        let folder = Folder::new();
        let (interview, email) = fill(folder.0.clone()).await;
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let server = serve(&folder, &address);
        let product = Product { folder, address, server, interview, email };
        product.ready().await;
        product
    }

    async fn start(&mut self) {
        self.server = serve(&self.folder, &self.address);
        self.ready().await;
    }

    async fn ready(&self) {
        let start = Instant::now();
        let url = format!("http://{}/health/ready", self.address);
        while !reqwest::get(&url).await.is_ok_and(|answer| answer.status().is_success()) {
            assert!(start.elapsed() < Duration::from_secs(60), "the server becomes ready");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The server's process; `None` for the moment in which there is none.
    fn postmaster(&self) -> Option<i32> {
        let file = self.folder.0.join("postgres/cluster/postmaster.pid");
        fs::read_to_string(file).ok()?.lines().next()?.parse().ok()
    }

    /// Signs in and opens the kit.
    async fn sign_in(&self) -> Writer {
        let client = reqwest::Client::builder().cookie_store(true).timeout(Duration::from_secs(10)).build().unwrap();
        let site = format!("http://{}", self.address);
        let form = [("email", self.email.as_str()), ("password", PASSWORD)];
        let signed_in =
            client.post(format!("{site}/sign-in")).header("sec-fetch-site", "same-origin").form(&form).send().await;
        assert!(signed_in.unwrap().status().is_success());
        let mut writer = Writer {
            client,
            kit: format!("{site}/interviews/{}/kit", self.interview),
            operations: String::new(),
            kept: BTreeMap::new(),
            waiting: None,
            written: 0,
        };
        let page = writer.page("listening").await;
        let scorecard = page.select(&selector("form#kit")).next().unwrap().attr("data-scorecard").unwrap().to_owned();
        writer.operations = format!("{site}/scorecards/{scorecard}/operations");
        writer
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        let _ = kill(Pid::from_raw(self.server.id().cast_signed()), Signal::SIGTERM);
        let _ = self.server.wait();
    }
}

fn serve(folder: &Folder, address: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_attune"))
        .arg("serve")
        .current_dir(&folder.0)
        .env("ATTUNE_DATA_FOLDER", &folder.0)
        .env("ATTUNE_LISTEN", address)
        .env("ATTUNE_WORKERS", "1")
        .env_remove("DATABASE_URL")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Makes the database and an interview in it; answers the interview and who rates in it.
async fn fill(data_folder: PathBuf) -> (String, String) {
    let start = move || Embedded::start(&Settings { data_folder, bin: None, for_tests: false }).unwrap();
    let embedded = tokio::task::spawn_blocking(start).await.unwrap();
    let url = embedded.url("attune");
    migrations::run(&url).await.unwrap();
    let world = World::over(url, "").await;
    let job = world.job(&world.home, "Customer support agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let amara = world.candidate(&job, "Amara Okafor").await;
    let me = world.who(Role::Interviewer);
    let met = world.interview(&amara, &round, &[me]).await;
    let filled = (met.interview.id.to_string(), me.email.clone());
    drop(world);
    tokio::task::spawn_blocking(move || embedded.stop()).await.unwrap();
    filled
}

/// Writes like the kit's script: one operation in flight, whose id survives every try.
struct Writer {
    client: reqwest::Client,
    kit: String,
    operations: String,
    /// What was acknowledged: revision and value by field.
    kept: BTreeMap<String, (i64, String)>,
    waiting: Option<Value>,
    written: usize,
}

impl Writer {
    /// Sends the next operation, or the one that has no answer yet. Answers whether it was acknowledged.
    async fn write(&mut self) -> bool {
        let operation = match self.waiting.take() {
            Some(operation) => operation,
            None => self.next(),
        };
        let sent = self
            .client
            .post(&self.operations)
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .json(&operation)
            .send()
            .await;
        let answer = match sent {
            Ok(answer) if answer.status().is_success() => answer.json::<Value>().await.ok(),
            Ok(answer) => {
                assert!(answer.status().is_server_error(), "{}", answer.status());
                None
            }
            Err(_) => None,
        };
        let Some(answer) = answer else {
            self.waiting = Some(operation);
            return false;
        };
        let base = operation["base_revision"].as_i64().unwrap();
        assert_eq!(answer["revision"], base + 1, "applied once");
        let value = operation["value"].as_str().unwrap().to_owned();
        self.kept.insert(operation["field"].as_str().unwrap().to_owned(), (base + 1, value));
        true
    }

    fn next(&mut self) -> Value {
        self.written += 1;
        let dimension = DIMENSIONS[self.written % DIMENSIONS.len()];
        let (field, value) = if self.written.is_multiple_of(3) {
            (format!("{dimension}.rating"), (self.written % 5 + 1).to_string())
        } else {
            (format!("{dimension}.note"), format!("word {} of hers", self.written))
        };
        let base = self.kept.get(&field).map_or(0, |kept| kept.0);
        json!({ "op_id": Uuid::now_v7(), "field": field, "base_revision": base, "value": value })
    }

    async fn expect_everything_acknowledged(&self) {
        for dimension in DIMENSIONS {
            let page = self.page(dimension).await;
            for part in ["rating", "note"] {
                let field = format!("{dimension}.{part}");
                let (revision, value) = found(&page, &field, part);
                let (kept_revision, kept_value) = self.kept.get(&field).cloned().unwrap_or_default();
                let waiting = self.waiting.as_ref().filter(|waiting| waiting["field"] == field.as_str());
                let is_kept = (revision, value.as_str()) == (kept_revision, kept_value.as_str());
                let is_waiting = waiting.is_some_and(|w| revision == kept_revision + 1 && w["value"] == value.as_str());
                assert!(
                    is_kept || is_waiting,
                    "{field}: {revision} {value:?}, acknowledged {kept_revision} {kept_value:?}"
                );
            }
        }
    }

    async fn page(&self, page: &str) -> scraper::Html {
        let answer = self.client.get(format!("{}/{page}", self.kit)).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
        scraper::Html::parse_document(&answer.text().await.unwrap())
    }
}

/// Revision and value of a field on its page.
fn found(page: &scraper::Html, field: &str, part: &str) -> (i64, String) {
    let control = page.select(&selector(&format!("[data-field='{field}']"))).next().unwrap();
    let revision = control.attr("data-revision").unwrap().parse().unwrap();
    let value = if part == "note" {
        control.text().collect()
    } else {
        let chosen = control.select(&selector("input[name=rating][checked]")).next();
        chosen.and_then(|input| input.attr("value")).unwrap_or_default().to_owned()
    };
    (revision, value)
}

fn selector(css: &str) -> scraper::Selector {
    scraper::Selector::parse(css).unwrap()
}

/// A folder of one's own that the database's account may enter.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        let folder = std::env::temp_dir().join(format!("attune-kill-{}", Uuid::now_v7().simple()));
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        Folder(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
