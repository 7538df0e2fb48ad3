//! My account: name, language, time zone and password.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::{password, policy::OwnAccount, time_zone},
    error::{Message, Result},
    store::authenticator,
    usecases::{
        account::{self, NewPassword, Profile},
        account_letter::Sender,
    },
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/account", get().to(show))
        .route("/account", post().to(change))
        .route("/account/password", post().to(change_password));
}

const DONE: &[&str] = &["account-done-changed", "account-done-password"];

#[derive(Serialize)]
struct AccountPage {
    email: String,
    /// How many characters a new password needs.
    least: usize,
    organisation_zone: String,
    profile: Form,
    password: Form,
    zones: Vec<(&'static str, &'static str)>,
    done: Option<&'static str>,
}

async fn show(may: May<OwnAccount>, query: Query) -> Result<HttpResponse> {
    let page = AccountPage { done: query.done(DONE), ..AccountPage::new(&may).await? };
    may.frame().page("account/show.html", &page)
}

async fn change(may: May<OwnAccount>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let profile = Profile {
            name: parser.line("name", 120),
            locale: parser.locale("locale"),
            time_zone: parser.time_zone("time_zone"),
        };
        parser.finish()?;
        let mut conn = may.db().await?;
        account::change_profile(&mut conn, &may.scope(), &may.actor(), &profile).await
    };
    match attempt.await {
        Ok(()) => Ok(see_other("/account?done=account-done-changed")),
        Err(error) => {
            let status = error.status_code();
            let profile = Form::again(fields, error, may.locale())?;
            again(&may, status, AccountPage { profile, ..AccountPage::new(&may).await? })
        }
    }
}

async fn change_password(may: May<OwnAccount>, fields: Fields) -> Result<HttpResponse> {
    let shared = &may.request.shared;
    let attempt = async {
        let mut parser = fields.parser();
        let current: String = fields.get("current").chars().take(1000).collect();
        if current.is_empty() {
            parser.complain("current", Message::new("form-required"));
        }
        let new = parser.new_password("password", "again");
        parser.finish()?;
        // Whoever finds an open browser shall not be able to guess.
        let email = &may.signed.member.email;
        may.request.take(&shared.sign_in_limit, email, email)?;
        let sender = Sender { organisation: &may.signed.organisation, site: &shared.config.public_url, answers: None };
        let session = may.signed.session.as_ref().map(|session| session.id);
        let mut conn = may.db().await?;
        account::change_password(
            &mut conn,
            &shared.hashing,
            &may.actor(),
            &sender,
            &may.signed.member,
            session,
            NewPassword { current, new },
        )
        .await
    };
    match attempt.await {
        Ok(()) => Ok(see_other("/account?done=account-done-password")),
        Err(error) => {
            let status = error.status_code();
            let password = Form::again(fields, error, may.locale())?;
            again(&may, status, AccountPage { password, ..AccountPage::new(&may).await? })
        }
    }
}

fn again(may: &May<OwnAccount>, status: StatusCode, page: AccountPage) -> Result<HttpResponse> {
    may.frame().page_with(status, "account/show.html", &page)
}

impl AccountPage {
    async fn new(may: &May<OwnAccount>) -> Result<AccountPage> {
        let member = &may.signed.member;
        let has_factor = authenticator::is_on(&mut *may.db().await?, member.org_id, member.id).await?;
        Ok(AccountPage {
            least: password::least(has_factor),
            email: member.email.clone(),
            organisation_zone: may.signed.organisation.time_zone.clone(),
            profile: Form::filled([
                ("name", member.name.clone()),
                ("locale", member.locale.clone().unwrap_or_default()),
                ("time_zone", member.time_zone.clone().unwrap_or_default()),
            ]),
            password: Form::default(),
            zones: zones(),
            done: None,
        })
    }
}

/// Time zones as choices: value and text.
pub(super) fn zones() -> Vec<(&'static str, &'static str)> {
    time_zone::names().iter().map(|name| (name.as_str(), name.as_str())).collect()
}
