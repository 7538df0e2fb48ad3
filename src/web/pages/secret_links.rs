//! The pages behind a secret link, be it of an invitation or of a forgotten password: who it is for, and a password to choose.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::{password, secret_link::SecretPurpose},
    error::{Error, Result},
    store::Conn,
    usecases::secret_link::{self, Opened},
    web::{
        forms::{Fields, Form},
        session,
        who::Guest,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/invitations/{secret}", get().to(show))
        .route("/invitations/{secret}", post().to(take))
        .route("/password-resets/{secret}", get().to(show))
        .route("/password-resets/{secret}", post().to(take));
}

/// What a kind of link opens.
struct Door {
    purpose: SecretPurpose,
    /// The template with the form for a password.
    form: &'static str,
    /// The template that says that the link does not work (any more).
    over: &'static str,
}

const DOORS: [Door; 2] = [
    Door { purpose: SecretPurpose::Invitation, form: "invitation/form.html", over: "invitation/over.html" },
    Door { purpose: SecretPurpose::PasswordReset, form: "password_reset/form.html", over: "password_reset/over.html" },
];

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

async fn show(guest: Guest, secret: Path<String>) -> Result<HttpResponse> {
    let door = Door::of(&guest)?;
    match door.open(&guest, &mut *guest.db().await?, &secret).await {
        Ok(opened) => door.page(&guest, StatusCode::OK, &opened, Form::default()),
        Err(Error::NotFound) => door.over(&guest),
        Err(error) => Err(error),
    }
}

/// Takes the password that was chosen, and begins a session or asks for the code that is needed as well.
async fn take(guest: Guest, secret: Path<String>, fields: Fields) -> Result<HttpResponse> {
    let (door, shared) = (Door::of(&guest)?, &guest.0.shared);
    let mut conn = guest.db().await?;
    let opened = match door.open(&guest, &mut conn, &secret).await {
        Ok(opened) => opened,
        Err(Error::NotFound) => return door.over(&guest),
        Err(error) => return Err(error),
    };
    let device = guest.0.device();
    let attempt = async {
        let mut parser = fields.parser();
        let password = parser.new_password("password", "again");
        parser.finish()?;
        secret_link::take(&mut conn, &shared.hashing, &opened, &password, &device, guest.0.door()).await
    };
    match attempt.await {
        Ok(outcome) => session::go_on(shared, &outcome, &device, &opened.member.email, "/"),
        Err(Error::NotFound) => door.over(&guest),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, guest.0.locale)?;
            door.page(&guest, status, &opened, form)
        }
    }
}

impl Door {
    fn of(guest: &Guest) -> Result<&'static Door> {
        let is_behind = |door: &&Door| guest.0.path.starts_with(door.purpose.path());
        DOORS.iter().find(is_behind).ok_or(Error::NotFound)
    }

    async fn open(&self, guest: &Guest, conn: &mut Conn, secret: &str) -> Result<Opened> {
        secret_link::open(conn, self.purpose, secret, guest.0.shared.clock.now()).await
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
