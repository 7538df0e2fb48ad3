//! What a comparison says, in words, by rules: the finding, the mail's subject, how a panel agrees, what is missing.

use std::collections::HashMap;

mod remarks;

pub use remarks::{
    adjustment, cautions, differences, level, order_holds, pair, precision, profile, reliability, shortlist,
    weights_in_words,
};

use super::{
    comparison::{AgreementLevel, CandidateResult, Caution, Comparison, List, Next, Verdict},
    id::CandidateId,
};
use crate::i18n::{FluentValue, Locale};

/// More names than this in one sentence are counted instead.
const NAMES: usize = 4;

/// The comparison in one to three sentences: who stands apart, who can't be told apart, what would help most.
pub fn finding(comparison: &Comparison, locale: Locale) -> String {
    let say = Words::new(comparison, locale);
    let mut sentences = match comparison.verdict {
        Verdict::NothingYet => vec![say.key("comparison-finding-nothing-yet", &[])],
        Verdict::OneCandidate => {
            let rated: Vec<CandidateId> =
                comparison.candidates.iter().filter(|c| c.ratings > 0).map(|c| c.id).collect();
            vec![say.key("comparison-finding-one-candidate", &[("name", say.some(&rated).into())])]
        }
        Verdict::TooFewToTell => vec![say.key("comparison-finding-too-few", &[])],
        Verdict::SeenByDifferentPeople { lists } => say.apart(lists),
        _ => say.list(0, say.help()),
    };
    sentences.extend(say.unrated());
    sentences.extend(say.could_change());
    sentences.join(" ")
}

/// What can be said within one of several lists: "Amara stands apart from the rest."
pub fn of_list(comparison: &Comparison, list: usize, locale: Locale) -> String {
    let say = Words::new(comparison, locale);
    match comparison.lists.get(list).map(|list| list.verdict) {
        Some(Verdict::OneCandidate) => {
            say.key("comparison-list-alone", &[("name", say.group(&comparison.lists[list].candidates).into())])
        }
        Some(Verdict::TooFewToTell) => say.key("comparison-list-one-rater", &[]),
        Some(_) => say.list(list, None).join(" "),
        None => String::new(),
    }
}

/// The finding as a mail's subject, without names: "Two of five stand apart – Customer support agent, Oslo".
pub fn subject(comparison: &Comparison, job: &str, locale: Locale) -> String {
    let total = comparison.candidates.len();
    let spelled = |n: usize| locale.say("comparison-count-word", &[("count", n.into())]);
    let say = |key: &str, n: usize| {
        locale.say(key, &[("few", spelled(n).into()), ("all", spelled(total).into()), ("count", n.into())])
    };
    let what = match comparison.verdict {
        Verdict::NothingYet => say("comparison-subject-nothing-yet", 0),
        Verdict::OneCandidate => say("comparison-subject-one-candidate", 1),
        Verdict::TooFewToTell => say("comparison-subject-too-few", 0),
        Verdict::OneStandsApart => say("comparison-subject-apart", 1),
        Verdict::SeveralStandApart { count } => say("comparison-subject-apart", count),
        Verdict::SeveralLead { count } => say("comparison-subject-lead", count),
        Verdict::TooCloseToCall => say("comparison-subject-close", total),
        Verdict::SeenByDifferentPeople { lists } => say("comparison-subject-lists", lists),
    };
    locale.say("comparison-subject", &[("finding", capitalised(&what).into()), ("job", job.to_owned().into())])
}

/// How well the panel agrees on a candidate: "good, split on problem solving (2 · 3 · 5)".
pub fn agreement(candidate: &CandidateResult, comparison: &Comparison, locale: Locale) -> String {
    let level = match candidate.agreement.level {
        AgreementLevel::NotRated => return locale.word("comparison-agreement-not-rated"),
        AgreementLevel::Unknown if candidate.raters == 1 => return locale.word("comparison-agreement-one-rater"),
        AgreementLevel::Unknown => return locale.word("comparison-agreement-nothing-shared"),
        AgreementLevel::VeryGood => "comparison-agreement-very-good",
        AgreementLevel::Good => "comparison-agreement-good",
        AgreementLevel::Poor => "comparison-agreement-poor",
    };
    let splits: Vec<String> = candidate
        .cells
        .iter()
        .filter(|cell| cell.disagreement)
        .map(|cell| {
            let mut points: Vec<i16> = cell.ticks.iter().filter_map(|tick| tick.rating.score()).collect();
            points.sort_unstable();
            let points: Vec<String> = points.iter().map(i16::to_string).collect();
            format!("{} ({})", dimension_name(comparison, &cell.dimension, locale), points.join(" · "))
        })
        .collect();
    let level = locale.word(level);
    if splits.is_empty() {
        return level;
    }
    locale.say("comparison-agreement-split", &[("level", level.into()), ("dimensions", list(locale, &splits).into())])
}

/// "1 of 15 scorecards is missing: Pavel Orlov, Round 1, Kim Berg"; `None` when none is. Three are named at most.
pub fn missing(comparison: &Comparison, locale: Locale) -> Option<String> {
    let count = comparison.missing.len();
    let mut named: Vec<String> = comparison
        .missing
        .iter()
        .take(3)
        .map(|seat| {
            let candidate = comparison.candidate(seat.candidate).map(|c| c.name.as_str());
            let rater = comparison.rater(seat.rater).map(|r| r.name.as_str());
            [candidate, Some(seat.round.as_str()), rater].into_iter().flatten().collect::<Vec<_>>().join(", ")
        })
        .collect();
    if count > named.len() {
        named.push(locale.say("comparison-missing-more", &[("count", (count - named.len()).into())]));
    }
    (count > 0).then(|| {
        locale.say(
            "comparison-missing",
            &[("count", count.into()), ("expected", comparison.expected.into()), ("seats", named.join("; ").into())],
        )
    })
}

/// "2 scorecards stay closed to you until you have submitted yours."; `None` when none does.
pub fn hidden(comparison: &Comparison, locale: Locale) -> Option<String> {
    (comparison.hidden > 0).then(|| locale.say("comparison-hidden", &[("count", comparison.hidden.into())]))
}

/// "A, B and C".
pub fn list(locale: Locale, items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => locale
            .say("comparison-list", &[("first", first.join(", ").into()), ("last", last.as_str().to_owned().into())]),
    }
}

/// By candidate: the short name they go by, where their record has one and nobody else here is called the same; else the
/// full name.
pub fn short_names(comparison: &Comparison) -> HashMap<CandidateId, &str> {
    let called = |c: &'_ CandidateResult| c.called.as_deref().map(|name| name.trim().to_lowercase());
    let mut answering: HashMap<String, usize> = HashMap::new();
    for candidate in &comparison.candidates {
        let full = candidate.name.to_lowercase();
        for name in called(candidate).filter(|name| *name != full).into_iter().chain([full]) {
            *answering.entry(name).or_default() += 1;
        }
    }
    let short =
        |c: &CandidateResult| called(c).is_some_and(|name| !name.is_empty() && answering.get(&name) == Some(&1));
    comparison
        .candidates
        .iter()
        .map(|c| (c.id, c.called.as_deref().filter(|_| short(c)).map_or(c.name.as_str(), str::trim)))
        .collect()
}

struct Words<'a> {
    comparison: &'a Comparison,
    locale: Locale,
    names: HashMap<CandidateId, &'a str>,
}

impl<'a> Words<'a> {
    fn new(comparison: &'a Comparison, locale: Locale) -> Self {
        Words { comparison, locale, names: short_names(comparison) }
    }

    fn key(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.locale.say(key, args)
    }

    /// "Amara and Wei", or "7 of 40 candidates".
    fn some(&self, ids: &[CandidateId]) -> String {
        if ids.len() > NAMES {
            let total = self.comparison.candidates.len();
            return self.key("comparison-some-of", &[("count", ids.len().into()), ("all", total.into())]);
        }
        self.named(ids)
    }

    /// "Amara and Wei", or "these 7 candidates".
    fn group(&self, ids: &[CandidateId]) -> String {
        if ids.len() > NAMES {
            return self.key("comparison-these", &[("count", ids.len().into())]);
        }
        self.named(ids)
    }

    fn named(&self, ids: &[CandidateId]) -> String {
        let names: Vec<String> =
            ids.iter().filter_map(|id| self.names.get(id)).map(|name| (*name).to_owned()).collect();
        list(self.locale, &names)
    }

    fn dimension(&self, key: &str) -> String {
        dimension_name(self.comparison, key, self.locale)
    }

    /// Who leads one list, and who of them can't be told apart.
    fn list(&self, place: usize, help: Option<String>) -> Vec<String> {
        let Some(band) = self.comparison.bands.iter().find(|band| band.list == place) else { return Vec::new() };
        let top = &band.candidates;
        let tied = |key: &str| {
            let tie = self.key(key, &[("names", self.group(top).into()), ("count", top.len().into())]);
            match &help {
                Some(help) => {
                    self.key("comparison-finding-with-help", &[("tie", tie.into()), ("help", help.as_str().into())])
                }
                None => self.key("comparison-finding-without-help", &[("tie", tie.into())]),
            }
        };
        let leading = |key: &str| self.key(key, &[("names", self.some(top).into()), ("count", top.len().into())]);
        let tie = if band.level { "comparison-finding-tied" } else { "comparison-finding-unsettled" };
        match self.comparison.lists.get(place).map(|list| list.verdict) {
            Some(Verdict::OneStandsApart) => vec![leading("comparison-finding-apart")],
            Some(Verdict::SeveralLead { count: 1 }) => vec![leading("comparison-finding-lead")],
            Some(Verdict::SeveralStandApart { .. }) => vec![leading("comparison-finding-apart"), tied(tie)],
            Some(Verdict::SeveralLead { .. }) => vec![leading("comparison-finding-lead"), tied(tie)],
            Some(Verdict::TooCloseToCall) => {
                vec![tied(if band.level { "comparison-finding-close" } else { "comparison-finding-close-unsettled" })]
            }
            _ => Vec::new(),
        }
    }

    /// "These were seen by different people", and the ratings that would join the lists.
    fn apart(&self, lists: usize) -> Vec<String> {
        let groups: Vec<String> =
            self.comparison.lists.iter().map(|list: &List| self.group(&list.candidates)).collect();
        let groups = if lists > 3 { String::new() } else { groups.join("; ") };
        let said = self.key("comparison-finding-lists", &[("lists", lists.into()), ("groups", groups.into())]);
        let Some(Next::JoinLists { links }) = &self.comparison.next else { return vec![said] };
        let named: Vec<String> = links
            .iter()
            .take(NAMES)
            .map(|link| {
                let rater = self.comparison.rater(link.rater).map(|rater| rater.name.clone()).unwrap_or_default();
                let name = self.named(&[link.candidate]);
                self.key("comparison-help-link", &[("name", name.into()), ("rater", rater.into())])
            })
            .collect();
        let links = [("count", links.len().into()), ("links", list(self.locale, &named).into())];
        vec![said, self.key("comparison-help-links", &links)]
    }

    fn help(&self) -> Option<String> {
        Some(match self.comparison.next.as_ref()? {
            Next::RateGap { dimension, candidates } => self.key(
                "comparison-help-gap",
                &[("names", self.group(candidates).into()), ("dimension", self.dimension(dimension).into())],
            ),
            Next::AnotherInterview { dimension } => {
                self.key("comparison-help-interview", &[("dimension", self.dimension(dimension).into())])
            }
            // Said by the sentences of their verdicts.
            Next::SecondRater | Next::JoinLists { .. } => return None,
        })
    }

    /// Only where a verdict could be read as if it were about everybody.
    fn unrated(&self) -> Option<String> {
        let unrated: Vec<CandidateId> =
            self.comparison.candidates.iter().filter(|c| c.plain_mean.is_none()).map(|c| c.id).collect();
        let about_all = !matches!(self.comparison.verdict, Verdict::NothingYet | Verdict::OneCandidate);
        (about_all && !unrated.is_empty()).then(|| {
            self.key(
                "comparison-finding-unrated",
                &[("names", self.some(&unrated).into()), ("count", unrated.len().into())],
            )
        })
    }

    /// What could change about those at the top; the rest is said below the figure.
    fn could_change(&self) -> Vec<String> {
        let top = self.comparison.top();
        let at_top =
            |pairs: &[(CandidateId, CandidateId)]| pairs.iter().any(|(a, b)| top.contains(a) || top.contains(b));
        self.comparison
            .cautions
            .iter()
            .filter_map(|caution| match caution {
                Caution::NotEnoughEvidence { pairs } if at_top(pairs) => Some("comparison-finding-could-change"),
                Caution::StepsAsOrder { pairs } if at_top(pairs) => Some("comparison-finding-steps"),
                _ => None,
            })
            .map(|key| self.key(key, &[]))
            .collect()
    }
}

/// A dimension's name as it stands inside a sentence.
fn dimension_name(comparison: &Comparison, key: &str, locale: Locale) -> String {
    let name = comparison.dimension(key).map(|d| d.name.in_language(locale.tag())).unwrap_or_default();
    inside_a_sentence(if name.is_empty() { key } else { name })
}

/// "Problem solving" becomes "problem solving"; "EQ" and "IT skills" stay.
fn inside_a_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
