//! Every text of a rubric in reading order, each with its path: one walk that all other rules are built on.
//!
//! A path names keyed parts by key and list items by position: `dimensions.listening.questions.lis-b1.probes[0]`.

use super::{Briefing, Dimension, Guide, Indicator, Label, Question, Rubric};

/// What happens to each text: path and text in, the new text out.
type Each<'a, T, U> = &'a mut dyn FnMut(&str, &T) -> U;

impl<T> Rubric<T> {
    /// The same rubric with every text replaced by what `each` makes of it; `each` gets the text's path.
    pub fn map<U>(&self, mut each: impl FnMut(&str, &T) -> U) -> Rubric<U> {
        let f: Each<T, U> = &mut each;
        Rubric {
            key: self.key.clone(),
            languages: self.languages.clone(),
            name: f("name", &self.name),
            summary: f("summary", &self.summary),
            role_family: f("role_family", &self.role_family),
            minutes: self.minutes,
            scale: self.scale.iter().map(|(point, label)| (*point, label.map(&format!("scale.{point}"), f))).collect(),
            not_enough_evidence: self.not_enough_evidence.map("not_enough_evidence", f),
            rules: list("rules", &self.rules, f),
            briefing: self.briefing.map(f),
            guide: self.guide.map(f),
            dimensions: self.dimensions.iter().map(|dimension| dimension.map(f)).collect(),
        }
    }

    /// Every text with its path, in reading order.
    pub fn texts(&self) -> Vec<(String, T)>
    where
        T: Clone,
    {
        let mut texts = Vec::new();
        self.map(|path, text| texts.push((path.to_owned(), text.clone())));
        texts
    }

    /// Everything that is not a text, as words, with its path: order, weights, kinds, signs, media.
    pub(super) fn facts(&self) -> Vec<(String, String)> {
        let mut facts = vec![
            ("key".to_owned(), self.key.clone()),
            ("minutes".to_owned(), self.minutes.to_string()),
            ("dimensions".to_owned(), keys(self.dimensions.iter().map(|dimension| &dimension.key))),
        ];
        for dimension in &self.dimensions {
            let here = format!("dimensions.{}", dimension.key);
            facts.push((format!("{here}.weight"), dimension.weight.to_string()));
            facts.push((format!("{here}.questions"), keys(dimension.questions.iter().map(|question| &question.key))));
            for question in &dimension.questions {
                facts.push((format!("{here}.questions.{}.kind", question.key), question.kind.as_str().to_owned()));
            }
            facts.push((
                format!("{here}.indicators"),
                keys(dimension.indicators.iter().map(|indicator| &indicator.key)),
            ));
            for indicator in &dimension.indicators {
                let media: Vec<&str> = indicator.media.iter().map(|medium| medium.as_str()).collect();
                facts.push((format!("{here}.indicators.{}.sign", indicator.key), indicator.sign.as_str().to_owned()));
                facts.push((format!("{here}.indicators.{}.media", indicator.key), media.join(" ")));
            }
        }
        facts
    }
}

impl<T> Label<T> {
    fn map<U>(&self, here: &str, f: Each<T, U>) -> Label<U> {
        Label { name: f(&format!("{here}.name"), &self.name), text: f(&format!("{here}.text"), &self.text) }
    }
}

impl<T> Briefing<T> {
    fn map<U>(&self, f: Each<T, U>) -> Briefing<U> {
        Briefing {
            text: f("briefing.text", &self.text),
            steps: list("briefing.steps", &self.steps, f),
            facts: list("briefing.facts", &self.facts, f),
        }
    }
}

impl<T> Guide<T> {
    fn map<U>(&self, f: Each<T, U>) -> Guide<U> {
        Guide {
            before: list("guide.before", &self.before, f),
            during: list("guide.during", &self.during, f),
            after: list("guide.after", &self.after, f),
            errors: (0..)
                .zip(&self.errors)
                .map(|(at, error): (usize, _)| error.map(&format!("guide.errors[{at}]"), f))
                .collect(),
        }
    }
}

impl<T> Dimension<T> {
    fn map<U>(&self, f: Each<T, U>) -> Dimension<U> {
        let here = format!("dimensions.{}", self.key);
        Dimension {
            key: self.key.clone(),
            name: f(&format!("{here}.name"), &self.name),
            headline: f(&format!("{here}.headline"), &self.headline),
            definition: f(&format!("{here}.definition"), &self.definition),
            why: f(&format!("{here}.why"), &self.why),
            caution: self.caution.as_ref().map(|caution| f(&format!("{here}.caution"), caution)),
            weight: self.weight,
            questions: self.questions.iter().map(|question| question.map(&here, f)).collect(),
            indicators: self.indicators.iter().map(|indicator| indicator.map(&here, f)).collect(),
            not_evidence: list(&format!("{here}.not_evidence"), &self.not_evidence, f),
            anchors: self
                .anchors
                .iter()
                .map(|(point, anchor)| (*point, f(&format!("{here}.anchors.{point}"), anchor)))
                .collect(),
        }
    }
}

impl<T> Question<T> {
    fn map<U>(&self, dimension: &str, f: Each<T, U>) -> Question<U> {
        let here = format!("{dimension}.questions.{}", self.key);
        Question {
            key: self.key.clone(),
            kind: self.kind,
            text: f(&format!("{here}.text"), &self.text),
            probes: list(&format!("{here}.probes"), &self.probes, f),
        }
    }
}

impl<T> Indicator<T> {
    fn map<U>(&self, dimension: &str, f: Each<T, U>) -> Indicator<U> {
        Indicator {
            key: self.key.clone(),
            sign: self.sign,
            media: self.media.clone(),
            text: f(&format!("{dimension}.indicators.{}.text", self.key), &self.text),
        }
    }
}

fn list<T, U>(here: &str, items: &[T], f: Each<T, U>) -> Vec<U> {
    items.iter().enumerate().map(|(at, item)| f(&format!("{here}[{at}]"), item)).collect()
}

fn keys<'a>(keys: impl Iterator<Item = &'a String>) -> String {
    keys.map(String::as_str).collect::<Vec<_>>().join(" ")
}
