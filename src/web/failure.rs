//! What went wrong, as a page or as `application/problem+json` (RFC 9457); the framework's own failures too.

use std::{panic::AssertUnwindSafe, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
};
use futures_util::FutureExt;
use serde::Serialize;
use serde_json::json;

use super::{
    pages, scim,
    view::{Frame, see_other},
    who,
};
use crate::{
    error::{Complaint, Error, Message},
    i18n::Locale,
};

/// No handler needs longer; a body that trickles in slower than this is cut off.
const DEADLINE: Duration = Duration::from_secs(30);

/// Who reads an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Person,
    Api,
    Provider,
}

impl Reader {
    pub(super) fn of(path: &str) -> Reader {
        match path {
            path if path.starts_with("/api/") => Reader::Api,
            path if path.starts_with("/scim/") => Reader::Provider,
            _ => Reader::Person,
        }
    }

    /// Another system: it shows a token, and no cookie.
    pub(super) fn is_system(self) -> bool {
        self != Reader::Person
    }
}

/// What the renderer needs of an error, left in the response's extensions.
#[derive(Clone, Debug)]
struct Failure {
    code: &'static str,
    message: Option<Message>,
    complaints: Vec<Complaint>,
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::SignIn | Error::Confirm | Error::SecondFactor => StatusCode::UNAUTHORIZED,
            Error::Forbidden => StatusCode::FORBIDDEN,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Refused(_) => StatusCode::CONFLICT,
            Error::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Error::Bug(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        if let Error::Bug(bug) = self {
            tracing::error!(error = ?bug, "a request failed");
        }
        let failure = match self {
            Error::NotFound => Failure::of("not_found"),
            Error::SignIn => Failure::of("sign_in"),
            Error::Confirm => Failure::of("confirm"),
            Error::SecondFactor => Failure::of("second_factor"),
            Error::Forbidden => Failure::of("forbidden"),
            Error::Invalid(complaints) => Failure { complaints: complaints.clone(), ..Failure::of("invalid") },
            Error::Refused(message) => Failure { message: Some(message.clone()), ..Failure::of("refused") },
            Error::TooOften { .. } => Failure::of("too_many"),
            Error::Busy => Failure::of("busy"),
            Error::Bug(_) => Failure::of("bug"),
        };
        let mut response = HttpResponse::new(self.status_code());
        if let Error::TooOften { seconds } = self {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(*seconds));
        }
        response.extensions_mut().insert(failure);
        response
    }
}

impl Failure {
    fn of(code: &'static str) -> Failure {
        Failure { code, message: None, complaints: Vec::new() }
    }

    fn of_status(status: StatusCode) -> Failure {
        Failure::of(match status {
            StatusCode::FORBIDDEN => "forbidden",
            StatusCode::NOT_FOUND => "not_found",
            StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
            StatusCode::PAYLOAD_TOO_LARGE => "too_large",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported",
            StatusCode::REQUEST_TIMEOUT => "too_slow",
            StatusCode::TOO_MANY_REQUESTS => "too_many",
            StatusCode::SERVICE_UNAVAILABLE => "busy",
            status if status.is_client_error() => "malformed",
            _ => "bug",
        })
    }
}

/// Gives every failure a body. Also the last line of defence: a panic answers 500, a request that takes too long 408.
pub async fn render<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    // Routing needs the only reference to the request, so nothing of it is kept but the language.
    let (locale, reader) = (who::locale(request.request()), Reader::of(request.path()));
    let outcome = tokio::time::timeout(DEADLINE, AssertUnwindSafe(next.call(request)).catch_unwind()).await;
    let (http, response) = match outcome {
        Ok(Ok(response)) => {
            let response = response?;
            if !is_bare_failure(&response) {
                return Ok(response.map_into_left_body());
            }
            let (http, response) = response.into_parts();
            (http, response.map_into_boxed_body())
        }
        Ok(Err(_)) => {
            tracing::error!("a request handler panicked");
            return Err(without_request(StatusCode::INTERNAL_SERVER_ERROR, locale, reader));
        }
        Err(_) => return Err(without_request(StatusCode::REQUEST_TIMEOUT, locale, reader)),
    };
    let failure =
        response.extensions().get::<Failure>().cloned().unwrap_or_else(|| Failure::of_status(response.status()));
    let mut rendered = if wants_json(&http) {
        problem(response.status(), &failure, who::locale(&http), reader)
    } else if failure.code == "sign_in" {
        to_sign_in(&http)
    } else if failure.code == "second_factor" {
        see_other("/factors")
    } else if failure.code == "confirm" {
        pages::confirmations::ask(&http).unwrap_or_else(|_| HttpResponse::new(response.status()))
    } else {
        page(&http, response.status(), &failure)
    };
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        rendered.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
    }
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            rendered.headers_mut().insert(name, value.clone());
        }
    }
    Ok(ServiceResponse::new(http, rendered).map_into_right_body())
}

/// The answer when the request is gone: for people plain text, as no frame can be drawn without it.
fn without_request(status: StatusCode, locale: Locale, reader: Reader) -> actix_web::Error {
    let response = plain(status, locale, reader);
    actix_web::error::InternalError::from_response("the request is gone", response).into()
}

/// An answer that needs no frame, and no database.
pub(super) fn plain(status: StatusCode, locale: Locale, reader: Reader) -> HttpResponse {
    let failure = Failure::of_status(status);
    if reader.is_system() {
        problem(status, &failure, locale, reader)
    } else {
        HttpResponse::build(status)
            .content_type("text/plain; charset=utf-8")
            // The guard does not see an answer to a request that is gone.
            .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(detail(&failure, locale))
    }
}

/// A failure that nobody has given a body of its own.
fn is_bare_failure<B>(response: &ServiceResponse<B>) -> bool {
    let status = response.status();
    let handled = response.response().extensions().get::<Failure>().is_none()
        && response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind != "text/plain; charset=utf-8");
    (status.is_client_error() || status.is_server_error()) && !handled
}

fn wants_json(request: &HttpRequest) -> bool {
    let accepts = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    Reader::of(request.path()).is_system() || (accepts.contains("json") && !accepts.contains("text/html"))
}

fn problem(status: StatusCode, failure: &Failure, locale: Locale, reader: Reader) -> HttpResponse {
    if reader == Reader::Provider {
        return for_provider(status, failure, locale);
    }
    let complaints: Vec<_> = failure
        .complaints
        .iter()
        .map(|complaint| json!({ "field": complaint.field, "detail": complaint.message.say(locale) }))
        .collect();
    let mut body = json!({
        "type": format!("about:blank#{}", failure.code),
        "code": failure.message.as_ref().map_or(failure.code, |message| message.key),
        "title": locale.word(&format!("failure-{}-title", key(failure.code))),
        "status": status.as_u16(),
        "detail": detail(failure, locale),
    });
    if !complaints.is_empty() {
        body["errors"] = complaints.into();
    }
    let mut response = HttpResponse::build(status);
    if status == StatusCode::UNAUTHORIZED && reader == Reader::Api {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    response.content_type("application/problem+json").body(body.to_string())
}

/// As [`scim::failure`], with every complaint in its one sentence.
fn for_provider(status: StatusCode, failure: &Failure, locale: Locale) -> HttpResponse {
    let said =
        failure.complaints.iter().map(|complaint| format!("{}: {}", complaint.field, complaint.message.say(locale)));
    let said: Vec<String> = said.collect();
    let detail = if said.is_empty() { detail(failure, locale) } else { said.join("; ") };
    let first = failure.complaints.first().map(|complaint| (complaint.field.as_str(), complaint.message.key));
    let first = first.or(failure.message.as_ref().map(|message| ("", message.key)));
    let mut response = scim::failure(status, failure.code, first, &detail);
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
    }
    response
}

fn to_sign_in(request: &HttpRequest) -> HttpResponse {
    if who::had_seat(request) {
        return HttpResponse::SeeOther().insert_header((header::LOCATION, "/seats")).finish();
    }
    let target = if request.method() == actix_web::http::Method::GET {
        let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
        format!("/sign-in?{}", super::forms::query(&[("next", here)]))
    } else {
        "/sign-in".to_owned()
    };
    HttpResponse::SeeOther().insert_header((header::LOCATION, target)).finish()
}

#[derive(Serialize)]
struct FailurePage {
    title: String,
    detail: String,
    complaints: Vec<String>,
}

fn page(request: &HttpRequest, status: StatusCode, failure: &Failure) -> HttpResponse {
    let Ok(frame) = Frame::of(request) else { return HttpResponse::new(status) };
    let shown = FailurePage {
        title: frame.locale.word(&format!("failure-{}-title", key(failure.code))),
        detail: detail(failure, frame.locale),
        complaints: failure.complaints.iter().map(|complaint| complaint.message.say(frame.locale)).collect(),
    };
    frame.page_with(status, "failure.html", &shown).unwrap_or_else(|_| HttpResponse::new(status))
}

fn detail(failure: &Failure, locale: Locale) -> String {
    match &failure.message {
        Some(message) => message.say(locale),
        None => locale.word(&format!("failure-{}-detail", key(failure.code))),
    }
}

fn key(code: &str) -> String {
    code.replace('_', "-")
}
