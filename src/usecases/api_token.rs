//! API tokens: made and revoked by the member as whom they act, or by an admin for another system.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel_async::AsyncConnection;
use jiff::SignedDuration;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::account_letter::{self, Change, Sender};
use crate::{
    domain::{
        id::{ApiTokenId, MemberId},
        token_scope::TokenScope,
    },
    error::{Error, Message, Result},
    store::{
        Conn,
        api_token::{self, ApiToken},
        event::{self, Actor, Entry},
        member::Member,
    },
};

/// Every token of ours begins with this, so that a leaked one is recognised by scanners.
pub const PREFIX: &str = "attune_";

/// More live tokens than this nobody keeps an eye on.
const MOST_TOKENS: usize = 20;

/// What the database keeps of a token.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// What a token is to be.
pub struct NewToken {
    pub name: String,
    pub days: i64,
    /// At least one.
    pub scopes: Vec<TokenScope>,
}

/// Makes a token of a member and returns it: the only moment at which it is known.
///
/// # Errors
/// `Refused` when the member has as many as anybody may.
pub async fn make(
    conn: &mut Conn,
    actor: &Actor,
    sender: &Sender<'_>,
    owner: &Member,
    new: NewToken,
) -> Result<String> {
    let secret = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()));
    let scopes: Vec<String> = new.scopes.iter().map(ToString::to_string).collect();
    let detail = json!({ "days": new.days, "member": owner.id, "scopes": scopes });
    let token = ApiToken {
        org_id: owner.org_id,
        id: ApiTokenId::new(),
        member_id: owner.id,
        name: new.name,
        secret_hash: hash(&secret),
        created_at: actor.now.into(),
        expires_at: (actor.now + SignedDuration::from_hours(24 * new.days)).into(),
        used_at: None.into(),
        revoked_at: None.into(),
        scopes,
    };
    conn.transaction(async |conn| {
        if api_token::live(conn, owner.org_id, owner.id, actor.now).await?.len() >= MOST_TOKENS {
            return Err(Error::Refused(Message::new("api-token-too-many").with("most", MOST_TOKENS)));
        }
        api_token::insert(conn, &token).await?;
        account_letter::notice(conn, sender, owner, Change::ApiTokenMade, actor.now).await?;
        event::append(conn, actor, Entry::new("api_token.made", token.id.0).with(detail)).await?;
        Ok(())
    })
    .await?;
    Ok(secret)
}

/// # Errors
/// `NotFound` when it is not this member's, or already revoked.
pub async fn revoke(conn: &mut Conn, actor: &Actor, owner: MemberId, id: ApiTokenId) -> Result<()> {
    conn.transaction(async |conn| {
        api_token::revoke(conn, actor.org, owner, id, actor.now).await?;
        event::append(conn, actor, Entry::new("api_token.revoked", id.0)).await?;
        Ok(())
    })
    .await
}
