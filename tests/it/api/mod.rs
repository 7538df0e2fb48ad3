//! The API from outside: what each noun answers, to whom, and how it refuses.

mod access;
mod debriefs;
mod document;
mod hostile;
mod reading;
mod tokens;
mod writing;

use actix_web::http::Method;
use attune::{
    domain::{id::ApiTokenId, policy::Role, token_scope::TokenScope},
    store::{self, api_token::ApiToken},
    usecases::api_token::hash,
};
use jiff::ToSpan;
use serde_json::Value;

use crate::support::world::{Answer, Who, World};

impl World {
    /// A token of this member that works for a day.
    pub async fn token(&self, who: &Who) -> String {
        let (token, row) = self.new_token(who);
        let mut conn = self.conn().await;
        store::api_token::insert(&mut conn, &row).await.unwrap();
        token
    }

    /// A token of the home organisation's member with this role.
    pub async fn token_of(&self, role: Role) -> String {
        self.token(self.who(role)).await
    }

    fn new_token(&self, who: &Who) -> (String, ApiToken) {
        let id = ApiTokenId::new();
        let token = format!("attune_{id}");
        let row = ApiToken {
            org_id: who.org,
            id,
            member_id: who.id,
            name: "a test".to_owned(),
            secret_hash: hash(&token),
            created_at: self.now().into(),
            expires_at: (self.now() + 24.hours()).into(),
            used_at: None.into(),
            revoked_at: None.into(),
            scopes: TokenScope::all().iter().map(ToString::to_string).collect(),
        };
        (token, row)
    }

    /// What a query counts that has one text for `$1`.
    pub async fn count(&self, sql: &str, text: &str) -> i64 {
        #[derive(diesel::QueryableByName)]
        struct Count {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            count: i64,
        }
        let query = diesel::sql_query(sql).bind::<diesel::sql_types::Text, _>(text);
        let mut conn = self.conn().await;
        diesel_async::RunQueryDsl::get_result::<Count>(query, &mut conn).await.unwrap().count
    }

    pub async fn read(&self, token: &str, path: &str) -> Answer {
        self.call(token, Method::GET, &format!("/api/v1{path}"), None).await
    }

    pub async fn write(&self, token: &str, method: Method, path: &str, body: &Value) -> Answer {
        self.call(token, method, &format!("/api/v1{path}"), Some(body)).await
    }

    /// Every item of a list, page by page as the answers lead.
    pub async fn read_all(&self, token: &str, path: &str) -> Vec<Value> {
        let (mut items, mut next) = (Vec::new(), format!("/api/v1{path}"));
        loop {
            let answer = self.call(token, Method::GET, &next, None).await.assert_status(200);
            let page = answer.json();
            items.extend(page["items"].as_array().unwrap().iter().cloned());
            if page["next"].is_null() {
                assert_eq!(answer.header("link"), "");
                return items;
            }
            let link = answer.header("link");
            next = link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap().to_owned();
        }
    }
}

/// A problem as RFC 9457 has it.
#[track_caller]
pub fn assert_problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["status"], status);
    assert_eq!(problem["code"], code, "{problem}");
    for field in ["type", "title", "detail"] {
        assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {problem}");
    }
}
