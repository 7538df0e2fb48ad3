//! The ratings of a file: names in order, a table of numbers, and every line that cannot be one. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    options::{GivenWeights, LARGEST_SCORE},
    table::{Column, Fault, Row, Table},
};
use crate::stats::{
    ratings::{Rating, Ratings, Scale},
    weights::Weights,
};

/// The name of the only dimension of a file without that column.
const ONLY_DIMENSION: &str = "score";

/// What the columns are called here, and in the records that `attune export` writes.
const RATER: &str = "rater|interviewer";
const SCORE: &str = "score|rating";

const MOST_CANDIDATES: usize = 2000;
const MOST_CELLS: usize = 4_000_000;

/// The ratings of a file. Names are in alphabetical order, so that the order of the rows changes nothing.
pub struct Pool {
    pub candidates: Vec<String>,
    pub raters: Vec<String>,
    pub dimensions: Vec<String>,
    pub ratings: Ratings,
    pub weights: Weights,
    /// Rows whose score is empty or IE.
    pub missing: usize,
}

/// A row that could be read.
struct Given<'t> {
    line: usize,
    cell: [&'t str; 3],
    score: Option<f64>,
}

/// Reads the ratings.
///
/// # Errors
/// Everything that is wrong with the file and the weights, by line.
pub fn read(table: &Table, scale: Option<Scale>, weights: Option<&GivenWeights>) -> Result<Pool, Vec<Fault>> {
    let [candidate, rater, score] = table.columns(["candidate", RATER, SCORE])?;
    let dimension = table.column("dimension").map_err(|fault| vec![fault])?;

    let mut faults = table.faults.clone();
    let mut given = Vec::new();
    for row in &table.rows {
        match rating(row, candidate, rater, dimension, score, scale) {
            Ok(found) => given.push(found),
            Err(text) => faults.push(Fault::at(row.line, text)),
        }
    }
    faults.extend(repeats(&given));
    let [candidates, raters, dimensions] = [0, 1, 2].map(|which| names(&given, which));
    if given.is_empty() && faults.is_empty() {
        faults.push(Fault::general("there is no row below the heading"));
    }
    if candidates.len() > MOST_CANDIDATES {
        let text = format!("{} candidates are more than the {MOST_CANDIDATES} that it can compare", candidates.len());
        faults.push(Fault::general(text));
    } else if candidates.len() * raters.len() * dimensions.len() > MOST_CELLS {
        let text = format!("candidates × raters × dimensions are more than the {MOST_CELLS} that it can hold");
        faults.push(Fault::general(text));
    }
    let weights = weights_of(&dimensions, weights).unwrap_or_else(|found| {
        // Names that could not be read would be missed in the weights.
        faults.extend(if faults.is_empty() { found } else { Vec::new() });
        Weights::equal(dimensions.len().max(1))
    });
    if !faults.is_empty() {
        faults.sort();
        return Err(faults);
    }

    let place = |names: &[String], name: &str| names.partition_point(|known| known.as_str() < name);
    let ratings = given.iter().filter_map(|row| {
        let [candidate, rater, dimension] = row.cell;
        Some(Rating {
            candidate: place(&candidates, candidate),
            rater: place(&raters, rater),
            dimension: place(&dimensions, dimension),
            value: row.score?,
        })
    });
    let scale = scale.unwrap_or_else(|| seen(&given));
    let missing = given.iter().filter(|row| row.score.is_none()).count();
    match Ratings::new(candidates.len(), raters.len(), dimensions.len(), scale, ratings) {
        Ok(ratings) => Ok(Pool { candidates, raters, dimensions, ratings, weights, missing }),
        Err(bad) => Err(vec![Fault::general(bad.to_string())]),
    }
}

fn rating<'t>(
    row: &'t Row,
    candidate: Column,
    rater: Column,
    dimension: Option<Column>,
    score: Column,
    scale: Option<Scale>,
) -> Result<Given<'t>, String> {
    let dimension = match dimension {
        Some(column) => row.name(column, "dimension")?,
        None => ONLY_DIMENSION,
    };
    let cell = [row.name(candidate, "candidate")?, row.name(rater, "rater")?, dimension];
    let text = row.cell(score);
    if text.is_empty() || text.eq_ignore_ascii_case("IE") {
        return Ok(Given { line: row.line, cell, score: None });
    }
    let score = number(text)?;
    if let Some(scale) = scale.filter(|scale| !scale.contains(score)) {
        return Err(format!("the score {text} is off the scale {}..{}", scale.low(), scale.high()));
    }
    Ok(Given { line: row.line, cell, score: Some(score) })
}

fn number(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.abs() <= LARGEST_SCORE => Ok(number),
        Ok(number) if number.is_finite() => Err(format!("the score {text} is further than {LARGEST_SCORE} from zero")),
        _ if text.replace(',', ".").parse::<f64>().is_ok_and(f64::is_finite) => {
            Err(format!("the score {text:?} needs a point for its decimals"))
        }
        _ => Err(format!("the score {text:?} is no number; leave it empty, or write IE, where it is missing")),
    }
}

/// A candidate, rater and dimension that come a second time.
fn repeats(given: &[Given]) -> Vec<Fault> {
    let mut lines = BTreeMap::new();
    let mut faults = Vec::new();
    for row in given {
        if let Some(first) = lines.get(&row.cell) {
            faults.push(Fault::at(row.line, format!("the same candidate, rater and dimension as on line {first}")));
        } else {
            lines.insert(row.cell, row.line);
        }
    }
    faults
}

fn names(given: &[Given], which: usize) -> Vec<String> {
    given.iter().map(|row| row.cell[which]).collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect()
}

/// From the least to the greatest score, rounded outwards; wider by a step each way where all are the same.
fn seen(given: &[Given]) -> Scale {
    let scores = || given.iter().filter_map(|row| row.score);
    let low = scores().fold(f64::INFINITY, f64::min).floor();
    let high = scores().fold(f64::NEG_INFINITY, f64::max).ceil();
    let scale = Scale::new(low, high).or_else(|_| Scale::new(low - 1.0, high + 1.0));
    // Without any score there is no end to go by.
    scale.unwrap_or_else(|_| Scale::five_steps())
}

fn weights_of(dimensions: &[String], given: Option<&GivenWeights>) -> Result<Weights, Vec<Fault>> {
    let Some(GivenWeights(given)) = given else { return Ok(Weights::equal(dimensions.len().max(1))) };
    let mut faults: Vec<Fault> = given
        .iter()
        .filter(|(name, _)| !dimensions.contains(name))
        .map(|(name, _)| Fault::general(format!("--weights names {name}, which is no dimension of the file")))
        .collect();
    let mut relative = Vec::new();
    for dimension in dimensions {
        match given.iter().find(|(name, _)| name == dimension) {
            Some((_, weight)) => relative.push(*weight),
            None => faults.push(Fault::general(format!(
                "--weights gives {dimension} no weight; give every dimension one (0 leaves it out of the score)"
            ))),
        }
    }
    match Weights::new(&relative) {
        Ok(weights) if faults.is_empty() => Ok(weights),
        Err(bad) if faults.is_empty() => Err(vec![Fault::general(format!("--weights: {bad}"))]),
        _ => Err(faults),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cli::analyse::options;

    fn pool(text: &str) -> Result<Pool, Vec<String>> {
        with(text, None, None)
    }

    fn with(text: &str, scale: Option<&str>, weights: Option<&str>) -> Result<Pool, Vec<String>> {
        let scale = scale.map(|text| options::scale(text).unwrap());
        let weights = weights.map(|text| options::weights(text).unwrap());
        Table::read(text.as_bytes())
            .and_then(|table| read(&table, scale, weights.as_ref()))
            .map_err(|faults| faults.iter().map(ToString::to_string).collect())
    }

    fn faults(text: &str) -> Vec<String> {
        pool(text).err().unwrap_or_default()
    }

    #[test]
    fn rows_become_ratings_and_names_stand_in_alphabetical_order() {
        let found =
            pool("dimension,score,rater,candidate\ngrowth,4,Kim,Bo\nattitude,IE,Kim,Ada\ngrowth,,Lou,Ada\n").unwrap();

        assert_eq!(
            (found.candidates, found.raters),
            (vec!["Ada".into(), "Bo".into()], vec!["Kim".into(), "Lou".into()])
        );
        assert_eq!(found.dimensions, ["attitude", "growth"]);
        assert_eq!((found.ratings.count(), found.missing), (1, 2));
        assert_eq!(found.ratings.get(1, 0, 1), Some(4.0));
    }

    #[test]
    fn without_a_dimension_there_is_one_and_the_scale_is_what_was_seen_rounded_outwards() {
        let found = pool("candidate,rater,score\nAda,Kim,1.5\nBo,Kim,4.2\n").unwrap();
        let flat = pool("candidate,rater,score\nAda,Kim,3\nBo,Kim,3\n").unwrap();

        assert_eq!(found.dimensions, ["score"]);
        assert_eq!(found.ratings.scale(), Scale::five_steps());
        assert_eq!(flat.ratings.scale(), Scale::new(2.0, 4.0).unwrap());
    }

    #[test]
    fn records_as_they_are_exported_are_ratings_too() {
        let found =
            pool("job,candidate,interviewer,dimension,rating,note\nDesk,Ada,Kim,growth,4,\"two\nlines\"\n").unwrap();

        assert_eq!((found.raters, found.ratings.count()), (vec!["Kim".into()], 1));
    }

    #[test]
    fn every_bad_line_is_named_with_its_reason_in_the_order_of_the_file() {
        let text = "candidate,rater,dimension,score\nAda,Kim,growth,4\nAda,Kim,growth,5\n,Kim,growth,3\nBo,,growth,3\n\
                    Bo,Kim,,3\nBo,Kim,growth,four\nBo,Lou,growth,\"3,5\"\nBo,Ann,growth,NaN\nBo,Max,growth,6\nshort\n\
                    \"Eve\nLong\",Kim,growth,3\n";

        let found = with(text, Some("1..5"), None).err().unwrap();

        let expected = [
            "line 3: the same candidate, rater and dimension as on line 2",
            "line 4: the candidate is missing",
            "line 5: the rater is missing",
            "line 6: the dimension is missing",
            "line 7: the score \"four\" is no number; leave it empty, or write IE, where it is missing",
            "line 8: the score \"3,5\" needs a point for its decimals",
            "line 9: the score \"NaN\" is no number; leave it empty, or write IE, where it is missing",
            "line 10: the score 6 is off the scale 1..5",
            "line 11: has 1 cells, and the heading has 4",
            "line 12: the candidate goes over several lines or has control characters",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_file_without_its_columns_or_rows_says_so() {
        assert_eq!(faults("name,rater,score\n"), ["line 1: no column is called candidate"],);
        assert_eq!(faults("candidate,rater,score\n"), ["there is no row below the heading"]);
        assert_eq!(
            faults("candidate,rater,score\nAda,Kim,1e9\n"),
            ["line 2: the score 1e9 is further than 10000 from zero"]
        );
    }

    #[test]
    fn weights_name_every_dimension_of_the_file_and_no_other() {
        let text = "candidate,rater,dimension,score\nAda,Kim,growth,4\nAda,Kim,listening,5\n";

        assert_eq!(with(text, None, Some("listening=1,growth=3")).unwrap().weights.as_slice(), [0.75, 0.25]);
        assert_eq!(
            with(text, None, Some("growth=1,sincerity=1")).err().unwrap(),
            [
                "--weights gives listening no weight; give every dimension one (0 leaves it out of the score)",
                "--weights names sincerity, which is no dimension of the file"
            ]
        );
    }

    /// A row of the file, good or bad, and whether it is bad.
    fn any_row() -> impl Strategy<Value = (String, bool)> {
        let good =
            ("[A-F]", "[K-N]", "[x-z]", "[1-5]|IE|").prop_map(|(c, r, d, s)| (format!("{c},{r},{d},{s}"), false));
        let bad = prop_oneof![
            Just("A,K,x,six"),
            Just("A,K,x,9"),
            Just(",K,x,3"),
            Just("A,K,,3"),
            Just("A,K,x"),
            Just("A,K,x,3,4"),
            Just("A,K,x,inf"),
        ]
        .prop_map(|row| (row.to_owned(), true));
        prop_oneof![4 => good, 1 => bad]
    }

    proptest! {
        #[test]
        fn whatever_the_bytes_reading_never_panics_and_what_is_refused_is_named(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            for heading in ["", "candidate,rater,dimension,score\n", "candidate,rater,score\n"] {
                let file: Vec<u8> = heading.bytes().chain(bytes.iter().copied()).collect();
                if let Err(faults) = Table::read(&file).and_then(|table| read(&table, None, None)) {
                    prop_assert!(!faults.is_empty());
                }
            }
        }

        #[test]
        fn text_that_looks_like_a_file_never_panics(text in "(candidate|rater|dimension|score|[0-9]{1,3}|[A-C]|IE|,|\"|\n|\r|;| |é|.){0,80}") {
            let _ = Table::read(text.as_bytes()).and_then(|table| read(&table, None, None));
        }

        #[test]
        fn every_bad_line_and_no_other_is_named(rows in prop::collection::vec(any_row(), 1..20)) {
            let mut text = "candidate,rater,dimension,score\n".to_owned();
            let (mut expected, mut seen) = (Vec::new(), BTreeSet::new());
            for (place, (row, bad)) in rows.iter().enumerate() {
                text += row;
                text.push('\n');
                let key = row.rsplit_once(',').map_or("", |(key, _)| key).to_owned();
                if *bad || !seen.insert(key) {
                    expected.push(place + 2);
                }
            }

            let table = Table::read(text.as_bytes()).unwrap();
            let found = read(&table, Some(Scale::five_steps()), None);

            let named: Vec<usize> = found.err().unwrap_or_default().iter().filter_map(|fault| fault.line).collect();
            prop_assert_eq!(named, expected);
        }

        #[test]
        fn the_order_of_the_rows_changes_nothing(rows in Just((0..12).collect::<Vec<usize>>()).prop_shuffle()) {
            let line = |i: &usize| format!("{},{},{},{}\n", "ABC".as_bytes()[i / 4], i / 2 % 2, i % 2, 1 + i * 7 % 5);
            let file = |order: &[usize]| order.iter().map(line).fold("candidate,rater,dimension,score\n".to_owned(), |a, b| a + &b);

            let (given, shuffled) = (pool(&file(&(0..12).collect::<Vec<_>>())).unwrap(), pool(&file(&rows)).unwrap());

            prop_assert_eq!(given.ratings, shuffled.ratings);
        }
    }
}
