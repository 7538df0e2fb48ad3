//! The versions of rubrics: published ones, which never change, and at most one draft of each rubric.

use diesel::{pg::Pg, prelude::*, sql_types};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};
use serde_json::Value;

use super::{Conn, Scope, Slice, job, statement::Statement};
use crate::{
    domain::{
        id::{JobId, MemberId, OrgId, RubricId, RubricVersionId},
        localized::Localized,
        rubric::Rubric,
        text_enum::text_enum,
    },
    error::{Error, Result},
    schema::{jobs, members, rubric_versions, rubrics},
    store::job::JobState,
};

text_enum! {
    VersionState { Draft = "draft", Published = "published" }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = rubric_versions, check_for_backend(Pg))]
pub struct RubricVersion {
    pub org_id: OrgId,
    pub id: RubricVersionId,
    pub rubric_id: RubricId,
    pub version: i32,
    pub state: VersionState,
    pub content: Value,
    pub revision: i64,
    pub created_by: Option<MemberId>,
    pub created_at: Timestamp,
    pub published_at: NullableTimestamp,
}

/// A rubric in a list: its newest published version, or its draft while nothing is published.
#[derive(Clone, Debug)]
pub struct RubricLine {
    pub id: RubricId,
    pub version: i32,
    pub published_at: Option<jiff::Timestamp>,
    /// Only the head of the rubric: dimensions carry their names, and nothing else.
    pub head: Head,
    pub draft: Option<Draft>,
    /// Open jobs that pin one of its versions, as far as the scope reaches.
    pub open_jobs: i64,
}

/// What a list shows of a rubric, in all its languages.
#[derive(Clone, Debug)]
pub struct Head {
    pub languages: Value,
    pub name: Value,
    pub summary: Value,
    pub dimensions: Value,
}

#[derive(Clone, Debug)]
pub struct Draft {
    pub version: i32,
    pub created_by: Option<String>,
}

/// A version in the history of its rubric.
#[derive(Clone, Debug, Queryable)]
pub struct HistoryLine {
    pub version: i32,
    pub state: VersionState,
    pub published_at: NullableTimestamp,
    /// The name of the member who began it; none for the built-in rubric.
    pub created_by: Option<String>,
}

/// A job that pins a version.
#[derive(Clone, Debug, Queryable)]
pub struct PinnedJob {
    pub version: i32,
    pub id: JobId,
    pub title: String,
    pub place: String,
    pub state: JobState,
}

impl RubricVersion {
    pub fn rubric(&self) -> Result<Rubric> {
        serde_json::from_value(self.content.clone()).map_err(|error| Error::Bug(error.into()))
    }

    pub fn is_draft(&self) -> bool {
        self.state == VersionState::Draft
    }
}

/// The newest published version, or the draft while nothing is published.
pub async fn newest(conn: &mut Conn, scope: &Scope, rubric: RubricId) -> Result<RubricVersion> {
    Ok(rubric_versions::table
        .filter(rubric_versions::org_id.eq(scope.org).and(rubric_versions::rubric_id.eq(rubric)))
        .order((rubric_versions::state.desc(), rubric_versions::version.desc()))
        .select(RubricVersion::as_select())
        .first(conn)
        .await?)
}

/// # Errors
/// `NotFound` for a draft: it is read at its own address.
pub async fn published(conn: &mut Conn, scope: &Scope, rubric: RubricId, version: i32) -> Result<RubricVersion> {
    Ok(rubric_versions::table
        .filter(rubric_versions::org_id.eq(scope.org).and(rubric_versions::rubric_id.eq(rubric)))
        .filter(rubric_versions::version.eq(version).and(rubric_versions::state.eq(VersionState::Published)))
        .select(RubricVersion::as_select())
        .first(conn)
        .await?)
}

pub async fn draft(conn: &mut Conn, scope: &Scope, rubric: RubricId) -> Result<RubricVersion> {
    Ok(rubric_versions::table
        .filter(rubric_versions::org_id.eq(scope.org).and(rubric_versions::rubric_id.eq(rubric)))
        .filter(rubric_versions::state.eq(VersionState::Draft))
        .select(RubricVersion::as_select())
        .first(conn)
        .await?)
}

/// The published version that a rubric was copied from; none when it was not copied.
pub async fn origin(conn: &mut Conn, scope: &Scope, rubric: RubricId) -> Result<Option<RubricVersion>> {
    Ok(rubrics::table
        .inner_join(rubric_versions::table.on(
            rubric_versions::org_id.eq(rubrics::org_id).and(rubric_versions::id.nullable().eq(rubrics::copied_from)),
        ))
        .filter(rubrics::org_id.eq(scope.org).and(rubrics::id.eq(rubric)))
        .select(RubricVersion::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// As [`draft`], and locked until the transaction ends: two saves take turns.
pub async fn lock_draft(conn: &mut Conn, scope: &Scope, rubric: RubricId) -> Result<RubricVersion> {
    Ok(rubric_versions::table
        .filter(rubric_versions::org_id.eq(scope.org).and(rubric_versions::rubric_id.eq(rubric)))
        .filter(rubric_versions::state.eq(VersionState::Draft))
        .select(RubricVersion::as_select())
        .for_update()
        .first(conn)
        .await?)
}

/// Locks a rubric until the transaction ends: two who begin a draft of it take turns.
pub async fn lock_rubric(conn: &mut Conn, scope: &Scope, rubric: RubricId) -> Result<()> {
    let _: RubricId =
        rubrics::table.find((scope.org, rubric)).select(rubrics::id).for_no_key_update().first(conn).await?;
    Ok(())
}

/// All versions, newest first.
pub async fn history(conn: &mut Conn, scope: &Scope, rubric: RubricId) -> Result<Vec<HistoryLine>> {
    Ok(rubric_versions::table
        .left_join(members::table.on(
            members::org_id.eq(rubric_versions::org_id).and(members::id.nullable().eq(rubric_versions::created_by)),
        ))
        .filter(rubric_versions::org_id.eq(scope.org).and(rubric_versions::rubric_id.eq(rubric)))
        .order(rubric_versions::version.desc())
        .select((
            rubric_versions::version,
            rubric_versions::state,
            rubric_versions::published_at,
            members::name.nullable(),
        ))
        .load(conn)
        .await?)
}

/// Jobs in reach that pin a version of the rubric, open ones first, then the newest.
pub async fn pinned_jobs(conn: &mut Conn, scope: &Scope, rubric: RubricId, limit: i64) -> Result<Vec<PinnedJob>> {
    Ok(jobs::table
        .inner_join(
            rubric_versions::table
                .on(rubric_versions::org_id.eq(jobs::org_id).and(rubric_versions::id.eq(jobs::rubric_version_id))),
        )
        .filter(jobs::org_id.eq(scope.org).and(rubric_versions::rubric_id.eq(rubric)))
        .filter(jobs::id.eq_any(job::visible_ids(scope)))
        .order((jobs::state.desc(), jobs::id.desc()))
        .limit(limit)
        .select((rubric_versions::version, jobs::id, jobs::title, jobs::place, jobs::state))
        .load(conn)
        .await?)
}

type HeadRow = (RubricId, i32, VersionState, NullableTimestamp, Option<String>, Value, Value, Value, Value);

/// The organisation's rubrics, the oldest first: the built-in one leads.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    after: Option<RubricId>,
    limit: i64,
) -> Result<Slice<RubricLine, RubricId>> {
    let mut page = rubrics::table
        .filter(rubrics::org_id.eq(scope.org))
        .order(rubrics::id)
        .limit(limit + 1)
        .select(rubrics::id)
        .into_boxed();
    if let Some(after) = after {
        page = page.filter(rubrics::id.gt(after));
    }
    let jsonb = |path: &'static str| Statement::<sql_types::Jsonb>::new(path, Vec::new());
    // The newest version of each state: the draft, then the newest published one.
    let rows: Vec<HeadRow> = rubric_versions::table
        .left_join(members::table.on(
            members::org_id.eq(rubric_versions::org_id).and(members::id.nullable().eq(rubric_versions::created_by)),
        ))
        .filter(rubric_versions::org_id.eq(scope.org))
        .filter(rubric_versions::rubric_id.eq_any(page))
        .distinct_on((rubric_versions::rubric_id, rubric_versions::state))
        .order((rubric_versions::rubric_id, rubric_versions::state, rubric_versions::version.desc()))
        .select((
            rubric_versions::rubric_id,
            rubric_versions::version,
            rubric_versions::state,
            rubric_versions::published_at,
            members::name.nullable(),
            jsonb("rubric_versions.content -> 'languages'"),
            jsonb("rubric_versions.content -> 'name'"),
            jsonb("rubric_versions.content -> 'summary'"),
            jsonb("jsonb_path_query_array(rubric_versions.content, '$.dimensions[*].name')"),
        ))
        .load(conn)
        .await?;
    let mut lines: Vec<RubricLine> = Vec::new();
    for (id, version, state, published_at, created_by, languages, name, summary, dimensions) in rows {
        let head = Head { languages, name, summary, dimensions };
        let draft = (state == VersionState::Draft).then_some(Draft { version, created_by });
        match lines.last_mut().filter(|line| line.id == id) {
            Some(line) => {
                (line.version, line.published_at, line.head) = (version, published_at.to_jiff(), head);
            }
            None => {
                lines.push(RubricLine { id, version, published_at: published_at.to_jiff(), head, draft, open_jobs: 0 });
            }
        }
    }
    let mut slice = Slice::cut(lines, limit, |line| line.id);
    let shown: Vec<RubricId> = slice.items.iter().map(|line| line.id).collect();
    let counts: Vec<(RubricId, i64)> = jobs::table
        .inner_join(
            rubric_versions::table
                .on(rubric_versions::org_id.eq(jobs::org_id).and(rubric_versions::id.eq(jobs::rubric_version_id))),
        )
        .filter(jobs::org_id.eq(scope.org).and(jobs::state.eq(JobState::Open)))
        .filter(rubric_versions::rubric_id.eq_any(shown))
        .filter(jobs::id.eq_any(job::visible_ids(scope)))
        .group_by(rubric_versions::rubric_id)
        .select((rubric_versions::rubric_id, diesel::dsl::count_star()))
        .load(conn)
        .await?;
    for line in &mut slice.items {
        line.open_jobs = counts.iter().find(|(id, _)| *id == line.id).map_or(0, |(_, count)| *count);
    }
    Ok(slice)
}

/// Key and name of the dimensions of every rubric as it is now, the oldest rubric first.
pub async fn dimensions(conn: &mut Conn, scope: &Scope) -> Result<Vec<(String, Localized)>> {
    let rows: Vec<Value> = rubric_versions::table
        .filter(rubric_versions::org_id.eq(scope.org))
        .distinct_on(rubric_versions::rubric_id)
        .order((rubric_versions::rubric_id, rubric_versions::state.desc(), rubric_versions::version.desc()))
        .select(Statement::<sql_types::Jsonb>::new(
            "(SELECT jsonb_agg(jsonb_build_array(d -> 'key', d -> 'name'))
              FROM jsonb_array_elements(rubric_versions.content -> 'dimensions') d)",
            Vec::new(),
        ))
        .load(conn)
        .await?;
    let rows = rows.into_iter().map(serde_json::from_value::<Vec<(String, Localized)>>);
    let rows: Vec<Vec<_>> = rows.collect::<Result<_, _>>().map_err(|error| Error::Bug(error.into()))?;
    Ok(rows.into_iter().flatten().collect())
}

/// The keys of the organisation's rubrics that begin so.
pub async fn keys_like(conn: &mut Conn, scope: &Scope, start: &str) -> Result<Vec<String>> {
    Ok(rubrics::table
        .filter(rubrics::org_id.eq(scope.org).and(rubrics::key.like(format!("{start}%"))))
        .select(rubrics::key)
        .load(conn)
        .await?)
}

pub async fn insert_rubric(
    conn: &mut Conn,
    scope: &Scope,
    id: RubricId,
    key: &str,
    copied_from: Option<RubricVersionId>,
    now: jiff::Timestamp,
) -> Result<()> {
    diesel::insert_into(rubrics::table)
        .values((
            rubrics::org_id.eq(scope.org),
            rubrics::id.eq(id),
            rubrics::key.eq(key),
            rubrics::created_at.eq(Timestamp::from(now)),
            rubrics::copied_from.eq(copied_from),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Begins a draft.
pub async fn insert_draft(
    conn: &mut Conn,
    scope: &Scope,
    id: RubricId,
    version: i32,
    rubric: &Rubric,
    now: jiff::Timestamp,
) -> Result<RubricVersionId> {
    let draft = RubricVersion {
        org_id: scope.org,
        id: RubricVersionId::new(),
        rubric_id: id,
        version,
        state: VersionState::Draft,
        content: content(rubric)?,
        revision: 0,
        created_by: Some(scope.member),
        created_at: now.into(),
        published_at: None.into(),
    };
    diesel::insert_into(rubric_versions::table).values(&draft).execute(conn).await?;
    Ok(draft.id)
}

/// Saves a draft that is locked; answers its new revision.
pub async fn save(conn: &mut Conn, scope: &Scope, id: RubricVersionId, rubric: &Rubric) -> Result<i64> {
    Ok(diesel::update(rubric_versions::table.find((scope.org, id)))
        .set((
            rubric_versions::content.eq(content(rubric)?),
            rubric_versions::revision.eq(rubric_versions::revision + 1),
        ))
        .returning(rubric_versions::revision)
        .get_result(conn)
        .await?)
}

/// Publishes a draft that is locked. The database refuses every change from then on.
pub async fn publish(conn: &mut Conn, scope: &Scope, id: RubricVersionId, now: jiff::Timestamp) -> Result<()> {
    diesel::update(rubric_versions::table.find((scope.org, id)))
        .set((
            rubric_versions::state.eq(VersionState::Published),
            rubric_versions::published_at.eq(Some(Timestamp::from(now))),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Deletes a draft that is locked, and the rubric with it when nothing of it was ever published.
pub async fn delete_draft(conn: &mut Conn, scope: &Scope, draft: &RubricVersion) -> Result<()> {
    diesel::delete(
        rubric_versions::table.find((scope.org, draft.id)).filter(rubric_versions::state.eq(VersionState::Draft)),
    )
    .execute(conn)
    .await?;
    let versions = rubric_versions::table
        .filter(rubric_versions::org_id.eq(scope.org).and(rubric_versions::rubric_id.eq(draft.rubric_id)));
    let is_empty = !diesel::select(diesel::dsl::exists(versions)).get_result::<bool>(conn).await?;
    if is_empty {
        diesel::delete(rubrics::table.find((scope.org, draft.rubric_id))).execute(conn).await?;
    }
    Ok(())
}

fn content(rubric: &Rubric) -> Result<Value> {
    serde_json::to_value(rubric).map_err(|error| Error::Bug(error.into()))
}

/// A rubric with one of its published versions, as other systems read it.
#[derive(Clone, Debug)]
pub struct Release {
    pub rubric: RubricId,
    pub key: String,
    pub id: RubricVersionId,
    pub version: i32,
    pub published_at: Option<jiff::Timestamp>,
    pub content: Rubric,
}

/// The rubrics of the organisation that have a published version, oldest first, each with its newest one.
pub async fn newest_releases(
    conn: &mut Conn,
    scope: &Scope,
    after: Option<RubricId>,
    limit: i64,
) -> Result<Slice<Release, RubricId>> {
    let mut query = releases(scope)
        .distinct_on(rubrics::id)
        .order((rubrics::id, rubric_versions::version.desc()))
        .limit(limit + 1)
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(rubrics::id.gt(after));
    }
    let rows: Vec<ReleaseRow> = query.load(conn).await?;
    let releases = rows.into_iter().map(release).collect::<Result<Vec<_>>>()?;
    Ok(Slice::cut(releases, limit, |release| release.rubric))
}

/// The published versions of a rubric, newest first, or the one with this number; empty for a rubric that the organisation
/// does not have.
pub async fn releases_of(
    conn: &mut Conn,
    scope: &Scope,
    rubric: RubricId,
    number: Option<i32>,
) -> Result<Vec<Release>> {
    let mut query = releases(scope).filter(rubrics::id.eq(rubric)).order(rubric_versions::version.desc()).into_boxed();
    if let Some(number) = number {
        query = query.filter(rubric_versions::version.eq(number));
    }
    let rows: Vec<ReleaseRow> = query.load(conn).await?;
    rows.into_iter().map(release).collect()
}

type ReleaseRow = ((RubricId, String), (RubricVersionId, i32, NullableTimestamp, Value));

#[diesel::dsl::auto_type]
fn releases<'q>(scope: &'q Scope) -> _ {
    let org: OrgId = scope.org;
    rubric_versions::table
        .inner_join(
            rubrics::table
                .on(rubrics::org_id.eq(rubric_versions::org_id).and(rubrics::id.eq(rubric_versions::rubric_id))),
        )
        .filter(rubric_versions::org_id.eq(org))
        .filter(rubric_versions::state.eq("published"))
        .select((
            (rubrics::id, rubrics::key),
            (rubric_versions::id, rubric_versions::version, rubric_versions::published_at, rubric_versions::content),
        ))
}

fn release(((rubric, key), (id, version, published_at, content)): ReleaseRow) -> Result<Release> {
    let content = serde_json::from_value(content).map_err(|error| Error::Bug(error.into()))?;
    Ok(Release { rubric, key, id, version, published_at: published_at.to_jiff(), content })
}
