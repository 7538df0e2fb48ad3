//! Signing in and out.

use diesel_async::AsyncConnection;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use sha2::{Digest, Sha256};

use super::{
    account_letter::{self, Change, Sender},
    authenticator::{self, Proof},
    password::Hashing,
    sealing::Sealing,
};
use crate::{
    domain::id::{OrgId, SessionId},
    error::{Error, Message, Result},
    store::{
        self, Conn, Scope,
        event::{self, Actor, Entry},
        member::{self, Member},
        organisation,
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
#[derive(Clone, Debug)]
pub struct Device {
    /// The network address.
    pub address: String,
    pub user_agent: String,
    /// What the browser keeps to be known again.
    pub mark: String,
}

/// When and where the product is entered.
#[derive(Clone, Copy, Debug)]
pub struct Door<'a> {
    /// Where the product is reached, for links in letters.
    pub site: &'a str,
    pub now: Timestamp,
    /// How long a session lasts at most.
    pub lifetime: SignedDuration,
}

pub enum SignedIn {
    As(Box<Session>),
    /// The password is right, and a code is asked for as well.
    Code(Box<Member>),
    /// The same address and password open several organisations: which one?
    Which(Vec<OrgId>),
}

/// By what somebody proved who they are; the trail keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Password,
    /// Password and code of the authenticator app.
    Code,
    /// Password and recovery code.
    RecoveryCode,
    Passkey,
    /// The organisation's identity provider.
    SignOn,
    Invitation,
    PasswordReset,
}

impl Way {
    fn as_str(self) -> &'static str {
        match self {
            Way::Password => "password",
            Way::Code => "code",
            Way::RecoveryCode => "recovery_code",
            Way::Passkey => "passkey",
            Way::SignOn => "sign_on",
            Way::Invitation => "invitation",
            Way::PasswordReset => "password_reset",
        }
    }
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
    door: Door<'_>,
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
                refused(conn, &member, &credentials.device, Way::Password, door.now).await?;
            }
            Err(Error::Refused(Message::new("sign-in-wrong")))
        }
        [member] => enter(conn, member, Way::Password, &credentials.device, door).await,
        several => Ok(SignedIn::Which(several.iter().map(|member| member.org_id).collect())),
    }
}

/// Goes on after a first factor: to a session, or to the code that is asked for as well.
pub(super) async fn enter(
    conn: &mut Conn,
    member: &Member,
    way: Way,
    device: &Device,
    door: Door<'_>,
) -> Result<SignedIn> {
    if store::authenticator::is_on(conn, member.org_id, member.id).await? {
        return Ok(SignedIn::Code(Box::new(member.clone())));
    }
    let session = start(conn, member, way, device, door).await?;
    Ok(SignedIn::As(Box::new(session)))
}

/// The second step, for a member whose password was right: a code of the app, or a recovery code.
///
/// # Errors
/// `Invalid` for a wrong or used code; the trail notes it.
pub async fn second_step(
    conn: &mut Conn,
    hashing: &Hashing,
    sealing: &Sealing,
    member: &Member,
    code: &str,
    device: &Device,
    door: Door<'_>,
) -> Result<Session> {
    let who = (member.org_id, member.id);
    let way = match authenticator::prove(conn, hashing, sealing, who, code, door.now).await? {
        Some(Proof::Code) => Way::Code,
        Some(Proof::RecoveryCode) => Way::RecoveryCode,
        None => {
            refused(conn, member, device, Way::Code, door.now).await?;
            return Err(Error::invalid("code", "factor-code-wrong"));
        }
    };
    start(conn, member, way, device, door).await
}

async fn refused(conn: &mut Conn, member: &Member, device: &Device, way: Way, now: Timestamp) -> Result<()> {
    let actor = Actor { org: member.org_id, member: None, address: device.address.clone(), now };
    let entry = Entry::new("session.started", member.id.0).with(json!({ "by": way.as_str() })).refused();
    conn.transaction(async |conn| event::append(conn, &actor, entry).await).await?;
    Ok(())
}

/// Starts a session for a member whose identity is proven. In a browser that the member has not used before, a letter
/// tells them.
///
/// # Errors
/// `Refused` for every way but one where the organisation signs on through its identity provider only.
pub(super) async fn start(
    conn: &mut Conn,
    member: &Member,
    way: Way,
    device: &Device,
    door: Door<'_>,
) -> Result<Session> {
    let now = door.now;
    if way != Way::SignOn && store::sign_on::is_enforced_for(conn, member).await? {
        return Err(Error::refused("sign-on-enforced"));
    }
    let device_hash = Sha256::digest(device.mark.as_bytes()).to_vec();
    let (has_been_here, knows_device) = session::known_device(conn, member.org_id, member.id, &device_hash).await?;
    let session = Session {
        device_hash: Some(device_hash),
        second_factor: matches!(way, Way::Code | Way::RecoveryCode | Way::Passkey | Way::SignOn),
        ..new_session(conn, member, device, now, door.lifetime).await?
    };
    let actor = Actor { org: member.org_id, member: Some(member.id), address: device.address.clone(), now };
    // Whoever resets the password gets a letter about that.
    let is_news = has_been_here && !knows_device && way != Way::PasswordReset;
    let organisation =
        if is_news || way == Way::RecoveryCode { Some(organisation::of(conn, member.org_id).await?) } else { None };
    conn.transaction(async |conn| {
        session::insert(conn, &session).await?;
        if let Some(organisation) = &organisation {
            let sender = Sender { organisation, site: door.site, answers: None };
            if is_news {
                account_letter::notice(conn, &sender, member, Change::NewDevice(device.clone()), now).await?;
            }
            if way == Way::RecoveryCode {
                account_letter::notice(conn, &sender, member, Change::RecoveryCodeUsed, now).await?;
            }
        }
        let entry = Entry::new("session.started", session.id.0);
        event::append(conn, &actor, entry.with(json!({ "by": way.as_str(), "new_device": !knows_device }))).await?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(session)
}

/// A session that begins now, and is not kept yet. Text that waits on a device since the member's last one was over must be
/// readable in it.
pub(super) async fn new_session(
    conn: &mut Conn,
    member: &Member,
    device: &Device,
    now: Timestamp,
    lifetime: SignedDuration,
) -> Result<Session> {
    let known_key = session::device_key(conn, member.org_id, member.id).await?;
    Ok(Session {
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
        confirmed_at: now.into(),
        device_hash: None,
        seat_id: None,
        second_factor: false,
    })
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
