//! Comparisons: what the submitted scorecards of a job say together, as far as the member may see it yet.

mod shapes;

use actix_web::{HttpResponse, web::Path};

pub use shapes::Comparison;

use super::document::Reading;
use crate::{
    domain::{id::JobId, policy::SeeComparison},
    error::{Complaint, Error, Message, Result},
    store::{self, comparison::Shortlist},
    usecases::comparison::{compare_with, fitted},
    web::{
        forms::{Fields, Query},
        pages::comparison::asked::{chosen, only, what_if},
        who::May,
    },
};

/// A job's candidates compared. With weights it is a what-if, which changes nothing.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}/comparison", tag = "comparison", operation_id = "getComparison",
    params(
        ("id" = JobId, Path, description = "The job"),
        ("candidates" = Option<String>, Query, description = "Only these: ids with commas between them"),
        ("w.{dimension}" = Option<f64>, Query, minimum = 0, maximum = 100,
            description = "Another weight for a dimension, as `w.listening=30`; the others keep theirs"),
    ),
    responses((status = 200, description = "The comparison", body = Comparison), Reading)
)]
pub async fn show(may: May<SeeComparison>, id: Path<JobId>, query: Query) -> Result<HttpResponse> {
    let (scope, mut conn) = (may.scope(), may.db().await?);
    let shortlist = store::comparison::load(&mut conn, &scope, *id, may.now()).await?;
    drop(conn);
    check_names(&query.0, &shortlist)?;
    let chosen = chosen(&query.0, &shortlist)?;
    let fitted = fitted(&shortlist.inputs).await?;
    let shortlist = only(shortlist, chosen.as_ref());
    let weights = what_if(&query.0, &shortlist)?;
    let inputs = shortlist.inputs.clone();
    let inputs = match &weights {
        Some(weights) => inputs.with_weights(weights),
        None => inputs,
    };
    let compared = compare_with(inputs, fitted).await?;
    Ok(HttpResponse::Ok().json(Comparison::new(&shortlist, compared, weights.is_some(), may.locale())))
}

fn check_names(query: &Fields, shortlist: &Shortlist) -> Result<()> {
    let is_known = |name: &str| {
        name == "candidates" || name.strip_prefix("w.").is_some_and(|key| shortlist.rubric.dimension(key).is_some())
    };
    let unknown = query.iter().filter(|(name, _)| !is_known(name));
    let complaints: Vec<Complaint> =
        unknown.map(|(name, _)| Complaint::new(name, Message::new("api-unknown-parameter"))).collect();
    if complaints.is_empty() { Ok(()) } else { Err(Error::Invalid(complaints)) }
}
