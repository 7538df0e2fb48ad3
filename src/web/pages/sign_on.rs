//! Single sign-on: the way to an organisation's provider and back, and the admin's page for setting it up.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{ServiceConfig, get, post},
};
use serde::Serialize;

use super::sign_in::local_path;
use crate::{
    domain::policy::{ManageOrganisation, Role},
    error::{Error, Result},
    store::{self, sign_on::Provider},
    usecases::sign_on::{self, Back, NewProvider, Wish},
    web::{
        forms::{Fields, Form, Query},
        session,
        view::see_other,
        who::{Confirmed, Guest, May},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/sign-on", get().to(ask))
        .route("/sign-on", post().to(begin))
        .route("/sign-on/callback", get().to(finish))
        .route("/settings/sign-on", get().to(show))
        .route("/settings/sign-on", post().to(set))
        .route("/settings/sign-on/removal", post().to(remove));
}

const DONE: &[&str] = &["sign-on-done", "sign-on-done-removed"];

#[derive(Serialize)]
struct AskPage {
    form: Form,
    next: String,
    again: bool,
}

/// A redirect to another site would be refused by our own content security policy, which lets forms go to us alone.
#[derive(Serialize)]
struct WayOutPage {
    address: String,
    host: String,
}

#[derive(Serialize)]
struct FailedPage {
    why: String,
}

#[derive(Serialize)]
struct SettingPage {
    form: Form,
    is_set: bool,
    callback: String,
    /// Domain, and whether the operator has confirmed it.
    domains: Vec<(String, bool)>,
    /// Admins with a password: id and name.
    admins: Vec<(String, String)>,
    done: Option<&'static str>,
}

async fn ask(guest: Guest, Query(query): Query) -> Result<HttpResponse> {
    let (next, again) = (query.get("next").to_owned(), query.has("again"));
    let page = AskPage { form: Form::default(), next, again };
    guest.frame().page("sign_on/ask.html", &page)
}

async fn begin(guest: Guest, fields: Fields) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    let (next, again) = (fields.get("next").to_owned(), fields.has("again"));
    let attempt = async {
        let mut parser = fields.parser();
        let email = parser.email("email");
        parser.finish()?;
        let email = email.ok_or_else(|| Error::invalid("email", "form-email"))?;
        guest.0.take(&shared.sign_on_limit, &email.key(), "")?;
        let mut conn = guest.db().await?;
        let (outward, sealing) = (&shared.outward, &shared.sealing);
        sign_on::begin(&mut conn, outward, sealing, guest.0.door(), &email, Wish { next: local_path(&next), again })
            .await
    };
    match attempt.await {
        Ok(way) => {
            let host = way.address.split('/').nth(2).unwrap_or_default().to_owned();
            let mut response =
                guest.frame().page("sign_on/way_out.html", &WayOutPage { address: way.address, host })?;
            let minutes = jiff::SignedDuration::from_mins(10);
            session::add(&mut response, session::cookie(&shared.config, session::SIGN_ON, way.sealed, minutes))?;
            Ok(response)
        }
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, guest.0.locale)?;
            guest.frame().page_with(status, "sign_on/ask.html", &AskPage { form, next, again })
        }
    }
}

async fn finish(guest: Guest, Query(query): Query) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    let device = guest.0.device();
    let attempt = async {
        let issuer = query.has("iss").then(|| query.get("iss"));
        let back = Back { state: query.get("state"), code: query.get("code"), issuer };
        let mut conn = guest.db().await?;
        let (outward, sealing) = (&shared.outward, &shared.sealing);
        sign_on::finish(&mut conn, outward, sealing, &guest.0.sign_on, back, &device, guest.0.door()).await
    };
    let mut response = match attempt.await {
        Ok((member, started, next)) => session::begin(shared, &started, &device, &member.email, &next)?,
        Err(Error::Refused(message)) => {
            let page = FailedPage { why: message.say(guest.0.locale) };
            guest.frame().page_with(StatusCode::CONFLICT, "sign_on/failed.html", &page)?
        }
        Err(error) => return Err(error),
    };
    session::add(&mut response, session::no_cookie(&shared.config, session::SIGN_ON))?;
    Ok(response)
}

async fn show(may: May<ManageOrganisation>, query: Query) -> Result<HttpResponse> {
    let provider = store::sign_on::provider(&mut *may.db().await?, may.signed.organisation.id).await?;
    page(&may, StatusCode::OK, provider, None, query.done(DONE)).await
}

async fn set(may: Confirmed<ManageOrganisation>, fields: Fields) -> Result<HttpResponse> {
    let shared = &may.request.shared;
    let attempt = async {
        let new = parse(&fields)?;
        let mut conn = may.db().await?;
        sign_on::set(&mut conn, &shared.outward, &shared.sealing, &may.scope(), &may.actor(), &new).await
    };
    match attempt.await {
        Ok(()) => Ok(see_other("/settings/sign-on?done=sign-on-done")),
        Err(error) => {
            let status = error.status_code();
            let provider = store::sign_on::provider(&mut *may.db().await?, may.signed.organisation.id).await?;
            let form = Form::again(fields, error, may.locale())?;
            page(&may, status, provider, Some(form), None).await
        }
    }
}

async fn remove(may: Confirmed<ManageOrganisation>) -> Result<HttpResponse> {
    sign_on::remove(&mut *may.db().await?, &may.scope(), &may.actor()).await?;
    Ok(see_other("/settings/sign-on?done=sign-on-done-removed"))
}

async fn page(
    may: &May<ManageOrganisation>,
    status: StatusCode,
    provider: Option<Provider>,
    form: Option<Form>,
    done: Option<&'static str>,
) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let domains = store::sign_on::domains(&mut conn, may.signed.organisation.id).await?;
    let mut choices = store::member::choices(&mut conn, &may.scope()).await?;
    may.locale().sort_by_name(&mut choices, |member| &member.name);
    let admins = choices.into_iter().filter(|member| member.roles.contains(&Role::Admin) && !member.is_invited());
    let names: Vec<&str> = domains.iter().map(|domain| domain.domain.as_str()).collect();
    let is_set = provider.is_some();
    let filled = |provider: Provider| {
        let mut values = vec![
            ("issuer", provider.issuer),
            ("client_id", provider.client_id),
            ("domains", names.join("\n")),
            ("break_glass", provider.break_glass_member_id.map(|id| id.to_string()).unwrap_or_default()),
        ];
        values.extend(provider.enforced.then(|| ("enforced", "on".to_owned())));
        Form::filled(values)
    };
    let page = SettingPage {
        form: form.unwrap_or_else(|| provider.map(filled).unwrap_or_default()),
        is_set,
        callback: sign_on::callback(&may.request.shared.config.public_url),
        domains: domains.iter().map(|d| (d.domain.clone(), d.confirmed_at.to_jiff().is_some())).collect(),
        admins: admins.map(|member| (member.id.to_string(), member.name)).collect(),
        done,
    };
    may.frame().page_with(status, "sign_on/settings.html", &page)
}

fn parse(fields: &Fields) -> Result<NewProvider> {
    let mut parser = fields.parser();
    let issuer = parser.line("issuer", 400);
    let client_id = parser.line("client_id", 400);
    let client_secret = parser.optional_line("client_secret", 1000);
    let domains = parser.text("domains", 2000);
    let break_glass = if fields.get("break_glass").is_empty() { None } else { parser.parsed("break_glass") };
    let enforced = parser.ticked("enforced");
    parser.finish()?;
    let domains = sign_on::parse_domains(&domains)?;
    Ok(NewProvider { issuer, client_id, client_secret, domains, enforced, break_glass })
}
