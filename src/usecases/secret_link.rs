//! Secret links: minted when their letter is sent, opened once.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel_async::AsyncConnection;
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    account_letter::{self, Change, Sender},
    password::{self, Hashing},
    sign_in::{self, Device, Door, SignedIn, Way},
};
use crate::{
    domain::{
        self,
        id::{MemberId, OrgId, SecretLinkId},
        secret_link::SecretPurpose,
    },
    error::{Error, Result},
    store::{
        Conn, authenticator,
        event::{self, Actor, Entry},
        member::{self, Member},
        organisation::Organisation,
        secret_link::{self, SecretLink},
        session,
    },
};

/// Makes a link and returns its path, for example `/invitations/…`: the only moment at which the secret is known.
pub async fn mint(
    conn: &mut Conn,
    org: OrgId,
    member: MemberId,
    purpose: SecretPurpose,
    now: Timestamp,
) -> Result<String> {
    let secret: [u8; 32] = rand::random();
    let link = SecretLink {
        org_id: org,
        id: SecretLinkId::new(),
        member_id: member,
        purpose,
        secret_hash: Sha256::digest(secret).to_vec(),
        created_at: now.into(),
        expires_at: (now + purpose.lifetime()).into(),
        used_at: None.into(),
    };
    secret_link::insert(conn, &link).await?;
    Ok(format!("{}/{}", purpose.path(), URL_SAFE_NO_PAD.encode(secret)))
}

/// A link that works, and whom it stands for.
pub struct Opened {
    pub link: SecretLink,
    pub member: Member,
    pub organisation: Organisation,
    /// An authenticator app is asked for as well.
    pub has_second_factor: bool,
}

/// Looks at a link without using it up.
///
/// # Errors
/// `NotFound` alike for every link that does not work, whatever the reason.
pub async fn open(conn: &mut Conn, purpose: SecretPurpose, secret: &str, now: Timestamp) -> Result<Opened> {
    let secret = URL_SAFE_NO_PAD.decode(secret).map_err(|_| Error::NotFound)?;
    let hash = Sha256::digest(secret);
    let (link, member, organisation) = secret_link::find(conn, purpose, &hash, now).await?;
    let has_second_factor = authenticator::is_on(conn, member.org_id, member.id).await?;
    Ok(Opened { link, member, organisation, has_second_factor })
}

/// The link's member chooses a password and is signed in, or asked for the code of their app: the mailbox stands in for the
/// password only. The link is used up, the member's other links are useless, and every session ends. Whoever had a password
/// before is told by letter.
///
/// # Errors
/// `NotFound` when the link was used in the meantime, `Invalid` for a password that will not do.
pub async fn take(
    conn: &mut Conn,
    hashing: &Hashing,
    opened: &Opened,
    password: &str,
    device: &Device,
    door: Door<'_>,
) -> Result<SignedIn> {
    let Opened { link, member: Member { org_id, id, .. }, organisation, has_second_factor } = opened;
    let now = door.now;
    let owner = password::owner(&opened.member, organisation, *has_second_factor);
    password::check_new(password, &owner)?;
    let hash = hashing.hash(password.to_owned()).await?;
    let is_short = domain::password::needs_factor(password);
    let actor = Actor { org: *org_id, member: Some(*id), address: device.address.clone(), now };
    conn.transaction(async |conn| {
        secret_link::spend(conn, link, now).await?;
        member::set_password(conn, *org_id, *id, &hash, is_short).await?;
        secret_link::void(conn, *org_id, *id, now).await?;
        let ended = session::end_all(conn, *org_id, *id, None, now).await?;
        let member = member::active(conn, *org_id, *id).await?;
        let way = if link.purpose == SecretPurpose::Invitation {
            event::append(conn, &actor, Entry::new("member.joined", id.0)).await?;
            Way::Invitation
        } else {
            let sender = Sender { organisation, site: door.site, answers: None };
            account_letter::notice(conn, &sender, &member, Change::PasswordChanged, now).await?;
            let entry = Entry::new("member.password_reset", id.0).with(json!({ "sessions_ended": ended }));
            event::append(conn, &actor, entry).await?;
            Way::PasswordReset
        };
        sign_in::enter(conn, &member, way, device, door).await
    })
    .await
}
