//! Letters: what each kind says (`compose`), the plain data that waits in the outbox (`letter`), and the ways out
//! (`transport`). Knows no store: who keeps and sends letters is decided above.

pub mod calendar;
mod compose;
mod kinds;
mod letter;
mod mime;
mod outcome;
mod plain_text;
mod transport;

pub use crate::domain::secret_link::SecretPurpose;
pub use compose::{ComposeError, Envelope, Mail, compose};
pub use kinds::{
    account_notice::AccountNotice,
    debrief_opened::DebriefOpened,
    interview::{InterviewCancelled, InterviewChanged, InterviewDetails, InterviewScheduled},
    invitation::Invitation,
    paper_entered::PaperEntered,
    password_reset::PasswordReset,
    reminder::{InterviewToday, Reminder, ScorecardDue, ScorecardLate},
    seat::{SeatCode, SeatLink},
    summary::{Figure, Summary, SummaryCandidate},
};
pub use letter::{Letter, Mailbox, Part, PartKind, SECRET_LINK};
pub use outcome::{Outcome, Reason};
pub use transport::{Folder, Memory, Smtp, SmtpSettings, Transport, TransportError};
