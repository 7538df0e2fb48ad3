//! My API tokens: with them another system acts as me.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::{id::ApiTokenId, policy::OwnAccount},
    error::{Message, Result},
    store::api_token::{self, ApiToken},
    usecases::api_token as tokens,
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/api-tokens", get().to(list))
        .route("/api-tokens", post().to(make))
        .route("/api-tokens/{id}/revocation", post().to(revoke));
}

const DONE: &[&str] = &["api-token-done-revoked"];

/// For how many days a token may work.
const DAYS: [i64; 4] = [7, 30, 90, 365];

#[derive(Serialize)]
struct TokensPage {
    form: Form,
    days: Vec<(String, String)>,
    tokens: Vec<TokenRow>,
    /// The token that was just made: shown now and never again.
    made: Option<String>,
    done: Option<&'static str>,
}

#[derive(Serialize)]
struct TokenRow {
    id: String,
    name: String,
    created_at: String,
    expires_at: String,
    used_at: Option<String>,
}

async fn list(may: May<OwnAccount>, query: Query) -> Result<HttpResponse> {
    let form = Form::filled([("days", "90".to_owned())]);
    page(&may, StatusCode::OK, form, None, query.done(DONE)).await
}

async fn make(may: May<OwnAccount>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let mut parser = fields.parser();
        let name = parser.line("name", 120);
        let days: i64 = parser.parsed("days").unwrap_or_default();
        if !DAYS.contains(&days) {
            parser.complain("days", Message::new("form-not-a-choice"));
        }
        parser.finish()?;
        let mut conn = may.db().await?;
        tokens::make(&mut conn, &may.scope(), &may.actor(), &name, days).await
    };
    match attempt.await {
        Ok(token) => {
            let form = Form::filled([("days", "90".to_owned())]);
            page(&may, StatusCode::CREATED, form, Some(token), None).await
        }
        Err(error) => {
            let status = error.status_code();
            page(&may, status, Form::again(fields, error, may.locale())?, None, None).await
        }
    }
}

async fn revoke(may: May<OwnAccount>, id: Path<ApiTokenId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    tokens::revoke(&mut conn, &may.scope(), &may.actor(), *id).await?;
    Ok(see_other("/api-tokens?done=api-token-done-revoked"))
}

async fn page(
    may: &May<OwnAccount>,
    status: StatusCode,
    form: Form,
    made: Option<String>,
    done: Option<&'static str>,
) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let tokens = api_token::live(&mut conn, &may.scope(), may.now()).await?.iter().map(TokenRow::new).collect();
    let days =
        DAYS.iter().map(|days| (days.to_string(), may.locale().say("api-token-days", &[("days", (*days).into())])));
    may.frame().page_with(status, "api_token/list.html", &TokensPage { form, days: days.collect(), tokens, made, done })
}

impl TokenRow {
    fn new(token: &ApiToken) -> TokenRow {
        TokenRow {
            id: token.id.to_string(),
            name: token.name.clone(),
            created_at: token.created_at.to_jiff().to_string(),
            expires_at: token.expires_at.to_jiff().to_string(),
            used_at: token.used_at.to_jiff().map(|at| at.to_string()),
        }
    }
}
