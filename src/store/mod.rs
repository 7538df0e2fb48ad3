//! The only SQL. One file per noun; every query of a tenant starts at a [`Scope`].

pub mod anonymity;
pub mod api_token;
pub mod application;
pub mod authenticator;
pub mod candidate;
pub mod candidate_history;
pub mod candidate_import;
pub mod comparison;
pub mod completion;
pub mod debrief;
pub mod decision;
pub mod erasure;
pub mod event;
pub mod evidence;
pub mod handover;
pub mod interview;
pub mod job;
pub mod job_progress;
pub mod kit;
pub mod letter;
pub mod member;
pub mod migrations;
pub mod operation;
pub mod organisation;
pub mod paper;
pub mod passkey;
pub mod provisioned;
pub mod question;
pub mod record;
pub mod recovery_code;
pub mod reminder;
pub mod round;
pub mod rubric;
pub mod rubric_cache;
pub mod rubric_version;
pub mod scorecard;
pub mod seat_link;
pub mod secret_link;
pub mod session;
pub mod sign_on;
pub mod statement;
pub mod subject_record;
pub mod summary;
pub mod sweep;
pub mod today;
pub mod wall;

use std::time::Duration;

use diesel_async::{
    AsyncPgConnection,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, SetupCallback, deadpool},
};
pub use wall::{Sight, connection};

use crate::{
    domain::{
        id::{MemberId, OrgId},
        policy::Reach,
    },
    error::{Error, Result},
};

/// A connection, inside or outside a transaction.
pub type Conn = AsyncPgConnection;
/// The connections of one worker thread; they are driven by the thread that opened them. Only [`connection`] takes one
/// out, because it says whose rows the connection shows.
#[derive(Clone)]
pub struct Pool(deadpool::Pool<AsyncPgConnection>);
pub type Pooled = deadpool::Object<AsyncPgConnection>;

/// Whose eyes a query looks through. Only `web`'s `May<…>` and the worker make one.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    pub org: OrgId,
    pub member: MemberId,
    pub reach: Reach,
    /// The organisation's policy: others' scorecards of an interview open when one's own is submitted.
    pub blind: bool,
}

/// One page of a list, newest first or by name, and where the next begins.
#[derive(Clone, Debug)]
pub struct Slice<T, Key> {
    pub items: Vec<T>,
    pub next: Option<Key>,
}

impl<T, Key> Slice<T, Key> {
    /// From `limit + 1` rows: the row too many tells that there is a next page, which begins after the last one shown.
    pub fn cut(mut rows: Vec<T>, limit: i64, key: impl Fn(&T) -> Key) -> Slice<T, Key> {
        let limit = usize::try_from(limit).unwrap_or_default();
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(key) } else { None };
        Slice { items: rows, next }
    }

    /// From a whole list that is in order: what stands behind the item with this key, or its beginning.
    pub fn behind(list: Vec<T>, after: Option<&Key>, limit: i64, key: impl Fn(&T) -> Key) -> Slice<T, Key>
    where
        Key: PartialEq,
    {
        let last = after.and_then(|after| list.iter().position(|item| key(item) == *after));
        let keep = usize::try_from(limit).unwrap_or_default().saturating_add(1);
        Slice::cut(list.into_iter().skip(last.map_or(0, |last| last + 1)).take(keep).collect(), limit, key)
    }
}

/// A pool of at most `size` connections. A caller that waits longer than five seconds is told to come back.
pub fn pool(url: &str, size: usize) -> Result<Pool> {
    pool_of(url, size, ManagerConfig::default())
}

/// The same, with connections that somebody else opens: the tests watch theirs.
pub fn pool_with(url: &str, size: usize, open: SetupCallback<Conn>) -> Result<Pool> {
    let mut config = ManagerConfig::default();
    config.custom_setup = open;
    pool_of(url, size, config)
}

fn pool_of(url: &str, size: usize, mut config: ManagerConfig<Conn>) -> Result<Pool> {
    // Whether a connection still lives, it tells when it takes on its role ([`connection`]); nothing else asks.
    config.recycling_method = RecyclingMethod::Fast;
    let wait = Some(Duration::from_secs(5));
    deadpool::Pool::builder(AsyncDieselConnectionManager::new_with_config(url, config))
        .max_size(size)
        .wait_timeout(wait)
        .create_timeout(wait)
        .runtime(::deadpool::Runtime::Tokio1)
        .build()
        .map(Pool)
        .map_err(|error| Error::Bug(error.into()))
}
