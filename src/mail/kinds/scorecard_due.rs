//! To an interviewer whose scorecard is not in yet.

use jiff::Zoned;
use serde::Serialize;

use crate::{
    i18n::Locale,
    mail::compose::{ComposeError, Draft},
};

#[derive(Clone, Debug, Serialize)]
pub struct ScorecardDue {
    pub candidate: String,
    pub job: String,
    pub round: String,
    /// When the interview was.
    pub interviewed: Zoned,
    /// When the scorecard is or was due.
    pub due: Zoned,
    /// Whether that moment has passed.
    pub overdue: bool,
    pub kit_url: String,
}

impl ScorecardDue {
    pub(in crate::mail) fn draft(&self, locale: Locale) -> Result<Draft, ComposeError> {
        let key = if self.overdue { "mail-scorecard-due-subject-overdue" } else { "mail-scorecard-due-subject" };
        let subject =
            locale.say(key, &[("candidate", self.candidate.as_str().into()), ("job", self.job.as_str().into())]);
        Draft::new("scorecard_due", subject, self)
    }
}
