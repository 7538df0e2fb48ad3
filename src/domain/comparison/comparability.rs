//! The comparability guard: where the candidates of a job did not get the same interview. It marks, and judges nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Inputs;
use crate::domain::{
    id::{CandidateId, MemberId},
    medium::Medium,
};

/// One way in which the candidates' interviews differ; those alike stand together, the largest group first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Difference {
    /// Some have had the round, these have not (yet).
    Round { round: String, without: Vec<CandidateId> },
    /// Heard through other media.
    Media { groups: Vec<Group<Medium>> },
    /// Asked other questions on the dimension.
    Questions { dimension: String, groups: Vec<Group<String>> },
    /// Met other panels.
    Panels { groups: Vec<Group<MemberId>> },
}

/// Candidates with what they have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group<T> {
    pub candidates: Vec<CandidateId>,
    pub what: Vec<T>,
}

/// Of the candidates who have met somebody; empty when all of them got the same.
pub(super) fn differences(inputs: &Inputs) -> Vec<Difference> {
    let listed: BTreeSet<CandidateId> = inputs.candidates.iter().map(|candidate| candidate.id).collect();
    let mut rounds: BTreeMap<CandidateId, BTreeSet<usize>> = BTreeMap::new();
    let mut panels: BTreeMap<CandidateId, BTreeSet<MemberId>> = BTreeMap::new();
    for met in inputs.met.iter().filter(|met| listed.contains(&met.candidate) && met.round < inputs.rounds.len()) {
        rounds.entry(met.candidate).or_default().insert(met.round);
        panels.entry(met.candidate).or_default().insert(met.rater);
    }

    let held: BTreeSet<usize> = rounds.values().flatten().copied().collect();
    let mut found: Vec<Difference> = held
        .into_iter()
        .filter_map(|round| {
            let without: Vec<CandidateId> =
                rounds.iter().filter(|(_, had)| !had.contains(&round)).map(|(candidate, _)| *candidate).collect();
            let round = inputs.rounds[round].name.clone();
            (!without.is_empty()).then_some(Difference::Round { round, without })
        })
        .collect();

    let of_rounds = |had: &BTreeSet<usize>| had.iter().map(|&round| &inputs.rounds[round]).collect::<Vec<_>>();
    let media = grouped(rounds.iter().map(|(candidate, had)| {
        (*candidate, of_rounds(had).iter().map(|round| round.medium.as_str()).collect::<BTreeSet<_>>())
    }));
    if media.len() > 1 {
        let medium = |group: Group<&'static str>| Group {
            candidates: group.candidates,
            what: group.what.iter().filter_map(|medium| medium.parse().ok()).collect(),
        };
        found.push(Difference::Media { groups: media.into_iter().map(medium).collect() });
    }
    for dimension in &inputs.dimensions {
        let asked = |had: &BTreeSet<usize>| -> BTreeSet<String> {
            of_rounds(had).iter().filter_map(|round| round.asked.get(&dimension.key)).flatten().cloned().collect()
        };
        // Whoever was asked nothing has a gap there, which is said elsewhere.
        let asked =
            rounds.iter().map(|(candidate, had)| (*candidate, asked(had))).filter(|(_, asked)| !asked.is_empty());
        let groups = grouped(asked);
        if groups.len() > 1 {
            found.push(Difference::Questions { dimension: dimension.key.clone(), groups });
        }
    }
    let panels = grouped(panels.into_iter());
    if panels.len() > 1 {
        found.push(Difference::Panels { groups: panels });
    }
    found
}

fn grouped<T: Ord + Clone>(candidates: impl Iterator<Item = (CandidateId, BTreeSet<T>)>) -> Vec<Group<T>> {
    let mut groups: BTreeMap<BTreeSet<T>, Vec<CandidateId>> = BTreeMap::new();
    for (candidate, what) in candidates {
        groups.entry(what).or_default().push(candidate);
    }
    let mut groups: Vec<Group<T>> =
        groups.into_iter().map(|(what, candidates)| Group { candidates, what: what.into_iter().collect() }).collect();
    groups.sort_by(|a, b| b.candidates.len().cmp(&a.candidates.len()).then(a.candidates.cmp(&b.candidates)));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::comparison::{
        Met, Round,
        examples::{SIX, id, rater, shortlist},
    };

    fn round(name: &str, medium: Medium, question: &str) -> Round {
        let asked = BTreeMap::from([("listening".to_owned(), vec![question.to_owned()])]);
        Round { name: name.into(), medium, asked }
    }

    /// Who met whom in which round, of candidates 1 to 3.
    fn found(rounds: Vec<Round>, met: &[(u128, u128, usize)]) -> Vec<Difference> {
        let mut inputs = shortlist(&SIX, &[("Ann", &[]), ("Bo", &[]), ("Cy", &[])]);
        inputs.rounds = rounds;
        inputs.met = met.iter().map(|&(c, r, round)| Met { candidate: id(c), rater: rater(r), round }).collect();
        differences(&inputs)
    }

    #[test]
    fn nothing_is_marked_when_all_got_the_same() {
        let same = [(1, 901, 0), (1, 902, 0), (2, 901, 0), (2, 902, 0)];

        assert_eq!(found(vec![round("First", Medium::Video, "q1")], &same), []);
    }

    #[test]
    fn another_round_with_another_medium_question_and_panel_is_marked_each() {
        let rounds = vec![round("By video", Medium::Video, "q1"), round("By phone", Medium::Phone, "q2")];

        let found = found(rounds, &[(1, 901, 0), (2, 901, 0), (3, 902, 1)]);

        let pair = |what: [&str; 2]| what.map(str::to_owned);
        let [first, second] = pair(["q1", "q2"]);
        assert_eq!(found[0], Difference::Round { round: "By video".into(), without: vec![id(3)] });
        assert_eq!(found[1], Difference::Round { round: "By phone".into(), without: vec![id(1), id(2)] });
        let groups =
            |a, b| vec![Group { candidates: vec![id(1), id(2)], what: a }, Group { candidates: vec![id(3)], what: b }];
        assert_eq!(
            found[2],
            Difference::Media {
                groups: vec![
                    Group { candidates: vec![id(1), id(2)], what: vec![Medium::Video] },
                    Group { candidates: vec![id(3)], what: vec![Medium::Phone] },
                ]
            }
        );
        assert_eq!(
            found[3],
            Difference::Questions { dimension: "listening".into(), groups: groups(vec![first], vec![second]) }
        );
        assert!(matches!(&found[4], Difference::Panels { groups } if groups[1].what == [rater(902)]));
        assert_eq!(found.len(), 5);
    }
}
