//! The demo's question library.

use anyhow::Context;
use serde::Deserialize;
use serde_json::json;

use crate::{
    demo::{self, Moment},
    domain::{
        id::{MemberId, OrgId, QuestionId},
        localized::Localized,
        rubric::QuestionKind,
    },
    error::Result,
    store::question::Question,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    key: String,
    dimension: String,
    kind: QuestionKind,
    tags: Vec<String>,
    text: Localized,
    probes: Vec<Localized>,
}

/// The questions, each as added by a member at a moment, with the same ids on every machine.
pub(super) fn questions(org: OrgId, by: MemberId, moment: Moment, at: jiff::Timestamp) -> Result<Vec<Question>> {
    let all: Vec<Written> =
        serde_saphyr::from_str(include_str!("../../demo/questions.yaml")).context("demo/questions.yaml")?;
    Ok(all
        .into_iter()
        .map(|one| {
            let id = demo::id(&format!("{org}/question/{}", one.key), moment);
            // Its key ends in letters of its id, so that it is the same every time.
            let random = id.simple().to_string();
            let key = format!("lib-{}-{}", one.dimension, &random[random.len() - 8..]);
            Question {
                org_id: org,
                id: QuestionId(id),
                key,
                dimension: one.dimension,
                kind: one.kind,
                text: json!(one.text),
                probes: json!(one.probes),
                tags: one.tags,
                created_by: by,
                created_at: at.into(),
                retired_at: None.into(),
            }
        })
        .collect())
}
