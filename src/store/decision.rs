//! Decisions: an outcome with its reason, and the comparison that it was taken on.

use diesel::{pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;
use serde_json::Value;

use super::Conn;
use crate::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, DecisionId, MemberId, OrgId},
    },
    error::Result,
    schema::decisions,
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = decisions, check_for_backend(Pg))]
pub struct Decision {
    pub org_id: OrgId,
    pub id: DecisionId,
    pub application_id: ApplicationId,
    pub outcome: Outcome,
    pub reason: String,
    pub member_id: MemberId,
    pub comparison: Value,
    pub inputs_digest: String,
    pub at: Timestamp,
}

pub async fn insert(conn: &mut Conn, decision: &Decision) -> Result<()> {
    diesel::insert_into(decisions::table).values(decision).execute(conn).await?;
    Ok(())
}
