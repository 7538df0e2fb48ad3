//! A seat goes to somebody else before its scorecard is submitted: what was written stays with its author, and the new
//! interviewer begins with an empty one.

use diesel_async::AsyncConnection;
use serde_json::json;

use super::{
    account_letter::Sender,
    interview_letter::{self, News},
};
use crate::{
    domain::id::{HandoverId, InterviewId, MemberId, SeatId},
    error::{Error, Result},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        handover::{self, Handover},
        interview::{self, Seat},
        member,
    },
};

/// # Errors
/// `NotFound` when the member has no such open seat; `Refused` when the interview was cancelled or the scorecard submitted;
/// `Invalid` for somebody who cannot sit on a panel, or sits on it already.
pub async fn hand_over(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    sender: &Sender<'_>,
    from: MemberId,
    interview: InterviewId,
    to: MemberId,
) -> Result<()> {
    conn.transaction(async |conn| {
        let mut planned = interview::find(conn, scope, interview).await?;
        planned.interview = interview::lock(conn, scope, interview).await?;
        let seats = interview::lock_seats(conn, scope, interview).await?;
        let seat = seats.iter().find(|seat| seat.member_id == from).ok_or(Error::NotFound)?;
        if !planned.interview.is_scheduled() {
            return Err(Error::refused("interview-is-cancelled"));
        }
        if interview::is_submitted(conn, scope, seat.id).await? {
            return Err(Error::refused("handover-submitted"));
        }
        let receiver = member::with_ids(conn, scope, &[to]).await?.into_iter().next();
        let can_sit = receiver.is_some_and(|member| member.is_active() && !member.is_service);
        if !can_sit || seats.iter().any(|seat| seat.member_id == to) {
            return Err(Error::invalid("to", "handover-not-possible"));
        }
        let new = Handover {
            org_id: scope.org,
            id: HandoverId::new(),
            interview_id: interview,
            from_member_id: from,
            to_member_id: to,
            draft: handover::draft(conn, scope, seat.id).await?,
            at: actor.now.into(),
        };
        handover::insert(conn, &new).await?;
        interview::delete_seats(conn, scope, &[seat.id]).await?;
        let blank = Seat { org_id: scope.org, id: SeatId::new(), interview_id: interview, member_id: to };
        interview::insert_seats(conn, &[blank]).await?;
        planned.interview.sequence += 1;
        interview::update(conn, &planned.interview).await?;

        let panel: Vec<MemberId> =
            seats.iter().map(|seat| if seat.member_id == from { to } else { seat.member_id }).collect();
        let panel = member::with_ids(conn, scope, &panel).await?;
        for member in &panel {
            let news = if member.id == to { News::Scheduled } else { News::Changed(None) };
            interview_letter::put(conn, sender, &planned, &panel, member, news, actor.now).await?;
        }
        for member in &member::with_ids(conn, scope, &[from]).await? {
            interview_letter::put(conn, sender, &planned, &panel, member, News::Cancelled(None), actor.now).await?;
        }
        let detail = json!({ "from": from, "to": to, "begun": new.draft.is_some() });
        event::append(conn, actor, Entry::new("interview.seat_handed_over", interview.0).with(detail)).await?;
        Ok(())
    })
    .await
}
