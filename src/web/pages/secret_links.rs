//! The pages behind a secret link, be it of an invitation or of a forgotten password: who it is for, and a password to choose.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde::Serialize;

use crate::{
    domain::{password, secret_link::SecretPurpose},
    error::{Error, Result},
    store::Conn,
    usecases::{
        secret_link::{self, Opened},
        sign_in::{Device, SignedIn},
    },
    web::{
        forms::{Fields, Form},
        session,
        who::Guest,
    },
};

/// What a kind of link opens.
pub(super) struct Door {
    pub purpose: SecretPurpose,
    /// The template with the form for a password.
    pub form: &'static str,
    /// The template that says that the link does not work (any more).
    pub over: &'static str,
}

#[derive(Serialize)]
struct LinkPage {
    form: Form,
    organisation: String,
    name: String,
    email: String,
    /// How many characters a password needs.
    least: usize,
}

#[derive(Serialize)]
struct OverPage {}

impl Door {
    pub(super) async fn show(&self, guest: &Guest, secret: &str) -> Result<HttpResponse> {
        let mut conn = guest.db().await?;
        match secret_link::open(&mut conn, self.purpose, secret, guest.0.shared.clock.now()).await {
            Ok(opened) => self.page(guest, StatusCode::OK, &opened, Form::default()),
            Err(Error::NotFound) => self.over(guest),
            Err(error) => Err(error),
        }
    }

    /// Takes the password that was chosen: `enter` keeps it and begins a session, or asks for the code that is needed as well.
    pub(super) async fn take(
        &self,
        guest: &Guest,
        secret: &str,
        fields: Fields,
        enter: impl AsyncFnOnce(&mut Conn, &Opened, &str, &Device) -> Result<SignedIn>,
    ) -> Result<HttpResponse> {
        let mut conn = guest.db().await?;
        let opened = match secret_link::open(&mut conn, self.purpose, secret, guest.0.shared.clock.now()).await {
            Ok(opened) => opened,
            Err(Error::NotFound) => return self.over(guest),
            Err(error) => return Err(error),
        };
        let device = guest.0.device();
        let attempt = async {
            let mut parser = fields.parser();
            let password = parser.new_password("password", "again");
            parser.finish()?;
            enter(&mut conn, &opened, &password, &device).await
        };
        match attempt.await {
            Ok(outcome) => session::go_on(&guest.0.shared, &outcome, &device, &opened.member.email, "/"),
            Err(Error::NotFound) => self.over(guest),
            Err(error) => {
                let status = error.status_code();
                let form = Form::again(fields, error, guest.0.locale)?;
                self.page(guest, status, &opened, form)
            }
        }
    }

    fn page(&self, guest: &Guest, status: StatusCode, opened: &Opened, form: Form) -> Result<HttpResponse> {
        let page = LinkPage {
            form,
            organisation: opened.organisation.name.clone(),
            name: opened.member.name.clone(),
            email: opened.member.email.clone(),
            least: password::least(opened.has_second_factor),
        };
        guest.frame().page_with(status, self.form, &page)
    }

    /// The same answer for every link that does not work: it tells nothing about whether there ever was one.
    fn over(&self, guest: &Guest) -> Result<HttpResponse> {
        guest.frame().page_with(StatusCode::GONE, self.over, &OverPage {})
    }
}
