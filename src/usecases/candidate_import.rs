//! Candidates from a CSV file: kept for a preview, imported whole or not at all, once.

use std::collections::HashMap;

use diesel_async::AsyncConnection;
use serde_json::json;

use super::candidate::open_job;
use crate::{
    domain::{
        candidate_file::{self, FileProblem, MOST_BYTES, MOST_ROWS, Row, RowProblem},
        id::{ApplicationId, CandidateId, ImportId, JobId},
    },
    error::{Complaint, Error, Message, Result},
    store::{
        Conn, Scope,
        application::{self, Application},
        candidate::{self, Candidate, Known},
        candidate_import::{self, CandidateImport},
        event::{self, Actor, Entry},
        job,
    },
};

/// A file as its preview shows it.
pub struct Preview {
    pub rows: Vec<(Row, Standing)>,
    /// Headings of columns that are not read.
    pub ignored: Vec<String>,
    pub counts: Counts,
}

/// What importing a row would do.
#[derive(Clone, Debug)]
pub enum Standing {
    New,
    /// The organisation has this candidate: they apply for one more job.
    Linked(Known),
    /// Already in this job: nothing happens.
    InJob(CandidateId),
    Bad(RowProblem),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: usize,
    pub linked: usize,
    pub in_job: usize,
    pub bad: usize,
}

/// What came of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    Now(Counts),
    /// The same file was confirmed before; nothing was done twice.
    Before,
}

/// Keeps a file for its preview.
///
/// # Errors
/// `Invalid` when it cannot be read, `Refused` when the job is closed.
pub async fn keep(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    job: JobId,
    file_name: &str,
    bytes: &[u8],
) -> Result<ImportId> {
    let complain = |problem: FileProblem| Error::Invalid(vec![Complaint::new("file", explain(&problem))]);
    let content = candidate_file::decode(bytes).map_err(complain)?;
    let file = candidate_file::read(&content).map_err(complain)?;
    if file.rows.is_empty() {
        return Err(complain(FileProblem::Empty));
    }
    let job = job::find(conn, scope, job).await?;
    if !job.is_open() {
        return Err(Error::refused("candidate-job-closed"));
    }
    let import = CandidateImport {
        org_id: scope.org,
        id: ImportId::new(),
        job_id: job.id,
        member_id: scope.member,
        file_name: file_name.chars().filter(|c| !c.is_control()).take(120).collect(),
        content,
        created_at: actor.now.into(),
        imported_at: None.into(),
    };
    candidate_import::insert(conn, &import).await?;
    Ok(import.id)
}

/// What importing a kept file would do, row by row.
pub async fn preview(conn: &mut Conn, scope: &Scope, import: &CandidateImport) -> Result<Preview> {
    let file = candidate_file::read(&import.content).map_err(|problem| Error::Bug(problem.into()))?;
    let good = || file.rows.iter().filter_map(|row| row.details.as_ref().ok());
    let emails: Vec<_> = good().filter_map(|details| details.email.clone()).collect();
    let nameless: Vec<_> =
        good().filter(|details| details.email.is_none()).map(|details| details.name.clone()).collect();
    let known = candidate::known(conn, scope, Some(import.job_id), &emails).await?;
    let namesakes = candidate::namesakes(conn, scope, import.job_id, &nameless).await?;

    let mut counts = Counts::default();
    let rows = file
        .rows
        .into_iter()
        .map(|row| {
            let standing = standing(&row, &known, &namesakes);
            *match standing {
                Standing::New => &mut counts.new,
                Standing::Linked(_) => &mut counts.linked,
                Standing::InJob(_) => &mut counts.in_job,
                Standing::Bad(_) => &mut counts.bad,
            } += 1;
            (row, standing)
        })
        .collect();
    Ok(Preview { rows, ignored: file.ignored, counts })
}

/// What the import of a file came to, from the trail; `None` when it has not been imported.
pub async fn result(conn: &mut Conn, scope: &Scope, import: &CandidateImport) -> Result<Option<Counts>> {
    let Some(event) = event::newest_about(conn, scope, "candidate.imported", import.id.0).await? else {
        return Ok(None);
    };
    let count = |name: &str| event.detail[name].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    let (new, linked) = (count("added"), count("linked"));
    Ok(Some(Counts { new, linked, in_job: count("already_in_job"), bad: count("left_out") }))
}

/// Imports a kept file in one transaction: every good row or, on any error, none.
///
/// # Errors
/// `Invalid` when rows are bad and `leave_out_bad` was not said, `Refused` when nothing is left to import or the job was
/// closed meanwhile.
pub async fn import(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    job: JobId,
    id: ImportId,
    leave_out_bad: bool,
) -> Result<Imported> {
    conn.transaction(async |conn| {
        let import = candidate_import::lock(conn, scope, job, id).await?;
        if import.is_done() {
            return Ok(Imported::Before);
        }
        let job = open_job(conn, scope, job).await?;
        candidate::lock(conn, scope).await?;
        let Preview { rows, counts, .. } = preview(conn, scope, &import).await?;
        if counts.bad > 0 && !leave_out_bad {
            return Err(Error::invalid("leave_out_bad", "candidate-import-bad-rows-stay"));
        }
        if counts.new + counts.linked == 0 {
            return Err(Error::refused("candidate-import-nothing"));
        }
        insert(conn, scope, actor, job.id, &rows).await?;
        candidate_import::finish(conn, scope, id, actor.now).await?;
        let detail = json!({
            "job": job.id, "added": counts.new, "linked": counts.linked,
            "already_in_job": counts.in_job, "left_out": counts.bad,
        });
        event::append(conn, actor, Entry::new("candidate.imported", id.0).with(detail)).await?;
        Ok(Imported::Now(counts))
    })
    .await
}

async fn insert(conn: &mut Conn, scope: &Scope, actor: &Actor, job_id: JobId, rows: &[(Row, Standing)]) -> Result<()> {
    let (mut candidates, mut applications) = (Vec::new(), Vec::new());
    for (row, standing) in rows {
        let candidate_id = match (standing, &row.details) {
            (Standing::New, Ok(details)) => {
                let candidate = Candidate::new(scope.org, details, actor.now);
                let id = candidate.id;
                candidates.push(candidate);
                id
            }
            (Standing::Linked(known), _) => known.id,
            _ => continue,
        };
        let (id, created_at) = (ApplicationId::new(), actor.now.into());
        applications.push(Application { org_id: scope.org, id, job_id, candidate_id, created_at });
    }
    candidate::insert(conn, &candidates).await?;
    application::insert(conn, &applications).await
}

fn standing(row: &Row, known: &HashMap<String, Known>, namesakes: &HashMap<String, CandidateId>) -> Standing {
    match &row.details {
        Err(problem) => Standing::Bad(problem.clone()),
        Ok(details) => match &details.email {
            Some(email) => match known.get(&email.key()) {
                Some(known) if known.in_job => Standing::InJob(known.id),
                Some(known) => Standing::Linked(known.clone()),
                None => Standing::New,
            },
            // Without an address a name is all there is: a file that comes twice must not double people.
            None => namesakes.get(&details.name.to_lowercase()).map_or(Standing::New, |id| Standing::InJob(*id)),
        },
    }
}

/// A fault of a whole file, for a person.
fn explain(problem: &FileProblem) -> Message {
    match problem {
        FileProblem::Empty => Message::new("candidate-file-empty"),
        FileProblem::TooLarge => Message::new("candidate-file-too-large").with("kilobytes", MOST_BYTES / 1024),
        FileProblem::TooManyRows(rows) => {
            Message::new("candidate-file-too-many-rows").with("rows", rows).with("most", MOST_ROWS)
        }
        FileProblem::Encoding => Message::new("candidate-file-encoding"),
        FileProblem::NotText => Message::new("candidate-file-not-text"),
        FileProblem::NoNameColumn => Message::new("candidate-file-no-name-column"),
        FileProblem::RepeatedColumn(column) => Message::new("candidate-file-repeated-column").with("column", column),
        FileProblem::OpenQuote(line) => Message::new("candidate-file-open-quote").with("line", line),
    }
}
