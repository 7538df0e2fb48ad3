//! The second step of signing in: a code of the authenticator app, or a recovery code.

use actix_web::{
    HttpResponse, ResponseError,
    web::{ServiceConfig, get, post},
};
use serde::Serialize;

use super::sign_in::local_path;
use crate::{
    error::{Error, Result},
    store::{
        Conn,
        member::{self, Member},
    },
    usecases::sign_in,
    web::{
        forms::{Fields, Form, Query},
        session,
        view::see_other,
        who::Guest,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/sign-in/code", get().to(form)).route("/sign-in/code", post().to(submit));
}

#[derive(Serialize)]
struct CodePage {
    form: Form,
    next: String,
    email: String,
}

async fn form(guest: Guest, Query(query): Query) -> Result<HttpResponse> {
    let mut conn = guest.db().await?;
    match whose(&guest, &mut conn).await {
        Ok(member) => {
            let page =
                CodePage { form: Form::default(), next: query.get("next").to_owned(), email: member.email.clone() };
            guest.frame().page("sign_in/code.html", &page)
        }
        Err(Error::NotFound) => Ok(see_other("/sign-in")),
        Err(error) => Err(error),
    }
}

async fn submit(guest: Guest, fields: Fields) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    let mut conn = guest.db().await?;
    let member = match whose(&guest, &mut conn).await {
        Ok(member) => member,
        Err(Error::NotFound) => return Ok(see_other("/sign-in")),
        Err(error) => return Err(error),
    };
    let device = guest.0.device();
    let attempt = async {
        let mut parser = fields.parser();
        let code = parser.line("code", 40);
        parser.finish()?;
        guest.0.take(&shared.second_step_limit, &member.id.to_string(), &member.email)?;
        let (hashing, sealing) = (&shared.hashing, &shared.sealing);
        sign_in::second_step(&mut conn, hashing, sealing, &member, &code, &device, guest.0.door()).await
    };
    let next = fields.get("next").to_owned();
    match attempt.await {
        Ok(started) => session::begin(shared, &started, &device, &member.email, local_path(&next)),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, guest.0.locale)?;
            let page = CodePage { form, next, email: member.email.clone() };
            guest.frame().page_with(status, "sign_in/code.html", &page)
        }
    }
}

/// Whose password was right a moment ago, and still is.
///
/// # Errors
/// `NotFound` when nobody's was, or too long ago.
async fn whose(guest: &Guest, conn: &mut Conn) -> Result<Member> {
    let shared = &guest.0.shared;
    let step = shared.keys.check_second_step(&guest.0.second_step, shared.clock.now());
    let (org, id, password) = step.ok_or(Error::NotFound)?;
    let member = member::active(conn, org, id).await?;
    if session::digest(&member) == password { Ok(member) } else { Err(Error::NotFound) }
}
