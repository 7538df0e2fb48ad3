//! The organisation's settings: its name, language and time zone, and its policies.

use actix_web::{
    HttpResponse, ResponseError,
    web::{ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::{guidance::Country, policy::ManageOrganisation},
    error::{Message, Result},
    i18n::Locale,
    store::organisation::Settings,
    usecases::organisation,
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::{Confirmed, May},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/settings", get().to(show)).route("/settings", post().to(change));
}

const DONE: &[&str] = &["settings-done"];

#[derive(Serialize)]
struct SettingsPage {
    form: Form,
    zones: Vec<(&'static str, &'static str)>,
    countries: Vec<(&'static str, String)>,
    done: Option<&'static str>,
}

async fn show(may: May<ManageOrganisation>, query: Query) -> Result<HttpResponse> {
    let organisation = &may.signed.organisation;
    let mut values = vec![
        ("name", organisation.name.clone()),
        ("locale", organisation.locale.clone()),
        ("time_zone", organisation.time_zone.clone()),
        ("seat_link_days", organisation.seat_link_days.to_string()),
        ("retention_months", organisation.retention_months.to_string()),
    ];
    let policies = [
        ("blind_until_submitted", organisation.blind_until_submitted),
        ("evidence_per_rating", organisation.evidence_per_rating),
        ("note_for_extremes", organisation.note_for_extremes),
        ("evidence_hints", organisation.evidence_hints),
        ("second_factor_required", organisation.second_factor_required),
    ];
    values.push(("country", organisation.country.to_string()));
    values.extend(policies.iter().filter(|(_, on)| *on).map(|(name, _)| (*name, "on".to_owned())));
    let page = SettingsPage::new(&may, Form::filled(values), query.done(DONE));
    may.frame().page("settings/show.html", &page)
}

async fn change(may: Confirmed<ManageOrganisation>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let settings = parse(&fields)?;
        let has_shown_factor = may.signed.session.as_ref().is_some_and(|session| session.second_factor);
        let mut conn = may.db().await?;
        organisation::change(&mut conn, &may.scope(), &may.actor(), has_shown_factor, &settings).await
    };
    match attempt.await {
        Ok(()) => Ok(see_other("/settings?done=settings-done")),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            let page = SettingsPage::new(&may, form, None);
            may.frame().page_with(status, "settings/show.html", &page)
        }
    }
}

impl SettingsPage {
    fn new(may: &May<ManageOrganisation>, form: Form, done: Option<&'static str>) -> SettingsPage {
        let said =
            |country: &Country| may.locale().say("settings-country-name", &[("country", country.as_str().into())]);
        let countries = Country::ALL.iter().map(|country| (country.as_str(), said(country))).collect();
        SettingsPage { form, zones: super::account::zones(), countries, done }
    }
}

fn parse(fields: &Fields) -> Result<Settings> {
    let mut parser = fields.parser();
    let name = parser.line("name", 120);
    let locale = parser.locale("locale");
    let time_zone = parser.time_zone("time_zone");
    let country: Option<Country> = parser.parsed("country");
    for (field, missing) in [("locale", locale.is_none()), ("time_zone", time_zone.is_none())] {
        if missing {
            parser.complain(field, Message::new("form-required"));
        }
    }
    let seat_link_days = i16::try_from(parser.number("seat_link_days", 1..=60)).unwrap_or(1);
    let retention_months = i16::try_from(parser.number("retention_months", 1..=120)).unwrap_or(1);
    let settings = Settings {
        name,
        locale: locale.map(Locale::tag).unwrap_or_default().to_owned(),
        time_zone: time_zone.unwrap_or_default(),
        blind_until_submitted: parser.ticked("blind_until_submitted"),
        evidence_per_rating: parser.ticked("evidence_per_rating"),
        note_for_extremes: parser.ticked("note_for_extremes"),
        evidence_hints: parser.ticked("evidence_hints"),
        seat_link_days,
        retention_months,
        country: country.unwrap_or(Country::Eu),
        second_factor_required: parser.ticked("second_factor_required"),
    };
    parser.finish()?;
    Ok(settings)
}
