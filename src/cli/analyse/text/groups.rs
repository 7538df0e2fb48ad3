//! Selections and scores by group, and validity.

use super::{counted, grid::Grid, in_full, interval, number, say, section, value};
use crate::cli::analyse::{
    fairness::{Comparison, Scores, Selections},
    figure::Figure,
    validity::Validity,
};

pub fn selections(out: &mut String, report: &Selections) {
    let mut place = None;
    for group in &report.groups {
        let here = (&group.opening, &group.stage);
        if place.replace(here) == Some(here) {
            continue;
        }
        let title = group.opening.as_ref().map_or(group.stage.clone(), |opening| format!("{opening}: {}", group.stage));
        section(out, &title);
        let rows: Vec<_> = report.groups.iter().filter(|g| (&g.opening, &g.stage) == here).collect();
        let mut grid = Grid::new(heading());
        for row in &rows {
            let counts = format!("{} of {}", row.selected, row.total);
            grid.add(cells(&row.group, counts, number(&row.rate), row.reference, &row.comparison));
        }
        grid.print(out);
        out.push('\n');
        for row in rows {
            remarks(out, &row.group, row.reference, &row.comparison);
        }
    }
    if !report.pooled.is_empty() {
        section(out, "Pooled");
        say(
            out,
            "Over tables, which are never added to each other (Mantel–Haenszel). A small p of Breslow–Day says that they differ.",
        );
        let mut grid = Grid::new(["group", "beside", "impact ratio", "95 % interval", "p", "Breslow–Day p", "tables"]);
        for row in &report.pooled {
            let group = row.stage.as_ref().map_or(row.group.clone(), |stage| format!("{stage}: {}", row.group));
            grid.row([
                group,
                row.reference.clone(),
                value(&row.impact_ratio),
                interval(&row.impact_ratio),
                probability(&row.p),
                row.breslow_day.value().map_or_else(|| "–".to_owned(), |found| format!("{:.3}", found.p)),
                row.tables.to_string(),
            ]);
        }
        grid.print(out);
    }
    out.push('\n');
    say(
        out,
        "Description and tests, not a verdict: a ratio above 0.80 is no proof of fairness, one below is no proof of its absence.",
    );
}

fn heading() -> [&'static str; 8] {
    ["group", "selected", "rate", "impact ratio", "95 % interval", "P(below 4/5)", "Fisher p", "mid-p"]
}

fn cells(group: &str, counts: String, rate: String, reference: bool, found: &Comparison) -> Vec<String> {
    let ratio = if reference { "reference".to_owned() } else { value(&found.impact_ratio) };
    vec![
        group.to_owned(),
        counts,
        rate,
        ratio,
        interval(&found.impact_ratio),
        number(&found.p_below_four_fifths),
        probability(&found.fisher),
        probability(&found.fisher_midp),
    ]
}

fn remarks(out: &mut String, group: &str, reference: bool, found: &Comparison) {
    if reference {
        return;
    }
    if let Err(reason) = found.below_four_fifths.or_reason() {
        return say(out, &format!("{group}: counted, not compared: {reason}."));
    }
    if found.below_four_fifths.value() == Some(&true) {
        let one = if found.one_person_changes_it.value() == Some(&true) {
            "; one different selection would change it"
        } else {
            ""
        };
        let short =
            found.shortfall.value().map_or_else(String::new, |n| format!(", {n:.1} fewer than at the joint rate"));
        say(out, &format!("{group}: below four fifths{short}{one}."));
    }
    match found.smallest_detectable_ratio.or_reason() {
        Ok(ratio) => {
            say(out, &format!("{group}: a test of this size finds a ratio of {ratio:.2} or less four times in five."))
        }
        Err(_) => say(out, &format!("{group}: too few people for a test to find anything four times in five.")),
    }
}

pub fn scores(out: &mut String, report: &Scores) {
    section(out, "Scores");
    match report.median.or_reason() {
        Ok(median) => {
            say(out, &format!("The median of all scores is {median:.2}; the scoring rate is the share above it."))
        }
        Err(reason) => say(out, &format!("There is no median: {reason}.")),
    }
    let mut grid = Grid::new([
        "group",
        "n",
        "median",
        "scoring rate",
        "impact ratio",
        "95 % interval",
        "Hedges' g",
        "95 % interval",
    ]);
    for row in &report.groups {
        grid.row([
            row.group.clone(),
            row.n.to_string(),
            number(&row.median),
            number(&row.scoring_rate),
            if row.reference { "reference".to_owned() } else { value(&row.comparison.impact_ratio) },
            interval(&row.comparison.impact_ratio),
            value(&row.hedges_g),
            interval(&row.hedges_g),
        ]);
    }
    grid.print(out);
    out.push('\n');
    for row in &report.groups {
        remarks(out, &row.group, row.reference, &row.comparison);
    }
}

pub fn validity(out: &mut String, report: &Validity) {
    section(out, "Validity");
    say(out, &format!("{} with a score, {} hired with an outcome.", counted(report.applicants, "applicant"), report.n));
    say(out, &format!("Correlation among the hired, r: {}.", in_full(&report.r)));
    say(out, &format!("Spearman's rank correlation: {}.", plain(&report.spearman)));
    say(
        out,
        &format!(
            "As it would be among all applicants, if hiring went by this score (Thorndike II): {}.",
            in_full(&report.corrected)
        ),
    );
    say(
        out,
        &format!(
            "Combined with what is known of structured interviews, N(0.42, 0.19²): {}.",
            in_full(&report.posterior)
        ),
    );
    if let Some(share) = report.prior_share.value() {
        say(out, &format!("{:.0} % of that is what was known before.", 100.0 * share));
    }
    if let Some(auc) = &report.auc {
        say(
            out,
            &format!(
                "Probability that someone with the outcome scored higher than someone without (AUC): {}.",
                in_full(auc)
            ),
        );
    }
}

fn plain(figure: &Figure<f64>) -> String {
    match figure.or_reason() {
        Ok(value) => format!("{value:.2}"),
        Err(reason) => format!("– {reason}"),
    }
}

fn probability(figure: &Figure<f64>) -> String {
    figure.value().map_or_else(|| "–".to_owned(), |p| if *p < 0.001 { "< 0.001".to_owned() } else { format!("{p:.3}") })
}
