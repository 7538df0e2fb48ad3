//! Data to SVG, and SVG to PNG. A figure is drawn once, here: the page shows the SVG, the letter a PNG of it.

pub mod first;
pub mod heat;
pub mod interval;
pub mod interval_table;
mod raster;
pub mod slope;

pub use first::{first_figure, first_table};
pub use heat::{HeatCell, HeatTable, heat_table};
pub use interval::{caption, interval_figure, interval_figure_on_a_phone};
pub use interval_table::{IntervalTable, interval_table, signed};
pub use raster::{RasterError, png};
pub use slope::{Slope, SlopeTable, Slopes, slope_figure, slope_table};

use std::sync::LazyLock;

use rust_embed::Embed;
use serde::Serialize;
use tera::{Context, Tera};

/// A drawn figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Svg {
    /// An `<svg>` element, without an XML declaration.
    pub text: String,
    /// Size in CSS pixels at scale 1.
    pub width: f64,
    pub height: f64,
    pub theme: Theme,
}

/// Where the colours come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// From the page: `assets/figures.css` and the tokens of the page's style sheet. Nothing in the figure is coloured.
    Page,
    /// Self-contained, on white with a margin, in the light colours: for mail and print.
    Light,
}

#[derive(Embed)]
#[folder = "templates/figures/"]
struct Files;

static TEMPLATES: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::default();
    tera.autoescape_on([".svg"]);
    let files = Files::iter()
        .filter_map(|name| Some((name.to_string(), String::from_utf8(Files::get(&name)?.data.into_owned()).ok()?)));
    #[expect(clippy::expect_used, reason = "embedded templates; the tests draw every one")]
    tera.add_raw_templates(files.collect::<Vec<_>>()).expect("figure templates that parse");
    tera
});

fn draw(template: &str, figure: &impl Serialize) -> String {
    #[expect(clippy::expect_used, reason = "the struct has what its template names; the tests draw every one")]
    Context::from_serialize(figure).and_then(|context| TEMPLATES.render(template, &context)).expect("a figure")
}

/// What XML can't hold (control characters) and what would turn the text around it (direction overrides) is left out.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
        })
        .collect()
}

/// `text` cut with an ellipsis so that it fits `width` pixels at `size` pixels of Noto Sans SemiBold, by estimate.
fn fitted(text: &str, width: f64, size: f64) -> String {
    if measure(text, size) <= width {
        return text.to_owned();
    }
    let room = width - measure("…", size);
    let mut used = 0.0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += em(*c) * size;
            used <= room
        })
        .collect();
    format!("{}…", kept.trim_end())
}

fn measure(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// Advance of a character in em, a little wide.
fn em(c: char) -> f64 {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' => 0.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | '\'' | ' ' | '-' => 0.31,
        'f' | 'r' | 't' | 'J' => 0.42,
        'm' | 'w' | 'M' | 'W' | 'щ' | 'ш' | 'ж' | '…' => 0.96,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' => 1.0,
        '\u{ff00}'..='\u{ff60}' | '\u{1f000}'..='\u{3ffff}' => 1.0,
        c if c.is_uppercase() => 0.7,
        _ => 0.61,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_does_not_fit_is_cut_with_an_ellipsis() {
        assert_eq!(fitted("Amara Okafor", 200.0, 13.0), "Amara Okafor");
        let long = fitted(&"Wolfeschlegelsteinhausen ".repeat(3), 150.0, 13.0);
        assert!(long.ends_with('…') && measure(&long, 13.0) <= 150.0, "{long}");
        assert_eq!(fitted("王小明王小明", 40.0, 13.0), "王小…");
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(plain("A\u{0}\u{8}m\u{202e}ara\n"), "Amara");
    }
}
