//! Secret links: minted when their letter is sent, opened once.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::password::{self, Hashing};
use crate::{
    domain::{
        self,
        id::{MemberId, OrgId, SecretLinkId},
        secret_link::SecretPurpose,
    },
    error::{Error, Result},
    store::{
        Conn, authenticator,
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

/// A new password as it is kept.
pub(super) struct Kept {
    hash: String,
    /// Too short to stand without the member's second factor.
    short: bool,
}

/// The new password of the link's member, checked and hashed.
///
/// # Errors
/// `Invalid` for a password that will not do.
pub(super) async fn new_password(hashing: &Hashing, opened: &Opened, password: &str) -> Result<Kept> {
    let owner = password::owner(&opened.member, &opened.organisation, opened.has_second_factor);
    password::check_new(password, &owner)?;
    Ok(Kept { hash: hashing.hash(password.to_owned()).await?, short: domain::password::needs_factor(password) })
}

/// Uses the link up: sets the password, makes the member's other links useless and ends every session. To be called in a
/// transaction. Returns the member as they are now, and how many sessions ended.
///
/// # Errors
/// `NotFound` when the link was used in the meantime.
pub(super) async fn spend(conn: &mut Conn, opened: &Opened, new: &Kept, now: Timestamp) -> Result<(Member, usize)> {
    let Opened { link, member, .. } = opened;
    secret_link::spend(conn, link, now).await?;
    member::set_password(conn, member.org_id, member.id, &new.hash, new.short).await?;
    secret_link::void(conn, member.org_id, member.id, now).await?;
    let ended = session::end_all(conn, member.org_id, member.id, None, now).await?;
    Ok((member::active(conn, member.org_id, member.id).await?, ended))
}
