//! Editing a draft: what stands in each place, what somebody typed there, and what happens when two people type at once.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};
use similar::{DiffTag, TextDiff};

use super::{
    Complaint, ComplaintCode, Localized, MAX_TEXT, QuestionKind, Rubric, Sign, Step,
    check::{MAX_ITEMS, MAX_MINUTES, MAX_NAME, MAX_WEIGHT},
    step,
};
use crate::domain::medium::Medium;

/// What one form of a draft brought.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// The language whose texts were typed.
    pub language: String,
    pub typed: Vec<Typed>,
    /// What else the pressed button asks for.
    pub step: Option<Step>,
}

/// What was typed into one place.
#[derive(Clone, Debug)]
pub struct Typed {
    pub path: String,
    pub value: String,
    /// The mark of what stood there when the form was opened ([`Places::marks`]).
    pub seen: String,
}

/// A place that two people changed at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clash {
    pub path: String,
    pub mine: String,
    /// What the other one saved; none when they removed the place.
    pub theirs: Option<String>,
}

/// A draft after an edit.
#[derive(Clone, Debug)]
pub struct Edited {
    pub rubric: Rubric,
    /// How many places differ from before.
    pub changed: usize,
    /// The key of the part that a step added.
    pub added: Option<String>,
}

/// Why an edit was not made. Nothing of it was, so that the whole form can be shown again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejected {
    Invalid(Vec<Complaint>),
    /// Somebody else changed the same places; `merged` is what the form should show, by path.
    Clashes {
        clashes: Vec<Clash>,
        merged: BTreeMap<String, String>,
    },
}

/// What stands in every place of a rubric as a form in one language shows it, by path: texts, lists with one line per item
/// under the list's own path, and facts such as weights.
#[derive(Clone, Debug)]
pub struct Places {
    pub values: BTreeMap<String, String>,
    /// What a translator sees beside: the values in the rubric's first language. Empty when that is the form's language.
    pub originals: BTreeMap<String, String>,
}

impl Places {
    /// A short mark per place that changes with its value, and with the original that a translation belongs to.
    pub fn marks(&self) -> BTreeMap<&str, String> {
        self.values.keys().map(|path| (path.as_str(), self.mark(path))).collect()
    }

    fn mark(&self, path: &str) -> String {
        let value = self.values.get(path).map(String::as_str).unwrap_or_default();
        let original = self.originals.get(path).map(String::as_str).unwrap_or_default();
        let hash = Sha256::new().chain_update(original).chain_update([0]).chain_update(value).finalize();
        hash[..6].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Rubric {
    /// Every place as a form in `language` shows it.
    pub fn places(&self, language: &str) -> Places {
        let originals = match self.languages.first() {
            Some(first) if first != language => self.values(first),
            _ => BTreeMap::new(),
        };
        Places { values: self.values(language), originals }
    }

    /// This draft with an edit made: three-way, place by place, so that two people can edit one draft side by side.
    ///
    /// # Errors
    /// [`Rejected`], and then nothing of the edit is made.
    pub fn edited(&self, edit: &Edit) -> Result<Edited, Rejected> {
        let places = self.places(&edit.language);
        let mut accepted: BTreeMap<&str, &str> = BTreeMap::new();
        let (mut clashes, mut merged) = (Vec::new(), BTreeMap::new());
        for typed in &edit.typed {
            let theirs = places.values.get(&typed.path);
            let untouched = theirs.is_some() && places.mark(&typed.path) == typed.seen;
            let mine_is_old = typed.seen == seen_mark(&places, typed);
            match theirs {
                Some(theirs) if *theirs == typed.value => {}
                Some(_) if untouched => drop(accepted.insert(&typed.path, &typed.value)),
                Some(theirs) if mine_is_old => {
                    merged.insert(typed.path.clone(), theirs.clone());
                    continue;
                }
                None if mine_is_old || typed.value.is_empty() => continue,
                theirs => {
                    clashes.push(Clash { path: typed.path.clone(), mine: typed.value.clone(), theirs: theirs.cloned() })
                }
            }
            merged.insert(typed.path.clone(), typed.value.clone());
        }
        if !clashes.is_empty() {
            return Err(Rejected::Clashes { clashes, merged });
        }
        let mut rubric = self.with(&edit.language, &accepted).map_err(Rejected::Invalid)?;
        let added = match &edit.step {
            Some(step) => step::take(&mut rubric, step, &edit.language).map_err(Rejected::Invalid)?,
            None => None,
        };
        let changed = accepted.len() + usize::from(edit.step.is_some());
        Ok(Edited { rubric, changed, added })
    }

    fn values(&self, language: &str) -> BTreeMap<String, String> {
        let mut values: BTreeMap<String, String> = self.facts().into_iter().collect();
        for (path, text) in self.texts() {
            values.insert(path, text.0.get(language).cloned().unwrap_or_default());
        }
        for dimension in &self.dimensions {
            values.entry(format!("dimensions.{}.caution", dimension.key)).or_default();
        }
        for (path, list) in self.lists() {
            let lines: Vec<&str> = list.iter().map(|text| text.0.get(language).map_or("", String::as_str)).collect();
            values.insert(path, lines.join("\n"));
        }
        values
    }

    fn lists(&self) -> Vec<(String, &Vec<Localized>)> {
        let mut lists: Vec<(String, &Vec<Localized>)> = vec![
            ("rules".to_owned(), &self.rules),
            ("briefing.steps".to_owned(), &self.briefing.steps),
            ("briefing.facts".to_owned(), &self.briefing.facts),
            ("guide.before".to_owned(), &self.guide.before),
            ("guide.during".to_owned(), &self.guide.during),
            ("guide.after".to_owned(), &self.guide.after),
        ];
        for dimension in &self.dimensions {
            let here = format!("dimensions.{}", dimension.key);
            lists.push((format!("{here}.not_evidence"), &dimension.not_evidence));
            for question in &dimension.questions {
                lists.push((format!("{here}.questions.{}.probes", question.key), &question.probes));
            }
        }
        lists
    }

    /// With the values put into their places, all or none.
    fn with(&self, language: &str, values: &BTreeMap<&str, &str>) -> Result<Rubric, Vec<Complaint>> {
        let mut complaints = Vec::new();
        for (path, value) in values {
            if let Some(code) = refused(path, value) {
                complaints.push(Complaint { path: (*path).to_owned(), code });
            }
        }
        if !complaints.is_empty() {
            return Err(complaints);
        }
        let mut rubric = self.map(|path, text| match values.get(path) {
            Some(value) => written(text, language, value),
            None => text.clone(),
        });
        for (path, value) in values {
            rubric.put(path, language, value);
        }
        Ok(rubric)
    }

    /// Lists, cautions and facts; the other texts are where [`Rubric::map`] finds them.
    fn put(&mut self, path: &str, language: &str, value: &str) {
        let parts: Vec<&str> = path.split('.').collect();
        match parts.as_slice() {
            ["minutes"] => self.minutes = value.parse().unwrap_or(self.minutes),
            ["rules"] => set_lines(&mut self.rules, language, value),
            ["briefing", "steps"] => set_lines(&mut self.briefing.steps, language, value),
            ["briefing", "facts"] => set_lines(&mut self.briefing.facts, language, value),
            ["guide", "before"] => set_lines(&mut self.guide.before, language, value),
            ["guide", "during"] => set_lines(&mut self.guide.during, language, value),
            ["guide", "after"] => set_lines(&mut self.guide.after, language, value),
            ["dimensions", key, rest @ ..] => {
                let Some(dimension) = self.dimensions.iter_mut().find(|dimension| dimension.key == *key) else {
                    return;
                };
                match rest {
                    ["weight"] => dimension.weight = value.parse().unwrap_or(dimension.weight),
                    ["caution"] => {
                        let caution = written(&dimension.caution.take().unwrap_or_default(), language, value);
                        let is_written = caution.written().next().is_some();
                        dimension.caution = is_written.then_some(caution);
                    }
                    ["not_evidence"] => set_lines(&mut dimension.not_evidence, language, value),
                    ["questions", key, part] => {
                        let Some(question) = dimension.questions.iter_mut().find(|one| one.key == *key) else { return };
                        match *part {
                            "kind" => question.kind = kind(value).unwrap_or(question.kind),
                            "probes" => set_lines(&mut question.probes, language, value),
                            _ => {}
                        }
                    }
                    ["indicators", key, part] => {
                        let Some(indicator) = dimension.indicators.iter_mut().find(|one| one.key == *key) else {
                            return;
                        };
                        match *part {
                            "sign" => indicator.sign = sign(value).unwrap_or(indicator.sign),
                            "media" => indicator.media = media(value).unwrap_or_default(),
                            _ => {}
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// The mark that the typed value would have, had it stood there when the form was opened.
fn seen_mark(places: &Places, typed: &Typed) -> String {
    let original = places.originals.get(&typed.path).cloned();
    let place = Places {
        values: BTreeMap::from([(typed.path.clone(), typed.value.clone())]),
        originals: original.map(|original| (typed.path.clone(), original)).into_iter().collect(),
    };
    place.mark(&typed.path)
}

/// What keeps a value out of a place of a draft. Whether the whole may be published is [`Rubric::check`]'s to say.
fn refused(path: &str, value: &str) -> Option<ComplaintCode> {
    let part = path.rsplit('.').next().unwrap_or_default();
    match part {
        "minutes" => {
            return (!value.parse().is_ok_and(|minutes| (1..=MAX_MINUTES).contains(&minutes)))
                .then_some(ComplaintCode::MinutesOutOfRange);
        }
        "weight" => {
            return (!value.parse().is_ok_and(|weight: u8| weight <= MAX_WEIGHT))
                .then_some(ComplaintCode::WeightTooLarge);
        }
        "media" => return media(value).is_none().then_some(ComplaintCode::MediumMissing),
        _ => {}
    }
    if value.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Some(ComplaintCode::TextControlCharacter);
    }
    let is_list =
        matches!(part, "rules" | "steps" | "facts" | "before" | "during" | "after" | "not_evidence" | "probes");
    if is_list && value.lines().count() > MAX_ITEMS {
        return Some(ComplaintCode::TooMany);
    }
    let most = if part == "name" { MAX_NAME } else { MAX_TEXT };
    let longest =
        if is_list { value.lines().map(|line| line.chars().count()).max() } else { Some(value.chars().count()) };
    (longest.unwrap_or_default() > most).then_some(ComplaintCode::TextTooLong)
}

fn written(text: &Localized, language: &str, value: &str) -> Localized {
    let mut text = text.clone();
    if value.trim().is_empty() {
        text.0.remove(language);
    } else {
        text.set(language, value);
    }
    text
}

/// Makes a list say these lines. A line that stays keeps its translations, and so does one that is reworded in its place.
fn set_lines(list: &mut Vec<Localized>, language: &str, value: &str) {
    let after: Vec<&str> = value.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let before: Vec<String> = list.iter().map(|text| text.0.get(language).cloned().unwrap_or_default()).collect();
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let mut lines = Vec::with_capacity(after.len());
    for op in TextDiff::from_slices(&before, &after).ops() {
        let (tag, old, new) = op.as_tag_tuple();
        for (at, line) in new.clone().enumerate() {
            let kept = match tag {
                DiffTag::Insert => None,
                _ => old.clone().nth(at).map(|old| list[old].clone()),
            };
            lines.push(written(&kept.unwrap_or_default(), language, after[line]));
        }
    }
    *list = lines;
}

fn kind(value: &str) -> Option<QuestionKind> {
    [QuestionKind::Behavioural, QuestionKind::Situational].into_iter().find(|kind| kind.as_str() == value)
}

fn sign(value: &str) -> Option<Sign> {
    [Sign::Positive, Sign::Negative].into_iter().find(|sign| sign.as_str() == value)
}

fn media(value: &str) -> Option<Vec<Medium>> {
    value.split_whitespace().map(|medium| medium.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Part, Way, builtin};
    use super::*;

    const WHY: &str = "dimensions.listening.why";
    const PROBES: &str = "dimensions.listening.questions.lis-b1.probes";

    /// A form opened on `seen`, in which `typed` was typed.
    fn edit(seen: &Rubric, language: &str, typed: &[(&str, &str)]) -> Edit {
        let places = seen.places(language);
        let marks = places.marks();
        let typed = typed
            .iter()
            .map(|(path, value)| Typed {
                path: (*path).to_owned(),
                value: (*value).to_owned(),
                seen: marks.get(path).cloned().unwrap_or_default(),
            })
            .collect();
        Edit { language: language.to_owned(), typed, step: None }
    }

    fn after(rubric: &Rubric, language: &str, typed: &[(&str, &str)]) -> Rubric {
        rubric.edited(&edit(rubric, language, typed)).unwrap().rubric
    }

    #[test]
    fn a_form_that_changes_nothing_leaves_the_draft_as_it_is() {
        for language in ["en", "sv"] {
            let values = builtin().places(language).values;
            let typed: Vec<(&str, &str)> = values.iter().map(|(path, value)| (path.as_str(), value.as_str())).collect();

            let edited = builtin().edited(&edit(builtin(), language, &typed)).unwrap();

            assert_eq!(&edited.rubric, builtin());
            assert_eq!(edited.changed, 0);
        }
    }

    #[test]
    fn texts_facts_and_lists_are_put_where_they_belong() {
        let draft = after(
            builtin(),
            "en",
            &[
                (WHY, "Because."),
                ("minutes", "50"),
                ("dimensions.listening.weight", "3"),
                ("dimensions.listening.anchors.3", "Gives most of it back."),
                ("dimensions.listening.questions.lis-b1.kind", "situational"),
                ("dimensions.listening.indicators.lis-p1.media", "phone text"),
                ("dimensions.listening.caution", "Mind the line."),
            ],
        );

        let listening = draft.dimension("listening").unwrap();
        assert_eq!(listening.why.get("en"), Some("Because."));
        assert_eq!(listening.why.get("sv"), builtin().dimensions[0].why.get("sv"));
        assert_eq!((draft.minutes, listening.weight), (50, 3));
        assert_eq!(listening.anchors[&3].get("en"), Some("Gives most of it back."));
        assert_eq!(listening.questions[0].kind, QuestionKind::Situational);
        assert_eq!(listening.indicators[0].media, [Medium::Phone, Medium::Text]);
        assert_eq!(listening.caution.as_ref().unwrap().get("en"), Some("Mind the line."));
        assert_eq!(after(&draft, "en", &[("dimensions.listening.caution", "")]).dimensions[0].caution, None);
    }

    #[test]
    fn a_line_keeps_its_translation_when_others_come_go_and_change() {
        let before = &builtin().dimensions[0].questions[0].probes;
        let second = before[1].get("en").unwrap();

        let put_before =
            after(builtin(), "en", &[(PROBES, &format!("A new one?\n{}\n\n{second}", before[0].get("en").unwrap()))]);
        let reworded = after(builtin(), "en", &[(PROBES, &format!("Other words?\n{second}"))]);
        let removed = after(builtin(), "en", &[(PROBES, second)]);

        let probes = |rubric: &Rubric| rubric.dimensions[0].questions[0].probes.clone();
        assert_eq!(probes(&put_before)[0], Localized::new("en", "A new one?"));
        assert_eq!(probes(&put_before)[1..], before[..]);
        assert_eq!(probes(&reworded)[0].get("sv"), before[0].get("sv"));
        assert_eq!(probes(&removed), before[1..]);
    }

    #[test]
    fn two_people_who_change_different_places_both_get_their_way() {
        let mine = edit(builtin(), "en", &[(WHY, "Mine."), ("dimensions.listening.name", "Listening")]);
        let theirs = after(builtin(), "en", &[("dimensions.listening.name", "Hearing")]);

        let both = theirs.edited(&mine).unwrap().rubric;

        assert_eq!(both.dimensions[0].why.get("en"), Some("Mine."));
        assert_eq!(both.dimensions[0].name.get("en"), Some("Hearing"));
    }

    #[test]
    fn two_people_who_change_the_same_place_are_shown_both_texts_and_nothing_is_saved() {
        let mine = edit(builtin(), "en", &[(WHY, "Mine."), ("summary", "Also mine.")]);
        let theirs = after(builtin(), "en", &[(WHY, "Theirs.")]);

        let Err(Rejected::Clashes { clashes, merged }) = theirs.edited(&mine) else { panic!("a clash was expected") };

        let clash = Clash { path: WHY.to_owned(), mine: "Mine.".to_owned(), theirs: Some("Theirs.".to_owned()) };
        assert_eq!(clashes, [clash]);
        assert_eq!((merged[WHY].as_str(), merged["summary"].as_str()), ("Mine.", "Also mine."));
        // The form was shown again upon theirs: whoever saves it now has seen both.
        assert_eq!(after(&theirs, "en", &[(WHY, "Mine.")]).dimensions[0].why.get("en"), Some("Mine."));
    }

    #[test]
    fn what_was_typed_into_a_part_that_somebody_removed_is_handed_back() {
        let mine = edit(builtin(), "en", &[("dimensions.listening.questions.lis-b1.text", "Mine?"), (WHY, "Mine.")]);
        let remove =
            Edit { step: Some(Step::Remove(Part::Question, "lis-b1".to_owned())), ..edit(builtin(), "en", &[]) };
        let theirs = builtin().edited(&remove).unwrap().rubric;

        let Err(Rejected::Clashes { clashes, .. }) = theirs.edited(&mine) else { panic!("a clash was expected") };

        assert_eq!(clashes.len(), 1);
        assert_eq!((clashes[0].mine.as_str(), clashes[0].theirs.as_deref()), ("Mine?", None));
    }

    #[test]
    fn a_translation_clashes_with_a_change_of_the_original() {
        let mine = edit(builtin(), "sv", &[(WHY, "Mitt.")]);
        let theirs = after(builtin(), "en", &[(WHY, "Theirs.")]);

        assert!(matches!(theirs.edited(&mine), Err(Rejected::Clashes { .. })));
    }

    #[test]
    fn what_no_draft_can_hold_is_refused_and_nothing_is_changed() {
        let long = "x".repeat(MAX_TEXT + 1);
        let typed = [(WHY, "a\u{0}b"), ("minutes", "soon"), ("dimensions.listening.weight", "101"), ("summary", &long)];

        let Err(Rejected::Invalid(complaints)) = builtin().edited(&edit(builtin(), "en", &typed)) else {
            panic!("complaints were expected")
        };

        let codes: Vec<&str> = complaints.iter().map(|complaint| complaint.code.as_str()).collect();
        assert_eq!(codes, ["weight-too-large", "text-control-character", "minutes-out-of-range", "text-too-long"]);
    }

    #[test]
    fn a_step_is_taken_after_what_was_typed_is_kept() {
        let step = Some(Step::Move(Part::Dimension, "listening".to_owned(), Way::Down));

        let edited = builtin().edited(&Edit { step, ..edit(builtin(), "en", &[(WHY, "Kept.")]) }).unwrap();

        assert_eq!(edited.rubric.dimensions[1].key, "listening");
        assert_eq!(edited.rubric.dimensions[1].why.get("en"), Some("Kept."));
    }
}
