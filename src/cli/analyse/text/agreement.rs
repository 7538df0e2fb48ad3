//! How far raters agree, and how each of them rates.

use super::{grid::Grid, in_full, interval, number, say, section, value};
use crate::cli::analyse::{
    figure::Figure,
    raters::Rater,
    reliability::{Icc, Krippendorff, Reliability},
    report::Mfrm,
};

pub fn reliability(out: &mut String, found: &Reliability) {
    section(out, "Reliability");
    say(
        out,
        "How far another panel would agree. ICC(C) asks whether raters order people alike, ICC(A) whether they give the same \
         score; (1) is one rater, (k) the mean of all.",
    );
    let names = || found.dimensions.0.iter().map(|(name, _)| name.as_str()).chain(["all, weighted"]);
    let iccs = found.dimensions.0.iter().map(|(_, d)| &d.icc).chain([&found.composite.icc]);
    let alphas = found.dimensions.0.iter().map(|(_, d)| &d.krippendorff).chain([&found.composite.krippendorff]);
    icc_grid(out, names(), iccs);
    alpha_grid(out, names(), alphas);

    say(out, &format!("Alpha of the dimensions within a form: {}.", in_full(&found.composite.alpha)));
    say(
        out,
        &format!(
            "Omega: {}. Both count a rater's halo as if it were true and say nothing about a score.",
            in_full(&found.composite.omega)
        ),
    );
    match found.composite.sem.or_reason() {
        Ok(sem) => say(out, &format!("Standard error of a candidate's weighted mean: {sem:.2} points.")),
        Err(reason) => say(out, &format!("Standard error of a candidate's weighted mean: – {reason}.")),
    }

    let mut grid = Grid::new(["variance", "REML", "panel model", "90 % interval"]);
    if let Figure::Value(panel) = &found.components.panel {
        let reml = found.components.reml.value();
        let dash = || "–".to_owned();
        for (name, reml, panel) in [
            ("candidate", reml.map(|six| number(&six.candidate)), &panel.candidate),
            ("candidate × dimension", reml.map(|six| number(&six.candidate_dimension)), &panel.candidate_dimension),
            ("rater", reml.map(|six| number(&six.rater)), &panel.rater),
            ("rater × dimension", reml.map(|six| number(&six.rater_dimension)), &panel.rater_dimension),
            ("candidate × rater (halo)", reml.map(|six| number(&six.candidate_rater)), &panel.candidate_rater),
            ("residual", reml.map(|six| number(&six.residual)), &panel.residual),
        ] {
            grid.row([name.to_owned(), reml.unwrap_or_else(dash), value(panel), interval(panel)]);
        }
        grid.print(out);
        out.push('\n');
    }

    match found.g.or_reason() {
        Ok(g) => {
            say(out, &format!("Reliability of the scores as these raters gave them, G(q, k): {}.", in_full(&g.qk)));
            if let (Some(relative), Some(absolute)) = (g.relative.value(), g.absolute.value()) {
                let mut grid = Grid::of_any_width();
                let cells = |of: &[(String, f64)]| of.iter().map(|(_, x)| format!("{x:.2}")).collect::<Vec<_>>();
                let heading = relative.0.iter().map(|(k, _)| k.clone());
                grid.add(["with so many raters each".to_owned()].into_iter().chain(heading).collect());
                grid.add(["the same for everybody".to_owned()].into_iter().chain(cells(&relative.0)).collect());
                grid.add(["others for every candidate".to_owned()].into_iter().chain(cells(&absolute.0)).collect());
                grid.print(out);
            }
        }
        Err(reason) => say(out, &format!("Reliability of the scores: – {reason}.")),
    }
}

fn icc_grid<'a>(out: &mut String, names: impl Iterator<Item = &'a str>, iccs: impl Iterator<Item = &'a Icc>) {
    let mut grid =
        Grid::new(["", "ICC(1)", "ICC(1,k)", "ICC(A,1)", "ICC(A,k)", "ICC(C,1)", "ICC(C,k)", "95 % interval"]);
    let mut reason = None;
    for (name, icc) in names.zip(iccs) {
        reason = reason.or(icc.iccck.or_reason().err().map(str::to_owned));
        grid.row([
            name.to_owned(),
            value(&icc.icc1),
            value(&icc.icc1k),
            value(&icc.icca1),
            value(&icc.iccak),
            value(&icc.iccc1),
            value(&icc.iccck),
            interval(&icc.iccck),
        ]);
    }
    grid.print(out);
    out.push('\n');
    if let Some(reason) = reason {
        say(out, &format!("– in ICCs: {reason}."));
    }
}

fn alpha_grid<'a>(
    out: &mut String,
    names: impl Iterator<Item = &'a str>,
    alphas: impl Iterator<Item = &'a Krippendorff>,
) {
    let mut grid = Grid::new(["Krippendorff's alpha", "nominal", "ordinal", "95 % interval", "interval", "ratio"]);
    let mut reason = None;
    for (name, alpha) in names.zip(alphas) {
        reason = reason.or(alpha.ordinal.or_reason().err().map(str::to_owned));
        grid.row([
            name.to_owned(),
            value(&alpha.nominal),
            value(&alpha.ordinal),
            interval(&alpha.ordinal),
            value(&alpha.interval),
            value(&alpha.ratio),
        ]);
    }
    grid.print(out);
    out.push('\n');
    if let Some(reason) = reason {
        say(out, &format!("– in alphas: {reason}."));
    }
}

pub fn raters(out: &mut String, raters: &[Rater]) {
    section(out, "Raters");
    say(
        out,
        "Feedback for them, never a ranking. Severity is how much higher (+) or lower (−) than the average rater they rate \
         the same people; spread 1 is as the others; a halo ratio below 0.5 gives every dimension the same.",
    );
    let signed = |figure: &Figure<_>| value(figure).replace('-', "−");
    let mut grid =
        Grid::new(["rater", "forms", "severity", "90 % interval", "spread", "halo ratio", "infit", "outfit", ""]);
    for rater in raters {
        let mut marks = Vec::new();
        if rater.flag {
            marks.push("severity");
        }
        if rater.narrow {
            marks.push("narrow");
        }
        if rater.flat {
            marks.push("flat");
        }
        grid.row([
            rater.rater.clone(),
            rater.forms.to_string(),
            signed(&rater.severity),
            interval(&rater.severity).replace('-', "−"),
            number(&rater.spread),
            number(&rater.halo_ratio),
            number(&rater.infit),
            number(&rater.outfit),
            if marks.is_empty() { String::new() } else { format!("← {}", marks.join(", ")) },
        ]);
    }
    grid.print(out);
    out.push('\n');
    let reasons: [Option<(&str, &str)>; 3] = [
        raters.iter().find_map(|r| r.severity.or_reason().err()).map(|reason| ("severity", reason)),
        raters.iter().find_map(|r| r.halo_ratio.or_reason().err()).map(|reason| ("halo ratio", reason)),
        raters.iter().find_map(|r| r.infit.or_reason().err()).map(|reason| ("infit and outfit", reason)),
    ];
    for (what, reason) in reasons.into_iter().flatten() {
        say(out, &format!("– in {what}: {reason}."));
    }
}

pub fn mfrm(out: &mut String, found: &Figure<Mfrm>) {
    section(out, "Many-facet Rasch model");
    let found = match found.or_reason() {
        Ok(found) => found,
        Err(reason) => return say(out, &format!("There is none: {reason}.")),
    };
    say(out, "In logits; higher is stricter for a rater and harder for a dimension.");
    let mut grid = Grid::new(["", "value", "95 % interval"]);
    for (kind, figures) in [("rater", &found.severity.0), ("dimension", &found.difficulty.0)] {
        for (name, figure) in figures {
            grid.row([format!("{kind} {name}"), value(figure), interval(figure)]);
        }
    }
    for (step, ends) in found.steps.iter().zip(found.categories.windows(2)) {
        grid.row([format!("step from {} to {}", ends[0], ends[1]), value(step), interval(step)]);
    }
    grid.print(out);
    out.push('\n');
    say(
        out,
        &format!(
            "Candidates: mean {:.2}, standard deviation {}. Log-likelihood {:.2}.",
            found.mean,
            number(&found.sigma),
            found.log_likelihood
        ),
    );
}
