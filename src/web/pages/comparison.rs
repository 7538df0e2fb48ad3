//! The comparison of a job's candidates, what-if weights, and the evidence of all raters side by side.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{
    HttpResponse,
    web::{Path, ServiceConfig, get},
};
use serde::Serialize;

use crate::{
    domain::{
        comparison::{Comparison, Verdict},
        finding,
        id::{CandidateId, JobId, ScorecardId},
        policy::{Decide, ExportRecords, RunJobs, SeeComparison, SendSummary, answers_for},
        rating::Rating,
        rubric::Sign,
    },
    error::{Error, Message, Result},
    figures::{self, HeatCell, HeatTable, IntervalTable, Theme},
    i18n::Locale,
    store::{
        self,
        comparison::{Evidence, Shortlist},
    },
    usecases::comparison::{compare, off_the_request_threads},
    web::{
        forms::{Fields, Query},
        pages::{
            debriefs::{self, Slopes},
            decisions::Line,
        },
        who::May,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/jobs/{id}/comparison", get().to(show))
        .route("/jobs/{id}/comparison/figure", get().to(figure))
        .route("/jobs/{id}/comparison/{dimension}", get().to(evidence));
}

#[derive(Serialize)]
struct ComparisonPage {
    job: JobLine,
    candidates: usize,
    submitted: usize,
    expected: usize,
    said: Said,
    weights: Vec<Weight>,
    pinned: bool,
    what_if: bool,
    table: HeatTable,
    /// One per row of the table.
    rows: Vec<Row>,
    /// Only some of the candidates are shown: their ids, comma-separated.
    chosen: Option<String>,
    hidden: Option<String>,
    missing: Option<String>,
    missing_seats: Vec<MissingSeat>,
    decisions: Vec<Line>,
    debriefs: Option<Slopes>,
    may_decide: bool,
    may_send: bool,
    may_export: bool,
    may_edit: bool,
    has_open_seat: bool,
}

#[derive(Serialize)]
pub(super) struct JobLine {
    pub id: String,
    pub title: String,
}

impl JobLine {
    pub fn of(job: &store::job::Job) -> JobLine {
        JobLine { id: job.id.to_string(), title: job.full_title() }
    }
}

/// The finding and the figure: what moves with the weights.
#[derive(Serialize)]
struct Said {
    finding: String,
    caption: String,
    /// `None` while nobody is rated.
    svg: Option<String>,
    svg_on_a_phone: Option<String>,
    numbers: IntervalTable,
}

/// A slider.
#[derive(Serialize)]
struct Weight {
    key: String,
    name: String,
    value: f64,
    pinned: f64,
    most: f64,
    /// Of all weights, 0 to 1.
    share: f64,
    moved: bool,
}

#[derive(Serialize)]
struct Row {
    chosen: bool,
    outcome: Option<&'static str>,
}

#[derive(Serialize)]
struct MissingSeat {
    candidate: String,
    round: String,
    rater: String,
}

async fn show(may: May<SeeComparison>, id: Path<JobId>, Query(query): Query) -> Result<HttpResponse> {
    let (scope, locale) = (may.scope(), may.locale());
    let mut conn = may.db().await?;
    let shortlist = store::comparison::load(&mut conn, &scope, *id, may.now()).await?;
    let decisions = store::decision::of_job(&mut conn, &scope, *id).await?;
    let debriefed = store::debrief::of_job(&mut conn, &scope, *id).await?;
    drop(conn);

    let candidates = shortlist.inputs.candidates.len();
    let chosen = chosen(&query, &shortlist)?;
    let shortlist = only(shortlist, chosen.as_ref());
    let what_if = what_if(&query, &shortlist)?;
    let weights = weights(&shortlist, what_if.as_ref(), locale);
    let (comparison, said) = said(&shortlist, what_if.as_ref(), locale).await?;

    let table = figures::heat_table(&comparison, locale);
    let holding: BTreeMap<CandidateId, &'static str> =
        decisions.iter().rev().map(|decision| (decision.candidate, decision.outcome.as_str())).collect();
    let job = &shortlist.job;
    let answers = answers_for(&may.signed.member.roles, scope.member, job.hiring_manager_id);
    let page = ComparisonPage {
        candidates,
        submitted: comparison.submitted,
        expected: comparison.expected,
        weights,
        pinned: job.is_pinned(),
        what_if: what_if.is_some(),
        rows: table
            .rows
            .iter()
            .map(|row| Row {
                chosen: chosen.as_ref().is_some_and(|chosen| chosen.contains(&row.candidate)),
                outcome: holding.get(&row.candidate).copied(),
            })
            .collect(),
        table,
        chosen: joined(chosen.as_ref()),
        hidden: finding::hidden(&comparison, locale),
        missing: finding::missing(&comparison, locale),
        missing_seats: missing_seats(&comparison),
        decisions: decisions.iter().map(Line::of).collect(),
        debriefs: debriefs::slopes(&debriefed, locale),
        may_decide: may.also::<Decide>() && answers,
        may_send: may.also::<SendSummary>() && answers,
        may_export: may.also::<ExportRecords>(),
        may_edit: may.also::<RunJobs>() && !job.is_pinned(),
        has_open_seat: shortlist.is_blind(&scope),
        job: JobLine::of(job),
        said,
    };
    may.frame().page("comparison/show.html", &page)
}

#[derive(Serialize)]
struct FigurePage {
    said: Said,
}

/// What moves with the weights, for the page's script; the same code draws it for the page.
async fn figure(may: May<SeeComparison>, id: Path<JobId>, Query(query): Query) -> Result<HttpResponse> {
    let mut conn = may.db().await?;
    let shortlist = store::comparison::load(&mut conn, &may.scope(), *id, may.now()).await?;
    drop(conn);
    let chosen = chosen(&query, &shortlist)?;
    let shortlist = only(shortlist, chosen.as_ref());
    let what_if = what_if(&query, &shortlist)?;
    let (_, said) = said(&shortlist, what_if.as_ref(), may.locale()).await?;
    may.frame().page("comparison/figure.html", &FigurePage { said })
}

async fn said(
    shortlist: &Shortlist,
    what_if: Option<&BTreeMap<String, f64>>,
    locale: Locale,
) -> Result<(Comparison, Said)> {
    let inputs = shortlist.inputs.clone();
    let comparison = compare(match what_if {
        Some(weights) => inputs.with_weights(weights),
        None => inputs,
    })
    .await?;
    off_the_request_threads(move || {
        let is_rated = comparison.verdict != Verdict::NothingYet;
        let said = Said {
            finding: finding::finding(&comparison, locale),
            caption: figures::caption(&comparison, locale),
            svg: is_rated.then(|| figures::interval_figure(&comparison, locale, Theme::Page).text),
            svg_on_a_phone: is_rated.then(|| figures::interval_figure_on_a_phone(&comparison, locale).text),
            numbers: figures::interval_table(&comparison, locale),
        };
        Ok((comparison, said))
    })
    .await
}

/// Those that the address names, in any number of `candidates`, each one id or several with commas; `None` for everybody.
///
/// # Errors
/// `NotFound` for somebody who is not in the job.
pub(in crate::web) fn chosen(query: &Fields, shortlist: &Shortlist) -> Result<Option<BTreeSet<CandidateId>>> {
    let named = query.all("candidates").flat_map(|ids| ids.split(',')).filter(|id| !id.trim().is_empty());
    let ids: BTreeSet<CandidateId> =
        named.map(|id| id.trim().parse().map_err(|_| Error::NotFound)).collect::<Result<_>>()?;
    if ids.iter().any(|id| !shortlist.applications.contains_key(id)) {
        return Err(Error::NotFound);
    }
    Ok((!ids.is_empty()).then_some(ids))
}

/// As the address has them.
fn joined(chosen: Option<&BTreeSet<CandidateId>>) -> Option<String> {
    chosen.map(|chosen| chosen.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}

pub(in crate::web) fn only(shortlist: Shortlist, chosen: Option<&BTreeSet<CandidateId>>) -> Shortlist {
    match chosen {
        Some(chosen) => shortlist.only(chosen),
        None => shortlist,
    }
}

/// The weights of the address (`w.listening=30`), when they say something else than the pinned ones.
///
/// # Errors
/// `Invalid` for what is no weight from 0 to 100.
pub(in crate::web) fn what_if(query: &Fields, shortlist: &Shortlist) -> Result<Option<BTreeMap<String, f64>>> {
    let mut parser = query.parser();
    let mut weights = BTreeMap::new();
    for dimension in &shortlist.inputs.dimensions {
        let name = format!("w.{}", dimension.key);
        if !query.has(&name) {
            weights.insert(dimension.key.clone(), dimension.weight);
            continue;
        }
        match query.get(&name).trim().parse::<f64>() {
            Ok(weight) if (0.0..=100.0).contains(&weight) => {
                weights.insert(dimension.key.clone(), weight);
            }
            _ => parser.complain(&name, Message::new("form-number").with("least", 0).with("most", 100)),
        }
    }
    parser.finish()?;
    let (sum, pinned_sum): (f64, f64) =
        (weights.values().sum(), shortlist.inputs.dimensions.iter().map(|dimension| dimension.weight).sum());
    let moved = shortlist
        .inputs
        .dimensions
        .iter()
        .any(|dimension| (weights[&dimension.key] * pinned_sum - dimension.weight * sum).abs() > 1e-9);
    Ok(moved.then_some(weights))
}

fn weights(shortlist: &Shortlist, what_if: Option<&BTreeMap<String, f64>>, locale: Locale) -> Vec<Weight> {
    let dimensions = &shortlist.inputs.dimensions;
    let value = |key: &str, pinned: f64| what_if.and_then(|weights| weights.get(key)).copied().unwrap_or(pinned);
    let sum: f64 = dimensions.iter().map(|d| value(&d.key, d.weight)).sum();
    let pinned_sum: f64 = dimensions.iter().map(|d| d.weight).sum();
    let largest = dimensions.iter().map(|d| d.weight.max(value(&d.key, d.weight))).fold(0.0, f64::max);
    // Twice the largest: enough to let any dimension outweigh the others, and a slider that can be aimed.
    let most = (largest * 2.0).clamp(10.0, 100.0);
    dimensions
        .iter()
        .map(|dimension| {
            let value = value(&dimension.key, dimension.weight);
            let share = if sum > 0.0 { value / sum } else { 0.0 };
            Weight {
                key: dimension.key.clone(),
                name: dimension.name.in_language(locale.tag()).to_owned(),
                value,
                pinned: dimension.weight,
                most,
                share,
                moved: pinned_sum > 0.0 && (share - dimension.weight / pinned_sum).abs() > 0.005,
            }
        })
        .collect()
}

fn missing_seats(comparison: &Comparison) -> Vec<MissingSeat> {
    let seat = |seat: &crate::domain::comparison::MissingScorecard| MissingSeat {
        candidate: comparison.candidate(seat.candidate).map(|c| c.name.clone()).unwrap_or_default(),
        round: seat.round.clone(),
        rater: comparison.rater(seat.rater).map(|r| r.name.clone()).unwrap_or_default(),
    };
    comparison.missing.iter().map(seat).collect()
}

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
struct DimensionTab {
    key: String,
    name: String,
}

#[derive(Serialize)]
struct CandidateColumn {
    id: String,
    name: String,
    cell: HeatCell,
    articles: Vec<Article>,
    hidden: usize,
}

/// One rater's rating with what it rests on.
#[derive(Serialize)]
struct Article {
    scorecard: String,
    rater: String,
    round: String,
    mark: Mark,
    ticks: Vec<Tick>,
    note: String,
    amendments: Vec<AmendmentLine>,
    recommendation: Option<&'static str>,
}

#[derive(Serialize)]
struct Mark {
    /// `r1` … `r5` or `none`.
    class: String,
    text: String,
    /// There was not enough evidence.
    unknown: bool,
}

#[derive(Serialize)]
struct Tick {
    text: String,
    against: bool,
}

#[derive(Serialize)]
struct AmendmentLine {
    mark: Mark,
    reason: String,
    at: String,
}

async fn evidence(may: May<SeeComparison>, path: Path<(JobId, String)>, Query(query): Query) -> Result<HttpResponse> {
    let ((id, key), locale) = (path.into_inner(), may.locale());
    let mut conn = may.db().await?;
    let shortlist = store::comparison::load(&mut conn, &may.scope(), id, may.now()).await?;
    let chosen = chosen(&query, &shortlist)?;
    let shortlist = only(shortlist, chosen.as_ref());
    let dimension = shortlist.rubric.dimension(&key).ok_or(Error::NotFound)?.clone();
    let evidence = store::comparison::evidence(&mut conn, &may.scope(), &shortlist, &key).await?;
    drop(conn);

    let comparison = compare(shortlist.inputs.clone()).await?;
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

fn columns(
    shortlist: &Shortlist,
    comparison: &Comparison,
    key: &str,
    evidence: &[Evidence],
    locale: Locale,
) -> Vec<CandidateColumn> {
    let table = figures::heat_table(comparison, locale);
    let written: BTreeMap<ScorecardId, &Evidence> = evidence.iter().map(|found| (found.scorecard, found)).collect();
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
                    let rater = comparison.rater(card.rater).map(|rater| rater.name.clone()).unwrap_or_default();
                    article(found, rater, card.round.clone(), shortlist, locale)
                })
                .collect();
            articles.sort_by_key(|article| article.rater.to_lowercase());
            Some(CandidateColumn {
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
