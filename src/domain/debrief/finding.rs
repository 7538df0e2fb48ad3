//! What a debrief says, in words, by rules: on its page, in its figures, in the summary letter.

use std::collections::BTreeMap;

use super::{Change, Voice, has_answered, minority, moved, overall, raters};
use crate::{domain::finding::list, i18n::Locale};

/// The debrief in a few sentences: while it is open who has answered, then what moved, where the mean went, who stays apart.
pub fn finding(voices: &[Voice], weights: &BTreeMap<String, u8>, is_open: bool, locale: Locale) -> String {
    let mut sentences = Vec::new();
    if is_open {
        let all = raters(voices);
        let answered = all.iter().filter(|(rater, _)| has_answered(*rater, voices)).count();
        sentences.push(locale.say("debrief-answered", &[("answered", answered.into()), ("raters", all.len().into())]));
    }
    let count = moved(voices).count();
    if !is_open || count > 0 {
        sentences.push(locale.say("debrief-moved", &[("count", count.into())]));
    }
    if count > 0 {
        sentences.extend(mean(&overall(voices, weights), locale));
    }
    if !is_open {
        sentences.push(apart(voices, locale));
    }
    sentences.join(" ")
}

/// A change in one sentence, for the text beside a figure: who moved, mean and spread.
pub fn movement(change: &Change, locale: Locale) -> String {
    let count = change.lines.iter().filter(|line| line.moved()).count();
    let who = locale.say("debrief-raters-moved", &[("count", count.into()), ("raters", change.lines.len().into())]);
    let Some((before, after)) = change.before.zip(change.after) else { return who };
    let points = |x: f64| if x.fract() == 0.0 { locale.number(x, 0) } else { locale.number(x, 1) };
    let how = locale.say(
        "debrief-mean-and-spread",
        &[
            ("from", locale.number(before.mean, 1).into()),
            ("to", locale.number(after.mean, 1).into()),
            ("before", points(before.spread).into()),
            ("after", points(after.spread).into()),
        ],
    );
    format!("{who} {how}")
}

/// What the summary letter says of a closed debrief: what changed, and who stayed apart on what, when somebody did.
pub fn letter(
    candidate: &str,
    voices: &[Voice],
    weights: &BTreeMap<String, u8>,
    dimension: impl Fn(&str) -> String,
    locale: Locale,
) -> String {
    let count = moved(voices).count();
    let mut said =
        vec![locale.say("debrief-letter", &[("name", candidate.to_owned().into()), ("count", count.into())])];
    if count > 0 {
        said.extend(mean(&overall(voices, weights), locale));
    }
    let mut stayed: Vec<(&str, Vec<String>)> = Vec::new();
    for voice in minority(voices) {
        match stayed.iter_mut().find(|(name, _)| *name == voice.name) {
            Some((_, dimensions)) => dimensions.push(dimension(&voice.dimension)),
            None => stayed.push((&voice.name, vec![dimension(&voice.dimension)])),
        }
    }
    said.extend(stayed.into_iter().map(|(name, dimensions)| {
        let dimensions = list(locale, &dimensions);
        locale.say("debrief-letter-minority", &[("name", name.to_owned().into()), ("dimensions", dimensions.into())])
    }));
    said.join(" ")
}

/// "The weighted mean went from 3.9 to 4.1."; nothing without scores.
fn mean(change: &Change, locale: Locale) -> Option<String> {
    let (before, after) = change.before.zip(change.after)?;
    let (from, to) = (locale.number(before.mean, 1), locale.number(after.mean, 1));
    Some(if from == to {
        locale.say("debrief-mean-stayed", &[("mean", from.into())])
    } else {
        locale.say("debrief-mean-went", &[("from", from.into()), ("to", to.into())])
    })
}

fn apart(voices: &[Voice], locale: Locale) -> String {
    let mut names: Vec<String> = minority(voices).map(|voice| voice.name.clone()).collect();
    names.sort();
    names.dedup();
    locale.say("debrief-apart", &[("count", names.len().into()), ("names", list(locale, &names).into())])
}
