//! The outbox: letters wait here from the change that caused them until a worker has sent them.

use std::time::Duration;

use diesel::{
    dsl::{AsExprOf, count_star, exists, not, now, sql},
    expression::{SqlLiteral, UncheckedBind},
    pg::{Pg, data_types::PgInterval},
    prelude::*,
    sql_types::{Bool, Interval, Timestamptz},
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use jiff_diesel::{NullableTimestamp, Timestamp};
use uuid::Uuid;

use super::{Conn, Scope, Slice};
use crate::{
    domain::{
        email::{EmailAddress, EmailError},
        id::{InterviewId, LetterId, MemberId, OrgId},
        letter::LetterState,
    },
    error::{Error, Result},
    mail::{self, Mailbox, Part, PartKind, SecretPurpose},
    schema::{applications, interviews, letter_parts, letters, scorecards, seats},
};

/// What the outbox knows about a letter besides its words.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = letters, check_for_backend(Pg))]
pub struct Letter {
    pub org_id: OrgId,
    pub id: LetterId,
    pub kind: String,
    pub object_id: Option<Uuid>,
    pub member_id: Option<MemberId>,
    pub message_id: String,
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub state: LetterState,
    pub attempts: i32,
    pub due_at: Timestamp,
    /// Why the last attempt failed: the text of a [`mail::Reason`].
    pub failure: Option<String>,
    pub created_at: Timestamp,
    pub settled_at: NullableTimestamp,
    /// The minted link, where letters go to the mailbox page.
    pub mailbox_link: Option<String>,
}

/// A letter to be kept, in the transaction of the change that causes it.
#[derive(Clone, Copy, Debug)]
pub struct NewLetter<'a> {
    /// The id in the letter's Message-ID: what [`mail::Envelope`] was given.
    pub id: LetterId,
    /// [`mail::Mail::kind`].
    pub kind: &'static str,
    /// What it is about: the job of a summary, the interview of an invitation to one.
    pub object_id: Option<Uuid>,
    /// The member it goes to; needed by a letter with a secret link, `None` for an outside address.
    pub member_id: Option<MemberId>,
    pub letter: &'a mail::Letter,
    pub at: jiff::Timestamp,
}

/// Keeps a letter until a worker sends it; due at once, by the database's clock.
pub async fn insert(conn: &mut Conn, org: OrgId, new: &NewLetter<'_>) -> Result<()> {
    let letter = new.letter;
    diesel::insert_into(letters::table)
        .values((
            (
                letters::org_id.eq(org),
                letters::id.eq(new.id),
                letters::kind.eq(new.kind),
                letters::object_id.eq(new.object_id),
                letters::member_id.eq(new.member_id),
                letters::message_id.eq(&letter.message_id),
                letters::from_name.eq(&letter.from_name),
                letters::to_name.eq(letter.to.name()),
                letters::to_address.eq(letter.to.address().as_str()),
            ),
            (
                letters::reply_to_name.eq(letter.reply_to.as_ref().map(Mailbox::name)),
                letters::reply_to_address.eq(letter.reply_to.as_ref().map(|to| to.address().as_str())),
                letters::subject.eq(&letter.subject),
                letters::text_body.eq(&letter.text),
                letters::html_body.eq(&letter.html),
                letters::secret_purpose.eq(letter.secret.map(SecretPurpose::as_str)),
                letters::unsubscribe.eq(&letter.unsubscribe),
                letters::state.eq(LetterState::Waiting),
                letters::due_at.eq(now),
                letters::created_at.eq(Timestamp::from(new.at)),
            ),
        ))
        .execute(conn)
        .await?;
    let parts: Vec<PartRow> =
        letter.parts.iter().zip(0..).map(|(part, position)| PartRow::new(org, new.id, position, part)).collect();
    if !parts.is_empty() {
        diesel::insert_into(letter_parts::table).values(&parts).execute(conn).await?;
    }
    Ok(())
}

/// The letters in one of `states`, newest first.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    states: &[LetterState],
    before: Option<LetterId>,
    limit: i64,
) -> Result<Slice<Letter, LetterId>> {
    let mut query = letters::table
        .filter(visible(scope))
        .filter(letters::state.eq_any(states))
        .order(letters::id.desc())
        .limit(limit + 1)
        .select(Letter::as_select())
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(letters::id.lt(before));
    }
    Ok(Slice::cut(query.load(conn).await?, limit, |letter| letter.id))
}

/// A letter with its words and parts.
///
/// # Errors
/// `NotFound` when this member may not see it.
pub async fn find(conn: &mut Conn, scope: &Scope, id: LetterId) -> Result<(Letter, mail::Letter)> {
    let letter: Letter =
        letters::table.filter(visible(scope).and(letters::id.eq(id))).select(Letter::as_select()).first(conn).await?;
    let words = words(conn, scope.org, id).await?;
    Ok((letter, words))
}

/// The letter, locked until the end of the transaction.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: LetterId) -> Result<Letter> {
    Ok(letters::table
        .filter(visible(scope).and(letters::id.eq(id)))
        .select(Letter::as_select())
        .for_update()
        .first(conn)
        .await?)
}

/// How many letters of the organisation were set aside and need a person.
pub async fn count_set_aside(conn: &mut Conn, scope: &Scope) -> Result<i64> {
    Ok(letters::table
        .filter(visible(scope).and(letters::state.eq(LetterState::SetAside)))
        .select(count_star())
        .first(conn)
        .await?)
}

/// Makes a letter due at once, as if it had never been tried. To be called with the letter locked.
pub async fn retry(conn: &mut Conn, scope: &Scope, id: LetterId) -> Result<()> {
    diesel::update(letters::table.find((scope.org, id)))
        .set((
            letters::state.eq(LetterState::Waiting),
            letters::attempts.eq(0),
            letters::due_at.eq(now),
            letters::settled_at.eq(None::<Timestamp>),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Makes sure that a letter is never sent. To be called with the letter locked.
pub async fn cancel(conn: &mut Conn, scope: &Scope, id: LetterId) -> Result<()> {
    diesel::update(letters::table.find((scope.org, id)))
        .set((letters::state.eq(LetterState::Cancelled), letters::settled_at.eq(now)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Makes sure that no letter with a link to this seat is sent that still waits.
pub async fn cancel_links(conn: &mut Conn, scope: &Scope, interview: InterviewId, member: MemberId) -> Result<()> {
    diesel::update(letters::table)
        .filter(letters::org_id.eq(scope.org).and(letters::object_id.eq(interview.0)))
        .filter(letters::member_id.eq(member).and(letters::secret_purpose.eq(SecretPurpose::Seat.as_str())))
        .filter(letters::state.eq_any([LetterState::Waiting, LetterState::SetAside]))
        .set((letters::state.eq(LetterState::Cancelled), letters::settled_at.eq(now)))
        .execute(conn)
        .await?;
    Ok(())
}

/// A worker's hold on a letter.
#[derive(Clone, Debug, Queryable)]
pub struct Lease {
    pub org_id: OrgId,
    pub letter_id: LetterId,
    /// What the letter is about.
    pub object_id: Option<Uuid>,
    pub member_id: Option<MemberId>,
    pub written_at: Timestamp,
    /// How many attempts there were, this one among them.
    pub attempts: i32,
    /// Why the attempt before failed.
    pub failure: Option<String>,
    /// The fence: who holds another lease settles nothing.
    pub lease_id: Option<Uuid>,
}

/// Takes at most `most` letters of all organisations that are due, or whose lease has lapsed, and holds them for
/// `duration`. Other workers pass over what is being taken.
pub async fn claim(conn: &mut Conn, most: i64, duration: Duration) -> Result<Vec<Lease>> {
    let lease = Uuid::now_v7();
    conn.transaction(async |conn| {
        let due: Vec<(OrgId, LetterId)> = letters::table
            .filter(letters::state.eq_any([LetterState::Waiting, LetterState::Leased]))
            .filter(letters::due_at.le(now))
            .order(letters::due_at)
            .limit(most)
            .select((letters::org_id, letters::id))
            .for_update()
            .skip_locked()
            .load(conn)
            .await?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let (orgs, ids): (Vec<OrgId>, Vec<LetterId>) = due.into_iter().unzip();
        // Due again when the lease lapses: one condition finds both.
        let leases = diesel::update(letters::table)
            .filter(letters::org_id.eq_any(orgs).and(letters::id.eq_any(ids)))
            .set((
                letters::state.eq(LetterState::Leased),
                letters::attempts.eq(letters::attempts + 1),
                letters::lease_id.eq(Some(lease)),
                letters::leased_until.eq(from_now(duration).nullable()),
                letters::due_at.eq(from_now(duration)),
            ))
            .returning((
                letters::org_id,
                letters::id,
                letters::object_id,
                letters::member_id,
                letters::created_at,
                letters::attempts,
                letters::failure,
                letters::lease_id,
            ))
            .load(conn)
            .await?;
        Ok(leases)
    })
    .await
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    Sent {
        /// The minted link of a letter that went to the mailbox page.
        mailbox_link: Option<String>,
    },
    /// To be tried again.
    Later {
        after: Duration,
        failure: String,
    },
    /// To be tried again, and this attempt does not count; without a failure when it was not even begun.
    Untried {
        after: Duration,
        failure: Option<String>,
    },
    SetAside {
        failure: String,
    },
}

/// Writes down how an attempt ended. `false`, and nothing is changed, when the lease lapsed and another worker has taken
/// the letter, or when a person has.
pub async fn settle(conn: &mut Conn, lease: &Lease, settlement: &Settlement) -> Result<bool> {
    let held = diesel::update(letters::table.find((lease.org_id, lease.letter_id)))
        .filter(letters::state.eq(LetterState::Leased).and(letters::lease_id.eq(lease.lease_id)));
    let over = (letters::lease_id.eq(None::<Uuid>), letters::leased_until.eq(None::<Timestamp>));
    let settled = match settlement {
        Settlement::Sent { mailbox_link } => {
            held.set((
                over,
                letters::state.eq(LetterState::Sent),
                letters::failure.eq(None::<String>),
                letters::mailbox_link.eq(mailbox_link),
                letters::settled_at.eq(now),
            ))
            .execute(conn)
            .await?
        }
        Settlement::Later { after, failure } => {
            held.set((
                over,
                letters::state.eq(LetterState::Waiting),
                letters::failure.eq(failure),
                letters::due_at.eq(from_now(*after)),
            ))
            .execute(conn)
            .await?
        }
        Settlement::Untried { after, failure } => {
            held.set((
                over,
                letters::state.eq(LetterState::Waiting),
                failure.as_ref().map(|failure| letters::failure.eq(failure)),
                letters::attempts.eq(letters::attempts - 1),
                letters::due_at.eq(from_now(*after)),
            ))
            .execute(conn)
            .await?
        }
        Settlement::SetAside { failure } => {
            held.set((
                over,
                letters::state.eq(LetterState::SetAside),
                letters::failure.eq(failure),
                letters::settled_at.eq(now),
            ))
            .execute(conn)
            .await?
        }
    };
    Ok(settled == 1)
}

/// The words and parts of a letter that a worker holds; `None` when they name an address that no mail can be sent to.
pub async fn leased_words(conn: &mut Conn, lease: &Lease) -> Result<Option<mail::Letter>> {
    match words(conn, lease.org_id, lease.letter_id).await {
        Ok(words) => Ok(Some(words)),
        Err(Error::Bug(bug)) if bug.is::<EmailError>() => Ok(None),
        Err(error) => Err(error),
    }
}

/// The newest letters that went to the mailbox page, or wait to: of every organisation, for a development installation
/// whose mailbox stands for the mail programs of all people in it.
pub async fn mailbox(
    conn: &mut Conn,
    org: Option<OrgId>,
    before: Option<LetterId>,
    limit: i64,
) -> Result<Slice<Letter, LetterId>> {
    let mut query = letters::table
        .filter(letters::state.eq(LetterState::Sent))
        .order(letters::id.desc())
        .limit(limit + 1)
        .select(Letter::as_select())
        .into_boxed();
    if let Some(org) = org {
        query = query.filter(letters::org_id.eq(org));
    }
    if let Some(before) = before {
        query = query.filter(letters::id.lt(before));
    }
    Ok(Slice::cut(query.load(conn).await?, limit, |letter| letter.id))
}

/// A letter of the mailbox page as its reader gets it, with the secret link in it.
pub async fn mailbox_letter(conn: &mut Conn, org: Option<OrgId>, id: LetterId) -> Result<(Letter, mail::Letter)> {
    let mut query = letters::table
        .filter(letters::id.eq(id).and(letters::state.eq(LetterState::Sent)))
        .select(Letter::as_select())
        .into_boxed();
    if let Some(org) = org {
        query = query.filter(letters::org_id.eq(org));
    }
    let letter: Letter = query.first(conn).await?;
    let mut words = words(conn, letter.org_id, id).await?;
    if let Some(link) = &letter.mailbox_link {
        words = words.with_secret(link);
    }
    Ok((letter, words))
}

type Visible = Box<dyn BoxableExpression<letters::table, Pg, SqlType = Bool>>;

/// Letters of the organisation. A summary tells what the scorecards of a job say: under the blind policy it is invisible
/// to a member who still has a scorecard to submit in that job.
fn visible(scope: &Scope) -> Visible {
    let own = letters::org_id.eq(scope.org);
    if !scope.blind {
        return Box::new(own);
    }
    let submitted = scorecards::table
        .filter(scorecards::org_id.eq(seats::org_id).and(scorecards::seat_id.eq(seats::id)))
        .filter(scorecards::submitted_at.is_not_null());
    let unsubmitted = seats::table
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .inner_join(
            applications::table
                .on(applications::org_id.eq(interviews::org_id).and(applications::id.eq(interviews::application_id))),
        )
        .filter(seats::org_id.eq(scope.org).and(seats::member_id.eq(scope.member)))
        .filter(interviews::state.eq("scheduled"))
        .filter(applications::job_id.nullable().eq(letters::object_id))
        .filter(not(exists(submitted)));
    Box::new(own.and(letters::kind.ne("summary").or(not(exists(unsubmitted)))))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = letters, check_for_backend(Pg))]
struct Words {
    message_id: String,
    from_name: String,
    to_name: String,
    to_address: String,
    reply_to_name: Option<String>,
    reply_to_address: Option<String>,
    subject: String,
    text_body: String,
    html_body: String,
    secret_purpose: Option<String>,
    unsubscribe: Option<String>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = letter_parts, check_for_backend(Pg))]
struct PartRow {
    org_id: OrgId,
    letter_id: LetterId,
    position: i32,
    content_id: Option<String>,
    file_name: Option<String>,
    content_type: String,
    body: Vec<u8>,
}

impl PartRow {
    fn new(org_id: OrgId, letter_id: LetterId, position: i32, part: &Part) -> PartRow {
        let (content_id, file_name) = match &part.kind {
            PartKind::Inline { content_id } => (Some(content_id.clone()), None),
            PartKind::Attachment { name } | PartKind::Calendar { name } => (None, Some(name.clone())),
        };
        let (content_type, body) = (part.content_type.clone(), part.body.clone());
        PartRow { org_id, letter_id, position, content_id, file_name, content_type, body }
    }

    fn into_part(self) -> Part {
        let kind = match (self.content_id, self.file_name.unwrap_or_default()) {
            (Some(content_id), _) => PartKind::Inline { content_id },
            (None, name) if self.content_type.starts_with("text/calendar") => PartKind::Calendar { name },
            (None, name) => PartKind::Attachment { name },
        };
        Part { kind, content_type: self.content_type, body: self.body }
    }
}

async fn words(conn: &mut Conn, org: OrgId, id: LetterId) -> Result<mail::Letter> {
    let row: Words = letters::table.find((org, id)).select(Words::as_select()).first(conn).await?;
    let parts: Vec<PartRow> = letter_parts::table
        .filter(letter_parts::org_id.eq(org).and(letter_parts::letter_id.eq(id)))
        .order(letter_parts::position)
        .select(PartRow::as_select())
        .load(conn)
        .await?;
    let address = |text: &str| EmailAddress::parse(text).map_err(anyhow::Error::from);
    let reply_to = match &row.reply_to_address {
        Some(to) => Some(Mailbox::new(row.reply_to_name.as_deref().unwrap_or_default(), address(to)?)),
        None => None,
    };
    Ok(mail::Letter {
        message_id: row.message_id,
        from_name: row.from_name,
        to: Mailbox::new(&row.to_name, address(&row.to_address)?),
        reply_to,
        subject: row.subject,
        text: row.text_body,
        html: row.html_body,
        parts: parts.into_iter().map(PartRow::into_part).collect(),
        secret: row.secret_purpose.and_then(|purpose| purpose.parse().ok()),
        unsubscribe: row.unsubscribe,
    })
}

/// By the database's clock, which all workers share.
fn from_now(wait: Duration) -> FromNow {
    let wait = PgInterval::from_microseconds(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX));
    sql::<Timestamptz>("now() + ").bind::<Interval, _>(wait)
}

type FromNow = UncheckedBind<SqlLiteral<Timestamptz>, AsExprOf<PgInterval, Interval>>;
