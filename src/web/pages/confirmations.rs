//! Showing once more who one is. What was about to be sent waits in the page and goes on by itself: the answer to the right
//! password is a redirect (307) that makes the browser send it again to where it belongs.

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, ResponseError,
    http::{StatusCode, header},
    web::{ServiceConfig, get, post},
};
use serde::Serialize;

use super::sign_in::local_path;
use crate::{
    domain::policy::OwnFactors,
    error::{Error, Message, Result},
    usecases::confirmation::{self, Asked},
    web::{
        forms::{Fields, Form, Query},
        view::{Frame, see_other},
        who::{Held, May},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/confirmation", get().to(form)).route("/confirmation", post().to(confirm));
}

/// The field with what is shown, among those that wait.
const SHOWN: &str = "confirmation";

#[derive(Serialize)]
struct ConfirmationPage {
    form: Form,
    asked: Asked,
    /// Where it goes on to; and the same as a query string for the form that asks.
    to: String,
    then: String,
    /// What waits to be sent: names and values in their order.
    held: Vec<(String, String)>,
    email: String,
}

/// The page in place of the answer to a request that must be confirmed first.
pub fn ask(request: &HttpRequest) -> Result<HttpResponse> {
    let extensions = request.extensions();
    let held = extensions.get::<Held>().ok_or_else(|| anyhow::anyhow!("nothing was held"))?;
    let page = ConfirmationPage {
        form: Form::default(),
        asked: held.asked,
        to: request.path().to_owned(),
        then: crate::web::forms::query(&[("to", request.path())]),
        held: held.fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        email: String::new(),
    };
    Frame::of(request)?.page_with(StatusCode::UNAUTHORIZED, "confirmation/form.html", &page)
}

/// For scripts, which cannot wait in a page: after the confirmation the browser opens `to`.
async fn form(may: May<OwnFactors>, Query(query): Query) -> Result<HttpResponse> {
    let asked = confirmation::asked(&mut *may.db().await?, &may.signed.member).await?;
    let to = local_path(query.get("to")).to_owned();
    let then = crate::web::forms::query(&[("to", &to), ("open", "true")]);
    let email = may.signed.member.email.clone();
    let page = ConfirmationPage { form: Form::default(), asked, to, then, held: Vec::new(), email };
    may.frame().page("confirmation/form.html", &page)
}

async fn confirm(may: May<OwnFactors>, Query(query): Query, fields: Fields) -> Result<HttpResponse> {
    let (shared, member) = (&may.request.shared, &may.signed.member);
    let attempt = async {
        let current = may.signed.session.as_ref().ok_or(Error::Forbidden)?;
        let shown: String = fields.get(SHOWN).chars().take(1000).collect();
        if shown.is_empty() {
            return Err(Error::Invalid(vec![crate::error::Complaint::new(SHOWN, Message::new("form-required"))]));
        }
        // Whoever finds an open browser shall not be able to guess.
        may.request.take(&shared.second_step_limit, &member.id.to_string(), &member.email)?;
        let (hashing, sealing) = (&shared.hashing, &shared.sealing);
        let mut conn = may.db().await?;
        confirmation::confirm(&mut conn, hashing, sealing, &may.actor(), member, current.id, shown).await
    };
    let to = local_path(query.get("to"));
    match attempt.await {
        Ok(()) if query.has("open") => Ok(see_other(to)),
        Ok(()) => Ok(HttpResponse::TemporaryRedirect().insert_header((header::LOCATION, to)).finish()),
        Err(error) => {
            let status = error.status_code();
            let asked = confirmation::asked(&mut *may.db().await?, member).await?;
            let held = fields.iter().filter(|(name, _)| *name != SHOWN);
            let held = held.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let mut then = vec![("to", to)];
            then.extend(query.has("open").then_some(("open", "true")));
            let page = ConfirmationPage {
                form: Form::again(Fields::default(), error, may.locale())?,
                asked,
                to: to.to_owned(),
                then: crate::web::forms::query(&then),
                held,
                email: member.email.clone(),
            };
            may.frame().page_with(status, "confirmation/form.html", &page)
        }
    }
}
