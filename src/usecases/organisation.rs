//! Organisations: set up with the built-in rubric, and their settings.

use diesel_async::AsyncConnection;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::{
    domain::{
        guidance::Country,
        id::OrgId,
        rubric::{BUILTIN_KEY, builtin},
    },
    error::{Error, Result},
    i18n::Locale,
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        organisation::{self, Organisation, Settings},
        rubric,
    },
};

pub struct NewOrganisation {
    pub name: String,
    pub locale: Locale,
    /// An IANA name.
    pub time_zone: String,
}

/// Sets an organisation up: every policy on, the built-in rubric published as version 1, and the first line of its trail.
pub async fn create(conn: &mut Conn, new: &NewOrganisation, now: Timestamp) -> Result<Organisation> {
    let organisation = Organisation {
        id: OrgId::new(),
        name: new.name.clone(),
        locale: new.locale.tag().to_owned(),
        time_zone: new.time_zone.clone(),
        blind_until_submitted: true,
        evidence_per_rating: true,
        note_for_extremes: true,
        created_at: now.into(),
        evidence_hints: true,
        seat_link_days: 5,
        country: Country::of_time_zone(&new.time_zone),
        anonymises: false,
        retention_months: Country::of_time_zone(&new.time_zone).retention_months(),
        second_factor_required: false,
    };
    let actor = Actor { org: organisation.id, member: None, address: String::new(), now };
    conn.transaction(async |conn| {
        organisation::insert(conn, &organisation).await?;
        let (rubric, _) = rubric::insert_published(conn, organisation.id, BUILTIN_KEY, builtin(), now).await?;
        let entry = Entry::new("organisation.created", organisation.id.0).with(json!({ "rubric": rubric }));
        event::append(conn, &actor, entry).await?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(organisation)
}

/// Changes settings. The trail keeps each changed one with its value before and after; of the name only that it changed.
/// `has_shown_factor`: in this session the member has.
///
/// # Errors
/// `Invalid` when somebody asks everybody for a second factor and would shut themselves out by it.
pub async fn change(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    has_shown_factor: bool,
    settings: &Settings,
) -> Result<()> {
    conn.transaction(async |conn| {
        let before = organisation::find(conn, scope).await?;
        if settings.second_factor_required && !before.second_factor_required && !has_shown_factor {
            return Err(Error::invalid("second_factor_required", "settings-second-factor-yourself"));
        }
        let changes = changes(&before, settings);
        if changes.is_empty() {
            return Ok(());
        }
        organisation::update(conn, scope, settings).await?;
        let entry = Entry::new("organisation.changed", scope.org.0).with(Value::Object(changes));
        event::append(conn, actor, entry).await?;
        Ok(())
    })
    .await
}

fn changes(before: &Organisation, after: &Settings) -> Map<String, Value> {
    let mut changes = Map::new();
    if before.name != after.name {
        changes.insert("name".into(), json!("changed"));
    }
    let mut note = |field: &str, from: Value, to: Value| {
        if from != to {
            changes.insert(field.into(), json!({ "from": from, "to": to }));
        }
    };
    note("locale", json!(before.locale), json!(after.locale));
    note("time_zone", json!(before.time_zone), json!(after.time_zone));
    note("blind_until_submitted", json!(before.blind_until_submitted), json!(after.blind_until_submitted));
    note("evidence_per_rating", json!(before.evidence_per_rating), json!(after.evidence_per_rating));
    note("note_for_extremes", json!(before.note_for_extremes), json!(after.note_for_extremes));
    note("evidence_hints", json!(before.evidence_hints), json!(after.evidence_hints));
    note("seat_link_days", json!(before.seat_link_days), json!(after.seat_link_days));
    note("country", json!(before.country), json!(after.country));
    note("retention_months", json!(before.retention_months), json!(after.retention_months));
    note("second_factor_required", json!(before.second_factor_required), json!(after.second_factor_required));
    changes
}
