//! The audit trail: who did, saw or took what.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Bytes, ServiceConfig, get, post},
};
use futures_util::stream;
use serde::Serialize;
use serde_json::Value;

use crate::{
    domain::{policy::SeeTrail, trail::Form},
    error::{Error, Result},
    i18n::Locale,
    store::event::{self, Named},
    usecases::trail::Export,
    web::{
        download::streamed,
        forms::{Fields, Query},
        who::{Confirmed, May},
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/events", get().to(list)).route("/events/exports", post().to(export));
}

const PAGE: i64 = 50;

#[derive(Serialize)]
struct EventsPage {
    lines: Vec<Line>,
    next: Option<i64>,
    is_first: bool,
}

/// One line of the trail in words.
#[derive(Serialize)]
pub struct Line {
    number: i64,
    at: String,
    /// Empty for the product itself.
    who: String,
    what: String,
    refused: bool,
    address: String,
    object: String,
    /// Settings and counts, as they are kept.
    detail: String,
}

async fn list(may: May<SeeTrail>, Query(query): Query) -> Result<HttpResponse> {
    let before = query.get("before").parse().ok();
    let mut conn = may.db().await?;
    let slice = event::named(&mut conn, &may.scope(), None, before, PAGE).await?;
    let page = EventsPage { next: slice.next, is_first: before.is_none(), lines: lines(slice.items, may.locale()) };
    may.frame().page("events/list.html", &page)
}

/// The whole trail as a file for `attune verify`.
async fn export(may: Confirmed<SeeTrail>, fields: Fields) -> Result<HttpResponse> {
    let mut parser = fields.parser();
    let form = parser.parsed::<Form>("form");
    parser.finish()?;
    let form = form.ok_or_else(|| Error::invalid("form", "form-required"))?;
    let place = may.request.shared.downloads.take().await?;
    let mut conn = may.db().await?;
    let export = Export::begin(&mut conn, may.scope(), &may.actor(), form).await?;
    let pieces = stream::try_unfold((export, conn, place), |(mut export, mut conn, place)| async move {
        let piece = export.next(&mut conn).await?;
        Ok::<_, Error>(piece.map(|piece| (Bytes::from(piece), (export, conn, place))))
    });
    let kind = match form {
        Form::Jsonl => "application/jsonl; charset=utf-8",
        Form::Csv => "text/csv; charset=utf-8; header=present",
    };
    let day = may.now().strftime("%Y-%m-%d");
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"attune-trail-{day}.{form}\"")))
        .streaming(streamed(pieces)))
}

/// Lines with their actions in words; an action that the catalogues do not know yet is shown by its name.
pub fn lines(events: Vec<Named>, locale: Locale) -> Vec<Line> {
    events
        .into_iter()
        .map(|named| {
            let event = named.event;
            let key = format!("event-{}", event.action.replace(['.', '_'], "-"));
            Line {
                number: event.number,
                at: event.at.to_jiff().to_string(),
                who: match named.name {
                    Some(name) if named.is_outside == Some(true) => locale.say("seat-name", &[("name", name.into())]),
                    name => name.unwrap_or_default(),
                },
                what: if locale.has(&key) { locale.word(&key) } else { event.action },
                refused: event.outcome == "refused",
                address: event.address,
                object: event.object_id.map(|id| id.to_string()).unwrap_or_default(),
                detail: shown(&event.detail),
            }
        })
        .collect()
}

/// "scorecards 3 · form wide": settings and counts to glance at. Exports have them whole.
fn shown(detail: &Value) -> String {
    pairs(detail, " · ").unwrap_or_else(|| plain(detail))
}

fn pairs(detail: &Value, between: &str) -> Option<String> {
    let pairs = detail.as_object()?.iter().map(|(key, value)| format!("{} {}", key.replace('_', " "), plain(value)));
    Some(pairs.collect::<Vec<_>>().join(between))
}

fn plain(value: &Value) -> String {
    match value {
        Value::Object(_) => pairs(value, ", ").unwrap_or_default(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::String(text) if text.chars().count() > 40 => text.chars().take(12).chain(['…']).collect(),
        Value::String(text) => text.clone(),
        Value::Null => "–".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn details_are_read_without_brackets_and_long_digests_at_a_glance() {
        assert_eq!(shown(&json!({})), "");
        assert_eq!(
            shown(&json!({ "roles": ["hr", "admin"], "time_changed": true })),
            "roles hr, admin · time changed true"
        );
        assert_eq!(shown(&json!({ "blind": { "from": true, "to": null } })), "blind from true, to –");
        assert_eq!(shown(&json!({ "seal": "4c5b".repeat(16) })), "seal 4c5b4c5b4c5b…");
    }
}
