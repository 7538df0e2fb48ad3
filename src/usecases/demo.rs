//! Fills an empty database with the demo organisations, as if their members had worked for weeks.

use std::collections::HashMap;

use anyhow::Context;
use diesel_async::AsyncConnection;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    account_letter::Sender,
    comparison,
    interview_letter::{self, News},
    invitation,
};
use crate::{
    demo::{self, DemoOrganisation, Moment},
    domain::{
        debrief::{Answer, Citation, Voice, lacks, seal},
        id::{
            AmendmentId, ApplicationId, CandidateId, DebriefId, DecisionId, InterviewId, JobId, MemberId, OrgId,
            RoundId, RubricVersionId, ScorecardId, SeatId,
        },
        policy::Reach,
        rating::Rating,
        rubric::{BUILTIN_KEY, builtin},
        scorecard::Sheet,
    },
    error::{Error, Result},
    store::{
        self, Conn, Scope,
        application::Application,
        candidate::Candidate,
        decision::Decision,
        event::{self, Actor, Entry},
        interview::{Interview, InterviewState, Seat},
        job::{Job, JobState},
        member::Member,
        organisation::Organisation,
        round::Round,
        scorecard::{Amendment, RatingRow, Scorecard, ScorecardState},
    },
};

/// The password of every demo member. The demo listens on this machine only.
pub const PASSWORD: &str = "calm paper and one green";

/// Who may be signed in as, for the terminal: role and address.
pub fn sign_ins() -> Result<Vec<(&'static str, String)>> {
    let organisations = demo::load().map_err(|error| Error::Bug(error.into()))?;
    let Some(first) = organisations.iter().find(|organisation| organisation.key == "nordlys") else {
        return Ok(Vec::new());
    };
    let email = |key: &str| {
        first.members.iter().find(|member| member.key == key).map_or(String::new(), |member| member.email.clone())
    };
    let sign_ins = &first.sign_ins;
    Ok(vec![
        ("recruiter", email(&sign_ins.recruiter)),
        ("hiring manager", email(&sign_ins.hiring_manager)),
        ("HR", email(&sign_ins.hr)),
    ])
}

/// Loads every demo organisation in one transaction, unless there is an organisation already. `now` is noon of day 0; links
/// in letters begin with `site`.
pub async fn load(conn: &mut Conn, password_hash: &str, now: Timestamp, site: &str) -> Result<bool> {
    if store::organisation::any(conn).await? {
        return Ok(false);
    }
    let organisations = demo::load().map_err(|error| Error::Bug(error.into()))?;
    conn.transaction(async |conn| {
        for organisation in &organisations {
            Loading::new(organisation, password_hash, now, site)?.run(conn).await?;
        }
        Ok(true)
    })
    .await
}

/// One organisation on its way into the database.
struct Loading<'d> {
    data: &'d DemoOrganisation,
    password_hash: &'d str,
    /// When the demo starts, by the organisation's clock.
    start: Zoned,
    site: &'d str,
    zone: TimeZone,
    org: OrgId,
    members: HashMap<&'d str, MemberId>,
    candidates: HashMap<&'d str, CandidateId>,
    /// Interviews still to come, or called off: what their panels were told, by whom and when.
    news: Vec<(InterviewId, MemberId, News, Timestamp)>,
    /// The trail, in any order until it is written.
    events: Vec<(Timestamp, Option<MemberId>, &'static str, Uuid, Value)>,
}

impl<'d> Loading<'d> {
    fn new(data: &'d DemoOrganisation, password_hash: &'d str, now: Timestamp, site: &'d str) -> Result<Loading<'d>> {
        let zone = zone(&data.time_zone)?;
        let org = OrgId(demo::id(&data.key, data.founded));
        let id = |kind: &str, key: &str, made: Moment| demo::id(&format!("{}/{kind}/{key}", data.key), made);
        let joined =
            |member: &demo::Member| member.joined.or(member.invited.as_ref().map(|act| act.at)).unwrap_or(data.founded);
        Ok(Loading {
            data,
            password_hash,
            start: now.to_zoned(zone.clone()),
            site,
            zone,
            org,
            members: data
                .members
                .iter()
                .map(|member| (member.key.as_str(), MemberId(id("member", &member.key, joined(member)))))
                .collect(),
            candidates: data
                .candidates
                .iter()
                .map(|candidate| {
                    let made = data.known_since(candidate).map_or(data.founded, |(moment, _)| moment);
                    (candidate.key.as_str(), CandidateId(id("candidate", &candidate.key, made)))
                })
                .collect(),
            news: Vec::new(),
            events: Vec::new(),
        })
    }

    async fn run(mut self, conn: &mut Conn) -> Result<()> {
        let founded = self.at(self.data.founded, None)?;
        let version = self.organisation(conn, founded).await?;
        self.members(conn).await?;
        self.candidates(conn).await?;
        for job in &self.data.jobs {
            self.job(conn, job, version).await?;
        }
        self.letters(conn).await?;
        self.trail(conn).await
    }

    async fn organisation(&mut self, conn: &mut Conn, founded: Timestamp) -> Result<RubricVersionId> {
        let row = Organisation {
            id: self.org,
            name: self.data.name.clone(),
            locale: self.data.locale.tag().to_owned(),
            time_zone: self.data.time_zone.clone(),
            blind_until_submitted: true,
            evidence_per_rating: true,
            note_for_extremes: true,
            created_at: founded.into(),
            evidence_hints: true,
            seat_link_days: 5,
        };
        store::organisation::insert(conn, &row).await?;
        let (rubric, version) =
            store::rubric::insert_published(conn, self.org, BUILTIN_KEY, builtin(), founded).await?;
        self.note(founded, None, "organisation.created", self.org.0, json!({ "rubric": rubric }));
        Ok(version)
    }

    async fn members(&mut self, conn: &mut Conn) -> Result<()> {
        for member in &self.data.members {
            let since = member.joined.or(member.invited.as_ref().map(|act| act.at)).unwrap_or(self.data.founded);
            let row = Member {
                org_id: self.org,
                id: self.members[member.key.as_str()],
                email: member.email.clone(),
                name: member.name.clone(),
                roles: member.roles.clone(),
                locale: Some(member.locale.tag().to_owned()),
                time_zone: None,
                password_hash: member.joined.map(|_| self.password_hash.to_owned()),
                disabled_at: None.into(),
                created_at: self.at(since, None)?.into(),
                password_short: false,
                own_jobs_only: false,
                is_service: false,
                is_outside: false,
            };
            store::member::insert(conn, &row).await?;
            let inviter = member.invited.as_ref().map(|act| self.members[act.by.as_str()]);
            self.note(self.at(since, None)?, inviter, "member.invited", row.id.0, json!({ "roles": member.roles }));
        }
        Ok(())
    }

    async fn candidates(&mut self, conn: &mut Conn) -> Result<()> {
        let rows = self.data.candidates.iter().map(|candidate| {
            let (since, zone) = self.data.known_since(candidate).unwrap_or((self.data.founded, None));
            Ok(Candidate {
                org_id: self.org,
                id: self.candidates[candidate.key.as_str()],
                name: candidate.name.clone(),
                email: candidate.email.clone(),
                phone: candidate.phone.clone(),
                note: candidate.note.clone().unwrap_or_default(),
                created_at: self.at(since, zone)?.into(),
            })
        });
        store::candidate::insert(conn, &rows.collect::<Result<Vec<_>>>()?).await
    }

    async fn job(&mut self, conn: &mut Conn, job: &'d demo::Job, version: RubricVersionId) -> Result<()> {
        let zone = job.time_zone.as_deref();
        let id = JobId(self.id(&job.key, job.opened));
        let first_planned = job.interviews.iter().map(|interview| interview.planned.at).min();
        let row = Job {
            org_id: self.org,
            id,
            title: job.title.clone(),
            place: job.place.clone(),
            state: if job.closed.is_some() { JobState::Closed } else { JobState::Open },
            rubric_version_id: version,
            weights: json!(job.weights),
            recruiter_id: self.members[job.recruiter.as_str()],
            hiring_manager_id: self.members[job.hiring_manager.as_str()],
            pinned_at: first_planned.map(|at| self.at(at, zone)).transpose()?.into(),
            created_at: self.at(job.opened, zone)?.into(),
            closed_at: job.closed.map(|at| self.at(at, zone)).transpose()?.into(),
            revision: 0,
        };
        store::job::insert(conn, &row).await?;
        self.note(
            self.at(job.opened, zone)?,
            Some(self.members[job.opened_by.as_str()]),
            "job.opened",
            id.0,
            json!({}),
        );
        if let (Some(closed), Some(by)) = (job.closed, &job.closed_by) {
            self.note(self.at(closed, zone)?, Some(self.members[by.as_str()]), "job.closed", id.0, json!({}));
        }

        let rounds: Vec<Round> = job
            .rounds
            .iter()
            .zip(1..)
            .map(|(round, position)| Round {
                org_id: self.org,
                id: RoundId(self.id(&format!("{}/round/{}", job.key, round.key), job.opened)),
                job_id: id,
                position,
                name: round.name.clone(),
                medium: round.medium,
                minutes: round.minutes.into(),
                dimensions: round.dimensions.clone(),
                questions: round.questions.clone(),
            })
            .collect();
        store::round::insert(conn, &rounds).await?;

        let mut applications = HashMap::new();
        for application in &job.applications {
            let row = Application {
                org_id: self.org,
                id: ApplicationId(self.id(&format!("{}/{}", job.key, application.candidate), application.at)),
                job_id: id,
                candidate_id: self.candidates[application.candidate.as_str()],
                created_at: self.at(application.at, zone)?.into(),
            };
            store::application::insert(conn, std::slice::from_ref(&row)).await?;
            self.note(
                self.at(application.at, zone)?,
                Some(self.members[job.recruiter.as_str()]),
                "application.added",
                row.id.0,
                json!({ "job": id }),
            );
            applications.insert(application.candidate.as_str(), row.id);
        }
        for interview in &job.interviews {
            let round =
                job.rounds.iter().position(|round| round.key == interview.round).context("a round of the demo")?;
            self.interview(
                conn,
                job,
                interview,
                &job.rounds[round],
                rounds[round].id,
                applications[interview.candidate.as_str()],
            )
            .await?;
        }
        for debrief in &job.debriefs {
            self.debrief(conn, job, debrief, applications[debrief.candidate.as_str()]).await?;
        }
        for decision in &job.decisions {
            self.decision(conn, id, decision, zone, applications[decision.candidate.as_str()]).await?;
        }
        Ok(())
    }

    async fn interview(
        &mut self,
        conn: &mut Conn,
        job: &'d demo::Job,
        interview: &'d demo::Interview,
        round: &'d demo::Round,
        round_id: RoundId,
        application_id: ApplicationId,
    ) -> Result<()> {
        let zone = job.time_zone.as_deref();
        let path = format!("{}/{}/{}", job.key, interview.candidate, interview.round);
        let planner = self.members[interview.planned.by.as_str()];
        let row = Interview {
            org_id: self.org,
            id: InterviewId(self.id(&path, interview.planned.at)),
            application_id,
            round_id,
            starts_at: self.at(interview.at, zone)?.into(),
            time_zone: zone.unwrap_or(&self.data.time_zone).to_owned(),
            minutes: round.minutes.into(),
            place: round.location.clone().unwrap_or_default(),
            state: if interview.cancelled.is_some() { InterviewState::Cancelled } else { InterviewState::Scheduled },
            sequence: i32::try_from(interview.moved.len() + usize::from(interview.cancelled.is_some()))
                .unwrap_or_default(),
            created_by: planner,
            created_at: self.at(interview.planned.at, zone)?.into(),
            cancel_reason: interview.cancelled.as_ref().and_then(|act| act.reason.clone()),
        };
        let seats: Vec<Seat> = interview
            .seats
            .iter()
            .map(|seat| Seat {
                org_id: self.org,
                id: SeatId(self.id(&format!("{path}/{}", seat.member), interview.planned.at)),
                interview_id: row.id,
                member_id: self.members[seat.member.as_str()],
            })
            .collect();
        store::interview::insert(conn, &row, &seats).await?;
        self.note(
            self.at(interview.planned.at, zone)?,
            Some(planner),
            "interview.scheduled",
            row.id.0,
            json!({ "seats": seats.len() }),
        );
        for moved in &interview.moved {
            self.note(
                self.at(moved.at, zone)?,
                Some(self.members[moved.by.as_str()]),
                "interview.changed",
                row.id.0,
                json!({}),
            );
        }
        if let Some(act) = &interview.cancelled {
            self.note(
                self.at(act.at, zone)?,
                Some(self.members[act.by.as_str()]),
                "interview.cancelled",
                row.id.0,
                json!({}),
            );
        }
        if let Some(act) = &interview.cancelled {
            let news = News::Cancelled(act.reason.clone());
            self.news.push((row.id, self.members[act.by.as_str()], news, self.at(act.at, zone)?));
        } else if let (Some(moved), true) = (interview.moved.last(), interview.at.day >= 0) {
            let before = self.at(moved.from, zone)?.to_zoned(self::zone(zone.unwrap_or(&self.data.time_zone))?);
            let news = News::Changed(Some(before));
            self.news.push((row.id, self.members[moved.by.as_str()], news, self.at(moved.at, zone)?));
        } else if interview.at.day >= 0 {
            self.news.push((row.id, planner, News::Scheduled, self.at(interview.planned.at, zone)?));
        }
        for (seat, seat_row) in interview.seats.iter().zip(&seats) {
            if seat.submitted.is_some() || seat.saved.is_some() {
                self.scorecard(conn, seat, seat_row, &round.dimensions, &path, interview.at, zone).await?;
            }
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "a scorecard stands at the end of a long path")]
    async fn scorecard(
        &mut self,
        conn: &mut Conn,
        seat: &'d demo::Seat,
        seat_row: &Seat,
        dimensions: &[String],
        path: &str,
        began: Moment,
        zone: Option<&str>,
    ) -> Result<()> {
        let submitted = seat.submitted.map(|at| self.at(at, zone)).transpose()?;
        let id = ScorecardId(self.id(&format!("{path}/interview/{}", seat.member), began));
        let ratings: Vec<RatingRow> = dimensions
            .iter()
            .map(|dimension| {
                let rated = seat.ratings.get(dimension);
                let rating = rated.and_then(|rated| rated.rate);
                let mut ticks = rated.map(|rated| rated.ticks.clone()).unwrap_or_default();
                ticks.sort();
                let note = rated.and_then(|rated| rated.note.clone()).unwrap_or_default();
                RatingRow {
                    org_id: self.org,
                    scorecard_id: id,
                    dimension: dimension.clone(),
                    score: rating.and_then(Rating::score),
                    not_enough_evidence: rating == Some(Rating::NotEnoughEvidence),
                    rating_revision: i64::from(rating.is_some()),
                    ticks_revision: i64::from(!ticks.is_empty()),
                    note_revision: i64::from(!note.is_empty()),
                    ticks,
                    note,
                    asked: Vec::new(),
                    asked_revision: 0,
                    seconds: 0,
                    seconds_revision: 0,
                }
            })
            .collect();
        let mut row = Scorecard {
            org_id: self.org,
            id,
            seat_id: seat_row.id,
            state: if submitted.is_some() { ScorecardState::Submitted } else { ScorecardState::Draft },
            recommendation: seat.recommend,
            recommendation_revision: i64::from(seat.recommend.is_some()),
            private_note: seat.private.clone().unwrap_or_default(),
            private_note_revision: i64::from(seat.private.is_some()),
            next_note: seat.next.clone().unwrap_or_default(),
            next_note_revision: i64::from(seat.next.is_some()),
            started_at: self.at(began, zone)?.into(),
            submitted_at: submitted.into(),
            seal: None,
            facts: Vec::new(),
            facts_revision: 0,
        };
        let seal = submitted.map(|at| {
            let sheet = Sheet {
                ratings: ratings.iter().map(RatingRow::rated).collect(),
                recommendation: row.recommendation,
                private_note: row.private_note.clone(),
                next_note: row.next_note.clone(),
                facts: Vec::new(),
            };
            sheet.seal(id.0, at)
        });
        row.seal = seal.map(|seal| seal.to_vec());
        store::scorecard::insert(conn, &row, &ratings).await?;
        if let Some((at, seal)) = submitted.zip(seal) {
            let hex: String = seal.iter().map(|byte| format!("{byte:02x}")).collect();
            self.note(
                at,
                Some(seat_row.member_id),
                "scorecard.submitted",
                id.0,
                json!({ "interview": seat_row.interview_id, "seal": hex }),
            );
        }
        for (amendment, number) in seat.amendments.iter().zip(1..) {
            let at = self.at(amendment.at, zone)?;
            let amended = Amendment {
                org_id: self.org,
                id: AmendmentId(self.id(&format!("{path}/amendment/{}/{number}", seat.member), amendment.at)),
                scorecard_id: id,
                dimension: amendment.dimension.clone(),
                score: amendment.rate.score(),
                not_enough_evidence: amendment.rate == Rating::NotEnoughEvidence,
                reason: amendment.reason.clone(),
                member_id: seat_row.member_id,
                at: at.into(),
            };
            store::scorecard::insert_amendment(conn, &amended).await?;
            self.note(
                at,
                Some(seat_row.member_id),
                "scorecard.amended",
                id.0,
                json!({ "dimension": amendment.dimension }),
            );
        }
        Ok(())
    }

    /// What second ratings owe each other must be there: the demo shows what the product would have taken.
    async fn debrief(
        &mut self,
        conn: &mut Conn,
        job: &'d demo::Job,
        debrief: &'d demo::Debrief,
        application: ApplicationId,
    ) -> Result<()> {
        let zone = job.time_zone.as_deref();
        let opener = self.members[debrief.opened.by.as_str()];
        let opened = self.at(debrief.opened.at, zone)?;
        let scope = Scope { org: self.org, member: opener, reach: Reach::All, blind: false };
        let id = DebriefId(self.id(&format!("{}/{}/debrief", job.key, debrief.candidate), debrief.opened.at));
        let seats = store::debrief::seats(conn, &scope, application).await?;
        let scorecards: Vec<ScorecardId> = seats.iter().filter_map(|seat| seat.scorecard).collect();
        store::debrief::open(conn, &scope, id, application, &scorecards, opened).await?;
        let detail = json!({ "application": application, "scorecards": scorecards });
        self.note(opened, Some(opener), "debrief.opened", id.0, detail);

        let voices = store::debrief::find(conn, &scope, id).await?.voices;
        let voice = |member: &str, dimension: &str| {
            let rater = self.members[member];
            let found = voices.iter().find(|voice| voice.rater == rater && voice.dimension == dimension);
            found.with_context(|| format!("{member} has not rated {dimension}"))
        };
        let mut words: Vec<(Timestamp, &Voice, Answer)> = Vec::new();
        for word in &debrief.said {
            let mut evidence = Vec::new();
            for cited in &word.cites {
                let scorecard = voice(&cited.member, &word.dimension)?.scorecard;
                evidence.push(match &cited.tick {
                    Some(key) => Citation::Tick(scorecard, key.clone()),
                    None => Citation::Note(scorecard),
                });
            }
            evidence.sort();
            let (reason, note) = (word.reason.clone(), word.note.clone());
            let said = Answer { rating: word.rate, reason, evidence, note };
            words.push((self.at(word.at, zone)?, voice(&word.member, &word.dimension)?, said));
        }
        for stays in &debrief.stay {
            let (at, rater) = (self.at(stays.at, zone)?, self.members[stays.by.as_str()]);
            let spoken = |voice: &Voice| {
                words.iter().any(|(_, of, _)| of.scorecard == voice.scorecard && of.dimension == voice.dimension)
            };
            let rest: Vec<&Voice> = voices.iter().filter(|voice| voice.rater == rater && !spoken(voice)).collect();
            words.extend(rest.into_iter().map(|voice| {
                let (reason, note) = (String::new(), String::new());
                (at, voice, Answer { rating: voice.first, reason, evidence: Vec::new(), note })
            }));
        }
        let mut notes = Vec::new();
        for (at, voice, said) in &words {
            let lacks = lacks(said, voice, &voices);
            if !lacks.is_empty() {
                return Err(anyhow::anyhow!("{} on {}: {lacks:?}", voice.name, voice.dimension).into());
            }
            store::debrief::say(conn, &scope, id, voice.scorecard, &[(&voice.dimension, said)], *at).await?;
            let detail = json!({ "scorecard": voice.scorecard, "dimension": voice.dimension, "revision": 1 });
            notes.push((*at, voice.rater, detail));
        }
        for (at, rater, detail) in notes {
            self.note(at, Some(rater), "debrief.rated", id.0, detail);
        }
        if let Some(closed) = &debrief.closed {
            let (at, member) = (self.at(closed.at, zone)?, self.members[closed.by.as_str()]);
            let summary = closed.reason.clone().unwrap_or_default();
            let voices = store::debrief::find(conn, &scope, id).await?.voices;
            let seal = seal(id, at, &summary, &voices);
            store::debrief::close(conn, &Scope { member, ..scope }, id, &summary, &seal, at).await?;
            let hex: String = seal.iter().map(|byte| format!("{byte:02x}")).collect();
            self.note(at, Some(member), "debrief.closed", id.0, json!({ "application": application, "seal": hex }));
        }
        Ok(())
    }

    /// A decision pins the comparison; in the demo all scorecards of the job are in by then.
    async fn decision(
        &mut self,
        conn: &mut Conn,
        job: JobId,
        decision: &'d demo::Decision,
        zone: Option<&str>,
        application: ApplicationId,
    ) -> Result<()> {
        let member = self.members[decision.by.as_str()];
        let scope = Scope { org: self.org, member, reach: Reach::All, blind: true };
        let at = self.at(decision.at, zone)?;
        let shortlist = store::comparison::load(conn, &scope, job, at).await?;
        let inputs = serde_json::to_value(&shortlist.inputs).map_err(|error| Error::Bug(error.into()))?;
        let pinned = comparison::compare(shortlist.inputs).await?;
        let row = Decision {
            org_id: self.org,
            id: DecisionId(self.id(&format!("{job}/decision/{}", decision.candidate), decision.at)),
            application_id: application,
            outcome: decision.outcome,
            reason: decision.reason.clone(),
            member_id: member,
            inputs_digest: pinned.inputs_digest.clone(),
            comparison: serde_json::to_value(&pinned).map_err(|error| Error::Bug(error.into()))?,
            at: at.into(),
            inputs: Some(inputs),
            figures_digest: Some(pinned.digest()),
        };
        store::decision::insert(conn, &row).await?;
        self.note(at, Some(member), "decision.recorded", row.id.0, json!({ "outcome": decision.outcome }));
        Ok(())
    }

    /// Puts the letters of the coming interviews and of open invitations into the outbox.
    async fn letters(&mut self, conn: &mut Conn) -> Result<()> {
        let scope = Scope { org: self.org, member: MemberId(Uuid::nil()), reach: Reach::All, blind: true };
        let organisation = store::organisation::find(conn, &scope).await?;
        let everybody: HashMap<MemberId, Member> =
            store::member::choices(conn, &scope).await?.into_iter().map(|member| (member.id, member)).collect();
        for (interview, by, news, at) in std::mem::take(&mut self.news) {
            let sender = Sender { organisation: &organisation, site: self.site, answers: everybody.get(&by) };
            let planned = store::interview::find(conn, &scope, interview).await?;
            let seats = store::interview::seats(conn, &scope, interview).await?;
            let panel: Vec<Member> = seats.iter().filter_map(|seat| everybody.get(&seat.member_id).cloned()).collect();
            for member in &panel {
                interview_letter::put(conn, &sender, &planned, &panel, member, news.clone(), at).await?;
            }
        }
        for invited in &self.data.members {
            let Some(act) = &invited.invited else { continue };
            let inviter = everybody.get(&self.members[act.by.as_str()]);
            let sender = Sender { organisation: &organisation, site: self.site, answers: inviter };
            let member = &everybody[&self.members[invited.key.as_str()]];
            invitation::send(conn, &sender, member, self.at(act.at, None)?).await?;
        }
        Ok(())
    }

    /// Writes the trail in the order in which things happened.
    async fn trail(mut self, conn: &mut Conn) -> Result<()> {
        self.events.sort_by_key(|event| event.0);
        for (now, member, action, object, detail) in self.events {
            let actor = Actor { org: self.org, member, address: "127.0.0.1".to_owned(), now };
            event::append(conn, &actor, Entry::new(action, object).with(detail)).await?;
        }
        Ok(())
    }

    fn note(&mut self, at: Timestamp, member: Option<MemberId>, action: &'static str, object: Uuid, detail: Value) {
        self.events.push((at, member, action, object, detail));
    }

    fn id(&self, path: &str, made: Moment) -> Uuid {
        demo::id(&format!("{}/{path}", self.data.key), made)
    }

    fn at(&self, moment: Moment, zone_name: Option<&str>) -> Result<Timestamp> {
        let zone = zone_name.map(zone).transpose()?.unwrap_or_else(|| self.zone.clone());
        moment.on(&self.start, &zone).map_err(|error| Error::Bug(error.into()))
    }
}

fn zone(name: &str) -> Result<TimeZone> {
    TimeZone::get(name).map_err(|error| Error::Bug(error.into()))
}
