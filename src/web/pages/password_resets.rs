//! A forgotten password: asking for the letter, and the page behind its link.

use std::time::Duration;

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::secret_link::SecretPurpose,
    error::{Error, Result},
    usecases::{
        password_reset,
        secret_link::{self, Opened},
    },
    web::{
        forms::{Fields, Form},
        session,
        who::Guest,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/password-reset", get().to(form))
        .route("/password-reset", post().to(ask))
        .route("/password-resets/{secret}", get().to(show))
        .route("/password-resets/{secret}", post().to(take));
}

/// No answer comes sooner: far longer than a letter takes to write, so that the time tells nothing about the address.
const SOONEST: Duration = Duration::from_millis(500);

#[derive(Serialize)]
struct AskPage {
    form: Form,
}

#[derive(Serialize)]
struct AskedPage {
    email: String,
}

#[derive(Serialize)]
struct ResetPage {
    form: Form,
    organisation: String,
    email: String,
}

async fn form(guest: Guest) -> Result<HttpResponse> {
    guest.frame().page("password_reset/ask.html", &AskPage { form: Form::default() })
}

async fn ask(guest: Guest, fields: Fields) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    let attempt = async {
        let mut parser = fields.parser();
        let email = parser.email("email");
        parser.finish()?;
        // The parser has complained about a missing address.
        let email = email.ok_or_else(|| Error::invalid("email", "form-email"))?;
        shared.password_reset_limit.take(&email.key(), &guest.0.address)?;
        let write = async {
            let mut conn = guest.db().await?;
            let site = &shared.config.public_url;
            password_reset::ask(&mut conn, &email, site, &guest.0.address, shared.clock.now()).await
        };
        let (written, ()) = tokio::join!(write, tokio::time::sleep(SOONEST));
        written.map(|()| email)
    };
    match attempt.await {
        Ok(email) => guest.frame().page("password_reset/asked.html", &AskedPage { email: email.to_string() }),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, guest.0.locale)?;
            guest.frame().page_with(status, "password_reset/ask.html", &AskPage { form })
        }
    }
}

async fn show(guest: Guest, secret: Path<String>) -> Result<HttpResponse> {
    let mut conn = guest.db().await?;
    match secret_link::open(&mut conn, SecretPurpose::PasswordReset, &secret, guest.0.shared.clock.now()).await {
        Ok(opened) => guest.frame().page("password_reset/form.html", &ResetPage::new(&opened, Form::default())),
        Err(Error::NotFound) => over(&guest),
        Err(error) => Err(error),
    }
}

async fn take(guest: Guest, secret: Path<String>, fields: Fields) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    let now = shared.clock.now();
    let mut conn = guest.db().await?;
    let opened = match secret_link::open(&mut conn, SecretPurpose::PasswordReset, &secret, now).await {
        Ok(opened) => opened,
        Err(Error::NotFound) => return over(&guest),
        Err(error) => return Err(error),
    };
    let attempt = async {
        let mut parser = fields.parser();
        let password = parser.new_password("password", "again");
        parser.finish()?;
        let (device, site) = (guest.0.device(), &shared.config.public_url);
        password_reset::take(&mut conn, &shared.hashing, &opened, &password, &device, site, now, session::LIFETIME)
            .await
    };
    match attempt.await {
        Ok(started) => session::begin(shared, &started, "/"),
        Err(Error::NotFound) => over(&guest),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, guest.0.locale)?;
            guest.frame().page_with(status, "password_reset/form.html", &ResetPage::new(&opened, form))
        }
    }
}

/// The same answer for every link that does not work: it tells nothing about whether there ever was one.
fn over(guest: &Guest) -> Result<HttpResponse> {
    #[derive(Serialize)]
    struct OverPage {}
    guest.frame().page_with(StatusCode::GONE, "password_reset/over.html", &OverPage {})
}

impl ResetPage {
    fn new(opened: &Opened, form: Form) -> ResetPage {
        ResetPage { form, organisation: opened.organisation.name.clone(), email: opened.member.email.clone() }
    }
}
