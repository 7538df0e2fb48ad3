//! A summary: a comparison by mail. Its author sees the letters exactly as they will arrive; what was seen is what is sent.

use std::collections::BTreeMap;

use diesel_async::AsyncConnection;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::comparison::{fitted, off_the_request_threads};
use crate::{
    domain::{
        self,
        comparison::compare_with,
        email::EmailAddress,
        id::{JobId, LetterId, SummaryId},
        policy::{Role, answers_for},
    },
    error::{Error, Message, Result},
    i18n::Locale,
    mail::{self, Envelope, Letter, Mail, Mailbox},
    store::{
        Conn, Scope, comparison,
        comparison::Shortlist,
        debrief::{self, Debrief},
        event::{self, Actor, Entry},
        letter::{self, NewLetter},
        member::Member,
        organisation::Organisation,
        summary::{self, Recipient, Recipients, Summary},
    },
};

/// So many people get one summary at most.
pub const MOST_RECIPIENTS: usize = 20;

/// Who sends, for whom, and from where.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    pub member: &'a Member,
    pub organisation: &'a Organisation,
    /// Where the product is reached, without a slash at the end.
    pub site: &'a str,
}

pub struct NewSummary {
    /// Between one and [`MOST_RECIPIENTS`], each once.
    pub recipients: Vec<Recipient>,
    pub locale: Locale,
    pub note: String,
}

/// The letters of a summary, one per recipient, as the comparison stands now.
pub struct Preview {
    pub letters: Vec<Letter>,
    /// SHA-256 in hex over every word and picture of them and what they were made from.
    pub digest: String,
    pub inputs_digest: String,
}

/// The comparison of a job whose summary this member may write.
///
/// # Errors
/// `Forbidden` unless the member answers for the job; `Refused` while they have a scorecard to submit under the blind policy.
pub async fn shortlist(conn: &mut Conn, scope: &Scope, roles: &[Role], actor: &Actor, job: JobId) -> Result<Shortlist> {
    let shortlist = comparison::load(conn, scope, job, actor.now).await?;
    if !answers_for(roles, scope.member, shortlist.job.hiring_manager_id) {
        return Err(Error::Forbidden);
    }
    if shortlist.is_blind(scope) {
        return Err(Error::refused("summary-scorecard-first"));
    }
    Ok(shortlist)
}

/// Keeps a summary so that it can be previewed; nothing is sent.
///
/// # Errors
/// As [`shortlist`]; `Invalid` when a recipient must not see the comparison yet.
pub async fn write(
    conn: &mut Conn,
    scope: &Scope,
    roles: &[Role],
    actor: &Actor,
    job: JobId,
    new: NewSummary,
) -> Result<SummaryId> {
    conn.transaction(async |conn| {
        shortlist(conn, scope, roles, actor, job).await?;
        refuse_blind(conn, scope, job, &new.recipients).await?;
        let summary = Summary {
            org_id: scope.org,
            id: SummaryId::new(),
            job_id: job,
            member_id: scope.member,
            recipients: Recipients(new.recipients),
            locale: new.locale.tag().to_owned(),
            note: new.note,
            created_at: actor.now.into(),
            inputs_digest: None,
            sent_at: None.into(),
        };
        summary::insert(conn, &summary).await?;
        Ok(summary.id)
    })
    .await
}

/// The letters as they would be sent now.
pub async fn preview(
    shortlist: &Shortlist,
    debriefs: &[Debrief],
    summary: &Summary,
    sender: Sender<'_>,
) -> Result<Preview> {
    // The same ids at every preview, so that the same letters have the same digest.
    let ids = vec![LetterId(uuid::Uuid::nil()); summary.recipients.0.len()];
    compose(shortlist, debriefs, summary, sender, &ids).await
}

/// Puts the letters into the outbox, if they are still the ones that were previewed.
///
/// # Errors
/// As [`shortlist`]; `Refused` when it was sent before, when anything in the letters has changed since the preview, and when
/// a recipient must not see the comparison yet.
pub async fn send(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    sender: Sender<'_>,
    job: JobId,
    id: SummaryId,
    previewed: &str,
) -> Result<()> {
    conn.transaction(async |conn| {
        let summary = summary::lock(conn, scope, job, id).await?;
        if summary.sent_at.to_jiff().is_some() {
            return Err(Error::refused("summary-already-sent"));
        }
        let shortlist = shortlist(conn, scope, &sender.member.roles, actor, job).await?;
        if let Err(Error::Invalid(complaints)) = refuse_blind(conn, scope, job, &summary.recipients.0).await {
            return Err(complaints.into_iter().next().map_or(Error::Forbidden, |c| Error::Refused(c.message)));
        }
        let debriefs = debrief::of_job(conn, scope, job).await?;
        let now = preview(&shortlist, &debriefs, &summary, sender).await?;
        if now.digest != previewed {
            return Err(Error::refused("summary-comparison-changed"));
        }
        let ids: Vec<LetterId> = summary.recipients.0.iter().map(|_| LetterId::new()).collect();
        let letters = compose(&shortlist, &debriefs, &summary, sender, &ids).await?.letters;
        for ((letter, recipient), id) in letters.iter().zip(&summary.recipients.0).zip(ids) {
            let new = NewLetter {
                id,
                kind: "summary",
                object_id: Some(job.0),
                member_id: recipient.member_id,
                letter,
                at: actor.now,
            };
            letter::insert(conn, scope.org, &new).await?;
        }
        summary::mark_sent(conn, scope, id, &now.inputs_digest, actor.now).await?;
        let detail = json!({ "job": job, "recipients": letters.len(), "inputs_digest": now.inputs_digest });
        event::append(conn, actor, Entry::new("summary.sent", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// By member and by address: an address of a member is that member, however it was typed.
async fn refuse_blind(conn: &mut Conn, scope: &Scope, job: JobId, recipients: &[Recipient]) -> Result<()> {
    let blind = summary::blind_members(conn, scope, job).await?;
    let names: Vec<&str> = blind
        .iter()
        .filter(|(id, email, _)| {
            let key = EmailAddress::parse(email).map(|email| email.key()).unwrap_or_else(|_| email.to_lowercase());
            recipients.iter().any(|to| to.member_id == Some(*id) || to.address.key() == key)
        })
        .map(|(_, _, name)| name.as_str())
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    let message = Message::new("summary-recipients-blind").with("names", names.join(", ")).with("count", names.len());
    Err(Error::Invalid(vec![crate::error::Complaint::new("members", message)]))
}

async fn compose(
    shortlist: &Shortlist,
    debriefs: &[Debrief],
    summary: &Summary,
    sender: Sender<'_>,
    ids: &[LetterId],
) -> Result<Preview> {
    let locale = Locale::from_tag(&summary.locale).unwrap_or_default();
    let reply_to = Mailbox::new(&sender.member.name, address(sender.member)?);
    let envelopes: Vec<Envelope> = summary
        .recipients
        .0
        .iter()
        .zip(ids)
        .map(|(to, id)| Envelope {
            id: id.0,
            to: Mailbox::new(&to.name, to.address.clone()),
            reply_to: Some(reply_to.clone()),
            organisation: sender.organisation.name.clone(),
            site: sender.site.to_owned(),
            at: summary.created_at.to_jiff(),
        })
        .collect();
    let inputs = shortlist.inputs.clone();
    let (job, author) = (shortlist.job.full_title(), sender.member.name.clone());
    let note = Some(summary.note.clone()).filter(|note| !note.is_empty());
    let url = format!("{}/jobs/{}/comparison", sender.site, shortlist.job.id);
    let debriefed = debriefed(shortlist, debriefs, locale);
    let fitted = fitted(&inputs).await.map_err(|error| match error {
        Error::Invalid(_) => Error::refused("comparison-weights-zero"),
        other => other,
    })?;
    off_the_request_threads(move || {
        let comparison = compare_with(&inputs, &fitted).map_err(|_| Error::refused("comparison-weights-zero"))?;
        let comparison = comparison.in_order_for(locale);
        let words = mail::Summary::of(&comparison, locale, &job, &author, note, url)
            .map_err(|error| Error::Bug(error.into()))?;
        let words = mail::Summary { debriefs: debriefed, ..words };
        let mail = Mail::Summary(words);
        let letters = envelopes
            .iter()
            .map(|envelope| mail::compose(&mail, locale, envelope).map_err(|error| Error::Bug(error.into())))
            .collect::<Result<Vec<Letter>>>()?;
        Ok(Preview {
            digest: digest(&letters, &comparison.inputs_digest)?,
            inputs_digest: comparison.inputs_digest,
            letters,
        })
    })
    .await
}

/// What the last closed debrief of each candidate changed, in a few sentences each, by name.
fn debriefed(shortlist: &Shortlist, debriefs: &[Debrief], locale: Locale) -> Vec<String> {
    let name = |key: &str| {
        let dimension = shortlist.rubric.dimension(key);
        dimension.map_or(key, |dimension| dimension.name.in_language(locale.tag())).to_owned()
    };
    let mut said = BTreeMap::new();
    for found in debriefs.iter().filter(|found| !found.is_open()) {
        said.entry((found.candidate_name.to_lowercase(), found.candidate)).or_insert_with(|| {
            domain::debrief::letter(&found.candidate_name, &found.voices, &found.weights, name, locale)
        });
    }
    said.into_values().collect()
}

fn digest(letters: &[Letter], inputs_digest: &str) -> Result<String> {
    let canonical = serde_json::to_vec(&(inputs_digest, letters)).map_err(|error| Error::Bug(error.into()))?;
    Ok(Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect())
}

fn address(member: &Member) -> Result<EmailAddress> {
    EmailAddress::parse(&member.email).map_err(|error| Error::Bug(error.into()))
}
