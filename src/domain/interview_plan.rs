//! A job's interview plan: what the interviews weigh, ask and cover, and what a plan must hold to.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{
    id::{RoundId, RubricVersionId},
    medium::Medium,
    rubric::{QuestionKind, Rubric},
};
use crate::error::{Complaint, Message};

/// Nobody should have to sit through more; a longer plan is a mistake.
pub const MAX_ROUNDS: usize = 8;
/// Minutes that a round may take.
pub const MINUTES: std::ops::RangeInclusive<i64> = 5..=480;

/// Rubric, weights and rounds of a job: everything that is fixed once its first interview is scheduled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterviewPlan {
    pub rubric_version: RubricVersionId,
    /// Dimension key to relative weight, 0 to 100.
    pub weights: BTreeMap<String, u8>,
    /// In order.
    pub rounds: Vec<PlannedRound>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PlannedRound {
    /// `None` for a round that is new.
    pub id: Option<RoundId>,
    pub name: String,
    pub medium: Medium,
    pub minutes: u16,
    pub dimensions: Vec<String>,
    pub questions: Vec<String>,
}

impl InterviewPlan {
    /// Puts a plan into the order of its rubric. What a dimension is asked is left as chosen; a covered dimension without
    /// a question gets one about something that happened and one about a case to imagine, if possible none that another
    /// round asks. Questions of dimensions that a round does not cover are dropped.
    ///
    /// # Errors
    /// A complaint per part that cannot be; fields are named `weight.<dimension>`, `rounds`, `round.<n>.<part>` from 0.
    pub fn settle<T>(mut self, rubric: &Rubric<T>) -> Result<InterviewPlan, Vec<Complaint>> {
        let mut complaints = Vec::new();
        self.weights.retain(|key, _| rubric.dimension(key).is_some());
        if self.weights.values().all(|&weight| weight == 0) {
            let first = rubric.dimensions.first().map_or("", |dimension| &dimension.key);
            complaints.push(Complaint::new(format!("weight.{first}"), Message::new("job-weights-needed")));
        }
        for dimension in &rubric.dimensions {
            self.weights.entry(dimension.key.clone()).or_insert(0);
        }
        if self.rounds.is_empty() {
            complaints.push(Complaint::new("rounds", Message::new("job-rounds-needed")));
        }
        if self.rounds.len() > MAX_ROUNDS {
            complaints.push(Complaint::new("rounds", Message::new("job-rounds-too-many").with("most", MAX_ROUNDS)));
        }
        let mut asked: BTreeSet<String> =
            self.rounds.iter().flat_map(|round| round.questions.iter().cloned()).collect();
        for (n, round) in self.rounds.iter_mut().enumerate() {
            round.settle(rubric, &mut asked);
            if round.dimensions.is_empty() {
                let message = Message::new("job-round-dimensions-needed");
                complaints.push(Complaint::new(format!("round.{n}.dimension"), message));
            }
        }
        if complaints.is_empty() { Ok(self) } else { Err(complaints) }
    }
}

impl PlannedRound {
    fn settle<T>(&mut self, rubric: &Rubric<T>, asked: &mut BTreeSet<String>) {
        let covered = |key: &str| self.dimensions.iter().any(|known| known == key);
        let (mut dimensions, mut questions) = (Vec::new(), Vec::new());
        for dimension in rubric.dimensions.iter().filter(|dimension| covered(&dimension.key)) {
            dimensions.push(dimension.key.clone());
            let chosen: Vec<String> = dimension
                .questions
                .iter()
                .filter(|question| self.questions.contains(&question.key))
                .map(|question| question.key.clone())
                .collect();
            questions.extend(if chosen.is_empty() { usual_questions(rubric, &dimension.key, asked) } else { chosen });
        }
        asked.extend(questions.iter().cloned());
        (self.dimensions, self.questions) = (dimensions, questions);
    }
}

/// One behavioural and one situational question of a dimension, the first of each that is not among `asked`, else the
/// first at all.
pub fn usual_questions<T>(rubric: &Rubric<T>, dimension: &str, asked: &BTreeSet<String>) -> Vec<String> {
    let Some(dimension) = rubric.dimension(dimension) else { return Vec::new() };
    [QuestionKind::Behavioural, QuestionKind::Situational]
        .into_iter()
        .filter_map(|kind| {
            let mut of_kind = dimension.questions.iter().filter(|question| question.kind == kind);
            let first = of_kind.clone().next();
            of_kind.find(|question| !asked.contains(&question.key)).or(first)
        })
        .map(|question| question.key.clone())
        .collect()
}

/// Keys of the rubric's dimensions that no round covers, in the rubric's order.
pub fn uncovered<'a>(
    dimensions: impl IntoIterator<Item = &'a str>,
    rounds: impl IntoIterator<Item = &'a [String]>,
) -> Vec<&'a str> {
    let covered: BTreeSet<&str> = rounds.into_iter().flatten().map(String::as_str).collect();
    dimensions.into_iter().filter(|key| !covered.contains(key)).collect()
}

/// Weights as whole percents that add up to 100, in the same order: the largest remainders are rounded up. All 0 when
/// all weights are.
pub fn percents(weights: &[u8]) -> Vec<u8> {
    let sum: u32 = weights.iter().map(|&weight| u32::from(weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let mut percents: Vec<u32> = weights.iter().map(|&weight| u32::from(weight) * 100 / sum).collect();
    let left = 100 - percents.iter().sum::<u32>();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&at| std::cmp::Reverse(u32::from(weights[at]) * 100 % sum));
    for &at in by_remainder.iter().take(left as usize) {
        percents[at] += 1;
    }
    // A share is at most 100.
    percents.into_iter().map(|percent| u8::try_from(percent).unwrap_or(100)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rubric::builtin;

    fn round(dimensions: &[&str], questions: &[&str]) -> PlannedRound {
        PlannedRound {
            id: None,
            name: "First".to_owned(),
            medium: Medium::Video,
            minutes: 45,
            dimensions: dimensions.iter().map(ToString::to_string).collect(),
            questions: questions.iter().map(ToString::to_string).collect(),
        }
    }

    fn plan(rounds: Vec<PlannedRound>) -> InterviewPlan {
        let weights = BTreeMap::from([("listening".to_owned(), 2), ("charm".to_owned(), 90)]);
        InterviewPlan { rubric_version: RubricVersionId::new(), weights, rounds }
    }

    #[test]
    fn a_covered_dimension_without_questions_gets_one_of_each_kind() {
        let settled = plan(vec![round(&["listening"], &[])]).settle(builtin()).unwrap();

        assert_eq!(settled.rounds[0].questions, ["lis-b1", "lis-s1"]);
    }

    #[test]
    fn a_second_round_gets_other_questions_than_the_first_while_there_are_any() {
        let rounds = vec![round(&["listening"], &[]), round(&["listening"], &[]), round(&["listening"], &[])];

        let settled = plan(rounds).settle(builtin()).unwrap();

        assert_eq!(settled.rounds[1].questions, ["lis-b2", "lis-s2"]);
        assert_eq!(settled.rounds[2].questions, ["lis-b3", "lis-s1"]);
    }

    #[test]
    fn chosen_questions_stay_and_those_of_dimensions_not_covered_go() {
        let settled = plan(vec![round(&["growth", "listening"], &["com-b1", "lis-s2"])]).settle(builtin()).unwrap();

        assert_eq!(settled.rounds[0].dimensions, ["listening", "growth"]);
        assert_eq!(settled.rounds[0].questions, ["lis-s2", "gro-b1", "gro-s1"]);
    }

    #[test]
    fn weights_name_the_rubrics_dimensions_and_no_other() {
        let settled = plan(vec![round(&["listening"], &[])]).settle(builtin()).unwrap();

        assert_eq!(settled.weights.len(), 6);
        assert_eq!((settled.weights["listening"], settled.weights["growth"]), (2, 0));
    }

    #[test]
    fn a_plan_needs_a_weight_a_round_and_a_dimension_in_each() {
        let fields = |plan: InterviewPlan| -> Vec<String> {
            plan.settle(builtin()).unwrap_err().into_iter().map(|complaint| complaint.field).collect()
        };
        let mut weightless = plan(vec![round(&["charm"], &[])]);
        weightless.weights.clear();

        assert_eq!(fields(plan(Vec::new())), ["rounds"]);
        assert_eq!(fields(weightless), ["weight.listening", "round.0.dimension"]);
        assert_eq!(fields(plan(vec![round(&["growth"], &[]); MAX_ROUNDS + 1])), ["rounds"]);
    }

    #[test]
    fn dimensions_that_no_round_covers_are_named() {
        let covered = [vec!["listening".to_owned()], vec!["growth".to_owned()]];

        let left = uncovered(["listening", "attitude", "growth"], covered.iter().map(Vec::as_slice));

        assert_eq!(left, ["attitude"]);
    }

    #[test]
    fn percents_add_up_to_a_hundred() {
        assert_eq!(percents(&[1, 1, 1]), [34, 33, 33]);
        assert_eq!(percents(&[20, 20, 15, 20, 10, 15]), [20, 20, 15, 20, 10, 15]);
        assert_eq!(percents(&[10; 6]).iter().map(|&share| u32::from(share)).sum::<u32>(), 100);
        assert_eq!(percents(&[0, 0]), [0, 0]);
        assert_eq!(percents(&[100, 0]), [100, 0]);
    }
}
