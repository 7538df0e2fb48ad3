//! The question library.

use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{BigInt, Bool, Text, Untyped},
};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use std::{collections::HashMap, sync::Arc};

use super::{
    Conn, Scope, Slice,
    statement::{Bind, Statement},
};
use crate::{
    domain::{
        id::{MemberId, OrgId, QuestionId},
        question_library::{LibraryQuestion, dimension_of},
        rubric::{Question as Asked, QuestionKind, Rubric},
    },
    error::{Error, Result},
    schema::questions,
};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = questions, check_for_backend(Pg))]
pub struct Question {
    pub org_id: OrgId,
    pub id: QuestionId,
    pub key: String,
    pub dimension: String,
    pub kind: QuestionKind,
    pub text: Value,
    pub probes: Value,
    pub tags: Vec<String>,
    pub created_by: MemberId,
    pub created_at: Timestamp,
    pub retired_at: NullableTimestamp,
}

impl Question {
    /// As it is asked.
    ///
    /// # Errors
    /// `Bug` when the database holds something else than texts.
    pub fn asked(&self) -> Result<LibraryQuestion> {
        let bug = |error: serde_json::Error| Error::Bug(error.into());
        Ok(LibraryQuestion {
            dimension: self.dimension.clone(),
            question: Asked {
                key: self.key.clone(),
                kind: self.kind,
                text: serde_json::from_value(self.text.clone()).map_err(bug)?,
                probes: serde_json::from_value(self.probes.clone()).map_err(bug)?,
            },
        })
    }

    pub fn is_retired(&self) -> bool {
        self.retired_at.to_jiff().is_some()
    }
}

/// Which questions a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// A part of the words in any language, or of a tag.
    pub part: String,
    pub dimension: Option<String>,
    pub kind: Option<QuestionKind>,
    pub tag: Option<String>,
    /// The retired ones instead of the others.
    pub retired: bool,
}

/// The library, newest first.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &Filter,
    before: Option<QuestionId>,
    limit: i64,
) -> Result<Slice<Question, QuestionId>> {
    let mut query = questions::table
        .filter(questions::org_id.eq(scope.org))
        .order(questions::id.desc())
        .limit(limit + 1)
        .select(Question::as_select())
        .into_boxed();
    query = if filter.retired {
        query.filter(questions::retired_at.is_not_null())
    } else {
        query.filter(questions::retired_at.is_null())
    };
    if !filter.part.is_empty() {
        // Only the words, not the names of the languages that they are kept under.
        let pattern = format!("%{}%", filter.part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let found = Statement::<Bool>::new(
            "(EXISTS (SELECT FROM jsonb_path_query(jsonb_build_array(questions.text, questions.probes), 'strict $.**') word
             WHERE jsonb_typeof(word) = 'string' AND word #>> '{}' ILIKE $1)
             OR EXISTS (SELECT FROM unnest(questions.tags) tag WHERE tag = $2))",
            vec![Bind::Text(pattern), Bind::Text(filter.part.to_lowercase())],
        );
        query = query.filter(found);
    }
    if let Some(dimension) = &filter.dimension {
        query = query.filter(questions::dimension.eq(dimension.clone()));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(questions::kind.eq(kind));
    }
    if let Some(tag) = &filter.tag {
        query = query.filter(questions::tags.contains(vec![tag.clone()]));
    }
    if let Some(before) = before {
        query = query.filter(questions::id.lt(before));
    }
    Ok(Slice::cut(query.load(conn).await?, limit, |question| question.id))
}

/// # Errors
/// `NotFound` for a question that is not the organisation's.
pub async fn find(conn: &mut Conn, scope: &Scope, id: QuestionId) -> Result<Question> {
    Ok(questions::table.find((scope.org, id)).select(Question::as_select()).first(conn).await?)
}

/// What may be chosen for these dimensions, with what was chosen before and has been retired since, the oldest first.
pub async fn offered(
    conn: &mut Conn,
    scope: &Scope,
    dimensions: &[String],
    chosen: &[String],
    limit: i64,
) -> Result<Vec<Question>> {
    Ok(questions::table
        .filter(questions::org_id.eq(scope.org).and(questions::dimension.eq_any(dimensions)))
        .filter(questions::retired_at.is_null().or(questions::key.eq_any(chosen)))
        .order(questions::id)
        .limit(limit)
        .select(Question::as_select())
        .load(conn)
        .await?)
}

/// The rubric with the questions of a plan that are the library's. Nothing is asked for when there are none.
pub async fn complete(conn: &mut Conn, scope: &Scope, rubric: Arc<Rubric>, plan: &[String]) -> Result<Arc<Rubric>> {
    let missing = |key: &&String| dimension_of(key).is_some() && rubric.question(key).is_none();
    let found = of_keys(conn, scope, plan.iter().filter(missing).collect()).await?;
    if found.is_empty() {
        return Ok(rubric);
    }
    let further = found.iter().map(Question::asked).collect::<Result<Vec<_>>>()?;
    Ok(Arc::new(rubric.with_questions(further)))
}

/// Questions of the library that rounds ask.
#[derive(Debug, Default, Deserialize)]
pub struct FromLibrary {
    pub offered: Vec<LibraryQuestion>,
    /// No round may choose them any more.
    pub retired: Vec<LibraryQuestion>,
}

/// What the rounds of a row of `jobs` ask from the library, as JSON of a [`FromLibrary`].
pub(super) const OF_JOB: &str = "
  (SELECT jsonb_build_object(
     'offered', coalesce(jsonb_agg(k.asked ORDER BY k.id) FILTER (WHERE k.retired_at IS NULL), '[]'),
     'retired', coalesce(jsonb_agg(k.asked ORDER BY k.id) FILTER (WHERE k.retired_at IS NOT NULL), '[]'))
   FROM (SELECT q.id, q.retired_at, jsonb_build_object('dimension', q.dimension, 'question',
           jsonb_build_object('key', q.key, 'kind', q.kind, 'text', q.text, 'probes', q.probes)) AS asked
         FROM questions q WHERE q.org_id = jobs.org_id AND q.key IN (
           SELECT unnest(o.questions) FROM rounds o WHERE o.org_id = jobs.org_id AND o.job_id = jobs.id)) k)";

/// The library's questions with these keys. Nothing is asked for when there are none.
pub async fn with_keys(conn: &mut Conn, scope: &Scope, keys: &[String]) -> Result<FromLibrary> {
    let found = of_keys(conn, scope, keys.iter().collect()).await?;
    let (retired, offered): (Vec<Question>, Vec<Question>) = found.into_iter().partition(Question::is_retired);
    let asked = |questions: Vec<Question>| questions.iter().map(Question::asked).collect::<Result<Vec<_>>>();
    Ok(FromLibrary { offered: asked(offered)?, retired: asked(retired)? })
}

async fn of_keys(conn: &mut Conn, scope: &Scope, keys: Vec<&String>) -> Result<Vec<Question>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    Ok(questions::table
        .filter(questions::org_id.eq(scope.org).and(questions::key.eq_any(keys)))
        .order(questions::id)
        .select(Question::as_select())
        .load(conn)
        .await?)
}

/// Where a question is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Rounds that chose it.
    pub rounds: i64,
    /// Interviews of those rounds for which a kit was opened.
    pub interviews: i64,
}

/// Where questions are used: $1 is the organisation, $2 their keys.
const USES: &str = "
  SELECT k.key, count(DISTINCT r.id) AS rounds, count(DISTINCT i.id) FILTER (WHERE EXISTS (
      SELECT FROM seats s JOIN scorecards c ON c.org_id = s.org_id AND c.seat_id = s.id
      WHERE s.org_id = i.org_id AND s.interview_id = i.id)) AS interviews
  FROM unnest($2::text[]) k (key)
  JOIN rounds r ON r.org_id = $1 AND r.questions @> ARRAY[k.key]
  LEFT JOIN interviews i ON i.org_id = r.org_id AND i.round_id = r.id
  GROUP BY k.key";

/// Where each of these questions is used, by its key.
pub async fn uses(conn: &mut Conn, scope: &Scope, keys: &[String]) -> Result<HashMap<String, Uses>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        key: String,
        #[diesel(sql_type = BigInt)]
        rounds: i64,
        #[diesel(sql_type = BigInt)]
        interviews: i64,
    }
    let rows: Vec<Row> =
        Statement::<Untyped>::new(USES, vec![Bind::Uuid(scope.org.0), Bind::Texts(keys.to_vec())]).load(conn).await?;
    Ok(rows.into_iter().map(|row| (row.key, Uses { rounds: row.rounds, interviews: row.interviews })).collect())
}

/// The same, and the tags that are in use with how many questions each has, the most used first; in one statement.
pub async fn uses_and_tags(
    conn: &mut Conn,
    scope: &Scope,
    keys: &[String],
    limit: i64,
) -> Result<(HashMap<String, Uses>, Vec<(String, i64)>)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        what: String,
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = BigInt)]
        first: i64,
        #[diesel(sql_type = BigInt)]
        second: i64,
    }
    let sql = format!(
        "SELECT 'uses' AS what, u.key AS name, u.rounds AS first, u.interviews AS second FROM ({USES}) u
         UNION ALL
         SELECT * FROM (SELECT 'tag', tag, count(*), 0 FROM questions, unnest(tags) tag
           WHERE org_id = $1 AND retired_at IS NULL GROUP BY tag ORDER BY count(*) DESC, tag LIMIT $3::bigint) t"
    );
    let binds = vec![Bind::Uuid(scope.org.0), Bind::Texts(keys.to_vec()), Bind::Number(limit)];
    let rows: Vec<Row> = Statement::<Untyped>::new(sql, binds).load(conn).await?;
    let (mut uses, mut tags) = (HashMap::new(), Vec::new());
    for row in rows {
        match row.what.as_str() {
            "uses" => drop(uses.insert(row.name, Uses { rounds: row.first, interviews: row.second })),
            _ => tags.push((row.name, row.first)),
        }
    }
    Ok((uses, tags))
}

pub async fn insert(conn: &mut Conn, question: &Question) -> Result<()> {
    diesel::insert_into(questions::table).values(question).execute(conn).await?;
    Ok(())
}

/// Gives a question other tags; tells whether they are others.
pub async fn set_tags(conn: &mut Conn, scope: &Scope, id: QuestionId, tags: &[String]) -> Result<bool> {
    let changed = diesel::update(questions::table.find((scope.org, id)).filter(questions::tags.ne(tags)))
        .set(questions::tags.eq(tags))
        .execute(conn)
        .await?;
    Ok(changed > 0)
}

/// Retires a question, or offers it again with `None`; tells whether it was otherwise before.
pub async fn set_retired(conn: &mut Conn, scope: &Scope, id: QuestionId, at: Option<jiff::Timestamp>) -> Result<bool> {
    let other = questions::table.find((scope.org, id)).filter(questions::retired_at.is_null().eq(at.is_some()));
    let changed =
        diesel::update(other).set(questions::retired_at.eq(NullableTimestamp::from(at))).execute(conn).await?;
    Ok(changed > 0)
}
