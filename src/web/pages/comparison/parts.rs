//! Parts of the comparison's page: the finding with its figures, why a number is what it is, what is missing.

use std::sync::Arc;

use serde::Serialize;

use crate::{
    domain::{
        comparison::{CandidateResult, Comparison, MissingScorecard, Verdict},
        finding,
        id::MemberId,
    },
    error::Result,
    figures::{self, IntervalTable, Theme},
    i18n::Locale,
    usecases::comparison::off_the_request_threads,
};

/// The finding and the figures: what moves with the weights.
#[derive(Serialize)]
pub(super) struct Said {
    finding: String,
    /// What the numbers rest on, a sentence each.
    cautions: Vec<String>,
    /// With several lists, what can be said within each.
    lists: Vec<String>,
    shortlist: Option<String>,
    caption: String,
    /// `None` while nobody is rated.
    svg: Option<String>,
    svg_on_a_phone: Option<String>,
    numbers: IntervalTable,
    places: Option<usize>,
    /// The most that say something; below 4 the table has them all.
    most_places: usize,
    weights: Option<WeightsSaid>,
}

/// What the choice of weights decides.
#[derive(Serialize)]
struct WeightsSaid {
    order: String,
    sentences: Vec<String>,
    svg: String,
    /// The same as the figure: name and share.
    first: Vec<(String, String)>,
}

/// Why a candidate's number is what it is.
#[derive(Serialize)]
pub(super) struct Why {
    name: String,
    score: String,
    sentences: Vec<String>,
    /// Who rated, with each one's own mean.
    raters: Vec<(String, String)>,
}

#[derive(Serialize)]
pub(super) struct MissingSeat {
    candidate: String,
    round: String,
    rater: String,
}

/// Draws off the request threads.
pub(super) async fn said(comparison: Arc<Comparison>, places: Option<usize>, locale: Locale) -> Result<Said> {
    off_the_request_threads(move || {
        let comparison = &*comparison;
        let is_rated = comparison.verdict != Verdict::NothingYet;
        let several = comparison.lists.len() > 1;
        Ok(Said {
            finding: finding::finding(comparison, locale),
            cautions: finding::cautions(comparison, locale),
            lists: match several {
                true => (0..comparison.lists.len()).map(|list| finding::of_list(comparison, list, locale)).collect(),
                false => Vec::new(),
            },
            shortlist: if several { None } else { finding::shortlist(comparison, 0, locale) },
            caption: figures::caption(comparison, locale),
            svg: is_rated.then(|| figures::interval_figure(comparison, locale, Theme::Page).text),
            svg_on_a_phone: is_rated.then(|| figures::interval_figure_on_a_phone(comparison, locale).text),
            numbers: figures::interval_table(comparison, places, locale),
            places,
            most_places: comparison.lists.iter().map(|list| list.candidates.len()).max().unwrap_or(0).saturating_sub(1),
            weights: finding::order_holds(comparison, locale).map(|order| WeightsSaid {
                order,
                sentences: finding::weights_in_words(comparison, locale),
                svg: figures::first_figure(comparison, locale).text,
                first: figures::first_table(comparison, locale),
            }),
        })
    })
    .await
}

impl Why {
    /// `None` without a rating.
    pub fn of(candidate: &CandidateResult, comparison: &Comparison, locale: Locale) -> Option<Why> {
        let score = candidate.estimate.map(|estimate| estimate.value).or(candidate.plain_mean)?;
        let mut sentences = finding::adjustment(candidate, locale);
        if sentences.is_empty() {
            sentences.push(locale.say("comparison-why-plain", &[("plain", locale.number(score, 2).into())]));
        }
        if let Some(plain) = candidate.plain_interval.filter(|_| candidate.estimate.is_some()) {
            let number = |x: f64| locale.number(x, 1);
            sentences.push(locale.say(
                "comparison-why-check",
                &[
                    ("plain", number(plain.value).into()),
                    ("lower", number(plain.lower).into()),
                    ("upper", number(plain.upper).into()),
                    ("level", locale.percent(plain.level).into()),
                ],
            ));
        }
        if candidate.covered < 0.995 {
            let covered = [("covered", locale.percent(candidate.covered).into())];
            sentences.push(locale.say("comparison-why-covered", &covered));
        }
        if let Some(even) = candidate.even_profile {
            sentences.push(match even {
                true => locale.word("comparison-why-even"),
                false => finding::profile(candidate, comparison, locale),
            });
        }
        let raters =
            candidate.rater_means.iter().map(|own| (rater(comparison, own.rater, locale), locale.number(own.mean, 1)));
        Some(Why { name: candidate.name.clone(), score: locale.number(score, 1), sentences, raters: raters.collect() })
    }
}

/// A rater's name, with the mark of those who interview without an account.
pub(super) fn rater(comparison: &Comparison, id: MemberId, locale: Locale) -> String {
    match comparison.rater(id) {
        Some(rater) if rater.outside => locale.say("seat-name", &[("name", rater.name.as_str().into())]),
        rater => rater.map(|rater| rater.name.clone()).unwrap_or_default(),
    }
}

pub(super) fn missing_seats(comparison: &Comparison, locale: Locale) -> Vec<MissingSeat> {
    let seat = |seat: &MissingScorecard| MissingSeat {
        candidate: comparison.candidate(seat.candidate).map(|c| c.name.clone()).unwrap_or_default(),
        round: seat.round.clone(),
        rater: rater(comparison, seat.rater, locale),
    };
    comparison.missing.iter().map(seat).collect()
}
