//! JSON that comes in: strict, small, and without what the database cannot hold.

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    error::{ErrorBadRequest, ErrorPayloadTooLarge, ErrorUnsupportedMediaType},
};
use futures_util::{FutureExt, StreamExt, future::LocalBoxFuture};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, error::Category};

use crate::error::{Complaint, Error, Message};

/// Bytes that a body may have. JSON deeper than 128 levels is refused by its reader.
pub const MOST: usize = 256 * 1024;

/// The body, read as `T`. Whoever asks is known before a byte of it is read: it never stands first in a signature.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Body<T>, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = taken(request, payload, &["application/json"]);
        async move { Ok(Body(body.await?)) }.boxed_local()
    }
}

/// The body as `T`, sent as one of these types.
pub fn taken<T: DeserializeOwned + 'static>(
    request: &HttpRequest,
    payload: &mut Payload,
    types: &[&str],
) -> LocalBoxFuture<'static, Result<T, actix_web::Error>> {
    let is_json = types.iter().any(|known| request.content_type().eq_ignore_ascii_case(known));
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
        read(&bytes)
    }
    .boxed_local()
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
    let read = match serde_json::from_slice(bytes) {
        Err(error) if error.is_data() && error.to_string().contains("floating point") => whole(bytes),
        read => read,
    };
    read.map_err(|error| match error.classify() {
        Category::Data => {
            let reason: String = error.to_string().chars().take(300).collect();
            let message = Message::new("api-body-unfit").with("reason", reason);
            Error::Invalid(vec![Complaint::new("body", message)]).into()
        }
        _ => ErrorBadRequest("malformed"),
    })
}

/// Reads again with every number that is whole written as one: `5.0` is an integer in JSON's eyes, and not in those of a
/// reader of integers.
fn whole<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
    fn round(value: &mut Value) {
        match value {
            Value::Number(number) => {
                let whole = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 2f64.powi(53));
                if let Some(whole) = whole.filter(|_| number.is_f64()) {
                    *value = Value::from(whole as i64);
                }
            }
            Value::Array(values) => values.iter_mut().for_each(round),
            Value::Object(fields) => fields.values_mut().for_each(round),
            Value::Null | Value::Bool(_) | Value::String(_) => {}
        }
    }
    let mut value: Value = serde_json::from_slice(bytes)?;
    round(&mut value);
    T::deserialize(value)
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
    fn a_whole_number_is_an_integer_however_it_is_written_and_a_broken_one_is_none() {
        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct Minutes {
            minutes: u16,
        }
        assert_eq!(read::<Minutes>(br#"{"minutes": 45.0}"#).unwrap(), Minutes { minutes: 45 });
        assert_eq!(read::<Minutes>(br#"{"minutes": 4.5e1}"#).unwrap(), Minutes { minutes: 45 });
        for broken in [r#"{"minutes": 45.5}"#, r#"{"minutes": -1.0}"#, r#"{"minutes": 1e300}"#] {
            assert!(read::<Minutes>(broken.as_bytes()).is_err(), "{broken}");
        }
    }

    #[test]
    fn brackets_without_end_are_refused() {
        let nested = "[".repeat(10_000);

        assert!(read::<serde_json::Value>(nested.as_bytes()).is_err());
    }
}
