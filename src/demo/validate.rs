//! What must hold in the demo data: every key names something, every rating has its evidence, nothing happens out of turn.

use std::collections::BTreeSet;

use crate::domain::policy::Role;
use crate::domain::rating::{EvidencePolicy, Gap};
use crate::domain::rubric::{Rubric, builtin};

use super::{DemoOrganisation, Interview, Job, Member, Moment, Round, Seat};

/// What both organisations ask of the evidence: the policy that new organisations begin with.
const POLICY: EvidencePolicy = EvidencePolicy { evidence_per_rating: true, note_for_extremes: true };

/// Every contradiction in the data, one sentence each, with the place where it stands; empty when all is well.
pub fn validate(organisations: &[DemoOrganisation]) -> Vec<String> {
    let mut found = Contradictions::default();
    found.repeated("organisations", organisations.iter().map(|organisation| &organisation.key));
    let addresses = organisations.iter().flat_map(|organisation| &organisation.members).map(|member| &member.email);
    found.repeated("members' addresses", addresses);
    for organisation in organisations {
        people(organisation, &mut found);
        for job in &organisation.jobs {
            let place = format!("{}/{}", organisation.key, job.key);
            JobCheck { organisation, job, rubric: builtin(), place }.all(&mut found);
        }
    }
    found.0
}

#[derive(Default)]
struct Contradictions(Vec<String>);

impl Contradictions {
    fn unless(&mut self, holds: bool, place: &str, otherwise: &str) {
        if !holds {
            self.0.push(format!("{place}: {otherwise}"));
        }
    }

    fn repeated<'a>(&mut self, place: &str, keys: impl Iterator<Item = &'a String>) {
        let mut seen = BTreeSet::new();
        for key in keys {
            self.unless(seen.insert(key), place, &format!("{key} stands there twice"));
        }
    }
}

fn people(organisation: &DemoOrganisation, found: &mut Contradictions) {
    let place = &organisation.key;
    found.repeated(&format!("{place}, members"), organisation.members.iter().map(|member| &member.key));
    found.repeated(&format!("{place}, candidates"), organisation.candidates.iter().map(|candidate| &candidate.key));
    found.repeated(&format!("{place}, jobs"), organisation.jobs.iter().map(|job| &job.key));
    zone(&organisation.time_zone, place, found);

    for member in &organisation.members {
        let place = format!("{place}, {}", member.key);
        found.unless(member.roles.is_empty() == member.outside, &place, "has no role, or one without an account");
        found.unless(member.joined.is_some() != member.invited.is_some(), &place, "either joined or is invited");
        // .example is reserved: no letter of the demo can reach a real person.
        found.unless(member.email.ends_with(".example"), &place, "has an address that could exist");
        if let Some(invited) = &member.invited {
            found.unless(joined(organisation, &invited.by, &[Role::Admin]), &place, "is invited by no administrator");
        }
    }
    let sign_ins = &organisation.sign_ins;
    for (key, role) in [
        (&sign_ins.recruiter, Role::Recruiter),
        (&sign_ins.hiring_manager, Role::HiringManager),
        (&sign_ins.hr, Role::Hr),
    ] {
        found.unless(joined(organisation, key, &[role]), place, &format!("{key} cannot sign in as {}", role.as_str()));
    }
    for candidate in &organisation.candidates {
        let place = format!("{place}, {}", candidate.key);
        let reachable = candidate.email.as_ref().is_none_or(|email| email.ends_with(".example"));
        found.unless(reachable, &place, "has an address that could exist");
        // 070-174 06 05 to 99 are kept for fiction by the Swedish telecom authority.
        let fictional = candidate.phone.as_ref().is_none_or(|phone| phone.starts_with("+46 70 174 06 "));
        found.unless(fictional, &place, "has a telephone number that could exist");
        let applied = organisation.jobs.iter().flat_map(|job| &job.applications).any(|a| a.candidate == candidate.key);
        found.unless(applied, &place, "has applied to no job");
    }
}

/// One job against its organisation and its rubric.
struct JobCheck<'a> {
    organisation: &'a DemoOrganisation,
    job: &'a Job,
    rubric: &'a Rubric,
    place: String,
}

impl JobCheck<'_> {
    fn all(&self, found: &mut Contradictions) {
        let (job, place) = (self.job, &self.place);
        if let Some(time_zone) = &job.time_zone {
            zone(time_zone, place, found);
        }
        self.member(&job.hiring_manager, &[Role::HiringManager], place, found);
        self.member(&job.recruiter, &[Role::Recruiter], place, found);
        self.member(&job.opened_by, &[Role::Recruiter, Role::Admin], place, found);
        found.unless(past(job.opened), place, "opens in the future");
        found.unless(job.closed.is_some() == job.closed_by.is_some(), place, "is closed by nobody or at no time");

        found.unless(job.rubric == self.rubric.key, place, "is on a rubric that does not come with the product");
        let dimensions: BTreeSet<&String> = self.rubric.dimensions.iter().map(|dimension| &dimension.key).collect();
        found.unless(
            job.weights.keys().collect::<BTreeSet<_>>() == dimensions,
            place,
            "does not weigh every dimension",
        );
        found.unless(job.weights.values().any(|&weight| weight > 0), place, "has no weight above zero");
        found.repeated(&format!("{place}, rounds"), job.rounds.iter().map(|round| &round.key));
        found.repeated(&format!("{place}, applications"), job.applications.iter().map(|a| &a.candidate));
        found.repeated(&format!("{place}, decisions"), job.decisions.iter().map(|decision| &decision.candidate));
        for round in &job.rounds {
            let place = format!("{place}, {}", round.key);
            found.repeated(&place, round.dimensions.iter());
            let known = !round.dimensions.is_empty() && round.dimensions.iter().all(|key| dimensions.contains(key));
            found.unless(known, &place, "covers something that is no dimension, or nothing");
            let asked: BTreeSet<&String> = round
                .questions
                .iter()
                .filter_map(|key| self.rubric.question(key))
                .map(|(dimension, _)| &dimension.key)
                .collect();
            let unknown = round.questions.iter().any(|key| self.rubric.question(key).is_none());
            let asks = !unknown && asked == round.dimensions.iter().collect();
            found.unless(asks, &place, "does not ask just about what it covers");
            found.unless((5..=240).contains(&round.minutes), &place, "is too short or too long");
        }
        for application in &job.applications {
            let known = self.organisation.candidates.iter().any(|candidate| candidate.key == application.candidate);
            found.unless(known, place, &format!("{} is no candidate", application.candidate));
            found.unless(application.at > job.opened, place, &format!("{} applied too early", application.candidate));
        }
        let places: Vec<String> =
            job.interviews.iter().map(|i| format!("{place}, {}, {}", i.candidate, i.round)).collect();
        found.repeated("interviews", places.iter());
        for (interview, place) in job.interviews.iter().zip(&places) {
            self.interview(interview, place, found);
        }
        self.debriefs(found);
        self.decisions(found);
    }

    fn interview(&self, interview: &Interview, place: &str, found: &mut Contradictions) {
        let Some(round) = self.job.rounds.iter().find(|round| round.key == interview.round) else {
            return found.unless(false, place, "is in no round of the job");
        };
        let Some(application) = self.job.applications.iter().find(|a| a.candidate == interview.candidate) else {
            return found.unless(false, place, "is with somebody who has not applied");
        };
        found.unless(application.at < interview.planned.at, place, "was planned before the application");
        found.unless(interview.planned.at < interview.at, place, "was planned after it took place");
        self.member(&interview.planned.by, &[Role::Recruiter], place, found);
        let mut last = interview.planned.at;
        for moved in &interview.moved {
            self.member(&moved.by, &[Role::Recruiter], place, found);
            found.unless(last < moved.at && past(moved.at), place, "was moved out of turn");
            last = moved.at;
        }
        if let Some(cancelled) = &interview.cancelled {
            self.member(&cancelled.by, &[Role::Recruiter], place, found);
            found.unless(last < cancelled.at && past(cancelled.at), place, "was cancelled out of turn");
            found.unless(cancelled.reason.is_some(), place, "was cancelled without a reason");
        }
        found.unless(!interview.seats.is_empty(), place, "has no panel");
        found.repeated(place, interview.seats.iter().map(|seat| &seat.member));
        for seat in &interview.seats {
            let place = format!("{place}, {}", seat.member);
            let is_outside = |member: &Member| member.key == seat.member && member.outside;
            if !self.organisation.members.iter().any(is_outside) {
                self.member(&seat.member, &[Role::Interviewer], &place, found);
            }
            self.seat(seat, round, interview, &place, found);
        }
    }

    fn seat(&self, seat: &Seat, round: &Round, interview: &Interview, place: &str, found: &mut Contradictions) {
        let begun = seat.submitted.or(seat.saved);
        if let Some(begun) = begun {
            found.unless(interview.cancelled.is_none(), place, "has rated an interview that was cancelled");
            found.unless(interview.at < begun && past(begun), place, "has rated before the interview or in the future");
        }
        found.unless(begun.is_some() || seat.ratings.is_empty(), place, "has ratings that were never saved");
        found.unless(seat.submitted.is_some() == seat.recommend.is_some(), place, "recommends when submitting");
        if seat.submitted.is_some() {
            let covered: BTreeSet<&String> = round.dimensions.iter().collect();
            let rated = seat.ratings.keys().collect::<BTreeSet<_>>() == covered;
            found.unless(rated, place, "has not rated just the dimensions of the round");
        }
        for (dimension, rating) in &seat.ratings {
            let place = format!("{place}, {dimension}");
            found.unless(round.dimensions.contains(dimension), &place, "is not in the round");
            found.repeated(&place, rating.ticks.iter());
            let offered = self.rubric.indicators_for(dimension, round.medium);
            for tick in &rating.ticks {
                let fits = offered.iter().any(|indicator| indicator.key == *tick);
                found.unless(fits, &place, &format!("{tick} is no indicator here in this medium"));
            }
            if seat.submitted.is_some() {
                let gap = POLICY.gap(rating.rate, rating.ticks.len(), rating.note.as_deref().unwrap_or_default());
                found.unless(gap != Some(Gap::Unrated), &place, "was submitted without a rating");
                found.unless(gap != Some(Gap::NoEvidence), &place, "rests on nothing");
                found.unless(gap != Some(Gap::NoNote), &place, "is a 1 or a 5 without a note");
            }
        }
        let mut last = seat.submitted;
        for amendment in &seat.amendments {
            found.unless(last.is_some_and(|last| last < amendment.at), place, "was amended before it was submitted");
            found.unless(past(amendment.at), place, "is amended in the future");
            let before = seat.ratings.get(&amendment.dimension).and_then(|rating| rating.rate);
            found.unless(
                before.is_some_and(|rate| rate != amendment.rate),
                place,
                "has an amendment that changes nothing",
            );
            found.unless(!amendment.reason.trim().is_empty(), place, "has an amendment without a reason");
            last = Some(amendment.at);
        }
    }

    /// What second ratings owe each other is checked when they are loaded, by the rules of the product.
    fn debriefs(&self, found: &mut Contradictions) {
        let (job, place) = (self.job, &self.place);
        for debrief in &job.debriefs {
            let place = format!("{place}, debrief of {}", debrief.candidate);
            let heard: Vec<&Interview> = job.interviews.iter().filter(|i| i.candidate == debrief.candidate).collect();
            let seats: Vec<&Seat> = heard.iter().flat_map(|interview| &interview.seats).collect();
            found.unless(seats.len() > 1, &place, "has no panel");
            let opened = debrief.opened.at;
            let in_by_then = seats.iter().all(|seat| seat.submitted.is_some_and(|submitted| submitted < opened));
            found.unless(in_by_then && past(opened), &place, "was opened before all scorecards were in");
            let leads = [&job.hiring_manager, &job.recruiter].contains(&&debrief.opened.by);
            let sits = |member: &String| seats.iter().any(|seat| seat.member == *member);
            found.unless(leads || sits(&debrief.opened.by), &place, "was opened by a stranger");
            let mut last = opened;
            for word in &debrief.said {
                let rated = |seat: &&&Seat| seat.member == word.member && seat.ratings.contains_key(&word.dimension);
                found.unless(seats.iter().any(|seat| rated(&seat)), &place, "has a word of somebody who did not rate");
                found.unless(last <= word.at && past(word.at), &place, "has a word out of turn");
                last = word.at;
            }
            for stays in &debrief.stay {
                let in_turn = sits(&stays.by) && opened < stays.at && past(stays.at);
                found.unless(in_turn, &place, "has somebody stay out of turn");
                last = last.max(stays.at);
            }
            if let Some(closed) = &debrief.closed {
                found.unless(last < closed.at && past(closed.at), &place, "was closed out of turn");
                found.unless(closed.reason.is_some(), &place, "was closed without a summary");
                let leads = [&job.hiring_manager, &job.recruiter].contains(&&closed.by);
                found.unless(leads, &place, "was closed by a stranger");
            }
        }
    }

    fn decisions(&self, found: &mut Contradictions) {
        let (job, place) = (self.job, &self.place);
        for decision in &job.decisions {
            let place = format!("{place}, decision on {}", decision.candidate);
            let applied = job.applications.iter().any(|a| a.candidate == decision.candidate);
            found.unless(applied, &place, "is on somebody who has not applied");
            self.member(&decision.by, &[Role::HiringManager], &place, found);
            found.unless(past(decision.at), &place, "lies in the future");
            found.unless(!decision.reason.trim().is_empty(), &place, "has no reason");
            let heard = job.interviews.iter().filter(|interview| interview.candidate == decision.candidate);
            let after = heard.flat_map(|interview| &interview.seats).flat_map(|seat| {
                seat.submitted.into_iter().chain(seat.amendments.iter().map(|amendment| amendment.at))
            });
            found.unless(after.into_iter().all(|at| at < decision.at), &place, "was taken before all was said");
        }
        if let Some(closed) = job.closed {
            found.unless(job.decisions.len() == job.applications.len(), place, "is closed with undecided applications");
            found.unless(job.decisions.iter().all(|d| d.at < closed) && past(closed), place, "is closed out of turn");
        }
    }

    fn member(&self, key: &str, roles: &[Role], place: &str, found: &mut Contradictions) {
        let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        found.unless(joined(self.organisation, key, roles), place, &format!("{key} is no {} here", words.join(" or ")));
    }
}

/// Whether the member has joined and has one of the roles.
fn joined(organisation: &DemoOrganisation, key: &str, roles: &[Role]) -> bool {
    let member = organisation.members.iter().find(|member| member.key == key && member.joined.is_some());
    member.is_some_and(|member| roles.iter().any(|role| member.roles.contains(role)))
}

/// Whether the moment lies before the demo's first minute.
fn past(moment: Moment) -> bool {
    moment.is_past()
}

fn zone(name: &str, place: &str, found: &mut Contradictions) {
    found.unless(jiff::tz::TimeZone::get(name).is_ok(), place, &format!("{name} is no time zone"));
}
