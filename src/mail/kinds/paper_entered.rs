//! To an interviewer: somebody has entered your paper scorecard. Is it right?

use serde::Serialize;

use crate::{
    i18n::Locale,
    mail::{
        SecretPurpose,
        compose::{ComposeError, Draft},
    },
};

#[derive(Clone, Debug, Serialize)]
pub struct PaperEntered {
    pub candidate: String,
    pub job: String,
    pub entered_by: String,
    pub scorecard_url: String,
    /// The reader has no account: the letter has a link of their own instead, which works for so many days after the interview.
    pub link_days: Option<i16>,
}

impl PaperEntered {
    pub(in crate::mail) fn draft(&self, locale: Locale) -> Result<Draft, ComposeError> {
        let subject = locale.say("mail-paper-entered-subject", &[("candidate", self.candidate.as_str().into())]);
        let draft = Draft::new("paper_entered", subject, self)?;
        Ok(if self.link_days.is_some() { draft.secret(SecretPurpose::Seat) } else { draft })
    }
}
