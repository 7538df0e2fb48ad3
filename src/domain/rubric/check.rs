//! What a rubric must hold before it may be published.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Localized, Rubric};

/// The most dimensions that one interview can cover.
pub const MAX_DIMENSIONS: usize = 12;
/// The longest text, in characters.
pub const MAX_TEXT: usize = 2000;
/// The longest name, in characters: it must fit in a list.
pub(super) const MAX_NAME: usize = 120;
pub(super) const MAX_LANGUAGES: usize = 12;
pub(super) const MAX_QUESTIONS: usize = 20;
pub(super) const MAX_INDICATORS: usize = 60;
pub(super) const MAX_ITEMS: usize = 40;
pub(super) const MAX_MINUTES: u16 = 480;
pub(super) const MAX_WEIGHT: u8 = 100;

/// One thing that keeps a rubric from being published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// Where, for example `dimensions.listening.anchors.3`.
    pub path: String,
    pub code: ComplaintCode,
}

/// What is wrong; the words for it are in the catalogues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComplaintCode {
    AnchorUnexpected,
    DimensionMissing,
    KeyMalformed,
    KeyRepeated,
    LanguageMalformed,
    LanguageMissing,
    LanguageRepeated,
    MediumMissing,
    MediumRepeated,
    MinutesOutOfRange,
    QuestionMissing,
    TextControlCharacter,
    TextMissing,
    TextTooLong,
    TextUnknownLanguage,
    TooMany,
    WeightTooLarge,
    WeightsAllZero,
}

impl Rubric {
    /// Everything that keeps this rubric from being published, in reading order; empty when nothing does.
    pub fn check(&self) -> Vec<Complaint> {
        let mut complaints = Complaints::default();
        self.check_languages(&mut complaints);
        self.check_keys(&mut complaints);
        self.check_sizes(&mut complaints);
        self.check_weights(&mut complaints);
        self.check_dimensions(&mut complaints);
        self.check_texts(&mut complaints);
        complaints.0
    }

    fn check_languages(&self, complaints: &mut Complaints) {
        complaints.when(self.languages.is_empty(), "languages", ComplaintCode::LanguageMissing);
        complaints.when(self.languages.len() > MAX_LANGUAGES, "languages", ComplaintCode::TooMany);
        let mut seen = BTreeSet::new();
        for (at, language) in self.languages.iter().enumerate() {
            let path = format!("languages[{at}]");
            complaints.when(!is_language(language), &path, ComplaintCode::LanguageMalformed);
            complaints.when(!seen.insert(language), &path, ComplaintCode::LanguageRepeated);
        }
    }

    fn check_keys(&self, complaints: &mut Complaints) {
        complaints.when(!is_key(&self.key), "key", ComplaintCode::KeyMalformed);
        let (mut dimensions, mut questions, mut indicators) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (d, dimension) in self.dimensions.iter().enumerate() {
            complaints.key(format!("dimensions[{d}].key"), &dimension.key, &mut dimensions);
            for (q, question) in dimension.questions.iter().enumerate() {
                complaints.key(format!("dimensions[{d}].questions[{q}].key"), &question.key, &mut questions);
            }
            for (i, indicator) in dimension.indicators.iter().enumerate() {
                complaints.key(format!("dimensions[{d}].indicators[{i}].key"), &indicator.key, &mut indicators);
            }
        }
    }

    fn check_sizes(&self, complaints: &mut Complaints) {
        complaints.when(!(1..=MAX_MINUTES).contains(&self.minutes), "minutes", ComplaintCode::MinutesOutOfRange);
        complaints.when(self.dimensions.is_empty(), "dimensions", ComplaintCode::DimensionMissing);
        let lists = [
            ("rules".to_owned(), self.rules.len(), MAX_ITEMS),
            ("briefing.steps".to_owned(), self.briefing.steps.len(), MAX_ITEMS),
            ("briefing.facts".to_owned(), self.briefing.facts.len(), MAX_ITEMS),
            ("guide.before".to_owned(), self.guide.before.len(), MAX_ITEMS),
            ("guide.during".to_owned(), self.guide.during.len(), MAX_ITEMS),
            ("guide.after".to_owned(), self.guide.after.len(), MAX_ITEMS),
            ("guide.errors".to_owned(), self.guide.errors.len(), MAX_ITEMS),
            ("dimensions".to_owned(), self.dimensions.len(), MAX_DIMENSIONS),
        ];
        let inner = self.dimensions.iter().flat_map(|dimension| {
            let here = format!("dimensions.{}", dimension.key);
            let probes = dimension.questions.iter().map({
                let here = here.clone();
                move |question| (format!("{here}.questions.{}.probes", question.key), question.probes.len(), MAX_ITEMS)
            });
            [
                (format!("{here}.questions"), dimension.questions.len(), MAX_QUESTIONS),
                (format!("{here}.indicators"), dimension.indicators.len(), MAX_INDICATORS),
                (format!("{here}.not_evidence"), dimension.not_evidence.len(), MAX_ITEMS),
            ]
            .into_iter()
            .chain(probes)
        });
        for (path, length, most) in lists.into_iter().chain(inner) {
            complaints.when(length > most, &path, ComplaintCode::TooMany);
        }
    }

    fn check_weights(&self, complaints: &mut Complaints) {
        for dimension in &self.dimensions {
            let path = format!("dimensions.{}.weight", dimension.key);
            complaints.when(dimension.weight > MAX_WEIGHT, &path, ComplaintCode::WeightTooLarge);
        }
        let all_zero = !self.dimensions.is_empty() && self.dimensions.iter().all(|dimension| dimension.weight == 0);
        complaints.when(all_zero, "dimensions", ComplaintCode::WeightsAllZero);
    }

    fn check_dimensions(&self, complaints: &mut Complaints) {
        for dimension in &self.dimensions {
            let here = format!("dimensions.{}", dimension.key);
            complaints.when(
                dimension.questions.is_empty(),
                &format!("{here}.questions"),
                ComplaintCode::QuestionMissing,
            );
            complaints.points(&format!("{here}.anchors"), dimension.anchors.keys());
            for indicator in &dimension.indicators {
                let path = format!("{here}.indicators.{}.media", indicator.key);
                let different: BTreeSet<_> = indicator.media.iter().collect();
                complaints.when(indicator.media.is_empty(), &path, ComplaintCode::MediumMissing);
                complaints.when(different.len() < indicator.media.len(), &path, ComplaintCode::MediumRepeated);
            }
        }
        complaints.points("scale", self.scale.keys());
    }

    fn check_texts(&self, complaints: &mut Complaints) {
        let first = self.languages.first().map(String::as_str).unwrap_or_default();
        self.map(|path, text| {
            complaints.when(is_required(path) && text.get(first).is_none(), path, ComplaintCode::TextMissing);
            self.check_text(path, text, complaints);
        });
    }

    fn check_text(&self, path: &str, text: &Localized, complaints: &mut Complaints) {
        let most = if path == "name" || path.ends_with(".name") { MAX_NAME } else { MAX_TEXT };
        for (language, text) in &text.0 {
            let control = text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
            complaints.when(!self.languages.contains(language), path, ComplaintCode::TextUnknownLanguage);
            complaints.when(text.chars().count() > most, path, ComplaintCode::TextTooLong);
            complaints.when(control, path, ComplaintCode::TextControlCharacter);
        }
    }
}

impl ComplaintCode {
    /// The catalogue's key of the sentence that says what is wrong.
    pub const fn message(self) -> &'static str {
        match self {
            ComplaintCode::AnchorUnexpected => "rubric-complaint-anchor-unexpected",
            ComplaintCode::DimensionMissing => "rubric-complaint-dimension-missing",
            ComplaintCode::KeyMalformed => "rubric-complaint-key-malformed",
            ComplaintCode::KeyRepeated => "rubric-complaint-key-repeated",
            ComplaintCode::LanguageMalformed => "rubric-complaint-language-malformed",
            ComplaintCode::LanguageMissing => "rubric-complaint-language-missing",
            ComplaintCode::LanguageRepeated => "rubric-complaint-language-repeated",
            ComplaintCode::MediumMissing => "rubric-complaint-medium-missing",
            ComplaintCode::MediumRepeated => "rubric-complaint-medium-repeated",
            ComplaintCode::MinutesOutOfRange => "rubric-complaint-minutes-out-of-range",
            ComplaintCode::QuestionMissing => "rubric-complaint-question-missing",
            ComplaintCode::TextControlCharacter => "rubric-complaint-text-control-character",
            ComplaintCode::TextMissing => "rubric-complaint-text-missing",
            ComplaintCode::TextTooLong => "rubric-complaint-text-too-long",
            ComplaintCode::TextUnknownLanguage => "rubric-complaint-text-unknown-language",
            ComplaintCode::TooMany => "rubric-complaint-too-many",
            ComplaintCode::WeightTooLarge => "rubric-complaint-weight-too-large",
            ComplaintCode::WeightsAllZero => "rubric-complaint-weights-all-zero",
        }
    }

    /// The code in the API and in the names of catalogue entries, in kebab-case.
    pub const fn as_str(self) -> &'static str {
        match self {
            ComplaintCode::AnchorUnexpected => "anchor-unexpected",
            ComplaintCode::DimensionMissing => "dimension-missing",
            ComplaintCode::KeyMalformed => "key-malformed",
            ComplaintCode::KeyRepeated => "key-repeated",
            ComplaintCode::LanguageMalformed => "language-malformed",
            ComplaintCode::LanguageMissing => "language-missing",
            ComplaintCode::LanguageRepeated => "language-repeated",
            ComplaintCode::MediumMissing => "medium-missing",
            ComplaintCode::MediumRepeated => "medium-repeated",
            ComplaintCode::MinutesOutOfRange => "minutes-out-of-range",
            ComplaintCode::QuestionMissing => "question-missing",
            ComplaintCode::TextControlCharacter => "text-control-character",
            ComplaintCode::TextMissing => "text-missing",
            ComplaintCode::TextTooLong => "text-too-long",
            ComplaintCode::TextUnknownLanguage => "text-unknown-language",
            ComplaintCode::TooMany => "too-many",
            ComplaintCode::WeightTooLarge => "weight-too-large",
            ComplaintCode::WeightsAllZero => "weights-all-zero",
        }
    }
}

#[derive(Default)]
struct Complaints(Vec<Complaint>);

impl Complaints {
    fn when(&mut self, wrong: bool, path: &str, code: ComplaintCode) {
        if wrong {
            self.0.push(Complaint { path: path.to_owned(), code });
        }
    }

    fn key<'a>(&mut self, path: String, key: &'a str, seen: &mut BTreeSet<&'a str>) {
        self.when(!is_key(key), &path, ComplaintCode::KeyMalformed);
        self.when(!seen.insert(key), &path, ComplaintCode::KeyRepeated);
    }

    /// Exactly the points 1 to 5 must be there.
    fn points<'a>(&mut self, here: &str, points: impl Iterator<Item = &'a u8>) {
        let points: BTreeSet<u8> = points.copied().collect();
        for point in 1..=5 {
            self.when(!points.contains(&point), &format!("{here}.{point}"), ComplaintCode::TextMissing);
        }
        for point in points.into_iter().filter(|point| !(1..=5).contains(point)) {
            self.when(true, &format!("{here}.{point}"), ComplaintCode::AnchorUnexpected);
        }
    }
}

/// Whether an interview could not be held, or a rating not be given, without this text.
fn is_required(path: &str) -> bool {
    let part = path.strip_prefix("dimensions.").and_then(|rest| rest.split_once('.')).map(|(_, part)| part);
    match part {
        None => {
            path == "name"
                || path == "not_enough_evidence.name"
                || (path.starts_with("scale.") && path.ends_with(".name"))
        }
        Some(part) => {
            part == "name"
                || part == "definition"
                || part.starts_with("anchors.")
                || ((part.starts_with("questions.") || part.starts_with("indicators.")) && part.ends_with(".text"))
        }
    }
}

fn is_key(key: &str) -> bool {
    (1..=60).contains(&key.len())
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
}

/// The shape of a BCP 47 tag: a base of two or three small letters, then subtags.
pub(super) fn is_language(language: &str) -> bool {
    let mut parts = language.split('-');
    let base = parts.next().unwrap_or_default();
    (2..=3).contains(&base.len())
        && base.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::super::builtin;
    use super::*;

    /// What `check` says about the built-in rubric after `spoil`.
    fn complaints(spoil: impl FnOnce(&mut Rubric)) -> Vec<(String, &'static str)> {
        let mut rubric = builtin().clone();
        spoil(&mut rubric);
        rubric.check().into_iter().map(|complaint| (complaint.path, complaint.code.as_str())).collect()
    }

    fn one(path: &str, code: &'static str) -> Vec<(String, &'static str)> {
        vec![(path.to_owned(), code)]
    }

    #[test]
    fn an_anchor_that_is_absent_or_blank_in_the_first_language_is_named() {
        let absent = complaints(|rubric| drop(rubric.dimensions[0].anchors.remove(&3)));
        let blank = complaints(|rubric| rubric.dimensions[0].anchors.get_mut(&3).unwrap().set("en", " "));
        let extra = complaints(|rubric| drop(rubric.dimensions[0].anchors.insert(6, Localized::new("en", "Six"))));

        assert_eq!(absent, one("dimensions.listening.anchors.3", "text-missing"));
        assert_eq!(blank, one("dimensions.listening.anchors.3", "text-missing"));
        assert_eq!(extra, one("dimensions.listening.anchors.6", "anchor-unexpected"));
    }

    #[test]
    fn a_missing_translation_is_no_complaint() {
        assert_eq!(complaints(|rubric| rubric.dimensions[0].name.set("sv", "")), []);
    }

    #[test]
    fn keys_must_be_well_formed_and_unique_across_the_rubric() {
        let malformed = complaints(|rubric| rubric.dimensions[2].key = "Good mood!".to_owned());
        let repeated = complaints(|rubric| rubric.dimensions[1].questions[0].key = "lis-b1".to_owned());
        let long = complaints(|rubric| rubric.key = "k".repeat(61));

        assert_eq!(malformed, one("dimensions[2].key", "key-malformed"));
        assert_eq!(repeated, one("dimensions[1].questions[0].key", "key-repeated"));
        assert_eq!(long, one("key", "key-malformed"));
    }

    #[test]
    fn weights_stay_within_a_hundred_and_are_not_all_zero() {
        let large = complaints(|rubric| rubric.dimensions[5].weight = 101);
        let none = complaints(|rubric| rubric.dimensions.iter_mut().for_each(|dimension| dimension.weight = 0));

        assert_eq!(large, one("dimensions.growth.weight", "weight-too-large"));
        assert_eq!(none, one("dimensions", "weights-all-zero"));
    }

    #[test]
    fn a_rubric_without_dimensions_or_with_too_many_is_refused() {
        let none = complaints(|rubric| rubric.dimensions.clear());
        let many = complaints(|rubric| {
            let mut spare = rubric.dimensions[0].clone();
            (spare.questions, spare.indicators) = (spare.questions[..1].to_vec(), Vec::new());
            for n in 0..7 {
                spare.key = format!("spare-{n}");
                spare.questions[0].key = format!("spare-{n}");
                rubric.dimensions.push(spare.clone());
            }
        });

        assert_eq!(none, one("dimensions", "dimension-missing"));
        assert_eq!(many, one("dimensions", "too-many"));
    }

    #[test]
    fn a_dimension_needs_a_question_and_an_indicator_its_media() {
        let silent = complaints(|rubric| rubric.dimensions[0].questions.clear());
        let nowhere = complaints(|rubric| rubric.dimensions[0].indicators[0].media.clear());

        assert_eq!(silent, one("dimensions.listening.questions", "question-missing"));
        assert_eq!(nowhere, one("dimensions.listening.indicators.lis-p1.media", "medium-missing"));
    }

    #[test]
    fn texts_are_bounded_clean_and_in_a_language_of_the_rubric() {
        let long = complaints(|rubric| rubric.rules[0].set("en", "x".repeat(MAX_TEXT + 1)));
        let null = complaints(|rubric| rubric.summary.set("sv", "nul\0l"));
        let foreign = complaints(|rubric| rubric.name.set("fi", "Haastattelu"));

        assert_eq!(long, one("rules[0]", "text-too-long"));
        assert_eq!(null, one("summary", "text-control-character"));
        assert_eq!(foreign, one("name", "text-unknown-language"));
    }

    #[test]
    fn languages_are_named_once_by_their_tag() {
        let twice = complaints(|rubric| rubric.languages.push("en".to_owned()));
        let malformed = complaints(|rubric| rubric.languages.push("Norsk".to_owned()));
        let script = complaints(|rubric| rubric.languages.push("zh-Hans".to_owned()));

        assert_eq!(twice, one("languages[2]", "language-repeated"));
        assert_eq!(malformed, one("languages[2]", "language-malformed"));
        assert_eq!(script, []);
    }

    #[test]
    fn a_code_is_written_the_same_in_json_and_in_words() {
        let code = ComplaintCode::TextUnknownLanguage;

        assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
    }
}
