//! To an interviewer or recruiter for whom something waits: one letter a day, whatever it is.

use jiff::Zoned;
use serde::Serialize;

use crate::{
    i18n::Locale,
    mail::{
        SecretPurpose,
        compose::{ComposeError, Draft},
    },
};

#[derive(Clone, Debug, Serialize)]
pub struct Reminder {
    /// The reader's interviews of the day, by time.
    pub today: Vec<InterviewToday>,
    /// The reader's own scorecards that are not in, oldest first.
    pub scorecards: Vec<ScorecardDue>,
    /// Others' scorecards that are late in the reader's jobs, oldest first.
    pub others: Vec<ScorecardLate>,
    pub today_url: String,
    /// Where the reader turns reminders off.
    pub reminders_url: String,
    /// The person who asks, when the letter does not come on its own.
    pub asked_by: Option<String>,
    /// The reader has no account: the candidate of the one interview to which the letter has a link.
    pub linked: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct InterviewToday {
    pub starts: Zoned,
    pub candidate: String,
    pub job: String,
    pub round: String,
    pub kit_url: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ScorecardDue {
    pub candidate: String,
    pub job: String,
    pub round: String,
    pub interviewed: Zoned,
    /// Whole days, 0 while it is not late.
    pub days_late: i64,
    pub kit_url: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ScorecardLate {
    pub interviewer: String,
    pub candidate: String,
    pub job: String,
    pub days_late: i64,
}

impl Reminder {
    pub(in crate::mail) fn draft(&self, locale: Locale) -> Result<Draft, ComposeError> {
        let draft = Draft::new("reminder", self.subject(locale), self)?.repeats(&self.reminders_url);
        Ok(if self.linked.is_some() { draft.secret(SecretPurpose::Seat) } else { draft })
    }

    /// What waits, in the reader's own order of urgency.
    fn subject(&self, locale: Locale) -> String {
        let parts = [
            ("mail-reminder-interviews", self.today.len()),
            ("mail-reminder-scorecards", self.scorecards.len()),
            ("mail-reminder-others", self.others.len()),
        ];
        let said: Vec<String> = parts
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| locale.say(key, &[("count", count.into())]))
            .collect();
        locale.say("mail-reminder-subject", &[("what", said.join(", ").into())])
    }
}
