//! The slope figure of a debrief: before on the left, after on the right, a line for each rater or candidate; and the table
//! with the same numbers.

use serde::Serialize;

use super::{Svg, Theme, draw, fitted, plain};
use crate::{domain::debrief::Change, i18n::Locale};

const WIDTH: f64 = 380.0;
/// Where the two sides stand, and where the names begin.
const BEFORE: f64 = 34.0;
const AFTER: f64 = 196.0;
const LABELS: f64 = 214.0;
const TEXT: f64 = 13.0;
/// From the top to 5, and from the lowest mark to the bottom.
const HEAD: f64 = 32.0;
const FOOT: f64 = 14.0;
/// Between two points of the scale, at least, and between two names.
const STEP: f64 = 26.0;
const LINE: f64 = 17.0;

/// What a slope figure shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Slopes {
    /// Tells the figures of one page apart.
    pub id: String,
    pub title: String,
    /// The finding, for those who do not see the figure.
    pub description: String,
    pub lines: Vec<Slope>,
    /// The mean of the lines, drawn broken; `None` where it would say nothing.
    pub mean: Option<(f64, f64)>,
}

/// Points before and after; `None` with not enough evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    pub name: String,
    pub before: Option<f64>,
    pub after: Option<f64>,
    /// Stood apart and stayed.
    pub apart: bool,
}

impl Slopes {
    /// A line for each rater of a panel, and their mean.
    pub fn of_raters(change: &Change, id: String, title: String, description: String) -> Slopes {
        let lines = change.lines.iter().map(|line| Slope {
            name: line.name.clone(),
            before: line.before,
            after: line.after,
            apart: line.minority,
        });
        let mean = change.before.zip(change.after).filter(|(before, after)| before.raters.max(after.raters) > 1);
        let mean = mean.map(|(before, after)| (before.mean, after.mean));
        Slopes { id, title, description, lines: lines.collect(), mean }
    }
}

/// A number on each side and a name at the right of every line. Moved lines are thick with filled ends, those that stayed
/// thin with open ones, and who stood apart and stayed ends in squares; whoever had not enough evidence stands below the scale.
pub fn slope_figure(slopes: &Slopes, locale: Locale, theme: Theme) -> Svg {
    let figure = Drawn::new(slopes, locale, theme);
    let (width, height) = (figure.outer_width, figure.outer_height);
    Svg { text: draw("slope.svg", &figure), width, height, theme }
}

/// The figure's numbers as a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlopeTable {
    /// Name, before, after.
    pub headings: [String; 3],
    pub rows: Vec<[String; 3]>,
    /// Mean and spread; none where the lines are no panel.
    pub sums: Vec<[String; 3]>,
}

/// `who` heads the names.
pub fn slope_table(slopes: &Slopes, who: String, locale: Locale) -> SlopeTable {
    let row = |name: String, before, after| [name, points(before, locale), points(after, locale)];
    let rows = slopes.lines.iter().map(|line| row(line.name.clone(), line.before, line.after));
    let sums = slopes.mean.map(|(before, after)| {
        let spread = |side: fn(&Slope) -> Option<f64>| {
            let values: Vec<f64> = slopes.lines.iter().filter_map(side).collect();
            let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
            (!values.is_empty()).then_some(high - low)
        };
        let mean = |x: f64| locale.number(x, 1);
        vec![
            [locale.word("debrief-figure-mean"), mean(before), mean(after)],
            row(locale.word("debrief-figure-spread"), spread(|line| line.before), spread(|line| line.after)),
        ]
    });
    SlopeTable {
        headings: [who, locale.word("debrief-figure-before"), locale.word("debrief-figure-after")],
        rows: rows.collect(),
        sums: sums.unwrap_or_default(),
    }
}

/// "4", "3.7", or a dash.
fn points(value: Option<f64>, locale: Locale) -> String {
    value.map_or("–".to_owned(), |x| locale.number(x, if (x - x.round()).abs() < 1e-6 { 0 } else { 1 }))
}

/// All that the template draws, in pixels.
#[derive(Serialize)]
struct Drawn {
    id: String,
    title: String,
    description: String,
    standalone: bool,
    view: String,
    outer_width: f64,
    outer_height: f64,
    margin: f64,
    text: f64,
    before: f64,
    after: f64,
    /// The words above the two sides, and where they stand.
    heads: [String; 2],
    head: f64,
    top: f64,
    bottom: f64,
    grid: Vec<GridLine>,
    mean: Option<[f64; 2]>,
    lines: Vec<DrawnLine>,
    labels: Vec<Label>,
    labels_at: f64,
}

#[derive(Serialize)]
struct GridLine {
    y: f64,
    label: String,
}

#[derive(Serialize)]
struct DrawnLine {
    class: &'static str,
    title: String,
    /// Before and after: x and y.
    ends: [(f64, f64); 2],
    width: f64,
    /// The ends are squares, else circles.
    square: bool,
}

#[derive(Serialize)]
struct Label {
    class: &'static str,
    text: String,
    y: f64,
    /// Where its line ends, when that is not beside it.
    from: Option<f64>,
}

impl Drawn {
    fn new(slopes: &Slopes, locale: Locale, theme: Theme) -> Drawn {
        let lines = &slopes.lines;
        let unknown = lines.iter().any(|line| line.before.is_none() || line.after.is_none());
        let labels = lines.len() + usize::from(slopes.mean.is_some());
        let step = round(STEP.max(labels as f64 * LINE / 4.0));
        let scale_end = HEAD + 4.0 * step;
        let y = |value: Option<f64>| match value {
            Some(points) => round(HEAD + (5.0 - points.clamp(1.0, 5.0)) * step),
            None => scale_end + step,
        };
        let bottom = if unknown { scale_end + step } else { scale_end };
        let mut grid: Vec<GridLine> =
            (1..=5_u8).map(|step| GridLine { y: y(Some(step.into())), label: step.to_string() }).collect();
        grid.extend(unknown.then(|| GridLine { y: bottom, label: "–".to_owned() }));

        let mut wanted: Vec<(f64, Label)> = lines
            .iter()
            .map(|line| {
                let text = format!("{} {}", points(line.after, locale), plain(&line.name));
                let class = if line.apart { "apart" } else { "" };
                (y(line.after), Label { class, text: fitted(&text, WIDTH - LABELS, TEXT), y: 0.0, from: None })
            })
            .collect();
        if let Some((_, after)) = slopes.mean {
            let text = format!("{} {}", locale.number(after, 1), locale.word("debrief-figure-mean"));
            wanted.push((y(Some(after)), Label { class: "mean", text, y: 0.0, from: None }));
        }
        wanted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let places = apart(&wanted.iter().map(|(y, _)| *y).collect::<Vec<_>>(), HEAD, bottom.max(HEAD));
        let labels: Vec<Label> = wanted
            .into_iter()
            .zip(places)
            .map(|((at, label), y)| Label { y, from: ((y - at).abs() > 3.0).then_some(at), ..label })
            .collect();
        let lowest = labels.iter().map(|label| label.y).fold(bottom, f64::max);

        let margin = if theme == Theme::Page { 0.0 } else { 20.0 };
        let (outer_width, outer_height) = (WIDTH + 2.0 * margin, lowest + FOOT + 2.0 * margin);
        Drawn {
            id: slopes.id.clone(),
            title: plain(&slopes.title),
            description: plain(&slopes.description),
            standalone: theme != Theme::Page,
            view: format!("{} {} {outer_width} {outer_height}", -margin, -margin),
            outer_width,
            outer_height,
            margin,
            text: TEXT,
            before: BEFORE,
            after: AFTER,
            heads: [locale.word("debrief-figure-before"), locale.word("debrief-figure-after")],
            head: 12.0,
            top: HEAD,
            bottom,
            grid,
            mean: slopes.mean.map(|(before, after)| [y(Some(before)), y(Some(after))]),
            lines: lines
                .iter()
                .map(|line| {
                    let moved = line.before != line.after;
                    DrawnLine {
                        class: match (moved, line.apart) {
                            (true, _) => "moved",
                            (false, true) => "apart",
                            (false, false) => "stayed",
                        },
                        title: locale.say(
                            "debrief-figure-line",
                            &[
                                ("name", plain(&line.name).into()),
                                ("from", points(line.before, locale).into()),
                                ("to", points(line.after, locale).into()),
                            ],
                        ),
                        ends: [(BEFORE, y(line.before)), (AFTER, y(line.after))],
                        width: if moved { 2.5 } else { 1.5 },
                        square: !moved && line.apart,
                    }
                })
                .collect(),
            labels,
            labels_at: LABELS,
        }
    }
}

/// Places for labels that want to stand at `wanted` (rising), a line apart, between `top` and `bottom` as far as they fit.
fn apart(wanted: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut places: Vec<f64> = Vec::with_capacity(wanted.len());
    for want in wanted {
        let after = places.last().map_or(f64::MIN, |last| last + LINE);
        places.push(want.max(after));
    }
    let mut below = bottom.max(top + LINE * (wanted.len() as f64 - 1.0));
    for place in places.iter_mut().rev() {
        *place = place.min(below);
        below = *place - LINE;
    }
    places.into_iter().map(round).collect()
}

fn round(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

#[cfg(test)]
#[path = "slope_tests.rs"]
mod tests;
