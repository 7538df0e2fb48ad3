//! The course of the interview in words: what was asked, how long it took, which facts came back.

use serde::Serialize;

use super::words::elapsed;
use crate::{
    domain::{
        localized::Localized,
        rubric::{Dimension, Rubric},
    },
    i18n::Locale,
};

/// Of one dimension.
#[derive(Serialize)]
pub struct Course {
    /// "Asked one question and 2 probes. 6:52 minutes."
    sentence: String,
    /// The words of each, in the rubric's order.
    asked: Vec<String>,
}

impl Course {
    /// `None` when nothing is known of it.
    pub fn new(
        dimension: &Dimension,
        keys: &[String],
        seconds: i32,
        rubric: &Rubric,
        locale: Locale,
    ) -> Option<Course> {
        let probes = keys.iter().filter(|key| key.contains('.')).count();
        let counts = [
            ("questions", (keys.len() - probes).into()),
            ("probes", probes.into()),
            ("time", elapsed(seconds.into()).into()),
        ];
        let parts = [(!keys.is_empty()).then_some("kit-course-asked"), (seconds > 0).then_some("kit-course-time")];
        let sentences: Vec<String> = parts.into_iter().flatten().map(|key| locale.say(key, &counts)).collect();
        if sentences.is_empty() {
            return None;
        }
        let first = rubric.languages.first().map(String::as_str);
        let own = |text| in_own(text, locale, first);
        Some(Course { sentence: sentences.join(" "), asked: asked(dimension, keys, own) })
    }
}

/// The questions and probes with these keys, in words.
pub fn asked<'t>(dimension: &'t Dimension, keys: &[String], own: impl Fn(&'t Localized) -> &'t str) -> Vec<String> {
    let mut found = Vec::new();
    for question in &dimension.questions {
        let probes = (1..).zip(&question.probes).map(|(n, probe)| (question.probe_key(n), probe));
        let all = std::iter::once((question.key.clone(), &question.text)).chain(probes);
        found.extend(all.filter(|(key, _)| keys.contains(key)).map(|(_, text)| own(text).to_owned()));
    }
    found
}

/// "5 of 8: Working hours, Channels …"; empty when none came back.
pub fn facts(rubric: &Rubric, returned: &[String], locale: Locale) -> String {
    let first = rubric.languages.first().map(String::as_str);
    let named: Vec<&str> = (1..)
        .zip(&rubric.briefing.facts)
        .filter(|(n, _): &(usize, _)| returned.contains(&n.to_string()))
        .map(|(_, fact)| in_own(fact, locale, first))
        .collect();
    if named.is_empty() {
        return String::new();
    }
    let counts = [
        ("returned", named.len().into()),
        ("total", rubric.briefing.facts.len().into()),
        ("facts", named.join(", ").into()),
    ];
    locale.say("kit-facts-returned", &counts)
}

fn in_own<'t>(text: &'t Localized, locale: Locale, first: Option<&str>) -> &'t str {
    text.in_first_of([locale.tag()].into_iter().chain(first))
}
