//! One file per language becomes one rubric, and a rubric is read in one language.

use std::fmt;

use serde::Deserializer;
use serde::de::{SeqAccess, Visitor};

use super::{Localized, Rubric, RubricFile};

/// Why files do not make a rubric. Told to whoever wrote the files, not to readers of the product.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RubricError {
    #[error("a rubric needs at least one file")]
    NoFile,
    #[error("not a rubric file: {0}")]
    Malformed(String),
    #[error("a file must name exactly one language, and no two files the same: {0}")]
    Languages(String),
    #[error("the file in {language} has another structure than the first one, from {path} on")]
    Structure { language: String, path: String },
}

impl RubricFile {
    /// Reads a rubric in one language from YAML. Unknown fields are refused.
    pub fn from_yaml(yaml: &str) -> Result<RubricFile, RubricError> {
        serde_saphyr::from_str(yaml).map_err(|error| RubricError::Malformed(error.to_string()))
    }
}

impl Rubric {
    /// Joins files of one rubric, a language each. All must have the same keys, lists, weights and media in the same
    /// order; the first file's language becomes the rubric's first.
    pub fn merge(files: &[RubricFile]) -> Result<Rubric, RubricError> {
        let first = files.first().ok_or(RubricError::NoFile)?;
        let structure = first.structure();
        let mut languages: Vec<String> = Vec::new();
        for file in files {
            match file.languages.as_slice() {
                [language] if !languages.contains(language) => languages.push(language.clone()),
                other => return Err(RubricError::Languages(other.join(" "))),
            }
            if let Some(path) = first_mismatch(&structure, &file.structure()) {
                return Err(RubricError::Structure { language: file.languages.join(" "), path });
            }
        }

        let mut columns: Vec<_> = files.iter().map(|file| file.texts().into_iter()).collect();
        let mut merged = first.map(|_, _| {
            let row = languages.iter().zip(&mut columns);
            Localized(row.filter_map(|(language, texts)| Some((language.clone(), texts.next()?.1))).collect())
        });
        merged.languages = languages;
        Ok(merged)
    }

    /// The rubric as it reads in `language`; what is not translated stands in the rubric's first language.
    pub fn in_language(&self, language: &str) -> RubricFile {
        let first = self.languages.first().map(String::as_str);
        let mut read = self.map(|_, text| text.in_first_of([language].into_iter().chain(first)).to_owned());
        read.languages = vec![language.to_owned()];
        read
    }
}

impl RubricFile {
    fn structure(&self) -> Vec<(String, String)> {
        let texts = self.texts().into_iter().map(|(path, _)| (path, String::new()));
        self.facts().into_iter().chain(texts).collect()
    }
}

fn first_mismatch(one: &[(String, String)], other: &[(String, String)]) -> Option<String> {
    let at = (0..one.len().max(other.len())).find(|&at| one.get(at) != other.get(at))?;
    one.get(at).or(other.get(at)).map(|(path, _)| path.clone())
}

/// A file writes `language: en`, a stored rubric `"languages": ["en", "sv"]`.
pub(super) fn one_or_many<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<String>, D::Error> {
    struct OneOrMany;

    impl<'de> Visitor<'de> for OneOrMany {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a language or a list of languages")
        }

        fn visit_str<E>(self, language: &str) -> Result<Self::Value, E> {
            Ok(vec![language.to_owned()])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            let mut languages = Vec::new();
            while let Some(language) = items.next_element()? {
                languages.push(language);
            }
            Ok(languages)
        }
    }

    input.deserialize_any(OneOrMany)
}

#[cfg(test)]
mod tests {
    use super::super::builtin::{builtin, file};
    use super::*;

    #[test]
    fn a_merged_rubric_reads_in_each_language_as_its_file_does() {
        let files = [file("en"), file("sv")];

        let rubric = Rubric::merge(&files).unwrap();

        assert_eq!(rubric.languages, ["en", "sv"]);
        assert_eq!(rubric.in_language("en"), files[0]);
        assert_eq!(rubric.in_language("sv"), files[1]);
    }

    #[test]
    fn what_is_not_translated_reads_in_the_first_language() {
        let mut rubric = builtin().clone();
        rubric.languages = vec!["sv".to_owned(), "en".to_owned()];

        let read = rubric.in_language("nb");

        assert_eq!(read.dimensions[0].name, "Lyssnande");
        assert_eq!(read.languages, ["nb"]);
    }

    #[test]
    fn files_that_differ_in_structure_are_refused_with_the_place() {
        let english = file("en");
        let mut swedish = file("sv");
        swedish.dimensions[1].questions[0].probes.pop();

        let refused = Rubric::merge(&[english, swedish]).unwrap_err();

        let path = "dimensions.communication.questions.com-b1.probes[1]".to_owned();
        assert_eq!(refused, RubricError::Structure { language: "sv".to_owned(), path });
    }

    #[test]
    fn files_that_differ_in_weight_or_repeat_a_language_are_refused() {
        let mut heavier = file("sv");
        heavier.dimensions[0].weight = 2;

        let other_weight = Rubric::merge(&[file("en"), heavier]).unwrap_err();
        let same_language = Rubric::merge(&[file("en"), file("en")]).unwrap_err();

        assert!(matches!(other_weight, RubricError::Structure { path, .. } if path == "dimensions.listening.weight"));
        assert_eq!(same_language, RubricError::Languages("en".to_owned()));
        assert_eq!(Rubric::merge(&[]).unwrap_err(), RubricError::NoFile);
    }

    #[test]
    fn a_rubric_survives_being_stored_as_json() {
        let stored = serde_json::to_value(builtin()).unwrap();

        let read: Rubric = serde_json::from_value(stored.clone()).unwrap();

        assert_eq!(&read, builtin());
        assert_eq!(
            stored["dimensions"][0]["anchors"]["3"]["sv"],
            builtin().dimensions[0].anchors[&3].in_language("sv")
        );
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let mut stored = serde_json::to_value(builtin()).unwrap();
        stored["colour"] = "green".into();

        assert!(serde_json::from_value::<Rubric>(stored).is_err());
    }
}
