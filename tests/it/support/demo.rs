//! The demo organisations, loaded into a database of their own, on the day on which every test begins.

use std::sync::Arc;

use attune::{
    clock::Clock,
    config::Config,
    store,
    usecases::{demo, password::Hashing},
    web::Shared,
};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use super::{
    browser::{Browser, Site},
    database,
};

/// Two o'clock in the afternoon in Stockholm.
const NOW: &str = "2026-11-23T13:02:00Z";

/// Members of the first demo organisation, by what they are there.
pub const RECRUITER: &str = "jonas.bergstrom@nordlys.example";
pub const HIRING_MANAGER: &str = "fatima.el-amrani@nordlys.example";
pub const HR: &str = "henrik.aaltonen@nordlys.example";
pub const ADMIN: &str = "astrid.lindqvist@nordlys.example";

pub struct Demo {
    pub shared: Arc<Shared>,
    pub url: String,
}

impl Demo {
    pub async fn new() -> Demo {
        let url = database::fresh().await;
        let file =
            format!("database_url = \"{url}\"\nsecret_key = \"a key for tests, longer than needed\"\nmailbox = true");
        let config = Config::read(&file, |_| None).unwrap();
        let now: Timestamp = NOW.parse().unwrap();
        let shared = Shared::new(config, Clock::set(now), Hashing::cheap().unwrap()).unwrap();
        let hash = shared.hashing.hash(demo::PASSWORD.to_owned()).await.unwrap();
        let pool = store::pool(&url, 1).unwrap();
        let mut conn = store::connection(&pool).await.unwrap();
        demo::load(&mut conn, &hash, now, &shared.config.public_url).await.unwrap();
        Demo { shared, url }
    }

    /// Everybody reads Swedish from now on.
    pub async fn in_swedish(self) -> Demo {
        let pool = store::pool(&self.url, 1).unwrap();
        let mut conn = store::connection(&pool).await.unwrap();
        diesel::sql_query("UPDATE members SET locale = 'sv'").execute(&mut conn).await.unwrap();
        self
    }

    pub fn serve(&self) -> Site {
        Site::of(&self.shared, &self.url)
    }
}

impl Browser {
    pub async fn sign_in_to_demo(&self, email: &str) {
        self.sign_in_as(email, demo::PASSWORD).await;
    }
}
