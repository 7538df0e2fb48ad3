//! API tokens: made and revoked by the member as whom they act.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel_async::AsyncConnection;
use jiff::SignedDuration;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    domain::id::ApiTokenId,
    error::{Error, Message, Result},
    store::{
        Conn, Scope,
        api_token::{self, ApiToken},
        event::{self, Actor, Entry},
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

/// Makes a token and returns it: the only moment at which it is known.
///
/// # Errors
/// `Refused` when the member has as many as anybody may.
pub async fn make(conn: &mut Conn, scope: &Scope, actor: &Actor, name: &str, days: i64) -> Result<String> {
    let secret = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()));
    let token = ApiToken {
        org_id: scope.org,
        id: ApiTokenId::new(),
        member_id: scope.member,
        name: name.to_owned(),
        secret_hash: hash(&secret),
        created_at: actor.now.into(),
        expires_at: (actor.now + SignedDuration::from_hours(24 * days)).into(),
        used_at: None.into(),
        revoked_at: None.into(),
    };
    conn.transaction(async |conn| {
        if api_token::live(conn, scope, actor.now).await?.len() >= MOST_TOKENS {
            return Err(Error::Refused(Message::new("api-token-too-many").with("most", MOST_TOKENS)));
        }
        api_token::insert(conn, &token).await?;
        event::append(conn, actor, Entry::new("api_token.made", token.id.0).with(json!({ "days": days }))).await?;
        Ok(())
    })
    .await?;
    Ok(secret)
}

/// # Errors
/// `NotFound` when it is not the member's own, or already revoked.
pub async fn revoke(conn: &mut Conn, scope: &Scope, actor: &Actor, id: ApiTokenId) -> Result<()> {
    conn.transaction(async |conn| {
        api_token::revoke(conn, scope, id, actor.now).await?;
        event::append(conn, actor, Entry::new("api_token.revoked", id.0)).await?;
        Ok(())
    })
    .await
}
