//! Writing one's own scorecard, through the same operations as the kit. Whose token it is, is the rater.

use actix_web::{HttpResponse, web::Path};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    body::Body,
    created,
    document::Writing,
    scorecards::{Scorecard, find},
};
use crate::{
    domain::{
        id::{InterviewId, ScorecardId},
        policy::Score,
        rating::{Rating, Recommendation},
        scorecard::{Field, Revisions, lines, rating_text},
    },
    error::{Complaint, Error, Message, Result},
    store::{self, Conn, Scope, kit::Kit},
    usecases::scorecard::{self, Entered, MAX_REASON},
    web::{forms::Fields, who::May},
};

/// The interview in which one has a seat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewScorecard {
    interview: InterviewId,
}

/// A rating of one dimension with what it rests on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRating {
    /// `null` while unrated.
    rating: Option<Rating>,
    /// Keys of indicators of this dimension for the round's medium.
    #[serde(default)]
    ticks: Vec<String>,
    #[serde(default)]
    #[schema(max_length = 20_000)]
    note: String,
    /// Keys of this dimension's questions that were asked, probes as `lis-b1.2`. Left out, what is kept stays.
    #[serde(default)]
    asked: Option<Vec<String>>,
    /// The `revisions` of the scorecard as it was read; others than this dimension's are not looked at.
    revisions: Revisions,
}

/// What is said of the whole interview.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecommendation {
    /// `null` while open.
    recommendation: Option<Recommendation>,
    #[serde(default)]
    #[schema(max_length = 20_000)]
    private_note: String,
    #[serde(default)]
    #[schema(max_length = 20_000)]
    next_note: String,
    /// Numbers, from 1, of the facts of the rubric's outline that came back right. Left out, what is kept stays.
    #[serde(default)]
    facts: Option<Vec<String>>,
    /// The `revisions` of the scorecard as it was read.
    revisions: Revisions,
}

/// What was read before it is sealed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// All `revisions` of the scorecard as it was read: what was read is what is sealed.
    revisions: Revisions,
}

/// A later change of a sealed rating.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAmendment {
    /// The dimension's key.
    #[schema(min_length = 1, max_length = 64)]
    dimension: String,
    rating: Rating,
    #[schema(min_length = 1, max_length = 4000)]
    reason: String,
}

/// Opens the scorecard of one's own seat. The first time makes it; later it is answered as it is.
#[utoipa::path(
    post, path = "/api/v1/scorecards", tag = "scorecards", operation_id = "openScorecard", request_body = NewScorecard,
    responses(
        (status = 201, description = "The scorecard", body = Scorecard, headers(("Location" = String))),
        Writing,
    )
)]
pub async fn open(may: May<Score>, Body(new): Body<NewScorecard>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let (kit, _) = scorecard::open(&mut conn, &scope, new.interview, may.now()).await?;
    let Some(card) = &kit.scorecard else {
        return Err(Error::refused(kit.closed().unwrap_or("failure-refused-detail")));
    };
    let shown = find(&mut conn, &scope, card.id).await?;
    Ok(created("scorecards", card.id, &shown))
}

/// Rates one dimension in one's own draft. Where a field was changed since it was read, what was sent is kept as a copy,
/// the answer is 409, and the kit asks its writer which one to keep.
#[utoipa::path(
    put, path = "/api/v1/scorecards/{id}/ratings/{dimension}", tag = "scorecards", operation_id = "rateDimension",
    request_body = NewRating,
    params(
        ("id" = ScorecardId, Path, description = "The scorecard"),
        ("dimension" = String, Path, description = "The dimension's key"),
    ),
    responses((status = 200, description = "The scorecard as it is now", body = Scorecard), Writing)
)]
pub async fn rate(
    may: May<Score>,
    path: Path<(ScorecardId, String)>,
    Body(new): Body<NewRating>,
) -> Result<HttpResponse> {
    let (id, dimension) = path.into_inner();
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let kit = store::kit::of_scorecard(&mut conn, &scope, id).await?;
    let row = kit.rating(&dimension).ok_or(Error::NotFound)?;
    let mut given = vec![
        (Field::Rating(dimension.clone()), rating_text(row.rating()), rating_text(new.rating)),
        (Field::Ticks(dimension.clone()), row.ticks.join(" "), keys(new.ticks)),
        (Field::Note(dimension.clone()), row.note.clone(), lines(&new.note)),
    ];
    given.extend(new.asked.map(|asked| (Field::Asked(dimension), row.asked.join(" "), keys(asked))));
    let entered = entered(&kit, &new.revisions, given)?;
    save(&may, &mut conn, &scope, id, &entered).await
}

/// Recommends, and leaves notes, in one's own draft; conflicts are as for ratings.
#[utoipa::path(
    put, path = "/api/v1/scorecards/{id}/recommendation", tag = "scorecards", operation_id = "recommend",
    request_body = NewRecommendation,
    params(("id" = ScorecardId, Path, description = "The scorecard")),
    responses((status = 200, description = "The scorecard as it is now", body = Scorecard), Writing)
)]
pub async fn recommend(
    may: May<Score>,
    id: Path<ScorecardId>,
    Body(new): Body<NewRecommendation>,
) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let kit = store::kit::of_scorecard(&mut conn, &scope, *id).await?;
    let text = |choice: Option<Recommendation>| choice.map_or("", Recommendation::as_str).to_owned();
    let sheet = kit.sheet();
    let mut given = vec![
        (Field::Recommendation, text(sheet.recommendation), text(new.recommendation)),
        (Field::PrivateNote, sheet.private_note, lines(&new.private_note)),
        (Field::NextNote, sheet.next_note, lines(&new.next_note)),
    ];
    given.extend(new.facts.map(|facts| (Field::Facts, sheet.facts.join(" "), keys(facts))));
    let entered = entered(&kit, &new.revisions, given)?;
    save(&may, &mut conn, &scope, *id, &entered).await
}

/// Submits and seals one's own scorecard. Refused while something is missing, and when it was changed since it was read.
#[utoipa::path(
    post, path = "/api/v1/scorecards/{id}/submission", tag = "scorecards", operation_id = "submitScorecard",
    request_body = Submission,
    params(("id" = ScorecardId, Path, description = "The scorecard")),
    responses((status = 200, description = "The sealed scorecard", body = Scorecard), Writing)
)]
pub async fn submit(
    may: May<Score>,
    id: Path<ScorecardId>,
    Body(submission): Body<Submission>,
) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let policy = may.signed.organisation.evidence_policy();
    scorecard::submit(&mut conn, &scope, &may.actor(), *id, &submission.revisions, policy).await?;
    Ok(HttpResponse::Ok().json(find(&mut conn, &scope, *id).await?))
}

/// Amends a rating of one's own sealed scorecard. The sealed one stays beside it.
#[utoipa::path(
    post, path = "/api/v1/scorecards/{id}/amendments", tag = "scorecards", operation_id = "amendRating",
    request_body = NewAmendment,
    params(("id" = ScorecardId, Path, description = "The scorecard")),
    responses((status = 201, description = "The scorecard with its amendment", body = Scorecard), Writing)
)]
pub async fn amend(may: May<Score>, id: Path<ScorecardId>, Body(new): Body<NewAmendment>) -> Result<HttpResponse> {
    let fields = Fields::from_pairs(vec![("dimension".to_owned(), new.dimension), ("reason".to_owned(), new.reason)]);
    let mut parser = fields.parser();
    let dimension = parser.line("dimension", 64);
    let reason = parser.text("reason", MAX_REASON);
    if reason.is_empty() {
        parser.complain("reason", Message::new("form-required"));
    }
    parser.finish()?;
    let (scope, mut conn) = (may.scope(), may.db().await?);
    scorecard::amend(&mut conn, &scope, &may.actor(), *id, &dimension, new.rating, &reason).await?;
    Ok(created("scorecards", *id, &find(&mut conn, &scope, *id).await?))
}

/// Keys as they travel: sorted, each once.
fn keys(mut keys: Vec<String>) -> String {
    keys.sort_unstable();
    keys.dedup();
    keys.join(" ")
}

/// Fields, with what they hold and what was given for them, and the revision that each was based on. What says the same as
/// before is not sent on.
fn entered(kit: &Kit, seen: &Revisions, given: Vec<(Field, String, String)>) -> Result<Vec<Entered>> {
    let current = kit.revisions();
    let mut complaints = Vec::new();
    let mut entered = Vec::new();
    for (field, held, value) in given {
        let name = field.to_string();
        match seen.get(&name) {
            Some(&base_revision) => {
                let touched = value != held || current.get(&name) != Some(&base_revision);
                entered.push(Entered { field, base_revision, value, touched });
            }
            None => complaints.push(Complaint::new(format!("revisions.{name}"), Message::new("form-required"))),
        }
    }
    if complaints.is_empty() { Ok(entered) } else { Err(Error::Invalid(complaints)) }
}

async fn save(
    may: &May<Score>,
    conn: &mut Conn,
    scope: &Scope,
    id: ScorecardId,
    entered: &[Entered],
) -> Result<HttpResponse> {
    let saved = scorecard::save_form(conn, scope, id, Uuid::now_v7(), entered, may.now()).await?;
    if !saved.conflicts.is_empty() {
        let fields: Vec<String> = saved.conflicts.iter().map(ToString::to_string).collect();
        return Err(Error::Refused(Message::new("api-scorecard-conflict").with("fields", fields.join(", "))));
    }
    Ok(HttpResponse::Ok().json(find(conn, scope, id).await?))
}
