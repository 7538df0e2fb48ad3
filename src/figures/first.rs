//! How often each candidate comes first when the weights move: bars with their shares, and the same as a table.

use serde::Serialize;

use super::{Svg, Theme, draw, fitted, plain};
use crate::{
    domain::{comparison::Comparison, finding::order_holds},
    i18n::Locale,
};

const WIDTH: f64 = 236.0;
const ROW: f64 = 34.0;
const NAME_SIZE: f64 = 12.5;
/// More than these are a line "others".
const MOST: usize = 6;

#[derive(Serialize)]
struct Figure {
    id: String,
    title: String,
    description: String,
    width: f64,
    height: f64,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    share: String,
    y: f64,
    bar: f64,
    length: f64,
}

/// Empty where nobody is compared.
pub fn first_figure(comparison: &Comparison, locale: Locale) -> Svg {
    let rows: Vec<Row> = shares(comparison, locale)
        .into_iter()
        .zip(0_u8..)
        .map(|((name, share), i)| {
            let top = ROW * f64::from(i);
            Row {
                name: fitted(&plain(&name), WIDTH - 48.0, NAME_SIZE),
                share: locale.percent(share),
                y: top + 13.0,
                bar: top + 19.0,
                length: (WIDTH * share * 10.0).round() / 10.0,
            }
        })
        .collect();
    let height = (ROW * rows.len() as f64).max(1.0);
    let figure = Figure {
        id: format!("first-{}", comparison.inputs_digest.get(..8).unwrap_or("figure")),
        title: locale.word("comparison-first-title"),
        description: plain(&order_holds(comparison, locale).unwrap_or_default()),
        width: WIDTH,
        height,
        rows,
    };
    Svg { text: draw("first.svg", &figure), width: WIDTH, height, theme: Theme::Page }
}

/// Name and share, by falling share.
pub fn first_table(comparison: &Comparison, locale: Locale) -> Vec<(String, String)> {
    shares(comparison, locale).into_iter().map(|(name, share)| (name, locale.percent(share))).collect()
}

fn shares(comparison: &Comparison, locale: Locale) -> Vec<(String, f64)> {
    let Some(found) = &comparison.sensitivity else { return Vec::new() };
    let (named, others) = found.first.split_at(found.first.len().min(MOST));
    let mut shares: Vec<(String, f64)> =
        named.iter().filter_map(|(id, share)| Some((comparison.candidate(*id)?.name.clone(), *share))).collect();
    if !others.is_empty() {
        shares.push((locale.word("comparison-first-others"), others.iter().map(|(_, share)| share).sum()));
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::comparison::examples::five_compared;

    #[test]
    fn the_bars_say_how_often_each_is_first_and_the_sentence_is_their_text() {
        let comparison = five_compared();

        let (svg, table) = (first_figure(&comparison, Locale::En), first_table(&comparison, Locale::En));

        assert!(svg.text.contains("of sensible weightings"), "{}", svg.text);
        assert!(
            !table.is_empty() && table.iter().all(|(name, share)| svg.text.contains(name) && svg.text.contains(share))
        );
        assert!(!svg.text.contains("style=") && !svg.text.contains('#'), "coloured by the page");
    }
}
