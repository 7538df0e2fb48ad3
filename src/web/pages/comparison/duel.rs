//! Two candidates against each other: how surely one is above the other, dimension by dimension, with the evidence side by side.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::{
    JobLine,
    asked::{chosen, only, what_if},
    evidence::{CandidateColumn, columns, looked},
};
use crate::{
    domain::{
        comparison::{Cell, MARGIN},
        finding,
        id::{CandidateId, JobId},
        policy::SeeComparison,
    },
    error::Result,
    store,
    usecases::comparison::{compare_with, fitted},
    web::{forms::Query, who::May},
};

#[derive(Serialize)]
struct DuelPage {
    job: JobLine,
    /// Everybody, to choose from.
    choices: Vec<Choice>,
    /// Not two were chosen.
    unclear: bool,
    duel: Option<Duel>,
    hidden: Option<String>,
}

#[derive(Serialize)]
struct Choice {
    id: String,
    name: String,
    first: bool,
    second: bool,
}

#[derive(Serialize)]
struct Duel {
    names: [String; 2],
    /// "Amara is probably above Wei: …"; `None` when nobody may say.
    sentence: String,
    /// P(first above), by more than the margin, and the same for the second; as they are printed.
    shares: Option<[String; 3]>,
    margin: String,
    rows: Vec<DuelRow>,
}

#[derive(Serialize)]
struct DuelRow {
    dimension: String,
    name: String,
    /// Of the two: fair level, else plain mean.
    levels: [String; 2],
    points: [String; 2],
    classes: [String; 2],
    /// "+0.4".
    lead: String,
    /// P(the first is above on this dimension).
    share: String,
    evidence: Vec<CandidateColumn>,
}

pub(super) async fn show(may: May<SeeComparison>, id: Path<JobId>, Query(query): Query) -> Result<HttpResponse> {
    let (scope, locale) = (may.scope(), may.locale());
    let mut conn = may.db().await?;
    let shortlist = store::comparison::load(&mut conn, &scope, *id, may.now()).await?;
    let two = chosen(&query, &shortlist)?.unwrap_or_default();
    let weights = what_if(&query, &shortlist)?;
    let all = shortlist.inputs.clone();
    let mut choices: Vec<(String, CandidateId)> = all.candidates.iter().map(|c| (c.name.clone(), c.id)).collect();
    locale.sort_by_name(&mut choices, |(name, _)| name);
    let job = JobLine::of(&shortlist.job);
    let mut page =
        DuelPage { job, choices: Vec::new(), unclear: two.len() != 2 && !two.is_empty(), duel: None, hidden: None };

    let mut order: Vec<CandidateId> = two.iter().copied().collect();
    if two.len() == 2 {
        let shortlist = only(shortlist, Some(&two));
        let evidence = store::comparison::evidence(&mut conn, &scope, &shortlist, None).await?;
        looked(&mut conn, &may, &shortlist, &evidence).await?;
        drop(conn);
        let fitted = fitted(&all).await?;
        let inputs = match &weights {
            Some(weights) => shortlist.inputs.clone().with_weights(weights),
            None => shortlist.inputs.clone(),
        };
        let comparison = compare_with(inputs, fitted.clone()).await?.in_order_for(locale);
        page.hidden = finding::hidden(&comparison, locale);
        // The one with the higher fair score stands first.
        order = comparison.pairs.first().map_or(order, |pair| vec![pair.a, pair.b]);
        let pair = comparison.pair(order[0], order[1]);
        let ahead = fitted.ahead_by_dimension(order[0], order[1]);
        let table = crate::figures::heat_table(&comparison, locale);
        let of = |id: CandidateId| comparison.candidate(id);
        let level = |cell: &Cell| cell.fair.filter(|_| pair.is_some()).map(|fair| fair.value).or(cell.mean);
        let rows = table.columns.iter().enumerate().filter_map(|(d, column)| {
            let cells = [of(order[0])?.cells.get(d)?, of(order[1])?.cells.get(d)?];
            let heat = |id: CandidateId| Some(table.rows.iter().find(|row| row.candidate == id)?.cells[d].clone());
            let (first, second) = (heat(order[0])?, heat(order[1])?);
            let [a, b] = cells.map(&level);
            let number = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), |x| locale.number(x, 1));
            Some(DuelRow {
                dimension: column.dimension.clone(),
                name: column.name.clone(),
                levels: [number(a), number(b)],
                points: [first.points, second.points],
                classes: [first.class, second.class],
                lead: match (a, b) {
                    (Some(a), Some(b)) => crate::figures::signed(a - b, locale),
                    _ => "–".to_owned(),
                },
                share: match ahead.get(&column.dimension).filter(|_| pair.is_some()) {
                    Some(share) => locale.chance(*share),
                    None => "–".to_owned(),
                },
                evidence: {
                    let mut columns = columns(&shortlist, &comparison, &column.dimension, &evidence, locale);
                    columns.sort_by_key(|column| column.id != order[0].to_string());
                    columns
                },
            })
        });
        page.duel = Some(Duel {
            rows: rows.collect(),
            names: [0, 1].map(|i| of(order[i]).map(|c| c.name.clone()).unwrap_or_default()),
            sentence: match &pair {
                Some(pair) => finding::pair(&comparison, pair, locale),
                None => finding::finding(&comparison, locale),
            },
            shares: pair.map(|pair| [pair.above, pair.beyond, pair.behind].map(|p| locale.chance(p))),
            margin: locale.number(MARGIN, 2),
        });
    }
    page.choices = choices
        .into_iter()
        .map(|(name, id)| Choice {
            id: id.to_string(),
            name,
            first: order.first() == Some(&id),
            second: order.get(1) == Some(&id),
        })
        .collect();
    may.frame().page("comparison/duel.html", &page)
}
