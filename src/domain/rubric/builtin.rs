//! The rubric that comes with the product: six dimensions of emotional intelligence in customer service.

use std::sync::LazyLock;

use super::{Rubric, RubricFile};

/// The key of the built-in rubric.
pub const BUILTIN_KEY: &str = "eq-customer-service";

/// One file per language; the first is the language in which the rubric is complete.
const FILES: [&str; 2] = [
    include_str!("../../../rubrics/eq-customer-service/en.yaml"),
    include_str!("../../../rubrics/eq-customer-service/sv.yaml"),
];

/// The built-in rubric in all its languages.
pub fn builtin() -> &'static Rubric {
    static BUILTIN: LazyLock<Rubric> = LazyLock::new(|| {
        let files: Result<Vec<RubricFile>, _> = FILES.into_iter().map(RubricFile::from_yaml).collect();
        files
            .and_then(|files| Rubric::merge(&files))
            // The files are part of the program, and the tests below read them.
            .unwrap_or_else(|error| panic!("the built-in rubric is broken: {error}"))
    });
    &BUILTIN
}

#[cfg(test)]
pub(super) fn file(language: &str) -> RubricFile {
    let files = FILES.map(|yaml| RubricFile::from_yaml(yaml).unwrap());
    files.into_iter().find(|file| file.languages == [language]).unwrap()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{QuestionKind, Sign};
    use super::*;
    use crate::domain::medium::Medium;

    #[test]
    fn the_builtin_rubric_is_valid_and_written_in_english_and_swedish_throughout() {
        let rubric = builtin();

        assert_eq!(rubric.key, BUILTIN_KEY);
        assert_eq!(rubric.check(), []);
        for (path, text) in rubric.texts() {
            let languages: Vec<&str> = text.written().map(|(language, _)| language).collect();
            assert_eq!(languages, ["en", "sv"], "{path}");
        }
    }

    #[test]
    fn every_dimension_has_three_behavioural_and_two_situational_questions_with_two_probes() {
        for dimension in &builtin().dimensions {
            let of = |kind| dimension.questions.iter().filter(|question| question.kind == kind).count();

            assert_eq!(of(QuestionKind::Behavioural), 3, "{}", dimension.key);
            assert_eq!(of(QuestionKind::Situational), 2, "{}", dimension.key);
            assert!(dimension.questions.iter().all(|question| question.probes.len() == 2));
        }
    }

    #[test]
    fn every_dimension_has_enough_to_listen_for_in_every_medium() {
        for dimension in &builtin().dimensions {
            for medium in Medium::ALL.iter().copied() {
                let indicators = builtin().indicators_for(&dimension.key, medium);
                let positive = indicators.iter().filter(|indicator| indicator.sign == Sign::Positive).count();

                let place = format!("{} {medium}", dimension.key);
                assert!((4..=8).contains(&indicators.len()), "{place}: {}", indicators.len());
                assert!(positive >= 2, "{place}: {positive} positive");
                assert!(indicators.len() > positive, "{place}: nothing negative");
            }
        }
    }

    #[test]
    fn indicators_are_short_enough_to_tick_while_listening() {
        for (path, text) in builtin().texts() {
            if path.contains(".indicators.") {
                for (language, text) in text.written() {
                    assert!(text.chars().count() <= 90, "{language} {path}: {}", text.chars().count());
                }
            }
        }
    }

    #[test]
    fn no_indicator_reads_a_face_a_body_or_a_voice() {
        let stems = [
            "smil",
            "nod",
            "postur",
            "gestur",
            "facial",
            "gaze",
            "voice",
            "tone", //
            "leende",
            "nick",
            "ögon",
            "blick",
            "mimik",
            "ansikt",
            "kroppsspråk",
            "hållning",
            "tonfall",
            "röst",
        ];
        let words = ["eye", "eyes", "ler", "log", "gest", "gester"];
        for (path, text) in builtin().texts() {
            if path.contains(".indicators.") {
                for (_, text) in text.written() {
                    let text = text.to_lowercase();
                    let found = text
                        .split(|c: char| !c.is_alphanumeric())
                        .find(|word| words.contains(word) || stems.iter().any(|stem| word.starts_with(stem)));
                    assert_eq!(found, None, "{path}: {text}");
                }
            }
        }
    }

    #[test]
    fn no_text_is_left_untranslated() {
        let same: BTreeSet<String> = builtin()
            .texts()
            .into_iter()
            .filter(|(_, text)| text.in_language("en") == text.in_language("sv"))
            .map(|(path, _)| path)
            .collect();

        assert_eq!(same, BTreeSet::new());
    }

    #[test]
    fn parts_are_found_by_key() {
        let rubric = builtin();

        let (dimension, question) = rubric.question("com-s1").unwrap();
        let (owner, indicator) = rubric.indicator("lis-p7").unwrap();

        assert_eq!((dimension.key.as_str(), question.kind), ("communication", QuestionKind::Situational));
        assert_eq!((owner.key.as_str(), indicator.media.as_slice()), ("listening", [Medium::Phone].as_slice()));
        assert!(rubric.dimension("charm").is_none());
        assert!(rubric.indicators_for("charm", Medium::Video).is_empty());
    }
}
