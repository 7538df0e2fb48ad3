//! A dimension of the kit: what to ask, what to listen for, where to write, and the anchors.

use actix_web::{HttpResponse, http::StatusCode};
use uuid::Uuid;

use super::{
    Desk, Typed,
    parts::*,
    words::{STEPS, elapsed, seen},
};
use crate::{
    domain::{
        localized::Localized,
        rubric::{Dimension, Sign},
        scorecard::{MAX_TEXT, rating_text},
        time_plan::TimePlan,
    },
    error::{Error, Result},
    i18n::Locale,
};

impl Desk<'_> {
    /// A dimension of the kit; `typed` stands in for what is kept.
    ///
    /// # Errors
    /// `NotFound` when the round does not cover the dimension.
    pub fn dimension_page(
        &self,
        status: StatusCode,
        key: &str,
        typed: Option<&Typed>,
        errors: Vec<String>,
    ) -> Result<HttpResponse> {
        let dimensions: Vec<&Dimension> = self.dimensions().collect();
        let at = dimensions.iter().position(|dimension| dimension.key == key).ok_or(Error::NotFound)?;
        let dimension = dimensions[at];
        let row = self.kit.rating(key);
        let kept = Typed {
            rating: rating_text(row.and_then(|row| row.rating())),
            ticks: row.map(|row| row.ticks.clone()).unwrap_or_default(),
            note: row.map(|row| row.note.clone()).unwrap_or_default(),
            asked: row.map(|row| row.asked.clone()).unwrap_or_default(),
            facts: self.kit.scorecard.as_ref().map(|card| card.facts.clone()).unwrap_or_default(),
            ..Typed::default()
        };
        let shown = typed.unwrap_or(&kept);
        let seconds = row.map_or(0, |row| row.seconds);
        let mut asked = self.questions(dimension, &shown.asked).into_iter();
        let link = |at: Option<usize>| at.and_then(|at| dimensions.get(at)).map(|dimension| self.link(dimension));
        let page = DimensionPage {
            top: self.top(),
            steps: self.steps(Some(key)),
            rated: dimensions.iter().filter(|dimension| self.rating(&dimension.key).is_some()).count(),
            key: key.to_owned(),
            name: self.own(&dimension.name).to_owned(),
            definition: self.own(&dimension.definition).to_owned(),
            caution: dimension.caution.as_ref().map(|text| self.own(text).to_owned()).unwrap_or_default(),
            language: self.language.clone(),
            languages: self.languages(key),
            question: asked.next(),
            others: asked.collect(),
            signs_for: self.ticks(dimension, Sign::Positive, &shown.ticks),
            signs_against: self.ticks(dimension, Sign::Negative, &shown.ticks),
            anchors: self.anchors(dimension, &shown.rating),
            note: shown.note.clone(),
            revisions: row.map_or([0; 5], |row| {
                [row.rating_revision, row.ticks_revision, row.note_revision, row.asked_revision, row.seconds_revision]
            }),
            seen: [seen(&kept.rating), seen(&kept.ticks.join(" ")), seen(&kept.note), seen(&kept.asked.join(" "))],
            briefing: self.briefing(&shown.facts),
            facts_revision: self.kit.scorecard.as_ref().map_or(0, |card| card.facts_revision),
            facts_seen: seen(&kept.facts.join(" ")),
            seconds,
            pace: elapsed(seconds.into()),
            plan: TimePlan::new(self.kit.interview.minutes, dimensions.len()).dimensions[at],
            minutes: shown.minutes.clone(),
            previous: link(at.checked_sub(1)),
            next: link(Some(at + 1)),
            here: self.href(key),
            review: self.href("review"),
            operation: Uuid::now_v7().to_string(),
            copies: self.copies(Some(key)),
            before: Before::new(&self.kit),
            is_first: at == 0,
            errors,
            most: MAX_TEXT,
        };
        self.may.frame().page_with(status, "kit/dimension.html", &page)
    }

    fn languages(&self, page: &str) -> Vec<Language> {
        let all: Vec<Language> = self
            .rubric
            .languages
            .iter()
            .map(|tag| Language {
                tag: tag.clone(),
                name: Locale::ALL.iter().find(|l| l.tag() == tag).map_or(tag.as_str(), |l| l.own_name()).to_owned(),
                href: match self.href_in(page, tag) {
                    path if path.contains('?') => path,
                    path => format!("{path}?language={tag}"),
                },
                is_current: *tag == self.language,
            })
            .collect();
        if all.len() > 1 { all } else { Vec::new() }
    }

    /// The round's questions for a dimension; its first one when the round names none.
    pub(super) fn questions(&self, dimension: &Dimension, asked: &[String]) -> Vec<Asked> {
        let askable =
            |key: String, text: &Localized| Askable { text: self.aloud(text), checked: asked.contains(&key), key };
        dimension
            .planned(&self.kit.round.questions)
            .into_iter()
            .map(|question| Asked {
                question: askable(question.key.clone(), &question.text),
                probes: (1..).zip(&question.probes).map(|(n, probe)| askable(question.probe_key(n), probe)).collect(),
            })
            .collect()
    }

    /// What the interviewer reads aloud about the job, and what of it came back.
    pub(super) fn briefing(&self, returned: &[String]) -> Option<BriefingPart> {
        let briefing = &self.rubric.briefing;
        let facts: Vec<Tick> = (1..)
            .zip(&briefing.facts)
            .map(|(n, fact): (usize, _)| Tick {
                checked: returned.contains(&n.to_string()),
                key: n.to_string(),
                text: self.own(fact).to_owned(),
            })
            .collect();
        let steps = briefing.steps.iter().map(|step| self.own(step).to_owned()).collect();
        (!facts.is_empty()).then(|| BriefingPart { text: self.own(&briefing.text).to_owned(), steps, facts })
    }

    pub(super) fn ticks(&self, dimension: &Dimension, sign: Sign, ticked: &[String]) -> Vec<Tick> {
        dimension
            .indicators_for(self.kit.round.medium)
            .filter(|indicator| indicator.sign == sign)
            .map(|indicator| Tick {
                key: indicator.key.clone(),
                text: self.own(&indicator.text).to_owned(),
                checked: ticked.contains(&indicator.key),
            })
            .collect()
    }

    /// From 5 down to 1, then not enough evidence.
    pub(super) fn anchors(&self, dimension: &Dimension, chosen: &str) -> Vec<Anchor> {
        let scored = (1..=5u8).rev().map(|step| Anchor {
            value: step.to_string(),
            mark: step.to_string(),
            class: STEPS[usize::from(step) - 1],
            name: self.rubric.scale.get(&step).map(|label| self.own(&label.name).to_owned()).unwrap_or_default(),
            text: dimension.anchors.get(&step).map(|text| self.own(text).to_owned()).unwrap_or_default(),
            hotkey: step.to_string(),
            checked: chosen == step.to_string(),
        });
        let unknown = Anchor {
            value: "not_enough_evidence".to_owned(),
            mark: "–".to_owned(),
            class: "none",
            name: self.own(&self.rubric.not_enough_evidence.name).to_owned(),
            text: self.own(&self.rubric.not_enough_evidence.text).to_owned(),
            hotkey: "0".to_owned(),
            checked: chosen == "not_enough_evidence",
        };
        scored.chain([unknown]).collect()
    }
}
