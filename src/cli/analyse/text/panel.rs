//! Who was met by whom, and who is above whom.

use super::{grid::Grid, interval, listed, number, say, section, value};
use crate::cli::analyse::{
    comparison::{Candidate, Comparison, Names, Pair, Sensitivity},
    design::{Design, Form, Holder},
    figure::Figure,
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
