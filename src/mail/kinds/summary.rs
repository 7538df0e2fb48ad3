//! A comparison as a letter: the finding, the sentence, the figure, the numbers, from the person who sends it.

use serde::Serialize;

use crate::{
    domain::{
        comparison::{CandidateResult, Comparison},
        finding,
    },
    figures::{self, RasterError, Theme},
    i18n::Locale,
    mail::{
        Part, PartKind,
        compose::{ComposeError, Draft, Envelope},
    },
};

#[derive(Clone, Debug)]
pub struct Summary {
    /// The finding in a few words and the job: "Two of five stand apart – Customer support agent, Oslo".
    pub subject: String,
    /// The job's title and place.
    pub job: String,
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
    /// What each closed debrief changed, and who stayed apart, in sentences.
    pub debriefs: Vec<String>,
    /// The level of the intervals, between 0 and 1; `None` when nobody has one.
    pub level: Option<f64>,
    /// What else to know when reading it, a sentence each: what the numbers rest on, where interviews differed, the weights.
    pub remarks: Vec<String>,
    pub scorecards_in: usize,
    pub scorecards_expected: usize,
    pub comparison_url: String,
}

/// The comparison's figure as a picture.
#[derive(Clone, Debug)]
pub struct Figure {
    pub png: Vec<u8>,
    /// The text alternative, which says the finding.
    pub alt: String,
    /// What dot and lines mean.
    pub caption: String,
}

#[derive(Clone, Debug)]
pub struct SummaryCandidate {
    pub name: String,
    /// The fair score, 1–5, or the plain mean where there is none; `None` where nothing was rated.
    pub mean: Option<f64>,
    /// The plain mean, and the probability of being the best, beside a fair score.
    pub plain: Option<f64>,
    pub best: Option<f64>,
    /// Its interval; `None` when too few rated to tell.
    pub interval: Option<(f64, f64)>,
    /// One mean per dimension; `None` where there is not enough evidence.
    pub values: Vec<Option<f64>>,
    /// How many interviewers' scorecards stand behind it.
    pub raters: usize,
    /// How well they agree: "good, split on problem solving (2 · 3 · 5)".
    pub agreement: String,
}

/// As many candidates stand side by side as fit on a phone; more go into further tables.
const SIDE_BY_SIDE: usize = 5;

/// Pixels of the picture per pixel of the letter, for sharp screens.
const SHARP: f64 = 2.0;

impl Summary {
    /// What the comparison says, as its page says it, in one language: words, figure and numbers. `job` is the job's title
    /// and place. The comparison must be one that every recipient may see.
    ///
    /// # Errors
    /// The figure cannot be turned into a picture.
    pub fn of(
        comparison: &Comparison,
        locale: Locale,
        job: &str,
        author: &str,
        note: Option<String>,
        comparison_url: String,
    ) -> Result<Summary, RasterError> {
        let sentence = finding::finding(comparison, locale);
        Ok(Summary {
            subject: finding::subject(comparison, job, locale),
            job: job.to_owned(),
            author: author.to_owned(),
            note,
            figure: Figure {
                png: figures::png(&figures::interval_figure(comparison, locale, Theme::Light), SHARP)?,
                alt: sentence.clone(),
                caption: figures::caption(comparison, locale),
            },
            sentence,
            dimensions: comparison.dimensions.iter().map(|d| d.name.in_language(locale.tag()).to_owned()).collect(),
            candidates: comparison
                .candidates
                .iter()
                .map(|candidate| SummaryCandidate::of(candidate, comparison, locale))
                .collect(),
            debriefs: Vec::new(),
            level: comparison.candidates.iter().find_map(|candidate| candidate.estimate).map(|estimate| estimate.level),
            remarks: remarks(comparison, locale),
            scorecards_in: comparison.submitted,
            scorecards_expected: comparison.expected,
            comparison_url,
        })
    }

    pub(in crate::mail) fn draft(&self, envelope: &Envelope) -> Result<Draft, ComposeError> {
        let content_id = format!("comparison.{}@{}", envelope.id, envelope.host());
        let shown = Shown {
            job: &self.job,
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
            figure_caption: &self.figure.caption,
            tables: self.candidates.chunks(self.side_by_side()).map(|side| self.table(side)).collect(),
            debriefs: &self.debriefs,
            level: self.level,
            compared: self.candidates.iter().any(|candidate| candidate.best.is_some()),
            remarks: &self.remarks,
            scorecards_in: self.scorecards_in,
            scorecards_expected: self.scorecards_expected,
            comparison_url: &self.comparison_url,
        };
        Ok(Draft::new("summary", self.subject.clone(), &shown)?.from(&self.author).part(Part {
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
            plain: candidate.plain,
            best: candidate.best,
            raters: candidate.raters,
            agreement: &candidate.agreement,
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

impl SummaryCandidate {
    fn of(candidate: &CandidateResult, comparison: &Comparison, locale: Locale) -> SummaryCandidate {
        SummaryCandidate {
            name: candidate.name.clone(),
            mean: candidate.estimate.map(|estimate| estimate.value).or(candidate.plain_mean),
            plain: candidate.estimate.and(candidate.plain_mean),
            best: candidate.probabilities.as_ref().map(|found| found.best),
            interval: candidate.estimate.map(|estimate| (estimate.lower, estimate.upper)),
            values: candidate.cells.iter().map(|cell| cell.mean).collect(),
            raters: candidate.raters,
            agreement: finding::agreement(candidate, comparison, locale),
        }
    }
}

fn remarks(comparison: &Comparison, locale: Locale) -> Vec<String> {
    let mut said = finding::cautions(comparison, locale);
    said.extend(finding::differences(comparison, locale));
    said.extend(finding::order_holds(comparison, locale));
    said
}

#[derive(Serialize)]
struct Shown<'s> {
    job: &'s str,
    sentence: &'s str,
    author: &'s str,
    note: Vec<&'s str>,
    figure_source: String,
    figure_alt: &'s str,
    figure_caption: &'s str,
    tables: Vec<Table<'s>>,
    debriefs: &'s [String],
    level: Option<f64>,
    compared: bool,
    remarks: &'s [String],
    scorecards_in: usize,
    scorecards_expected: usize,
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
    plain: Option<f64>,
    best: Option<f64>,
    raters: usize,
    agreement: &'s str,
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
    /// Coloured by the number as printed, so that two cells that read alike look alike.
    fn of(value: Option<f64>) -> Cell {
        let printed = |value: f64| format!("{value:.1}").parse().unwrap_or(value);
        Cell { value, step: value.map_or(0, |value| printed(value).round().clamp(1.0, 5.0) as u8) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{comparison::examples::five_compared, email::EmailAddress},
        mail::{Mail, Mailbox, compose},
    };

    #[test]
    fn a_comparison_becomes_a_letter_that_says_what_its_page_says() {
        let comparison = five_compared();
        let envelope = Envelope {
            id: uuid::Uuid::nil(),
            to: Mailbox::new("Eva Lind", EmailAddress::parse("eva@nordlys.example").expect("valid")),
            reply_to: None,
            organisation: "Nordlys Support AB".into(),
            site: "https://attune.example".into(),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        for locale in Locale::ALL {
            let job = "Customer support agent, Oslo";
            let note = Some("Could we meet on Thursday? I would like to see both of them again.".to_owned());
            let summary = Summary::of(&comparison, locale, job, "Jonas Berg", note, "https://attune.example/c".into());

            let letter = compose(&Mail::Summary(summary.expect("a figure")), locale, &envelope).expect("a letter");

            if let Ok(folder) = std::env::var("ATTUNE_TEST_LETTERS") {
                let path = std::path::Path::new(&folder).join(format!("comparison.{locale}"));
                std::fs::write(path.with_extension(format!("{locale}.html")), letter.standalone_html())
                    .expect("written");
                std::fs::write(path.with_extension(format!("{locale}.txt")), &letter.text).expect("written");
            }
            assert_eq!(letter.subject, finding::subject(&comparison, job, locale));
            let first_line = letter.text.split("\n\n").next().map(|line| line.replace('\n', " "));
            assert_eq!(first_line, Some(finding::finding(&comparison, locale)));
            assert!(letter.parts[0].body.starts_with(b"\x89PNG"), "the figure is a picture");
            for candidate in &comparison.candidates {
                let mean = locale.number(candidate.estimate.expect("an estimate").value, 1);
                assert!(letter.html.contains(&candidate.name) && letter.html.contains(&mean), "{}", letter.html);
                assert!(letter.text.contains(&candidate.name) && letter.text.contains(&mean), "{}", letter.text);
            }
        }
    }
}
