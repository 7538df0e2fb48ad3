//! The page of one dimension of a debrief, with the form for one's own second rating.

use serde::Serialize;

use super::{Drawn, Mark, Said, Top, cited_excerpt, dimension_name, href, may_speak, others, said};
use crate::{
    domain::{
        debrief::{Citation, Voice, movement, of_dimension, stands_apart},
        id::ScorecardId,
        policy::Permission,
        rating::Rating,
        rubric::Rubric,
        scorecard::rating_text,
    },
    i18n::Locale,
    store::debrief::Debrief,
    web::{
        forms::Form,
        pages::kit::{self, SaidTick},
        who::May,
    },
};

#[derive(Serialize)]
pub struct DimensionPage {
    top: Top,
    done: Option<&'static str>,
    name: String,
    sentence: String,
    tabs: Vec<Tab>,
    articles: Vec<Article>,
    figure: Drawn,
    /// One's own second rating of one scorecard, and the way to the others.
    form: Option<WordForm>,
    other_cards: Vec<Tab>,
    key: String,
    previous: Option<Tab>,
    next: Option<Tab>,
    /// What was typed when nothing can be written any more: label and text.
    late: Vec<(String, String)>,
    late_error: String,
    #[serde(skip)]
    own: Vec<ScorecardId>,
}

#[derive(Clone, Serialize)]
struct Tab {
    name: String,
    href: String,
    is_current: bool,
}

/// What one rater wrote, and what they say now.
#[derive(Serialize)]
struct Article {
    name: String,
    round: String,
    first: Mark,
    apart: bool,
    ticks: Vec<SaidTick>,
    note: String,
    second: Option<Said>,
}

/// One's own second rating, as a form.
#[derive(Serialize)]
struct WordForm {
    scorecard: ScorecardId,
    round: String,
    base_revision: i64,
    choices: Vec<Choice>,
    sources: Vec<Source>,
    /// One stands apart: staying needs a reason.
    apart: bool,
    others: String,
    form: Form,
    /// What stands, when something else was typed for an outdated revision.
    standing: Option<Said>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    mark: Mark,
    stays: bool,
    checked: bool,
}

/// What can be cited of one scorecard.
#[derive(Serialize)]
struct Source {
    name: String,
    round: String,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    value: String,
    text: String,
    is_note: bool,
    checked: bool,
}

impl DimensionPage {
    /// `None` when nobody rated this dimension. `typed` is what a rater sent and could not be kept as it is.
    pub fn new<P: Permission>(
        found: &Debrief,
        rubric: &Rubric,
        key: &str,
        typed: Option<(ScorecardId, Form, Vec<String>)>,
        wanted: Option<ScorecardId>,
        may: &May<P>,
        done: Option<&'static str>,
    ) -> Option<DimensionPage> {
        let (locale, reader) = (may.locale(), may.signed.member.id);
        let change = of_dimension(&found.voices, key);
        let here: Vec<&Voice> = found.voices.iter().filter(|voice| voice.dimension == key).collect();
        if here.is_empty() {
            return None;
        }
        let dimension = rubric.dimension(key)?;
        let tabs: Vec<Tab> = rubric
            .dimensions
            .iter()
            .filter(|dimension| found.voices.iter().any(|voice| voice.dimension == dimension.key))
            .map(|dimension| Tab {
                name: dimension_name(rubric, &dimension.key, locale),
                href: href(found.id, &dimension.key),
                is_current: dimension.key == key,
            })
            .collect();
        let at = tabs.iter().position(|tab| tab.is_current).unwrap_or_default();
        let own: Vec<&Voice> = here.iter().copied().filter(|voice| voice.rater == reader).collect();
        let mut late = Vec::new();
        let mut late_error = String::new();
        if !may_speak(found)
            && let Some((_, form, _)) = &typed
        {
            late_error = form.errors.get("").cloned().unwrap_or_default();
            late = [("reason", "debrief-reason"), ("note", "debrief-note")]
                .into_iter()
                .map(|(field, label)| (locale.word(label), form.typed.get(field).to_owned()))
                .filter(|(_, text)| !text.trim().is_empty())
                .collect();
        }
        let wanted = typed.as_ref().map(|(scorecard, ..)| *scorecard).or(wanted);
        let speaks = own
            .iter()
            .find(|voice| Some(voice.scorecard) == wanted)
            .or_else(|| own.iter().find(|voice| voice.second.is_none()))
            .or(own.first())
            .filter(|_| may_speak(found));
        let other_cards = own
            .iter()
            .filter(|voice| speaks.is_some_and(|speaks| speaks.scorecard != voice.scorecard))
            .map(|voice| Tab {
                name: voice.round.clone(),
                href: format!("{}?scorecard={}", href(found.id, key), voice.scorecard),
                is_current: false,
            })
            .collect();
        Some(DimensionPage {
            top: Top::new(found, may),
            done,
            name: dimension_name(rubric, key, locale),
            sentence: movement(&change, locale),
            articles: here
                .iter()
                .map(|voice| Article {
                    name: voice.name.clone(),
                    round: voice.round.clone(),
                    first: Mark::of(voice.first, rubric, locale),
                    apart: stands_apart(voice, &found.voices),
                    ticks: kit::said_ticks(dimension, &voice.ticks, locale),
                    note: voice.note.clone(),
                    second: said(voice, found, rubric, locale),
                })
                .collect(),
            figure: Drawn::of(&change, format!("slope-{key}"), dimension_name(rubric, key, locale), locale),
            form: speaks.map(|voice| WordForm::new(voice, found, rubric, typed, locale)),
            other_cards,
            key: key.to_owned(),
            previous: at.checked_sub(1).and_then(|at| tabs.get(at)).cloned(),
            next: tabs.get(at + 1).cloned(),
            tabs,
            late,
            late_error,
            own: own.iter().map(|voice| voice.scorecard).collect(),
        })
    }

    pub fn is_own(&self, scorecard: ScorecardId) -> bool {
        self.own.contains(&scorecard)
    }
}

impl WordForm {
    fn new(
        voice: &Voice,
        found: &Debrief,
        rubric: &Rubric,
        sent: Option<(ScorecardId, Form, Vec<String>)>,
        locale: Locale,
    ) -> WordForm {
        let standing = voice.second.as_ref();
        let revision = standing.map_or(0, |second| second.revision);
        let (form, rating, cited, is_outdated) = match sent {
            Some((_, form, cited)) => {
                let rating = form.typed.get("rating").to_owned();
                let outdated = form.typed.get("base_revision") != revision.to_string();
                (form, rating, cited, outdated)
            }
            None => {
                let said = standing.map(|second| &second.said);
                let form = Form::filled([
                    ("reason", said.map(|said| said.reason.clone()).unwrap_or_default()),
                    ("note", said.map(|said| said.note.clone()).unwrap_or_default()),
                ]);
                let cited = said.map_or(Vec::new(), |said| said.evidence.iter().map(Citation::to_string).collect());
                (form, said.map(|said| rating_text(Some(said.rating))).unwrap_or_default(), cited, false)
            }
        };
        let choice = |value: &str| {
            let of = Rating::from_text(value).ok()??;
            Some(Choice {
                value: value.to_owned(),
                mark: Mark::of(of, rubric, locale),
                stays: of == voice.first,
                checked: value == rating,
            })
        };
        WordForm {
            scorecard: voice.scorecard,
            round: voice.round.clone(),
            base_revision: revision,
            choices: ["5", "4", "3", "2", "1", "not_enough_evidence"].into_iter().filter_map(choice).collect(),
            sources: sources(voice, found, rubric, &cited, locale),
            apart: stands_apart(voice, &found.voices),
            others: others(voice, &found.voices, locale),
            form,
            standing: if is_outdated { said(voice, found, rubric, locale) } else { None },
        }
    }
}

fn sources(voice: &Voice, found: &Debrief, rubric: &Rubric, cited: &[String], locale: Locale) -> Vec<Source> {
    let item = |citation: Citation| {
        let value = citation.to_string();
        Some(Item {
            text: cited_excerpt(&citation, voice, found, rubric, locale)?,
            is_note: matches!(citation, Citation::Note(_)),
            checked: cited.contains(&value),
            value,
        })
    };
    let here = found.voices.iter().filter(|other| other.dimension == voice.dimension);
    here.map(|other| {
        let note = (!other.note.trim().is_empty()).then_some(Citation::Note(other.scorecard));
        let ticks = other.ticks.iter().map(|key| Citation::Tick(other.scorecard, key.clone()));
        Source {
            name: other.name.clone(),
            round: other.round.clone(),
            items: note.into_iter().chain(ticks).filter_map(item).collect(),
        }
    })
    .filter(|source| !source.items.is_empty())
    .collect()
}
