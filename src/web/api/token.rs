//! Bearer tokens: another system acts as the member who made the token.

use actix_web::{HttpRequest, http::header};

use crate::{
    domain::token_scope::TokenScope,
    error::{Error, Result},
    store::{self, Pool, Sight},
    usecases::api_token::{PREFIX, hash},
    web::{Shared, scim, who::Signed},
};

/// Whether whoever is signed in may send such a request: a session may send any, a token what it is for.
pub fn is_for(signed: &Signed, request: &HttpRequest) -> bool {
    let Some(scopes) = &signed.scopes else { return true };
    let reads = request.method().is_safe();
    let needed = match request.path().strip_prefix(super::BASE) {
        Some(path) => TokenScope::needed(path, reads),
        None if request.path().starts_with(scim::BASE) => Some(TokenScope::provisioning(reads)),
        None => None,
    };
    needed.is_some_and(|needed| scopes.iter().any(|scope| *scope == needed.to_string()))
}

/// The member whose token the request shows; `None` without a token that works.
pub async fn find(request: &HttpRequest, shared: &Shared, pool: &Pool) -> Result<Option<Signed>> {
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some((scheme, token)) = header.and_then(|value| value.split_once(' ')) else { return Ok(None) };
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || !token.starts_with(PREFIX) {
        return Ok(None);
    }
    let mut conn = store::connection(pool, Sight::Guest).await?;
    let now = shared.clock.now();
    match store::api_token::identify(&mut conn, &hash(token), now).await {
        Ok((token, member, organisation)) => {
            if token.used_at.to_jiff().is_none_or(|used| now.duration_since(used).as_secs() >= 60) {
                store::api_token::touch(&mut conn, token.org_id, token.id, now).await?;
            }
            Ok(Some(Signed { member, organisation, session: None, scopes: Some(token.scopes), at_seat: None }))
        }
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
