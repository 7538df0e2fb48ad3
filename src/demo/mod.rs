//! The demo organisations: data written by hand in `demo/`, parsed and checked here; putting them into a database is not.
//!
//! A folder of `demo/` is one organisation: `organisation.yaml` (members), `candidates.yaml`, and one file per job, named
//! by its key. Keys stand for ids inside an organisation. All moments are counted from when the demo starts, so that an
//! interview is on and others are soon whenever somebody tries the product; nothing else varies.

mod moment;
mod validate;

use std::collections::{BTreeMap, BTreeSet};

use rust_embed::RustEmbed;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::decision::Outcome;
use crate::domain::medium::Medium;
use crate::domain::policy::Role;
use crate::domain::rating::{Rating, Recommendation};
use crate::i18n::Locale;

pub use moment::Moment;
pub use validate::validate;

#[derive(RustEmbed)]
#[folder = "demo/"]
struct Files;

/// What is wrong with the demo data; never a fault of the person who starts the demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("demo/{0} is missing or is not text")]
    Missing(String),
    #[error("demo/{file}: {reason}")]
    Unreadable { file: String, reason: String },
    #[error("the demo data contradicts itself:\n{}", .0.join("\n"))]
    Invalid(Vec<String>),
}

/// The demo organisations in the order of their folder names, jobs in the order of their opening, checked by [`validate`].
///
/// # Errors
/// A file that is missing or does not parse, or all contradictions at once.
pub fn load() -> Result<Vec<DemoOrganisation>, DemoError> {
    let files: BTreeSet<String> =
        Files::iter().map(|file| file.into_owned()).filter(|file| file.ends_with(".yaml")).collect();
    let folders: BTreeSet<&str> =
        files.iter().filter_map(|file| file.split_once('/')).map(|(folder, _)| folder).collect();
    let organisations =
        folders.into_iter().map(|folder| organisation(folder, &files)).collect::<Result<Vec<_>, _>>()?;
    let contradictions = validate(&organisations);
    if contradictions.is_empty() { Ok(organisations) } else { Err(DemoError::Invalid(contradictions)) }
}

/// The id of a demo object: a UUID v7 that is the same on every machine and on every day, and sorts by `made`.
///
/// `path` names the object by keys from the organisation down, for example
/// `nordlys/customer-support-agent-oslo/amara/interview/fatima` for a scorecard.
pub fn id(path: &str, made: Moment) -> Uuid {
    let hash = Sha256::digest(path.as_bytes());
    let mut random = [0_u8; 10];
    random.copy_from_slice(&hash[..10]);
    uuid::Builder::from_unix_timestamp_millis(made.ordinal(), &random).into_uuid()
}

/// One organisation with everything in it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoOrganisation {
    /// Its folder.
    pub key: String,
    pub name: String,
    pub locale: Locale,
    /// IANA name; the zone of every moment outside a job, and of jobs that name none.
    pub time_zone: String,
    pub founded: Moment,
    /// The three members whose addresses `attune demo` prints. One password for all members is made at run time.
    pub sign_ins: SignIns,
    pub members: Vec<Member>,
    /// From `candidates.yaml`.
    #[serde(skip)]
    pub candidates: Vec<Candidate>,
    /// From the other files, in the order of their opening.
    #[serde(skip)]
    pub jobs: Vec<Job>,
}

/// Keys of members.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIns {
    pub recruiter: String,
    pub hiring_manager: String,
    pub hr: String,
}

/// Somebody who works there: has either `joined`, or was `invited` and has not opened the link yet.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub key: String,
    pub name: String,
    pub email: String,
    #[serde(default)]
    pub roles: Vec<Role>,
    pub locale: Locale,
    /// Of somebody without an account: when the first interview with them was planned.
    pub joined: Option<Moment>,
    pub invited: Option<Act>,
    /// Interviews without an account, through the links of their seats.
    #[serde(default)]
    pub outside: bool,
}

/// A person who applied to one or more jobs of the organisation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    pub key: String,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// What the panel should know.
    pub note: Option<String>,
    /// How the name is said.
    pub pronunciation: Option<String>,
}

impl DemoOrganisation {
    /// When the candidate first applied for a job, and the zone of that job.
    pub fn known_since(&self, candidate: &Candidate) -> Option<(Moment, Option<&str>)> {
        let applied = self
            .jobs
            .iter()
            .flat_map(|job| job.applications.iter().map(move |application| (application, job.time_zone.as_deref())));
        applied
            .filter(|(application, _)| application.candidate == candidate.key)
            .map(|(application, zone)| (application.at, zone))
            .min_by_key(|(at, _)| *at)
    }
}

/// An opening with its plan, its candidates, what was heard of them and what was decided.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// The name of its file.
    pub key: String,
    pub title: String,
    pub place: String,
    /// IANA name of the zone in which its interviews are planned; the organisation's where it is absent.
    pub time_zone: Option<String>,
    /// Key of a built-in rubric.
    pub rubric: String,
    /// Dimension to weight; only their proportions count.
    pub weights: BTreeMap<String, u32>,
    pub opened: Moment,
    pub opened_by: String,
    pub closed: Option<Moment>,
    pub closed_by: Option<String>,
    pub hiring_manager: String,
    pub recruiter: String,
    /// Whoever compares sees labels instead of names.
    #[serde(default)]
    pub anonymised: bool,
    /// In the order in which candidates go through them.
    pub rounds: Vec<Round>,
    pub applications: Vec<Application>,
    pub interviews: Vec<Interview>,
    #[serde(default)]
    pub debriefs: Vec<Debrief>,
    #[serde(default)]
    pub decisions: Vec<Decision>,
}

/// A step of the plan.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    pub key: String,
    pub name: String,
    pub medium: Medium,
    pub minutes: u16,
    /// Where it meets; absent where a call or a message is enough.
    pub location: Option<String>,
    pub dimensions: Vec<String>,
    /// Question keys of the rubric, the same for every candidate.
    pub questions: Vec<String>,
}

/// A candidate in this job.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    pub candidate: String,
    pub at: Moment,
    /// What was agreed so that the candidate can take part.
    pub accommodation: Option<String>,
}

/// An application in a round; `at` is the time that holds now, after all moves.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interview {
    pub candidate: String,
    pub round: String,
    pub at: Moment,
    /// When it was put into the calendar, by whom. Implies a letter to every seat.
    pub planned: Act,
    /// Earlier times, oldest first. Each implies a letter to every seat.
    #[serde(default)]
    pub moved: Vec<Move>,
    /// Implies a letter to every seat.
    pub cancelled: Option<Act>,
    pub seats: Vec<Seat>,
}

/// What somebody did, when, and why where that was said.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    pub at: Moment,
    pub by: String,
    pub reason: Option<String>,
}

/// An interview was taken away from the time `from`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    pub from: Moment,
    pub at: Moment,
    pub by: String,
    pub reason: String,
}

/// One interviewer in the panel, with the scorecard: `submitted` seals it, `saved` alone is a draft, neither is not begun.
/// A scorecard is started when the interview begins.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    pub member: String,
    pub saved: Option<Moment>,
    pub submitted: Option<Moment>,
    /// Dimension to rating, as submitted; amendments stand beside it.
    #[serde(default)]
    pub ratings: BTreeMap<String, Rated>,
    pub recommend: Option<Recommendation>,
    /// Private note.
    pub private: Option<String>,
    /// Note to the next interviewer.
    pub next: Option<String>,
    /// Oldest first.
    #[serde(default)]
    pub amendments: Vec<Amendment>,
}

/// What a seat made of a dimension. In a draft the rate may still be missing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rated {
    pub rate: Option<Rating>,
    /// Indicator keys of the rubric, of the round's medium.
    #[serde(default)]
    pub ticks: Vec<String>,
    pub note: Option<String>,
}

/// A later change of a submitted rating; both stay.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    pub dimension: String,
    pub rate: Rating,
    pub at: Moment,
    pub reason: String,
}

/// A panel's discussion of one candidate, about all scorecards that were in when it was opened.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Debrief {
    pub candidate: String,
    pub opened: Act,
    /// Oldest first.
    #[serde(default)]
    pub said: Vec<Word>,
    /// Who stays with all that they have not spoken of, and when.
    #[serde(default)]
    pub stay: Vec<Act>,
    /// With the summary as the reason.
    pub closed: Option<Act>,
}

/// A second rating of one's first rating in a dimension; the same rate to stay.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    pub member: String,
    pub dimension: String,
    pub rate: Rating,
    pub at: Moment,
    #[serde(default)]
    pub reason: String,
    /// The panel's evidence in the dimension: a member's note, or with a key one of their ticks.
    #[serde(default)]
    pub cites: Vec<Cited>,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cited {
    pub member: String,
    pub tick: Option<String>,
}

/// The outcome for one application.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub candidate: String,
    pub outcome: Outcome,
    pub at: Moment,
    pub by: String,
    pub reason: String,
}

fn organisation(folder: &str, files: &BTreeSet<String>) -> Result<DemoOrganisation, DemoError> {
    let people = [format!("{folder}/organisation.yaml"), format!("{folder}/candidates.yaml")];
    let mut organisation: DemoOrganisation = read(&people[0])?;
    organisation.candidates = read(&people[1])?;
    let prefix = format!("{folder}/");
    for file in files.iter().filter(|file| file.starts_with(&prefix) && !people.contains(*file)) {
        let job: Job = read(file)?;
        if *file != format!("{prefix}{}.yaml", job.key) {
            return Err(DemoError::Unreadable { file: file.clone(), reason: format!("holds the job {}", job.key) });
        }
        organisation.jobs.push(job);
    }
    organisation.jobs.sort_by(|one, other| (one.opened, &one.key).cmp(&(other.opened, &other.key)));
    if organisation.key != folder {
        return Err(DemoError::Unreadable {
            file: people[0].clone(),
            reason: format!("holds the organisation {}", organisation.key),
        });
    }
    Ok(organisation)
}

fn read<T: DeserializeOwned>(file: &str) -> Result<T, DemoError> {
    let text = Files::get(file).and_then(|found| String::from_utf8(found.data.into_owned()).ok());
    let text = text.ok_or_else(|| DemoError::Missing(file.to_owned()))?;
    serde_saphyr::from_str(&text)
        .map_err(|error| DemoError::Unreadable { file: file.to_owned(), reason: error.to_string() })
}

#[cfg(test)]
mod tests;
