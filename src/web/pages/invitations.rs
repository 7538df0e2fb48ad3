//! Invitations: the page behind the link, where a new member chooses a password.

use actix_web::{
    HttpResponse,
    web::{Path, ServiceConfig, get, post},
};

use super::secret_links::Door;
use crate::{
    domain::secret_link::SecretPurpose,
    error::Result,
    usecases::invitation,
    web::{forms::Fields, who::Guest},
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/invitations/{secret}", get().to(show)).route("/invitations/{secret}", post().to(take));
}

const DOOR: Door =
    Door { purpose: SecretPurpose::Invitation, form: "invitation/form.html", over: "invitation/over.html" };

async fn show(guest: Guest, secret: Path<String>) -> Result<HttpResponse> {
    DOOR.show(&guest, &secret).await
}

async fn take(guest: Guest, secret: Path<String>, fields: Fields) -> Result<HttpResponse> {
    DOOR.take(&guest, &secret, fields, async |conn, opened, password, device| {
        invitation::take(conn, &guest.0.shared.hashing, opened, password, device, guest.0.door()).await
    })
    .await
}
