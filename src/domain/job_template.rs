//! Jobs to start from: a title, weights and an interview plan on the built-in rubric.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::medium::Medium;

/// A job as it is usually hired for, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobTemplate {
    pub key: String,
    pub title: String,
    pub summary: String,
    /// The key of the rubric that its weights and questions belong to.
    pub rubric: String,
    /// Percent by dimension; they sum to 100.
    pub weights: BTreeMap<String, u8>,
    pub rounds: Vec<RoundTemplate>,
}

/// One round of a template's interview plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundTemplate {
    pub name: String,
    pub medium: Medium,
    pub minutes: u16,
    /// Keys of the dimensions that it covers, in the order of asking.
    pub dimensions: Vec<String>,
    /// Keys of its questions: one behavioural and one situational per dimension.
    pub questions: Vec<String>,
}

/// The job templates in `language` or its base language, else in English.
pub fn job_templates(language: &str) -> &'static [JobTemplate] {
    static READ: LazyLock<Vec<(&str, Vec<JobTemplate>)>> = LazyLock::new(|| {
        let read = |(language, yaml)| match serde_saphyr::from_str(yaml) {
            Ok(templates) => (language, templates),
            // The files are part of the program, and the tests below read them.
            Err(error) => panic!("the job templates in {language} are broken: {error}"),
        };
        FILES.into_iter().map(read).collect()
    });

    let base = language.split('-').next().unwrap_or(language);
    let found = READ.iter().find(|(written, _)| *written == base).or(READ.first());
    found.map(|(_, templates)| templates.as_slice()).unwrap_or_default()
}

const FILES: [(&str, &str); 2] = [
    ("en", include_str!("../../rubrics/job-templates/en.yaml")),
    ("sv", include_str!("../../rubrics/job-templates/sv.yaml")),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::rubric::{QuestionKind, builtin};

    #[test]
    fn both_languages_have_the_same_jobs_in_their_own_words() {
        let wordless = |language| {
            let mut templates = job_templates(language).to_vec();
            for template in &mut templates {
                (template.title, template.summary) = Default::default();
                template.rounds.iter_mut().for_each(|round| round.name.clear());
            }
            templates
        };

        assert_eq!(wordless("en"), wordless("sv"));
        assert_eq!(job_templates("en").len(), 4);
        assert_ne!(job_templates("en")[0].title, job_templates("sv-FI")[0].title);
        assert_eq!(job_templates("nb"), job_templates("en"));
    }

    #[test]
    fn weights_name_every_dimension_and_sum_to_a_hundred() {
        let dimensions: BTreeSet<&str> = builtin().dimensions.iter().map(|dimension| dimension.key.as_str()).collect();

        for template in job_templates("en") {
            assert_eq!(template.rubric, builtin().key);
            assert_eq!(template.weights.keys().map(String::as_str).collect::<BTreeSet<_>>(), dimensions);
            assert_eq!(template.weights.values().map(|&weight| u32::from(weight)).sum::<u32>(), 100);
        }
    }

    #[test]
    fn every_dimension_is_covered_and_asked_about_in_both_ways() {
        for template in job_templates("en") {
            for round in &template.rounds {
                let asked: BTreeSet<(&str, QuestionKind)> = round
                    .questions
                    .iter()
                    .map(|key| builtin().question(key).unwrap())
                    .map(|(dimension, question)| (dimension.key.as_str(), question.kind))
                    .collect();
                let wanted: BTreeSet<(&str, QuestionKind)> = round
                    .dimensions
                    .iter()
                    .flat_map(|key| {
                        [QuestionKind::Behavioural, QuestionKind::Situational].map(|kind| (key.as_str(), kind))
                    })
                    .collect();

                assert_eq!(asked, wanted, "{} {}", template.key, round.name);
                assert_eq!(round.questions.len(), wanted.len());
            }
            let covered: BTreeSet<&String> = template.rounds.iter().flat_map(|round| &round.dimensions).collect();
            assert_eq!(covered.len(), builtin().dimensions.len(), "{}", template.key);
        }
    }

    #[test]
    fn no_candidate_is_asked_the_same_question_twice() {
        for template in job_templates("en") {
            let questions: Vec<&String> = template.rounds.iter().flat_map(|round| &round.questions).collect();
            let different: BTreeSet<&String> = questions.iter().copied().collect();

            assert_eq!(different.len(), questions.len(), "{}", template.key);
        }
    }
}
