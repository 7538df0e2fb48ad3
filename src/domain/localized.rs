//! One text in any number of languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A text by language (`en`, `sv`, `zh-Hans`). A language without a text, or with a blank one, is read in another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localized(pub BTreeMap<String, String>);

impl Localized {
    /// A text in a single language.
    pub fn new(language: impl Into<String>, text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(language.into(), text.into())]))
    }

    /// The text in `language`, else in its base language (`sv` for `sv-FI`), else in any; empty when there is none.
    pub fn in_language(&self, language: &str) -> &str {
        self.in_first_of([language])
    }

    /// The text in the first of `languages` that has one, else in any; empty when there is none.
    pub fn in_first_of<'a>(&self, languages: impl IntoIterator<Item = &'a str>) -> &str {
        languages
            .into_iter()
            .find_map(|language| self.get(language).or_else(|| self.get(base(language))))
            .or_else(|| self.written().next().map(|(_, text)| text))
            .unwrap_or_default()
    }

    /// The text in exactly this language, unless it is blank.
    pub fn get(&self, language: &str) -> Option<&str> {
        self.0.get(language).map(String::as_str).filter(|text| !text.trim().is_empty())
    }

    /// Replaces the text in one language.
    pub fn set(&mut self, language: impl Into<String>, text: impl Into<String>) {
        self.0.insert(language.into(), text.into());
    }

    /// Every language that has a text, with it.
    pub fn written(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(language, text)| (language.as_str(), text.as_str()))
            .filter(|(_, text)| !text.trim().is_empty())
    }
}

fn base(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_the_wanted_language_then_its_base_then_any() {
        let mut text = Localized::new("sv", "Lyssnande");
        text.set("en", "Listening");

        assert_eq!(text.in_language("sv"), "Lyssnande");
        assert_eq!(text.in_language("sv-FI"), "Lyssnande");
        assert_eq!(text.in_language("nb"), "Listening");
        assert_eq!(text.in_first_of(["nb", "sv"]), "Lyssnande");
        assert_eq!(Localized::default().in_language("en"), "");
    }

    #[test]
    fn a_blank_translation_counts_as_not_written() {
        let mut text = Localized::new("en", "Listening");
        text.set("sv", "  ");

        assert_eq!(text.in_language("sv"), "Listening");
        assert_eq!(text.written().count(), 1);
    }
}
