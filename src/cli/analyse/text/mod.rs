//! The analysis as it is read at a terminal: a section for each part, a sentence before each table.

mod agreement;
mod grid;
mod groups;
mod panel;

use std::fmt::Write;

use super::{
    fairness::{Scores, Selections},
    figure::{Estimate, Figure},
    report::{Diagnostics, Input, Report},
    validity::Validity,
};

/// The analysis of ratings.
pub fn ratings(report: &Report) -> String {
    let mut out = input(&report.input);
    if let Some(design) = &report.design {
        panel::design(&mut out, design);
    }
    if let Some(comparison) = &report.comparison {
        panel::comparison(&mut out, comparison);
    }
    if let Some(reliability) = &report.reliability {
        agreement::reliability(&mut out, reliability);
    }
    if let Some(raters) = &report.raters {
        agreement::raters(&mut out, raters);
    }
    if let Some(mfrm) = &report.mfrm {
        agreement::mfrm(&mut out, mfrm);
    }
    if let Some(found) = &report.diagnostics {
        diagnostics(&mut out, found);
    }
    out
}

pub fn selections(report: &Selections) -> String {
    let mut out = String::new();
    groups::selections(&mut out, report);
    out
}

pub fn scores(report: &Scores) -> String {
    let mut out = String::new();
    groups::scores(&mut out, report);
    out
}

pub fn validity(report: &Validity) -> String {
    let mut out = String::new();
    groups::validity(&mut out, report);
    out
}

fn input(input: &Input) -> String {
    format!(
        "{} by {} on {}: {}, {} missing, on a scale from {} to {}\n",
        counted(input.candidates, "candidate"),
        counted(input.raters, "rater"),
        counted(input.dimensions.len(), "dimension"),
        counted(input.ratings, "rating"),
        input.missing,
        input.scale[0],
        input.scale[1],
    )
}

fn diagnostics(out: &mut String, found: &Diagnostics) {
    section(out, "Computation");
    if found.closed_form {
        say(out, "With the variances given the posterior has a closed form; only ranks and P(best) come from draws.");
    }
    let reached = if found.reached { "" } else { "; NOT as exact as it should be" };
    say(
        out,
        &format!(
            "Model {}, seed {}: {} draws from {} chains, R-hat at most {:.3}, effective size at least {:.0}, error of a \
             probability at most {:.3}{reached}.",
            found.model, found.seed, found.draws, found.chains, found.rhat_max, found.ess_min, found.mcse_max
        ),
    );
}

fn section(out: &mut String, title: &str) {
    let before = if out.is_empty() { "" } else { "\n" };
    let _ = writeln!(out, "{before}{}", title.to_uppercase());
}

/// A paragraph, indented, its lines at most a hundred characters long.
fn say(out: &mut String, text: &str) {
    const WIDTH: usize = 98;
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(out, "  {line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(out, "  {line}");
}

fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// `a, b and c`.
fn listed<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => "nobody".to_owned(),
        [one] => one.as_ref().to_owned(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", rest.join(", "), last.as_ref())
        }
    }
}

/// A number with two decimals, or a dash.
fn number(figure: &Figure<f64>) -> String {
    figure.value().map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
}

fn value(figure: &Figure<Estimate>) -> String {
    figure.value().map_or_else(|| "–".to_owned(), |estimate| format!("{:.2}", estimate.value))
}

/// The ends of an interval, or nothing.
fn interval(figure: &Figure<Estimate>) -> String {
    figure.value().map_or_else(String::new, |e| format!("{:.2} to {:.2}", e.lower, e.upper))
}

/// Value and interval, or the reason why there is none.
fn in_full(figure: &Figure<Estimate>) -> String {
    match figure.or_reason() {
        Ok(e) => format!("{:.2} ({:.0} %: {:.2} to {:.2})", e.value, 100.0 * e.level, e.lower, e.upper),
        Err(reason) => format!("– {reason}"),
    }
}
