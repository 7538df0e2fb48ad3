//! API tokens: with mine another system acts as me; an admin makes those of a service account.

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{Path, ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::{
        id::{ApiTokenId, OrgId},
        policy::OwnAccount,
        token_scope::{NOUNS, TokenScope},
    },
    error::{Message, Result},
    i18n::Locale,
    store::{
        Conn,
        api_token::{self, ApiToken},
        member::Member,
    },
    usecases::{
        account_letter::Sender,
        api_token::{self as tokens, NewToken},
    },
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::{Confirmed, May},
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
    nouns: Vec<Noun>,
    tokens: Vec<TokenRow>,
    /// The token that was just made: shown now and never again.
    made: Option<String>,
    done: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct TokenRow {
    id: String,
    name: String,
    created_at: String,
    expires_at: String,
    used_at: Option<String>,
    scopes: String,
}

/// A noun to choose reading or changing of.
#[derive(Serialize)]
pub(super) struct Noun {
    noun: &'static str,
    name: String,
    writable: bool,
    reads: bool,
    writes: bool,
}

async fn list(may: May<OwnAccount>, query: Query) -> Result<HttpResponse> {
    page(&may, StatusCode::OK, empty_form(), &[], None, query.done(DONE)).await
}

async fn make(may: Confirmed<OwnAccount>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let new = parse(&fields)?;
        let site = &may.request.shared.config.public_url;
        let sender = Sender { organisation: &may.signed.organisation, site, answers: None };
        tokens::make(&mut *may.db().await?, &may.actor(), &sender, &may.signed.member, new).await
    };
    match attempt.await {
        Ok(token) => page(&may, StatusCode::CREATED, empty_form(), &[], Some(token), None).await,
        Err(error) => {
            let (status, chosen) = (error.status_code(), chosen(&fields));
            page(&may, status, Form::again(fields, error, may.locale())?, &chosen, None, None).await
        }
    }
}

async fn revoke(may: May<OwnAccount>, id: Path<ApiTokenId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    tokens::revoke(&mut conn, &may.actor(), may.signed.member.id, *id).await?;
    Ok(see_other("/api-tokens?done=api-token-done-revoked"))
}

async fn page(
    may: &May<OwnAccount>,
    status: StatusCode,
    form: Form,
    chosen: &[TokenScope],
    made: Option<String>,
    done: Option<&'static str>,
) -> Result<HttpResponse> {
    let tokens = rows(&mut *may.db().await?, &may.signed.member, may.now(), may.locale()).await?;
    let (days, nouns) = (days(may.locale()), nouns(chosen, may.locale()));
    may.frame().page_with(status, "api_token/list.html", &TokensPage { form, days, nouns, tokens, made, done })
}

/// A token as the form describes it.
pub(super) fn parse(fields: &Fields) -> Result<NewToken> {
    let mut parser = fields.parser();
    let name = parser.line("name", 120);
    let days: i64 = parser.parsed("days").unwrap_or_default();
    if !DAYS.contains(&days) {
        parser.complain("days", Message::new("form-not-a-choice"));
    }
    let mut scopes: Vec<TokenScope> = parser.each("scopes");
    if scopes.is_empty() {
        parser.complain("scopes", Message::new("api-token-scope-needed"));
    }
    scopes.sort_unstable();
    scopes.dedup();
    parser.finish()?;
    Ok(NewToken { name, days, scopes })
}

pub(super) fn chosen(fields: &Fields) -> Vec<TokenScope> {
    fields.all("scopes").filter_map(|scope| scope.parse().ok()).collect()
}

pub(super) fn empty_form() -> Form {
    Form::filled([("days", "90".to_owned())])
}

pub(super) fn days(locale: Locale) -> Vec<(String, String)> {
    let text = |days: i64| locale.say("api-token-days", &[("days", days.into())]);
    DAYS.iter().map(|days| (days.to_string(), text(*days))).collect()
}

pub(super) fn nouns(chosen: &[TokenScope], locale: Locale) -> Vec<Noun> {
    let is_chosen = |noun: &str, act: &str| chosen.iter().any(|scope| scope.to_string() == format!("{noun}:{act}"));
    let row = |(noun, writable): &(&'static str, bool)| Noun {
        noun,
        name: locale.word(&format!("api-token-noun-{noun}")),
        writable: *writable,
        reads: is_chosen(noun, "read"),
        writes: is_chosen(noun, "write"),
    };
    NOUNS.iter().map(row).collect()
}

/// The live tokens of a member.
pub(super) async fn rows(
    conn: &mut Conn,
    owner: &Member,
    now: jiff::Timestamp,
    locale: Locale,
) -> Result<Vec<TokenRow>> {
    let org: OrgId = owner.org_id;
    let live = api_token::live(conn, org, owner.id, now).await?;
    Ok(live.iter().map(|token| TokenRow::new(token, locale)).collect())
}

impl TokenRow {
    fn new(token: &ApiToken, locale: Locale) -> TokenRow {
        TokenRow {
            id: token.id.to_string(),
            name: token.name.clone(),
            created_at: token.created_at.to_jiff().to_string(),
            expires_at: token.expires_at.to_jiff().to_string(),
            used_at: token.used_at.to_jiff().map(|at| at.to_string()),
            scopes: in_words(&token.scopes, locale),
        }
    }
}

/// "Reads jobs, candidates; changes jobs".
fn in_words(scopes: &[String], locale: Locale) -> String {
    let nouns = |act: &str| {
        let named = scopes.iter().filter_map(|scope| scope.strip_suffix(act)?.strip_suffix(':'));
        named.map(|noun| locale.word(&format!("api-token-noun-{noun}")).to_lowercase()).collect::<Vec<_>>().join(", ")
    };
    let (reads, writes) = (nouns("read"), nouns("write"));
    let kind = match (reads.is_empty(), writes.is_empty()) {
        (false, false) => "both",
        (false, true) => "read",
        _ => "write",
    };
    locale.say("api-token-is-for", &[("kind", kind.into()), ("reads", reads.into()), ("writes", writes.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_noun_has_a_name_in_every_language() {
        for locale in Locale::ALL {
            for (noun, _) in NOUNS {
                assert!(locale.has(&format!("api-token-noun-{noun}")), "{noun} in {locale}");
            }
        }
        let all: Vec<String> = TokenScope::all().iter().take(3).map(ToString::to_string).collect();
        assert_eq!(in_words(&all, Locale::En), "Reads jobs, candidates; changes jobs");
    }
}
