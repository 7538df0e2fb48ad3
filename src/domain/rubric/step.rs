//! Steps of editing that are no typing: parts and languages that come, go and change places.

use std::str::FromStr;

use super::{
    Complaint, ComplaintCode, Dimension, Indicator, Label, Localized, MAX_DIMENSIONS, Question, QuestionKind, Rubric,
    Sign,
    check::{MAX_INDICATORS, MAX_ITEMS, MAX_LANGUAGES, MAX_QUESTIONS, is_language},
};
use crate::domain::{medium::Medium, text_enum::Unknown};

/// What a button of a form asks for. Its text form is `add question listening`, `up indicator lis-p1`, `remove language sv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A new dimension with this name, in the language of the form.
    AddDimension(String),
    /// A new question at the end of a dimension.
    AddQuestion(String),
    /// A new indicator at the end of a dimension, for all media.
    AddIndicator(String, Sign),
    /// A new rating error at the end of the guide.
    AddError,
    AddLanguage(String),
    Remove(Part, String),
    Move(Part, String, Way),
}

/// What can be removed, and but for languages moved. An error of the guide goes by its number from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Dimension,
    Question,
    Indicator,
    Error,
    Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

impl FromStr for Step {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Step, Unknown> {
        let (verb, rest) = text.split_once(' ').ok_or(Unknown)?;
        let (what, name) = rest.split_once(' ').unwrap_or((rest, ""));
        let name = name.trim().to_owned();
        let part = match what {
            "dimension" => Part::Dimension,
            "question" => Part::Question,
            "indicator" | "positive" | "negative" => Part::Indicator,
            "error" => Part::Error,
            "language" => Part::Language,
            _ => return Err(Unknown),
        };
        match (verb, what) {
            ("up", _) => Ok(Step::Move(part, name, Way::Up)),
            ("down", _) => Ok(Step::Move(part, name, Way::Down)),
            ("remove", _) => Ok(Step::Remove(part, name)),
            ("add", "dimension") => Ok(Step::AddDimension(name)),
            ("add", "question") => Ok(Step::AddQuestion(name)),
            ("add", "positive") => Ok(Step::AddIndicator(name, Sign::Positive)),
            ("add", "negative") => Ok(Step::AddIndicator(name, Sign::Negative)),
            ("add", "error") => Ok(Step::AddError),
            ("add", "language") => Ok(Step::AddLanguage(name)),
            _ => Err(Unknown),
        }
    }
}

/// Takes a step; answers the key of what was added. A part that somebody else has removed meanwhile is no matter.
///
/// # Errors
/// One complaint about the list that is full, the language that is none, or the language that the rest rests on.
pub(super) fn take(rubric: &mut Rubric, step: &Step, language: &str) -> Result<Option<String>, Vec<Complaint>> {
    match step {
        Step::AddDimension(name) => rubric.add_dimension(name, language).map(Some),
        Step::AddQuestion(dimension) => rubric.add_question(dimension),
        Step::AddIndicator(dimension, sign) => rubric.add_indicator(dimension, *sign),
        Step::AddError => {
            room(rubric.guide.errors.len(), MAX_ITEMS, "guide.errors")?;
            rubric.guide.errors.push(Label { name: Localized::default(), text: Localized::default() });
            Ok(Some((rubric.guide.errors.len() - 1).to_string()))
        }
        Step::AddLanguage(tag) => rubric.add_language(tag).map(|()| Some(tag.clone())),
        Step::Remove(part, key) => rubric.remove(*part, key).map(|()| None),
        Step::Move(part, key, way) => {
            rubric.shift(*part, key, *way);
            Ok(None)
        }
    }
}

/// A key made of a name: small letters, digits and `-`; `fallback` when nothing of the name can stand in a key.
pub fn key_of(name: &str, fallback: &str) -> String {
    let plain = |c: char| match c {
        'å' | 'ä' | 'á' | 'à' | 'â' | 'æ' => "a".to_owned(),
        'ö' | 'ø' | 'ó' | 'ô' => "o".to_owned(),
        'é' | 'è' | 'ê' | 'ë' => "e".to_owned(),
        'ü' | 'ú' => "u".to_owned(),
        c if c.is_ascii_alphanumeric() => c.to_string(),
        _ => " ".to_owned(),
    };
    let words: String = name.to_lowercase().chars().map(plain).collect();
    let key: String = words.split_whitespace().collect::<Vec<_>>().join("-").chars().take(30).collect();
    let key = key.trim_matches('-');
    if key.is_empty() { fallback.to_owned() } else { key.to_owned() }
}

/// `base`, or `base-2`, `base-3` … until it is not taken.
pub fn free_key(base: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number: u32| format!("{base}-{number}"));
    // The second iterator never ends.
    [base.to_owned()].into_iter().chain(numbered).find(|key| !taken(key)).unwrap_or_default()
}

impl Rubric {
    /// Puts a question of the library at the end of a dimension of a draft, in those of the draft's languages that it is
    /// written in. `None` when the draft has no such dimension any more.
    ///
    /// # Errors
    /// One complaint when the dimension is full, or the rubric has the question already.
    pub fn insert_question(&mut self, dimension: &str, question: &Question) -> Result<Option<()>, Vec<Complaint>> {
        let path = format!("dimensions.{dimension}.questions");
        if self.question(&question.key).is_some() {
            return complain(&path, ComplaintCode::KeyRepeated).map(Some);
        }
        let languages = self.languages.clone();
        let Some(found) = self.dimensions.iter_mut().find(|known| known.key == dimension) else { return Ok(None) };
        room(found.questions.len(), MAX_QUESTIONS, &path)?;
        let mut question = question.clone();
        for text in std::iter::once(&mut question.text).chain(&mut question.probes) {
            text.0.retain(|language, _| languages.contains(language));
        }
        found.questions.push(question);
        Ok(Some(()))
    }

    fn add_dimension(&mut self, name: &str, language: &str) -> Result<String, Vec<Complaint>> {
        room(self.dimensions.len(), MAX_DIMENSIONS, "dimensions")?;
        let key = free_key(&key_of(name, "dimension"), |key| self.dimension(key).is_some());
        // Equal to the others, so that a new dimension neither vanishes nor rules.
        let weight = self.dimensions.iter().map(|dimension| dimension.weight).max().unwrap_or(1);
        self.dimensions.push(Dimension {
            key: key.clone(),
            name: Localized::new(language, name),
            headline: Localized::default(),
            definition: Localized::default(),
            why: Localized::default(),
            caution: None,
            weight,
            questions: Vec::new(),
            indicators: Vec::new(),
            not_evidence: Vec::new(),
            anchors: (1..=5).map(|point| (point, Localized::default())).collect(),
        });
        Ok(key)
    }

    fn add_question(&mut self, dimension: &str) -> Result<Option<String>, Vec<Complaint>> {
        let key = self.free_part_key(dimension, 'q', |rubric, key| rubric.question(key).is_some());
        let Some(found) = self.dimensions.iter_mut().find(|one| one.key == dimension) else { return Ok(None) };
        room(found.questions.len(), MAX_QUESTIONS, &format!("dimensions.{dimension}.questions"))?;
        found.questions.push(Question {
            key: key.clone(),
            kind: QuestionKind::Behavioural,
            text: Localized::default(),
            probes: Vec::new(),
        });
        Ok(Some(key))
    }

    fn add_indicator(&mut self, dimension: &str, sign: Sign) -> Result<Option<String>, Vec<Complaint>> {
        let letter = if sign == Sign::Positive { 'p' } else { 'n' };
        let key = self.free_part_key(dimension, letter, |rubric, key| rubric.indicator(key).is_some());
        let Some(found) = self.dimensions.iter_mut().find(|one| one.key == dimension) else { return Ok(None) };
        room(found.indicators.len(), MAX_INDICATORS, &format!("dimensions.{dimension}.indicators"))?;
        found.indicators.push(Indicator {
            key: key.clone(),
            sign,
            media: Medium::ALL.to_vec(),
            text: Localized::default(),
        });
        Ok(Some(key))
    }

    /// `listening-q1`, `listening-p2` …: unique in the whole rubric.
    fn free_part_key(&self, dimension: &str, letter: char, taken: impl Fn(&Rubric, &str) -> bool) -> String {
        let numbered = (1..).map(|number: u32| format!("{dimension}-{letter}{number}"));
        numbered.into_iter().find(|key| !taken(self, key)).unwrap_or_default()
    }

    fn add_language(&mut self, tag: &str) -> Result<(), Vec<Complaint>> {
        if self.languages.iter().any(|known| known == tag) {
            return Ok(());
        }
        if !is_language(tag) {
            return complain("languages", ComplaintCode::LanguageMalformed);
        }
        room(self.languages.len(), MAX_LANGUAGES, "languages")?;
        self.languages.push(tag.to_owned());
        Ok(())
    }

    fn remove(&mut self, part: Part, key: &str) -> Result<(), Vec<Complaint>> {
        match part {
            Part::Dimension => self.dimensions.retain(|dimension| dimension.key != key),
            Part::Question => {
                self.dimensions.iter_mut().for_each(|dimension| dimension.questions.retain(|one| one.key != key));
            }
            Part::Indicator => {
                self.dimensions.iter_mut().for_each(|dimension| dimension.indicators.retain(|one| one.key != key));
            }
            Part::Error => {
                if let Some(at) = key.parse().ok().filter(|at: &usize| *at < self.guide.errors.len()) {
                    self.guide.errors.remove(at);
                }
            }
            Part::Language => {
                if self.languages.first().is_some_and(|first| first == key) {
                    return complain("languages", ComplaintCode::LanguageMissing);
                }
                self.languages.retain(|language| language != key);
                *self = self.map(|_, text| {
                    let mut text = text.clone();
                    text.0.remove(key);
                    text
                });
            }
        }
        Ok(())
    }

    fn shift(&mut self, part: Part, key: &str, way: Way) {
        match part {
            Part::Dimension => shift(&mut self.dimensions, |dimension| dimension.key == key, way),
            Part::Question => {
                self.dimensions
                    .iter_mut()
                    .for_each(|one| shift(&mut one.questions, |question| question.key == key, way));
            }
            Part::Indicator => {
                for dimension in &mut self.dimensions {
                    shift_indicator(&mut dimension.indicators, key, way);
                }
            }
            Part::Error | Part::Language => {}
        }
    }
}

fn shift<T>(list: &mut [T], is_it: impl Fn(&T) -> bool, way: Way) {
    let Some(at) = list.iter().position(is_it) else { return };
    match way {
        Way::Up if at > 0 => list.swap(at, at - 1),
        Way::Down if at + 1 < list.len() => list.swap(at, at + 1),
        _ => {}
    }
}

/// Indicators are shown in two columns, for and against: one moves past the next of its own sign.
fn shift_indicator(list: &mut [Indicator], key: &str, way: Way) {
    let Some(at) = list.iter().position(|indicator| indicator.key == key) else { return };
    let sign = list[at].sign;
    let other = match way {
        Way::Up => (0..at).rev().find(|other| list[*other].sign == sign),
        Way::Down => (at + 1..list.len()).find(|other| list[*other].sign == sign),
    };
    if let Some(other) = other {
        list.swap(at, other);
    }
}

fn room(length: usize, most: usize, path: &str) -> Result<(), Vec<Complaint>> {
    if length < most { Ok(()) } else { complain(path, ComplaintCode::TooMany) }
}

fn complain(path: &str, code: ComplaintCode) -> Result<(), Vec<Complaint>> {
    Err(vec![Complaint { path: path.to_owned(), code }])
}

#[cfg(test)]
mod tests {
    use super::super::builtin;
    use super::*;

    fn after(steps: &[&str]) -> Rubric {
        let mut rubric = builtin().clone();
        for step in steps {
            take(&mut rubric, &step.parse().unwrap(), "en").unwrap();
        }
        rubric
    }

    #[test]
    fn a_new_dimension_has_everything_to_fill_in_and_a_key_of_its_own() {
        let rubric = after(&["add dimension Växa & hjälpa", "add dimension 客户", "add dimension Listening"]);

        let keys: Vec<&str> = rubric.dimensions[6..].iter().map(|dimension| dimension.key.as_str()).collect();
        assert_eq!(keys, ["vaxa-hjalpa", "dimension", "listening-2"]);
        assert!(rubric.check().iter().all(|complaint| complaint.code != ComplaintCode::KeyMalformed));
        assert_eq!(rubric.dimensions[6].anchors.len(), 5);
    }

    #[test]
    fn questions_and_indicators_come_go_and_change_places_with_keys_that_are_never_used_twice() {
        let rubric = after(&[
            "add question listening",
            "add question listening",
            "remove question listening-q1",
            "up question listening-q2",
            "add positive growth",
            "add negative growth",
            "up indicator growth-p1",
        ]);

        let questions: Vec<&str> =
            rubric.dimensions[0].questions.iter().map(|question| question.key.as_str()).collect();
        assert_eq!(questions, ["lis-b1", "lis-b2", "lis-b3", "lis-s1", "listening-q2", "lis-s2"]);
        let positive = |rubric: &Rubric| -> Vec<String> {
            let all = &rubric.dimension("growth").unwrap().indicators;
            all.iter().filter(|one| one.sign == Sign::Positive).map(|one| one.key.clone()).collect()
        };
        let (before, now) = (positive(builtin()), positive(&rubric));
        assert_eq!(now[now.len() - 2], "growth-p1");
        assert_eq!(now.last(), before.last());
    }

    #[test]
    fn a_language_goes_with_all_its_texts_and_the_first_one_stays() {
        let rubric = after(&["add language nb", "remove language sv"]);
        let mut first = rubric.clone();

        assert_eq!(rubric.languages, ["en", "nb"]);
        assert!(rubric.texts().iter().all(|(_, text)| text.get("sv").is_none()));
        assert!(take(&mut first, &"remove language en".parse().unwrap(), "en").is_err());
    }

    #[test]
    fn lists_do_not_grow_without_end_and_nonsense_is_no_step() {
        let mut rubric = builtin().clone();
        for _ in 6..MAX_DIMENSIONS {
            take(&mut rubric, &Step::AddDimension("One more".to_owned()), "en").unwrap();
        }

        let full = take(&mut rubric, &Step::AddDimension("One too many".to_owned()), "en").unwrap_err();

        assert_eq!(full[0].code, ComplaintCode::TooMany);
        assert_eq!("dance question x".parse::<Step>(), Err(Unknown));
        assert_eq!("add magic".parse::<Step>(), Err(Unknown));
    }
}
