//! What stands beside the finding, in words: pairs, adjustments, cautions, reliability, weights, unlike interviews.

use super::{Words, capitalised, list};
use crate::{
    domain::{
        comparison::{CandidateResult, Caution, Cell, Certainty, Comparison, Difference, MARGIN, Pair, Reliability},
        id::CandidateId,
        medium::Medium,
    },
    i18n::Locale,
};

/// A move of more weight than this is no small one, and its dimensions are not listed.
const FAR: f64 = 0.3;

/// "Amara is probably above Wei: 84 %; by more than a quarter of a point: 61 %."
pub fn pair(comparison: &Comparison, pair: &Pair, locale: Locale) -> String {
    let say = Words::new(comparison, locale);
    // A probability is said of the one who is more probably above.
    let (first, second, above, beyond) = match pair.above >= 0.5 {
        true => (pair.a, pair.b, pair.above, pair.beyond),
        false => (pair.b, pair.a, 1.0 - pair.above, pair.behind),
    };
    let key = match pair.word {
        Certainty::Clear => "comparison-pair-clear",
        Certainty::Probable => "comparison-pair-probable",
        Certainty::Leaning => "comparison-pair-leaning",
        Certainty::Open => "comparison-pair-open",
    };
    say.key(
        key,
        &[
            ("first", say.named(&[first]).into()),
            ("second", say.named(&[second]).into()),
            ("share", locale.chance(above).into()),
            ("beyond", locale.chance(beyond).into()),
            ("margin", locale.number(MARGIN, 2).into()),
        ],
    )
}

/// "The best is one of Amara and Wei, with a probability of 90 % or more."; of a list that has such a set.
pub fn shortlist(comparison: &Comparison, place: usize, locale: Locale) -> Option<String> {
    let found = comparison.lists.get(place).filter(|list| !list.shortlist.is_empty())?;
    let say = Words::new(comparison, locale);
    let mut set = found.shortlist.clone();
    let order = |id: &CandidateId| found.candidates.iter().position(|other| other == id);
    set.sort_by_key(order);
    let names = [("names", say.some(&set).into()), ("count", set.len().into()), ("share", locale.percent(0.9).into())];
    Some(say.key("comparison-shortlist", &names))
}

/// Why the fair score is not the plain mean, sentence by sentence; empty without an estimate.
pub fn adjustment(candidate: &CandidateResult, locale: Locale) -> Vec<String> {
    let (Some(found), Some(plain), Some(fair)) = (candidate.adjustment, candidate.plain_mean, candidate.estimate)
    else {
        return Vec::new();
    };
    let signed = |x: f64| match x.abs() < 0.005 {
        true => locale.number(0.0, 2),
        false => format!("{}{}", if x > 0.0 { "+" } else { "−" }, locale.number(x.abs(), 2)),
    };
    let mut said = vec![locale.say(
        "comparison-why-total",
        &[
            ("fair", locale.number(fair.value, 2).into()),
            ("plain", locale.number(plain, 2).into()),
            ("change", signed(fair.value - plain).into()),
        ],
    )];
    if found.raters.abs() >= 0.005 {
        let key = if found.raters > 0.0 { "comparison-why-stricter" } else { "comparison-why-milder" };
        said.push(locale.say(key, &[("change", signed(found.raters).into())]));
    }
    if found.chance.abs() >= 0.005 {
        said.push(locale.say("comparison-why-chance", &[("change", signed(found.chance).into())]));
    }
    said
}

/// Where a candidate's profile stands out beyond error: "Stands out by listening; lags in growth."
pub fn profile(candidate: &CandidateResult, comparison: &Comparison, locale: Locale) -> String {
    let say = Words::new(comparison, locale);
    let of = |sign: i8| -> Vec<String> {
        let cells = candidate.cells.iter().filter(|cell| cell.stands_out == sign);
        cells.map(|cell| say.dimension(&cell.dimension)).collect()
    };
    let said = [("comparison-why-strength", of(1)), ("comparison-why-weakness", of(-1))];
    let said = said.iter().filter(|(_, of)| !of.is_empty());
    said.map(|(key, of)| say.key(key, &[("dimensions", list(locale, of).into())])).collect::<Vec<_>>().join(" ")
}

/// Of one candidate on one dimension: "Fair level 4.1 (95 % interval 3.4–4.7); plain mean 4.3."
pub fn level(cell: &Cell, locale: Locale) -> Option<String> {
    let fair = cell.fair?;
    let number = |x: f64| locale.number(x, 1);
    let mut args = vec![
        ("fair", number(fair.value).into()),
        ("lower", number(fair.lower).into()),
        ("upper", number(fair.upper).into()),
        ("level", locale.percent(fair.level).into()),
    ];
    Some(match cell.mean {
        Some(mean) => {
            args.push(("mean", number(mean).into()));
            locale.say("comparison-level", &args)
        }
        None => locale.say("comparison-level-unrated", &args),
    })
}

/// What the numbers rest on beside the ratings, a sentence each.
pub fn cautions(comparison: &Comparison, locale: Locale) -> Vec<String> {
    let say = Words::new(comparison, locale);
    let pairs = |pairs: &[(CandidateId, CandidateId)]| {
        let named: Vec<String> = pairs.iter().take(3).map(|&(a, b)| say.named(&[a, b])).collect();
        let more = pairs.len().saturating_sub(named.len());
        [("pairs", named.join("; ").into()), ("count", pairs.len().into()), ("more", more.into())]
    };
    let mut said: Vec<String> = comparison
        .cautions
        .iter()
        .filter_map(|caution| match caution {
            Caution::NotEnoughEvidence { pairs: of } => Some(say.key("comparison-caution-evidence", &pairs(of))),
            Caution::StepsAsOrder { pairs: of } => Some(say.key("comparison-caution-steps", &pairs(of))),
            Caution::LeansOnPrior { pairs: of } => Some(say.key("comparison-caution-prior", &pairs(of))),
            Caution::Confounded => Some(say.key("comparison-caution-confounded", &[])),
            Caution::NotExact => Some(say.key("comparison-caution-not-exact", &[])),
            Caution::HangsOnOne { .. } | Caution::Unrated { .. } => None,
        })
        .collect();
    let hanging: Vec<String> = comparison
        .cautions
        .iter()
        .filter_map(|caution| match caution {
            Caution::HangsOnOne { rater } => comparison.rater(*rater).map(|rater| rater.name.clone()),
            _ => None,
        })
        .collect();
    if !hanging.is_empty() {
        let names = [("names", list(locale, &hanging).into()), ("count", hanging.len().into())];
        said.push(say.key("comparison-caution-hangs", &names));
    }
    said.extend(unrated(comparison, &say));
    said
}

/// What nobody rated, said once for all who lack the same.
fn unrated(comparison: &Comparison, say: &Words) -> Vec<String> {
    let mut lacking: Vec<(Vec<CandidateId>, Vec<String>)> = Vec::new();
    for dimension in &comparison.dimensions {
        let unrated: Vec<CandidateId> = comparison
            .cautions
            .iter()
            .filter_map(|caution| match caution {
                Caution::Unrated { candidate, dimension: of } if *of == dimension.key => Some(*candidate),
                _ => None,
            })
            .collect();
        let name = say.dimension(&dimension.key);
        match lacking.iter_mut().find(|(candidates, _)| *candidates == unrated) {
            _ if unrated.is_empty() => {}
            Some((_, dimensions)) => dimensions.push(name),
            None => lacking.push((unrated, vec![name])),
        }
    }
    let everybody = comparison.candidates.iter().filter(|candidate| candidate.estimate.is_some()).count();
    lacking
        .into_iter()
        .map(|(candidates, dimensions)| {
            let dimensions = list(say.locale, &dimensions);
            match candidates.len() == everybody {
                true => say.key("comparison-caution-unrated-by-all", &[("dimension", dimensions.into())]),
                false => {
                    let names = say.group(&candidates);
                    let args = [("names", names.into()), ("dimension", dimensions.into())];
                    say.key("comparison-caution-unrated", &args)
                }
            }
        })
        .collect()
}

/// Whether another panel would agree, and what one more interviewer would buy; or why that cannot be said yet.
pub fn reliability(comparison: &Comparison, locale: Locale) -> String {
    match &comparison.reliability {
        Reliability::Estimated { coefficient, raters, with_one_more, .. } => locale.say(
            "comparison-reliability",
            &[
                ("agreement", agreement(coefficient.value).into()),
                ("value", locale.number(coefficient.value, 2).into()),
                ("lower", locale.number(coefficient.lower, 2).into()),
                ("upper", locale.number(coefficient.upper, 2).into()),
                ("level", locale.percent(coefficient.level).into()),
                ("raters", locale.number(*raters, if raters.fract().abs() < 0.05 { 0 } else { 1 }).into()),
                ("more", locale.number(*with_one_more, 2).into()),
            ],
        ),
        Reliability::Withheld(withheld) => {
            let key = match withheld.code.as_str() {
                "few_candidates" => "comparison-reliability-few-candidates",
                "few_raters" => "comparison-reliability-few-raters",
                "disconnected" => "comparison-reliability-disconnected",
                _ => "comparison-reliability-none",
            };
            let counts = [("have", withheld.have.unwrap_or(0).into()), ("need", withheld.need.unwrap_or(0).into())];
            locale.say(key, &counts)
        }
    }
}

/// In a word, as is usual: from 0.8 on decisions may rest on it, below 0.5 more of it is error than is not.
fn agreement(reliability: f64) -> &'static str {
    match reliability {
        r if r >= 0.8 => "high",
        r if r >= 0.5 => "some",
        _ => "low",
    }
}

/// Of the computation: the model, its seed, how many draws, whether they were enough.
pub fn precision(comparison: &Comparison, locale: Locale) -> Option<String> {
    let found = comparison.diagnostics.as_ref()?;
    let key = if found.reached { "comparison-precision" } else { "comparison-precision-not-reached" };
    Some(locale.say(
        key,
        &[
            ("model", found.model.clone().into()),
            ("seed", found.seed.clone().into()),
            ("draws", locale.number(found.draws as f64, 0).into()),
            ("error", locale.number(found.error, 3).into()),
        ],
    ))
}

/// Whether the order hangs on the weights, in one sentence; `None` with nobody to compare.
pub fn order_holds(comparison: &Comparison, locale: Locale) -> Option<String> {
    let found = comparison.sensitivity.as_ref()?;
    let say = Words::new(comparison, locale);
    let list = comparison.lists.iter().find(|list| list.candidates.contains(&found.leader))?;
    let top = comparison.bands.iter().find(|band| band.candidates.iter().any(|id| list.candidates.contains(id)))?;
    let key = if top.candidates.len() == 1 { "comparison-order-first" } else { "comparison-order-tied" };
    Some(say.key(
        key,
        &[
            ("leader", say.named(&[found.leader]).into()),
            ("second", say.named(&[found.runner_up]).into()),
            ("order", locale.percent(found.order).into()),
            ("top", locale.percent(found.top).into()),
        ],
    ))
}

/// What would change who is first: leaving out one dimension, and the smallest move of weight.
pub fn weights_in_words(comparison: &Comparison, locale: Locale) -> Vec<String> {
    let Some(found) = &comparison.sensitivity else { return Vec::new() };
    let say = Words::new(comparison, locale);
    let mut said = Vec::new();
    let mut changing: Vec<(CandidateId, Vec<String>)> = Vec::new();
    for out in found.left_out.iter().filter(|out| out.changes) {
        let dimension = say.dimension(&out.dimension);
        match changing.iter_mut().find(|(leader, _)| *leader == out.leader) {
            Some((_, dimensions)) => dimensions.push(dimension),
            None => changing.push((out.leader, vec![dimension])),
        }
    }
    if changing.is_empty() {
        said.push(say.key("comparison-left-out-none", &[("leader", say.named(&[found.leader]).into())]));
    }
    said.extend(changing.into_iter().map(|(leader, dimensions)| {
        let leader = say.named(&[leader]);
        match &dimensions[..] {
            [only] => {
                let args = [("dimension", only.clone().into()), ("leader", leader.into())];
                say.key("comparison-left-out", &args)
            }
            several => {
                let args = [("dimensions", list(locale, several).into()), ("leader", leader.into())];
                say.key("comparison-left-out-each", &args)
            }
        }
    }));
    said.push(match &found.flip {
        None => say.key("comparison-flip-none", &[("leader", say.named(&[found.leader]).into())]),
        Some(flip) if flip.shift > FAR => say.key(
            "comparison-flip-far",
            &[
                ("points", locale.number(flip.shift * 100.0, 0).into()),
                ("challenger", say.named(&[flip.challenger]).into()),
                ("leader", say.named(&[found.leader]).into()),
            ],
        ),
        Some(flip) => {
            let from: Vec<String> = flip.from.iter().map(|(key, _)| say.dimension(key)).collect();
            say.key(
                "comparison-flip",
                &[
                    ("points", locale.number((flip.shift * 100.0).max(0.1), usize::from(flip.shift < 0.095)).into()),
                    ("from", list(locale, &from).into()),
                    ("to", say.dimension(&flip.to).into()),
                    ("challenger", say.named(&[flip.challenger]).into()),
                    ("leader", say.named(&[found.leader]).into()),
                ],
            )
        }
    });
    said
}

/// Where the candidates did not get the same interview, a sentence each; empty when they did.
pub fn differences(comparison: &Comparison, locale: Locale) -> Vec<String> {
    let say = Words::new(comparison, locale);
    let medium = |medium: &Medium| locale.say("comparison-medium", &[("medium", medium.as_str().into())]);
    let rater = |id: &_| comparison.rater(*id).map(|rater| rater.name.clone()).unwrap_or_default();
    let joined = |groups: Vec<(&[CandidateId], Vec<String>)>| -> String {
        let of = |(candidates, what): (&[CandidateId], Vec<String>)| {
            let names = say.group(candidates);
            let what = list(locale, &what);
            say.key("comparison-difference-group", &[("names", names.into()), ("what", what.into())])
        };
        groups.into_iter().map(of).collect::<Vec<_>>().join("; ")
    };
    let said = comparison.differences.iter().map(|difference| match difference {
        Difference::Round { round, without } => say.key(
            "comparison-difference-round",
            &[("round", round.clone().into()), ("names", say.group(without).into()), ("count", without.len().into())],
        ),
        Difference::Media { groups } => {
            let groups = groups.iter().map(|g| (&g.candidates[..], g.what.iter().map(medium).collect())).collect();
            say.key("comparison-difference-media", &[("groups", joined(groups).into())])
        }
        Difference::Questions { dimension, groups } => {
            let groups: Vec<String> = groups.iter().map(|group| say.group(&group.candidates)).collect();
            let dimension = say.dimension(dimension);
            let groups = [("dimension", dimension.into()), ("groups", groups.join("; ").into())];
            say.key("comparison-difference-questions", &groups)
        }
        Difference::Panels { groups } if groups.len() > 4 => {
            say.key("comparison-difference-panels-many", &[("count", groups.len().into())])
        }
        Difference::Panels { groups } => {
            let groups = groups.iter().map(|g| (&g.candidates[..], g.what.iter().map(rater).collect())).collect();
            say.key("comparison-difference-panels", &[("groups", joined(groups).into())])
        }
    });
    said.map(|sentence| capitalised(&sentence)).collect()
}
