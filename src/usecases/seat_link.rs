//! The way in for an interviewer without an account: a link to one seat, minted when its letter is sent, and a code that goes to
//! the same mailbox when the link is opened.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel_async::AsyncConnection;
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    account_letter::{self, Sender},
    interview_letter::{self, News},
    sealing::Sealing,
    sign_in::{self, Device},
};
use crate::{
    domain::{
        id::{InterviewId, MemberId, OrgId, SeatId, SeatLinkId},
        seat_link::{MOST_WRONG, SESSION, TRIES, code, ends, typed},
        secret_link::SecretPurpose,
    },
    error::{Error, Result},
    mail::{Mail, SeatCode},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        interview, letter, member,
        seat_link::{self, Found, SeatLink},
        session::{self, Session},
    },
};

/// Makes a link and returns its path: the only moment at which the secret is known. `written_at` is when its letter was written.
///
/// # Errors
/// `NotFound` when the seat is gone, or its links were revoked since.
pub async fn mint(
    conn: &mut Conn,
    org: OrgId,
    interview: InterviewId,
    member: MemberId,
    written_at: jiff_diesel::Timestamp,
    now: Timestamp,
) -> Result<String> {
    let secret: [u8; 32] = rand::random();
    let link = SeatLink {
        org_id: org,
        id: SeatLinkId::new(),
        seat_id: seat_link::open_seat(conn, org, interview, member, written_at).await?,
        secret_hash: Sha256::digest(secret).to_vec(),
        written_at,
        created_at: now.into(),
        code_tag: None,
        code_expires_at: None.into(),
        tries_left: 0,
        wrong_codes: 0,
    };
    seat_link::insert(conn, &link).await?;
    Ok(format!("{}/{}", SecretPurpose::Seat.path(), URL_SAFE_NO_PAD.encode(secret)))
}

/// Makes a link's next code; the one before stops working. What is kept of it tells nothing without the secret key.
///
/// # Errors
/// `NotFound` when the link is over.
pub async fn mint_code(
    conn: &mut Conn,
    sealing: &Sealing,
    org: OrgId,
    id: SeatLinkId,
    now: Timestamp,
) -> Result<String> {
    let code = code(rand::random());
    conn.transaction(async |conn| {
        seat_link::find(conn, org, id).await?;
        let mut link = seat_link::lock(conn, org, id).await?;
        link.code_tag = Some(sealing.tag(CODE, &tagged(id, &code)));
        link.code_expires_at = Some(now + SecretPurpose::SeatCode.lifetime()).into();
        link.tries_left = TRIES;
        seat_link::set_code(conn, &link).await
    })
    .await?;
    Ok(code)
}

/// What tags of codes are for.
const CODE: &str = "the code of a seat's link";

fn tagged(link: SeatLinkId, code: &str) -> String {
    format!("{link}\n{code}")
}

/// The hash by which a secret is looked up.
///
/// # Errors
/// `NotFound` for what is no secret at all.
pub fn hash(secret: &str) -> Result<Vec<u8>> {
    let secret = URL_SAFE_NO_PAD.decode(secret).map_err(|_| Error::NotFound)?;
    Ok(Sha256::digest(secret).to_vec())
}

/// Looks at a link.
///
/// # Errors
/// `NotFound` alike for every link that does not work, whatever the reason.
pub async fn open(conn: &mut Conn, org: OrgId, id: SeatLinkId, now: Timestamp) -> Result<Found> {
    let found = seat_link::find(conn, org, id).await?;
    let is_over = now >= ends(found.interview.ends_at(), found.organisation.seat_link_days)
        || now >= found.link.created_at.to_jiff() + SecretPurpose::Seat.lifetime()
        || found.link.wrong_codes >= MOST_WRONG;
    if is_over { Err(Error::NotFound) } else { Ok(found) }
}

/// Writes the letter with the code; the code itself is made when the letter is sent.
pub async fn ask_code(conn: &mut Conn, found: &Found, site: &str, now: Timestamp) -> Result<()> {
    let sender = Sender { organisation: &found.organisation, site, answers: None };
    let minutes = SecretPurpose::SeatCode.lifetime().as_mins();
    let mail = Mail::SeatCode(SeatCode { organisation: found.organisation.name.clone(), minutes });
    let about = Some(found.link.id.0);
    conn.transaction(async |conn| account_letter::put_about(conn, &sender, &found.member, &mail, about, now).await)
        .await
}

/// Begins a session at the seat for whoever has the link and the code.
///
/// # Errors
/// `Invalid` for a code that is wrong, too old or tried too often; the trail notes it.
pub async fn enter(
    conn: &mut Conn,
    sealing: &Sealing,
    found: &Found,
    entered: &str,
    device: &Device,
    now: Timestamp,
) -> Result<Session> {
    let Found { link: SeatLink { org_id, id, .. }, seat, member, .. } = found;
    let actor = Actor { org: *org_id, member: Some(member.id), address: device.address.clone(), now };
    let entry = Entry::new("session.started", member.id.0).with(json!({ "by": "seat_link", "seat": seat.id }));
    let session = conn
        .transaction(async |conn| {
            let mut link = seat_link::lock(conn, *org_id, *id).await?;
            let is_live = link.tries_left > 0 && link.code_expires_at.to_jiff().is_some_and(|until| now < until);
            let is_right = typed(entered)
                .zip(link.code_tag.as_deref())
                .is_some_and(|(code, tag)| sealing.is_tag(CODE, &tagged(*id, &code), tag));
            if !is_live || !is_right {
                link.tries_left = (link.tries_left - 1).max(0);
                link.wrong_codes = (link.wrong_codes + 1).min(MOST_WRONG);
                seat_link::set_code(conn, &link).await?;
                let nobody = Actor { member: None, ..actor.clone() };
                event::append(conn, &nobody, entry.clone().refused()).await?;
                return Ok(None);
            }
            (link.code_tag, link.tries_left) = (None, 0);
            seat_link::set_code(conn, &link).await?;
            let session = sign_in::new_session(conn, member, device, now, SESSION).await?;
            let session = Session { seat_id: Some(seat.id), ..session };
            session::insert(conn, &session).await?;
            event::append(conn, &actor, entry.clone()).await?;
            Ok::<_, Error>(Some(session))
        })
        .await?;
    session.ok_or_else(|| Error::invalid("code", "seat-code-wrong"))
}

/// Writes another letter with a link; earlier ones keep working unless they were revoked.
///
/// # Errors
/// `NotFound` when there is no such seat of somebody without an account; `Refused` when the interview was cancelled.
pub async fn send_again(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    sender: &Sender<'_>,
    interview: InterviewId,
    seat: SeatId,
) -> Result<()> {
    conn.transaction(async |conn| {
        let planned = interview::find(conn, scope, interview).await?;
        let seats = interview::seats(conn, scope, interview).await?;
        let seat = seats.iter().find(|known| known.id == seat).ok_or(Error::NotFound)?;
        let panel: Vec<MemberId> = seats.iter().map(|seat| seat.member_id).collect();
        let panel = member::with_ids(conn, scope, &panel).await?;
        let holder = panel.iter().find(|member| member.id == seat.member_id && member.is_outside);
        let holder = holder.ok_or(Error::NotFound)?;
        if !planned.interview.is_scheduled() {
            return Err(Error::refused("interview-is-cancelled"));
        }
        interview_letter::put(conn, sender, &planned, &panel, holder, News::Link, actor.now).await?;
        let detail = json!({ "interview": interview, "member": holder.id });
        event::append(conn, actor, Entry::new("seat.link_sent", seat.id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// Ends every link of a seat, also one that is on its way, and every session that one began.
///
/// # Errors
/// `NotFound` when there is no such seat of somebody without an account.
pub async fn revoke(conn: &mut Conn, scope: &Scope, actor: &Actor, interview: InterviewId, seat: SeatId) -> Result<()> {
    conn.transaction(async |conn| {
        interview::find(conn, scope, interview).await?;
        let seats = interview::lock_seats(conn, scope, interview).await?;
        let seat = seats.iter().find(|known| known.id == seat).ok_or(Error::NotFound)?;
        let holder = member::find(conn, scope, seat.member_id).await?;
        if !holder.is_outside {
            return Err(Error::NotFound);
        }
        seat_link::revoke(conn, scope, seat.id, actor.now).await?;
        letter::cancel_links(conn, scope, interview, holder.id).await?;
        let detail = json!({ "interview": interview, "member": holder.id });
        event::append(conn, actor, Entry::new("seat.link_revoked", seat.id.0).with(detail)).await?;
        Ok(())
    })
    .await
}
