//! A candidate's page: who, where in the process, and what the panels wrote, by dimension and side by side.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;

use super::{candidates::JobLine, interview_state::Standing};
use crate::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, CandidateId, InterviewId, ScorecardId},
        medium::Medium,
        policy::{RunJobs, SeeJobs},
        rating::{Rating, Recommendation},
        rubric::{Rubric, Sign},
    },
    error::Result,
    i18n::Locale,
    store::{
        Conn, application, candidate,
        evidence::{self, Filled},
        interview::{self, Interview},
        round::Round,
        rubric_cache,
        scorecard::{Amendment, RatingRow, Scorecard, ScorecardState},
    },
    web::who::May,
};

#[derive(Serialize)]
pub(super) struct CandidatePage {
    id: CandidateId,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    note: String,
    created_at: Timestamp,
    runs_jobs: bool,
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
    interviews: Vec<Held>,
    decisions: Vec<Decided>,
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
        let found = candidate::find(conn, &scope, id).await?;
        let applied = application::of_candidate(conn, &scope, id).await?;
        let ids: Vec<ApplicationId> = applied.iter().map(|(application, _)| application.id).collect();
        let held = interview::of_applications(conn, &scope, &ids).await?;
        let blind = evidence::blind_rounds(conn, &scope, &ids).await?;
        let interviews: Vec<&Interview> = held.iter().map(|(interview, _)| interview).collect();
        let filled = evidence::seats(conn, &scope, &interviews, &blind).await?;
        let (ratings, amendments) = evidence::ratings(conn, &scope, &filled).await?;
        let decisions = evidence::decisions(conn, &scope, &ids, &blind).await?;
        let mut rubrics = HashMap::new();
        for (_, job) in applied.iter().filter(|_| !ratings.is_empty()) {
            let rubric = rubric_cache::published(conn, &scope, job.rubric_version_id).await?;
            rubrics.insert(job.rubric_version_id, rubric);
        }

        let next = held
            .iter()
            .find(|(interview, _)| interview.is_scheduled() && interview.starts_at.to_jiff() > may.now())
            .map(|(interview, round)| Next { round: round.name.clone(), starts_at: interview.starts_at.to_jiff() });
        let applications = applied
            .into_iter()
            .map(|(application, job)| {
                let own: Vec<&(Interview, Round)> =
                    held.iter().filter(|(interview, _)| interview.application_id == application.id).collect();
                let sheets: Vec<Written<'_>> = own.iter().flat_map(|held| Written::of(held, &filled)).collect();
                let dimensions = rubrics
                    .get(&job.rubric_version_id)
                    .map(|rubric| by_dimension(rubric, &sheets, &ratings, &amendments, may.locale()))
                    .unwrap_or_default();
                Applied {
                    id: application.id,
                    applied_at: application.created_at.to_jiff(),
                    hidden: hides(&own, &filled),
                    interviews: own.iter().map(|(held, round)| Held::new(held, round, &filled, may)).collect(),
                    decisions: decisions
                        .iter()
                        .filter(|(decision, _)| decision.application_id == application.id)
                        .map(|(decision, by)| Decided {
                            outcome: decision.outcome,
                            reason: decision.reason.clone(),
                            by: by.clone(),
                            at: decision.at.to_jiff(),
                        })
                        .collect(),
                    scorecards: sheets.iter().map(Written::sheet).collect(),
                    dimensions,
                    job: JobLine::new(&job),
                }
            })
            .collect();
        Ok(CandidatePage {
            id,
            name: found.name,
            email: found.email,
            phone: found.phone,
            note: found.note,
            created_at: found.created_at.to_jiff(),
            runs_jobs: may.also::<RunJobs>(),
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

/// A submitted scorecard with its seat and round.
struct Written<'a> {
    filled: &'a Filled,
    scorecard: &'a Scorecard,
    round: &'a Round,
}

impl<'a> Written<'a> {
    fn of((interview, round): &'a (Interview, Round), filled: &'a [Filled]) -> impl Iterator<Item = Written<'a>> {
        filled.iter().filter(|filled| filled.seat.interview_id == interview.id).filter_map(move |filled| {
            let scorecard = filled.scorecard.as_ref()?;
            (scorecard.state == ScorecardState::Submitted).then_some(Written { filled, scorecard, round })
        })
    }

    fn sheet(&self) -> Sheet {
        Sheet {
            id: self.scorecard.id,
            member: self.filled.member.clone(),
            round: self.round.name.clone(),
            recommendation: self.scorecard.recommendation,
            submitted_at: self.scorecard.submitted_at.to_jiff(),
            next_note: self.scorecard.next_note.clone(),
        }
    }
}

impl Held {
    fn new(interview: &Interview, round: &Round, filled: &[Filled], may: &May<SeeJobs>) -> Held {
        let panel: Vec<&Filled> = filled.iter().filter(|filled| filled.seat.interview_id == interview.id).collect();
        Held {
            id: interview.id,
            round: round.name.clone(),
            medium: round.medium,
            minutes: interview.minutes,
            starts_at: interview.starts_at.to_jiff(),
            standing: Standing::of(interview, &panel, may.signed.member.id, may.now()),
            panel: panel.iter().map(|filled| filled.member.clone()).collect(),
        }
    }
}

fn hides(held: &[&(Interview, Round)], filled: &[Filled]) -> bool {
    filled.iter().any(|filled| filled.hidden && held.iter().any(|(held, _)| held.id == filled.seat.interview_id))
}

/// The rubric's dimensions that somebody rated, in its order.
fn by_dimension(
    rubric: &Rubric,
    sheets: &[Written<'_>],
    ratings: &[RatingRow],
    amendments: &[Amendment],
    locale: Locale,
) -> Vec<Rated> {
    let dimensions = rubric.dimensions.iter().map(|dimension| {
        let given = sheets.iter().map(|sheet| {
            let row =
                ratings.iter().find(|row| row.scorecard_id == sheet.scorecard.id && row.dimension == dimension.key)?;
            let mut later = row.rating();
            let amendments: Vec<Amended> = amendments
                .iter()
                .filter(|amendment| amendment.scorecard_id == row.scorecard_id && amendment.dimension == row.dimension)
                .map(|amendment| {
                    let from = later.and_then(score);
                    later = Rating::from_columns(amendment.score, amendment.not_enough_evidence);
                    let (to, reason) = (later.and_then(score), amendment.reason.clone());
                    Amended { from, to, reason, at: amendment.at.to_jiff() }
                })
                .collect();
            Some(Given {
                member: sheet.filled.member.clone(),
                round: sheet.round.name.clone(),
                score: later.and_then(score),
                ticks: row.ticks.iter().filter_map(|key| tick(rubric, key, locale)).collect(),
                note: row.note.clone(),
                amendments,
            })
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
