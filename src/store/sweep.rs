//! What has grown old: previews that nobody took, doors that no longer open, answers that nobody will ask for again.

use diesel::{
    sql_query,
    sql_types::{BigInt, Timestamptz},
};
use diesel_async::RunQueryDsl;
use jiff::SignedDuration;
use jiff_diesel::Timestamp;

use super::Conn;
use crate::{domain::secret_link::SecretPurpose, error::Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Uploaded candidate files, a day after the upload.
    CandidateImports,
    /// Sessions, 30 days after they expired.
    Sessions,
    /// Invitations and password resets, 30 days after they expired.
    SecretLinks,
    /// Links of seats, 800 days after they were minted: their interview is long over.
    SeatLinks,
    /// The days on which members were reminded, after 30 days.
    Reminders,
    /// The stored answers of autosave, 30 days after their scorecard was submitted.
    Operations,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::CandidateImports, Kind::Sessions, Kind::SecretLinks, Kind::SeatLinks, Kind::Reminders, Kind::Operations];

    fn age(self) -> SignedDuration {
        match self {
            Kind::CandidateImports => SignedDuration::from_hours(24),
            Kind::SeatLinks => SecretPurpose::Seat.lifetime(),
            Kind::Sessions | Kind::SecretLinks | Kind::Reminders | Kind::Operations => {
                SignedDuration::from_hours(30 * 24)
            }
        }
    }

    fn statement(self) -> &'static str {
        match self {
            Kind::CandidateImports => {
                "DELETE FROM candidate_imports WHERE (org_id, id) IN
                   (SELECT org_id, id FROM candidate_imports WHERE created_at < $1 LIMIT $2)"
            }
            Kind::Sessions => {
                "DELETE FROM sessions WHERE (org_id, id) IN
                   (SELECT org_id, id FROM sessions WHERE expires_at < $1 LIMIT $2)"
            }
            Kind::SecretLinks => {
                "DELETE FROM secret_links WHERE (org_id, id) IN
                   (SELECT org_id, id FROM secret_links WHERE expires_at < $1 LIMIT $2)"
            }
            Kind::SeatLinks => {
                "DELETE FROM seat_links WHERE (org_id, id) IN
                   (SELECT org_id, id FROM seat_links WHERE created_at < $1 LIMIT $2)"
            }
            Kind::Reminders => {
                "DELETE FROM reminders WHERE (org_id, id) IN
                   (SELECT org_id, id FROM reminders WHERE created_at < $1 LIMIT $2)"
            }
            Kind::Operations => {
                "DELETE FROM operations WHERE (org_id, id) IN
                   (SELECT o.org_id, o.id FROM scorecards s
                      JOIN operations o ON o.org_id = s.org_id AND o.scorecard_id = s.id
                     WHERE s.submitted_at < $1 LIMIT $2)"
            }
        }
    }
}

/// Deletes at most `most` rows that have grown old, of all organisations; returns how many.
pub async fn delete(conn: &mut Conn, kind: Kind, now: jiff::Timestamp, most: i64) -> Result<usize> {
    Ok(sql_query(kind.statement())
        .bind::<Timestamptz, _>(Timestamp::from(now - kind.age()))
        .bind::<BigInt, _>(most)
        .execute(conn)
        .await?)
}
