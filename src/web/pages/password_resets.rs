//! A forgotten password: asking for the letter with the link.

use std::time::Duration;

use actix_web::{
    HttpResponse, ResponseError,
    web::{ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    error::{Error, Result},
    usecases::password_reset,
    web::{
        forms::{Fields, Form},
        who::Guest,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/password-reset", get().to(form)).route("/password-reset", post().to(ask));
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
        guest.0.take(&shared.password_reset_limit, &email.key(), &email.key())?;
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
