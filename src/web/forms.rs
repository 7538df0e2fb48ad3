//! What people send: form fields and query strings, parsed at the door with every complaint at once.

use std::{collections::BTreeMap, str::FromStr};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde::Serialize;

use crate::{
    domain::{email::EmailAddress, time_zone},
    error::{Complaint, Error, Message, Result},
    i18n::Locale,
};

/// The fields of a form or a query string, as typed; a name may come several times. Serialized, it is a map from each name
/// to its first value, so that a form with complaints is shown again as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Fields {
        Fields(pairs)
    }

    /// Nobody can type U+0000 into a form, Postgres cannot hold it, and a page must not show it again: what has one is refused
    /// before it is read.
    fn without_nul(pairs: Vec<(String, String)>) -> Result<Fields> {
        match pairs.iter().find(|(name, value)| name.contains('\0') || value.contains('\0')) {
            None => Ok(Fields(pairs)),
            Some((name, _)) => Err(Error::invalid(name.replace('\0', ""), "form-control-characters")),
        }
    }

    /// The field as it was typed, "" when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Every value of a repeated field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub fn parser(&self) -> Parser<'_> {
        Parser { fields: self, complaints: Vec::new() }
    }
}

impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first: BTreeMap<&str, &str> =
            self.0.iter().rev().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        first.serialize(serializer)
    }
}

/// The body of a form.
impl FromRequest for Fields {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Fields, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        async move { Ok(Fields::without_nul(form.await?.into_inner())?) }.boxed_local()
    }
}

/// The query string.
pub struct Query(pub Fields);

impl FromRequest for Query {
    type Error = actix_web::Error;
    type Future = std::future::Ready<Result<Query, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        let fields = pairs.map_err(Into::into).and_then(|pairs| Ok(Fields::without_nul(pairs.into_inner())?));
        std::future::ready(fields.map(Query))
    }
}

impl Query {
    /// What the page before did, as a key of the catalogues: `?done=member-disabled`. Only keys that this page knows.
    pub fn done(&self, known: &[&'static str]) -> Option<&'static str> {
        known.iter().find(|key| **key == self.0.get("done")).copied()
    }
}

/// Reads fields into values and gathers what is wrong with them. A value that is missing reads as its default; whoever
/// calls [`Parser::finish`] never uses it.
pub struct Parser<'f> {
    fields: &'f Fields,
    complaints: Vec<Complaint>,
}

impl Parser<'_> {
    /// A line of text that must be there: trimmed, without control characters, at most `most` characters.
    pub fn line(&mut self, name: &str, most: usize) -> String {
        let text = self.optional_line(name, most);
        if text.is_empty() {
            self.complain(name, Message::new("form-required"));
        }
        text
    }

    /// A line of text or nothing.
    pub fn optional_line(&mut self, name: &str, most: usize) -> String {
        let text = self.text(name, most);
        if text.contains(['\n', '\r']) {
            self.complain(name, Message::new("form-one-line"));
        }
        text
    }

    /// Text of several lines or nothing; line ends become `\n`.
    pub fn text(&mut self, name: &str, most: usize) -> String {
        let text = self.fields.get(name).trim().replace("\r\n", "\n");
        if let Err(message) = check_text(&text, most) {
            self.complain(name, message);
        }
        text
    }

    /// One of the choices of an enum or another type that reads from text.
    pub fn parsed<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let text = self.fields.get(name).trim();
        if text.is_empty() {
            self.complain(name, Message::new("form-required"));
            return None;
        }
        let value = text.parse().ok();
        if value.is_none() {
            self.complain(name, Message::new("form-not-a-choice"));
        }
        value
    }

    /// A whole number within a range.
    pub fn number(&mut self, name: &str, range: std::ops::RangeInclusive<i64>) -> i64 {
        match self.fields.get(name).trim().parse() {
            Ok(number) if range.contains(&number) => number,
            _ => {
                let message = Message::new("form-number").with("least", range.start()).with("most", range.end());
                self.complain(name, message);
                *range.start()
            }
        }
    }

    /// A mail address that must be there.
    pub fn email(&mut self, name: &str) -> Option<EmailAddress> {
        let text = self.line(name, 254);
        let address = EmailAddress::parse(&text).ok();
        if address.is_none() {
            self.complain(name, Message::new("form-email"));
        }
        address
    }

    /// An IANA time zone, or nothing.
    pub fn time_zone(&mut self, name: &str) -> Option<String> {
        let zone = self.fields.get(name);
        if !zone.is_empty() && !time_zone::is_known(zone) {
            self.complain(name, Message::new("form-not-a-choice"));
        }
        (!zone.is_empty()).then(|| zone.to_owned())
    }

    /// A language of the product, or nothing.
    pub fn locale(&mut self, name: &str) -> Option<Locale> {
        let tag = self.fields.get(name);
        let locale = Locale::ALL.into_iter().find(|locale| locale.tag() == tag);
        if !tag.is_empty() && locale.is_none() {
            self.complain(name, Message::new("form-not-a-choice"));
        }
        locale
    }

    /// A new password and its repetition. Whether it is good enough is the use case's to say.
    pub fn new_password(&mut self, name: &str, again: &str) -> String {
        let password = self.fields.get(name).to_owned();
        if password.is_empty() {
            self.complain(name, Message::new("form-required"));
        } else if password != self.fields.get(again) {
            self.complain(again, Message::new("password-differs"));
        }
        password
    }

    /// Whether a checkbox was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.fields.has(name)
    }

    /// Every value of a repeated field, each of which must parse.
    pub fn each<T: FromStr>(&mut self, name: &str) -> Vec<T> {
        let parsed: Result<Vec<T>, _> = self.fields.all(name).map(str::parse).collect();
        parsed.unwrap_or_else(|_| {
            self.complain(name, Message::new("form-not-a-choice"));
            Vec::new()
        })
    }

    pub fn complain(&mut self, name: &str, message: Message) {
        if !self.complaints.iter().any(|complaint| complaint.field == name) {
            self.complaints.push(Complaint::new(name, message));
        }
    }

    /// # Errors
    /// `Invalid` with every complaint.
    pub fn finish(self) -> Result<()> {
        if self.complaints.is_empty() { Ok(()) } else { Err(Error::Invalid(self.complaints)) }
    }
}

/// Text that Postgres, mail and a page can hold: no NUL or other control character but line ends and tabs, not too long.
///
/// # Errors
/// The message to show.
pub fn check_text(text: &str, most: usize) -> Result<(), Message> {
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Message::new("form-control-characters"));
    }
    if text.chars().count() > most {
        return Err(Message::new("form-too-long").with("most", most));
    }
    Ok(())
}

/// A form as it is shown: what was typed and what is wrong with it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    pub typed: Fields,
    /// Field name to sentence.
    pub errors: BTreeMap<String, String>,
    /// The fields with an error, in the order in which the complaints came; a template reads a map in no order at all.
    pub wrong: Vec<String>,
}

impl Form {
    /// An empty or prefilled form.
    pub fn filled<'a>(values: impl IntoIterator<Item = (&'a str, String)>) -> Form {
        Form {
            typed: Fields(values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
            ..Form::default()
        }
    }

    /// The form as sent, with the complaints of an [`Error::Invalid`]; any other error is handed back.
    pub fn again(typed: Fields, error: Error, locale: Locale) -> Result<Form> {
        match error {
            Error::Invalid(complaints) => {
                let mut form = Form { typed, ..Form::default() };
                for complaint in &complaints {
                    if form.errors.insert(complaint.field.clone(), complaint.message.say(locale)).is_none() {
                        form.wrong.push(complaint.field.clone());
                    }
                }
                Ok(form)
            }
            Error::TooOften { seconds } => {
                let message = Message::new("sign-in-wait").with("seconds", seconds);
                Ok(Form::refused(typed, &message, locale))
            }
            Error::Refused(message) => Ok(Form::refused(typed, &message, locale)),
            other => Err(other),
        }
    }

    /// The form as sent, with one sentence about all of it.
    fn refused(typed: Fields, message: &Message, locale: Locale) -> Form {
        Form { typed, errors: [("".to_owned(), message.say(locale))].into(), wrong: vec!["".to_owned()] }
    }
}

/// `a=1&b=2`, percent-encoded.
pub fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded(pairs)
}

fn form_urlencoded(pairs: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(pairs).unwrap_or_default()
}

/// The template filter `or_empty`-style look-ups that forms need: `get_in(map, key)` is the value or "".
pub fn register(tera: &mut tera::Tera) {
    tera.register_filter(
        "entry",
        |map: tera::Value, args: tera::Kwargs, _: &tera::State| -> tera::TeraResult<tera::Value> {
            let key = args.must_get::<String>("of")?;
            let found = map.as_map().and_then(|map| map.get(&tera::value::Key::from(key)).cloned());
            Ok(found.unwrap_or_else(|| tera::Value::from("")))
        },
    );
    tera.register_filter("urlquery", |value: &str, _: tera::Kwargs, _: &tera::State| -> tera::TeraResult<String> {
        Ok(serde_urlencoded::to_string([("", value)])
            .map(|text| text.trim_start_matches('=').to_owned())
            .unwrap_or_default())
    });
}
