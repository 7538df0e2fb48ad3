//! What an admin does for a member who has lost their second factor.

use actix_web::{
    HttpResponse,
    web::{Path, ServiceConfig, post},
};

use super::members::{sender, settled};
use crate::{
    domain::{id::MemberId, policy::ManageMembers},
    error::Result,
    usecases::second_factor,
    web::who::Confirmed,
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/members/{id}/factors/removal", post().to(remove));
}

async fn remove(may: Confirmed<ManageMembers>, id: Path<MemberId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let removed = second_factor::forget(&mut conn, &may.actor(), &sender(&may), *id).await;
    drop(conn);
    settled(&may, *id, removed, "member-done-factors").await
}
