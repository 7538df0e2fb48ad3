//! Rubrics and their versions.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;

use super::Conn;
use crate::{
    domain::{
        id::{OrgId, RubricId, RubricVersionId},
        rubric::Rubric,
    },
    error::{Error, Result},
    schema::{rubric_versions, rubrics},
};

/// Adds a rubric whose first version is published at once, as an organisation's first one is.
pub async fn insert_published(
    conn: &mut Conn,
    org: OrgId,
    key: &str,
    rubric: &Rubric,
    now: jiff::Timestamp,
) -> Result<(RubricId, RubricVersionId)> {
    let content = serde_json::to_value(rubric).map_err(|error| Error::Bug(error.into()))?;
    let (id, version, at) = (RubricId::new(), RubricVersionId::new(), Timestamp::from(now));
    diesel::insert_into(rubrics::table)
        .values((rubrics::org_id.eq(org), rubrics::id.eq(id), rubrics::key.eq(key), rubrics::created_at.eq(at)))
        .execute(conn)
        .await?;
    diesel::insert_into(rubric_versions::table)
        .values((
            rubric_versions::org_id.eq(org),
            rubric_versions::id.eq(version),
            rubric_versions::rubric_id.eq(id),
            rubric_versions::version.eq(1),
            rubric_versions::state.eq("published"),
            rubric_versions::content.eq(content),
            rubric_versions::created_at.eq(at),
            rubric_versions::published_at.eq(Some(at)),
        ))
        .execute(conn)
        .await?;
    Ok((id, version))
}
