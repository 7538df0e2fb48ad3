//! The question library: questions are added, tagged, retired and offered again; none is changed or deleted.

use diesel_async::AsyncConnection;
use serde_json::json;

use crate::{
    domain::{id::QuestionId, localized::Localized, question_library::LibraryQuestion, rubric::QuestionKind},
    error::{Error, Result},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        question::{self, Question},
    },
};

/// A question as somebody writes it.
#[derive(Clone, Debug)]
pub struct NewQuestion {
    pub dimension: String,
    pub kind: QuestionKind,
    pub text: Localized,
    pub probes: Vec<Localized>,
    pub tags: Vec<String>,
}

pub async fn add(conn: &mut Conn, scope: &Scope, actor: &Actor, new: &NewQuestion) -> Result<QuestionId> {
    let LibraryQuestion { dimension, question } =
        LibraryQuestion::new(&new.dimension, new.kind, new.text.clone(), new.probes.clone());
    let row = Question {
        org_id: scope.org,
        id: QuestionId::new(),
        key: question.key,
        dimension,
        kind: question.kind,
        text: json!(question.text),
        probes: json!(question.probes),
        tags: new.tags.clone(),
        created_by: scope.member,
        created_at: actor.now.into(),
        retired_at: None.into(),
    };
    conn.transaction(async |conn| {
        question::insert(conn, &row).await?;
        let detail = json!({ "key": row.key, "dimension": row.dimension });
        event::append(conn, actor, Entry::new("question.added", row.id.0).with(detail)).await?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(row.id)
}

/// # Errors
/// `NotFound` for a question that is not the organisation's.
pub async fn tag(conn: &mut Conn, scope: &Scope, actor: &Actor, id: QuestionId, tags: &[String]) -> Result<()> {
    conn.transaction(async |conn| {
        question::find(conn, scope, id).await?;
        if question::set_tags(conn, scope, id, tags).await? {
            event::append(conn, actor, Entry::new("question.tagged", id.0)).await?;
        }
        Ok(())
    })
    .await
}

/// Retires a question: it stays wherever it is used, and is offered no more. Or offers it again.
///
/// # Errors
/// `NotFound` for a question that is not the organisation's.
pub async fn retire(conn: &mut Conn, scope: &Scope, actor: &Actor, id: QuestionId, retired: bool) -> Result<()> {
    conn.transaction(async |conn| {
        question::find(conn, scope, id).await?;
        if question::set_retired(conn, scope, id, retired.then_some(actor.now)).await? {
            let action = if retired { "question.retired" } else { "question.returned" };
            event::append(conn, actor, Entry::new(action, id.0)).await?;
        }
        Ok(())
    })
    .await
}
