//! Signing in and out.

use std::time::Duration;

use actix_web::{
    HttpResponse,
    web::{ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::policy::OwnFactors,
    error::{Error, Result},
    store::organisation,
    usecases::{
        passkey::Site,
        sign_in::{self, Credentials, SignedIn},
    },
    web::{
        Shared,
        forms::{Fields, Form, Query},
        session,
        view::see_other,
        who::{Anyone, Guest, May},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/sign-in", get().to(form))
        .route("/sign-in", post().to(submit))
        .route("/sign-out", post().to(sign_out));
}

/// No refusal comes sooner: longer than it takes to check the passwords of an address in several organisations, so that the
/// time tells nothing about the address.
const SOONEST: Duration = Duration::from_millis(250);

#[derive(Serialize)]
struct SignInPage {
    form: Form,
    next: String,
    /// Id and name, when the same address and password open several.
    organisations: Vec<(String, String)>,
    /// It was a kit that they wanted: somebody without an account gets there by the link in their letter.
    is_kit: bool,
    /// Whether browsers know passkeys here.
    has_passkeys: bool,
}

impl SignInPage {
    fn new(shared: &Shared, form: Form, next: String, organisations: Vec<(String, String)>) -> SignInPage {
        let is_kit = next.starts_with("/interviews/");
        SignInPage { form, next, organisations, is_kit, has_passkeys: Site::of(&shared.config.public_url).is_some() }
    }
}

async fn form(who: Anyone, Query(query): Query) -> Result<HttpResponse> {
    if who.signed.is_some() {
        return Ok(see_other("/"));
    }
    let next = query.get("next").to_owned();
    let page = SignInPage::new(&who.request.shared, Form::default(), next, Vec::new());
    who.frame().page("sign_in/form.html", &page)
}

async fn submit(guest: Guest, fields: Fields) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    let attempt = async {
        let email = fields.get("email").trim();
        guest.0.take(&shared.sign_in_limit, email, email)?;
        let credentials = credentials(&guest, &fields)?;
        let mut conn = guest.db().await?;
        let outcome = sign_in::sign_in(&mut conn, &shared.hashing, &credentials, guest.0.door()).await?;
        let organisations = match &outcome {
            SignedIn::Which(ids) => organisation::names(&mut conn, ids).await?,
            _ => Vec::new(),
        };
        Ok((credentials, outcome, organisations))
    };
    let next = fields.get("next").to_owned();
    let soonest = tokio::time::Instant::now() + SOONEST;
    let outcome = attempt.await;
    if matches!(outcome, Err(Error::Refused(_))) {
        tokio::time::sleep_until(soonest).await;
    }
    match outcome {
        Ok((credentials, outcome @ (SignedIn::As(_) | SignedIn::Code(_)), _)) => {
            session::go_on(shared, &outcome, &credentials.device, &credentials.email, local_path(&next))
        }
        Ok((_, SignedIn::Which(_), organisations)) => {
            let form = Form { typed: fields, ..Form::default() };
            guest.frame().page("sign_in/form.html", &SignInPage::new(shared, form, next, organisations))
        }
        Err(error) => {
            let status = actix_web::ResponseError::status_code(&error);
            let form = Form::again(fields, error, guest.0.locale)?;
            let page = SignInPage::new(shared, form, next, Vec::new());
            guest.frame().page_with(status, "sign_in/form.html", &page)
        }
    }
}

async fn sign_out(may: May<OwnFactors>) -> Result<HttpResponse> {
    if let Some(current) = &may.signed.session {
        let mut conn = may.db().await?;
        sign_in::end(&mut conn, &may.scope(), &may.actor(), current.id).await?;
    }
    let config = &may.request.shared.config;
    let mut response = see_other("/sign-in");
    session::add(&mut response, session::no_cookie(config, session::MAIN))?;
    Ok(response)
}

fn credentials(guest: &Guest, fields: &Fields) -> Result<Credentials> {
    let mut parser = fields.parser();
    let email = parser.line("email", 254);
    let password = fields.get("password").to_owned();
    if password.is_empty() {
        parser.complain("password", crate::error::Message::new("form-required"));
    }
    let organisation = fields.has("organisation").then(|| parser.parsed("organisation")).flatten();
    parser.finish()?;
    Ok(Credentials { email, password: password.chars().take(1000).collect(), organisation, device: guest.0.device() })
}

/// Where to go after signing in: a path of ours, never another site.
pub(super) fn local_path(next: &str) -> &str {
    let is_local = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r']);
    if is_local { next } else { "/" }
}
