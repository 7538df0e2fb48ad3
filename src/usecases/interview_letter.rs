//! What a panel is told about an interview, with the calendar file that keeps their calendars right.

use jiff::{Timestamp, Zoned, tz::TimeZone};

use super::account_letter::{self, Sender};
use crate::{
    error::{Error, Result},
    i18n::Locale,
    mail::{InterviewCancelled, InterviewChanged, InterviewDetails, InterviewScheduled, Mail, Mailbox, SeatLink},
    store::{
        Conn,
        interview::{Interview, Planned},
        member::Member,
        seat_link,
    },
};

/// What happened to an interview, as one member of its panel sees it.
#[derive(Clone)]
pub(super) enum News {
    Scheduled,
    /// With the time before, if that is what changed.
    Changed(Option<Zoned>),
    /// With the reason, if it was said.
    Cancelled(Option<String>),
    /// Nothing, but whoever has no account gets another link.
    Link,
}

/// Writes the letter to one member. Those who can no longer sign in get none.
pub(super) async fn put(
    conn: &mut Conn,
    sender: &Sender<'_>,
    planned: &Planned,
    panel: &[Member],
    to: &Member,
    news: News,
    now: Timestamp,
) -> Result<()> {
    if !to.is_active() {
        return Ok(());
    }
    let organiser = sender.answers.ok_or_else(|| anyhow::anyhow!("an interview is planned by somebody"))?;
    let language = account_letter::language(sender, to);
    let mut interview = details(planned, panel, account_letter::mailbox(organiser)?, sender.site, language)?;
    if to.is_outside && !matches!(news, News::Cancelled(_)) {
        interview.link_days = Some(sender.organisation.seat_link_days);
        seat_link::invited(conn, to.org_id, planned.interview.id, to.id, now).await?;
    }
    let mail = match news {
        News::Scheduled => Mail::InterviewScheduled(InterviewScheduled { interview }),
        News::Changed(before) => Mail::InterviewChanged(InterviewChanged { interview, before }),
        News::Link => Mail::SeatLink(SeatLink { interview }),
        News::Cancelled(reason) => Mail::InterviewCancelled(InterviewCancelled { interview, reason }),
    };
    account_letter::put_about(conn, sender, to, &mail, Some(planned.interview.id.0), now).await
}

/// What letters and calendar files show of an interview, the panel by name in the reader's language.
pub(super) fn details(
    planned: &Planned,
    panel: &[Member],
    organiser: Mailbox,
    site: &str,
    language: Locale,
) -> Result<InterviewDetails> {
    let interview = &planned.interview;
    let mut panel: Vec<String> = panel.iter().map(|member| member.name.clone()).collect();
    language.sort_by_name(&mut panel, String::as_str);
    let (starts, ends) = times(interview)?;
    Ok(InterviewDetails {
        id: interview.id.0,
        sequence: interview.sequence.unsigned_abs(),
        candidate: planned.candidate.name.clone(),
        job: planned.job.full_title(),
        round: planned.round.name.clone(),
        medium: planned.round.medium,
        place: Some(interview.place.clone()).filter(|place| !place.is_empty()),
        starts,
        ends,
        panel,
        organiser,
        kit_url: format!("{site}/interviews/{}/kit", interview.id),
        link_days: None,
        preparation_url: format!("{site}/interviews/{}/preparation", interview.id),
    })
}

/// When an interview begins and ends, in its own zone.
pub(super) fn times(interview: &Interview) -> Result<(Zoned, Zoned)> {
    let zone = TimeZone::get(&interview.time_zone).map_err(|error| Error::Bug(error.into()))?;
    Ok((interview.starts_at.to_jiff().to_zoned(zone.clone()), interview.ends_at().to_zoned(zone)))
}
