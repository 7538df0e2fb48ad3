//! Lists in pages: `?limit=…&after=…` comes in, `{"items": […], "next": …}` with a `Link` goes out.

use std::{fmt::Display, str::FromStr};

use actix_web::{HttpResponse, http::header};
use serde::Serialize;
use utoipa::{
    IntoParams, ToSchema,
    openapi::{
        KnownFormat, ObjectBuilder, SchemaFormat, Type,
        path::{Parameter, ParameterBuilder, ParameterIn},
    },
};

use crate::{
    error::{Complaint, Error, Message, Result},
    web::forms::{Query, check_text, query},
};

/// Items on a page unless the caller says otherwise, and at most.
const USUAL: i64 = 50;
const MOST: i64 = 200;

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Give it as `after` to get the next page; `null` on the last one.
    pub next: Option<String>,
}

/// Where a page begins and how long it is.
pub struct Wanted<Key> {
    pub after: Option<Key>,
    pub limit: i64,
}

/// Reads a query string that may hold these parameters and no other.
pub struct Params<'q> {
    query: &'q Query,
    complaints: Vec<Complaint>,
}

impl<'q> Params<'q> {
    /// `known` besides `limit` and `after`, which every list has.
    pub fn new(query: &'q Query, known: &[&str]) -> Params<'q> {
        let mut params = Params { query, complaints: Vec::new() };
        for (name, _) in query.0.iter() {
            if !known.contains(&name) && !["limit", "after"].contains(&name) {
                params.complain(name, Message::new("api-unknown-parameter"));
            }
        }
        params
    }

    /// An id or a choice, or nothing.
    pub fn optional<T: FromStr>(&mut self, name: &str) -> Option<T> {
        // An empty value is none: whoever forgot to fill it in must not get everything.
        if !self.query.0.has(name) {
            return None;
        }
        let text = self.query.0.get(name);
        let value = text.parse().ok();
        if value.is_none() {
            self.complain(name, Message::new("form-not-a-choice"));
        }
        value
    }

    /// An id or a choice that must be there.
    pub fn required<T: FromStr>(&mut self, name: &str) -> Option<T> {
        if !self.query.0.has(name) {
            self.complain(name, Message::new("form-required"));
        }
        self.optional(name)
    }

    pub fn text(&mut self, name: &str, most: usize) -> &'q str {
        let text = self.query.0.get(name);
        if let Err(message) = check_text(text, most) {
            self.complain(name, message);
        }
        text
    }

    pub fn wanted<Id: FromStr>(&mut self) -> Wanted<Id> {
        let query = self.query;
        let given = |name: &str| query.0.has(name).then(|| query.0.get(name));
        let limit = match given("limit") {
            None => USUAL,
            Some(text) => text.parse().ok().filter(|limit| (1..=MOST).contains(limit)).unwrap_or_else(|| {
                self.complain("limit", Message::new("form-number").with("least", 1).with("most", MOST));
                USUAL
            }),
        };
        let after = match given("after") {
            None => None,
            Some(text) => text.parse().ok().or_else(|| {
                self.complain("after", Message::new("api-cursor-unknown"));
                None
            }),
        };
        Wanted { after, limit }
    }

    pub fn complain(&mut self, name: &str, message: Message) {
        self.complaints.push(Complaint::new(name, message));
    }

    /// # Errors
    /// `Invalid` with every complaint.
    pub fn finish(self) -> Result<()> {
        if self.complaints.is_empty() { Ok(()) } else { Err(Error::Invalid(self.complaints)) }
    }
}

impl<T: Serialize> Page<T> {
    /// The answer to `query` at `path`, with the address of the next page.
    pub fn answer(path: &str, asked: &Query, items: Vec<T>, next: Option<impl Display>) -> Result<HttpResponse> {
        let next = next.map(|next| next.to_string());
        let mut response = HttpResponse::Ok();
        if let Some(next) = &next {
            let pairs: Vec<(&str, &str)> =
                asked.0.iter().filter(|(name, _)| *name != "after").chain([("after", next.as_str())]).collect();
            response.insert_header((header::LINK, format!("<{path}?{}>; rel=\"next\"", query(&pairs))));
        }
        Ok(response.json(Page { items, next }))
    }
}

/// The two parameters of a list, as the document describes them.
pub struct Paging;

impl IntoParams for Paging {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let limit = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(Some(MOST))
            .default(Some(USUAL.into()));
        let id = SchemaFormat::KnownFormat(KnownFormat::Uuid);
        let after = ObjectBuilder::new().schema_type(Type::String).format(Some(id));
        let parameter = |name: &str| ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query);
        vec![
            parameter("limit").description(Some("Items on a page at most.")).schema(Some(limit)).build(),
            parameter("after").description(Some("`next` of the page before.")).schema(Some(after)).build(),
        ]
    }
}
