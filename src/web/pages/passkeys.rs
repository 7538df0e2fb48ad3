//! Passkeys: adding one, naming and removing it, and signing in with it. A device is asked by the page's script; everything
//! else is plain forms.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Json, Path, ServiceConfig, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{factors, sign_in::local_path};
use crate::{
    domain::{
        id::PasskeyId,
        policy::{OwnAccount, OwnFactors},
    },
    error::{Error, Result},
    usecases::{
        passkey::{self, Site},
        second_factor,
    },
    web::{
        Shared,
        forms::{Fields, Form},
        session,
        view::see_other,
        who::{Confirmed, Guest, May},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/passkeys/question", post().to(ask_new))
        .route("/passkeys", post().to(add))
        .route("/passkeys/{id}", post().to(rename))
        .route("/passkeys/{id}/removal", post().to(remove))
        .route("/sign-in/passkey/question", post().to(ask))
        .route("/sign-in/passkey", post().to(sign_in));
}

/// What the script sends: our sealed question, and what the device answered.
#[derive(Deserialize)]
struct Answer {
    state: String,
    answer: Value,
    #[serde(default)]
    name: String,
    #[serde(default)]
    next: String,
}

async fn ask_new(may: Confirmed<OwnFactors>) -> Result<HttpResponse> {
    factors::may_add(&may).await?;
    let shared = &may.request.shared;
    let (site, now) = (site(shared)?, may.now());
    let asked = passkey::ask_new(&mut *may.db().await?, &shared.sealing, &site, &may.signed.member, now).await?;
    Ok(HttpResponse::Ok().json(asked))
}

/// What is wrong with the answer is said after the confirmation was asked for: of two failures the first that is ready wins.
async fn add(
    may: Confirmed<OwnFactors>,
    sent: Result<Json<Answer>, actix_web::Error>,
) -> Result<HttpResponse, actix_web::Error> {
    let Json(sent) = sent?;
    factors::may_add(&may).await?;
    let shared = &may.request.shared;
    let site = site(shared)?;
    let fields = Fields::from_pairs(vec![("name".to_owned(), sent.name)]);
    let mut parser = fields.parser();
    let name = parser.line("name", 120);
    parser.finish()?;
    let (member, answer) = (&may.signed.member, (sent.state.as_str(), &sent.answer));
    let (actor, sender) = (may.actor(), factors::sender(&may));
    let mut conn = may.db().await?;
    passkey::add(&mut conn, &shared.sealing, &site, &actor, &sender, member, &name, answer).await?;
    second_factor::shown(&mut conn, may.signed.session.as_ref()).await?;
    Ok(HttpResponse::Created().json(json!({ "location": "/factors?done=passkey-done-added" })))
}

async fn rename(may: May<OwnAccount>, id: Path<PasskeyId>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let name = parser.line("name", 120);
        parser.finish()?;
        passkey::rename(&mut *may.db().await?, &may.scope(), *id, &name).await
    };
    match attempt.await {
        Ok(()) => Ok(see_other("/factors?done=passkey-done-renamed")),
        Err(error @ Error::Invalid(_)) => {
            let form = Form::again(Fields::default(), error, may.locale())?;
            factors::page(&may, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
        }
        Err(error) => Err(error),
    }
}

async fn remove(may: Confirmed<OwnAccount>, id: Path<PasskeyId>) -> Result<HttpResponse> {
    let (scope, actor, sender) = (may.scope(), may.actor(), factors::sender(&may));
    let mut conn = may.db().await?;
    match passkey::remove(&mut conn, &scope, &actor, &sender, &may.signed.member, *id).await {
        Ok(()) => Ok(see_other("/factors?done=passkey-done-removed")),
        Err(error @ Error::Refused(_)) => {
            drop(conn);
            let form = Form::again(Fields::default(), error, may.locale())?;
            factors::page(&may, StatusCode::CONFLICT, form, None).await
        }
        Err(error) => Err(error),
    }
}

async fn ask(guest: Guest) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    Ok(HttpResponse::Ok().json(passkey::ask(&shared.sealing, &site(shared)?, shared.clock.now())?))
}

async fn sign_in(guest: Guest, Json(sent): Json<Answer>) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    // A signature cannot be guessed, but checking one is work.
    guest.0.take(&shared.passkey_limit, &guest.0.address, "")?;
    let (site, device) = (site(shared)?, guest.0.device());
    let answer = (sent.state.as_str(), &sent.answer);
    let mut conn = guest.db().await?;
    let (member, started) =
        passkey::sign_in(&mut conn, &shared.sealing, &site, answer, &device, guest.0.door()).await?;
    let next = local_path(&sent.next);
    let begun = session::begin(shared, &started, &device, &member.email, next)?;
    let mut response = HttpResponse::Ok().json(json!({ "location": next }));
    for cookie in begun.cookies() {
        session::add(&mut response, cookie)?;
    }
    Ok(response)
}

/// # Errors
/// `NotFound` where people reach the product by a network address: browsers know no passkeys for one.
fn site(shared: &Shared) -> Result<Site> {
    Site::of(&shared.config.public_url).ok_or(Error::NotFound)
}
