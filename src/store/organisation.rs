//! Organisations and their policies.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;

use super::{Conn, Scope};
use crate::{
    domain::guidance::Country, domain::id::OrgId, domain::rating::EvidencePolicy, error::Result, schema::organisations,
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = organisations, check_for_backend(diesel::pg::Pg))]
pub struct Organisation {
    pub id: OrgId,
    pub name: String,
    pub locale: String,
    pub time_zone: String,
    pub blind_until_submitted: bool,
    pub evidence_per_rating: bool,
    pub note_for_extremes: bool,
    pub created_at: Timestamp,
    pub evidence_hints: bool,
    /// For so many days after an interview the links of its interviewers without an account work.
    pub seat_link_days: i16,
    /// Whose rules about questions hold.
    pub country: Country,
    /// It has had an anonymised job.
    pub anonymises: bool,
    /// So many months after its end a candidate's record is due to be erased.
    pub retention_months: i16,
    /// Members reach nothing before they have shown a second factor.
    pub second_factor_required: bool,
}

impl Organisation {
    pub fn evidence_policy(&self) -> EvidencePolicy {
        EvidencePolicy { evidence_per_rating: self.evidence_per_rating, note_for_extremes: self.note_for_extremes }
    }
}

/// What an admin may change.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = organisations)]
pub struct Settings {
    pub name: String,
    pub locale: String,
    pub time_zone: String,
    pub blind_until_submitted: bool,
    pub evidence_per_rating: bool,
    pub note_for_extremes: bool,
    pub evidence_hints: bool,
    pub seat_link_days: i16,
    pub country: Country,
    pub retention_months: i16,
    pub second_factor_required: bool,
}

pub async fn find(conn: &mut Conn, scope: &Scope) -> Result<Organisation> {
    Ok(organisations::table.find(scope.org).select(Organisation::as_select()).first(conn).await?)
}

/// The organisation of a member who is about to sign in.
pub async fn of(conn: &mut Conn, org: OrgId) -> Result<Organisation> {
    Ok(organisations::table.find(org).select(Organisation::as_select()).first(conn).await?)
}

pub async fn insert(conn: &mut Conn, organisation: &Organisation) -> Result<()> {
    diesel::insert_into(organisations::table).values(organisation).execute(conn).await?;
    Ok(())
}

pub async fn update(conn: &mut Conn, scope: &Scope, settings: &Settings) -> Result<()> {
    diesel::update(organisations::table.find(scope.org)).set(settings).execute(conn).await?;
    Ok(())
}

/// From now on it is asked whom a member must not know by name.
pub async fn set_anonymises(conn: &mut Conn, scope: &Scope) -> Result<()> {
    diesel::update(organisations::table.find(scope.org).filter(organisations::anonymises.eq(false)))
        .set(organisations::anonymises.eq(true))
        .execute(conn)
        .await?;
    Ok(())
}

/// Id and name of organisations whose member has just proven who they are.
pub async fn names(conn: &mut Conn, ids: &[OrgId]) -> Result<Vec<(String, String)>> {
    let rows: Vec<(OrgId, String)> = organisations::table
        .filter(organisations::id.eq_any(ids))
        .order(organisations::name)
        .select((organisations::id, organisations::name))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}

/// Organisations of this name, or the one with this id; for the command line, which stands above all of them.
pub async fn named(conn: &mut Conn, name: &str) -> Result<Vec<Organisation>> {
    let mut query =
        organisations::table.order(organisations::id).limit(10).select(Organisation::as_select()).into_boxed();
    query = match name.parse::<OrgId>() {
        Ok(id) => query.filter(organisations::id.eq(id)),
        Err(_) => query.filter(organisations::name.eq(name.to_owned())),
    };
    Ok(query.load(conn).await?)
}

/// Whether there is any organisation at all.
pub async fn any(conn: &mut Conn) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(organisations::table.select(organisations::id))).get_result(conn).await?)
}
