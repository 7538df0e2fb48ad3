//! An interview of the demo with its panel and what each of them has written.

use serde_json::json;

use super::{Loading, zone};
use crate::{
    demo::{self, Moment},
    domain::{
        id::{AmendmentId, ApplicationId, InterviewId, RoundId, ScorecardId, SeatId},
        rating::Rating,
        scorecard::Sheet,
    },
    error::Result,
    store::{
        self, Conn,
        interview::{Interview, InterviewState, Seat},
        scorecard::{Amendment, RatingRow, Scorecard, ScorecardState},
    },
    usecases::interview_letter::News,
};

impl<'d> Loading<'d> {
    pub(super) async fn interview(
        &mut self,
        conn: &mut Conn,
        job: &'d demo::Job,
        interview: &'d demo::Interview,
        round: &'d demo::Round,
        round_id: RoundId,
        application_id: ApplicationId,
    ) -> Result<()> {
        let zone = job.time_zone.as_deref();
        let path = format!("{}/{}/{}", job.key, interview.candidate, interview.round);
        let planner = self.members[interview.planned.by.as_str()];
        let row = Interview {
            org_id: self.org,
            id: InterviewId(self.id(&path, interview.planned.at)),
            application_id,
            round_id,
            starts_at: self.at(interview.at, zone)?.into(),
            time_zone: zone.unwrap_or(&self.data.time_zone).to_owned(),
            minutes: round.minutes.into(),
            place: round.location.clone().unwrap_or_default(),
            state: if interview.cancelled.is_some() { InterviewState::Cancelled } else { InterviewState::Scheduled },
            sequence: i32::try_from(interview.moved.len() + usize::from(interview.cancelled.is_some()))
                .unwrap_or_default(),
            created_by: planner,
            created_at: self.at(interview.planned.at, zone)?.into(),
            cancel_reason: interview.cancelled.as_ref().and_then(|act| act.reason.clone()),
        };
        let seats: Vec<Seat> = interview
            .seats
            .iter()
            .map(|seat| Seat {
                org_id: self.org,
                id: SeatId(self.id(&format!("{path}/{}", seat.member), interview.planned.at)),
                interview_id: row.id,
                member_id: self.members[seat.member.as_str()],
            })
            .collect();
        store::interview::insert(conn, &row, &seats).await?;
        self.note(
            self.at(interview.planned.at, zone)?,
            Some(planner),
            "interview.scheduled",
            row.id.0,
            json!({ "seats": seats.len() }),
        );
        for moved in &interview.moved {
            self.note(
                self.at(moved.at, zone)?,
                Some(self.members[moved.by.as_str()]),
                "interview.changed",
                row.id.0,
                json!({}),
            );
        }
        if let Some(act) = &interview.cancelled {
            self.note(
                self.at(act.at, zone)?,
                Some(self.members[act.by.as_str()]),
                "interview.cancelled",
                row.id.0,
                json!({}),
            );
        }
        if let Some(act) = &interview.cancelled {
            let news = News::Cancelled(act.reason.clone());
            self.news.push((row.id, self.members[act.by.as_str()], news, self.at(act.at, zone)?));
        } else if let (Some(moved), true) = (interview.moved.last(), interview.at.day >= 0) {
            let before = self.at(moved.from, zone)?.to_zoned(self::zone(zone.unwrap_or(&self.data.time_zone))?);
            let news = News::Changed(Some(before));
            self.news.push((row.id, self.members[moved.by.as_str()], news, self.at(moved.at, zone)?));
        } else if interview.at.day >= 0 {
            self.news.push((row.id, planner, News::Scheduled, self.at(interview.planned.at, zone)?));
        }
        for (seat, seat_row) in interview.seats.iter().zip(&seats) {
            if seat.submitted.is_some() || seat.saved.is_some() {
                self.scorecard(conn, seat, seat_row, &round.dimensions, &path, interview.at, zone).await?;
            }
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "a scorecard stands at the end of a long path")]
    async fn scorecard(
        &mut self,
        conn: &mut Conn,
        seat: &'d demo::Seat,
        seat_row: &Seat,
        dimensions: &[String],
        path: &str,
        began: Moment,
        zone: Option<&str>,
    ) -> Result<()> {
        let submitted = seat.submitted.map(|at| self.at(at, zone)).transpose()?;
        let id = ScorecardId(self.id(&format!("{path}/interview/{}", seat.member), began));
        let ratings: Vec<RatingRow> = dimensions
            .iter()
            .map(|dimension| {
                let rated = seat.ratings.get(dimension);
                let rating = rated.and_then(|rated| rated.rate);
                let mut ticks = rated.map(|rated| rated.ticks.clone()).unwrap_or_default();
                ticks.sort();
                let note = rated.and_then(|rated| rated.note.clone()).unwrap_or_default();
                RatingRow {
                    org_id: self.org,
                    scorecard_id: id,
                    dimension: dimension.clone(),
                    score: rating.and_then(Rating::score),
                    not_enough_evidence: rating == Some(Rating::NotEnoughEvidence),
                    rating_revision: i64::from(rating.is_some()),
                    ticks_revision: i64::from(!ticks.is_empty()),
                    note_revision: i64::from(!note.is_empty()),
                    ticks,
                    note,
                    asked: Vec::new(),
                    asked_revision: 0,
                    seconds: 0,
                    seconds_revision: 0,
                }
            })
            .collect();
        let mut row = Scorecard {
            org_id: self.org,
            id,
            seat_id: seat_row.id,
            state: if submitted.is_some() { ScorecardState::Submitted } else { ScorecardState::Draft },
            recommendation: seat.recommend,
            recommendation_revision: i64::from(seat.recommend.is_some()),
            private_note: seat.private.clone().unwrap_or_default(),
            private_note_revision: i64::from(seat.private.is_some()),
            next_note: seat.next.clone().unwrap_or_default(),
            next_note_revision: i64::from(seat.next.is_some()),
            started_at: self.at(began, zone)?.into(),
            submitted_at: submitted.into(),
            seal: None,
            facts: Vec::new(),
            facts_revision: 0,
        };
        let seal = submitted.map(|at| {
            let sheet = Sheet {
                ratings: ratings.iter().map(RatingRow::rated).collect(),
                recommendation: row.recommendation,
                private_note: row.private_note.clone(),
                next_note: row.next_note.clone(),
                facts: Vec::new(),
            };
            sheet.seal(id.0, at)
        });
        row.seal = seal.map(|seal| seal.to_vec());
        store::scorecard::insert(conn, &row, &ratings).await?;
        if let Some((at, seal)) = submitted.zip(seal) {
            let hex: String = seal.iter().map(|byte| format!("{byte:02x}")).collect();
            self.note(
                at,
                Some(seat_row.member_id),
                "scorecard.submitted",
                id.0,
                json!({ "interview": seat_row.interview_id, "seal": hex }),
            );
        }
        for (amendment, number) in seat.amendments.iter().zip(1..) {
            let at = self.at(amendment.at, zone)?;
            let amended = Amendment {
                org_id: self.org,
                id: AmendmentId(self.id(&format!("{path}/amendment/{}/{number}", seat.member), amendment.at)),
                scorecard_id: id,
                dimension: amendment.dimension.clone(),
                score: amendment.rate.score(),
                not_enough_evidence: amendment.rate == Rating::NotEnoughEvidence,
                reason: amendment.reason.clone(),
                member_id: seat_row.member_id,
                at: at.into(),
            };
            store::scorecard::insert_amendment(conn, &amended).await?;
            self.note(
                at,
                Some(seat_row.member_id),
                "scorecard.amended",
                id.0,
                json!({ "dimension": amendment.dimension }),
            );
        }
        Ok(())
    }
}
