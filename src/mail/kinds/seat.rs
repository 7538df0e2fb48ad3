//! To an interviewer without an account: the link to their seat once more, and the code that it asks for.

use serde::Serialize;

use crate::{
    i18n::Locale,
    mail::{
        InterviewDetails, SecretPurpose,
        compose::{ComposeError, Draft},
    },
};

#[derive(Clone, Debug, Serialize)]
pub struct SeatLink {
    pub interview: InterviewDetails,
}

#[derive(Clone, Debug, Serialize)]
pub struct SeatCode {
    pub organisation: String,
    /// For how long the code works.
    pub minutes: i64,
}

impl SeatLink {
    pub(in crate::mail) fn draft(&self, locale: Locale) -> Result<Draft, ComposeError> {
        let interview = &self.interview;
        let subject = locale.say(
            "mail-seat-link-subject",
            &[
                ("candidate", interview.candidate.as_str().into()),
                ("day", locale.day(interview.starts.date()).into()),
                ("time", locale.time(&interview.starts).into()),
            ],
        );
        let zone = interview.starts.time_zone().iana_name().unwrap_or("UTC");
        Ok(Draft::new("seat_link", subject, self)?.shows("zone", &zone).secret(SecretPurpose::Seat))
    }
}

impl SeatCode {
    pub(in crate::mail) fn draft(&self, locale: Locale) -> Result<Draft, ComposeError> {
        let subject = locale.say("mail-seat-code-subject", &[("organisation", self.organisation.as_str().into())]);
        Ok(Draft::new("seat_code", subject, self)?.secret(SecretPurpose::SeatCode))
    }
}
