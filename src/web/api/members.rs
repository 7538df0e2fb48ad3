//! Members, for whoever names them in jobs and panels.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    document::Reading,
    page::{Page, Paging, Params},
};
use crate::{
    domain::{
        id::MemberId,
        policy::{Role, RunJobs},
    },
    error::Result,
    store,
    web::{forms::Query, who::May},
};

/// Somebody in the organisation.
#[derive(Serialize, ToSchema)]
pub struct Member {
    id: MemberId,
    name: String,
    email: String,
    roles: Vec<Role>,
    /// Disabled members stay where they are named, and cannot be named anew.
    active: bool,
    /// `false` for somebody who interviews without an account, by a link to their seat.
    account: bool,
}

impl From<store::member::Member> for Member {
    fn from(row: store::member::Member) -> Member {
        Member {
            active: row.is_active(),
            account: !row.is_outside,
            id: row.id,
            name: row.name,
            email: row.email,
            roles: row.roles,
        }
    }
}

/// The organisation's members, in the order in which they were added.
#[utoipa::path(
    get, path = "/api/v1/members", tag = "members", operation_id = "listMembers", params(Paging),
    responses((status = 200, description = "A page of members", body = Page<Member>), Reading)
)]
pub async fn list(may: May<RunJobs>, query: Query) -> Result<HttpResponse> {
    let mut params = Params::new(&query, &[]);
    let wanted = params.wanted::<MemberId>();
    params.finish()?;
    let mut conn = may.db().await?;
    let found = store::member::list(&mut conn, &may.scope(), wanted.after, wanted.limit).await?;
    let items = found.items.into_iter().map(Member::from).collect();
    Page::<Member>::answer(&may.request.path, &query, items, found.next)
}
