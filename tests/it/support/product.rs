//! The real binary with a data folder of its own, and writers who write into it like the kit's script.

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

use super::{
    scenario::DIMENSIONS,
    world::{PASSWORD, World},
};

/// The binary, running, with an interview for each of its interviewers.
pub struct Product {
    folder: Folder,
    address: String,
    pub server: Child,
    /// The interview, and the address of who rates in it.
    pub interviews: Vec<(String, String)>,
}

impl Product {
    pub async fn new(interviewers: usize) -> Product {
        let folder = Folder::new();
        let interviews = filled(folder.0.clone(), interviewers).await;
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let server = serve(&folder, &address);
        let product = Product { folder, address, server, interviews };
        product.ready().await;
        product
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub async fn start(&mut self) {
        self.server = serve(&self.folder, &self.address);
        self.ready().await;
    }

    async fn ready(&self) {
        let start = Instant::now();
        let url = format!("{}/health/ready", self.base());
        while !reqwest::get(&url).await.is_ok_and(|answer| answer.status().is_success()) {
            assert!(start.elapsed() < Duration::from_secs(60), "the server becomes ready");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The database server's process; `None` for the moment in which there is none.
    pub fn postmaster(&self) -> Option<i32> {
        let file = self.folder.0.join("postgres/cluster/postmaster.pid");
        fs::read_to_string(file).ok()?.lines().next()?.parse().ok()
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

/// Makes the database and an interview in it for each interviewer.
async fn filled(data_folder: PathBuf, interviewers: usize) -> Vec<(String, String)> {
    let start = move || Embedded::start(&Settings { data_folder, bin: None, for_tests: false }).unwrap();
    let embedded = tokio::task::spawn_blocking(start).await.unwrap();
    let url = embedded.url("attune");
    migrations::run(&url).await.unwrap();
    let world = World::over(url, "").await;
    let job = world.job(&world.home, "Customer support agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let amara = world.candidate(&job, "Amara Okafor").await;
    let mut interviews = Vec::new();
    for n in 1..=interviewers {
        let me = world.member(&world.home, &format!("Interviewer {n}"), &[Role::Interviewer]).await;
        let met = world.interview(&amara, &round, &[&me]).await;
        interviews.push((met.interview.id.to_string(), me.email.clone()));
    }
    drop(world);
    tokio::task::spawn_blocking(move || embedded.stop()).await.unwrap();
    interviews
}

/// Writes like the kit's script: one operation in flight, whose id survives every try. What was acknowledged is in its ledger.
pub struct Writer {
    client: reqwest::Client,
    kit: String,
    operations: String,
    /// What was acknowledged: revision and value by field.
    pub ledger: BTreeMap<String, (i64, String)>,
    waiting: Option<Value>,
    pub written: usize,
    pub tries: usize,
}

impl Writer {
    /// Signs in and opens the kit, on the line that leads to `base`; an answer may take `patience`.
    pub async fn sign_in(base: &str, interview: &str, email: &str, patience: Duration) -> Writer {
        let client = reqwest::Client::builder().cookie_store(true).timeout(patience).build().unwrap();
        let form = [("email", email), ("password", PASSWORD)];
        let signed_in =
            client.post(format!("{base}/sign-in")).header("sec-fetch-site", "same-origin").form(&form).send().await;
        assert!(signed_in.unwrap().status().is_success());
        let mut writer = Writer {
            client,
            kit: format!("{base}/interviews/{interview}/kit"),
            operations: String::new(),
            ledger: BTreeMap::new(),
            waiting: None,
            written: 0,
            tries: 0,
        };
        let page = writer.page("listening").await;
        let scorecard = page.select(&selector("form#kit")).next().unwrap().attr("data-scorecard").unwrap().to_owned();
        writer.operations = format!("{base}/scorecards/{scorecard}/operations");
        writer
    }

    /// Sends the next operation, or the one that has no answer yet. Answers whether it was acknowledged.
    pub async fn write(&mut self) -> bool {
        let operation = match self.waiting.take() {
            Some(operation) => operation,
            None => self.next(),
        };
        self.tries += 1;
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
        self.ledger.insert(operation["field"].as_str().unwrap().to_owned(), (base + 1, value));
        true
    }

    /// A rating every third time, else one more word of a note: a word that is lost or doubled shows in the note.
    fn next(&mut self) -> Value {
        self.written += 1;
        let dimension = DIMENSIONS[self.written % DIMENSIONS.len()];
        let is_rating = self.written.is_multiple_of(3);
        let field = format!("{dimension}.{}", if is_rating { "rating" } else { "note" });
        let (base, held) = self.ledger.get(&field).cloned().unwrap_or_default();
        let value = match is_rating {
            true => (self.written % 5 + 1).to_string(),
            // A note of a long interview; then the next one begins.
            false if held.len() > 8000 => format!("w{}", self.written),
            false => format!("{held} w{}", self.written).trim_start().to_owned(),
        };
        json!({ "op_id": Uuid::now_v7(), "field": field, "base_revision": base, "value": value })
    }

    /// Whether an operation has no answer yet.
    pub fn waits(&self) -> bool {
        self.waiting.is_some()
    }

    /// The server holds exactly what was acknowledged, as often as it was; one operation may have lost its answer.
    pub async fn expect_everything_acknowledged(&self) {
        for dimension in DIMENSIONS {
            let page = self.page(dimension).await;
            for part in ["rating", "note"] {
                let field = format!("{dimension}.{part}");
                let (revision, value) = found(&page, &field, part);
                let (kept_revision, kept_value) = self.ledger.get(&field).cloned().unwrap_or_default();
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

    /// A page of the kit, however often the line fails on the way.
    async fn page(&self, page: &str) -> scraper::Html {
        for _ in 0..200 {
            if let Ok(answer) = self.client.get(format!("{}/{page}", self.kit)).send().await
                && answer.status().is_success()
                && let Ok(text) = answer.text().await
            {
                return scraper::Html::parse_document(&text);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{page} of the kit did not come");
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
