//! Rounds: which questions every candidate is asked in one, chosen until its first interview begins.

use diesel_async::AsyncConnection;
use serde_json::json;

use crate::{
    domain::{id::RoundId, rubric::Rubric},
    error::{Complaint, Error, Message, Result},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        question, round, rubric_cache,
    },
};

/// Questions of the library that are offered for one round.
pub const OFFERED: i64 = 300;
/// Questions that may be chosen for one dimension of a round.
pub const MOST: usize = 12;

/// Chooses the questions of a round. `seen` is what was chosen when the person looked.
///
/// # Errors
/// `Refused` once an interview of the round has begun, and when somebody else has chosen meanwhile; `Invalid` for a
/// dimension without a question or with too many, and for a question that is not offered.
pub async fn choose(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: RoundId,
    seen: &[String],
    chosen: &[String],
) -> Result<()> {
    conn.transaction(async |conn| {
        round::lock(conn, scope, id).await?;
        let (round, job, begun) = round::with_beginning(conn, scope, id).await?;
        if begun.is_some() {
            return Err(Error::refused("round-questions-frozen"));
        }
        let rubric = rubric_cache::published(conn, scope, job.rubric_version_id).await?;
        let library = question::offered(conn, scope, &round.dimensions, &round.questions, OFFERED).await?;
        let library = library.iter().map(question::Question::asked).collect::<Result<Vec<_>>>()?;
        let settled = settle(&rubric.with_questions(library), &round.dimensions, chosen)?;
        if settled == round.questions {
            return Ok(());
        }
        if round.questions != seen {
            return Err(Error::refused("round-questions-changed-meanwhile"));
        }
        round::set_questions(conn, scope, id, &settled).await?;
        let detail = json!({ "round": id, "questions": settled });
        event::append(conn, actor, Entry::new("job.questions_chosen", round.job_id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// What was chosen, in the order of the rubric.
fn settle(rubric: &Rubric, dimensions: &[String], chosen: &[String]) -> Result<Vec<String>> {
    let (mut settled, mut complaints) = (Vec::new(), Vec::new());
    for dimension in dimensions.iter().filter_map(|key| rubric.dimension(key)) {
        let of_it: Vec<String> = dimension
            .questions
            .iter()
            .filter(|question| chosen.contains(&question.key))
            .map(|question| question.key.clone())
            .collect();
        let message = match of_it.len() {
            0 => Some(Message::new("round-question-needed")),
            count if count > MOST => Some(Message::new("round-questions-too-many").with("most", MOST)),
            _ => None,
        };
        complaints.extend(message.map(|message| Complaint::new(format!("dimension.{}", dimension.key), message)));
        settled.extend(of_it);
    }
    if complaints.is_empty() && chosen.iter().any(|key| !settled.contains(key)) {
        complaints.push(Complaint::new("", Message::new("form-not-a-choice")));
    }
    if complaints.is_empty() { Ok(settled) } else { Err(Error::Invalid(complaints)) }
}
