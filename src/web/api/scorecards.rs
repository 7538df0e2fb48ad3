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
        scorecard::{Field, Revisions},
    },
    error::{Error, Result},
    store::{
        self, Conn, Scope, evidence,
        evidence::{Filter, Seen},
        paper,
        scorecard::{Amendment, RatingRow, ScorecardState},
    },
    usecases,
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
    /// Only in one's own; `null` in others'.
    private_note: Option<String>,
    /// What the next interviewer should look into.
    next_note: String,
    /// Numbers, from 1, of the facts of the rubric's outline that the candidate gave back right.
    facts: Vec<String>,
    started_at: Timestamp,
    submitted_at: Option<Timestamp>,
    /// SHA-256 of what was submitted, in hex.
    seal: Option<String>,
    /// Who entered it, when it came on paper; `null` when its interviewer submitted it.
    paper: Option<Entered>,
    ratings: Vec<DimensionRating>,
    /// Only in one's own draft: how often each field was changed. A write gives those that it was based on.
    revisions: Option<Revisions>,
}

/// A scorecard that came on paper and was entered for its interviewer.
#[derive(Serialize, ToSchema)]
pub struct Entered {
    /// The name of who entered it.
    by: String,
    at: Timestamp,
    /// Whether its interviewer says that it is right; `null` before they have answered.
    confirmed: Option<bool>,
    /// What they say is wrong.
    remark: String,
}

impl From<paper::Entry> for Entered {
    fn from(entry: paper::Entry) -> Entered {
        Entered { by: entry.by, at: entry.at, confirmed: entry.is_right, remark: entry.remark }
    }
}

/// A rating of one dimension with what it rests on.
#[derive(Serialize, ToSchema)]
pub struct DimensionRating {
    /// The dimension's key.
    dimension: String,
    /// As sealed, also after an amendment; `null` while unrated.
    rating: Option<Rating>,
    /// Keys of the indicators that were heard or seen.
    ticks: Vec<String>,
    note: String,
    /// Keys of the questions that were asked; a probe is its question's key with its place: `lis-b1.2`.
    asked: Vec<String>,
    /// How long the interviewer spent on the dimension in the kit; `null` when unknown.
    seconds: Option<i32>,
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
            ticks: row.ticks.clone(),
            note: row.note.clone(),
            asked: row.asked.clone(),
            seconds: (row.seconds > 0).then_some(row.seconds),
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
        let is_own_draft = seat.member_id == reader && card.state == ScorecardState::Draft;
        Scorecard {
            paper: None,
            revisions: is_own_draft.then(|| revisions(&card, ratings)),
            ratings: ratings.iter().filter(|row| row.scorecard_id == card.id).map(rating).collect(),
            id: card.id,
            interview: interview.id,
            application: interview.application_id,
            job,
            round: interview.round_id,
            member: seat.member_id,
            state: card.state,
            recommendation: card.recommendation,
            private_note: (seat.member_id == reader).then_some(card.private_note),
            next_note: card.next_note,
            facts: card.facts,
            started_at: card.started_at.to_jiff(),
            submitted_at: card.submitted_at.to_jiff(),
            seal: card.seal.map(|seal| seal.iter().map(|byte| format!("{byte:02x}")).collect()),
        }
    }
}

fn revisions(card: &store::scorecard::Scorecard, ratings: &[RatingRow]) -> Revisions {
    let of_ratings = ratings.iter().filter(|row| row.scorecard_id == card.id).flat_map(|row| {
        let dimension = row.dimension.clone();
        [
            (Field::Rating(dimension.clone()), row.rating_revision),
            (Field::Ticks(dimension.clone()), row.ticks_revision),
            (Field::Note(dimension.clone()), row.note_revision),
            (Field::Asked(dimension), row.asked_revision),
        ]
    });
    let of_card = [
        (Field::Recommendation, card.recommendation_revision),
        (Field::PrivateNote, card.private_note_revision),
        (Field::NextNote, card.next_note_revision),
        (Field::Facts, card.facts_revision),
    ];
    of_ratings.chain(of_card).map(|(field, revision)| (field.to_string(), revision)).collect()
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
    let (mut items, next) = load(&mut conn, &scope, filter, wanted.after, wanted.limit).await?;
    cover(&mut conn, &may, &mut items).await?;
    note(&mut conn, &may, &items).await?;
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
    let mut shown = find(&mut conn, &scope, *id).await?;
    cover(&mut conn, &may, std::slice::from_mut(&mut shown)).await?;
    note(&mut conn, &may, std::slice::from_ref(&shown)).await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// What others wrote names nobody whom the member must not know by name, in whatever letters.
async fn cover(conn: &mut Conn, may: &May<SeeJobs>, shown: &mut [Scorecard]) -> Result<()> {
    let hidden = may.hidden(conn).await?;
    for card in shown.iter_mut().filter(|card| card.member != may.signed.member.id) {
        card.next_note = hidden.cover.of_note(&card.next_note);
        for rating in &mut card.ratings {
            rating.note = hidden.cover.of_note(&rating.note);
            rating
                .amendments
                .iter_mut()
                .for_each(|amendment| amendment.reason = hidden.cover.of_note(&amendment.reason));
        }
    }
    Ok(())
}

/// Who read others' scorecards stands in the trail.
async fn note(conn: &mut Conn, may: &May<SeeJobs>, shown: &[Scorecard]) -> Result<()> {
    let others = shown.iter().filter(|card| card.member != may.signed.member.id);
    let others: Vec<ScorecardId> = others.map(|card| card.id).collect();
    if others.is_empty() { Ok(()) } else { usecases::scorecard::read(conn, &may.actor(), &others).await }
}

pub(super) async fn find(conn: &mut Conn, scope: &Scope, id: ScorecardId) -> Result<Scorecard> {
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
    let mut papers = paper::of(conn, scope, &ids).await?;
    let items = found.items.into_iter().map(|seen| {
        let paper = papers.remove(&seen.scorecard.id);
        Scorecard { paper: paper.map(Entered::from), ..Scorecard::new(seen, scope.member, &ratings, &amendments) }
    });
    let items = items.collect();
    Ok((items, found.next))
}
