//! How I sign in: my authenticator app, my recovery codes and my passkeys.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{ServiceConfig, get, post},
};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

use crate::{
    domain::policy::{OwnAccount, OwnFactors},
    error::{Error, Result},
    store::{self, passkey::Passkey},
    usecases::{
        account_letter::Sender,
        authenticator::{self, Offer},
        passkey::Site,
        second_factor,
    },
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::{Confirmed, May},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/factors", get().to(show))
        .route("/authenticator/offer", post().to(offer))
        .route("/authenticator", post().to(turn_on))
        .route("/authenticator/removal", post().to(turn_off))
        .route("/recovery-codes", post().to(renew_codes));
}

const DONE: &[&str] = &["factor-done-removed", "passkey-done-added", "passkey-done-renamed", "passkey-done-removed"];

#[derive(Serialize)]
struct FactorsPage {
    /// Since when there is an authenticator app.
    authenticator: Option<String>,
    recovery_codes: i64,
    /// Whether browsers know passkeys here.
    has_passkeys: bool,
    passkeys: Vec<PasskeyRow>,
    /// What the organisation asks for before anything else: "adding" a factor, or "showing" the one that they have.
    awaited: Option<&'static str>,
    form: Form,
    done: Option<&'static str>,
}

#[derive(Serialize)]
struct PasskeyRow {
    id: String,
    name: String,
    created_at: String,
    used_at: Option<String>,
}

#[derive(Serialize)]
struct OfferPage {
    form: Form,
    secret: String,
    sealed: String,
    qr: Qr,
}

/// A QR code as one SVG path.
#[derive(Serialize)]
struct Qr {
    size: i32,
    path: String,
}

#[derive(Serialize)]
struct CodesPage {
    codes: Vec<String>,
    email: String,
}

async fn show(may: May<OwnFactors>, query: Query) -> Result<HttpResponse> {
    page(&may, StatusCode::OK, Form::default(), query.done(DONE)).await
}

pub(super) async fn page<P>(
    may: &May<P>,
    status: StatusCode,
    form: Form,
    done: Option<&'static str>,
) -> Result<HttpResponse> {
    let (org, member) = (may.signed.organisation.id, may.signed.member.id);
    let mut conn = may.db().await?;
    let authenticator = store::authenticator::find(&mut conn, org, member).await?;
    let recovery_codes = store::recovery_code::left(&mut conn, org, member).await?;
    let authenticator = authenticator.map(|kept| kept.created_at.to_jiff().to_string());
    let passkeys: Vec<PasskeyRow> =
        store::passkey::of(&mut conn, org, member).await?.into_iter().map(PasskeyRow::from).collect();
    let has_one = authenticator.is_some() || !passkeys.is_empty();
    let awaited = may.signed.awaits_factor().then_some(if has_one { "showing" } else { "adding" });
    let has_passkeys = Site::of(&may.request.shared.config.public_url).is_some();
    let page = FactorsPage { authenticator, recovery_codes, has_passkeys, passkeys, awaited, form, done };
    may.frame().page_with(status, "factor/list.html", &page)
}

async fn offer(may: Confirmed<OwnFactors>) -> Result<HttpResponse> {
    may_add(&may).await?;
    let offer = authenticator::offer(&may.request.shared.sealing, &may.signed.member, None, may.now())?;
    offer_page(&may, StatusCode::OK, Form::default(), offer)
}

async fn turn_on(may: Confirmed<OwnFactors>, fields: Fields) -> Result<HttpResponse> {
    may_add(&may).await?;
    let (shared, member) = (&may.request.shared, &may.signed.member);
    let attempt = async {
        let mut parser = fields.parser();
        let code = parser.line("code", 40);
        parser.finish()?;
        let mut conn = may.db().await?;
        let (hashing, sealing, given) = (&shared.hashing, &shared.sealing, (fields.get("offer"), code.as_str()));
        let actor = may.actor();
        let codes = authenticator::turn_on(&mut conn, hashing, sealing, &actor, &sender(&may), member, given).await?;
        second_factor::shown(&mut conn, may.signed.session.as_ref()).await?;
        Ok::<_, Error>(codes)
    };
    match attempt.await {
        Ok(codes) => codes_page(&may, codes),
        Err(error) => {
            let status = error.status_code();
            // The same secret again: the app may have read it already.
            let offer = authenticator::offer(&shared.sealing, member, Some(fields.get("offer")), may.now())?;
            let form = Form::again(fields, error, may.locale())?;
            offer_page(&may, status, form, offer)
        }
    }
}

async fn turn_off(may: Confirmed<OwnAccount>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    match authenticator::turn_off(&mut conn, &may.actor(), &sender(&may), &may.signed.member).await {
        Ok(()) => Ok(see_other("/factors?done=factor-done-removed")),
        Err(error @ Error::Refused(_)) => {
            drop(conn);
            let status = error.status_code();
            page(&may, status, Form::again(Fields::default(), error, may.locale())?, None).await
        }
        Err(error) => Err(error),
    }
}

async fn renew_codes(may: Confirmed<OwnAccount>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let hashing = &may.request.shared.hashing;
    let codes = authenticator::renew_codes(&mut conn, hashing, &may.actor(), &sender(&may), &may.signed.member).await?;
    codes_page(&may, codes)
}

/// Whoever has a factor shows it before they set another one up: else a password alone would be enough for one of its own.
///
/// # Errors
/// `SecondFactor`.
pub(super) async fn may_add(may: &May<OwnFactors>) -> Result<()> {
    let awaited = may.signed.awaits_factor();
    if awaited && second_factor::has_one(&mut *may.db().await?, &may.signed.member).await? {
        return Err(Error::SecondFactor);
    }
    Ok(())
}

/// The codes, once: they are in no other answer.
fn codes_page<P>(may: &May<P>, codes: Vec<String>) -> Result<HttpResponse> {
    let page = CodesPage { codes, email: may.signed.member.email.clone() };
    may.frame().page_with(StatusCode::CREATED, "factor/codes.html", &page)
}

fn offer_page<P>(may: &May<P>, status: StatusCode, form: Form, offer: Offer) -> Result<HttpResponse> {
    let page = OfferPage { form, qr: Qr::of(&offer.url)?, secret: offer.secret, sealed: offer.sealed };
    may.frame().page_with(status, "factor/offer.html", &page)
}

pub(super) fn sender<P>(may: &May<P>) -> Sender<'_> {
    Sender { organisation: &may.signed.organisation, site: &may.request.shared.config.public_url, answers: None }
}

impl From<Passkey> for PasskeyRow {
    fn from(passkey: Passkey) -> PasskeyRow {
        PasskeyRow {
            id: passkey.id.to_string(),
            name: passkey.name,
            created_at: passkey.created_at.to_jiff().to_string(),
            used_at: passkey.used_at.to_jiff().map(|at| at.to_string()),
        }
    }
}

impl Qr {
    /// One square for each dark module, with the quiet zone of four that readers need.
    fn of(text: &str) -> Result<Qr> {
        const QUIET: i32 = 4;
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| Error::Bug(error.into()))?;
        let places = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = places.filter(|(x, y)| code.get_module(*x, *y));
        let path = dark.map(|(x, y)| format!("M{},{}h1v1h-1z", x + QUIET, y + QUIET)).collect();
        Ok(Qr { size: code.size() + 2 * QUIET, path })
    }
}
