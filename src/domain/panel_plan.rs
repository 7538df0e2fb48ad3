//! Whom to seat with the next candidate of a job, so that the same people link all of its candidates.

use std::collections::{BTreeMap, BTreeSet};

use super::id::{ApplicationId, MemberId};
use crate::stats::{
    connectedness::{Connectedness, plan},
    ratings::{Rating, Ratings, Scale},
};

/// Who could join the panel of `here` so that the job's candidates can be compared: the same people for everybody when the
/// usual panel is all who sit in the job, else the next in a cycle that links the candidates, as long as it does.
/// `candidates` are the job's in a fixed order, `seated` who meets whom. Empty when nobody is seated yet, and when this
/// candidate's panel has its usual size.
pub fn propose(
    candidates: &[ApplicationId],
    seated: &BTreeSet<(ApplicationId, MemberId)>,
    here: ApplicationId,
) -> Vec<MemberId> {
    let panel = |candidate: ApplicationId| seated.iter().filter(move |(whom, _)| *whom == candidate).count();
    let pool: Vec<MemberId> = seated.iter().map(|(_, member)| *member).collect::<BTreeSet<_>>().into_iter().collect();
    let (Some(position), Some(size)) =
        (candidates.iter().position(|candidate| *candidate == here), usual(candidates.iter().map(|c| panel(*c))))
    else {
        return Vec::new();
    };
    let size = size.clamp(2, pool.len().max(2));
    let own: BTreeSet<MemberId> = seated.iter().filter(|(whom, _)| *whom == here).map(|(_, member)| *member).collect();
    if own.len() >= size || panel(here) == seated.len() {
        return Vec::new();
    }
    let cycle = plan(candidates.len(), pool.len(), size).ok().and_then(|panels| panels.get(position).cloned());
    let cycle: Vec<MemberId> = cycle.unwrap_or_default().into_iter().filter_map(|at| pool.get(at).copied()).collect();
    let joined: BTreeSet<_> = seated.iter().copied().chain(cycle.iter().map(|member| (here, *member))).collect();
    let links = !cycle.is_empty() && graph(candidates, &pool, &joined).is_some_and(|graph| graph.connected());
    let chosen = if links { cycle } else { linking(candidates, &pool, seated) };
    chosen.into_iter().filter(|member| !own.contains(member)).take(size - own.len()).collect()
}

/// The most common size of the panels that there are; of several the largest.
fn usual(sizes: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for size in sizes.filter(|size| *size > 0) {
        *counts.entry(size).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(size, count)| (*count, *size)).map(|(size, _)| size)
}

/// How candidates and members hang together.
fn graph(
    candidates: &[ApplicationId],
    pool: &[MemberId],
    seated: &BTreeSet<(ApplicationId, MemberId)>,
) -> Option<Connectedness> {
    let form = |(candidate, member): &(ApplicationId, MemberId)| {
        let candidate = candidates.iter().position(|known| known == candidate)?;
        let rater = pool.iter().position(|known| known == member)?;
        // Only who meets whom counts here, not what they say.
        Some(Rating { candidate, rater, dimension: 0, value: 3.0 })
    };
    let forms = seated.iter().filter_map(form);
    let ratings = Ratings::new(candidates.len(), pool.len(), 1, Scale::five_steps(), forms).ok()?;
    Some(Connectedness::new(&ratings))
}

/// One after another of each part, the largest first, whoever meets most candidates: together they join the parts.
fn linking(
    candidates: &[ApplicationId],
    pool: &[MemberId],
    seated: &BTreeSet<(ApplicationId, MemberId)>,
) -> Vec<MemberId> {
    let Some(graph) = graph(candidates, pool, seated) else { return Vec::new() };
    let meets = |member: &MemberId| seated.iter().filter(|(_, seat)| seat == member).count();
    let mut parts: Vec<Vec<MemberId>> = graph
        .parts
        .iter()
        .map(|part| {
            let mut members: Vec<MemberId> = part.raters.iter().filter_map(|at| pool.get(*at).copied()).collect();
            // The last is taken first.
            members.sort_by_key(|member| (meets(member), std::cmp::Reverse(*member)));
            members
        })
        .collect();
    let mut chosen = Vec::new();
    while parts.iter().any(|part| !part.is_empty()) {
        chosen.extend(parts.iter_mut().filter_map(Vec::pop));
    }
    chosen
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn application(n: u128) -> ApplicationId {
        ApplicationId(Uuid::from_u128(n))
    }

    fn member(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    /// Candidate and member by number, of four candidates; whom to seat with `here`.
    fn proposed(seated: &[(u128, u128)], here: u128) -> Vec<u128> {
        let candidates: Vec<ApplicationId> = (1..=4).map(application).collect();
        let seated = seated.iter().map(|(c, m)| (application(*c), member(*m))).collect();
        propose(&candidates, &seated, application(here)).into_iter().map(|member| member.0.as_u128()).collect()
    }

    #[test]
    fn a_panel_that_meets_everybody_is_proposed_again() {
        assert_eq!(proposed(&[(1, 11), (1, 12), (2, 11), (2, 12)], 3), [11, 12]);
        assert_eq!(proposed(&[(1, 11), (1, 12), (3, 12)], 3), [11], "the one who is missing");
    }

    #[test]
    fn more_interviewers_than_a_panel_seats_go_round_so_that_candidates_are_linked() {
        let seated = [(1, 11), (1, 12), (2, 12), (2, 13)];
        assert_eq!(proposed(&seated, 3), [13, 11]);
        assert_eq!(proposed(&seated, 4), [11, 12]);
    }

    #[test]
    fn where_the_cycle_would_not_link_one_of_each_part_is_proposed() {
        // Two panels that share nobody. The cycle would seat 13 and 14 with the third candidate and leave the gap.
        assert_eq!(proposed(&[(1, 11), (1, 12), (2, 13), (2, 14)], 3), [11, 13]);
        assert_eq!(proposed(&[(1, 11)], 2), [11], "the only one there is");
    }

    #[test]
    fn nobody_is_proposed_while_nobody_sits_and_when_the_panel_is_full() {
        assert_eq!(proposed(&[], 1), [] as [u128; 0]);
        assert_eq!(proposed(&[(1, 11)], 1), [] as [u128; 0]);
        assert_eq!(proposed(&[(1, 11), (1, 12), (2, 11), (2, 12)], 2), [] as [u128; 0]);
    }
}
