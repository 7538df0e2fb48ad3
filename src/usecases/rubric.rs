//! Rubrics: a draft of the next version is begun, edited, discarded or published; a rubric is copied.

use diesel_async::AsyncConnection;
use serde_json::json;

use crate::{
    domain::{
        id::{QuestionId, RubricId},
        localized::Localized,
        rubric::{Edit, Edited, Rejected, differences, free_key, key_of},
    },
    error::{Complaint, Error, Message, Result},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        question,
        rubric_version::{self, RubricVersion},
    },
};

/// What became of an edit.
#[derive(Debug)]
pub enum Saved {
    /// It was made. `alongside`: somebody else saved the draft since the form was opened, and both changes are in it.
    Kept { edited: Box<Edited>, alongside: bool },
    /// Nothing of it was made; the draft as it is now.
    Rejected { rejected: Rejected, draft: Box<RubricVersion> },
}

/// Begins the draft of a rubric's next version; one that exists already is left as it is.
pub async fn begin_draft(conn: &mut Conn, scope: &Scope, actor: &Actor, id: RubricId) -> Result<()> {
    conn.transaction(async |conn| {
        rubric_version::lock_rubric(conn, scope, id).await?;
        match rubric_version::draft(conn, scope, id).await {
            Ok(_) => return Ok(()),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
        let newest = rubric_version::newest(conn, scope, id).await?;
        let version = newest.version + 1;
        rubric_version::insert_draft(conn, scope, id, version, &newest.rubric()?, actor.now).await?;
        let entry = Entry::new("rubric.draft_begun", id.0).with(json!({ "version": version }));
        event::append(conn, actor, entry).await?;
        Ok(())
    })
    .await
}

/// Makes an edit in a rubric's draft. `revision` is the one that the form was opened on.
pub async fn save(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: RubricId,
    edit: &Edit,
    revision: i64,
) -> Result<Saved> {
    conn.transaction(async |conn| {
        let draft = rubric_version::lock_draft(conn, scope, id).await?;
        let edited = match draft.rubric()?.edited(edit) {
            Ok(edited) => edited,
            Err(rejected) => return Ok(Saved::Rejected { rejected, draft: Box::new(draft) }),
        };
        if edited.changed > 0 {
            let saved = rubric_version::save(conn, scope, draft.id, &edited.rubric).await?;
            let detail = json!({ "version": draft.version, "revision": saved, "places": edited.changed });
            event::append(conn, actor, Entry::new("rubric.draft_saved", id.0).with(detail)).await?;
        }
        Ok(Saved::Kept { edited: Box::new(edited), alongside: draft.revision != revision })
    })
    .await
}

/// Puts a question of the library at the end of a dimension of a draft.
///
/// # Errors
/// `NotFound` without the draft, the dimension or the question; `Refused` when the question is retired, the dimension is
/// full, or the rubric has the question already.
pub async fn insert_question(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: RubricId,
    dimension: &str,
    question: QuestionId,
) -> Result<String> {
    conn.transaction(async |conn| {
        let draft = rubric_version::lock_draft(conn, scope, id).await?;
        let found = question::find(conn, scope, question).await?;
        if found.is_retired() {
            return Err(Error::refused("question-is-retired"));
        }
        let mut rubric = draft.rubric()?;
        match rubric.insert_question(dimension, &found.asked()?.question) {
            Ok(inserted) => inserted.ok_or(Error::NotFound)?,
            Err(complaints) => {
                let code = complaints.first().map_or("", |complaint| complaint.code.message());
                return Err(Error::refused(code));
            }
        }
        let saved = rubric_version::save(conn, scope, draft.id, &rubric).await?;
        let detail = json!({ "version": draft.version, "revision": saved, "question": found.key });
        event::append(conn, actor, Entry::new("rubric.draft_saved", id.0).with(detail)).await?;
        Ok(found.key)
    })
    .await
}

/// Deletes a rubric's draft; the rubric goes with it when nothing of it was ever published.
pub async fn discard_draft(conn: &mut Conn, scope: &Scope, actor: &Actor, id: RubricId) -> Result<()> {
    conn.transaction(async |conn| {
        let draft = rubric_version::lock_draft(conn, scope, id).await?;
        rubric_version::delete_draft(conn, scope, &draft).await?;
        let entry = Entry::new("rubric.draft_discarded", id.0).with(json!({ "version": draft.version }));
        event::append(conn, actor, entry).await?;
        Ok(())
    })
    .await
}

/// Publishes a rubric's draft as it was seen at `revision`; answers the version's number. It never changes afterwards.
///
/// # Errors
/// `Invalid` with every complaint, the place as its field; `Refused` when the draft was saved since it was looked at, or
/// says what the published version says.
pub async fn publish(conn: &mut Conn, scope: &Scope, actor: &Actor, id: RubricId, revision: i64) -> Result<i32> {
    conn.transaction(async |conn| {
        let draft = rubric_version::lock_draft(conn, scope, id).await?;
        if draft.revision != revision {
            return Err(Error::refused("rubric-draft-moved-on"));
        }
        let rubric = draft.rubric()?;
        let complaints = rubric.check();
        if !complaints.is_empty() {
            let complaints =
                complaints.into_iter().map(|one| Complaint::new(one.path, Message::new(one.code.message())));
            return Err(Error::Invalid(complaints.collect()));
        }
        let before = rubric_version::newest(conn, scope, id).await?;
        if !before.is_draft() && differences(&before.rubric()?, &rubric).is_empty() {
            return Err(Error::refused("rubric-draft-is-the-same"));
        }
        rubric_version::publish(conn, scope, draft.id, actor.now).await?;
        let entry = Entry::new("rubric.published", id.0).with(json!({ "version": draft.version }));
        event::append(conn, actor, entry).await?;
        Ok(draft.version)
    })
    .await
}

/// Copies what a rubric says now into a new rubric with another name, as a draft.
pub async fn copy(conn: &mut Conn, scope: &Scope, actor: &Actor, id: RubricId, name: &str) -> Result<RubricId> {
    conn.transaction(async |conn| {
        let copied = rubric_version::newest(conn, scope, id).await?;
        let mut rubric = copied.rubric()?;
        let key = key_of(name, "rubric");
        let taken = rubric_version::keys_like(conn, scope, &key).await?;
        rubric.key = free_key(&key, |key| taken.iter().any(|one| one == key));
        // The name is new in every language: what is not translated is read in the first.
        let first = rubric.languages.first().cloned().unwrap_or_default();
        rubric.name = Localized::new(first, name);
        let copy = RubricId::new();
        // A draft may still change, or go.
        let from = (!copied.is_draft()).then_some(copied.id);
        rubric_version::insert_rubric(conn, scope, copy, &rubric.key, from, actor.now).await?;
        rubric_version::insert_draft(conn, scope, copy, 1, &rubric, actor.now).await?;
        event::append(conn, actor, Entry::new("rubric.copied", copy.0).with(json!({ "from": id }))).await?;
        Ok(copy)
    })
    .await
}
