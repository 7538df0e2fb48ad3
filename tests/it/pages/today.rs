//! Today: what waits for me, and nothing of anybody else.

use attune::{
    domain::{email::EmailAddress, id::LetterId, medium::Medium, policy::Role},
    mail::{Letter, Mailbox},
    store::letter::{self, NewLetter},
};
use diesel_async::RunQueryDsl;
use jiff::ToSpan;

use crate::support::{
    scenario::DIMENSIONS,
    world::{Who, World},
};

const RATED: [(&str, &str, &str); 1] = [("listening", "4", "Said the number back")];

#[actix_web::test]
async fn my_interviews_of_today_and_the_coming_days_open_their_kit_in_one_click() {
    let world = World::new().await;
    let interviewer = world.who(Role::Interviewer);
    let job = world.job(&world.home, "Agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let at = |time: &str| time.parse().unwrap();
    let amara = world.candidate(&job, "Amara Okafor").await;
    let today = world.interview_at(&amara, &round, &[interviewer], at("2026-11-23T09:00:00Z")).await;
    let wei = world.candidate(&job, "Li Wei").await;
    world.interview_at(&wei, &round, &[interviewer], at("2026-11-24T12:30:00Z")).await;
    let ingrid = world.candidate(&job, "Ingrid Dahl").await;
    world.interview_at(&ingrid, &round, &[interviewer], at("2026-12-24T12:30:00Z")).await;

    let page = world.get(interviewer, "/").await.assert_status(200);

    assert!(page.text().contains(&format!("class=\"btn primary\" href=\"/interviews/{}/kit\"", today.interview.id)));
    page.assert_says("One interview today")
        .assert_says("10:00 Amara Okafor · Agent, Oslo · Round 1, by video, 45 min · Room 3")
        .assert_says("Tomorrow 13:30 Li Wei")
        .assert_silent_about("Ingrid Dahl");
}

#[actix_web::test]
async fn a_scorecard_is_due_from_the_end_of_the_interview_until_it_is_submitted() {
    let world = World::new().await;
    let interviewer = world.who(Role::Interviewer);
    let job = world.job(&world.home, "Agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let amara = world.candidate(&job, "Amara").await;
    let on = world.interview_at(&amara, &round, &[interviewer], world.now() - 44.minutes()).await;

    world.get(interviewer, "/").await.assert_says("now").assert_silent_about("Scorecards to finish");
    world.clock.advance(jiff::SignedDuration::from_mins(1));
    world.get(interviewer, "/").await.assert_says("Scorecards to finish").assert_says("Due");
    world.clock.advance(jiff::SignedDuration::from_hours(49));
    // A session that nobody has used for so long has ended.
    let interviewer = &world.sign_in(interviewer).await;
    world.get(interviewer, "/").await.assert_says("2 days late");
    world.submitted(&on.seats[0], &RATED).await;
    world.get(interviewer, "/").await.assert_says("Nothing waits for you");
}

#[actix_web::test]
async fn a_decision_waits_for_the_hiring_manager_when_all_scorecards_are_in() {
    let world = World::new().await;
    let (manager, interviewer) = (world.who(Role::HiringManager), world.who(Role::Interviewer));
    let other = world.member(&world.home, "Tor Vik", &[Role::HiringManager]).await;
    let job = world.job(&world.home, "Agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let amara = world.candidate(&job, "Amara").await;
    let interviewed = world.interview(&amara, &round, &[interviewer, manager]).await;

    world.submitted(&interviewed.seats[0], &RATED).await;
    world.get(manager, "/").await.assert_silent_about("Compare and decide");
    world.submitted(&interviewed.seats[1], &RATED).await;

    let page = world.get(manager, "/").await.assert_says("One candidate waits for your decision");
    assert!(page.text().contains(&format!("/jobs/{}/comparison", job.id)));
    for who in [&other, interviewer, world.who(Role::Recruiter), world.neighbour.who(Role::HiringManager)] {
        world.get(who, "/").await.assert_silent_about("Compare and decide").assert_silent_about(&job.id.to_string());
    }
}

#[actix_web::test]
async fn nobody_sees_what_waits_for_somebody_else() {
    let world = World::new().await;
    let job = world.job(&world.home, "Agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let amara = world.candidate(&job, "Amara").await;
    world.interview(&amara, &round, &[world.who(Role::Interviewer)]).await;

    let others = world.home.everybody().chain(world.neighbour.everybody());
    let others: Vec<&Who> = others.filter(|who| who.id != world.who(Role::Interviewer).id).collect();

    for who in others {
        world.get(who, "/").await.assert_silent_about("Amara").assert_says("Nothing waits for you");
    }
}

#[actix_web::test]
async fn letters_set_aside_show_to_those_who_see_letters_and_stay_in_their_organisation() {
    let world = World::new().await;
    let to = EmailAddress::parse("eva@nordlys.example").unwrap();
    let words = Letter {
        message_id: "<1@attune.example>".into(),
        from_name: "Attune".into(),
        to: Mailbox::new("Eva Lind", to),
        reply_to: None,
        subject: "Two of five stand apart".into(),
        text: "Two of five stand apart.\n".into(),
        html: "<p>Two of five stand apart.</p>".into(),
        parts: Vec::new(),
        secret: None,
        unsubscribe: None,
    };
    let id = LetterId::new();
    let new = NewLetter { id, kind: "summary", object_id: None, member_id: None, letter: &words, at: world.now() };
    let mut conn = world.conn().await;
    letter::insert(&mut conn, world.home.org, &new).await.unwrap();
    world.get(world.who(Role::Admin), "/").await.assert_silent_about("letter could not");
    diesel::sql_query("UPDATE letters SET state = 'set_aside', settled_at = now()").execute(&mut conn).await.unwrap();

    for role in [Role::Admin, Role::Recruiter] {
        world.get(world.who(role), "/").await.assert_says("One letter could not be delivered");
        world.get(world.neighbour.who(role), "/").await.assert_silent_about("letter could not");
    }
    for role in [Role::HiringManager, Role::Interviewer, Role::Hr] {
        world.get(world.who(role), "/").await.assert_silent_about("letter could not");
    }
}

#[actix_web::test]
async fn a_recruiter_sees_who_is_late_in_their_jobs_and_nobody_in_a_round_that_they_still_have_to_score() {
    let world = World::new().await;
    let (recruiter, interviewer) = (world.who(Role::Recruiter), world.who(Role::Interviewer));
    let job = world.job(&world.home, "Agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let amara = world.candidate(&job, "Amara").await;
    let met = world.interview_at(&amara, &round, &[interviewer, recruiter], world.now() - 50.hours()).await;

    world.get(recruiter, "/").await.assert_says("2 days late").assert_silent_about("Waited for");
    world.submitted(&met.seats[1], &RATED).await;
    world.get(recruiter, "/").await.assert_says("Waited for 1 late interviewer See who");
    for who in [world.who(Role::Admin), interviewer, world.neighbour.who(Role::Recruiter)] {
        world.get(who, "/").await.assert_silent_about("Waited for");
    }
    world.submitted(&met.seats[0], &RATED).await;
    world.get(recruiter, "/").await.assert_silent_about("Waited for");
}

#[actix_web::test]
async fn a_meeting_is_joined_by_a_link_and_a_room_is_named() {
    let world = World::new().await;
    let interviewer = world.who(Role::Interviewer);
    let job = world.job(&world.home, "Agent").await;
    let round = world.round(&job, 1, Medium::Video, &DIMENSIONS).await;
    let amara = world.candidate(&job, "Amara").await;
    let met = world.interview_at(&amara, &round, &[interviewer], world.now() + 1.hours()).await;
    world.get(interviewer, "/").await.assert_says("Room 3").assert_silent_about("Join the meeting");

    let place = "UPDATE interviews SET place = 'https://meet.example/7?a=1&b=2' WHERE id = ";
    world.sql(&format!("{place}'{}'", met.interview.id)).await;

    let page = world.get(interviewer, "/").await.assert_says("Join the meeting");
    assert!(page.text().contains("href=\"https://meet.example/7?a=1&amp;b=2\""), "{}", page.text());
}
