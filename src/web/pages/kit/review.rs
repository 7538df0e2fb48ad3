//! The review before submitting, and the thanks after.

use actix_web::{HttpResponse, http::StatusCode};
use uuid::Uuid;

use super::{
    Desk, Typed,
    course::{self, Course},
    parts::*,
    words::{class, gap_key, mark, rating_words, recommendation_key, said_ticks, seen},
};
use crate::{
    domain::{
        halo,
        rating::Recommendation,
        rubric::{Dimension, Sign},
        scorecard::MAX_TEXT,
    },
    error::Result,
    usecases::scorecard::{self, Missing},
    web::view::see_other,
};

/// What can be changed on the review itself.
const EDITED: [&str; 3] = ["recommendation", "private_note", "next_note"];

impl Desk<'_> {
    /// The review, or thanks once it is submitted.
    pub fn review_page(&self, status: StatusCode, typed: Option<&Typed>, error: String) -> Result<HttpResponse> {
        let sheet = self.kit.sheet();
        let Some(card) = &self.kit.scorecard else {
            return Ok(see_other(self.dimensions().next().map_or("/".to_owned(), |first| self.href(&first.key))));
        };
        if self.kit.is_submitted() {
            return self.done_page(status, Vec::new());
        }
        let kept = Typed {
            recommendation: card.recommendation.map(|choice| choice.as_str().to_owned()).unwrap_or_default(),
            private_note: card.private_note.clone(),
            next_note: card.next_note.clone(),
            ..Typed::default()
        };
        let shown = typed.unwrap_or(&kept);
        let policy = self.may.signed.organisation.evidence_policy();
        let missing = scorecard::missing(&self.kit, policy);
        let sections: Vec<Section> = self.dimensions().map(|dimension| self.section(dimension, &missing)).collect();
        let rated = sheet.ratings.iter().filter(|rated| rated.rating.is_some()).count();
        let page = ReviewPage {
            top: self.top(),
            total: sections.len(),
            rated,
            sections,
            missing: missing.iter().filter_map(|missing| self.missing(missing)).collect(),
            recommendations: Recommendation::ALL
                .iter()
                .map(|choice| Choice {
                    value: choice.as_str(),
                    label: self.may.locale().word(recommendation_key(*choice)),
                    checked: choice.as_str() == shown.recommendation,
                })
                .collect(),
            private_note: shown.private_note.clone(),
            next_note: shown.next_note.clone(),
            revisions: [card.recommendation_revision, card.private_note_revision, card.next_note_revision],
            seen: [seen(&kept.recommendation), seen(&kept.private_note), seen(&kept.next_note)],
            halo: self.halo(),
            facts: self.facts(),
            shown_revisions: self
                .kit
                .revisions()
                .into_iter()
                .filter(|(name, _)| !EDITED.contains(&name.as_str()))
                .collect(),
            back: self.dimensions().last().map(|last| self.href(&last.key)).unwrap_or_default(),
            operation: Uuid::now_v7().to_string(),
            copies: self.copies(None),
            error,
            most: MAX_TEXT,
        };
        self.may.frame().page_with(status, "kit/review.html", &page)
    }

    /// Thanks; `unsaved` is text that came too late.
    pub fn done_page(&self, status: StatusCode, unsaved: Vec<(String, String)>) -> Result<HttpResponse> {
        let page = DonePage {
            candidate: self.kit.candidate.name.clone(),
            scorecard: self.kit.scorecard.as_ref().map(|card| card.id.to_string()).unwrap_or_default(),
            submitted_at: self
                .kit
                .scorecard
                .as_ref()
                .and_then(|card| card.submitted_at)
                .map(|at| at.to_string())
                .unwrap_or_default(),
            job: self.kit.job.title.clone(),
            late: self.pen(),
            unsaved,
        };
        self.may.frame().page_with(status, "kit/done.html", &page)
    }

    /// The facts of the outline that came back, in a sentence; empty when none were ticked.
    fn facts(&self) -> String {
        let returned = self.kit.scorecard.as_ref().map(|card| card.facts.as_slice()).unwrap_or_default();
        course::facts(&self.rubric, returned, self.may.locale())
    }

    /// A remark for this interviewer alone, made from what is on this page and kept nowhere.
    fn halo(&self) -> String {
        let seen: Vec<halo::Seen> = self
            .dimensions()
            .map(|dimension| {
                let row = self.kit.rating(&dimension.key);
                let ticks = row.map(|row| row.ticks.as_slice()).unwrap_or_default();
                let ticked =
                    |sign| dimension.indicators.iter().filter(|i| i.sign == sign && ticks.contains(&i.key)).count();
                halo::Seen {
                    rating: row.and_then(|row| row.rating()),
                    signs_for: ticked(Sign::Positive),
                    signs_against: ticked(Sign::Negative),
                    has_note: row.is_some_and(|row| !row.note.trim().is_empty()),
                }
            })
            .collect();
        let Some(hint) = halo::hint(&seen) else { return String::new() };
        let (key, dimensions) = match hint.but {
            halo::But::NoEvidence(dimensions) => ("kit-halo-no-evidence", dimensions),
            halo::But::OnlyAgainst(dimensions) => ("kit-halo-only-against", dimensions),
        };
        let numbers =
            [("count", hint.count.into()), ("score", hint.score.get().into()), ("dimensions", dimensions.into())];
        self.may.locale().say(key, &numbers)
    }

    fn section(&self, dimension: &Dimension, missing: &[Missing]) -> Section {
        let row = self.kit.rating(&dimension.key);
        let rating = row.and_then(|row| row.rating());
        let gap = missing.iter().find_map(|missing| match missing {
            Missing::Gap(key, gap) if *key == dimension.key => Some(*gap),
            _ => None,
        });
        let ticks = row.map(|row| row.ticks.as_slice()).unwrap_or_default();
        Section {
            name: self.own(&dimension.name).to_owned(),
            mark: rating.map_or("–".to_owned(), mark),
            class: rating.map_or("none", class),
            words: rating.map_or_else(String::new, |rating| rating_words(&self.rubric, self.may.locale(), rating)),
            ticks: said_ticks(dimension, ticks, self.may.locale()),
            note: row.map(|row| row.note.clone()).unwrap_or_default(),
            course: row
                .and_then(|row| Course::new(dimension, &row.asked, row.seconds, &self.rubric, self.may.locale())),
            gap: gap.map(|gap| self.may.locale().word(gap_key(gap))).unwrap_or_default(),
            href: self.href(&dimension.key),
        }
    }

    fn missing(&self, missing: &Missing) -> Option<Named> {
        let locale = self.may.locale();
        Some(match missing {
            Missing::Gap(key, gap) => {
                let name = self.rubric.dimension(key).map_or(key.as_str(), |dimension| self.own(&dimension.name));
                Named { text: format!("{name}: {}", locale.word(gap_key(*gap))), href: self.href(key) }
            }
            Missing::Conflict(field) => Named {
                text: locale.say("kit-conflict-waits", &[("field", self.label(field).into())]),
                href: field.dimension().map_or("#copies".to_owned(), |key| self.href(key)),
            },
            // It is asked for right below.
            Missing::Recommendation => return None,
        })
    }
}
