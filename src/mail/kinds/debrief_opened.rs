//! To a rater of a panel: a debrief of their candidate is open.

use serde::Serialize;

use crate::{
    i18n::Locale,
    mail::compose::{ComposeError, Draft},
};

#[derive(Clone, Debug, Serialize)]
pub struct DebriefOpened {
    pub candidate: String,
    pub job: String,
    pub opened_by: String,
    pub debrief_url: String,
}

impl DebriefOpened {
    pub(in crate::mail) fn draft(&self, locale: Locale) -> Result<Draft, ComposeError> {
        let subject = locale.say(
            "mail-debrief-opened-subject",
            &[("candidate", self.candidate.as_str().into()), ("job", self.job.as_str().into())],
        );
        Draft::new("debrief_opened", subject, self)
    }
}
