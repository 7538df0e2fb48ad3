//! Exporting records: streamed in batches, with a line in the trail when it begins and one when it is complete.

use diesel_async::AsyncConnection;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::comparison::compare;
use crate::{
    domain::id::ScorecardId,
    error::{Error, Result},
    exports::{self, AmendedRating, Csv, ExportedRating, ExportedRecord, Form, SecondRating},
    store::{
        Conn, Scope, Slice, comparison,
        event::{self, Actor, Entry},
        job,
        record::{self, Filter, Record},
    },
};

/// Scorecards per batch: a few hundred kilobytes in memory at a time, however large the file.
const BATCH: i64 = 200;

/// An export under way; [`Export::next`] gives the file piece by piece.
pub struct Export {
    scope: Scope,
    actor: Actor,
    filter: Filter,
    form: Form,
    dimensions: Vec<String>,
    after: Option<ScorecardId>,
    hash: Sha256,
    rows: u64,
    step: Step,
}

#[derive(PartialEq)]
enum Step {
    Header,
    Rows,
    /// Every row is out; what is left is to write it down.
    Complete,
    Done,
}

impl Export {
    /// Begins an export and writes down who takes what.
    ///
    /// # Errors
    /// `NotFound` for a job that is out of reach; `Invalid` for a comparison without a job.
    pub async fn begin(conn: &mut Conn, scope: Scope, actor: Actor, filter: Filter, form: Form) -> Result<Export> {
        if let Some(id) = filter.job {
            job::find(conn, &scope, id).await?;
        }
        if form == Form::Comparison && filter.job.is_none() {
            return Err(Error::invalid("job", "record-comparison-job"));
        }
        let dimensions = record::dimensions(conn, &scope, filter).await?;
        let entry = Entry::new("record.exported", filter.job.map(|job| job.0)).with(json!({ "form": form }));
        conn.transaction(async |conn| event::append(conn, &actor, entry).await).await?;
        Ok(Export {
            scope,
            actor,
            filter,
            form,
            dimensions,
            after: None,
            hash: Sha256::new(),
            rows: 0,
            step: Step::Header,
        })
    }

    /// The next piece of the file; `None` after the last one, when rows and hash are in the trail.
    pub async fn next(&mut self, conn: &mut Conn) -> Result<Option<Vec<u8>>> {
        let piece = match self.step {
            Step::Done => return Ok(None),
            Step::Header => {
                self.step = Step::Rows;
                Csv::lines([exports::columns(self.form, &self.dimensions)])
            }
            Step::Rows if self.form == Form::Comparison => {
                self.step = Step::Complete;
                let rows = self.compared(conn).await?;
                self.rows += rows.len() as u64;
                Csv::lines(rows)
            }
            Step::Complete => {
                self.finish(conn).await?;
                return Ok(None);
            }
            Step::Rows => {
                let records = record::batch(conn, &self.scope, self.filter, self.after, BATCH).await?;
                let Some(last) = records.last() else {
                    self.finish(conn).await?;
                    return Ok(None);
                };
                self.after = Some(last.head.scorecard);
                if (records.len() as i64) < BATCH {
                    self.step = Step::Complete;
                }
                let rows: Vec<Vec<String>> = records
                    .iter()
                    .flat_map(|record| exports::rows(&exported(record), self.form, &self.dimensions))
                    .collect();
                self.rows += rows.len() as u64;
                Csv::lines(rows)
            }
        };
        self.hash.update(&piece);
        Ok(Some(piece))
    }

    /// The comparison as this member may see it.
    async fn compared(&self, conn: &mut Conn) -> Result<Vec<Vec<String>>> {
        let job = self.filter.job.ok_or(Error::NotFound)?;
        let list = comparison::load(conn, &self.scope, job, self.actor.now).await?;
        let compared = compare(list.inputs).await?;
        Ok(exports::comparison_rows(&compared, &job.to_string(), &list.job.full_title(), &self.dimensions))
    }

    async fn finish(&mut self, conn: &mut Conn) -> Result<()> {
        self.step = Step::Done;
        let hash: String = self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let detail = json!({ "form": self.form, "rows": self.rows, "sha256": hash });
        let entry = Entry::new("record.export_completed", self.filter.job.map(|job| job.0)).with(detail);
        conn.transaction(async |conn| event::append(conn, &self.actor, entry).await).await?;
        Ok(())
    }
}

/// A page of records, for another system; who took it is written down, page by page.
///
/// # Errors
/// `NotFound` for a job that is out of reach.
pub async fn read(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    filter: Filter,
    after: Option<ScorecardId>,
    limit: i64,
) -> Result<Slice<Record, ScorecardId>> {
    if let Some(id) = filter.job {
        job::find(conn, scope, id).await?;
    }
    let rows = record::batch(conn, scope, filter, after, limit + 1).await?;
    let page = Slice::cut(rows, limit, |record| record.head.scorecard);
    let detail = json!({ "form": "json", "after": after, "rows": page.items.len() });
    let entry = Entry::new("record.exported", filter.job.map(|job| job.0)).with(detail);
    conn.transaction(async |conn| event::append(conn, actor, entry).await).await?;
    Ok(page)
}

/// What an interviewer said to what was entered for them: "1", "0", or nothing yet.
fn said(is_right: Option<bool>) -> String {
    is_right.map(|is_right| u8::from(is_right).to_string()).unwrap_or_default()
}

fn exported(record: &Record) -> ExportedRecord {
    let head = &record.head;
    let time = |at: jiff::Timestamp| at.to_string();
    let decision = record.decision.as_ref();
    ExportedRecord {
        head: [
            head.job.to_string(),
            head.job_title.clone(),
            head.job_place.clone(),
            head.rubric.clone(),
            head.rubric_version.to_string(),
            head.round_position.to_string(),
            head.round.clone(),
            head.medium.to_string(),
            head.candidate.to_string(),
            head.candidate_name.clone(),
            head.interview.to_string(),
            time(head.interview_starts_at.to_jiff()),
            head.interviewer.to_string(),
            head.interviewer_name.clone(),
            head.scorecard.to_string(),
            head.submitted_at.to_jiff().map(time).unwrap_or_default(),
            head.recommendation.map(|recommendation| recommendation.to_string()).unwrap_or_default(),
            decision.map(|decision| decision.outcome.to_string()).unwrap_or_default(),
            decision.map(|decision| decision.reason.clone()).unwrap_or_default(),
            decision.map(|decision| time(decision.at.to_jiff())).unwrap_or_default(),
            head.application.to_string(),
            if head.interviewer_is_outside { "1".to_owned() } else { String::new() },
            record.paper.as_ref().map(|paper| paper.by.clone()).unwrap_or_default(),
            record.paper.as_ref().map(|paper| said(paper.is_right)).unwrap_or_default(),
        ],
        facts: head.facts.clone(),
        ratings: record
            .ratings
            .iter()
            .map(|rating| ExportedRating {
                dimension: rating.dimension.clone(),
                rating: rating.rating(),
                ticks: rating.ticks.clone(),
                note: rating.note.clone(),
                asked: rating.asked.clone(),
                seconds: rating.seconds,
                amended: record.amendments.iter().rfind(|amendment| amendment.dimension == rating.dimension).and_then(
                    |amendment| {
                        Some(AmendedRating {
                            rating: amendment.rating()?,
                            reason: amendment.reason.clone(),
                            at: time(amendment.at.to_jiff()),
                        })
                    },
                ),
                second: record.seconds.iter().find(|second| second.dimension == rating.dimension).and_then(|second| {
                    Some(SecondRating {
                        rating: second.rating()?,
                        reason: second.reason.clone(),
                        evidence: second.evidence.clone(),
                        note: second.note.clone(),
                        debrief: second.debrief.to_string(),
                        closed_at: time(second.closed_at),
                    })
                }),
            })
            .collect(),
    }
}
