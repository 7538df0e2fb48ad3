//! Signing in and out.

use diesel_async::AsyncConnection;
use jiff::Timestamp;
use serde_json::json;

use super::password::Hashing;
use crate::{
    domain::id::{OrgId, SessionId},
    error::{Error, Message, Result},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        member::{self, Member},
        session::{self, Session},
    },
};

/// What a browser brings to the sign-in page.
pub struct Credentials {
    pub email: String,
    pub password: String,
    /// Chosen when the same address and password open several organisations.
    pub organisation: Option<OrgId>,
    pub device: Device,
}

/// From where somebody signs in.
pub struct Device {
    /// The network address.
    pub address: String,
    pub user_agent: String,
}

pub enum SignedIn {
    As(Session),
    /// The same address and password open several organisations: which one?
    Which(Vec<OrgId>),
}

/// Signs a member in: a new session, and a line in the trail. A wrong password is a line too.
///
/// # Errors
/// `Refused`, in the same words and the same time, for an unknown address, a wrong password, a disabled member and an
/// invitation that was not taken.
pub async fn sign_in(
    conn: &mut Conn,
    hashing: &Hashing,
    credentials: &Credentials,
    now: Timestamp,
    lifetime: jiff::SignedDuration,
) -> Result<SignedIn> {
    let members = member::with_email(conn, &credentials.email).await?;
    let mut right: Vec<Member> = Vec::new();
    let mut wrong: Option<Member> = None;
    if members.is_empty() {
        hashing.verify(None, credentials.password.clone()).await?;
    }
    for member in members {
        let matches = hashing.verify(member.password_hash.clone(), credentials.password.clone()).await?;
        if matches && member.is_active() { right.push(member) } else { wrong = Some(member) }
    }
    if let Some(organisation) = credentials.organisation {
        right.retain(|member| member.org_id == organisation);
    }
    match right.as_slice() {
        [] => {
            if let Some(member) = wrong {
                let actor =
                    Actor { org: member.org_id, member: None, address: credentials.device.address.clone(), now };
                conn.transaction(async |conn| {
                    event::append(conn, &actor, Entry::new("session.started", member.id.0).refused()).await
                })
                .await?;
            }
            Err(Error::Refused(Message::new("sign-in-wrong")))
        }
        [member] => start(conn, member, &credentials.device, now, lifetime).await.map(SignedIn::As),
        several => Ok(SignedIn::Which(several.iter().map(|member| member.org_id).collect())),
    }
}

/// Starts a session for a member whose identity is proven.
pub async fn start(
    conn: &mut Conn,
    member: &Member,
    device: &Device,
    now: Timestamp,
    lifetime: jiff::SignedDuration,
) -> Result<Session> {
    // Text that waits on a device since a session ended or expired must be readable in the next one.
    let known_key = session::device_key(conn, member.org_id, member.id).await?;
    let session = Session {
        org_id: member.org_id,
        id: SessionId::new(),
        member_id: member.id,
        device_key: known_key.unwrap_or_else(|| rand::random::<[u8; 32]>().to_vec()),
        user_agent: device.user_agent.clone(),
        address: device.address.clone(),
        created_at: now.into(),
        seen_at: now.into(),
        expires_at: (now + lifetime).into(),
        ended_at: None.into(),
    };
    let actor = Actor { org: member.org_id, member: Some(member.id), address: device.address.clone(), now };
    conn.transaction(async |conn| {
        session::insert(conn, &session).await?;
        event::append(conn, &actor, Entry::new("session.started", session.id.0)).await?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(session)
}

/// Ends one of the member's own sessions; also how signing out works.
pub async fn end(conn: &mut Conn, scope: &Scope, actor: &Actor, id: SessionId) -> Result<()> {
    conn.transaction(async |conn| {
        session::end(conn, scope, id, actor.now).await?;
        event::append(conn, actor, Entry::new("session.ended", id.0)).await?;
        Ok(())
    })
    .await
}

/// Ends every session of the member but the current one.
pub async fn end_others(conn: &mut Conn, scope: &Scope, actor: &Actor, current: Option<SessionId>) -> Result<usize> {
    conn.transaction(async |conn| {
        let ended = session::end_all(conn, scope.org, scope.member, current, actor.now).await?;
        event::append(conn, actor, Entry::new("session.ended_all", scope.member.0).with(json!({ "sessions": ended })))
            .await?;
        Ok(ended)
    })
    .await
}
