//! The options as they are typed, turned into values.

use std::collections::BTreeSet;

use crate::stats::{ratings::Scale, variances::Variances};

/// A part of the analysis of ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Design,
    Reliability,
    Comparison,
    Raters,
    Mfrm,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Ratings(BTreeSet<Part>),
    Fairness,
    Validity,
}

/// Weights by the name of the dimension, as given.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenWeights(pub Vec<(String, f64)>);

/// Scores lie at most this far from zero, so that every figure keeps four digits.
pub const LARGEST_SCORE: f64 = 10_000.0;

const ALL: [Part; 4] = [Part::Design, Part::Reliability, Part::Comparison, Part::Raters];

pub fn what(text: &str) -> Result<What, String> {
    let mut parts = BTreeSet::new();
    for name in text.split(',').map(str::trim) {
        match name {
            "fairness" | "validity" if text.contains(',') => {
                return Err(format!("{name} reads other columns and stands alone"));
            }
            "fairness" => return Ok(What::Fairness),
            "validity" => return Ok(What::Validity),
            "all" => parts.extend(ALL),
            "design" => _ = parts.insert(Part::Design),
            "reliability" => _ = parts.insert(Part::Reliability),
            "comparison" => _ = parts.insert(Part::Comparison),
            "raters" => _ = parts.insert(Part::Raters),
            "mfrm" => _ = parts.insert(Part::Mfrm),
            other => {
                return Err(format!(
                    "there is no part {other:?}; choose all, or some of design, reliability, comparison, raters, mfrm, or \
                     fairness, or validity"
                ));
            }
        }
    }
    Ok(What::Ratings(parts))
}

pub fn scale(text: &str) -> Result<Scale, String> {
    let ends = text.split_once("..").and_then(|(low, high)| {
        let (low, high) = (low.trim().parse::<f64>().ok()?, high.trim().parse::<f64>().ok()?);
        let sound = low.abs() <= LARGEST_SCORE && high.abs() <= LARGEST_SCORE && high - low >= 0.01;
        if sound { Scale::new(low, high).ok() } else { None }
    });
    ends.ok_or_else(|| "give the two ends of the scale, the lower one first, as in 1..5".to_owned())
}

pub fn weights(text: &str) -> Result<GivenWeights, String> {
    let given = pairs(text, "listening=2,growth=1")?;
    if given.iter().all(|(_, weight)| *weight == 0.0) {
        return Err("at least one weight must be above 0".to_owned());
    }
    Ok(GivenWeights(given))
}

pub fn variances(text: &str) -> Result<Variances, String> {
    let given = pairs(text, "candidate=0.25,…")?;
    if let Some((name, _)) = given.iter().find(|(name, _)| !Variances::NAMES.contains(&name.as_str())) {
        return Err(format!("there is no variance {name:?}; the six are {}", Variances::NAMES.join(", ")));
    }
    let mut values = [0.0; 6];
    for (value, wanted) in values.iter_mut().zip(Variances::NAMES) {
        let found = given.iter().find(|(name, _)| name == wanted);
        *value = found.ok_or_else(|| format!("the variance {wanted} is missing; give all six"))?.1;
    }
    let variances = Variances::from_array(values);
    if variances.residual == 0.0 {
        return Err("the variance residual must be above 0".to_owned());
    }
    Ok(variances)
}

/// `name=number,name=number`: names once each, numbers finite and not negative.
fn pairs(text: &str, example: &str) -> Result<Vec<(String, f64)>, String> {
    let mut found: Vec<(String, f64)> = Vec::new();
    for part in text.split(',') {
        let pair = part.rsplit_once('=').and_then(|(name, number)| Some((name.trim(), number.trim().parse().ok()?)));
        let Some((name, number)) = pair.filter(|(name, _)| !name.is_empty()) else {
            return Err(format!("{part:?} is no name=number; write it as in {example}"));
        };
        if !(0.0..=1e9).contains(&number) {
            return Err(format!("{name} must be a number from 0 on"));
        }
        if found.iter().any(|(known, _)| known == name) {
            return Err(format!("{name} is given twice"));
        }
        found.push((name.to_owned(), number));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_chosen_by_name_and_what_reads_other_columns_stands_alone() {
        assert_eq!(what("all").unwrap(), What::Ratings(ALL.into()));
        assert_eq!(what("mfrm, design").unwrap(), What::Ratings([Part::Design, Part::Mfrm].into()));
        assert_eq!(what("fairness").unwrap(), What::Fairness);
        assert!(what("design,validity").unwrap_err().contains("stands alone"));
        assert!(what("desing").unwrap_err().contains("desing"));
    }

    #[test]
    fn a_scale_has_two_ends_in_order() {
        assert_eq!(scale("1..5").unwrap(), Scale::five_steps());
        assert_eq!(scale("-2 .. 2.5").unwrap(), Scale::new(-2.0, 2.5).unwrap());
        for bad in ["5..1", "1-5", "3..3", "NaN..5", "0..inf", "0..1e9", ""] {
            assert!(scale(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn weights_and_variances_name_what_is_wrong_with_them() {
        assert_eq!(weights("a=2, b c=0").unwrap().0, [("a".to_owned(), 2.0), ("b c".to_owned(), 0.0)]);
        for bad in ["a", "a=-1", "a=x", "a=1,a=2", "=1", "a=0", "a=NaN", ""] {
            assert!(weights(bad).is_err(), "{bad}");
        }
        assert!(variances("candidate=1").unwrap_err().contains("candidate_dimension is missing"));
        assert!(variances("halo=1").unwrap_err().contains("halo"));
        let all = Variances::NAMES.map(|name| format!("{name}=0.5")).join(",");
        assert_eq!(variances(&all).unwrap().to_array(), [0.5; 6]);
        assert!(variances(&all.replace("residual=0.5", "residual=0")).is_err());
    }
}
