//! Rubrics and their versions.

use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;

use super::{Conn, Scope};
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

/// A published version that a job may use.
#[derive(Clone, Debug)]
pub struct Published {
    pub id: RubricVersionId,
    pub key: String,
    pub version: i32,
    pub rubric: Rubric,
}

/// The newest published version of every rubric, and `also` where it is an older one.
pub async fn published(conn: &mut Conn, scope: &Scope, also: Option<RubricVersionId>) -> Result<Vec<Published>> {
    let newer = diesel::alias!(rubric_versions as newer);
    let outdated = exists(
        newer
            .filter(newer.field(rubric_versions::org_id).eq(rubric_versions::org_id))
            .filter(newer.field(rubric_versions::rubric_id).eq(rubric_versions::rubric_id))
            .filter(newer.field(rubric_versions::state).eq("published"))
            .filter(newer.field(rubric_versions::version).gt(rubric_versions::version)),
    );
    let rows: Vec<(RubricVersionId, String, i32, serde_json::Value)> = rubric_versions::table
        .inner_join(
            rubrics::table
                .on(rubrics::org_id.eq(rubric_versions::org_id).and(rubrics::id.eq(rubric_versions::rubric_id))),
        )
        .filter(rubric_versions::org_id.eq(scope.org).and(rubric_versions::state.eq("published")))
        .filter(not(outdated).or(rubric_versions::id.nullable().is_not_distinct_from(also)))
        .order((rubrics::id, rubric_versions::version.desc()))
        .select((rubric_versions::id, rubrics::key, rubric_versions::version, rubric_versions::content))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(id, key, version, content)| {
            let rubric = serde_json::from_value(content).map_err(|error| Error::Bug(error.into()))?;
            Ok(Published { id, key, version, rubric })
        })
        .collect()
}
