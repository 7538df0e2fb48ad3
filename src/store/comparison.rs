//! What a job's comparison is made from, as far as this member may see it yet.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Conn, Scope, evidence,
    job::{self, Job},
    rubric_cache,
    statement::Statement,
};
use crate::{
    domain::{
        anonymity::{self, Cover},
        comparison::{
            Amended, Candidate, Dimension, Inputs, Met, MissingScorecard, Rater, Round, Scorecard, SealedRating,
        },
        decision::Outcome,
        id::{AmendmentId, ApplicationId, CandidateId, JobId, MemberId, RoundId, ScorecardId, SeatId},
        medium::Medium,
        question_library,
        rating::{Rating, Recommendation},
        rubric::Rubric,
    },
    error::Result,
    schema::{
        amendments, applications, candidates, decisions, interviews, jobs, members, papers, ratings, rounds,
        scorecards, seats,
    },
    store::{interview::InterviewState, scorecard::ScorecardState},
};
use diesel::{
    dsl::{exists, not},
    pg::Pg,
    prelude::*,
    sql_types::Text,
};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

/// A job with its candidates and what their panels have sealed. The only way to the ratings of a whole panel: blindness is
/// kept here.
#[derive(Clone, Debug)]
pub struct Shortlist {
    pub job: Job,
    pub rubric: Arc<Rubric>,
    pub inputs: Inputs,
    /// Each candidate's application in this job.
    pub applications: BTreeMap<CandidateId, ApplicationId>,
    /// Who was erased: nothing more can be decided about them.
    pub erased: BTreeSet<CandidateId>,
    /// The scorecards of [`Inputs::scorecards`], in the same order.
    pub scorecards: Vec<ScorecardId>,
    /// Seats that stay closed to this member, by candidate; their sum is [`Inputs::hidden`].
    pub hidden: BTreeMap<CandidateId, usize>,
    /// Who sits on a panel of the job and has not submitted the scorecard, as far as this member sees it; always themselves.
    pub unsubmitted: BTreeSet<MemberId>,
    /// The names of those who are compared under a label.
    pub cover: Cover,
}

impl Shortlist {
    /// Whether this member must submit a scorecard before taking a decision or sending a summary.
    pub fn is_blind(&self, scope: &Scope) -> bool {
        scope.blind && self.unsubmitted.contains(&scope.member)
    }

    /// The same for some of the candidates only.
    pub fn only(mut self, chosen: &BTreeSet<CandidateId>) -> Shortlist {
        let inputs = &mut self.inputs;
        inputs.candidates.retain(|candidate| chosen.contains(&candidate.id));
        let (scorecards, ids) = std::mem::take(&mut inputs.scorecards)
            .into_iter()
            .zip(std::mem::take(&mut self.scorecards))
            .filter(|(scorecard, _)| chosen.contains(&scorecard.candidate))
            .unzip();
        (inputs.scorecards, self.scorecards) = (scorecards, ids);
        inputs.missing.retain(|seat| chosen.contains(&seat.candidate));
        inputs.met.retain(|met| chosen.contains(&met.candidate));
        self.hidden.retain(|candidate, _| chosen.contains(candidate));
        inputs.hidden = self.hidden.values().sum();
        self
    }
}

/// Loads the first sealed ratings of a job with amendments beside them, in one statement (two for a job without candidates).
/// Cancelled interviews are left out; a scorecard is missing once its interview has begun.
///
/// Under the blind policy, where this member has a seat without a submitted scorecard, the other seats of that candidate in
/// that round contribute nothing and count as hidden, submitted or not.
///
/// # Errors
/// `NotFound` for a job out of reach.
pub async fn load(conn: &mut Conn, scope: &Scope, id: JobId, now: jiff::Timestamp) -> Result<Shortlist> {
    let (rows, of_job): (Vec<Row>, Vec<(Job, String)>) = rows(conn, scope, id).await?.into_iter().unzip();
    let (job, language) = match of_job.into_iter().next() {
        Some(found) => found,
        None => (job::find(conn, scope, id).await?, String::new()), // nobody has a label yet
    };
    let rubric = rubric_cache::published(conn, scope, job.rubric_version_id).await?;
    let (rows, cover) = if job.anonymised { anonymised(rows, &language) } else { (rows, Cover::default()) };

    let weights = job.weights();
    let dimensions = rubric.dimensions.iter().map(|dimension| Dimension {
        key: dimension.key.clone(),
        name: dimension.name.clone(),
        weight: weights.get(&dimension.key).copied().unwrap_or_default().into(),
    });
    let inputs = Inputs { job: Some(id), dimensions: dimensions.collect(), ..Inputs::default() };
    let empty = Shortlist {
        job,
        rubric,
        inputs,
        applications: BTreeMap::new(),
        erased: BTreeSet::new(),
        scorecards: Vec::new(),
        hidden: BTreeMap::new(),
        unsubmitted: BTreeSet::new(),
        cover,
    };
    Ok(fill(empty, &rows, scope, now))
}

/// What stands behind one rating.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub scorecard: ScorecardId,
    pub dimension: String,
    pub rating: Option<Rating>,
    /// Keys of the rubric's indicators.
    pub ticks: Vec<String>,
    pub note: String,
    pub recommendation: Option<Recommendation>,
    /// Who entered the scorecard from paper, and whether its interviewer has confirmed it.
    pub paper: Option<(String, bool)>,
    /// In the order they were made.
    pub amendments: Vec<Amendment>,
}

/// A later change of a sealed rating.
#[derive(Clone, Debug)]
pub struct Amendment {
    pub rating: Option<Rating>,
    pub reason: String,
    pub at: jiff::Timestamp,
}

/// What the raters of a shortlist wrote, about one dimension or about all; of its open scorecards only.
pub async fn evidence(
    conn: &mut Conn,
    scope: &Scope,
    shortlist: &Shortlist,
    dimension: Option<&str>,
) -> Result<Vec<Evidence>> {
    let mut query = ratings::table
        .inner_join(
            scorecards::table.on(scorecards::org_id.eq(ratings::org_id).and(scorecards::id.eq(ratings::scorecard_id))),
        )
        .left_join(
            amendments::table.on(amendments::org_id
                .eq(ratings::org_id)
                .and(amendments::scorecard_id.eq(ratings::scorecard_id))
                .and(amendments::dimension.eq(ratings::dimension))),
        )
        .left_join(
            papers::table.on(papers::org_id.eq(ratings::org_id).and(papers::scorecard_id.eq(ratings::scorecard_id))),
        )
        .left_join(members::table.on(members::org_id.eq(papers::org_id).and(members::id.eq(papers::entered_by))))
        .filter(ratings::org_id.eq(scope.org).and(ratings::scorecard_id.eq_any(&shortlist.scorecards)))
        .order((ratings::scorecard_id, ratings::dimension, amendments::id))
        .select((
            (ratings::scorecard_id, ratings::dimension),
            (ratings::score, ratings::not_enough_evidence, ratings::ticks, ratings::note),
            (scorecards::recommendation, members::name.nullable(), papers::is_right.nullable()),
            (
                amendments::score.nullable(),
                amendments::not_enough_evidence.nullable(),
                amendments::reason.nullable(),
                amendments::at.nullable(),
            ),
        ))
        .into_boxed();
    if let Some(dimension) = dimension {
        query = query.filter(ratings::dimension.eq(dimension.to_owned()));
    }
    let rows: Vec<EvidenceRow> = query.load(conn).await?;
    let of_scorecard = |rows: &[EvidenceRow]| {
        let ((scorecard, dimension), (score, not_enough, ticks, note), (recommendation, by, is_right), _) =
            rows[0].clone();
        let amendments = rows.iter().filter_map(|(.., (score, not_enough, reason, at))| {
            Some(Amendment {
                rating: Rating::from_columns(*score, (*not_enough)?),
                reason: shortlist.cover.of_note(reason.as_deref()?),
                at: at.to_jiff()?,
            })
        });
        Evidence {
            scorecard,
            dimension,
            rating: Rating::from_columns(score, not_enough),
            ticks,
            note: shortlist.cover.of_note(&note),
            recommendation,
            paper: by.map(|by| (by, is_right == Some(true))),
            amendments: amendments.collect(),
        }
    };
    Ok(rows.chunk_by(|a, b| a.0 == b.0).map(of_scorecard).collect())
}

/// Ids of the applications in which this member has a seat whose scorecard is not submitted, as a subquery.
pub(super) fn open_applications(scope: &Scope) -> interviews::BoxedQuery<'static, Pg, diesel::sql_types::Uuid> {
    let submitted = scorecards::table
        .filter(scorecards::org_id.eq(seats::org_id).and(scorecards::seat_id.eq(seats::id)))
        .filter(scorecards::state.eq(ScorecardState::Submitted));
    let own = seats::table
        .filter(seats::org_id.eq(interviews::org_id).and(seats::interview_id.eq(interviews::id)))
        .filter(seats::member_id.eq(scope.member))
        .filter(not(exists(submitted)));
    interviews::table
        .filter(interviews::org_id.eq(scope.org).and(interviews::state.eq(InterviewState::Scheduled)))
        .filter(exists(own))
        .select(interviews::application_id)
        .into_boxed()
}

/// Ids of the jobs in which this member has such a seat, as a subquery.
pub(super) fn open_jobs(scope: &Scope) -> applications::BoxedQuery<'static, Pg, diesel::sql_types::Uuid> {
    applications::table
        .filter(applications::org_id.eq(scope.org))
        .filter(applications::id.eq_any(open_applications(scope)))
        .select(applications::job_id)
        .into_boxed()
}

type EvidenceRow = (
    (ScorecardId, String),
    (Option<i16>, bool, Vec<String>, String),
    (Option<Recommendation>, Option<String>, Option<bool>),
    (Option<i16>, Option<bool>, Option<String>, NullableTimestamp),
);

/// One amendment of one rating of one seat of one interview of one candidate; what is not there yet is null.
#[derive(Clone, Debug, Queryable)]
struct Row {
    candidate: (ApplicationId, CandidateId, String),
    /// When the candidate came into the job, and what a label must hide besides the name; until the decision. Whether they were
    /// erased.
    person: (Timestamp, Option<String>, Option<String>, bool, bool),
    round: (Option<RoundId>, Option<String>, Option<Timestamp>),
    plan: (Option<Medium>, Option<Vec<String>>, Option<Vec<String>>),
    seat: (Option<SeatId>, Option<MemberId>, Option<String>, Option<bool>),
    scorecard: Option<ScorecardId>,
    rating: (Option<String>, Option<i16>, Option<bool>),
    amendment: (Option<AmendmentId>, Option<i16>, Option<bool>, Option<String>),
}

/// Each row with the job, and with the language in which its organisation names those without a name.
async fn rows(conn: &mut Conn, scope: &Scope, job: JobId) -> Result<Vec<(Row, (Job, String))>> {
    let decided = decisions::table
        .filter(decisions::org_id.eq(applications::org_id).and(decisions::application_id.eq(applications::id)))
        .filter(decisions::outcome.ne(Outcome::OnHold));
    Ok(applications::table
        .inner_join(jobs::table.on(jobs::org_id.eq(applications::org_id).and(jobs::id.eq(applications::job_id))))
        .inner_join(
            candidates::table
                .on(candidates::org_id.eq(applications::org_id).and(candidates::id.eq(applications::candidate_id))),
        )
        .left_join(
            interviews::table.on(interviews::org_id
                .eq(applications::org_id)
                .and(interviews::application_id.eq(applications::id))
                .and(interviews::state.eq(InterviewState::Scheduled))),
        )
        .left_join(rounds::table.on(rounds::org_id.eq(interviews::org_id).and(rounds::id.eq(interviews::round_id))))
        .left_join(seats::table.on(seats::org_id.eq(interviews::org_id).and(seats::interview_id.eq(interviews::id))))
        .left_join(members::table.on(members::org_id.eq(seats::org_id).and(members::id.eq(seats::member_id))))
        .left_join(
            scorecards::table.on(scorecards::org_id
                .eq(seats::org_id)
                .and(scorecards::seat_id.eq(seats::id))
                .and(scorecards::state.eq(ScorecardState::Submitted))
                // What a member is blind to does not leave the database, so that nothing, not even the time it takes, depends on it.
                .and(evidence::readable(scope))),
        )
        .left_join(
            ratings::table.on(ratings::org_id.eq(scorecards::org_id).and(ratings::scorecard_id.eq(scorecards::id))),
        )
        .left_join(
            amendments::table.on(amendments::org_id
                .eq(ratings::org_id)
                .and(amendments::scorecard_id.eq(ratings::scorecard_id))
                .and(amendments::dimension.eq(ratings::dimension))),
        )
        .filter(applications::org_id.eq(scope.org).and(applications::job_id.eq(job)))
        .filter(jobs::id.eq_any(job::visible_ids(scope)))
        .order((applications::id, rounds::position, seats::id, ratings::dimension, amendments::id))
        .select((
            (
                (applications::id, candidates::id, candidates::name),
                (
                    applications::created_at,
                    candidates::email,
                    candidates::phone,
                    exists(decided),
                    candidates::erased_at.is_not_null(),
                ),
                (rounds::id.nullable(), rounds::name.nullable(), interviews::starts_at.nullable()),
                (rounds::medium.nullable(), rounds::dimensions.nullable(), rounds::questions.nullable()),
                (
                    seats::id.nullable(),
                    seats::member_id.nullable(),
                    members::name.nullable(),
                    members::is_outside.nullable(),
                ),
                scorecards::id.nullable(),
                (ratings::dimension.nullable(), ratings::score.nullable(), ratings::not_enough_evidence.nullable()),
                (
                    amendments::id.nullable(),
                    amendments::score.nullable(),
                    amendments::not_enough_evidence.nullable(),
                    amendments::reason.nullable(),
                ),
            ),
            (
                Job::as_select(),
                Statement::<Text>::new("(SELECT o.locale FROM organisations o WHERE o.id = jobs.org_id)", Vec::new()),
            ),
        ))
        .load(conn)
        .await?)
}

/// The rows with labels instead of the names of those about whom nothing is decided, and what must be covered in texts.
fn anonymised(mut rows: Vec<Row>, language: &str) -> (Vec<Row>, Cover) {
    let place = |row: &Row| anonymity::place(row.person.0.to_jiff(), row.candidate.0);
    let places: BTreeSet<_> = rows.iter().map(place).collect();
    let numbers: BTreeMap<_, usize> = places.into_iter().zip(0..).collect();
    let (mut cover, mut covered) = (Cover::default(), BTreeSet::new());
    for row in &mut rows {
        let Some(number) = numbers.get(&place(row)).filter(|_| !row.person.3) else { continue };
        let name = std::mem::replace(&mut row.candidate.2, anonymity::label(language, *number));
        if covered.insert(row.candidate.0) {
            cover.add(&row.candidate.2, &name, row.person.1.as_deref(), row.person.2.as_deref());
        }
    }
    for reason in rows.iter_mut().filter_map(|row| row.amendment.3.as_mut()) {
        *reason = cover.of_note(reason);
    }
    (rows, cover)
}

fn fill(mut list: Shortlist, rows: &[Row], scope: &Scope, now: jiff::Timestamp) -> Shortlist {
    let own = Some(scope.member);
    let open: BTreeSet<(ApplicationId, Option<RoundId>)> = rows
        .iter()
        .filter(|row| row.seat.1 == own && row.scorecard.is_none())
        .map(|row| (row.candidate.0, row.round.0))
        .collect();
    list.unsubmitted = rows.iter().filter(|row| row.scorecard.is_none()).filter_map(|row| row.seat.1).collect();

    let mut raters: BTreeMap<MemberId, (String, bool)> = BTreeMap::new();
    let mut rounds: BTreeMap<RoundId, usize> = BTreeMap::new();
    for seat in rows.chunk_by(|a, b| a.candidate.0 == b.candidate.0 && a.seat.0 == b.seat.0) {
        let row = &seat[0];
        let (application, candidate, name) = row.candidate.clone();
        if list.applications.insert(candidate, application).is_none() {
            list.inputs.candidates.push(Candidate { id: candidate, name, called: None });
            list.erased.extend(row.person.4.then_some(candidate));
        }
        let (Some(rater), Some(rater_name), Some(round), Some(starts_at)) =
            (row.seat.1, row.seat.2.clone(), row.round.1.clone(), row.round.2)
        else {
            continue;
        };
        raters.insert(rater, (rater_name, row.seat.3.unwrap_or_default()));
        let due = starts_at.to_jiff() <= now;
        if let (true, Some(id)) = (due, row.round.0) {
            let place = *rounds.entry(id).or_insert_with(|| {
                list.inputs.rounds.push(planned(row, &round, &list.rubric));
                list.inputs.rounds.len() - 1
            });
            list.inputs.met.push(Met { candidate, rater, round: place });
        }
        if scope.blind && Some(rater) != own && open.contains(&(application, row.round.0)) {
            *list.hidden.entry(candidate).or_default() += usize::from(due);
        } else if let Some(scorecard) = row.scorecard {
            list.scorecards.push(scorecard);
            list.inputs.scorecards.push(Scorecard { candidate, rater, round, ratings: sealed(seat) });
        } else if due {
            list.inputs.missing.push(MissingScorecard { candidate, rater, round });
        }
    }
    list.inputs.hidden = list.hidden.values().sum();
    list.inputs.raters = raters.into_iter().map(|(id, (name, outside))| Rater { id, name, outside }).collect();
    list
}

/// A round with what the kit asks in it: its questions for a dimension, the dimension's first one when it names none.
fn planned(row: &Row, name: &str, rubric: &Rubric) -> Round {
    let (medium, dimensions, questions) = row.plan.clone();
    let questions = questions.unwrap_or_default();
    let asked = |key: String| {
        let of_dimension = rubric.dimension(&key).map(|dimension| &dimension.questions[..]).unwrap_or_default();
        let mut keys: Vec<String> =
            of_dimension.iter().map(|question| question.key.clone()).filter(|key| questions.contains(key)).collect();
        keys.extend(
            question_library::of_dimension(&questions, &key)
                .filter(|own| !keys.contains(own))
                .cloned()
                .collect::<Vec<_>>(),
        );
        if keys.is_empty() {
            keys.extend(of_dimension.first().map(|question| question.key.clone()));
        }
        (key, keys)
    };
    Round {
        name: name.to_owned(),
        medium: medium.unwrap_or(Medium::InPerson),
        asked: dimensions.unwrap_or_default().into_iter().map(asked).collect(),
    }
}

/// The ratings of one scorecard; of several amendments the last.
fn sealed(rows: &[Row]) -> Vec<SealedRating> {
    rows.chunk_by(|a, b| a.rating.0 == b.rating.0)
        .filter_map(|rows| {
            let last = rows.last()?;
            let (dimension, score, not_enough) = last.rating.clone();
            let (_, amended, amended_not_enough, reason) = last.amendment.clone();
            Some(SealedRating {
                dimension: dimension?,
                rating: Rating::from_columns(score, not_enough?)?,
                amended: reason.and_then(|reason| {
                    Rating::from_columns(amended, amended_not_enough?).map(|rating| Amended { rating, reason })
                }),
            })
        })
        .collect()
}
