//! Published rubric versions never change: each is read and parsed once, and the last used are kept in memory.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Scope};
use crate::{
    domain::{
        id::{OrgId, RubricVersionId},
        rubric::Rubric,
    },
    error::{Error, Result},
    schema::rubric_versions,
};

/// How many versions are kept; one takes about 200 KiB.
const KEPT: usize = 32;

type Kept = Vec<(OrgId, RubricVersionId, Arc<Rubric>)>;

/// Last used first.
static CACHE: LazyLock<Mutex<Kept>> = LazyLock::new(|| Mutex::new(Vec::with_capacity(KEPT)));

/// What a published version says.
///
/// # Errors
/// `NotFound` for a draft, and for a version that is not the organisation's.
pub async fn published(conn: &mut Conn, scope: &Scope, id: RubricVersionId) -> Result<Arc<Rubric>> {
    if let Some(rubric) = known(scope.org, id) {
        return Ok(rubric);
    }
    let content: serde_json::Value = rubric_versions::table
        .find((scope.org, id))
        .filter(rubric_versions::state.eq("published"))
        .select(rubric_versions::content)
        .first(conn)
        .await?;
    let rubric: Arc<Rubric> = Arc::new(serde_json::from_value(content).map_err(|error| Error::Bug(error.into()))?);
    let mut kept = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    kept.insert(0, (scope.org, id, Arc::clone(&rubric)));
    kept.truncate(KEPT);
    Ok(rubric)
}

fn known(org: OrgId, id: RubricVersionId) -> Option<Arc<Rubric>> {
    let mut kept = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    let at = kept.iter().position(|known| (known.0, known.1) == (org, id))?;
    kept[..=at].rotate_right(1);
    kept.as_slice().first().map(|found| Arc::clone(&found.2))
}
