//! The quick half of a comparison: from what the panel model found to the value that everybody shows, with names.

use std::collections::{BTreeSet, HashMap};

use super::{
    Adjustment, Band, CandidateResult, Caution, Cell, Certainty, Comparison, DimensionShare, Fitted, Inputs, Interval,
    List, Method, Next, Pair, Probabilities, Sensitivity, Verdict, cells, comparability,
    fit::{Posterior, fit},
    robust::{self, is_comparable},
    tidy,
};
use crate::{
    domain::id::CandidateId,
    i18n::Locale,
    stats::{
        checks::PairOf,
        connectedness::{Part, Person},
        ratings::Scale,
        shown::{self, Standing},
        weighted_means::weighted_means,
        weights::{BadWeights, Weights},
    },
};

/// Fits and assembles: for whoever has the time to wait.
pub fn compare(inputs: &Inputs) -> Result<Comparison, BadWeights> {
    compare_with(inputs, &fit(inputs)?)
}

/// Assembles from a fit that is there. The inputs may have other weights than the fit (a what-if), or some of its candidates
/// only: nothing is fitted anew, and the chosen stand as they stand among all.
pub fn compare_with(inputs: &Inputs, fitted: &Fitted) -> Result<Comparison, BadWeights> {
    let by_key: HashMap<&str, f64> = inputs.dimensions.iter().map(|d| (d.key.as_str(), d.weight)).collect();
    let in_order: Vec<f64> =
        fitted.dimensions.iter().map(|key| by_key.get(key.as_str()).copied().unwrap_or_default()).collect();
    let weights = Weights::new(&in_order)?;
    let found = Found::new(inputs, fitted, &weights);

    let own_order = Weights::new(&inputs.dimensions.iter().map(|d| d.weight).collect::<Vec<_>>())?;
    let means = weighted_means(&cells::ratings(inputs), &own_order);
    let ticks = cells::ticks(inputs);
    let mut results: Vec<CandidateResult> =
        (0..inputs.candidates.len()).map(|c| cells::candidate(inputs, &means, &ticks, c)).collect();
    results.iter_mut().for_each(|result| found.complete(result));

    let (lists, bands) = found.lists();
    let verdict = verdict(&results, &lists);
    results.sort_by_key(|result| result.id);
    let candidates = results;
    let shares = own_order.as_slice();
    let posterior = fitted.posterior.as_ref();
    let found = Comparison {
        method: if posterior.is_some() { Method::PanelModel } else { Method::WeightedMeans },
        inputs_digest: inputs.digest(),
        diagnostics: posterior.map(|posterior| posterior.diagnostics.clone()),
        verdict,
        next: next(verdict, &candidates, &bands, shares, fitted),
        cautions: found.cautions(&candidates, shares),
        pairs: found.pairs(),
        sensitivity: found.sensitivity(),
        reliability: fitted.reliability.clone(),
        differences: comparability::differences(inputs),
        lists,
        bands,
        candidates,
        dimensions: inputs
            .dimensions
            .iter()
            .zip(shares)
            .map(|(d, &share)| DimensionShare { key: d.key.clone(), name: d.name.clone(), share: tidy(share) })
            .collect(),
        raters: inputs.raters.clone(),
        expected: inputs.scorecards.len() + inputs.missing.len() + inputs.hidden,
        submitted: inputs.scorecards.len(),
        hidden: inputs.hidden,
        missing: inputs.missing.clone(),
    };
    Ok(found.in_order_for(Locale::En))
}

/// What the panel model found, of those who are shown, under the weights that are asked for.
struct Found<'a> {
    fitted: &'a Fitted,
    weights: &'a Weights,
    /// Other weights than the job's.
    moved: bool,
    /// Nobody is left out.
    everybody: bool,
    /// The parts of the panel with somebody who is shown; a list with one rater has no standings.
    parts: Vec<(&'a Part, Option<shown::List>, Vec<usize>)>,
    standings: HashMap<CandidateId, (Standing, usize)>,
}

impl<'a> Found<'a> {
    fn new(inputs: &Inputs, fitted: &'a Fitted, weights: &'a Weights) -> Found<'a> {
        let chosen: BTreeSet<CandidateId> = inputs.candidates.iter().map(|candidate| candidate.id).collect();
        let moved = weights.as_slice().iter().zip(fitted.weights.as_slice()).any(|(a, b)| (a - b).abs() > 1e-9);
        let groups: Vec<Vec<usize>> = fitted
            .hanging
            .parts
            .iter()
            .map(|part| part.candidates.iter().copied().filter(|&c| chosen.contains(&fitted.candidates[c])).collect())
            .collect();
        let everybody = groups.iter().map(Vec::len).sum::<usize>() == fitted.candidates.len();
        let lists: Vec<Option<shown::List>> = match &fitted.posterior {
            None => groups.iter().map(|_| None).collect(),
            Some(posterior) if everybody && !moved => posterior.lists.iter().cloned().map(Some).collect(),
            Some(posterior) => {
                let mut lists = shown::lists(&fitted.ratings, weights, &posterior.draws, &groups);
                if !moved {
                    lists.iter_mut().for_each(|list| as_among_all(list, posterior));
                }
                lists.into_iter().map(Some).collect()
            }
        };
        let parts: Vec<_> = fitted
            .hanging
            .parts
            .iter()
            .zip(lists)
            .zip(groups)
            .filter(|(_, members)| !members.is_empty())
            .map(|((part, list), members)| (part, list.filter(|_| is_comparable(part)), members))
            .collect();
        let standings = parts
            .iter()
            .flat_map(|(_, list, members)| list.iter().flat_map(|l| &l.candidates).map(|s| (s, members.len())))
            .map(|(standing, of)| (fitted.candidates[standing.candidate], (standing.clone(), of)))
            .collect();
        Found { fitted, weights, moved, everybody, parts, standings }
    }

    /// Adds to a candidate what the model found.
    fn complete(&self, result: &mut CandidateResult) {
        let (Some((standing, of)), Some(posterior)) = (self.standings.get(&result.id), &self.fitted.posterior) else {
            result.no_estimate = Some(if result.ratings == 0 { "no_data" } else { "few_raters" }.to_owned());
            return;
        };
        let (fair, narrow) = (on_scale(Interval::of(standing.fair_score)), on_scale(Interval::of(standing.narrow)));
        result.adjustment = result.plain_mean.map(|plain| {
            let raters = -self.leniency(posterior, standing.candidate);
            Adjustment { raters: tidy(raters), chance: tidy(fair.value - plain - raters) }
        });
        result.estimate = Some(Interval { inner: Some((narrow.lower, narrow.upper)), ..fair });
        result.probabilities = (*of > 1).then(|| Probabilities {
            best: tidy(standing.p_best),
            top: standing.p_top.iter().map(|&p| tidy(p)).collect(),
            expected_rank: tidy(standing.expected_rank),
            rank: standing.rank,
        });
        let levels = &posterior.levels[standing.candidate];
        for cell in &mut result.cells {
            let Some(level) = self.place(&cell.dimension).and_then(|d| levels.get(d)) else { continue };
            cell.fair = Some(on_scale(Interval::of(level.level)));
            cell.stands_out = level.stands_out;
        }
        let alone = self.fitted.hanging.parts.iter().any(|part| part.candidates == [standing.candidate]);
        result.even_profile = (!alone && levels.len() > 1).then(|| levels.iter().all(|level| level.stands_out == 0));
    }

    /// How much of the plain mean comes from rating higher than the average rater.
    fn leniency(&self, posterior: &Posterior, candidate: usize) -> f64 {
        let (mut sum, mut total) = (0.0, 0.0);
        for (d, &weight) in self.weights.as_slice().iter().enumerate() {
            let raters = (0..self.fitted.raters.len()).filter(|&r| self.fitted.ratings.get(candidate, r, d).is_some());
            let given: Vec<f64> = raters.map(|rater| posterior.leniency[rater][d]).collect();
            if !given.is_empty() {
                sum += weight * given.iter().sum::<f64>() / given.len() as f64;
                total += weight;
            }
        }
        if total > 0.0 { sum / total } else { 0.0 }
    }

    fn place(&self, dimension: &str) -> Option<usize> {
        self.fitted.dimensions.iter().position(|key| key == dimension)
    }

    fn lists(&self) -> (Vec<List>, Vec<Band>) {
        let mut lists = Vec::new();
        let mut bands = Vec::new();
        for (i, (part, list, members)) in self.parts.iter().enumerate() {
            let of_list = match list {
                Some(list) => self.bands(list, i),
                None => {
                    let members = members.iter().map(|&c| self.fitted.candidates[c]).collect();
                    vec![Band { list: i, candidates: members, level: true, clear: true }]
                }
            };
            let candidates: Vec<CandidateId> = of_list.iter().flat_map(|band| band.candidates.clone()).collect();
            let shortlist = list.iter().filter(|_| candidates.len() > 1).flat_map(|list| &list.shortlist);
            lists.push(List {
                raters: part.raters.iter().map(|&r| self.fitted.raters[r]).collect(),
                verdict: list_verdict(candidates.len(), list.is_some(), &of_list),
                shortlist: shortlist.map(|&c| self.fitted.candidates[c]).collect(),
                candidates,
            });
            bands.extend(of_list);
        }
        (lists, bands)
    }

    fn bands(&self, list: &shown::List, place: usize) -> Vec<Band> {
        let words: HashMap<(usize, usize), Certainty> =
            list.pairs.iter().map(|pair| ((pair.a, pair.b), Certainty::of(pair.verdict))).collect();
        let word = |a: usize, b: usize| words.get(&(a, b)).or(words.get(&(b, a))).copied().unwrap_or(Certainty::Open);
        list.candidates
            .chunk_by(|a, b| a.band == b.band)
            .map(|members| {
                let below = || list.candidates.iter().filter(|standing| standing.band > members[0].band);
                let mut candidates: Vec<CandidateId> =
                    members.iter().map(|standing| self.fitted.candidates[standing.candidate]).collect();
                candidates.sort_unstable();
                let every = |others: &dyn Fn() -> Vec<usize>, holds: &dyn Fn(Certainty) -> bool| {
                    let others = others();
                    members.iter().all(|m| others.iter().all(|&o| o == m.candidate || holds(word(m.candidate, o))))
                };
                Band {
                    list: place,
                    level: every(&|| members.iter().map(|m| m.candidate).collect(), &|w| w == Certainty::Open),
                    clear: every(&|| below().map(|b| b.candidate).collect(), &|w| w == Certainty::Clear),
                    candidates,
                }
            })
            .collect()
    }

    fn pairs(&self) -> Vec<Pair> {
        let shown = self.parts.iter().filter_map(|(_, list, _)| list.as_ref());
        shown
            .flat_map(|list| &list.pairs)
            .map(|pair| Pair {
                a: self.fitted.candidates[pair.a],
                b: self.fitted.candidates[pair.b],
                above: tidy(pair.p),
                beyond: tidy(pair.p_margin),
                behind: tidy(pair.p_margin_behind),
                word: Certainty::of(pair.verdict),
            })
            .collect()
    }

    /// Of the first list that has two candidates.
    fn sensitivity(&self) -> Option<Sensitivity> {
        if self.everybody && !self.moved {
            return self.fitted.posterior.as_ref()?.sensitivity.clone();
        }
        let list = self.parts.iter().filter_map(|(_, list, _)| list.as_ref()).find(|list| list.candidates.len() > 1)?;
        robust::sensitivity(self.fitted, list, self.weights)
    }

    fn cautions(&self, candidates: &[CandidateResult], shares: &[f64]) -> Vec<Caution> {
        let Some(posterior) = &self.fitted.posterior else { return Vec::new() };
        let mut cautions = Vec::new();
        let mut of_pairs = |found: &[PairOf], caution: fn(Vec<(CandidateId, CandidateId)>) -> Caution| {
            let name = |c: usize| self.fitted.candidates[c];
            let known = |pair: &&PairOf| [pair.a, pair.b].iter().all(|&c| self.standings.contains_key(&name(c)));
            let pairs: Vec<_> = found.iter().filter(known).map(|pair| (name(pair.a), name(pair.b))).collect();
            // The checks were made under the job's own weights.
            if !pairs.is_empty() && !self.moved {
                cautions.push(caution(pairs));
            }
        };
        of_pairs(&posterior.not_enough_evidence, |pairs| Caution::NotEnoughEvidence { pairs });
        of_pairs(&posterior.steps_as_order, |pairs| Caution::StepsAsOrder { pairs });
        of_pairs(&posterior.leans_on_prior, |pairs| Caution::LeansOnPrior { pairs });

        let hanging = &self.fitted.hanging;
        if hanging.rank_needed.saturating_sub(hanging.rank) > hanging.parts.len().saturating_sub(1) {
            cautions.push(Caution::Confounded);
        }
        cautions.extend(hanging.articulation.iter().filter_map(|person| match *person {
            Person::Rater(rater) => Some(Caution::HangsOnOne { rater: self.fitted.raters[rater] }),
            Person::Candidate(_) => None,
        }));
        for candidate in candidates.iter().filter(|candidate| candidate.estimate.is_some()) {
            let gaps = candidate.cells.iter().zip(shares).filter(|(cell, share)| cell.gap.is_some() && **share > 0.0);
            cautions.extend(
                gaps.map(|(cell, _)| Caution::Unrated { candidate: candidate.id, dimension: cell.dimension.clone() }),
            );
        }
        if !posterior.diagnostics.reached {
            cautions.push(Caution::NotExact);
        }
        cautions
    }
}

impl Certainty {
    fn of(verdict: shown::Verdict) -> Certainty {
        match verdict {
            shown::Verdict::Clear => Certainty::Clear,
            shown::Verdict::Probable => Certainty::Probable,
            shown::Verdict::Leaning => Certainty::Leaning,
            shown::Verdict::Open => Certainty::Open,
        }
    }
}

/// Two candidates stand to each other as they do among all, to the last digit.
fn as_among_all(list: &mut shown::List, posterior: &Posterior) {
    let all: HashMap<(usize, usize), &shown::Pair> =
        posterior.lists.iter().flat_map(|list| &list.pairs).map(|pair| ((pair.a, pair.b), pair)).collect();
    for pair in &mut list.pairs {
        if let Some(same) = all.get(&(pair.a, pair.b)) {
            *pair = **same;
        }
    }
}

/// The ends are cut at the ends of the scale.
fn on_scale(interval: Interval) -> Interval {
    let scale = Scale::five_steps();
    let cut = |x: f64| x.clamp(scale.low(), scale.high());
    Interval { lower: cut(interval.lower), upper: cut(interval.upper), ..interval }
}

fn list_verdict(candidates: usize, is_comparable: bool, bands: &[Band]) -> Verdict {
    match bands {
        _ if candidates == 1 => Verdict::OneCandidate,
        _ if !is_comparable => Verdict::TooFewToTell,
        [] | [_] => Verdict::TooCloseToCall,
        [top, ..] => match top.candidates.len() {
            1 if top.clear => Verdict::OneStandsApart,
            count if top.clear => Verdict::SeveralStandApart { count },
            count => Verdict::SeveralLead { count },
        },
    }
}

fn verdict(results: &[CandidateResult], lists: &[List]) -> Verdict {
    match lists {
        [] => Verdict::NothingYet,
        _ if results.iter().filter(|c| c.ratings > 0).count() == 1 => Verdict::OneCandidate,
        _ if results.iter().all(|c| c.estimate.is_none()) => Verdict::TooFewToTell,
        [only] => only.verdict,
        several => Verdict::SeenByDifferentPeople { lists: several.len() },
    }
}

/// Among those who can't be told apart: first what nobody rated, by weight; else where their raters' disagreement makes their
/// means least sure (`Σ w² s² / n`, with the range standing for s).
fn next(verdict: Verdict, candidates: &[CandidateResult], bands: &[Band], w: &[f64], fitted: &Fitted) -> Option<Next> {
    match verdict {
        Verdict::TooFewToTell => return Some(Next::SecondRater),
        Verdict::SeenByDifferentPeople { .. } => {
            let links = robust::links(fitted);
            let known = |link: &robust::Link| candidates.iter().any(|candidate| candidate.id == link.candidate);
            return (!links.is_empty() && links.iter().all(known)).then_some(Next::JoinLists { links });
        }
        Verdict::SeveralStandApart { .. } | Verdict::SeveralLead { .. } | Verdict::TooCloseToCall => {}
        Verdict::NothingYet | Verdict::OneCandidate | Verdict::OneStandsApart => return None,
    }
    let top = &bands.first()?.candidates;
    let leading: Vec<&CandidateResult> = candidates.iter().filter(|c| top.contains(&c.id)).collect();
    let heaviest = |weighted: &dyn Fn(usize) -> f64| {
        (0..w.len())
            .filter(|&d| weighted(d) > 0.0)
            .max_by(|&a, &b| weighted(a).total_cmp(&weighted(b)).then(b.cmp(&a)))
            .map(|d| (d, leading[0].cells[d].dimension.clone()))
    };
    let gaps = |d: usize| leading.iter().filter(|c| c.cells[d].gap.is_some()).count() as f64;
    if let Some((d, dimension)) = heaviest(&|d| w[d] * gaps(d)) {
        let without = leading.iter().filter(|c| c.cells[d].gap.is_some());
        return Some(Next::RateGap { dimension, candidates: without.map(|c| c.id).collect() });
    }
    let unsure =
        |cell: &Cell| if cell.disagreement { cell.range.powi(2) / cell.ticks.len().max(1) as f64 } else { 0.0 };
    heaviest(&|d| w[d] * w[d] * leading.iter().map(|c| unsure(&c.cells[d])).sum::<f64>())
        .map(|(_, dimension)| Next::AnotherInterview { dimension })
}
