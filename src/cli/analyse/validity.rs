//! Whether a score goes with what came after hiring, in the columns of the file.

use serde::Serialize;

use super::{
    figure::{Estimate, Figure},
    table::{Fault, Row, Table},
};
use crate::stats::{
    minimum,
    validity::{self as core, Applicant, classification::area_under_curve},
};

#[derive(Debug, Serialize)]
pub struct Validity {
    /// Hired people with an outcome.
    pub n: usize,
    pub r: Figure<Estimate>,
    pub corrected: Figure<Estimate>,
    pub spearman: Figure<f64>,
    pub posterior: Figure<Estimate>,
    pub prior_share: Figure<f64>,
    /// Where the outcome is 0 or 1 throughout.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auc: Option<Figure<Estimate>>,
    /// Everybody with a score.
    pub applicants: usize,
}

pub fn read(table: &Table) -> Result<Vec<Applicant>, Vec<Fault>> {
    let [predictor, hired, outcome] = table.columns(["predictor", "hired", "outcome"])?;
    let mut faults = table.faults.clone();
    let mut found = Vec::new();
    for row in &table.rows {
        let read = |row: &Row| -> Result<Applicant, String> {
            let hired = match row.cell(hired).to_lowercase().as_str() {
                "1" | "yes" | "true" => true,
                "0" | "no" | "false" => false,
                other => return Err(format!("hired is {other:?} and must be yes or no")),
            };
            let outcome = match row.cell(outcome) {
                "" => None,
                text => Some(number(text, "outcome")?),
            };
            if outcome.is_some() && !hired {
                return Err("has an outcome without having been hired".to_owned());
            }
            Ok(Applicant { predictor: number(row.cell(predictor), "predictor")?, outcome, hired })
        };
        match read(row) {
            Ok(applicant) => found.push(applicant),
            Err(text) => faults.push(Fault::at(row.line, text)),
        }
    }
    if found.is_empty() && faults.is_empty() {
        faults.push(Fault::general("there is no row below the heading"));
    }
    faults.sort();
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn number(text: &str, what: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|x: &f64| x.abs() <= 1e9);
    number.ok_or_else(|| format!("the {what} {text:?} is no number"))
}

pub fn report(applicants: &[Applicant]) -> Validity {
    let found = core::validity(applicants);
    Validity {
        n: found.outcomes,
        r: found.r.into(),
        corrected: found.corrected.into(),
        spearman: found.spearman.into(),
        posterior: found.posterior.map(|posterior| posterior.validity).into(),
        prior_share: found.posterior.map(|posterior| posterior.prior_share).into(),
        auc: auc(applicants, found.outcomes),
        applicants: applicants.len(),
    }
}

fn auc(applicants: &[Applicant], outcomes: usize) -> Option<Figure<Estimate>> {
    let known: Vec<(f64, f64)> = applicants.iter().filter_map(|a| Some((a.predictor, a.outcome?))).collect();
    if known.is_empty() || known.iter().any(|(_, outcome)| ![0.0, 1.0].contains(outcome)) {
        return None;
    }
    let with = |wanted: f64| -> Vec<f64> {
        known.iter().filter(|(_, outcome)| *outcome == wanted).map(|(predictor, _)| *predictor).collect()
    };
    let area = minimum::validity(outcomes).and_then(|()| area_under_curve(&with(1.0), &with(0.0)));
    Some(area.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_row_that_cannot_be_read_is_named() {
        let text = "predictor,hired,outcome\n3.5,yes,4\n3.5,maybe,\nx,no,\n3,no,4\n3,yes,good\n3,0,\n";
        let found = Table::read(text.as_bytes()).and_then(|table| read(&table)).err().unwrap();

        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "line 3: hired is \"maybe\" and must be yes or no",
                "line 4: the predictor \"x\" is no number",
                "line 5: has an outcome without having been hired",
                "line 6: the outcome \"good\" is no number"
            ]
        );
    }

    #[test]
    fn outcomes_of_yes_and_no_have_an_area_under_the_curve() {
        let rows = (0..40).map(|i| Applicant {
            predictor: f64::from(i),
            outcome: Some(f64::from(u8::from(i % 3 > 0))),
            hired: true,
        });

        assert!(report(&rows.collect::<Vec<_>>()).auc.unwrap().value().is_some());
    }

    proptest! {
        #[test]
        fn whatever_the_outcomes_no_figure_is_null(
            rows in prop::collection::vec((-3_i32..3, any::<bool>(), prop::option::of(-2_i32..2)), 0..50)
        ) {
            let applicants: Vec<Applicant> = rows
                .iter()
                .map(|&(x, hired, y)| Applicant { predictor: x.into(), hired, outcome: y.filter(|_| hired).map(f64::from) })
                .collect();

            let json = serde_json::to_string(&report(&applicants)).unwrap();

            prop_assert!(!json.contains("null"), "{}", json);
        }
    }
}
