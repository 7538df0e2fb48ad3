//! The audit trail: numbered without gaps and hash-chained, one chain per organisation.

use diesel::{prelude::*, sql_types::Bool};
use diesel_async::RunQueryDsl;
use jiff_diesel::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::{Conn, Scope, Slice};
use crate::{
    domain::{
        id::{MemberId, OrgId},
        trail,
    },
    error::Result,
    schema::{event_heads, events, members, views},
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = events, check_for_backend(diesel::pg::Pg))]
pub struct Event {
    pub org_id: OrgId,
    pub number: i64,
    pub at: Timestamp,
    pub member_id: Option<MemberId>,
    pub action: String,
    pub object_kind: String,
    pub object_id: Option<Uuid>,
    pub detail: Value,
    pub outcome: String,
    pub address: String,
    pub previous_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

/// What a use case writes into the trail. The action is `noun.verb`; `detail` holds ids, counts and settings only.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    pub action: &'a str,
    pub object_id: Option<Uuid>,
    pub detail: Value,
    pub refused: bool,
}

impl<'a> Entry<'a> {
    pub fn new(action: &'a str, object_id: impl Into<Option<Uuid>>) -> Entry<'a> {
        Entry { action, object_id: object_id.into(), detail: Value::Object(serde_json::Map::new()), refused: false }
    }

    pub fn with(mut self, detail: Value) -> Entry<'a> {
        self.detail = detail;
        self
    }

    pub fn refused(mut self) -> Entry<'a> {
        self.refused = true;
        self
    }
}

/// Who acts, from where and when; every use case has one.
#[derive(Clone, Debug)]
pub struct Actor {
    pub org: OrgId,
    pub member: Option<MemberId>,
    pub address: String,
    pub now: jiff::Timestamp,
}

/// Adds a line, after the views that wait. To be called last in a transaction: it holds the organisation's trail until the
/// commit.
pub async fn append(conn: &mut Conn, actor: &Actor, entry: Entry<'_>) -> Result<i64> {
    let mut end = lock(conn, actor.org).await?;
    gather(conn, &mut end).await?;
    let line = Line {
        // To the microsecond, as Postgres keeps it: what is hashed must be what is read again.
        at: jiff::Timestamp::from_microsecond(actor.now.as_microsecond()).unwrap_or(actor.now).into(),
        member_id: actor.member,
        action: entry.action.to_owned(),
        object_id: entry.object_id,
        detail: entry.detail,
        refused: entry.refused,
        address: actor.address.clone(),
    };
    write(conn, &mut end, vec![line]).await?;
    Ok(end.number)
}

/// Writes down that a member looked at something, without holding the trail: one statement, and nobody waits for anybody.
/// It becomes a line before the organisation's next event, or when a worker comes by.
pub async fn view(conn: &mut Conn, actor: &Actor, entry: Entry<'_>) -> Result<()> {
    let member = actor.member.ok_or_else(|| anyhow::anyhow!("nobody looks"))?;
    diesel::insert_into(views::table)
        .values((
            views::org_id.eq(actor.org),
            views::id.eq(Uuid::now_v7()),
            views::at.eq(Timestamp::from(actor.now)),
            views::member_id.eq(member),
            views::action.eq(entry.action),
            views::object_id.eq(entry.object_id),
            views::detail.eq(entry.detail),
            views::address.eq(&actor.address),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// The organisations in which views wait to become lines, some of them.
pub async fn organisations_with_views(conn: &mut Conn) -> Result<Vec<OrgId>> {
    Ok(views::table.select(views::org_id).distinct().limit(100).load(conn).await?)
}

/// Makes lines of an organisation's views. To be called in a transaction.
pub async fn gather_views(conn: &mut Conn, org: OrgId) -> Result<()> {
    let mut end = lock(conn, org).await?;
    gather(conn, &mut end).await
}

/// The end of a trail, locked.
struct End {
    org: OrgId,
    number: i64,
    hash: Vec<u8>,
}

/// A line before it has its place.
#[derive(Queryable)]
struct Line {
    at: Timestamp,
    member_id: Option<MemberId>,
    action: String,
    object_id: Option<Uuid>,
    detail: Value,
    refused: bool,
    address: String,
}

async fn lock(conn: &mut Conn, org: OrgId) -> Result<End> {
    let head = event_heads::table.find(org).select((event_heads::number, event_heads::hash)).for_update();
    if let Some((number, hash)) = head.first(conn).await.optional()? {
        return Ok(End { org, number, hash });
    }
    // Two first events at once: the second waits here for the first to commit, then reads its head.
    diesel::insert_into(event_heads::table)
        .values((event_heads::org_id.eq(org), event_heads::number.eq(0), event_heads::hash.eq(vec![0; 32])))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    let (number, hash) = head.first(conn).await?;
    Ok(End { org, number, hash })
}

/// Views that become lines at once: of more than these, a further round is made.
const GATHERED: i64 = 500;

async fn gather(conn: &mut Conn, end: &mut End) -> Result<()> {
    let waiting = diesel::alias!(views as waiting);
    loop {
        let id = waiting.field(views::id);
        let oldest = waiting.filter(waiting.field(views::org_id).eq(end.org)).order(id).limit(GATHERED).select(id);
        let gone = diesel::delete(views::table.filter(views::org_id.eq(end.org).and(views::id.eq_any(oldest))));
        let mut rows: Vec<(Uuid, Line)> = gone
            .returning((
                views::id,
                (
                    views::at,
                    views::member_id.nullable(),
                    views::action,
                    views::object_id,
                    views::detail,
                    false.into_sql::<Bool>(),
                    views::address,
                ),
            ))
            .get_results(conn)
            .await?;
        let count = i64::try_from(rows.len()).unwrap_or(GATHERED);
        rows.sort_by_key(|(id, _)| *id);
        write(conn, end, rows.into_iter().map(|(_, line)| line).collect()).await?;
        if count < GATHERED {
            return Ok(());
        }
    }
}

/// Chains lines to the end of a trail.
async fn write(conn: &mut Conn, end: &mut End, lines: Vec<Line>) -> Result<()> {
    let mut chained = Vec::with_capacity(lines.len());
    for line in lines {
        let mut event = Event {
            org_id: end.org,
            number: end.number + 1,
            at: line.at,
            member_id: line.member_id,
            object_kind: line.action.split('.').next().unwrap_or_default().to_owned(),
            action: line.action,
            object_id: line.object_id,
            detail: line.detail,
            outcome: if line.refused { "refused" } else { "done" }.to_owned(),
            address: line.address,
            previous_hash: end.hash.clone(),
            hash: Vec::new(),
        };
        event.hash = hash(&event);
        (end.number, end.hash) = (event.number, event.hash.clone());
        chained.push(event);
    }
    if chained.is_empty() {
        return Ok(());
    }
    diesel::insert_into(events::table).values(&chained).execute(conn).await?;
    diesel::update(event_heads::table.find(end.org))
        .set((event_heads::number.eq(end.number), event_heads::hash.eq(&end.hash)))
        .execute(conn)
        .await?;
    Ok(())
}

/// The hash that an event must have; see [`trail::Line::digest`].
pub fn hash(event: &Event) -> Vec<u8> {
    line(event.clone()).digest(&event.previous_hash)
}

/// The event as a line of a file.
pub fn line(event: Event) -> trail::Line {
    trail::Line {
        org_id: event.org_id,
        number: event.number,
        at: event.at.to_jiff(),
        member_id: event.member_id,
        action: event.action,
        object_kind: event.object_kind,
        object_id: event.object_id,
        detail: event.detail,
        outcome: event.outcome,
        address: event.address,
        previous_hash: trail::hex(&event.previous_hash),
        hash: trail::hex(&event.hash),
    }
}

/// The lines after one and up to another, oldest first.
pub async fn between(conn: &mut Conn, scope: &Scope, after: i64, last: i64, limit: i64) -> Result<Vec<Event>> {
    Ok(events::table
        .filter(events::org_id.eq(scope.org).and(events::number.gt(after)).and(events::number.le(last)))
        .order(events::number)
        .limit(limit)
        .select(Event::as_select())
        .load(conn)
        .await?)
}

/// An event with the name of who did it.
#[derive(Clone, Debug, Queryable)]
pub struct Named {
    pub event: Event,
    pub name: Option<String>,
    /// Who did it interviews without an account.
    pub is_outside: Option<bool>,
}

/// The trail with names, newest first; of one kind of object, or whole.
pub async fn named(
    conn: &mut Conn,
    scope: &Scope,
    kind: Option<&str>,
    before: Option<i64>,
    limit: i64,
) -> Result<Slice<Named, i64>> {
    let mut query = events::table
        .left_join(
            members::table.on(members::org_id.eq(events::org_id).and(members::id.nullable().eq(events::member_id))),
        )
        .filter(events::org_id.eq(scope.org))
        .order(events::number.desc())
        .limit(limit + 1)
        .select((Event::as_select(), members::name.nullable(), members::is_outside.nullable()))
        .into_boxed();
    if let Some(kind) = kind {
        query = query.filter(events::object_kind.eq(kind.to_owned()));
    }
    if let Some(before) = before {
        query = query.filter(events::number.lt(before));
    }
    Ok(Slice::cut(query.load(conn).await?, limit, |named: &Named| named.event.number))
}

/// The newest line with this action about an object.
pub async fn newest_about(conn: &mut Conn, scope: &Scope, action: &str, object: Uuid) -> Result<Option<Event>> {
    Ok(events::table
        .filter(events::org_id.eq(scope.org).and(events::object_id.eq(object)).and(events::action.eq(action)))
        .order(events::number.desc())
        .select(Event::as_select())
        .first(conn)
        .await
        .optional()?)
}
