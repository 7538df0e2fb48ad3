//! The preparation: what an interviewer, with an account or at a seat of theirs, reads before an interview, on one page. It opens no
//! scorecard.

use actix_web::{
    HttpResponse,
    web::{Path, ServiceConfig, get},
};
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use super::kit::Before;
use crate::{
    domain::{
        guidance::{self, Never, Rule},
        id::InterviewId,
        localized::Localized,
        medium::Medium,
        rubric::{Dimension, QuestionKind},
        time_plan::TimePlan,
    },
    error::Result,
    store::{job, kit, question, rubric_cache},
    web::who::Rater,
};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/interviews/{id}/preparation", get().to(show));
}

#[derive(Serialize)]
struct PreparationPage {
    id: InterviewId,
    candidate: String,
    job: String,
    round: String,
    medium: Medium,
    minutes: i64,
    starts: Timestamp,
    ends: Timestamp,
    /// Why nothing can be written any more; empty while something can.
    why_not: String,
    is_submitted: bool,
    before: Before,
    welcome: Part,
    dimensions: Vec<Section>,
    end: Part,
    /// What every candidate hears about the job.
    outline: String,
    steps: Vec<String>,
    before_rules: Vec<String>,
    during_rules: Vec<String>,
    country: &'static str,
    reviewed: &'static str,
    nevers: Vec<NeverView>,
}

/// A part of the interview with its planned time.
#[derive(Serialize)]
struct Part {
    from: Timestamp,
    to: Timestamp,
    minutes: i64,
}

#[derive(Serialize)]
struct Section {
    time: Part,
    name: String,
    definition: String,
    questions: Vec<QuestionView>,
}

#[derive(Serialize)]
struct QuestionView {
    kind: QuestionKind,
    text: String,
}

#[derive(Serialize)]
struct NeverView {
    name: &'static str,
    never: &'static str,
    instead: &'static str,
    rule: Rule,
    law: &'static str,
    url: &'static str,
}

async fn show(may: Rater, id: Path<InterviewId>) -> Result<HttpResponse> {
    let (mut conn, scope, locale) = (may.db().await?, may.scope(), may.locale());
    let kit = kit::of_interview(&mut conn, &scope, *id).await?;
    let rubric = rubric_cache::published(&mut conn, &scope, kit.job.rubric_version_id).await?;
    let rubric = question::complete(&mut conn, &scope, rubric, &kit.round.questions).await?;
    let first = rubric.languages.first().map(String::as_str);
    let own = |text: &Localized| text.in_first_of([locale.tag()].into_iter().chain(first)).to_owned();
    let all = |texts: &[Localized]| texts.iter().map(own).collect::<Vec<_>>();
    let covered: Vec<&Dimension> = kit.round.dimensions.iter().filter_map(|key| rubric.dimension(key)).collect();
    let plan = TimePlan::new(kit.interview.minutes, covered.len());
    let mut clock = kit.interview.starts_at;
    let welcome = Part::next(&mut clock, plan.welcome);
    let dimensions = covered
        .into_iter()
        .zip(plan.dimensions)
        .map(|(dimension, minutes)| Section {
            time: Part::next(&mut clock, minutes),
            name: own(&dimension.name),
            definition: own(&dimension.definition),
            questions: dimension
                .planned(&kit.round.questions)
                .into_iter()
                .map(|question| QuestionView { kind: question.kind, text: own(&question.text) })
                .collect(),
        })
        .collect();
    let end = Part::next(&mut clock, plan.end);
    let rules = guidance::guidance(may.signed.organisation.country);
    let page = PreparationPage {
        id: *id,
        candidate: kit.candidate.name.clone(),
        job: job::full_title(&kit.job.title, &kit.job.place),
        round: kit.round.name.clone(),
        medium: kit.round.medium,
        minutes: kit.interview.minutes,
        starts: kit.interview.starts_at,
        ends: clock,
        why_not: kit.closed().map(|key| locale.word(key)).unwrap_or_default(),
        is_submitted: kit.is_submitted(),
        before: Before::new(&kit),
        welcome,
        dimensions,
        end,
        outline: own(&rubric.briefing.text),
        steps: all(&rubric.briefing.steps),
        before_rules: all(&rubric.guide.before),
        during_rules: all(&rubric.guide.during),
        country: rules.country.as_str(),
        reviewed: &rules.reviewed,
        nevers: rules.never.iter().filter_map(|never| NeverView::new(never, locale.tag())).collect(),
    };
    may.frame().page("preparation/show.html", &page)
}

impl Part {
    /// The next minutes by the clock.
    fn next(clock: &mut Timestamp, minutes: i64) -> Part {
        let from = *clock;
        *clock += minutes.minutes();
        Part { from, to: *clock, minutes }
    }
}

impl NeverView {
    fn new(never: &'static Never, language: &str) -> Option<NeverView> {
        let topic = guidance::topic(&never.topic, language)?;
        Some(NeverView {
            name: &topic.name,
            never: &topic.never,
            instead: &topic.instead,
            rule: never.rule,
            law: &never.law,
            url: &never.url,
        })
    }
}
