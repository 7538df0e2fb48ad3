//! Whether the raters have enough candidates in common for their ratings to be compared, what to add
//! when they have not, and panels planned so that they have.

use std::collections::BTreeSet;

use super::estimate::{Outcome, Reason};
use super::ratings::Ratings;

/// A form that is there or proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub candidate: usize,
    pub rater: usize,
}

/// Candidates and raters who hang together through forms, each in rising order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub candidates: Vec<usize>,
    pub raters: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Person {
    Candidate(usize),
    Rater(usize),
}

/// How the forms hang together. Candidates and raters without a rating are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Connectedness {
    /// The largest first (most candidates, then the first candidate). More than one: disconnected.
    pub parts: Vec<Part>,
    /// Every rater rated every candidate on every dimension.
    pub crossed: bool,
    /// Rank of the indicator columns of candidates, raters and dimensions; below `rank_needed` some
    /// difference cannot be told from another, for example because one rater alone has a dimension.
    pub rank: usize,
    pub rank_needed: usize,
    /// Forms without which a part would fall apart.
    pub bridges: Vec<Link>,
    /// People without whom a part would fall apart.
    pub articulation: Vec<Person>,
}

impl Connectedness {
    pub fn new(ratings: &Ratings) -> Self {
        let graph = Graph::new(ratings);
        let (rank, rank_needed) = ranks(ratings);
        let (bridges, articulation) = graph.weak_links();
        let parts = graph.parts();
        let people: usize = parts.iter().map(|part| part.candidates.len()).sum();
        let raters: usize = parts.iter().map(|part| part.raters.len()).sum();
        let used = (0..ratings.dimensions()).filter(|&d| ratings.iter().any(|rating| rating.dimension == d)).count();
        let crossed = ratings.count() == people * raters * used;
        Self { parts, crossed, rank, rank_needed, bridges, articulation }
    }

    pub fn connected(&self) -> bool {
        self.parts.len() <= 1
    }

    /// Forms that would join every part to the largest: `per_part` each, one being the fewest and two
    /// the recommended number. Raters come from the largest part, those with the fewest forms first;
    /// candidates are those of the other part that lie nearest to the decision line, by
    /// `distance[candidate]`. Links to one part share no person if it has enough people.
    pub fn suggested_links(&self, ratings: &Ratings, distance: &[f64], per_part: usize) -> Vec<Link> {
        let Some((largest, others)) = self.parts.split_first() else { return Vec::new() };
        let mut load: Vec<(usize, usize)> =
            largest.raters.iter().map(|&rater| (ratings.candidates_of(rater).count(), rater)).collect();
        let mut links = Vec::new();
        for part in others {
            let mut candidates = part.candidates.clone();
            candidates.sort_by(|&a, &b| distance[a].total_cmp(&distance[b]).then(a.cmp(&b)));
            let mut proposed = BTreeSet::new();
            for number in 0..per_part.min(candidates.len() * load.len()) {
                load.sort_unstable();
                let candidate = candidates[number % candidates.len()];
                let free = load.iter_mut().find(|(_, rater)| !proposed.contains(&(candidate, *rater)));
                let Some(chosen) = free else { continue };
                proposed.insert((candidate, chosen.1));
                links.push(Link { candidate, rater: chosen.1 });
                chosen.0 += 1;
            }
        }
        links
    }
}

/// A panel for each candidate: `per_candidate` of `raters`, in a cycle. Two or more per candidate
/// make the plan connected, with loads that differ by as little as a cycle allows, and neighbours
/// that share as many raters as possible.
pub fn plan(candidates: usize, raters: usize, per_candidate: usize) -> Outcome<Vec<Vec<usize>>> {
    if raters < per_candidate {
        return Err(Reason::FewRaters { have: raters, need: per_candidate });
    }
    if per_candidate == 0 || (per_candidate == 1 && raters > 1 && candidates > 1) {
        return Err(Reason::FewRaters { have: per_candidate, need: 2 });
    }
    let panel = |candidate: usize| (0..per_candidate).map(|i| (candidate + i) % raters).collect();
    Ok((0..candidates).map(panel).collect())
}

/// Candidates are the first nodes, raters follow.
struct Graph {
    candidates: usize,
    neighbours: Vec<Vec<usize>>,
}

impl Graph {
    fn new(ratings: &Ratings) -> Self {
        let candidates = ratings.candidates();
        let mut neighbours = vec![Vec::new(); candidates + ratings.raters()];
        for (candidate, rater) in ratings.forms() {
            neighbours[candidate].push(candidates + rater);
            neighbours[candidates + rater].push(candidate);
        }
        Self { candidates, neighbours }
    }

    fn parts(&self) -> Vec<Part> {
        let mut seen = vec![false; self.neighbours.len()];
        let mut parts = Vec::new();
        for start in 0..self.candidates {
            if seen[start] || self.neighbours[start].is_empty() {
                continue;
            }
            let mut members = BTreeSet::new();
            let mut waiting = vec![start];
            while let Some(node) = waiting.pop() {
                if !std::mem::replace(&mut seen[node], true) {
                    members.insert(node);
                    waiting.extend(&self.neighbours[node]);
                }
            }
            let (candidates, raters): (Vec<_>, Vec<_>) = members.into_iter().partition(|&n| n < self.candidates);
            parts.push(Part { candidates, raters: raters.iter().map(|n| n - self.candidates).collect() });
        }
        parts.sort_by_key(|part| (usize::MAX - part.candidates.len(), part.candidates[0]));
        parts
    }

    /// Bridges and articulation points by depth-first search (Hopcroft and Tarjan 1973).
    fn weak_links(&self) -> (Vec<Link>, Vec<Person>) {
        let mut search = Search {
            graph: self,
            entered: vec![0; self.neighbours.len()],
            reach: vec![0; self.neighbours.len()],
            clock: 0,
            bridges: Vec::new(),
            articulation: BTreeSet::new(),
        };
        for node in 0..self.neighbours.len() {
            if search.entered[node] == 0 && !self.neighbours[node].is_empty() {
                search.visit(node, None);
            }
        }
        search.bridges.sort_unstable();
        (search.bridges, search.articulation.into_iter().map(|node| self.person(node)).collect())
    }

    fn person(&self, node: usize) -> Person {
        if node < self.candidates { Person::Candidate(node) } else { Person::Rater(node - self.candidates) }
    }
}

struct Search<'a> {
    graph: &'a Graph,
    /// When the node was reached, from 1; 0 before.
    entered: Vec<usize>,
    /// The earliest node that can be reached from below without the edge above.
    reach: Vec<usize>,
    clock: usize,
    bridges: Vec<Link>,
    articulation: BTreeSet<usize>,
}

impl Search<'_> {
    fn visit(&mut self, node: usize, above: Option<usize>) {
        self.clock += 1;
        self.entered[node] = self.clock;
        self.reach[node] = self.clock;
        let mut children = 0;
        for &next in &self.graph.neighbours[node] {
            if Some(next) == above {
                continue;
            }
            if self.entered[next] != 0 {
                self.reach[node] = self.reach[node].min(self.entered[next]);
                continue;
            }
            children += 1;
            self.visit(next, Some(node));
            self.reach[node] = self.reach[node].min(self.reach[next]);
            if self.reach[next] > self.entered[node] {
                let (candidate, rater) = (node.min(next), node.max(next) - self.graph.candidates);
                self.bridges.push(Link { candidate, rater });
            }
            if above.is_some() && self.reach[next] >= self.entered[node] {
                self.articulation.insert(node);
            }
        }
        if above.is_none() && children > 1 {
            self.articulation.insert(node);
        }
    }
}

/// Rank of the indicators of candidate, rater and dimension, and the rank P + R + D − 2 that a design
/// without confounding has; both over those that have a rating.
fn ranks(ratings: &Ratings) -> (usize, usize) {
    let (p, r, d) = (ratings.candidates(), ratings.raters(), ratings.dimensions());
    // The rank of X is that of XᵀX, whose entries are counts. Candidates, who may be many, never share
    // a rating, so that they are eliminated one by one before the rest is looked at.
    let mut gram = vec![vec![0.0_f64; r + d]; r + d];
    let mut of_candidate = vec![(0.0_f64, vec![0.0_f64; r + d]); p];
    for rating in ratings.iter() {
        let columns = [rating.rater, r + rating.dimension];
        let (count, shared) = &mut of_candidate[rating.candidate];
        *count += 1.0;
        for i in columns {
            shared[i] += 1.0;
            for j in columns {
                gram[i][j] += 1.0;
            }
        }
    }
    let largest = (0..r + d).map(|i| gram[i][i]).fold(0.0, f64::max);
    let columns = (0..r + d).filter(|&i| gram[i][i] > 0.0).count();
    let people = of_candidate.iter().filter(|(count, _)| *count > 0.0).count();
    for (count, shared) in of_candidate.iter().filter(|(count, _)| *count > 0.0) {
        for (i, row) in gram.iter_mut().enumerate().filter(|(i, _)| shared[*i] > 0.0) {
            row.iter_mut().zip(shared).for_each(|(x, other)| *x -= shared[i] * other / count);
        }
    }
    (people + rank_of(gram, largest), (people + columns).saturating_sub(2))
}

/// Rank of a positive semidefinite matrix by elimination with the largest diagonal element as pivot; a
/// billionth of `largest` counts as zero.
fn rank_of(mut matrix: Vec<Vec<f64>>, largest: f64) -> usize {
    let mut left: Vec<usize> = (0..matrix.len()).collect();
    let mut rank = 0;
    while let Some(place) =
        (0..left.len()).max_by(|&a, &b| matrix[left[a]][left[a]].total_cmp(&matrix[left[b]][left[b]]))
    {
        let pivot = left.swap_remove(place);
        let diagonal = matrix[pivot][pivot];
        if diagonal <= 1e-9 * largest {
            break;
        }
        rank += 1;
        let row = matrix[pivot].clone();
        for &i in &left {
            let factor = row[i] / diagonal;
            if factor != 0.0 {
                for &j in &left {
                    matrix[i][j] -= factor * row[j];
                }
            }
        }
    }
    rank
}

#[cfg(test)]
mod tests;
