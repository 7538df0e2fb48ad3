//! The places of a rubric in words, and where each is edited.

use crate::{
    domain::{
        id::RubricId,
        rubric::{Dimension, Rubric},
    },
    i18n::Locale,
};

/// Names places for a reader. `rubrics` are looked through in order: a part that a draft removed is found in the version
/// before it.
pub struct Places<'a> {
    pub locale: Locale,
    pub language: &'a str,
    pub rubrics: Vec<&'a Rubric>,
}

/// A page of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Section {
    Basics,
    Guide,
    Dimension(String),
}

impl Section {
    /// Where a path is edited; none for what the draft's first page arranges: languages and the order of dimensions.
    pub fn of(path: &str) -> Option<Section> {
        match path.split(['.', '[']).next().unwrap_or_default() {
            "languages" | "key" => None,
            "guide" | "briefing" => Some(Section::Guide),
            "dimensions" => {
                let key = path.strip_prefix("dimensions.")?.split('.').next()?;
                Some(Section::Dimension(key.to_owned()))
            }
            _ => Some(Section::Basics),
        }
    }

    pub fn path(&self, id: RubricId) -> String {
        match self {
            Section::Basics => format!("/rubrics/{id}/draft/basics"),
            Section::Guide => format!("/rubrics/{id}/draft/guide"),
            Section::Dimension(key) => format!("/rubrics/{id}/draft/dimensions/{key}"),
        }
    }
}

impl Places<'_> {
    /// "Listening · Question 2 · Follow-up questions".
    pub fn words(&self, path: &str) -> String {
        self.crumbs(path).join(" · ")
    }

    /// The last part of [`Places::words`], for a label where the rest stands above.
    pub fn label(&self, path: &str) -> String {
        let crumbs = self.crumbs(path);
        // An item of a list is named with its list.
        let shown = if path.ends_with(']') { 2 } else { 1 };
        crumbs[crumbs.len().saturating_sub(shown)..].join(" · ")
    }

    /// Where the place is edited, in the given language.
    pub fn href(&self, id: RubricId, path: &str, language: &str) -> String {
        match Section::of(path) {
            None => format!("/rubrics/{id}/draft"),
            Some(section) => {
                let place = path.split('[').next().unwrap_or_default();
                format!("{}?language={language}#{place}", section.path(id))
            }
        }
    }

    fn crumbs(&self, path: &str) -> Vec<String> {
        let (path, line) = match path.split_once('[') {
            Some((list, rest))
                if !list.ends_with("dimensions") && !list.ends_with("errors") && !list.ends_with("languages") =>
            {
                (list, rest.trim_end_matches(']').parse::<usize>().ok())
            }
            _ => (path, None),
        };
        let parts: Vec<&str> = path.split('.').collect();
        let mut crumbs = match parts.as_slice() {
            ["dimensions", key, rest @ ..] => {
                let mut crumbs = vec![self.dimension(key)];
                crumbs.extend(self.within(key, rest));
                crumbs
            }
            ["scale", point, rest @ ..] => [self.numbered("rating", point)]
                .into_iter()
                .chain(rest.iter().map(|part| self.part_words(part)))
                .collect(),
            [indexed, rest @ ..] if indexed.starts_with("dimensions[") => self.by_position(indexed, rest),
            ["guide", error, rest @ ..] if error.starts_with("errors[") => {
                let number = position(error).map_or(0, |at| at + 1).to_string();
                [self.numbered("error", &number)]
                    .into_iter()
                    .chain(rest.iter().map(|part| self.part_words(part)))
                    .collect()
            }
            ["guide", part] => vec![self.part_words(part)],
            ["briefing", part] => vec![self.part_words("briefing"), self.part_words(part)],
            parts => parts.iter().map(|part| self.part_words(part.split('[').next().unwrap_or_default())).collect(),
        };
        if let Some(line) = line {
            crumbs.push(self.numbered("line", &(line + 1).to_string()));
        }
        crumbs
    }

    fn within(&self, dimension: &str, rest: &[&str]) -> Vec<String> {
        match rest {
            ["anchors", point] => vec![self.numbered("anchor", point)],
            ["questions", key, part] => {
                let number = self.number(dimension, |found| found.questions.iter().position(|one| one.key == *key));
                let part = if *part == "text" { "question-text" } else { part };
                vec![self.numbered("question", &number), self.part_words(part)]
            }
            ["indicators", key, part] => {
                let number = self.number(dimension, |found| found.indicators.iter().position(|one| one.key == *key));
                let part = if *part == "text" { "indicator-text" } else { part };
                vec![self.numbered("indicator", &number), self.part_words(part)]
            }
            parts => parts.iter().map(|part| self.part_words(part)).collect(),
        }
    }

    /// `dimensions[0].questions[1].key`: what has no proper key yet.
    fn by_position(&self, indexed: &str, rest: &[&str]) -> Vec<String> {
        let key =
            position(indexed).and_then(|at| self.rubrics.first()?.dimensions.get(at)).map(|found| found.key.as_str());
        let mut crumbs = vec![self.dimension(key.unwrap_or_default())];
        crumbs.extend(rest.iter().map(|part| match (part.split_once('['), position(part)) {
            (Some((list, _)), Some(at)) => self.numbered(list.trim_end_matches('s'), &(at + 1).to_string()),
            _ => self.part_words(part),
        }));
        crumbs
    }

    fn dimension(&self, key: &str) -> String {
        let found = self.rubrics.iter().find_map(|rubric| Some((*rubric, rubric.dimension(key)?)));
        let name = found.map(|(rubric, dimension)| {
            let first = rubric.languages.first().map(String::as_str);
            dimension.name.in_first_of([self.language].into_iter().chain(first)).to_owned()
        });
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| self.part_words("unnamed"))
    }

    fn number(&self, dimension: &str, position: impl Fn(&Dimension) -> Option<usize>) -> String {
        let found = self.rubrics.iter().find_map(|rubric| rubric.dimension(dimension).and_then(&position));
        found.map(|at| (at + 1).to_string()).unwrap_or_default()
    }

    fn numbered(&self, what: &str, number: &str) -> String {
        self.locale.say(&format!("rubric-numbered-{what}"), &[("number", number.into())])
    }

    fn part_words(&self, part: &str) -> String {
        self.locale.word(&format!("rubric-place-{}", part.replace('_', "-")))
    }
}

fn position(indexed: &str) -> Option<usize> {
    indexed.split_once('[')?.1.trim_end_matches(']').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rubric::builtin;

    #[test]
    fn every_place_has_words_and_a_page_in_every_language() {
        for locale in Locale::ALL {
            let places = Places { locale, language: locale.tag(), rubrics: vec![builtin()] };
            for path in builtin().places("en").values.keys() {
                for crumb in places.crumbs(path) {
                    assert!(!crumb.is_empty() && !crumb.contains("rubric-"), "{locale} {path}: {crumb}");
                }
            }
        }
    }

    #[test]
    fn a_place_is_named_as_a_reader_would_find_it() {
        let places = Places { locale: Locale::En, language: "en", rubrics: vec![builtin()] };

        let cases = [
            ("dimensions.listening.anchors.3", "Listening · Anchor 3"),
            (
                "dimensions.listening.questions.lis-b2.probes[0]",
                "Listening · Question 2 · Follow-up questions · Line 1",
            ),
            ("dimensions.listening.indicators.lis-p1.media", "Listening · Indicator 1 · Media"),
            ("dimensions[1].questions[0].key", "Communication · Question 1 · Short name"),
            ("dimensions.charm.weight", "Without a name · Weight"),
            ("scale.4.name", "Rating 4 · Name"),
            ("guide.errors[1].text", "Error 2 · Explanation"),
            ("languages[2]", "Languages"),
        ];
        for (path, words) in cases {
            assert_eq!(places.words(path), words);
        }
    }
}
