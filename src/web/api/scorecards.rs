//! Scorecards: one's own, and the submitted ones that the member may see. Blindness is the store's (`store::evidence`).

use actix_web::{HttpResponse, web::Path};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    document::Reading,
    page::{Page, Paging, Params},
};
use crate::{
    domain::{
        id::{ApplicationId, InterviewId, JobId, MemberId, RoundId, ScorecardId},
        policy::SeeJobs,
        rating::{Rating, Recommendation},
    },
    error::{Error, Result},
    store::{
        Conn, Scope, evidence,
        evidence::{Filter, Seen},
        scorecard::{Amendment, RatingRow, ScorecardState},
    },
    web::{forms::Query, who::May},
};

/// One interviewer's ratings in an interview.
#[derive(Serialize, ToSchema)]
pub struct Scorecard {
    id: ScorecardId,
    interview: InterviewId,
    application: ApplicationId,
    job: JobId,
    round: RoundId,
    /// Whose it is.
    member: MemberId,
    state: ScorecardState,
    recommendation: Option<Recommendation>,
    recommendation_revision: i64,
    /// Only in one's own; `null` in others'.
    private_note: Option<String>,
    private_note_revision: i64,
    /// What the next interviewer should look into.
    next_note: String,
    next_note_revision: i64,
    started_at: Timestamp,
    submitted_at: Option<Timestamp>,
    /// SHA-256 of what was submitted, in hex.
    seal: Option<String>,
    ratings: Vec<DimensionRating>,
}

/// A rating of one dimension with what it rests on.
#[derive(Serialize, ToSchema)]
pub struct DimensionRating {
    /// The dimension's key.
    dimension: String,
    /// As sealed, also after an amendment; `null` while unrated.
    rating: Option<Rating>,
    rating_revision: i64,
    /// Keys of the indicators that were heard or seen.
    ticks: Vec<String>,
    ticks_revision: i64,
    note: String,
    note_revision: i64,
    /// Later changes with their reasons, oldest first.
    amendments: Vec<AmendedRating>,
}

/// A later change of a sealed rating.
#[derive(Serialize, ToSchema)]
pub struct AmendedRating {
    rating: Option<Rating>,
    reason: String,
    at: Timestamp,
}

impl Scorecard {
    fn new(seen: Seen, reader: MemberId, ratings: &[RatingRow], amendments: &[Amendment]) -> Scorecard {
        let Seen { scorecard: card, seat, interview, job } = seen;
        let rating = |row: &RatingRow| DimensionRating {
            dimension: row.dimension.clone(),
            rating: row.rating(),
            rating_revision: row.rating_revision,
            ticks: row.ticks.clone(),
            ticks_revision: row.ticks_revision,
            note: row.note.clone(),
            note_revision: row.note_revision,
            amendments: amendments
                .iter()
                .filter(|amendment| amendment.scorecard_id == card.id && amendment.dimension == row.dimension)
                .map(|amendment| AmendedRating {
                    rating: amendment.rating(),
                    reason: amendment.reason.clone(),
                    at: amendment.at.to_jiff(),
                })
                .collect(),
        };
        Scorecard {
            ratings: ratings.iter().filter(|row| row.scorecard_id == card.id).map(rating).collect(),
            id: card.id,
            interview: interview.id,
            application: interview.application_id,
            job,
            round: interview.round_id,
            member: seat.member_id,
            state: card.state,
            recommendation: card.recommendation,
            recommendation_revision: card.recommendation_revision,
            private_note: (seat.member_id == reader).then_some(card.private_note),
            private_note_revision: card.private_note_revision,
            next_note: card.next_note,
            next_note_revision: card.next_note_revision,
            started_at: card.started_at.to_jiff(),
            submitted_at: card.submitted_at.to_jiff(),
            seal: card.seal.map(|seal| seal.iter().map(|byte| format!("{byte:02x}")).collect()),
        }
    }
}

/// The member's own scorecards and the submitted ones of others that the member may see, oldest first. Until a member has
/// submitted their own, nothing of others' of that candidate in that round is here.
#[utoipa::path(
    get, path = "/api/v1/scorecards", tag = "scorecards", operation_id = "listScorecards",
    params(
        ("job" = Option<JobId>, Query, description = "Only of this job"),
        ("application" = Option<ApplicationId>, Query, description = "Only of this application"),
        ("interview" = Option<InterviewId>, Query, description = "Only of this interview"),
        Paging,
    ),
    responses((status = 200, description = "A page of scorecards", body = Page<Scorecard>), Reading)
)]
pub async fn list(may: May<SeeJobs>, query: Query) -> Result<HttpResponse> {
    let mut params = Params::new(&query, &["job", "application", "interview"]);
    let filter = Filter {
        id: None,
        job: params.optional("job"),
        application: params.optional("application"),
        interview: params.optional("interview"),
    };
    let wanted = params.wanted::<ScorecardId>();
    params.finish()?;
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let (items, next) = load(&mut conn, &scope, filter, wanted.after, wanted.limit).await?;
    Page::<Scorecard>::answer(&may.request.path, &query, items, next)
}

/// A scorecard.
#[utoipa::path(
    get, path = "/api/v1/scorecards/{id}", tag = "scorecards", operation_id = "getScorecard",
    params(("id" = ScorecardId, Path, description = "The scorecard")),
    responses((status = 200, description = "The scorecard", body = Scorecard), Reading)
)]
pub async fn show(may: May<SeeJobs>, id: Path<ScorecardId>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    Ok(HttpResponse::Ok().json(find(&mut conn, &scope, *id).await?))
}

async fn find(conn: &mut Conn, scope: &Scope, id: ScorecardId) -> Result<Scorecard> {
    let (found, _) = load(conn, scope, Filter { id: Some(id), ..Filter::default() }, None, 1).await?;
    found.into_iter().next().ok_or(Error::NotFound)
}

async fn load(
    conn: &mut Conn,
    scope: &Scope,
    filter: Filter,
    after: Option<ScorecardId>,
    limit: i64,
) -> Result<(Vec<Scorecard>, Option<ScorecardId>)> {
    let found = evidence::scorecards(conn, scope, filter, after, limit).await?;
    let ids: Vec<ScorecardId> = found.items.iter().map(|seen| seen.scorecard.id).collect();
    let (ratings, amendments) = evidence::ratings_of(conn, scope, &ids).await?;
    let items =
        found.items.into_iter().map(|seen| Scorecard::new(seen, scope.member, &ratings, &amendments)).collect();
    Ok((items, found.next))
}
