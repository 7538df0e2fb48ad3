//! Which statements a world's site sends to the database.

use std::sync::{Arc, Mutex, PoisonError};

use attune::store::{self, Conn, Pool};
use diesel::connection::InstrumentationEvent;
use diesel_async::AsyncConnection;
use futures_util::FutureExt;

/// What was sent, in order, over every connection of a pool.
#[derive(Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// A pool whose connections tell what they send.
    pub fn pool(&self, url: &str) -> Pool {
        let statements = self.clone();
        store::pool_with(
            url,
            8,
            Box::new(move |url| {
                let (url, statements) = (url.to_owned(), statements.clone());
                async move {
                    let mut conn = Conn::establish(&url).await?;
                    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
                        if let InstrumentationEvent::StartQuery { query, .. } = event {
                            statements.sent(&query.to_string());
                        }
                    });
                    Ok(conn)
                }
                .boxed()
            }),
        )
        .unwrap()
    }

    /// What was sent since the last call, without the values.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn sent(&self, query: &str) {
        // Whose rows a connection shows is said when it leaves the pool, whatever is asked then.
        if query.starts_with("SET ROLE ") {
            return;
        }
        let sql = query.split(" -- binds: ").next().unwrap_or_default();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sql.to_owned());
    }
}
