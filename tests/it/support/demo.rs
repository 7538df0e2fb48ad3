//! The demo organisations, loaded into a database of their own, on the day on which every test begins.

use std::sync::Arc;

use attune::{
    clock::Clock,
    config::Config,
    usecases::{demo, password::Hashing},
    web::Shared,
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
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
    /// The database's address for the account that serves.
    pub url: String,
    owner_url: String,
}

impl Demo {
    pub async fn new() -> Demo {
        let owner_url = database::fresh().await;
        let url = database::serving(&owner_url);
        let file = format!(
            "database_url = \"{url}\"\nsecret_key = \"a key for tests, longer than needed\"\nrequests_per_minute = 100000000\nmailbox = true"
        );
        let config = Config::read(&file, |_| None).unwrap();
        let now: Timestamp = NOW.parse().unwrap();
        let shared = Shared::new(config, Clock::set(now), Hashing::cheap().unwrap()).unwrap();
        let hash = shared.hashing.hash(demo::PASSWORD.to_owned()).await.unwrap();
        let mut conn = AsyncPgConnection::establish(&owner_url).await.unwrap();
        demo::load(&mut conn, &hash, now, &shared.config.public_url).await.unwrap();
        Demo { shared, url, owner_url }
    }

    /// Everybody reads Swedish from now on.
    pub async fn in_swedish(self) -> Demo {
        let mut conn = AsyncPgConnection::establish(&self.owner_url).await.unwrap();
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
