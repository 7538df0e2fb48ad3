//! Pages: tera templates, embedded, filled with a page struct and the frame around it.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header};
use rust_embed::Embed;
use serde::Serialize;
use tera::{Context, Tera};

use super::{
    Shared, assets,
    who::{self, Anyone, Asked, Guest, May, Signed},
};
use crate::{
    config::Mail,
    domain::policy::{ExportRecords, ManageMembers, ManageOrganisation, Permission, SeeLetters, SeeTrail},
    error::{Error, Result},
    i18n::{self, Locale},
};

#[derive(Embed)]
#[folder = "templates/"]
#[exclude = "mail/*"]
struct Files;

/// Every page template, parsed once.
pub struct Views(Tera);

impl Views {
    /// # Errors
    /// When a template does not parse or names something that does not exist.
    pub fn new() -> anyhow::Result<Views> {
        let mut tera = Tera::default();
        i18n::tera::register(&mut tera);
        super::forms::register(&mut tera);
        let files: Vec<(String, String)> = Files::iter()
            .filter(|name| name.ends_with(".html") || name.ends_with(".svg"))
            .filter_map(|name| Some((name.to_string(), String::from_utf8(Files::get(&name)?.data.into_owned()).ok()?)))
            .map(|(name, text)| (name, flush_left(&text)))
            .collect();
        tera.autoescape_on(vec![".html", ".svg"]);
        tera.add_raw_templates(files)?;
        Ok(Views(tera))
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.get_template_names()
    }

    /// A template filled with a page struct, without a frame; for fragments and tests.
    pub fn fill<T: Serialize>(&self, template: &str, context: &T) -> Result<String> {
        let context = Context::from_serialize(context).map_err(|error| Error::Bug(error.into()))?;
        self.0.render(template, &context).map_err(|error| Error::Bug(error.into()))
    }
}

/// A template without its indentation, which nobody reads in a browser.
fn flush_left(text: &str) -> String {
    text.lines().map(str::trim_start).collect::<Vec<_>>().join("\n")
}

/// What stands around every page: the language, who is signed in, and where they may go.
#[derive(Clone, Serialize)]
pub struct Frame {
    pub locale: Locale,
    pub time_zone: String,
    path: String,
    assets: String,
    member: Option<FrameMember>,
    /// The member has to show a second factor first: nothing else is open to them.
    awaits_factor: bool,
    /// The interview of a reader without an account: they have no other page.
    at_seat: Option<String>,
    mailbox: bool,
    languages: Vec<(&'static str, &'static str)>,
    #[serde(skip)]
    shared: Arc<Shared>,
}

#[derive(Clone, Serialize)]
struct FrameMember {
    id: String,
    name: String,
    organisation: String,
    roles: Vec<&'static str>,
    exports_records: bool,
    sees_trail: bool,
    sees_letters: bool,
    manages_members: bool,
    manages_organisation: bool,
}

#[derive(Serialize)]
struct Framed<'a, T> {
    #[serde(flatten)]
    frame: &'a Frame,
    page: &'a T,
}

impl Frame {
    pub(super) fn of(request: &HttpRequest) -> Result<Frame> {
        Ok(Frame::new(&who::asked(request)?, who::signed(request).as_deref()))
    }

    fn new(asked: &Asked, signed: Option<&Signed>) -> Frame {
        Frame {
            locale: asked.locale,
            time_zone: signed
                .map_or("UTC", |signed| signed.member.time_zone.as_deref().unwrap_or(&signed.organisation.time_zone))
                .to_owned(),
            path: asked.path.clone(),
            assets: assets::base(),
            member: signed.map(FrameMember::new),
            awaits_factor: signed.is_some_and(Signed::awaits_factor),
            at_seat: signed.and_then(|signed| signed.at_seat).map(|interview| interview.to_string()),
            mailbox: asked.shared.config.mail == Mail::Mailbox,
            languages: Locale::ALL.iter().map(|locale| (locale.tag(), locale.own_name())).collect(),
            shared: Arc::clone(&asked.shared),
        }
    }

    /// The page as an answer with status 200. In the template, the struct is `page`.
    pub fn page<T: Serialize>(&self, template: &str, page: &T) -> Result<HttpResponse> {
        self.page_with(StatusCode::OK, template, page)
    }

    pub fn page_with<T: Serialize>(&self, status: StatusCode, template: &str, page: &T) -> Result<HttpResponse> {
        let html = self.html(template, page)?;
        Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html))
    }

    pub fn html<T: Serialize>(&self, template: &str, page: &T) -> Result<String> {
        self.shared.views.fill(template, &Framed { frame: self, page })
    }
}

impl FrameMember {
    fn new(signed: &Signed) -> FrameMember {
        let roles = &signed.member.roles;
        FrameMember {
            id: signed.member.id.to_string(),
            name: signed.member.name.clone(),
            organisation: signed.organisation.name.clone(),
            roles: roles.iter().map(|role| role.as_str()).collect(),
            exports_records: ExportRecords::granted_to(roles),
            sees_trail: SeeTrail::granted_to(roles),
            sees_letters: SeeLetters::granted_to(roles),
            manages_members: ManageMembers::granted_to(roles),
            manages_organisation: ManageOrganisation::granted_to(roles),
        }
    }
}

impl<P> May<P> {
    pub fn frame(&self) -> Frame {
        Frame::new(&self.request, Some(&self.signed))
    }
}

impl Guest {
    pub fn frame(&self) -> Frame {
        Frame::new(&self.0, None)
    }
}

impl Anyone {
    pub fn frame(&self) -> Frame {
        Frame::new(&self.request, self.signed.as_deref())
    }
}

/// Sends the browser on after a change (POST, then redirect, then GET).
pub fn see_other(location: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, location.as_ref())).finish()
}
