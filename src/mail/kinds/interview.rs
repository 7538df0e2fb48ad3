//! To a member of a panel: an interview was scheduled, changed or cancelled; with a calendar file that follows it.

use jiff::Zoned;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    domain::medium::Medium,
    i18n::Locale,
    mail::{
        Mailbox, Part, PartKind, SecretPurpose,
        calendar::{self, Method},
        compose::{ComposeError, Draft, Envelope},
    },
};

/// What the three letters and the calendar file show of an interview.
#[derive(Clone, Debug, Serialize)]
pub struct InterviewDetails {
    pub id: Uuid,
    /// How often the interview was changed since it was first scheduled: 0, 1, 2 …; calendar programs ignore a file whose
    /// number is not higher than the one they have. A cancellation is a change.
    pub sequence: u32,
    pub candidate: String,
    pub job: String,
    pub round: String,
    pub medium: Medium,
    /// A room, an address or a link to a call.
    pub place: Option<String>,
    /// In the interview's own time zone, in which it is shown.
    pub starts: Zoned,
    pub ends: Zoned,
    /// The names of all members of the panel.
    pub panel: Vec<String>,
    /// Who answers questions about the interview, and whose event it is in a calendar.
    pub organiser: Mailbox,
    pub kit_url: String,
    /// The reader has no account: the letter has a link of their own instead, which works for so many days after the interview.
    pub link_days: Option<i16>,
    pub preparation_url: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct InterviewScheduled {
    pub interview: InterviewDetails,
}

#[derive(Clone, Debug, Serialize)]
pub struct InterviewChanged {
    pub interview: InterviewDetails,
    /// When it would have been, if the time is what changed.
    pub before: Option<Zoned>,
}

#[derive(Clone, Debug, Serialize)]
pub struct InterviewCancelled {
    pub interview: InterviewDetails,
    pub reason: Option<String>,
}

impl InterviewScheduled {
    pub(in crate::mail) fn draft(&self, locale: Locale, envelope: &Envelope) -> Result<Draft, ComposeError> {
        self.interview.draft(
            "interview_scheduled",
            "mail-interview-scheduled-subject",
            Method::Request,
            self,
            locale,
            envelope,
        )
    }
}

impl InterviewChanged {
    pub(in crate::mail) fn draft(&self, locale: Locale, envelope: &Envelope) -> Result<Draft, ComposeError> {
        self.interview.draft(
            "interview_changed",
            "mail-interview-changed-subject",
            Method::Request,
            self,
            locale,
            envelope,
        )
    }
}

impl InterviewCancelled {
    pub(in crate::mail) fn draft(&self, locale: Locale, envelope: &Envelope) -> Result<Draft, ComposeError> {
        self.interview.draft(
            "interview_cancelled",
            "mail-interview-cancelled-subject",
            Method::Cancel,
            self,
            locale,
            envelope,
        )
    }
}

impl InterviewDetails {
    fn draft(
        &self,
        template: &'static str,
        subject: &str,
        method: Method,
        shows: &impl Serialize,
        locale: Locale,
        envelope: &Envelope,
    ) -> Result<Draft, ComposeError> {
        let subject = locale.say(
            subject,
            &[
                ("candidate", self.candidate.as_str().into()),
                ("day", locale.day(self.starts.date()).into()),
                ("time", locale.time(&self.starts).into()),
            ],
        );
        let calendar = calendar::file(self, method, locale, envelope);
        let zone = self.starts.time_zone().iana_name().unwrap_or("UTC");
        let draft = Draft::new(template, subject, shows)?.shows("zone", &zone);
        let has_link = self.link_days.is_some() && method == Method::Request;
        let draft = if has_link { draft.secret(SecretPurpose::Seat) } else { draft };
        Ok(draft.part(Part {
            kind: PartKind::Calendar { name: "interview.ics".into() },
            content_type: format!("text/calendar; method={}; charset=UTF-8", method.name()),
            body: calendar.into_bytes(),
        }))
    }
}
