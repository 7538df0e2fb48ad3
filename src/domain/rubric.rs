//! A rubric: what an interview asks, what to listen for, and what a 1, 2, 3, 4 and 5 look like.

mod builtin;
mod check;
mod differences;
mod edit;
mod languages;
mod step;
mod texts;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use builtin::{BUILTIN_KEY, builtin};
pub use check::{Complaint, ComplaintCode, MAX_DIMENSIONS, MAX_TEXT};
pub use differences::{Change, Difference, differences};
pub use edit::{Clash, Edit, Edited, Places, Rejected, Typed};
pub use languages::RubricError;
pub use step::{Part, Step, Way, free_key, key_of};

use super::localized::Localized;
use super::medium::Medium;
use super::text_enum::text_enum;

/// A whole rubric. `T` is what a text is: [`Localized`] in the product, one `String` in a [`RubricFile`].
///
/// Keys, not positions, name its parts, so that ratings, ticks and interview plans keep their meaning when an
/// organisation edits a copy. [`Rubric::check`] says whether one may be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric<T = Localized> {
    pub key: String,
    /// The languages it is written in; the first must be complete and stands in for what the others lack.
    #[serde(alias = "language", deserialize_with = "languages::one_or_many")]
    pub languages: Vec<String>,
    pub name: T,
    pub summary: T,
    pub role_family: T,
    /// How long an interview on all dimensions takes.
    pub minutes: u16,
    /// What the ratings 1 to 5 are called.
    pub scale: BTreeMap<u8, Label<T>>,
    pub not_enough_evidence: Label<T>,
    /// The rules of rating, one sentence or two each.
    pub rules: Vec<T>,
    pub briefing: Briefing<T>,
    pub guide: Guide<T>,
    pub dimensions: Vec<Dimension<T>>,
}

/// A rubric in one language: the shape of the built-in files, and of a rubric as it is read on a page.
pub type RubricFile = Rubric<String>;

/// A short name with the sentence that explains it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label<T = Localized> {
    pub name: T,
    pub text: T,
}

/// The standard outline of the job that every candidate hears, so that listening can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Briefing<T = Localized> {
    pub text: T,
    pub steps: Vec<T>,
    /// What the outline tells, a few words each, in its order: the interviewer ticks what comes back. Versions that were
    /// published before there were facts have none.
    #[serde(default = "Vec::new")]
    pub facts: Vec<T>,
}

/// What an interviewer does before, during and after, and the errors to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide<T = Localized> {
    pub before: Vec<T>,
    pub during: Vec<T>,
    pub after: Vec<T>,
    pub errors: Vec<Label<T>>,
}

/// One side of a candidate that is rated on its own evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension<T = Localized> {
    pub key: String,
    /// One word or two, for lists and tables.
    pub name: T,
    /// What the candidate is when strong in it.
    pub headline: T,
    pub definition: T,
    /// Why the job needs it.
    pub why: T,
    /// What raters must beware of, where research warns of something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caution: Option<T>,
    /// Share in the weighted mean, 0 to 100, relative to the other dimensions.
    pub weight: u8,
    pub questions: Vec<Question<T>>,
    pub indicators: Vec<Indicator<T>>,
    /// What must never count.
    pub not_evidence: Vec<T>,
    /// What each rating from 1 to 5 looks like.
    pub anchors: BTreeMap<u8, T>,
}

/// A question that every candidate of a job is asked in the same words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question<T = Localized> {
    /// Unique in the whole rubric: interview plans name questions by it.
    pub key: String,
    pub kind: QuestionKind,
    pub text: T,
    /// The only follow-up questions that may be asked.
    pub probes: Vec<T>,
}

text_enum! {
    /// Whether a question asks about something that happened or about a case to imagine.
    QuestionKind { Behavioural = "behavioural", Situational = "situational" }
}

/// An act to listen for and tick. It can be quoted, and observed in the media that it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator<T = Localized> {
    /// Unique in the whole rubric: ticks are kept by it.
    pub key: String,
    pub sign: Sign,
    pub media: Vec<Medium>,
    pub text: T,
}

/// Whether an indicator speaks for or against a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    Positive,
    Negative,
}

impl<T> Rubric<T> {
    pub fn dimension(&self, key: &str) -> Option<&Dimension<T>> {
        self.dimensions.iter().find(|dimension| dimension.key == key)
    }

    /// The question with this key, and the dimension that it asks about.
    pub fn question(&self, key: &str) -> Option<(&Dimension<T>, &Question<T>)> {
        self.dimensions
            .iter()
            .flat_map(|dimension| dimension.questions.iter().map(move |question| (dimension, question)))
            .find(|(_, question)| question.key == key)
    }

    /// The indicator with this key, and the dimension that it belongs to.
    pub fn indicator(&self, key: &str) -> Option<(&Dimension<T>, &Indicator<T>)> {
        self.dimensions
            .iter()
            .flat_map(|dimension| dimension.indicators.iter().map(move |indicator| (dimension, indicator)))
            .find(|(_, indicator)| indicator.key == key)
    }

    /// What to listen for in one dimension and medium; none when the dimension is unknown.
    pub fn indicators_for(&self, dimension: &str, medium: Medium) -> Vec<&Indicator<T>> {
        self.dimension(dimension).map(|found| found.indicators_for(medium).collect()).unwrap_or_default()
    }
}

impl<T> Dimension<T> {
    /// What to listen for in this medium, in the rubric's order: positive and negative alike.
    pub fn indicators_for(&self, medium: Medium) -> impl Iterator<Item = &Indicator<T>> {
        self.indicators.iter().filter(move |indicator| indicator.media.contains(&medium))
    }

    /// The questions of a plan that ask about it, in the plan's order; its first one when the plan names none.
    pub fn planned(&self, plan: &[String]) -> Vec<&Question<T>> {
        let named: Vec<&Question<T>> =
            plan.iter().filter_map(|key| self.questions.iter().find(|question| question.key == *key)).collect();
        if named.is_empty() { self.questions.iter().take(1).collect() } else { named }
    }

    /// What can be asked, as it is recorded: the key of each question, and `key.1`, `key.2` … for its probes.
    pub fn askable(&self) -> impl Iterator<Item = String> {
        self.questions.iter().flat_map(|question| {
            let probes = (1..=question.probes.len()).map(|n| question.probe_key(n));
            std::iter::once(question.key.clone()).chain(probes)
        })
    }
}

impl<T> Question<T> {
    /// How the probe at this place, counted from 1, is recorded. A published rubric never changes, so places do not either.
    pub fn probe_key(&self, n: usize) -> String {
        format!("{}.{n}", self.key)
    }
}

impl Sign {
    /// The name in files and the API: `positive` or `negative`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Sign::Positive => "positive",
            Sign::Negative => "negative",
        }
    }
}
