//! Taking the audit trail away as a file that `attune verify` can check; that it was taken is its last line.

use diesel_async::AsyncConnection;
use serde_json::json;

use crate::{
    domain::trail::{COLUMNS, Form},
    error::{Error, Result},
    exports::Csv,
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
    },
};

/// Lines per batch.
const BATCH: i64 = 500;

/// An export under way; [`Export::next`] gives the file piece by piece.
pub struct Export {
    scope: Scope,
    form: Form,
    /// The last line that was given.
    after: i64,
    /// The line about this export, with which the file ends.
    last: i64,
    is_begun: bool,
}

impl Export {
    /// Begins an export and writes down who takes what.
    pub async fn begin(conn: &mut Conn, scope: Scope, actor: &Actor, form: Form) -> Result<Export> {
        let entry = Entry::new("event.exported", None).with(json!({ "form": form }));
        let last = conn.transaction(async |conn| event::append(conn, actor, entry).await).await?;
        Ok(Export { scope, form, after: 0, last, is_begun: false })
    }

    /// The next piece of the file; `None` after the last one.
    pub async fn next(&mut self, conn: &mut Conn) -> Result<Option<Vec<u8>>> {
        if !self.is_begun {
            self.is_begun = true;
            if self.form == Form::Csv {
                return Ok(Some(Csv::lines([COLUMNS.map(str::to_owned)])));
            }
        }
        let events = event::between(conn, &self.scope, self.after, self.last, BATCH).await?;
        let Some(newest) = events.last() else { return Ok(None) };
        self.after = newest.number;
        let lines = events.into_iter().map(event::line);
        Ok(Some(match self.form {
            Form::Csv => Csv::lines(lines.map(|line| line.cells())),
            Form::Jsonl => {
                let mut piece = Vec::new();
                for line in lines {
                    serde_json::to_writer(&mut piece, &line).map_err(|error| Error::Bug(error.into()))?;
                    piece.push(b'\n');
                }
                piece
            }
        }))
    }
}
