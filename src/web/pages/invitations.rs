//! Invitations: the page behind the link, where a new member chooses a password.

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
        invitation,
        secret_link::{self, Opened},
    },
    web::{
        forms::{Fields, Form},
        session,
        who::Guest,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/invitations/{secret}", get().to(show)).route("/invitations/{secret}", post().to(take));
}

#[derive(Serialize)]
struct InvitationPage {
    form: Form,
    organisation: String,
    name: String,
    email: String,
}

async fn show(guest: Guest, secret: Path<String>) -> Result<HttpResponse> {
    let mut conn = guest.db().await?;
    match secret_link::open(&mut conn, SecretPurpose::Invitation, &secret, guest.0.shared.clock.now()).await {
        Ok(opened) => guest.frame().page("invitation/form.html", &InvitationPage::new(&opened, Form::default())),
        Err(Error::NotFound) => over(&guest),
        Err(error) => Err(error),
    }
}

async fn take(guest: Guest, secret: Path<String>, fields: Fields) -> Result<HttpResponse> {
    let shared = &guest.0.shared;
    let now = shared.clock.now();
    let mut conn = guest.db().await?;
    let opened = match secret_link::open(&mut conn, SecretPurpose::Invitation, &secret, now).await {
        Ok(opened) => opened,
        Err(Error::NotFound) => return over(&guest),
        Err(error) => return Err(error),
    };
    let attempt = async {
        let mut parser = fields.parser();
        let password = parser.new_password("password", "again");
        parser.finish()?;
        let device = guest.0.device();
        invitation::take(&mut conn, &shared.hashing, &opened, &password, &device, now, session::LIFETIME).await
    };
    match attempt.await {
        Ok(started) => session::begin(shared, &started, "/"),
        Err(Error::NotFound) => over(&guest),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, guest.0.locale)?;
            guest.frame().page_with(status, "invitation/form.html", &InvitationPage::new(&opened, form))
        }
    }
}

/// The same answer for every link that does not work: it tells nothing about whether there ever was one.
fn over(guest: &Guest) -> Result<HttpResponse> {
    #[derive(Serialize)]
    struct OverPage {}
    guest.frame().page_with(StatusCode::GONE, "invitation/over.html", &OverPage {})
}

impl InvitationPage {
    fn new(opened: &Opened, form: Form) -> InvitationPage {
        InvitationPage {
            form,
            organisation: opened.organisation.name.clone(),
            name: opened.member.name.clone(),
            email: opened.member.email.clone(),
        }
    }
}
