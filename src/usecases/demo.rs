//! Fills an empty database with the demo organisations, as if their members had worked for weeks.

mod interview;
mod job;
mod outcome;

use std::collections::HashMap;

use diesel_async::AsyncConnection;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    account_letter::Sender,
    demo_library,
    interview_letter::{self, News},
    invitation,
};
use crate::{
    demo::{self, DemoOrganisation, Moment},
    domain::{
        guidance::Country,
        id::{CandidateId, InterviewId, MemberId, OrgId, RubricVersionId},
        policy::Reach,
        rubric::{BUILTIN_KEY, builtin},
    },
    error::{Error, Result},
    store::{
        self, Conn, Scope,
        candidate::Candidate,
        event::{self, Actor, Entry},
        member::Member,
        organisation::Organisation,
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
        self.library(conn).await?;
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
            country: Country::of_time_zone(&self.data.time_zone),
            retention_months: Country::of_time_zone(&self.data.time_zone).retention_months(),
            anonymises: self.data.jobs.iter().any(|job| job.anonymised),
            seat_link_days: 5,
            second_factor_required: false,
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
                password_hash: member.joined.filter(|_| !member.outside).map(|_| self.password_hash.to_owned()),
                disabled_at: None.into(),
                created_at: self.at(since, None)?.into(),
                password_short: false,
                own_jobs_only: false,
                is_service: false,
                is_outside: member.outside,
            };
            store::member::insert(conn, &row).await?;
            let inviter = member.invited.as_ref().map(|act| self.members[act.by.as_str()]);
            let (action, detail) = match member.outside {
                true => ("member.added", json!({ "outside": true })),
                false => ("member.invited", json!({ "roles": member.roles })),
            };
            self.note(self.at(since, None)?, inviter, action, row.id.0, detail);
        }
        Ok(())
    }

    /// The question library of the organisation that the demo is about.
    async fn library(&mut self, conn: &mut Conn) -> Result<()> {
        let Some(first) = self.data.members.first().filter(|_| self.data.key == "nordlys") else { return Ok(()) };
        let (by, moment) = (self.members[first.key.as_str()], first.joined.unwrap_or(self.data.founded));
        let at = self.at(moment, None)?;
        for question in demo_library::questions(self.org, by, moment, at)? {
            store::question::insert(conn, &question).await?;
            let detail = json!({ "key": question.key, "dimension": question.dimension });
            self.note(at, Some(by), "question.added", question.id.0, detail);
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
                pronunciation: candidate.pronunciation.clone().unwrap_or_default(),
            })
        });
        store::candidate::insert(conn, &rows.collect::<Result<Vec<_>>>()?).await
    }

    /// Puts the letters of the coming interviews and of open invitations into the outbox.
    async fn letters(&mut self, conn: &mut Conn) -> Result<()> {
        let scope = Scope { org: self.org, member: MemberId(Uuid::nil()), reach: Reach::All, blind: true };
        let organisation = store::organisation::find(conn, &scope).await?;
        let outside = self.data.members.iter().filter(|member| member.outside);
        let outside: Vec<MemberId> = outside.map(|member| self.members[member.key.as_str()]).collect();
        let everybody = store::member::choices_and(conn, &scope, &outside).await?;
        let everybody: HashMap<MemberId, Member> = everybody.into_iter().map(|member| (member.id, member)).collect();
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
