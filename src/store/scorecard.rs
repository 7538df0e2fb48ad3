//! Scorecards and their ratings.

use diesel::{pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::Conn;
use crate::{
    domain::{
        id::{AmendmentId, MemberId, OrgId, ScorecardId, SeatId},
        rating::{Rating, Recommendation},
        text_enum::text_enum,
    },
    error::Result,
    schema::{amendments, ratings, scorecards},
};

text_enum! {
    ScorecardState { Draft = "draft", Submitted = "submitted" }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = scorecards, check_for_backend(Pg))]
pub struct Scorecard {
    pub org_id: OrgId,
    pub id: ScorecardId,
    pub seat_id: SeatId,
    pub state: ScorecardState,
    pub recommendation: Option<Recommendation>,
    pub recommendation_revision: i64,
    pub private_note: String,
    pub private_note_revision: i64,
    pub next_note: String,
    pub next_note_revision: i64,
    pub started_at: Timestamp,
    pub submitted_at: NullableTimestamp,
    pub seal: Option<Vec<u8>>,
}

/// A rating of one dimension as the database keeps it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = ratings, check_for_backend(Pg))]
pub struct RatingRow {
    pub org_id: OrgId,
    pub scorecard_id: ScorecardId,
    pub dimension: String,
    pub score: Option<i16>,
    pub not_enough_evidence: bool,
    pub rating_revision: i64,
    pub ticks: Vec<String>,
    pub ticks_revision: i64,
    pub note: String,
    pub note_revision: i64,
}

impl RatingRow {
    pub fn rating(&self) -> Option<Rating> {
        Rating::from_columns(self.score, self.not_enough_evidence)
    }
}

/// A later change of a sealed rating; the first rating stays.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = amendments, check_for_backend(Pg))]
pub struct Amendment {
    pub org_id: OrgId,
    pub id: AmendmentId,
    pub scorecard_id: ScorecardId,
    pub dimension: String,
    pub score: Option<i16>,
    pub not_enough_evidence: bool,
    pub reason: String,
    pub member_id: MemberId,
    pub at: Timestamp,
}

impl Amendment {
    pub fn rating(&self) -> Option<Rating> {
        Rating::from_columns(self.score, self.not_enough_evidence)
    }
}

pub async fn insert(conn: &mut Conn, scorecard: &Scorecard, ratings: &[RatingRow]) -> Result<()> {
    diesel::insert_into(scorecards::table).values(scorecard).execute(conn).await?;
    diesel::insert_into(ratings::table).values(ratings).execute(conn).await?;
    Ok(())
}

pub async fn insert_amendment(conn: &mut Conn, amendment: &Amendment) -> Result<()> {
    diesel::insert_into(amendments::table).values(amendment).execute(conn).await?;
    Ok(())
}
