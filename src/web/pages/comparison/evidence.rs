//! The evidence of all raters side by side, on one dimension.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::{
    JobLine,
    asked::{chosen, joined, only},
    parts::rater,
};
use crate::{
    domain::{
        comparison::Comparison,
        finding,
        id::{JobId, ScorecardId},
        policy::SeeComparison,
        rating::Rating,
        rubric::Sign,
    },
    error::{Error, Result},
    figures::{self, HeatCell},
    i18n::Locale,
    store::{
        self, Conn,
        comparison::{Evidence, Shortlist},
    },
    usecases::{
        comparison::{compare_with, fitted},
        scorecard,
    },
    web::{forms::Query, who::May},
};

#[derive(Serialize)]
struct EvidencePage {
    job: JobLine,
    dimension: DimensionTab,
    lead: String,
    tabs: Vec<DimensionTab>,
    candidates: Vec<CandidateColumn>,
    chosen: Option<String>,
    hidden: Option<String>,
}

#[derive(Clone, Serialize)]
pub(super) struct DimensionTab {
    key: String,
    name: String,
}

#[derive(Serialize)]
pub(super) struct CandidateColumn {
    pub(super) id: String,
    name: String,
    cell: HeatCell,
    /// Where the number comes from: plain mean, fair level, and how far they may be off.
    why: Option<String>,
    articles: Vec<Article>,
    hidden: usize,
}

/// One rater's rating with what it rests on.
#[derive(Serialize)]
pub(super) struct Article {
    scorecard: String,
    rater: String,
    round: String,
    mark: Mark,
    ticks: Vec<Tick>,
    note: String,
    amendments: Vec<AmendmentLine>,
    recommendation: Option<&'static str>,
    /// Who entered it from paper, and whether its interviewer has confirmed it.
    paper: Option<(String, bool)>,
}

#[derive(Serialize)]
pub(super) struct Mark {
    /// `r1` … `r5` or `none`.
    class: String,
    text: String,
    /// There was not enough evidence.
    unknown: bool,
}

#[derive(Serialize)]
pub(super) struct Tick {
    text: String,
    against: bool,
}

#[derive(Serialize)]
pub(super) struct AmendmentLine {
    mark: Mark,
    reason: String,
    at: String,
}

pub(super) async fn evidence(
    may: May<SeeComparison>,
    path: Path<(JobId, String)>,
    Query(query): Query,
) -> Result<HttpResponse> {
    let ((id, key), locale) = (path.into_inner(), may.locale());
    let mut conn = may.db().await?;
    let shortlist = store::comparison::load(&mut conn, &may.scope(), id, may.now()).await?;
    let chosen = chosen(&query, &shortlist)?;
    let all = shortlist.inputs.clone();
    let shortlist = only(shortlist, chosen.as_ref());
    let dimension = shortlist.rubric.dimension(&key).ok_or(Error::NotFound)?.clone();
    let evidence = store::comparison::evidence(&mut conn, &may.scope(), &shortlist, Some(&key)).await?;
    looked(&mut conn, &may, &shortlist, &evidence).await?;
    drop(conn);

    let comparison = compare_with(shortlist.inputs.clone(), fitted(&all).await?).await?.in_order_for(locale);
    let name = |text: &crate::domain::localized::Localized| text.in_language(locale.tag()).to_owned();
    let page = EvidencePage {
        lead: disagreement(&comparison, &key, locale),
        dimension: DimensionTab { key: key.clone(), name: name(&dimension.name) },
        tabs: shortlist
            .rubric
            .dimensions
            .iter()
            .map(|dimension| DimensionTab { key: dimension.key.clone(), name: name(&dimension.name) })
            .collect(),
        candidates: columns(&shortlist, &comparison, &key, &evidence, locale),
        chosen: joined(chosen.as_ref()),
        hidden: finding::hidden(&comparison, locale),
        job: JobLine::of(&shortlist.job),
    };
    may.frame().page("comparison/evidence.html", &page)
}

/// Into the trail go the scorecards of others that a page shows the evidence of.
pub(super) async fn looked(
    conn: &mut Conn,
    may: &May<SeeComparison>,
    shortlist: &Shortlist,
    evidence: &[Evidence],
) -> Result<()> {
    let shown: BTreeSet<ScorecardId> = evidence.iter().map(|found| found.scorecard).collect();
    let cards = shortlist.scorecards.iter().zip(&shortlist.inputs.scorecards);
    let of_others: Vec<ScorecardId> = cards
        .filter(|(id, card)| shown.contains(id) && card.rater != may.signed.member.id)
        .map(|(id, _)| *id)
        .collect();
    scorecard::viewed(conn, &may.actor(), &of_others).await
}

/// "The panel disagrees about Amara (2 · 3 · 5) and Wei (1 · 4)."
fn disagreement(comparison: &Comparison, key: &str, locale: Locale) -> String {
    let names = finding::short_names(comparison);
    let split: Vec<String> = comparison
        .disagreements()
        .filter(|(_, cell)| cell.dimension == key)
        .map(|(candidate, cell)| {
            let mut points: Vec<i16> = cell.ticks.iter().filter_map(|tick| tick.rating.score()).collect();
            points.sort_unstable();
            let points: Vec<String> = points.iter().map(ToString::to_string).collect();
            format!("{} ({})", names.get(&candidate.id).copied().unwrap_or_default(), points.join(" · "))
        })
        .collect();
    match split.len() {
        0 => locale.word("comparison-evidence-agreed"),
        count if count > 4 => locale.say("comparison-evidence-split-many", &[("count", count.into())]),
        _ => locale.say("comparison-evidence-split", &[("names", finding::list(locale, &split).into())]),
    }
}

pub(super) fn columns(
    shortlist: &Shortlist,
    comparison: &Comparison,
    key: &str,
    evidence: &[Evidence],
    locale: Locale,
) -> Vec<CandidateColumn> {
    let table = figures::heat_table(comparison, locale);
    let of_dimension = evidence.iter().filter(|found| found.dimension == key);
    let written: BTreeMap<ScorecardId, &Evidence> = of_dimension.map(|found| (found.scorecard, found)).collect();
    table
        .rows
        .into_iter()
        .filter_map(|row| {
            let cell = row.cells.into_iter().find(|cell| cell.dimension == key)?;
            let mut articles: Vec<Article> = shortlist
                .scorecards
                .iter()
                .zip(&shortlist.inputs.scorecards)
                .filter(|(_, card)| card.candidate == row.candidate)
                .filter_map(|(id, card)| {
                    let found = written.get(id)?;
                    let rater = rater(comparison, card.rater, locale);
                    article(found, rater, card.round.clone(), shortlist, locale)
                })
                .collect();
            locale.sort_by_name(&mut articles, |article| &article.rater);
            let result = comparison.candidate(row.candidate);
            let level = result.and_then(|result| result.cells.iter().find(|cell| cell.dimension == key));
            Some(CandidateColumn {
                why: level.and_then(|level| finding::level(level, locale)),
                id: row.candidate.to_string(),
                name: row.name,
                cell,
                articles,
                hidden: shortlist.hidden.get(&row.candidate).copied().unwrap_or_default(),
            })
        })
        .collect()
}

/// `None` where the rater was not asked about the dimension and wrote nothing.
fn article(found: &Evidence, rater: String, round: String, shortlist: &Shortlist, locale: Locale) -> Option<Article> {
    if found.rating.is_none() && found.ticks.is_empty() && found.note.is_empty() {
        return None;
    }
    let tick = |key: &String| match shortlist.rubric.indicator(key) {
        Some((_, indicator)) => Tick {
            text: indicator.text.in_language(locale.tag()).to_owned(),
            against: indicator.sign == Sign::Negative,
        },
        None => Tick { text: key.clone(), against: false },
    };
    Some(Article {
        scorecard: found.scorecard.to_string(),
        rater,
        round,
        mark: Mark::of(found.rating),
        ticks: found.ticks.iter().map(tick).collect(),
        note: found.note.clone(),
        paper: found.paper.clone(),
        amendments: found
            .amendments
            .iter()
            .map(|amendment| AmendmentLine {
                mark: Mark::of(amendment.rating),
                reason: amendment.reason.clone(),
                at: amendment.at.to_string(),
            })
            .collect(),
        recommendation: found.recommendation.map(|recommendation| recommendation.as_str()),
    })
}

impl Mark {
    fn of(rating: Option<Rating>) -> Mark {
        match rating.and_then(Rating::score) {
            Some(score) => Mark { class: format!("r{score}"), text: score.to_string(), unknown: false },
            None => Mark { class: "none".to_owned(), text: "–".to_owned(), unknown: rating.is_some() },
        }
    }
}
