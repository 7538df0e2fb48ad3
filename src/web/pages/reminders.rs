//! Reminders by mail: whether I want them, and what the organisation's policy is.

use actix_web::{
    HttpResponse, ResponseError,
    web::{ServiceConfig, get, post},
};
use serde::Serialize;

use crate::{
    domain::{
        policy::{ManageOrganisation, OwnAccount},
        reminder::Policy,
    },
    error::{Message, Result},
    i18n::Locale,
    store,
    usecases::reminder,
    web::{
        forms::{Fields, Form, Query},
        view::see_other,
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/reminders", get().to(own))
        .route("/reminders", post().to(change_own))
        .route("/settings/reminders", get().to(policy))
        .route("/settings/reminders", post().to(change_policy));
}

const DONE_OWN: &[&str] = &["reminder-done-own"];
const DONE_POLICY: &[&str] = &["reminder-done-policy"];
/// Days late after which a scorecard may be named to the recruiter.
const DAYS: [i16; 5] = [1, 2, 3, 5, 10];

#[derive(Serialize)]
struct OwnPage {
    form: Form,
    organisation_sends: bool,
    done: Option<&'static str>,
}

async fn own(may: May<OwnAccount>, query: Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let wanted = store::reminder::wanted(&mut conn, &may.scope()).await?;
    let organisation_sends = store::reminder::policy(&mut conn, &may.scope()).await?.on;
    let form = Form::filled(ticks([("on", wanted)]));
    may.frame().page("reminder/own.html", &OwnPage { form, organisation_sends, done: query.done(DONE_OWN) })
}

async fn change_own(may: May<OwnAccount>, fields: Fields) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    store::reminder::set_wanted(&mut conn, &may.scope(), fields.has("on")).await?;
    Ok(see_other("/reminders?done=reminder-done-own"))
}

#[derive(Serialize)]
struct PolicyPage {
    form: Form,
    from: Vec<(String, String)>,
    until: Vec<(String, String)>,
    days: Vec<(String, String)>,
    done: Option<&'static str>,
}

async fn policy(may: May<ManageOrganisation>, query: Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let policy = store::reminder::policy(&mut conn, &may.scope()).await?;
    let mut values = ticks([("on", policy.on), ("at_weekends", policy.at_weekends)]);
    values.extend([
        ("from", policy.from.to_string()),
        ("until", policy.until.to_string()),
        ("escalate_after_days", policy.escalate_after_days.unwrap_or_default().to_string()),
    ]);
    let page = PolicyPage { done: query.done(DONE_POLICY), ..PolicyPage::new(Form::filled(values), may.locale()) };
    may.frame().page("reminder/policy.html", &page)
}

async fn change_policy(may: May<ManageOrganisation>, fields: Fields) -> Result<HttpResponse> {
    let attempt = async {
        let policy = parse(&fields)?;
        let mut conn = may.db().await?;
        reminder::change_policy(&mut conn, &may.scope(), &may.actor(), &policy).await
    };
    match attempt.await {
        Ok(()) => Ok(see_other("/settings/reminders?done=reminder-done-policy")),
        Err(error) => {
            let status = error.status_code();
            let form = Form::again(fields, error, may.locale())?;
            may.frame().page_with(status, "reminder/policy.html", &PolicyPage::new(form, may.locale()))
        }
    }
}

fn parse(fields: &Fields) -> Result<Policy> {
    let mut parser = fields.parser();
    let mut number = |name: &str, range| i16::try_from(parser.number(name, range)).unwrap_or_default();
    let (from, until) = (number("from", 0..=23), number("until", 1..=24));
    let days = number("escalate_after_days", 0..=30);
    if from >= until {
        parser.complain("until", Message::new("reminder-policy-hours-order"));
    }
    let policy = Policy {
        on: parser.ticked("on"),
        from,
        until,
        at_weekends: parser.ticked("at_weekends"),
        escalate_after_days: (days > 0).then_some(days),
    };
    parser.finish()?;
    Ok(policy)
}

impl PolicyPage {
    fn new(form: Form, locale: Locale) -> PolicyPage {
        let hour = |hour: i16| (hour.to_string(), format!("{hour:02}:00"));
        let after = |days: i16| {
            (days.to_string(), locale.say("reminder-policy-escalate-days", &[("days", i64::from(days).into())]))
        };
        let never = ("0".to_owned(), locale.word("reminder-policy-escalate-never"));
        PolicyPage {
            form,
            from: (0..=23).map(hour).collect(),
            until: (1..=24).map(hour).collect(),
            days: DAYS.into_iter().map(after).chain([never]).collect(),
            done: None,
        }
    }
}

/// The boxes that are ticked, as a form sends them.
fn ticks<'a>(boxes: impl IntoIterator<Item = (&'a str, bool)>) -> Vec<(&'a str, String)> {
    boxes.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name, "on".to_owned())).collect()
}
