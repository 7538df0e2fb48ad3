//! A person's own record, for whoever asks what is kept of them (GDPR, article 15): everything that was rated, noted and reasoned,
//! interviewers by number. What may name somebody else is marked, for a person to look at before it is handed out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, CandidateId, MemberId, ScorecardId},
        medium::Medium,
        policy::Reach,
        rating::{Rating, Recommendation},
        rubric::Rubric,
    },
    error::{Error, Result},
    i18n::Locale,
    store::{
        Conn, Scope,
        candidate_history::{self, Applied, Chair, Held, History, Written},
        debrief::{self, Sealed},
        rubric_cache,
        subject_record::{self, Beside},
    },
};

/// Everything that is kept of one person, in the order in which it came about.
#[derive(Debug, Serialize)]
pub struct SubjectRecord {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub pronunciation: String,
    pub note: Said,
    pub known_since: Timestamp,
    pub jobs: Vec<Job>,
    /// Those that tell of the person and were sent, the oldest first.
    pub letters: Vec<Letter>,
    /// How many texts are marked.
    pub marked: usize,
}

#[derive(Debug, Serialize)]
pub struct Job {
    pub title: String,
    pub applied_at: Timestamp,
    pub accommodation: Said,
    pub interviews: Vec<Interview>,
    pub debriefs: Vec<Debrief>,
    pub decisions: Vec<Decision>,
}

#[derive(Debug, Serialize)]
pub struct Interview {
    pub round: String,
    pub medium: Medium,
    pub minutes: i32,
    pub starts_at: Timestamp,
    pub cancelled: Option<Said>,
    pub scorecards: Vec<Scorecard>,
}

#[derive(Debug, Serialize)]
pub struct Scorecard {
    /// The same person has the same number everywhere.
    pub interviewer: usize,
    pub submitted_at: Option<Timestamp>,
    pub recommendation: Option<Recommendation>,
    pub next_note: Said,
    /// Shown to its author alone otherwise.
    pub private_note: Said,
    /// What the interviewer said of what was entered from their paper.
    pub remark: Said,
    pub ratings: Vec<Given>,
}

#[derive(Debug, Serialize)]
pub struct Given {
    pub dimension: String,
    /// 1 to 5; null where there was not enough evidence.
    pub score: Option<i16>,
    /// What was ticked, in words.
    pub ticks: Vec<String>,
    pub note: Said,
    pub amendments: Vec<Later>,
    /// What they said of it after a debrief.
    pub second: Option<Later>,
}

/// A later rating with its reason; the first one stays.
#[derive(Debug, Serialize)]
pub struct Later {
    pub score: Option<i16>,
    pub reason: Said,
    pub at: Timestamp,
}

/// What a panel said together.
#[derive(Debug, Serialize)]
pub struct Debrief {
    pub summary: Said,
    pub at: Timestamp,
}

#[derive(Debug, Serialize)]
pub struct Decision {
    pub outcome: Outcome,
    pub reason: Said,
    pub at: Timestamp,
}

/// A letter that told somebody of the person: an interviewer by number, an address outside of the organisation, or another member.
#[derive(Debug, Serialize)]
pub struct Letter {
    pub kind: String,
    pub at: Timestamp,
    pub interviewer: Option<usize>,
    pub address: Option<String>,
}

/// Somebody's words about the person.
#[derive(Debug, Serialize)]
pub struct Said {
    pub text: String,
    /// A word of it is part of a member's name, or of another candidate's of the same jobs.
    pub may_name_others: bool,
}

/// # Errors
/// `NotFound` for nobody; `Forbidden` for a member who sees only some jobs; `Refused` while they have a scorecard about the person
/// to submit.
pub async fn of(conn: &mut Conn, scope: &Scope, id: CandidateId, locale: Locale) -> Result<SubjectRecord> {
    if scope.reach != Reach::All {
        return Err(Error::Forbidden);
    }
    let history = candidate_history::of(conn, scope, id).await?;
    let chairs = || history.applications.iter().flat_map(|applied| &applied.interviews).flat_map(|held| &held.panel);
    if chairs().any(|chair| chair.hidden) {
        return Err(Error::refused("subject-record-scorecard-first"));
    }
    let scorecards: Vec<ScorecardId> = chairs().filter_map(|chair| Some(chair.scorecard.as_ref()?.id)).collect();
    let was_debriefed =
        history.applications.iter().flat_map(|applied| &applied.debriefs).any(|debrief| debrief.closed_at.is_some());
    let seconds = if was_debriefed { debrief::sealed(conn, scope, &scorecards).await? } else { Vec::new() };
    let beside = subject_record::beside(conn, scope, id).await?;
    let others = words_of(&beside.names, &history.name);
    let mut writer = Writer { others, numbers: BTreeMap::new(), seconds, beside, locale, marked: 0 };
    let mut jobs = Vec::new();
    for applied in history.applications.iter().rev() {
        let rubric = rubric_cache::published(conn, scope, applied.rubric_version).await?;
        jobs.push(writer.job(applied, &rubric));
    }
    Ok(writer.record(history, jobs))
}

/// The words of names, three letters or longer, that are not the person's own.
fn words_of(names: &[String], own: &str) -> BTreeSet<String> {
    let words =
        |name: &str| words(name).filter(|word| word.chars().count() > 2).map(str::to_owned).collect::<BTreeSet<_>>();
    let own = words(own);
    names.iter().flat_map(|name| words(name)).filter(|word| !own.contains(word)).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

struct Writer {
    others: BTreeSet<String>,
    numbers: BTreeMap<MemberId, usize>,
    seconds: Vec<Sealed>,
    beside: Beside,
    locale: Locale,
    marked: usize,
}

impl SubjectRecord {
    /// How many scorecards are in it.
    pub fn scorecards(&self) -> usize {
        self.jobs.iter().flat_map(|job| &job.interviews).map(|interview| interview.scorecards.len()).sum()
    }
}

impl Writer {
    fn record(mut self, history: History, jobs: Vec<Job>) -> SubjectRecord {
        let note = self.said(&history.note);
        SubjectRecord {
            name: history.name,
            email: history.email,
            phone: history.phone,
            pronunciation: history.pronunciation,
            note,
            known_since: history.created_at,
            jobs,
            letters: self.beside.letters.iter().map(|letter| self.letter(letter)).collect(),
            marked: self.marked,
        }
    }

    fn job(&mut self, applied: &Applied, rubric: &Rubric) -> Job {
        Job {
            title: applied.full_title(),
            applied_at: applied.applied_at,
            accommodation: self.said(&applied.accommodation),
            interviews: applied.interviews.iter().map(|held| self.interview(held, rubric)).collect(),
            debriefs: self.debriefs(applied.id),
            decisions: applied
                .decisions
                .iter()
                .rev()
                .map(|decided| Decision {
                    outcome: decided.outcome,
                    reason: self.said(&decided.reason),
                    at: decided.at,
                })
                .collect(),
        }
    }

    fn debriefs(&mut self, application: ApplicationId) -> Vec<Debrief> {
        let of_it = self.beside.debriefs.iter().filter(|debrief| debrief.application == application);
        let of_it: Vec<_> = of_it.cloned().collect();
        of_it.iter().map(|debrief| Debrief { summary: self.said(&debrief.summary), at: debrief.at }).collect()
    }

    /// After every job, so that each interviewer has their number.
    fn letter(&self, letter: &subject_record::Letter) -> Letter {
        Letter {
            kind: letter.kind.clone(),
            at: letter.at,
            interviewer: letter.member.and_then(|member| self.numbers.get(&member).copied()),
            address: letter.member.is_none().then(|| letter.address.clone()),
        }
    }

    fn interview(&mut self, held: &Held, rubric: &Rubric) -> Interview {
        let mut scorecards = Vec::new();
        for chair in &held.panel {
            if let Some(written) = &chair.scorecard {
                scorecards.push(self.scorecard(chair, written, rubric));
            }
        }
        Interview {
            round: held.round.clone(),
            medium: held.medium,
            minutes: held.minutes,
            starts_at: held.starts_at,
            cancelled: held.cancel_reason.as_deref().map(|reason| self.said(reason)),
            scorecards,
        }
    }

    fn scorecard(&mut self, chair: &Chair, written: &Written, rubric: &Rubric) -> Scorecard {
        let next = self.numbers.len() + 1;
        let interviewer = *self.numbers.entry(chair.member).or_insert(next);
        let mut ratings = Vec::new();
        for dimension in &rubric.dimensions {
            let Some(row) = written.ratings.iter().find(|row| row.dimension == dimension.key) else { continue };
            let ticks = row.ticks.iter().filter_map(|key| rubric.indicator(key));
            let ticks = ticks.map(|(_, indicator)| indicator.text.in_language(self.locale.tag()).to_owned()).collect();
            let amendments = written.amendments.iter().filter(|amendment| amendment.dimension == dimension.key);
            let amendments = amendments
                .map(|amendment| Later {
                    score: amendment.rating().and_then(Rating::score),
                    reason: self.said(&amendment.reason),
                    at: amendment.at,
                })
                .collect();
            ratings.push(Given {
                dimension: dimension.name.in_language(self.locale.tag()).to_owned(),
                score: row.rating().and_then(Rating::score),
                ticks,
                note: self.said(&row.note),
                amendments,
                second: self.second(written.id, &dimension.key),
            });
        }
        let notes = self.beside.notes.iter().find(|notes| notes.scorecard == written.id);
        let (private, remark) = notes.map(|notes| (notes.private.clone(), notes.remark.clone())).unwrap_or_default();
        Scorecard {
            interviewer,
            submitted_at: written.submitted_at,
            recommendation: written.recommendation,
            next_note: self.said(&written.next_note),
            private_note: self.said(&private),
            remark: self.said(&remark),
            ratings,
        }
    }

    fn second(&mut self, scorecard: ScorecardId, dimension: &str) -> Option<Later> {
        let found =
            self.seconds.iter().find(|second| second.scorecard == scorecard && second.dimension == dimension)?;
        let (rating, at) = (found.rating().and_then(Rating::score), found.closed_at);
        let text = [found.reason.as_str(), found.note.as_str()].join("\n").trim().to_owned();
        Some(Later { score: rating, reason: self.said(&text), at })
    }

    fn said(&mut self, text: &str) -> Said {
        let may_name_others = words(text).any(|word| self.others.contains(word));
        self.marked += usize::from(may_name_others);
        Said { text: text.to_owned(), may_name_others }
    }
}
