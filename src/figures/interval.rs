//! The dot-and-interval figure of a comparison, and the table with the same numbers.

use serde::Serialize;

use super::{Svg, Theme, draw, fitted, measure, plain};
use crate::{
    domain::{
        comparison::{CandidateResult, Comparison, RaterMean},
        finding::finding,
        id::CandidateId,
    },
    i18n::Locale,
};

/// Without the margin: on a page, and in a letter, whose column shows it as it is so that its words stay readable.
const PAGE_WIDTH: f64 = 760.0;
const LETTER_WIDTH: f64 = 496.0;
const PHONE_WIDTH: f64 = 320.0;
/// On a phone, how far a name stands above its bar.
const NAME_ABOVE: f64 = 15.0;
const NAME_SIZE: f64 = 13.5;
const NOTE_SIZE: f64 = 12.0;
/// Room for names: at least in pixels, at most as a share of the width.
const NAMES: (f64, f64) = (96.0, 0.303);
/// From the top to the grid, from the grid to the bottom (the axis).
const HEAD: f64 = 6.0;
const AXIS: f64 = 30.0;
/// Raters' ticks are drawn at least this far apart.
const TICK: f64 = 3.0;

/// Names on the left, the scale from 1 to 5, per candidate a thick bar (50 %), a thin one, a dot and under it a tick for each
/// rater's own mean. Grows with the number of candidates. Hairlines part the bands (dashed where the edge is not clear).
pub fn interval_figure(comparison: &Comparison, locale: Locale, theme: Theme) -> Svg {
    drawn(Figure::new(comparison, locale, theme, false), theme)
}

/// The same for a page on a phone: each name above its bar, which has the whole width.
pub fn interval_figure_on_a_phone(comparison: &Comparison, locale: Locale) -> Svg {
    drawn(Figure::new(comparison, locale, Theme::Page, true), Theme::Page)
}

fn drawn(figure: Figure, theme: Theme) -> Svg {
    let (width, height) = (figure.outer_width, figure.outer_height);
    Svg { text: draw("interval.svg", &figure), width, height, theme }
}

/// What dot, bars and ticks mean, for the text above the figure.
pub fn caption(comparison: &Comparison, locale: Locale) -> String {
    match comparison.candidates.iter().find_map(|candidate| candidate.estimate) {
        Some(interval) => locale.say(
            "comparison-figure-caption",
            &[("inner", locale.percent(0.5).into()), ("outer", locale.percent(interval.level).into())],
        ),
        None => locale.word("comparison-figure-caption-without-intervals"),
    }
}

/// The figure's numbers as a table, in the same order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntervalTable {
    /// Candidate, weighted mean, interval, ratings.
    pub headings: [String; 4],
    pub rows: Vec<IntervalRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntervalRow {
    pub candidate: CandidateId,
    pub name: String,
    /// "4.2 from 3 interviewers", or that there is none yet.
    pub mean: String,
    /// "3.9–4.5"; "–" without an interval.
    pub interval: String,
    pub ratings: usize,
    /// 1 for the best band; `None` without a rating.
    pub band: Option<usize>,
    /// The row begins a band, or the rest without ratings.
    pub begins: bool,
}

pub fn interval_table(comparison: &Comparison, locale: Locale) -> IntervalTable {
    let level = comparison.candidates.iter().find_map(|c| c.estimate).map_or(0.9, |interval| interval.level);
    let headings = [
        locale.word("comparison-table-candidate"),
        locale.word("comparison-table-mean"),
        locale.say("comparison-table-interval", &[("level", locale.percent(level).into())]),
        locale.word("comparison-table-ratings"),
    ];
    let mut before = None;
    let rows = comparison.candidates.iter().enumerate().map(|(i, candidate)| {
        let band = comparison.bands.iter().position(|band| band.candidates.contains(&candidate.id));
        let begins = i == 0 || band != before;
        before = band;
        IntervalRow {
            candidate: candidate.id,
            name: candidate.name.clone(),
            mean: match candidate.plain_mean {
                Some(mean) => locale.say(
                    "comparison-table-from",
                    &[("mean", locale.number(mean, 1).into()), ("raters", candidate.raters.into())],
                ),
                None => locale.word("comparison-figure-no-ratings"),
            },
            interval: candidate.estimate.map_or_else(
                || "–".to_owned(),
                |e| {
                    let ends = [("lower", e.lower), ("upper", e.upper)];
                    locale.say("comparison-table-range", &ends.map(|(end, x)| (end, locale.number(x, 1).into())))
                },
            ),
            ratings: candidate.ratings,
            band: band.map(|band| band + 1),
            begins,
        }
    });
    IntervalTable { headings, rows: rows.collect() }
}

/// All that the template draws, in pixels.
#[derive(Serialize)]
struct Figure {
    id: String,
    title: String,
    description: String,
    standalone: bool,
    on_a_phone: bool,
    view: String,
    outer_width: f64,
    outer_height: f64,
    margin: f64,
    name_size: f64,
    note_size: f64,
    notes_end: f64,
    top: f64,
    dot: f64,
    bar: f64,
    bottom: f64,
    axis: f64,
    grid: Vec<GridLine>,
    bands: Vec<BandLine>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct GridLine {
    x: f64,
    label: u8,
}

#[derive(Serialize)]
struct BandLine {
    y: f64,
    width: f64,
    clear: bool,
}

#[derive(Serialize)]
struct Row {
    title: String,
    name: String,
    baseline: f64,
    y: f64,
    /// At the right of the names: a probability.
    note: Option<String>,
    /// At the left of the scale, instead of a dot.
    empty: Option<String>,
    left: f64,
    outer: Option<(f64, f64)>,
    inner: Option<(f64, f64)>,
    dot: Option<f64>,
    ticks: Vec<TickMark>,
}

#[derive(Serialize)]
struct TickMark {
    x: f64,
    top: f64,
    bottom: f64,
    title: String,
}

impl Figure {
    fn new(comparison: &Comparison, locale: Locale, theme: Theme, on_a_phone: bool) -> Figure {
        let candidates = &comparison.candidates;
        let row = match candidates.len() {
            _ if on_a_phone => 50.0,
            0..=12 => 38.0,
            13..=40 => 32.0,
            _ => 26.0,
        };
        let notes = if candidates.iter().any(|c| c.probabilities.is_some()) { 84.0 } else { 0.0 };
        let widest = candidates.iter().map(|c| measure(&plain(&c.name), NAME_SIZE)).fold(NAMES.0, f64::max);
        let width = match theme {
            Theme::Page if on_a_phone => PHONE_WIDTH,
            Theme::Page => PAGE_WIDTH,
            Theme::Light => LETTER_WIDTH,
        };
        let names = if on_a_phone { width - notes } else { widest.min(NAMES.1 * width) };
        let notes_end = names + notes;
        let (left, right) = if on_a_phone { (8.0, width - 8.0) } else { (round(notes_end + 28.0), width - 16.0) };
        let x = |points: f64| round(left + (points.clamp(1.0, 5.0) - 1.0) / 4.0 * (right - left));
        let bottom = HEAD + row * candidates.len().max(1) as f64;

        let narrowest = candidates
            .iter()
            .filter_map(|c| c.estimate?.inner)
            .map(|(lower, upper)| (x(upper) - x(lower)) / 2.0)
            .fold(f64::INFINITY, f64::min);
        // One size for all, small enough to let the narrowest thick bar be seen on both sides.
        let dot = round((0.55 * narrowest).clamp(4.0, 7.0));
        let bar = if dot < 6.0 { 5.0 } else { 8.0 };

        let rows: Vec<Row> = candidates
            .iter()
            .enumerate()
            .map(|(i, candidate)| {
                let above = if on_a_phone { NAME_ABOVE } else { 0.0 };
                let y = round(HEAD + row * (i as f64 + 0.5)) - 3.0 + above * 0.65;
                let best = candidate.probabilities.as_ref().map(|p| locale.percent(p.best));
                Row {
                    title: title(candidate, locale),
                    name: fitted(&plain(&candidate.name), names, NAME_SIZE),
                    baseline: y + 4.5 - above,
                    y,
                    note: best.map(|share| match i {
                        0 => locale.say("comparison-figure-best", &[("share", share.into())]),
                        _ => share,
                    }),
                    empty: candidate.plain_mean.is_none().then(|| locale.word("comparison-figure-no-ratings")),
                    left: left + 10.0,
                    outer: candidate.estimate.map(|e| inside(x(e.lower), x(e.upper), 1.0)),
                    inner: candidate
                        .estimate
                        .and_then(|e| e.inner)
                        .map(|(lower, upper)| inside(x(lower), x(upper), bar / 2.0)),
                    dot: candidate.estimate.map(|e| e.value).or(candidate.plain_mean).map(x),
                    ticks: ticks(comparison, candidate, locale, y, &x),
                }
            })
            .collect();

        let margin = if theme == Theme::Page { 0.0 } else { 20.0 };
        let (outer_width, outer_height) = (width + 2.0 * margin, bottom + AXIS + 2.0 * margin);
        Figure {
            id: format!(
                "interval{}-{}",
                if on_a_phone { "-phone" } else { "" },
                comparison.inputs_digest.get(..8).unwrap_or("figure")
            ),
            on_a_phone,
            title: locale.word("comparison-figure-title"),
            description: plain(&finding(comparison, locale)),
            standalone: theme != Theme::Page,
            view: format!("{} {} {outer_width} {outer_height}", -margin, -margin),
            outer_width,
            outer_height,
            margin,
            name_size: NAME_SIZE,
            note_size: NOTE_SIZE,
            notes_end,
            top: HEAD,
            dot,
            bar,
            bottom,
            axis: bottom + 20.0,
            grid: (1..=5).map(|label| GridLine { x: x(f64::from(label)), label }).collect(),
            bands: band_lines(comparison, row, width),
            rows,
        }
    }
}

/// A hairline under each band that somebody follows.
fn band_lines(comparison: &Comparison, row: f64, width: f64) -> Vec<BandLine> {
    let mut end = 0;
    comparison
        .bands
        .iter()
        .filter_map(|band| {
            end += band.candidates.len();
            let followed = end < comparison.candidates.len();
            followed.then_some(BandLine { y: HEAD + row * end as f64, width, clear: band.clear })
        })
        .collect()
}

/// The raters' own means under the bar; equal ones side by side.
fn ticks(
    comparison: &Comparison,
    candidate: &CandidateResult,
    locale: Locale,
    y: f64,
    x: &impl Fn(f64) -> f64,
) -> Vec<TickMark> {
    let mut means: Vec<_> = candidate.rater_means.iter().collect();
    means.sort_by(|a, b| a.mean.total_cmp(&b.mean));
    let mut groups: Vec<Vec<&RaterMean>> = Vec::new();
    for rater in means {
        match groups.last_mut() {
            Some(group) if x(rater.mean) - x(group[group.len() - 1].mean) < TICK => group.push(rater),
            _ => groups.push(vec![rater]),
        }
    }
    let mark = |centre: f64, i: usize, of: usize, rater: &RaterMean| {
        let name = comparison.rater(rater.rater).map(|r| plain(&r.name)).unwrap_or_default();
        TickMark {
            x: round(centre + TICK * (i as f64 - (of as f64 - 1.0) / 2.0)),
            top: y + 9.0,
            bottom: y + 15.0,
            title: locale.say(
                "comparison-figure-rater",
                &[("name", name.into()), ("mean", locale.number(rater.mean, 1).into())],
            ),
        }
    };
    groups
        .iter()
        .flat_map(|group| {
            let centre = group.iter().map(|rater| x(rater.mean)).sum::<f64>() / group.len() as f64;
            group.iter().enumerate().map(move |(i, rater)| mark(centre, i, group.len(), rater))
        })
        .collect()
}

/// The row in words.
fn title(candidate: &CandidateResult, locale: Locale) -> String {
    let name = plain(&candidate.name);
    let number = |x: f64| locale.number(x, 1);
    match (candidate.estimate, candidate.plain_mean) {
        (Some(e), _) => locale.say(
            "comparison-figure-candidate",
            &[
                ("name", name.into()),
                ("mean", number(e.value).into()),
                ("lower", number(e.lower).into()),
                ("upper", number(e.upper).into()),
            ],
        ),
        (None, Some(mean)) => locale.say(
            "comparison-figure-candidate-without-interval",
            &[("name", name.into()), ("mean", number(mean).into())],
        ),
        (None, None) => locale.say(
            "comparison-figure-candidate-without-interval",
            &[("name", name.into()), ("mean", locale.word("comparison-figure-no-ratings").into())],
        ),
    }
}

/// Ends drawn so that a round cap of this radius ends where the interval does.
fn inside(from: f64, to: f64, cap: f64) -> (f64, f64) {
    if to - from > 2.0 * cap { (round(from + cap), round(to - cap)) } else { ((from + to) / 2.0, (from + to) / 2.0) }
}

fn round(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

#[cfg(test)]
#[path = "interval_tests.rs"]
mod tests;
