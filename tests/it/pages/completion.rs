//! How soon scorecards come in, who is waited for, and the reminder by hand.

use attune::{
    domain::{decision::Outcome, medium::Medium, policy::Role},
    store::{self, decision::Decision, job::Job, round::Round},
};
use jiff::{SignedDuration, ToSpan};
use serde_json::{Value, json};

use crate::support::{
    scenario::{DIMENSIONS, Interviewed},
    world::{Answer, Who, World},
};

const RATED: [(&str, &str, &str); 1] = [("listening", "4", "Said the number back")];

/// A world at nine on Monday in Stockholm with a job of the recruiter's.
struct Week {
    world: World,
    job: Job,
    round: Round,
}

impl Week {
    async fn new() -> Week {
        let world = World::new().await;
        let job = world.job(&world.home, "Agent").await;
        let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
        Week { world, job, round }
    }

    /// An interview of 45 minutes that ended as many hours ago.
    async fn met(&self, name: &str, panel: &[&Who], hours_ago: i64) -> Interviewed {
        let applied = self.world.candidate(&self.job, name).await;
        let starts = self.world.now() - hours_ago.hours() - 45.minutes();
        self.world.interview_at(&applied, &self.round, panel, starts).await
    }

    /// Met long enough ago, and submitted so many minutes after the end.
    async fn scored(&self, name: &str, panel: &[&Who], hours_ago: i64, minutes: i64) {
        let met = self.met(name, panel, hours_ago).await;
        let scorecard = self.world.submitted(&met.seats[0], &RATED).await;
        let at = self.world.now() - hours_ago.hours() + minutes.minutes();
        self.world.sql(&format!("UPDATE scorecards SET submitted_at = '{at}' WHERE id = '{}'", scorecard.id)).await;
    }

    fn page(&self) -> String {
        format!("/jobs/{}/completion", self.job.id)
    }

    async fn remind(&self, by: &Who, whom: &Who) -> Answer {
        let path = format!("{}/reminders", self.page());
        self.world.post(by, &path, &[("member", &whom.id.to_string())]).await
    }

    /// The same figures as another system reads them.
    async fn read(&self) -> Value {
        let token = self.world.token_of(Role::Recruiter).await;
        self.world.read(&token, &self.page()).await.assert_status(200).json()
    }

    async fn letters(&self) -> Vec<Value> {
        self.world
            .rows("SELECT member_id, subject, text_body, reply_to_address FROM letters WHERE kind = 'reminder'")
            .await
    }
}

#[actix_web::test]
async fn counts_say_what_is_in_due_and_late_and_times_wait_until_they_are_enough() {
    let week = Week::new().await;
    let (recruiter, interviewer) = (week.world.who(Role::Recruiter), week.world.who(Role::Interviewer));
    week.world.get(recruiter, &week.page()).await.assert_status(200).assert_says("No interview is over yet.");
    for (name, minutes) in [("A", 10), ("B", 30), ("C", 50)] {
        week.scored(name, &[interviewer], 90, minutes).await;
    }
    week.scored("D", &[interviewer], 90, 30 * 60).await;
    week.met("Due Dahl", &[interviewer], 3).await;
    week.met("Late Lind", &[interviewer], 50).await;

    let page = week.world.get(recruiter, &week.page()).await.assert_status(200);
    page.assert_says("4 of 6 scorecards are in, 3 of them within a day of the interview. One is due. One is late.")
        .assert_says("4 scorecards are in: too few to say how long it takes. From 5 on")
        .assert_says("2 days late interviewer")
        .assert_silent_about("Half of the scorecards");

    // A fifth makes it a figure: 10, 30, 50 minutes, 30 and 76 hours.
    week.scored("E", &[interviewer], 90, 76 * 60).await;
    let page = week.world.get(recruiter, &week.page()).await.assert_status(200);
    page.assert_says(
        "come in within 50 min of the end of the interview; the longest took 3 days 4 h. From 5 scorecards.",
    );
    let overview = week.world.get(recruiter, "/completion").await.assert_status(200);
    overview.assert_says("Agent, Oslo").assert_says("50 min").assert_says("Late Lind");
    let read = week.read().await;
    assert_eq!(
        (&read["median_minutes"], &read["longest_minutes"], &read["late"]),
        (&50.0.into(), &4560.0.into(), &1.into())
    );
}

#[actix_web::test]
async fn whoever_still_has_to_score_a_round_learns_from_no_figure_what_the_others_did_in_it() {
    let week = Week::new().await;
    let (recruiter, interviewer) = (week.world.who(Role::Recruiter), week.world.who(Role::Interviewer));
    for name in ["A", "B", "C", "D", "E"] {
        week.scored(name, &[interviewer], 90, 30).await;
    }
    let met = week.met("Amara Okafor", &[interviewer, recruiter], 50).await;

    let before = week.world.get(recruiter, &week.page()).await.assert_status(200);
    let overview = week.world.get(recruiter, "/completion").await.assert_status(200);
    let read = week.read().await;
    week.world.submitted(&met.seats[0], &RATED).await;
    assert_eq!(before.text(), week.world.get(recruiter, &week.page()).await.text());
    assert_eq!(overview.text(), week.world.get(recruiter, "/completion").await.text());
    assert_eq!(read, week.read().await);
    assert_eq!(read["hidden"], 1);
    before.assert_says("5 of 6 scorecards are in");
    week.remind(recruiter, interviewer).await.assert_status(404);

    week.world.submitted(&met.seats[1], &RATED).await;
    week.world.get(recruiter, &week.page()).await.assert_says("7 of 7 scorecards are in");
}

#[actix_web::test]
async fn a_recruiter_reminds_once_a_day_and_the_answer_comes_back_to_them() {
    let week = Week::new().await;
    let (recruiter, interviewer) = (week.world.who(Role::Recruiter), week.world.who(Role::Interviewer));
    week.met("Amara Okafor", &[interviewer], 3).await;
    week.met("Li Wei", &[interviewer], 50).await;
    // Whoever wants no reminders that come on their own can still be asked by a person.
    week.world.post(interviewer, "/reminders", &[]).await.assert_status(303);

    let answer = week.remind(recruiter, interviewer).await.assert_status(303);
    week.world.get(recruiter, answer.location()).await.assert_says("A reminder is on its way.");
    week.remind(recruiter, interviewer).await.assert_status(409).assert_says("interviewer has been reminded today");

    let letters = week.letters().await;
    assert_eq!(letters.len(), 1);
    let text = letters[0]["text_body"].as_str().unwrap();
    assert!(text.contains("recruiter asks you") && text.contains("Amara Okafor") && text.contains("Li Wei"), "{text}");
    assert_eq!(letters[0]["reply_to_address"], recruiter.email.as_str());
    let trail = week.world.get(week.world.who(Role::Admin), "/events").await;
    trail.assert_says("asked somebody for scorecards that are waited for");
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let on_their_own =
        attune::worker::reminders::remind(&week.world.pool, "https://a.example", &week.world.clock, &stopped).await;
    assert_eq!(on_their_own.unwrap(), 1, "only to the recruiter, of what is late");
}

#[actix_web::test]
async fn a_reminder_keeps_to_the_quiet_hours_of_its_reader() {
    let week = Week::new().await;
    let (recruiter, interviewer) = (week.world.who(Role::Recruiter), week.world.who(Role::Interviewer));
    week.met("Amara Okafor", &[interviewer], 3).await;
    week.world.clock.advance(SignedDuration::from_hours(11));
    let recruiter = &week.world.sign_in(recruiter).await;

    let refused = week.remind(recruiter, interviewer).await.assert_status(409);

    refused.assert_says("It is no time for a reminder where interviewer is. Reminders go out from 08:00 to 18:00");
    assert!(week.letters().await.is_empty());
}

#[actix_web::test]
async fn what_is_decided_or_closed_is_waited_for_no_longer() {
    let week = Week::new().await;
    let (recruiter, interviewer) = (week.world.who(Role::Recruiter), week.world.who(Role::Interviewer));
    let met = week.met("Amara Okafor", &[interviewer], 50).await;
    let decision = Decision {
        org_id: week.job.org_id,
        id: attune::domain::id::DecisionId::new(),
        application_id: met.interview.application_id,
        outcome: Outcome::Withdrawn,
        reason: "Took another job".to_owned(),
        member_id: recruiter.id,
        comparison: json!({}),
        inputs_digest: "0".to_owned(),
        at: week.world.now().into(),
        inputs: None,
        figures_digest: None,
    };
    store::decision::insert(&mut *week.world.conn().await, &decision).await.unwrap();

    let page = week.world.get(recruiter, &week.page()).await.assert_status(200);
    page.assert_says("One was not written and is no longer waited for.").assert_says("Nobody is waited for.");
    week.remind(recruiter, interviewer).await.assert_status(404);
}

#[actix_web::test]
async fn only_who_runs_jobs_sees_the_figures_and_the_neighbours_job_does_not_exist() {
    let week = Week::new().await;
    let interviewer = week.world.who(Role::Interviewer);
    week.met("Amara Okafor", &[interviewer], 50).await;
    for role in [Role::Interviewer, Role::HiringManager, Role::Hr] {
        week.world.get(week.world.who(role), &week.page()).await.assert_status(403);
        week.remind(week.world.who(role), interviewer).await.assert_status(403);
    }
    let neighbour = week.world.neighbour.who(Role::Recruiter);
    week.world.get(neighbour, &week.page()).await.assert_status(404);
    week.remind(neighbour, interviewer).await.assert_status(404);
    week.world.get(neighbour, "/completion?jobs=all").await.assert_status(200).assert_silent_about("Amara");
    assert!(week.letters().await.is_empty());
}
