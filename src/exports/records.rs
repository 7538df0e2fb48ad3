//! A record as rows: wide, one row per scorecard; long, one row per rating. The comparison's file is in `comparison.rs`.

use crate::domain::{rating::Rating, text_enum::text_enum};

text_enum! {
    /// The three files. The comparison's is of one job.
    Form { Wide = "wide", Long = "long", Comparison = "comparison" }
}

/// A submitted scorecard as the files show it; every value is text already, empty where there is none.
#[derive(Clone, Debug, Default)]
pub struct ExportedRecord {
    /// In the order of [`HEAD`].
    pub head: [String; HEAD.len()],
    /// Numbers of the facts of the outline that came back; of the whole interview, so each of its ratings repeats them.
    pub facts: Vec<String>,
    pub ratings: Vec<ExportedRating>,
}

#[derive(Clone, Debug)]
pub struct ExportedRating {
    pub dimension: String,
    pub rating: Option<Rating>,
    pub ticks: Vec<String>,
    pub note: String,
    /// Keys of the questions and probes that were asked.
    pub asked: Vec<String>,
    /// 0 when nobody counted.
    pub seconds: i32,
    /// The latest amendment.
    pub amended: Option<AmendedRating>,
    /// What the rater said in the last closed debrief; the same as `rating` when they stayed.
    pub second: Option<SecondRating>,
}

#[derive(Clone, Debug)]
pub struct SecondRating {
    pub rating: Rating,
    pub reason: String,
    pub evidence: Vec<String>,
    pub note: String,
    pub debrief: String,
    pub closed_at: String,
}

#[derive(Clone, Debug)]
pub struct AmendedRating {
    pub rating: Rating,
    pub reason: String,
    pub at: String,
}

/// The columns that both files begin with.
pub const HEAD: [&str; 24] = [
    "job_id",
    "job",
    "place",
    "rubric",
    "rubric_version",
    "round",
    "round_name",
    "medium",
    "candidate_id",
    "candidate",
    "interview_id",
    "interview_starts_at",
    "interviewer_id",
    "interviewer",
    "scorecard_id",
    "submitted_at",
    "recommendation",
    "decision",
    "decision_reason",
    "decided_at",
    "application_id",
    "interviewer_without_account",
    "entered_by",
    "entry_confirmed",
];

/// The header of a file; `dimensions` are the ones that the wide file has columns for.
pub fn columns(form: Form, dimensions: &[String]) -> Vec<String> {
    if form == Form::Comparison {
        return super::comparison::columns(dimensions);
    }
    let mut columns: Vec<String> = HEAD.iter().map(ToString::to_string).collect();
    match form {
        Form::Long => columns.extend(
            [
                "dimension",
                "rating",
                "not_enough_evidence",
                "ticks",
                "note",
                "amended_rating",
                "amended_not_enough_evidence",
                "amendment_reason",
                "amended_at",
                "asked",
                "seconds",
                "facts_returned",
                "second_rating",
                "second_not_enough_evidence",
                "second_reason",
                "second_evidence",
                "second_note",
                "debrief_id",
                "debriefed_at",
            ]
            .map(str::to_owned),
        ),
        Form::Wide => {
            for dimension in dimensions {
                columns.extend(
                    ["", "_not_enough_evidence", "_amended", "_second"].map(|ending| format!("{dimension}{ending}")),
                );
            }
        }
        Form::Comparison => {}
    }
    columns
}

/// The rows of a record under that header.
pub fn rows(record: &ExportedRecord, form: Form, dimensions: &[String]) -> Vec<Vec<String>> {
    match form {
        Form::Long => record.ratings.iter().map(|rating| long(record, rating)).collect(),
        Form::Wide => vec![wide(record, dimensions)],
        // Its rows are candidates, not records.
        Form::Comparison => Vec::new(),
    }
}

fn long(record: &ExportedRecord, rating: &ExportedRating) -> Vec<String> {
    let mut row = record.head.to_vec();
    let (amended, second) = (rating.amended.as_ref(), rating.second.as_ref());
    row.extend([
        rating.dimension.clone(),
        score(rating.rating),
        not_enough(rating.rating),
        rating.ticks.join(" "),
        rating.note.clone(),
        score(amended.map(|amended| amended.rating)),
        not_enough(amended.map(|amended| amended.rating)),
        amended.map(|amended| amended.reason.clone()).unwrap_or_default(),
        amended.map(|amended| amended.at.clone()).unwrap_or_default(),
        rating.asked.join(" "),
        if rating.seconds > 0 { rating.seconds.to_string() } else { String::new() },
        record.facts.join(" "),
        score(second.map(|second| second.rating)),
        not_enough(second.map(|second| second.rating)),
        second.map(|second| second.reason.clone()).unwrap_or_default(),
        second.map(|second| second.evidence.join(" ")).unwrap_or_default(),
        second.map(|second| second.note.clone()).unwrap_or_default(),
        second.map(|second| second.debrief.clone()).unwrap_or_default(),
        second.map(|second| second.closed_at.clone()).unwrap_or_default(),
    ]);
    row
}

fn wide(record: &ExportedRecord, dimensions: &[String]) -> Vec<String> {
    let mut row = record.head.to_vec();
    for dimension in dimensions {
        let rating = record.ratings.iter().find(|rating| rating.dimension == *dimension);
        let first = rating.and_then(|rating| rating.rating);
        let amended = rating.and_then(|rating| rating.amended.as_ref()).map(|amended| amended.rating);
        let second = rating.and_then(|rating| rating.second.as_ref()).map(|second| second.rating);
        let text = |rating: Option<Rating>| rating.map(String::from).unwrap_or_default();
        row.extend([score(first), not_enough(first), text(amended), text(second)]);
    }
    row
}

/// "1" to "5", or empty: not enough evidence and not assessed are not a low score.
fn score(rating: Option<Rating>) -> String {
    rating.and_then(Rating::score).map(|score| score.to_string()).unwrap_or_default()
}

/// "1" when the interviewer said that there was not enough evidence, else empty.
fn not_enough(rating: Option<Rating>) -> String {
    if rating == Some(Rating::NotEnoughEvidence) { "1".to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> ExportedRecord {
        let rating = |dimension: &str, text: &str| ExportedRating {
            dimension: dimension.to_owned(),
            rating: Rating::from_text(text).unwrap(),
            ticks: vec!["lis-p1".to_owned()],
            note: "a note".to_owned(),
            asked: vec!["lis-b1".to_owned(), "lis-b1.2".to_owned()],
            seconds: 0,
            amended: None,
            second: None,
        };
        ExportedRecord {
            ratings: vec![rating("listening", "4"), rating("growth", "not_enough_evidence")],
            ..ExportedRecord::default()
        }
    }

    #[test]
    fn the_wide_file_has_one_row_and_the_long_file_one_per_rating() {
        let dimensions = ["listening".to_owned(), "growth".to_owned()];

        for (form, count) in [(Form::Wide, 1), (Form::Long, 2)] {
            let rows = rows(&record(), form, &dimensions);
            assert_eq!(rows.len(), count);
            assert!(rows.iter().all(|row| row.len() == columns(form, &dimensions).len()));
        }
    }

    #[test]
    fn the_long_file_says_what_was_asked_how_long_it_took_and_which_facts_came_back() {
        let mut record = record();
        record.facts = vec!["1".to_owned(), "8".to_owned()];
        record.ratings[0].seconds = 412;

        let rows = rows(&record, Form::Long, &[]);

        let first = columns(Form::Long, &[]).iter().position(|name| name == "asked").unwrap();
        let course = |row: &[String]| row[first..first + 3].join("|");
        assert_eq!(course(&rows[0]), "lis-b1 lis-b1.2|412|1 8");
        assert_eq!(course(&rows[1]), "lis-b1 lis-b1.2||1 8", "a time that nobody took is empty, not zero");
    }

    #[test]
    fn what_was_not_assessed_is_empty_and_never_zero() {
        let dimensions = ["listening".to_owned(), "attitude".to_owned(), "growth".to_owned()];

        let row = &rows(&record(), Form::Wide, &dimensions)[0][HEAD.len()..];

        assert_eq!(row, ["4", "", "", "", "", "", "", "", "", "1", "", ""]);
    }
}
