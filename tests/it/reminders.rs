//! Reminders: one letter a day to whoever something waits for, in hours that suit them, until it is done.

use attune::{
    domain::{medium::Medium, policy::Role},
    store::job::Job,
    worker::reminders::remind,
};
use jiff::{SignedDuration, ToSpan};
use serde_json::Value;
use tokio::sync::watch;

use crate::support::{
    scenario::{DIMENSIONS, Interviewed},
    world::{Who, World},
};

const RATED: [(&str, &str, &str); 1] = [("listening", "4", "Said the number back")];

/// A world at nine on Monday in Stockholm with an interview of one candidate.
struct Week {
    world: World,
    job: Job,
    met: Interviewed,
}

impl Week {
    /// Began as many hours ago.
    async fn new(hours_ago: i64) -> Week {
        let world = World::new().await;
        let job = world.job(&world.home, "Agent").await;
        let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
        let amara = world.candidate(&job, "Amara Okafor").await;
        let panel = [world.who(Role::Interviewer)];
        let met = world.interview_at(&amara, &round, &panel, world.now() - hours_ago.hours()).await;
        Week { world, job, met }
    }

    async fn remind(&self) -> usize {
        let (_stop, stopped) = watch::channel(false);
        remind(&self.world.pool, "https://attune.example", &self.world.clock, &stopped).await.unwrap()
    }

    async fn letters_to(&self, who: &Who) -> Vec<Value> {
        let query = format!(
            "SELECT subject, unsubscribe, text_body FROM letters WHERE kind = 'reminder' AND member_id = '{}' ORDER BY id",
            who.id
        );
        self.world.rows(&query).await
    }

    fn pass(&self, hours: i64) {
        self.world.clock.advance(SignedDuration::from_hours(hours));
    }
}

#[actix_web::test]
async fn whoever_owes_a_scorecard_gets_one_letter_a_day_until_it_is_in() {
    let week = Week::new(3).await;
    let interviewer = week.world.who(Role::Interviewer);

    assert_eq!(week.remind().await, 1);
    assert_eq!(week.remind().await, 0, "not twice on one day");
    week.pass(24);
    assert_eq!(week.remind().await, 1, "on Tuesday again");
    week.world.submitted(&week.met.seats[0], &RATED).await;
    week.pass(24);
    assert_eq!(week.remind().await, 0, "done is done");

    let letters = week.letters_to(interviewer).await;
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0]["subject"], "For you today: one scorecard to finish");
    assert_eq!(letters[0]["unsubscribe"], "https://attune.example/reminders");
    let text = letters[0]["text_body"].as_str().unwrap();
    assert!(text.contains("Amara Okafor") && text.contains(&format!("/interviews/{}/kit", week.met.interview.id)));
}

#[actix_web::test]
async fn two_workers_write_one_letter() {
    let week = Week::new(3).await;

    let (first, second) = tokio::join!(week.remind(), week.remind());

    assert_eq!((first + second, week.letters_to(week.world.who(Role::Interviewer)).await.len()), (1, 1));
}

#[actix_web::test]
async fn evenings_nights_and_weekends_are_quiet() {
    let week = Week::new(3).await;
    week.pass(10);
    assert_eq!(week.remind().await, 0, "Monday, 19:00");
    week.pass(24 * 5 - 10);
    assert_eq!(week.remind().await, 0, "Saturday, 09:00");
    week.pass(48);
    assert_eq!(week.remind().await, 2, "Monday, 09:00: the interviewer, and the recruiter of the job");
}

#[actix_web::test]
async fn an_interview_of_the_day_is_named_in_the_morning_and_a_cancelled_one_is_not() {
    let week = Week::new(-5).await;
    let interviewer = week.world.who(Role::Interviewer);

    assert_eq!(week.remind().await, 1);

    assert_eq!(week.letters_to(interviewer).await[0]["subject"], "For you today: one interview");

    let other = Week::new(-5).await;
    other.world.cancel(&other.met).await;
    assert_eq!(other.remind().await, 0);
}

#[actix_web::test]
async fn the_recruiter_hears_of_a_late_scorecard_after_the_days_that_the_policy_says() {
    let week = Week::new(47).await;
    let recruiter = week.world.who(Role::Recruiter);
    week.remind().await;
    assert!(week.letters_to(recruiter).await.is_empty());

    week.pass(24);
    week.remind().await;

    let letters = week.letters_to(recruiter).await;
    assert_eq!(letters[0]["subject"], "For you today: one late scorecard in your jobs");
    let text = letters[0]["text_body"].as_str().unwrap();
    assert!(text.contains(&week.world.who(Role::Interviewer).name) && !text.contains("/kit"), "{text}");
}

#[actix_web::test]
async fn a_recruiter_who_has_to_score_the_same_candidate_is_not_told_who_else_has_not() {
    let world = World::new().await;
    let (recruiter, interviewer) = (world.who(Role::Recruiter), world.who(Role::Interviewer));
    let job = world.job(&world.home, "Agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let amara = world.candidate(&job, "Amara Okafor").await;
    let met = world.interview_at(&amara, &round, &[interviewer, recruiter], world.now() - 80.hours()).await;
    let week = Week { world, job, met };
    let recruiter = week.world.who(Role::Recruiter);

    week.remind().await;
    assert_eq!(week.letters_to(recruiter).await[0]["subject"], "For you today: one scorecard to finish");
    let seat = week.met.seats.iter().find(|seat| seat.member_id == recruiter.id).unwrap();
    week.world.submitted(seat, &RATED).await;
    week.pass(24);
    week.remind().await;

    assert_eq!(week.letters_to(recruiter).await[1]["subject"], "For you today: one late scorecard in your jobs");
}

#[actix_web::test]
async fn nobody_is_reminded_of_a_closed_job() {
    let week = Week::new(3).await;
    week.world.close_job(&week.met).await;

    assert_eq!(week.remind().await, 0, "{}", week.job.title);
}

#[actix_web::test]
async fn a_member_who_wants_none_and_an_organisation_that_sends_none_get_none() {
    let week = Week::new(3).await;
    let interviewer = week.world.who(Role::Interviewer);
    week.world.get(interviewer, "/reminders").await.assert_status(200).assert_says("Remind me by mail");
    week.world.post(interviewer, "/reminders", &[]).await.assert_status(303);
    assert_eq!(week.remind().await, 0);
    week.world.post(interviewer, "/reminders", &[("on", "on")]).await.assert_status(303);

    let policy = [("from", "8"), ("until", "18"), ("escalate_after_days", "0")];
    let admin = week.world.who(Role::Admin);
    week.world.post(admin, "/settings/reminders", &policy).await.assert_status(303);
    assert_eq!(week.remind().await, 0);
    week.world.get(interviewer, "/reminders").await.assert_says("Your organisation sends no reminders");
}

#[actix_web::test]
async fn the_policy_is_the_admins_and_its_hours_have_an_order() {
    let week = Week::new(3).await;
    let policy = [("on", "on"), ("from", "12"), ("until", "9"), ("escalate_after_days", "3")];

    let refused = week.world.post(week.world.who(Role::Admin), "/settings/reminders", &policy).await;
    refused.assert_status(422).assert_says("later than the hour to begin at");
    week.world.post(week.world.who(Role::Recruiter), "/settings/reminders", &policy).await.assert_status(403);
    assert_eq!(week.remind().await, 1, "nothing was changed");
}
