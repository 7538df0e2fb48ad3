//! The numbers of the dot-and-interval figure, as a table.

use serde::Serialize;

use crate::{
    domain::{
        comparison::{CandidateResult, Comparison},
        id::CandidateId,
    },
    i18n::Locale,
    stats::shown::RANK_LEVEL,
};

/// The figure's numbers as a table, in the same order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntervalTable {
    /// Candidate and fair score, then of each column in turn.
    pub headings: Vec<String>,
    pub rows: Vec<IntervalRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntervalRow {
    pub candidate: CandidateId,
    pub name: String,
    /// "4.2 from 3 interviewers", or that there is none yet; of the plain mean where there is no fair score.
    pub score: String,
    /// Interval, plain mean, adjustment, then where there are probabilities best, among the best m, rank; ratings last. "–"
    /// where there is none.
    pub cells: Vec<String>,
    pub ratings: usize,
    /// 1 for the best band; `None` without a rating.
    pub band: Option<usize>,
    /// The row begins a band, or the rest without ratings.
    pub begins: bool,
}

/// `places` asks for a column of its own, beside those of the best two and three.
pub fn interval_table(comparison: &Comparison, places: Option<usize>, locale: Locale) -> IntervalTable {
    let level = comparison.candidates.iter().find_map(|c| c.estimate).map(|interval| interval.level);
    let longest = comparison.lists.iter().map(|list| list.candidates.len()).max().unwrap_or(0);
    let ranked = comparison.candidates.iter().any(|candidate| candidate.probabilities.is_some());
    // The best of two is the best; of the first three there is something to say from four on.
    let further = places.filter(|&m| m > 3);
    let tops: Vec<usize> = [2, 3].into_iter().chain(further).filter(|&m| ranked && longest > m).collect();
    let mut headings = vec![locale.word("comparison-table-candidate")];
    match level {
        Some(level) => headings.extend([
            locale.word("comparison-table-fair"),
            locale.say("comparison-table-interval", &[("level", locale.percent(level).into())]),
            locale.word("comparison-table-plain"),
            locale.word("comparison-table-adjustment"),
        ]),
        None => headings.push(locale.word("comparison-table-plain")),
    }
    if ranked {
        headings.push(locale.word("comparison-table-best"));
        headings.extend(tops.iter().map(|&m| locale.say("comparison-table-top", &[("count", m.into())])));
        headings.push(locale.say("comparison-table-rank", &[("level", locale.percent(RANK_LEVEL).into())]));
    }
    headings.push(locale.word("comparison-table-ratings"));

    let mut before = None;
    let rows = comparison.candidates.iter().enumerate().map(|(i, candidate)| {
        let band = comparison.bands.iter().position(|band| band.candidates.contains(&candidate.id));
        let begins = i == 0 || band != before;
        before = band;
        IntervalRow {
            candidate: candidate.id,
            name: candidate.name.clone(),
            score: match candidate.estimate.map(|estimate| estimate.value).or(candidate.plain_mean) {
                Some(mean) => locale.say(
                    "comparison-table-from",
                    &[("mean", locale.number(mean, 1).into()), ("raters", candidate.raters.into())],
                ),
                None => locale.word("comparison-figure-no-ratings"),
            },
            cells: numbers(candidate, level.is_some(), ranked.then_some(&tops), locale),
            ratings: candidate.ratings,
            band: band.map(|band| band + 1),
            begins,
        }
    });
    IntervalTable { headings, rows: rows.collect() }
}

fn numbers(candidate: &CandidateResult, estimated: bool, tops: Option<&Vec<usize>>, locale: Locale) -> Vec<String> {
    let none = || "–".to_owned();
    let mut cells = Vec::new();
    if estimated {
        cells.push(candidate.estimate.map_or_else(none, |e| {
            let ends = [("lower", e.lower), ("upper", e.upper)];
            locale.say("comparison-table-range", &ends.map(|(end, x)| (end, locale.number(x, 1).into())))
        }));
        cells.push(candidate.plain_mean.map_or_else(none, |mean| locale.number(mean, 1)));
        cells.push(match (candidate.estimate, candidate.plain_mean) {
            (Some(fair), Some(plain)) => signed(fair.value - plain, locale),
            _ => none(),
        });
    }
    if let Some(tops) = tops {
        let found = candidate.probabilities.as_ref();
        cells.push(found.map_or_else(none, |p| locale.chance(p.best)));
        cells.extend(tops.iter().map(|&m| match found.and_then(|p| p.top.get(m - 1)) {
            Some(share) => locale.chance(*share),
            None => none(),
        }));
        cells.push(found.map_or_else(none, |p| {
            let ranks = [("best", p.rank.0.into()), ("worst", p.rank.1.into())];
            let expected = ("expected", locale.number(p.expected_rank, 1).into());
            locale.say("comparison-table-ranks", &[ranks[0].clone(), ranks[1].clone(), expected])
        }));
    }
    cells.push(candidate.ratings.to_string());
    cells
}

/// "+0.1", "−0.2", "0.0".
pub fn signed(x: f64, locale: Locale) -> String {
    let text = locale.number(x.abs(), 1);
    match x {
        _ if x.abs() < 0.05 => text,
        _ if x > 0.0 => format!("+{text}"),
        _ => format!("−{text}"),
    }
}
