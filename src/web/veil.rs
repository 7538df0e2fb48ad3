//! The veil of anonymised review: whatever page, file or answer goes to a member who must not know a candidate by name, goes
//! without the name. Pages leave out what else would tell (address, number, notes); this is the wall behind them, for those that
//! forget to and for the words that people wrote.

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    body::{BoxBody, EitherBody, MessageBody, to_bytes},
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::Bytes,
};

use super::who::{self, May, Signed};
use crate::{
    domain::anonymity::hides_from,
    error::{Error, Result},
    store::{
        Conn,
        anonymity::{self, Hidden},
    },
};

pub async fn veil<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let response = next.call(request).await?;
    let signed = who::signed(response.request()).filter(|signed| may_hide(signed));
    let Some(signed) = signed.filter(|_| is_text(&response)) else { return Ok(response.map_into_left_body()) };
    let (request, response) = response.into_parts();
    // Rather no answer than one that tells.
    let answer = covered(&request, &signed, response).await.unwrap_or_else(|error| error.error_response());
    Ok(ServiceResponse::new(request, answer.map_into_right_body()))
}

impl<P> May<P> {
    /// The candidates whom this member must not know by name. Costs a statement only where there may be any.
    pub async fn hidden(&self, conn: &mut Conn) -> Result<Hidden> {
        if may_hide(&self.signed) {
            anonymity::hidden(conn, &self.scope(), &self.signed.organisation.locale).await
        } else {
            Ok(Hidden::default())
        }
    }
}

fn may_hide(signed: &Signed) -> bool {
    signed.organisation.anonymises && hides_from(&signed.member.roles)
}

async fn covered<B: MessageBody + 'static>(
    request: &HttpRequest,
    signed: &Signed,
    response: HttpResponse<B>,
) -> Result<HttpResponse<BoxBody>> {
    let mut conn = who::db(request, signed).await?;
    let hidden = anonymity::hidden(&mut conn, &who::scope(signed), &signed.organisation.locale).await?;
    drop(conn);
    let (head, body) = response.into_parts();
    if hidden.cover.is_empty() {
        return Ok(head.set_body(body).map_into_boxed_body());
    }
    let bytes = to_bytes(body).await.map_err(|_| Error::Bug(anyhow::anyhow!("an answer broke off")))?;
    let body = match std::str::from_utf8(&bytes) {
        Ok(text) => Bytes::from(hidden.cover.of(text)),
        Err(_) => return Err(Error::Bug(anyhow::anyhow!("an answer that says it is text is none"))),
    };
    Ok(head.set_body(body).map_into_boxed_body())
}

/// Pages, answers, calendars, tables: everything that is written in letters.
fn is_text<B>(response: &ServiceResponse<B>) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    ["text/", "application/json", "application/problem+json", "application/yaml", "image/svg"]
        .iter()
        .any(|known| kind.starts_with(known))
}
