//! The page that asks before a debrief is closed.

use serde::Serialize;

use super::{Report, dimension_name, waiting};
use crate::{
    domain::{
        debrief::{self, minority},
        id::DebriefId,
        rubric::Rubric,
    },
    i18n::Locale,
    store::debrief::Debrief,
    web::forms::Form,
};

#[derive(Serialize)]
pub struct ClosurePage {
    id: DebriefId,
    candidate: String,
    job_id: String,
    job: String,
    is_open: bool,
    finding: String,
    revision: i64,
    waiting: Vec<String>,
    /// Who stands apart and has not said why: name and dimension.
    silent: Vec<(String, String)>,
    report: Report,
    form: Form,
}

impl ClosurePage {
    pub fn new(found: &Debrief, rubric: &Rubric, form: Form, locale: Locale) -> ClosurePage {
        ClosurePage {
            id: found.id,
            candidate: found.candidate_name.clone(),
            job_id: found.job.to_string(),
            job: found.job_line(),
            is_open: found.is_open(),
            finding: debrief::finding(&found.voices, &found.weights, found.is_open(), locale),
            revision: found.revision,
            waiting: waiting(&found.voices),
            silent: minority(&found.voices)
                .filter(|voice| voice.second.is_none())
                .map(|voice| (voice.name.clone(), dimension_name(rubric, &voice.dimension, locale)))
                .collect(),
            report: Report::new(found, rubric, locale),
            form,
        }
    }
}
