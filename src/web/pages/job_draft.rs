//! The form of a job between its pages: rounds come and go by buttons, and nothing typed is lost on the way.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    domain::{
        id::RubricVersionId,
        interview_plan::{self, InterviewPlan, MAX_ROUNDS, MINUTES, PlannedRound, percents, usual_questions},
        job_template::JobTemplate,
        medium::Medium,
        question_library::dimension_of,
        rubric::{Dimension, QuestionKind, Rubric},
    },
    error::Message,
    i18n::Locale,
    store::{job::Job, member::Member, rubric::Published},
    usecases::job::JobFacts,
    web::forms::{Fields, Form, Parser},
};

/// What was typed, with the rounds apart.
pub struct Draft {
    plain: BTreeMap<String, String>,
    rounds: Vec<RoundDraft>,
}

struct RoundDraft {
    id: String,
    name: String,
    medium: String,
    minutes: String,
    dimensions: BTreeSet<String>,
    questions: BTreeSet<String>,
}

/// The plan as the form shows it.
#[derive(Serialize)]
pub struct PlanView {
    pub weights: Vec<WeightView>,
    pub rounds: Vec<RoundView>,
    /// Names of the dimensions that no round covers.
    pub uncovered: Vec<String>,
    pub may_add: bool,
}

#[derive(Serialize)]
pub struct WeightView {
    field: String,
    name: String,
    value: String,
    percent: f64,
    error: String,
}

#[derive(Serialize)]
pub struct RoundView {
    n: usize,
    id: String,
    dimensions: Vec<DimensionView>,
    chosen: usize,
}

#[derive(Serialize)]
struct DimensionView {
    key: String,
    name: String,
    covered: bool,
    kinds: Vec<KindView>,
}

/// The questions of a dimension that are of one kind.
#[derive(Serialize)]
struct KindView {
    kind: &'static str,
    questions: Vec<QuestionView>,
}

#[derive(Serialize)]
struct QuestionView {
    key: String,
    text: String,
    chosen: bool,
}

impl Draft {
    pub fn typed(fields: &Fields) -> Draft {
        let plain = fields.iter().filter(|(name, _)| !name.starts_with("round."));
        let plain = plain.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let count = fields.get("rounds").parse::<usize>().unwrap_or_default().min(2 * MAX_ROUNDS);
        let rounds = (0..count).map(|n| RoundDraft::typed(fields, n)).collect();
        Draft { plain, rounds }
    }

    pub fn of_template(template: &JobTemplate, published: &Published) -> Draft {
        let mut plain = BTreeMap::from([
            ("title".to_owned(), template.title.clone()),
            ("rubric".to_owned(), published.id.to_string()),
        ]);
        plain.extend(template.weights.iter().map(|(key, weight)| (format!("weight.{key}"), weight.to_string())));
        let rounds = template.rounds.iter().map(|round| RoundDraft {
            id: String::new(),
            name: round.name.clone(),
            medium: round.medium.to_string(),
            minutes: round.minutes.to_string(),
            dimensions: round.dimensions.iter().cloned().collect(),
            questions: round.questions.iter().cloned().collect(),
        });
        Draft { plain, rounds: rounds.collect() }
    }

    /// From a job: itself to be changed, or another one to be opened alike.
    pub fn of_job(job: &Job, rounds: &[PlannedRound], to_change: bool) -> Draft {
        let mut plain = BTreeMap::from([
            ("title".to_owned(), job.title.clone()),
            ("place".to_owned(), job.place.clone()),
            ("rubric".to_owned(), job.rubric_version_id.to_string()),
            ("hiring_manager".to_owned(), job.hiring_manager_id.to_string()),
            ("recruiter".to_owned(), job.recruiter_id.to_string()),
            ("revision".to_owned(), job.revision.to_string()),
        ]);
        if job.anonymised {
            plain.insert("anonymised".to_owned(), "on".to_owned());
        }
        plain.extend(job.weights().iter().map(|(key, weight)| (format!("weight.{key}"), weight.to_string())));
        let rounds = rounds.iter().map(|round| RoundDraft {
            id: round.id.filter(|_| to_change).map(|id| id.to_string()).unwrap_or_default(),
            name: round.name.clone(),
            medium: round.medium.to_string(),
            minutes: round.minutes.to_string(),
            dimensions: round.dimensions.iter().cloned().collect(),
            questions: round.questions.iter().cloned().collect(),
        });
        Draft { plain, rounds: rounds.collect() }
    }

    pub fn get(&self, name: &str) -> &str {
        self.plain.get(name).map_or("", String::as_str)
    }

    pub fn set(&mut self, name: &str, value: impl ToString) {
        self.plain.insert(name.to_owned(), value.to_string());
    }

    /// Keys of the questions that are the library's.
    pub fn library(&self) -> Vec<String> {
        let all = self.rounds.iter().flat_map(|round| &round.questions);
        all.filter(|key| dimension_of(key).is_some()).cloned().collect()
    }

    /// The rubric was chosen anew after the questions of another were shown.
    pub fn has_other_rubric(&self) -> bool {
        self.plain.get("rubric_shown").is_some_and(|shown| shown != self.get("rubric"))
    }

    /// Does what a button of the form asks: `add-round`, or `remove-round.<n>`; another action only shows it again.
    pub fn rearrange(&mut self, action: &str, rubric: &Rubric, locale: Locale) {
        if action == "add-round" && self.rounds.len() < MAX_ROUNDS {
            let round = self.further_round(rubric, locale);
            self.rounds.push(round);
        } else if let Some(n) = action.strip_prefix("remove-round.").and_then(|n| n.parse::<usize>().ok())
            && n < self.rounds.len()
        {
            self.rounds.remove(n);
        }
    }

    /// Fits the draft to a rubric: dimensions without a weight get the rubric's, rounds lose what the rubric does not
    /// know, and a round that is left without any covers them all.
    pub fn fit(&mut self, rubric: &Rubric) {
        for dimension in &rubric.dimensions {
            self.plain.entry(format!("weight.{}", dimension.key)).or_insert_with(|| dimension.weight.to_string());
        }
        let known: BTreeSet<String> = rubric.dimensions.iter().map(|dimension| dimension.key.clone()).collect();
        let mut asked = BTreeSet::new();
        for round in &mut self.rounds {
            if !round.dimensions.is_empty() && round.dimensions.is_disjoint(&known) {
                round.dimensions = known.clone();
            }
            round.dimensions.retain(|key| known.contains(key));
            round.questions.retain(|key| rubric.question(key).is_some());
            for key in &round.dimensions {
                let has_one = rubric.dimension(key).is_some_and(|dimension| {
                    dimension.questions.iter().any(|question| round.questions.contains(&question.key))
                });
                if !has_one {
                    round.questions.extend(usual_questions(rubric, key, &asked));
                }
            }
            asked.extend(round.questions.iter().cloned());
        }
        self.set("rubric_shown", self.get("rubric").to_owned());
    }

    fn further_round(&self, rubric: &Rubric, locale: Locale) -> RoundDraft {
        let all = || rubric.dimensions.iter().map(|dimension| dimension.key.clone());
        let covered = |key: &String| self.rounds.iter().any(|round| round.dimensions.contains(key));
        let open: BTreeSet<String> = all().filter(|key| !covered(key)).collect();
        let dimensions = if open.is_empty() { all().collect() } else { open };
        let asked: BTreeSet<String> = self.rounds.iter().flat_map(|round| round.questions.clone()).collect();
        let questions = dimensions.iter().flat_map(|key| usual_questions(rubric, key, &asked)).collect();
        RoundDraft {
            id: String::new(),
            name: locale.say("job-round-number", &[("number", (self.rounds.len() + 1).into())]),
            medium: Medium::Video.to_string(),
            minutes: "45".to_owned(),
            dimensions,
            questions,
        }
    }

    /// A text for each thing that somebody can change, to be laid beside another version's: its label, and what it says.
    pub fn said(&self, rubric: Option<&Rubric>, people: &[Member], locale: Locale) -> Vec<(String, String)> {
        let person = |field: &str| {
            let id = self.get(field);
            people
                .iter()
                .find(|member| member.id.to_string() == id)
                .map(|member| member.name.clone())
                .unwrap_or_default()
        };
        let mut said = vec![
            (locale.word("job-title"), self.get("title").to_owned()),
            (locale.word("job-place"), self.get("place").to_owned()),
            (locale.word("job-hiring-manager"), person("hiring_manager")),
            (locale.word("job-recruiter"), person("recruiter")),
            (
                locale.word("job-anonymised"),
                locale.word(if self.get("anonymised").is_empty() { "job-no" } else { "job-yes" }),
            ),
        ];
        let Some(rubric) = rubric else { return said };
        for dimension in &rubric.dimensions {
            let name = dimension.name.in_language(locale.tag());
            let label = locale.say("job-weight-of", &[("dimension", name.into())]);
            said.push((label, self.get(&format!("weight.{}", dimension.key)).to_owned()));
        }
        for (n, round) in (1..).zip(&self.rounds) {
            said.push((locale.say("job-round-number", &[("number", n.into())]), round.said(rubric, locale)));
        }
        said
    }

    pub fn form(&self) -> Form {
        let plain = self.plain.iter().map(|(name, value)| (name.clone(), value.clone()));
        let rounds = self.rounds.iter().enumerate().flat_map(|(n, round)| {
            [("name", &round.name), ("medium", &round.medium), ("minutes", &round.minutes)]
                .map(|(part, value)| (format!("round.{n}.{part}"), value.clone()))
        });
        Form { typed: Fields::from_pairs(plain.chain(rounds).collect()), ..Form::default() }
    }

    pub fn view(&self, rubric: &Rubric, form: &Form, locale: Locale) -> PlanView {
        let language = locale.tag();
        let values: Vec<&str> =
            rubric.dimensions.iter().map(|dimension| self.get(&format!("weight.{}", dimension.key))).collect();
        let weights: Vec<u8> = values.iter().map(|value| value.parse().unwrap_or(0).min(100)).collect();
        let weights =
            rubric.dimensions.iter().zip(values).zip(percents(&weights)).map(|((dimension, value), percent)| {
                let field = format!("weight.{}", dimension.key);
                WeightView {
                    name: dimension.name.in_language(language).to_owned(),
                    value: value.to_owned(),
                    percent: f64::from(percent) / 100.0,
                    error: form.errors.get(&field).cloned().unwrap_or_default(),
                    field,
                }
            });
        let covered: Vec<Vec<String>> =
            self.rounds.iter().map(|round| round.dimensions.iter().cloned().collect()).collect();
        let keys = rubric.dimensions.iter().map(|dimension| dimension.key.as_str());
        let uncovered = interview_plan::uncovered(keys, covered.iter().map(Vec::as_slice));
        PlanView {
            weights: weights.collect(),
            rounds: self.rounds.iter().enumerate().map(|(n, round)| round.view(n, rubric, language)).collect(),
            uncovered: uncovered
                .iter()
                .filter_map(|key| rubric.dimension(key))
                .map(|dimension| dimension.name.in_language(language).to_owned())
                .collect(),
            may_add: self.rounds.len() < MAX_ROUNDS,
        }
    }
}

impl RoundDraft {
    fn typed(fields: &Fields, n: usize) -> RoundDraft {
        let get = |part: &str| fields.get(&format!("round.{n}.{part}")).to_owned();
        let all = |part: &str| fields.all(&format!("round.{n}.{part}")).map(str::to_owned).collect();
        RoundDraft {
            id: get("id"),
            name: get("name"),
            medium: get("medium"),
            minutes: get("minutes"),
            dimensions: all("dimension"),
            questions: all("question"),
        }
    }

    /// Name, medium and length, dimensions, and every question on a line of its own.
    fn said(&self, rubric: &Rubric, locale: Locale) -> String {
        let medium = locale.say("job-medium", &[("medium", self.medium.as_str().into())]);
        let detail =
            locale.say("job-round-detail", &[("medium", medium.into()), ("minutes", self.minutes.as_str().into())]);
        let covered = rubric.dimensions.iter().filter(|dimension| self.dimensions.contains(&dimension.key));
        let names: Vec<&str> = covered.clone().map(|dimension| dimension.name.in_language(locale.tag())).collect();
        let mut lines = vec![self.name.clone(), detail, names.join(", ")];
        let asked = covered
            .flat_map(|dimension| &dimension.questions)
            .filter(|question| self.questions.contains(&question.key))
            .map(|question| question.text.in_language(locale.tag()).to_owned());
        lines.extend(asked);
        lines.join("\n")
    }

    fn view(&self, n: usize, rubric: &Rubric, language: &str) -> RoundView {
        let dimensions = rubric.dimensions.iter().map(|dimension| DimensionView {
            key: dimension.key.clone(),
            name: dimension.name.in_language(language).to_owned(),
            covered: self.dimensions.contains(&dimension.key),
            kinds: QuestionKind::ALL.iter().map(|kind| self.of_kind(*kind, dimension, language)).collect(),
        });
        let chosen = self
            .questions
            .iter()
            .filter(|key| rubric.question(key).is_some_and(|(dimension, _)| self.dimensions.contains(&dimension.key)));
        RoundView { n, id: self.id.clone(), chosen: chosen.count(), dimensions: dimensions.collect() }
    }

    fn of_kind(&self, kind: QuestionKind, dimension: &Dimension, language: &str) -> KindView {
        let of_kind = dimension.questions.iter().filter(|question| question.kind == kind);
        let questions = of_kind.map(|question| QuestionView {
            key: question.key.clone(),
            text: question.text.in_language(language).to_owned(),
            chosen: self.questions.contains(&question.key),
        });
        KindView { kind: kind.as_str(), questions: questions.collect() }
    }
}

/// Title, place and people.
pub fn facts(parser: &mut Parser<'_>) -> Option<JobFacts> {
    let title = parser.line("title", 120);
    let place = parser.optional_line("place", 120);
    let hiring_manager = parser.parsed("hiring_manager");
    let recruiter = parser.parsed("recruiter");
    let anonymised = parser.ticked("anonymised");
    Some(JobFacts { title, place, hiring_manager: hiring_manager?, recruiter: recruiter?, anonymised })
}

/// Rubric, weights and rounds.
pub fn plan(parser: &mut Parser<'_>, fields: &Fields) -> Option<InterviewPlan> {
    let rubric_version: Option<RubricVersionId> = parser.parsed("rubric");
    let names = fields.iter().map(|(name, _)| name).filter(|name| name.starts_with("weight."));
    let weights = names.map(|name| {
        let weight = parser.number(name, 0..=100);
        (name.trim_start_matches("weight.").to_owned(), u8::try_from(weight).unwrap_or(0))
    });
    let weights = weights.collect();
    let count = fields.get("rounds").parse::<usize>().unwrap_or_default();
    if count > MAX_ROUNDS {
        parser.complain("rounds", Message::new("job-rounds-too-many").with("most", MAX_ROUNDS));
    }
    let rounds: Vec<Option<PlannedRound>> = (0..count.min(MAX_ROUNDS)).map(|n| round(parser, fields, n)).collect();
    let rounds: Option<Vec<PlannedRound>> = rounds.into_iter().collect();
    Some(InterviewPlan { rubric_version: rubric_version?, weights, rounds: rounds? })
}

fn round(parser: &mut Parser<'_>, fields: &Fields, n: usize) -> Option<PlannedRound> {
    let field = |part: &str| format!("round.{n}.{part}");
    let name = parser.line(&field("name"), 120);
    let medium = parser.parsed(&field("medium"));
    let minutes = parser.number(&field("minutes"), MINUTES);
    let all = |part: &str| fields.all(&field(part)).map(str::to_owned).collect();
    Some(PlannedRound {
        id: fields.get(&field("id")).parse().ok(),
        name,
        medium: medium?,
        minutes: u16::try_from(minutes).unwrap_or_default(),
        dimensions: all("dimension"),
        questions: all("question"),
    })
}
