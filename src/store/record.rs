//! Records: submitted scorecards with all that belongs to them, for exports. Read in batches, so that any number streams.

use std::collections::{BTreeSet, HashMap};

use diesel::{dsl::not, pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use jiff_diesel::{NullableTimestamp, Timestamp};

use super::{
    Conn, Scope,
    comparison::open_applications,
    debrief::{self, Sealed},
    evidence,
    job::{self, Job},
    paper,
    scorecard::{Amendment, RatingRow},
};
use crate::{
    domain::{
        decision::Outcome,
        id::{ApplicationId, CandidateId, InterviewId, JobId, MemberId, ScorecardId},
        medium::Medium,
        rating::Recommendation,
    },
    error::Result,
    schema::{
        amendments, applications, candidates, decisions, interviews, jobs, members, ratings, rounds, rubric_versions,
        rubrics, scorecards, seats,
    },
};

/// Which records: of one job or of the whole organisation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub job: Option<JobId>,
}

/// A submitted scorecard with its surroundings.
#[derive(Clone, Debug)]
pub struct Record {
    pub head: Head,
    pub ratings: Vec<RatingRow>,
    /// Oldest first.
    pub amendments: Vec<Amendment>,
    /// Of closed debriefs, the last word on each dimension.
    pub seconds: Vec<Sealed>,
    /// The outcome that holds.
    pub decision: Option<Decided>,
    /// Who entered it, when it came on paper.
    pub paper: Option<paper::Entry>,
}

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(check_for_backend(Pg), table_name = scorecards)]
pub struct Head {
    #[diesel(column_name = id)]
    pub scorecard: ScorecardId,
    pub recommendation: Option<Recommendation>,
    pub facts: Vec<String>,
    pub started_at: Timestamp,
    pub submitted_at: NullableTimestamp,
    #[diesel(select_expression = jobs::id)]
    pub job: JobId,
    #[diesel(select_expression = jobs::title)]
    pub job_title: String,
    #[diesel(select_expression = jobs::place)]
    pub job_place: String,
    #[diesel(select_expression = rubrics::key)]
    pub rubric: String,
    #[diesel(select_expression = rubric_versions::version)]
    pub rubric_version: i32,
    #[diesel(select_expression = rounds::position)]
    pub round_position: i32,
    #[diesel(select_expression = rounds::name)]
    pub round: String,
    #[diesel(select_expression = rounds::medium)]
    pub medium: Medium,
    #[diesel(select_expression = applications::id)]
    pub application: ApplicationId,
    #[diesel(select_expression = candidates::id)]
    pub candidate: CandidateId,
    #[diesel(select_expression = candidates::name)]
    pub candidate_name: String,
    #[diesel(select_expression = interviews::id)]
    pub interview: InterviewId,
    #[diesel(select_expression = interviews::starts_at)]
    pub interview_starts_at: Timestamp,
    #[diesel(select_expression = members::id)]
    pub interviewer: MemberId,
    #[diesel(select_expression = members::name)]
    pub interviewer_name: String,
    #[diesel(select_expression = members::is_outside)]
    pub interviewer_is_outside: bool,
}

/// A decision without the comparison that it pins.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(check_for_backend(Pg), table_name = decisions)]
pub struct Decided {
    pub application_id: ApplicationId,
    pub outcome: Outcome,
    pub reason: String,
    pub at: Timestamp,
}

/// The next records after `after`, oldest scorecard first, at most `limit`; in six statements, however many there are.
///
/// A member who sits on a panel and has not submitted gets no other scorecard of that candidate in that round, and no
/// decision on that candidate (see `Scope::blind`).
pub async fn batch(
    conn: &mut Conn,
    scope: &Scope,
    filter: Filter,
    after: Option<ScorecardId>,
    limit: i64,
) -> Result<Vec<Record>> {
    let heads = heads(conn, scope, filter, after, limit).await?;
    let ids: Vec<ScorecardId> = heads.iter().map(|head| head.scorecard).collect();
    let applications: BTreeSet<ApplicationId> = heads.iter().map(|head| head.application).collect();
    let all_ratings: Vec<RatingRow> = ratings::table
        .filter(ratings::org_id.eq(scope.org).and(ratings::scorecard_id.eq_any(&ids)))
        .order((ratings::scorecard_id, ratings::dimension))
        .select(RatingRow::as_select())
        .load(conn)
        .await?;
    let all_amendments: Vec<Amendment> = amendments::table
        .filter(amendments::org_id.eq(scope.org).and(amendments::scorecard_id.eq_any(&ids)))
        .order(amendments::id)
        .select(Amendment::as_select())
        .load(conn)
        .await?;
    let seconds = debrief::sealed(conn, scope, &ids).await?;
    let mut decided = decisions::table
        .filter(decisions::org_id.eq(scope.org).and(decisions::application_id.eq_any(applications)))
        .distinct_on(decisions::application_id)
        .order((decisions::application_id, decisions::id.desc()))
        .select(Decided::as_select())
        .into_boxed();
    if scope.blind {
        decided = decided.filter(not(decisions::application_id.eq_any(open_applications(scope))));
    }
    let decided: Vec<Decided> = decided.load(conn).await?;

    let mut paper_of = paper::of(conn, scope, &ids).await?;

    let mut ratings_of = group(all_ratings, |rating| rating.scorecard_id);
    let mut amendments_of = group(all_amendments, |amendment| amendment.scorecard_id);
    let mut seconds_of = group(seconds, |second| second.scorecard);
    let decision_of: HashMap<ApplicationId, Decided> =
        decided.into_iter().map(|decision| (decision.application_id, decision)).collect();
    Ok(heads
        .into_iter()
        .map(|head| Record {
            ratings: ratings_of.remove(&head.scorecard).unwrap_or_default(),
            amendments: amendments_of.remove(&head.scorecard).unwrap_or_default(),
            seconds: seconds_of.remove(&head.scorecard).unwrap_or_default(),
            decision: decision_of.get(&head.application).cloned(),
            paper: paper_of.remove(&head.scorecard),
            head,
        })
        .collect())
}

/// A job with the number of its submitted scorecards that the scope may see.
pub struct JobCount {
    pub job: Job,
    pub scorecards: i64,
}

/// The newest jobs that have a record, each with how many; in two statements.
pub async fn jobs(conn: &mut Conn, scope: &Scope) -> Result<Vec<JobCount>> {
    let counts: HashMap<JobId, i64> = scorecards::table
        .inner_join(seats::table.on(seats::org_id.eq(scorecards::org_id).and(seats::id.eq(scorecards::seat_id))))
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .inner_join(
            applications::table
                .on(applications::org_id.eq(interviews::org_id).and(applications::id.eq(interviews::application_id))),
        )
        .filter(scorecards::org_id.eq(scope.org).and(scorecards::state.eq("submitted")))
        .filter(applications::job_id.eq_any(job::visible_ids(scope)))
        .filter(evidence::readable(scope))
        .group_by(applications::job_id)
        .select((applications::job_id, diesel::dsl::count_star()))
        .order(applications::job_id.desc())
        .limit(500)
        .load::<(JobId, i64)>(conn)
        .await?
        .into_iter()
        .collect();
    let found: Vec<Job> = jobs::table
        .filter(jobs::org_id.eq(scope.org).and(jobs::id.eq_any(counts.keys().copied().collect::<Vec<_>>())))
        .order(jobs::id.desc())
        .select(Job::as_select())
        .load(conn)
        .await?;
    Ok(found.into_iter().map(|job| JobCount { scorecards: counts[&job.id], job }).collect())
}

/// Every dimension that the rounds of the filtered jobs cover, in the order of the first round that has it.
pub async fn dimensions(conn: &mut Conn, scope: &Scope, filter: Filter) -> Result<Vec<String>> {
    let mut query = rounds::table
        .filter(rounds::org_id.eq(scope.org))
        .filter(rounds::job_id.eq_any(job::visible_ids(scope)))
        .order((rounds::job_id, rounds::position))
        .select(rounds::dimensions)
        .into_boxed();
    if let Some(job) = filter.job {
        query = query.filter(rounds::job_id.eq(job));
    }
    let mut found: Vec<String> = Vec::new();
    for dimensions in query.load::<Vec<String>>(conn).await? {
        for dimension in dimensions {
            if !found.contains(&dimension) {
                found.push(dimension);
            }
        }
    }
    Ok(found)
}

async fn heads(
    conn: &mut Conn,
    scope: &Scope,
    filter: Filter,
    after: Option<ScorecardId>,
    limit: i64,
) -> Result<Vec<Head>> {
    let mut query = scorecards::table
        .inner_join(seats::table.on(seats::org_id.eq(scorecards::org_id).and(seats::id.eq(scorecards::seat_id))))
        .inner_join(members::table.on(members::org_id.eq(seats::org_id).and(members::id.eq(seats::member_id))))
        .inner_join(
            interviews::table.on(interviews::org_id.eq(seats::org_id).and(interviews::id.eq(seats::interview_id))),
        )
        .inner_join(rounds::table.on(rounds::org_id.eq(interviews::org_id).and(rounds::id.eq(interviews::round_id))))
        .inner_join(
            applications::table
                .on(applications::org_id.eq(interviews::org_id).and(applications::id.eq(interviews::application_id))),
        )
        .inner_join(
            candidates::table
                .on(candidates::org_id.eq(applications::org_id).and(candidates::id.eq(applications::candidate_id))),
        )
        .inner_join(jobs::table.on(jobs::org_id.eq(applications::org_id).and(jobs::id.eq(applications::job_id))))
        .inner_join(
            rubric_versions::table
                .on(rubric_versions::org_id.eq(jobs::org_id).and(rubric_versions::id.eq(jobs::rubric_version_id))),
        )
        .inner_join(
            rubrics::table
                .on(rubrics::org_id.eq(rubric_versions::org_id).and(rubrics::id.eq(rubric_versions::rubric_id))),
        )
        .filter(scorecards::org_id.eq(scope.org).and(scorecards::state.eq("submitted")))
        .filter(jobs::id.eq_any(job::visible_ids(scope)))
        .filter(evidence::readable(scope))
        .order(scorecards::id)
        .limit(limit)
        .select(Head::as_select())
        .into_boxed();
    if let Some(job) = filter.job {
        query = query.filter(jobs::id.eq(job));
    }
    if let Some(after) = after {
        query = query.filter(scorecards::id.gt(after));
    }
    Ok(query.load(conn).await?)
}

fn group<T>(rows: Vec<T>, key: impl Fn(&T) -> ScorecardId) -> HashMap<ScorecardId, Vec<T>> {
    let mut groups: HashMap<ScorecardId, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}
