//! A job's comparison as rows, one per candidate: fair scores with their intervals and probabilities, as the page shows them.

use crate::domain::comparison::{CandidateResult, Comparison};

const HEAD: [&str; 26] = [
    "job_id",
    "job",
    "candidate_id",
    "candidate",
    "list",
    "band",
    "fair_score",
    "fair_lower_95",
    "fair_upper_95",
    "fair_lower_80",
    "fair_upper_80",
    "plain_mean",
    "plain_mean_for_raters",
    "p_best",
    "p_top_2",
    "p_top_3",
    "expected_rank",
    "rank_best_90",
    "rank_worst_90",
    "interviewers",
    "ratings",
    "covered",
    "no_fair_score",
    "model",
    "seed",
    "inputs_digest",
];

/// The header: then per dimension the plain mean and the fair level.
pub fn columns(dimensions: &[String]) -> Vec<String> {
    let mut columns: Vec<String> = HEAD.iter().map(ToString::to_string).collect();
    columns.extend(dimensions.iter().flat_map(|key| [format!("{key}_mean"), format!("{key}_fair")]));
    columns
}

/// Candidates in the order shown; what cannot be said is an empty cell.
pub fn comparison_rows(comparison: &Comparison, job: &str, title: &str, dimensions: &[String]) -> Vec<Vec<String>> {
    comparison.candidates.iter().map(|candidate| row(comparison, candidate, job, title, dimensions)).collect()
}

fn row(
    comparison: &Comparison,
    candidate: &CandidateResult,
    job: &str,
    title: &str,
    dimensions: &[String],
) -> Vec<String> {
    let number = |x: Option<f64>| x.map(|x| format!("{x:.4}")).unwrap_or_default();
    let place = |found: Option<usize>| found.map(|place| (place + 1).to_string()).unwrap_or_default();
    let (fair, found) = (candidate.estimate, candidate.probabilities.as_ref());
    let inner = fair.and_then(|fair| fair.inner);
    let top = |m: usize| found.and_then(|found| found.top.get(m - 1)).copied();
    let diagnostics = comparison.diagnostics.as_ref().filter(|_| fair.is_some());
    let mut row = vec![
        job.to_owned(),
        title.to_owned(),
        candidate.id.to_string(),
        candidate.name.clone(),
        place(comparison.lists.iter().position(|list| list.candidates.contains(&candidate.id))),
        place(comparison.bands.iter().position(|band| band.candidates.contains(&candidate.id))),
        number(fair.map(|fair| fair.value)),
        number(fair.map(|fair| fair.lower)),
        number(fair.map(|fair| fair.upper)),
        number(inner.map(|inner| inner.0)),
        number(inner.map(|inner| inner.1)),
        number(candidate.plain_mean),
        // A sum and no difference: a cell that begins with a minus would be made text against formulas.
        number(candidate.plain_mean.zip(candidate.adjustment).map(|(plain, found)| plain + found.raters)),
        number(found.map(|found| found.best)),
        number(top(2)),
        number(top(3)),
        number(found.map(|found| found.expected_rank)),
        found.map(|found| found.rank.0.to_string()).unwrap_or_default(),
        found.map(|found| found.rank.1.to_string()).unwrap_or_default(),
        candidate.raters.to_string(),
        candidate.ratings.to_string(),
        number(Some(candidate.covered)),
        candidate.no_estimate.clone().unwrap_or_default(),
        diagnostics.map(|found| found.model.clone()).unwrap_or_default(),
        diagnostics.map(|found| found.seed.clone()).unwrap_or_default(),
        comparison.inputs_digest.clone(),
    ];
    for key in dimensions {
        let cell = candidate.cells.iter().find(|cell| cell.dimension == *key);
        row.push(number(cell.and_then(|cell| cell.mean)));
        row.push(number(cell.and_then(|cell| cell.fair).map(|fair| fair.value)));
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::comparison::{
        compare,
        examples::{five, five_compared},
    };

    #[test]
    fn a_row_has_a_cell_for_every_column_and_nothing_stands_for_what_cannot_be_said() {
        let dimensions: Vec<String> = five().dimensions.into_iter().map(|dimension| dimension.key).collect();
        let mut alone = five();
        alone.scorecards.retain(|card| card.rater == alone.raters[1].id);

        let columns = columns(&dimensions);
        let (all, one) = (five_compared(), compare(&alone).unwrap());

        for comparison in [&all, &one] {
            for row in comparison_rows(comparison, "j", "Agent", &dimensions) {
                assert_eq!(row.len(), columns.len());
            }
        }
        let fair = columns.iter().position(|column| column == "fair_score").unwrap();
        let rows = comparison_rows(&all, "j", "Agent", &dimensions);
        assert_eq!(rows[0][fair], format!("{:.4}", all.candidates[0].estimate.unwrap().value));
        assert_eq!(comparison_rows(&one, "j", "Agent", &dimensions)[0][fair], "");
    }
}
