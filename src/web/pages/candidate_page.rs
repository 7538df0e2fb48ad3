//! A candidate's page: who, where in the process, and what the panels wrote, by dimension and side by side.

use jiff::Timestamp;
use serde::Serialize;

use super::{
    candidates::JobLine,
    interview_state::{Place, Standing},
};
use crate::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, CandidateId, InterviewId, ScorecardId},
        medium::Medium,
        policy::{EraseRecords, Reach, RunJobs, SeeJobs, leads_debriefs},
        rating::{Rating, Recommendation},
        rubric::{Rubric, Sign},
    },
    error::Result,
    i18n::Locale,
    store::{
        Conn,
        candidate_history::{self, Applied as History, Chair, Debriefed, Held as Interview, Written},
        job::JobState,
        rubric_cache,
        scorecard::{RatingRow, ShownAmendment},
    },
    web::who::May,
};

#[derive(Serialize)]
pub(super) struct CandidatePage {
    id: CandidateId,
    /// The name is a label, until the decision.
    is_anonymous: bool,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    note: String,
    pronunciation: String,
    created_at: Timestamp,
    erased_at: Option<Timestamp>,
    runs_jobs: bool,
    may_erase: bool,
    next: Option<Next>,
    applications: Vec<Applied>,
    done: Option<&'static str>,
}

/// The next interview of the candidate, for the first sentence.
#[derive(Serialize)]
struct Next {
    round: String,
    starts_at: Timestamp,
}

#[derive(Serialize)]
struct Applied {
    id: ApplicationId,
    job: JobLine,
    applied_at: Timestamp,
    /// For those who run jobs and for the panel; `None` for everybody else.
    accommodation: Option<String>,
    interviews: Vec<Held>,
    decisions: Vec<Decided>,
    debriefs: Vec<Debriefed>,
    /// The panel has scorecards to discuss, and the reader may open the debrief.
    may_debrief: bool,
    scorecards: Vec<Sheet>,
    dimensions: Vec<Rated>,
    /// Some of it opens when this member has submitted.
    hidden: bool,
}

#[derive(Serialize)]
struct Held {
    id: InterviewId,
    round: String,
    medium: Medium,
    minutes: i32,
    starts_at: Timestamp,
    standing: Standing,
    cancel_reason: Option<String>,
    panel: Vec<String>,
}

#[derive(Serialize)]
struct Decided {
    outcome: Outcome,
    reason: String,
    by: String,
    at: Timestamp,
}

/// A submitted scorecard.
#[derive(Serialize)]
struct Sheet {
    id: ScorecardId,
    member: String,
    round: String,
    recommendation: Option<Recommendation>,
    submitted_at: Option<Timestamp>,
    next_note: String,
}

#[derive(Serialize)]
struct Rated {
    key: String,
    name: String,
    /// One per scorecard, in their order; `None` where the round did not cover the dimension.
    ratings: Vec<Option<Given>>,
}

#[derive(Serialize)]
struct Given {
    member: String,
    round: String,
    /// 1 to 5, or `None` with not enough evidence.
    score: Option<u8>,
    ticks: Vec<Tick>,
    note: String,
    amendments: Vec<Amended>,
}

#[derive(Serialize)]
struct Tick {
    text: String,
    against: bool,
}

#[derive(Serialize)]
struct Amended {
    /// Of the rating before: 1 to 5, or `None` with not enough evidence.
    from: Option<u8>,
    to: Option<u8>,
    reason: String,
    at: Timestamp,
}

impl CandidatePage {
    pub(super) async fn load(
        conn: &mut Conn,
        may: &May<SeeJobs>,
        id: CandidateId,
        done: Option<&'static str>,
    ) -> Result<CandidatePage> {
        let scope = may.scope();
        let mut found = candidate_history::of(conn, &scope, id).await?;
        let hidden = may.hidden(conn).await?;
        let label = hidden.label(id);
        if label.is_some() {
            found.hide(&hidden.cover);
        }
        for interview in found.applications.iter_mut().flat_map(|applied| &mut applied.interviews) {
            may.locale().sort_by_name(&mut interview.panel, |chair| &chair.name);
        }
        let mut applications = Vec::new();
        for applied in &found.applications {
            let sheets: Vec<Paper<'_>> = applied.interviews.iter().flat_map(Paper::of).collect();
            let dimensions = if sheets.is_empty() {
                Vec::new()
            } else {
                let rubric = rubric_cache::published(conn, &scope, applied.rubric_version).await?;
                by_dimension(&rubric, &sheets, may.locale())
            };
            let mut applied = Applied::new(applied, &sheets, dimensions, may);
            applied.may_debrief &= found.erased_at.is_none();
            applications.push(applied);
        }
        let mut interviews: Vec<&Interview> =
            found.applications.iter().flat_map(|applied| &applied.interviews).collect();
        interviews.sort_by_key(|interview| (interview.starts_at, interview.id));
        let next = interviews
            .into_iter()
            .find(|interview| interview.is_scheduled() && interview.starts_at > may.now())
            .map(|interview| Next { round: interview.round.clone(), starts_at: interview.starts_at });
        Ok(CandidatePage {
            id,
            is_anonymous: label.is_some(),
            name: label.map_or(found.name, str::to_owned),
            email: found.email,
            phone: found.phone,
            note: found.note,
            pronunciation: found.pronunciation,
            created_at: found.created_at,
            erased_at: found.erased_at,
            runs_jobs: may.also::<RunJobs>() && found.erased_at.is_none(),
            may_erase: may.also::<EraseRecords>() && may.scope().reach == Reach::All,
            next,
            applications,
            done,
        })
    }

    /// How many scorecards the page shows.
    pub(super) fn scorecards(&self) -> usize {
        self.applications.iter().map(|applied| applied.scorecards.len()).sum()
    }
}

impl Applied {
    fn new(applied: &History, sheets: &[Paper<'_>], dimensions: Vec<Rated>, may: &May<SeeJobs>) -> Applied {
        let decisions = applied.decisions.iter().map(|decision| Decided {
            outcome: decision.outcome,
            reason: decision.reason.clone(),
            by: decision.by.clone(),
            at: decision.at,
        });
        let reader = may.signed.member.id;
        let may_open = leads_debriefs(&may.signed.member.roles, reader, applied.hiring_manager)
            || sheets.iter().any(|sheet| sheet.chair.member == reader);
        let may_know = may.also::<RunJobs>()
            || applied.interviews.iter().flat_map(|held| &held.panel).any(|chair| chair.member == reader);
        let is_open = applied.debriefs.iter().any(|debrief| debrief.closed_at.is_none());
        Applied {
            may_debrief: may_open && !is_open && sheets.len() > 1 && applied.state == JobState::Open,
            debriefs: applied.debriefs.clone(),
            id: applied.id,
            job: JobLine { id: applied.job, title: applied.full_title(), is_open: applied.state == JobState::Open },
            applied_at: applied.applied_at,
            accommodation: may_know.then(|| applied.accommodation.clone()),
            interviews: applied.interviews.iter().map(|interview| Held::new(interview, may)).collect(),
            decisions: decisions.collect(),
            scorecards: sheets.iter().map(Paper::sheet).collect(),
            dimensions,
            hidden: applied.interviews.iter().any(|interview| interview.panel.iter().any(|chair| chair.hidden)),
        }
    }
}

/// A submitted scorecard with its seat and round.
struct Paper<'a> {
    chair: &'a Chair,
    written: &'a Written,
    round: &'a str,
}

impl<'a> Paper<'a> {
    fn of(interview: &'a Interview) -> impl Iterator<Item = Paper<'a>> {
        interview.panel.iter().filter_map(|chair| {
            let written = chair.scorecard.as_ref()?;
            Some(Paper { chair, written, round: &interview.round })
        })
    }

    fn sheet(&self) -> Sheet {
        Sheet {
            id: self.written.id,
            member: self.chair.name.clone(),
            round: self.round.to_owned(),
            recommendation: self.written.recommendation,
            submitted_at: self.written.submitted_at,
            next_note: self.written.next_note.clone(),
        }
    }

    fn given(&self, row: &RatingRow, rubric: &Rubric, locale: Locale) -> Given {
        let mut later = row.rating();
        let of_row = |amendment: &&ShownAmendment| amendment.dimension == row.dimension;
        let amendments: Vec<Amended> = self
            .written
            .amendments
            .iter()
            .filter(of_row)
            .map(|amendment| {
                let from = later.and_then(score);
                later = amendment.rating();
                Amended { from, to: later.and_then(score), reason: amendment.reason.clone(), at: amendment.at }
            })
            .collect();
        Given {
            member: self.chair.name.clone(),
            round: self.round.to_owned(),
            score: later.and_then(score),
            ticks: row.ticks.iter().filter_map(|key| tick(rubric, key, locale)).collect(),
            note: row.note.clone(),
            amendments,
        }
    }
}

impl Held {
    fn new(interview: &Interview, may: &May<SeeJobs>) -> Held {
        let reader = may.signed.member.id;
        let panel = interview.panel.iter().map(|chair| Place {
            is_own: chair.member == reader,
            submitted: chair.scorecard.is_some(),
            hidden: chair.hidden,
        });
        Held {
            id: interview.id,
            round: interview.round.clone(),
            medium: interview.medium,
            minutes: interview.minutes,
            starts_at: interview.starts_at,
            standing: Standing::of(interview.is_scheduled(), interview.ends_at(), panel, may.now()),
            cancel_reason: interview.cancel_reason.clone(),
            panel: interview.panel.iter().map(|chair| chair.name.clone()).collect(),
        }
    }
}

/// The rubric's dimensions that somebody rated, in its order.
fn by_dimension(rubric: &Rubric, sheets: &[Paper<'_>], locale: Locale) -> Vec<Rated> {
    let dimensions = rubric.dimensions.iter().map(|dimension| {
        let given = sheets.iter().map(|sheet| {
            let row = sheet.written.ratings.iter().find(|row| row.dimension == dimension.key)?;
            Some(sheet.given(row, rubric, locale))
        });
        let name = dimension.name.in_language(locale.tag()).to_owned();
        Rated { key: dimension.key.clone(), name, ratings: given.collect() }
    });
    dimensions.filter(|rated| rated.ratings.iter().any(Option::is_some)).collect()
}

fn tick(rubric: &Rubric, key: &str, locale: Locale) -> Option<Tick> {
    let (_, indicator) = rubric.indicator(key)?;
    let text = indicator.text.in_language(locale.tag()).to_owned();
    Some(Tick { text, against: indicator.sign == Sign::Negative })
}

fn score(rating: Rating) -> Option<u8> {
    match rating {
        Rating::Score(score) => Some(score.get()),
        Rating::NotEnoughEvidence => None,
    }
}
