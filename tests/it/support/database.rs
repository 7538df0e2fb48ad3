//! A fresh database per test, copied from a template that is migrated once per state of the migrations.

use std::sync::OnceLock;

use attune::{
    postgres::{Embedded, Settings},
    store::migrations,
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use tokio::sync::{OnceCell, Semaphore};
use uuid::Uuid;

/// The one server of this test run; it ends with the process.
fn server() -> &'static Embedded {
    static SERVER: OnceLock<Embedded> = OnceLock::new();
    SERVER.get_or_init(|| {
        let data_folder = std::env::temp_dir().join(format!("attune-it-{}", std::process::id()));
        Embedded::start(&Settings { data_folder, bin: None, for_tests: true }).expect("an embedded server")
    })
}

/// The address of a new, migrated, empty database.
pub async fn fresh() -> String {
    let server = tokio::task::spawn_blocking(server).await.unwrap();
    let template = template(server).await;
    let name = format!("t_{}", Uuid::new_v4().simple());
    // Copying locks the template: a few at a time are as fast as all at once.
    static PLACES: Semaphore = Semaphore::const_new(2);
    let _place = PLACES.acquire().await.unwrap();
    run(&server.url("postgres"), &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")).await;
    server.url(&name)
}

async fn template(server: &Embedded) -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let name = format!("template_{}", migrations::digest().unwrap());
            run(&server.url("postgres"), &format!("CREATE DATABASE {name}")).await;
            migrations::run(&server.url(&name)).await.unwrap();
            name
        })
        .await
}

async fn run(url: &str, statement: &str) {
    let mut conn = AsyncPgConnection::establish(url).await.unwrap();
    diesel::sql_query(statement).execute(&mut conn).await.unwrap();
}
