//! JSON that comes in: strict, small, and without what the database cannot hold.

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    error::{ErrorBadRequest, ErrorPayloadTooLarge, ErrorUnsupportedMediaType},
};
use futures_util::{FutureExt, StreamExt, future::LocalBoxFuture};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use crate::error::{Complaint, Error, Message};

/// Bytes that a body may have. JSON deeper than 128 levels is refused by its reader.
pub const MOST: usize = 256 * 1024;

/// The body, read as `T`. Whoever asks is known before a byte of it is read: it never stands first in a signature.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Body<T>, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = request.content_type().eq_ignore_ascii_case("application/json");
        let mut payload = payload.take();
        async move {
            if !is_json {
                return Err(ErrorUnsupportedMediaType("not JSON"));
            }
            let mut bytes = Vec::new();
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(ErrorBadRequest)?;
                if bytes.len() + chunk.len() > MOST {
                    return Err(ErrorPayloadTooLarge("too large"));
                }
                bytes.extend_from_slice(&chunk);
            }
            read(&bytes).map(Body)
        }
        .boxed_local()
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, actix_web::Error> {
    // Whether it is JSON comes before whether it fits.
    serde_json::from_slice::<IgnoredAny>(bytes).map_err(|_| ErrorBadRequest("malformed"))?;
    if has_nul(bytes) {
        return Err(Error::invalid("body", "form-control-characters").into());
    }
    if !bytes.trim_ascii_start().starts_with(b"{") {
        // A list would be read as the values of the fields in their order.
        let message = Message::new("api-body-unfit").with("reason", "an object is expected");
        return Err(Error::Invalid(vec![Complaint::new("body", message)]).into());
    }
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Data => {
            let reason: String = error.to_string().chars().take(300).collect();
            let message = Message::new("api-body-unfit").with("reason", reason);
            Error::Invalid(vec![Complaint::new("body", message)]).into()
        }
        _ => ErrorBadRequest("malformed"),
    })
}

/// Whether a text in this JSON holds U+0000, which can only stand in it as `\u0000`; `\\u0000` is six other characters.
fn has_nul(json: &[u8]) -> bool {
    let mut at = 0;
    while let Some(found) = json[at..].iter().position(|byte| *byte == b'\\') {
        at += found;
        if json[at + 1..].starts_with(b"u0000") {
            return true;
        }
        at = (at + 2).min(json.len());
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_nul_is_found_and_an_escaped_backslash_is_not_one() {
        assert!(has_nul(br#"{"name": "a\u0000b"}"#));
        assert!(has_nul(br#"{"name": "a\\\u0000b"}"#));
        assert!(!has_nul(br#"{"name": "a\\u0000b"}"#));
        assert!(!has_nul(br#"{"name": "a\"#));
        assert!(!has_nul(b""));
    }

    #[test]
    fn brackets_without_end_are_refused() {
        let nested = "[".repeat(10_000);

        assert!(read::<serde_json::Value>(nested.as_bytes()).is_err());
    }
}
