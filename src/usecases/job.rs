//! Jobs: open, change, close, open again.

use std::collections::BTreeSet;

use diesel_async::AsyncConnection;
use serde_json::json;

use crate::{
    domain::{
        id::{JobId, MemberId, RoundId},
        interview_plan::{InterviewPlan, PlannedRound},
        policy::{Decide, Permission, RunJobs},
        question_library,
    },
    error::{Complaint, Error, Message, Result},
    store::{
        Conn, Scope,
        event::{self, Actor, Entry},
        job::{self, Job, JobState},
        job_progress, member, organisation, question,
        round::{self, Round},
        rubric,
    },
};

/// What a job is and who runs it; may change as long as the job is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobFacts {
    pub title: String,
    /// May be empty.
    pub place: String,
    pub hiring_manager: MemberId,
    pub recruiter: MemberId,
    /// Whoever compares sees labels instead of names; fixed once a scorecard is submitted.
    pub anonymised: bool,
}

/// Opens a job.
///
/// # Errors
/// `Invalid` when the plan does not hold, or when somebody named is not an active member with the role.
pub async fn open(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    facts: &JobFacts,
    plan: InterviewPlan,
) -> Result<JobId> {
    let id = JobId::new();
    conn.transaction(async |conn| {
        let mut complaints = check_people(conn, scope, facts, None).await?;
        let plan = settle(conn, scope, plan, &mut complaints).await?;
        if !complaints.is_empty() {
            return Err(Error::Invalid(complaints));
        }
        let job = Job {
            org_id: scope.org,
            id,
            title: facts.title.clone(),
            place: facts.place.clone(),
            state: JobState::Open,
            rubric_version_id: plan.rubric_version,
            weights: json!(plan.weights),
            recruiter_id: facts.recruiter,
            hiring_manager_id: facts.hiring_manager,
            pinned_at: None.into(),
            created_at: actor.now.into(),
            closed_at: None.into(),
            revision: 0,
            anonymised: facts.anonymised,
        };
        job::insert(conn, &job).await?;
        if facts.anonymised {
            organisation::set_anonymises(conn, scope).await?;
        }
        round::insert(conn, &rounds(&job, &plan.rounds, &[])).await?;
        let detail = json!({
            "rubric_version": plan.rubric_version,
            "weights": plan.weights,
            "rounds": plan.rounds.len(),
            "hiring_manager": facts.hiring_manager,
            "recruiter": facts.recruiter,
            "anonymised": facts.anonymised,
        });
        event::append(conn, actor, Entry::new("job.opened", id.0).with(detail)).await?;
        Ok(())
    })
    .await?;
    Ok(id)
}

/// Changes a job. The plan may be changed until the first interview is scheduled; `None` leaves it alone. `revision` is the
/// one that the person saw who changes it.
///
/// # Errors
/// `Refused` for a plan when the job is pinned, and when somebody else has changed the job meanwhile; `Invalid` as for
/// [`open`]; `NotFound` out of reach.
pub async fn change(
    conn: &mut Conn,
    scope: &Scope,
    actor: &Actor,
    id: JobId,
    revision: i64,
    facts: &JobFacts,
    plan: Option<InterviewPlan>,
) -> Result<()> {
    conn.transaction(async |conn| {
        let before = job::lock(conn, scope, id).await?;
        if plan.is_some() && before.is_pinned() {
            return Err(Error::refused("job-pinned-refused"));
        }
        let mut complaints = check_people(conn, scope, facts, Some(&before)).await?;
        let mut after = Job {
            title: facts.title.clone(),
            place: facts.place.clone(),
            hiring_manager_id: facts.hiring_manager,
            recruiter_id: facts.recruiter,
            anonymised: facts.anonymised,
            ..before.clone()
        };
        let mut new_rounds = None;
        if let Some(plan) = plan {
            let plan = settle(conn, scope, plan, &mut complaints).await?;
            after.rubric_version_id = plan.rubric_version;
            after.weights = json!(plan.weights);
            let old = round::of_job(conn, scope, id).await?;
            new_rounds = Some(rounds(&after, &plan.rounds, &old)).filter(|new| old != *new);
        }
        if !complaints.is_empty() {
            return Err(Error::Invalid(complaints));
        }
        let changed: Vec<&str> = [
            ("title", before.title != after.title),
            ("place", before.place != after.place),
            ("hiring_manager", before.hiring_manager_id != after.hiring_manager_id),
            ("recruiter", before.recruiter_id != after.recruiter_id),
            ("anonymised", before.anonymised != after.anonymised),
            ("rubric_version", before.rubric_version_id != after.rubric_version_id),
            ("weights", before.weights != after.weights),
            ("rounds", new_rounds.is_some()),
        ]
        .into_iter()
        .filter_map(|(field, differs)| differs.then_some(field))
        .collect();
        // The same button pressed twice is no conflict.
        if changed.is_empty() {
            return Ok(());
        }
        if before.revision != revision {
            return Err(Error::refused("job-changed-meanwhile"));
        }
        if before.anonymised != after.anonymised {
            if job::has_submitted(conn, scope, id).await? {
                return Err(Error::invalid("anonymised", "job-anonymised-fixed"));
            }
            organisation::set_anonymises(conn, scope).await?;
        }
        if let Some(rounds) = new_rounds {
            round::replace(conn, scope, id, &rounds).await?;
        }
        job::update(conn, &after).await?;
        let detail = json!({
            "changed": changed,
            "rubric_version": after.rubric_version_id,
            "weights": after.weights,
            "hiring_manager": after.hiring_manager_id,
            "recruiter": after.recruiter_id,
            "anonymised": after.anonymised,
        });
        event::append(conn, actor, Entry::new("job.changed", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// Closes an open job: no further candidates and interviews. What is planned and written stays.
///
/// # Errors
/// `Refused` when it is closed already.
pub async fn close(conn: &mut Conn, scope: &Scope, actor: &Actor, id: JobId) -> Result<()> {
    conn.transaction(async |conn| {
        let job = job::lock(conn, scope, id).await?;
        if !job.is_open() {
            return Err(Error::refused("job-closed-already"));
        }
        let tally = job_progress::overview(conn, scope, id, actor.now).await?.tally;
        job::set_closed(conn, &job, Some(actor.now)).await?;
        let detail = json!({ "candidates": tally.candidates, "interviews_to_come": tally.planned });
        event::append(conn, actor, Entry::new("job.closed", id.0).with(detail)).await?;
        Ok(())
    })
    .await
}

/// Opens a closed job again.
///
/// # Errors
/// `Refused` when it is open.
pub async fn reopen(conn: &mut Conn, scope: &Scope, actor: &Actor, id: JobId) -> Result<()> {
    conn.transaction(async |conn| {
        let job = job::lock(conn, scope, id).await?;
        if job.is_open() {
            return Err(Error::refused("job-open-already"));
        }
        job::set_closed(conn, &job, None).await?;
        event::append(conn, actor, Entry::new("job.reopened", id.0)).await?;
        Ok(())
    })
    .await
}

/// Who is named must be there and have the role; somebody who was named before may stay.
async fn check_people(
    conn: &mut Conn,
    scope: &Scope,
    facts: &JobFacts,
    before: Option<&Job>,
) -> Result<Vec<Complaint>> {
    let mut complaints = Vec::new();
    let wanted = [
        ("hiring_manager", facts.hiring_manager, before.map(|job| job.hiring_manager_id), Decide::ROLES),
        ("recruiter", facts.recruiter, before.map(|job| job.recruiter_id), RunJobs::ROLES),
    ];
    for (field, id, earlier, roles) in wanted {
        if earlier == Some(id) {
            continue;
        }
        let fits = match member::find(conn, scope, id).await {
            Ok(member) => member.is_active() && member.roles.iter().any(|role| roles.contains(role)),
            Err(Error::NotFound) => false,
            Err(error) => return Err(error),
        };
        if !fits {
            complaints.push(Complaint::new(field, Message::new("form-not-a-choice")));
        }
    }
    Ok(complaints)
}

async fn settle(
    conn: &mut Conn,
    scope: &Scope,
    plan: InterviewPlan,
    complaints: &mut Vec<Complaint>,
) -> Result<InterviewPlan> {
    let version = plan.rubric_version;
    let published = rubric::published(conn, scope, Some(version)).await?;
    let Some(published) = published.into_iter().find(|published| published.id == version) else {
        complaints.push(Complaint::new("rubric", Message::new("form-not-a-choice")));
        return Ok(plan);
    };
    let unsettled = plan.clone();
    let all = plan.rounds.iter().flat_map(|round| &round.questions);
    let keys: Vec<String> = all.filter(|key| question_library::dimension_of(key).is_some()).cloned().collect();
    let library = question::with_keys(conn, scope, &keys).await?;
    let rubric = published.rubric.with_questions(library.offered);
    Ok(plan.settle(&rubric).unwrap_or_else(|wrong| {
        complaints.extend(wrong);
        unsettled
    }))
}

/// The questions of a planned round, with those of the library that it had: they are chosen on a page of their own.
fn with_library(planned: &PlannedRound, before: &[Round]) -> Vec<String> {
    let had = before.iter().find(|round| Some(round.id) == planned.id).map_or(&[][..], |round| &round.questions);
    let mut questions = planned.questions.clone();
    for dimension in &planned.dimensions {
        let had: Vec<&String> =
            question_library::of_dimension(had, dimension).filter(|key| !planned.questions.contains(key)).collect();
        questions.extend(had.into_iter().cloned());
    }
    questions
}

/// The rows of a plan; an id stays where the job has had a round with it.
fn rounds(job: &Job, planned: &[PlannedRound], before: &[Round]) -> Vec<Round> {
    let mut known: BTreeSet<RoundId> = before.iter().map(|round| round.id).collect();
    (1..)
        .zip(planned)
        .map(|(position, round)| Round {
            org_id: job.org_id,
            id: round.id.filter(|id| known.remove(id)).unwrap_or_else(RoundId::new),
            job_id: job.id,
            position,
            name: round.name.clone(),
            medium: round.medium,
            minutes: i32::from(round.minutes),
            dimensions: round.dimensions.clone(),
            questions: with_library(round, before),
        })
        .collect()
}
