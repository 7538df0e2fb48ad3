//! Selections, or scores, by group: rates, ratios and tests, in the names of the file.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    figure::{Estimate, Figure},
    table::{Fault, Row, Table},
};
use crate::stats::{
    estimate::{Outcome, Reason, finite},
    fairness::{
        Counts, comparison as core,
        pooled::{self, pool},
        scores::{hedges_g, median, scoring_rates},
    },
};

/// What a file for `--what fairness` holds.
pub enum File {
    Selections(Vec<Selection>),
    /// Scores by group.
    Scores(Vec<(String, Vec<f64>)>),
}

/// A row of selections.
pub struct Selection {
    opening: Option<String>,
    stage: String,
    group: String,
    counts: Counts,
}

#[derive(Debug, Serialize)]
pub struct Selections {
    pub groups: Vec<Group>,
    pub pooled: Vec<Pooled>,
}

#[derive(Debug, Serialize)]
pub struct Group {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening: Option<String>,
    pub stage: String,
    pub group: String,
    pub selected: u64,
    pub total: u64,
    pub rate: Figure<f64>,
    /// The group with the highest rate, with which the others are compared.
    pub reference: bool,
    #[serde(flatten)]
    pub comparison: Comparison,
    /// The same beside everybody else together.
    pub others: Comparison,
}

/// A group beside another.
#[derive(Debug, Serialize)]
pub struct Comparison {
    pub impact_ratio: Figure<Estimate>,
    pub below_four_fifths: Figure<bool>,
    pub one_person_changes_it: Figure<bool>,
    pub p_below_four_fifths: Figure<f64>,
    pub fisher: Figure<f64>,
    pub fisher_midp: Figure<f64>,
    pub z: Figure<f64>,
    pub hypergeometric_sd: Figure<f64>,
    pub z_log_ratio: Figure<f64>,
    pub risk_difference: Figure<Estimate>,
    pub odds_ratio: Figure<Estimate>,
    pub cohens_h: Figure<f64>,
    pub shortfall: Figure<f64>,
    pub smallest_detectable_ratio: Figure<f64>,
}

/// A group v the reference over several tables.
#[derive(Debug, Serialize)]
pub struct Pooled {
    /// The stage that is pooled over openings; without openings, all stages are pooled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    pub group: String,
    pub reference: String,
    /// Tables that say something.
    pub tables: usize,
    pub impact_ratio: Figure<Estimate>,
    pub odds_ratio: Figure<Estimate>,
    pub mantel_haenszel_z: Figure<f64>,
    pub p: Figure<f64>,
    pub breslow_day: Figure<Homogeneity>,
}

#[derive(Debug, Serialize)]
pub struct Homogeneity {
    pub statistic: f64,
    pub degrees_of_freedom: usize,
    pub p: f64,
}

#[derive(Debug, Serialize)]
pub struct Scores {
    /// Of all scores.
    pub median: Figure<f64>,
    pub groups: Vec<ScoredGroup>,
}

#[derive(Debug, Serialize)]
pub struct ScoredGroup {
    pub group: String,
    pub n: usize,
    pub median: Figure<f64>,
    /// Share of the group above the median of all.
    pub scoring_rate: Figure<f64>,
    pub reference: bool,
    #[serde(flatten)]
    pub comparison: Comparison,
    pub hedges_g: Figure<Estimate>,
}

pub fn read(table: &Table) -> Result<File, Vec<Fault>> {
    let has = |name| table.column(name).is_ok_and(|found| found.is_some());
    if has("score") && !has("stage") && !has("selected") { read_scores(table) } else { read_selections(table) }
}

fn read_selections(table: &Table) -> Result<File, Vec<Fault>> {
    let [stage, group, selected, total] = table.columns(["stage", "group", "selected", "total"])?;
    let opening = table.column("opening").map_err(|fault| vec![fault])?;
    let mut faults = table.faults.clone();
    let mut found: Vec<Selection> = Vec::new();
    let mut lines: BTreeMap<(Option<String>, String, String), usize> = BTreeMap::new();
    for row in &table.rows {
        let read = || -> Result<Selection, String> {
            let opening = opening.map(|column| row.name(column, "opening").map(str::to_owned)).transpose()?;
            let (selected, total) = (count(row.cell(selected), "selected")?, count(row.cell(total), "total")?);
            let counts = Counts::new(selected, total).ok_or("more are selected than there are in all")?;
            Ok(Selection {
                opening,
                stage: row.name(stage, "stage")?.to_owned(),
                group: row.name(group, "group")?.to_owned(),
                counts,
            })
        };
        match read() {
            Err(text) => faults.push(Fault::at(row.line, text)),
            Ok(selection) => {
                let key = (selection.opening.clone(), selection.stage.clone(), selection.group.clone());
                match lines.insert(key, row.line) {
                    Some(first) => {
                        faults.push(Fault::at(row.line, format!("the same stage and group as on line {first}")));
                    }
                    None => found.push(selection),
                }
            }
        }
    }
    finished(File::Selections(found), lines.is_empty(), faults)
}

fn read_scores(table: &Table) -> Result<File, Vec<Fault>> {
    let [group, score] = table.columns(["group", "score"])?;
    let mut faults = table.faults.clone();
    let mut found: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in &table.rows {
        let read = |row: &Row| -> Result<(String, f64), String> {
            let text = row.cell(score);
            let number = text.parse().ok().filter(|x: &f64| x.abs() <= 1e9);
            let number = number.ok_or_else(|| format!("the score {text:?} is no number"))?;
            Ok((row.name(group, "group")?.to_owned(), number))
        };
        match read(row) {
            Ok((group, number)) => found.entry(group).or_default().push(number),
            Err(text) => faults.push(Fault::at(row.line, text)),
        }
    }
    let empty = found.is_empty();
    finished(File::Scores(found.into_iter().collect()), empty, faults)
}

fn finished(file: File, empty: bool, mut faults: Vec<Fault>) -> Result<File, Vec<Fault>> {
    if empty && faults.is_empty() {
        faults.push(Fault::general("there is no row below the heading"));
    }
    faults.sort();
    if faults.is_empty() { Ok(file) } else { Err(faults) }
}

fn count(text: &str, what: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|&n| n <= 1_000_000_000);
    number.ok_or_else(|| format!("{what} is {text:?} and must be a whole number from 0 on"))
}

pub fn selections(rows: &[Selection]) -> Selections {
    let tables = tables(rows);
    let groups = tables.iter().flat_map(|(place, rows)| {
        let counts: Vec<Counts> = rows.iter().map(|row| row.counts).collect();
        rows.iter().zip(core::stage(&counts)).map(|(row, found)| Group {
            opening: place.0.clone(),
            stage: place.1.clone(),
            group: row.group.clone(),
            selected: row.counts.selected,
            total: row.counts.total,
            rate: found.rate.into(),
            reference: found.reference,
            comparison: comparison(found.comparison),
            others: comparison(found.others),
        })
    });
    let with_openings = rows.iter().any(|row| row.opening.is_some());
    let stages: BTreeSet<Option<String>> =
        tables.iter().map(|((_, stage), _)| with_openings.then(|| stage.clone())).collect();
    let pooled = stages.into_iter().flat_map(|stage| {
        let of_stage: Vec<&[&Selection]> = tables
            .iter()
            .filter(|((_, name), _)| stage.as_ref().is_none_or(|stage| stage == name))
            .map(|(_, rows)| rows.as_slice())
            .collect();
        pooled_over(stage, &of_stage)
    });
    Selections { groups: groups.collect(), pooled: pooled.collect() }
}

type Place = (Option<String>, String);

/// The rows by opening and stage, in the order of the file.
fn tables(rows: &[Selection]) -> Vec<(Place, Vec<&Selection>)> {
    let mut tables: Vec<(Place, Vec<&Selection>)> = Vec::new();
    for row in rows {
        let place = (row.opening.clone(), row.stage.clone());
        match tables.iter_mut().find(|(known, _)| *known == place) {
            Some((_, rows)) => rows.push(row),
            None => tables.push((place, vec![row])),
        }
    }
    tables
}

/// Every group v one reference over several tables; nothing where there is one table only.
fn pooled_over(stage: Option<String>, tables: &[&[&Selection]]) -> Vec<Pooled> {
    let groups: BTreeSet<&str> = tables.iter().flat_map(|rows| rows.iter().map(|row| row.group.as_str())).collect();
    let Some(reference) = reference(&groups, tables).filter(|_| tables.len() > 1) else { return Vec::new() };
    let of = |rows: &[&Selection], name: &str| rows.iter().find(|row| row.group == name).map(|row| row.counts);
    groups
        .iter()
        .filter(|group| **group != reference)
        .map(|group| {
            let both: Vec<(Counts, Counts)> =
                tables.iter().filter_map(|rows| Some((of(rows, group)?, of(rows, reference)?))).collect();
            let found = pool(&both);
            Pooled {
                stage: stage.clone(),
                group: (*group).to_owned(),
                reference: reference.to_owned(),
                tables: found.openings,
                impact_ratio: found.impact_ratio.into(),
                odds_ratio: found.odds_ratio.into(),
                mantel_haenszel_z: found.z.into(),
                p: found.p.into(),
                breslow_day: found.homogeneity.map(Homogeneity::from).into(),
            }
        })
        .collect()
}

impl From<pooled::Homogeneity> for Homogeneity {
    fn from(found: pooled::Homogeneity) -> Self {
        Self { statistic: found.statistic, degrees_of_freedom: found.freedom, p: found.p }
    }
}

/// The group whose rate, as a share of the rate of its table, is highest on average over the people in the tables.
/// Raw sums over tables could name another (Simpson's paradox).
fn reference<'g>(groups: &BTreeSet<&'g str>, tables: &[&[&Selection]]) -> Option<&'g str> {
    let standing = |name: &str| {
        let (mut expected, mut selected) = (0.0, 0.0);
        for rows in tables {
            let all: u64 = rows.iter().map(|row| row.counts.total).sum();
            let chosen: u64 = rows.iter().map(|row| row.counts.selected).sum();
            for row in rows.iter().filter(|row| row.group == name && all > 0) {
                expected += row.counts.total as f64 * chosen as f64 / all as f64;
                selected += row.counts.selected as f64;
            }
        }
        if expected > 0.0 { selected / expected } else { 0.0 }
    };
    // The first of equals, as the names are ordered.
    groups.iter().rev().copied().max_by(|a, b| standing(a).total_cmp(&standing(b)))
}

pub fn scores(groups: &[(String, Vec<f64>)]) -> Scores {
    let values: Vec<Vec<f64>> = groups.iter().map(|(_, scores)| scores.clone()).collect();
    let rates = scoring_rates(&values);
    let counts: Vec<Counts> = match &rates {
        Ok((_, counts)) => counts.clone(),
        Err(_) => Vec::new(),
    };
    let rows = core::stage(&counts);
    let best = rows.iter().position(|row| row.reference);
    let scored = groups.iter().zip(&rows).enumerate().map(|(index, ((group, scores), row))| ScoredGroup {
        group: group.clone(),
        n: scores.len(),
        median: median(scores).into(),
        scoring_rate: row.rate.into(),
        reference: row.reference,
        comparison: comparison(row.comparison),
        hedges_g: match best {
            Some(best) if best != index => hedges_g(scores, &values[best]).into(),
            _ => Figure::absent(Reason::Reference),
        },
    });
    Scores {
        median: rates.as_ref().map(|(median, _)| *median).map_err(|reason| *reason).into(),
        groups: scored.collect(),
    }
}

fn comparison(found: Outcome<core::Comparison>) -> Comparison {
    let number = |of: fn(&core::Comparison) -> Outcome<f64>| found.as_ref().map_err(|r| *r).and_then(of).into();
    let estimate = |of: fn(&core::Comparison) -> Outcome| found.as_ref().map_err(|r| *r).and_then(of).into();
    let yes = |of: fn(&core::Comparison) -> bool| found.as_ref().map_err(|r| *r).map(of).into();
    Comparison {
        impact_ratio: estimate(|c| c.impact_ratio),
        below_four_fifths: yes(|c| c.below_four_fifths),
        one_person_changes_it: yes(|c| c.one_person_changes_it),
        p_below_four_fifths: number(|c| c.p_below_four_fifths),
        fisher: number(|c| finite(c.fisher.p)),
        fisher_midp: number(|c| finite(c.fisher.mid_p)),
        z: number(|c| c.z),
        hypergeometric_sd: number(|c| c.hypergeometric_sd),
        z_log_ratio: number(|c| c.z_log_ratio),
        risk_difference: estimate(|c| c.risk_difference),
        odds_ratio: estimate(|c| c.odds_ratio),
        cohens_h: number(|c| c.cohens_h),
        shortfall: number(|c| finite(c.shortfall)),
        smallest_detectable_ratio: number(|c| c.smallest_detectable_ratio),
    }
}

#[cfg(test)]
mod tests;
