//! The parts of an analysis of ratings.

use super::{grid::Grid, in_full, interval, listed, number, say, section, value};
use crate::cli::analyse::{
    comparison::{Candidate, Comparison, Names, Pair, Sensitivity},
    design::{Design, Form, Holder},
    figure::Figure,
    raters::Rater,
    reliability::{Icc, Krippendorff, Reliability},
    report::Mfrm,
};

/// Pairs that are listed in full; of more, only neighbours are.
const MOST_PAIRS: usize = 28;

pub fn design(out: &mut String, design: &Design) {
    section(out, "Design");
    let forms = |forms: &[Form]| -> Vec<String> {
        forms.iter().map(|form| format!("{} by {}", form.candidate, form.rater)).collect()
    };
    match design.components.as_slice() {
        [] => say(out, "There is no rating."),
        [_] if design.crossed => say(out, "Every rater rated every candidate on every dimension."),
        [_] => say(
            out,
            "Everybody hangs together through shared raters and candidates, though not every rater rated everything.",
        ),
        parts => {
            say(
                out,
                "These were seen by different people. A difference between them may be the raters, not the candidates, so \
                 that each is a list of its own:",
            );
            for (number, part) in (1..).zip(parts) {
                say(out, &format!("{number}. {}; rated by {}.", listed(&part.candidates), listed(&part.raters)));
            }
            say(out, &format!("These forms would join them: {}.", listed(&forms(&design.suggested_links))));
        }
    }
    if design.rank < design.rank_needed {
        say(
            out,
            &format!(
                "Rank {} of {}: some difference of candidates, raters or dimensions cannot be told from another.",
                design.rank, design.rank_needed
            ),
        );
    }
    if !design.bridges.is_empty() {
        say(out, &format!("It would fall apart without any one of these forms: {}.", listed(&forms(&design.bridges))));
    }
    if !design.articulation.is_empty() {
        let people: Vec<&str> =
            design.articulation.iter().map(|(Holder::Candidate(name) | Holder::Rater(name))| name.as_str()).collect();
        say(out, &format!("It would fall apart without any one of these people: {}.", listed(&people)));
    }
    if let (Some(k), Some(q)) = (design.harmonic_mean_raters.value(), design.q.value()) {
        say(
            out,
            &format!(
                "Raters per candidate (harmonic mean) {k:.2}; share of severity that is left in a comparison, q, {q:.3}."
            ),
        );
    }
}

pub fn comparison(out: &mut String, comparison: &Comparison) {
    section(out, "Comparison");
    let Figure::Value(pairs) = &comparison.pairs else {
        if let Err(reason) = comparison.pairs.or_reason() {
            say(out, &format!("Nobody can be compared: {reason}. The plain means:"));
        }
        let mut grid = Grid::new(["candidate", "plain mean", "raters"]);
        for candidate in &comparison.candidates {
            grid.row([candidate.candidate.clone(), number(&candidate.raw_mean), candidate.raters.to_string()]);
        }
        return grid.print(out);
    };
    say(
        out,
        "The fair score is the weighted score under the average rater of this pool. Candidates of one band cannot be told \
         from its first with 80 % probability.",
    );
    standings(out, &comparison.candidates);
    say_pairs(out, pairs);
    let among = |names: &[String]| match names {
        [one] => format!("is {one}"),
        several => format!("is among {}", listed(several)),
    };
    match comparison.shortlist.or_reason() {
        Ok(names) => say(out, &format!("The best {} with probability 0.90 or more.", among(names))),
        Err(_) => {
            for (number, part) in (1..).zip(&comparison.lists) {
                let who = among(&part.shortlist);
                say(out, &format!("The best of list {number} {who} with probability 0.90 or more."));
            }
        }
    }
    profiles(out, &comparison.candidates);
    weights(out, &comparison.weights.used.0, &comparison.weights.sensitivity);
    say(out, "This describes the ratings, not future performance.");
    for (check, why) in [
        (&comparison.ordinal_check, "depends on how steps are read, since many ratings sit at an end of the scale"),
        (&comparison.prior_check, "leans on what is assumed before any rating is seen, since there are few"),
        (&comparison.missing_check, "depends on what the missing ratings would have been"),
    ] {
        if check.run && !check.changed.is_empty() {
            let pairs: Vec<String> = check.changed.iter().map(|Names { a, b }| format!("{a} and {b}")).collect();
            say(out, &format!("Between {} it {why}.", pairs.join("; ")));
        }
    }
}

fn standings(out: &mut String, candidates: &[Candidate]) {
    let lists = candidates.iter().filter_map(|c| c.list.value()).max().copied().unwrap_or(1);
    let mut grid =
        Grid::new(["candidate", "fair score", "95 % interval", "plain mean", "raters", "P(best)", "rank 90 %", "band"]);
    for candidate in candidates {
        let band = candidate.band.value().map_or_else(
            || "–".to_owned(),
            |band| match candidate.list.value() {
                Some(list) if lists > 1 => format!("{list}/{band}"),
                _ => band.to_string(),
            },
        );
        grid.row([
            candidate.candidate.clone(),
            value(&candidate.fair_score),
            interval(&candidate.fair_score),
            number(&candidate.raw_mean),
            candidate.raters.to_string(),
            number(&candidate.p_best),
            candidate.rank.value().map_or_else(|| "–".to_owned(), |[best, worst]| format!("{best}–{worst}")),
            band,
        ]);
    }
    grid.print(out);
    out.push('\n');
    if lists > 1 {
        say(out, "Bands, ranks and probabilities are within each list; 2/1 is band 1 of list 2.");
    }
}

fn say_pairs(out: &mut String, pairs: &[Pair]) {
    if pairs.is_empty() {
        return;
    }
    let mut grid = Grid::new(["", "P", "by > ¼ point"]);
    let mut before = None;
    for pair in pairs {
        // The first pair of each candidate is the one with whoever follows.
        let neighbours = before != Some(&pair.a);
        before = Some(&pair.a);
        if pairs.len() <= MOST_PAIRS || neighbours {
            let words = match pair.verdict {
                "clear" => "is clearly above",
                "probable" => "is probably above",
                "leaning" => "leans above",
                _ => "cannot be told from",
            };
            grid.row([
                format!("{} {words} {}", pair.a, pair.b),
                format!("{:.2}", pair.p),
                format!("{:.2}", pair.p_quarter),
            ]);
        }
    }
    if pairs.len() > MOST_PAIRS {
        say(out, &format!("Neighbours only; --format json has all {} pairs.", pairs.len()));
    }
    grid.print(out);
    out.push('\n');
}

fn profiles(out: &mut String, candidates: &[Candidate]) {
    let dimensions: Vec<&str> =
        candidates.first().map_or(&[][..], |c| &c.profile.0).iter().map(|(name, _)| name.as_str()).collect();
    if dimensions.len() < 2 {
        return;
    }
    let mut grid = Grid::of_any_width();
    grid.add(["fair level"].into_iter().chain(dimensions.iter().copied()).map(str::to_owned).collect());
    for candidate in candidates {
        let cells = candidate.profile.0.iter().map(|(name, level)| {
            let sign = if candidate.strengths.contains(name) {
                "+"
            } else if candidate.weaknesses.contains(name) {
                "−"
            } else {
                ""
            };
            format!("{sign}{}", value(level))
        });
        grid.add([candidate.candidate.clone()].into_iter().chain(cells).collect());
    }
    grid.print(out);
    out.push('\n');
    let marked = candidates.iter().any(|c| !c.strengths.is_empty() || !c.weaknesses.is_empty());
    say(
        out,
        if marked {
            "+ and − stand out beside the candidate's other dimensions; other differences of a profile are within error."
        } else {
            "Differences between the dimensions of one candidate are within error."
        },
    );
}

fn weights(out: &mut String, used: &[(String, f64)], found: &Sensitivity) {
    let shares: Vec<String> = used.iter().map(|(name, weight)| format!("{name} {:.0} %", 100.0 * weight)).collect();
    say(out, &format!("Weights: {}.", shares.join(", ")));
    let (Some(first), Some(holds)) = (found.first_share.value(), found.order_holds.value()) else { return };
    if let [(leader, share), (second, _), ..] = first.0.as_slice() {
        say(
            out,
            &format!(
                "{leader} is first under {:.0} % of sensible weightings and stays above {second} under {:.0} %.",
                100.0 * share,
                100.0 * holds
            ),
        );
    }
    match found.flip.or_reason() {
        Ok(flip) => say(
            out,
            &format!(
                "Moving {:.0} % of the weight from {} to {} brings {} level with the first.",
                100.0 * flip.shift,
                flip.from,
                flip.to,
                flip.challenger
            ),
        ),
        Err(reason) => say(out, &format!("No shift of the weights changes the top: {reason}.")),
    }
    if let Some(left_out) = found.leave_one_out.value() {
        let changes: Vec<String> = left_out
            .0
            .iter()
            .filter_map(|(name, figure)| Some((name, figure.value().filter(|found| found.changes)?)))
            .map(|(name, found)| format!("without {name} {} is first", found.leader))
            .collect();
        if !changes.is_empty() {
            say(out, &format!("Leaving one dimension out: {}.", changes.join("; ")));
        }
    }
}

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
