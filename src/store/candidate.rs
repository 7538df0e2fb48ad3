//! Candidates: the people who apply.

use std::collections::HashMap;

use diesel::{pg::Pg, prelude::*, sql_types::Text};
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;

use super::{Conn, Scope, Slice, job, statement::Statement};
use crate::{
    domain::{
        candidate::CandidateDetails,
        email::EmailAddress,
        id::{CandidateId, JobId, OrgId},
        policy::Reach,
    },
    error::Result,
    schema::{applications, candidates, jobs, organisations},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = candidates, check_for_backend(Pg))]
pub struct Candidate {
    pub org_id: OrgId,
    pub id: CandidateId,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub note: String,
    pub created_at: Timestamp,
    pub pronunciation: String,
}

impl Candidate {
    pub fn new(org: OrgId, details: &CandidateDetails, now: jiff::Timestamp) -> Candidate {
        Candidate {
            org_id: org,
            id: CandidateId::new(),
            name: details.name.clone(),
            email: details.email.as_ref().map(ToString::to_string),
            phone: details.phone.clone(),
            note: details.note.clone(),
            created_at: now.into(),
            pronunciation: details.pronunciation.clone(),
        }
    }
}

/// # Errors
/// `NotFound` unless the candidate applies for a job that the scope reaches.
pub async fn find(conn: &mut Conn, scope: &Scope, id: CandidateId) -> Result<Candidate> {
    Ok(visible(scope).filter(candidates::id.eq(id)).first(conn).await?)
}

/// Candidates, the newest first, `limit` at a time, whose name or address contains `part`. The primary key gives them in
/// order, so that a page stops reading when it is full.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    part: &str,
    before: Option<CandidateId>,
    limit: i64,
) -> Result<Slice<Candidate, CandidateId>> {
    let mut query = visible(scope).order(candidates::id.desc()).limit(limit + 1);
    if !part.is_empty() {
        let pattern = format!("%{}%", literal(part));
        query = query.filter(candidates::name.ilike(pattern.clone()).or(candidates::email.ilike(pattern)));
    }
    if let Some(id) = before {
        query = query.filter(candidates::id.lt(id));
    }
    Ok(Slice::cut(query.load(conn).await?, limit, |candidate| candidate.id))
}

/// The titles of the jobs that these candidates apply for, as far as the scope reaches, newest first.
pub async fn job_titles(
    conn: &mut Conn,
    scope: &Scope,
    ids: &[CandidateId],
) -> Result<HashMap<CandidateId, Vec<(JobId, String)>>> {
    let rows: Vec<(CandidateId, JobId, String)> = applications::table
        .inner_join(jobs::table.on(jobs::org_id.eq(applications::org_id).and(jobs::id.eq(applications::job_id))))
        .filter(applications::org_id.eq(scope.org).and(applications::candidate_id.eq_any(ids)))
        .filter(applications::job_id.eq_any(job::visible_ids(scope)))
        .order(applications::id.desc())
        .select((applications::candidate_id, jobs::id, jobs::title))
        .load(conn)
        .await?;
    let mut titles: HashMap<CandidateId, Vec<(JobId, String)>> = HashMap::new();
    for (candidate, job, title) in rows {
        titles.entry(candidate).or_default().push((job, title));
    }
    Ok(titles)
}

/// A candidate whom somebody who runs jobs is about to add again.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: CandidateId,
    pub name: String,
    /// Already applies for the job in question.
    pub in_job: bool,
}

/// The candidates of the whole organisation with one of these addresses, by [`EmailAddress::key`]; for members who run
/// jobs, who see them all. Without a job nobody is in it.
pub async fn known(
    conn: &mut Conn,
    scope: &Scope,
    job: Option<JobId>,
    emails: &[EmailAddress],
) -> Result<HashMap<String, Known>> {
    let keys: Vec<String> = emails.iter().map(EmailAddress::key).collect();
    let rows: Vec<(CandidateId, String, Option<String>, Option<JobId>)> = candidates::table
        .left_join(
            applications::table.on(applications::org_id
                .eq(candidates::org_id)
                .and(applications::candidate_id.eq(candidates::id))
                .and(applications::job_id.eq_any(job))),
        )
        .filter(candidates::org_id.eq(scope.org))
        .filter(Statement::<Text>::new("lower(email)", Vec::new()).eq_any(keys))
        .select((candidates::id, candidates::name, candidates::email, applications::job_id.nullable()))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name, email, job)| {
            let key = email.as_deref().unwrap_or_default().to_ascii_lowercase();
            (key, Known { id, name, in_job: job.is_some() })
        })
        .collect())
}

/// The candidates of a job that have one of these names, by name in lower case.
pub async fn namesakes(
    conn: &mut Conn,
    scope: &Scope,
    job: JobId,
    names: &[String],
) -> Result<HashMap<String, CandidateId>> {
    let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let rows: Vec<(CandidateId, String)> = applications::table
        .inner_join(
            candidates::table
                .on(candidates::org_id.eq(applications::org_id).and(candidates::id.eq(applications::candidate_id))),
        )
        .filter(applications::org_id.eq(scope.org).and(applications::job_id.eq(job)))
        .filter(Statement::<Text>::new("lower(name)", Vec::new()).eq_any(names))
        .select((candidates::id, candidates::name))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (name.to_lowercase(), id)).collect())
}

/// Lets nobody else add candidates to the organisation until the transaction ends, so that what was looked up holds.
pub async fn lock(conn: &mut Conn, scope: &Scope) -> Result<()> {
    let _: OrgId =
        organisations::table.find(scope.org).select(organisations::id).for_no_key_update().first(conn).await?;
    Ok(())
}

pub async fn insert(conn: &mut Conn, candidates: &[Candidate]) -> Result<()> {
    diesel::insert_into(candidates::table).values(candidates).execute(conn).await?;
    Ok(())
}

/// Gives a candidate that the caller has found other details.
pub async fn update(conn: &mut Conn, scope: &Scope, id: CandidateId, details: &CandidateDetails) -> Result<()> {
    diesel::update(candidates::table.find((scope.org, id)))
        .set((
            candidates::name.eq(&details.name),
            candidates::email.eq(details.email.as_ref().map(EmailAddress::as_str)),
            candidates::phone.eq(&details.phone),
            candidates::note.eq(&details.note),
            candidates::pronunciation.eq(&details.pronunciation),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// The candidates of the organisation that apply for a job within reach.
fn visible(
    scope: &Scope,
) -> candidates::BoxedQuery<'static, Pg, diesel::dsl::SqlTypeOf<diesel::dsl::AsSelect<Candidate, Pg>>> {
    let query = candidates::table.filter(candidates::org_id.eq(scope.org)).select(Candidate::as_select()).into_boxed();
    match scope.reach {
        Reach::All => query,
        Reach::Own => query.filter(
            candidates::id.eq_any(
                applications::table
                    .filter(applications::org_id.eq(scope.org))
                    .filter(applications::job_id.eq_any(job::visible_ids(scope)))
                    .select(applications::candidate_id),
            ),
        ),
    }
}

/// A text in which `LIKE` finds nothing special.
fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
