//! A comparison as a letter: the finding, the sentence, the figure, the numbers, from the person who sends it.

use serde::Serialize;

use crate::{
    i18n::Locale,
    mail::{
        Part, PartKind,
        compose::{ComposeError, Draft, Envelope},
    },
};

#[derive(Clone, Debug)]
pub struct Summary {
    pub job: String,
    pub place: Option<String>,
    /// The finding in a few words, for the subject: "Two of five stand apart".
    pub finding: String,
    /// The finding in a sentence or two, as on the page of the comparison.
    pub sentence: String,
    /// The person who sends it.
    pub author: String,
    /// What that person adds; line ends are kept.
    pub note: Option<String>,
    pub figure: Figure,
    /// The names of the dimensions, in the rubric's order.
    pub dimensions: Vec<String>,
    /// In the order of the comparison.
    pub candidates: Vec<SummaryCandidate>,
    /// The level of the intervals, between 0 and 1.
    pub level: f64,
    pub scorecards_in: u32,
    pub scorecards_expected: u32,
    pub comparison_url: String,
}

/// The comparison's figure as a picture.
#[derive(Clone, Debug)]
pub struct Figure {
    pub png: Vec<u8>,
    /// The text alternative, which says the finding.
    pub alt: String,
}

#[derive(Clone, Debug)]
pub struct SummaryCandidate {
    pub name: String,
    /// The weighted mean, 1–5; `None` where nothing was rated.
    pub mean: Option<f64>,
    /// Its interval; `None` when too few rated to tell.
    pub interval: Option<(f64, f64)>,
    /// One mean per dimension; `None` where there is not enough evidence.
    pub values: Vec<Option<f64>>,
    /// How many interviewers' scorecards stand behind it.
    pub raters: u32,
}

/// As many candidates stand side by side as fit on a phone; more go into further tables.
const SIDE_BY_SIDE: usize = 5;

impl Summary {
    pub(in crate::mail) fn draft(&self, locale: Locale, envelope: &Envelope) -> Result<Draft, ComposeError> {
        let job = match &self.place {
            Some(place) => format!("{}, {place}", self.job),
            None => self.job.clone(),
        };
        let subject = locale
            .say("mail-summary-subject", &[("finding", self.finding.as_str().into()), ("job", job.as_str().into())]);
        let content_id = format!("comparison.{}@{}", envelope.id, envelope.host());
        let shown = Shown {
            job,
            sentence: &self.sentence,
            author: &self.author,
            note: self
                .note
                .iter()
                .flat_map(|note| note.lines())
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .collect(),
            figure_source: format!("cid:{content_id}"),
            figure_alt: &self.figure.alt,
            tables: self.candidates.chunks(self.side_by_side()).map(|side| self.table(side)).collect(),
            level: self.level,
            scorecards_in: self.scorecards_in,
            scorecards_expected: self.scorecards_expected,
            comparison_url: &self.comparison_url,
        };
        Ok(Draft::new("summary", subject, &shown)?.from(&self.author).part(Part {
            kind: PartKind::Inline { content_id },
            content_type: "image/png".into(),
            body: self.figure.png.clone(),
        }))
    }

    /// How many stand in each table, so that six are three and three and not five and one.
    fn side_by_side(&self) -> usize {
        let tables = self.candidates.len().div_ceil(SIDE_BY_SIDE).max(1);
        self.candidates.len().div_ceil(tables).max(1)
    }

    fn table<'s>(&'s self, side: &'s [SummaryCandidate]) -> Table<'s> {
        let overall = |candidate: &'s SummaryCandidate| Overall {
            name: &candidate.name,
            mean: candidate.mean,
            low: candidate.interval.map(|interval| interval.0),
            high: candidate.interval.map(|interval| interval.1),
            raters: candidate.raters,
        };
        let row = |(at, dimension): (usize, &'s String)| Row {
            dimension,
            cells: side.iter().map(|candidate| Cell::of(candidate.values.get(at).copied().flatten())).collect(),
        };
        Table {
            candidates: side.iter().map(overall).collect(),
            rows: self.dimensions.iter().enumerate().map(row).collect(),
        }
    }
}

#[derive(Serialize)]
struct Shown<'s> {
    job: String,
    sentence: &'s str,
    author: &'s str,
    note: Vec<&'s str>,
    figure_source: String,
    figure_alt: &'s str,
    tables: Vec<Table<'s>>,
    level: f64,
    scorecards_in: u32,
    scorecards_expected: u32,
    comparison_url: &'s str,
}

#[derive(Serialize)]
struct Table<'s> {
    candidates: Vec<Overall<'s>>,
    rows: Vec<Row<'s>>,
}

#[derive(Serialize)]
struct Overall<'s> {
    name: &'s str,
    mean: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    raters: u32,
}

#[derive(Serialize)]
struct Row<'s> {
    dimension: &'s str,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    value: Option<f64>,
    /// The step of the colour scale, 1–5; 0 without a value.
    step: u8,
}

impl Cell {
    fn of(value: Option<f64>) -> Cell {
        let step = [1.5, 2.5, 3.5, 4.5];
        Cell {
            value,
            step: value.map_or(0, |value| (1..).zip(step).find(|(_, below)| value < *below).map_or(5, |(n, _)| n)),
        }
    }
}
