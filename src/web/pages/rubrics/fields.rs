//! The fields of a section of a draft: which there are, what each holds, and what is said about it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{place::Places, section::Again};
use crate::{
    domain::{
        medium::Medium,
        rubric::{self, QuestionKind, Rubric, Sign},
    },
    error::{Error, Result},
};
/// Fields under one heading, then the parts that may come, go and change places.
#[derive(Default, Serialize)]
pub struct Group {
    key: &'static str,
    pub fields: Vec<Field>,
    pub parts: Vec<Part>,
    /// The steps that add a part, with the word's key.
    adds: Vec<(String, &'static str)>,
}

/// A question, an indicator or an error of the guide.
#[derive(Serialize)]
pub struct Part {
    title: String,
    pub fields: Vec<Field>,
    /// What its step names it: `question lis-b1`; empty when translating.
    step: String,
    moves: bool,
}

#[derive(Serialize)]
pub struct Field {
    pub path: String,
    label: String,
    kind: Kind,
    value: String,
    /// Value, words and whether it is chosen.
    options: Vec<(String, String, bool)>,
    original: String,
    rating: Option<u8>,
    hint: Option<&'static str>,
    error: Option<String>,
    theirs: Option<String>,
    /// The ids of what describes it, for screen readers.
    described: String,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Line,
    Text,
    Lines,
    Number,
    Choice,
    Ticks,
}

impl Group {
    /// With the ids of what describes each field.
    pub fn described(mut self) -> Group {
        for field in self.fields.iter_mut().chain(self.parts.iter_mut().flat_map(|part| &mut part.fields)) {
            let parts = [
                (!field.original.is_empty(), "original"),
                (field.hint.is_some(), "hint"),
                (field.error.is_some(), "error"),
                (field.theirs.is_some(), "theirs"),
            ];
            let ids = parts.iter().filter(|(is_shown, _)| *is_shown).map(|(_, part)| format!("{}-{part}", field.path));
            field.described = ids.collect::<Vec<_>>().join(" ");
        }
        self
    }
}

/// Lays out the fields of a section.
pub struct Writer<'a> {
    pub rubric: &'a Rubric,
    pub places: &'a Places<'a>,
    pub values: &'a rubric::Places,
    pub again: &'a Again,
    /// Only texts are typed: what is no text belongs to all languages and is set on the first one's page.
    pub translating: bool,
}

impl Writer<'_> {
    pub fn basics(&self) -> Vec<Group> {
        let mut names = vec![self.line("name"), self.text("summary"), self.text("role_family")];
        names.extend(self.fact("minutes", Kind::Number, Vec::new()));
        let scale = (1..=5).rev().flat_map(|point| {
            let rated = |part: &str| Field { rating: Some(point), ..self.line(&format!("scale.{point}.{part}")) };
            [rated("name"), Field { rating: None, ..self.line(&format!("scale.{point}.text")) }]
        });
        let none = [self.line("not_enough_evidence.name"), self.line("not_enough_evidence.text")];
        vec![
            Group { key: "names", fields: names, ..Group::default() },
            Group { key: "scale", fields: scale.chain(none).collect(), ..Group::default() },
            Group { key: "rules", fields: self.list("rules", self.rubric.rules.len()), ..Group::default() },
        ]
    }

    pub fn guide(&self) -> Vec<Group> {
        let mut briefing = vec![self.text("briefing.text")];
        briefing.extend(self.list("briefing.steps", self.rubric.briefing.steps.len()));
        briefing.extend(self.list("briefing.facts", self.rubric.briefing.facts.len()));
        let guide = &self.rubric.guide;
        let lists = [
            ("guide.before", guide.before.len()),
            ("guide.during", guide.during.len()),
            ("guide.after", guide.after.len()),
        ];
        let errors = (0..guide.errors.len()).map(|at| Part {
            title: self.places.words(&format!("guide.errors[{at}]")),
            fields: vec![
                self.line(&format!("guide.errors[{at}].name")),
                self.text(&format!("guide.errors[{at}].text")),
            ],
            step: self.step(format!("error {at}")),
            moves: false,
        });
        vec![
            Group { key: "briefing", fields: briefing, ..Group::default() },
            Group {
                key: "guide",
                fields: lists.into_iter().flat_map(|(path, length)| self.list(path, length)).collect(),
                ..Group::default()
            },
            Group {
                key: "errors",
                parts: errors.collect(),
                adds: self.adds(vec![("add error".to_owned(), "rubric-add-error")]),
                ..Group::default()
            },
        ]
    }

    pub fn dimension(&self, key: &str) -> Result<Vec<Group>> {
        let dimension = self.rubric.dimension(key).ok_or(Error::NotFound)?;
        let at = |rest: &str| format!("dimensions.{key}.{rest}");
        let mut words = vec![self.line(&at("name")), self.line(&at("headline"))];
        words.extend(["definition", "why", "caution"].map(|part| self.text(&at(part))));
        words.extend(self.fact(&at("weight"), Kind::Number, Vec::new()));
        let questions = dimension.questions.iter().map(|question| {
            let here = at(&format!("questions.{}", question.key));
            let kinds = [QuestionKind::Behavioural, QuestionKind::Situational].map(QuestionKind::as_str);
            let mut fields: Vec<Field> =
                self.fact(&format!("{here}.kind"), Kind::Choice, kinds.to_vec()).into_iter().collect();
            fields.push(self.text(&format!("{here}.text")));
            fields.extend(self.list(&format!("{here}.probes"), question.probes.len()));
            Part {
                title: self.title(&here),
                fields,
                step: self.step(format!("question {}", question.key)),
                moves: true,
            }
        });
        let indicators = |sign: Sign| {
            let of_sign = dimension.indicators.iter().filter(move |indicator| indicator.sign == sign);
            of_sign.map(|indicator| {
                let here = at(&format!("indicators.{}", indicator.key));
                let media = Medium::ALL.iter().map(|medium| medium.as_str()).collect();
                let mut fields = vec![self.text(&format!("{here}.text"))];
                fields.extend(self.fact(&format!("{here}.media"), Kind::Ticks, media));
                let signs = vec![Sign::Positive.as_str(), Sign::Negative.as_str()];
                fields.extend(self.fact(&format!("{here}.sign"), Kind::Choice, signs));
                Part {
                    title: self.title(&here),
                    fields,
                    step: self.step(format!("indicator {}", indicator.key)),
                    moves: true,
                }
            })
        };
        let anchors =
            (1..=5).rev().map(|point| Field { rating: Some(point), ..self.text(&at(&format!("anchors.{point}"))) });
        Ok(vec![
            Group { key: "words", fields: words, ..Group::default() },
            Group {
                key: "questions",
                parts: questions.collect(),
                adds: self.adds(vec![(format!("add question {key}"), "rubric-add-question")]),
                ..Group::default()
            },
            Group {
                key: "indicators",
                parts: indicators(Sign::Positive).chain(indicators(Sign::Negative)).collect(),
                adds: self.adds(vec![
                    (format!("add positive {key}"), "rubric-add-positive"),
                    (format!("add negative {key}"), "rubric-add-negative"),
                ]),
                ..Group::default()
            },
            Group {
                key: "not-evidence",
                fields: self.list(&at("not_evidence"), dimension.not_evidence.len()),
                ..Group::default()
            },
            Group { key: "anchors", fields: anchors.collect(), ..Group::default() },
        ])
    }

    fn line(&self, path: &str) -> Field {
        self.field(path, Kind::Line)
    }

    fn text(&self, path: &str) -> Field {
        self.field(path, Kind::Text)
    }

    /// A list: one line per item where it is written first, a field per item where it is translated.
    fn list(&self, path: &str, length: usize) -> Vec<Field> {
        if self.translating {
            return (0..length).map(|at| self.field(&format!("{path}[{at}]"), Kind::Text)).collect();
        }
        vec![Field { hint: Some("rubric-one-per-line"), ..self.field(path, Kind::Lines) }]
    }

    fn fact(&self, path: &str, kind: Kind, choices: Vec<&str>) -> Option<Field> {
        if self.translating {
            return None;
        }
        let mut field = self.field(path, kind);
        let word = |choice: &str| match kind {
            Kind::Ticks => self.places.locale.word(&format!("rubric-medium-{}", choice.replace('_', "-"))),
            _ => self.places.locale.word(&format!("rubric-choice-{choice}")),
        };
        let chosen = |choice: &str| field.value.split(' ').any(|one| one == choice);
        field.options = choices.iter().map(|choice| ((*choice).to_owned(), word(choice), chosen(choice))).collect();
        if !choices.is_empty() {
            field.theirs =
                field.theirs.map(|theirs| theirs.split_whitespace().map(word).collect::<Vec<_>>().join(", "));
        }
        if path.ends_with(".weight") {
            field.hint = Some("rubric-weight-hint");
        }
        Some(field)
    }

    fn field(&self, path: &str, kind: Kind) -> Field {
        let of = |map: &BTreeMap<String, String>| map.get(path).cloned();
        let complaint = self.again.complaints.iter().find(|one| one.path == path);
        let clash = self.again.clashes.iter().find(|one| one.path == path);
        Field {
            path: path.to_owned(),
            label: self.places.label(path),
            kind,
            value: of(&self.again.typed).or_else(|| of(&self.values.values)).unwrap_or_default(),
            options: Vec::new(),
            original: of(&self.values.originals).unwrap_or_default(),
            rating: None,
            hint: None,
            error: complaint.map(|one| self.places.locale.word(one.code.message())),
            theirs: clash.and_then(|clash| clash.theirs.clone()),
            described: String::new(),
        }
    }

    fn title(&self, here: &str) -> String {
        let words = self.places.words(&format!("{here}.key"));
        words.split(" · ").nth(1).unwrap_or_default().to_owned()
    }

    fn step(&self, step: String) -> String {
        if self.translating { String::new() } else { step }
    }

    fn adds(&self, adds: Vec<(String, &'static str)>) -> Vec<(String, &'static str)> {
        if self.translating { Vec::new() } else { adds }
    }
}
