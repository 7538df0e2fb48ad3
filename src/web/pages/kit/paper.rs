//! The kit and its scorecard as sheets of paper, with room to write.

use actix_web::HttpResponse;
use serde::Serialize;

use super::{
    Desk,
    parts::{Anchor, Asked, BriefingPart, Tick},
    words::recommendation_key,
};
use crate::{
    domain::{rating::Recommendation, rubric::Sign, time_plan::TimePlan},
    error::Result,
};

#[derive(Serialize)]
struct PaperPage {
    candidate: String,
    candidate_note: String,
    job: String,
    round: String,
    medium: &'static str,
    starts: String,
    minutes: i64,
    interviewer: String,
    language: String,
    briefing: Option<BriefingPart>,
    dimensions: Vec<PaperDimension>,
    /// Minutes that the plan keeps for the beginning and the end.
    welcome: i64,
    end: i64,
    recommendations: Vec<String>,
    /// Where the page was asked for.
    back: String,
}

#[derive(Serialize)]
struct PaperDimension {
    name: String,
    /// What the plan gives it.
    minutes: i64,
    definition: String,
    caution: String,
    questions: Vec<Asked>,
    signs_for: Vec<Tick>,
    signs_against: Vec<Tick>,
    /// From 1 to 5, then not enough evidence.
    anchors: Vec<Anchor>,
}

impl Desk<'_> {
    /// Nothing that was written in the kit is on it: paper begins empty.
    pub fn paper_page(&self, interviewer: &str, back: String) -> Result<HttpResponse> {
        let kit = &self.kit;
        let plan = TimePlan::new(kit.interview.minutes, self.dimensions().count());
        let dimensions = self.dimensions().zip(plan.dimensions).map(|(dimension, minutes)| {
            let mut anchors = self.anchors(dimension, "");
            let scored = anchors.len() - 1;
            anchors[..scored].reverse();
            PaperDimension {
                name: self.own(&dimension.name).to_owned(),
                minutes,
                definition: self.own(&dimension.definition).to_owned(),
                caution: dimension.caution.as_ref().map(|text| self.own(text).to_owned()).unwrap_or_default(),
                questions: self.questions(dimension, &[]),
                signs_for: self.ticks(dimension, Sign::Positive, &[]),
                signs_against: self.ticks(dimension, Sign::Negative, &[]),
                anchors,
            }
        });
        let page = PaperPage {
            candidate: kit.candidate.name.clone(),
            candidate_note: kit.candidate.note.clone(),
            job: kit.job.title.clone(),
            round: kit.round.name.clone(),
            medium: kit.round.medium.as_str(),
            starts: kit.interview.starts_at.to_string(),
            minutes: kit.interview.minutes,
            interviewer: interviewer.to_owned(),
            language: self.language.clone(),
            briefing: self.briefing(&[]),
            dimensions: dimensions.collect(),
            welcome: plan.welcome,
            end: plan.end,
            recommendations: Recommendation::ALL
                .iter()
                .map(|choice| self.may.locale().word(recommendation_key(*choice)))
                .collect(),
            back,
        };
        self.may.frame().page("kit/paper.html", &page)
    }
}
