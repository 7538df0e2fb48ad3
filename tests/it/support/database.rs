//! A fresh database per test, copied from a template that is migrated once per run.

use std::{
    path::Path,
    process::{Command, Stdio},
    sync::OnceLock,
};

use attune::{
    postgres::{Embedded, Settings},
    store::migrations,
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use tokio::sync::{OnceCell, Semaphore};
use uuid::Uuid;

/// The one server of this test run; it ends with the process, and its gigabytes of databases go then.
fn server() -> &'static Embedded {
    static SERVER: OnceLock<Embedded> = OnceLock::new();
    SERVER.get_or_init(|| {
        let data_folder = std::env::temp_dir().join(format!("attune-it-{}", std::process::id()));
        remove_afterwards(&data_folder);
        Embedded::start(&Settings { data_folder, bin: None, for_tests: true }).expect("an embedded server")
    })
}

/// However the process ends: its end of the pipe is closed then, and the server is stopped with it.
fn remove_afterwards(folder: &Path) {
    let waits = "trap '' INT TERM; cat; sleep 2; rm -rf \"$0\"";
    let mut waiting = Command::new("sh");
    waiting.args(["-c", waits]).arg(folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    // Kept open until the end.
    std::mem::forget(waiting.spawn().expect("sh"));
}

/// The address of a new, migrated, empty database, for its owner.
pub async fn fresh() -> String {
    let server = tokio::task::spawn_blocking(server).await.unwrap();
    migrate(server).await;
    let name = format!("t_{}", Uuid::new_v4().simple());
    // Copying locks the template: a few at a time are as fast as all at once.
    static PLACES: Semaphore = Semaphore::const_new(2);
    let _place = PLACES.acquire().await.unwrap();
    run(&server.url("postgres"), &format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")).await;
    server.url(&name)
}

/// The address of the same database for the account that serves requests.
pub fn serving(owner_url: &str) -> String {
    owner_url.replacen("://attune@", "://attune_serving@", 1)
}

/// The server lives for one run, and so does its template.
const TEMPLATE: &str = "template_attune";

async fn migrate(server: &Embedded) {
    static MIGRATED: OnceCell<()> = OnceCell::const_new();
    MIGRATED
        .get_or_init(|| async {
            run(&server.url("postgres"), &format!("CREATE DATABASE {TEMPLATE}")).await;
            migrations::run(&server.url(TEMPLATE)).await.unwrap();
        })
        .await;
}

async fn run(url: &str, statement: &str) {
    let mut conn = AsyncPgConnection::establish(url).await.unwrap();
    diesel::sql_query(statement).execute(&mut conn).await.unwrap();
}
