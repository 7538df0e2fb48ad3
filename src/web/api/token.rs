//! Bearer tokens: another system acts as the member who made the token.

use actix_web::{HttpRequest, http::header};

use crate::{
    error::{Error, Result},
    store::{self, Pool},
    usecases::api_token::{PREFIX, hash},
    web::{Shared, who::Signed},
};

/// The member whose token the request shows; `None` without a token that works.
pub async fn find(request: &HttpRequest, shared: &Shared, pool: &Pool) -> Result<Option<Signed>> {
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some((scheme, token)) = header.and_then(|value| value.split_once(' ')) else { return Ok(None) };
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || !token.starts_with(PREFIX) {
        return Ok(None);
    }
    let mut conn = store::connection(pool).await?;
    let now = shared.clock.now();
    match store::api_token::identify(&mut conn, &hash(token), now).await {
        Ok((used_at, org, id, member, organisation)) => {
            if used_at.is_none_or(|used| now.duration_since(used).as_secs() >= 60) {
                store::api_token::touch(&mut conn, org, id, now).await?;
            }
            Ok(Some(Signed { member, organisation, session: None }))
        }
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
