//! The dot-and-interval figure of a comparison.

use serde::Serialize;

use super::{Svg, Theme, draw, fitted, measure, plain};
use crate::{
    domain::{
        comparison::{CandidateResult, Comparison},
        finding::{finding, list},
    },
    i18n::Locale,
    stats::shown::NARROW_LEVEL,
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
/// Room for the words above each of several lists.
const LIST_HEAD: f64 = 30.0;
const LIST_BASELINE: f64 = 19.0;
/// Half the length of the tick at the plain mean.
const TICK: f64 = 9.0;

/// Names on the left, the scale from 1 to 5, per candidate a thick bar (80 %), a thin one (95 %), a dot at the fair score and a
/// tick at the plain mean. Grows with the number of candidates. Those who share a band share a ground; hairlines part the bands
/// (dashed where the edge is not clear), and words the lists of different panels.
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
            &[("inner", locale.percent(NARROW_LEVEL).into()), ("outer", locale.percent(interval.level).into())],
        ),
        None => locale.word("comparison-figure-caption-without-intervals"),
    }
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
    dot: f64,
    bar: f64,
    /// From where to where the lines of the scale run: not through who saw a list.
    spans: Vec<(f64, f64)>,
    axis: f64,
    grid: Vec<GridLine>,
    heads: Vec<ListHead>,
    ties: Vec<TieGround>,
    bands: Vec<BandLine>,
    rows: Vec<Row>,
}

/// Who saw the candidates of one of several lists.
#[derive(Serialize)]
struct ListHead {
    y: f64,
    text: String,
}

/// The ground of a band with more than one member.
#[derive(Serialize)]
struct TieGround {
    y: f64,
    width: f64,
    height: f64,
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
    tick: Option<TickMark>,
}

#[derive(Serialize)]
struct TickMark {
    x: f64,
    top: f64,
    bottom: f64,
    title: String,
}

/// Where the rows lie.
struct Layout {
    row: f64,
    /// The upper edge of each row, in the order of the candidates.
    tops: Vec<f64>,
    heads: Vec<ListHead>,
    bottom: f64,
}

impl Layout {
    fn new(comparison: &Comparison, row: f64, width: f64, locale: Locale) -> Layout {
        let mut layout = Layout { row, tops: Vec::new(), heads: Vec::new(), bottom: HEAD };
        for candidate in &comparison.candidates {
            let begun = comparison.lists.iter().find(|list| list.candidates.first() == Some(&candidate.id));
            if let (Some(begun), true) = (begun, comparison.lists.len() > 1) {
                let names: Vec<String> = begun
                    .raters
                    .iter()
                    .filter_map(|id| comparison.rater(*id).map(|rater| plain(&rater.name)))
                    .collect();
                let text = locale.say("comparison-figure-list", &[("names", list(locale, &names).into())]);
                layout.heads.push(ListHead { y: layout.bottom + LIST_BASELINE, text: fitted(&text, width, NOTE_SIZE) });
                layout.bottom += LIST_HEAD;
            }
            layout.tops.push(layout.bottom);
            layout.bottom += row;
        }
        layout.bottom = layout.bottom.max(HEAD + row);
        layout
    }

    /// Of the rows below each head, or of all.
    fn spans(&self) -> Vec<(f64, f64)> {
        let edge = |head: &ListHead| head.y - LIST_BASELINE;
        if self.heads.is_empty() {
            return vec![(HEAD, self.bottom)];
        }
        let ends = self.heads.iter().skip(1).map(edge).chain([self.bottom]);
        self.heads.iter().map(|head| edge(head) + LIST_HEAD).zip(ends).collect()
    }
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
        let layout = Layout::new(comparison, row, width, locale);
        let bottom = layout.bottom;

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
                let y = round(layout.tops[i] + row * 0.5) - if on_a_phone { 3.0 } else { 0.0 } + above * 0.65;
                let best = candidate.probabilities.as_ref().map(|p| locale.chance(p.best));
                Row {
                    title: title(candidate, locale),
                    name: fitted(&plain(&candidate.name), names, NAME_SIZE),
                    baseline: y + 4.5 - above,
                    y,
                    note: best.map(|share| {
                        match comparison.lists.iter().any(|l| l.candidates.first() == Some(&candidate.id)) {
                            true => locale.say("comparison-figure-best", &[("share", share.into())]),
                            false => share,
                        }
                    }),
                    empty: candidate.plain_mean.is_none().then(|| locale.word("comparison-figure-no-ratings")),
                    left: left + 10.0,
                    outer: candidate.estimate.map(|e| inside(x(e.lower), x(e.upper), 1.0)),
                    inner: candidate
                        .estimate
                        .and_then(|e| e.inner)
                        .map(|(lower, upper)| inside(x(lower), x(upper), bar / 2.0)),
                    dot: candidate.estimate.map(|e| e.value).or(candidate.plain_mean).map(x),
                    tick: candidate.estimate.and(candidate.plain_mean).map(|mean| TickMark {
                        x: x(mean),
                        top: y - TICK,
                        bottom: y + TICK,
                        title: locale.say("comparison-figure-plain", &[("mean", locale.number(mean, 1).into())]),
                    }),
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
            dot,
            bar,
            spans: layout.spans(),
            axis: bottom + 20.0,
            grid: (1..=5).map(|label| GridLine { x: x(f64::from(label)), label }).collect(),
            ties: tie_grounds(comparison, &layout, width),
            bands: band_lines(comparison, &layout, width),
            heads: layout.heads,
            rows,
        }
    }
}

/// A hairline under each band that somebody of the same list follows, or the rest without ratings.
fn band_lines(comparison: &Comparison, layout: &Layout, width: f64) -> Vec<BandLine> {
    let mut end = 0;
    comparison
        .bands
        .iter()
        .enumerate()
        .filter_map(|(i, band)| {
            end += band.candidates.len();
            let next = comparison.bands.get(i + 1);
            let followed =
                next.is_some_and(|next| next.list == band.list) || (next.is_none() && end < layout.tops.len());
            followed.then(|| BandLine { y: layout.tops[end - 1] + layout.row, width, clear: band.clear })
        })
        .collect()
}

fn tie_grounds(comparison: &Comparison, layout: &Layout, width: f64) -> Vec<TieGround> {
    let mut end = 0;
    comparison
        .bands
        .iter()
        .filter_map(|band| {
            let start = end;
            end += band.candidates.len();
            let known = comparison.candidates[start].estimate.is_some();
            (end - start > 1 && known).then(|| TieGround {
                y: layout.tops[start] + 2.0,
                width,
                height: layout.row * (end - start) as f64 - 4.0,
            })
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
