//! Debriefs: what a panel said the second time, beside its first ratings. Whose token it is, is the rater.

use actix_web::{HttpResponse, web::Path};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::Body,
    created,
    document::{Reading, Writing},
    page::Page,
};
use crate::{
    domain::{
        debrief::{self, Change, Citation, Figure, Voice, of_dimension, overall, stands_apart},
        id::{ApplicationId, CandidateId, DebriefId, JobId, MemberId, ScorecardId},
        policy::{CloseDebriefs, Score, SeeJobs},
        rating::Rating,
        scorecard::rating_text,
    },
    error::{Message, Result},
    store::{self, Conn},
    usecases::debrief::{self as usecase, Word},
    web::{
        forms::Fields,
        pages::{debriefs::answer, interviews::sender},
        who::May,
    },
};

/// A panel's discussion of one candidate, and what it changed.
#[derive(Serialize, ToSchema)]
pub struct Debrief {
    id: DebriefId,
    application: ApplicationId,
    candidate: CandidateId,
    job: JobId,
    /// The name of who opened it.
    opened_by: String,
    opened_at: Timestamp,
    /// Counts the changes of its second ratings; closing gives the one that was read.
    revision: i64,
    /// The name of who closed it; `null` while open, like the next three.
    closed_by: Option<String>,
    closed_at: Option<Timestamp>,
    summary: Option<String>,
    /// SHA-256 of what was closed, in hex.
    seal: Option<String>,
    /// The weighted mean and the spread between raters, before and after.
    overall: DebriefChange,
    dimensions: Vec<DebriefDimension>,
}

/// What changed in one dimension.
#[derive(Serialize, ToSchema)]
pub struct DebriefDimension {
    dimension: String,
    change: DebriefChange,
    ratings: Vec<DebriefRating>,
}

/// Before and after the discussion; `null` without a score.
#[derive(Serialize, ToSchema)]
pub struct DebriefChange {
    before: Option<DebriefFigure>,
    after: Option<DebriefFigure>,
}

/// Points on the scale.
#[derive(Serialize, ToSchema)]
pub struct DebriefFigure {
    mean: f64,
    /// Highest minus lowest rater.
    spread: f64,
    raters: usize,
}

/// One rater on one dimension.
#[derive(Serialize, ToSchema)]
pub struct DebriefRating {
    scorecard: ScorecardId,
    /// Who rates.
    member: MemberId,
    /// As sealed; the comparison rests on it.
    first: Rating,
    /// Two points or more from the mean of the other raters' first ratings.
    stands_apart: bool,
    /// `null` while nothing was said; then the first holds.
    second: Option<SecondRating>,
}

/// What a rater says after the discussion; the same as the first when they stay.
#[derive(Serialize, ToSchema)]
pub struct SecondRating {
    rating: Rating,
    reason: String,
    /// What is cited, as `<scorecard>/note` or `<scorecard>/ticks/<indicator>`, in the same dimension.
    evidence: Vec<Citation>,
    /// Evidence in the rater's own words that no scorecard holds.
    note: String,
    revision: i64,
    changed_at: Timestamp,
}

/// Whose panel is to be debriefed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDebrief {
    application: ApplicationId,
}

/// A second rating of one's own scorecard.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSecondRating {
    /// The same as the first to stay.
    rating: Rating,
    /// Needed when the rating moves, and when one stands apart.
    #[serde(default)]
    #[schema(max_length = 4000)]
    reason: String,
    /// What moved it: needed when the rating moves, unless `note` says it.
    #[serde(default)]
    evidence: Vec<Citation>,
    #[serde(default)]
    #[schema(max_length = 4000)]
    note: String,
    /// `revision` of the second rating as it was read, 0 while there is none.
    revision: i64,
}

/// What is sealed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DebriefClosure {
    /// What was discussed.
    #[schema(min_length = 1, max_length = 4000)]
    summary: String,
    /// `revision` of the debrief as it was read: what was read is what is sealed.
    revision: i64,
}

impl Debrief {
    fn new(found: store::debrief::Debrief) -> Debrief {
        let voices = &found.voices;
        let mut keys: Vec<&str> = voices.iter().map(|voice| voice.dimension.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        let dimension = |key: &&str| DebriefDimension {
            dimension: (*key).to_owned(),
            change: DebriefChange::new(&of_dimension(voices, key)),
            ratings: voices
                .iter()
                .filter(|voice| voice.dimension == **key)
                .map(|voice| DebriefRating::new(voice, voices))
                .collect(),
        };
        let is_open = found.is_open();
        Debrief {
            overall: DebriefChange::new(&overall(voices, &found.weights)),
            dimensions: keys.iter().map(dimension).collect(),
            id: found.id,
            application: found.application,
            candidate: found.candidate,
            job: found.job,
            opened_by: found.opened_by,
            opened_at: found.opened_at,
            revision: found.revision,
            closed_by: found.closed_by,
            closed_at: found.closed_at,
            summary: (!is_open).then_some(found.summary),
            seal: found.seal,
        }
    }
}

impl DebriefChange {
    fn new(change: &Change) -> DebriefChange {
        let figure = |figure: Option<Figure>| {
            figure.map(|Figure { mean, spread, raters }| DebriefFigure { mean, spread, raters })
        };
        DebriefChange { before: figure(change.before), after: figure(change.after) }
    }
}

impl DebriefRating {
    fn new(voice: &Voice, voices: &[Voice]) -> DebriefRating {
        DebriefRating {
            scorecard: voice.scorecard,
            member: voice.rater,
            first: voice.first,
            stands_apart: stands_apart(voice, voices),
            second: voice.second.clone().map(|debrief::Second { said, revision, changed_at }| SecondRating {
                rating: said.rating,
                reason: said.reason,
                evidence: said.evidence,
                note: said.note,
                revision,
                changed_at,
            }),
        }
    }
}

/// Every debrief in a job that the member may see, newest first; all of them on one page. A debrief is not there for a member
/// who has a scorecard to submit in one of its rounds.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}/debriefs", tag = "debriefs", operation_id = "listDebriefs",
    params(("id" = JobId, Path, description = "The job")),
    responses((status = 200, description = "The debriefs", body = Page<Debrief>), Reading)
)]
pub async fn list(may: May<SeeJobs>, id: Path<JobId>) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let job = store::job::find(&mut conn, &scope, *id).await?;
    let mut found = store::debrief::of_job(&mut conn, &scope, job.id).await?;
    let hidden = may.hidden(&mut conn).await?;
    found.iter_mut().for_each(|debrief| debrief.cover(&hidden.cover));
    let ids: Vec<DebriefId> = found.iter().map(|debrief| debrief.id).collect();
    if !ids.is_empty() {
        usecase::viewed(&mut conn, &may.actor(), &ids).await?;
    }
    let items = found.into_iter().map(Debrief::new).collect();
    Ok(HttpResponse::Ok().json(Page { items, next: None }))
}

/// A debrief.
#[utoipa::path(
    get, path = "/api/v1/debriefs/{id}", tag = "debriefs", operation_id = "getDebrief",
    params(("id" = DebriefId, Path, description = "The debrief")),
    responses((status = 200, description = "The debrief", body = Debrief), Reading)
)]
pub async fn show(may: May<SeeJobs>, id: Path<DebriefId>) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let shown = read(&mut conn, &may, *id).await?;
    usecase::viewed(&mut conn, &may.actor(), &[*id]).await?;
    Ok(HttpResponse::Ok().json(shown))
}

async fn read<P>(conn: &mut Conn, may: &May<P>, id: DebriefId) -> Result<Debrief> {
    let mut found = store::debrief::find(conn, &may.scope(), id).await?;
    found.cover(&may.hidden(conn).await?.cover);
    Ok(Debrief::new(found))
}

/// Opens a debrief: when every scorecard of the candidate that is due is in. The panel gets a letter.
#[utoipa::path(
    post, path = "/api/v1/debriefs", tag = "debriefs", operation_id = "openDebrief", request_body = NewDebrief,
    responses((status = 201, description = "The debrief", body = Debrief, headers(("Location" = String))), Writing)
)]
pub async fn open(may: May<SeeJobs>, Body(new): Body<NewDebrief>) -> Result<HttpResponse> {
    let (scope, roles, mut conn) = (may.scope(), &may.signed.member.roles, may.db().await?);
    let id = usecase::open(&mut conn, &scope, roles, &may.actor(), &sender(&may), new.application).await?;
    may.request.shared.outbox.wake();
    Ok(created("debriefs", id, &read(&mut conn, &may, id).await?))
}

/// Puts a second rating beside one's own first one, which stays.
#[utoipa::path(
    put, path = "/api/v1/debriefs/{id}/scorecards/{scorecard}/ratings/{dimension}", tag = "debriefs",
    operation_id = "rateAgain", request_body = NewSecondRating,
    params(
        ("id" = DebriefId, Path, description = "The debrief"),
        ("scorecard" = ScorecardId, Path, description = "One's own scorecard"),
        ("dimension" = String, Path, description = "The dimension's key"),
    ),
    responses((status = 200, description = "The debrief as it is now", body = Debrief), Writing)
)]
pub async fn rate(
    may: May<Score>,
    path: Path<(DebriefId, ScorecardId, String)>,
    Body(new): Body<NewSecondRating>,
) -> Result<HttpResponse> {
    let (id, scorecard, dimension) = path.into_inner();
    let mut fields = vec![
        ("rating".to_owned(), rating_text(Some(new.rating))),
        ("reason".to_owned(), new.reason),
        ("note".to_owned(), new.note),
    ];
    fields.extend(new.evidence.iter().map(|citation| ("evidence".to_owned(), citation.to_string())));
    let said = answer(&Fields::from_pairs(fields))?;
    let mut conn = may.db().await?;
    let word = Word { scorecard, dimension, base_revision: new.revision, said };
    usecase::rate(&mut conn, &may.scope(), &may.actor(), id, &word).await?;
    Ok(HttpResponse::Ok().json(read(&mut conn, &may, id).await?))
}

/// Closes and seals a debrief. Refused when something was said since it was read.
#[utoipa::path(
    post, path = "/api/v1/debriefs/{id}/closure", tag = "debriefs", operation_id = "closeDebrief",
    request_body = DebriefClosure,
    params(("id" = DebriefId, Path, description = "The debrief")),
    responses((status = 200, description = "The closed debrief", body = Debrief), Writing)
)]
pub async fn close(
    may: May<CloseDebriefs>,
    id: Path<DebriefId>,
    Body(closure): Body<DebriefClosure>,
) -> Result<HttpResponse> {
    let fields = Fields::from_pairs(vec![("summary".to_owned(), closure.summary)]);
    let mut parser = fields.parser();
    let summary = parser.text("summary", debrief::MAX_TEXT);
    if summary.is_empty() {
        parser.complain("summary", Message::new("debrief-summary-missing"));
    }
    parser.finish()?;
    let (scope, roles, mut conn) = (may.scope(), &may.signed.member.roles, may.db().await?);
    usecase::close(&mut conn, &scope, roles, &may.actor(), *id, closure.revision, &summary).await?;
    Ok(HttpResponse::Ok().json(read(&mut conn, &may, *id).await?))
}
