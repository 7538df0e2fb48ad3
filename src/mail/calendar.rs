//! The calendar file of an interview (RFC 5545, sent by mail as RFC 6047 has it).
//!
//! Times are instants in UTC: every calendar program shows them in its owner's zone, and none has to understand a time zone
//! definition of ours, which several ignore or mistake. An interview happens once, so nothing is lost: a named zone is
//! needed only for what repeats across a change of the clock. The interview's own zone stands in the letter.

use icalendar::{Calendar, Component, Event, Property};
use jiff::{Timestamp, Zoned, tz::TimeZone};

use super::{InterviewDetails, Mailbox, compose::Envelope, letter::one_line};
use crate::i18n::Locale;

/// What a calendar program is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Enter the event, or bring it up to date.
    Request,
    /// Take it out.
    Cancel,
    /// Look at it: a file that somebody takes for themselves, without an invitation.
    Publish,
}

impl Method {
    pub fn name(self) -> &'static str {
        match self {
            Method::Request => "REQUEST",
            Method::Cancel => "CANCEL",
            Method::Publish => "PUBLISH",
        }
    }
}

/// The file for the reader of this letter: CRLF line ends, lines of at most 75 octets.
pub(super) fn file(interview: &InterviewDetails, method: Method, locale: Locale, envelope: &Envelope) -> String {
    write(interview, method, method == Method::Cancel, locale, envelope)
}

/// The file for a download: the same event as in the letters, and nobody is asked to answer.
pub fn published(interview: &InterviewDetails, cancelled: bool, locale: Locale, envelope: &Envelope) -> String {
    write(interview, Method::Publish, cancelled, locale, envelope)
}

fn write(interview: &InterviewDetails, method: Method, cancelled: bool, locale: Locale, envelope: &Envelope) -> String {
    let candidate = one_line(&interview.candidate);
    let job = one_line(&interview.job);
    let description = locale.say(
        "mail-calendar-description",
        &[
            ("candidate", candidate.as_str().into()),
            ("job", job.as_str().into()),
            ("round", one_line(&interview.round).into()),
            ("panel", one_line(&interview.panel.join(", ")).into()),
            ("kit", interview.kit_url.as_str().into()),
        ],
    );
    let mut event = Event::new();
    event
        .add_property("UID", format!("{}@{}", interview.id, envelope.host()))
        .add_property("DTSTAMP", instant(envelope.at))
        .add_property("SEQUENCE", interview.sequence.to_string())
        .add_property("DTSTART", instant_of(&interview.starts))
        .add_property("DTEND", instant_of(&interview.ends))
        .add_property(
            "SUMMARY",
            locale.say("mail-calendar-title", &[("candidate", candidate.into()), ("job", job.into())]),
        )
        .add_property("DESCRIPTION", description)
        .add_property("URL", one_line(&interview.kit_url))
        .add_property("STATUS", if cancelled { "CANCELLED" } else { "CONFIRMED" })
        .append_property(person("ORGANIZER", &interview.organiser));
    if method != Method::Publish {
        event.append_property(
            person("ATTENDEE", &envelope.to)
                .add_parameter("ROLE", "REQ-PARTICIPANT")
                .add_parameter("PARTSTAT", "NEEDS-ACTION")
                .add_parameter("RSVP", "TRUE")
                .done(),
        );
    }
    if let Some(place) = &interview.place {
        event.add_property("LOCATION", one_line(place));
    }
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Attune//Interviews//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method.name()),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.push(event.done());
    calendar.to_string()
}

fn person(key: &str, mailbox: &Mailbox) -> Property {
    let mut property = Property::new(key, format!("mailto:{}", mailbox.address()));
    // A quotation mark cannot stand in a parameter, whatever is around it.
    let name = mailbox.name().replace('"', "'");
    if !name.is_empty() {
        property.add_parameter("CN", &name);
    }
    property
}

fn instant(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn instant_of(at: &Zoned) -> String {
    instant(at.timestamp())
}
