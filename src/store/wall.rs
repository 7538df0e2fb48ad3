//! The second wall: which rows a connection shows, kept by Postgres itself (row-level security), whatever a query forgets.

use std::time::Duration;

use anyhow::{Context, bail};
use diesel::{
    QueryableByName, sql_query,
    sql_types::{Array, Bool, Text},
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use super::{Conn, Pool, Pooled};
use crate::{
    domain::id::OrgId,
    error::{Error, Result},
};

/// Through whose eyes a connection looks. The migration of row-level security says what each may do with which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// One organisation: every request of a member, and every task about one organisation.
    Organisation(OrgId),
    /// Nobody is signed in yet: addresses, sign-ins and secret links of all organisations, and no candidate.
    Guest,
    /// The outbox and the sweeps of all organisations.
    Worker,
    /// Everything: what the command line and the tests stand on. Only the owner's account has it.
    Owner,
}

/// What the roles of [`Sight`] are called in Postgres.
const ROLES: [&str; 3] = ["attune_member", "attune_guest", "attune_worker"];

/// No server that lives needs longer to take a role on.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection from the pool, opened for this sight. Taking the role on is what tells whether the connection still
/// works, so it costs no round trip more than the pool's own question would.
///
/// # Errors
/// [`Error::Busy`] when none comes free in time or the database cannot be reached.
pub async fn connection(pool: &Pool, sight: Sight) -> Result<Pooled> {
    loop {
        let mut conn = pool.0.get().await.map_err(|error| {
            tracing::warn!(%error, "no database connection");
            Error::Busy
        })?;
        let is_new = Pooled::metrics(&conn).recycle_count == 0;
        let error = match tokio::time::timeout(PATIENCE, look(&mut conn, sight)).await {
            Ok(Ok(())) => return Ok(conn),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "no answer".to_owned(),
        };
        // The server was restarted since, say. Those that are left in the pool may be as dead; a new one is not.
        drop(Pooled::take(conn));
        if is_new {
            tracing::warn!(%error, "no database connection");
            return Err(Error::Busy);
        }
    }
}

/// Changes what a connection shows, from the next statement on.
pub async fn look(conn: &mut Conn, sight: Sight) -> Result<()> {
    // One simple query: two statements, one round trip, nothing to prepare. No text of anybody's is in it.
    let statements = match sight {
        Sight::Organisation(org) => format!("SET ROLE attune_member; SET attune.org = '{org}'"),
        Sight::Guest => "SET ROLE attune_guest; SET attune.org = ''".to_owned(),
        Sight::Worker => "SET ROLE attune_worker; SET attune.org = ''".to_owned(),
        Sight::Owner => "RESET ROLE; SET attune.org = ''".to_owned(),
    };
    Ok(conn.batch_execute(&statements).await?)
}

/// What was found out about the account that serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// It owns nothing and cannot get around the wall.
    Bounded,
    /// It owns the tables or is a superuser: the wall stands only for as long as the connection keeps its role.
    Owning,
}

/// Looks whether the wall stands: every table behind it, the roles bounded, and the serving account able to take them on.
///
/// # Errors
/// When a table has no wall, or a role is missing or may do too much; the text says what to do.
pub async fn check(serving_url: &str) -> anyhow::Result<Account> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Array<Text>)]
        bare: Vec<String>,
        #[diesel(sql_type = Array<Text>)]
        unbounded: Vec<String>,
        #[diesel(sql_type = Text)]
        account: String,
        #[diesel(sql_type = Bool)]
        owns: bool,
    }
    let mut conn = AsyncPgConnection::establish(serving_url).await.context("the database cannot be reached")?;
    let found: Found = sql_query(
        "WITH tables AS (
           SELECT c.relname, c.relowner, c.relrowsecurity AND c.relforcerowsecurity AS walled FROM pg_class c
             JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
              AND a.attname = CASE c.relname WHEN 'organisations' THEN 'id' ELSE 'org_id' END
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace)
         SELECT ARRAY(SELECT relname::text FROM tables WHERE NOT walled ORDER BY relname) AS bare,
                ARRAY(SELECT rolname::text FROM pg_roles r WHERE rolname = ANY($1)
                         AND (rolsuper OR rolbypassrls OR r.oid IN (SELECT relowner FROM tables))) AS unbounded,
                session_user::text AS account,
                (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user)
                  OR EXISTS (SELECT FROM tables WHERE pg_has_role(session_user, relowner, 'USAGE')) AS owns",
    )
    .bind::<Array<Text>, _>(ROLES.as_slice())
    .get_result(&mut conn)
    .await?;
    if let [first, ..] = found.bare.as_slice() {
        bail!(
            "{} of the tables, {first} among them, have no row-level security; run `attune migrate` as the owner",
            found.bare.len()
        );
    }
    if let [first, ..] = found.unbounded.as_slice() {
        bail!("the role {first} owns tables or gets around row-level security; take that away from it");
    }
    for sight in [Sight::Organisation(OrgId::new()), Sight::Guest, Sight::Worker] {
        look(&mut conn, sight).await.with_context(|| {
            format!("as an administrator of the database, run: GRANT {} TO \"{}\"", ROLES.join(", "), found.account)
        })?;
    }
    Ok(if found.owns { Account::Owning } else { Account::Bounded })
}
