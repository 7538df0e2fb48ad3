//! The question library: an organisation's own questions, which rubrics and rounds choose from.

use serde::Deserialize;
use uuid::Uuid;

use super::{
    localized::Localized,
    rubric::{Question, QuestionKind, Rubric},
};

/// Characters of a question or a follow-up question.
pub const TEXT_MOST: usize = 600;
/// Follow-up questions.
pub const PROBES_MOST: usize = 10;
/// Tags of a question, and the characters of one.
pub const TAGS_MOST: usize = 12;
pub const TAG_MOST: usize = 30;

/// A question of the library as it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LibraryQuestion {
    /// Key of the dimension that it asks about.
    pub dimension: String,
    pub question: Question,
}

impl LibraryQuestion {
    /// A question with a key of its own.
    pub fn new(dimension: &str, kind: QuestionKind, text: Localized, probes: Vec<Localized>) -> LibraryQuestion {
        let random = Uuid::new_v4().simple().to_string();
        let key = format!("lib-{dimension}-{}", &random[..8]);
        LibraryQuestion { dimension: dimension.to_owned(), question: Question { key, kind, text, probes } }
    }
}

/// The dimension of a library question, as its key says it: `lib-listening-4f2a9c01`. `None` for any other key.
pub fn dimension_of(key: &str) -> Option<&str> {
    key.strip_prefix("lib-")?.rsplit_once('-').map(|(dimension, _)| dimension)
}

/// The library's keys among these that ask about a dimension, in their order.
pub fn of_dimension<'a>(keys: &'a [String], dimension: &str) -> impl Iterator<Item = &'a String> {
    keys.iter().filter(move |key| dimension_of(key) == Some(dimension))
}

/// Tags as they are typed, with commas between: trimmed, in small letters, each once, in their order.
pub fn tags(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.split(',').map(|tag| tag.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()) {
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

impl Rubric {
    /// The rubric with further questions at the end of their dimensions; those that it has, or has no dimension for, are
    /// left out.
    pub fn with_questions(&self, further: Vec<LibraryQuestion>) -> Rubric {
        let mut rubric = self.clone();
        for LibraryQuestion { dimension, question } in further {
            if rubric.question(&question.key).is_none()
                && let Some(found) = rubric.dimensions.iter_mut().find(|known| known.key == dimension)
            {
                found.questions.push(question);
            }
        }
        rubric
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rubric::builtin;

    #[test]
    fn a_key_tells_its_dimension_and_no_key_of_a_rubric_does() {
        let text = Localized::new("en", "What did you do?");
        let own = LibraryQuestion::new("problem_solving", QuestionKind::Behavioural, text, Vec::new());

        assert_eq!(dimension_of(&own.question.key), Some("problem_solving"));
        assert!(own.question.key.len() <= 60);
        let keys = builtin().dimensions.iter().flat_map(|dimension| &dimension.questions);
        assert!(keys.into_iter().all(|question| dimension_of(&question.key).is_none()));
    }

    #[test]
    fn a_rubric_takes_further_questions_once_and_only_for_its_dimensions() {
        let question = |dimension| {
            LibraryQuestion::new(dimension, QuestionKind::Situational, Localized::new("en", "And now?"), Vec::new())
        };
        let (listening, charm) = (question("listening"), question("charm"));

        let rubric = builtin().with_questions(vec![listening.clone(), listening.clone(), charm.clone()]);

        assert_eq!(rubric.question(&listening.question.key).unwrap().0.key, "listening");
        assert_eq!(
            rubric.dimension("listening").unwrap().questions.len(),
            builtin().dimension("listening").unwrap().questions.len() + 1
        );
        assert!(rubric.question(&charm.question.key).is_none());
    }

    #[test]
    fn tags_are_small_and_each_once() {
        assert_eq!(tags("Phone,  night  shift ,phone,,"), ["phone", "night shift"]);
        assert!(tags(" , ").is_empty());
    }
}
