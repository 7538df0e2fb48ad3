//! Signing in and out.

use actix_web::{
    HttpResponse,
    web::{ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::policy::OwnAccount,
    error::{Error, Result},
    store::organisation,
    usecases::sign_in::{self, Credentials, SignedIn},
    web::{
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

#[derive(Serialize)]
struct SignInPage {
    form: Form,
    next: String,
    /// Id and name, when the same address and password open several.
    organisations: Vec<(String, String)>,
}

async fn form(who: Anyone, Query(query): Query) -> Result<HttpResponse> {
    if who.signed.is_some() {
        return Ok(see_other("/"));
    }
    let page = SignInPage { form: Form::default(), next: query.get("next").to_owned(), organisations: Vec::new() };
    who.frame().page("sign_in/form.html", &page)
}

async fn submit(guest: Guest, fields: Fields) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    let attempt = async {
        shared.sign_in_limit.take(fields.get("email"), &guest.0.address)?;
        let credentials = credentials(&guest, &fields)?;
        let mut conn = guest.db().await?;
        let now = shared.clock.now();
        let outcome = sign_in::sign_in(&mut conn, &shared.hashing, &credentials, now, session::LIFETIME).await?;
        match outcome {
            SignedIn::As(session) => Ok((Some(session), Vec::new())),
            SignedIn::Which(ids) => Ok((None, organisation::names(&mut conn, &ids).await?)),
        }
    };
    let next = fields.get("next").to_owned();
    match attempt.await {
        Ok((Some(session), _)) => session::begin(shared, &session, local_path(&next)),
        Ok((None, organisations)) => {
            let form = Form { typed: fields, ..Form::default() };
            guest.frame().page("sign_in/form.html", &SignInPage { form, next, organisations })
        }
        Err(error) => {
            let status = actix_web::ResponseError::status_code(&error);
            let form = Form::again(fields, error, guest.0.locale)?;
            guest.frame().page_with(status, "sign_in/form.html", &SignInPage { form, next, organisations: Vec::new() })
        }
    }
}

async fn sign_out(may: May<OwnAccount>) -> Result<HttpResponse> {
    if let Some(current) = &may.signed.session {
        let mut conn = may.db().await?;
        sign_in::end(&mut conn, &may.scope(), &may.actor(), current.id).await?;
    }
    let config = &may.request.shared.config;
    let mut response = see_other("/sign-in");
    response.add_cookie(&session::no_cookie(config)).map_err(|error| Error::Bug(error.into()))?;
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
fn local_path(next: &str) -> &str {
    let is_local = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r']);
    if is_local { next } else { "/" }
}
