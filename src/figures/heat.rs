//! The dimension × candidate table: a colour class by rounded mean, with the number always printed.

use serde::Serialize;

use crate::{
    domain::{
        comparison::{Cell, Comparison, Gap, Tick},
        finding::agreement,
        id::CandidateId,
        rating::Rating,
    },
    i18n::Locale,
};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatTable {
    pub columns: Vec<HeatColumn>,
    pub rows: Vec<HeatRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatColumn {
    pub dimension: String,
    pub name: String,
    /// Share of the weight, 0 to 1.
    pub share: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatRow {
    pub candidate: CandidateId,
    pub name: String,
    pub cells: Vec<HeatCell>,
    /// "good, split on problem solving (2 · 3 · 5)".
    pub agreement: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatCell {
    pub dimension: String,
    /// `r1` … `r5` by the printed number, rounded; `none` without a rating.
    pub class: String,
    /// "4.3", or "–".
    pub text: String,
    /// Raters are two points or more apart.
    pub flag: bool,
    /// Each rater's rating, lowest first: "2 · 3 · 5".
    pub points: String,
    /// The cell in words, for readers who don't see it.
    pub label: String,
    pub ticks: Vec<HeatTick>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatTick {
    pub rater: String,
    pub round: String,
    /// "4", or that there was not enough evidence.
    pub rating: String,
    /// The same after an amendment, with its reason.
    pub amended: Option<(String, String)>,
}

pub fn heat_table(comparison: &Comparison, locale: Locale) -> HeatTable {
    let columns = comparison.dimensions.iter().map(|dimension| HeatColumn {
        dimension: dimension.key.clone(),
        name: Some(dimension.name.in_language(locale.tag())).filter(|n| !n.is_empty()).unwrap_or(&dimension.key).into(),
        share: dimension.share,
    });
    let rows = comparison.candidates.iter().map(|candidate| HeatRow {
        candidate: candidate.id,
        name: candidate.name.clone(),
        cells: candidate.cells.iter().map(|cell| heat_cell(cell, comparison, locale)).collect(),
        agreement: agreement(candidate, comparison, locale),
    });
    HeatTable { columns: columns.collect(), rows: rows.collect() }
}

fn heat_cell(cell: &Cell, comparison: &Comparison, locale: Locale) -> HeatCell {
    let mut points: Vec<i16> = cell.ticks.iter().filter_map(|tick| tick.rating.score()).collect();
    points.sort_unstable();
    let points = points.iter().map(i16::to_string).collect::<Vec<_>>().join(" · ");
    HeatCell {
        dimension: cell.dimension.clone(),
        class: cell.mean.map_or_else(|| "none".to_owned(), class),
        text: cell.mean.map_or_else(|| "–".to_owned(), |mean| locale.number(mean, 1)),
        flag: cell.disagreement,
        label: label(cell, &points, locale),
        points,
        ticks: cell.ticks.iter().map(|tick| heat_tick(tick, comparison, locale)).collect(),
    }
}

/// By the number as printed, so that two cells that read alike look alike.
fn class(mean: f64) -> String {
    let printed: f64 = format!("{mean:.1}").parse().unwrap_or(mean);
    format!("r{}", printed.round().clamp(1.0, 5.0))
}

fn label(cell: &Cell, points: &str, locale: Locale) -> String {
    let rated = match (cell.mean, cell.gap) {
        (Some(mean), _) => {
            let mut raters: Vec<_> =
                cell.ticks.iter().filter(|t| t.rating.score().is_some()).map(|t| t.rater).collect();
            raters.sort_unstable();
            raters.dedup();
            locale.say(
                "comparison-cell-rated",
                &[
                    ("mean", locale.number(mean, 1).into()),
                    ("raters", raters.len().into()),
                    ("points", points.to_owned().into()),
                ],
            )
        }
        (None, Some(Gap::NotEnoughEvidence)) => locale.word("comparison-cell-not-enough-evidence"),
        (None, _) => locale.word("comparison-cell-not-covered"),
    };
    if cell.disagreement { locale.say("comparison-cell-split", &[("rated", rated.into())]) } else { rated }
}

fn heat_tick(tick: &Tick, comparison: &Comparison, locale: Locale) -> HeatTick {
    let said = |rating: Rating| match rating.score() {
        Some(score) => score.to_string(),
        None => locale.word("comparison-cell-not-enough-evidence"),
    };
    HeatTick {
        rater: comparison.rater(tick.rater).map(|rater| rater.name.clone()).unwrap_or_default(),
        round: tick.round.clone(),
        rating: said(tick.rating),
        amended: tick.amended.as_ref().map(|amended| (said(amended.rating), amended.reason.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::comparison::{
        compare,
        examples::{five_compared, id, shortlist},
    };

    #[test]
    fn a_cell_prints_its_number_in_the_colour_of_its_step_and_flags_a_split() {
        let table = heat_table(&five_compared(), Locale::En);

        let amara = &table.rows[0];
        assert_eq!((amara.candidate, amara.name.as_str()), (id(1), "Amara Okafor"));
        let split = &amara.cells[3];
        assert_eq!((split.class.as_str(), split.text.as_str(), split.flag), ("r3", "3.3", true));
        assert_eq!(split.points, "2 · 3 · 5");
        assert_eq!(split.label, "3.3 from 3 interviewers (2 · 3 · 5), raters disagree");
        assert_eq!(split.ticks[0].rater, "Kim Berg");
        assert!(!amara.cells[0].flag);
        assert_eq!(table.columns[3].name, "Problem solving");
        assert_eq!(heat_table(&five_compared(), Locale::Sv).rows[0].cells[0].text, "4,3");
    }

    #[test]
    fn a_gap_has_no_number_and_says_why() {
        let dimensions = [("a", "A", 1.0), ("b", "B", 1.0), ("c", "C", 1.0)];
        let table = heat_table(&compare(&shortlist(&dimensions, &[("Ann", &["40-", "50-"])])).unwrap(), Locale::En);

        let [rated, unseen, uncovered] = &table.rows[0].cells[..] else { panic!("three cells") };
        assert_eq!((rated.class.as_str(), rated.text.as_str()), ("r5", "4.5"));
        assert_eq!((unseen.class.as_str(), unseen.text.as_str()), ("none", "–"));
        assert_eq!(unseen.label, "Not enough evidence");
        assert_eq!(uncovered.label, "Nobody has covered this");
    }
}
